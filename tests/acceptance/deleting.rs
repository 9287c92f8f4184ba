//! Deleting everything, on the command line.

use std::fs;

use serde_json::json;

use crate::command::{Desk, contents, small_pdf};

/// A record with a certificate, a backup, and copies outside.
fn kept_everywhere() -> Desk {
    let desk = Desk::of_maria();
    let id = desk.credit(&["--title", "EKG", "--completed", "2024-09-01", "--amount", "3", "--unit", "aama_ceu"]);
    desk.write("a.pdf", small_pdf("a"));
    desk.done(&["attach", &id, "a.pdf"]);
    fs::create_dir(desk.path("stick")).unwrap();
    desk.done(&["backup", "create"]);
    desk.done(&["backup", "place", "stick"]);
    desk
}

#[test]
fn without_yes_it_says_what_would_be_deleted_and_deletes_nothing() {
    let desk = kept_everywhere();
    let before = contents(&desk.path("."));
    let told = desk.done(&["delete"]);
    assert!(told.starts_with("Would delete in ") && told.ends_with("recert delete --yes\n"), "{told}");
    for part in ["the record", "1 certificate\n", "2 backups", "1 copy of certificates", "stay; --outside deletes them"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(contents(&desk.path(".")), before);
}

#[test]
fn with_yes_everything_of_recert_goes_and_what_is_hers_stays_and_is_named() {
    let desk = kept_everywhere();
    fs::write(desk.vault().join("notes.txt"), "hers").unwrap();
    let told = desk.asked(&["delete", "--yes"]);
    let kinds: Vec<&str> = told["going"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["record", "certificate", "backup", "copy", "other"]);
    assert_eq!(told["staying"], json!([desk.vault().join("notes.txt")]));
    assert_eq!(contents(&desk.vault()), [(desk.vault().join("notes.txt"), b"hers".to_vec())]);
    assert!(!contents(&desk.path("stick")).is_empty(), "copies outside are not meant unless they are named");
    let (code, message) = desk.refused(&["delete", "--yes"]);
    assert_eq!(code, "vault_missing");
    assert!(message.contains("There is no record in"), "{message}");
    desk.done(&["init", "--name", "Maria Delgado"]);
    assert!(desk.done(&["verify"]).starts_with("Undamaged"));
}

#[test]
fn copies_outside_go_when_they_are_named_and_are_waited_for_when_they_are_not_there() {
    let desk = kept_everywhere();
    fs::rename(desk.path("stick"), desk.path("unplugged")).unwrap();
    let (code, message) = desk.refused(&["delete", "--yes", "--outside"]);
    assert!(code == "file_unreadable" && message.contains("cannot be reached now"), "{message}");
    assert!(desk.done(&["verify"]).starts_with("Undamaged"));
    fs::rename(desk.path("unplugged"), desk.path("stick")).unwrap();
    assert!(desk.done(&["delete", "--yes", "--outside"]).contains("are among them"));
    assert!(contents(&desk.path("stick")).is_empty() && !desk.vault().exists());
}

#[test]
fn a_damaged_record_is_deleted_like_any_other() {
    let desk = kept_everywhere();
    fs::write(desk.vault().join("recert.db"), "coffee").unwrap();
    desk.done(&["delete", "--yes"]);
    assert!(!desk.vault().exists());
}
