//! Nobody else on the computer can look into what is hers.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use super::{Desk, add, attach, contents, credit, now};
use crate::{Error, Reason, Vault};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn open_to_all(path: &Path) {
    let mode = if path.is_dir() { 0o777 } else { 0o666 };
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    for entry in fs::read_dir(path).into_iter().flatten() {
        open_to_all(&entry.unwrap().path());
    }
}

/// A vault with everything in it, closed and open to all.
fn open_vault(desk: &Desk) {
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    attach(desk, &mut vault, "c1", PDF);
    vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap();
    drop(vault);
    fs::write(desk.folder().join("recert-set-aside-1.db"), "coffee").unwrap();
    fs::write(desk.folder().join("notes.txt"), "hers").unwrap();
    open_to_all(&desk.folder());
}

#[test]
fn a_vault_that_others_could_look_into_is_closed_to_them_when_it_is_opened() {
    let desk = Desk::new();
    open_vault(&desk);
    let vault = desk.open();
    assert_eq!(vault.open_to_others(None), [] as [&Path; 0]);
    for folder in ["", "originals", "backups", "backups/originals"] {
        assert_eq!(mode(&desk.folder().join(folder)), 0o700, "{folder}");
    }
    for (file, _) in contents(&desk.folder()) {
        let hers = file.ends_with("notes.txt");
        assert_eq!(mode(&file), if hers { 0o666 } else { 0o600 }, "{}", file.display());
    }
}

#[test]
fn a_folder_that_holds_other_folders_too_stays_open_and_only_what_is_of_recert_in_it_is_closed() {
    let desk = Desk::new();
    open_vault(&desk);
    fs::create_dir(desk.folder().join("photos")).unwrap();
    open_to_all(&desk.folder());
    let vault = desk.open();
    assert_eq!(vault.open_to_others(None), [desk.folder().canonicalize().unwrap()], "it is named");
    assert_eq!((mode(&desk.folder()), mode(&desk.folder().join("photos"))), (0o777, 0o777));
    for part in ["originals", "backups"] {
        assert_eq!(mode(&desk.folder().join(part)), 0o700, "{part}");
    }
    assert_eq!(mode(&desk.database()), 0o600);
}

#[test]
fn a_folder_without_a_record_is_nobody_s_to_close() {
    let desk = Desk::new();
    fs::create_dir(desk.folder()).unwrap();
    open_to_all(&desk.folder());
    Vault::open(&desk.folder(), now()).unwrap_err();
    assert_eq!(mode(&desk.folder()), 0o777);
}

#[test]
fn what_a_link_in_a_vault_leads_to_keeps_its_rights() {
    let desk = Desk::new();
    open_vault(&desk);
    let hers = desk.root.path().join("hers");
    fs::create_dir(&hers).unwrap();
    fs::write(hers.join("letter.txt"), "hers").unwrap();
    open_to_all(&hers);
    symlink(hers.join("letter.txt"), desk.folder().join("recert-set-aside-2.db")).unwrap();
    drop(desk.open());
    let shelf = desk.folder().join("backups/originals/zz");
    symlink(&hers, &shelf).unwrap();
    assert_eq!(Vault::open(&desk.folder(), now()).map(drop), Err(Error::Linked { path: shelf }));
    assert_eq!((mode(&hers), mode(&hers.join("letter.txt"))), (0o777, 0o666));
}

#[test]
fn a_copy_outside_is_closed_to_others_as_the_record_is() {
    let desk = Desk::new();
    open_vault(&desk);
    let vault = desk.open();
    let stick = desk.root.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let outside = vault.set_outside(&desk.computer(), &stick).unwrap();
    vault.copy_outside_if_due(&desk.computer(), now()).unwrap().unwrap();
    let stick_before = mode(&stick);
    open_to_all(&outside.folder);
    assert_eq!(vault.open_to_others(Some(&outside)), std::slice::from_ref(&outside.folder));
    vault.copy_outside_if_due(&desk.computer(), now()).unwrap();
    assert_eq!(vault.open_to_others(Some(&outside)), [] as [&Path; 0]);
    for (file, _) in contents(&outside.folder) {
        assert_eq!(mode(&file) & 0o077, 0, "{}", file.display());
    }
    assert_eq!(mode(&stick), stick_before, "what she chose is hers");
}
