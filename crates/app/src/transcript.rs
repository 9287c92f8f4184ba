//! The transcript as a file.

use std::path::Path;

use chrono::NaiveDate;
use domain::{Pack, Record};
use transcript::{Labels, Options};

use crate::packs::{packs_of, rules};
use crate::wire::{Paper, SavedFile};
use crate::{Code, Error, Recert, sentence};

impl Recert {
    /// Writes the transcript of one credential, as of today.
    pub fn save_transcript(&mut self, credential: &str, paper: Paper, path: &Path) -> Result<SavedFile, Error> {
        let saved =
            self.write(path, &self.transcript(&self.vault()?.record()?, credential, paper, self.clock.today())?)?;
        self.saved = Some(Path::new(&saved.folder).join(&saved.name));
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

    /// The transcript as a PDF, as it would have been printed on a day.
    pub(crate) fn transcript(
        &self,
        record: &Record,
        credential: &str,
        paper: Paper,
        on: NaiveDate,
    ) -> Result<Vec<u8>, Error> {
        let evaluation = self.judge(record, credential, on)?;
        let options = Options::new(paper.into(), on, env!("CARGO_PKG_VERSION"));
        let packs = packs_of(&self.packs, record);
        Ok(transcript::pdf(record, &evaluation, &labels(rules(&packs, &evaluation.pack)?), &options)?)
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
        place: pack.issuer.place.clone(),
        verify: pack.issuer.verify.as_ref().map(|verify| verify.words.clone()),
        categories: pack.categories.iter().map(|category| (category.id.clone(), category.label.clone())).collect(),
    }
}

impl From<transcript::Error> for Error {
    fn from(error: transcript::Error) -> Self {
        let code = match error {
            transcript::Error::Unprintable { .. } => Code::Unprintable,
            transcript::Error::Mismatch { .. } | transcript::Error::Unwritable { .. } => Code::Internal,
        };
        Self::new(code, sentence(&error.to_string()))
    }
}
