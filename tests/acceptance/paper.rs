//! What is written on paper: transcripts and packets, whole or not at all, and known again.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::command::{Desk, small_pdf};
use crate::dice::Dice;

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

/// How many pages each exhibit has.
fn pages(report: &Value) -> Vec<usize> {
    let exhibits = report["exhibits"].as_array().unwrap();
    exhibits.iter().map(|exhibit| usize::try_from(exhibit["pages"].as_u64().unwrap()).unwrap()).collect()
}

#[test]
fn a_packet_of_mixed_credits_shows_what_the_issuer_does_not_have_unless_all_is_asked_for() {
    let desk = desk();
    assert_eq!(pages(&desk.asked(&["packet", "-o", "some.pdf"])), [1]);
    assert_eq!(pages(&desk.asked(&["packet", "-o", "all.pdf", "--only", "all"])), [1, 1]);
    assert_eq!(pages(&desk.asked(&["packet", "-o", "other.pdf", "--only", "non-aama"])), [1]);
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

/// The names of the files in a folder, sorted.
fn listed(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

/// The text of the first pages of a PDF, in one line.
fn text(path: &Path) -> String {
    inspect::text(&fs::read(path).unwrap()).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_folder_to_upload_has_readable_numbered_names_and_never_takes_the_place_of_another() {
    let desk = desk();
    desk.done(&["packet", "-o", "upload", "--only", "all"]);
    assert_eq!(
        listed(&desk.path("upload")),
        ["00 Transcript.pdf", "01 Front desk law, 4 Mar 2024.pdf", "02 Order of Draw, 4 Mar 2024.pdf"]
    );
    assert_eq!(fs::read(desk.path("upload/02 Order of Draw, 4 Mar 2024.pdf")).unwrap(), small_pdf("Order of Draw"));
    let (code, message) = desk.refused(&["packet", "-o", "upload"]);
    assert_eq!((code.as_str(), message.contains("name a new folder")), ("file_unwritable", true), "{message}");
    assert_eq!(fs::read_dir(desk.path("upload")).unwrap().count(), 3);
}

#[test]
fn a_packet_that_cannot_be_as_small_as_asked_says_so_and_leaves_the_file_before_it() {
    let desk = desk();
    let mut dice = Dice::new(1);
    let noise = (0..600_000).flat_map(|_| dice.throw().to_le_bytes());
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
fn a_proof_that_changed_on_the_disk_or_is_gone_is_not_shown_as_if_it_were_hers() {
    let desk = desk();
    let remark = |output: &str| desk.asked(&["packet", "-o", output])["exhibits"][0]["remark"].clone();
    change_all_originals(&desk);
    for output in ["p.pdf", "changed"] {
        assert_eq!(remark(output), "It is no longer the file that was added. Attach it again.");
    }
    fs::remove_dir_all(desk.vault().join("originals")).unwrap();
    for output in ["p.pdf", "gone"] {
        assert_eq!(remark(output), "It is not on this computer. Attach it again.");
    }
    assert_eq!(listed(&desk.path("gone")), ["00 Transcript.pdf"]);
    assert!(text(&desk.path("p.pdf")).contains("is not part of this document: it is not on this computer"));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let desk = desk();
    let pipe = desk.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (code, message) = desk.refused(&["transcript", "--check", "pipe"]);
    assert_eq!(code, "file_unreadable");
    assert!(message.contains("it is no file"), "{message}");
}

/// Attaches a file to a credit that AAMA did not approve.
fn with_file(desk: &Desk, title: &str, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let words = ["--completed", "2024-03-04", "--amount", "2", "--unit", "contact_hour", "--approver", "ancc"];
    let id = desk.credit(&[&["--title", title, "--split", "clinical=2"], &words[..]].concat());
    desk.write(name, bytes);
    desk.done(&["attach", &id, name]);
    id
}

/// A PDF whose end is missing, with the places of its objects.
fn damaged_pdf(text: &str) -> Vec<u8> {
    let mut bytes = small_pdf(text);
    let end = bytes.windows(4).position(|window| window == b"xref").unwrap();
    bytes.truncate(end);
    bytes
}

/// A TIFF with so many black pages of a size, in which a page takes no more room than its own description.
fn tiff(pages: u32, side: u32) -> Vec<u8> {
    const DIRECTORY: u32 = 2 + 9 * 12 + 4;
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    for page in 1..=pages {
        bytes.extend(9_u16.to_le_bytes());
        let pixels = 8 + pages * DIRECTORY;
        let entries = [(256_u16, side), (257, side), (258, 8), (259, 1), (262, 1), (273, pixels), (277, 1)];
        for (tag, value) in entries.into_iter().chain([(278, side), (279, side.saturating_mul(side))]) {
            bytes.extend([&tag.to_le_bytes()[..], &4_u16.to_le_bytes(), &1_u32.to_le_bytes()].concat());
            bytes.extend(value.to_le_bytes());
        }
        let next = if page == pages { 0 } else { 8 + page * DIRECTORY };
        bytes.extend(next.to_le_bytes());
    }
    bytes.extend((0..side.min(100)).flat_map(|_| vec![0; side.min(100) as usize]));
    bytes
}

#[test]
fn a_damaged_pdf_is_there_as_pictures_of_its_pages_and_as_it_is() {
    let desk = Desk::of_maria();
    let damaged = damaged_pdf("Order of Draw");
    with_file(&desk, "Order of Draw", "certificate.pdf", &damaged);
    let report = desk.asked(&["packet", "-o", "p.pdf"]);
    assert_eq!(pages(&report), [1]);
    assert!(
        report["exhibits"][0]["remark"].as_str().unwrap().starts_with("It is damaged. Its pages are there as pictures")
    );
    assert!(text(&desk.path("p.pdf")).contains("The file is damaged: these pages are pictures"));
    assert_eq!(pages(&desk.asked(&["packet", "-o", "upload"])), [1]);
    let name = "01 Order of Draw, 4 Mar 2024";
    let expected = ["00 Transcript.pdf".to_owned(), format!("{name}, page 1.jpg"), format!("{name}.pdf")];
    assert_eq!(listed(&desk.path("upload")), expected);
    assert_eq!(fs::read(desk.path(&format!("upload/{name}.pdf"))).unwrap(), damaged);
}

#[test]
fn every_page_of_a_scan_is_in_the_packet_and_in_the_folder() {
    let desk = Desk::of_maria();
    with_file(&desk, "Order of Draw", "scan.tif", tiff(3, 40));
    assert_eq!(pages(&desk.asked(&["packet", "-o", "p.pdf"])), [3]);
    assert_eq!(pages(&desk.asked(&["packet", "-o", "upload"])), [3]);
    let page = |page: u32| format!("01 Order of Draw, 4 Mar 2024, page {page}.jpg");
    assert_eq!(listed(&desk.path("upload")), ["00 Transcript.pdf".to_owned(), page(1), page(2), page(3)]);
}

#[test]
fn a_picture_that_is_too_large_to_be_drawn_is_attached_and_called_so() {
    let desk = Desk::of_maria();
    with_file(&desk, "Order of Draw", "huge.tif", tiff(1, 30_000));
    let report = desk.asked(&["packet", "-o", "p.pdf"]);
    assert_eq!(report["exhibits"][0]["remark"], "It is too large to be drawn. The file is there as it is.");
    assert!(text(&desk.path("p.pdf")).contains("it is too large for its pages to be drawn"));
}

#[test]
fn papers_that_the_verdict_rests_on_follow_the_certificates_and_documents_come_only_if_asked() {
    let desk = Desk::new();
    desk.done(&["init", "--name", "Maria Delgado"]);
    // Who renews it has to show a current card.
    desk.done(&["credential", "add", "ccma-c-ccbma", "--certified", "2024-03-17"]);
    with_file(&desk, "Order of Draw", "certificate.pdf", small_pdf("Order of Draw"));
    let fact = |words: &[&str], name: &str| {
        let id = desk.asked(&[&["fact", "add"], words].concat())["id"].as_str().unwrap().to_owned();
        desk.write(name, small_pdf(name));
        desk.done(&["attach", &id, name]);
    };
    fact(&["--kind", "cpr_card", "--issued", "2025-03-04", "--expires", "2027-03-04"], "card.pdf");
    fact(&["--kind", "cpr_card", "--issued", "2023-03-04", "--expires", "2025-03-04"], "old card.pdf");
    fact(&["--kind", "work_hours", "--amount", "400", "--issued", "2025-01-01"], "nobody asks for it.pdf");
    desk.done(&["transcript", "-o", "t.pdf"]);
    desk.write("credential.pdf", small_pdf("credential"));
    desk.done(&["document", "add", "credential.pdf", "--role", "credential_certificate"]);
    desk.write("marriage.pdf", small_pdf("marriage"));
    desk.done(&["document", "add", "marriage.pdf", "--role", "name_change"]);

    desk.done(&["transcript", "-o", "with documents.pdf"]);
    assert!(
        fs::read(desk.path("t.pdf")).unwrap() == fs::read(desk.path("with documents.pdf")).unwrap(),
        "a transcript is about credits"
    );
    let named = |words: &[&str]| {
        let report = desk.asked(&[&["packet", "-o", "p.pdf"], words].concat());
        let exhibits = report["exhibits"].as_array().unwrap().clone();
        exhibits.iter().map(|exhibit| exhibit["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(named(&[]), ["certificate.pdf", "card.pdf"]);
    let text = text(&desk.path("p.pdf"));
    for said in ["CPR card, valid to 4 Mar 2027", "Shows activity 1", "Shows: CPR card, valid to 4 Mar 2027"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let with = ["certificate.pdf", "card.pdf", "credential.pdf", "marriage.pdf"];
    assert_eq!(named(&["--with-documents"]), with);
    assert_eq!(named(&["--with-documents", "--hide", "former_names"]), with[..3]);

    desk.done(&["packet", "-o", "upload", "--with-documents"]);
    let files = [
        "00 Transcript.pdf",
        "01 Order of Draw, 4 Mar 2024.pdf",
        "02 CPR card, valid to 4 Mar 2027.pdf",
        "03 Certificate of the credential.pdf",
        "04 Change of name.pdf",
    ];
    assert_eq!(listed(&desk.path("upload")), files);
}

#[test]
fn a_packet_of_no_credits_holds_the_documents_that_are_asked_for() {
    let desk = Desk::of_maria();
    desk.write("credential.pdf", small_pdf("credential"));
    desk.done(&["document", "add", "credential.pdf", "--role", "credential_certificate"]);
    assert_eq!(pages(&desk.asked(&["packet", "-o", "p.pdf"])), [0; 0]);
    assert_eq!(pages(&desk.asked(&["packet", "-o", "p.pdf", "--with-documents"])), [1]);
}

#[cfg(unix)]
#[test]
fn a_name_that_cannot_be_printed_stops_nothing() {
    let desk = Desk::of_maria();
    let name = "\u{202e}תעודה\u{7}\u{1b}[31m 🩺\t(1).pdf";
    let id = with_file(&desk, "Order of Draw", name, small_pdf("Order of Draw"));
    desk.write("more 🩺.pdf", b"%PDF-1.7 and no more");
    desk.done(&["attach", &id, "more 🩺.pdf"]);
    desk.done(&["transcript", "-o", "t.pdf"]);
    desk.done(&["packet", "-o", "p.pdf"]);
    desk.done(&["packet", "-o", "upload"]);
    for output in ["t.pdf", "p.pdf"] {
        let text = text(&desk.path(output)).replace(' ', "");
        assert!(text.contains("<U+202E>?????<U+0007><U+001B>[31m?(1).pdf"), "{output}: {text}");
    }
    let name = "01 Order of Draw, 4 Mar 2024.pdf";
    assert_eq!(listed(&desk.path("upload"))[..2], ["00 Transcript.pdf", name]);
}

#[test]
fn a_title_of_4000_characters_stops_nothing() {
    let desk = Desk::of_maria();
    with_file(&desk, &"Order of Draw ".repeat(285), "certificate.pdf", small_pdf("Order of Draw"));
    assert_eq!(pages(&desk.asked(&["packet", "-o", "p.pdf"])), [1]);
    let folder = desk.asked(&["packet", "-o", "upload"]);
    assert_eq!(pages(&folder), [1]);
    assert!(listed(&desk.path("upload"))[1].len() < 100);
}

#[test]
fn a_transcript_carries_the_files_it_lists_where_that_is_asked_for() {
    const TOLD: &str = "These files are attached to this document";
    let desk = desk();
    let written = |words: &[&str]| {
        desk.done(&[&["transcript", "-o", "t.pdf"], words].concat());
        let bytes = fs::read(desk.path("t.pdf")).unwrap();
        let text = inspect::text(&bytes).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
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
    let left = |name: &String| name.ends_with(".pdf") && name != "certificate.pdf" || name.starts_with(".recert");
    assert_eq!(listed(&desk.path("")).into_iter().filter(left).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_packet_of_no_credits_is_a_transcript_that_says_so() {
    let desk = Desk::of_maria();
    assert_eq!(pages(&desk.asked(&["packet", "-o", "p.pdf"])), [0_usize; 0]);
}
