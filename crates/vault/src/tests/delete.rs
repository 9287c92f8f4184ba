//! Deleting everything.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Desk, add, attach, contents, credit, now};
use crate::{Computer, Deletion, Error, Kind, Source, Vault};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

/// A vault with everything that Recert makes in one, closed, and the folder that its copies go to.
fn everything(desk: &Desk) -> PathBuf {
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let original = attach(desk, &mut vault, "c1", PDF);
    let stick = desk.root.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let outside = vault.set_outside(&desk.computer(), &stick).unwrap().folder;
    vault.copy_outside_if_due(&desk.computer(), now()).unwrap();
    let shelf = desk.folder().join("originals").join(&original.sha256[..2]);
    drop(vault);
    fs::write(shelf.join(format!("{}-set-aside-1.pdf", original.sha256)), "changed").unwrap();
    fs::write(desk.folder().join("recert-set-aside-1.db"), "coffee").unwrap();
    fs::create_dir(desk.folder().join(".recert-unpacked-x1")).unwrap();
    fs::write(desk.folder().join(".recert-unpacked-x1/recert.db"), "half").unwrap();
    fs::write(desk.folder().join("backups/.incoming-x1.db"), "half").unwrap();
    outside
}

fn paths(root: &Path) -> Vec<PathBuf> {
    contents(root).into_iter().map(|(path, _)| path).collect()
}

fn kinds(deletion: &Deletion) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = deletion.going.iter().map(|going| going.kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

#[test]
fn everything_goes_and_is_listed_and_the_copies_outside_stay_unless_they_are_meant_too() {
    let desk = Desk::new();
    let outside = everything(&desk);
    let before = paths(&outside);
    let deletion = Vault::delete(&desk.folder(), &desk.computer(), false).unwrap();
    assert!(!desk.folder().exists());
    assert_eq!(kinds(&deletion), [Kind::Record, Kind::SetAside, Kind::Backup, Kind::Original, Kind::Copy, Kind::Other]);
    assert_eq!((paths(&outside), deletion.staying), (before, vec![]));
    assert_eq!(deletion.outside.unwrap().folder, outside);
    assert_eq!(Vault::delete(&desk.folder(), &desk.computer(), false), Err(Error::Missing { folder: desk.folder() }));

    let desk = Desk::new();
    let outside = everything(&desk);
    let deletion = Vault::delete(&desk.folder(), &desk.computer(), true).unwrap();
    assert!(!desk.folder().exists() && !outside.exists());
    assert!(deletion.going[0].path.starts_with(&outside), "they go first");
}

#[test]
fn what_would_be_deleted_is_what_is_deleted_and_looking_changes_nothing() {
    let desk = Desk::new();
    everything(&desk);
    let before = contents(desk.root.path());
    let planned = Vault::deletion(&desk.folder(), &desk.computer(), true).unwrap();
    assert_eq!(contents(desk.root.path()), before);
    assert_eq!(Vault::delete(&desk.folder(), &desk.computer(), true).unwrap().going, planned.going);
}

#[test]
fn what_recert_did_not_make_stays_and_is_named() {
    let desk = Desk::new();
    everything(&desk);
    let sha256 = "ab".repeat(32);
    let hers = [
        "README.txt",
        "notes.txt",
        "recert-set-aside-mine.db",
        "originals/ab/photo.jpg",
        &format!("originals/ab/{sha256}.docx"),
        "originals/read me.txt",
        "backups/recert-mine.db",
        "photos/a.jpg",
    ];
    let mut hers: Vec<PathBuf> = hers.iter().map(|name| desk.folder().join(name)).collect();
    for path in &hers {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "hers").unwrap();
    }
    let deletion = Vault::delete(&desk.folder(), &desk.computer(), false).unwrap();
    hers.sort();
    assert_eq!(paths(&desk.folder()), hers);
    hers.iter_mut().filter(|path| path.ends_with("photos/a.jpg")).for_each(|path| assert!(path.pop()));
    hers.sort();
    assert_eq!(deletion.staying, hers, "of a folder of hers its name says enough");
}

#[test]
fn a_folder_that_is_none_of_recerts_is_left_without_a_trace() {
    let desk = Desk::new();
    fs::create_dir(desk.folder()).unwrap();
    fs::write(desk.folder().join("notes.txt"), "hers").unwrap();
    assert_eq!(Vault::delete(&desk.folder(), &desk.computer(), false), Err(Error::Missing { folder: desk.folder() }));
    rusqlite::Connection::open(desk.database()).unwrap().execute_batch("CREATE TABLE photo (id)").unwrap();
    let before = contents(&desk.folder());
    assert!(matches!(Vault::delete(&desk.folder(), &desk.computer(), false), Err(Error::NotARecord { .. })));
    assert_eq!(contents(&desk.folder()), before);
}

#[test]
fn a_record_that_is_open_elsewhere_is_not_deleted() {
    let desk = Desk::new();
    everything(&desk);
    let open = desk.open();
    open.record().unwrap();
    let before = paths(desk.root.path());
    open.connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    assert!(matches!(Vault::delete(&desk.folder(), &desk.computer(), true), Err(Error::Busy { .. })));
    assert_eq!(paths(desk.root.path()), before);
    assert_eq!(open.verify(&mut |_, _| true).unwrap().damage, []);
    drop(open);
    Vault::delete(&desk.folder(), &desk.computer(), true).unwrap();
}

#[test]
fn a_damaged_record_is_deleted_too() {
    let desk = Desk::new();
    everything(&desk);
    fs::write(desk.database(), "coffee").unwrap();
    let deletion = Vault::delete(&desk.folder(), &desk.computer(), false).unwrap();
    assert!(!desk.folder().exists() && deletion.outside.is_some(), "this computer knows where its copies are");
}

#[test]
fn what_was_set_on_this_computer_goes_last_of_all() {
    let desk = Desk::new();
    everything(&desk);
    let settings = desk.settings_file();
    let planned = Vault::deletion(&desk.folder(), &desk.computer(), false).unwrap();
    assert_eq!(planned.going.last().map(|going| &going.path), Some(&settings));
    Vault::delete(&desk.folder(), &desk.computer(), false).unwrap();
    assert!(!settings.exists());
}

#[test]
fn copies_outside_that_only_the_record_names_stay_and_are_named() {
    let desk = Desk::new();
    let outside = everything(&desk);
    let computer = Computer::new(Some(desk.root.path().join("another computer")));
    desk.keep_in_record(&json!({ "folder": outside, "last": null }).to_string());
    let before = paths(&outside);
    let deletion = Vault::delete(&desk.folder(), &computer, true).unwrap();
    assert_eq!((deletion.outside, deletion.former_outside.as_ref()), (None, Some(&outside)));
    assert_eq!(paths(&outside), before);
}

#[test]
fn copies_outside_are_not_said_to_be_deleted_where_nobody_knows_where_they_are() {
    let desk = Desk::new();
    everything(&desk);
    fs::write(desk.settings_file(), "coffee").unwrap();
    let error = Vault::delete(&desk.folder(), &desk.computer(), true).unwrap_err();
    assert!(matches!(error, Error::SettingsUnusable { .. }), "{error:?}");
    assert!(desk.database().exists());
    Vault::delete(&desk.folder(), &desk.computer(), false).unwrap();
    assert!(!desk.folder().exists());
}

#[test]
fn copies_outside_that_cannot_be_reached_are_said_to_be_so_and_nothing_is_deleted() {
    let desk = Desk::new();
    let outside = everything(&desk);
    fs::rename(&outside, desk.root.path().join("unplugged")).unwrap();
    let before = paths(&desk.folder());
    let error = Vault::delete(&desk.folder(), &desk.computer(), true).unwrap_err();
    assert!(error.to_string().contains("cannot be reached now"), "{error}");
    assert_eq!(paths(&desk.folder()), before);
}

#[test]
fn wherever_it_is_stopped_what_is_left_is_whole_and_deleting_goes_on() {
    let count = {
        let desk = Desk::new();
        everything(&desk);
        Vault::deletion(&desk.folder(), &desk.computer(), true).unwrap().going.len()
    };
    for stopped in 0..=count {
        let desk = Desk::new();
        let outside = everything(&desk);
        for going in Vault::deletion(&desk.folder(), &desk.computer(), true).unwrap().going.iter().take(stopped) {
            if going.path.is_dir() { fs::remove_dir_all(&going.path) } else { fs::remove_file(&going.path) }.unwrap();
        }
        match Vault::open(&desk.folder(), now()) {
            Ok(vault) => assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, [], "stopped after {stopped}"),
            Err(error) => assert!(matches!(error, Error::Missing { .. }), "{error:?}"),
        }
        for store in [outside, desk.folder().join("backups")] {
            for backup in crate::backup::list(&store).unwrap() {
                let elsewhere = Desk::new();
                let source = Source::from(&backup);
                let told = Vault::restore(&elsewhere.folder(), &source, now(), &mut |_, _| true).unwrap();
                assert!(told.missing.is_empty(), "stopped after {stopped}");
            }
        }
        match Vault::delete(&desk.folder(), &desk.computer(), desk.database().exists()) {
            Ok(_) => assert!(!desk.folder().exists(), "stopped after {stopped}"),
            Err(error) => assert!(matches!(error, Error::Missing { .. }), "{error:?}"),
        }
    }
    assert!(count > 8, "there is something to be stopped at");
}
