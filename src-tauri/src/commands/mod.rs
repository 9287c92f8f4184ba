//! What the window may ask. Each command is one use case; what it does stands in the crate `app`.
#![allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]

pub(crate) mod answers;
pub(crate) mod backups;
pub(crate) mod credentials;
pub(crate) mod credits;
pub(crate) mod facts;
pub(crate) mod proofs;
pub(crate) mod record;
pub(crate) mod spreadsheet;
pub(crate) mod transcript;

use std::path::Path;

use app::{Code, Error};

/// Opens a file in the system's viewer.
fn open(path: &Path) -> Result<(), Error> {
    tauri_plugin_opener::open_path(path, None::<&str>).map_err(|_| {
        let message =
            format!("No program here opens {}. Install a viewer, or open it from its folder.", path.display());
        Error::new(Code::FileUnreadable, message)
    })
}
