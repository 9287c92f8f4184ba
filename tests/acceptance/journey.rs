//! The whole job on the command line, as she would do it in the window.

use std::fs;

use crate::command::{Desk, small_pdf};

const SHEET: &str = "title,provider,completed_on,amount,unit,approved_by,administrative,clinical,general\n\
    Order of Draw,Lakeside Institute,2024-03-04,2.0,aama_ceu,aama,,2.0,\n\
    HIPAA Privacy,CareBridge Learning,2023-11-18,1.5,contact_hour,,,,1.5\n\
    Front Desk Scheduling,AAMA e-Learning Center,2024-09-13,3,aama_ceu,aama,3,,\n\
    A Short Talk,CareBridge Learning,2023-08-01,0.5,contact_hour,,,,0.5\n";

#[test]
fn a_spreadsheet_becomes_a_status_and_a_transcript() {
    let desk = Desk::of_maria();
    desk.write("log.csv", SHEET);
    assert!(desk.done(&["import", "log.csv", "--dry-run"]).starts_with("Would import 4 credits"));
    assert_eq!(desk.asked(&["credit", "list"]).as_array().unwrap().len(), 0, "a dry run keeps nothing");
    assert!(desk.done(&["import", "log.csv"]).starts_with("Imported 4 credits"));

    let status = desk.asked(&["status"]);
    let line = |id: &str| status["requirements"].as_array().unwrap().iter().find(|r| r["id"] == id).unwrap().clone();
    assert_eq!(line("total")["earned"], "6.5", "half a contact hour from another source is too short");
    assert_eq!(line("administrative")["counted"], "3");
    assert_eq!(line("clinical")["counted"], "2");
    assert_eq!(line("general")["counted"], "1.5");
    assert_eq!(line("aama_approved")["counted"], "5");
    assert_eq!(status["caps"][0]["counted"], "1.5");
    assert_eq!(status["period"]["to"], "2026-03-31");
    assert_eq!(status["verdict"], "not_met");

    desk.done(&["transcript", "-o", "t.pdf"]);
    assert!(fs::read(desk.path("t.pdf")).unwrap().starts_with(b"%PDF-1.7"));
}

#[test]
fn importing_the_same_spreadsheet_again_adds_nothing() {
    let desk = Desk::of_maria();
    desk.write("log.csv", SHEET);
    desk.done(&["import", "log.csv"]);
    let again = desk.asked(&["import", "log.csv"]);
    assert_eq!((again["credits"].as_array().unwrap().len(), again["duplicates"].as_u64()), (0, Some(4)));
    assert_eq!(desk.asked(&["credit", "list"]).as_array().unwrap().len(), 4);
}

#[test]
fn a_credit_is_added_changed_removed_and_restored() {
    let desk = Desk::of_maria();
    let words = ["--title", "EKG", "--completed", "2024-09-01", "--amount", "3.0", "--unit", "contact_hour"];
    let id = desk.credit(&[&words[..], &["--split", "clinical=2,general=1"]].concat());
    assert_eq!(id, "c1");
    desk.done(&["credit", "edit", "c1", "--provider", "Lakeside Institute"]);
    let credit = desk.asked(&["credit", "show", "c1"]);
    assert_eq!(credit["provider"], "Lakeside Institute");
    assert_eq!(credit["amount"], "3.0", "the amount stays as printed");
    assert_eq!(credit["split"]["clinical"], "2");

    desk.done(&["credit", "remove", "c1"]);
    assert_eq!(desk.refused(&["credit", "show", "c1"]).0, "not_found");
    assert_eq!(desk.credit(&words), "c2", "an id is never used again");
    desk.done(&["credit", "restore", "c1"]);
    assert_eq!(desk.asked(&["credit", "show", "c1"])["title"], "EKG");
}

#[test]
fn the_issuer_is_kept_under_one_name() {
    let desk = Desk::of_maria();
    let words =
        ["--title", "EKG", "--completed", "2024-09-01", "--amount", "3", "--unit", "contact_hour", "--approver"];
    let id = desk.credit(&[&words[..], &["AAMA"]].concat());
    assert_eq!(desk.asked(&["credit", "show", &id])["approver"], "aama");
    let id = desk.credit(&[&words[..], &["AAPC"]].concat());
    assert_eq!(desk.asked(&["credit", "show", &id])["approver"], "AAPC");
}

#[test]
fn a_certificate_is_kept_byte_for_byte_and_counts_as_proof() {
    let desk = Desk::of_maria();
    let id = desk.credit(&[
        "--title",
        "EKG",
        "--completed",
        "2024-09-01",
        "--amount",
        "3",
        "--unit",
        "aama_ceu",
        "--split",
        "clinical=3",
    ]);
    let bytes = small_pdf("Certificate of completion");
    desk.write("my certificate – é.pdf", &bytes);
    desk.done(&["attach", &id, "my certificate – é.pdf"]);
    let proof = desk.asked(&["credit", "show", &id])["proofs"][0].clone();
    assert_eq!(proof["name"], "my certificate – é.pdf");
    let sha256 = proof["sha256"].as_str().unwrap();
    let kept = desk.vault().join("originals").join(&sha256[..2]).join(format!("{sha256}.pdf"));
    assert_eq!(fs::read(kept).unwrap(), bytes);
    assert_eq!(desk.asked(&["status"])["credits"][0]["proven"], true);
    assert_eq!(desk.asked(&["verify"])["originals"], 1);
}

#[test]
fn hours_worked_are_proof_in_hand_once_their_file_is_attached() {
    let desk = Desk::new();
    desk.done(&["init", "--name", "Maria Delgado"]);
    desk.done(&["credential", "add", "phlebotomy-nhco", "--certified", "2024-06-20"]);
    let id = desk.credit(&["--title", "Draw", "--completed", "2025-03-04", "--amount", "10", "--unit", "contact_hour"]);
    let worked = ["--kind", "work_hours", "--amount", "2100", "--issued", "2024-06-20", "--expires", "2026-06-15"];
    let fact = desk.asked(&[&["fact", "add"], &worked[..]].concat())["id"].as_str().unwrap().to_owned();
    desk.write("a.pdf", small_pdf("a"));

    desk.done(&["attach", &id, "a.pdf"]);
    let status = ["status", "--on", "2026-06-15"];
    let proven = || desk.asked(&status)["verdict_with_proof"].clone();
    assert_eq!(proven(), "not_met", "no paper shows the hours");
    let told = desk.done(&status).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("met, paper missing"), "the line says so: {told}");
    assert!(told.contains(" of 1,040 hours are on file."), "and how many there are: {told}");
    assert!(desk.done(&["attach", &fact, "a.pdf"]).contains("Attached a.pdf to f1"));
    assert_eq!(proven(), "met");
    assert!(!desk.done(&status).contains("paper"), "nothing is missing any more");
    assert_eq!(desk.asked(&["fact", "list"])[0]["proofs"][0]["name"], "a.pdf");
    assert!(desk.done(&["fact", "list"]).contains("1 file"));
}

#[test]
fn a_card_is_proven_once_its_front_and_its_back_are_attached_as_such() {
    let desk = Desk::of_maria();
    let card = ["--title", "BLS Provider", "--kind", "cpr_card", "--unit", "cpr_card", "--amount", "1"];
    let id = desk.credit(&[&card[..], &["--completed", "2025-06-02", "--expires", "2027-06-30"]].concat());
    for side in ["front", "back"] {
        desk.write(&format!("{side}.pdf"), small_pdf(side));
        desk.done(&["attach", &id, &format!("{side}.pdf")]);
    }
    let proven = || desk.asked(&["status"])["credits"][0]["proven"].clone();
    assert_eq!(proven(), false, "both are attached as certificates");
    desk.done(&["attach", &id, "front.pdf", "--role", "card_front"]);
    desk.done(&["attach", &id, "back.pdf", "--role", "card_back"]);
    assert_eq!(proven(), true, "attached again, a file takes on what it is said to show");
    assert!(desk.done(&["credit", "show", &id]).contains("files: front.pdf (card_front), back.pdf (card_back)"));
    desk.done(&["attach", &id, "back.pdf", "--role", "receipt"]);
    assert_eq!(proven(), false);
    desk.done(&["attach", &id, "front.pdf", "--role", "card_both_sides"]);
    assert_eq!(proven(), true, "an electronic card has both sides in one file");
}

#[test]
fn documents_of_the_holder_are_kept_listed_and_taken_off() {
    let desk = Desk::of_maria();
    assert!(desk.done(&["document", "list"]).starts_with("No documents yet."));
    desk.write("marriage.pdf", small_pdf("marriage"));
    desk.write("letter.pdf", small_pdf("letter"));
    desk.write("program.exe", "MZ");
    let added = desk.done(&["document", "add", "marriage.pdf", "--role", "name_change"]);
    assert_eq!(added, "Attached marriage.pdf to your documents.\n");
    desk.done(&["document", "add", "letter.pdf"]);
    assert_eq!(desk.refused(&["document", "add", "program.exe"]).0, "file_refused");
    assert_eq!(desk.done(&["document", "list"]), "1  marriage.pdf (name_change)\n2  letter.pdf (other)\n");
    desk.done(&["export", "record.json"]);
    let record: serde_json::Value = serde_json::from_slice(&fs::read(desk.path("record.json")).unwrap()).unwrap();
    assert_eq!(record["holder"]["documents"][0]["role"], "name_change");

    for nothing in ["0", "3"] {
        let (code, message) = desk.refused(&["document", "remove", nothing]);
        assert_eq!((code.as_str(), message.contains("recert document list")), ("not_found", true), "{message}");
    }
    assert_eq!(desk.done(&["document", "remove", "1"]), "Removed: marriage.pdf (name_change).\n");
    assert_eq!(desk.done(&["document", "list"]), "1  letter.pdf (other)\n");
    assert_eq!(desk.done(&["undo"]), "Undone: Took a file off your documents.\n");
    assert_eq!(desk.asked(&["document", "list"])[0]["name"], "marriage.pdf");
}

#[test]
fn a_credit_is_found_by_whatever_is_remembered_of_it() {
    let desk = Desk::of_maria();
    desk.write("log.csv", SHEET);
    desk.done(&["import", "log.csv"]);
    assert!(desk.done(&["search", "ORDER", "dra"]).starts_with("c1  Order of Draw, 4 Mar 2024"));
    assert!(desk.done(&["search", "carebr privacy"]).contains("provider: CareBridge Learning"));
    let found = desk.asked(&["search", "scheduling"]);
    assert_eq!((&found[0]["credit"]["id"], &found[0]["found_in"]), (&"c3".into(), &"title".into()));
    assert_eq!(found[0]["excerpt"][1], serde_json::json!({ "text": "Scheduling", "hit": true }));
    assert_eq!(desk.done(&["search", "--", "-\"*("]), "No credit has all of these words.\n");

    desk.write("scan.pdf", small_pdf("Given under the seal of Rosewater College"));
    desk.done(&["attach", "c2", "scan.pdf"]);
    assert!(desk.done(&["search", "rosewater hipaa"]).contains("text of the certificate: "));
    assert_eq!(desk.asked(&["search", "scan"])[0]["found_in"], "files");
    desk.done(&["credit", "remove", "c1"]);
    assert_eq!(desk.asked(&["search", "draw"]), serde_json::json!([]));
}

#[test]
fn verify_names_an_original_that_was_changed() {
    let desk = Desk::of_maria();
    let id = desk.credit(&["--title", "EKG", "--completed", "2024-09-01", "--amount", "3", "--unit", "aama_ceu"]);
    desk.write("a.pdf", small_pdf("a"));
    desk.done(&["attach", &id, "a.pdf"]);
    let sha256 = desk.asked(&["credit", "show", &id])["proofs"][0]["sha256"].as_str().unwrap().to_owned();
    let kept = desk.vault().join("originals").join(&sha256[..2]).join(format!("{sha256}.pdf"));
    fs::remove_file(&kept).unwrap();
    fs::write(&kept, "something else").unwrap();
    let (code, message) = desk.refused(&["verify"]);
    assert_eq!(code, "vault_damaged");
    assert!(message.contains(&sha256[..12]), "{message}");
}

#[test]
fn two_programs_may_have_the_record_open() {
    let desk = Desk::of_maria();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let desk = &desk;
            scope.spawn(move || {
                for number in 0..5 {
                    let title = format!("Course {writer}-{number}");
                    desk.credit(&[
                        "--title",
                        &title,
                        "--completed",
                        "2024-09-01",
                        "--amount",
                        "1",
                        "--unit",
                        "aama_ceu",
                    ]);
                }
            });
        }
    });
    assert_eq!(desk.asked(&["credit", "list"]).as_array().unwrap().len(), 20);
}

#[test]
fn of_several_programs_that_start_a_record_at_once_one_succeeds() {
    let desk = Desk::new();
    let codes: Vec<Option<i32>> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..8)
            .map(|n| {
                scope.spawn({
                    let desk = &desk;
                    move || desk.recert(&["init", "--name", &format!("N{n}")])
                })
            })
            .collect();
        starts.into_iter().map(|start| start.join().unwrap().status.code()).collect()
    });
    assert_eq!(codes.iter().filter(|code| **code == Some(0)).count(), 1, "{codes:?}");
    let databases = fs::read_dir(desk.vault()).unwrap().flatten();
    let databases: Vec<_> =
        databases.map(|entry| entry.file_name().into_string().unwrap()).filter(|name| name.ends_with(".db")).collect();
    assert_eq!(databases, ["recert.db"], "no started record was set aside");
}

#[test]
fn two_programs_that_change_one_credit_at_once_lose_nothing() {
    let desk = Desk::of_maria();
    let id = desk.credit(&["--title", "EKG", "--completed", "2024-09-01", "--amount", "3", "--unit", "aama_ceu"]);
    for round in 0..5 {
        let file = format!("proof-{round}.pdf");
        desk.write(&file, small_pdf(&file));
        let (provider, description) = (format!("Provider {round}"), format!("About {round}"));
        std::thread::scope(|scope| {
            scope.spawn(|| desk.done(&["credit", "edit", &id, "--provider", &provider]));
            scope.spawn(|| desk.done(&["credit", "edit", &id, "--description", &description]));
            scope.spawn(|| desk.done(&["attach", &id, &file]));
        });
        let credit = desk.asked(&["credit", "show", &id]);
        assert_eq!((&credit["provider"], &credit["description"]), (&provider.into(), &description.into()));
        assert_eq!(credit["proofs"].as_array().unwrap().len(), round + 1);
    }
}
