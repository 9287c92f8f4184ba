//! The database's schema: which version it has, and how an older one is brought up to date.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::Stamp;
use crate::backup::{self, Reason};
use crate::change;
use crate::error::{Error, NOT_A_DATABASE};
use crate::rows;

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

/// What SQLite's query planner keeps where somebody ran ANALYZE. It says nothing of a row.
const STATISTICS: [(&str, &str); 2] = [
    ("sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    ("sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
];

/// A table, an index, a view or a trigger.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Object {
    kind: String,
    name: String,
    table: String,
    sql: Option<String>,
}

/// Refuses a database that describes anything else than the schema of its version does. Nothing else of it was read before:
/// a table can be a view that never ends, and a trigger can change what is written.
pub(crate) fn require_described_as_ours(db: &Connection, path: &Path, migrations: &[&str]) -> Result<(), Error> {
    let failed = |error: rusqlite::Error| Error::sqlite(path, &error);
    behind(db, path, migrations)?;
    let version = version(db).map_err(failed)?;
    let known = usize::try_from(version).unwrap_or(usize::MAX);
    let ours = described_by(migrations.iter().take(known)).map_err(failed)?;
    let found = described_in(db).map_err(failed)?;
    let stranger = found.iter().find(|object| !ours.contains(object) && !is_statistics(object));
    let lacking = ours.iter().find(|object| !found.contains(object));
    let reason = match (stranger, lacking) {
        (None, None) => return Ok(()),
        (Some(Object { kind, name, .. }), _) => format!("its {kind} “{name}” is not as Recert makes it"),
        (None, Some(Object { kind, name, .. })) => format!("its {kind} “{name}” is missing"),
    };
    Err(Error::Damaged { path: path.to_owned(), reason })
}

fn is_statistics(object: &Object) -> bool {
    let Object { kind, name, sql, .. } = object;
    kind == "table" && STATISTICS.iter().any(|(known, made)| name == known && sql.as_deref() == Some(made))
}

/// What a database of the last of these steps describes.
fn described_by<'m>(migrations: impl Iterator<Item = &'m &'m str>) -> rusqlite::Result<BTreeSet<Object>> {
    let db = Connection::open_in_memory()?;
    migrations.into_iter().try_for_each(|step| db.execute_batch(step))?;
    described_in(&db)
}

fn described_in(db: &Connection) -> rusqlite::Result<BTreeSet<Object>> {
    let objects = rows::collect(db, "SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT 1000", &[], |row| {
        Ok(Object { kind: row.get(0)?, name: row.get(1)?, table: row.get(2)?, sql: row.get(3)? })
    })?;
    Ok(objects.into_iter().collect())
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

/// Makes an empty database one of the last of `migrations`, for rows of that version.
pub(crate) fn start_at(db: &mut Connection, path: &Path, migrations: &[&str]) -> Result<(), Error> {
    let failed = |error: rusqlite::Error| Error::sqlite(path, &error);
    let transaction = db.transaction().map_err(failed)?;
    migrations.iter().try_for_each(|step| transaction.execute_batch(step)).map_err(failed)?;
    let version = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    transaction.pragma_update(None, "user_version", version).map_err(failed)?;
    transaction.commit().map_err(failed)
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
