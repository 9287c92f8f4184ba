//! A place outside this computer that backups are copied to by themselves whenever it can be reached: a stick, another
//! disk, a synced folder. And what to do about a vault that itself lies in a synced folder.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use serde::{Deserialize, Serialize};

use crate::backup::{self, Backup, Reason, Taken};
use crate::computer::{self, Computer, Settings};
use crate::error::{Access, Error};
use crate::folder::{self, BACKUPS};
use crate::originals;
use crate::passing;
use crate::{Stamp, Vault};

/// The folder that is made in the place she chooses.
pub const NAME: &str = "Recert backup";

/// Where backups are copied to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outside {
    /// The folder that Recert made there.
    pub folder: PathBuf,
    /// When the last copy was made; `None` if none was yet.
    pub last: Option<Stamp>,
}

impl Outside {
    /// Whether it is there now. A folder that is gone is not made again: where a stick was, another disk may be.
    pub fn is_reachable(&self) -> bool {
        self.folder.is_dir()
    }

    /// The backups there, the newest first; none if it is not there now.
    pub fn backups(&self) -> Result<Vec<Backup>, Error> {
        backup::list(&self.folder)
    }
}

/// Where an earlier version copied backups to, as it kept that in the vault. Whoever made the vault may have written it,
/// so nobody looks at that folder before she says so; a name that cannot be shown as it is is none.
pub(crate) fn former(db: &Connection, vault: &Path) -> rusqlite::Result<Option<Outside>> {
    let sql = "SELECT value FROM setting WHERE name = 'outside' AND length(value) <= 8192";
    let value: Option<String> = db.query_row(sql, (), |row| row.get(0)).optional()?;
    let vault = vault.canonicalize().unwrap_or_else(|_| vault.to_owned());
    let former = value.and_then(|value| serde_json::from_str::<Outside>(&value).ok());
    Ok(former.filter(|former| computer::require_place(&former.folder, &vault).is_ok()))
}

impl Vault {
    /// The place outside, if one is set on this computer.
    pub fn outside(&self, computer: &Computer) -> Result<Option<Outside>, Error> {
        Ok(computer.settings(&self.folder)?.outside)
    }

    /// Sets the place outside: a folder of its own is made in `inside`, which must be there.
    pub fn set_outside(&self, computer: &Computer, inside: &Path) -> Result<Outside, Error> {
        let inside = self.elsewhere(inside)?;
        // What cannot be used is set anew.
        let present = self.outside(computer).unwrap_or_default();
        if let Some(present) = present.filter(|present| present.folder.parent() == Some(&inside)) {
            folder::make_private(&present.folder)?;
            self.answer(computer, |_| ())?;
            return Ok(present);
        }
        // Another vault may have its own there.
        let folder = folder::first_free(&inside.join(NAME), |n| if n == 1 { String::new() } else { format!(" {n}") });
        computer::require_place(&folder, &self.folder).map_err(|reason| refused(&folder, reason))?;
        folder::make_private(&folder)?;
        folder::sync(&inside)?;
        let outside = Outside { folder, last: None };
        self.answer(computer, |settings| settings.outside = Some(outside.clone()))?;
        Ok(outside)
    }

    /// Where an earlier version copied backups to, until she says whether that goes on.
    pub fn former_outside(&self, computer: &Computer) -> Result<Option<Outside>, Error> {
        if computer.settings(&self.folder).is_ok_and(|settings| settings.outside.is_some()) {
            return Ok(None);
        }
        former(&self.connection, &self.folder).map_err(|error| self.failed(&error))
    }

    /// Goes on copying to where an earlier version did. That folder need not be there now.
    pub fn resume_outside(&self, computer: &Computer, now: Stamp) -> Result<Outside, Error> {
        let former = self.former_outside(computer)?;
        let former = former.ok_or_else(|| Error::NotFound { what: "earlier place", id: NAME.to_owned() })?;
        let folder = if former.is_reachable() { self.elsewhere(&former.folder)? } else { former.folder };
        let outside = Outside { folder, last: former.last.filter(|last| *last <= now) };
        self.answer(computer, |settings| settings.outside = Some(outside.clone()))?;
        Ok(outside)
    }

    /// Forgets the place outside, also an earlier version's; what is there stays there.
    pub fn forget_outside(&self, computer: &Computer) -> Result<(), Error> {
        self.answer(computer, |settings| settings.outside = None)
    }

    /// Remembers that she was asked for a place outside and put it off.
    pub fn put_off_outside(&self, computer: &Computer, now: Stamp) -> Result<(), Error> {
        self.answer(computer, |settings| settings.outside_put_off = Some(now))
    }

    /// When she put it off last.
    pub fn outside_put_off(&self, computer: &Computer) -> Result<Option<Stamp>, Error> {
        Ok(computer.settings(&self.folder)?.outside_put_off)
    }

    /// Keeps what she says on this computer; only then what an earlier version kept in the vault is forgotten.
    fn answer(&self, computer: &Computer, change: impl FnOnce(&mut Settings)) -> Result<(), Error> {
        computer.change(&self.folder, change)?;
        let former = "DELETE FROM setting WHERE name IN ('outside', 'outside_put_off')";
        self.connection.execute(former, ()).map(drop).map_err(|error| self.failed(&error))
    }

    /// A folder in full, which must be there and not in the vault.
    fn elsewhere(&self, folder: &Path) -> Result<PathBuf, Error> {
        let unusable = |error: std::io::Error| Error::io(folder, Access::Write, &error);
        let (folder, own) = (folder.canonicalize().map_err(unusable)?, self.folder.canonicalize().map_err(unusable)?);
        if folder.starts_with(&own) {
            return Err(refused(&folder, "it lies inside the folder of your record. Choose a place on another disk."));
        }
        Ok(folder)
    }

    /// Copies the newest backup to the place outside, if it can be reached and has none of the last 24 hours.
    pub fn copy_outside_if_due(&self, computer: &Computer, now: Stamp) -> Result<Option<Taken>, Error> {
        let Some(outside) = self.outside(computer)?.filter(Outside::is_reachable) else { return Ok(None) };
        folder::close_to_others(&outside.folder);
        if !backup::due(&outside.backups()?, now) {
            return Ok(None);
        }
        self.back_up_if_due(now)?;
        let Some(newest) = Self::backups_in(&self.folder)?.into_iter().find(|backup| backup.at <= now) else {
            return Ok(None);
        };
        let taken = backup::carry(&newest, &self.folder.join(BACKUPS), &outside.folder)?;
        // Another program may have set another place meanwhile.
        let copied = |settings: &mut Settings| {
            settings.outside.iter_mut().filter(|set| set.folder == outside.folder).for_each(|set| set.last = Some(now));
        };
        computer.change(&self.folder, copied)?;
        Ok(Some(taken))
    }

    /// The folders of the vault and of its copies outside that others on this computer may look into, because the file
    /// system has no rights, the folder is another user's, or it holds other folders, too.
    pub fn open_to_others(&self, outside: Option<&Outside>) -> Vec<PathBuf> {
        let folders = [Some(&self.folder), outside.map(|outside| &outside.folder)].into_iter().flatten();
        let real = folders.filter_map(|folder| folder.canonicalize().ok());
        real.filter(|folder| folder::is_open_to_others(folder)).collect()
    }

    /// Moves the vault in `from` to the empty place `to`: copies it, checks the copy, and only then renames the old
    /// folder, which stays. What is set for it on this computer goes along. Returns the old folder's new name.
    pub fn move_to(from: &Path, to: &Path, computer: &Computer, now: Stamp) -> Result<PathBuf, Error> {
        let vault = Self::open(from, now)?;
        let _passing = passing::enter(to)?;
        if to.join(folder::DATABASE).exists() {
            return Err(Error::Exists { folder: to.to_owned() });
        }
        // Until the old folder has its new name nobody else can change what is in it.
        let (mut other, _) = crate::connect(&vault.path).map_err(|error| vault.failed(&error))?;
        let held = other.transaction_with_behavior(TransactionBehavior::Immediate);
        let held = held.map_err(|error| vault.failed(&error))?;
        vault.back_up(Reason::Asked, now, &mut |_, _| true)?;
        for backup in Self::backups_in(from)?.iter().rev() {
            backup::carry(backup, &from.join(BACKUPS), &to.join(BACKUPS))?;
        }
        let unwritable = |error: std::io::Error| Error::io(to, Access::Write, &error);
        for original in backup::originals_of(&vault.connection).map_err(|error| vault.failed(&error))? {
            let source = originals::path(from, &original.sha256, original.format);
            originals::bring(&source, to, &original.sha256, original.format)?;
        }
        let copy = backup::snapshot(&vault.connection, &vault.path, to)?;
        copy.persist_noclobber(to.join(folder::DATABASE)).map_err(|refused| unwritable(refused.error))?;
        folder::write_readme(to)?;
        folder::sync(to)?;
        let lost = Self::open(to, now)?.verify(&mut |_, _| true)?.damage;
        if let Some(lost) = lost.first() {
            let reason =
                format!("{} did not arrive: {} Run recert verify first; nothing was moved.", lost.place, lost.message);
            return Err(Error::Refused { file: from.to_owned(), reason });
        }
        let (old, settings) = (computer.place(from), computer.settings(from).unwrap_or_default());
        if settings != Settings::default() {
            computer.change(to, |there| *there = settings)?;
        }
        drop(held);
        drop(other);
        drop(vault);
        let aside = folder::first_free(from, |n| format!("-moved-{n}"));
        std::fs::rename(from, &aside).map_err(|error| Error::io(from, Access::Write, &error))?;
        // The record has left; what was set for the old place would only wait for another one there.
        let _ = old.map(|old| old.remove());
        Ok(aside)
    }
}

fn refused(folder: &Path, reason: &str) -> Error {
    Error::Refused { file: folder.to_owned(), reason: reason.to_owned() }
}

/// A service that copies a folder between computers, file by file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synced {
    /// Microsoft's.
    OneDrive,
    /// Dropbox.
    Dropbox,
    /// Apple's.
    ICloud,
    /// Google's.
    GoogleDrive,
}

impl Synced {
    /// What the service is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::OneDrive => "OneDrive",
            Self::Dropbox => "Dropbox",
            Self::ICloud => "iCloud Drive",
            Self::GoogleDrive => "Google Drive",
        }
    }

    /// Why a record should not lie there.
    pub fn warning(self) -> String {
        format!(
            "Your record lies in a folder that {} copies while Recert is writing to it. Two computers can overwrite each \
             other's changes, and half a record can come back. Move it to the usual place, and let {0} have the backups.",
            self.name()
        )
    }
}

/// Which service copies a folder, told by the names that these services give their folders.
pub fn synced(folder: &Path) -> Option<Synced> {
    folder.components().find_map(|part| {
        let part = part.as_os_str().to_string_lossy().to_lowercase();
        // “OneDrive - Lakeside Clinic”, “Dropbox (Personal)”, and on macOS “GoogleDrive-maria@example.org”.
        let is = |name: &str| {
            part.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-', '(']))
        };
        if is("onedrive") {
            Some(Synced::OneDrive)
        } else if is("dropbox") {
            Some(Synced::Dropbox)
        } else if part == "mobile documents"
            || part == "icloud drive"
            || part == "iclouddrive"
            || part == "com~apple~clouddocs"
        {
            Some(Synced::ICloud)
        } else if is("google drive") || is("googledrive") {
            Some(Synced::GoogleDrive)
        } else {
            None
        }
    })
}
