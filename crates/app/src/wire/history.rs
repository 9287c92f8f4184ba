//! What was done, and what can be taken back.

use serde::Serialize;

/// What would be taken back, and done again, next.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Undoable {
    /// What was done last: `Added “Order of Draw”`. Absent where there is nothing to undo.
    pub undo: Option<String>,
    /// What was undone last. Absent where there is nothing to do again.
    pub redo: Option<String>,
}

/// Something that was done.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryEntry {
    /// When, in UTC: `2026-03-04T17:05:09Z`.
    pub at: String,
    /// What, for people.
    pub text: String,
}

/// One change of a credit, a certification or a fact.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryStep {
    /// When, in UTC.
    pub at: String,
    /// What, for people.
    pub text: String,
    /// What became different; empty where it was added or removed as a whole.
    pub changes: Vec<FieldChange>,
}

/// What became of one field.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct FieldChange {
    /// As in the record JSON: `completed_on`.
    pub field: String,
    /// As text; empty for none.
    pub before: String,
    /// As text; empty for none.
    pub after: String,
}
