//! Backups of a vault: whole copies of its database, and beside them each original once, however many copies name it.
//!
//! A backup has its name only once it is whole, checked and on the disk; what a crash leaves behind is named
//! `.incoming-…` and swept away by the next one.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempPath;

use crate::error::{Access, Error};
use crate::folder::{self, BACKUPS};
use crate::harden;
use crate::hash::Sha256;
use crate::originals::{self, Brought, Format};
use crate::passing;
use crate::rows;
use crate::schema;
use crate::{Progress, Stamp};

const INSTANT: &str = "%Y%m%dT%H%M%SZ";

/// Of how many days, weeks and months that have a backup the newest one stays.
const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;
/// How many of the newest stay whatever their days: the way back from an import or a restore is among them.
const NEWEST: usize = 10;

/// Why a backup was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The last one was older than a day.
    Daily,
    /// The schema was about to change.
    Migration,
    /// Something was about to be imported.
    Import,
    /// Another state was about to be restored.
    Restore,
    /// The holder wanted one.
    Asked,
}

impl Reason {
    const ALL: [Self; 5] = [Self::Daily, Self::Migration, Self::Import, Self::Restore, Self::Asked];

    /// As in the backup's name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Migration => "migration",
            Self::Import => "import",
            Self::Restore => "restore",
            Self::Asked => "asked",
        }
    }
}

/// A whole copy of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its instant and its reason: `20260304T170509Z-daily`.
    pub name: String,
    /// When it was taken.
    pub at: Stamp,
    /// Why it was taken.
    pub reason: Reason,
    /// The database; its originals lie in `originals` beside it.
    pub path: PathBuf,
}

impl Backup {
    /// The folder that has its originals.
    pub(crate) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// The originals that it names.
    pub(crate) fn originals(&self) -> Result<Vec<Named>, Error> {
        originals_of(&open(&self.path)?).map_err(|error| Error::sqlite(&self.path, &error))
    }

    /// How much is in it.
    pub fn holds(&self) -> Result<Holds, Error> {
        let db = open(&self.path)?;
        let credits = "SELECT count(*) FROM credit WHERE removed_at IS NULL";
        let number = |sql: &str| db.query_row(sql, (), |row| row.get::<_, u32>(0));
        let read = || Ok(Holds { credits: number(credits)?, originals: number("SELECT count(*) FROM original")? });
        read().map_err(|error| Error::sqlite(&self.path, &error))
    }

    /// The backup that a file is, by its name.
    fn of(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_prefix("recert-")?.strip_suffix(".db")?.to_owned();
        let (instant, rest) = name.split_once('-')?;
        let at = NaiveDateTime::parse_from_str(instant, INSTANT).ok()?.and_utc();
        let word = rest.split('-').next()?;
        let reason = Reason::ALL.into_iter().find(|reason| reason.word() == word)?;
        Some(Self { name, at, reason, path })
    }
}

/// How much is in a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holds {
    /// Credits, without the trash.
    pub credits: u32,
    /// Originals that it names.
    pub originals: u32,
}

/// A backup that was just taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The backup.
    pub backup: Backup,
    /// Originals that no earlier backup held, and that were copied therefore.
    pub copied: usize,
    /// Originals that are lost or changed in the vault, and are in no backup either.
    pub left_out: Vec<String>,
}

/// How many rows the tables have that hold what a person entered.
pub(crate) type Counts = Vec<i64>;

/// The backups in a folder, the newest first.
pub(crate) fn list(folder: &Path) -> Result<Vec<Backup>, Error> {
    let failed = |error: io::Error| Error::io(folder, Access::Read, &error);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let files = paths.into_iter().filter(|path| folder::is_plain_file(path));
    let mut backups: Vec<Backup> = files.filter_map(Backup::of).collect();
    backups.sort_by(|a, b| (b.at, &b.name).cmp(&(a.at, &a.name)));
    Ok(backups)
}

/// Whether none of these was taken within the day before `now`.
pub(crate) fn due(backups: &[Backup], now: Stamp) -> bool {
    !backups.iter().any(|backup| backup.at <= now && now - backup.at < TimeDelta::days(1))
}

/// Copies the vault in `vault`, whose database `db` is open at `path`, into its folder of backups.
pub(crate) fn take(
    db: &Connection,
    vault: &Path,
    path: &Path,
    (reason, now): (Reason, Stamp),
    progress: Progress<'_>,
) -> Result<Taken, Error> {
    let folder = vault.join(BACKUPS);
    let _alone = enter(&folder)?;
    take_alone(db, vault, path, (reason, now), progress)
}

/// The same, unless one was taken within the last day.
pub(crate) fn take_if_due(db: &Connection, vault: &Path, path: &Path, now: Stamp) -> Result<Option<Taken>, Error> {
    let folder = vault.join(BACKUPS);
    if !due(&list(&folder)?, now) {
        return Ok(None);
    }
    let _alone = enter(&folder)?;
    // Another Recert may have been quicker while this one waited.
    if !due(&list(&folder)?, now) {
        return Ok(None);
    }
    take_alone(db, vault, path, (Reason::Daily, now), &mut |_, _| true).map(Some)
}

fn take_alone(
    db: &Connection,
    vault: &Path,
    path: &Path,
    (reason, now): (Reason, Stamp),
    progress: Progress<'_>,
) -> Result<Taken, Error> {
    let folder = vault.join(BACKUPS);
    let copy = snapshot(db, path, &folder)?;
    // As the copy has them, so that what has a name in the list has its originals, too.
    let (copied, left_out) = keep_originals(&copy, vault, &folder, progress)?;
    let name = format!("{}-{}", now.format(INSTANT), reason.word());
    let backup = settle(copy, &folder, &name)?;
    folder::sync(vault)?;
    rotate(&folder);
    Ok(Taken { backup, copied, left_out })
}

/// Brings a backup from one folder into another, for whatever of it is not there yet.
pub(crate) fn carry(backup: &Backup, from: &Path, to: &Path) -> Result<Taken, Error> {
    let _alone = enter(to)?;
    let copy = incoming(to)?;
    let unwritable = |error: io::Error| Error::io(to, Access::Write, &error);
    let mut file = fs::File::options().write(true).open(&copy).map_err(unwritable)?;
    fs::File::open(&backup.path)
        .and_then(|mut from| io::copy(&mut from, &mut file))
        .and_then(|_| file.sync_all())
        .map_err(unwritable)?;
    let counted = check(&backup.path)?;
    if check(&copy)? != counted {
        return Err(not_the_same(&copy));
    }
    let (copied, left_out) = keep_originals(&copy, from, to, &mut |_, _| true)?;
    let backup = settle(copy, to, &backup.name)?;
    rotate(to);
    Ok(Taken { backup, copied, left_out })
}

/// Makes the folder of backups, holds off every other program that writes into it, and sweeps away what a crash left there.
pub(crate) fn enter(folder: &Path) -> Result<fs::File, Error> {
    folder::require_no_links(folder)?;
    folder::make_private(folder)?;
    let lock = passing::lock_file(folder).map_err(|error| Error::io(folder, Access::Write, &error))?;
    // A file system without locks is not swept: another program may be writing.
    if lock.lock().is_ok() {
        for left in passing::left_in(folder) {
            let _ = fs::remove_file(left);
        }
    }
    Ok(lock)
}

fn incoming(folder: &Path) -> Result<TempPath, Error> {
    let file = passing::file(folder, passing::INCOMING, ".db");
    Ok(file.map_err(|error| Error::io(folder, Access::Write, &error))?.into_temp_path())
}

/// A whole copy of an open database under a passing name in `folder`, on the disk and checked.
pub(crate) fn snapshot(db: &Connection, path: &Path, folder: &Path) -> Result<TempPath, Error> {
    let failed = |error: rusqlite::Error| Error::sqlite(path, &error);
    // SQLite writes into an empty file, which keeps its mode: so the copy is private from its first byte.
    let copy = incoming(folder)?;
    let before = counts(db).map_err(failed)?;
    vacuum_into(db, path, &copy)?;
    fs::File::open(&copy).and_then(|file| file.sync_all()).map_err(|error| Error::io(folder, Access::Write, &error))?;
    let counted = check(&copy)?;
    // Another program may have changed the record while it was copied.
    if counted != before && counted != counts(db).map_err(failed)? {
        return Err(not_the_same(&copy));
    }
    Ok(copy)
}

fn vacuum_into(db: &Connection, path: &Path, copy: &Path) -> Result<(), Error> {
    let target = copy.to_str().ok_or_else(|| Error::Io {
        path: copy.to_owned(),
        access: Access::Write,
        reason: "its name is not Unicode".to_owned(),
    })?;
    db.execute("VACUUM INTO ?1", [target]).map(|_| ()).map_err(|error| match Error::sqlite(path, &error) {
        Error::DiskFull { .. } => Error::DiskFull { path: copy.parent().unwrap_or(copy).to_owned() },
        other => other,
    })
}

fn not_the_same(copy: &Path) -> Error {
    Error::BackupDamaged { path: copy.to_owned(), reason: "it does not hold what was copied".to_owned() }
}

/// Opens a copy so that nothing can be changed, checks that it is a record that holds together, and counts its rows.
pub(crate) fn check(copy: &Path) -> Result<Counts, Error> {
    let db = open(copy)?;
    require_integrity(&db, copy)
        .and_then(|()| counts(&db).map_err(|error| Error::sqlite(copy, &error)))
        .map_err(unusable)
}

/// What is wrong with a copy is not wrong with the record.
pub(crate) fn unusable(error: Error) -> Error {
    match error {
        Error::Damaged { path, reason } => Error::BackupDamaged { path, reason },
        Error::NotARecord { path, reason } => Error::BackupDamaged { path, reason: reason.to_owned() },
        other => other,
    }
}

/// Fails if the database that is open at `path` does not hold together.
pub(crate) fn require_integrity(db: &Connection, path: &Path) -> Result<(), Error> {
    let answers = rows::collect(db, "PRAGMA integrity_check", &[], |row| row.get::<_, String>(0));
    match answers.map_err(|error| Error::sqlite(path, &error))?.into_iter().find(|answer| answer != "ok") {
        Some(reason) => Err(Error::Damaged { path: path.to_owned(), reason }),
        None => Ok(()),
    }
}

/// A copy, opened so that nothing can be changed, and refused unless it describes what a record does.
pub(crate) fn open(copy: &Path) -> Result<Connection, Error> {
    open_called(copy, copy)
}

/// A copy that messages name otherwise, opened as [`open`] does.
pub(crate) fn open_called(copy: &Path, called: &Path) -> Result<Connection, Error> {
    let head = fs::File::open(copy).and_then(|file| folder::first_bytes(file, schema::HEAD));
    let head = head.map_err(|error| Error::io(called, Access::Read, &error))?;
    schema::require_record(called, &head).map_err(unusable)?;
    let (db, _) =
        harden::open(copy, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|error| Error::sqlite(called, &error))?;
    schema::require_described_as_ours(&db, called, schema::MIGRATIONS).map_err(unusable)?;
    Ok(db)
}

fn counts(db: &Connection) -> rusqlite::Result<Counts> {
    let tables = ["holder", "credential", "credit", "fact", "list", "original", "proof", "operation", "change"];
    tables.iter().map(|table| db.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get(0))).collect()
}

/// An original as a database names it.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub sha256: Sha256,
    pub format: Format,
    pub size: u64,
}

/// The originals that a database names. A row that names none, such as one with a path for an extension, is left out;
/// [`crate::row_faults`] says so.
pub(crate) fn originals_of(db: &Connection) -> rusqlite::Result<Vec<Named>> {
    let named = rows::collect(db, "SELECT sha256, extension, size FROM original ORDER BY sha256", &[], |row| {
        let (sha256, extension): (String, String) = (row.get(0)?, row.get(1)?);
        let size = u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0);
        let named = Sha256::parse(&sha256).zip(Format::of_extension(&extension));
        Ok(named.map(|(sha256, format)| Named { sha256, format, size }))
    })?;
    Ok(named.into_iter().flatten().collect())
}

/// Copies what a copy's originals `to` lacks, each re-read afterwards. Says how many, and which cannot be had.
fn keep_originals(copy: &Path, from: &Path, to: &Path, progress: Progress<'_>) -> Result<(usize, Vec<String>), Error> {
    let named = originals_of(&open(copy)?).map_err(|error| Error::sqlite(copy, &error))?;
    let is_there = |original: &Named| {
        let there = fs::symlink_metadata(originals::path(to, &original.sha256, original.format));
        there.is_ok_and(|there| there.is_file() && there.len() == original.size)
    };
    let lacking: Vec<&Named> = named.iter().filter(|original| !is_there(original)).collect();
    let all = lacking.iter().map(|original| original.size).sum();
    let (mut done, mut copied, mut left_out) = (0, 0, Vec::new());
    for original in lacking {
        let source = originals::path(from, &original.sha256, original.format);
        match originals::bring(&source, to, &original.sha256, original.format)? {
            Brought::Whole => copied += 1,
            Brought::Missing | Brought::Changed | Brought::Unreadable => left_out.push(original.sha256.to_string()),
        }
        done += original.size;
        if !progress(done, all) {
            return Err(Error::Stopped);
        }
    }
    originals::sync_shelves(to, &named.iter().map(|original| &original.sha256).collect::<Vec<_>>())?;
    Ok((copied, left_out))
}

/// Gives a finished copy its name.
fn settle(copy: TempPath, folder: &Path, name: &str) -> Result<Backup, Error> {
    let base = folder.join(format!("recert-{name}.db"));
    let target = folder::first_free(&base, |n| if n == 1 { String::new() } else { format!("-{n}") });
    copy.persist_noclobber(&target).map_err(|failed| Error::io(&target, Access::Write, &failed.error))?;
    folder::sync(folder)?;
    Backup::of(target).ok_or_else(|| not_the_same(&base))
}

/// Removes the backups that need not stay; one that cannot be removed now goes the next time. The originals beside them
/// stay: the vault keeps all of its own, too.
fn rotate(folder: &Path) {
    let backups = list(folder).unwrap_or_default();
    let instants: Vec<Stamp> = backups.iter().map(|backup| backup.at).collect();
    for (backup, stays) in backups.iter().zip(staying(&instants)) {
        if !stays {
            let _ = fs::remove_file(&backup.path);
        }
    }
}

/// Which of these instants, the newest first, have a backup that stays: the newest of all, and the newest of each day,
/// week and month. Only those that have a backup count, so a year without Recert makes nothing go.
pub(crate) fn staying(instants: &[Stamp]) -> Vec<bool> {
    let (mut days, mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut stays = |(index, at): (usize, &Stamp)| {
        let day: NaiveDate = at.date_naive();
        let week = day.iso_week();
        let first_of_day = days.len() < DAYS && days.insert(day);
        let first_of_week = weeks.len() < WEEKS && weeks.insert((week.year(), week.week()));
        let first_of_month = months.len() < MONTHS && months.insert((day.year(), day.month()));
        index < NEWEST || first_of_day || first_of_week || first_of_month
    };
    instants.iter().enumerate().map(&mut stays).collect()
}
