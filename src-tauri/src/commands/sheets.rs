//! The sheets for paper besides the transcript, as files and on paper.

use app::Error;
use app::wire::{SavedFile, SheetKind, TranscriptChoice};
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;

use super::{PRINTED, cache, open};
use crate::Desk;

#[tauri::command(async)]
pub(crate) fn save_sheet<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    kind: SheetKind,
    credential: &str,
    choice: TranscriptChoice,
    with_number: bool,
) -> Result<Option<SavedFile>, Error> {
    let name = desk.with(|recert| Ok(recert.sheet_name(kind)))?;
    let dialog = app.dialog().file().set_title("Save the sheet").add_filter("PDF", &["pdf"]).set_file_name(name);
    let Some(path) = dialog.blocking_save_file().and_then(|file| file.into_path().ok()) else { return Ok(None) };
    desk.with(|recert| recert.save_sheet(kind, credential, &choice, with_number, &path)).map(Some)
}

#[tauri::command(async)]
pub(crate) fn print_sheet<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    kind: SheetKind,
    credential: &str,
    choice: TranscriptChoice,
    with_number: bool,
) -> Result<(), Error> {
    let folder = cache(&app, PRINTED)?;
    open(&desk.with(|recert| recert.print_sheet(kind, credential, &choice, with_number, &folder))?)
}
