//! What a killed program left, and what another one is still writing.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::TimeDelta;

use super::{Desk, add, attach, credit, now};
use crate::{Error, Key, Op, Owner, Reason, Source, Vault, originals, passing};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

/// Leaves what a kill may leave under each of the names that are only passing.
fn leave(vault: &Path) -> Vec<PathBuf> {
    let unpacked = vault.join(".recert-unpacked-x1");
    fs::create_dir_all(unpacked.join("originals/ab")).unwrap();
    for shelf in ["originals", "backups/originals"] {
        fs::create_dir_all(vault.join(shelf)).unwrap();
    }
    let inside = [unpacked.join("recert.db"), unpacked.join("originals/ab/ab.pdf")];
    let beside = [
        ".recert-x1.db",
        ".recert-x1.db-journal",
        ".recert-x1.db-wal",
        ".recert-starting",
        ".incoming-x1.db",
        "originals/.incoming-x1",
        "backups/.incoming-x1.db",
        "backups/originals/.incoming-x1",
    ];
    let left: Vec<PathBuf> = inside.into_iter().chain(beside.map(|name| vault.join(name))).collect();
    for path in &left {
        fs::write(path, "half").unwrap();
    }
    left
}

#[test]
fn whatever_a_killed_program_left_is_swept_away_by_the_next_start() {
    let desk = Desk::new();
    let kept = attach(&desk, &mut { with_credit(&desk) }, "c1", PDF);
    let left = leave(&desk.folder());
    fs::write(desk.folder().join("hers.txt"), "hers").unwrap();
    let vault = desk.open();
    assert!(left.iter().all(|path| !path.exists()), "{left:?}");
    assert!(vault.original_path(&kept.sha256).unwrap().is_some() && desk.folder().join("hers.txt").exists());
    assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
}

#[test]
fn it_is_swept_away_also_where_no_record_came_of_it_or_the_record_is_damaged() {
    let desk = Desk::new();
    for damaged in [false, true] {
        fs::create_dir_all(desk.folder()).unwrap();
        let left = leave(&desk.folder());
        if damaged {
            fs::write(desk.database(), "coffee").unwrap();
        }
        Vault::open(&desk.folder(), now()).unwrap_err();
        assert!(left.iter().all(|path| !path.exists()), "{left:?}");
    }
}

#[test]
fn what_another_program_is_writing_stays() {
    let desk = Desk::new();
    drop(desk.create());
    let left = leave(&desk.folder());
    let writing = (passing::enter(&desk.folder()).unwrap(), backup_lock(&desk));
    desk.open();
    assert!(left.iter().all(|path| path.exists()), "{left:?}");
    drop(writing);
    desk.open();
    assert!(left.iter().all(|path| !path.exists()), "{left:?}");
}

#[test]
fn a_backup_that_is_unpacked_stays_for_as_long_as_it_is_needed() {
    let desk = Desk::new();
    let vault = with_credit(&desk);
    let file = desk.root.path().join("whole.recert");
    vault.pack(&file, None, now(), &mut |_, _| true).unwrap();
    let unpacked = Vault::unpack(&desk.folder(), &file, Key::default(), &mut |_, _| true).unwrap();
    desk.open();
    assert!(unpacked.source.database.exists());
    Vault::restore(&desk.folder(), &unpacked.source, now(), &mut |_, _| true).unwrap();
    let database = unpacked.source.database.clone();
    drop(unpacked);
    assert!(!database.exists() && passing::left_in(&desk.folder()).is_empty());
}

#[test]
fn a_look_at_a_backup_where_there_is_no_record_leaves_no_trace() {
    let desk = Desk::new();
    let source = Source::from(&with_credit(&desk).back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().backup);
    let elsewhere = Desk::new();
    Vault::preview_restore(&elsewhere.folder(), &source, now(), &mut |_, _| true).unwrap();
    assert!(!elsewhere.folder().exists());
}

#[cfg(unix)]
#[test]
fn a_link_under_a_passing_name_is_removed_and_not_what_it_leads_to() {
    let desk = Desk::new();
    drop(desk.create());
    let hers = desk.root.path().join("hers");
    fs::create_dir(&hers).unwrap();
    fs::write(hers.join("a.txt"), "hers").unwrap();
    std::os::unix::fs::symlink(&hers, desk.folder().join(".recert-unpacked-x1")).unwrap();
    desk.open();
    assert!(passing::left_in(&desk.folder()).is_empty() && hers.join("a.txt").exists());
}

/// As a program holds it that is taking a backup.
fn backup_lock(desk: &Desk) -> File {
    let lock = passing::lock_file(&desk.folder().join("backups")).unwrap();
    lock.lock().unwrap();
    lock
}

fn with_credit(desk: &Desk) -> Vault {
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    vault
}

/// Stores a file that is never attached, so many days ago.
fn store(desk: &Desk, vault: &Vault, bytes: &[u8], days: i64) -> PathBuf {
    let file = vault.file_of(&vault.store_original(&desk.file("a.pdf", bytes)).unwrap());
    File::open(&file).unwrap().set_modified((now() - TimeDelta::days(days)).into()).unwrap();
    file
}

fn sweep(vault: &Vault) {
    originals::sweep_never_attached(&vault.connection, vault.folder(), now()).unwrap();
}

#[test]
fn a_file_that_was_never_attached_goes_with_a_daily_backup_once_it_is_old_and_is_no_damage() {
    let desk = Desk::new();
    let mut vault = with_credit(&desk);
    let attached = attach(&desk, &mut vault, "c1", b"%PDF-1.7 attached");
    let attached = vault.original_path(&attached.sha256).unwrap().unwrap();
    File::open(&attached).unwrap().set_modified((now() - TimeDelta::days(90)).into()).unwrap();
    let (old, new) = (store(&desk, &vault, b"%PDF-1.7 old", 31), store(&desk, &vault, b"%PDF-1.7 new", 1));
    let future = store(&desk, &vault, b"%PDF-1.7 from the future", -400);
    let verified = vault.verify(&mut |_, _| true).unwrap();
    assert_eq!((verified.never_attached, verified.damage), (3, vec![]));
    vault.back_up_if_due(now()).unwrap();
    assert_eq!([&old, &new, &future, &attached].map(|path| path.exists()), [false, true, true, true]);
}

#[test]
fn a_file_whose_row_a_restore_or_a_damaged_record_took_away_is_never_swept() {
    let desk = Desk::new();
    let vault = with_credit(&desk);
    let file = store(&desk, &vault, PDF, 90);
    let aside = desk.folder().join("recert-set-aside-1.db");
    fs::write(&aside, "coffee").unwrap();
    sweep(&vault);
    assert!(file.exists(), "the record that was set aside may name it");
    fs::remove_file(aside).unwrap();
    let source = Source::from(&vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().backup);
    Vault::restore(&desk.folder(), &source, now(), &mut |_, _| true).unwrap();
    sweep(&vault);
    assert!(file.exists(), "the record before the restore may have named it");
}

#[test]
fn a_file_that_is_swept_before_it_could_be_attached_is_said_to_be_gone_and_nothing_names_it() {
    let desk = Desk::new();
    let mut vault = with_credit(&desk);
    store(&desk, &vault, PDF, 90);
    let original = vault.store_original(&desk.file("a.pdf", PDF)).unwrap();
    sweep(&desk.open());
    let attached = vault.transact(Op::Attach, now(), |change| {
        change.attach(Owner::Credit("c1"), &[(original.clone(), domain::ProofRole::Certificate)])
    });
    assert!(matches!(attached, Err(Error::Io { .. })), "{attached:?}");
    assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
    attach(&desk, &mut vault, "c1", PDF);
}
