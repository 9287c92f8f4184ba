//! Copies outside this computer, and vaults in synced folders.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;

use super::{Desk, add, attach, contents, credit, now};
use crate::{Error, Reason, Source, Synced, Vault, synced};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

/// A vault with a credit and its certificate, and a stick.
fn vault_and_stick(desk: &Desk) -> (Vault, PathBuf) {
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    attach(desk, &mut vault, "c1", PDF);
    let stick = desk.root.path().join("stick");
    fs::create_dir(&stick).unwrap();
    (vault, stick)
}

#[test]
fn once_a_place_is_set_a_copy_goes_there_every_day_with_its_originals() {
    let desk = Desk::new();
    let (vault, stick) = vault_and_stick(&desk);
    assert_eq!(vault.copy_outside_if_due(&desk.computer(), now()), Ok(None), "no place, no copy");
    let outside = vault.set_outside(&desk.computer(), &stick).unwrap();
    assert_eq!((&outside.folder, outside.last), (&stick.canonicalize().unwrap().join("Recert backup"), None));
    assert_eq!(vault.copy_outside_if_due(&desk.computer(), now()).unwrap().unwrap().copied, 1);
    assert_eq!(vault.copy_outside_if_due(&desk.computer(), now()), Ok(None), "one a day");
    let tomorrow = now() + TimeDelta::days(1);
    assert_eq!(vault.copy_outside_if_due(&desk.computer(), tomorrow).unwrap().unwrap().copied, 0, "no original twice");
    let outside = desk.open().outside(&desk.computer()).unwrap().unwrap();
    assert_eq!((outside.last, outside.backups().unwrap().len()), (Some(tomorrow), 2));

    let elsewhere = Desk::new();
    let source = Source::from(&outside.backups().unwrap()[0]);
    Vault::restore(&elsewhere.folder(), &source, now(), &mut |_, _| true).unwrap();
    assert_eq!(elsewhere.open().record().unwrap(), vault.record().unwrap());
    assert_eq!(elsewhere.open().verify(&mut |_, _| true).unwrap().originals, 1);
}

#[test]
fn a_stick_that_is_not_there_is_waited_for_and_nothing_is_made_in_its_place() {
    let desk = Desk::new();
    let (vault, stick) = vault_and_stick(&desk);
    vault.set_outside(&desk.computer(), &stick).unwrap();
    let away = desk.root.path().join("in the drawer");
    fs::rename(&stick, &away).unwrap();
    fs::create_dir(&stick).unwrap();
    assert_eq!(vault.copy_outside_if_due(&desk.computer(), now()), Ok(None));
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 0);
    fs::remove_dir(&stick).unwrap();
    fs::rename(&away, &stick).unwrap();
    assert!(vault.copy_outside_if_due(&desk.computer(), now()).unwrap().is_some());
}

#[test]
fn two_vaults_keep_apart_on_one_stick_and_a_place_can_be_forgotten() {
    let desk = Desk::new();
    let (vault, stick) = vault_and_stick(&desk);
    let first = vault.set_outside(&desk.computer(), &stick).unwrap();
    assert_eq!(vault.set_outside(&desk.computer(), &stick).unwrap(), first, "set again it is the same");
    let other = Desk::new().create().set_outside(&desk.computer(), &stick);
    assert!(matches!(&other, Err(Error::Io { .. })) || other.unwrap().folder.ends_with("Recert backup 2"));
    vault.forget_outside(&desk.computer()).unwrap();
    assert_eq!(vault.outside(&desk.computer()), Ok(None));
    assert!(first.folder.is_dir(), "what is there stays");
}

#[test]
fn a_place_inside_the_vault_or_nowhere_is_refused() {
    let desk = Desk::new();
    let (vault, stick) = vault_and_stick(&desk);
    assert!(matches!(vault.set_outside(&desk.computer(), &desk.folder()), Err(Error::Refused { .. })));
    assert!(vault.set_outside(&desk.computer(), &stick.join("not there")).is_err());
    assert_eq!(vault.outside(&desk.computer()), Ok(None));
}

#[test]
fn a_place_that_cannot_be_written_is_an_error_that_names_it_and_the_record_is_as_before() {
    let desk = Desk::new();
    let (vault, stick) = vault_and_stick(&desk);
    let outside = vault.set_outside(&desk.computer(), &stick).unwrap();
    fs::write(outside.folder.join("originals"), "in the way").unwrap();
    let error = vault.copy_outside_if_due(&desk.computer(), now()).unwrap_err();
    assert!(error.to_string().contains("Recert backup"), "{error}");
    assert_eq!((outside.backups().unwrap().len(), vault.outside(&desk.computer()).unwrap().unwrap().last), (0, None));
    assert_eq!(Vault::backups_in(vault.folder()).unwrap().len(), 1, "the one on this computer is there");
}

#[test]
fn a_lost_original_is_brought_back_from_outside_and_a_restore_keeps_the_place() {
    let desk = Desk::new();
    let (vault, stick) = vault_and_stick(&desk);
    let before = vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().backup;
    let outside = vault.set_outside(&desk.computer(), &stick).unwrap();
    vault.copy_outside_if_due(&desk.computer(), now()).unwrap();
    fs::remove_dir_all(desk.folder().join("backups/originals")).unwrap();
    fs::remove_dir_all(desk.folder().join("originals")).unwrap();
    let checked = vault.verify_with(Some(&outside), &mut |_, _| true).unwrap();
    assert_eq!((checked.damage, &checked.healed[0].from), (vec![], &outside.folder));
    Vault::restore(&desk.folder(), &Source::from(&before), now(), &mut |_, _| true).unwrap();
    assert_eq!(vault.outside(&desk.computer()).unwrap().map(|outside| outside.folder), Some(outside.folder));
}

#[test]
fn a_synced_folder_is_told_by_its_name() {
    for (path, expected) in [
        ("/home/maria/OneDrive/recert", Some(Synced::OneDrive)),
        ("/Users/maria/OneDrive - Lakeside Clinic/recert", Some(Synced::OneDrive)),
        ("/Users/maria/Library/CloudStorage/OneDrive-Personal/recert", Some(Synced::OneDrive)),
        ("/home/maria/Dropbox/a/b", Some(Synced::Dropbox)),
        ("/home/maria/Dropbox (Personal)", Some(Synced::Dropbox)),
        ("/Users/maria/Library/Mobile Documents/com~apple~CloudDocs/recert", Some(Synced::ICloud)),
        ("/home/maria/iCloudDrive/recert", Some(Synced::ICloud)),
        ("/Users/maria/Library/CloudStorage/GoogleDrive-maria@example.org/My Drive", Some(Synced::GoogleDrive)),
        ("/home/maria/google drive", Some(Synced::GoogleDrive)),
        ("/home/maria/.local/share/recert", None),
        ("/home/maria/OneDriver/recert", None),
        ("/home/maria/my dropbox files", None),
    ] {
        assert_eq!(synced(Path::new(path)), expected, "{path}");
    }
    assert!(Synced::OneDrive.warning().contains("OneDrive"));
}

#[test]
fn a_vault_is_moved_by_copying_checking_and_only_then_renaming_the_old_one() {
    let desk = Desk::new();
    let (vault, stick) = vault_and_stick(&desk);
    vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap();
    let outside = vault.set_outside(&desk.computer(), &stick).unwrap();
    let record = vault.record().unwrap();
    drop(vault);
    let to = desk.root.path().join("usual/place");
    let settings = desk.settings_file();
    let aside = Vault::move_to(&desk.folder(), &to, &desk.computer(), now()).unwrap();
    assert!(!desk.folder().exists() && aside.join("recert.db").exists());
    let there = Vault::open(&to, now()).unwrap();
    assert_eq!(there.record().unwrap(), record);
    assert_eq!(there.verify(&mut |_, _| true).unwrap().damage, []);
    assert_eq!(Vault::backups_in(&to).unwrap().len(), 2, "the backups come along");
    assert_eq!(there.outside(&desk.computer()), Ok(Some(outside)), "so does the place outside");
    assert!(!settings.exists(), "nothing waits for another vault in the old place");
}

#[test]
fn a_vault_that_is_not_whole_stays_where_it_is_and_nothing_is_moved_onto_another() {
    let desk = Desk::new();
    let (vault, _) = vault_and_stick(&desk);
    fs::remove_dir_all(desk.folder().join("originals")).unwrap();
    drop(vault);
    let to = desk.root.path().join("usual");
    assert!(matches!(Vault::move_to(&desk.folder(), &to, &desk.computer(), now()), Err(Error::Refused { .. })));
    assert!(desk.database().exists());
    let other = Desk::new();
    other.create();
    let before = contents(&other.folder()).len();
    assert!(matches!(
        Vault::move_to(&desk.folder(), &other.folder(), &desk.computer(), now()),
        Err(Error::Exists { .. })
    ));
    assert_eq!(contents(&other.folder()).len(), before);
}
