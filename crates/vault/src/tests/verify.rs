//! Verifying.

use domain::{ProofRef, ProofRole};
use std::fs;

use super::{Desk, add, contents, credit, now, overwrite};
use crate::{DamageKind, Op, Owner, Reason, Vault};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

/// A vault with one credit and one original.
fn vault(desk: &Desk) -> (Vault, std::path::PathBuf) {
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let original = vault.store_original(&desk.file("a.pdf", PDF)).unwrap();
    vault
        .transact(Op::Attach, now(), |change| {
            change.attach(Owner::Credit("c1"), &[(original.clone(), ProofRole::Certificate)])
        })
        .unwrap();
    let path = vault.original_path(&original.sha256).unwrap().unwrap();
    (vault, path)
}

fn kinds(vault: &Vault) -> Vec<DamageKind> {
    vault.verify(&mut |_, _| true).unwrap().damage.iter().map(|damage| damage.kind).collect()
}

#[test]
fn an_intact_vault_has_no_damage_and_says_what_was_checked() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    let checked = vault.verify(&mut |_, _| true).unwrap();
    assert_eq!((checked.credits, checked.originals, checked.bytes, checked.damage), (1, 1, 14, vec![]));
}

#[test]
fn one_changed_bit_of_an_original_is_found_and_named() {
    let desk = Desk::new();
    let (vault, path) = vault(&desk);
    let mut bytes = PDF.to_vec();
    bytes[9] ^= 1;
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();
    let damage = &vault.verify(&mut |_, _| true).unwrap().damage[0];
    assert_eq!(damage.kind, DamageKind::OriginalChanged);
    assert_eq!(desk.folder().join(&damage.place), path);
    assert!(damage.message.contains("Add the certificate again"), "{damage:?}");
}

#[test]
fn a_missing_original_is_found() {
    let desk = Desk::new();
    let (vault, path) = vault(&desk);
    fs::remove_file(path).unwrap();
    assert_eq!(kinds(&vault), [DamageKind::OriginalMissing]);
}

#[test]
fn an_original_that_cannot_be_read_is_found() {
    let desk = Desk::new();
    let (vault, path) = vault(&desk);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(kinds(&vault), [DamageKind::OriginalUnreadable]);
}

#[test]
fn files_that_were_never_attached_and_references_from_elsewhere_are_no_damage() {
    let desk = Desk::new();
    let (mut vault, _) = vault(&desk);
    vault.store_original(&desk.file("b.pdf", b"%PDF-1.7 other")).unwrap();
    let mut imported = credit("c2");
    imported.proofs = vec![ProofRef { sha256: "ab".repeat(32), name: "x.pdf".into(), role: ProofRole::Letter }];
    add(&mut vault, &imported);
    let checked = vault.verify(&mut |_, _| true).unwrap();
    assert_eq!((checked.never_attached, checked.not_here, checked.damage), (1, 1, vec![]));
    assert_eq!(vault.original_path(&"ab".repeat(32)), Ok(None));
}

#[test]
fn a_row_that_refers_to_nothing_is_found() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    vault.connection.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM credit").unwrap();
    assert_eq!(
        kinds(&vault),
        [DamageKind::Database, DamageKind::Row, DamageKind::Row],
        "its credit is gone without having been removed"
    );
}

#[test]
fn a_word_that_is_none_is_found_and_reading_says_damaged() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    vault.connection.execute("UPDATE credit SET kind = 'dance'", ()).unwrap();
    assert_eq!(kinds(&vault), [DamageKind::Database]);
    assert!(matches!(vault.record(), Err(crate::Error::Damaged { .. })));
}

#[test]
fn damaged_pages_of_the_database_are_found_without_a_panic() {
    let desk = Desk::new();
    let (mut vault, _) = vault(&desk);
    for number in 2..300 {
        add(&mut vault, &credit(&format!("c{number}")));
    }
    // A page that is not in use cannot be damaged.
    vault.connection.execute_batch("VACUUM").unwrap();
    drop(vault);
    let bytes = fs::read(desk.database()).unwrap();
    for page in 1..bytes.len() / 4096 {
        let mut damaged = bytes.clone();
        damaged[page * 4096..(page + 1) * 4096].fill(0xa5);
        fs::write(desk.database(), damaged).unwrap();
        let found = Vault::open(&desk.folder(), now()).and_then(|vault| vault.verify(&mut |_, _| true));
        match found {
            Ok(verification) => {
                assert!(!verification.damage.is_empty(), "page {page}");
            }
            Err(error) => assert!(matches!(error, crate::Error::Damaged { .. }), "page {page}: {error:?}"),
        }
        assert_eq!(fs::metadata(desk.database()).unwrap().len(), bytes.len() as u64);
    }
}

#[test]
fn an_original_that_is_lost_or_changed_is_brought_back_from_a_backup() {
    for changed in [false, true] {
        let desk = Desk::new();
        let (vault, path) = vault(&desk);
        vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap();
        fs::remove_file(&path).unwrap();
        if changed {
            fs::write(&path, b"%PDF-1.7\n%%EO_").unwrap();
        }
        let checked = vault.verify(&mut |_, _| true).unwrap();
        assert_eq!((checked.damage, checked.healed.len()), (vec![], 1));
        assert_eq!(desk.folder().join(&checked.healed[0].place), path);
        assert_eq!(checked.healed[0].from, desk.folder().join("backups"));
        assert_eq!(fs::read(&path).unwrap(), PDF);
        assert_eq!(vault.verify(&mut |_, _| true).unwrap().healed, [], "once is enough");
        let kept = contents(&desk.folder().join("originals")).len();
        assert_eq!(kept, 1 + usize::from(changed), "what was changed is set aside, not deleted");
    }
}

#[test]
fn a_changed_original_in_a_backup_is_copied_again_and_a_damaged_backup_is_named() {
    let desk = Desk::new();
    let (vault, path) = vault(&desk);
    let backup = vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().backup;
    let copy = desk.folder().join("backups").join(path.strip_prefix(desk.folder()).unwrap());
    overwrite(&copy, b"%PDF-1.7\n%%EO_");
    let checked = vault.verify(&mut |_, _| true).unwrap();
    assert_eq!((checked.backups, checked.damage, checked.healed.len()), (1, vec![], 1));
    assert_eq!(fs::read(&copy).unwrap(), PDF);

    overwrite(&copy, b"%PDF-1.7\n%%EO_");
    overwrite(&path, b"%PDF-1.7\n%%EO_");
    assert_eq!(kinds(&vault), [DamageKind::OriginalChanged, DamageKind::Backup], "whole nowhere");

    overwrite(&path, PDF);
    let mut bytes = fs::read(&backup.path).unwrap();
    bytes[4096 + 3] ^= 0x40;
    overwrite(&backup.path, &bytes);
    let damage = vault.verify(&mut |_, _| true).unwrap().damage;
    assert_eq!((damage.len(), damage[0].kind), (1, DamageKind::Backup));
    assert!(damage[0].place.ends_with("-asked.db"), "{damage:?}");
}

#[test]
fn a_row_that_was_changed_behind_the_history_is_found_and_its_field_named() {
    for (sql, place, told) in [
        ("UPDATE credit SET title = 'Order of Drax'", "credit c1", "title is not what"),
        ("UPDATE credit SET amount = '3.0', minutes = 5", "credit c1", "amount, minutes are not what"),
        ("UPDATE proof SET name = 'b.pdf'", "credit c1", "proofs is not what"),
        ("UPDATE holder SET name = 'Mario'", "the holder", "name is not what"),
        ("UPDATE credit SET removed_at = '2026-01-01T00:00:00Z'", "credit c1", "gone"),
        ("DELETE FROM change WHERE entity = 'credit'", "credit c1", "nothing was written down"),
        ("UPDATE change SET after = '{\"id\":1}' WHERE entity = 'credit'", "credit c1", "cannot be read"),
        (
            "INSERT INTO list VALUES ('pins', '[{\"credit\":\"c1\",\"credential\":\"cma\",\"counted\":true}]')",
            "the list pins",
            "nothing was",
        ),
    ] {
        let desk = Desk::new();
        let (vault, _) = vault(&desk);
        vault.connection.execute_batch(sql).unwrap();
        let mut damage = vault.verify(&mut |_, _| true).unwrap().damage;
        // What is searched follows from the row.
        damage.retain(|one| one.kind != DamageKind::Search);
        assert_eq!(damage.iter().map(|one| one.kind).collect::<Vec<_>>(), [DamageKind::Row], "{sql}: {damage:?}");
        assert_eq!(damage[0].place, place, "{sql}");
        assert!(damage[0].message.contains(told), "{sql}: {damage:?}");
    }
}

#[test]
fn a_row_in_the_trash_that_was_changed_is_found_too() {
    let desk = Desk::new();
    let (mut vault, _) = vault(&desk);
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c1")).unwrap();
    assert_eq!(kinds(&vault), []);
    vault.connection.execute("UPDATE credit SET title = 'Order of Drax'", ()).unwrap();
    let damage = vault.verify(&mut |_, _| true).unwrap().damage;
    assert_eq!((damage[0].kind, damage[0].place.as_str()), (DamageKind::Row, "credit c1 in the trash"));
}

#[test]
fn whatever_is_done_and_taken_back_is_what_the_history_says() {
    let desk = Desk::new();
    let (mut vault, _) = vault(&desk);
    add(&mut vault, &credit("c2"));
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c1")).unwrap();
    vault.transact(Op::EmptyTrash, now(), |change| change.empty_trash().map(|_| ())).unwrap();
    for step in 0..4 {
        vault.undo(now()).unwrap();
        assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, [], "after {step} more undone");
    }
    for step in 0..4 {
        vault.redo(now()).unwrap();
        assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, [], "after {step} more done again");
    }
}

#[test]
fn the_progress_ends_where_it_said_it_would() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap();
    let mut told = Vec::new();
    vault
        .verify(&mut |done, all| {
            told.push((done, all));
            true
        })
        .unwrap();
    let (done, all) = *told.last().unwrap();
    assert!(done == all && told.is_sorted() && told.len() >= 3, "{told:?}");
}
