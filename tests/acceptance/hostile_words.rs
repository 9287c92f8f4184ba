//! Words that give orders to a terminal, turn a line around or pass for a line of Recert's own: whoever wrote them, they
//! are printed as what they are, and none is taken in anew.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use serde_json::{Value, json};

use crate::command::{Desk, record, sha256, small_pdf, stderr};

/// What each does to a terminal that gets it raw.
const ORDERS: [&str; 12] = [
    "\u{1b}]0;gone\u{7}",
    "\u{1b}[2J",
    "\u{9b}31m",
    "\u{8}\u{8}\u{8}",
    "\u{7f}",
    "\u{85}",
    "\u{0}",
    "\u{202e}gnp.exe",
    "\u{2066}",
    "\u{e0041}",
    "\u{fff9}",
    "\u{c}",
];

/// What comes with text that is pasted and with names in other scripts: it is taken, and printed as what it is.
const MARKS: [&str; 4] = ["a\u{200f}b", "a\u{200e}b", "a\u{2028}b", "a\u{feff}b"];

/// Whether a terminal may not get it.
fn is_raw(c: char) -> bool {
    let is_order = c.is_control() && c != '\n';
    is_order
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}'
        )
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What a command printed: none of it is raw, and no line of it is forged.
fn printed(output: &Output) -> String {
    let both = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    for text in &both {
        assert_eq!(text.chars().find(|c| is_raw(*c)), None, "{text:?}");
        assert!(!text.lines().any(|line| line.starts_with("recert: all is well")), "{text:?}");
    }
    both.concat()
}

/// The code and the message of the error that a command ends with.
fn refused(desk: &Desk, words: &[&str]) -> (String, String) {
    let output = desk.recert(words);
    assert_eq!(output.status.code(), Some(1), "recert {words:?} should fail: {}", stderr(&output));
    assert_eq!(printed(&output).lines().count(), 1, "an error is one line: {}", stderr(&output));
    let json = desk.recert(&[words, &["--json"]].concat());
    printed(&json);
    let error: Value = serde_json::from_slice(&json.stderr).unwrap();
    let text = |field: &str| error["error"][field].as_str().unwrap().to_owned();
    (text("code"), text("message"))
}

/// A record in which every text is hostile, as a stranger may write it by hand.
fn hostile_record() -> Value {
    let all = [ORDERS.concat(), MARKS.concat(), "\nrecert: all is well\r\n\t".to_owned()].concat();
    let text = |what: &str| format!("{what}{all}");
    let proof = json!({ "sha256": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef", "name": text("certificate.pdf").replace('\0', "") });
    json!({
        "schema": "recert.record/1",
        "holder": { "name": text("Maria"), "former_names": [text("Mary")], "address": [text("Lane")], "issuer_ids": { "aama": text("1") }, "documents": [proof] },
        "credentials": [{ "id": "cma", "pack": "cma-aama", "certified_on": "2021-03-17", "expires_on": "2026-04-30", "expires_reason": text("letter") }],
        "credits": [
            { "id": "c1\u{1b}[2J\u{202e}", "title": text("Draw"), "provider": text("Lakeside"), "provider_number": text("n"), "completed_on": "2024-03-04",
              "amount": "2", "unit": "ceu", "approver": text("ancc"), "tags": [text("law")], "format": text("live"), "description": text("about"),
              "relevance": text("for"), "name_on_certificate": text("Maria"), "proofs": [proof] },
            { "id": "c2", "title": text("Draw"), "completed_on": "2024-03-04", "amount": "2", "unit": "ceu", "approver": "unsure" }
        ],
        "facts": [{ "id": "f1\u{9b}\n", "kind": "cpr_card", "title": text("card"), "tag": text("bls"), "expires_on": "2027-01-01" }],
        "answers": [{ "question": text("approver"), "answer": text("Yes"), "answered_on": "2025-01-01", "note": text("by mail") }],
        "pins": [{ "credential": "cma", "credit": text("c9"), "counted": true, "category": text("clinical") }],
        "overrides": [{ "pack": "cma-aama", "path": "requirements.total.needed", "value": "50", "reason": text("letter"), "on": "2025-01-01" }]
    })
}

#[test]
fn a_record_of_a_stranger_is_judged_and_none_of_its_words_acts() {
    let desk = Desk::new();
    desk.write("theirs.json", hostile_record().to_string());
    let told = printed(&desk.recert(&["evaluate", "theirs.json"]));
    assert!(told.contains("<U+001B>]0;gone<U+0007>") && told.contains("<U+202E>gnp.exe"), "{told}");
    let output = desk.recert(&["evaluate", "theirs.json", "--json"]);
    printed(&output);
    let evaluation: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(evaluation["credits"][0]["id"], hostile_record()["credits"][0]["id"], "the same JSON, escaped or not");
    printed(&desk.recert(&["evaluate", "theirs.json", "--credential", &ORDERS[7..].concat()]));
}

#[test]
fn a_record_with_words_that_act_is_not_brought_in_and_the_place_is_named() {
    let desk = Desk::of_maria();
    let before = record(&desk, &desk.vault());
    desk.write("theirs.json", hostile_record().to_string());
    for dry in [&[][..], &["--dry-run"]] {
        let words = [&["import", "theirs.json"], dry].concat();
        let (code, message) = refused(&desk, &words);
        assert_eq!(code, "file_refused");
        assert!(message.contains("answers[0].answer: holds U+001B, which cannot be seen"), "{message}");
    }
    assert_eq!(record(&desk, &desk.vault()), before);
}

#[test]
fn marks_that_come_with_names_and_pasted_text_and_line_ends_are_brought_in_byte_for_byte() {
    let desk = Desk::of_maria();
    let mut theirs: Value = serde_json::from_str(&record(&desk, &desk.vault())).unwrap();
    theirs["credits"] = json!([{ "id": "c1", "title": MARKS.concat(), "completed_on": "2024-03-04", "amount": "2", "unit": "ceu",
                                 "description": "first\n\tsecond" ,
                                 "proofs": [{ "sha256": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
                                              "name": "invoice\u{202e}fdp.exe" }] }]);
    desk.write("theirs.json", theirs.to_string());
    desk.done(&["import", "theirs.json"]);
    let exported = record(&desk, &desk.vault());
    let kept: Value = serde_json::from_str(&exported).unwrap();
    for field in ["title", "description", "proofs"] {
        let (kept, given) = (&kept["credits"][0][field], &theirs["credits"][0][field]);
        assert_eq!(
            kept.get(0).map_or(kept, |proof| &proof["name"]),
            given.get(0).map_or(given, |proof| &proof["name"])
        );
    }
    let told = printed(&desk.recert(&["credit", "show", "c1"]));
    assert!(told.contains("a<U+200F>ba<U+200E>ba<U+2028>ba<U+FEFF>b"), "{told}");
    assert!(told.contains("about: first  second") && told.contains("invoice<U+202E>fdp.exe"), "{told}");
    // Out, in, and out again: the same bytes.
    let other = desk.path("other");
    desk.done_on(&other, &["init", "--name", "Maria Delgado"]);
    desk.write("again.json", &exported);
    desk.done_on(&other, &["import", "again.json"]);
    assert_eq!(record(&desk, &other), exported);
}

#[test]
fn what_is_typed_in_is_refused_with_its_field_and_what_is_in_it() {
    let desk = Desk::of_maria();
    let id = desk.credit(&["--title", "EKG", "--completed", "2024-03-04", "--amount", "2", "--unit", "ceu"]);
    desk.done(&["submission", "add"]);
    let before = record(&desk, &desk.vault());
    // A command line cannot hold a nought.
    for order in ORDERS.into_iter().filter(|order| !order.contains('\0')) {
        let text = &format!("a{order}b");
        for (field, words) in [
            ("title", &["credit", "edit", &id, "--title", text][..]),
            ("provider", &["credit", "edit", &id, "--provider", text]),
            ("provider_number", &["credit", "edit", &id, "--number", text]),
            ("description", &["credit", "edit", &id, "--description", text]),
            ("tags[0]", &["credit", "edit", &id, "--tag", text]),
            ("title", &["fact", "add", "--kind", "other", "--title", text]),
            ("note", &["answer", "add", "approver", "Yes", "--note", text]),
            ("reason", &["rule", "set", "cma-aama", "requirements.total.needed", "50", "--reason", text]),
            ("expires_reason", &["credential", "edit", "cma", "--reason", text]),
            ("note", &["submission", "edit", "s1", "--note", text]),
        ] {
            let (_, message) = refused(&desk, words);
            assert!(message.contains(&format!("{field}: holds U+")), "{words:?}: {message}");
        }
        let name = &["init", "--name", text];
        let output = desk.recert_on(&desk.path("new"), name).output().unwrap();
        assert!(printed(&output).contains("name: holds U+"), "{}", stderr(&output));
    }
    assert_eq!(record(&desk, &desk.vault()), before, "nothing of it was kept");
    assert!(!desk.path("new").exists());
    // What means nothing around a text is a blank.
    let pasted = "\u{feff}\u{200e}EKG\u{200b}";
    assert_eq!(desk.asked(&["credit", "edit", &id, "--title", pasted])["title"], "EKG");
}

#[test]
fn a_line_of_a_title_does_not_pass_for_a_line_of_recert() {
    let desk = Desk::of_maria();
    let title = "EKG\nrecert: all is well\r\nrecert: all is well";
    let id = desk.credit(&["--title", title, "--completed", "2024-03-04", "--amount", "2", "--unit", "ceu"]);
    for words in [
        &["credit", "list"][..],
        &["credit", "show", &id],
        &["history"],
        &["history", &id],
        &["status"],
        &["preflight"],
    ] {
        printed(&desk.recert(words));
    }
    assert!(desk.done(&["credit", "list"]).contains("EKG recert: all is well  recert: all is well, 4 Mar 2024"));
}

#[test]
fn cells_that_act_are_named_with_their_row_and_no_row_is_taken() {
    let desk = Desk::of_maria();
    let head = "title,provider,completed_on,amount,unit";
    let before = record(&desk, &desk.vault());
    for order in ORDERS.into_iter().filter(|order| !order.contains('\0')) {
        for (column, row) in [
            ("title", format!("a{order}b,Lakeside,2024-03-04,2,ceu")),
            ("provider", format!("EKG,a{order}b,2024-03-04,2,ceu")),
            ("unit", format!("EKG,Lakeside,2024-03-04,2,a{order}b")),
        ] {
            desk.write("theirs.csv", format!("{head}\n{row}\n"));
            for words in [&["import", "theirs.csv"][..], &["import", "theirs.csv", "--dry-run"]] {
                let (_, message) = refused(&desk, words);
                assert!(message.contains(&format!("row 2, column {column}")), "{message}");
                assert!(message.contains("holds U+"), "{message}");
            }
        }
        desk.write("theirs.csv", format!("{head},a{order}b\nEKG,Lakeside,2024-03-04,2,ceu,1\n"));
        printed(&desk.recert(&["import", "theirs.csv"]));
    }
    assert_eq!(record(&desk, &desk.vault()), before);
    // Pasted marks are taken as they are, around a text they are blanks.
    desk.write(
        "theirs.csv",
        format!("\u{feff}{head}\n\"\u{200e}Moshe\u{200f} (EKG)\u{200b}\",Lakeside,2024-03-04,2,ceu\n"),
    );
    desk.done(&["import", "theirs.csv"]);
    assert_eq!(desk.asked(&["credit", "list"])[0]["title"], "Moshe\u{200f} (EKG)");
}

#[test]
fn rules_of_a_stranger_with_words_that_act_are_not_added() {
    let desk = Desk::of_maria();
    let mut pack: Value = serde_json::from_str(&desk.done(&["packs", "show", "cma-aama"])).unwrap();
    pack["issuer"]["short"] = "CMA\u{202e}\u{1b}[2J".into();
    desk.write("theirs.json", pack.to_string());
    for words in [&["packs", "check", "theirs.json"][..], &["packs", "add", "theirs.json"]] {
        let output = desk.recert(words);
        assert_eq!(output.status.code(), Some(1));
        assert!(printed(&output).contains("issuer.short: holds U+202E"), "{}", stderr(&output));
        printed(&desk.recert(&[words, &["--json"]].concat()));
    }
}

#[test]
fn what_she_mistypes_is_told_as_what_it_is() {
    let desk = Desk::of_maria();
    for order in ORDERS.into_iter().chain(MARKS).filter(|order| !order.contains('\0')) {
        for words in [
            &[order][..],
            &["credit", order],
            &["credit", "list", order],
            &["credit", "list", &format!("--{order}")],
            &["credit", "show", order],
            &["credit", "add", "--kind", order],
            &["credit", "add", "--completed", order, "--amount", order, "--unit", "ceu"],
            &["credit", "add", "--split", order],
            &["status", "--on", order],
            &["status", "--credential", order],
            &["credential", "add", order],
            &["attach", order, order],
            &["import", order],
            &["evaluate", order],
            &["export", &format!("nowhere/{order}")],
            &["backup", "restore", order],
            &["search", order],
            &["history", order],
            &["transcript", "--check", order],
            &["packs", "show", order],
            &["rule", "set", order, order, order, "--reason", "x"],
            &["pin", "add", order],
            &["renewal", "list", "--credential", order],
        ] {
            let output = desk.recert(words);
            printed(&output);
            assert_ne!(output.status.code(), Some(101), "{words:?}: {}", stderr(&output));
            let json = desk.recert(&[words, &["--json"]].concat());
            printed(&json);
            let text = if json.status.success() { &json.stdout } else { &json.stderr };
            serde_json::from_slice::<Value>(text).unwrap();
        }
    }
}

/// Names of files as only some systems have them.
#[cfg(unix)]
#[test]
fn a_file_and_a_folder_may_be_called_anything_and_are_named_as_what_they_are() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let desk = Desk::of_maria();
    let id = desk.credit(&["--title", "EKG", "--completed", "2024-03-04", "--amount", "2", "--unit", "ceu"]);
    let orders: Vec<&str> = ORDERS.into_iter().filter(|order| !order.contains('\0')).collect();
    for (number, order) in orders.iter().enumerate() {
        let name = format!("a{order}b.pdf");
        desk.write(&name, small_pdf(&format!("page {number}")));
        printed(&desk.recert(&["attach", &id, &name]));
    }
    let kept = desk.asked(&["credit", "show", &id]);
    let names: Vec<&str> =
        kept["proofs"].as_array().unwrap().iter().map(|proof| proof["name"].as_str().unwrap()).collect();
    assert_eq!(names, orders.iter().map(|order| format!("a{order}b.pdf")).collect::<Vec<_>>(), "kept as they were");
    desk.write("a\u{202e}.txt", "no certificate");
    printed(&desk.recert(&["attach", &id, "a\u{202e}.txt"]));
    for words in [
        &["credit", "show", &id][..],
        &["search", "page"],
        &["preflight"],
        &["verify"],
        &["packet", "-o", "p\u{1b}.pdf"],
        &["packet", "-o", "folder\u{1b}"],
        &["transcript", "-o", "t\u{202e}.pdf", "--with-originals"],
        &["transcript", "--check", "t\u{202e}.pdf"],
        &["sheet", "index", "-o", "s\u{9b}.pdf"],
        &["export", "e\u{9b}.json"],
        &["backup", "create", "b\u{9b}.recert"],
        &["backup", "restore", "b\u{9b}.recert", "--preview"],
        &["backup", "list"],
        &["delete"],
    ] {
        let output = desk.recert(words);
        assert_eq!(output.status.code(), Some(0), "{words:?}: {}", stderr(&output));
        printed(&output);
        printed(&desk.recert(&[words, &["--json"]].concat()));
    }
    for name in fs::read_dir(desk.path("folder\u{1b}")).unwrap().map(|entry| entry.unwrap().file_name()) {
        let name = name.into_string().unwrap();
        assert_eq!(name.chars().find(|c| is_raw(*c)), None, "{name:?}");
    }
    // Neither has a name in Unicode.
    let strange = PathBuf::from(OsStr::from_bytes(b"vault \xff\x1b[2J"));
    let strange = desk.path("").join(strange);
    for words in
        [&["init", "--name", "Maria"][..], &["status"], &["credit", "list"], &["backup", "create"], &["delete"]]
    {
        for words in [words.to_vec(), [words, &["--json"]].concat()] {
            let output = desk.recert_on(&strange, &words).output().unwrap();
            printed(&output);
            assert_ne!(output.status.code(), Some(101), "{words:?}: {}", stderr(&output));
        }
    }
    let moved =
        desk.recert_on(&strange, &["backup", "move", "--json"]).arg(strange.with_extension("new")).output().unwrap();
    printed(&moved);
    assert_ne!(moved.status.code(), Some(101), "{}", stderr(&moved));
}

/// A record as an earlier version kept it, with words that nobody can type in any more. The title of each credit stands in
/// its row and in its history, where it is JSON.
fn kept_by_an_earlier_version(desk: &Desk, title_in_row: &[u8], title_in_history: &[u8]) {
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/vault-of-schema-3.db");
    let mut bytes = fs::read(fixture).unwrap();
    let mut put = |before: &[u8], after: &[u8]| {
        assert_eq!(before.len(), after.len(), "what follows would move");
        let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(before)).collect();
        assert!(!places.is_empty());
        for at in places {
            let written = bytes[at..].len().min(before.len());
            bytes[at..at + written].copy_from_slice(after);
        }
    };
    put(b"\"Workshop ", &[b"\"", title_in_history].concat());
    put(b"Workshop ", title_in_row);
    put(b"Lakeside Institute", "\u{202e}\u{2066}\u{9b}\u{85}\u{e0041}\u{200f}\u{7f}".as_bytes());
    put(b"Maria Delgado", "Mar\u{202e}\u{9b}\u{7f}\u{e0041}".as_bytes());
    put(b"first.pdf", "\u{202e}fdp\u{2066}".as_bytes());
    fs::create_dir(desk.vault()).unwrap();
    desk.write("vault/recert.db", bytes);
    // The second one is not on this computer.
    let first = small_pdf("first");
    let hash = sha256(&first);
    fs::create_dir_all(desk.vault().join("originals").join(&hash[..2])).unwrap();
    desk.write(&format!("vault/originals/{}/{hash}.pdf", &hash[..2]), first);
}

/// Every command that prints what the record holds.
fn every_command(backup: &str) -> Vec<Vec<&str>> {
    let all = [
        "credit list",
        "credit show c1",
        "credit edit c1 --amount 1",
        "credential list",
        "credential edit cma --certified 2021-03-18",
        "fact add --kind cpr_card --expires 2027-01-01",
        "fact list",
        "answer list",
        "pin add c1",
        "pin list",
        "rule list",
        "document list",
        "status",
        "status --planned",
        "preflight",
        "credit remove c2",
        "trash list",
        "credit restore c2",
        "undo",
        "redo",
        "history",
        "history c1",
        "search institute Mar W 0",
        "submission add --note mailed",
        "submission list",
        "submission show s1",
        "submission transcript s1 -o sent.pdf",
        "renewal list",
        "packs list",
        "export mine.json",
        "evaluate mine.json",
        "transcript -o t.pdf",
        "transcript --check t.pdf",
        "packet -o p.pdf",
        "packet -o folder",
        "sheet worksheet -o w.pdf",
        "sheet employer -o e.pdf",
        "sheet calendar -o c.pdf",
        "sheet index -o i.pdf",
        "sheet letter -o l.pdf",
        "backup list",
        "delete",
    ];
    let mut all: Vec<Vec<&str>> = all.iter().map(|words| words.split(' ').collect()).collect();
    all.push(vec!["backup", "restore", "--preview", backup]);
    all
}

#[test]
fn what_an_earlier_version_took_is_read_judged_printed_and_exported_and_none_of_it_acts() {
    let turned = "W\u{202e}\u{9b}\u{2066}";
    for (title, in_row, in_history) in [
        (turned, turned.as_bytes(), turned.as_bytes()),
        ("\u{1b}[2J\u{7}\u{8}\u{c}\u{b}\u{1}", b"\x1b[2J\x07\x08\x0c\x0b\x01".as_slice(), b"\\u001b[2J".as_slice()),
    ] {
        let desk = Desk::new();
        kept_by_an_earlier_version(&desk, in_row, in_history);
        let shown = title.chars().map(|c| if is_raw(c) { format!("<U+{:04X}>", u32::from(c)) } else { c.to_string() });
        let shown = format!("{}0", shown.collect::<String>());
        let list = printed(&desk.recert(&["credit", "list"]));
        assert!(list.contains(&shown), "{list}");
        let backup = last_backup(&desk);
        for words in every_command(&backup) {
            let output = desk.recert(&words);
            assert_eq!(output.status.code(), Some(0), "{words:?}: {}", stderr(&output));
            printed(&output);
            let output = desk.recert(&[&words[..], &["--json"]].concat());
            printed(&output);
            let json = if output.status.success() { &output.stdout } else { &output.stderr };
            serde_json::from_slice::<Value>(json).unwrap();
        }
        for file in fs::read_dir(desk.path("folder")).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            assert_eq!(name.chars().find(|c| is_raw(*c)), None, "{name:?}");
        }
        let paper =
            inspect::text(&fs::read(desk.path("t.pdf")).unwrap()).unwrap().split_whitespace().collect::<String>();
        assert!(paper.contains(&shown), "{paper}");
        assert!(paper.contains("Mar<U+202E><U+009B><U+007F><U+E0041>"), "{paper}");
        let mine: Value = serde_json::from_str(&fs::read_to_string(desk.path("mine.json")).unwrap()).unwrap();
        assert_eq!(mine["credits"][0]["title"], format!("{title}0"), "nothing is lost");
        // What is not touched may stay; the title typed in anew may not.
        assert!(
            refused(&desk, &["credit", "edit", "c1", "--title", &format!("{turned}1")]).1.contains("title: holds U+")
        );
        desk.done(&["credit", "edit", "c1", "--title", "Workshop 0"]);
    }
}

#[test]
fn a_record_that_an_earlier_version_kept_can_be_backed_up_verified_and_restored() {
    let desk = Desk::new();
    let title = "W\u{202e}\u{9b}\u{2066}".as_bytes();
    kept_by_an_earlier_version(&desk, title, title);
    let before = record(&desk, &desk.vault());
    printed(&desk.recert(&["verify"]));
    desk.done(&["backup", "create", "whole.recert"]);
    let other = desk.path("other");
    let output = desk.recert_on(&other, &["backup", "restore", "whole.recert"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    printed(&output);
    assert_eq!(record(&desk, &other), before);
}

fn last_backup(desk: &Desk) -> String {
    let backups = desk.asked(&["backup", "list"]);
    backups["backups"][0]["name"].as_str().unwrap().to_owned()
}
