//! Whatever is given as a certificate is attached, or refused with a reason and a way on.
//!
//! The files are the fixtures, some that this makes, and all in the folder that RECERT_SAMPLES names, if it is set.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Desk, contents, small_pdf, stderr};

/// What every refusal begins to tell her to do with the file.
const WAYS_ON: [&str; 2] = ["Save, scan or photograph", "Save or download it again"];

#[expect(clippy::disallowed_methods, reason = "what else is to be tried is up to who runs it")]
fn files() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let samples = env::var_os("RECERT_SAMPLES").map(PathBuf::from);
    assert!(samples.as_ref().is_none_or(|folder| folder.is_dir()), "RECERT_SAMPLES is no folder");
    let folders = [fixtures].into_iter().chain(samples);
    folders.flat_map(|folder| contents(&folder)).map(|(path, _)| path).collect()
}

/// Up to where the pixels begin: a grey picture of 30,000 by 30,000, which would be 900 MB.
const HUGE_PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x75\x30\0\0\x75\x30\x08\0\0\0\0\x43\x4c\xa7\x66\0\0\0\x04IDATpart";

#[test]
fn every_file_is_attached_or_refused_with_a_reason_and_a_way_on() {
    let desk = Desk::of_maria();
    let id = desk.credit(&["--title", "Draw", "--completed", "2024-03-04", "--amount", "1", "--unit", "contact_hour"]);
    let (mut attached, mut refused) = (BTreeSet::new(), 0);
    for file in files() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let output = desk.recert(&["attach", &id, file.to_str().unwrap()]);
        let (told, complaint) = (String::from_utf8(output.stdout.clone()).unwrap(), stderr(&output));
        match output.status.code() {
            Some(0) => {
                assert!(told.starts_with(&format!("Attached {name} to {id}.\n")) && complaint.is_empty(), "{told}");
                attached.insert(fs::read(&file).unwrap());
            }
            Some(1) => {
                assert!(told.is_empty() && complaint.lines().count() == 1, "{told}{complaint}");
                assert!(complaint.contains(&name), "{complaint}");
                assert!(WAYS_ON.iter().any(|way_on| complaint.contains(way_on)), "{complaint}");
                refused += 1;
            }
            other => panic!("{}: {other:?} {complaint}", file.display()),
        }
    }
    assert!(!attached.is_empty() && refused > 0, "the fixtures have both");
    let proofs = desk.asked(&["credit", "show", &id])["proofs"].as_array().unwrap().len();
    assert_eq!(proofs, attached.len(), "the same bytes are attached once");
    assert!(desk.done(&["verify"]).starts_with("Undamaged"));
}

/// With less memory than such a picture would take up, and a few seconds of work.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_claims_to_be_huge_or_is_cut_off_costs_little() {
    use std::process::Command;
    let desk = Desk::of_maria();
    let id = desk.credit(&["--title", "Draw", "--completed", "2024-03-04", "--amount", "1", "--unit", "contact_hour"]);
    let whole = small_pdf("a certificate");
    desk.write("huge.png", HUGE_PNG);
    desk.write("cut.pdf", &whole[..whole.len() / 2]);
    let mut limited = Command::new("sh");
    limited.args(["-c", r#"ulimit -v 600000; ulimit -t 5; exec "$@""#, "sh", env!("CARGO_BIN_EXE_recert-under-test")]);
    limited.current_dir(desk.path("")).arg("--vault").arg(desk.vault()).args(["attach", &id, "huge.png", "cut.pdf"]);
    let output = limited.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(desk.asked(&["credit", "show", &id])["proofs"].as_array().unwrap().len(), 2);
}
