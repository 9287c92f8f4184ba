//! Files dropped on the window. Their paths stay here; the window learns their names and a number.
//!
//! Tauri itself tells the paths to whoever listens to its events. The page may not: no permission lets it listen, and
//! what it is told goes through a channel of ours (`Desk::tell`).

use std::path::PathBuf;

use app::wire::ShellEvent;
use tauri::{DragDropEvent, Manager as _, Runtime, Window, WindowEvent};

use crate::Desk;

pub(crate) fn on_window_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    if let WindowEvent::DragDrop(event) = event {
        let desk = window.state::<Desk>();
        match event {
            DragDropEvent::Enter { .. } => desk.tell(ShellEvent::FilesHover(true)),
            DragDropEvent::Leave => desk.tell(ShellEvent::FilesHover(false)),
            DragDropEvent::Drop { paths, .. } => dropped(&desk, paths.clone()),
            _ => {}
        }
    }
}

fn dropped(desk: &Desk, paths: Vec<PathBuf>) {
    desk.tell(ShellEvent::FilesHover(false));
    desk.tell(ShellEvent::FilesDropped(desk.hold(paths)));
}

/// No drag can be made by a driver of the window, so a build for its tests takes the paths from a file: when the file
/// named by `RECERT_E2E_DROP` appears, each line of it is a dropped path.
#[cfg(feature = "e2e")]
pub(crate) fn watch_for_tests<R: Runtime>(app: &tauri::AppHandle<R>) {
    #[expect(clippy::disallowed_methods, reason = "a seam of test builds")]
    let Some(list) = std::env::var_os("RECERT_E2E_DROP").map(PathBuf::from) else { return };
    let app = app.clone();
    std::thread::spawn(move || {
        loop {
            if let Ok(paths) = std::fs::read_to_string(&list) {
                let _ = std::fs::remove_file(&list);
                dropped(&app.state::<Desk>(), paths.lines().map(PathBuf::from).collect());
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    });
}

#[cfg(not(feature = "e2e"))]
pub(crate) fn watch_for_tests<R: Runtime>(_: &tauri::AppHandle<R>) {}
