//! What the window may ask. Each command is one use case; what it does stands in the crate `app`.
#![allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]

pub(crate) mod answers;
pub(crate) mod backups;
pub(crate) mod credentials;
pub(crate) mod credits;
pub(crate) mod deletion;
pub(crate) mod facts;
pub(crate) mod history;
pub(crate) mod proofs;
pub(crate) mod record;
pub(crate) mod renewals;
pub(crate) mod sheets;
pub(crate) mod shell;
pub(crate) mod spreadsheet;
pub(crate) mod transcript;

use std::path::{Path, PathBuf};

use app::{Code, Error};
use tauri::{AppHandle, Manager as _, Runtime};

use crate::Desk;

/// Pictures of originals, in the cache.
pub(crate) const PICTURES: &str = "previews";
/// What was handed to the system's viewer to be printed, in the cache.
pub(crate) const PRINTED: &str = "printed";

/// A folder of the cache.
fn cache<R: Runtime>(app: &AppHandle<R>, folder: &str) -> Result<PathBuf, Error> {
    let cache = app.path().app_cache_dir().map_err(|error| Error::new(Code::Internal, error.to_string()))?;
    Ok(cache.join(folder))
}

/// Takes away a folder of the cache. Where the system names none, nothing was put.
pub(crate) fn sweep<R: Runtime>(app: &AppHandle<R>, folder: &str) {
    let _ = cache(app, folder).map(|folder| app::sweep(&folder));
}

/// Takes the pictures out of the cache that show what nothing in the record has any more. Whatever fails here does not
/// undo what was done: they go the next time.
pub(crate) fn sweep_pictures<R: Runtime>(app: &AppHandle<R>) {
    let _ = cache(app, PICTURES).and_then(|cache| app.state::<Desk>().with(|recert| recert.sweep_pictures(&cache)));
}

/// Opens a file in the system's viewer.
fn open(path: &Path) -> Result<(), Error> {
    tauri_plugin_opener::open_path(path, None::<&str>).map_err(|_| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let message = format!("No program here opens {name}. Install a viewer for such files, and try again.");
        Error::new(Code::FileUnreadable, message)
    })
}
