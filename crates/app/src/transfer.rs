//! The record as a whole, out and in.

use std::path::Path;

use vault::{Change, DamageKind, Op};

use crate::evaluation::read_record;
use crate::wire::{Damage, SavedFile, Verification};
use crate::{Error, Recert};

impl Recert {
    /// Writes the record in its documented JSON.
    pub fn export_record(&self, path: &Path) -> Result<SavedFile, Error> {
        self.write(path, self.vault()?.record()?.to_json().as_bytes())
    }

    /// Brings in a record; ids are kept, and nothing of it is if one of them stands for something else here.
    /// Returns how many credits are new. Without `keep` it is only tried.
    pub fn import_record(&mut self, path: &Path, keep: bool) -> Result<usize, Error> {
        let record = read_record(path)?;
        let bring_in = |change: &mut Change<'_>| {
            let before = change.record()?.credits.len();
            change.import(&record)?;
            Ok(change.record()?.credits.len() - before)
        };
        if keep { self.transact(Op::Import, bring_in) } else { self.rehearse(bring_in) }
    }

    /// Re-reads everything in the vault and says what is damaged. What only search needs is made anew at once.
    pub fn verify(&mut self) -> Result<Verification, Error> {
        let found = self.vault()?.verify()?;
        if let (Some(vault), true) = (&mut self.vault, found.damage.iter().any(|d| d.kind == DamageKind::Search)) {
            vault.rebuild_search()?;
        }
        let damage = found.damage.into_iter().map(|damage| {
            let anew = if damage.kind == DamageKind::Search { " It was made anew from the record." } else { "" };
            Damage { place: damage.place, message: damage.message + anew }
        });
        Ok(Verification {
            credits: found.credits,
            originals: found.originals,
            bytes: found.bytes,
            not_here: found.not_here,
            damage: damage.collect(),
        })
    }
}
