//! The database's schema: which version it has, and how an older one is brought up to date.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::Stamp;
use crate::backup::{self, Reason};
use crate::change;
use crate::error::{Error, NOT_A_DATABASE};

/// Marks a database as Recert's: the letters `Rcrt`.
pub(crate) const APPLICATION_ID: i32 = 0x5263_7274;

/// The schema's steps; step n leads to version n. A released step never changes, and a new one only adds.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
    include_str!("schema/7.sql"),
    include_str!("schema/8.sql"),
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

/// Brings an open record up to the last of `migrations`: a backup of an older one first, then all steps at once.
pub(crate) fn bring_up_to_date(
    connection: &mut Connection,
    folder: &Path,
    path: &Path,
    now: Stamp,
    migrations: &[&str],
) -> Result<(), Error> {
    if behind(connection, path, migrations)? {
        backup::take(connection, folder, path, (Reason::Migration, now), &mut |_, _| true)?;
    }
    migrate(connection, path, now, migrations)
}

/// Whether an open database wants bringing up to date; one of a newer schema is refused.
fn behind(connection: &Connection, path: &Path, migrations: &[&str]) -> Result<bool, Error> {
    let supported = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    let found = version(connection).map_err(|error| Error::sqlite(path, &error))?;
    if found > supported {
        return Err(Error::Newer { path: path.to_owned(), found, supported });
    }
    Ok(found < supported)
}

/// Brings an open database, also an empty one, up to the last of `migrations`, all steps at once.
pub(crate) fn migrate(connection: &mut Connection, path: &Path, now: Stamp, migrations: &[&str]) -> Result<(), Error> {
    if !behind(connection, path, migrations)? {
        return Ok(());
    }
    let failed = |error: rusqlite::Error| Error::sqlite(path, &error);
    let supported = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
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
