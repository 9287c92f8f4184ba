//! Verifying.

use std::fs;

use domain::{ProofRef, ProofRole};

use super::{Desk, add, credit, now};
use crate::{DamageKind, Op, Owner, Vault};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

/// A vault with one credit and one original.
fn vault(desk: &Desk) -> (Vault, std::path::PathBuf) {
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let original = vault.store_original(&desk.file("a.pdf", PDF)).unwrap();
    vault
        .transact(Op::Attach, now(), |change| change.attach(Owner::Credit("c1"), &original, ProofRole::Certificate))
        .unwrap();
    let path = vault.original_path(&original.sha256).unwrap().unwrap();
    (vault, path)
}

fn kinds(vault: &Vault) -> Vec<DamageKind> {
    vault.verify().unwrap().damage.iter().map(|damage| damage.kind).collect()
}

#[test]
fn an_intact_vault_has_no_damage_and_says_what_was_checked() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    let checked = vault.verify().unwrap();
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
    let damage = &vault.verify().unwrap().damage[0];
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
    let checked = vault.verify().unwrap();
    assert_eq!((checked.never_attached, checked.not_here, checked.damage), (1, 1, vec![]));
    assert_eq!(vault.original_path(&"ab".repeat(32)), Ok(None));
}

#[test]
fn a_row_that_refers_to_nothing_is_found() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    vault.connection.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM credit").unwrap();
    assert_eq!(kinds(&vault), [DamageKind::Database]);
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
        let found = Vault::open(&desk.folder(), now()).and_then(|vault| vault.verify());
        match found {
            Ok(verification) => {
                assert!(!verification.damage.is_empty(), "page {page}");
            }
            Err(error) => assert!(matches!(error, crate::Error::Damaged { .. }), "page {page}: {error:?}"),
        }
        assert_eq!(fs::metadata(desk.database()).unwrap().len(), bytes.len() as u64);
    }
}
