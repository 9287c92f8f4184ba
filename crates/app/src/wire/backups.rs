//! Backups, and what comes back from them.

use serde::Serialize;

/// A whole copy of the record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct BackupView {
    /// What it is asked for by: `20260304T170509Z-daily`.
    pub name: String,
    /// When it was taken, in UTC: `2026-03-04T17:05:09Z`.
    pub taken_at: String,
    /// Why it was taken: `daily`, `migration`, `import`, `restore`, `asked`.
    pub reason: String,
    /// What is in it; none if it cannot be read.
    pub holds: Option<BackupHolds>,
}

/// How much is in a backup.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct BackupHolds {
    /// Credits, without the trash.
    pub credits: u32,
    /// Attached files.
    pub files: u32,
}

/// Whether the record outlives this computer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Copies {
    /// Whether a place outside is set.
    pub place: bool,
    /// When the last copy left this computer, in UTC.
    pub last_outside: Option<String>,
    /// Whether that is longer ago than it should be.
    pub overdue: bool,
    /// Whether it is time to ask for a place.
    pub ask: bool,
    /// Where an earlier version copied to; she is asked whether that goes on.
    pub former_place: Option<String>,
}

/// A file or a folder with a backup, as she chose it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ChosenBackup {
    /// Its name.
    pub label: String,
    /// Whether a passphrase opens it.
    pub locked: bool,
}

/// Where a record was moved.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Moved {
    /// Where it lies now.
    pub to: String,
    /// The old folder, which is kept under this name.
    pub old: String,
}

/// The backups there are.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Backups {
    /// Beside the record, the newest first.
    pub backups: Vec<BackupView>,
    /// The place outside, if one is set.
    pub outside: Option<OutsideView>,
    /// Where an earlier version copied to; she is asked whether that goes on.
    pub former_place: Option<String>,
    /// The folders of hers that others on this computer may look into.
    pub open_to_others: Vec<String>,
    /// Why the record should not lie where it lies, if it should not.
    pub synced: Option<String>,
    /// Why the last one that was due could not be taken, if it could not.
    pub failed: Option<String>,
}

/// A backup that was just taken.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct BackupTaken {
    /// The backup.
    pub backup: BackupView,
    /// How many files were copied for it; the others were backed up before.
    pub copied: usize,
    /// The hashes of files that are lost or changed, so that they could not be copied.
    pub left_out: Vec<String>,
}

/// What a restore did, or would do.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RestoreView {
    /// Of when the restored state is, in UTC.
    pub taken_at: Option<String>,
    /// What comes back.
    pub added: Vec<TouchedView>,
    /// What becomes other than it is now.
    pub changed: Vec<TouchedView>,
    /// What is here now and not in the backup.
    pub removed: Vec<TouchedView>,
    /// How many credits in the trash come with it.
    pub in_the_trash: u32,
    /// How many entries its history has.
    pub operations: u32,
    /// The files that come back: where they are written, as seen from the folder of the record.
    pub brought_back: Vec<String>,
    /// What the backup holds and Recert never writes; it is not taken.
    pub left_out: Vec<LeftOut>,
    /// The hashes of files that are damaged in the backup; they are not taken.
    pub refused: Vec<String>,
    /// The hashes of files that are neither here nor in the backup.
    pub missing: Vec<String>,
    /// The backup of the state before: restoring it takes this back. None in a preview, or if there was nothing sound.
    pub way_back: Option<String>,
    /// Where the damaged record is kept that stood in the way.
    pub set_aside: Option<String>,
}

/// A row of a backup that is not taken.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct LeftOut {
    /// What it is in: `credit`, `original`, …
    pub table: String,
    /// What it calls itself.
    pub name: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Something in the record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct TouchedView {
    /// `holder`, `credential`, `credit`, `fact` or `list`.
    pub entity: String,
    /// Its id; the name of a list; empty for the holder.
    pub id: String,
    /// Its title or name, where it has one.
    pub title: Option<String>,
}

/// The place outside this computer that backups are copied to.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct OutsideView {
    /// Its folder.
    pub folder: String,
    /// Whether it is there now.
    pub reachable: bool,
    /// When the last copy left this computer, in UTC.
    pub last_outside: Option<String>,
    /// The backups there, the newest first; none if it is not there now.
    pub backups: Vec<BackupView>,
}
