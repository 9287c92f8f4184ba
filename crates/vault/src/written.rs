//! Files that were written for the holder: so that one can be told later, and whether it is unchanged.

use rusqlite::{Connection, OptionalExtension, params};

/// A file as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What it is: `transcript`, `packet`, or another sheet's name.
    pub kind: String,
    /// The credential it is about.
    pub credential: String,
    /// The name it was given.
    pub name: String,
    /// When, in UTC.
    pub at: String,
}

pub(crate) fn note(db: &Connection, written: &Written) -> rusqlite::Result<()> {
    let sql = "INSERT INTO written (sha256, kind, credential, name, at) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.execute(sql, params![written.sha256, written.kind, written.credential, written.name, written.at])?;
    Ok(())
}

/// The latest file with these bytes.
pub(crate) fn find(db: &Connection, sha256: &str) -> rusqlite::Result<Option<Written>> {
    let sql = "SELECT sha256, kind, credential, name, at FROM written WHERE sha256 = ?1 ORDER BY position DESC LIMIT 1";
    db.query_row(sql, [sha256], |row| {
        Ok(Written {
            sha256: row.get(0)?,
            kind: row.get(1)?,
            credential: row.get(2)?,
            name: row.get(3)?,
            at: row.get(4)?,
        })
    })
    .optional()
}
