//! Everything that writes, for it to be disturbed: each command, the vault it starts on, and what may be there afterwards.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::command::{Desk, contents, copy_folder, record, sha256, small_pdf};
use crate::dice::Dice;

/// A command that writes, and the vault it starts on.
pub struct Work {
    pub words: Vec<String>,
    from: PathBuf,
    /// The records that may be there when it was killed: the first is the one before, the last is when all is done.
    pub records: Vec<String>,
    /// Whether the record it starts on can be read.
    pub sound: bool,
    /// Whether doing it again leads to the same record.
    pub repeats: bool,
    /// How long it takes, as was seen last.
    pub takes: Duration,
}

impl Work {
    /// `before` is the record in `from`, unless that is too damaged to be read.
    fn new(desk: &Desk, from: &Path, before: Option<&String>, words: &[&str]) -> Self {
        let mut work = Self {
            words: words.iter().map(ToString::to_string).collect(),
            from: from.to_owned(),
            records: before.into_iter().cloned().collect(),
            sound: before.is_some(),
            repeats: true,
            takes: Duration::ZERO,
        };
        let vault = work.anew(&desk.path("disturbed Zoë"));
        work.finish(desk, &vault);
        work.records.push(record(desk, &vault));
        work
    }

    /// Its vault as it is before, at this place, for it to be done on.
    pub fn anew(&self, vault: &Path) -> PathBuf {
        let _ = fs::remove_dir_all(vault);
        copy_folder(&self.from, vault);
        vault.to_owned()
    }

    pub fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }

    /// Does it to its end.
    pub fn finish(&mut self, desk: &Desk, vault: &Path) {
        let begun = Instant::now();
        desk.done_on(vault, &self.words());
        self.takes = begun.elapsed();
    }

    /// Fails unless everything in the vault is undamaged, nothing acknowledged is missing, and its record is one of those
    /// that may be; returns which.
    pub fn require_whole(&self, desk: &Desk, vault: &Path) -> usize {
        let told = desk.done_on(vault, &["verify"]);
        assert!(told.starts_with("Undamaged") && told.lines().count() == 1, "{:?}: {told}", self.words);
        assert!(!has_passing_names(&desk.seen(vault)), "{:?}: what was left behind was not swept away", self.words);
        for kept in files_of(&self.from, "backups/recert-").into_iter().chain(files_of(&self.from, "originals/")) {
            assert!(desk.seen(&vault.join(&kept)).is_file(), "{:?}: {} is gone", self.words, kept.display());
        }
        let found = record(desk, vault);
        for (name, hash) in
            proofs(&found).into_iter().map(|hash| (format!("originals/{}/{hash}.pdf", &hash[..2]), hash))
        {
            assert_eq!(
                sha256(&fs::read(desk.seen(&vault.join(name))).unwrap()),
                hash,
                "an original is byte for byte as it was"
            );
        }
        // A backup leaves the record as it is, so the last one is asked for.
        let at = self.records.iter().rposition(|record| *record == found);
        at.unwrap_or_else(|| panic!("{:?} left a record that is neither as before nor as after: {found}", self.words))
    }
}

/// The hashes of all proofs of a record.
fn proofs(record: &str) -> Vec<String> {
    let record: Value = serde_json::from_str(record).unwrap();
    let credits = record["credits"].as_array().unwrap().iter();
    let proofs = credits.flat_map(|credit| credit["proofs"].as_array().cloned().unwrap_or_default());
    proofs.map(|proof| proof["sha256"].as_str().unwrap().to_owned()).collect()
}

/// The files of a vault whose place begins so, as seen from its folder.
fn files_of(vault: &Path, beginning: &str) -> Vec<PathBuf> {
    let files = contents(vault).into_iter();
    let places = files.map(|(path, _)| path.strip_prefix(vault).unwrap().to_owned());
    places.filter(|place| place.to_string_lossy().starts_with(beginning)).collect()
}

/// Whether anything in a vault has a name that is only passing.
pub fn has_passing_names(vault: &Path) -> bool {
    let is_passing = |part: &str| part.starts_with(".incoming-") || part.starts_with(".recert-");
    let inside = contents(vault).into_iter().map(|(path, _)| path.strip_prefix(vault).unwrap().to_owned());
    inside.into_iter().any(|path| path.iter().any(|part| is_passing(&part.to_string_lossy())))
}

/// A spreadsheet with so many rows.
fn spreadsheet(title: &str, rows: u32) -> String {
    let rows =
        (0..rows).map(|row| format!("{title} {row},2024-{:02}-{:02},1,contact_hour\n", row % 12 + 1, row % 28 + 1));
    "title,completed_on,amount,unit\n".to_owned() + &rows.collect::<String>()
}

/// A certificate whose bytes take a while to be written.
fn long_certificate(desk: &Desk, number: u64) -> String {
    let name = format!("certificate {number}.pdf");
    let mut dice = Dice::new(number);
    let noise = (0..40_000).flat_map(|_| dice.throw().to_le_bytes());
    desk.write(&name, small_pdf("long").into_iter().chain(noise).collect::<Vec<u8>>());
    name
}

/// A vault as the release with schema 3 wrote it.
fn vault_of_schema_3(desk: &Desk) -> PathBuf {
    let vault = desk.path("of schema 3");
    fs::create_dir(&vault).unwrap();
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/vault-of-schema-3.db"), vault.join("recert.db")).unwrap();
    for bytes in [small_pdf("first"), small_pdf("second")] {
        let hash = sha256(&bytes);
        let shelf = vault.join("originals").join(&hash[..2]);
        fs::create_dir_all(&shelf).unwrap();
        fs::write(shelf.join(format!("{hash}.pdf")), bytes).unwrap();
    }
    vault
}

/// Everything that writes, each on a vault of its own.
pub fn all_work(desk: &Desk) -> Vec<Work> {
    let vault = desk.vault();
    desk.write("log.csv", spreadsheet("Draw", 300));
    desk.write("more.csv", spreadsheet("EKG", 300));
    desk.done(&["import", "log.csv"]);
    desk.write("a.pdf", small_pdf("a"));
    desk.done(&["attach", "c1", "a.pdf"]);
    let backup = desk.asked(&["backup", "create", "whole.zip"])["backup"]["name"].as_str().unwrap().to_owned();
    desk.done(&["credit", "edit", "c1", "--title", "Later"]);
    let before = record(desk, &vault);
    let on_hers = |words: &[&str]| Work::new(desk, &vault, Some(&before), words);

    let files: Vec<String> = (0..4).map(|number| long_certificate(desk, number)).collect();
    // All of them are one change.
    let attach: Vec<&str> = ["attach", "c2"].into_iter().chain(files.iter().map(String::as_str)).collect();

    let adding =
        ["credit", "add", "--title", "CPR", "--completed", "2024-09-01", "--amount", "1", "--unit", "contact_hour"];
    let old = vault_of_schema_3(desk);
    copy_folder(&old, &desk.path("up to date"));
    let old_record = record(desk, &desk.path("up to date"));

    let damaged = desk.path("damaged");
    copy_folder(&vault, &damaged);
    fs::write(damaged.join("recert.db"), "coffee").unwrap();

    vec![
        on_hers(&attach),
        on_hers(&["import", "more.csv"]),
        on_hers(&["credit", "edit", "c3", "--title", "Phlebotomy"]),
        Work { repeats: false, ..on_hers(&adding) },
        Work { repeats: false, ..on_hers(&["undo"]) },
        on_hers(&["backup", "create"]),
        // Whatever is asked of it, an older vault is brought up to date first.
        Work::new(desk, &old, Some(&old_record), &["credential", "list"]),
        on_hers(&["backup", "restore", &backup]),
        Work::new(desk, &damaged, None, &["backup", "restore", "whole.zip"]),
    ]
}
