//! Another state of the record in the place of the present one: from a backup, of this vault or of another.
//!
//! The present state is backed up first, which is the way back. No original is removed. What another program has open
//! stays open: a sound database takes on the other state in one transaction, only a damaged one is replaced as a file.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};
use serde_json::Value;
use tempfile::TempPath;

use crate::backup::{self, Backup, Named, Reason};
use crate::error::{Access, Error, NOT_A_DATABASE};
use crate::folder::{self, DATABASE};
use crate::fresh_copy::{self, FreshCopy};
use crate::history::{self, Touched};
use crate::originals::{self, Brought};
use crate::passing;
use crate::row_faults::RowFault;
use crate::rows::{self, Entities};
use crate::search;
use crate::{Progress, Stamp, Vault, connect};

/// Where a state to be restored lies: a database and, below the same folder, the originals it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The database.
    pub database: PathBuf,
    /// The folder that has `originals` in it.
    pub folder: PathBuf,
    /// What it is called in messages.
    pub called: PathBuf,
    /// When it was copied, as far as is known.
    pub at: Option<Stamp>,
}

impl From<&Backup> for Source {
    fn from(backup: &Backup) -> Self {
        let (database, folder) = (backup.path.clone(), backup.folder().to_owned());
        Self { called: database.clone(), database, folder, at: Some(backup.at) }
    }
}

/// What a restore did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restored {
    /// When the state was copied; otherwise when it was changed last.
    pub at: Option<Stamp>,
    /// What is in the restored state and not in the present one.
    pub added: Vec<Touched>,
    /// What differs.
    pub changed: Vec<Touched>,
    /// What is in the present state and not in the restored one.
    pub removed: Vec<Touched>,
    /// Credits in the trash that come with it.
    pub in_the_trash: u32,
    /// Operations in its history.
    pub operations: u32,
    /// Originals that are brought back: where their files are written, as seen from the vault's folder.
    pub brought_back: Vec<PathBuf>,
    /// Originals that the backup has with other bytes; they are not taken.
    pub refused: Vec<String>,
    /// Originals that are neither here nor in the backup.
    pub missing: Vec<String>,
    /// Rows of the backup that Recert never writes; they are not taken.
    pub left_out: Vec<LeftOut>,
    /// The present state as it was backed up; none if there was none, or none that can be read.
    pub way_back: Option<Backup>,
    /// Where a damaged record is kept that stood in the way.
    pub set_aside: Option<PathBuf>,
}

/// A row of a backup that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The table: `credit`, `original`, …
    pub table: &'static str,
    /// What the row calls itself, or else its number.
    pub name: String,
    /// What is wrong with it.
    pub reason: String,
}

impl From<&RowFault> for LeftOut {
    fn from(fault: &RowFault) -> Self {
        let name = if fault.id.is_empty() { fault.row.to_string() } else { fault.id.clone() };
        Self { table: fault.table, name, reason: fault.reason.clone() }
    }
}

/// The present state of the place that is restored into.
enum Present {
    /// No record is there.
    Nothing,
    /// One that can be read.
    Sound(Box<Vault>),
    /// One that cannot.
    Damaged,
}

/// Says what [`Vault::restore`] would do. Changes nothing.
pub(crate) fn preview(folder: &Path, source: &Source, now: Stamp, progress: Progress<'_>) -> Result<Restored, Error> {
    let _passing = passing::enter(folder)?;
    let FreshCopy { db, left_out, path: _path } = fresh(source, folder, now, progress)?;
    let mut restored = difference(source, &db, &present(folder, now)?)?;
    restored.left_out = left_out.iter().map(LeftOut::from).collect();
    originals(source, &db, folder, progress, &mut restored, |there, original| {
        Ok(match originals::hash(there) {
            Ok(found) if found == original.sha256 => Brought::Whole,
            Ok(_) => Brought::Changed,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Brought::Missing,
            Err(_) => Brought::Unreadable,
        })
    })?;
    Ok(restored)
}

/// See [`Vault::restore`].
pub(crate) fn restore(folder: &Path, source: &Source, now: Stamp, progress: Progress<'_>) -> Result<Restored, Error> {
    let _passing = passing::enter(folder)?;
    let mut readme = false;
    let restored = folder::alone(folder).and_then(|_alone| {
        let FreshCopy { db, left_out, path: copy } = fresh(source, folder, now, progress)?;
        let present = present(folder, now)?;
        readme = folder::write_readme(folder)?;
        let mut restored = difference(source, &db, &present)?;
        restored.left_out = left_out.iter().map(LeftOut::from).collect();
        originals(source, &db, folder, progress, &mut restored, |there, original| {
            originals::bring(there, folder, &original.sha256, original.format)
        })?;
        db.close().map_err(|(_, error)| Error::sqlite(&copy, &error))?;
        let taken_on = match present {
            Present::Sound(vault) => take_on(&vault, &copy, now, &mut restored),
            Present::Nothing | Present::Damaged => return put_there(folder, copy, restored),
        };
        match taken_on {
            // What is damaged where reading does not come by shows only now.
            Err(Error::Damaged { .. }) => put_there(folder, copy, restored),
            taken_on => taken_on.map(|()| restored),
        }
    });
    if restored.is_err() && readme {
        folder::take_readme_back(folder);
    }
    restored
}

/// Replaces the rows of a sound record in one transaction, whoever else has it open. From the backup that is the way
/// back until the end nobody else can change it, so nothing is lost between the two.
fn take_on(vault: &Vault, copy: &Path, now: Stamp, to: &mut Restored) -> Result<(), Error> {
    let failed = |error: rusqlite::Error| Error::sqlite(&vault.path, &error);
    let (mut here, _) = connect(&vault.path).map_err(failed)?;
    here.execute("ATTACH ?1 AS restored", [copy.to_string_lossy()]).map_err(failed)?;
    let transaction = here.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    to.way_back = Some(vault.back_up(Reason::Restore, now, &mut |_, _| true)?.backup);
    replace_rows(&transaction).map_err(failed)?;
    transaction.commit().map_err(failed)
}

fn replace_rows(db: &Connection) -> rusqlite::Result<()> {
    // A number that was given to something stays given, though what it was given to is gone.
    db.execute_batch(
        "PRAGMA defer_foreign_keys = ON;
         INSERT INTO restored.sequence (prefix, last) SELECT prefix, last FROM main.sequence WHERE TRUE
         ON CONFLICT (prefix) DO UPDATE SET last = max(last, excluded.last);",
    )?;
    // What is set for this computer and what was written on it is no part of the record. Tables of an index follow those that they index.
    let tables = "SELECT name FROM pragma_table_list \
                  WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('setting', 'written')";
    for table in rows::collect(db, tables, &[], |row| row.get::<_, String>(0))? {
        let columns = rows::collect(db, "SELECT name FROM pragma_table_info(?1)", &[&table], |row| {
            row.get::<_, String>(0).map(|name| format!("\"{name}\""))
        })?;
        let columns = columns.join(", ");
        db.execute(&format!("DELETE FROM main.\"{table}\""), ())?;
        let sql = format!("INSERT INTO main.\"{table}\" ({columns}) SELECT {columns} FROM restored.\"{table}\"");
        db.execute(&sql, ())?;
    }
    search::rebuild(db)
}

/// Makes the prepared copy the record, and keeps a damaged one under another name.
fn put_there(folder: &Path, copy: TempPath, restored: Restored) -> Result<Restored, Error> {
    let path = folder.join(DATABASE);
    let failed = |error: io::Error| Error::io(&path, Access::Write, &error);
    File::open(&copy).and_then(|file| file.sync_all()).map_err(failed)?;
    let set_aside = folder::set_aside(&path)?;
    copy.persist_noclobber(&path).map_err(|refused| failed(refused.error))?;
    folder::sync(folder)?;
    Ok(Restored { set_aside, ..restored })
}

/// The state to be restored, in a fresh database in `folder`.
fn fresh(source: &Source, folder: &Path, now: Stamp, progress: Progress<'_>) -> Result<FreshCopy, Error> {
    // Rows take a moment; how far it is tells the bytes of the originals, which follow.
    fresh_copy::make(&source.database, &source.called, folder, now, &mut |_, _| progress(0, 1))
}

/// Opens what is there. A record that cannot be read or copied whole is damaged, however much of it is left.
fn present(folder: &Path, now: Stamp) -> Result<Present, Error> {
    let whole = |vault: Vault| {
        vault.record()?;
        backup::require_integrity(&vault.connection, &vault.path)?;
        Ok(vault)
    };
    match Vault::open(folder, now).and_then(whole) {
        Ok(vault) => Ok(Present::Sound(Box::new(vault))),
        Err(Error::Missing { .. }) => Ok(Present::Nothing),
        Err(Error::Damaged { .. }) => Ok(Present::Damaged),
        Err(Error::NotARecord { reason, .. }) if reason == NOT_A_DATABASE => Ok(Present::Damaged),
        Err(error) => Err(error),
    }
}

/// What differs between the present record and the one to be restored.
fn difference(source: &Source, db: &Connection, present: &Present) -> Result<Restored, Error> {
    let failed = |error: rusqlite::Error| Error::sqlite(&source.called, &error);
    let here = match present {
        Present::Sound(vault) => {
            let read = || rows::entities(&*vault.connection.unchecked_transaction()?);
            read().map_err(|error| vault.failed(&error))?
        }
        Present::Nothing | Present::Damaged => Entities::new(),
    };
    let there = rows::entities(db).map_err(failed)?;
    let mut restored = Restored { at: source.at, ..Restored::default() };
    if restored.at.is_none() {
        restored.at = last_change(db).map_err(failed)?;
    }
    for (key, json) in &there {
        match here.get(key) {
            None => restored.added.push(touched(key, json)),
            Some(before) if before != json => restored.changed.push(touched(key, json)),
            Some(_) => {}
        }
    }
    let trash = "SELECT count(*) FROM credit WHERE removed_at IS NOT NULL";
    restored.in_the_trash = number(db, trash).map_err(failed)?;
    restored.operations = number(db, "SELECT count(*) FROM operation").map_err(failed)?;
    restored.removed =
        here.iter().filter(|(key, _)| !there.contains_key(*key)).map(|(key, json)| touched(key, json)).collect();
    Ok(restored)
}

fn number(db: &Connection, sql: &str) -> rusqlite::Result<u32> {
    db.query_row(sql, (), |row| row.get(0))
}

fn touched((entity, id): &(&'static str, String), json: &str) -> Touched {
    let value: Option<Value> = serde_json::from_str(json).ok();
    Touched { entity: (*entity).to_owned(), id: id.clone(), title: value.as_ref().and_then(history::title) }
}

fn last_change(db: &Connection) -> rusqlite::Result<Option<Stamp>> {
    let at: Option<String> =
        db.query_row("SELECT max(at) FROM operation WHERE kind NOT IN ('migrate', 'restore')", (), |row| row.get(0))?;
    Ok(at.and_then(|at| at.parse().ok()))
}

/// Each original that the state to be restored names and this folder lacks, by `bring`.
fn originals(
    source: &Source,
    db: &Connection,
    folder: &Path,
    progress: Progress<'_>,
    restored: &mut Restored,
    bring: impl Fn(&Path, &Named) -> Result<Brought, Error>,
) -> Result<(), Error> {
    let named = backup::originals_of(db).map_err(|error| Error::sqlite(&source.called, &error))?;
    let all = named.iter().map(|original| original.size).sum();
    let mut done = 0;
    for original in named {
        let here = originals::path(folder, &original.sha256, original.format);
        if !originals::hash(&here).is_ok_and(|found| found == original.sha256) {
            let there = originals::path(&source.folder, &original.sha256, original.format);
            match bring(&there, &original)? {
                Brought::Whole => restored.brought_back.push(here.strip_prefix(folder).unwrap_or(&here).to_owned()),
                Brought::Missing => restored.missing.push(original.sha256.to_string()),
                Brought::Changed | Brought::Unreadable => restored.refused.push(original.sha256.to_string()),
            }
        }
        done += original.size;
        if !progress(done, all) {
            return Err(Error::Stopped);
        }
    }
    Ok(())
}
