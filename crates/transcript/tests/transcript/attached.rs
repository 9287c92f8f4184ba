//! The files of the exhibits, attached where she asks for it.

use domain::unseen::Unseen;
use lopdf::{Dictionary, Document, Object};
use transcript::{Error, Extent, Only};

use crate::conformance::failures;
use crate::records::{self, Sample};
use crate::{pages, pdf, text};

fn sample() -> Sample {
    let mut sample = records::lived_in();
    sample.options.originals = true;
    sample
}

/// An attached file.
#[derive(Debug, PartialEq)]
struct Attached {
    name: String,
    relation: String,
    about: String,
    media_type: String,
    size: i64,
    bytes: Vec<u8>,
}

fn words(entries: &Dictionary, key: &[u8]) -> String {
    match entries.get(key).unwrap() {
        Object::Name(name) => String::from_utf8(name.clone()).unwrap(),
        string => lopdf::decode_text_string(string).unwrap(),
    }
}

/// What a document carries, in the order of its name tree, which must be sorted and say the same as the list of associated
/// files.
fn attached(bytes: &[u8]) -> Vec<Attached> {
    let document = Document::load_mem(bytes).unwrap();
    let catalog = document.catalog().unwrap();
    let tree = catalog.get(b"Names").and_then(Object::as_dict).unwrap();
    let tree = tree.get(b"EmbeddedFiles").and_then(Object::as_dict).unwrap();
    let tree = tree.get(b"Names").and_then(Object::as_array).unwrap().chunks(2);
    let (keys, entries): (Vec<&[u8]>, Vec<&Object>) = tree.map(|pair| (pair[0].as_str().unwrap(), &pair[1])).unzip();
    assert!(keys.is_sorted_by(|one, next| one < next), "{keys:?}");
    let mut associated: Vec<&Object> = catalog.get(b"AF").and_then(Object::as_array).unwrap().iter().collect();
    associated.rotate_left(1); // the record was there first
    assert_eq!(entries, associated);
    let file = |entry: &Object| {
        let entry = document.get_dictionary(entry.as_reference().unwrap()).unwrap();
        let file = entry.get(b"EF").and_then(Object::as_dict).and_then(|file| file.get(b"UF")).unwrap();
        let file = document.get_object(file.as_reference().unwrap()).and_then(Object::as_stream).unwrap();
        let parameters = file.dict.get(b"Params").and_then(Object::as_dict).unwrap();
        assert_eq!(words(entry, b"F"), words(entry, b"UF"));
        Attached {
            name: words(entry, b"UF"),
            relation: words(entry, b"AFRelationship"),
            about: words(entry, b"Desc"),
            media_type: words(&file.dict, b"Subtype"),
            size: parameters.get(b"Size").and_then(Object::as_i64).unwrap(),
            bytes: file.decompressed_content().unwrap(),
        }
    };
    entries.into_iter().map(file).collect()
}

#[test]
fn every_exhibit_is_attached_byte_for_byte_under_its_number_and_conforms() {
    let mut sample = sample();
    let names = ["Übung – Świadectwo (2).pdf", "certificate.pdf", "certificate.pdf"];
    for (credit, name) in sample.record.credits.iter_mut().filter(|credit| !credit.proofs.is_empty()).zip(names) {
        credit.proofs[0].name = name.into();
    }
    let bytes = pdf(&sample);
    assert_eq!(failures(&bytes), Vec::<String>::new());
    let mut attached = attached(&bytes);
    assert_eq!(attached.pop().unwrap().name, "record.json");
    let exhibits = transcript::proofs(sample.material(), &sample.options, false).unwrap();
    assert!(exhibits.len() > 3);
    let expected: Vec<Attached> = exhibits
        .iter()
        .map(|exhibit| {
            let bytes = records::original(&exhibit.sha256).bytes;
            Attached {
                name: format!("exhibit-{:02} {}", exhibit.number, exhibit.name),
                relation: "Supplement".into(),
                about: format!("Exhibit {}: {}, as it was added to the record", exhibit.number, exhibit.name),
                media_type: "application/pdf".into(),
                size: i64::try_from(bytes.len()).unwrap(),
                bytes,
            }
        })
        .collect();
    assert_eq!(attached, expected);
    assert!(bytes == pdf(&sample), "two transcripts of one record differ");
}

#[test]
fn the_pages_say_that_the_files_are_attached_where_they_are() {
    const TOLD: &str = "These files are attached to this document";
    let mut sample = sample();
    assert!(text(&pages(&sample)).contains(TOLD));
    sample.options.originals = false;
    assert!(!text(&pages(&sample)).contains(TOLD));
    assert_eq!(attached(&pdf(&sample)).len(), 1, "the record alone");
}

#[test]
fn only_what_the_pages_list_is_attached_and_a_summary_lists_nothing() {
    let mut sample = sample();
    let approved = sample.evaluation.credits.iter().position(|credit| credit.approved == Some(true)).unwrap();
    let certificate =
        domain::ProofRef { sha256: "5".repeat(64), name: "own.pdf".into(), role: domain::ProofRole::Certificate };
    sample.record.credits[approved].proofs.push(certificate);
    let own = |sample: &Sample| attached(&pdf(sample)).iter().filter(|file| file.name.ends_with("own.pdf")).count();
    assert_eq!(own(&sample), 1);
    sample.options.only = Only::OtherSources;
    assert_eq!(own(&sample), 0);
    sample.options.extent = Extent::Summary;
    let bytes = pdf(&sample);
    assert_eq!(attached(&bytes).len(), 1, "the record alone");
    assert_eq!(failures(&bytes), Vec::<String>::new());
}

#[test]
fn nothing_is_attached_short_of_everything() {
    let sample = &sample();
    let mut count = 0;
    let mut load = |sha256: &str| {
        count += 1;
        match count {
            2 => Err("is not on this computer".to_owned()),
            3 => Err("is no longer the file that was added".to_owned()),
            _ => Ok(records::original(sha256)),
        }
    };
    let refusal = transcript::pdf(sample.material(), &sample.options, &mut load).unwrap_err();
    let Error::Absent { files } = &refusal else { panic!("{refusal}") };
    assert_eq!(files.len(), 2);
    let told = refusal.to_string();
    assert!(told.contains("” is not on this computer, “") && told.contains("” is no longer the file"), "{told}");
}

/// Every text within an object that is no content of a page.
fn texts(object: &Object, found: &mut Vec<String>) {
    match object {
        Object::String(..) => found.extend(lopdf::decode_text_string(object).ok()),
        Object::Array(all) => all.iter().for_each(|one| texts(one, found)),
        Object::Dictionary(entries) => entries.iter().for_each(|(_, entry)| texts(entry, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, entry)| texts(entry, found)),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::Reference(_) => {}
    }
}

#[test]
fn nothing_that_a_document_says_of_itself_and_its_files_turns_around_or_hides() {
    let mut sample = sample();
    let hostile = "\u{1b}[2J invoice\u{202e}fdp.exe \u{2066}\u{200f}\u{9b}\u{7f}\u{feff}\u{e0041}";
    sample.record.holder.name = format!("Maria {hostile}");
    for credit in &mut sample.record.credits {
        credit.title += hostile;
        credit.proofs.iter_mut().for_each(|proof| proof.name = hostile.into());
    }
    let bytes = pdf(&sample);
    assert_eq!(failures(&bytes), Vec::<String>::new());
    let document = Document::load_mem(&bytes).unwrap();
    let mut said = Vec::new();
    document.objects.values().for_each(|object| texts(object, &mut said));
    assert!(said.iter().any(|text| text.contains("Exhibit 1: <U+001B>[2J invoice<U+202E>fdp.exe")), "{said:?}");
    assert!(said.iter().any(|text| text.starts_with("exhibit-01 _[2J invoice_fdp.exe")), "{said:?}");
    let metadata = document.catalog().unwrap().get(b"Metadata").and_then(Object::as_reference).unwrap();
    let metadata = document.get_object(metadata).and_then(Object::as_stream).unwrap().content.clone();
    let metadata = String::from_utf8(metadata).unwrap().replace("begin=\"\u{feff}\"", "");
    assert!(metadata.contains("Maria &lt;U+001B&gt;[2J invoice&lt;U+202E&gt;fdp.exe"), "{metadata}");
    for text in said.iter().chain([&metadata]) {
        assert_eq!(text.chars().find(|c| Unseen::of(*c).is_some()), None, "{text:?}");
    }
}
