//! What was done can be taken back, by whichever program, and is told.

use crate::command::{Desk, small_pdf};

fn titles(desk: &Desk) -> Vec<String> {
    let credits = desk.asked(&["credit", "list"]);
    credits.as_array().unwrap().iter().map(|credit| credit["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_change_is_undone_and_done_again_by_name() {
    let desk = Desk::of_maria();
    let id = desk.credit(&[
        "--title",
        "Order of Draw",
        "--completed",
        "2024-03-04",
        "--amount",
        "2",
        "--unit",
        "contact_hour",
    ]);
    desk.done(&["credit", "edit", &id, "--title", "Venipuncture"]);
    desk.done(&["credit", "remove", &id]);

    assert_eq!(desk.done(&["undo"]), "Undone: Removed “Venipuncture”.\n");
    assert_eq!(desk.done(&["undo"]), "Undone: Changed “Venipuncture”.\n");
    assert_eq!(titles(&desk), ["Order of Draw"]);
    assert_eq!(desk.done(&["redo"]), "Done again: Changed “Venipuncture”.\n");
    assert_eq!(titles(&desk), ["Venipuncture"]);

    desk.done(&["fact", "add", "--kind", "cpr_card", "--title", "BLS", "--issued", "2025-06-02"]);
    let (code, message) = desk.refused(&["redo"]);
    assert_eq!((code.as_str(), message.contains("nothing to do again")), ("not_found", true), "{message}");
    let told = desk.done(&["history"]);
    assert!(told.contains("Undid: removed “Venipuncture”"), "{told}");
    assert!(told.lines().last().unwrap().contains("Started the record"), "{told}");
}

#[test]
fn undo_goes_back_to_the_start_of_the_record_and_no_further() {
    let desk = Desk::of_maria();
    assert_eq!(desk.done(&["undo"]), "Undone: Added the certification CMA (AAMA).\n");
    let (code, message) = desk.refused(&["undo"]);
    assert_eq!((code.as_str(), message.contains("nothing to undo")), ("not_found", true), "{message}");
}

#[test]
fn an_imported_spreadsheet_is_taken_back_as_one() {
    let desk = Desk::of_maria();
    let head = "title,provider,completed_on,amount,unit,approved_by,administrative,clinical,general";
    let rows: String = (1..=9).map(|n| format!("Course {n},Lakeside,2024-03-04,2,aama_ceu,aama,,2,\n")).collect();
    desk.write("log.csv", format!("{head}\n{rows}"));
    desk.done(&["import", "log.csv"]);
    assert_eq!(desk.done(&["undo"]), "Undone: Brought in “Course 1”, “Course 2”, “Course 3” and 6 more.\n");
    assert!(titles(&desk).is_empty());
}

#[test]
fn the_history_of_a_credit_says_which_field_became_what() {
    let desk = Desk::of_maria();
    let id = desk.credit(&["--title", "EKG", "--completed", "2024-03-04", "--amount", "2", "--unit", "contact_hour"]);
    desk.done(&["credit", "edit", &id, "--title", "ECG"]);
    desk.write("ecg.pdf", small_pdf("ECG"));
    desk.done(&["attach", &id, "ecg.pdf"]);
    let steps = desk.asked(&["history", &id]);
    let told: Vec<_> = steps.as_array().unwrap().iter().map(|step| step["text"].as_str().unwrap()).collect();
    assert_eq!(told, ["Added", "Changed", "A file attached"]);
    let change = &steps[1]["changes"][0];
    assert_eq!(
        (&change["field"], &change["before"], &change["after"]),
        (&"title".into(), &"EKG".into(), &"ECG".into())
    );
    assert!(desk.done(&["history", &id]).contains("proofs: nothing → “ecg.pdf (certificate)”"));
    assert_eq!(desk.refused(&["history", "c99"]).0, "not_found");
}

#[test]
fn the_trash_is_emptied_only_when_it_is_meant_and_that_too_can_be_undone() {
    let desk = Desk::of_maria();
    let id = desk.credit(&["--title", "EKG", "--completed", "2024-03-04", "--amount", "2", "--unit", "contact_hour"]);
    assert_eq!(desk.done(&["trash", "list"]), "The trash is empty.\n");
    desk.done(&["credit", "remove", &id]);
    assert!(desk.done(&["trash", "list"]).contains("EKG"));
    let (code, message) = desk.refused(&["trash", "empty"]);
    assert_eq!((code.as_str(), message.contains("1 credit")), ("invalid", true), "{message}");
    desk.done(&["trash", "empty", "--yes"]);
    assert_eq!(desk.asked(&["trash", "list"]), serde_json::json!([]));
    assert_eq!(desk.refused(&["credit", "restore", &id]).0, "not_found");
    desk.done(&["undo"]);
    desk.done(&["credit", "restore", &id]);
    assert_eq!(titles(&desk), ["EKG"]);
}
