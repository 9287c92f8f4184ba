//! The shell: window, permissions, and commands of at most five lines that call the use cases in `app`.

mod bounds;
mod commands;
mod desk;
mod drop;
mod navigation;

use std::time::Duration;

use tauri::{AppHandle, Builder, Context, Manager as _, Runtime};

use commands::{
    answers, backups, credentials, credits, deletion, facts, history, proofs, record, renewals, sheets, shell,
    spreadsheet, transcript,
};
pub use desk::Desk;

const HOUR: Duration = Duration::from_hours(1);

/// The application on any runtime: the real one, and the tests' one without a display.
pub fn builder<R: Runtime>(builder: Builder<R>, desk: Desk) -> Builder<R> {
    builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(navigation::guard())
        .manage(desk)
        .on_window_event(drop::on_window_event)
        .invoke_handler(bounds::bounded(tauri::generate_handler![
            record::read_home,
            record::read_packs,
            record::read_evaluation,
            record::read_preflight,
            record::read_credits,
            record::export_record,
            record::changed_elsewhere,
            credentials::preview_credential,
            credentials::start_record,
            credentials::save_holder,
            credentials::save_credential,
            credits::preview_credit,
            credits::save_credit,
            credits::remove_credit,
            credits::restore_credit,
            credits::read_removed,
            credits::empty_trash,
            credits::search_credits,
            credits::read_texts,
            facts::read_facts,
            facts::save_fact,
            facts::remove_fact,
            facts::restore_fact,
            answers::read_answers,
            answers::answer_question,
            answers::remove_answer,
            answers::what_if,
            history::read_undoable,
            history::undo_last,
            history::redo_last,
            history::read_history_of,
            proofs::attach_proofs,
            proofs::attach_dropped,
            proofs::set_proof_role,
            proofs::detach_proof,
            proofs::open_proof,
            proofs::preview_proof,
            spreadsheet::choose_spreadsheet,
            spreadsheet::import_spreadsheet,
            transcript::preview_transcript,
            transcript::save_transcript,
            transcript::print_transcript,
            transcript::read_packet_lists,
            transcript::save_packet,
            transcript::save_packet_folder,
            transcript::check_file,
            transcript::open_saved,
            shell::watch_shell,
            shell::stop_work,
            sheets::save_sheet,
            sheets::print_sheet,
            renewals::read_renewals,
            renewals::read_frozen,
            renewals::keep_submission,
            renewals::save_submission,
            renewals::remove_submission,
            renewals::open_sent_transcript,
            renewals::save_sent_transcript,
            renewals::renew_credential,
            renewals::save_period,
            renewals::remove_period,
            deletion::preview_deletion,
            deletion::delete_everything,
            backups::read_backups,
            backups::back_up,
            backups::choose_outside_place,
            backups::resume_outside_place,
            backups::forget_outside_place,
            backups::move_record,
            backups::choose_backup_file,
            backups::choose_backup_folder,
            backups::preview_restore,
            backups::restore_backup,
            backups::save_backup_file,
            backups::read_copies,
            backups::check_everything,
            backups::put_off_outside_place,
        ]))
}

/// Backs up what is due once an hour, for as long as the window is open. First takes the pictures away of what is no
/// longer in the record: it may have been changed while no window was open.
fn keep_in_order<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    std::thread::spawn(move || {
        commands::sweep_pictures(&app);
        loop {
            std::thread::sleep(HOUR);
            app.state::<Desk>().back_up_by_itself();
        }
    });
}

/// The configuration, the permissions and the window's pages, as built in.
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

/// Opens the window and stays until it is closed.
///
/// # Panics
/// If the system cannot open a window at all.
#[expect(clippy::expect_used, reason = "without a window there is nothing to show an error in")]
pub fn run() {
    let desk = Desk::from_arguments(std::env::args_os().skip(1));
    builder(Builder::default(), desk)
        .setup(|app| {
            drop::watch_for_tests(app.handle());
            commands::sweep(app.handle(), commands::PRINTED);
            keep_in_order(app.handle());
            Ok(())
        })
        .run(context())
        .expect("the window opens");
}
