//! Files that show something, and what is said of them.

use serde::{Deserialize, Serialize};

/// Whom a proof belongs to; on the wire `{ "credit": "c1" }`, `{ "fact": "f1" }` or `"holder"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ProofOwner {
    /// The credit with this id.
    Credit(String),
    /// The fact with this id.
    Fact(String),
    /// Herself: a document that belongs to no credit.
    Holder,
}

/// What happened to the files of one attach.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct AttachReport {
    /// Kept.
    pub attached: Vec<String>,
    /// Refused: file name and reason.
    pub refused: Vec<Refusal>,
    /// Kept, and worth a second look.
    pub remarks: Vec<Remark>,
}

/// What she should know about a file that was kept.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Remark {
    /// The file's name.
    pub name: String,
    /// What it looks like, and what to do.
    pub message: String,
}

/// A picture of an original.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Preview {
    /// PNG or JPEG, as an address that holds it whole: `data:image/png;base64,…`
    pub image: String,
    /// How many pages the original has.
    pub pages: u32,
}

/// A file that was not taken.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Refusal {
    /// The file's name.
    pub name: String,
    /// Why, and what to do.
    pub reason: String,
}

/// Files that were dropped on the window and wait to be attached.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DroppedFiles {
    /// Names this drop when it is attached.
    pub drop: u32,
    /// The files' names.
    pub names: Vec<String>,
}
