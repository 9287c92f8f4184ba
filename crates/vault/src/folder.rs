//! The vault's folder: its places, kept private, and what makes a write durable.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::error::{Access, Error};
use crate::passing::{INCOMING, RECERT};

pub(crate) const DATABASE: &str = "recert.db";
pub(crate) const ORIGINALS: &str = "originals";
pub(crate) const BACKUPS: &str = "backups";
pub(crate) const README: &str = "README.txt";
/// The file that is locked, see [`crate::passing`]. It stays, as another program may be about to lock it.
pub(crate) const LOCK: &str = ".lock";
/// The file that is locked while a record is started.
const STARTING: &str = ".recert-starting";
/// What `SQLite` keeps beside a database.
pub(crate) const COMPANIONS: [&str; 4] = ["", "-wal", "-shm", "-journal"];

pub(crate) const README_TEXT: &str = "\
This folder is a Recert vault: one person's record of continuing education.

recert.db    the record itself, an SQLite database; any SQLite program can read it
originals    the certificates exactly as they were added, one file each, named by
             the SHA-256 of its bytes
backups      copies of recert.db by day, and in its own folder of originals each
             certificate once more; Recert makes, checks and clears them by itself

Please do not edit, rename or move anything in here by hand while Recert is open.
To keep a copy, close Recert and copy the whole folder.
";

/// Makes the folder if need be, and what it lies in, each for its owner alone whatever the umask. A folder that is there
/// stays as it is.
pub(crate) fn make_private(folder: &Path) -> Result<(), Error> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_private(parent)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Ok(()) => {
            grant_owner(folder, 0o700);
            Ok(())
        }
        // Another program was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) => Err(Error::io(folder, Access::Write, &error)),
    }
}

/// A new file for its owner alone, whatever the umask; refuses to touch one that is there.
pub(crate) fn new_private_file(path: &Path) -> io::Result<File> {
    open_private(path, File::options().write(true).create_new(true))
}

/// A file for its owner alone, whatever the umask, made if need be. A link in its place is refused: it would be what it
/// leads to that is opened and closed to others.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    if path.is_symlink() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is a link to another place"));
    }
    open_private(path, File::options().write(true).create(true).truncate(false))
}

fn open_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    let file = options.open(path)?;
    keep_private(&file);
    Ok(file)
}

/// Gives a file to its owner alone: a umask may have taken even the owner's rights, and an older file may be open to all.
/// A file system without modes, such as that of many USB sticks, goes without.
#[cfg(unix)]
pub(crate) fn keep_private(file: &File) {
    use std::os::unix::fs::PermissionsExt as _;
    if file.metadata().is_ok_and(|there| there.permissions().mode() & 0o777 != 0o600) {
        let _ = file.set_permissions(fs::Permissions::from_mode(0o600));
    }
}

#[cfg(not(unix))]
pub(crate) fn keep_private(_: &File) {}

/// The same for a folder that was just made.
#[cfg(unix)]
pub(crate) fn grant_owner(path: &Path, mode: u32) {
    let _ = fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode));
}

#[cfg(not(unix))]
pub(crate) fn grant_owner(_: &Path, _: u32) {}

/// Takes from everybody else what Recert keeps in a vault's folder or in one of backups. A copy of the folder, another
/// program or an older version may have left it open to them.
///
/// A folder that has other folders in it is more than Recert's own, such as all of her documents or `/tmp`: it stays as
/// it is, and only what is Recert's in it is closed. What cannot be closed is named by [`is_open_to_others`].
pub(crate) fn close_to_others(folder: &Path) {
    let Ok(folder) = &folder.canonicalize() else { return };
    let entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    let (own, hers): (Vec<_>, Vec<_>) = entries.into_iter().partition(|path| is_own(path));
    if !is_open_to_others(folder) && !own.iter().any(|path| is_open_to_others(path)) {
        return;
    }
    for path in &own {
        close_below(path);
    }
    if !hers.iter().any(|path| path.is_dir()) {
        close(folder);
    }
}

/// Whether something in a folder has one of the names that Recert gives.
fn is_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    [ORIGINALS, BACKUPS, README, LOCK].contains(&&*name)
        || [DATABASE, "recert-", INCOMING, RECERT].iter().any(|beginning| name.starts_with(beginning))
}

/// Closes a file, or a folder and everything in it. A link leads elsewhere and is left alone.
fn close_below(path: &Path) {
    close(path);
    if fs::symlink_metadata(path).is_ok_and(|there| there.is_dir()) {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            close_below(&entry.path());
        }
    }
}

#[cfg(unix)]
fn close(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    if let Ok(there) = fs::symlink_metadata(path)
        && is_open_to_others(path)
    {
        // Fails for what is another user's.
        grant_owner(path, there.permissions().mode() & 0o700);
    }
}

#[cfg(not(unix))]
fn close(_: &Path) {}

/// Whether others on this computer may do something with a file or a folder. A link says nothing of what it leads to.
#[cfg(unix)]
pub(crate) fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::symlink_metadata(path).is_ok_and(|there| !there.is_symlink() && there.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
pub(crate) fn is_open_to_others(_: &Path) -> bool {
    false
}

/// Tells a person what the folder is. True if it did; a file of that name that is there already stays as it is.
pub(crate) fn write_readme(folder: &Path) -> Result<bool, Error> {
    let path = folder.join(README);
    let mut file = match new_private_file(&path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(Error::io(&path, Access::Write, &error)),
        Ok(file) => file,
    };
    if let Err(error) = file.write_all(README_TEXT.as_bytes()).and_then(|()| file.sync_all()) {
        // What was half-written is ours to take back; the first error is the one to report.
        let _ = fs::remove_file(&path);
        return Err(Error::io(&path, Access::Write, &error));
    }
    Ok(true)
}

/// Takes back what a failed start wrote.
pub(crate) fn take_readme_back(folder: &Path) {
    let _ = fs::remove_file(folder.join(README));
}

/// Makes names written into the folder survive a loss of power.
pub(crate) fn sync(folder: &Path) -> Result<(), Error> {
    // Windows has no such call and needs none.
    #[cfg(unix)]
    File::open(folder).and_then(|dir| dir.sync_all()).map_err(|error| Error::io(folder, Access::Write, &error))?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// The first bytes of a file that may be written, at most `length`; `None` if there is no file.
///
/// `SQLite` would open a file that may not be written too, and leave a log beside it that may not be either.
pub(crate) fn head(path: &Path, length: u64) -> Result<Option<Vec<u8>>, Error> {
    let failed = |error: io::Error| Error::io(path, Access::Read, &error);
    let file = match File::options().read(true).write(true).open(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        opened => opened.map_err(failed)?,
    };
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(Error::NotARecord { path: path.to_owned(), reason: "it is not a file" });
    }
    first_bytes(file, length).map(Some).map_err(failed)
}

/// The first bytes of a file, at most `length`.
pub(crate) fn first_bytes(file: File, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Holds off every other program that wants to start a record in `folder`, until it is dropped.
pub(crate) fn alone(folder: &Path) -> Result<Alone, Error> {
    let path = folder.join(STARTING);
    let failed = |error: io::Error| Error::io(&path, Access::Write, &error);
    let file = private_file(&path).map_err(failed)?;
    // A file system without locks has no other program to be held off either.
    let _ = file.lock();
    Ok(Alone { path, _file: file })
}

/// See [`alone`].
#[derive(Debug)]
pub(crate) struct Alone {
    path: PathBuf,
    _file: File,
}

impl Drop for Alone {
    fn drop(&mut self) {
        // Whoever waits on the removed file goes on to find the record that is there now.
        let _ = fs::remove_file(&self.path);
    }
}

/// Renames a file in the vault, with what `SQLite` keeps beside it, to the first free numbered name:
/// `recert.db` becomes `recert-set-aside-1.db`. `None` if the file itself was not there.
pub(crate) fn set_aside(path: &Path) -> Result<Option<PathBuf>, Error> {
    let present: Vec<_> = COMPANIONS.iter().filter(|suffix| beside(path, suffix).exists()).collect();
    let target = first_free(path, |n| format!("-set-aside-{n}"));
    for suffix in &present {
        let from = beside(path, suffix);
        fs::rename(&from, beside(&target, suffix)).map_err(|error| Error::io(&from, Access::Write, &error))?;
    }
    Ok(present.contains(&&"").then_some(target))
}

/// `path` with a numbered mark before its extension, the first for which nothing is there.
pub(crate) fn first_free(path: &Path, mark: impl Fn(u32) -> String) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    let mut number = 1;
    loop {
        let candidate = path.with_file_name(format!("{stem}{}{extension}", mark(number)));
        if !COMPANIONS.iter().any(|suffix| beside(&candidate, suffix).exists()) {
            return candidate;
        }
        number += 1;
    }
}

/// Refuses a vault in which a link stands where Recert makes files or folders: what it leads to would be written, read or
/// deleted as if it were part of the vault. A file below is looked at when it is opened.
pub(crate) fn require_no_links(vault: &Path) -> Result<(), Error> {
    let databases = COMPANIONS.map(|suffix| beside(&vault.join(DATABASE), suffix));
    let names = [ORIGINALS, BACKUPS, README, LOCK, STARTING].map(|name| vault.join(name));
    let stores = [vault.to_owned(), vault.join(BACKUPS)];
    let inside = stores.iter().flat_map(|store| {
        let shelves = fs::read_dir(store.join(ORIGINALS)).into_iter().flatten().flatten().map(|shelf| shelf.path());
        shelves.chain([store.join(ORIGINALS), store.join(LOCK)])
    });
    let is_link = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|there| there.file_type().is_symlink());
    match databases.into_iter().chain(names).chain(inside).find(is_link) {
        Some(path) => Err(Error::Linked { path }),
        None => Ok(()),
    }
}

/// Whether a file is there, and no link to one.
pub(crate) fn is_plain_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_file())
}

/// `recert.db` and `-wal` make `recert.db-wal`.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
