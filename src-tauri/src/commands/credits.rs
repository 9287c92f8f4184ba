//! Credits.

use app::wire::{CreditInput, CreditPreview, Found};
use app::{Credit, Error};
use tauri::{AppHandle, Runtime, State};

use super::sweep_pictures;
use crate::Desk;

#[tauri::command(async)]
pub(crate) fn preview_credit(
    desk: State<'_, Desk>,
    credential: &str,
    input: CreditInput,
) -> Result<CreditPreview, Error> {
    desk.with(|recert| recert.preview_credit(credential, &input))
}

#[tauri::command(async)]
pub(crate) fn save_credit(desk: State<'_, Desk>, input: CreditInput) -> Result<Credit, Error> {
    desk.with(|recert| recert.save_credit(&input))
}

#[tauri::command(async)]
pub(crate) fn remove_credit(desk: State<'_, Desk>, id: &str) -> Result<(), Error> {
    desk.with(|recert| recert.remove_credit(id))
}

#[tauri::command(async)]
pub(crate) fn restore_credit(desk: State<'_, Desk>, id: &str) -> Result<Credit, Error> {
    desk.with(|recert| recert.restore_credit(id))
}

#[tauri::command(async)]
pub(crate) fn read_removed(desk: State<'_, Desk>) -> Result<Vec<Credit>, Error> {
    desk.with(|recert| recert.removed_credits())
}

#[tauri::command(async)]
pub(crate) fn empty_trash<R: Runtime>(app: AppHandle<R>, desk: State<'_, Desk>) -> Result<usize, Error> {
    let deleted = desk.with(app::Recert::empty_trash)?;
    sweep_pictures(&app);
    Ok(deleted)
}

#[tauri::command(async)]
pub(crate) fn search_credits(desk: State<'_, Desk>, typed: &str) -> Result<Vec<Found>, Error> {
    desk.with(|recert| recert.search(typed))
}

#[tauri::command(async)]
pub(crate) fn read_texts(desk: State<'_, Desk>) -> Result<usize, Error> {
    desk.read_texts()
}
