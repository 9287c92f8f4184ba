//! Files under passing names: what is being written and is not yet what it is going to be.
//!
//! Whoever writes one in a vault's folder holds a lock there until the file has its name or is gone, together with
//! everybody else who does; in a folder of backups each holds it alone. The system lets go of a lock when a program is
//! killed. So whoever gets the lock alone knows that nobody is writing, and that what lies there was left behind; how
//! old it is would say nothing.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use crate::error::{Access, Error};
use crate::folder::{self, DATABASE, LOCK, ORIGINALS};
use crate::schema::{self, Identity};

/// What a passing name begins with: originals and backups, and everything else.
pub(crate) const INCOMING: &str = ".incoming-";
pub(crate) const RECERT: &str = ".recert-";

/// The right to write under passing names in a vault's folder.
#[derive(Debug)]
pub(crate) struct Passing {
    folder: PathBuf,
    made: bool,
    lock: File,
}

/// Enters a vault's folder, which is made if need be. Where no record comes of it, no trace of entering is left.
pub(crate) fn enter(folder: &Path) -> Result<Passing, Error> {
    let made = !folder.exists();
    folder::require_no_links(folder)?;
    folder::make_private(folder)?;
    let lock = lock_file(folder).map_err(|error| Error::io(folder, Access::Write, &error))?;
    // A file system without locks is never swept.
    let _ = lock.lock_shared();
    Ok(Passing { folder: folder.to_owned(), made, lock })
}

impl Drop for Passing {
    fn drop(&mut self) {
        let _ = self.lock.unlock();
        let record = folder::head(&self.folder.join(DATABASE), schema::HEAD).ok().flatten();
        let is_record = record.is_some_and(|head| schema::identify(&head) == Identity::Record);
        if !is_record && self.lock.try_lock().is_ok() {
            let _ = fs::remove_file(self.folder.join(LOCK));
        }
        if self.made {
            let _ = fs::remove_dir(&self.folder); // does nothing unless it is empty
        }
    }
}

/// The file that is locked in a folder.
pub(crate) fn lock_file(folder: &Path) -> io::Result<File> {
    folder::private_file(&folder.join(LOCK))
}

/// A new file under a passing name, for its owner alone, whatever the umask.
pub(crate) fn file(folder: &Path, beginning: &str, end: &str) -> io::Result<NamedTempFile> {
    let file = tempfile::Builder::new().prefix(beginning).suffix(end).tempfile_in(folder)?;
    folder::keep_private(file.as_file());
    Ok(file)
}

/// The same for a folder.
pub(crate) fn directory(folder: &Path, beginning: &str) -> io::Result<TempDir> {
    let made = tempfile::Builder::new().prefix(beginning).tempdir_in(folder)?;
    folder::grant_owner(made.path(), 0o700);
    Ok(made)
}

/// Removes what a killed program left in a vault's folder or one of backups, unless another program is writing there.
pub(crate) fn sweep(folder: &Path) {
    if left_in(folder).is_empty() {
        return;
    }
    let Ok(lock) = lock_file(folder) else { return };
    if lock.try_lock().is_ok() {
        for left in left_in(folder) {
            remove(&left);
        }
    }
}

/// Everything under a passing name in a vault's folder or one of backups.
pub(crate) fn left_in(folder: &Path) -> Vec<PathBuf> {
    let mut left = named(folder, &[INCOMING, RECERT]);
    left.extend(named(&folder.join(ORIGINALS), &[INCOMING]));
    left
}

/// What lies in a folder under a name that begins in one of these ways.
pub(crate) fn named(folder: &Path, beginnings: &[&str]) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let begins = |name: &str| beginnings.iter().any(|beginning| name.starts_with(beginning));
    entries.filter(|entry| begins(&entry.file_name().to_string_lossy())).map(|entry| entry.path()).collect()
}

/// Removes a file, or a folder that a backup was unpacked into; one that cannot be removed now goes the next time.
fn remove(left: &Path) {
    // Not what a link leads to.
    let is_folder = fs::symlink_metadata(left).is_ok_and(|there| there.is_dir());
    let _ = if is_folder { fs::remove_dir_all(left) } else { fs::remove_file(left) };
}
