//! Sheets for paper besides the transcript, as files.

use std::path::Path;

use transcript::{Extent, Hidden};

use crate::transcript::options;
use crate::wire::{SavedFile, SheetKind, TranscriptChoice};
use crate::{Error, Recert, files};

impl Recert {
    /// Writes one sheet about a credential, as of today, with the numbers of the transcript that is made by the same choice.
    /// An employer's shows her member number only if she wants it to.
    pub fn save_sheet(
        &mut self,
        kind: SheetKind,
        credential: &str,
        choice: &TranscriptChoice,
        with_number: bool,
        path: &Path,
    ) -> Result<SavedFile, Error> {
        let pdf = self.sheet(kind, credential, choice, with_number)?;
        let saved = self.write(path, &pdf)?;
        self.note_written(name(kind), credential, &saved, files::hash_of(&pdf))?;
        Ok(saved)
    }

    /// A name for a sheet's file.
    pub fn sheet_name(&self, kind: SheetKind) -> String {
        format!("{}-{}.pdf", name(kind).replace(' ', "-"), self.clock.today())
    }

    pub(crate) fn sheet(
        &mut self,
        kind: SheetKind,
        credential: &str,
        choice: &TranscriptChoice,
        with_number: bool,
    ) -> Result<Vec<u8>, Error> {
        self.count_pages()?;
        let record = self.vault()?.record()?;
        let today = self.clock.today();
        let ready = self.to_print(&record, credential, today)?;
        let mut options = options(choice, today);
        options.extent = Extent::Whole;
        if kind == SheetKind::Employer {
            // No employer needs them to check it.
            options.hide.insert(Hidden::FormerNames);
            if with_number {
                options.hide.remove(&Hidden::Numbers);
            } else {
                options.hide.insert(Hidden::Numbers);
            }
        }
        let kind = match kind {
            SheetKind::Worksheet => transcript::SheetKind::Worksheet,
            SheetKind::Employer => transcript::SheetKind::Employer,
            SheetKind::Calendar => transcript::SheetKind::Calendar,
            SheetKind::Index => transcript::SheetKind::Index,
            SheetKind::Letter => transcript::SheetKind::Letter,
        };
        Ok(transcript::sheet(kind, ready.with(&record), &options)?)
    }
}

/// As it is called where a file is recognised again.
pub(crate) fn name(kind: SheetKind) -> &'static str {
    match kind {
        SheetKind::Worksheet => "application worksheet",
        SheetKind::Employer => "credential summary",
        SheetKind::Calendar => "calendar",
        SheetKind::Index => "certificate index",
        SheetKind::Letter => "letter",
    }
}
