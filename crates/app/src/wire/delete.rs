//! Deleting everything.

use serde::Serialize;

/// What is deleted, or would be.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DeletionView {
    /// The folder of the record.
    pub folder: String,
    /// How many files of each sort go.
    pub going: Vec<GoingView>,
    /// Each of these files, or the folder that a backup was unpacked into.
    pub paths: Vec<String>,
    /// What is in the folders, was not made by Recert, and stays.
    pub staying: Vec<String>,
    /// The place outside, whether or not its copies go.
    pub outside: Option<OutsideGoing>,
    /// Where an earlier version copied to. Nothing there goes until she says that copies still go there.
    pub former_place: Option<String>,
}

/// Files of one sort that go.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct GoingView {
    /// Which sort.
    pub kind: GoingKind,
    /// How many.
    pub files: usize,
}

/// The sorts of files that go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum GoingKind {
    /// The record.
    Record,
    /// A certificate.
    Certificate,
    /// A backup.
    Backup,
    /// A certificate's copy for the backups.
    Copy,
    /// What was set aside because it was damaged.
    SetAside,
    /// What tells about the folder, and what a killed program left.
    Other,
}

/// Where copies outside lie.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct OutsideGoing {
    /// The folder.
    pub folder: String,
    /// Whether it is there now; otherwise its copies cannot be deleted.
    pub reachable: bool,
}
