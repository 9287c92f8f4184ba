//! Attaching.

use domain::{Fact, FactKind, ProofRef, ProofRole};
use std::fs;
use std::path::{Path, PathBuf};

use super::{Desk, add, contents, credit, now};
use crate::{Error, Op, Owner, Vault};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";
/// Of `PDF`, from the sha256sum command.
const PDF_SHA256: &str = "d5db70fbccdd8ccc6a553604b79a09cd33083b401340d546efa08a52142c972e";

fn attach(vault: &mut Vault, owner: Owner<'_>, file: &Path) -> Result<String, Error> {
    let original = vault.store_original(file)?;
    vault.transact(Op::Attach, now(), |change| change.attach(owner, &[(original.clone(), ProofRole::Certificate)]))?;
    Ok(original.sha256.into())
}

fn stored(vault: &Vault) -> Vec<PathBuf> {
    let originals = vault.folder().join("originals");
    if originals.exists() { contents(&originals).into_iter().map(|(path, _)| path).collect() } else { Vec::new() }
}

#[test]
fn an_attached_file_is_kept_byte_for_byte_under_its_hash() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let file = desk.file("Zertifikat „März“.PDF", PDF);
    let sha256 = attach(&mut vault, Owner::Credit("c1"), &file).unwrap();
    assert_eq!(sha256, PDF_SHA256);
    let kept = vault.original_path(&sha256).unwrap().unwrap();
    assert_eq!(kept, desk.folder().join(format!("originals/{}/{PDF_SHA256}.pdf", &PDF_SHA256[..2])));
    assert_eq!(fs::read(kept).unwrap(), PDF);
    assert_eq!(
        vault.credit("c1").unwrap().proofs,
        [ProofRef { sha256, name: "Zertifikat „März“.PDF".into(), role: ProofRole::Certificate }]
    );
    assert_eq!(fs::read(file).unwrap(), PDF, "her own file stays where it is");
}

#[test]
fn identical_bytes_are_kept_once_for_any_number_of_credits() {
    let desk = Desk::new();
    let mut vault = desk.create();
    for (id, name) in [("c1", "a.pdf"), ("c2", "b.pdf")] {
        add(&mut vault, &credit(id));
        let file = desk.file(name, PDF);
        attach(&mut vault, Owner::Credit(id), &file).unwrap();
        attach(&mut vault, Owner::Credit(id), &file).unwrap();
        assert_eq!(vault.credit(id).unwrap().proofs.len(), 1, "attached twice is attached once");
    }
    assert_eq!(stored(&vault).len(), 1);
    assert_eq!(vault.credit("c2").unwrap().proofs[0].name, "b.pdf");
}

#[test]
fn every_kind_of_file_is_told_by_its_content() {
    let desk = Desk::new();
    let vault = desk.create();
    for (bytes, extension, media_type) in [
        (PDF, "pdf", "application/pdf"),
        (b"\xff\xd8\xff\xe0 JFIF", "jpg", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic", "image/heif"),
        (b"II*\0\x08\0\0\0\x0e\0\0", "tif", "image/tiff"),
        (b"MM\0*\0\0\0\x08\0\0\0", "tif", "image/tiff"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp", "image/webp"),
    ] {
        let original = vault.store_original(&desk.file("named otherwise.docx", bytes)).unwrap();
        assert_eq!((original.format.extension(), original.format.media_type()), (extension, media_type));
        assert_eq!(original.size, i64::try_from(bytes.len()).unwrap());
    }
}

#[test]
fn what_is_no_certificate_is_refused_with_a_reason_and_leaves_no_trace() {
    let desk = Desk::new();
    let vault = desk.create();
    for (bytes, reason) in [
        (&b"MZ\x90\0\x03\0\0\0"[..], "by its content it is a .exe file"),
        (b"", "it is empty"),
        (b"Dear Maria,", "neither a PDF nor a picture"),
        (b"PK\x03\x04 zip", "by its content it is a .zip file"),
    ] {
        let file = desk.file("certificate.pdf", bytes);
        let error = vault.store_original(&file).unwrap_err();
        assert!(matches!(&error, Error::Refused { file: named, .. } if *named == file), "{error:?}");
        assert!(error.to_string().contains(reason), "{error}");
    }
    let folder = vault.store_original(desk.root.path()).unwrap_err();
    assert!(matches!(folder, Error::Refused { .. }), "{folder:?}");
    let gone = vault.store_original(&desk.root.path().join("gone.pdf")).unwrap_err();
    assert!(matches!(gone, Error::Io { .. }), "{gone:?}");
    assert!(stored(&vault).is_empty());
}

#[test]
fn a_file_larger_than_any_buffer_arrives_whole() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let bytes: Vec<u8> = PDF.iter().copied().chain((0..700_001_u32).map(|n| n.to_le_bytes()[1])).collect();
    let sha256 = attach(&mut vault, Owner::Credit("c1"), &desk.file("long.pdf", &bytes)).unwrap();
    assert!(fs::read(vault.original_path(&sha256).unwrap().unwrap()).unwrap() == bytes);
}

#[test]
fn a_damaged_original_is_healed_by_adding_its_file_again() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let file = desk.file("a.pdf", PDF);
    let sha256 = attach(&mut vault, Owner::Credit("c1"), &file).unwrap();
    let kept = vault.original_path(&sha256).unwrap().unwrap();
    fs::remove_file(&kept).unwrap();
    fs::write(&kept, b"%PDF-1.7\n%%EO_").unwrap();
    attach(&mut vault, Owner::Credit("c1"), &file).unwrap();
    assert_eq!(fs::read(&kept).unwrap(), PDF);
    assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
    assert_eq!(stored(&vault).len(), 2, "the damaged file is set aside, not deleted");
}

#[test]
fn proofs_are_attached_to_credits_facts_and_the_holder_and_detached_again() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let fact = Fact {
        id: "f1".into(),
        kind: FactKind::CprCard,
        title: None,
        issued_on: None,
        expires_on: None,
        amount: None,
        tag: None,
        credential: None,
        proofs: vec![],
    };
    vault.transact(Op::AddFact, now(), |change| change.put_fact(&fact)).unwrap();
    let file = desk.file("card.pdf", PDF);
    for owner in [Owner::Credit("c1"), Owner::Fact("f1"), Owner::Holder] {
        attach(&mut vault, owner, &file).unwrap();
    }
    let shown = |vault: &Vault| {
        let record = vault.record().unwrap();
        [record.credits[0].proofs.len(), record.facts[0].proofs.len(), record.holder.documents.len()]
    };
    assert_eq!(shown(&vault), [1, 1, 1]);
    for owner in [Owner::Credit("c1"), Owner::Fact("f1"), Owner::Holder] {
        vault.transact(Op::Detach, now(), |change| change.detach(owner, PDF_SHA256)).unwrap();
        let again = vault.transact(Op::Detach, now(), |change| change.detach(owner, PDF_SHA256));
        assert_eq!(again, Err(Error::NotFound { what: "proof", id: PDF_SHA256.into() }));
    }
    assert_eq!(shown(&vault), [0, 0, 0]);
    assert!(vault.original_path(PDF_SHA256).unwrap().is_some(), "the original stays");
    let nobody = attach(&mut vault, Owner::Credit("c9"), &file);
    assert_eq!(nobody, Err(Error::NotFound { what: "credit", id: "c9".into() }));
}

#[test]
fn what_a_proof_shows_is_changed_in_one_operation_that_can_be_taken_back() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    for owner in [Owner::Credit("c1"), Owner::Holder] {
        attach(&mut vault, owner, &desk.file("a.pdf", PDF)).unwrap();
        let role = |vault: &Vault| {
            let record = vault.record().unwrap();
            let proofs =
                if owner == Owner::Holder { record.holder.documents } else { record.credits[0].proofs.clone() };
            proofs[0].role
        };
        vault.transact(Op::SetRole, now(), |change| change.set_role(owner, PDF_SHA256, ProofRole::Letter)).unwrap();
        assert_eq!(role(&vault), ProofRole::Letter);
        assert_eq!(vault.undo(now()).unwrap().op, Op::SetRole);
        assert_eq!(role(&vault), ProofRole::Certificate);
        let before = vault.history(99).unwrap().len();
        let same = ProofRole::Certificate;
        vault.transact(Op::SetRole, now(), |change| change.set_role(owner, PDF_SHA256, same)).unwrap();
        assert_eq!(vault.history(99).unwrap().len(), before, "what it showed already is no change");
    }
    let other = "0".repeat(64);
    let nothing =
        vault.transact(Op::SetRole, now(), |change| change.set_role(Owner::Credit("c1"), &other, ProofRole::Letter));
    assert_eq!(nothing, Err(Error::NotFound { what: "proof", id: other.clone() }));
}

#[test]
fn a_credit_keeps_its_proofs_through_edits_trash_and_restoring() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    attach(&mut vault, Owner::Credit("c1"), &desk.file("a.pdf", PDF)).unwrap();
    let mut edited = vault.credit("c1").unwrap();
    edited.title = "Drawing order".into();
    vault.transact(Op::EditCredit, now(), |change| change.put_credit(&edited)).unwrap();
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c1")).unwrap();
    assert_eq!(vault.removed().unwrap(), [edited.clone()]);
    vault.transact(Op::RestoreCredit, now(), |change| change.restore_credit("c1")).unwrap();
    assert_eq!(vault.credit("c1").unwrap(), edited);
}
