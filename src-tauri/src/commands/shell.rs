//! What the page is told without asking, and stopping long work. Both run on the window's own thread, so that they never
//! wait for a command that is busy.

use app::wire::ShellEvent;
use tauri::State;
use tauri::ipc::Channel;

use crate::Desk;

#[tauri::command]
pub(crate) fn watch_shell(desk: State<'_, Desk>, events: Channel<ShellEvent>) {
    desk.listen(events);
}

#[tauri::command]
pub(crate) fn stop_work(desk: State<'_, Desk>) {
    desk.stop();
}
