//! Killed at random instants of writing: what was acknowledged is there, nothing is half done, and the next start works.
//!
//! An ordinary run kills a few dozen times; `cargo xtask faults` as often as it is told.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::command::{Desk, contents, copy_folder, record, small_pdf};
use crate::dice::{Dice, from_outside};

/// How often an ordinary run kills.
const USUAL: u64 = 60;
/// How many commands are killed on the same vault before it is looked at.
const IN_A_ROW: u64 = 3;

/// A command that writes, and the vault it starts on.
struct Work {
    words: Vec<String>,
    from: PathBuf,
    /// The records that may be there when it was killed: the one before, and the one when all is done.
    records: Vec<String>,
    /// Whether the record it starts on can be read.
    sound: bool,
    /// Whether doing it again leads to the same record.
    repeats: bool,
    /// How long it takes, as was seen last.
    takes: Duration,
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
        let vault = work.anew(desk);
        work.finish(desk, &vault);
        work.records.push(record(desk, &vault));
        work
    }

    /// Its vault as it is before, for it to be done on.
    fn anew(&self, desk: &Desk) -> PathBuf {
        let vault = desk.path("killed Zoë");
        let _ = fs::remove_dir_all(&vault);
        copy_folder(&self.from, &vault);
        vault
    }

    fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }

    /// Does it to its end.
    fn finish(&mut self, desk: &Desk, vault: &Path) {
        let begun = Instant::now();
        desk.done_on(vault, &self.words());
        self.takes = begun.elapsed();
    }

    /// Starts it and kills it after a while. Whether it was quicker, and so acknowledged what it did.
    fn kill(&mut self, desk: &Desk, vault: &Path, dice: &mut Dice) -> bool {
        let instant = self.takes.mul_f64(dice.share());
        let mut command = desk.recert_on(vault, &self.words());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        thread::sleep(instant);
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        if output.status.signal().is_some() {
            return false;
        }
        assert!(output.status.success(), "{:?}: {}", self.words, String::from_utf8_lossy(&output.stderr));
        self.takes = self.takes.min(instant);
        true
    }

    /// Fails unless the vault is as it may be after a kill; then does the work once more, to its end.
    fn check(&mut self, desk: &Desk, vault: &Path, acknowledged: bool) {
        let done = self.records.len() - 1;
        if self.sound {
            let at = self.require_whole(desk, vault);
            assert!(!acknowledged || at == done, "{:?} was acknowledged and is not there", self.words);
        }
        if self.repeats {
            self.finish(desk, vault);
            assert_eq!(self.require_whole(desk, vault), done, "{:?} once more", self.words);
        }
    }

    /// Fails unless everything in the vault is undamaged, nothing acknowledged is missing, and its record is one of those
    /// that may be; returns which.
    fn require_whole(&self, desk: &Desk, vault: &Path) -> usize {
        let told = desk.done_on(vault, &["verify"]);
        assert!(told.starts_with("Undamaged") && told.lines().count() == 1, "{:?}: {told}", self.words);
        for kept in files_of(&self.from, "backups/recert-").into_iter().chain(files_of(&self.from, "originals/")) {
            assert!(vault.join(&kept).is_file(), "{:?}: {} is gone", self.words, kept.display());
        }
        let found = record(desk, vault);
        for (name, hash) in
            proofs(&found).into_iter().map(|hash| (format!("originals/{}/{hash}.pdf", &hash[..2]), hash))
        {
            assert_eq!(sha256(&fs::read(vault.join(name)).unwrap()), hash, "an original is byte for byte as it was");
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

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files of a vault whose place begins so, as seen from its folder.
fn files_of(vault: &Path, beginning: &str) -> Vec<PathBuf> {
    let files = contents(vault).into_iter();
    let places = files.map(|(path, _)| path.strip_prefix(vault).unwrap().to_owned());
    places.filter(|place| place.to_string_lossy().starts_with(beginning)).collect()
}

/// What a kill in the midst of writing leaves and a whole command does not: files under passing names, or a log.
fn is_half_done(vault: &Path) -> bool {
    contents(vault).into_iter().any(|(path, bytes)| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with(".incoming-") || name.starts_with(".recert-") || name.ends_with("-wal") && !bytes.is_empty()
    })
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
fn all_work(desk: &Desk) -> Vec<Work> {
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
    let attach: Vec<&str> = ["attach", "c2"].into_iter().chain(files.iter().map(String::as_str)).collect();

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
        Work { repeats: false, ..on_hers(&["undo"]) },
        on_hers(&["backup", "create"]),
        // Whatever is asked of it, an older vault is brought up to date first.
        Work::new(desk, &old, Some(&old_record), &["credential", "list"]),
        on_hers(&["backup", "restore", &backup]),
        Work::new(desk, &damaged, None, &["backup", "restore", "whole.zip"]),
    ]
}

#[test]
fn whatever_it_was_doing_when_it_was_killed_nothing_acknowledged_is_lost_and_the_next_start_works() {
    let wanted = from_outside("RECERT_FAULTS").unwrap_or(USUAL);
    let mut dice = Dice::from_outside();
    let desk = Desk::of_maria();
    let mut all = all_work(&desk);
    let (mut killed, mut half_done, mut quicker) = (0, 0, 0);
    for turn in 0.. {
        if killed >= wanted {
            break;
        }
        let turn = turn % all.len();
        let work = &mut all[turn];
        let vault = work.anew(&desk);
        let mut acknowledged = false;
        for _ in 0..if work.repeats { 1 + dice.throw() % IN_A_ROW } else { 1 } {
            if work.kill(&desk, &vault, &mut dice) {
                acknowledged = true;
                quicker += 1;
            } else {
                killed += 1;
            }
        }
        half_done += u64::from(is_half_done(&vault));
        work.check(&desk, &vault, acknowledged);
        assert!(
            quicker <= killed + USUAL,
            "only {killed} of {} commands were still running when killed",
            killed + quicker
        );
    }
    println!("{killed} kills while running, {half_done} vaults left half done, {quicker} commands were quicker");
    assert!(half_done * 10 >= wanted, "only {half_done} vaults were left half done by {killed} kills");
}
