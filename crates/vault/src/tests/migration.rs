//! Schemas, older and newer.

use std::fs;

use domain::{Credit, Fact, Holder, ProofRef, ProofRole};
use rusqlite::Connection;

use super::{Desk, add, contents, credential, credit, now};
use crate::schema::MIGRATIONS;
use crate::{DamageKind, Error, Op, Vault};

const NEXT: &str = "ALTER TABLE credit ADD COLUMN colour TEXT";

/// What the first release wrote: rows in every table.
const ROWS_OF_SCHEMA_1: &str = r#"
    PRAGMA application_id = 1382249076;
    PRAGMA user_version = 1;
    PRAGMA journal_mode = WAL;
    INSERT INTO holder VALUES (1, 'Maria Delgado', '["Maria Ruiz"]', '{"aama":"123456"}');
    INSERT INTO credential VALUES (1, 'cma', 'cma-aama', '2021-03-17', NULL, NULL, NULL, '[]');
    INSERT INTO credit (position, id, title, provider, kind, completed_on, amount, unit, awards, split, splits, sessions,
        tags, status) VALUES (1, 'c1', 'Order of Draw', 'Lakeside Institute', 'course', '2024-03-04', '2.0',
        'contact_hour', '[]', '{}', '{}', '[]', '[]', 'completed');
    INSERT INTO fact VALUES (1, 'f1', 'cpr_card', 'BLS', '2025-06-02', '2027-06-30', '1', 'cma');
    INSERT INTO list VALUES ('packs', '[{"schema":"recert.pack/1"}]');
    INSERT INTO original VALUES (replace(hex(zeroblob(32)), '0', 'a'), 'pdf', 'application/pdf', 14, '2026-01-02T03:04:05Z');
    INSERT INTO proof VALUES (1, 'c1', NULL, replace(hex(zeroblob(32)), '0', 'a'), 'a.pdf', 'certificate');
    INSERT INTO operation VALUES (1, 'start', '2026-01-02T03:04:05Z');
    INSERT INTO change VALUES (1, 1, 'holder', '', NULL, '{"name":"Maria Delgado"}');
    INSERT INTO sequence VALUES ('c', 1);
"#;

/// What the next schema had besides.
const ROWS_OF_SCHEMA_2: &str = "
    PRAGMA user_version = 2;
    UPDATE holder SET born_on = '1990-02-28';
    INSERT INTO fact (position, id, kind, title, tag) VALUES (2, 'f2', 'cpr_card', 'BLS', 'bls');
";

/// What the one after it had besides: a credit in the trash, and a change that was taken back.
const ROWS_OF_SCHEMA_3: &str = "
    PRAGMA user_version = 3;
    INSERT INTO credit (position, id, title, kind, awards, split, splits, sessions, tags, status, removed_at)
        VALUES (2, 'c2', 'Order of Lunch', 'course', '[]', '{}', '{}', '[]', '[]', 'completed', '2026-02-03T04:05:06Z');
    INSERT INTO operation (id, kind, at) VALUES (2, 'remove_credit', '2026-02-03T04:05:06Z');
    INSERT INTO change (operation, entity, entity_id, before, position)
        VALUES (2, 'credit', 'c2', '{\"id\":\"c2\",\"title\":\"Order of Lunch\"}', 2);
    INSERT INTO operation (id, kind, at, state) VALUES (3, 'add_credit', '2026-02-04T03:04:05Z', 'undone');
    INSERT INTO operation (id, kind, at, of) VALUES (4, 'undo', '2026-02-04T03:05:05Z', 3);
";

/// And then: what is set for this computer.
const ROWS_OF_SCHEMA_4: &str = r#"
    PRAGMA user_version = 4;
    INSERT INTO setting VALUES ('outside', '{"folder":"/media/stick","last":null}');
"#;

/// And then: what an original says, and the index of the search as it was made then.
const ROWS_OF_SCHEMA_5: &str = "
    PRAGMA user_version = 5;
    UPDATE original SET text = 'in bank of phlebotomy tubes';
    INSERT INTO proof VALUES (2, 'c1', NULL, replace(hex(zeroblob(32)), '0', 'b'), 'back.pdf', 'card_back');
    UPDATE credit SET provider_number = ' 17 ', awards = '[{\"amount\":\"1\",\"unit\":\"contact_hour\",\"number\":\"A1\"}]' WHERE id = 'c1';
    DELETE FROM search;
    INSERT INTO search (rowid, title, provider, numbers, about, tags, name_on_certificate, files, text)
        SELECT * FROM searched;
";

/// And then: what was sent in, and which files were written.
const ROWS_OF_SCHEMA_6: &str = r#"
    PRAGMA user_version = 6;
    INSERT INTO frozen VALUES (replace(hex(zeroblob(32)), '0', 'd'), '{}');
    INSERT INTO submission (position, id, credential, period, sent_on, state, decisions, transcript, frozen)
        VALUES (1, 's1', 'cma', '{"from":"2021-03-17","to":"2026-03-31"}', '2026-01-15', 'sent', '[]',
            replace(hex(zeroblob(32)), '0', 'a'), replace(hex(zeroblob(32)), '0', 'd'));
    INSERT INTO written VALUES (1, replace(hex(zeroblob(32)), '0', 'c'), 'transcript', 'cma', 't.pdf', '2026-01-15T00:00:00Z');
"#;

/// And then: where letters reach her.
const ROWS_OF_SCHEMA_7: &str = r#"
    PRAGMA user_version = 7;
    UPDATE holder SET address = '["12 Harbor Lane"]';
"#;

/// Each release's schema and what it wrote.
const RELEASED: [&str; 7] = [
    ROWS_OF_SCHEMA_1,
    ROWS_OF_SCHEMA_2,
    ROWS_OF_SCHEMA_3,
    ROWS_OF_SCHEMA_4,
    ROWS_OF_SCHEMA_5,
    ROWS_OF_SCHEMA_6,
    ROWS_OF_SCHEMA_7,
];

/// A vault as the release with this schema wrote it.
pub(super) fn vault_of_schema(version: usize) -> Desk {
    let desk = Desk::new();
    if version == MIGRATIONS.len() {
        add(&mut desk.create(), &credit("c1"));
        return desk;
    }
    assert!((1..=RELEASED.len()).contains(&version), "keep what the release with this schema wrote as a fixture");
    fs::create_dir(desk.folder()).unwrap();
    let connection = Connection::open(desk.database()).unwrap();
    for (schema, rows) in MIGRATIONS.iter().zip(RELEASED).take(version) {
        connection.execute_batch(schema).unwrap();
        connection.execute_batch(rows).unwrap();
    }
    desk
}

fn latest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap()
}

fn next() -> Vec<&'static str> {
    [MIGRATIONS, &[NEXT]].concat()
}

#[test]
fn the_schema_changes_only_on_purpose() {
    let desk = Desk::new();
    let vault = desk.create();
    // The tables that the full-text index keeps for itself are SQLite's affair.
    let sql = "SELECT sql FROM sqlite_schema JOIN pragma_table_list AS t ON t.schema = 'main' AND t.name = tbl_name \
               WHERE sql IS NOT NULL AND t.type <> 'shadow' ORDER BY sqlite_schema.type DESC, sqlite_schema.name";
    let statements = crate::rows::collect(&vault.connection, sql, &[], |row| row.get::<_, String>(0)).unwrap();
    insta::assert_snapshot!(statements.join(";\n\n"));
}

#[test]
fn every_table_is_strict() {
    let desk = Desk::new();
    let vault = desk.create();
    let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%' \
               AND type = 'table'";
    assert_eq!(crate::rows::collect(&vault.connection, sql, &[], |row| row.get::<_, String>(0)).unwrap(), [""; 0]);
}

#[test]
fn a_vault_of_this_schema_opens_and_nothing_is_copied() {
    let desk = vault_of_schema(MIGRATIONS.len());
    assert_eq!(desk.open().record().unwrap().credits, [credit("c1")]);
    assert!(!desk.folder().join("backups").exists());
}

#[test]
fn a_vault_of_schema_1_keeps_everything_and_takes_what_is_new() {
    let desk = vault_of_schema(1);
    let mut vault = desk.open();
    assert_eq!(crate::schema::version(&vault.connection).unwrap(), latest());
    let record = vault.record().unwrap();
    assert_eq!(record.holder.former_names, ["Maria Ruiz"]);
    assert_eq!((record.holder.born_on, &record.facts[0].tag), (None, &None), "not known before");
    assert_eq!(record.credentials, [credential("cma")]);
    let shown = ProofRef { sha256: "a".repeat(64), name: "a.pdf".to_owned(), role: ProofRole::Certificate };
    assert_eq!(record.credits, [Credit { proofs: vec![shown], ..credit("c1") }]);
    assert_eq!(record.facts[0].title.as_deref(), Some("BLS"));
    assert_eq!(record.packs.len(), 1);

    let holder = Holder { born_on: "1990-02-28".parse().ok(), ..record.holder };
    let fact = Fact { tag: Some("bls".to_owned()), ..record.facts[0].clone() };
    vault
        .transact(Op::EditHolder, now(), |change| {
            change.set_holder(&holder)?;
            change.put_fact(&fact)?;
            assert_eq!(change.next_id("c")?, "c2", "the history is still known");
            Ok(())
        })
        .unwrap();
    let record = desk.open().record().unwrap();
    assert_eq!((record.holder, record.facts), (holder, vec![fact]));
}

#[test]
fn a_vault_of_schema_2_keeps_everything_and_nothing_before_the_change_can_be_undone() {
    let desk = vault_of_schema(2);
    let mut vault = desk.open();
    let record = vault.record().unwrap();
    assert_eq!((record.holder.born_on, record.facts[1].tag.as_deref()), ("1990-02-28".parse().ok(), Some("bls")));
    assert_eq!(vault.undo(now()), Err(Error::NothingToUndo));
    add(&mut vault, &credit("c2"));
    assert_eq!(vault.undo(now()).map(|done| done.op), Ok(Op::AddCredit));
    assert_eq!(vault.undo(now()), Err(Error::NothingToUndo));
    assert_eq!(vault.record().unwrap(), record);
}

#[test]
fn a_vault_of_schema_3_keeps_everything_and_takes_settings() {
    let desk = vault_of_schema(3);
    let vault = desk.open();
    assert_eq!((vault.record().unwrap().facts.len(), vault.history(9).unwrap().len()), (2, 5));
    assert_eq!(vault.outside(&desk.computer()), Ok(None));
    assert_eq!(Vault::backups_in(&desk.folder()).unwrap().len(), 1, "it was backed up before");
}

#[test]
fn a_vault_of_schema_6_keeps_what_was_sent_and_written_and_takes_an_address() {
    let desk = vault_of_schema(6);
    let mut vault = desk.open();
    assert_eq!(vault.submissions().unwrap().len(), 1);
    assert_eq!(vault.written(&"c".repeat(64)).unwrap().map(|file| file.name).as_deref(), Some("t.pdf"));
    let holder = vault.record().unwrap().holder;
    assert_eq!(holder.address, [""; 0], "not known before");
    let moved = Holder { address: vec!["12 Harbor Lane".to_owned(), "Duluth, MN 55802".to_owned()], ..holder };
    vault.transact(Op::EditHolder, now(), |change| change.set_holder(&moved)).unwrap();
    assert_eq!(desk.open().record().unwrap().holder, moved);
}

#[test]
fn a_vault_of_schema_7_keeps_the_address_and_its_originals_are_counted_once() {
    let desk = vault_of_schema(7);
    let mut vault = desk.open();
    assert_eq!(vault.record().unwrap().holder.address, ["12 Harbor Lane"]);
    let original = "a".repeat(64);
    assert_eq!(vault.uncounted(), Ok(vec![original.clone()]));
    for pages in [None, Some(3)] {
        vault.keep_page_counts(&[(original.clone(), pages)]).unwrap();
        assert_eq!(vault.uncounted(), Ok(vec![]));
        let known = pages.map(|pages| (original.clone(), pages));
        assert_eq!(vault.page_counts(), Ok(known.into_iter().collect()));
    }
}

#[test]
fn a_vault_of_schema_3_can_be_searched_at_once_without_its_trash() {
    let desk = vault_of_schema(3);
    let mut vault = desk.open();
    let found =
        |vault: &Vault| vault.search("order").unwrap().into_iter().map(|found| found.credit.id).collect::<Vec<_>>();
    assert_eq!(found(&vault), ["c1"]);
    vault.transact(Op::RestoreCredit, now(), |change| change.restore_credit("c2")).unwrap();
    assert_eq!(found(&vault).len(), 2);
    assert_eq!(
        vault
            .verify(&mut |_, _| true)
            .unwrap()
            .damage
            .iter()
            .filter(|damage| damage.kind == DamageKind::Search)
            .count(),
        0
    );
}

#[test]
fn a_vault_of_schema_4_asks_whether_copies_still_go_where_they_went() {
    let desk = vault_of_schema(4);
    let vault = desk.open();
    assert_eq!(vault.outside(&desk.computer()), Ok(None));
    let former = vault.former_outside(&desk.computer()).unwrap();
    assert_eq!(former.map(|former| former.folder), Some("/media/stick".into()));
}

#[test]
fn a_vault_of_schema_5_is_searched_as_before_and_takes_submissions() {
    let desk = vault_of_schema(5);
    let vault = desk.open();
    assert_eq!(vault.record().unwrap().credits[0].proofs.len(), 2);
    for word in ["phlebotomy", "back", "17", "A1"] {
        assert_eq!(vault.search(word).unwrap().len(), 1, "{word}");
    }
    assert!(crate::search::in_step(&vault.connection).unwrap());
    assert_eq!(vault.submissions(), Ok(vec![]));
}

/// SQLite knows strict tables since 3.37; `concat_ws` and an order within `group_concat` came with 3.44.
#[test]
fn nothing_in_the_schema_needs_a_newer_sqlite_than_its_strict_tables_do() {
    let desk = Desk::new();
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL";
    let schema = crate::rows::collect(&desk.create().connection, sql, &[], |row| row.get::<_, String>(0)).unwrap();
    for sql in schema {
        let of_a_list = sql
            .split("group_concat(")
            .skip(1)
            .any(|list| list.split_once(')').is_some_and(|(list, _)| list.contains("ORDER BY")));
        assert!(!of_a_list && !sql.contains("concat_ws") && !sql.contains("->>"), "{sql}");
    }
}

#[test]
fn an_older_vault_is_copied_whole_and_then_brought_up_to_date() {
    let desk = vault_of_schema(MIGRATIONS.len());
    let vault = Vault::open_with(&desk.folder(), now(), &next()).unwrap();
    assert_eq!(crate::schema::version(&vault.connection).unwrap(), latest() + 1);
    vault.connection.execute("UPDATE credit SET colour = 'blue'", ()).unwrap();
    assert_eq!(vault.record().unwrap().credits, [credit("c1")]);

    let copy = desk.folder().join("backups/recert-20260304T170509Z-migration.db");
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
    fs::write(backups.join("recert-20260304T170509Z-migration.db"), "an earlier copy").unwrap();
    desk.open();
    assert!(backups.join("recert-20260304T170509Z-migration-2.db").exists());
    let first = fs::read(backups.join("recert-20260304T170509Z-migration.db")).unwrap();
    assert_eq!(first, b"an earlier copy");
}

#[test]
fn a_migration_that_fails_half_way_leaves_the_old_record_intact() {
    let desk = vault_of_schema(MIGRATIONS.len());
    let broken =
        [MIGRATIONS, &["ALTER TABLE credit ADD COLUMN colour TEXT; DROP TABLE holder; SELECT nonsense"]].concat();
    Vault::open_with(&desk.folder(), now(), &broken).unwrap_err();
    let vault = desk.open();
    assert_eq!(vault.record().unwrap().credits, [credit("c1")]);
    assert_eq!(vault.record().unwrap().holder.name, "Maria Delgado");
}

#[test]
fn a_newer_vault_is_refused_untouched_with_both_versions_named() {
    let desk = vault_of_schema(MIGRATIONS.len());
    drop(Vault::open_with(&desk.folder(), now(), &next()).unwrap());
    let before = contents(&desk.folder());
    let error = Vault::open(&desk.folder(), now()).unwrap_err();
    assert_eq!(error, Error::Newer { path: desk.database(), found: latest() + 1, supported: latest() });
    assert!(
        error.to_string().contains(&format!("data version {}, this one reads up to {}", latest() + 1, latest())),
        "{error}"
    );
    assert_eq!(contents(&desk.folder()), before);
}

#[test]
fn a_newer_vault_whose_last_writes_are_still_in_the_log_is_refused_too() {
    let desk = vault_of_schema(MIGRATIONS.len());
    let newer = Connection::open(desk.database()).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Vault::open(&desk.folder(), now()), Err(Error::Newer { found: 99, .. })));
}

#[test]
fn the_data_model_document_names_every_table_and_column_and_its_examples_run() {
    let document = include_str!("../../../../docs/data-model.md");
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let sql = "SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_info(t.name) c \
               WHERE t.schema = 'main' AND t.type <> 'shadow' AND t.name NOT LIKE 'sqlite_%'";
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
