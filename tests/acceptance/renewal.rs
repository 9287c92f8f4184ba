//! What was sent in for a renewal is kept as it was, and a granted one begins the next period.

use std::fs;

use crate::command::Desk;

/// Maria on the day after she sent her application by mail.
fn sent() -> Desk {
    let desk = Desk::of_maria();
    desk.credit(&["--title", "EKG", "--completed", "2024-03-04", "--amount", "2", "--unit", "aama_ceu"]);
    let told = desk.done(&["submission", "add", "--way", "mail", "--sent", "2026-01-14"]);
    assert_eq!(told, "Kept as s1  for cma, sent 14 Jan 2026 (mail), no answer yet.\n");
    desk
}

#[test]
fn the_transcript_of_that_day_is_written_byte_for_byte_whatever_was_changed_since() {
    let desk = sent();
    desk.done(&["submission", "transcript", "s1", "-o", "a.pdf"]);
    let frozen = desk.asked(&["submission", "show", "s1"])["frozen"].clone();
    desk.done(&["credit", "edit", "c1", "--title", "ECG"]);
    desk.done(&["credit", "remove", "c1"]);
    desk.done(&["submission", "transcript", "s1", "-o", "b.pdf"]);
    assert_eq!(fs::read(desk.path("a.pdf")).unwrap(), fs::read(desk.path("b.pdf")).unwrap());
    assert_eq!(desk.asked(&["submission", "show", "s1"])["frozen"], frozen);
    assert_eq!(frozen["record"]["credits"][0]["title"], "EKG");
    desk.done(&["verify"]);
}

#[test]
fn status_says_what_waits_until_it_is_decided() {
    let desk = sent();
    let told = desk.done(&["status"]);
    assert!(told.starts_with("You sent your application on 14 Jan 2026; there is no answer yet (s1).\n"), "{told}");
    let edit = ["submission", "edit", "s1", "--state", "questions", "--decision", "c1=questioned:which hours?"];
    desk.done(&edit);
    assert!(desk.done(&["status"]).starts_with("You sent your application on 14 Jan 2026, and questions came back"));
    assert!(desk.done(&["submission", "show", "s1"]).contains("c1    EKG, counted 2, questioned (which hours?)"));
    desk.done(&["submission", "edit", "s1", "--state", "accepted", "--decision", "c1=accepted"]);
    assert!(!desk.done(&["status"]).starts_with("You sent"));
    let (code, message) = desk.refused(&["submission", "edit", "s1", "--decision", "c9=refused"]);
    assert_eq!((code.as_str(), message.contains("c9")), ("not_found", true), "{message}");
}

#[test]
fn a_granted_renewal_begins_the_next_period_and_the_one_before_can_still_be_read() {
    let desk = sent();
    let told = desk.done(&["renewal", "grant", "--on", "2026-01-15"]);
    assert_eq!(
        told,
        "15 Jan 2026 to 31 Jan 2031, your present period\n\
         17 Mar 2021 to 31 Mar 2026, renewed on 15 Jan 2026\n    \
         s1  for cma, sent 14 Jan 2026 (mail), no answer yet\n"
    );
    assert_eq!(desk.asked(&["status"])["period"]["from"], "2026-01-15");
    assert_eq!(desk.asked(&["status", "--on", "2026-01-14"])["credits"][0]["counted"], "2");
    assert_eq!(desk.done(&["undo"]), "Undone: Began a new period of CMA (AAMA).\n");
    assert_eq!(desk.asked(&["status"])["period"]["from"], "2021-03-17");
}
