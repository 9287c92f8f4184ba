//! A backup as one file.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Desk, add, attach, credit, now};
use crate::{Error, Key, Original, Unpacked, Vault};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";
const PASSPHRASE: &str = "correct horse battery staple";

/// A vault with a credit and its certificate.
fn vault(desk: &Desk) -> (Vault, Original) {
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let original = attach(desk, &mut vault, "c1", PDF);
    (vault, original)
}

fn pack(desk: &Desk, vault: &Vault, passphrase: Option<&str>) -> PathBuf {
    let file = desk.root.path().join("Maria’s record.recert");
    vault.pack(&file, passphrase, now(), &mut |_, _| true).unwrap();
    file
}

fn unpack(desk: &Desk, file: &Path, passphrase: Option<&str>) -> Result<Unpacked, Error> {
    Vault::unpack(&desk.folder(), file, Key { passphrase, even_if_costly: false }, &mut |_, _| true)
}

/// A zip with these entries.
fn zip(path: &Path, entries: &[(&str, &[u8])], method: CompressionMethod) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn one_file_brings_the_whole_vault_to_another_computer() {
    for passphrase in [None, Some(PASSPHRASE)] {
        let desk = Desk::new();
        let (vault, _) = vault(&desk);
        let file = pack(&desk, &vault, passphrase);
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions()) & 0o777, 0o600);
        let elsewhere = Desk::new();
        let unpacked = unpack(&elsewhere, &file, passphrase).unwrap();
        assert_eq!(unpacked.source.at, Some(now()));
        let restored = Vault::restore(&elsewhere.folder(), &unpacked.source, now(), &mut |_, _| true).unwrap();
        assert_eq!((restored.brought_back.len(), restored.missing.len()), (1, 0));
        let there = elsewhere.open();
        assert_eq!(there.record().unwrap(), vault.record().unwrap());
        assert_eq!(there.verify(&mut |_, _| true).unwrap().damage, []);
    }
}

#[test]
fn a_locked_file_starts_as_the_age_tool_expects_and_shows_nothing_of_the_record() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    let bytes = fs::read(pack(&desk, &vault, Some(PASSPHRASE))).unwrap();
    let head = String::from_utf8_lossy(&bytes[..80]).into_owned();
    let work = head.strip_prefix("age-encryption.org/v1\n-> scrypt ").and_then(|rest| rest.lines().next());
    assert!(work.unwrap().ends_with(" 18"), "2 to the 18th, whatever the computer: {head}");
    assert!(!bytes.windows(13).any(|part| part == b"Order of Draw" || part == b"Maria Delgado"));
}

#[test]
fn a_locked_file_asks_for_its_passphrase_and_says_when_it_is_wrong() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    let file = pack(&desk, &vault, Some(PASSPHRASE));
    for (passphrase, given) in [(None, false), (Some("correct horse"), true), (Some(""), true)] {
        assert_eq!(unpack(&desk, &file, passphrase).unwrap_err(), Error::Locked { file: file.clone(), given });
    }
    let told = Error::Locked { file, given: true }.to_string();
    assert!(told.starts_with("The passphrase does not open “"), "{told}");
}

/// A locked file that asks for so much work. What it locks does not matter, as nobody gets that far.
fn asking_for(desk: &Desk, work: &str) -> PathBuf {
    let salt = "c2FsdHNhbHRzYWx0c2FsdA";
    let (body, mac) = ("QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE");
    let header = format!("age-encryption.org/v1\n-> scrypt {salt} {work}\n{body}\n--- {mac}\n");
    desk.file("locked.recert", &[header.as_bytes(), &[0; 64]].concat())
}

#[test]
fn a_locked_file_that_takes_more_work_than_ours_is_opened_only_if_she_says_so() {
    let desk = Desk::new();
    for (work, wanted) in [("19", 512), ("20", 1024)] {
        let file = asking_for(&desk, work);
        let error = unpack(&desk, &file, Some(PASSPHRASE)).unwrap_err();
        assert_eq!(error, Error::Costly { file, megabytes: wanted });
        let told = error.to_string();
        assert!(told.contains(&format!("about {wanted} MB of memory")) && told.contains("half a minute"), "{told}");
    }
}

#[test]
fn a_locked_file_that_takes_too_much_work_is_refused_whatever_she_says_and_does_none_of_it() {
    let desk = Desk::new();
    for work in ["21", "30", "63", "64", "99", "255"] {
        let file = asking_for(&desk, work);
        for even_if_costly in [false, true] {
            let key = Key { passphrase: Some(PASSPHRASE), even_if_costly };
            let error = Vault::unpack(&desk.folder(), &file, key, &mut |_, _| true).unwrap_err();
            assert!(matches!(error, Error::Refused { .. }), "{work}: {error:?}");
            assert!(error.to_string().contains("more memory and time than any file that Recert made"), "{error}");
        }
    }
    for work in ["", "0", "018", "+18", "256", "4294967314", "18 18", "-1"] {
        let error = unpack(&desk, &asking_for(&desk, work), Some(PASSPHRASE)).unwrap_err();
        assert!(!matches!(error, Error::Locked { .. }), "{work}: {error:?}");
    }
    assert!(!desk.folder().exists());
}

#[test]
fn a_locked_file_whose_header_never_ends_is_not_read_to_its_end() {
    let desk = Desk::new();
    let endless = [b"age-encryption.org/v1\n-> scrypt ".to_vec(), vec![b'A'; 1 << 20]].concat();
    let error = unpack(&desk, &desk.file("endless", &endless), Some(PASSPHRASE)).unwrap_err();
    assert!(matches!(error, Error::BackupDamaged { .. }), "{error:?}");
}

#[test]
fn unpacked_by_another_program_it_is_a_vault() {
    let desk = Desk::new();
    let (vault, original) = vault(&desk);
    let mut zip = zip::ZipArchive::new(File::open(pack(&desk, &vault, None)).unwrap()).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let kept = format!("originals/{}/{}.pdf", &original.sha256[..2], original.sha256);
    assert_eq!(names, ["recert.db", "README.txt", kept.as_str()]);
    let elsewhere = Desk::new();
    zip.extract(elsewhere.folder()).unwrap();
    assert_eq!(elsewhere.open().record().unwrap(), vault.record().unwrap());
    assert_eq!(elsewhere.open().verify(&mut |_, _| true).unwrap().originals, 1);
}

#[test]
fn a_file_that_is_there_is_not_overwritten() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    let file = desk.file("mine.recert", b"something else");
    assert!(matches!(vault.pack(&file, None, now(), &mut |_, _| true), Err(Error::Refused { .. })));
    assert_eq!(fs::read(&file).unwrap(), b"something else");
    assert_eq!(fs::read_dir(desk.root.path()).unwrap().count(), 3, "the vault, a certificate, the file; nothing half");
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let desk = Desk::new();
    let (vault, _) = vault(&desk);
    let file = desk.file("a file", b"in place of a folder").join("backup.recert");
    let error = vault.pack(&file, None, now(), &mut |_, _| true).unwrap_err();
    assert!(error.to_string().contains("backup.recert"), "{error}");
}

#[test]
fn names_that_lead_elsewhere_are_refused_and_nothing_is_written_there() {
    let desk = Desk::new();
    let sha256 = "ab".repeat(32);
    for name in [
        "../evil",
        "/etc/evil",
        "originals/../../evil",
        "originals\\..\\evil",
        &format!("originals/ab/../../{sha256}.pdf"),
        &format!("originals/ac/{sha256}.pdf"),
        &format!("originals/ab/{sha256}.exe"),
        &format!("originals/ab/{sha256}"),
        "recert.db-wal",
        "C:evil",
        "other",
    ] {
        let file = desk.root.path().join("bad.zip");
        zip(&file, &[(name, b"evil")], CompressionMethod::Stored);
        let error = unpack(&desk, &file, None).unwrap_err();
        assert!(matches!(error, Error::Refused { .. }), "{name}: {error:?}");
        assert!(!desk.root.path().join("evil").exists(), "{name}");
    }
}

#[test]
fn what_is_no_backup_is_refused_with_a_reason() {
    let desk = Desk::new();
    let file = desk.root.path().join("some.zip");
    zip(&file, &[], CompressionMethod::Stored);
    assert!(unpack(&desk, &file, None).unwrap_err().to_string().contains("no record in it"));
    zip(&file, &[("recert.db", b"coffee")], CompressionMethod::Stored);
    assert!(unpack(&desk, &file, None).unwrap_err().to_string().contains("not a database"));
    for bytes in [&b""[..], b"coffee", b"PK\x03\x04", b"age-encryption.org/v1\n-> scrypt", b"age-encryption.org/v9\n"] {
        fs::write(&file, bytes).unwrap();
        let error = unpack(&desk, &file, Some(PASSPHRASE)).unwrap_err();
        assert!(matches!(error, Error::BackupDamaged { .. }), "{error:?}");
    }
}

#[test]
fn a_flipped_bit_is_noticed_wherever_it_is() {
    let desk = Desk::new();
    let (vault, original) = vault(&desk);
    for passphrase in [None, Some(PASSPHRASE)] {
        let file = desk.root.path().join(format!("whole {}", passphrase.is_some()));
        vault.pack(&file, passphrase, now(), &mut |_, _| true).unwrap();
        let bytes = fs::read(&file).unwrap();
        let flipped = desk.root.path().join("flipped");
        for part in 1..8 {
            let mut damaged = bytes.clone();
            let place = bytes.len() * part / 8;
            damaged[place] ^= 1;
            fs::write(&flipped, damaged).unwrap();
            if let Ok(unpacked) = unpack(&desk, &flipped, passphrase) {
                let elsewhere = Desk::new();
                let told = Vault::restore(&elsewhere.folder(), &unpacked.source, now(), &mut |_, _| true).unwrap();
                assert!(
                    told.refused == [original.sha256.to_string()] || told.missing == [original.sha256.to_string()],
                    "at {place} of {}, {passphrase:?}: {told:?}",
                    bytes.len()
                );
            }
        }
    }
}

#[test]
fn a_certificate_with_a_flipped_bit_is_refused_by_name_and_the_record_restored() {
    let desk = Desk::new();
    let (vault, original) = vault(&desk);
    let file = pack(&desk, &vault, None);
    let mut bytes = fs::read(&file).unwrap();
    let place = bytes.windows(PDF.len()).rposition(|part| part == PDF).unwrap();
    bytes[place + 9] ^= 1;
    fs::write(&file, bytes).unwrap();
    let unpacked = unpack(&desk, &file, None).unwrap();
    let elsewhere = Desk::new();
    let told = Vault::restore(&elsewhere.folder(), &unpacked.source, now(), &mut |_, _| true).unwrap();
    assert_eq!(told.refused, [original.sha256.to_string()]);
    assert_eq!(elsewhere.open().record().unwrap(), vault.record().unwrap());
}
