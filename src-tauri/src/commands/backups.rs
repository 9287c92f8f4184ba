//! Backups, here and outside, as one file, bringing one back, and reading everything again.

use app::Error;
use app::wire::{BackupTaken, Backups, ChosenBackup, Copies, Moved, OutsideView, RestoreView, SavedFile, Verification};
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;

use super::sweep_pictures;
use crate::Desk;

#[tauri::command(async)]
pub(crate) fn read_backups(desk: State<'_, Desk>) -> Result<Backups, Error> {
    desk.with_backups(|recert| recert.backups())
}

#[tauri::command(async)]
pub(crate) fn back_up(desk: State<'_, Desk>) -> Result<BackupTaken, Error> {
    desk.with(|recert| recert.back_up(&mut |_, _| true))
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
pub(crate) fn resume_outside_place(desk: State<'_, Desk>) -> Result<Option<OutsideView>, Error> {
    desk.with(app::Recert::resume_outside_place)
}

#[tauri::command(async)]
pub(crate) fn read_copies(desk: State<'_, Desk>) -> Result<Copies, Error> {
    desk.with(|recert| recert.copies())
}

#[tauri::command(async)]
pub(crate) fn put_off_outside_place(desk: State<'_, Desk>) -> Result<(), Error> {
    desk.with(|recert| recert.put_off_outside_place())
}

#[tauri::command(async)]
pub(crate) fn forget_outside_place(desk: State<'_, Desk>) -> Result<(), Error> {
    desk.with(app::Recert::forget_outside_place)
}

#[tauri::command(async)]
pub(crate) fn move_record(desk: State<'_, Desk>) -> Result<Moved, Error> {
    desk.with(app::Recert::move_to_usual_place)
}

#[tauri::command(async)]
pub(crate) fn choose_backup_file<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
) -> Result<Option<ChosenBackup>, Error> {
    let dialog = app.dialog().file().set_title("Choose a backup");
    let Some(path) = dialog.blocking_pick_file().and_then(|file| file.into_path().ok()) else { return Ok(None) };
    desk.keep_backup(path).map(Some)
}

#[tauri::command(async)]
pub(crate) fn choose_backup_folder<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
) -> Result<Option<ChosenBackup>, Error> {
    let dialog = app.dialog().file().set_title("Choose a folder with backups");
    let Some(path) = dialog.blocking_pick_folder().and_then(|folder| folder.into_path().ok()) else { return Ok(None) };
    desk.keep_backup(path).map(Some)
}

#[tauri::command(async)]
pub(crate) fn preview_restore(
    desk: State<'_, Desk>,
    name: Option<String>,
    passphrase: Option<String>,
    even_if_costly: Option<bool>,
) -> Result<RestoreView, Error> {
    let choice = desk.backup(name, passphrase, even_if_costly.unwrap_or(false))?;
    desk.beside(|recert| recert.preview_restore(&choice, &mut desk.progress()))
}

#[tauri::command(async)]
pub(crate) fn restore_backup<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    name: Option<String>,
    passphrase: Option<String>,
    even_if_costly: Option<bool>,
) -> Result<RestoreView, Error> {
    let choice = desk.backup(name, passphrase, even_if_costly.unwrap_or(false))?;
    let restored = desk.beside(|recert| recert.restore(&choice, &mut desk.progress()));
    desk.close();
    sweep_pictures(&app);
    restored
}

#[tauri::command(async)]
pub(crate) fn save_backup_file<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    passphrase: &str,
) -> Result<Option<SavedFile>, Error> {
    let name = desk.with(|recert| Ok(recert.backup_file_name()))?;
    let dialog = app.dialog().file().set_title("Save the file for the other computer").set_file_name(name);
    let Some(path) = dialog.blocking_save_file().and_then(|file| file.into_path().ok()) else { return Ok(None) };
    desk.with(|recert| recert.save_backup_file(&path, passphrase, &mut desk.progress())).map(Some)
}

#[tauri::command(async)]
pub(crate) fn check_everything(desk: State<'_, Desk>) -> Result<Verification, Error> {
    desk.with(|recert| recert.verify(&mut desk.progress()))
}
