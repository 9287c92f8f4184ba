//! Backups: by themselves, asked for, and what there is.

use chrono::SecondsFormat;
use vault::{Backup, Reason, Taken};

use crate::wire::{BackupTaken, BackupView, Backups};
use crate::{Error, Recert};

impl Recert {
    /// The backups there are, the newest first.
    pub fn backups(&self) -> Result<Backups, Error> {
        let backups = self.vault()?.backups()?;
        Ok(Backups {
            backups: backups.iter().map(view).collect(),
            failed: self.backup_fault.as_ref().map(|error| error.message.clone()),
        })
    }

    /// Takes a backup now.
    pub fn back_up(&mut self) -> Result<BackupTaken, Error> {
        let taken = self.vault()?.back_up(Reason::Asked, self.clock.now())?;
        self.backup_fault = None;
        Ok(told(&taken))
    }

    /// Why the last backup by itself failed, if it did. Nothing else fails with it.
    pub fn backup_fault(&self) -> Option<&Error> {
        self.backup_fault.as_ref()
    }

    /// Once a day; when it fails, the record can be worked on all the same.
    pub(crate) fn back_up_by_itself(&mut self) {
        let Some(vault) = &self.vault else { return };
        self.backup_fault = vault.back_up_if_due(self.clock.now()).err().map(unsaved);
    }

    /// Before something large happens.
    pub(crate) fn back_up_before(&mut self, reason: Reason) {
        let Some(vault) = &self.vault else { return };
        self.backup_fault = vault.back_up(reason, self.clock.now()).err().map(unsaved);
    }
}

fn unsaved(error: vault::Error) -> Error {
    let error = Error::from(error);
    Error { message: format!("The record could not be backed up. {}", error.message), ..error }
}

pub(crate) fn view(backup: &Backup) -> BackupView {
    let taken_at = backup.at.to_rfc3339_opts(SecondsFormat::Secs, true);
    BackupView { name: backup.name.clone(), taken_at, reason: backup.reason.word().to_owned() }
}

fn told(taken: &Taken) -> BackupTaken {
    BackupTaken { backup: view(&taken.backup), copied: taken.copied, left_out: taken.left_out.clone() }
}
