//! A vault or a backup that somebody crafted, and every command run on it: what lies beside it stays as it is.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::command::{Desk, contents, copy_folder, small_pdf, stderr};

/// What a stranger would write into the rows of a database.
const CRAFTED: [&str; 14] = [
    "UPDATE original SET extension = '/../../../../home/.config/autostart/u.desktop'",
    "UPDATE original SET extension = 'x/../../../../canary/kept.txt'",
    "UPDATE original SET extension = 'desktop'",
    "UPDATE original SET sha256 = '../../canary/kept.txt'; UPDATE proof SET sha256 = '../../canary/kept.txt'",
    "UPDATE proof SET name = '../../canary/kept.txt'",
    "UPDATE proof SET name = '/etc/passwd', role = 'x'",
    "INSERT INTO setting VALUES ('outside', json_object('folder', 'CANARY', 'last', NULL))",
    "INSERT INTO written VALUES (1, replace(hex(zeroblob(32)), '0', 'c'), '../x', '../y', '../../z', 'soon')",
    "UPDATE credit SET id = '../../canary/kept.txt'; UPDATE proof SET credit = '../../canary/kept.txt'",
    "UPDATE credential SET pack = '../../canary/kept.txt'",
    "UPDATE holder SET name = '../../canary/kept.txt', former_names = '[\"../../canary\"]'",
    "UPDATE credit SET title = '../../canary/kept.txt', provider = '/etc/passwd', completed_on = '2024-03-04'",
    "UPDATE operation SET kind = 'rm -rf', at = 'never'",
    "INSERT INTO list VALUES ('packs', '[{\"schema\":\"recert.pack/1\",\"id\":\"../../canary/kept.txt\"}]')",
];

/// What it would describe them by.
const DESCRIBED: [&str; 3] = [
    "ALTER TABLE credit RENAME TO kept; CREATE VIEW credit AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) \
     SELECT * FROM n",
    "CREATE TRIGGER renamed AFTER INSERT ON operation BEGIN UPDATE holder SET name = 'Eve'; END",
    "DROP VIEW searched; CREATE VIEW searched AS SELECT writefile('canary/kept.txt', 'dead') AS position, title, provider, \
     '' AS numbers, '' AS about, '' AS tags, '' AS name_on_certificate, '' AS files, '' AS text FROM credit",
];

/// Every command that could act on what a row says. What they write for her goes to `out`.
const COMMANDS: [&[&str]; 24] = [
    &["status"],
    &["status", "--json"],
    &["verify"],
    &["backup", "list"],
    &["backup", "create"],
    &["backup", "create", "out/whole.recert"],
    &["backup", "place"],
    &["history"],
    &["search", "draw"],
    &["credit", "list"],
    &["credit", "show", "c1"],
    &["credit", "edit", "c1", "--title", "Edited"],
    &["undo"],
    &["redo"],
    &["attach", "c1", "more.pdf"],
    &["export", "out/record.json"],
    &["preflight"],
    &["transcript", "-o", "out/transcript.pdf"],
    &["transcript", "-o", "out/originals.pdf", "--with-originals"],
    &["packet", "-o", "out/packet.pdf"],
    &["packet", "-o", "out/packet"],
    &["sheet", "index", "-o", "out/index.pdf"],
    &["trash", "empty", "--yes"],
    &["delete", "--yes"],
];

struct Trap {
    desk: Desk,
    /// A vault with a certificate and a backup, not crafted yet.
    whole: PathBuf,
}

impl Trap {
    fn new() -> Self {
        let desk = Desk::of_maria();
        desk.credit(&[
            "--title",
            "Order of Draw",
            "--completed",
            "2024-03-04",
            "--amount",
            "1",
            "--unit",
            "contact_hour",
        ]);
        desk.write("a.pdf", small_pdf("a"));
        desk.write("more.pdf", small_pdf("more"));
        desk.done(&["attach", "c1", "a.pdf"]);
        desk.done(&["backup", "create"]);
        let whole = desk.path("whole");
        fs::rename(desk.vault(), &whole).unwrap();
        fs::create_dir_all(desk.path("home/.config/autostart")).unwrap();
        fs::create_dir(desk.path("canary")).unwrap();
        desk.write("canary/kept.txt", "alive");
        Self { desk, whole }
    }

    fn craft(&self, database: &Path, sql: &str) {
        let sql = sql.replace("CANARY", self.desk.path("canary").to_str().unwrap());
        let db = Connection::open(database).unwrap();
        db.execute_batch(
            "PRAGMA ignore_check_constraints = ON; PRAGMA writable_schema = ON; PRAGMA foreign_keys = OFF",
        )
        .unwrap();
        db.execute_batch(&sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Everything but the vaults and what was written for her.
    fn beside(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let own = ["vault", "whole", "out"].map(|name| self.desk.path(name));
        let all = contents(&self.desk.path("."));
        let strip = |path: &Path| self.desk.path("").join(path.strip_prefix(self.desk.path(".")).unwrap());
        all.into_iter().filter(|(path, _)| !own.iter().any(|own| strip(path).starts_with(own))).collect()
    }

    /// Runs every command on a vault; none may panic, hang or touch what lies beside.
    fn run(&self, vault: &Path, what: &str) {
        let before = self.beside();
        let home = self.desk.path("home");
        let _ = fs::remove_dir_all(self.desk.path("out"));
        fs::create_dir(self.desk.path("out")).unwrap();
        for words in COMMANDS {
            let mut command = self.desk.recert_on(vault, words);
            let output = command.env("HOME", &home).env("XDG_CONFIG_HOME", home.join(".config")).output().unwrap();
            let code = output.status.code();
            assert!(matches!(code, Some(0 | 1)), "{what}: recert {words:?} ended with {code:?}: {}", stderr(&output));
            assert!(!stderr(&output).contains("panicked"), "{what}: recert {words:?}: {}", stderr(&output));
        }
        assert!(self.beside() == before, "{what}: something beside the vault was touched");
    }
}

#[test]
fn no_command_acts_on_what_a_crafted_row_names() {
    let trap = Trap::new();
    for (turn, sql) in CRAFTED.iter().chain(&DESCRIBED).enumerate() {
        let vault = trap.desk.path("vault").join(turn.to_string());
        fs::create_dir_all(trap.desk.vault()).unwrap();
        copy_folder(&trap.whole, &vault);
        trap.craft(&vault.join("recert.db"), sql);
        trap.run(&vault, sql);
    }
}

#[test]
fn a_crafted_backup_is_restored_without_what_does_not_hold_or_not_at_all() {
    let trap = Trap::new();
    let home = trap.desk.path("home");
    for (turn, sql) in CRAFTED.iter().chain(&DESCRIBED).enumerate() {
        fs::create_dir_all(trap.desk.vault()).unwrap();
        let (theirs, hers) =
            (trap.desk.vault().join(format!("theirs {turn}")), trap.desk.vault().join(format!("hers {turn}")));
        copy_folder(&trap.whole, &theirs);
        let backup = fs::read_dir(theirs.join("backups")).unwrap().flatten().map(|entry| entry.path());
        let backup = backup.filter(|path| path.extension().is_some_and(|end| end == "db")).max().unwrap();
        trap.craft(&backup, sql);
        let before = trap.beside();
        let restore = |more: &[&str]| {
            let words: Vec<&str> =
                ["backup", "restore", backup.to_str().unwrap()].iter().chain(more).copied().collect();
            let mut command = trap.desk.recert_on(&hers, &words);
            command.env("HOME", &home).env("XDG_CONFIG_HOME", home.join(".config")).output().unwrap()
        };
        let told = restore(&["--preview"]);
        assert!(!hers.exists(), "{sql}: a preview makes nothing");
        let done = restore(&[]);
        assert_eq!(told.status.code(), done.status.code(), "{sql}: {}", stderr(&done));
        let described = DESCRIBED.contains(sql);
        assert_eq!(done.status.code(), Some(i32::from(described)), "{sql}: {}", stderr(&done));
        assert!(trap.beside() == before, "{sql}");
        if !described {
            trap.run(&hers, sql);
        }
    }
}
