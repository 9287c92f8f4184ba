//! Schemas, older and newer.

use std::fs;

use rusqlite::Connection;

use super::{Desk, add, contents, credit, now};
use crate::schema::MIGRATIONS;
use crate::{Error, Vault};

const NEXT: &str = "ALTER TABLE credit ADD COLUMN colour TEXT";

/// A vault as the release with this schema wrote it.
fn vault_of_schema(version: usize) -> Desk {
    assert_eq!(version, MIGRATIONS.len(), "keep the code that wrote this schema's rows as a fixture");
    let desk = Desk::new();
    add(&mut desk.create(), &credit("c1"));
    desk
}

fn next() -> Vec<&'static str> {
    [MIGRATIONS, &[NEXT]].concat()
}

#[test]
fn the_schema_changes_only_on_purpose() {
    let desk = Desk::new();
    let vault = desk.create();
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name";
    let statements = crate::rows::collect(&vault.connection, sql, &[], |row| row.get::<_, String>(0)).unwrap();
    insta::assert_snapshot!(statements.join(";\n\n"));
}

#[test]
fn every_table_is_strict() {
    let desk = Desk::new();
    let vault = desk.create();
    let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%'";
    assert_eq!(crate::rows::collect(&vault.connection, sql, &[], |row| row.get::<_, String>(0)).unwrap(), [""; 0]);
}

#[test]
fn a_vault_of_schema_1_opens() {
    let vault = vault_of_schema(1).open();
    assert_eq!(vault.record().unwrap().credits, [credit("c1")]);
    assert!(!vault.folder().join("backups").exists(), "nothing changes, so nothing is copied");
}

#[test]
fn an_older_vault_is_copied_whole_and_then_brought_up_to_date() {
    let desk = vault_of_schema(1);
    let vault = Vault::open_with(&desk.folder(), now(), &next()).unwrap();
    assert_eq!(crate::schema::version(&vault.connection).unwrap(), 2);
    vault.connection.execute("UPDATE credit SET colour = 'blue'", ()).unwrap();
    assert_eq!(vault.record().unwrap().credits, [credit("c1")]);

    let copy = desk.folder().join("backups/recert-version-1-20260304T170509Z.db");
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&copy).unwrap().permissions()) & 0o777,
        0o600,
        "the copy is as private as the record"
    );
    let restored = Desk::new();
    fs::create_dir(restored.folder()).unwrap();
    fs::copy(copy, restored.database()).unwrap();
    assert_eq!(restored.open().record().unwrap(), vault.record().unwrap());
}

#[test]
fn a_second_copy_of_the_same_second_takes_another_name() {
    let desk = vault_of_schema(1);
    let backups = desk.folder().join("backups");
    fs::create_dir(&backups).unwrap();
    fs::write(backups.join("recert-version-1-20260304T170509Z.db"), "an earlier copy").unwrap();
    Vault::open_with(&desk.folder(), now(), &next()).unwrap();
    assert!(backups.join("recert-version-1-20260304T170509Z-2.db").exists());
    let first = fs::read(backups.join("recert-version-1-20260304T170509Z.db")).unwrap();
    assert_eq!(first, b"an earlier copy");
}

#[test]
fn a_migration_that_fails_half_way_leaves_the_old_record_intact() {
    let desk = vault_of_schema(1);
    let broken =
        [MIGRATIONS, &["ALTER TABLE credit ADD COLUMN colour TEXT; DROP TABLE holder; SELECT nonsense"]].concat();
    Vault::open_with(&desk.folder(), now(), &broken).unwrap_err();
    let vault = desk.open();
    assert_eq!(vault.record().unwrap().credits, [credit("c1")]);
    assert_eq!(vault.record().unwrap().holder.name, "Maria Delgado");
}

#[test]
fn a_newer_vault_is_refused_untouched_with_both_versions_named() {
    let desk = vault_of_schema(1);
    drop(Vault::open_with(&desk.folder(), now(), &next()).unwrap());
    let before = contents(&desk.folder());
    let error = Vault::open(&desk.folder(), now()).unwrap_err();
    assert_eq!(error, Error::Newer { path: desk.database(), found: 2, supported: 1 });
    assert!(error.to_string().contains("data version 2, this one reads up to 1"), "{error}");
    assert_eq!(contents(&desk.folder()), before);
}

#[test]
fn a_newer_vault_whose_last_writes_are_still_in_the_log_is_refused_too() {
    let desk = vault_of_schema(1);
    let newer = Connection::open(desk.database()).unwrap();
    newer.pragma_update(None, "user_version", 9).unwrap();
    assert!(matches!(Vault::open(&desk.folder(), now()), Err(Error::Newer { found: 9, supported: 1, .. })));
}

#[test]
fn the_data_model_document_names_every_table_and_column_and_its_examples_run() {
    let document = include_str!("../../../../docs/data-model.md");
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let sql = "SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_info(t.name) c \
               WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%'";
    let columns = crate::rows::collect(&vault.connection, sql, &[], |row| row.get::<_, String>(0)).unwrap();
    assert!(columns.len() > 50, "only {columns:?} were found");
    for column in columns {
        let (table, name) = column.split_once('.').unwrap();
        assert!(document.contains(&format!("`{table}`")), "table {table} is not in docs/data-model.md");
        // Keys that rows of the history are joined by explain themselves in the example.
        if !matches!(column.as_str(), "operation.id" | "change.id") {
            assert!(document.contains(&format!("`{name}`")), "column {column} is not in docs/data-model.md");
        }
    }
    let examples = document.split("```sql\n").nth(1).unwrap().split("```").next().unwrap();
    let mut run = 0;
    for example in examples.split_inclusive(';').filter(|example| example.contains("SELECT")) {
        let rows = crate::rows::collect(&vault.connection, example, &[], |_| Ok(()));
        rows.unwrap_or_else(|error| panic!("{error} in {example}"));
        run += 1;
    }
    assert_eq!(run, 4);
}
