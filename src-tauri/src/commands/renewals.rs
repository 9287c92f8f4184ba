//! Renewals: what was sent in, what came of it, and the periods.

use app::Error;
use app::wire::{FrozenView, Home, PeriodInput, RenewalInput, Renewals, SavedFile, SubmissionInput, TranscriptChoice};
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;

use super::open;
use crate::Desk;

#[tauri::command(async)]
pub(crate) fn read_renewals(desk: State<'_, Desk>, credential: &str) -> Result<Renewals, Error> {
    desk.with(|recert| recert.renewals(credential))
}

#[tauri::command(async)]
pub(crate) fn read_frozen(desk: State<'_, Desk>, id: &str) -> Result<FrozenView, Error> {
    desk.with(|recert| recert.frozen(id))
}

#[tauri::command(async)]
pub(crate) fn keep_submission(
    desk: State<'_, Desk>,
    credential: &str,
    choice: TranscriptChoice,
    input: SubmissionInput,
) -> Result<Home, Error> {
    desk.with(|recert| recert.send(credential, &choice, &input).and_then(|_| recert.home()))
}

#[tauri::command(async)]
pub(crate) fn save_submission(desk: State<'_, Desk>, id: &str, input: SubmissionInput) -> Result<Home, Error> {
    desk.with(|recert| recert.save_submission(id, &input).and_then(|_| recert.home()))
}

#[tauri::command(async)]
pub(crate) fn remove_submission(desk: State<'_, Desk>, id: &str) -> Result<Home, Error> {
    desk.with(|recert| recert.remove_submission(id).and_then(|()| recert.home()))
}

#[tauri::command(async)]
pub(crate) fn open_sent_transcript(desk: State<'_, Desk>, id: &str) -> Result<(), Error> {
    open(&desk.with(|recert| recert.sent_transcript(id))?)
}

#[tauri::command(async)]
pub(crate) fn save_sent_transcript<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    id: &str,
) -> Result<Option<SavedFile>, Error> {
    let dialog = app.dialog().file().set_title("Save the transcript as it was sent").add_filter("PDF", &["pdf"]);
    let Some(path) = dialog.set_file_name("transcript-as-sent.pdf").blocking_save_file() else { return Ok(None) };
    let Ok(path) = path.into_path() else { return Ok(None) };
    desk.with(|recert| recert.save_sent_transcript(id, &path)).map(Some)
}

#[tauri::command(async)]
pub(crate) fn renew_credential(desk: State<'_, Desk>, credential: &str, input: RenewalInput) -> Result<Home, Error> {
    desk.with(|recert| recert.renew(credential, &input).and_then(|_| recert.home()))
}

#[tauri::command(async)]
pub(crate) fn save_period(desk: State<'_, Desk>, credential: &str, input: PeriodInput) -> Result<Home, Error> {
    desk.with(|recert| recert.save_period(credential, &input).and_then(|_| recert.home()))
}

#[tauri::command(async)]
pub(crate) fn remove_period(desk: State<'_, Desk>, credential: &str, from: chrono::NaiveDate) -> Result<Home, Error> {
    desk.with(|recert| recert.remove_period(credential, from).and_then(|_| recert.home()))
}
