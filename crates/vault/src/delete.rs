//! Deleting everything: only what Recert made, and a list of it. What is a stranger's stays and is named.
//!
//! Each database goes before the files that it names. So whenever it is stopped midway, no record and no backup is left
//! that lacks its certificates; what is left belongs to none, and deleting once more removes it. Copies outside go first of
//! all, and what this computer knows of where they are goes last of all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::backup;
use crate::computer::Computer;
use crate::error::{Access, Error};
use crate::folder::{self, BACKUPS, COMPANIONS, DATABASE, LOCK, ORIGINALS, README, README_TEXT};
use crate::originals::Format;
use crate::outside::{self, Outside};
use crate::passing;
use crate::schema::{self, Identity};

/// What a file that goes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The record.
    Record,
    /// A file that was set aside: a database that stood in the way, or an original whose bytes had changed.
    SetAside,
    /// A backup, beside the record or outside.
    Backup,
    /// A certificate.
    Original,
    /// A certificate's copy that belongs to the backups.
    Copy,
    /// What a killed program left behind, and what tells a person or another program about the folder.
    Other,
}

/// A file that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Going {
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub path: PathBuf,
}

/// What is deleted, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deletion {
    /// Each file, in the order in which they go.
    pub going: Vec<Going>,
    /// What is in the folders and was not made by Recert.
    pub staying: Vec<PathBuf>,
    /// The place outside, whether or not its copies go.
    pub outside: Option<Outside>,
    /// Where an earlier version copied to. The vault says so and not this computer, so nothing there goes.
    pub former_outside: Option<PathBuf>,
}

/// See [`crate::Vault::deletion`].
pub(crate) fn plan(vault: &Path, computer: &Computer, with_outside: bool) -> Result<Deletion, Error> {
    folder::require_no_links(vault)?;
    let mut plan = Deletion { outside: place_outside(vault, computer, with_outside)?, ..Deletion::default() };
    if plan.outside.is_none() {
        plan.former_outside = former_outside(vault)?;
    }
    if let Some(outside) = plan.outside.as_ref().filter(|_| with_outside) {
        if !outside.is_reachable() {
            let reason = "the copies there cannot be reached now".to_owned();
            return Err(Error::Io { path: outside.folder.clone(), access: Access::Read, reason });
        }
        let store = outside.folder.clone();
        plan.going.extend(store_of(&store)?);
        plan.staying.extend(strangers(&store, &plan.going)?);
    }
    plan.going.extend(record_of(vault)?);
    plan.going.extend(store_of(&vault.join(BACKUPS))?);
    plan.going.extend(originals_of(vault, Kind::Original)?);
    let told = [README, LOCK].map(|name| vault.join(name)).into_iter().filter(|path| is_ours(path));
    plan.going.extend(passing::left_in(vault).into_iter().chain(told).map(|path| Going { kind: Kind::Other, path }));
    plan.staying.extend(strangers(vault, &plan.going)?);
    let settings =
        computer.place(vault).map(|place| place.file().to_owned()).filter(|file| file.is_symlink() || file.exists());
    plan.going.extend(settings.map(|path| Going { kind: Kind::Other, path }));
    if plan.going.is_empty() {
        return Err(Error::Missing { folder: vault.to_owned() });
    }
    Ok(plan)
}

/// See [`crate::Vault::delete`].
pub(crate) fn delete(vault: &Path, computer: &Computer, with_outside: bool) -> Result<Deletion, Error> {
    // Made of what is there before anything is locked, so that a wrong folder is left without a trace.
    plan(vault, computer, with_outside)?;
    let locks = hold(vault)?;
    require_closed(&vault.join(DATABASE))?;
    let plan = plan(vault, computer, with_outside)?;
    let (last, first): (Vec<&Going>, Vec<&Going>) = plan.going.iter().partition(|going| going.path.ends_with(LOCK));
    first.into_iter().try_for_each(remove)?;
    drop(locks);
    last.into_iter().try_for_each(remove)?;
    let outside = plan.outside.as_ref().filter(|_| with_outside).map(|outside| outside.folder.clone());
    for store in [Some(vault.join(BACKUPS)), Some(vault.to_owned()), outside].into_iter().flatten() {
        remove_empty(&store);
    }
    Ok(plan)
}

/// Where backups are copied to. Only if they are to go, it must be known.
fn place_outside(vault: &Path, computer: &Computer, with_outside: bool) -> Result<Option<Outside>, Error> {
    match computer.settings(vault) {
        Err(error) if with_outside => Err(error),
        settings => Ok(settings.unwrap_or_default().outside),
    }
}

/// Where an earlier version copied to; unknown where the record cannot be read.
fn former_outside(vault: &Path) -> Result<Option<PathBuf>, Error> {
    let path = vault.join(DATABASE);
    let Some(head) = folder::head(&path, schema::HEAD)? else { return Ok(None) };
    if schema::identify(&head) != Identity::Record {
        return Ok(None);
    }
    let former = crate::connect(&path).ok().and_then(|(db, _)| outside::former(&db, vault).ok().flatten());
    Ok(former.map(|former| former.folder))
}

/// Holds off every program that wants to write there.
fn hold(vault: &Path) -> Result<Vec<File>, Error> {
    let folders = [vault.to_owned(), vault.join(BACKUPS)].into_iter().filter(|folder| folder.is_dir());
    folders
        .map(|folder| {
            let lock = passing::lock_file(&folder).map_err(|error| Error::io(&folder, Access::Write, &error))?;
            match lock.try_lock() {
                Err(fs::TryLockError::WouldBlock) => Err(Error::Busy { path: folder }),
                // A file system without locks has no other program to be held off either.
                Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(lock),
            }
        })
        .collect()
}

/// Fails if another program has the record open: what it went on to write would be lost. Only who is alone can take a
/// database out of the mode in which several may have it open.
fn require_closed(path: &Path) -> Result<(), Error> {
    if folder::head(path, schema::HEAD)?.is_none_or(|head| schema::identify(&head) != Identity::Record) {
        return Ok(());
    }
    let alone = crate::connect(path).and_then(|(db, _)| db.pragma_update(None, "journal_mode", "DELETE"));
    match alone.map_err(|error| Error::sqlite(path, &error)) {
        // What is damaged cannot be opened, and may go.
        Ok(()) | Err(Error::Damaged { .. } | Error::NotARecord { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The database, with what `SQLite` keeps beside it, and the databases that were set aside.
fn record_of(vault: &Path) -> Result<Vec<Going>, Error> {
    let path = vault.join(DATABASE);
    if let Some(head) = folder::head(&path, schema::HEAD)?.filter(|head| schema::identify(head) == Identity::Foreign) {
        schema::require_record(&path, &head)?;
    }
    let mut going = with_companions(&path, Kind::Record);
    for aside in passing::named(vault, &["recert-set-aside-"]) {
        if is_numbered(&aside, "recert-set-aside-") {
            going.extend(with_companions(&aside, Kind::SetAside));
        }
    }
    Ok(going)
}

fn with_companions(path: &Path, kind: Kind) -> Vec<Going> {
    let beside = COMPANIONS.iter().map(|suffix| folder::beside(path, suffix));
    beside.filter(|path| path.exists()).map(|path| Going { kind, path }).collect()
}

/// `recert-set-aside-1.db`.
fn is_numbered(path: &Path, beginning: &str) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let number = name.strip_prefix(beginning).and_then(|rest| rest.strip_suffix(".db"));
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}

/// The backups in a folder, and after them their originals.
fn store_of(store: &Path) -> Result<Vec<Going>, Error> {
    let mut going: Vec<Going> =
        backup::list(store)?.into_iter().flat_map(|backup| with_companions(&backup.path, Kind::Backup)).collect();
    going.extend(originals_of(store, Kind::Copy)?);
    let lock = Some(store.join(LOCK)).filter(|lock| lock.exists());
    going.extend(passing::left_in(store).into_iter().chain(lock).map(|path| Going { kind: Kind::Other, path }));
    Ok(going)
}

/// The originals below a folder, and those that were set aside there.
fn originals_of(root: &Path, kind: Kind) -> Result<Vec<Going>, Error> {
    let mut going = Vec::new();
    for shelf in entries(&root.join(ORIGINALS))?.into_iter().filter(|shelf| is_folder(shelf)) {
        for path in entries(&shelf)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let Some((stem, _)) = name.split_once('.').filter(|(_, end)| Format::of_extension(end).is_some()) else {
                continue;
            };
            let (sha256, aside) = stem.split_once("-set-aside-").map_or((stem, false), |(sha256, _)| (sha256, true));
            if domain::credit::is_sha256(sha256) {
                going.push(Going { kind: if aside { Kind::SetAside } else { kind }, path: path.clone() });
            }
        }
    }
    Ok(going)
}

/// A text that a person wrote or changed is hers, whatever its name.
fn is_ours(path: &Path) -> bool {
    if path.ends_with(README) {
        return fs::read_to_string(path).is_ok_and(|text| text.lines().next() == README_TEXT.lines().next());
    }
    path.exists()
}

/// What is in a folder, and in the folders that Recert makes in it, and does not go.
fn strangers(root: &Path, going: &[Going]) -> Result<Vec<PathBuf>, Error> {
    let going: BTreeSet<&Path> = going.iter().map(|going| going.path.as_path()).collect();
    let (mut strangers, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for path in entries(&folder)?.into_iter().filter(|path| !going.contains(path.as_path())) {
            let inside = path.strip_prefix(root).unwrap_or(&path);
            let own = inside.starts_with(ORIGINALS) || inside.starts_with(BACKUPS);
            if own && is_folder(&path) { folders.push(path) } else { strangers.push(path) }
        }
    }
    strangers.sort();
    Ok(strangers)
}

/// What is in a folder; nothing if it is not there.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |error: io::Error| Error::io(folder, Access::Read, &error);
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read.map_err(failed)?.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect(),
    }
}

fn remove(going: &Going) -> Result<(), Error> {
    let path = &going.path;
    match if is_folder(path) { fs::remove_dir_all(path) } else { fs::remove_file(path) } {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(|error| Error::io(path, Access::Write, &error)),
    }
}

/// Whether a folder is there, and no link to one.
fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_dir())
}

/// Removes the folders that are empty now; one that is not stays.
fn remove_empty(root: &Path) {
    let shelves = entries(&root.join(ORIGINALS)).unwrap_or_default();
    for folder in shelves.into_iter().chain([root.join(ORIGINALS), root.to_owned()]) {
        let _ = fs::remove_dir(folder);
    }
}
