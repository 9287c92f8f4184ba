//! What is written on paper: transcripts and packets, whole or not at all, and known again.

use std::fs;

use serde_json::Value;

use crate::command::{Desk, small_pdf};

/// Maria with a credit of each source, each with a certificate of its own.
fn desk() -> Desk {
    let desk = Desk::of_maria();
    for (title, approver, unit) in
        [("Order of Draw", "ancc", "contact_hour"), ("Front: desk / law?", "aama", "aama_ceu")]
    {
        let id = desk.credit(&[
            "--title",
            title,
            "--completed",
            "2024-03-04",
            "--amount",
            "2",
            "--unit",
            unit,
            "--approver",
            approver,
            "--split",
            "clinical=2",
        ]);
        desk.write("certificate.pdf", small_pdf(title));
        desk.done(&["attach", &id, "certificate.pdf"]);
    }
    desk
}

/// Behind the program's back.
fn change_all_originals(desk: &Desk) {
    let originals = desk.vault().join("originals");
    for shelf in fs::read_dir(originals).unwrap() {
        for file in fs::read_dir(shelf.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            fs::remove_file(&path).unwrap();
            fs::write(path, small_pdf("Somebody else’s")).unwrap();
        }
    }
}

fn names(report: &Value) -> Vec<usize> {
    let exhibits = report["exhibits"].as_array().unwrap();
    exhibits.iter().map(|exhibit| usize::try_from(exhibit["pages"].as_u64().unwrap()).unwrap()).collect()
}

#[test]
fn a_packet_of_mixed_credits_shows_what_the_issuer_does_not_have_unless_all_is_asked_for() {
    let desk = desk();
    assert_eq!(names(&desk.asked(&["packet", "-o", "some.pdf"])), [1]);
    assert_eq!(names(&desk.asked(&["packet", "-o", "all.pdf", "--only", "all"])), [1, 1]);
    assert_eq!(names(&desk.asked(&["packet", "-o", "other.pdf", "--only", "non-aama"])), [1]);
    assert!(fs::read(desk.path("all.pdf")).unwrap().starts_with(b"%PDF-1.7"));
}

#[test]
fn the_same_day_gives_the_same_bytes() {
    let desk = desk();
    for (one, other, words) in
        [("a.pdf", "b.pdf", vec!["packet"]), ("c.pdf", "d.pdf", vec!["transcript", "--large-print"])]
    {
        for name in [one, other] {
            desk.done(&[&words[..], &["-o", name]].concat());
        }
        assert!(fs::read(desk.path(one)).unwrap() == fs::read(desk.path(other)).unwrap(), "{words:?}");
    }
}

#[test]
fn a_file_of_hers_is_told_again_and_a_changed_byte_is_noticed() {
    let desk = desk();
    desk.done(&["transcript", "-o", "t.pdf"]);
    desk.done(&["packet", "-o", "p.pdf"]);
    let told = desk.done(&["transcript", "--check", "t.pdf"]);
    assert_eq!(told, "This is the transcript t.pdf that Recert wrote on 15 Jan 2026, unchanged.\n");
    fs::rename(desk.path("p.pdf"), desk.path("renamed.pdf")).unwrap();
    assert!(desk.done(&["transcript", "--check", "renamed.pdf"]).contains("the packet p.pdf"));
    desk.done(&["submission", "add", "--sent", "2026-01-15"]);
    assert!(desk.done(&["transcript", "--check", "t.pdf"]).contains("that you sent on 15 Jan 2026 (s1)"));

    let mut bytes = fs::read(desk.path("t.pdf")).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    desk.write("t.pdf", bytes);
    let (code, message) = desk.refused(&["transcript", "--check", "t.pdf"]);
    assert_eq!((code.as_str(), message.contains("or it was changed since")), ("not_found", true), "{message}");
}

#[test]
fn a_folder_to_upload_has_readable_numbered_names_and_never_takes_the_place_of_another() {
    let desk = desk();
    desk.done(&["packet", "-o", "upload", "--only", "all"]);
    let mut names: Vec<String> = fs::read_dir(desk.path("upload"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["00 Transcript.pdf", "01 Front desk law, 4 Mar 2024.pdf", "02 Order of Draw, 4 Mar 2024.pdf"]);
    assert_eq!(fs::read(desk.path("upload/02 Order of Draw, 4 Mar 2024.pdf")).unwrap(), small_pdf("Order of Draw"));
    let (code, message) = desk.refused(&["packet", "-o", "upload"]);
    assert_eq!((code.as_str(), message.contains("name a new folder")), ("file_unwritable", true), "{message}");
    assert_eq!(fs::read_dir(desk.path("upload")).unwrap().count(), 3);
}

#[test]
fn a_packet_that_cannot_be_as_small_as_asked_says_so_and_leaves_the_file_before_it() {
    let desk = desk();
    // Noise, which nothing makes smaller.
    let noise = std::iter::successors(Some(1_u32), |n| {
        let n = n ^ (n << 13);
        let n = n ^ (n >> 17);
        Some(n ^ (n << 5))
    });
    let noise = noise.take(1_200_000).flat_map(u32::to_le_bytes);
    let big = small_pdf("big").into_iter().chain(noise).collect::<Vec<u8>>();
    desk.write("big.pdf", big);
    let words = ["--title", "Big", "--completed", "2024-05-04", "--amount", "1", "--unit", "contact_hour"];
    let id = desk.credit(&[&words[..], &["--approver", "ancc", "--split", "clinical=1"]].concat());
    desk.done(&["attach", &id, "big.pdf"]);
    desk.done(&["packet", "-o", "p.pdf", "--under", "5"]);
    let before = fs::read(desk.path("p.pdf")).unwrap();
    let (code, message) = desk.refused(&["packet", "-o", "p.pdf", "--under", "3"]);
    assert_eq!((code.as_str(), message.contains("more than 3 MB")), ("file_refused", true), "{message}");
    assert!(fs::read(desk.path("p.pdf")).unwrap() == before);
}

#[test]
fn a_proof_that_changed_on_the_disk_is_not_shown_as_if_it_were_hers() {
    let desk = desk();
    change_all_originals(&desk);
    let report = desk.asked(&["packet", "-o", "p.pdf"]);
    assert_eq!(report["exhibits"][0]["remark"], "It is no longer the file that was added. Attach it again.");
}

#[test]
fn a_transcript_carries_the_files_it_lists_where_that_is_asked_for() {
    const TOLD: &str = "These files are attached to this document";
    let desk = desk();
    let written = |words: &[&str]| {
        desk.done(&[&["transcript", "-o", "t.pdf"], words].concat());
        let bytes = fs::read(desk.path("t.pdf")).unwrap();
        let text = inspect::text(bytes.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
        (bytes.len(), text.contains(TOLD))
    };
    let (plain, is_told) = written(&[]);
    assert!(!is_told);
    let (larger, is_told) = written(&["--with-originals"]);
    assert!(is_told && larger > plain + 1_000, "{larger} bytes with the files, {plain} without");
    let refused = desk.recert(&["transcript", "-o", "t.pdf", "--with-originals", "--summary"]);
    assert_eq!(refused.status.code(), Some(2), "one page lists none");
}

#[test]
fn a_file_that_is_gone_or_changed_is_never_attached_and_the_transcript_before_it_stays() {
    let desk = desk();
    desk.done(&["transcript", "-o", "t.pdf", "--with-originals"]);
    let before = fs::read(desk.path("t.pdf")).unwrap();
    change_all_originals(&desk);
    let (code, message) = desk.refused(&["transcript", "-o", "t.pdf", "--with-originals"]);
    assert_eq!(code, "file_unreadable", "{message}");
    let changed = "“certificate.pdf” is no longer the file that was added";
    assert_eq!(message.matches(changed).count(), 2, "{message}");
    assert!(fs::read(desk.path("t.pdf")).unwrap() == before);
    desk.done(&["transcript", "-o", "t.pdf"]);
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind_and_says_where() {
    let desk = desk();
    for output in ["nowhere/p.pdf", "nowhere/folder"] {
        let (code, message) = desk.refused(&["packet", "-o", output]);
        assert_eq!(code, "file_unwritable", "{message}");
        assert!(message.contains("nowhere"), "{message}");
    }
    let (code, message) = desk.refused(&["packet", "-o", "vault/p.pdf"]);
    assert_eq!((code.as_str(), message.contains("lies inside the folder of your record")), ("file_unwritable", true));
    let left = |name: &str| name.ends_with(".pdf") && name != "certificate.pdf" || name.starts_with(".recert");
    let names = fs::read_dir(desk.path("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.filter(|name| left(name)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_packet_of_no_credits_is_a_transcript_that_says_so() {
    let desk = Desk::of_maria();
    assert_eq!(names(&desk.asked(&["packet", "-o", "p.pdf"])), [0_usize; 0]);
}
