//! Whatever she gives it: a clear error, an exit code, and nothing half-written.

use std::fs;
use std::process::Command;

use crate::command::{Desk, contents, small_pdf, stderr};

#[test]
fn a_faulty_spreadsheet_names_row_column_value_and_reason_and_changes_nothing() {
    let desk = Desk::of_maria();
    let head = "title,provider,completed_on,amount,unit,approved_by,administrative,clinical,general";
    let good = "Draw,Lakeside,2024-03-04,2,aama_ceu,aama,,2,";
    let before = desk.done(&["credit", "list"]);
    for (sheet, told) in [
        (
            format!("{head}\n{good}\nDraw,Lakeside,2023-02-30,2,aama_ceu,aama,,2,\n"),
            ["row 3", "completed_on", "2023-02-30"],
        ),
        (format!("{head}\n{good}\nDraw,Lakeside,2023-02-03,-2,aama_ceu,aama,,-2,\n"), ["row 3", "amount", "-2"]),
        (format!("{head}\n{good}\nDraw,Lakeside,2023-02-03,2,parsecs,aama,,2,\n"), ["row 3", "unit", "parsecs"]),
        (format!("{head}\n{good}\nDraw,Lakeside,2023-02-03,2,aama_ceu,aama,,1,\n"), ["row 3", "2", "1"]),
        (format!("{head}\n{good}\n,Lakeside,2023-02-03,2,aama_ceu,aama,,2,\n"), ["row 3", "title", "title"]),
        (format!("{head},shoe_size\n{good},42\n"), ["shoe_size", "title", "amount"]),
        ("title;provider;completed_on\nDraw;Lakeside;2023-02-03\n".to_owned(), ["log.csv", "semicolon", "comma"]),
        (String::new(), ["empty", "", ""]),
        ("\u{0}\u{1}\u{2}".to_owned(), ["log.csv", "", ""]),
    ] {
        desk.write("log.csv", &sheet);
        let (code, message) = desk.refused(&["import", "log.csv"]);
        assert_eq!(code, "file_refused", "{message}");
        for words in told {
            assert!(message.contains(words), "“{message}” does not say {words}");
        }
        assert_eq!(desk.done(&["credit", "list"]), before, "{message}");
    }
}

#[test]
fn a_spreadsheet_that_is_not_there_is_named() {
    let desk = Desk::of_maria();
    let (code, message) = desk.refused(&["import", "nowhere.csv"]);
    assert_eq!(code, "file_unreadable");
    assert!(message.contains("nowhere.csv") && message.contains("no such file"), "{message}");
}

#[test]
fn an_impossible_credit_says_which_field_and_is_not_kept() {
    let desk = Desk::of_maria();
    let base = ["credit", "add", "--title", "EKG", "--unit", "contact_hour"];
    for (words, field) in [
        (vec!["--completed", "2023-02-30", "--amount", "1"], "completed_on"),
        (vec!["--completed", "30.2.2023", "--amount", "1"], "completed_on"),
        (vec!["--completed", "2023-02-03", "--amount", "-1"], "amount"),
        (vec!["--completed", "2023-02-03", "--amount", "lots"], "amount"),
        (vec!["--completed", "2023-02-03", "--amount", "0"], "amount"),
        (vec!["--completed", "2023-02-03"], "amount"),
        (vec!["--amount", "1"], "completed_on"),
        (vec!["--completed", "2023-02-03", "--amount", "3", "--split", "clinical=1,general=1"], "split"),
        (vec!["--completed", "9999-02-03", "--amount", "1"], "completed_on"),
        (vec!["--completed", "2023-02-03", "--amount", "2", "--split", "clincal=2"], "clinical"),
        (vec!["--completed", "2023-02-03", "--amount", "2", "--split", "general=1,general=2"], "twice"),
    ] {
        let (code, message) = desk.refused(&[&base[..], &words].concat());
        assert_eq!(code, "invalid");
        assert!(message.contains(field), "“{message}” does not name {field}");
    }
    assert_eq!(desk.asked(&["credit", "list"]).as_array().unwrap().len(), 0);
}

#[test]
fn a_command_used_wrongly_ends_with_two() {
    let desk = Desk::new();
    for words in
        [&["frobnicate"][..], &["credit", "add", "--unit", "parsec"], &["status", "--on", "yesterday"], &["init"]]
    {
        let output = desk.recert(words);
        assert_eq!(output.status.code(), Some(2), "recert {words:?}");
        assert_eq!(stderr(&output).lines().count(), 1, "an error is one line: {}", stderr(&output));
        let json = desk.recert(&[words, &["--json"]].concat());
        let error: serde_json::Value = serde_json::from_slice(&json.stderr).unwrap();
        assert_eq!(error["error"]["code"], "usage");
    }
}

#[test]
fn without_a_record_every_command_says_how_to_start_one() {
    let desk = Desk::new();
    for words in
        [&["status"][..], &["credit", "list"], &["export", "a.json"], &["verify"], &["transcript", "-o", "t.pdf"]]
    {
        let (code, message) = desk.refused(words);
        assert_eq!(code, "vault_missing");
        assert!(message.contains("recert init"), "{message}");
    }
    assert!(contents(desk.path("").as_path()).is_empty(), "nothing was written");
}

#[test]
fn a_second_init_is_refused() {
    let desk = Desk::of_maria();
    assert_eq!(desk.refused(&["init", "--name", "Someone Else"]).0, "vault_exists");
    assert!(desk.done(&["status"]).contains("CMA (AAMA)"));
}

#[test]
fn a_database_that_is_not_one_is_refused_and_left_untouched() {
    let desk = Desk::new();
    fs::create_dir(desk.vault()).unwrap();
    fs::write(desk.vault().join("recert.db"), "Dear diary, this is no database at all.").unwrap();
    let before = contents(&desk.vault());
    let (code, message) = desk.refused(&["status"]);
    assert_eq!(code, "vault_damaged");
    assert!(message.contains("recert.db"), "{message}");
    assert_eq!(contents(&desk.vault()), before);

    desk.done(&["init", "--name", "Maria Delgado"]);
    let kept = contents(&desk.vault()).into_iter().any(|(_, bytes)| bytes.starts_with(b"Dear diary"));
    assert!(kept, "a damaged file is set aside, never overwritten");
}

#[test]
fn a_newer_record_is_refused_with_both_versions() {
    let desk = Desk::of_maria();
    let database = desk.vault().join("recert.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes()); // where SQLite keeps user_version
    fs::write(&database, bytes).unwrap();
    let (code, message) = desk.refused(&["status"]);
    assert_eq!(code, "vault_newer");
    assert!(message.contains("data version 99, this one reads up to "), "{message}");
}

#[test]
fn a_file_that_is_no_certificate_is_refused_by_its_content() {
    let desk = Desk::of_maria();
    let id = desk.credit(&["--title", "EKG", "--completed", "2024-09-01", "--amount", "3", "--unit", "aama_ceu"]);
    desk.write("program.pdf", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00");
    desk.write("empty.pdf", b"");
    desk.write("good.pdf", small_pdf("x"));
    for file in ["program.pdf", "empty.pdf", "missing.pdf"] {
        let (_, message) = desk.refused(&["attach", &id, file]);
        assert!(message.contains(file), "{message}");
    }
    assert_eq!(desk.asked(&["credit", "show", &id])["proofs"].as_array().unwrap().len(), 0);
    desk.done(&["attach", &id, "good.pdf"]);
    let (code, message) = desk.refused(&["attach", "c99", "good.pdf"]);
    assert_eq!(code, "not_found");
    assert!(message.contains("no credit or fact “c99”"), "{message}");
}

#[test]
fn a_record_file_with_an_unknown_field_is_refused_with_its_place() {
    let desk = Desk::of_maria();
    for (json, told) in [
        (r#"{ "schema": "recert.record/1", "holder": { "name": "M", "shoe": 1 } }"#, "holder"),
        (r#"{ "schema": "recert.record/9", "holder": { "name": "M" } }"#, "recert.record/9"),
        (
            r#"{ "schema": "recert.record/1", "holder": { "name": "M" }, "credits": [ { "id": "c1", "title": "a", "amount": 2 } ] }"#,
            "credits[0].amount",
        ),
        ("{", "record.json"),
        ("", "record.json"),
    ] {
        desk.write("record.json", json);
        let (code, message) = desk.refused(&["import", "record.json"]);
        assert_eq!(code, "file_refused");
        assert!(message.contains(told), "“{message}” does not say {told}");
        assert_eq!(desk.refused(&["evaluate", "record.json"]).0, "file_refused");
    }
}

#[test]
fn a_name_that_no_typeface_covers_is_refused_and_an_earlier_transcript_stays() {
    let desk = Desk::new();
    desk.write("t.pdf", "an earlier transcript");
    desk.done(&["init", "--name", "Maria 山田 Delgado"]);
    desk.done(&["credential", "add", "cma-aama", "--certified", "2021-03-17"]);
    let (code, message) = desk.refused(&["transcript", "-o", "t.pdf"]);
    assert_eq!(code, "unprintable");
    assert!(message.contains('山'), "{message}");
    assert_eq!(fs::read_to_string(desk.path("t.pdf")).unwrap(), "an earlier transcript");
}

#[test]
fn a_transcript_goes_nowhere_but_into_a_file_in_a_folder_that_is_there() {
    let desk = Desk::of_maria();
    let (code, _) = desk.refused(&["transcript", "-o", "no/such/folder/t.pdf"]);
    assert_eq!(code, "file_unwritable");
    fs::create_dir(desk.path("t.pdf")).unwrap();
    assert_eq!(desk.refused(&["transcript", "-o", "t.pdf"]).0, "file_unwritable");
}

#[test]
fn nothing_is_written_over_the_record_itself() {
    let desk = Desk::of_maria();
    for file in ["vault/recert.db", "vault/originals", "vault/new.json", "vault/../vault/README.txt"] {
        let (code, message) = desk.refused(&["export", file]);
        assert_eq!(code, "file_unwritable");
        assert!(message.contains(file), "{message}");
    }
    assert!(desk.done(&["verify"]).starts_with("Undamaged"));
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_what_is_no_file_is_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::of_maria();
    let target = desk.write("real.json", "old");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink(&target, desk.path("link.json")).unwrap();
    desk.done(&["export", "link.json"]);
    assert!(fs::symlink_metadata(desk.path("link.json")).unwrap().is_symlink());
    assert!(fs::read_to_string(&target).unwrap().contains("Maria Delgado"));
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600, "rights are kept");
    assert_eq!(desk.refused(&["export", "/dev/null"]).0, "file_unwritable");
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let desk = Desk::of_maria();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_recert-under-test"));
    command.env("XDG_CONFIG_HOME", desk.settings());
    let output = command.arg("--vault").arg(desk.vault()).args(["credential", "list"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("could not be written"), "{}", stderr(&output));
}

#[test]
fn trying_an_import_says_what_the_import_would_say() {
    let desk = Desk::of_maria();
    desk.credit(&["--title", "Mine", "--completed", "2024-09-01", "--amount", "3", "--unit", "aama_ceu"]);
    desk.done(&["export", "mine.json"]);
    let theirs = fs::read_to_string(desk.path("mine.json")).unwrap().replace("Mine", "Theirs");
    desk.write("theirs.json", theirs);
    desk.write("bad.csv", "title,completed_on,amount,unit\nDraw,2023-02-30,2,aama_ceu\n");
    for file in ["theirs.json", "bad.csv"] {
        assert_eq!(desk.refused(&["import", file, "--dry-run"]), desk.refused(&["import", file]), "{file}");
    }
    assert_eq!(desk.asked(&["import", "mine.json"])["credits"], 0, "what is here already is not new");
}

#[cfg(unix)]
fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

/// As somebody without rights: root may write everywhere, so the tests of a continuous build must step down.
#[cfg(unix)]
mod without_rights {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    use std::path::Path;
    use std::process::Output;

    use super::*;
    use crate::command::TODAY;

    const NOBODY: u32 = 65_534;

    fn as_nobody(desk: &Desk, program: &Path, vault: &Path, words: &[&str]) -> Output {
        let mut command = Command::new(program);
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.current_dir(desk.path("")).env_remove("RECERT_VAULT").args(["--today", TODAY]);
        command.arg("--vault").arg(vault).args(words).output().unwrap()
    }

    /// A copy of the program that anyone may run, in a folder that anyone may enter.
    fn open_to_all() -> (Desk, std::path::PathBuf) {
        let desk = Desk::new();
        let program = desk.path("recert");
        // By another process: a file that this one still writes, in whatever thread, cannot be run.
        let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_recert-under-test")).arg(&program).status().unwrap();
        assert!(copied.success());
        mode(&program, 0o755);
        mode(&desk.path(""), 0o777);
        (desk, program)
    }

    fn mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_folder_that_may_not_be_written_is_named_and_nothing_is_half_written() {
        let (desk, program) = open_to_all();
        let closed = desk.path("closed");
        fs::create_dir(&closed).unwrap();
        mode(&closed, 0o555);
        for vault in [closed.join("vault"), closed.clone()] {
            let output = as_nobody(&desk, &program, &vault, &["init", "--name", "Maria"]);
            assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
            assert!(stderr(&output).contains("closed") && stderr(&output).contains("Allow"), "{}", stderr(&output));
            assert!(contents(&closed).is_empty());
        }
        mode(&closed, 0o755);
    }

    #[test]
    fn a_record_that_may_only_be_read_is_refused_and_left_as_it_is() {
        let (desk, program) = open_to_all();
        let vault = desk.path("mine");
        let started = as_nobody(&desk, &program, &vault, &["init", "--name", "Maria"]);
        assert!(started.status.success(), "{}", stderr(&started));
        mode(&vault.join("recert.db"), 0o400);
        let before = contents(&vault);
        let words = ["credential", "add", "cma-aama", "--certified", "2021-03-17"];
        let output = as_nobody(&desk, &program, &vault, &words);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(stderr(&output).contains("recert.db") && stderr(&output).contains("Allow"), "{}", stderr(&output));
        assert_eq!(contents(&vault), before);
    }
}

/// A small file system of its own, where one can be mounted: a full disk is then a fact, not a guess.
#[cfg(target_os = "linux")]
mod on_a_full_disk {
    use super::*;

    #[test]
    fn a_full_disk_is_named_and_what_was_kept_stays() {
        let desk = Desk::new();
        fs::create_dir(desk.path("small")).unwrap();
        let program = env!("CARGO_BIN_EXE_recert-under-test");
        // Root may mount in a namespace of its own, anyone else as the root of one; both end with the shell.
        let script = r#"
            set -eu
            mount -t tmpfs -o size=512k tmpfs "$1"
            recert() { "$2" --vault "$1/vault" "${@:3}"; }
            recert "$1" "$2" init --name Maria
            recert "$1" "$2" credential add cma-aama --certified 2021-03-17
            recert "$1" "$2" credit add --title Kept --completed 2024-03-04 --amount 1 --unit aama_ceu
            head -c 10000000 /dev/zero > "$1/filler" 2> "$1.ignored" || true
            code=0
            recert "$1" "$2" attach c1 "$3" 2> "$3.err" || code=$?
            echo "attach $code"
            code=0
            recert "$1" "$2" transcript -o "$1/t.pdf" 2> "$3.pdf.err" || code=$?
            echo "transcript $code"
            test ! -e "$1/t.pdf"
            rm "$1/filler"
            recert "$1" "$2" verify
            recert "$1" "$2" credit list
        "#;
        let mut noise = small_pdf("a certificate");
        noise.extend((0..200_000_u32).map(|i| u8::try_from(i.wrapping_mul(2_654_435_761) >> 24).unwrap()));
        let file = desk.write("big.pdf", noise);
        let mut unshare = Command::new("unshare");
        unshare.arg("--mount");
        if !is_root() {
            unshare.arg("--map-root-user");
        }
        let output = unshare
            .args(["bash", "-c", script, "bash"])
            .arg(desk.path("small"))
            .arg(program)
            .arg(&file)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{text}{}", stderr(&output));
        assert!(text.contains("attach 1") && text.contains("transcript 1"), "{text}");
        assert!(text.contains("Undamaged") && text.contains("Kept"), "{text}");
        for name in ["big.pdf.err", "big.pdf.pdf.err"] {
            let error = fs::read_to_string(desk.path(name)).unwrap();
            assert!(error.to_lowercase().contains("no space is left"), "{name}: {error}");
        }
    }
}
