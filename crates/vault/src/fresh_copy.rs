//! A record from a database that may come from anywhere: its rows, one by one, in a fresh database of our own making.
//!
//! Nothing but rows comes along: no trigger, no view, no page of the file. A row that our tables refuse, or that does not
//! hold, is left out and named. What belongs to one computer (`setting`, `written`) and what follows from the rows (the
//! index of the search) is not copied.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, Transaction, params_from_iter};
use tempfile::TempPath;

use crate::error::{Access, Error};
use crate::row_faults::{self, RowFault};
use crate::{Progress, Stamp, backup, change, connect, passing, rows, schema, search};

/// The tables that hold a record and its history, each after those that it refers to.
const TABLES: [&str; 12] = [
    "holder",
    "credential",
    "credit",
    "fact",
    "list",
    "original",
    "proof",
    "frozen",
    "submission",
    "operation",
    "change",
    "sequence",
];

/// Larger than any record gets (bytes).
const MOST_BYTES: u64 = 4 * 1024 * 1024 * 1024;

/// A fresh database, and what was left out of it.
pub(crate) struct FreshCopy {
    /// Where it lies, under a passing name.
    pub path: TempPath,
    /// The same, open.
    pub db: Connection,
    /// The rows that were left out.
    pub left_out: Vec<RowFault>,
}

/// Copies the rows of the database `source` into a fresh one in `folder`, which is brought up to date. The source is only
/// read; messages name it as `called`.
pub(crate) fn make(
    source: &Path,
    called: &Path,
    folder: &Path,
    now: Stamp,
    progress: Progress<'_>,
) -> Result<FreshCopy, Error> {
    // A copy of the file first: it stays the same while it is read, and no log of a stranger lies beside it.
    let copy = copied(source, folder)?;
    let from = backup::open_called(&copy, called)?;
    let unusable = |error: rusqlite::Error| backup::unusable(Error::sqlite(called, &error));
    let version = schema::version(&from).map_err(unusable)?;
    let path = new_file(folder)?;
    let failed = |error: rusqlite::Error| Error::sqlite(&path, &error);
    let mut db = connect(&path).map_err(failed)?.0;
    // Rows that rest on one that is left out go with it.
    db.pragma_update(None, "foreign_keys", false).map_err(failed)?;
    db.pragma_update(None, "application_id", schema::APPLICATION_ID).map_err(failed)?;
    let known = usize::try_from(version).unwrap_or(usize::MAX).min(schema::MIGRATIONS.len());
    schema::start_at(&mut db, &path, &schema::MIGRATIONS[..known])?;
    // An older schema has fewer tables.
    let tables: Vec<&str> = TABLES.into_iter().filter(|table| db.table_exists(None, *table).unwrap_or(false)).collect();
    tables.iter().try_for_each(|table| require_integrity(&from, table, called))?;
    let transaction = db.transaction().map_err(failed)?;
    let all = tables.iter().map(|table| count(&from, table)).sum::<rusqlite::Result<u64>>().map_err(unusable)?;
    let (mut done, mut left_out) = (0, Vec::new());
    for table in tables {
        let step = &mut || {
            done += 1;
            progress(done, all)
        };
        if !copy_rows(&from, &transaction, table, &mut left_out, step).map_err(unusable)? {
            return Err(Error::Stopped);
        }
    }
    transaction.commit().map_err(failed)?;
    schema::migrate(&mut db, &path, now, schema::MIGRATIONS)?;
    let transaction = db.transaction().map_err(failed)?;
    let operation = change::log_restore(&transaction, now).map_err(failed)?;
    left_out.extend(row_faults::remove(&transaction).map_err(failed)?);
    row_faults::note_left_out(&transaction, operation, &left_out).map_err(failed)?;
    search::rebuild(&transaction).map_err(failed)?;
    transaction.commit().map_err(failed)?;
    db.pragma_update(None, "foreign_keys", true).map_err(failed)?;
    Ok(FreshCopy { path, db, left_out })
}

/// Copies the rows of a table; `false` if it was stopped.
fn copy_rows(
    from: &Connection,
    to: &Transaction<'_>,
    table: &'static str,
    left_out: &mut Vec<RowFault>,
    step: &mut dyn FnMut() -> bool,
) -> rusqlite::Result<bool> {
    let columns =
        rows::collect(to, "SELECT name FROM pragma_table_info(?1)", &[&table], |row| row.get::<_, String>(0))?;
    let width = columns.len();
    let (columns, marks) = (columns.join(", "), vec!["?"; width].join(", "));
    let mut insert = to.prepare(&format!("INSERT INTO {table} ({columns}) VALUES ({marks})"))?;
    let mut select = from.prepare(&format!("SELECT {columns}, rowid FROM {table} ORDER BY rowid"))?;
    let mut rows = select.query(())?;
    while let Some(row) = rows.next()? {
        if !step() {
            return Ok(false);
        }
        let read: rusqlite::Result<Vec<Value>> = (0..width).map(|column| row.get(column)).collect();
        if let Err(refused) = read.and_then(|values| insert.execute(params_from_iter(values))) {
            let number = row.get(width)?;
            left_out.push(RowFault { table, row: number, id: String::new(), reason: row_faults::unreadable(refused) });
        }
    }
    Ok(true)
}

fn count(db: &Connection, table: &str) -> rusqlite::Result<u64> {
    let count: i64 = db.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Fails unless a table and its indexes hold together. What else is in the file is not read.
fn require_integrity(db: &Connection, table: &str, called: &Path) -> Result<(), Error> {
    let answers = rows::collect(db, &format!("PRAGMA integrity_check({table})"), &[], |row| row.get::<_, String>(0));
    let answers = answers.map_err(|error| backup::unusable(Error::sqlite(called, &error)))?;
    match answers.into_iter().find(|answer| answer != "ok") {
        Some(reason) => Err(Error::BackupDamaged { path: called.to_owned(), reason }),
        None => Ok(()),
    }
}

/// A copy of a database's file, which is read as it stands: one that says that a log belongs to it says so no more.
fn copied(source: &Path, folder: &Path) -> Result<TempPath, Error> {
    let unreadable = |error: io::Error| Error::io(source, Access::Read, &error);
    let unwritable = |error: io::Error| Error::io(folder, Access::Write, &error);
    if !fs::symlink_metadata(source).map_err(unreadable)?.is_file() {
        let reason = "it is a link or no file".to_owned();
        return Err(Error::BackupDamaged { path: source.to_owned(), reason });
    }
    let file = File::open(source).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() > MOST_BYTES {
        let reason = "it is larger than any record".to_owned();
        return Err(Error::BackupDamaged { path: source.to_owned(), reason });
    }
    let mut copy = passing::file(folder, passing::RECERT, ".db").map_err(unwritable)?;
    io::copy(&mut file.take(MOST_BYTES), &mut copy).map_err(unwritable)?;
    // SQLite's file format, part 1.3.3: 2 stands for a write-ahead log, 1 for none.
    copy.seek(SeekFrom::Start(18)).and_then(|_| copy.write_all(&[1, 1])).map_err(unwritable)?;
    Ok(copy.into_temp_path())
}

fn new_file(folder: &Path) -> Result<TempPath, Error> {
    let file = passing::file(folder, passing::RECERT, ".db");
    Ok(file.map_err(|error| Error::io(folder, Access::Write, &error))?.into_temp_path())
}
