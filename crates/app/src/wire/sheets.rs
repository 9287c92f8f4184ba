//! Sheets for paper besides the transcript.

use serde::{Deserialize, Serialize};

/// Which sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// What the application asks of each credit that the issuer did not approve itself.
    Worksheet,
    /// What an employer wants to know.
    Employer,
    /// The period month by month.
    Calendar,
    /// The files that show the credits.
    Index,
    /// A letter with a list of what is enclosed.
    Letter,
}
