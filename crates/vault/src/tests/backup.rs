//! Backups by themselves.

use std::fs;
use std::path::PathBuf;

use chrono::TimeDelta;

use super::{Desk, add, attach, contents, credit, now, overwrite};
use crate::backup::{check, staying};
use crate::{Error, Reason, Stamp, Vault};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

fn at(text: &str) -> Stamp {
    text.parse().unwrap()
}

/// A vault with a credit and its certificate.
fn vault(desk: &Desk) -> (Vault, PathBuf) {
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let original = attach(desk, &mut vault, "c1", PDF);
    let path = vault.original_path(&original.sha256).unwrap().unwrap();
    (vault, path)
}

fn names(vault: &Vault) -> Vec<String> {
    Vault::backups_in(vault.folder()).unwrap().into_iter().map(|backup| backup.name).collect()
}

#[test]
fn a_backup_is_a_whole_record_with_its_originals_beside_it() {
    let desk = Desk::new();
    let (vault, original) = vault(&desk);
    let taken = vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap();
    assert_eq!((taken.backup.name.as_str(), taken.copied, taken.left_out), ("20260304T170509Z-asked", 1, vec![]));
    assert_eq!(taken.backup.path, desk.folder().join("backups/recert-20260304T170509Z-asked.db"));
    let inside = original.strip_prefix(desk.folder()).unwrap();
    assert_eq!(fs::read(desk.folder().join("backups").join(inside)).unwrap(), PDF);

    let elsewhere = Desk::new();
    fs::create_dir(elsewhere.folder()).unwrap();
    fs::copy(taken.backup.path, elsewhere.database()).unwrap();
    assert_eq!(elsewhere.open().record().unwrap(), vault.record().unwrap());
}

#[cfg(unix)]
#[test]
fn whatever_a_backup_writes_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap();
    let backups = desk.folder().join("backups");
    let rights = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(rights(&backups), 0o700);
    for (path, _) in contents(&backups) {
        let wanted = if path.starts_with(backups.join("originals")) { 0o400 } else { 0o600 };
        assert_eq!(rights(&path), wanted, "{}", path.display());
    }
}

#[test]
fn a_backup_of_an_unchanged_vault_copies_no_original() {
    let desk = Desk::new();
    let (mut vault, _) = vault(&desk);
    vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap();
    let kept = contents(&desk.folder().join("backups/originals"));
    assert_eq!(vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().copied, 0);
    assert_eq!(contents(&desk.folder().join("backups/originals")), kept);
    attach(&desk, &mut vault, "c1", b"%PDF-1.7 another");
    assert_eq!(vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().copied, 1, "only what is new is copied");
}

#[test]
fn one_is_due_when_none_is_of_the_last_24_hours() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    for (hours, taken) in [(0, true), (0, false), (23, false), (24, true), (30, false), (-48, true), (31, false)] {
        let then = now() + TimeDelta::hours(hours);
        assert_eq!(vault.back_up_if_due(then).unwrap().is_some(), taken, "after {hours} hours");
    }
    assert_eq!(Vault::backups_in(vault.folder()).unwrap().len(), 3);
}

#[test]
fn what_a_killed_backup_left_behind_is_no_backup_and_is_swept_away_by_the_next() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    let backups = desk.folder().join("backups");
    fs::create_dir_all(backups.join("originals")).unwrap();
    let half = backups.join(".incoming-a1b2c3.db");
    fs::write(&half, b"SQLite format 3\0 and no more").unwrap();
    fs::write(backups.join(".incoming-a1b2c3.db-journal"), b"half").unwrap();
    fs::write(backups.join("originals/.incoming-d4e5f6"), b"%PDF").unwrap();
    assert_eq!(names(&vault), [""; 0]);
    assert!(vault.back_up_if_due(now()).unwrap().is_some(), "half a backup is none");
    assert!(!half.exists());
    assert_eq!(contents(&backups.join("originals")).len(), 1);
    assert_eq!(names(&vault), ["20260304T170509Z-daily"]);
    assert_eq!(fs::read_dir(&backups).unwrap().count(), 3, "the backup, its originals and the lock");
}

#[test]
fn a_place_that_cannot_be_written_fails_with_its_name_and_leaves_the_record_alone() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    fs::write(desk.folder().join("backups"), "a file in place of a folder").unwrap();
    let error = vault.back_up_if_due(now()).unwrap_err();
    assert!(error.to_string().contains("backups"), "{error}");
    assert_eq!(vault.record().unwrap().credits.len(), 1);

    let desk = Desk::new();
    let vault = self::vault(&desk).0;
    fs::create_dir(desk.folder().join("backups")).unwrap();
    fs::write(desk.folder().join("backups/originals"), "in the way").unwrap();
    let error = vault.back_up_if_due(now()).unwrap_err();
    assert!(error.to_string().contains("originals"), "{error}");
    assert_eq!(names(&vault), [""; 0], "what lacks an original has no name");
}

#[test]
fn an_original_that_is_lost_or_changed_is_named_and_the_rest_is_backed_up() {
    let desk = Desk::new();
    let (mut vault, path) = vault(&desk);
    let lost = attach(&desk, &mut vault, "c1", b"%PDF-1.7 lost");
    fs::remove_file(vault.original_path(&lost.sha256).unwrap().unwrap()).unwrap();
    let whole = attach(&desk, &mut vault, "c1", b"%PDF-1.7 whole");
    overwrite(&path, b"%PDF-1.7\n%%EO_");
    let taken = vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap();
    assert_eq!((taken.copied, taken.left_out.len()), (1, 2));
    assert!(taken.left_out.contains(&lost.sha256.to_string()) && !taken.left_out.contains(&whole.sha256.to_string()));
}

#[test]
fn a_flipped_bit_in_a_backup_is_noticed() {
    let desk = Desk::new();
    let (mut vault, _) = vault(&desk);
    for number in 2..60 {
        add(&mut vault, &credit(&format!("c{number}")));
    }
    let path = vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().backup.path;
    check(&path).unwrap();
    let bytes = fs::read(&path).unwrap();
    // The cell count in the head of each page but the first: what lies on a page is found through it.
    for page in 1..bytes.len() / 4096 {
        let mut damaged = bytes.clone();
        damaged[page * 4096 + 3] ^= 0x40;
        overwrite(&path, &damaged);
        assert!(matches!(check(&path), Err(Error::BackupDamaged { .. })), "page {page}");
    }
}

#[test]
fn the_newest_and_one_a_day_a_week_and_a_month_stay() {
    let days = |first: &str, number: i64, apart: i64| -> Vec<Stamp> {
        (0..number).map(|n| at(first) - TimeDelta::days(n * apart)).collect()
    };
    let stay = |instants: &[Stamp]| -> Vec<String> {
        let kept = instants.iter().zip(staying(instants)).filter(|(_, stays)| *stays);
        kept.map(|(at, _)| at.format("%m-%d").to_string()).collect()
    };
    let check = |instants: Vec<Stamp>, expected: &[&str]| assert_eq!(stay(&instants), expected);
    check(vec![], &[]);
    check(days("2026-03-04T17:00:00Z", 5, 1), &["03-04", "03-03", "03-02", "03-01", "02-28"]);
    // Daily for a year and a half: ten newest; then each week's last, a Sunday; then each month's last day.
    check(
        days("2026-03-04T17:00:00Z", 540, 1),
        &[
            "03-04", "03-03", "03-02", "03-01", "02-28", "02-27", "02-26", "02-25", "02-24", "02-23", "02-22", "02-15",
            "01-31", "12-31", "11-30", "10-31", "09-30", "08-31", "07-31", "06-30", "05-31", "04-30",
        ],
    );
    // Opened every other month: all stay, however old.
    assert_eq!(stay(&days("2026-03-04T17:00:00Z", 8, 61)).len(), 8);
    // Many in one day: the newest ten, and never more than that of the day.
    let busy: Vec<Stamp> = (0..50).map(|n| at("2026-03-04T17:00:00Z") - TimeDelta::minutes(n)).collect();
    assert_eq!(staying(&busy).iter().filter(|stays| **stays).count(), 10);
}

#[test]
fn old_backups_go_and_their_originals_stay() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    for day in 0..30 {
        vault.back_up_if_due(now() + TimeDelta::days(day)).unwrap();
    }
    assert!((10..20).contains(&Vault::backups_in(vault.folder()).unwrap().len()), "{:?}", names(&vault));
    assert_eq!(contents(&desk.folder().join("backups/originals")).len(), 1);
}
