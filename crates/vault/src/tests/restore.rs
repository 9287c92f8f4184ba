//! Restoring.

use std::fs;

use domain::{Credit, Holder};
use rusqlite::Connection;

use super::{Desk, add, attach, contents, credential, credit, holder, now, overwrite};
use crate::{DamageKind, Error, Key, Op, Reason, Source, Vault};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

fn restore(desk: &Desk, source: &Source) -> Result<crate::Restored, Error> {
    Vault::restore(&desk.folder(), source, now(), &mut |_, _| true)
}

fn preview(desk: &Desk, source: &Source) -> Result<crate::Restored, Error> {
    Vault::preview_restore(&desk.folder(), source, now(), &mut |_, _| true)
}

fn ids(touched: &[crate::Touched]) -> Vec<&str> {
    touched.iter().map(|touched| touched.id.as_str()).collect()
}

/// A vault with c1 and its certificate, and a backup of it; then c1 is changed, c2 added and the certificate lost.
fn changed_since_its_backup(desk: &Desk) -> (Vault, Source) {
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let original = attach(desk, &mut vault, "c1", PDF);
    let source = Source::from(&vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().backup);
    let edited = Credit { title: "Edited".to_owned(), ..vault.credit("c1").unwrap() };
    vault.transact(Op::EditCredit, now(), |change| change.put_credit(&edited)).unwrap();
    add(&mut vault, &Credit { title: "Later".to_owned(), ..credit("c2") });
    fs::remove_file(vault.original_path(&original.sha256).unwrap().unwrap()).unwrap();
    (vault, source)
}

#[test]
fn a_preview_says_what_would_change_and_changes_nothing() {
    let desk = Desk::new();
    let (mut vault, source) = changed_since_its_backup(&desk);
    vault.transact(Op::AddCredential, now(), |change| change.put_credential(&credential("cma"))).unwrap();
    let before = contents(&desk.folder());
    let told = preview(&desk, &source).unwrap();
    assert_eq!(told.at, Some(now()));
    assert_eq!((ids(&told.added), ids(&told.changed), ids(&told.removed)), (vec![], vec!["c1"], vec!["cma", "c2"]));
    assert_eq!(told.removed[1].title.as_deref(), Some("Later"));
    assert_eq!((told.brought_back.len(), told.refused.len(), told.missing.len()), (1, 0, 0));
    let database = |(path, _): &(std::path::PathBuf, Vec<u8>)| !path.to_string_lossy().contains("recert.db-");
    let unchanged = |all: Vec<(std::path::PathBuf, Vec<u8>)>| all.into_iter().filter(database).collect::<Vec<_>>();
    assert!(unchanged(contents(&desk.folder())) == unchanged(before));
}

/// Something long, and why it ended.
type Work<'w> = &'w dyn Fn(crate::Progress<'_>) -> Option<Error>;

#[test]
fn what_is_stopped_leaves_the_record_as_it_is() {
    let desk = Desk::new();
    let (vault, source) = changed_since_its_backup(&desk);
    let file = desk.root.path().join("packed.recert");
    vault.pack(&file, None, now(), &mut |_, _| true).unwrap();
    let before = (vault.record().unwrap(), vault.history(99).unwrap().len());
    let folder = desk.folder();
    let works: [(&str, Work<'_>); 6] = [
        ("preview", &|go| Vault::preview_restore(&folder, &source, now(), go).err()),
        ("restore", &|go| Vault::restore(&folder, &source, now(), go).err()),
        ("unpack", &|go| Vault::unpack(&folder, &file, Key::default(), go).err()),
        ("verify", &|go| vault.verify(go).err()),
        ("back up", &|go| vault.back_up(Reason::Asked, now(), go).err()),
        ("pack", &|go| vault.pack(&desk.root.path().join("stopped.recert"), None, now(), go).err()),
    ];
    // So that a backup has something to copy.
    fs::remove_dir_all(folder.join("backups/originals")).unwrap();
    for (name, work) in works {
        let mut told = 0;
        let stopped = work(&mut |_, _| {
            told += 1;
            false
        });
        assert_eq!(stopped, Some(Error::Stopped), "{name}");
        assert_eq!(told, 1, "{name}: what is stopped goes no further");
        assert_eq!((vault.record().unwrap(), vault.history(99).unwrap().len()), before, "{name}");
    }
    assert!(!desk.root.path().join("stopped.recert").exists());
    assert_eq!(crate::passing::left_in(&folder), Vec::<std::path::PathBuf>::new());
    assert_eq!(crate::passing::left_in(&folder.join("backups")), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_restore_brings_back_the_record_and_its_originals_and_names_the_way_back() {
    let desk = Desk::new();
    let (vault, source) = changed_since_its_backup(&desk);
    let before = vault.record().unwrap();
    let restored = restore(&desk, &source).unwrap();
    assert_eq!(vault.record().unwrap().credits[0].title, "Order of Draw", "an open vault sees it at once");
    assert_eq!(vault.record().unwrap().credits.len(), 1);
    assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);

    let way_back = restored.way_back.unwrap();
    assert_eq!(way_back.reason, Reason::Restore);
    restore(&desk, &Source::from(&way_back)).unwrap();
    assert_eq!(vault.record().unwrap(), before);
}

#[test]
fn a_restore_is_told_in_the_history_and_not_taken_back_by_undo() {
    let desk = Desk::new();
    let (mut vault, source) = changed_since_its_backup(&desk);
    restore(&desk, &source).unwrap();
    assert_eq!(vault.history(1).unwrap()[0].op, Op::Restore);
    assert_eq!(vault.undo(now()), Err(Error::NothingToUndo));
    assert_eq!(vault.redo(now()), Err(Error::NothingToRedo));
}

#[test]
fn an_id_that_was_given_since_the_backup_is_not_given_again() {
    let desk = Desk::new();
    let mut vault = desk.create();
    let source = Source::from(&vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().backup);
    let next = |vault: &mut Vault| {
        let id = vault.transact(Op::AddCredit, now(), |change| {
            let id = change.next_id("c")?;
            change.put_credit(&credit(&id))?;
            Ok(id)
        });
        id.unwrap()
    };
    assert_eq!(next(&mut vault), "c1");
    restore(&desk, &source).unwrap();
    assert_eq!(next(&mut vault), "c2");
}

#[test]
fn originals_that_are_here_stay_whatever_the_backup_knows() {
    let desk = Desk::new();
    let (mut vault, source) = changed_since_its_backup(&desk);
    let later = attach(&desk, &mut vault, "c2", b"%PDF-1.7 later");
    let path = vault.original_path(&later.sha256).unwrap().unwrap();
    restore(&desk, &source).unwrap();
    assert!(path.exists());
}

#[test]
fn an_original_with_other_bytes_in_the_backup_is_refused_by_name_and_the_rest_is_restored() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let all = [&b"%PDF-1.7 a"[..], b"%PDF-1.7 b", b"%PDF-1.7 c"].map(|bytes| attach(&desk, &mut vault, "c1", bytes));
    let source = Source::from(&vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().backup);
    let inside =
        |sha256: &str, root: &str| desk.folder().join(format!("{root}originals/{}/{sha256}.pdf", &sha256[..2]));
    for original in &all {
        fs::remove_file(inside(&original.sha256, "")).unwrap();
    }
    overwrite(&inside(&all[0].sha256, "backups/"), b"%PDF-1.7 A");
    fs::remove_file(inside(&all[1].sha256, "backups/")).unwrap();
    for told in [preview(&desk, &source).unwrap(), restore(&desk, &source).unwrap()] {
        assert_eq!(told.refused, [all[0].sha256.to_string()]);
        assert_eq!(told.missing, [all[1].sha256.to_string()]);
        assert_eq!(told.brought_back, [inside(&all[2].sha256, "").strip_prefix(desk.folder()).unwrap()]);
    }
    assert!(!inside(&all[0].sha256, "").exists() && inside(&all[2].sha256, "").exists());
}

#[test]
fn a_damaged_record_is_set_aside_and_restored_over() {
    for damage in [&b"not a database"[..], b"", b"page"] {
        let desk = Desk::new();
        let (vault, source) = changed_since_its_backup(&desk);
        drop(vault);
        let mut bytes = fs::read(desk.database()).unwrap();
        if damage == b"page" {
            bytes[4096..8192].fill(0xa5);
        } else {
            bytes = damage.to_vec();
        }
        fs::write(desk.database(), &bytes).unwrap();
        let restored = restore(&desk, &source).unwrap();
        let aside = restored.set_aside.unwrap();
        assert_eq!(aside, desk.folder().join("recert-set-aside-1.db"));
        assert!(fs::read(aside).unwrap() == bytes, "it is kept as it was");
        let vault = desk.open();
        assert_eq!(vault.record().unwrap().credits.len(), 1);
        assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
    }
}

#[test]
fn a_backup_becomes_a_record_in_an_empty_place() {
    let desk = Desk::new();
    let (_, source) = changed_since_its_backup(&desk);
    let elsewhere = Desk::new();
    let told = preview(&elsewhere, &source).unwrap();
    assert_eq!((ids(&told.added), told.brought_back.len()), (vec!["c1", ""], 1));
    assert!(!elsewhere.folder().exists(), "a preview makes nothing");
    let restored = restore(&elsewhere, &source).unwrap();
    assert_eq!((restored.way_back, restored.set_aside), (None, None));
    let vault = elsewhere.open();
    assert_eq!((vault.record().unwrap().credits.len(), vault.verify(&mut |_, _| true).unwrap().originals), (1, 1));
    assert!(elsewhere.folder().join("README.txt").exists());
}

#[test]
fn a_damaged_backup_is_refused_and_nothing_is_changed() {
    let desk = Desk::new();
    let (vault, source) = changed_since_its_backup(&desk);
    let mut bytes = fs::read(&source.database).unwrap();
    bytes[4096 + 3] ^= 0x40;
    overwrite(&source.database, &bytes);
    let before = vault.record().unwrap();
    let error = restore(&desk, &source).unwrap_err();
    assert!(matches!(&error, Error::BackupDamaged { path, .. } if *path == source.database), "{error:?}");
    assert_eq!(vault.record().unwrap(), before);
    let elsewhere = Desk::new();
    restore(&elsewhere, &source).unwrap_err();
    assert!(!elsewhere.folder().exists(), "a place that was made for it is taken back");
}

#[test]
fn a_backup_of_an_older_schema_is_brought_up_to_date_and_itself_left_as_it_is() {
    let old = super::migration::vault_of_schema(1);
    let source = Source { database: old.database(), folder: old.folder(), called: old.database(), at: None };
    // As a backup has it: without the log that SQLite keeps beside an open database.
    Connection::open(&source.database).unwrap().pragma_update(None, "journal_mode", "DELETE").unwrap();
    let bytes = fs::read(&source.database).unwrap();
    let desk = Desk::new();
    let mut vault = desk.create();
    let restored = restore(&desk, &source).unwrap();
    assert_eq!(restored.at, "2026-01-02T03:04:05Z".parse().ok(), "its last change");
    assert_eq!(vault.record().unwrap().holder.former_names, ["Maria Ruiz"]);
    assert!(fs::read(&source.database).unwrap() == bytes);
    let holder = Holder { born_on: "1990-02-28".parse().ok(), ..holder("Maria") };
    vault.transact(Op::EditHolder, now(), |change| change.set_holder(&holder)).unwrap();
}

#[test]
fn nothing_is_restored_over_a_newer_record_nor_from_a_newer_backup() {
    let desk = Desk::new();
    let (vault, source) = changed_since_its_backup(&desk);
    vault.connection.pragma_update(None, "user_version", 99).unwrap();
    let error = restore(&desk, &source).unwrap_err();
    assert!(matches!(&error, Error::Newer { found: 99, path, .. } if *path == desk.database()), "{error:?}");
    vault
        .connection
        .pragma_update(None, "user_version", u32::try_from(crate::schema::MIGRATIONS.len()).unwrap())
        .unwrap();
    assert_eq!(vault.record().unwrap().credits.len(), 2);

    Connection::open(&source.database).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = restore(&desk, &source).unwrap_err();
    assert!(matches!(&error, Error::Newer { found: 99, path, .. } if *path == source.database), "{error:?}");
}

#[test]
fn another_programs_database_is_never_restored_over() {
    let desk = Desk::new();
    let (_, source) = changed_since_its_backup(&desk);
    let elsewhere = Desk::new();
    fs::create_dir(elsewhere.folder()).unwrap();
    Connection::open(elsewhere.database()).unwrap().execute_batch("CREATE TABLE photo (id)").unwrap();
    assert!(matches!(restore(&elsewhere, &source), Err(Error::NotARecord { .. })));
}

#[test]
fn a_record_whose_tables_are_described_wrongly_is_damaged_and_is_restored_over() {
    for (what, with) in [("about", "abou4"), ("amount TEXT", "amoun4 TEXT"), ("size INTEGER", "siz4 INTEGER")] {
        let desk = Desk::new();
        let (vault, source) = changed_since_its_backup(&desk);
        let sql =
            "UPDATE sqlite_schema SET sql = replace(sql, ?1, ?2) WHERE name IN ('searched', 'credit', 'original')";
        drop(vault);
        let other = Connection::open(desk.database()).unwrap();
        other.pragma_update(None, "writable_schema", true).unwrap();
        assert_eq!(other.execute(sql, [what, with]).unwrap(), 3);
        drop(other);
        let verified = Vault::open(&desk.folder(), now()).and_then(|vault| vault.verify(&mut |_, _| true));
        let noticed = match &verified {
            Ok(verified) => verified.damage.iter().any(|damage| damage.kind == DamageKind::Database),
            Err(error) => matches!(error, Error::Damaged { .. }),
        };
        assert!(noticed, "{verified:?}");
        let restored = restore(&desk, &source).unwrap();
        assert!(restored.set_aside.is_some(), "nothing is lost of what stood there");
        assert_eq!(desk.open().record().unwrap().credits[0].title, "Order of Draw");
    }
}
