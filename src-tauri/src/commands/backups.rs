//! Backups, here and outside.

use app::Error;
use app::wire::{BackupTaken, Backups, Moved, OutsideView};
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;

use crate::Desk;

#[tauri::command(async)]
pub(crate) fn read_backups(desk: State<'_, Desk>) -> Result<Backups, Error> {
    desk.with(|recert| recert.backups())
}

#[tauri::command(async)]
pub(crate) fn back_up(desk: State<'_, Desk>) -> Result<BackupTaken, Error> {
    desk.with(app::Recert::back_up)
}

#[tauri::command(async)]
pub(crate) fn choose_outside_place<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
) -> Result<Option<OutsideView>, Error> {
    let dialog = app.dialog().file().set_title("Choose a place for copies");
    let Some(path) = dialog.blocking_pick_folder().and_then(|folder| folder.into_path().ok()) else { return Ok(None) };
    desk.with(|recert| recert.set_outside_place(&path))
}

#[tauri::command(async)]
pub(crate) fn forget_outside_place(desk: State<'_, Desk>) -> Result<(), Error> {
    desk.with(app::Recert::forget_outside_place)
}

#[tauri::command(async)]
pub(crate) fn move_record(desk: State<'_, Desk>) -> Result<Moved, Error> {
    desk.with(app::Recert::move_to_usual_place)
}
