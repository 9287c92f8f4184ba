//! Sheets for paper besides the transcript, as files.

use std::collections::BTreeMap;
use std::path::Path;

use domain::Record;
use transcript::{Hidden, Options};

use crate::packs::{packs_of, rules};
use crate::transcript::{hash, labels};
use crate::wire::{Paper, SavedFile, SheetKind};
use crate::{Error, Recert, files};

impl Recert {
    /// Writes one sheet about a credential, as of today. An employer's shows her member number only if she wants it to.
    pub fn save_sheet(
        &mut self,
        kind: SheetKind,
        credential: &str,
        paper: Paper,
        with_number: bool,
        path: &Path,
    ) -> Result<SavedFile, Error> {
        let bytes = self.sheet(kind, credential, paper, with_number)?;
        let saved = self.write(path, &bytes)?;
        self.note_written(name_of(kind), credential, &saved, hash(&bytes))?;
        Ok(saved)
    }

    /// A name for a sheet's file.
    pub fn sheet_name(&self, kind: SheetKind) -> String {
        format!("{}-{}.pdf", name_of(kind), self.clock.today())
    }

    fn sheet(&self, kind: SheetKind, credential: &str, paper: Paper, with_number: bool) -> Result<Vec<u8>, Error> {
        let record = self.vault()?.record()?;
        let today = self.clock.today();
        let evaluation = self.judge(&record, credential, today)?;
        let mut options = Options::new(paper.into(), today, env!("CARGO_PKG_VERSION"));
        if kind == SheetKind::Employer && !with_number {
            options.hide.insert(Hidden::Numbers);
        }
        let kind = match kind {
            SheetKind::Worksheet => transcript::SheetKind::Worksheet,
            SheetKind::Employer => transcript::SheetKind::Employer,
            SheetKind::Calendar => transcript::SheetKind::Calendar,
            SheetKind::Index => transcript::SheetKind::Index { pages: self.page_counts(&record) },
            SheetKind::Letter => transcript::SheetKind::Letter,
        };
        let packs = packs_of(&self.packs, &record);
        Ok(transcript::sheet(&kind, &record, &evaluation, &labels(rules(&packs, &evaluation.pack)?), &options)?)
    }

    /// How many pages the PDFs of credits have. One that cannot be read now is listed without.
    fn page_counts(&self, record: &Record) -> BTreeMap<String, u32> {
        let files = record.credits.iter().flat_map(|credit| &credit.proofs);
        let counted = files.filter_map(|file| {
            let bytes = files::read(&self.original(&file.sha256).ok()?).ok()?;
            Some((file.sha256.clone(), inspect::pages(bytes)?))
        });
        counted.collect()
    }
}

fn name_of(kind: SheetKind) -> &'static str {
    match kind {
        SheetKind::Worksheet => "application-worksheet",
        SheetKind::Employer => "credential-summary",
        SheetKind::Calendar => "calendar",
        SheetKind::Index => "certificate-index",
        SheetKind::Letter => "letter",
    }
}
