//! Credits from a spreadsheet: looked at first, kept only as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use domain::{Amount, Credential, Credit, Pack, Packs, Record};
use vault::{Op, Progress, Reason};

use crate::packs::packs_of;
use crate::wire::{ImportPreview, RowFault};
use crate::{Code, Error, Recert, files};

/// What makes two credits the same activity.
type Same = (String, Option<String>, Option<NaiveDate>, Option<Amount>);

impl Recert {
    /// What a spreadsheet would bring in.
    pub fn preview_spreadsheet(&self, path: &Path) -> Result<ImportPreview, Error> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let record = self.vault()?.record()?;
        let categories = categories(&packs_of(&self.packs, &record), &record.credentials);
        let categories: Vec<&str> = categories.iter().map(String::as_str).collect();
        let sheet = exchange::read_csv(&files::read(path)?, &categories)
            .map_err(|error| Error::new(Code::FileRefused, format!("{}: {error}", path.display())))?;
        let rows = sheet.credits.len();
        let credits = not_yet_in(&record, sheet.credits);
        let faults = sheet.faults.into_iter().map(|fault| RowFault {
            row: fault.row,
            column: fault.column,
            value: fault.value,
            reason: fault.reason,
        });
        let duplicates = u32::try_from(rows - credits.len()).unwrap_or(u32::MAX);
        Ok(ImportPreview { name, credits, faults: faults.collect(), duplicates })
    }

    /// Looks at a spreadsheet and remembers it until it is confirmed.
    pub fn choose_spreadsheet(&mut self, path: &Path) -> Result<ImportPreview, Error> {
        let preview = self.preview_spreadsheet(path)?;
        self.chosen = Some(preview.clone());
        Ok(preview)
    }

    /// Keeps the rows of the spreadsheet chosen last that can be taken; says how many they were.
    pub fn import_chosen(&mut self) -> Result<u32, Error> {
        let chosen = self.chosen.as_ref().ok_or_else(|| Error::new(Code::NotFound, "Choose a spreadsheet first."))?;
        let kept = self.keep(chosen.credits.clone(), &mut |_, _| true)?;
        self.chosen = None;
        Ok(kept)
    }

    /// Keeps every row of a spreadsheet, or none if one of them cannot be taken.
    pub fn import_spreadsheet(&mut self, path: &Path, progress: Progress<'_>) -> Result<ImportPreview, Error> {
        let preview = self.rehearse_spreadsheet(path)?;
        self.keep(preview.credits.clone(), progress)?;
        Ok(preview)
    }

    /// What [`Recert::import_spreadsheet`] would bring in, or why it would not.
    pub fn rehearse_spreadsheet(&self, path: &Path) -> Result<ImportPreview, Error> {
        let preview = self.preview_spreadsheet(path)?;
        if !preview.faults.is_empty() {
            let line = |fault: &RowFault| {
                format!("row {}, column {}, “{}”: {}", fault.row, fault.column, fault.value, fault.reason)
            };
            let lines: Vec<String> = preview.faults.iter().map(line).collect();
            let message = format!("{} was not imported, nothing was changed. {}", preview.name, lines.join("; "));
            return Err(Error::new(Code::FileRefused, message));
        }
        Ok(preview)
    }

    fn keep(&mut self, credits: Vec<Credit>, progress: Progress<'_>) -> Result<u32, Error> {
        self.back_up_before(Reason::Import);
        self.transact(Op::Import, |change| {
            // Looked at once more: somebody else may have added them meanwhile.
            let credits = not_yet_in(&change.record()?, credits);
            let number = u32::try_from(credits.len()).unwrap_or(u32::MAX);
            for (credit, kept) in credits.into_iter().zip(1..) {
                let id = change.next_id("c")?;
                change.put_credit(&Credit { id: id.into(), ..credit })?;
                if !progress(kept, number.into()) {
                    return Err(vault::Error::Stopped);
                }
            }
            Ok(number)
        })
    }
}

/// The categories that a spreadsheet may have columns for: those of her credentials, else of all packs.
fn categories(packs: &Packs, credentials: &[Credential]) -> Vec<String> {
    let mut hers: Vec<&Pack> = credentials.iter().filter_map(|credential| packs.get(&credential.pack)).collect();
    if hers.is_empty() {
        hers = packs.iter().collect();
    }
    let ids: BTreeSet<&String> =
        hers.into_iter().flat_map(|pack| &pack.categories).map(|category| &category.id).collect();
    ids.into_iter().cloned().collect()
}

/// Those that the record does not hold yet; a row that stands twice is two activities.
fn not_yet_in(record: &Record, credits: Vec<Credit>) -> Vec<Credit> {
    let mut kept: BTreeMap<Same, usize> = BTreeMap::new();
    for credit in &record.credits {
        *kept.entry(same(credit)).or_default() += 1;
    }
    let is_new = |credit: &Credit| match kept.get_mut(&same(credit)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    credits.into_iter().filter(is_new).collect()
}

fn same(credit: &Credit) -> Same {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    (plain(&credit.title), credit.provider.as_deref().map(plain), credit.completed_on, credit.amount)
}
