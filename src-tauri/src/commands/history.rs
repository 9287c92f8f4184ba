//! What was done: told, taken back, and done again.

use app::Error;
use app::wire::{HistoryStep, Undoable};
use tauri::{AppHandle, Runtime, State};

use super::sweep_pictures;
use crate::Desk;

#[tauri::command(async)]
pub(crate) fn read_undoable(desk: State<'_, Desk>) -> Result<Undoable, Error> {
    desk.with(|recert| recert.undoable())
}

#[tauri::command(async)]
pub(crate) fn undo_last<R: Runtime>(app: AppHandle<R>, desk: State<'_, Desk>) -> Result<String, Error> {
    let undone = desk.with(app::Recert::undo)?;
    sweep_pictures(&app);
    Ok(undone)
}

#[tauri::command(async)]
pub(crate) fn redo_last<R: Runtime>(app: AppHandle<R>, desk: State<'_, Desk>) -> Result<String, Error> {
    let done = desk.with(app::Recert::redo)?;
    sweep_pictures(&app);
    Ok(done)
}

#[tauri::command(async)]
pub(crate) fn read_history_of(desk: State<'_, Desk>, id: &str) -> Result<Vec<HistoryStep>, Error> {
    desk.with(|recert| recert.history_of(id))
}
