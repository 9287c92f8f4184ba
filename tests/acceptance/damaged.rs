//! What a failing disk or a wrong clock does to a vault: it is named, and nothing is lost that a backup has.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::command::{Desk, contents, copy_folder, record, small_pdf, stderr};
use crate::dice::Dice;

const FLIPS: usize = 40;

/// A record with a certificate, and a backup of it in one file.
fn backed_up() -> Desk {
    let desk = Desk::of_maria();
    let rows = (0..60).map(|row| format!("Draw {row},2024-03-04,1,contact_hour\n")).collect::<String>();
    desk.write("log.csv", format!("title,completed_on,amount,unit\n{rows}"));
    desk.done(&["import", "log.csv"]);
    desk.write("a.pdf", small_pdf("a"));
    desk.done(&["attach", "c1", "a.pdf"]);
    desk.done(&["backup", "create", "whole.zip"]);
    desk
}

/// Turns over one bit of a file, also of one that may only be read.
fn flip(file: &Path, dice: &mut Dice) {
    let mut bytes = fs::read(file).unwrap();
    let length = u64::try_from(bytes.len()).unwrap();
    bytes[usize::try_from(dice.throw() % length).unwrap()] ^= 1 << (dice.throw() % 8);
    fs::remove_file(file).unwrap();
    fs::write(file, bytes).unwrap();
}

/// The first file below a folder of the vault.
fn first(vault: &Path, folder: &str) -> PathBuf {
    contents(&vault.join(folder)).remove(0).0
}

#[test]
fn a_flipped_bit_of_the_database_changes_nothing_or_is_named_and_a_backup_brings_everything_back() {
    let (desk, mut dice) = (backed_up(), Dice::from_outside());
    let before = record(&desk, &desk.vault());
    let mut named = 0;
    for turn in 0..FLIPS {
        let vault = desk.path(&format!("flipped {turn}"));
        copy_folder(&desk.vault(), &vault);
        flip(&vault.join("recert.db"), &mut dice);
        let verified = desk.recert_on(&vault, &["verify"]).output().unwrap();
        if verified.status.success() {
            assert_eq!(record(&desk, &vault), before, "what is called undamaged is what was kept");
            continue;
        }
        named += 1;
        let told = String::from_utf8(verified.stderr).unwrap();
        assert!(verified.status.code() == Some(1) && told.starts_with("recert: "), "{told}");
        let restored = desk.recert_on(&vault, &["backup", "restore", "whole.zip"]).output().unwrap();
        if restored.status.success() {
            assert_eq!(record(&desk, &vault), before);
        } else {
            // One bit can make it look like another program's, or a newer one's: that is left alone.
            assert!(told.contains("another program") || told.contains("newer Recert"), "{told}");
            let elsewhere = desk.path(&format!("elsewhere {turn}"));
            desk.done_on(&elsewhere, &["backup", "restore", "whole.zip"]);
            assert_eq!(record(&desk, &elsewhere), before);
        }
    }
    assert!(named > 0, "not one of {FLIPS} flipped bits was noticed");
}

#[test]
fn a_flipped_bit_of_an_original_is_healed_from_the_backup_and_named_where_there_is_none() {
    let (desk, mut dice) = (backed_up(), Dice::from_outside());
    for _ in 0..4 {
        flip(&first(&desk.vault(), "originals"), &mut dice);
        assert!(desk.done(&["verify"]).contains("is whole again"));
        // The changed file is set aside, never deleted.
        for (path, _) in contents(&desk.vault().join("originals")) {
            if path.to_string_lossy().contains("set-aside") {
                fs::remove_file(path).unwrap();
            }
        }
        assert_eq!(fs::read(first(&desk.vault(), "originals")).unwrap(), small_pdf("a"));
    }
    flip(&first(&desk.vault(), "originals"), &mut dice);
    flip(&first(&desk.vault(), "backups/originals"), &mut dice);
    assert!(desk.refused(&["verify"]).1.contains("originals"));
    desk.done(&["backup", "restore", "whole.zip"]);
    assert!(desk.done(&["verify"]).starts_with("Undamaged"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a file from the future needs to know what now is")]
fn a_clock_that_was_set_back_and_files_from_the_future_lose_nothing() {
    let desk = backed_up();
    let future = SystemTime::now() + Duration::from_secs(400 * 86_400);
    for (path, _) in contents(&desk.vault()) {
        fs::File::open(&path).unwrap().set_modified(future).unwrap();
    }
    let vault = desk.vault();
    for words in [&["credit", "edit", "c2", "--title", "Earlier"][..], &["backup", "create"]] {
        let output = desk.recert_in(&vault, "2020-02-29", words).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
    }
    let before = record(&desk, &vault);
    assert!(before.contains("Earlier") && desk.done(&["verify"]).starts_with("Undamaged"));
    let list = desk.asked(&["backup", "list"]);
    let mut of_then =
        list["backups"].as_array().unwrap().iter().filter(|one| one["taken_at"].as_str().unwrap().starts_with("2020"));
    let name = of_then.next_back().unwrap()["name"].as_str().unwrap().to_owned();
    desk.done(&["backup", "restore", &name]);
    assert!(record(&desk, &vault).contains("Draw 1"));
}
