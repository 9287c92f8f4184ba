//! What comes in from files and goes out to them.

use serde::Serialize;

/// What a spreadsheet would bring in. Nothing is kept until it is confirmed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ImportPreview {
    /// The file's name.
    pub name: String,
    /// Rows that can be taken.
    pub credits: Vec<domain::Credit>,
    /// Rows that cannot: row, column, value, reason.
    pub faults: Vec<RowFault>,
    /// Rows already in the record, left out.
    pub duplicates: u32,
}

/// A cell that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RowFault {
    /// Counted as a spreadsheet does: the heading is row 1.
    pub row: u32,
    /// The column's heading.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// A file that was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct SavedFile {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: String,
}
