//! Sheets for paper besides the transcript, as files.

use std::collections::BTreeMap;
use std::path::Path;

use domain::Record;
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
        &self,
        kind: SheetKind,
        credential: &str,
        choice: &TranscriptChoice,
        with_number: bool,
    ) -> Result<Vec<u8>, Error> {
        let record = self.vault()?.record()?;
        let today = self.clock.today();
        let (evaluation, labels) = self.to_print(&record, credential, today)?;
        let mut options = options(choice, today);
        options.extent = Extent::Whole;
        match (kind, with_number) {
            (SheetKind::Employer, true) => {
                options.hide.remove(&Hidden::Numbers);
            }
            (SheetKind::Employer, false) => {
                options.hide.insert(Hidden::Numbers);
            }
            (SheetKind::Worksheet | SheetKind::Calendar | SheetKind::Index | SheetKind::Letter, _) => {}
        }
        let kind = match kind {
            SheetKind::Worksheet => transcript::SheetKind::Worksheet,
            SheetKind::Employer => transcript::SheetKind::Employer,
            SheetKind::Calendar => transcript::SheetKind::Calendar,
            SheetKind::Index => transcript::SheetKind::Index { pages: self.page_counts(&record) },
            SheetKind::Letter => transcript::SheetKind::Letter,
        };
        Ok(transcript::sheet(&kind, &record, &evaluation, &labels, &options)?)
    }

    /// How many pages the files of credits have: a photo has one. What cannot be read now is listed without.
    fn page_counts(&self, record: &Record) -> BTreeMap<String, u32> {
        let files = record.credits.iter().flat_map(|credit| &credit.proofs);
        let counted = files.filter_map(|file| {
            let path = self.original(&file.sha256).ok()?;
            let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            let pages = match extension.as_str() {
                "jpg" | "png" | "heic" | "webp" => 1,
                _ => inspect::pages(files::read(&path).ok()?)?,
            };
            Some((file.sha256.clone(), pages))
        });
        counted.collect()
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
