//! What a screen reader walks along: the structure tree, read back out of the file by itself, says what the pages say, in
//! their order; and whoever breaks it is caught.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::{Command, Stdio};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use transcript::{Extent, Only, Paper, Print, Shape, SheetKind, Tag};

use crate::conformance::failures;
use crate::records::{self, Sample};
use crate::{elements, pages, pdf};

/// A page and the number of a sequence of marked content on it.
type Mark = (ObjectId, i64);

/// What is met on the way along the tree.
enum Met {
    Element {
        id: ObjectId,
        kind: String,
        scope: Option<String>,
    },
    /// Marked content of the element with this id.
    Content(ObjectId, Mark),
    /// An annotation of the element with this id.
    Annotation(ObjectId, ObjectId),
}

fn name(entries: &Dictionary, key: &[u8]) -> Option<String> {
    entries.get(key).and_then(Object::as_name).ok().map(|name| String::from_utf8_lossy(name).into_owned())
}

/// Along the whole tree, each element before what it holds.
fn walk(document: &Document) -> Vec<Met> {
    let root = document.catalog().and_then(|catalog| catalog.get(b"StructTreeRoot")).and_then(Object::as_reference);
    let Ok(root) = root else { return Vec::new() };
    let mut met = Vec::new();
    let held = |id: ObjectId| kids(document, id).into_iter().rev().map(move |kid| (id, kid));
    let mut waiting: Vec<(ObjectId, Object)> = held(root).collect();
    while let Some((holder, kid)) = waiting.pop() {
        if let Ok(id) = kid.as_reference() {
            let entries = document.get_dictionary(id).unwrap();
            let attributes = entries.get(b"A").and_then(Object::as_dict).ok();
            let scope = attributes.and_then(|attributes| name(attributes, b"Scope"));
            met.push(Met::Element { id, kind: name(entries, b"S").unwrap(), scope });
            waiting.extend(held(id));
            continue;
        }
        if let Ok(number) = kid.as_i64() {
            let page = document.get_dictionary(holder).unwrap().get(b"Pg").and_then(Object::as_reference).unwrap();
            met.push(Met::Content(holder, (page, number)));
            continue;
        }
        let content = kid.as_dict().unwrap();
        let reference = |key: &[u8]| content.get(key).and_then(Object::as_reference).unwrap();
        met.push(if content.has(b"Obj") {
            Met::Annotation(holder, reference(b"Obj"))
        } else {
            Met::Content(holder, (reference(b"Pg"), content.get(b"MCID").and_then(Object::as_i64).unwrap()))
        });
    }
    met
}

fn kids(document: &Document, id: ObjectId) -> Vec<Object> {
    let entries = document.get_dictionary(id).unwrap();
    entries.get(b"K").and_then(Object::as_array).cloned().unwrap_or_default()
}

/// What the pages draw: the text of each sequence of marked content, by the fonts' own maps, and how many things stand
/// neither in one nor in an artifact.
fn drawn(document: &Document) -> (BTreeMap<Mark, String>, usize) {
    let mut texts = BTreeMap::new();
    let mut unmarked = 0;
    for page in document.get_pages().into_values() {
        let encodings: BTreeMap<Vec<u8>, _> = document
            .get_page_fonts(page)
            .unwrap()
            .into_iter()
            .map(|(name, font)| (name, font.get_font_encoding(document).unwrap()))
            .collect();
        let mut encoding = None;
        // The open sequences; an artifact has no number.
        let mut open: Vec<Option<i64>> = Vec::new();
        for operation in Content::decode(&document.get_page_content(page)).unwrap().operations {
            match operation.operator.as_str() {
                "BMC" => open.push(None),
                "BDC" => {
                    let id = operation.operands[1].as_dict().and_then(|entries| entries.get(b"MCID")).unwrap();
                    open.push(Some(id.as_i64().unwrap()));
                    assert!(texts.insert((page, id.as_i64().unwrap()), String::new()).is_none(), "{id:?} comes twice");
                }
                "EMC" => drop(open.pop()),
                "Tf" => encoding = encodings.get(operation.operands[0].as_name().unwrap()),
                "Tj" | "S" | "f" if open.is_empty() => unmarked += 1,
                "Tj" => {
                    let text = Document::decode_text(encoding.unwrap(), operation.operands[0].as_str().unwrap());
                    if let Some(Some(id)) = open.last() {
                        texts.get_mut(&(page, *id)).unwrap().push_str(&text.unwrap());
                    }
                }
                _ => {}
            }
        }
    }
    (texts, unmarked)
}

fn has_its_fonts(document: &Document, page: ObjectId) -> bool {
    let program = |font: &Dictionary| {
        let parts = document.dereference(font.get(b"DescendantFonts").ok()?).ok()?.1.as_array().ok()?;
        let (_, part) = document.dereference(parts.first()?).ok()?;
        let descriptor = part.as_dict().ok()?.get(b"FontDescriptor").and_then(Object::as_reference).ok()?;
        let program =
            document.get_dictionary(descriptor).ok()?.get(b"FontFile2").and_then(Object::as_reference).ok()?;
        document.get_object(program).and_then(Object::as_stream).ok()
    };
    document.get_page_fonts(page).unwrap().values().all(|font| program(font).is_some())
}

/// From a page's or an annotation's key to what the parent tree says of it.
fn parents(document: &Document) -> BTreeMap<i64, Object> {
    let root = document.catalog().unwrap().get(b"StructTreeRoot").and_then(Object::as_reference);
    let Ok(root) = root else { return BTreeMap::new() };
    let tree = document.get_dictionary(root).unwrap().get(b"ParentTree").and_then(Object::as_dict).unwrap();
    let all = tree.get(b"Nums").and_then(Object::as_array).unwrap().chunks(2);
    all.map(|pair| (pair[0].as_i64().unwrap(), pair[1].clone())).collect()
}

/// Everything that keeps the tree and the pages from being one document.
pub(crate) fn faults(document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    let (texts, unmarked) = drawn(document);
    if unmarked > 0 {
        faults.push(format!("{unmarked} things are neither content nor artifacts"));
    }
    if !document.get_pages().into_values().all(|page| has_its_fonts(document, page)) {
        faults.push("a font is not in the file".to_owned());
    }
    let parents = parents(document);
    let key = |id: ObjectId, key: &[u8]| document.get_dictionary(id).and_then(|d| d.get(key)).and_then(Object::as_i64);
    let mut waiting: BTreeSet<Mark> = texts.keys().copied().collect();
    for met in walk(document) {
        let (holder, owner) = match met {
            Met::Element { id, kind, scope } => {
                if kind == "TH" && !matches!(scope.as_deref(), Some("Row" | "Column")) {
                    faults.push(format!("{id:?} heads neither a row nor a column"));
                }
                continue;
            }
            Met::Content(holder, (page, id)) => {
                if !waiting.remove(&(page, id)) {
                    faults.push(format!("{id} of {page:?} is in the tree twice, or not on its page"));
                }
                let owners = key(page, b"StructParents").ok().and_then(|key| parents.get(&key)?.as_array().ok());
                let owner = owners.and_then(|owners| owners.get(usize::try_from(id).ok()?)?.as_reference().ok());
                (holder, owner)
            }
            Met::Annotation(holder, id) => {
                let key = key(id, b"StructParent").ok();
                (holder, key.and_then(|key| parents.get(&key)?.as_reference().ok()))
            }
        };
        if owner != Some(holder) {
            faults.push(format!("the parent tree gives {owner:?} what {holder:?} holds"));
        }
    }
    faults.extend(waiting.into_iter().map(|(page, id)| format!("{id} of {page:?} is not in the tree")));
    faults
}

fn load(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

/// The texts of the tree in its order, each with the element that holds it.
fn told(document: &Document) -> Vec<(ObjectId, String)> {
    let (texts, _) = drawn(document);
    let mut told: Vec<(ObjectId, String)> = Vec::new();
    for met in walk(document) {
        let Met::Content(holder, mark) = met else { continue };
        match told.last_mut() {
            Some((last, text)) if *last == holder => text.push_str(&texts[&mark]),
            _ => told.push((holder, texts[&mark].clone())),
        }
    }
    told
}

fn only_texts(told: Vec<(ObjectId, String)>) -> Vec<String> {
    told.into_iter().map(|(_, text)| text).collect()
}

/// What is drawn, in the order in which it is drawn, one text for each element.
fn painted(pages: &transcript::Pages) -> Vec<String> {
    let items = pages.pages.iter().flat_map(|page| &page.items).filter(|item| item.element.is_some());
    let items: Vec<_> = items.collect();
    let text = |item: &&transcript::Item| match &item.shape {
        Shape::Text { text, .. } => text.clone(),
        Shape::Stroke { .. } => String::new(),
    };
    let runs = items.chunk_by(|one, next| one.element == next.element);
    runs.map(|run| run.iter().map(text).collect()).collect()
}

/// Records and options of every kind without a row that is torn: there the eye goes down a page, the ear down a cell.
fn samples() -> Vec<Sample> {
    let with = |mut sample: Sample, choose: fn(&mut transcript::Options)| {
        choose(&mut sample.options);
        sample
    };
    vec![
        records::empty(),
        records::many(1),
        records::lived_in(),
        with(records::lived_in(), |options| (options.paper, options.print) = (Paper::A4, Print::Large)),
        with(records::lived_in(), |options| options.only = Only::OtherSources),
        with(records::lived_in(), |options| options.extent = Extent::Summary),
        with(records::lived_in(), |options| options.originals = true),
        records::equipped(records::lived_in()),
        records::many(120),
    ]
}

#[test]
fn a_screen_reader_says_what_the_pages_say_in_the_order_they_say_it() {
    for sample in samples() {
        let document = load(&pdf(&sample));
        assert_eq!(faults(&document), Vec::<String>::new(), "{:?}", sample.options);
        let told = only_texts(told(&document));
        assert!(told.len() > 40);
        assert_eq!(told, painted(&pages(&sample)), "{:?}", sample.options);
    }
}

#[test]
fn another_program_reads_the_words_of_the_pages_in_their_order() {
    for sample in samples() {
        let drawn = pages(&sample).pages.into_iter().flat_map(|page| page.items);
        let texts = drawn.filter_map(|item| match item.shape {
            Shape::Text { text, .. } => Some(text),
            Shape::Stroke { .. } => None,
        });
        let texts: Vec<String> = texts.collect();
        let words: Vec<&str> = texts.iter().flat_map(|text| text.split_whitespace()).collect();
        let read = read_by_poppler(&pdf(&sample));
        assert_eq!(read.split_whitespace().collect::<Vec<_>>(), words, "{:?}", sample.options);
    }
}

/// In the order of the content, not of the places on the page.
fn read_by_poppler(pdf: &[u8]) -> String {
    let mut reading = Command::new("pdftotext")
        .args(["-raw", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext of poppler-utils");
    let (mut to, pdf) = (reading.stdin.take().unwrap(), pdf.to_vec());
    let sent = std::thread::spawn(move || to.write_all(&pdf));
    let output = reading.wait_with_output().unwrap();
    sent.join().unwrap().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_sheet_is_said_in_its_order() {
    let sample = &records::equipped(records::lived_in());
    for kind in SheetKind::ALL {
        let document = load(&transcript::sheet(kind, sample.material(), &sample.options).unwrap());
        assert_eq!(faults(&document), Vec::<String>::new(), "{kind:?}");
        let pages = transcript::sheet_pages(kind, sample.material(), &sample.options).unwrap();
        assert_eq!(only_texts(told(&document)), painted(&pages), "{kind:?}");
    }
}

#[test]
fn a_cell_over_several_pages_is_said_whole_before_the_next() {
    let mut sample = records::lived_in();
    sample.record.credits[0].title = "Pharmacology for the medical office ".repeat(112);
    let document = load(&pdf(&sample));
    assert_eq!(faults(&document), Vec::<String>::new());
    let long = pages(&sample);
    assert_ne!(only_texts(told(&document)), painted(&long), "no row is torn");
    let rest = |kind| elements(&long, kind).into_iter().filter(|text| !text.is_empty());
    let all =
        [Tag::H1, Tag::H2, Tag::P, Tag::ColumnHead, Tag::RowHead, Tag::Cell, Tag::Link].into_iter().flat_map(rest);
    let mut all: Vec<String> = all.collect();
    let mut told = only_texts(told(&document));
    all.sort();
    told.sort();
    assert_eq!(told, all);
}

/// The first object with this entry.
fn with<'d>(document: &'d mut Document, key: &[u8], value: &str) -> &'d mut Dictionary {
    let is = |entries: &Dictionary| name(entries, key).is_some_and(|name| name == value);
    let entries = document.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
    entries.into_iter().find(|entries| is(entries)).unwrap()
}

fn catalog(document: &mut Document) -> &mut Dictionary {
    document.catalog_mut().unwrap()
}

/// The parent tree's entry for the first page.
fn owners(document: &mut Document) -> &mut Vec<Object> {
    let root = document.catalog().unwrap().get(b"StructTreeRoot").and_then(Object::as_reference).unwrap();
    let tree = document.get_dictionary_mut(root).unwrap().get_mut(b"ParentTree").and_then(Object::as_dict_mut);
    let all = tree.unwrap().get_mut(b"Nums").and_then(Object::as_array_mut).unwrap();
    all[1].as_array_mut().unwrap()
}

/// What is broken, and how.
type Break = (&'static str, fn(&mut Document));

/// What the validator sees.
const SEEN: [Break; 9] = [
    ("no language", |document| drop(catalog(document).remove(b"Lang"))),
    ("no structure", |document| drop(catalog(document).remove(b"StructTreeRoot"))),
    ("no metadata", |document| drop(catalog(document).remove(b"Metadata"))),
    ("no output intent", |document| drop(catalog(document).remove(b"OutputIntents"))),
    ("a line that is neither content nor artifact", |document| {
        let page = document.get_pages()[&1];
        document.add_page_contents(page, b"60 60 m 90 60 l S".to_vec()).unwrap();
    }),
    ("a font that does not say which characters it shows", |document| {
        with(document, b"Subtype", "Type0").remove(b"ToUnicode");
    }),
    ("a head of neither row nor column", |document| drop(with(document, b"S", "TH").remove(b"A"))),
    ("a link without words", |document| drop(with(document, b"Subtype", "Link").remove(b"Contents"))),
    ("a file that is nothing to the pages", |document| {
        drop(with(document, b"Type", "Filespec").remove(b"AFRelationship"));
    }),
];

/// What it does not see, and the checks of this file do.
const SEEN_HERE: [Break; 3] = [
    ("a font that is not in the file", |document| drop(with(document, b"Type", "FontDescriptor").remove(b"FontFile2"))),
    ("a parent tree that takes one element for another", |document| owners(document).swap(0, 1)),
    ("content that is not in the tree", |document| drop(with(document, b"S", "H1").remove(b"K"))),
];

fn broken(bytes: &[u8], breaks: fn(&mut Document)) -> Vec<u8> {
    let mut document = load(bytes);
    breaks(&mut document);
    let mut broken = Vec::new();
    document.save_to(&mut broken).unwrap();
    broken
}

#[test]
fn whatever_breaks_the_file_for_archives_or_screen_readers_is_seen() {
    let bytes = pdf(&records::lived_in());
    let whole = broken(&bytes, |_| {});
    assert_eq!((failures(&whole), faults(&load(&whole))), (Vec::new(), Vec::new()));
    for (what, breaks) in SEEN {
        assert!(!failures(&broken(&bytes, breaks)).is_empty(), "the validator does not see {what}");
    }
    for (what, breaks) in SEEN_HERE {
        let broken = broken(&bytes, breaks);
        assert!(!faults(&load(&broken)).is_empty(), "nobody sees {what}");
        assert_eq!(failures(&broken), Vec::<String>::new(), "the validator sees {what} by now");
    }
}
