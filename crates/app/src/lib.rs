//! The use cases: everything that the window and the command line do.
//!
//! [`Recert`] is one opened record with the packs that judge it; each module adds the use cases of one word.

mod answers;
mod asked;
mod backups;
mod clock;
mod credentials;
mod credits;
mod delete;
mod error;
mod evaluation;
mod facts;
mod files;
mod history;
mod loading;
mod location;
mod overrides;
mod packet;
mod packs;
mod pins;
pub mod places;
mod preflight;
mod preview;
mod print;
mod proofs;
mod renewals;
mod search;
mod sheets;
mod split;
mod spreadsheet;
mod strangers;
mod submissions;
#[cfg(test)]
mod tests;
mod transcript;
mod transfer;
mod typed;
pub mod wire;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use domain::{Packs, Record};
use vault::{Change, Op, Vault};

pub use backups::BackupChoice;
pub use clock::Clock;
pub use domain::{Credit, Evaluation, ProofRole};
pub use error::{Code, Error};
pub use files::sweep;
pub use packs::check_pack;
pub use preview::draw;
pub use proofs::{AT_ONCE, Unread};
pub use strangers::serve_if_asked;
#[cfg(not(test))]
pub use strangers::serve_with;
pub use vault::Computer;

use packs::packs_within;
use wire::{CredentialInput, HolderInput, Home, ImportPreview, SavedFile};

/// One record on this computer, opened, or the place where there is none yet.
#[derive(Debug)]
pub struct Recert {
    folder: PathBuf,
    computer: Computer,
    vault: Option<Vault>,
    packs: Packs,
    clock: Clock,
    /// The spreadsheet that waits to be confirmed.
    chosen: Option<ImportPreview>,
    /// The file that was saved last.
    saved: Option<PathBuf>,
    /// The pages that were composed last.
    composed: Option<transcript::Composed>,
    /// The files that were given up, by their hashes. They are tried again the next time that the program runs.
    given_up: BTreeSet<String>,
    /// Why the last backup by itself failed, if it did.
    backup_fault: Option<Error>,
    /// The vault's mark when it was last asked whether another program changed it.
    mark: Option<i64>,
}

impl Recert {
    /// Opens the record in `folder`, and backs it up once a day; a folder without one is no error until something needs
    /// it.
    pub fn open(folder: &Path, computer: &Computer, clock: Clock) -> Result<Self, Error> {
        let vault = match Vault::open(folder, clock.now()) {
            Ok(vault) => Some(vault),
            Err(vault::Error::Missing { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let mark = vault.as_ref().map(Vault::mark).transpose()?;
        let mut recert = Self { vault, mark, ..Self::closed(folder, computer, clock)? };
        recert.back_up_by_itself();
        Ok(recert)
    }

    /// Without a vault, for what needs none.
    pub fn closed(folder: &Path, computer: &Computer, clock: Clock) -> Result<Self, Error> {
        let packs = Packs::shipped()
            .map_err(|fault| Error::new(Code::Internal, format!("A shipped pack is broken: {fault}")))?;
        Ok(Self {
            folder: folder.to_owned(),
            computer: computer.clone(),
            vault: None,
            packs,
            clock,
            chosen: None,
            saved: None,
            composed: None,
            given_up: BTreeSet::new(),
            backup_fault: None,
            mark: None,
        })
    }

    /// Starts a record with its holder. Returns where the damaged file is kept that stood in its place, if one did.
    pub fn init(&mut self, input: &HolderInput) -> Result<Option<PathBuf>, Error> {
        let holder = credentials::holder(input)?;
        let vault = Vault::create(&self.folder, &holder, self.clock.now())?;
        let set_aside = vault.set_aside().map(ToOwned::to_owned);
        // A record that was here before may have had a place for copies; this one has none yet.
        self.computer.forget(&self.folder)?;
        self.vault = Some(vault);
        Ok(set_aside)
    }

    /// Starts a record with its holder and her first certification.
    pub fn start(&mut self, name: &str, credential: &CredentialInput) -> Result<Home, Error> {
        let input = HolderInput { name: name.to_owned(), ..HolderInput::default() };
        self.credential(credential)?;
        self.init(&input)?;
        self.save_credential(None, credential)?;
        self.home()
    }

    /// Whether another program changed the record since this was asked last, or since it was opened. Cheap: it reads
    /// nothing of the record.
    pub fn changed_elsewhere(&mut self) -> Result<bool, Error> {
        if self.vault.is_none() {
            *self = Self::open(&self.folder, &self.computer, self.clock)?;
            return Ok(self.vault.is_some());
        }
        let mark = Some(self.vault()?.mark()?);
        Ok(std::mem::replace(&mut self.mark, mark) != mark)
    }

    /// Where the record lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file of hers, anywhere but among the record's own.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<SavedFile, Error> {
        self.outside(path)?;
        files::write(path, bytes)
    }

    /// Refuses a place among the record's own.
    fn outside(&self, path: &Path) -> Result<(), Error> {
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let inside = |folder: PathBuf| self.folder.canonicalize().is_ok_and(|own| folder.starts_with(own));
        if files::folder_of(&target).is_ok_and(inside) {
            let message = format!("{} lies inside the folder of your record; choose another place.", path.display());
            return Err(Error::new(Code::FileUnwritable, message));
        }
        Ok(())
    }

    /// The record without its credits, if there is one yet.
    fn without_credits(&self) -> Result<Option<Record>, Error> {
        Ok(self.vault.as_ref().map(Vault::record_without_credits).transpose()?)
    }

    fn vault(&self) -> Result<&Vault, Error> {
        self.vault.as_ref().ok_or_else(|| no_record(&self.folder))
    }

    fn vault_mut(&mut self) -> Result<&mut Vault, Error> {
        let Self { vault, folder, .. } = self;
        vault.as_mut().ok_or_else(|| no_record(folder))
    }

    fn transact<T>(&mut self, op: Op, f: impl FnOnce(&mut Change<'_>) -> Result<T, vault::Error>) -> Result<T, Error> {
        let now = self.clock.now();
        Ok(self.vault_mut()?.transact(op, now, f)?)
    }

    /// The same for what must fit the packs, as the record wants them.
    fn transact_with_packs<T>(
        &mut self,
        op: Op,
        f: impl FnOnce(&Packs, &mut Change<'_>) -> Result<T, vault::Error>,
    ) -> Result<T, Error> {
        let Self { vault, packs, folder, clock, .. } = self;
        let vault = vault.as_mut().ok_or_else(|| no_record(folder))?;
        Ok(vault.transact(op, clock.now(), |change| f(&*packs_within(packs, change)?, change))?)
    }

    fn rehearse<T>(&mut self, f: impl FnOnce(&mut Change<'_>) -> Result<T, vault::Error>) -> Result<T, Error> {
        let now = self.clock.now();
        Ok(self.vault_mut()?.rehearse(now, f)?)
    }
}

fn no_record(folder: &Path) -> Error {
    let message = format!("There is no record in {} yet.", folder.display());
    Error::new(Code::VaultMissing, message)
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase);
    capital.chain(letters).chain(['.']).collect()
}
