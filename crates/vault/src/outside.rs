//! A place outside this computer that backups are copied to by themselves whenever it can be reached: a stick, another
//! disk, a synced folder. And what to do about a vault that itself lies in a synced folder.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use crate::backup::{self, Backup, Reason, Taken};
use crate::column::Json;
use crate::error::{Access, Error};
use crate::folder::{self, BACKUPS};
use crate::originals;
use crate::passing;
use crate::{Stamp, Vault};

const SETTING: &str = "outside";
const PUT_OFF: &str = "outside_put_off";
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

/// The place outside, if one is set.
pub(crate) fn place(db: &Connection) -> rusqlite::Result<Option<Outside>> {
    let value: Option<Json<Outside>> =
        db.query_row("SELECT value FROM setting WHERE name = ?1", [SETTING], |row| row.get(0)).optional()?;
    Ok(value.map(|json| json.0))
}

fn keep(db: &Connection, outside: &Outside) -> rusqlite::Result<()> {
    db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)", params![SETTING, Json(&outside)])?;
    Ok(())
}

impl Vault {
    /// The place outside, if one is set.
    pub fn outside(&self) -> Result<Option<Outside>, Error> {
        place(&self.connection).map_err(|error| self.failed(&error))
    }

    /// Sets the place outside: a folder of its own is made in `inside`, which must be there.
    pub fn set_outside(&self, inside: &Path) -> Result<Outside, Error> {
        let unusable = |error: std::io::Error| Error::io(inside, Access::Write, &error);
        let inside = inside.canonicalize().map_err(unusable)?;
        let own = self.folder.canonicalize().map_err(unusable)?;
        if inside.starts_with(&own) {
            let reason = "it lies inside the folder of your record. Choose a place on another disk.".to_owned();
            return Err(Error::Refused { file: inside, reason });
        }
        if let Some(present) = self.outside()?.filter(|present| present.folder.parent() == Some(&inside)) {
            folder::make_private(&present.folder)?;
            return Ok(present);
        }
        // Another vault may have its own there.
        let folder = folder::first_free(&inside.join(NAME), |n| if n == 1 { String::new() } else { format!(" {n}") });
        folder::make_private(&folder)?;
        folder::sync(&inside)?;
        let outside = Outside { folder, last: None };
        keep(&self.connection, &outside).map_err(|error| self.failed(&error))?;
        Ok(outside)
    }

    /// Forgets the place outside; what is there stays there.
    pub fn forget_outside(&self) -> Result<(), Error> {
        let forgotten = self.connection.execute("DELETE FROM setting WHERE name = ?1", [SETTING]);
        forgotten.map(|_| ()).map_err(|error| self.failed(&error))
    }

    /// Remembers that she was asked for a place outside and put it off.
    pub fn put_off_outside(&self, now: Stamp) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)";
        let kept = self.connection.execute(sql, params![PUT_OFF, Json(&now)]);
        kept.map(|_| ()).map_err(|error| self.failed(&error))
    }

    /// When she put it off last.
    pub fn outside_put_off(&self) -> Result<Option<Stamp>, Error> {
        let sql = "SELECT value FROM setting WHERE name = ?1";
        let value = self.connection.query_row(sql, [PUT_OFF], |row| row.get::<_, Json<Stamp>>(0)).optional();
        value.map(|json| json.map(|json| json.0)).map_err(|error| self.failed(&error))
    }

    /// Copies the newest backup to the place outside, if it can be reached and has none of the last 24 hours.
    pub fn copy_outside_if_due(&self, now: Stamp) -> Result<Option<Taken>, Error> {
        let Some(outside) = self.outside()?.filter(Outside::is_reachable) else { return Ok(None) };
        if !backup::due(&outside.backups()?, now) {
            return Ok(None);
        }
        self.back_up_if_due(now)?;
        let Some(newest) = Self::backups_in(&self.folder)?.into_iter().find(|backup| backup.at <= now) else {
            return Ok(None);
        };
        let taken = backup::carry(&newest, &self.folder.join(BACKUPS), &outside.folder)?;
        keep(&self.connection, &Outside { last: Some(now), ..outside }).map_err(|error| self.failed(&error))?;
        Ok(Some(taken))
    }

    /// Moves the vault in `from` to the empty place `to`: copies it, checks the copy, and only then renames the old
    /// folder, which stays. Returns its new name.
    pub fn move_to(from: &Path, to: &Path, now: Stamp) -> Result<PathBuf, Error> {
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
        drop(held);
        drop(other);
        drop(vault);
        let aside = folder::first_free(from, |n| format!("-moved-{n}"));
        std::fs::rename(from, &aside).map_err(|error| Error::io(from, Access::Write, &error))?;
        Ok(aside)
    }
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
