//! That archives and screen readers can read the file, and that the same record gives the same bytes.

use std::collections::BTreeSet;

use chrono::Datelike;
use lopdf::{Document, Object};
use page_validation::{SafetyLimits, ValidationOptions, ValidationProfile, validate_pdf_bytes};
use transcript::{Paper, Tag};

use crate::records::{self, Sample};
use crate::{pages, pdf};

pub(crate) fn failures(bytes: &[u8]) -> Vec<String> {
    [ValidationProfile::PdfA3a, ValidationProfile::PdfUa1]
        .into_iter()
        .flat_map(|profile| {
            // A table of 4,000 credits is not what the validator's limits guard against.
            let limits = SafetyLimits::default().with_max_table_grid_rows(10_000);
            let options = ValidationOptions::default().limits(limits).profile(profile);
            let report = validate_pdf_bytes(bytes, &options).unwrap();
            assert!(report.rules.total > 50, "only {} rules were checked", report.rules.total);
            report.failures.into_iter().map(move |failure| format!("{profile:?} {failure}"))
        })
        .collect()
}

#[test]
fn records_of_0_1_40_and_400_credits_conform() {
    for (paper, counts) in [(Paper::Letter, [0, 1, 40, 400].as_slice()), (Paper::A4, &[0, 1, 40])] {
        for count in counts {
            let mut sample = records::many(*count);
            sample.options.paper = paper;
            assert_eq!(failures(&pdf(&sample)), Vec::<String>::new(), "{count} credits on {paper:?}");
        }
    }
}

#[test]
fn names_in_other_alphabets_and_rows_over_several_pages_conform() {
    let mut sample = records::lived_in();
    sample.record.holder.name = "Екатерина Щукина <& Ζωή>".into();
    sample.record.credits[0].title = "Nguyễn Thị Hồng Đào ".repeat(190);
    assert_eq!(failures(&pdf(&sample)), Vec::<String>::new());
}

#[test]
fn the_validator_sees_a_missing_language_and_a_lost_structure() {
    let bytes = pdf(&records::lived_in());
    for key in [b"Lang".as_slice(), b"StructTreeRoot", b"Metadata"] {
        let mut document = Document::load_mem(&bytes).unwrap();
        document.catalog_mut().unwrap().remove(key);
        let mut broken = Vec::new();
        document.save_to(&mut broken).unwrap();
        assert!(!failures(&broken).is_empty(), "nobody missed {}", String::from_utf8_lossy(key));
    }
}

#[test]
fn no_stream_ends_in_half_a_line_end() {
    // One compressed stream in 256 would end in a carriage return by chance.
    let mut sample = records::many(12);
    for day in 1..=28 {
        sample.options.printed_on = sample.options.printed_on.with_day0(day - 1).unwrap();
        sample.record.credits[0].title = format!("Order of Draw, part {day}");
        let bytes = pdf(&sample);
        assert!(!bytes.windows(11).any(|end| end == b"\r\nendstream"), "on day {day}");
    }
}

#[test]
fn the_same_record_gives_the_same_bytes_twice_in_one_process() {
    let sample = records::lived_in();
    assert!(pdf(&sample) == pdf(&sample), "two transcripts of one record differ");
}

#[test]
fn another_record_has_another_document_number() {
    let mut other = records::lived_in();
    other.record.credits[0].title.push('!');
    let number = |sample: &Sample| {
        let text = crate::text(&pages(sample));
        text.split("Document ").nth(1).unwrap().lines().next().unwrap().to_owned()
    };
    assert_ne!(number(&records::lived_in()), number(&other));
}

#[test]
fn every_drawn_element_is_in_the_tree_once() {
    let sample = records::lived_in();
    let bytes = pdf(&sample);
    let document = Document::load_mem(&bytes).unwrap();
    let mut seen = BTreeSet::new();
    for object in document.objects.values() {
        let Ok(dictionary) = object.as_dict() else { continue };
        if !(dictionary.has(b"S") && dictionary.has(b"P")) {
            continue;
        }
        let own = dictionary.get(b"Pg").and_then(Object::as_reference).ok();
        for kid in dictionary.get(b"K").and_then(Object::as_array).unwrap() {
            let (page, id) = match kid {
                Object::Integer(id) => (own.unwrap(), *id),
                Object::Dictionary(content) if content.has(b"MCID") => {
                    let page = content.get(b"Pg").and_then(Object::as_reference).unwrap();
                    (page, content.get(b"MCID").and_then(Object::as_i64).unwrap())
                }
                _ => continue, // another element, or a link's annotation
            };
            assert!(seen.insert((page, id)), "content {id} of page {page:?} is in the tree twice");
        }
    }
    let drawn: usize = document
        .get_pages()
        .values()
        .map(|page| document.get_page_content(*page))
        .map(|content| String::from_utf8_lossy(&content).matches("/MCID").count())
        .sum();
    assert!(drawn > 100);
    assert_eq!(seen.len(), drawn);
}

#[test]
fn every_exhibit_beside_a_credit_leads_to_its_row() {
    let sample = records::lived_in();
    let pages = pages(&sample);
    let links: Vec<_> = pages.links.iter().map(|link| link.to).collect();
    assert!(links.len() >= 6, "{links:?}");
    assert!(links.iter().all(|to| pages.places.iter().any(|place| place.anchor == *to)));
    let document = Document::load_mem(&pdf(&sample)).unwrap();
    let annotations = document.objects.values().filter(|object| {
        object.as_dict().is_ok_and(|d| d.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|n| n == b"Link")))
    });
    assert_eq!(annotations.count(), links.len());
}

#[test]
fn every_row_of_a_table_has_as_many_columns_as_its_head() {
    let pages = pages(&records::lived_in());
    let children = |parent: usize| pages.elements.iter().enumerate().filter(move |(_, e)| e.parent == Some(parent));
    for (table, _) in pages.elements.iter().enumerate().filter(|(_, element)| element.tag == Tag::Table) {
        let widths: BTreeSet<usize> =
            children(table).map(|(row, _)| children(row).map(|(_, cell)| cell.span).sum()).collect();
        assert_eq!(widths.len(), 1, "table {table} has rows of {widths:?} columns");
    }
}

#[test]
fn the_fonts_are_embedded_as_small_subsets() {
    let bytes = pdf(&records::many(1));
    assert!(bytes.len() < 60_000, "{} bytes for one credit", bytes.len());
    let document = Document::load_mem(&bytes).unwrap();
    let embedded =
        document.objects.values().filter(|object| object.as_dict().is_ok_and(|d| d.has(b"FontFile2"))).count();
    assert_eq!(embedded, 2);
}

pub(crate) fn embedded_record(sample: &Sample) -> String {
    let document = Document::load_mem(&pdf(sample)).unwrap();
    let stream = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .find(|stream| stream.dict.get(b"Type").is_ok_and(|kind| kind.as_name().is_ok_and(|n| n == b"EmbeddedFile")))
        .unwrap();
    String::from_utf8(stream.decompressed_content().unwrap()).unwrap()
}

#[test]
fn the_embedded_record_can_be_read_back_and_says_no_more_than_the_pages() {
    let mut sample = records::lived_in();
    sample.record.holder.issuer_ids.insert("amt".into(), "999".into());
    sample.record.credentials.push(domain::Credential { id: "rma".into(), ..sample.record.credentials[0].clone() });
    sample.record.credits[1].status = domain::Status::Planned;
    sample.record.holder.born_on = Some(records::day("1990-02-28"));
    let shown = domain::Record::from_json(&embedded_record(&sample)).unwrap();
    assert_eq!(shown.holder.issuer_ids.keys().collect::<Vec<_>>(), ["aama"]);
    assert_eq!(shown.credentials.len(), 1);
    assert_eq!(shown.holder.born_on, None, "a birthday that no period follows from left the house");
    assert!(shown.credit("c2").is_none(), "a planned credit left the house");
    assert!(shown.credits.iter().all(|credit| credit.title != "Long before"), "another period left the house");
    assert_eq!(shown.credit("c1"), sample.record.credit("c1"));
}
