//! Long work says how far it is to somebody at a terminal, and to nobody else.

use std::process::Command;

use crate::command::{Desk, TODAY, small_pdf, stderr};

/// The command as if typed in a terminal: all that it wrote there.
fn typed(desk: &Desk, words: &str) -> String {
    let line = format!("'{}' --today {TODAY} --vault vault {words}", env!("CARGO_BIN_EXE_recert-under-test"));
    let mut script = Command::new("script");
    let output = script.args(["--quiet", "--return", "--command", &line, "/dev/null"]).current_dir(desk.path(""));
    let output = output.env_remove("RECERT_VAULT").output().unwrap();
    assert!(output.status.success(), "{words}: {}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// What is left on the screen: of what is written over, the last.
fn left(written: &str) -> String {
    let lines = written.split("\r\n").map(|line| line.rsplit('\r').next().unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn long_work_says_how_far_it_is_and_leaves_nothing_of_that_behind() {
    let desk = Desk::of_maria();
    desk.write("log.csv", "title,completed_on,amount,unit\nDraw,2024-03-04,1,contact_hour\n");
    desk.write("a.pdf", small_pdf("a"));
    desk.write("b.pdf", small_pdf("b"));
    for (words, progress, answer) in [
        ("import log.csv", "Importing: 100 %", "Imported 1 credit"),
        ("attach c1 a.pdf b.pdf", "Attaching: 50 %\rAttaching: 100 %", "Attached a.pdf, b.pdf to c1."),
        ("backup create", "Backing up: 100 %", "Backed up"),
        ("backup create whole.zip", "Backing up: 50 %\rBacking up: 100 %", "Backed up"),
        ("verify", "Checking: 100 %", "Undamaged"),
        ("backup restore whole.zip --preview", "Comparing: 100 %", "Would restore"),
        ("backup restore whole.zip", "Restoring: 100 %", "Restored"),
    ] {
        let written = typed(&desk, words);
        assert!(written.contains(progress), "{words}: {written:?}");
        assert!(left(&written).starts_with(answer), "{words}: {written:?}");
    }
}

#[test]
fn a_program_is_told_the_answer_alone() {
    let desk = Desk::of_maria();
    for words in ["verify --json", "backup create --json"] {
        let written = typed(&desk, words);
        assert!(serde_json::from_str::<serde_json::Value>(&written).is_ok(), "{words}: {written:?}");
    }
    // Where standard error is no terminal, `done` accepts not a word on it.
    desk.done(&["verify"]);
}
