//! The transcript as a file.

use std::path::Path;

use chrono::NaiveDate;
use domain::{Evaluation, Pack, Record};
use transcript::{Extent, Labels, Only, Options, Print};
use vault::Written;

use crate::packs::{packs_of, rules};
use crate::wire::{CheckedFile, Hidden, Listed, Paper, Preview, SavedFile, TranscriptChoice, WrittenView};
use crate::{Code, Error, Recert, files, sentence};

impl Recert {
    /// Writes the transcript of one credential, as of today.
    pub fn save_transcript(
        &mut self,
        credential: &str,
        choice: &TranscriptChoice,
        path: &Path,
    ) -> Result<SavedFile, Error> {
        let pdf = self.transcript(&self.vault()?.record()?, credential, choice, self.clock.today())?;
        let saved = self.write(path, &pdf)?;
        self.note_written("transcript", credential, &saved, files::hash_of(&pdf))?;
        Ok(saved)
    }

    /// The file that was saved last.
    pub fn saved(&self) -> Result<&Path, Error> {
        self.saved.as_deref().ok_or_else(|| Error::new(Code::NotFound, "Nothing has been saved yet."))
    }

    /// A name for the transcript's file.
    pub fn transcript_name(&self) -> String {
        format!("continuing-education-transcript-{}.pdf", self.clock.today())
    }

    /// A picture of a page, counted from 1, of the transcript as it would be written.
    pub fn preview_transcript(
        &self,
        credential: &str,
        choice: &TranscriptChoice,
        page: u32,
        width: u32,
    ) -> Result<Preview, Error> {
        let pdf = self.transcript(&self.vault()?.record()?, credential, choice, self.clock.today())?;
        let drawn =
            inspect::preview(pdf, page, width).map_err(|reason| Error::new(Code::NoPreview, reason.to_string()))?;
        Ok(crate::preview::wire(&drawn))
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

    /// The transcript as a PDF, as it would have been printed on a day.
    pub(crate) fn transcript(
        &self,
        record: &Record,
        credential: &str,
        choice: &TranscriptChoice,
        on: NaiveDate,
    ) -> Result<Vec<u8>, Error> {
        let (evaluation, labels) = self.to_print(record, credential, on)?;
        Ok(transcript::pdf(record, &evaluation, &labels, &options(choice, on))?)
    }

    /// What pages are made from besides the record.
    pub(crate) fn to_print(
        &self,
        record: &Record,
        credential: &str,
        on: NaiveDate,
    ) -> Result<(Evaluation, Labels), Error> {
        let evaluation = self.judge(record, credential, on)?;
        let packs = packs_of(&self.packs, record);
        let labels = labels(rules(&packs, &evaluation.pack)?);
        Ok((evaluation, labels))
    }

    /// Remembers a file that was just written.
    pub(crate) fn note_written(
        &mut self,
        kind: &str,
        credential: &str,
        saved: &SavedFile,
        sha256: String,
    ) -> Result<(), Error> {
        let at = self.clock.now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let (kind, credential, name) = (kind.to_owned(), credential.to_owned(), saved.name.clone());
        self.vault_mut()?.note_written(&Written { sha256, kind, credential, name, at })?;
        self.saved = Some(Path::new(&saved.folder).join(&saved.name));
        Ok(())
    }
}

/// The options of the pages as of a day.
pub(crate) fn options(choice: &TranscriptChoice, on: NaiveDate) -> Options {
    let hidden = |hidden: &Hidden| match hidden {
        Hidden::Numbers => transcript::Hidden::Numbers,
        Hidden::Address => transcript::Hidden::Address,
        Hidden::FormerNames => transcript::Hidden::FormerNames,
        Hidden::Descriptions => transcript::Hidden::Descriptions,
    };
    Options {
        paper: choice.paper.into(),
        print: if choice.large { Print::Large } else { Print::Regular },
        extent: if choice.summary { Extent::Summary } else { Extent::Whole },
        only: match choice.listed {
            Listed::All => Only::All,
            Listed::OtherSources => Only::OtherSources,
        },
        hide: choice.hide.iter().map(hidden).collect(),
        printed_on: on,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
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

fn labels(pack: &Pack) -> Labels {
    Labels {
        credential: pack.full_name.clone(),
        issuer: pack.issuer.name.clone(),
        issuer_short: pack.issuer.short.clone(),
        approver: pack.issuer.approver.clone(),
        by_birthday: pack.period.iter().any(|rule| rule.from_age.is_some()),
        place: pack.issuer.place.clone(),
        verify: pack.issuer.verify.as_ref().map(|verify| verify.words.clone()),
        categories: pack.categories.iter().map(|category| (category.id.clone(), category.label.clone())).collect(),
    }
}

impl From<transcript::Error> for Error {
    fn from(error: transcript::Error) -> Self {
        let code = match error {
            transcript::Error::Unprintable { .. } => Code::Unprintable,
            transcript::Error::Io { .. } => Code::FileUnwritable,
            transcript::Error::Cancelled => Code::Cancelled,
            transcript::Error::Mismatch { .. } | transcript::Error::Unwritable { .. } => Code::Internal,
        };
        Self::new(code, sentence(&error.to_string()))
    }
}
