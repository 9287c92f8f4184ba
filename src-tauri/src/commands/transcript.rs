//! The transcript and the packet: looked at, written, printed, and told again.

use app::Error;
use app::wire::{CheckedFile, Listed, PacketChoice, PacketReport, Preview, SavedTranscript, TranscriptChoice};
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;

use super::{PRINTED, cache, open};
use crate::Desk;

#[tauri::command(async)]
pub(crate) fn preview_transcript(
    desk: State<'_, Desk>,
    credential: &str,
    choice: TranscriptChoice,
    page: u32,
    width: u32,
) -> Result<Preview, Error> {
    let pdf = desk.with(|recert| recert.composed(credential, &choice))?;
    app::draw(&pdf, page, width)
}

#[tauri::command(async)]
pub(crate) fn save_transcript<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    credential: &str,
    choice: TranscriptChoice,
) -> Result<Option<SavedTranscript>, Error> {
    let name = desk.with(|recert| Ok(recert.transcript_name()))?;
    let dialog = app.dialog().file().set_title("Save the transcript").add_filter("PDF", &["pdf"]).set_file_name(name);
    let Some(path) = dialog.blocking_save_file().and_then(|file| file.into_path().ok()) else { return Ok(None) };
    desk.with(|recert| recert.save_transcript(credential, &choice, &path)).map(Some)
}

#[tauri::command(async)]
pub(crate) fn print_transcript<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    credential: &str,
    choice: TranscriptChoice,
) -> Result<(), Error> {
    let folder = cache(&app, PRINTED)?;
    open(&desk.with(|recert| recert.print_transcript(credential, &choice, &folder))?)
}

#[tauri::command(async)]
pub(crate) fn read_packet_lists(desk: State<'_, Desk>, credential: &str) -> Result<Listed, Error> {
    desk.with(|recert| recert.packet_lists(credential))
}

#[tauri::command(async)]
pub(crate) fn save_packet<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    credential: &str,
    choice: PacketChoice,
) -> Result<Option<PacketReport>, Error> {
    let name = desk.with(|recert| Ok(recert.packet_name()))?;
    let dialog = app.dialog().file().set_title("Save the packet").add_filter("PDF", &["pdf"]).set_file_name(name);
    let Some(path) = dialog.blocking_save_file().and_then(|file| file.into_path().ok()) else { return Ok(None) };
    desk.with(|recert| recert.save_packet(credential, &choice, &path, &mut desk.progress())).map(Some)
}

#[tauri::command(async)]
pub(crate) fn save_packet_folder<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    credential: &str,
    choice: PacketChoice,
) -> Result<Option<PacketReport>, Error> {
    let dialog = app.dialog().file().set_title("Choose where the new folder goes");
    let Some(path) = dialog.blocking_pick_folder().and_then(|folder| folder.into_path().ok()) else { return Ok(None) };
    let name = desk.with(|recert| Ok(recert.packet_folder_name()))?;
    desk.with(|recert| recert.save_packet_folder(credential, &choice, &path.join(name), &mut desk.progress())).map(Some)
}

#[tauri::command(async)]
pub(crate) fn check_file<R: Runtime>(app: AppHandle<R>, desk: State<'_, Desk>) -> Result<Option<CheckedFile>, Error> {
    let dialog = app.dialog().file().set_title("Choose a PDF").add_filter("PDF", &["pdf"]);
    let Some(path) = dialog.blocking_pick_file().and_then(|file| file.into_path().ok()) else { return Ok(None) };
    desk.with(|recert| recert.check_written(&path)).map(Some)
}

#[tauri::command(async)]
pub(crate) fn open_saved(desk: State<'_, Desk>) -> Result<(), Error> {
    open(&desk.with(|recert| recert.saved().map(ToOwned::to_owned))?)
}
