//! The holder and her certifications.

use app::Error;
use app::wire::{CredentialInput, CredentialPreview, HolderInput, Home};
use tauri::State;

use crate::Desk;

#[tauri::command(async)]
pub(crate) fn preview_credential(desk: State<'_, Desk>, input: CredentialInput) -> Result<CredentialPreview, Error> {
    desk.with(|recert| recert.preview_credential(&input))
}

#[tauri::command(async)]
pub(crate) fn start_record(desk: State<'_, Desk>, name: &str, credential: CredentialInput) -> Result<Home, Error> {
    desk.with(|recert| recert.start(name, &credential))
}

#[tauri::command(async)]
pub(crate) fn save_holder(desk: State<'_, Desk>, input: HolderInput) -> Result<Home, Error> {
    desk.with(|recert| recert.save_holder(&input))
}

#[tauri::command(async)]
pub(crate) fn save_credential(desk: State<'_, Desk>, id: Option<&str>, input: CredentialInput) -> Result<Home, Error> {
    desk.with(|recert| recert.save_credential(id, &input).and_then(|_| recert.home()))
}
