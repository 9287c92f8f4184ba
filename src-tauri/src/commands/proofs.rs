//! Proofs. The window never learns a path: dialogs and drops stay on this side.

use app::wire::{AttachReport, Preview, ProofOwner};
use app::{Error, ProofRole};
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;

use super::{PICTURES, cache, open, sweep_pictures};
use crate::Desk;

const KINDS: &[&str] = &["pdf", "jpg", "jpeg", "png", "heic", "tif", "tiff", "webp"];

#[tauri::command(async)]
pub(crate) fn attach_proofs<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    owner: ProofOwner,
    roles: Vec<ProofRole>,
) -> Result<Option<AttachReport>, Error> {
    let dialog = app.dialog().file().set_title("Attach files").add_filter("PDFs and pictures", KINDS);
    let Some(chosen) = dialog.blocking_pick_files() else { return Ok(None) };
    let paths: Vec<_> = chosen.into_iter().filter_map(|file| file.into_path().ok()).collect();
    desk.with(|recert| recert.attach(&owner, &paths, &roles, &mut |_, _| true)).map(Some)
}

#[tauri::command(async)]
pub(crate) fn attach_dropped(
    desk: State<'_, Desk>,
    owner: ProofOwner,
    drop: u32,
    roles: Vec<ProofRole>,
) -> Result<AttachReport, Error> {
    let paths = desk.held(drop)?;
    let report = desk.with(|recert| recert.attach(&owner, &paths, &roles, &mut |_, _| true))?;
    desk.release(drop);
    Ok(report)
}

#[tauri::command(async)]
pub(crate) fn set_proof_role(
    desk: State<'_, Desk>,
    owner: ProofOwner,
    sha256: &str,
    role: ProofRole,
) -> Result<(), Error> {
    desk.with(|recert| recert.set_role(&owner, sha256, role))
}

#[tauri::command(async)]
pub(crate) fn detach_proof<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    owner: ProofOwner,
    sha256: &str,
) -> Result<(), Error> {
    desk.with(|recert| recert.detach(&owner, sha256))?;
    sweep_pictures(&app);
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn open_proof(desk: State<'_, Desk>, sha256: &str) -> Result<(), Error> {
    open(&desk.with(|recert| recert.original(sha256))?)
}

#[tauri::command(async)]
pub(crate) fn preview_proof<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    sha256: &str,
    page: u32,
    width: u32,
) -> Result<Preview, Error> {
    let pictures = cache(&app, PICTURES)?;
    desk.with(|recert| recert.preview(sha256, page, width, &pictures))
}
