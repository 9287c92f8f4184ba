//! What the window may ask. Each command is one use case; what it does stands in the crate `app`.
#![allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]

pub(crate) mod credentials;
pub(crate) mod credits;
pub(crate) mod proofs;
pub(crate) mod record;
pub(crate) mod spreadsheet;
pub(crate) mod transcript;
