//! The database's schema: which version it has, and how an older one is brought up to date.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::Stamp;
use crate::change;
use crate::error::{Access, Error, NOT_A_DATABASE};
use crate::folder::{self, BACKUPS};

/// Marks a database as Recert's: the letters `Rcrt`.
pub(crate) const APPLICATION_ID: i32 = 0x5263_7274;

/// The schema's steps; step n leads to version n. A released step never changes, and a new one only adds.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/5.sql"),
];

/// What a database's first bytes say about it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// A Recert record.
    Record,
    /// Another program's database.
    Foreign,
    /// No `SQLite` database.
    NoDatabase,
}

/// How many of a file's first bytes [`identify`] needs.
pub(crate) const HEAD: u64 = 100;

/// Tells whose a file is without opening it as a database, which could write to it.
pub(crate) fn identify(head: &[u8]) -> Identity {
    // SQLite's file format, part 1.3: the magic text, and the application id at offset 68.
    if !head.starts_with(b"SQLite format 3\0") || head.len() < 100 {
        return Identity::NoDatabase;
    }
    if head[68..72] == APPLICATION_ID.to_be_bytes() { Identity::Record } else { Identity::Foreign }
}

/// Refuses what is not a Recert record; does not touch the file.
pub(crate) fn require_record(path: &Path, head: &[u8]) -> Result<(), Error> {
    let reason = match identify(head) {
        Identity::Record => return Ok(()),
        Identity::Foreign => "it is another program's database",
        Identity::NoDatabase => NOT_A_DATABASE,
    };
    Err(Error::NotARecord { path: path.to_owned(), reason })
}

/// The schema version of an open database.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", (), |row| row.get(0))
}

/// Brings an open database up to the last of `migrations`: a copy of an older record first, then all steps at once.
pub(crate) fn bring_up_to_date(
    connection: &mut Connection,
    folder: &Path,
    path: &Path,
    now: Stamp,
    migrations: &[&str],
) -> Result<(), Error> {
    let failed = |error: rusqlite::Error| Error::sqlite(path, &error);
    let supported = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    let found = version(connection).map_err(failed)?;
    if found > supported {
        return Err(Error::Newer { path: path.to_owned(), found, supported });
    }
    if found == supported {
        return Ok(());
    }
    if found > 0 {
        copy_before_migrating(connection, folder, path, now, found)?;
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Another Recert may have been quicker while this one waited.
    let found = version(&transaction).map_err(failed)?;
    for step in migrations.iter().skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        transaction.execute_batch(step).map_err(failed)?;
    }
    transaction.pragma_update(None, "user_version", found.max(supported)).map_err(failed)?;
    if 0 < found && found < supported {
        change::log_migration(&transaction, now).map_err(failed)?;
    }
    transaction.commit().map_err(failed)
}

/// Puts a whole copy into `backups/`, durable before anything changes.
fn copy_before_migrating(
    connection: &Connection,
    folder: &Path,
    path: &Path,
    now: Stamp,
    found: u32,
) -> Result<(), Error> {
    let backups = folder.join(BACKUPS);
    folder::make_private(&backups)?;
    let base = backups.join(format!("recert-version-{found}-{}.db", now.format("%Y%m%dT%H%M%SZ")));
    let copy = folder::first_free(&base, |n| if n == 1 { String::new() } else { format!("-{n}") });
    let failed = |error: std::io::Error| Error::io(&copy, Access::Write, &error);
    // SQLite writes into an empty file, which keeps its mode: so the copy is private from its first byte.
    let file = folder::new_private_file(&copy).map_err(failed)?;
    let target = copy.to_str().ok_or_else(|| Error::Io {
        path: copy.clone(),
        access: Access::Write,
        reason: "its name is not Unicode".to_owned(),
    })?;
    connection.execute("VACUUM INTO ?1", [target]).map_err(|error| Error::sqlite(path, &error))?;
    file.sync_all().map_err(failed)?;
    folder::sync(&backups)?;
    folder::sync(folder)
}
