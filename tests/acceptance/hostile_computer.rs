//! What belongs to one computer stays on it, and what is hers is hers alone, on the command line.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::command::{Desk, contents, small_pdf, stderr};

/// A record with a place outside, and the file of settings that says so.
fn with_place() -> (Desk, PathBuf) {
    let desk = Desk::of_maria();
    fs::create_dir(desk.path("stick")).unwrap();
    desk.done(&["backup", "place", "stick"]);
    let file = settings_files(&desk).pop().unwrap();
    (desk, file)
}

/// The files of settings on the desk's computer.
fn settings_files(desk: &Desk) -> Vec<PathBuf> {
    let below = contents(&desk.path("."));
    let files = below.into_iter().map(|(path, _)| path);
    files.filter(|path| path.extension().is_some_and(|end| end == "json") && !path.starts_with(desk.vault())).collect()
}

/// A command that is done and says something beside its answer.
fn done_with_a_word(desk: &Desk, words: &[&str]) -> String {
    let output = desk.recert(words);
    assert!(output.status.success(), "{}", stderr(&output));
    let told = stderr(&output);
    assert_eq!(told.lines().count(), 1, "{told}");
    told
}

#[cfg(not(windows))] // where the environment does not say which folder of settings is meant
#[test]
fn the_place_outside_is_kept_on_this_computer_and_not_in_the_vault() {
    let (desk, file) = with_place();
    let kept: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(kept["vault"], json!(desk.vault().canonicalize().unwrap()));
    let stick = desk.path("stick").canonicalize().unwrap();
    let name = stick.to_str().unwrap().as_bytes();
    for (path, bytes) in contents(&desk.vault()) {
        assert!(!bytes.windows(name.len()).any(|part| part == name), "{} names the stick", path.display());
    }

    // The same vault in another place, as on another computer, has none.
    let before = contents(&stick);
    crate::command::copy_folder(&desk.vault(), &desk.path("elsewhere"));
    let told = desk.done_on(&desk.path("elsewhere"), &["backup", "place"]);
    assert!(told.starts_with("No copy leaves this computer"), "{told}");
    desk.done_on(&desk.path("elsewhere"), &["status"]);
    assert_eq!(contents(&stick), before);
}

#[cfg(not(windows))]
#[test]
fn a_moved_record_takes_its_place_along_and_a_deleted_one_leaves_nothing() {
    let (desk, file) = with_place();
    let usual = desk.path("usual");
    desk.done(&["backup", "move", usual.to_str().unwrap()]);
    assert!(!file.exists());
    assert!(desk.done_on(&usual, &["backup", "place"]).starts_with("Copies go to "));
    let told = desk.done_on(&usual, &["delete"]);
    assert!(told.contains("stay; --outside deletes them"), "{told}");
    desk.done_on(&usual, &["delete", "--yes"]);
    assert_eq!(settings_files(&desk), [] as [PathBuf; 0]);
    assert!(!contents(&desk.path("stick")).is_empty(), "copies outside are not meant unless they are named");
}

#[cfg(not(windows))]
#[test]
fn a_record_started_where_another_one_was_has_no_place_outside() {
    let (desk, file) = with_place();
    fs::remove_dir_all(desk.vault()).unwrap();
    desk.done(&["init", "--name", "Somebody Else"]);
    assert!(!file.exists());
    assert_eq!(desk.asked(&["backup", "place"]), Value::Null);
}

#[cfg(not(windows))]
#[test]
fn settings_that_cannot_be_used_set_nothing_are_said_once_and_are_set_anew() {
    let (desk, file) = with_place();
    let canary = desk.path("canary");
    fs::create_dir(&canary).unwrap();
    let vault = desk.vault().canonicalize().unwrap();
    let naming = |folder: &Path| json!({ "vault": vault, "outside": { "folder": folder, "last": null } }).to_string();
    let hostile = [
        "coffee".to_owned(),
        "[".repeat(15_000),
        " ".repeat(1_000_000) + &naming(&canary),
        naming(Path::new("canary")),
        naming(&vault.join("../canary")),
        naming(&vault.join("backups")),
        naming(Path::new("/tmp/\u{1b}[2J")),
    ];
    for text in &hostile {
        fs::write(&file, text).unwrap();
        let told = done_with_a_word(&desk, &["status"]);
        assert!(told.contains("What is set on this computer for your record cannot be used"), "{told}");
        assert!(told.contains("Choose the place for copies outside this computer again"), "{told}");
        assert!(!told.contains('\u{1b}'), "{told}");
        let list: Value = serde_json::from_slice(&desk.recert(&["backup", "list", "--json"]).stdout).unwrap();
        assert_eq!(list["outside"], Value::Null);
        assert_eq!(fs::read_dir(&canary).unwrap().count(), 0);
    }
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert!(done_with_a_word(&desk, &["status"]).contains("it is not a file"));
    fs::remove_dir(&file).unwrap();
    fs::write(&file, "coffee").unwrap();
    let output = desk.recert(&["backup", "place", "stick"]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Copies go to "), "{}", stderr(&output));
    desk.done(&["status"]);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_settings_is_not_followed() {
    let (desk, file) = with_place();
    let real = desk.path("real.json");
    fs::rename(&file, &real).unwrap();
    std::os::unix::fs::symlink(&real, &file).unwrap();
    assert!(done_with_a_word(&desk, &["status"]).contains("it is not a file"));
    desk.recert(&["backup", "place", "--none"]);
    assert!(real.exists() && !file.is_symlink());
}

#[test]
fn a_locked_file_that_takes_much_to_open_is_asked_about_and_one_that_takes_too_much_refused() {
    let desk = Desk::of_maria();
    desk.write("passphrase.txt", "correct horse battery staple\n");
    desk.done(&["backup", "create", "locked.recert", "--passphrase-file", "passphrase.txt"]);
    let bytes = fs::read(desk.path("locked.recert")).unwrap();
    let line = bytes.iter().skip(22).position(|byte| *byte == b'\n').unwrap() + 22;
    assert_eq!(&bytes[line - 3..line], b" 18", "2 to the 18th, whatever the computer");
    let restore = ["backup", "restore", "asking.recert", "--passphrase-file", "passphrase.txt"];
    for (work, code, words) in [
        ("19", "costly", "about 512 MB of memory"),
        ("20", "costly", "about 1024 MB of memory"),
        ("21", "file_refused", "more memory and time"),
        ("30", "file_refused", "more memory and time"),
        ("255", "file_refused", "more memory and time"),
    ] {
        desk.write("asking.recert", [&bytes[..line - 2], work.as_bytes(), &bytes[line..]].concat());
        for more in [&[][..], &["--preview"]] {
            let (found, message) = desk.refused(&[&restore, more].concat());
            assert!(found == code && message.contains(words), "{work}: {message}");
            assert_eq!(message.contains("add --yes"), code == "costly", "{message}");
        }
        if code == "file_refused" {
            assert_eq!(desk.refused(&[&restore[..], &["--yes"]].concat()).0, code, "whatever she says");
        }
    }
}

#[cfg(unix)]
mod rights {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
    }

    /// Fails unless a folder and everything below it is for its owner alone.
    fn require_private(root: &Path, umask: &str) {
        let mut waiting = vec![root.to_owned()];
        while let Some(path) = waiting.pop() {
            let is_folder = path.is_dir();
            let right: &[u32] = if is_folder { &[0o700] } else { &[0o600, 0o400] };
            assert!(right.contains(&mode(&path)), "umask {umask}: {} is {:o}", path.display(), mode(&path));
            if is_folder {
                waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            }
        }
    }

    /// Runs the program under a umask from now on.
    fn under(desk: &mut Desk, umask: &str) {
        let script = format!("umask {umask}; exec \"$0\" \"$@\"");
        desk.run_by(&["sh", "-c", &script], PathBuf::from("/"));
    }

    const CREDIT: [&str; 10] =
        ["credit", "add", "--title", "EKG", "--completed", "2024-09-01", "--amount", "3", "--unit", "aama_ceu"];

    /// Everything that writes: a start, a credit, a certificate, backups here, outside and in one file, and a restore.
    const WORK: [&[&str]; 9] = [
        &["init", "--name", "Maria Delgado"],
        &["credential", "add", "cma-aama", "--certified", "2021-03-17"],
        &CREDIT,
        &["attach", "c1", "a.pdf"],
        &["backup", "create"],
        &["backup", "place", "stick"],
        &["backup", "create", "packed.recert"],
        &["backup", "restore", "packed.recert"],
        &["verify"],
    ];

    #[test]
    fn what_is_hers_is_hers_alone_whatever_the_umask() {
        for umask in ["000", "022", "077", "0777"] {
            let mut desk = Desk::new();
            desk.write("a.pdf", small_pdf("a"));
            fs::create_dir(desk.path("stick")).unwrap();
            // The superuser may do everything, also with files that nobody may open.
            desk.run_by_somebody();
            under(&mut desk, umask);
            for words in WORK {
                desk.done(words);
                require_private(&desk.vault(), umask);
            }
            let settings = settings_files(&desk).pop().unwrap();
            for place in [&desk.path("stick/Recert backup"), &desk.path("packed.recert"), settings.parent().unwrap()] {
                require_private(place, umask);
            }
        }
    }

    #[test]
    fn a_vault_that_others_could_read_is_closed_to_them_by_the_next_command() {
        let desk = Desk::of_maria();
        desk.write("a.pdf", small_pdf("a"));
        let id = desk.credit(&CREDIT[2..]);
        desk.done(&["attach", &id, "a.pdf"]);
        desk.done(&["backup", "create"]);
        let open = |path: &Path| {
            let mode = if path.is_dir() { 0o755 } else { 0o644 };
            fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        };
        for (file, _) in contents(&desk.vault()) {
            file.ancestors().take_while(|path| path.starts_with(desk.vault())).for_each(open);
        }
        assert_eq!(mode(&desk.vault()), 0o755);
        desk.done(&["status"]);
        require_private(&desk.vault(), "of the test");
    }

    #[test]
    fn a_folder_that_is_more_than_a_vault_keeps_its_rights_and_is_named() {
        let desk = Desk::new();
        fs::create_dir_all(desk.vault().join("photos")).unwrap();
        fs::set_permissions(desk.vault(), Permissions::from_mode(0o755)).unwrap();
        desk.done(&["init", "--name", "Maria Delgado"]);
        desk.done(&["backup", "create"]);
        for words in [&["verify"][..], &["backup", "list"]] {
            let told = desk.done(words);
            let line = format!("Others on this computer may read {}", desk.vault().canonicalize().unwrap().display());
            assert_eq!(told.matches(&line).count(), 1, "{told}");
        }
        let verified = desk.asked(&["verify"]);
        assert_eq!((&verified["damage"], verified["open_to_others"].as_array().map(Vec::len)), (&json!([]), Some(1)));
        assert_eq!(mode(&desk.vault()), 0o755);
        for part in ["recert.db", "README.txt", ".lock", "backups"] {
            assert_eq!(mode(&desk.vault().join(part)) & 0o077, 0, "{part}");
        }
    }

    #[test]
    fn what_she_saves_elsewhere_follows_her_umask() {
        for (umask, expected) in [("000", 0o666), ("022", 0o644), ("077", 0o600)] {
            let mut desk = Desk::of_maria();
            under(&mut desk, umask);
            desk.done(&["export", "record.json"]);
            assert_eq!(mode(&desk.path("record.json")), expected, "umask {umask}");
        }
    }
}
