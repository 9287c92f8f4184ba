//! The record as a whole, out and in.

use std::path::Path;

use vault::{Change, Op, Reason};

use crate::evaluation::read_record;
use crate::typed::unseen;
use crate::wire::{FieldFault, SavedFile};
use crate::{Code, Error, Recert};

impl Recert {
    /// Writes the record in its documented JSON.
    pub fn export_record(&self, path: &Path) -> Result<SavedFile, Error> {
        self.write(path, self.vault()?.record()?.to_json().as_bytes())
    }

    /// Brings in a record; ids are kept, and nothing of it is if one of them stands for something else here.
    /// Returns how many credits are new. Without `keep` it is only tried.
    pub fn import_record(&mut self, path: &Path, keep: bool) -> Result<usize, Error> {
        let record = read_record(path)?;
        if let Some(FieldFault { field, message }) = unseen(&record, None).first() {
            let message = format!("{} was not imported, nothing was changed. {field}: {message}.", path.display());
            return Err(Error::new(Code::FileRefused, message));
        }
        let bring_in = |change: &mut Change<'_>| {
            let before = change.record()?.credits.len();
            change.import(&record)?;
            Ok(change.record()?.credits.len() - before)
        };
        if keep {
            self.back_up_before(Reason::Import);
            self.transact(Op::Import, bring_in)
        } else {
            self.rehearse(bring_in)
        }
    }
}
