//! A spreadsheet is looked at first and kept when she says so.

use app::Error;
use app::wire::ImportPreview;
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;

use crate::Desk;

#[tauri::command(async)]
pub(crate) fn choose_spreadsheet<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
) -> Result<Option<ImportPreview>, Error> {
    let dialog = app.dialog().file().set_title("Choose a spreadsheet").add_filter("CSV", &["csv"]);
    let Some(path) = dialog.blocking_pick_file().and_then(|file| file.into_path().ok()) else { return Ok(None) };
    desk.with(|recert| recert.choose_spreadsheet(&path)).map(Some)
}

#[tauri::command(async)]
pub(crate) fn import_spreadsheet(desk: State<'_, Desk>) -> Result<u32, Error> {
    desk.with(app::Recert::import_chosen)
}
