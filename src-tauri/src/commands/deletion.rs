//! Deleting everything.

use app::Error;
use app::wire::DeletionView;
use tauri::State;

use crate::Desk;

#[tauri::command(async)]
pub(crate) fn preview_deletion(desk: State<'_, Desk>, outside: bool) -> Result<DeletionView, Error> {
    desk.with(|recert| recert.preview_deletion(outside))
}

#[tauri::command(async)]
pub(crate) fn delete_everything(desk: State<'_, Desk>, outside: bool) -> Result<DeletionView, Error> {
    desk.with(|recert| recert.delete(outside))
}
