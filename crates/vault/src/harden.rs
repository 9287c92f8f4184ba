//! Every connection to a database is hardened: a file may come from anywhere, and what it says of itself is input.
//!
//! <https://www.sqlite.org/security.html> lists what a crafted database can do and what SQLite offers against it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

/// The longest text that a row of ours has, a frozen record, is far below this (bytes).
const MOST_IN_A_VALUE: i32 = 256 * 1024 * 1024;
/// Our longest statement has some thousand bytes.
const MOST_IN_A_STATEMENT: i32 = 64 * 1024;
/// After so many instructions of SQLite's machine the budget is looked at.
const STEP: u16 = 10_000;
/// Instructions for one use of a database of hers: far more than reading a million credits takes, and some seconds.
const BUDGET: u64 = 1_000_000_000;

/// The instructions that a connection has left before what runs is ended: a damaged or crafted database can describe a
/// table that never ends.
#[derive(Debug, Clone)]
pub(crate) struct Budget(Arc<AtomicU64>);

impl Budget {
    /// The whole budget again, for the next use.
    pub(crate) fn renew(&self) {
        self.0.store(BUDGET, Ordering::Relaxed);
    }
}

/// Opens a database that is there.
pub(crate) fn open(path: &Path, flags: OpenFlags) -> rusqlite::Result<(Connection, Budget)> {
    let mut connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let budget = harden(&mut connection)?;
    Ok((connection, budget))
}

fn harden(connection: &mut Connection) -> rusqlite::Result<Budget> {
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
        // Recert has no trigger.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        // A misspelled column is an error and no text.
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        connection.set_db_config(config, on)?;
    }
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, MOST_IN_A_VALUE)?;
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, MOST_IN_A_STATEMENT)?;
    let budget = Budget(Arc::new(AtomicU64::new(BUDGET)));
    let left = Arc::clone(&budget.0);
    connection.progress_handler(
        i32::from(STEP),
        Some(move || {
            let step = u64::from(STEP);
            left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(step)).is_err()
        }),
    )?;
    Ok(budget)
}
