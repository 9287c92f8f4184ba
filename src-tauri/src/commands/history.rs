//! What was done: told, taken back, and done again.

use app::Error;
use app::wire::{HistoryStep, Undoable};
use tauri::State;

use crate::Desk;

#[tauri::command(async)]
pub(crate) fn read_undoable(desk: State<'_, Desk>) -> Result<Undoable, Error> {
    desk.with(|recert| recert.undoable())
}

#[tauri::command(async)]
pub(crate) fn undo_last(desk: State<'_, Desk>) -> Result<String, Error> {
    desk.with(app::Recert::undo)
}

#[tauri::command(async)]
pub(crate) fn redo_last(desk: State<'_, Desk>) -> Result<String, Error> {
    desk.with(app::Recert::redo)
}

#[tauri::command(async)]
pub(crate) fn read_history_of(desk: State<'_, Desk>, id: &str) -> Result<Vec<HistoryStep>, Error> {
    desk.with(|recert| recert.history_of(id))
}
