//! Files dropped on the window. Their paths stay here; the window learns their names and a number.

use std::path::PathBuf;

use tauri::{AppHandle, DragDropEvent, Emitter, Manager, Runtime, Window, WindowEvent};

use crate::Desk;

/// Tells the window that files hover over it (a boolean).
const HOVER: &str = "files-hover";
/// Tells the window that files were dropped ([`app::wire::DroppedFiles`]).
const DROPPED: &str = "files-dropped";

pub(crate) fn on_window_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    if let WindowEvent::DragDrop(event) = event {
        match event {
            DragDropEvent::Enter { .. } => tell(window.app_handle(), HOVER, true),
            DragDropEvent::Leave => tell(window.app_handle(), HOVER, false),
            DragDropEvent::Drop { paths, .. } => dropped(window.app_handle(), paths.clone()),
            _ => {}
        }
    }
}

fn dropped<R: Runtime>(app: &AppHandle<R>, paths: Vec<PathBuf>) {
    tell(app, HOVER, false);
    tell(app, DROPPED, app.state::<Desk>().hold(paths));
}

fn tell<R: Runtime, T: serde::Serialize + Clone>(app: &AppHandle<R>, event: &str, payload: T) {
    // Fails only while the window is closing, and then nobody listens.
    let _ = app.emit(event, payload);
}

/// No drag can be made by a driver of the window, so a build for its tests takes the paths from a file: when the file
/// named by `RECERT_E2E_DROP` appears, each line of it is a dropped path.
#[cfg(feature = "e2e")]
pub(crate) fn watch_for_tests<R: Runtime>(app: &AppHandle<R>) {
    #[expect(clippy::disallowed_methods, reason = "a seam of test builds")]
    let Some(list) = std::env::var_os("RECERT_E2E_DROP").map(PathBuf::from) else { return };
    let app = app.clone();
    std::thread::spawn(move || {
        loop {
            if let Ok(paths) = std::fs::read_to_string(&list) {
                let _ = std::fs::remove_file(&list);
                dropped(&app, paths.lines().map(PathBuf::from).collect());
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    });
}

#[cfg(not(feature = "e2e"))]
pub(crate) fn watch_for_tests<R: Runtime>(_: &AppHandle<R>) {}
