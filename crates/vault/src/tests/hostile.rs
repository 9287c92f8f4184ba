//! Vaults and backups that somebody crafted: nothing outside of a vault is written, read, opened or deleted on their word.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use domain::ProofRole;
use rusqlite::Connection;

use super::{Desk, add, attach, contents, credential, credit, now};
use crate::{DamageKind, Error, LeftOut, Op, Owner, Reason, Restored, Source, Stamp, Vault};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

/// A record with a certificate, a card, a submission's neighbours and a credit in the trash, all of it backed up.
fn filled(desk: &Desk) -> (Vault, Source) {
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    add(&mut vault, &credit("c2"));
    vault.transact(Op::AddCredential, now(), |change| change.put_credential(&credential("cma"))).unwrap();
    attach(desk, &mut vault, "c1", PDF);
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c2")).unwrap();
    let source = Source::from(&vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().backup);
    (vault, source)
}

/// Changes a database as somebody could who is not held to any rule of ours.
fn craft(database: &Path, sql: &str) {
    let db = Connection::open(database).unwrap();
    db.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA writable_schema = ON; PRAGMA foreign_keys = OFF;")
        .unwrap();
    db.execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// A crafted backup, and an empty place beside which a canary lies.
struct Trap {
    hers: Desk,
    theirs: Desk,
    source: Source,
}

impl Trap {
    fn new(sql: &str) -> Self {
        let theirs = Desk::new();
        let (vault, source) = filled(&theirs);
        drop(vault);
        let trap = Self { hers: Desk::new(), theirs, source };
        fs::write(trap.canary(), "alive").unwrap();
        craft(&trap.source.database, sql);
        trap
    }

    fn canary(&self) -> PathBuf {
        self.hers.root.path().join("canary.txt")
    }

    fn restore(&self) -> Result<Restored, Error> {
        let before = beside(&self.hers);
        let told = Vault::preview_restore(&self.hers.folder(), &self.source, now(), &mut |_, _| true);
        assert_eq!(beside(&self.hers), before, "a preview writes nothing");
        let done = Vault::restore(&self.hers.folder(), &self.source, now(), &mut |_, _| true);
        assert_eq!(beside(&self.hers), before, "nothing outside of the vault is touched");
        match (&told, &done) {
            (Ok(told), Ok(done)) => assert_eq!(told.left_out, done.left_out, "a preview names what is left out"),
            (told, done) => assert_eq!(told.is_err(), done.is_err()),
        }
        done
    }
}

/// Everything that lies beside a vault.
fn beside(desk: &Desk) -> Vec<(PathBuf, Vec<u8>)> {
    contents(desk.root.path()).into_iter().filter(|(path, _)| !path.starts_with(desk.folder())).collect()
}

fn left_out(restored: &Restored) -> Vec<(&'static str, &str)> {
    restored.left_out.iter().map(|LeftOut { table, name, .. }| (*table, name.as_str())).collect()
}

/// What an attacker would like to be part of a path.
const PATHS: [&str; 10] = [
    "/../../../canary.txt",
    "../canary.txt",
    "desktop",
    "pdf/../../x",
    "PDF",
    "exe",
    "",
    "pdf\u{202e}",
    "pdf ",
    "pdf\\..\\..\\canary.txt",
];

#[test]
fn an_extension_that_is_a_path_is_left_out_and_writes_nothing() {
    for extension in PATHS {
        let trap = Trap::new(&format!("UPDATE original SET extension = '{extension}'"));
        let restored = trap.restore().unwrap();
        assert!(matches!(left_out(&restored)[..], [("original", _)]), "{extension:?}: {:?}", restored.left_out);
        assert!(restored.brought_back.is_empty());
        let vault = trap.hers.open();
        assert_eq!(vault.record().unwrap().credits.len(), 1, "the rest is restored");
        assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
    }
}

#[test]
fn a_hash_that_is_a_path_is_left_out_and_writes_nothing() {
    for hash in ["../../canary.txt", "", "zz", &"A".repeat(64), &format!("../{}", "a".repeat(61))] {
        let sql = format!("UPDATE original SET sha256 = '{hash}'; UPDATE proof SET sha256 = '{hash}'");
        let restored = Trap::new(&sql).restore().unwrap();
        let tables: Vec<_> = left_out(&restored).into_iter().map(|(table, _)| table).collect();
        assert_eq!(tables, ["original", "proof"], "{hash:?}");
    }
}

#[test]
fn a_whole_vault_whose_rows_name_paths_acts_on_none_of_them() {
    for extension in PATHS {
        let desk = Desk::new();
        let (vault, _) = filled(&desk);
        let hash: String = vault.record().unwrap().credits[0].proofs[0].sha256.clone();
        drop(vault);
        fs::write(desk.root.path().join("canary.txt"), "alive").unwrap();
        craft(&desk.database(), &format!("UPDATE original SET extension = '{extension}'"));
        let before = beside(&desk);
        let later: Stamp = "2026-05-04T17:05:09Z".parse().unwrap();
        let vault = Vault::open(&desk.folder(), later).unwrap();
        vault.back_up_if_due(later).unwrap();
        assert_eq!(vault.original_path(&hash).unwrap(), None, "{extension:?} is not opened");
        let file = desk.root.path().join("packed.recert");
        vault.pack(&file, None, later, &mut |_, _| true).unwrap();
        fs::remove_file(file).unwrap();
        let damage = vault.verify(&mut |_, _| true).unwrap().damage;
        assert!(damage.iter().any(|one| one.kind == DamageKind::Row && one.place.contains(&hash)), "{damage:?}");
        drop(vault);
        Vault::delete(&desk.folder(), &desk.computer(), false).unwrap();
        assert_eq!(beside(&desk), before, "{extension:?}");
    }
}

#[test]
fn what_is_not_our_schema_is_refused_before_anything_of_it_is_read() {
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT * FROM n";
    let sqls = [
        format!("ALTER TABLE credit RENAME TO hidden; CREATE VIEW credit AS {endless}"),
        format!("CREATE VIEW more AS {endless}"),
        "CREATE TRIGGER t AFTER INSERT ON operation BEGIN UPDATE holder SET name = 'Eve'; END".to_owned(),
        "CREATE TABLE extra (x)".to_owned(),
        "CREATE INDEX slow ON credit (title)".to_owned(),
        "CREATE VIRTUAL TABLE v USING fts5 (x)".to_owned(),
        "DROP TABLE list".to_owned(),
        "DROP VIEW searched; CREATE VIEW searched AS SELECT load_extension('x') AS position, '' AS title, '' AS provider, \
         '' AS numbers, '' AS about, '' AS tags, '' AS name_on_certificate, '' AS files, '' AS text"
            .to_owned(),
        "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'credit'".to_owned(),
        "UPDATE sqlite_schema SET name = 'sqlite_t', sql = 'CREATE TRIGGER sqlite_t AFTER INSERT ON operation BEGIN \
         DELETE FROM credit; END', type = 'trigger' WHERE name = 'change_of'"
            .to_owned(),
        "UPDATE sqlite_schema SET sql = sql || ' -- ' || char(10) WHERE name = 'holder'".to_owned(),
        "PRAGMA user_version = 3".to_owned(),
        "PRAGMA user_version = 0".to_owned(),
    ];
    for sql in sqls {
        let begun = Instant::now();
        let trap = Trap::new(&sql);
        let error = trap.restore().unwrap_err();
        assert!(matches!(error, Error::BackupDamaged { .. }), "{sql}: {error:?}");
        assert!(!trap.hers.folder().exists(), "{sql}");

        craft(&trap.theirs.database(), &sql);
        let before = contents(&trap.theirs.folder());
        let opened = Vault::open(&trap.theirs.folder(), now()).map(drop).unwrap_err();
        assert!(matches!(opened, Error::Damaged { .. }), "{sql}: {opened:?}");
        let database = |all: Vec<(PathBuf, Vec<u8>)>| {
            all.into_iter().filter(|(path, _)| path.ends_with("recert.db")).collect::<Vec<_>>()
        };
        assert!(database(contents(&trap.theirs.folder())) == database(before), "{sql}: it is left as it is");
        assert!(begun.elapsed() < Duration::from_mins(1), "{sql} comes to an end");
    }
}

#[test]
fn what_the_planner_keeps_after_analyze_is_no_reason_to_refuse_a_record() {
    let trap = Trap::new("ANALYZE");
    assert_eq!(trap.restore().unwrap().left_out, []);
    craft(&trap.theirs.database(), "ANALYZE");
    trap.theirs.open();
}

#[test]
fn rows_that_recert_never_writes_are_left_out_by_name_and_the_rest_is_restored() {
    let (long, hash) = ("x".repeat(80), "d".repeat(64));
    let cases = [
        (
            "UPDATE credit SET completed_on = '99999-01-01' WHERE id = 'c1'",
            vec![("credit", "c1"), ("proof", "certificate.pdf")],
        ),
        ("UPDATE credit SET amount = 'NaN' WHERE id = 'c1'", vec![("credit", "c1"), ("proof", "certificate.pdf")]),
        ("UPDATE credit SET removed_at = 'soon' WHERE id = 'c2'", vec![("credit", "c2")]),
        ("UPDATE credit SET sessions = '[' WHERE id = 'c2'", vec![("credit", "2")]),
        ("UPDATE credit SET title = CAST(x'ff' AS TEXT) WHERE id = 'c2'", vec![("credit", "2")]),
        ("UPDATE credit SET position = -1 WHERE id = 'c2'", vec![("credit", "c2")]),
        ("UPDATE credit SET id = '' WHERE id = 'c2'", vec![("credit", "2")]),
        ("UPDATE credit SET title = replace(hex(zeroblob(5000000)), '0', 'x') WHERE id = 'c2'", vec![("credit", "c2")]),
        ("UPDATE credential SET id = replace(hex(zeroblob(50)), '0', 'x')", vec![("credential", &long)]),
        ("UPDATE credential SET certified_on = '0001-01-01'", vec![("credential", "cma")]),
        ("UPDATE proof SET name = '../../../x.desktop'", vec![("proof", "../../../x.desktop")]),
        ("UPDATE proof SET role = 'root'", vec![("proof", "certificate.pdf")]),
        ("UPDATE original SET media_type = 'text/html'", vec![("original", "HASH")]),
        ("UPDATE original SET size = -5", vec![("original", "HASH")]),
        ("INSERT INTO list VALUES ('pins', '{}')", vec![("list", "pins")]),
        ("INSERT INTO list VALUES ('shoes', '[]')", vec![("list", "shoes")]),
        ("INSERT INTO frozen VALUES (replace(hex(zeroblob(32)), '0', 'd'), '{}')", vec![("frozen", &hash)]),
        ("INSERT INTO sequence VALUES ('q', 9223372036854775807)", vec![("sequence", "q")]),
        ("INSERT INTO sequence VALUES ('../', 1)", vec![("sequence", "../")]),
        (
            "INSERT INTO operation (id, kind, at) VALUES (99, 'explode', '2026-01-02T03:04:05Z')",
            vec![("operation", "99")],
        ),
        ("INSERT INTO change (operation, entity, entity_id) VALUES (1, 'shoe', 's')", vec![("change", "s")]),
        ("INSERT INTO change (operation, entity, entity_id) VALUES (77, 'credit', 'c9')", vec![("change", "c9")]),
        (
            "INSERT INTO submission (position, id, credential, period, sent_on, state, decisions, transcript, frozen) \
             VALUES (1, 's1', 'cma', '{\"from\":\"2021-03-17\",\"to\":\"2026-03-31\"}', '2026-01-15', 'sent', '[]', '../x', '')",
            vec![("submission", "s1")],
        ),
    ];
    for (sql, wanted) in cases {
        let trap = Trap::new(sql);
        let hash = trap.theirs.open().record().unwrap().credits[0].proofs[0].sha256.clone();
        let restored = trap.restore().unwrap_or_else(|error| panic!("{sql}: {error:?}"));
        let wanted: Vec<_> = wanted
            .into_iter()
            .map(|(table, name)| (table, if name == "HASH" { hash.as_str() } else { name }))
            .collect();
        assert_eq!(left_out(&restored), wanted, "{sql}");
        let in_her_words = |left: &LeftOut| !left.reason.contains("index") && !left.reason.is_empty();
        assert!(restored.left_out.iter().all(in_her_words), "{sql}: {:?}", restored.left_out);
        let mut vault = trap.hers.open();
        assert_eq!(vault.record().unwrap().holder.name, "Maria Delgado", "{sql}");
        let id = vault.transact(Op::AddCredit, now(), |change| {
            let id = change.next_id("q")?;
            change.put_credit(&credit(&id)).map(|()| id)
        });
        id.unwrap();
    }
}

#[test]
fn a_vault_that_came_with_left_out_rows_verifies_clean() {
    let trap = Trap::new("UPDATE credit SET amount = 'NaN' WHERE id = 'c1'; UPDATE credential SET certified_on = NULL");
    trap.restore().unwrap();
    let vault = trap.hers.open();
    assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
    assert_eq!(vault.record().unwrap().credits, []);
}

#[test]
fn what_belongs_to_one_computer_does_not_come_with_a_backup() {
    let sql = "INSERT INTO setting VALUES ('outside', '{\"folder\":\"/tmp\",\"last\":null}'); \
               INSERT INTO written VALUES (1, replace(hex(zeroblob(32)), '0', 'c'), 'transcript', 'cma', 't.pdf', '2026-01-15T00:00:00Z')";
    let trap = Trap::new(sql);
    trap.restore().unwrap();
    let vault = trap.hers.open();
    let count = |table: &str| -> u32 {
        vault.connection.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get(0)).unwrap()
    };
    assert_eq!((count("setting"), count("written")), (0, 0));
}

#[test]
fn a_question_that_never_ends_is_ended() {
    let desk = Desk::new();
    let vault = desk.create();
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
    let ended = vault.connection.query_row(endless, (), |row| row.get::<_, i64>(0));
    assert_eq!(ended.unwrap_err().sqlite_error_code(), Some(rusqlite::ErrorCode::OperationInterrupted));
    assert_eq!(vault.record().unwrap().credits, [], "the next use has its whole budget again");
}

#[cfg(unix)]
#[test]
fn a_link_inside_a_vault_is_refused_and_what_it_leads_to_is_left_alone() {
    use std::os::unix::fs::symlink;
    for name in [
        "originals",
        "backups",
        ".lock",
        "README.txt",
        "recert.db",
        "recert.db-wal",
        "backups/originals",
        "backups/.lock",
    ] {
        let desk = Desk::new();
        let (vault, source) = filled(&desk);
        drop(vault);
        let (inside, outside) = (desk.folder().join(name), desk.root.path().join("elsewhere"));
        if inside.is_dir() {
            fs::rename(&inside, &outside).unwrap();
        } else {
            let _ = fs::remove_file(&inside);
            fs::write(&outside, "alive").unwrap();
        }
        symlink(&outside, &inside).unwrap();
        let before = beside(&desk);
        for done in [
            Vault::open(&desk.folder(), now()).map(drop),
            Vault::restore(&desk.folder(), &source, now(), &mut |_, _| true).map(drop),
            Vault::delete(&desk.folder(), &desk.computer(), false).map(drop),
            Vault::create(&desk.folder(), &super::holder("Eve"), now()).map(drop),
        ] {
            assert_eq!(done, Err(Error::Linked { path: inside.clone() }), "{name}");
        }
        assert_eq!(beside(&desk), before, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn an_original_that_is_a_link_is_not_read_and_is_named() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let original = attach(&desk, &mut vault, "c1", PDF);
    let path = vault.original_path(&original.sha256).unwrap().unwrap();
    let outside = desk.file("secret.pdf", PDF);
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(&outside, &path).unwrap();
    assert_eq!(vault.original_path(&original.sha256).unwrap(), None);
    let damage = vault.verify(&mut |_, _| true).unwrap().damage;
    assert!(matches!(damage[..], [crate::Damage { kind: DamageKind::OriginalUnreadable, .. }]), "{damage:?}");
    let owner = Owner::Credit("c1");
    let again = vault.store_original(&outside);
    assert!(
        again.is_err()
            || vault
                .transact(Op::Attach, now(), |change| change.attach(owner, &[(again.unwrap(), ProofRole::Certificate)]))
                .is_err()
    );
    assert_eq!(fs::read(outside).unwrap(), PDF);
}
