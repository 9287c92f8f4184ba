//! What belongs to one computer stays on it.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{Desk, add, contents, credit, now};
use crate::{Computer, Error, Key, Reason, Source, Vault};

/// A folder that a stranger's record names; it must stay as it is.
fn canary(desk: &Desk) -> PathBuf {
    let canary = desk.root.path().join("canary");
    fs::create_dir(&canary).unwrap();
    fs::write(canary.join("hers.txt"), "hers").unwrap();
    canary
}

fn naming(folder: impl AsRef<Path>) -> String {
    json!({ "folder": folder.as_ref(), "last": null }).to_string()
}

/// Everything that goes on by itself, today and for a month.
fn live_on(vault: &Vault, computer: &Computer) {
    for day in 0..30 {
        let now = now() + TimeDelta::days(day);
        assert_eq!(vault.copy_outside_if_due(computer, now), Ok(None));
    }
    assert_eq!(vault.outside(computer), Ok(None));
}

#[test]
fn a_place_outside_that_a_record_from_elsewhere_names_is_never_copied_to() {
    let stranger = Desk::new();
    let mut vault = stranger.create();
    add(&mut vault, &credit("c1"));
    let desk = Desk::new();
    let canary = canary(&desk);
    stranger.keep_in_record(&naming(&canary));
    let before = contents(&canary);
    let packed = stranger.root.path().join("whole.recert");
    let backup = vault.pack(&packed, None, now(), &mut |_, _| true).unwrap().backup;
    drop(vault);

    // As a packed backup, as one in a folder, and as a whole vault.
    let unpacked = Vault::unpack(&desk.folder(), &packed, Key::default(), &mut |_, _| true).unwrap();
    Vault::restore(&desk.folder(), &unpacked.source, now(), &mut |_, _| true).unwrap();
    live_on(&desk.open(), &desk.computer());
    Vault::restore(&desk.folder(), &Source::from(&backup), now(), &mut |_, _| true).unwrap();
    live_on(&desk.open(), &desk.computer());
    let vault = stranger.open();
    live_on(&vault, &desk.computer());
    vault.verify_with(vault.outside(&desk.computer()).unwrap().as_ref(), &mut |_, _| true).unwrap();
    let former = vault.former_outside(&desk.computer()).unwrap();
    assert_eq!(former.map(|former| former.folder), Some(canary.clone()), "she is asked");
    assert_eq!(contents(&canary), before);
}

#[test]
fn where_copies_went_until_now_they_go_on_only_when_she_says_so() {
    let desk = Desk::new();
    let vault = desk.create();
    let place = desk.root.path().canonicalize().unwrap().join("stick");
    let yesterday = now() - TimeDelta::days(1);
    desk.keep_in_record(&json!({ "folder": place, "last": yesterday }).to_string());
    assert!(vault.former_outside(&desk.computer()).unwrap().is_some());
    let outside = vault.resume_outside(&desk.computer(), now()).unwrap();
    assert_eq!((&outside.folder, outside.last), (&place, Some(yesterday)), "the stick need not be there");
    assert_eq!(vault.former_outside(&desk.computer()), Ok(None), "she is asked once");
    assert_eq!(vault.copy_outside_if_due(&desk.computer(), now()), Ok(None));
    fs::create_dir(&place).unwrap();
    assert!(vault.copy_outside_if_due(&desk.computer(), now()).unwrap().is_some());
    let rows = "SELECT count(*) FROM setting";
    assert_eq!(vault.connection.query_row(rows, (), |row| row.get(0)), Ok(0), "the vault says nothing of it any more");
}

#[test]
fn any_answer_ends_the_question() {
    for answer in 0..3 {
        let desk = Desk::new();
        let (vault, canary) = (desk.create(), canary(&desk));
        desk.keep_in_record(&naming(&canary));
        let stick = desk.root.path().join("stick");
        fs::create_dir(&stick).unwrap();
        match answer {
            0 => vault.put_off_outside(&desk.computer(), now()).unwrap(),
            1 => vault.forget_outside(&desk.computer()).unwrap(),
            _ => drop(vault.set_outside(&desk.computer(), &stick).unwrap()),
        }
        assert_eq!(vault.former_outside(&desk.computer()), Ok(None));
        assert!(matches!(vault.resume_outside(&desk.computer(), now()), Err(Error::NotFound { .. })));
        vault.copy_outside_if_due(&desk.computer(), now()).unwrap();
        assert_eq!(contents(&canary).len(), 1);
    }
}

#[test]
fn a_name_that_could_mislead_her_or_is_none_is_not_even_asked_about() {
    let desk = Desk::new();
    let vault = desk.create();
    let inside = desk.folder().canonicalize().unwrap().join("backups");
    let values = [
        String::new(),
        "coffee".to_owned(),
        "{}".to_owned(),
        json!({ "folder": 7, "last": null }).to_string(),
        json!({ "folder": "/media/stick", "last": "yesterday" }).to_string(),
        naming("stick"),
        naming("../stick"),
        naming("/media/../etc"),
        naming("/media/\u{1b}]0;stick"),
        naming("/media/sti\nck"),
        naming("/media/\u{202e}kcits"),
        naming(inside),
        naming(format!("/media/{}", "x".repeat(9000))),
    ];
    for value in values {
        desk.keep_in_record(&value);
        assert_eq!(vault.former_outside(&desk.computer()), Ok(None), "{value}");
        assert!(vault.resume_outside(&desk.computer(), now()).is_err(), "{value}");
    }
}

#[test]
fn what_is_set_on_one_computer_is_not_set_on_another_nor_for_another_vault() {
    let desk = Desk::new();
    let vault = desk.create();
    let stick = desk.root.path().join("stick");
    fs::create_dir(&stick).unwrap();
    vault.set_outside(&desk.computer(), &stick).unwrap();
    vault.put_off_outside(&desk.computer(), now()).unwrap();
    let another = Computer::new(Some(desk.root.path().join("another computer")));
    assert_eq!((vault.outside(&another), vault.outside_put_off(&another)), (Ok(None), Ok(None)));
    let copy = desk.root.path().join("copy");
    fs::create_dir(&copy).unwrap();
    fs::copy(desk.database(), copy.join("recert.db")).unwrap();
    assert_eq!(Vault::open(&copy, now()).unwrap().outside(&desk.computer()), Ok(None));
    assert!(
        vault.set_outside(&Computer::default(), &stick).is_err(),
        "without a folder for settings nothing can be set"
    );
    assert_eq!(vault.outside(&Computer::default()), Ok(None));
}

#[test]
fn a_file_of_settings_names_its_vault_and_goes_when_nothing_is_set() {
    let desk = Desk::new();
    let vault = desk.create();
    vault.forget_outside(&desk.computer()).unwrap();
    assert!(!desk.settings_file().exists());
    vault.put_off_outside(&desk.computer(), now()).unwrap();
    let kept: Value = serde_json::from_slice(&fs::read(desk.settings_file()).unwrap()).unwrap();
    assert_eq!(kept["vault"], json!(desk.folder().canonicalize().unwrap()));
    desk.computer().forget(&desk.folder()).unwrap();
    assert_eq!(vault.outside_put_off(&desk.computer()), Ok(None));
    desk.computer().forget(&desk.folder()).unwrap();
}

#[test]
fn a_file_of_settings_that_cannot_be_used_sets_nothing_is_named_and_is_replaced_by_her_next_word() {
    let desk = Desk::new();
    let (vault, canary) = (desk.create(), canary(&desk));
    let own = desk.folder().canonicalize().unwrap();
    vault.put_off_outside(&desk.computer(), now()).unwrap();
    let place = |vault: &Path, folder: &str| {
        json!({ "vault": vault, "outside": { "folder": folder, "last": null }, "outside_put_off": null }).to_string()
    };
    let there = canary.to_str().unwrap();
    let unusable = [
        String::new(),
        "coffee".to_owned(),
        "[]".to_owned(),
        format!("{}{}", place(&own, there), " ".repeat(20_000)),
        place(Path::new("/elsewhere"), there),
        place(&own, "canary"),
        place(&own, "../canary"),
        place(&own, &format!("{there}/../canary")),
        place(&own, &format!("{there}\u{7}")),
        place(&own, own.join("backups").to_str().unwrap()),
        "[".repeat(10_000),
    ];
    for text in unusable {
        fs::write(desk.settings_file(), &text).unwrap();
        let error = vault.copy_outside_if_due(&desk.computer(), now()).unwrap_err();
        let told = error.to_string();
        assert!(matches!(error, Error::SettingsUnusable { .. }) && told.contains(".json"), "{text}: {told}");
        assert!(vault.outside(&desk.computer()).is_err(), "{text}");
        assert_eq!(fs::read_to_string(desk.settings_file()).unwrap(), text, "nobody but she replaces it");
    }
    vault.put_off_outside(&desk.computer(), now()).unwrap();
    assert_eq!(vault.outside(&desk.computer()), Ok(None));
    assert_eq!(contents(&canary).len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_of_settings_is_not_followed() {
    let desk = Desk::new();
    let vault = desk.create();
    let stick = desk.root.path().join("stick");
    fs::create_dir(&stick).unwrap();
    vault.set_outside(&desk.computer(), &stick).unwrap();
    let elsewhere = desk.root.path().join("elsewhere.json");
    fs::rename(desk.settings_file(), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, desk.settings_file()).unwrap();
    assert!(matches!(vault.outside(&desk.computer()), Err(Error::SettingsUnusable { .. })));
    let before = fs::read(&elsewhere).unwrap();
    vault.put_off_outside(&desk.computer(), now()).unwrap();
    assert_eq!(fs::read(&elsewhere).unwrap(), before);
    assert!(!desk.settings_file().is_symlink() && vault.outside(&desk.computer()) == Ok(None));
}

#[test]
fn a_place_that_is_set_while_a_copy_is_made_stays_set() {
    let desk = Desk::new();
    let vault = desk.create();
    let [first, second] = ["first", "second"].map(|name| desk.root.path().join(name));
    fs::create_dir(&first).and_then(|()| fs::create_dir(&second)).unwrap();
    vault.set_outside(&desk.computer(), &first).unwrap();
    vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap();
    // A copy waits for whoever is writing in the place.
    let writing = crate::backup::enter(&first.canonicalize().unwrap().join("Recert backup")).unwrap();
    let (computer, folder) = (desk.computer(), desk.folder());
    let copying =
        std::thread::spawn(move || Vault::open(&folder, now()).unwrap().copy_outside_if_due(&computer, now()));
    let set = vault.set_outside(&desk.computer(), &second).unwrap();
    drop(writing);
    copying.join().unwrap().unwrap();
    let kept = vault.outside(&desk.computer()).unwrap().unwrap();
    assert_eq!(kept.folder, set.folder);
}
