//! The transcript as a file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::{Evaluation, Pack, Papers, Record};
use transcript::{Extent, Labels, Material, Only, Options, Original, Print};
use vault::Written;

use crate::evaluation::unjudged;
use crate::packs::{packs_of, rules};
use crate::proofs::name_of;
use crate::strangers::{self, Fatal, Nothing};
use crate::wire::{
    CheckedFile, Hidden, Listed, Paper, Remark, SavedFile, SavedTranscript, TranscriptChoice, WrittenView,
};
use crate::{Code, Error, Recert, files, loading, location, sentence};

/// The pages that were composed last, with all that they were made from.
#[derive(Debug)]
pub(crate) struct Composed {
    record: Record,
    credential: String,
    choice: TranscriptChoice,
    on: NaiveDate,
    pdf: Arc<[u8]>,
}

impl Recert {
    /// Writes the transcript of one credential, as of today.
    pub fn save_transcript(
        &mut self,
        credential: &str,
        choice: &TranscriptChoice,
        path: &Path,
    ) -> Result<SavedTranscript, Error> {
        let mut remarks = Vec::new();
        let pdf = if choice.originals {
            self.count_pages()?;
            let (record, today) = (self.vault()?.record()?, self.clock.today());
            let pdf = self.transcript(&record, credential, choice, today)?;
            remarks = self.attached_locations(&record, credential, choice)?;
            pdf.into()
        } else {
            self.composed(credential, choice)?
        };
        let file = self.write(path, &pdf)?;
        self.note_written("transcript", credential, &file, files::hash_of(&pdf))?;
        Ok(SavedTranscript { file, remarks })
    }

    /// Which of the originals that go with the pages may tell where a photo was taken: they are attached as they are.
    fn attached_locations(
        &self,
        record: &Record,
        credential: &str,
        choice: &TranscriptChoice,
    ) -> Result<Vec<Remark>, Error> {
        let today = self.clock.today();
        if choice.summary {
            return Ok(Vec::new());
        }
        let ready = self.to_print(record, credential, today)?;
        let mut remarks = Vec::new();
        for proof in transcript::proofs(ready.with(record), &options(choice, today), false)? {
            let Ok(Original { bytes, .. }) = self.to_attach(&proof.sha256) else { continue };
            let message = location::told(strangers::location(&bytes));
            remarks.extend(message.map(|message| Remark { name: proof.name, message: message.to_owned() }));
        }
        Ok(remarks)
    }

    /// The file that was saved last.
    pub fn saved(&self) -> Result<&Path, Error> {
        self.saved.as_deref().ok_or_else(|| Error::new(Code::NotFound, "Nothing has been saved yet."))
    }

    /// A name for the transcript's file.
    pub fn transcript_name(&self) -> String {
        format!("continuing-education-transcript-{}.pdf", self.clock.today())
    }

    /// The transcript's pages as they would be written today: what is attached is not seen, and not in there. They are
    /// composed again only when something that they are made from is no longer the same, so that many of them can be
    /// drawn one by one.
    pub fn composed(&mut self, credential: &str, choice: &TranscriptChoice) -> Result<Arc<[u8]>, Error> {
        self.count_pages()?;
        let (record, on) = (self.vault()?.record()?, self.clock.today());
        if let Some(last) = &self.composed
            && (last.on, &*last.credential, &last.choice, &last.record) == (on, credential, choice, &record)
        {
            return Ok(Arc::clone(&last.pdf));
        }
        let ready = self.to_print(&record, credential, on)?;
        let mut no_file = |_: &str| Ok(Original::default());
        let pdf = transcript::pdf(ready.with(&record), &options(choice, on), &mut no_file)?;
        let (pdf, credential, choice) = (Arc::from(pdf), credential.to_owned(), choice.clone());
        self.composed = Some(Composed { record, credential, choice, on, pdf: Arc::clone(&pdf) });
        Ok(pdf)
    }

    /// Whether a file is one that was written for her, or was sent by her, and is unchanged.
    pub fn check_written(&self, path: &Path) -> Result<CheckedFile, Error> {
        let vault = self.vault()?;
        let sha256 = files::hash(path)?;
        let written = vault.written(&sha256)?.map(|written| WrittenView {
            kind: written.kind,
            credential: written.credential,
            name: written.name,
            at: written.at,
        });
        let submission = vault.submissions()?.into_iter().find(|submission| submission.transcript == sha256);
        Ok(CheckedFile { sha256, written, submission })
    }

    /// An original to go with the pages, or why it is not there.
    pub(crate) fn to_attach(&self, sha256: &str) -> Result<Original, String> {
        let path = self.original(sha256).map_err(|_| "is not on this computer")?;
        let bytes = loading::whole(&path, sha256)?;
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Original { bytes, media_type: vault::media_type(&extension).to_owned() })
    }

    /// The transcript as a PDF, as it would have been printed on a day.
    pub(crate) fn transcript(
        &self,
        record: &Record,
        credential: &str,
        choice: &TranscriptChoice,
        on: NaiveDate,
    ) -> Result<Vec<u8>, Error> {
        let ready = self.to_print(record, credential, on)?;
        let mut load = |sha256: &str| self.to_attach(sha256);
        Ok(transcript::pdf(ready.with(record), &options(choice, on), &mut load)?)
    }

    /// Counts the pages of the originals that came since the last time, once and for all.
    pub(crate) fn count_pages(&mut self) -> Result<(), Error> {
        let vault = self.vault()?;
        let (mut counts, mut given_up, fatal) = (Vec::new(), BTreeSet::new(), Fatal::default());
        for sha256 in vault.uncounted()? {
            // A file that is not here now is counted once it is.
            let Some(file) = vault.original_path(&sha256)? else { continue };
            let has_pages = file.extension().is_some_and(|extension| extension == "pdf" || extension == "tif");
            let bytes = if has_pages && !self.given_up.contains(&sha256) { files::read(&file).ok() } else { None };
            match bytes.map(|bytes| strangers::pages(&bytes)) {
                None if has_pages && self.given_up.contains(&sha256) => {}
                None => counts.push((sha256, (!has_pages).then_some(1))),
                Some(Ok(pages)) => counts.push((sha256, pages)),
                Some(Err(Nothing::GivenUp(stopped))) if Fatal::is_one(stopped) => {
                    fatal.note(&name_of(&vault.record()?, &sha256), stopped);
                    break;
                }
                Some(Err(nothing)) if nothing.is_given_up() => drop(given_up.insert(sha256)),
                Some(Err(_)) => counts.push((sha256, None)),
            }
        }
        // What was counted before is kept all the same.
        self.given_up.extend(given_up);
        if !counts.is_empty() {
            self.vault_mut()?.keep_page_counts(&counts)?;
        }
        fatal.check()
    }

    /// What pages are made from as of a day. The pages of proofs that nobody counted yet are left open.
    pub(crate) fn to_print(&self, record: &Record, credential: &str, on: NaiveDate) -> Result<ToPrint, Error> {
        let evaluation = self.judge(record, credential, on)?;
        let packs = packs_of(&self.packs, record);
        let labels = labels(rules(&packs, &evaluation.pack)?);
        let papers = domain::papers(record, credential, &self.packs, on).map_err(|error| unjudged(&error))?;
        let papers = record.credits.iter().map(|credit| credit.id.to_string()).zip(papers);
        Ok(ToPrint { evaluation, labels, pages: self.vault()?.page_counts()?, papers: papers.collect() })
    }

    /// Remembers a file of hers that was just written.
    pub(crate) fn note_written(
        &mut self,
        kind: &str,
        credential: &str,
        saved: &SavedFile,
        sha256: String,
    ) -> Result<(), Error> {
        self.log_written(kind, credential, saved, sha256)?;
        self.saved = Some(Path::new(&saved.folder).join(&saved.name));
        Ok(())
    }

    /// Remembers what was written, so that it is known again.
    pub(crate) fn log_written(
        &mut self,
        kind: &str,
        credential: &str,
        saved: &SavedFile,
        sha256: String,
    ) -> Result<(), Error> {
        let at = self.clock.now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let (kind, credential, name) = (kind.to_owned(), credential.to_owned(), saved.name.clone());
        Ok(self.vault_mut()?.note_written(&Written { sha256, kind, credential, name, at })?)
    }
}

/// What pages are made from besides the record.
pub(crate) struct ToPrint {
    evaluation: Evaluation,
    labels: Labels,
    pages: BTreeMap<String, u32>,
    papers: BTreeMap<String, Papers>,
}

impl ToPrint {
    pub(crate) fn with<'r>(&'r self, record: &'r Record) -> Material<'r> {
        let Self { evaluation, labels, pages, papers } = self;
        Material { record, evaluation, labels, pages, papers }
    }
}

/// How pages are made as of a day.
pub(crate) fn options(choice: &TranscriptChoice, on: NaiveDate) -> Options {
    Options {
        paper: choice.paper.into(),
        print: if choice.large { Print::Large } else { Print::Regular },
        extent: if choice.summary { Extent::Summary } else { Extent::Whole },
        only: match choice.listed {
            Listed::All => Only::All,
            Listed::OtherSources => Only::OtherSources,
        },
        hide: choice.hide.iter().copied().map(Into::into).collect(),
        originals: choice.originals,
        reviewer: choice.reviewer,
        printed_on: on,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

impl From<Hidden> for transcript::Hidden {
    fn from(hidden: Hidden) -> Self {
        match hidden {
            Hidden::Numbers => Self::Numbers,
            Hidden::Address => Self::Address,
            Hidden::FormerNames => Self::FormerNames,
            Hidden::Descriptions => Self::Descriptions,
        }
    }
}

impl From<Paper> for transcript::Paper {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::Letter => Self::Letter,
            Paper::A4 => Self::A4,
        }
    }
}

pub(crate) fn labels(pack: &Pack) -> Labels {
    Labels {
        credential: pack.full_name.clone(),
        issuer: pack.issuer.name.clone(),
        issuer_short: pack.issuer.short.clone(),
        approver: pack.issuer.approver.clone(),
        by_birthday: pack.period.iter().any(|rule| rule.from_age.is_some()),
        place: pack.issuer.place.clone(),
        counts_in: (pack.counts_in.one.clone(), pack.counts_in.many.clone()),
        verify: pack.issuer.verify.as_ref().map(|verify| verify.words.clone()),
        tags: pack.tags.iter().map(|tag| (tag.id.clone(), transcript::curly(&tag.label))).collect(),
        categories: pack
            .categories
            .iter()
            .map(|category| (category.id.clone(), transcript::curly(&category.label)))
            .collect(),
    }
}

impl From<transcript::Error> for Error {
    fn from(error: transcript::Error) -> Self {
        let code = match error {
            transcript::Error::Unprintable { .. } => Code::Unprintable,
            transcript::Error::Absent { .. } => Code::FileUnreadable,
            transcript::Error::Io { .. } => Code::FileUnwritable,
            transcript::Error::Cancelled => Code::Cancelled,
            transcript::Error::Mismatch { .. } | transcript::Error::Unwritable { .. } => Code::Internal,
        };
        Self::new(code, sentence(&error.to_string()))
    }
}
