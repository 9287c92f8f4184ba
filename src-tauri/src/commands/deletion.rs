//! Deleting everything.

use app::Error;
use app::wire::DeletionView;
use tauri::{AppHandle, Runtime, State};

use super::{PICTURES, PRINTED, sweep};
use crate::Desk;

#[tauri::command(async)]
pub(crate) fn preview_deletion(desk: State<'_, Desk>, outside: bool) -> Result<DeletionView, Error> {
    desk.with(|recert| recert.preview_deletion(outside))
}

#[tauri::command(async)]
pub(crate) fn delete_everything<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    outside: bool,
) -> Result<DeletionView, Error> {
    let deleted = desk.with(|recert| recert.delete(outside))?;
    sweep(&app, PICTURES);
    sweep(&app, PRINTED);
    Ok(deleted)
}
