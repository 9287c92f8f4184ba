//! Reading the record, and writing it out.

use app::wire::{Check, Home, PackView, SavedFile};
use app::{Credit, Error, Evaluation};
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;

use super::sweep_pictures;
use crate::Desk;

#[tauri::command(async)]
pub(crate) fn read_home(desk: State<'_, Desk>) -> Result<Home, Error> {
    desk.with(|recert| recert.home())
}

#[tauri::command(async)]
pub(crate) fn read_packs(desk: State<'_, Desk>) -> Result<Vec<PackView>, Error> {
    desk.with(|recert| recert.packs())
}

#[tauri::command(async)]
pub(crate) fn read_evaluation(desk: State<'_, Desk>, credential: &str) -> Result<Evaluation, Error> {
    desk.with(|recert| recert.evaluation(credential))
}

#[tauri::command(async)]
pub(crate) fn read_preflight(desk: State<'_, Desk>, credential: &str) -> Result<Vec<Check>, Error> {
    desk.with(|recert| recert.preflight(credential))
}

#[tauri::command(async)]
pub(crate) fn read_credits(desk: State<'_, Desk>) -> Result<Vec<Credit>, Error> {
    desk.with(|recert| recert.credits())
}

#[tauri::command(async)]
pub(crate) fn changed_elsewhere<R: Runtime>(app: AppHandle<R>, desk: State<'_, Desk>) -> Result<bool, Error> {
    let changed = desk.with(app::Recert::changed_elsewhere)?;
    changed.then(|| sweep_pictures(&app));
    Ok(changed)
}

#[tauri::command(async)]
pub(crate) fn export_record<R: Runtime>(app: AppHandle<R>, desk: State<'_, Desk>) -> Result<Option<SavedFile>, Error> {
    let chosen =
        app.dialog().file().set_title("Save your record").set_file_name("recert-record.json").blocking_save_file();
    let Some(path) = chosen.and_then(|file| file.into_path().ok()) else { return Ok(None) };
    desk.with(|recert| recert.export_record(&path)).map(Some)
}
