//! The transcript as a file.

use app::Error;
use app::wire::{Paper, SavedFile};
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;

use super::open;
use crate::Desk;

#[tauri::command(async)]
pub(crate) fn save_transcript<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    credential: &str,
    paper: Paper,
) -> Result<Option<SavedFile>, Error> {
    let name = desk.with(|recert| Ok(recert.transcript_name()))?;
    let dialog = app.dialog().file().set_title("Save the transcript").add_filter("PDF", &["pdf"]).set_file_name(name);
    let Some(path) = dialog.blocking_save_file().and_then(|file| file.into_path().ok()) else { return Ok(None) };
    desk.with(|recert| recert.save_transcript(credential, paper, &path)).map(Some)
}

#[tauri::command(async)]
pub(crate) fn open_saved(desk: State<'_, Desk>) -> Result<(), Error> {
    open(&desk.with(|recert| recert.saved().map(ToOwned::to_owned))?)
}
