//! Backups and the way back, on the command line.

use std::fs;

use crate::command::{Desk, small_pdf};

/// A record with one credit and its certificate, and the name of a backup of it.
fn backed_up() -> (Desk, String) {
    let desk = Desk::of_maria();
    let id = desk.credit(&["--title", "EKG", "--completed", "2024-09-01", "--amount", "3", "--unit", "aama_ceu"]);
    desk.write("a.pdf", small_pdf("a"));
    desk.done(&["attach", &id, "a.pdf"]);
    let name = desk.asked(&["backup", "create"])["backup"]["name"].as_str().unwrap().to_owned();
    (desk, name)
}

#[test]
fn the_record_is_backed_up_by_itself_every_day_and_before_an_import() {
    let desk = Desk::of_maria();
    desk.write("log.csv", "title,completed_on,amount,unit\nEKG,2024-09-01,3,aama_ceu\n");
    desk.done(&["import", "log.csv"]);
    desk.done(&["status"]);
    let list = desk.asked(&["backup", "list"]);
    let reasons: Vec<&str> =
        list["backups"].as_array().unwrap().iter().map(|b| b["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["import", "daily"]);
}

#[test]
fn a_backup_is_restored_after_a_look_and_the_restore_is_taken_back_by_the_backup_it_names() {
    let (desk, name) = backed_up();
    desk.done(&[
        "credit",
        "add",
        "--title",
        "Later",
        "--completed",
        "2024-10-01",
        "--amount",
        "1",
        "--unit",
        "aama_ceu",
    ]);
    let look = desk.done(&["backup", "restore", &name, "--preview"]);
    assert!(look.starts_with("Would restore") && look.contains("goes: credit c2 Later"), "{look}");
    assert_eq!(desk.asked(&["credit", "list"]).as_array().unwrap().len(), 2, "a look changes nothing");

    let told = desk.asked(&["backup", "restore", &name]);
    assert_eq!(told["removed"][0]["id"], "c2");
    assert_eq!(desk.asked(&["credit", "list"]).as_array().unwrap().len(), 1);
    desk.done(&["backup", "restore", told["way_back"].as_str().unwrap()]);
    assert_eq!(desk.asked(&["credit", "list"]).as_array().unwrap().len(), 2);
}

#[test]
fn a_damaged_record_has_backups_and_one_of_them_takes_its_place() {
    let (desk, name) = backed_up();
    fs::write(desk.vault().join("recert.db"), "coffee").unwrap();
    assert_eq!(desk.refused(&["status"]).0, "vault_damaged");
    assert!(desk.done(&["backup", "list"]).contains(&name));
    let told = desk.done(&["backup", "restore", &name]);
    assert!(told.contains("is kept as"), "{told}");
    assert!(desk.done(&["verify"]).starts_with("Undamaged: 1 file"));
}

#[test]
fn a_backup_that_is_not_there_is_named() {
    let (desk, _) = backed_up();
    let (code, message) = desk.refused(&["backup", "restore", "yesterday"]);
    assert_eq!(code, "not_found");
    assert!(message.contains("yesterday") && message.contains("recert backup list"), "{message}");
}

#[test]
fn a_backup_that_fails_by_itself_is_reported_and_stops_nothing() {
    let desk = Desk::of_maria();
    let backups = desk.vault().join("backups");
    let _ = fs::remove_dir_all(&backups);
    fs::write(&backups, "a file in place of the folder").unwrap();
    let output = desk.recert(&["credit", "list"]);
    assert!(output.status.success());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("could not be backed up") && told.contains("backups"), "{told}");
}

#[test]
fn one_file_carries_the_record_to_another_computer_with_and_without_a_passphrase() {
    let (desk, _) = backed_up();
    desk.write("passphrase.txt", "correct horse battery staple\n");
    desk.write("wrong.txt", "correct horse\n");
    for (file, words) in [("plain.recert", &[][..]), ("locked.recert", &["--passphrase-file", "passphrase.txt"])] {
        desk.done(&[&["backup", "create", file], words].concat());
        let other = Desk::new();
        for name in [file, "passphrase.txt", "wrong.txt"] {
            fs::copy(desk.path(name), other.path(name)).unwrap();
        }
        if !words.is_empty() {
            assert_eq!(other.refused(&["backup", "restore", file]).0, "passphrase");
            let (code, message) = other.refused(&["backup", "restore", file, "--passphrase-file", "wrong.txt"]);
            assert_eq!(code, "passphrase");
            assert!(message.contains("does not open"), "{message}");
            assert!(!other.vault().exists(), "nothing is made for a file that does not open");
        }
        let told = other.asked(&[&["backup", "restore", file], words].concat());
        assert_eq!(told["brought_back"].as_array().map(Vec::len), Some(1));
        assert_eq!(told["way_back"], serde_json::Value::Null);
        assert!(other.done(&["verify"]).starts_with("Undamaged: 1 file"));
        assert_eq!(other.asked(&["status"]), desk.asked(&["status"]));
    }
}

#[test]
fn a_backup_is_not_written_among_the_records_own_files_nor_over_another_file() {
    let (desk, _) = backed_up();
    assert_eq!(desk.refused(&["backup", "create", "vault/mine.recert"]).0, "file_unwritable");
    desk.write("mine.recert", "something else");
    let (code, message) = desk.refused(&["backup", "create", "mine.recert"]);
    assert_eq!(code, "file_refused");
    assert!(message.contains("Choose another name"), "{message}");
}

#[test]
fn copies_go_to_the_place_outside_by_themselves_and_are_restored_from_there() {
    let (desk, _) = backed_up();
    assert_eq!(desk.asked(&["backup", "place"]), serde_json::Value::Null);
    fs::create_dir(desk.path("stick")).unwrap();
    let place = desk.asked(&["backup", "place", "stick"]);
    assert_eq!((&place["reachable"], &place["last_outside"]), (&true.into(), &"2026-01-15T00:00:00Z".into()));
    let name = place["backups"][0]["name"].as_str().unwrap();
    fs::remove_dir_all(desk.vault().join("backups")).unwrap();
    assert_eq!(desk.asked(&["backup", "restore", name])["taken_at"], "2026-01-15T00:00:00Z");
    desk.done(&["backup", "place", "--none"]);
    assert_eq!(desk.asked(&["backup", "list"])["outside"], serde_json::Value::Null);
}

#[test]
fn verify_brings_back_a_lost_certificate_and_says_so() {
    let (desk, _) = backed_up();
    fs::remove_dir_all(desk.vault().join("originals")).unwrap();
    let told = desk.done(&["verify"]);
    assert!(told.starts_with("Undamaged: 1 file and 2 backups re-read.") && told.contains("whole again"), "{told}");
    assert!(!desk.done(&["verify"]).contains("whole again"));
}

#[test]
fn a_record_in_a_synced_folder_is_named_and_moved_to_a_place_of_its_own() {
    let desk = Desk::new();
    let command = |vault: &str, words: &[&str]| {
        let mut all = vec!["--vault", vault];
        all.extend(words);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_recert-under-test"))
            .current_dir(desk.path("."))
            .env("HOME", desk.path("."))
            .env("XDG_CONFIG_HOME", desk.settings())
            .args(all)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    command("OneDrive/recert", &["init", "--name", "Maria"]);
    let told = command("OneDrive/recert", &["backup", "list"]);
    assert!(told.contains("OneDrive") && told.contains("recert backup move"), "{told}");
    let told = command("OneDrive/recert", &["backup", "move", "usual"]);
    assert!(told.contains("kept as OneDrive/recert-moved-1"), "{told}");
    assert!(command("usual", &["verify"]).starts_with("Undamaged"));
    assert!(!desk.path("OneDrive/recert").exists() && desk.path("OneDrive/recert-moved-1/recert.db").exists());
}
