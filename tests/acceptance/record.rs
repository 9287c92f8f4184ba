//! The record's JSON leaves and comes back whole.

use std::fs;

use crate::command::{Desk, small_pdf};

/// Everything that a record can hold.
const FULL: &str = r#"{
  "schema": "recert.record/1",
  "holder": { "name": "Zoë Nguyễn-Παπαδοπούλου", "former_names": ["Zoë Smith"], "issuer_ids": { "aama": "123456" }, "documents": [] },
  "credentials": [ { "id": "cma", "pack": "cma-aama", "certified_on": "2016-03-17", "recertified_on": "2021-03-05",
    "expires_on": "2026-03-31", "expires_reason": null,
    "periods": [ { "from": "2016-03-17", "to": "2021-03-31", "renewed_on": "2021-03-05", "pack_version": "2020.1", "state": "renewed" } ] } ],
  "credits": [
    { "id": "c1", "title": "Order of Draw", "provider": "Lakeside Institute", "provider_number": null, "kind": "course",
      "started_on": null, "completed_on": "2024-03-04", "amount": "2.0", "unit": "aama_ceu", "approver": "aama", "awards": [],
      "split": { "clinical": "2.0" }, "splits": {}, "sessions": [], "minutes": null, "format": null, "formal_credit": true,
      "issuer_transcript": "posted", "tags": [], "status": "completed", "description": null, "relevance": null,
      "name_on_certificate": null,
      "proofs": [ { "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "name": "certificate.pdf", "role": "certificate" } ] },
    { "id": "x-7", "title": "Spring conference", "kind": "conference", "started_on": "2023-05-05", "completed_on": "2023-05-07",
      "amount": "6.50", "unit": "contact_hour", "approver": "unsure",
      "awards": [ { "amount": "0.6", "unit": "iacet_ceu", "approver": "iacet", "number": "77" } ],
      "split": { "administrative": "2.50", "general": "4" }, "splits": { "rma-amt": { "other": "6.5" } },
      "sessions": [ { "title": "Billing", "amount": "2.5", "category": "administrative", "on": "2023-05-06" } ],
      "minutes": 390, "format": "live", "tags": ["hipaa"], "description": "Three days.", "relevance": "Front desk.",
      "name_on_certificate": "Zoë Smith" },
    { "id": "c3", "title": "", "status": "draft" },
    { "id": "c4", "title": "BLS", "kind": "cpr_card", "unit": "cpr_card", "amount": "1", "completed_on": "2025-06-02", "expires_on": "2027-06-30" }
  ],
  "facts": [ { "id": "f1", "kind": "cpr_card", "issued_on": "2025-06-02", "expires_on": "2027-06-30", "proofs": [] } ],
  "pins": [ { "credential": "cma", "credit": "c1", "counted": true, "category": null } ],
  "answers": [ { "question": "approver", "credential": "cma", "credits": ["x-7"], "answer": "No", "answered_on": "2025-01-02", "note": "By e-mail." } ],
  "overrides": [ { "pack": "cma-aama", "path": "late.days", "value": 90, "reason": "AAMA's letter", "on": "2025-01-02" } ],
  "packs": [ { "schema": "recert.pack/0", "id": "mine" } ]
}"#;

#[test]
fn export_import_and_export_again_give_the_same_bytes() {
    let first = Desk::new();
    first.done(&["init", "--name", "Zoë Nguyễn-Παπαδοπούλου"]);
    first.write("full.json", FULL);
    first.done(&["import", "full.json"]);
    first.done(&["export", "a.json"]);
    let exported = fs::read(first.path("a.json")).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&exported).unwrap();
    assert_eq!(value["credits"][1]["amount"], "6.50");
    assert_eq!(value["credits"][1]["sessions"][0]["title"], "Billing");
    assert_eq!(value["answers"][0]["note"], "By e-mail.");
    assert_eq!(value["overrides"][0]["value"], 90);
    assert_eq!(value["credentials"][0]["periods"][0]["state"], "renewed");

    let second = Desk::new();
    second.done(&["init", "--name", "Zoë Nguyễn-Παπαδοπούλου"]);
    second.write("a.json", &exported);
    second.done(&["import", "a.json"]);
    second.done(&["export", "b.json"]);
    assert_eq!(fs::read(second.path("b.json")).unwrap(), exported);
    assert!(second.done(&["verify"]).starts_with("Undamaged"), "a proof whose original is not here is no damage");
}

#[test]
fn rules_of_her_own_that_cannot_be_used_are_named_and_take_no_answer_away() {
    let desk = Desk::new();
    desk.write("full.json", FULL);
    let notes = desk.asked(&["evaluate", "full.json"])["notes"].clone();
    let unused: Vec<&str> = notes
        .as_array()
        .unwrap()
        .iter()
        .filter(|note| note["code"] == "rules_not_used")
        .map(|note| note["text"].as_str().unwrap())
        .collect();
    assert_eq!(unused.len(), 2, "{notes}");
    assert!(unused[0].contains("packs[0]") && unused[1].contains("late.days"), "{unused:?}");
}

#[test]
fn status_of_a_vault_equals_evaluate_of_its_export() {
    let desk = Desk::of_maria();
    desk.credit(&[
        "--title",
        "EKG",
        "--completed",
        "2024-09-01",
        "--amount",
        "3",
        "--unit",
        "ceu",
        "--approver",
        "unsure",
    ]);
    desk.credit(&[
        "--title",
        "Law",
        "--completed",
        "2023-09-01",
        "--amount",
        "3",
        "--unit",
        "semester_credit",
        "--split",
        "general=1,administrative=2",
    ]);
    let id = desk.credit(&[
        "--title",
        "Draw",
        "--completed",
        "2022-09-01",
        "--amount",
        "4",
        "--unit",
        "aama_ceu",
        "--split",
        "clinical=4",
    ]);
    desk.write("a.pdf", small_pdf("a"));
    desk.done(&["attach", &id, "a.pdf"]);
    desk.done(&["export", "record.json"]);
    for on in ["2024-01-01", "2026-01-15", "2026-05-01"] {
        assert_eq!(
            desk.asked(&["status", "--on", on]),
            desk.asked(&["evaluate", "record.json", "--on", on]),
            "on {on}"
        );
    }
}

#[test]
fn what_is_absent_from_a_record_stays_unsaid() {
    let desk = Desk::new();
    desk.write(
        "small.json",
        r#"{ "schema": "recert.record/1", "holder": { "name": "Maria" },
             "credentials": [ { "id": "cma", "pack": "cma-aama", "certified_on": "2021-03-17" } ],
             "credits": [ { "id": "c1", "title": "Draw", "completed_on": "2024-03-04", "amount": "2", "unit": "aama_ceu" } ] }"#,
    );
    let evaluation = desk.asked(&["evaluate", "small.json"]);
    assert_eq!(evaluation["credits"][0]["earned"], "2");
    assert_eq!(evaluation["questions"][0]["id"], "category", "the category is asked, not guessed");
    assert!(!desk.vault().exists(), "evaluate touches no vault");
}

#[test]
fn a_record_that_says_something_else_under_the_same_id_is_refused_whole() {
    let desk = Desk::of_maria();
    desk.credit(&["--title", "Mine", "--completed", "2024-09-01", "--amount", "3", "--unit", "aama_ceu"]);
    desk.done(&["export", "before.json"]);
    let before = fs::read_to_string(desk.path("before.json")).unwrap();
    let other = before.replace("Mine", "Theirs");
    desk.write("other.json", other);
    let (code, message) = desk.refused(&["import", "other.json"]);
    assert_eq!(code, "file_refused");
    assert!(message.contains("c1"), "{message}");
    desk.done(&["import", "before.json"]);
    desk.done(&["export", "after.json"]);
    assert_eq!(fs::read_to_string(desk.path("after.json")).unwrap(), before);
}
