//! Facts: cards, hours, statements.

use app::Error;
use app::wire::{FactInput, FactView};
use tauri::{AppHandle, Runtime, State};

use super::sweep_pictures;
use crate::Desk;

#[tauri::command(async)]
pub(crate) fn read_facts(desk: State<'_, Desk>) -> Result<Vec<FactView>, Error> {
    desk.with(|recert| Ok(recert.facts()?.iter().map(FactView::from).collect()))
}

#[tauri::command(async)]
pub(crate) fn save_fact(desk: State<'_, Desk>, id: Option<&str>, input: FactInput) -> Result<FactView, Error> {
    desk.with(|recert| recert.save_fact(id, &input).map(|fact| FactView::from(&fact)))
}

#[tauri::command(async)]
pub(crate) fn remove_fact<R: Runtime>(app: AppHandle<R>, desk: State<'_, Desk>, id: &str) -> Result<(), Error> {
    desk.with(|recert| recert.remove_fact(id))?;
    sweep_pictures(&app);
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn restore_fact(desk: State<'_, Desk>, id: &str) -> Result<(), Error> {
    desk.with(|recert| recert.restore_fact(id))
}
