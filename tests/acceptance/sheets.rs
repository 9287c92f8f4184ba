//! The sheets for paper besides the transcript.

use std::fs;
use std::path::Path;

use crate::command::{Desk, small_pdf, stderr};

const KINDS: [(&str, &str); 5] = [
    ("worksheet", "Application worksheet"),
    ("employer", "Credential summary"),
    ("calendar", "Calendar of the period"),
    ("index", "Certificate index"),
    ("letter", "Application for renewal"),
];

/// The words of a PDF in one line.
fn words(path: &Path) -> String {
    let text = inspect::text(&fs::read(path).unwrap()).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_sheet_is_a_pdf_under_its_own_title_also_before_there_is_a_credit() {
    let desk = Desk::of_maria();
    for (kind, title) in KINDS {
        let name = format!("{kind}.pdf");
        assert_eq!(desk.done(&["sheet", kind, "-o", &name, "--paper", "a4"]), format!("Wrote {name}.\n"));
        let bytes = fs::read(desk.path(&name)).unwrap();
        assert!(bytes.starts_with(b"%PDF-1.7"));
        assert!(String::from_utf8_lossy(&bytes).contains(&format!("{title}: Maria Delgado, CMA (AAMA)")), "{kind}");
    }
}

#[test]
fn a_sheet_is_known_again_as_one_of_hers() {
    let desk = Desk::of_maria();
    desk.done(&["sheet", "worksheet", "-o", "w.pdf"]);
    let told = desk.done(&["transcript", "--check", "w.pdf"]);
    assert!(told.starts_with("This is the application worksheet w.pdf that Recert wrote on 15 Jan 2026"), "{told}");
}

#[test]
fn a_sheet_says_what_the_record_holds() {
    let desk = Desk::of_maria();
    let hours = ["--amount", "2", "--unit", "contact_hour", "--approver", "ANCC", "--split", "clinical=2"];
    let credit = ["--title", "Wound Care", "--provider", "Lakeside Institute", "--completed", "2024-03-04"];
    desk.credit(&[&credit[..], &hours].concat());
    desk.write("wound care.pdf", small_pdf("Wound Care"));
    desk.done(&["attach", "c1", "wound care.pdf"]);
    desk.done(&[
        "fact",
        "add",
        "--kind",
        "cpr_card",
        "--title",
        "BLS Provider",
        "--issued",
        "2025-06-02",
        "--expires",
        "2027-06-30",
    ]);
    for (kind, told) in [
        ("worksheet", "1 activity from other sources counts for 2 points."),
        ("employer", "BLS Provider 2 Jun 2025 30 Jun 2027"),
        ("calendar", "31 Mar 2026 CMA (AAMA) expires"),
        ("index", "1 · Wound Care 1"),
        ("letter", "Copies of the certificates: exhibit 1, with their certificate index"),
    ] {
        desk.done(&["sheet", kind, "-o", "sheet.pdf"]);
        let said = words(&desk.path("sheet.pdf"));
        assert!(said.contains(told), "{kind} does not say “{told}”: {said}");
    }
}

#[test]
fn an_employer_sees_her_member_number_only_if_she_says_so() {
    let desk = Desk::new();
    desk.done(&["init", "--name", "Maria Delgado"]);
    desk.write(
        "record.json",
        r#"{ "schema": "recert.record/1", "holder": { "name": "Maria Delgado", "issuer_ids": { "aama": "123456" } },
             "credentials": [ { "id": "cma", "pack": "cma-aama", "certified_on": "2021-03-17" } ] }"#,
    );
    desk.done(&["import", "record.json"]);
    let said = |kind: &str, more: &[&str]| {
        desk.done(&[&["sheet", kind, "-o", "sheet.pdf"], more].concat());
        words(&desk.path("sheet.pdf"))
    };
    assert!(!said("employer", &[]).contains("123456"));
    assert!(said("employer", &["--member-number"]).contains("123456"));
    assert!(said("letter", &[]).contains("123456"), "the issuer knows her by it");
}

#[test]
fn a_sheet_that_does_not_exist_is_refused_with_those_that_do() {
    let desk = Desk::of_maria();
    let output = desk.recert(&["sheet", "poster", "-o", "p.pdf"]);
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    assert!(KINDS.iter().all(|(kind, _)| told.contains(kind)), "{told}");
    assert!(!desk.path("p.pdf").exists());
}
