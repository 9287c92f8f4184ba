//! Backups: by themselves, asked for, and what there is.

use std::path::{Path, PathBuf};

use chrono::{SecondsFormat, TimeDelta};
use vault::{
    Backup, Computer, DamageKind, Key, Outside, Progress, Reason, Restored, Source, Stamp, Taken, Touched, Unpacked,
    Vault,
};

use crate::wire::{
    BackupHolds, BackupTaken, BackupView, Backups, ChosenBackup, Copies, Damage, FieldFault, Healed, LeftOut, Moved,
    OutsideView, RestoreView, SavedFile, TouchedView, Verification,
};
use crate::{Clock, Code, Error, Recert, files, places};

/// After so long without a copy outside, it is said.
const OVERDUE: TimeDelta = TimeDelta::days(14);
/// So long a question for a place outside that was put off is not asked again.
const ASK_AGAIN: TimeDelta = TimeDelta::days(90);

/// Which backup is to be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupChoice {
    /// One of those that are listed, by its name.
    Listed(String),
    /// A file, or the newest in a folder, that she named herself or chose in a dialog.
    File {
        /// Where it is.
        path: PathBuf,
        /// Opens it, if it is locked.
        passphrase: Option<String>,
        /// Whether it is opened also where that takes much memory and time.
        even_if_costly: bool,
    },
}

impl Recert {
    /// For what is done with backups: also where the record is damaged, or where there is none yet.
    pub fn open_if_sound(folder: &Path, computer: &Computer, clock: Clock) -> Result<Self, Error> {
        let vault = match Vault::open(folder, clock.now()) {
            Ok(vault) => Some(vault),
            Err(vault::Error::Missing { .. } | vault::Error::Damaged { .. } | vault::Error::NotARecord { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(Self { vault, ..Self::closed(folder, computer, clock)? })
    }

    /// A name for the file that moves the record to another computer.
    pub fn backup_file_name(&self) -> String {
        format!("recert-backup-{}.recert", self.clock.today())
    }

    /// Writes everything into one new file under a passphrase, for another computer.
    pub fn save_backup_file(
        &mut self,
        file: &Path,
        passphrase: &str,
        progress: Progress<'_>,
    ) -> Result<SavedFile, Error> {
        if passphrase.is_empty() {
            let fault = FieldFault { field: "passphrase".to_owned(), message: "write a passphrase".to_owned() };
            return Err(Error::invalid("The file was not made:", vec![fault]));
        }
        self.back_up_to(file, Some(passphrase), progress)?;
        Ok(files::saved(file))
    }

    /// Whether there is a record, and it is open.
    pub fn is_open(&self) -> bool {
        self.vault.is_some()
    }

    /// The backups there are, the newest first.
    pub fn backups(&self) -> Result<Backups, Error> {
        let backups = Vault::backups_in(&self.folder)?;
        let (outside, fault) = match self.outside_place() {
            Ok(outside) => (outside, None),
            Err(error) => (None, Some(error)),
        };
        Ok(Backups {
            backups: backups.iter().map(view).collect(),
            outside,
            former_place: self.former_place()?,
            open_to_others: self.open_to_others(),
            synced: vault::synced(&self.folder).map(vault::Synced::warning),
            failed: self.backup_fault.as_ref().or(fault.as_ref()).map(|error| error.message.clone()),
        })
    }

    /// Takes a backup now.
    pub fn back_up(&mut self, progress: Progress<'_>) -> Result<BackupTaken, Error> {
        let taken = self.vault()?.back_up(Reason::Asked, self.clock.now(), progress)?;
        self.backup_fault = None;
        Ok(told(&taken))
    }

    /// Takes a backup and packs it into one new file, under a passphrase if one is given.
    pub fn back_up_to(
        &mut self,
        file: &Path,
        passphrase: Option<&str>,
        progress: Progress<'_>,
    ) -> Result<BackupTaken, Error> {
        self.outside(file)?;
        let taken = self.vault()?.pack(file, passphrase, self.clock.now(), progress)?;
        Ok(told(&taken))
    }

    /// What a file or a folder is, of which a backup is to be restored.
    pub fn look_at_backup(path: &Path) -> Result<ChosenBackup, Error> {
        let label = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let locked = if path.is_dir() { newest_in(path).map(|_| false)? } else { Vault::is_locked(path)? };
        Ok(ChosenBackup { label, locked })
    }

    /// What [`Recert::restore`] would do.
    pub fn preview_restore(&self, choice: &BackupChoice, progress: Progress<'_>) -> Result<RestoreView, Error> {
        let (source, _unpacked) = self.source(choice, progress)?;
        Ok(outcome(&Vault::preview_restore(&self.folder, &source, self.clock.now(), progress)?))
    }

    /// Puts a backup in the place of the record. The record as it is now is backed up first.
    pub fn restore(&mut self, choice: &BackupChoice, progress: Progress<'_>) -> Result<RestoreView, Error> {
        let (source, _unpacked) = self.source(choice, progress)?;
        let restored = Vault::restore(&self.folder, &source, self.clock.now(), progress)?;
        self.vault = Some(Vault::open(&self.folder, self.clock.now())?);
        (self.chosen, self.backup_fault) = (None, None);
        Ok(outcome(&restored))
    }

    /// Whether a backup of this name is listed, here or outside.
    pub fn is_listed(&self, name: &str) -> Result<bool, Error> {
        Ok(self.listed()?.iter().any(|backup| backup.name == name))
    }

    /// The backups that [`Recert::backups`] names.
    fn listed(&self) -> Result<Vec<Backup>, Error> {
        let mut backups = Vault::backups_in(&self.folder)?;
        if let Some(outside) = self.outside_if_usable() {
            backups.extend(outside.backups()?);
        }
        Ok(backups)
    }

    /// The state that a choice means; a file is unpacked for as long as it is needed.
    fn source(&self, choice: &BackupChoice, progress: Progress<'_>) -> Result<(Source, Option<Unpacked>), Error> {
        match choice {
            BackupChoice::Listed(name) => match self.listed()?.iter().find(|backup| backup.name == *name) {
                Some(backup) => Ok((Source::from(backup), None)),
                None => Err(Error::new(Code::NotFound, format!("There is no backup “{name}” in the list."))),
            },
            BackupChoice::File { path, passphrase, even_if_costly } => {
                let key = Key { passphrase: passphrase.as_deref(), even_if_costly: *even_if_costly };
                self.source_at(path, key, progress)
            }
        }
    }

    /// The newest backup in a folder, or the one in a file.
    fn source_at(
        &self,
        file: &Path,
        key: Key<'_>,
        progress: Progress<'_>,
    ) -> Result<(Source, Option<Unpacked>), Error> {
        if file.is_dir() {
            return Ok((Source::from(&newest_in(file)?), None));
        }
        // One of a folder's backups, by its own file.
        let beside = file.parent().map(backups_of).transpose()?.unwrap_or_default();
        if let Some(backup) = beside.iter().find(|backup| backup.path == file) {
            return Ok((Source::from(backup), None));
        }
        if !file.is_file() {
            let message = format!(
                "There is no backup “{}” and no such file. “recert backup list” names the backups.",
                file.display()
            );
            return Err(Error::new(Code::NotFound, message));
        }
        let unpacked = Vault::unpack(&self.folder, file, key, progress)?;
        Ok((unpacked.source.clone(), Some(unpacked)))
    }

    /// Why the last backup by itself failed, if it did. Nothing else fails with it.
    pub fn backup_fault(&self) -> Option<&Error> {
        self.backup_fault.as_ref()
    }

    /// The place outside that backups are copied to, and when the last copy left this computer.
    pub fn outside_place(&self) -> Result<Option<OutsideView>, Error> {
        let Some(vault) = &self.vault else { return Ok(None) };
        let Some(outside) = vault.outside(&self.computer)? else { return Ok(None) };
        Ok(Some(OutsideView {
            folder: outside.folder.display().to_string(),
            reachable: outside.is_reachable(),
            last_outside: outside.last.map(instant),
            backups: outside.backups()?.iter().map(view).collect(),
        }))
    }

    /// Where an earlier version copied backups to, until she says whether that goes on. Nothing looks at that folder before:
    /// whoever made the vault may have written it there.
    pub fn former_place(&self) -> Result<Option<String>, Error> {
        let Some(vault) = &self.vault else { return Ok(None) };
        Ok(vault.former_outside(&self.computer)?.map(|former| former.folder.display().to_string()))
    }

    /// Goes on copying to where an earlier version did, and makes a copy there if it is due.
    pub fn resume_outside_place(&mut self) -> Result<Option<OutsideView>, Error> {
        self.vault()?.resume_outside(&self.computer, self.clock.now())?;
        self.vault()?.copy_outside_if_due(&self.computer, self.clock.now())?;
        self.outside_place()
    }

    /// The place outside; none where what is set on this computer cannot be used, which is said elsewhere.
    fn outside_if_usable(&self) -> Option<Outside> {
        self.vault.as_ref()?.outside(&self.computer).ok().flatten()
    }

    /// The folders of hers that others on this computer may look into.
    fn open_to_others(&self) -> Vec<String> {
        let Some(vault) = &self.vault else { return Vec::new() };
        let folders = vault.open_to_others(self.outside_if_usable().as_ref());
        folders.iter().map(|folder| folder.display().to_string()).collect()
    }

    /// Whether the record outlives this computer.
    pub fn copies(&self) -> Result<Copies, Error> {
        let (vault, now) = (self.vault()?, self.clock.now());
        let outside = self.outside_if_usable();
        let last = outside.as_ref().and_then(|outside| outside.last);
        let put_off = vault.outside_put_off(&self.computer).unwrap_or_default().is_some_and(|at| now - at < ASK_AGAIN);
        Ok(Copies {
            place: outside.is_some(),
            last_outside: last.map(instant),
            overdue: outside.is_some() && last.is_none_or(|last| now - last > OVERDUE),
            ask: outside.is_none() && !put_off,
            former_place: self.former_place()?,
        })
    }

    /// Asks for a place outside no more for a while.
    pub fn put_off_outside_place(&self) -> Result<(), Error> {
        Ok(self.vault()?.put_off_outside(&self.computer, self.clock.now())?)
    }

    /// Sets the place outside, and makes the first copy there.
    pub fn set_outside_place(&mut self, inside: &Path) -> Result<Option<OutsideView>, Error> {
        self.vault()?.set_outside(&self.computer, inside)?;
        self.vault()?.copy_outside_if_due(&self.computer, self.clock.now())?;
        self.outside_place()
    }

    /// Copies nothing outside any more. What is there stays there.
    pub fn forget_outside_place(&mut self) -> Result<(), Error> {
        Ok(self.vault()?.forget_outside(&self.computer)?)
    }

    /// Moves the record out of a synced folder to `to`; the old folder stays under the name that is returned.
    pub fn move_to(&mut self, to: &Path) -> Result<PathBuf, Error> {
        self.vault()?;
        self.vault = None;
        let moved = Vault::move_to(&self.folder, to, &self.computer, self.clock.now());
        if moved.is_ok() {
            to.clone_into(&mut self.folder);
        }
        self.vault = Some(Vault::open(&self.folder, self.clock.now())?);
        Ok(moved?)
    }

    /// The same, to the usual place.
    pub fn move_to_usual_place(&mut self) -> Result<Moved, Error> {
        let to = places::usual_folder()?;
        let old = self.move_to(&to)?;
        Ok(Moved { to: to.display().to_string(), old: old.display().to_string() })
    }

    /// Re-reads everything in the vault and in its backups, brings back what can be, and says what is damaged.
    /// What only search needs is made anew at once.
    pub fn verify(&mut self, progress: Progress<'_>) -> Result<Verification, Error> {
        let found = self.vault()?.verify_with(self.outside_if_usable().as_ref(), progress)?;
        if found.damage.iter().any(|damage| damage.kind == DamageKind::Search) {
            self.vault_mut()?.rebuild_search()?;
        }
        let healed = found.healed.into_iter();
        let damage = found.damage.into_iter();
        Ok(Verification {
            credits: found.credits,
            originals: found.originals,
            bytes: found.bytes,
            not_here: found.not_here,
            backups: found.backups,
            open_to_others: self.open_to_others(),
            healed: healed.map(|one| Healed { place: one.place, from: one.from.display().to_string() }).collect(),
            damage: damage
                .map(|one| {
                    let anew = if one.kind == DamageKind::Search { " It was made anew from the record." } else { "" };
                    Damage { place: one.place, message: one.message + anew }
                })
                .collect(),
        })
    }

    /// Once a day, here and outside; when it fails, the record can be worked on all the same.
    pub(crate) fn back_up_by_itself(&mut self) {
        let Some(vault) = &self.vault else { return };
        let now = self.clock.now();
        let here = vault.back_up_if_due(now).err().map(unsaved);
        self.backup_fault = here.or_else(|| vault.copy_outside_if_due(&self.computer, now).err().map(uncopied));
    }

    /// What became of a backup that was taken meanwhile by itself, of the same record opened a second time.
    pub fn note_backup(&mut self, fault: Option<Error>) {
        self.backup_fault = fault;
    }

    /// Before something large happens.
    pub(crate) fn back_up_before(&mut self, reason: Reason) {
        let Some(vault) = &self.vault else { return };
        self.backup_fault = vault.back_up(reason, self.clock.now(), &mut |_, _| true).err().map(unsaved);
    }
}

/// The backups whose files lie in a folder.
fn backups_of(folder: &Path) -> Result<Vec<Backup>, Error> {
    Ok(Outside { folder: folder.to_owned(), last: None }.backups()?)
}

/// The newest backup in a folder that copies go to, in the one it lies in, or beside a record.
fn newest_in(folder: &Path) -> Result<Backup, Error> {
    let mut found = backups_of(folder)?;
    found.extend(Vault::backups_in(folder)?);
    found.extend(backups_of(&folder.join(vault::OUTSIDE_NAME))?);
    found.into_iter().max_by_key(|backup| backup.at).ok_or_else(|| {
        let message = format!(
            "There is no backup in {}. Choose the folder “{}” itself, or a file that Recert made.",
            folder.display(),
            vault::OUTSIDE_NAME
        );
        Error::new(Code::NotFound, message)
    })
}

fn unsaved(error: vault::Error) -> Error {
    let error = Error::from(error);
    Error { message: format!("The record could not be backed up. {}", error.message), ..error }
}

fn uncopied(error: vault::Error) -> Error {
    let error = Error::from(error);
    Error { message: format!("No copy of the record was made outside this computer. {}", error.message), ..error }
}

pub(crate) fn view(backup: &Backup) -> BackupView {
    let holds = backup.holds().ok();
    BackupView {
        name: backup.name.clone(),
        taken_at: instant(backup.at),
        reason: backup.reason.word().to_owned(),
        holds: holds.map(|holds| BackupHolds { credits: holds.credits, files: holds.originals }),
    }
}

fn told(taken: &Taken) -> BackupTaken {
    BackupTaken { backup: view(&taken.backup), copied: taken.copied, left_out: taken.left_out.clone() }
}

fn outcome(restored: &Restored) -> RestoreView {
    let all = |touched: &[Touched]| touched.iter().map(touched_view).collect();
    RestoreView {
        taken_at: restored.at.map(instant),
        added: all(&restored.added),
        changed: all(&restored.changed),
        removed: all(&restored.removed),
        in_the_trash: restored.in_the_trash,
        operations: restored.operations,
        brought_back: restored.brought_back.iter().map(|file| file.display().to_string()).collect(),
        left_out: restored.left_out.iter().map(left_out).collect(),
        refused: restored.refused.clone(),
        missing: restored.missing.clone(),
        way_back: restored.way_back.as_ref().map(|backup| backup.name.clone()),
        set_aside: restored.set_aside.as_ref().map(|path| path.display().to_string()),
    }
}

fn touched_view(touched: &Touched) -> TouchedView {
    TouchedView { entity: touched.entity.clone(), id: touched.id.clone(), title: touched.title.clone() }
}

fn left_out(row: &vault::LeftOut) -> LeftOut {
    LeftOut { table: row.table.to_owned(), name: row.name.clone(), reason: row.reason.clone() }
}

/// As JSON has it.
fn instant(at: Stamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
