//! What can be seen in files, and that none of them does harm.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Document, Object, Stream, dictionary};

use crate::contained::{Stopped, contained};
use crate::text;

/// A PDF with a page for each text.
fn document(pages: &[&str]) -> Document {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let mut kids = Vec::new();
    for page in pages {
        let content = format!("BT /F1 18 Tf 72 720 Td ({page}) Tj ET");
        let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
        kids.push(Object::from(document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        })));
    }
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", root);
    document
        .trailer
        .set("ID", vec![Object::string_literal("0123456789abcdef"), Object::string_literal("0123456789abcdef")]);
    document
}

fn bytes(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn pdf(pages: &[&str]) -> Vec<u8> {
    bytes(document(pages))
}

fn locked(owner: &str, user: &str) -> Vec<u8> {
    let mut document = document(&["Order of Draw"]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: owner,
        user_password: user,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    bytes(document)
}

#[test]
fn the_text_of_every_page_is_read() {
    assert_eq!(text(pdf(&["Order of Draw", "2.0 contact hours"])), "Order of Draw\n2.0 contact hours");
}

#[test]
fn a_file_that_is_locked_against_changes_only_is_read_and_one_locked_against_reading_is_not() {
    assert_eq!(text(locked("owner", "")), "Order of Draw");
    assert_eq!(text(locked("owner", "open-sesame")), "");
}

#[test]
fn what_is_no_pdf_has_no_text() {
    for bytes in [&b""[..], b"%PDF-", b"MZ a program", b"%PDF-1.7 and then nothing of the sort"] {
        assert_eq!(text(bytes.to_vec()), "");
    }
}

#[test]
fn a_pdf_that_was_cut_off_or_scribbled_over_anywhere_does_no_harm() {
    let whole = pdf(&["Order of Draw"]);
    for end in 0..whole.len() {
        text(whole[..end].to_vec());
        let mut scribbled = whole.clone();
        scribbled[end] ^= 0x55;
        text(scribbled);
    }
}

#[test]
fn a_long_document_is_read_as_far_as_its_text_helps_to_find_it() {
    let page = "word ".repeat(2_000);
    let read = text(pdf(&[page.as_str(); 40]));
    assert!((60_000..=64 * 1024).contains(&read.len()), "{}", read.len());
}

#[test]
fn a_small_file_that_unpacks_to_a_huge_one_is_not_unpacked() {
    let mut document = document(&["Order of Draw"]);
    let spaces = vec![b' '; 200 * 1024 * 1024];
    let mut bomb = Stream::new(dictionary! {}, spaces);
    bomb.compress().unwrap();
    assert!(bomb.content.len() < 1024 * 1024);
    let bomb = document.add_object(bomb);
    let page = *document.get_pages().get(&1).unwrap();
    document.get_dictionary_mut(page).unwrap().set("Contents", bomb);
    assert_eq!(text(bytes(document)), "");
}

#[test]
fn deep_nesting_and_pages_that_contain_themselves_come_to_an_end() {
    let nested = format!("%PDF-1.4\n1 0 obj\n{}\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF", "[".repeat(1_000_000));
    assert_eq!(text(nested.into_bytes()), "");
    let mut circle = document(&["Order of Draw"]);
    let (id, _) =
        circle.objects.iter().find(|(_, object)| object.type_name().is_ok_and(|name| name == b"Pages")).unwrap();
    let id = *id;
    let kids = vec![Object::Reference(id), Object::Reference(id)];
    circle.get_dictionary_mut(id).unwrap().set("Kids", kids);
    text(bytes(circle));
}

#[test]
fn a_panic_stays_where_it_is_and_who_comes_to_no_end_is_not_waited_for() {
    assert_eq!(contained(Duration::from_secs(10), || 7), Ok(7));
    assert_eq!(
        contained(Duration::from_secs(10), || -> u8 { std::panic::resume_unwind(Box::new("a parser's bug")) }),
        Err(Stopped::Panicked)
    );
    let (end, ended) = std::sync::mpsc::channel::<()>();
    assert_eq!(contained(Duration::from_millis(1), move || ended.recv().is_ok()), Err(Stopped::TooLong));
    drop(end);
}
