//! What the window is told without asking.

use serde::Serialize;

use super::DroppedFiles;

/// Something that happened outside the page; on the wire `{ "progress": 40 }`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ShellEvent {
    /// Files are held over the window, or no longer.
    FilesHover(bool),
    /// Files were dropped on the window.
    FilesDropped(DroppedFiles),
    /// Long work has come so far, in percent.
    Progress(u8),
}
