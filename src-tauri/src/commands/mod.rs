//! What the window may ask. Each command is one use case; what it does stands in the crate `app`.

pub(crate) mod credentials;
pub(crate) mod credits;
pub(crate) mod proofs;
pub(crate) mod record;
pub(crate) mod spreadsheet;
pub(crate) mod transcript;
