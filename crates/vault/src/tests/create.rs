//! Starting and opening.

use std::fs;

use rusqlite::Connection;

use super::{Desk, add, contents, credit, holder, now};
use crate::{Error, Op, Vault};

#[test]
fn a_new_vault_holds_its_holder_and_tells_a_person_what_it_is() {
    let desk = Desk::new();
    let vault = desk.create();
    assert_eq!(vault.record().unwrap().holder, holder("Maria Delgado"));
    assert_eq!(vault.folder(), desk.folder());
    assert_eq!(vault.set_aside(), None);
    assert!(fs::read_to_string(desk.folder().join("README.txt")).unwrap().contains("Recert"));
    let mut names: Vec<_> =
        fs::read_dir(desk.folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(
        names,
        [".lock", "README.txt", "recert.db", "recert.db-shm", "recert.db-wal"],
        "no folder before its first file"
    );
}

#[test]
fn what_was_acknowledged_is_there_when_the_vault_is_opened_again() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    drop(vault);
    assert_eq!(desk.open().record().unwrap().credits, [credit("c1")]);
}

#[test]
fn the_database_is_set_up_to_lose_nothing() {
    let desk = Desk::new();
    let vault = desk.create();
    let ask = |pragma: &str| {
        let text = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
        format!("{:?}", vault.connection.query_row(&format!("PRAGMA {pragma}"), (), text).unwrap())
    };
    assert_eq!(ask("journal_mode"), "Text(\"wal\")");
    assert_eq!(ask("synchronous"), "Integer(2)", "2 is FULL");
    assert_eq!(ask("foreign_keys"), "Integer(1)");
    assert_eq!(ask("busy_timeout"), "Integer(5000)");
    assert_eq!(ask("application_id"), format!("Integer({})", 0x5263_7274));
    assert_eq!(ask("user_version"), format!("Integer({})", crate::schema::MIGRATIONS.len()));
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_computer_can_look_into_it() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let mut vault = desk.create();
    let original = vault.store_original(&desk.file("card.pdf", b"%PDF-1.7")).unwrap();
    add(&mut vault, &credit("c1"));
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let shelf = desk.folder().join("originals").join(&original.sha256[..2]);
    for folder in [&desk.folder(), &desk.folder().join("originals"), &shelf] {
        assert_eq!(mode(folder), 0o700, "{}", folder.display());
    }
    for (file, _) in contents(&desk.folder()) {
        let expected = if file.starts_with(desk.folder().join("originals")) { 0o400 } else { 0o600 };
        assert_eq!(mode(&file), expected, "{}", file.display());
    }
}

#[test]
fn a_second_start_in_the_same_folder_is_refused_and_changes_nothing() {
    let desk = Desk::new();
    add(&mut desk.create(), &credit("c1"));
    let before = contents(&desk.folder());
    let error = Vault::create(&desk.folder(), &holder("Somebody Else"), now()).unwrap_err();
    assert_eq!(error, Error::Exists { folder: desk.folder() });
    assert_eq!(contents(&desk.folder()), before);
}

#[test]
fn a_folder_without_a_record_is_said_to_have_none() {
    let desk = Desk::new();
    assert_eq!(Vault::open(&desk.folder(), now()).unwrap_err(), Error::Missing { folder: desk.folder() });
    assert!(!desk.folder().exists(), "opening makes nothing");
}

#[test]
fn what_is_no_database_is_not_opened_and_not_touched() {
    for bytes in [&b""[..], b"shopping list", &[0; 4096], b"SQLite format 3\0 and no more"] {
        let desk = Desk::new();
        fs::create_dir(desk.folder()).unwrap();
        fs::write(desk.database(), bytes).unwrap();
        let error = Vault::open(&desk.folder(), now()).unwrap_err();
        assert_eq!(error, Error::NotARecord { path: desk.database(), reason: "it is not a database" });
        assert_eq!(contents(&desk.folder()), [(desk.database(), bytes.to_vec())]);
    }
}

#[test]
fn what_is_no_database_is_set_aside_by_a_new_start_and_never_lost() {
    let desk = Desk::new();
    fs::create_dir(desk.folder()).unwrap();
    for (number, bytes) in [(1, "first"), (2, "second")] {
        fs::write(desk.database(), bytes).unwrap();
        fs::write(desk.folder().join("recert.db-wal"), "its companion").unwrap();
        let vault = Vault::create(&desk.folder(), &holder("Maria Delgado"), now()).unwrap();
        let aside = desk.folder().join(format!("recert-set-aside-{number}.db"));
        assert_eq!(vault.set_aside(), Some(&*aside));
        assert_eq!(fs::read_to_string(&aside).unwrap(), bytes);
        let companion = desk.folder().join(format!("recert-set-aside-{number}.db-wal"));
        assert_eq!(fs::read_to_string(companion).unwrap(), "its companion");
        assert_eq!(vault.record().unwrap().holder.name, "Maria Delgado");
        drop(vault);
        fs::remove_file(desk.database()).unwrap();
    }
    assert_eq!(fs::read_to_string(desk.folder().join("recert-set-aside-1.db")).unwrap(), "first");
}

#[test]
fn the_log_of_a_record_that_is_gone_never_runs_into_a_new_one() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let log = fs::read(desk.folder().join("recert.db-wal")).unwrap();
    drop(vault);
    fs::remove_file(desk.database()).unwrap();
    fs::write(desk.folder().join("recert.db-wal"), &log).unwrap();
    let vault = desk.create();
    assert_eq!(vault.record().unwrap().credits, []);
    assert_eq!(fs::read(desk.folder().join("recert-set-aside-1.db-wal")).unwrap(), log);
}

#[test]
fn a_record_damaged_beyond_reading_is_set_aside_by_a_new_start() {
    let desk = Desk::new();
    drop(desk.create());
    let mut bytes = fs::read(desk.database()).unwrap();
    bytes[100..].fill(0x5a);
    fs::write(desk.database(), &bytes).unwrap();
    let vault = desk.create();
    assert_eq!(fs::read(vault.set_aside().unwrap()).unwrap(), bytes);
}

#[test]
fn another_programs_database_is_refused_untouched_by_opening_and_by_starting() {
    let desk = Desk::new();
    fs::create_dir(desk.folder()).unwrap();
    let other = Connection::open(desk.database()).unwrap();
    other.execute_batch("PRAGMA application_id = 7; CREATE TABLE recipe (name TEXT)").unwrap();
    other.close().unwrap();
    let before = contents(&desk.folder());
    for error in [
        Vault::open(&desk.folder(), now()).unwrap_err(),
        Vault::create(&desk.folder(), &holder("Maria Delgado"), now()).unwrap_err(),
    ] {
        assert_eq!(error, Error::NotARecord { path: desk.database(), reason: "it is another program's database" });
    }
    assert_eq!(contents(&desk.folder()), before);
}

#[test]
fn a_start_that_fails_leaves_nothing_behind() {
    let desk = Desk::new();
    let error = Vault::create(&desk.folder(), &holder("  "), now()).unwrap_err();
    assert!(matches!(error, Error::Invalid { .. }), "{error:?}");
    assert!(!desk.folder().exists());

    fs::create_dir(desk.folder()).unwrap();
    fs::write(desk.folder().join("README.txt"), "mine").unwrap();
    Vault::create(&desk.folder(), &holder(""), now()).unwrap_err();
    assert_eq!(contents(&desk.folder()), [(desk.folder().join("README.txt"), b"mine".to_vec())]);
}

#[test]
fn a_start_in_a_place_that_is_a_file_is_an_error_that_names_it() {
    let desk = Desk::new();
    let file = desk.file("not a folder", b"");
    let error = Vault::create(&file, &holder("Maria Delgado"), now()).unwrap_err();
    assert!(error.to_string().contains("not a folder"), "{error}");
    assert_eq!(fs::read(&file).unwrap(), b"");
}

#[test]
fn the_command_line_and_the_window_may_write_at_once() {
    let desk = Desk::new();
    drop(desk.create());
    let writers: Vec<_> = ["c", "d"]
        .map(|prefix| {
            let folder = desk.folder();
            std::thread::spawn(move || {
                let mut vault = Vault::open(&folder, now()).unwrap();
                for _ in 0..25 {
                    vault
                        .transact(Op::AddCredit, now(), |change| {
                            let id = change.next_id(prefix)?;
                            change.put_credit(&credit(&id))
                        })
                        .unwrap();
                    vault.record().unwrap();
                }
            })
        })
        .into();
    for writer in writers {
        writer.join().unwrap();
    }
    let vault = desk.open();
    assert_eq!(vault.record().unwrap().credits.len(), 50);
    assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
}

#[test]
fn a_program_that_never_stops_writing_is_reported() {
    let desk = Desk::new();
    let mut vault = desk.create();
    let other = Connection::open(desk.database()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    vault.connection.busy_timeout(std::time::Duration::from_millis(50)).unwrap();
    let error = vault.transact(Op::AddCredit, now(), |change| change.put_credit(&credit("c1"))).unwrap_err();
    assert_eq!(error, Error::Busy { path: desk.database() });
    assert_eq!(vault.record().unwrap().credits, [], "reading goes on meanwhile");
}
