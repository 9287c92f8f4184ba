//! What became of the record and its files.

use serde::Serialize;

/// What was re-read, and what of it is damaged.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Verification {
    /// Credits in the record.
    pub credits: usize,
    /// Attached files whose bytes were hashed again.
    pub originals: usize,
    /// Their bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// Proofs of an imported record whose file is not here. No damage.
    pub not_here: usize,
    /// Backups that were read again.
    pub backups: usize,
    /// Files that were lost or changed and are whole again.
    pub healed: Vec<Healed>,
    /// The folders of hers that others on this computer may look into. No damage.
    pub open_to_others: Vec<String>,
    /// Empty if all is well.
    pub damage: Vec<Damage>,
}

/// A file that was lost or changed and was brought back.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Healed {
    /// The file.
    pub place: String,
    /// The folder that had it whole.
    pub from: String,
}

/// Something that is not what it was.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Damage {
    /// The file, or the part of the record.
    pub place: String,
    /// What happened and what to do.
    pub message: String,
}
