//! The packet: every proof's pages below their band, linked both ways, with nothing in them that acts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use domain::{ProofRef, ProofRole};
use lopdf::encryption::crypt_filters::{Aes256CryptFilter, CryptFilter};
use lopdf::{
    Document, EncryptionState, EncryptionVersion, Object, ObjectId, Permissions, Stream, dictionary, text_string,
};
use transcript::{Content, Draw, Error, Laid, Location, Parts, Picture, Proofs, Refusal, Source, Why};

use crate::records::{self, Sample};

/// Where a photo was taken is looked for elsewhere, and removed: here everything stays as it is, and a file is said to tell it.
#[allow(clippy::unnecessary_wraps, reason = "as whoever removes something does")]
fn plain<'s>(_: &Document, stream: &'s Stream) -> Option<Cow<'s, Stream>> {
    Some(Cow::Borrowed(stream))
}

fn unstripped(bytes: Vec<u8>) -> (Vec<u8>, Location) {
    (bytes, Location::Kept)
}

const DRAWS: &[u8] = b"0 0 1 rg 10 10 50 50 re f";

/// A PDF of so many pages that inherit their size and are turned by a quarter; with scripts, actions, a form, an outline.
fn busy(pages: usize) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let script =
        document.add_object(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") });
    let launch = dictionary! { "S" => "Launch", "F" => Object::string_literal("calc.exe") };
    let kids: Vec<Object> = (0..pages)
        .map(|_| {
            let halves = [&DRAWS[..9], &DRAWS[9..]];
            let contents: Vec<Object> = halves
                .into_iter()
                .map(|half| document.add_object(Stream::new(dictionary! {}, half.to_vec())).into())
                .collect();
            let button = document.add_object(dictionary! {
                "Type" => "Annot", "Subtype" => "Widget", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
                "A" => launch.clone(), "AA" => dictionary! { "E" => script },
            });
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => contents, "Annots" => vec![button.into()],
                "AA" => dictionary! { "O" => script }, "StructParents" => 0,
            };
            document.add_object(page).into()
        })
        .collect();
    let size: Vec<Object> = [0, 0, 300, 200].map(Object::from).into();
    let count = i64::try_from(pages).unwrap();
    document.objects.insert(
        tree,
        dictionary! {
            "Type" => "Pages", "Kids" => kids, "Count" => count, "MediaBox" => size, "Rotate" => 90,
            "Resources" => dictionary! {},
        }
        .into(),
    );
    let root = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree, "OpenAction" => script,
        "AcroForm" => dictionary! { "Fields" => Vec::<Object>::new(), "XFA" => Object::string_literal("x") },
    });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn proof(name: &str, digit: char) -> ProofRef {
    ProofRef { sha256: digit.to_string().repeat(64), name: name.into(), role: ProofRole::Certificate }
}

/// Three credits: a PDF of two pages that shows two of them, and whatever the third has.
fn sample() -> Sample {
    let mut sample = records::many(3);
    sample.record.credits.iter_mut().for_each(|credit| credit.proofs.clear());
    sample.record.credits[0].proofs = vec![proof("both.pdf", 'a')];
    sample.record.credits[1].proofs = vec![proof("both.pdf", 'a')];
    sample.record.credits[2].proofs = vec![proof("other – Ünïcode (2).pdf", 'b')];
    sample
}

fn packet(sample: &Sample, other: &Content) -> (Vec<u8>, Vec<Laid>) {
    let mut load = |sha256: &str| if sha256.starts_with('a') { Content::Pdf(busy(2)) } else { other.clone() };
    let draw = |_: &[u8]| Err(Why::Undrawable);
    packet_drawn(sample, &mut load, &draw)
}

/// As the product does it: where it may die of a file, and whatever lies deep finds a stack that is large enough.
fn taken_apart(bytes: &[u8], next: u32) -> Result<Parts, Refusal> {
    std::thread::scope(|scope| {
        let work = || transcript::take_apart(bytes, next, false, None, plain);
        let working = std::thread::Builder::new().stack_size(64 * 1024 * 1024).spawn_scoped(scope, work).unwrap();
        working.join().unwrap_or(Err(Refusal::Unsafe))
    })
}

fn no_file(_: &str) -> std::io::Result<Box<dyn std::io::Read>> {
    Err(std::io::ErrorKind::NotFound.into())
}

fn packet_drawn(sample: &Sample, load: &mut dyn FnMut(&str) -> Content, draw: Draw<'_>) -> (Vec<u8>, Vec<Laid>) {
    let mut bytes = Vec::new();
    let take_apart = &taken_apart;
    let proofs = Proofs {
        load,
        progress: &mut |_, _| true,
        with_documents: true,
        open: &no_file,
        take_apart,
        draw,
        strip: &unstripped,
    };
    let laid = transcript::packet(sample.material(), &sample.options, proofs, &mut bytes).unwrap();
    (bytes, laid.into_iter().map(|exhibit| exhibit.laid).collect())
}

/// A number of a page to its place, from 0.
fn places(document: &Document) -> BTreeMap<ObjectId, usize> {
    document.get_pages().into_values().enumerate().map(|(place, id)| (id, place)).collect()
}

/// Each link: the page it stands on and the one it leads to.
fn links(document: &Document) -> Vec<(usize, usize)> {
    let places = places(document);
    let mut links = Vec::new();
    for (page, place) in &places {
        let page = document.get_dictionary(*page).unwrap();
        for annotation in page.get(b"Annots").and_then(Object::as_array).into_iter().flatten() {
            let annotation = document.get_dictionary(annotation.as_reference().unwrap()).unwrap();
            let to = annotation.get(b"Dest").and_then(Object::as_array).unwrap()[0].as_reference().unwrap();
            links.push((*place, places[&to]));
        }
    }
    links
}

#[test]
fn every_page_of_every_proof_is_there_under_its_bookmark_and_linked_both_ways() {
    let sample = sample();
    let (bytes, laid) = packet(&sample, &Content::Pdf(busy(1)));
    assert_eq!(laid, [Laid::Pages(2), Laid::Pages(1)]);
    let document = Document::load_mem(&bytes).unwrap();
    let pages = document.get_pages().len();
    let (first, second) = (pages - 3, pages - 1);
    let titles = document.get_toc().unwrap().toc;
    let titles: Vec<(String, usize)> = titles.into_iter().map(|entry| (entry.title, entry.page)).collect();
    assert!(titles.contains(&("Exhibit 1: Order of Draw".to_owned(), first + 1)), "{titles:?}");
    assert!(titles.contains(&("Exhibit 2: Insurance billing and coding update".to_owned(), second + 1)), "{titles:?}");
    let listed = (1..=u32::try_from(first).unwrap()).map(|page| document.extract_text(&[page]).unwrap());
    let listed = listed.collect::<String>().replace('\n', "|");
    let told = format!("Activities 1, 2|{}–{}|", first + 1, first + 2);
    assert!(listed.contains(&told), "{told} is missing in {listed}");
    let text = document.extract_text(&[u32::try_from(first + 2).unwrap()]).unwrap().replace('\n', "");
    let foot = format!("Page {} of {pages}", first + 2);
    for told in ["Shows activities 1, 2", "both.pdf", "Exhibit page 2 of 2", "Maria Delgado", foot.as_str()] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
    let links = links(&document);
    let leads = |from: std::ops::Range<usize>, to: usize| links.iter().any(|(f, t)| from.contains(f) && *t == to);
    assert!(leads(0..first, first) && leads(0..first, second), "{links:?}");
    assert_eq!(links.iter().filter(|(from, to)| *from == first && *to < first).count(), 2, "{links:?}");
    assert!(links.iter().any(|(from, to)| *from == second && *to < first), "{links:?}");
}

/// Whether a stream anywhere in the document holds this.
fn has(document: &Document, what: &[u8]) -> bool {
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let contents = streams.map(|stream| stream.get_plain_content().unwrap_or_default());
    contents.into_iter().any(|content| content.windows(what.len()).any(|part| part == what))
}

/// A page with a layer that is seen and one that is not, on which a stamp lies, too.
fn layered() -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let layer = |name: &str| dictionary! { "Type" => "OCG", "Name" => Object::string_literal(name) };
    let (seen, hidden) = (document.add_object(layer("Text")), document.add_object(layer("VOID")));
    let content = Stream::new(dictionary! {}, b"/OC /A BDC 0 0 9 9 re f EMC /OC /Hidden BDC 9 9 9 9 re f EMC".to_vec());
    let bounds: Vec<Object> = [0, 0, 300, 200].map(Object::from).into();
    let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds.clone() };
    let stamp = document.add_object(Stream::new(form, b"0 0 1 1 re f".to_vec()));
    let page = dictionary! {
        "Type" => "Page", "Parent" => tree, "MediaBox" => bounds.clone(), "Contents" => document.add_object(content),
        "Resources" => dictionary! { "Properties" => dictionary! { "A" => seen, "Hidden" => hidden } },
        "Annots" => vec![dictionary! {
            "Type" => "Annot", "Subtype" => "Stamp", "Rect" => bounds, "OC" => hidden, "AP" => dictionary! { "N" => stamp },
        }.into()],
    };
    let page: Object = document.add_object(page).into();
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => vec![page], "Count" => 1 }.into());
    let root = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree,
        "OCProperties" => dictionary! {
            "OCGs" => vec![Object::from(seen), hidden.into()], "D" => dictionary! { "OFF" => vec![Object::from(hidden)] },
        },
    });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn what_a_proof_hides_on_a_layer_stays_hidden() {
    let (bytes, _) = packet(&sample(), &Content::Pdf(layered()));
    let document = Document::load_mem(&bytes).unwrap();
    let layers = document.catalog().unwrap().get(b"OCProperties").unwrap().as_dict().unwrap();
    let named = |all: &Object| -> Vec<String> {
        let all =
            all.as_array().unwrap().iter().map(|one| document.get_dictionary(one.as_reference().unwrap()).unwrap());
        all.map(|layer| String::from_utf8_lossy(layer.get(b"Name").unwrap().as_str().unwrap()).into_owned()).collect()
    };
    assert_eq!(named(layers.get(b"OCGs").unwrap()), ["Text", "VOID"]);
    assert_eq!(named(layers.get(b"D").unwrap().as_dict().unwrap().get(b"OFF").unwrap()), ["VOID"]);
    assert!(has(&document, b"0 0 9 9 re f") && !has(&document, b"0 0 1 1 re f"), "the stamp is hidden, too");
    let plain = Document::load_mem(&packet(&sample(), &Content::Pdf(busy(1))).0).unwrap();
    assert!(!plain.catalog().unwrap().has(b"OCProperties"));
}

/// A page whose only letter is a drawing of a font of its own, with names that are words of the format elsewhere.
fn named(names: [&str; 3]) -> Vec<u8> {
    let [font, letter, picture] = names;
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let bounds: Vec<Object> = [0, 0, 300, 200].map(Object::from).into();
    let drawn = document.add_object(Stream::new(dictionary! {}, b"1 0 d0 0 0 7 7 re f".to_vec()));
    let letters = dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "FontBBox" => bounds.clone(), "FirstChar" => 65, "LastChar" => 65,
        "FontMatrix" => [1, 0, 0, 1, 0, 0].map(Object::from).to_vec(), "Widths" => vec![Object::from(1)],
        "Encoding" => dictionary! { "Differences" => vec![65.into(), Object::Name(letter.into())] },
        "CharProcs" => dictionary! { letter => drawn },
    };
    let letters = document.add_object(letters);
    let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds.clone() };
    let form = document.add_object(Stream::new(form, b"0 0 3 3 re f".to_vec()));
    let fonts = document.add_object(dictionary! { font => letters });
    let content = format!("BT /{font} 9 Tf (A) Tj ET /{picture} Do");
    let page = dictionary! {
        "Type" => "Page", "Parent" => tree, "MediaBox" => bounds,
        "Contents" => document.add_object(Stream::new(dictionary! {}, content.into_bytes())),
        "Resources" => dictionary! { "Font" => fonts, "XObject" => dictionary! { picture => form } },
    };
    let page: Object = document.add_object(page).into();
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => vec![page], "Count" => 1 }.into());
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn whatever_a_proof_calls_its_letters_and_pictures_they_are_drawn() {
    for names in [["F1", "a", "X"], ["A", "P", "AA"], ["Dest", "A", "P"], ["Parent", "Ref", "Metadata"]] {
        let (bytes, laid) = packet(&sample(), &Content::Pdf(named(names)));
        assert_eq!(laid[1], Laid::Pages(1), "{names:?}");
        let document = Document::load_mem(&bytes).unwrap();
        assert!(has(&document, b"0 0 7 7 re f") && has(&document, b"0 0 3 3 re f"), "{names:?}");
    }
}

/// A page with a field that somebody typed “Maria (RN)” into: drawn by the file, or left to the reader.
fn filled_in(drawn: Option<&str>, asks: bool) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let bounds: Vec<Object> = [0, 0, 300, 200].map(Object::from).into();
    let field = document.add_object(dictionary! {
        "FT" => "Tx", "V" => Object::string_literal("Maria (RN)"), "DA" => Object::string_literal("1 0 0 rg /Helv 0 Tf"),
    });
    let mut widget = dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "Rect" => [50, 50, 250, 70].map(Object::from).to_vec(), "Parent" => field,
    };
    if let Some(drawn) = drawn {
        let form = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => [0, 0, 200, 20].map(Object::from).to_vec(),
        };
        let form = document.add_object(Stream::new(form, drawn.as_bytes().to_vec()));
        widget.set("AP", dictionary! { "N" => form });
    }
    let widget = document.add_object(widget);
    let page = dictionary! {
        "Type" => "Page", "Parent" => tree, "MediaBox" => bounds, "Annots" => vec![Object::from(widget)],
        "Contents" => document.add_object(Stream::new(dictionary! {}, DRAWS.to_vec())), "Resources" => dictionary! {},
    };
    let page: Object = document.add_object(page).into();
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => vec![page], "Count" => 1 }.into());
    let form = dictionary! { "Fields" => vec![Object::from(field)], "NeedAppearances" => asks };
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree, "AcroForm" => form });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn what_was_typed_into_a_form_is_drawn_where_its_file_leaves_that_to_the_reader() {
    let own = "/Tx BMC BT (Own) Tj ET EMC";
    for (drawn, asks, is_set) in [
        (None, true, true),
        (None, false, true),
        (Some("/Tx BMC EMC"), true, true),
        (Some("/Tx BMC EMC"), false, false),
        // What was drawn before something else was typed is old, if the file says so.
        (Some(own), true, true),
        (Some(own), false, false),
        (Some("/Tx BMC BT (Maria) Tj [(\\() 9 (RN\\))] TJ ET EMC"), true, false),
    ] {
        let (bytes, laid) = packet(&sample(), &Content::Pdf(filled_in(drawn, asks)));
        assert_eq!(laid[1], Laid::Pages(1));
        let document = Document::load_mem(&bytes).unwrap();
        assert_eq!(has(&document, b"(Maria (RN)) Tj"), is_set, "{drawn:?} {asks}");
        assert_eq!(has(&document, b"1 0 0 rg"), is_set, "in its colour");
        assert_eq!(has(&document, b"(Own) Tj"), drawn == Some(own) && !asks);
    }
}

/// A page with something on it that says nothing of its look.
fn marked(annotation: lopdf::Dictionary) -> Vec<u8> {
    let mut document = Document::load_mem(&filled_in(None, false)).unwrap();
    let page = document.get_pages().into_values().next().unwrap();
    let bounds: Vec<Object> = [50, 50, 250, 70].map(Object::from).into();
    let mut annotation = annotation;
    annotation.set("Type", "Annot");
    annotation.set("Rect", bounds);
    let annotation = document.add_object(annotation);
    document.get_object_mut(page).and_then(Object::as_dict_mut).unwrap().set("Annots", vec![Object::from(annotation)]);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_proof_with_something_on_it_that_only_a_reader_could_draw_is_attached_as_well() {
    let typed = |value: &str| {
        dictionary! {
            "Subtype" => "Widget", "FT" => "Tx", "V" => lopdf::text_string(value), "DA" => Object::string_literal("/F 0 Tf"),
        }
    };
    let tick = |state: &str| dictionary! { "Subtype" => "Widget", "FT" => "Btn", "V" => state };
    let turned = dictionary! { "MK" => dictionary! { "R" => 90 } };
    for (annotation, is_whole) in [
        (dictionary! { "Subtype" => "Ink" }, false),
        (dictionary! { "Subtype" => "FreeText" }, false),
        (dictionary! { "Subtype" => "Highlight", "F" => 2 }, true), // hidden
        (dictionary! { "Subtype" => "Text" }, true),                // the sign of a note
        (tick("Yes"), false),
        (tick("Off"), true),
        (typed("Maria Delgado"), true),
        (typed("Nguyễn"), false),
        (typed("Maria").into_iter().chain(turned).collect(), false),
    ] {
        let told = format!("{annotation:?}");
        let file = marked(annotation);
        let (bytes, laid) = packet(&sample(), &Content::Pdf(file.clone()));
        assert_eq!(laid[1], if is_whole { Laid::Pages(1) } else { Laid::Incomplete(1) }, "{told}");
        assert_eq!(attached(&Document::load_mem(&bytes).unwrap()).contains(&file), !is_whole, "{told}");
    }
}

#[test]
fn a_proof_of_which_something_is_lost_is_drawn_as_far_as_it_can_be_seen() {
    let font = "4 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj";
    let lost = font.replace("/Helvetica", "/Helvetica,Bold Italic Bold");
    let cut = "5 0 obj << >> stream\nBT /F 9 Tf (A) Tj ET\nendstream endobj";
    let whole = cut.replace("<< >>", "<< /Length 20 >>");
    for (font, content, is_whole) in [(font, &*whole, true), (&*lost, &*whole, false), (font, cut, false)] {
        let objects = [
            "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj",
            "2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj",
            "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >> endobj",
            font,
            content,
        ];
        let mut pdf = "%PDF-1.7\n".to_owned();
        let mut table = "xref\n0 6\n0000000000 65535 f \n".to_owned();
        for object in objects {
            writeln!(table, "{:010} 00000 n ", pdf.len()).unwrap();
            pdf += object;
            pdf.push('\n');
        }
        let at = pdf.len();
        write!(pdf, "{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n").unwrap();
        let (_, laid) = packet(&sample(), &Content::Pdf(pdf.into_bytes()));
        let told = if is_whole { Laid::Pages(1) } else { Laid::Attached(Why::Undrawable) };
        assert_eq!(laid[1], told, "{font} {content}");
    }
}

#[test]
fn a_proof_whose_content_is_garbled_within_is_never_shown_as_if_it_were_whole() {
    let mut document = Document::load_mem(&busy(1)).unwrap();
    for stream in document.objects.values_mut().filter_map(|object| object.as_stream_mut().ok()) {
        stream.content = [DRAWS, b" "].concat().repeat(99);
    }
    document.compress();
    let mut whole = Vec::new();
    document.save_to(&mut whole).unwrap();
    let streams = document.objects.values_mut().filter_map(|object| object.as_stream_mut().ok());
    for stream in streams {
        let last = stream.content.len() - 6;
        stream.content[last] ^= 1;
    }
    let mut garbled = Vec::new();
    document.save_to(&mut garbled).unwrap();
    assert_eq!(packet(&sample(), &Content::Pdf(whole)).1[1], Laid::Pages(1));
    assert_eq!(packet(&sample(), &Content::Pdf(garbled)).1[1], Laid::Attached(Why::Undrawable));
}

#[test]
fn a_proof_whose_objects_are_listed_where_the_library_does_not_look_is_not_shown_without_them() {
    for (list, told) in [("", Laid::Pages(1)), ("/XRefStm 9", Laid::Attached(Why::Undrawable))] {
        let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << /Font << /F 7 0 R >> >> >>";
        let objects = [
            "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj".to_owned(),
            "2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj".to_owned(),
            format!("3 0 obj {page} endobj"),
        ];
        let mut pdf = "%PDF-1.7\n".to_owned();
        let mut table = "xref\n0 4\n0000000000 65535 f \n".to_owned();
        for object in objects {
            writeln!(table, "{:010} 00000 n ", pdf.len()).unwrap();
            pdf += &object;
            pdf.push('\n');
        }
        let at = pdf.len();
        write!(pdf, "{table}trailer << /Size 8 /Root 1 0 R {list} >>\nstartxref\n{at}\n%%EOF\n").unwrap();
        assert_eq!(packet(&sample(), &Content::Pdf(pdf.into_bytes())).1[1], told, "{list}");
    }
}

#[test]
fn nothing_that_acts_comes_along() {
    let (bytes, _) = packet(&sample(), &Content::Pdf(busy(1)));
    let document = Document::load_mem(&bytes).unwrap();
    for object in document.objects.values() {
        let told = format!("{object:?}");
        for word in ["JavaScript", "Launch", "AcroForm", "OpenAction", "XFA", "alert", "calc.exe"] {
            assert!(!told.contains(word), "{word} in {told}");
        }
    }
}

#[test]
fn no_program_for_a_printer_and_no_name_that_turns_text_comes_along() {
    let mut document = Document::load_mem(&busy(1)).unwrap();
    let name = text_string("Layer\u{202e}fdp");
    let layer = document.add_object(dictionary! { "Type" => "OCG", "Name" => name });
    let program =
        Stream::new(dictionary! { "Type" => "XObject", "Subtype" => "PS" }, b"(%pipe%calc) (w) file".to_vec());
    let program = document.add_object(program);
    let page = *document.get_pages().values().next().unwrap();
    let content = document.add_object(Stream::new(dictionary! {}, b"/OC /L BDC /P Do 0 0 9 9 re f EMC".to_vec()));
    let resources =
        dictionary! { "XObject" => dictionary! { "P" => program }, "Properties" => dictionary! { "L" => layer } };
    let page = document.get_object_mut(page).and_then(Object::as_dict_mut).unwrap();
    page.set("Contents", content);
    page.set("Resources", resources);
    let mut pdf = Vec::new();
    document.save_to(&mut pdf).unwrap();
    let (bytes, laid) = packet(&sample(), &Content::Pdf(pdf));
    assert_eq!(laid[1], Laid::Pages(1));
    let document = Document::load_mem(&bytes).unwrap();
    let names = document.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"Name").ok());
    let names: Vec<String> = names.filter_map(|name| lopdf::decode_text_string(name).ok()).collect();
    assert!(names.iter().any(|name| name.contains("U+202E")), "{names:?}");
    assert!(!names.iter().any(|name| name.contains('\u{202e}')), "{names:?}");
    assert!(!bytes.windows(6).any(|part| part == b"%pipe%"));
    assert!(!document.objects.values().any(|object| format!("{object:?}").contains("PS\"")));
}

#[test]
fn a_page_in_several_streams_that_is_turned_is_drawn_whole_and_upright() {
    let (bytes, _) = packet(&sample(), &Content::Pdf(busy(1)));
    let document = Document::load_mem(&bytes).unwrap();
    let forms: Vec<&Stream> = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|n| n == b"Form")))
        .collect();
    assert_eq!(forms.len(), 3);
    for form in forms {
        let content = form.decompressed_content().unwrap_or_else(|_| form.content.clone());
        let content: String = String::from_utf8(content).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(content, "0 0 1 rg 10 10 50 50 re f");
        let matrix = form.dict.get(b"Matrix").and_then(Object::as_array).unwrap();
        let matrix: Vec<f32> = matrix.iter().map(|number| number.as_float().unwrap()).collect();
        assert_eq!(matrix, [0.0, -1.0, 1.0, 0.0, 0.0, 300.0]);
    }
}

#[test]
fn what_cannot_be_laid_out_is_attached_as_it_is_and_its_page_says_why() {
    let file = |why| Content::File { bytes: b"II*\0".to_vec(), media_type: "image/tiff".into(), why };
    for (other, why, words) in [
        (Content::Pdf(b"%PDF-1.7 and no more".to_vec()), Laid::Attached(Why::Undrawable), "cannot be drawn"),
        (file(Why::Undrawable), Laid::Attached(Why::Undrawable), "cannot be drawn"),
        (file(Why::TooLarge), Laid::Attached(Why::TooLarge), "too large"),
        (
            Content::Absent { reason: "is not on this computer".into() },
            Laid::Absent("is not on this computer".into()),
            "",
        ),
    ] {
        let (bytes, laid) = packet(&sample(), &other);
        assert_eq!(laid[1], why);
        let document = Document::load_mem(&bytes).unwrap();
        let expected = if words.is_empty() { 1 } else { 2 };
        assert_eq!(attached(&document).len(), expected, "the record, and the file if there is one");
    }
}

/// The files that a packet carries besides its pages.
fn attached(document: &Document) -> Vec<Vec<u8>> {
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let files = streams.filter(|stream| {
        stream.dict.get(b"Type").is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"EmbeddedFile"))
    });
    files.map(|file| file.decompressed_content().unwrap_or_else(|_| file.content.clone())).collect()
}

/// A whole PDF whose page needs an object that lies so deep.
fn deep(depth: usize) -> Vec<u8> {
    let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << /Deep 4 0 R >> >>",
        &nested,
    ];
    let (mut file, mut table) = ("%PDF-1.7\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (number, object) in (1..).zip(objects) {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{number} 0 obj\n{object}\nendobj");
    }
    let start = file.len();
    let _ = writeln!(file, "xref\n0 5\n{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF");
    file.into_bytes()
}

#[test]
fn a_pdf_made_to_bring_its_reader_down_brings_down_nothing() {
    for depth in [10, 100_000] {
        let (_, laid) = packet(&sample(), &Content::Pdf(deep(depth)));
        let is_there = matches!(laid[1], Laid::Pages(1));
        assert!(is_there || depth > 10 && laid[1] == Laid::Attached(Why::Undrawable), "{depth}: {laid:?}");
    }
}

#[test]
fn a_damaged_pdf_whose_pages_can_be_seen_is_there_as_pictures_and_as_it_is() {
    let damaged = b"%PDF-1.7 and no more".to_vec();
    let mut load = |sha256: &str| Content::Pdf(if sha256.starts_with('a') { busy(2) } else { damaged.clone() });
    let seen = |pdf: &[u8]| {
        assert_eq!(pdf, damaged);
        Ok(vec![Picture { jpeg: b"\xff\xd8\xff".to_vec(), size: (850, 1_100), is_grey: true }; 3])
    };
    let (bytes, laid) = packet_drawn(&sample(), &mut load, &seen);
    assert_eq!(laid, [Laid::Pages(2), Laid::Redrawn(3)]);
    let document = Document::load_mem(&bytes).unwrap();
    assert!(attached(&document).contains(&damaged));
    let picture = Picture { jpeg: b"\xff\xd8\xff".to_vec(), size: (850, 1_100), is_grey: true };
    let photo =
        Content::Damaged { bytes: b"cut".to_vec(), media_type: "image/jpeg".into(), pictures: vec![picture; 2] };
    let (with_photo, laid) = packet(&sample(), &photo);
    assert_eq!(laid[1], Laid::Redrawn(2));
    assert!(attached(&Document::load_mem(&with_photo).unwrap()).contains(&b"cut".to_vec()), "a photo, too");
    let pictures = document.objects.values().filter_map(|object| object.as_stream().ok()).filter(|stream| {
        stream.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"Image"))
    });
    assert_eq!(pictures.count(), 3);
}

/// A PDF that anybody may read, and nobody put together with others. How its content is hidden stands in an object of its
/// own, or where it usually stands.
fn locked(is_apart: bool) -> Vec<u8> {
    let mut document = Document::load_mem(&layered()).unwrap();
    let id = Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    let method: Arc<dyn CryptFilter> = Arc::new(Aes256CryptFilter);
    let state = EncryptionState::try_from(EncryptionVersion::V5 {
        encrypt_metadata: true,
        crypt_filters: BTreeMap::from([(b"StdCF".to_vec(), method)]),
        file_encryption_key: &[7; 32],
        stream_filter: b"StdCF".to_vec(),
        string_filter: b"StdCF".to_vec(),
        owner_password: "owner",
        user_password: "",
        permissions: Permissions::empty(),
    });
    document.encrypt(&state.unwrap()).unwrap();
    if is_apart {
        let lock = document.trailer.get(b"Encrypt").unwrap().as_reference().unwrap();
        let methods = document.get_dictionary_mut(lock).unwrap().remove(b"CF").unwrap();
        let methods = document.add_object(methods);
        document.get_dictionary_mut(lock).unwrap().set("CF", methods);
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_proof_that_its_maker_locked_is_merged_once_she_says_so_and_never_as_an_empty_page() {
    for (is_apart, merge_locked, told) in [
        (false, false, Laid::Attached(Why::Locked)),
        (false, true, Laid::Pages(1)),
        (true, false, Laid::Attached(Why::Locked)),
        (true, true, Laid::Redrawn(1)),
    ] {
        let mut load = |sha256: &str| Content::Pdf(if sha256.starts_with('a') { busy(2) } else { locked(is_apart) });
        let load = &mut load;
        let draw = &|_: &[u8]| Ok(vec![Picture { jpeg: vec![0xff, 0xd8], size: (850, 1_100), is_grey: true }]);
        let progress = &mut |_, _| true;
        let take_apart = &|bytes: &[u8], next| transcript::take_apart(bytes, next, merge_locked, None, plain);
        let proofs =
            Proofs { load, progress, with_documents: true, open: &no_file, take_apart, draw, strip: &unstripped };
        let mut bytes = Vec::new();
        let laid = transcript::packet(sample().material(), &sample().options, proofs, &mut bytes).unwrap();
        assert_eq!(laid[1].laid, told, "{is_apart} {merge_locked}");
        let is_drawn = has(&Document::load_mem(&bytes).unwrap(), b"0 0 9 9 re f");
        assert_eq!(is_drawn, told == Laid::Pages(1), "{is_apart} {merge_locked}");
    }
}

/// A page with a picture that lost nothing when it was packed.
fn pictured(space: &str, bits: i64) -> Vec<u8> {
    let mut document = Document::load_mem(&filled_in(None, false)).unwrap();
    let page = document.get_pages().into_values().next().unwrap();
    let head = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 200, "Height" => 100, "ColorSpace" => space,
        "BitsPerComponent" => bits,
    };
    let mut picture = Stream::new(head, vec![77; 200 * 100 * 3]);
    picture.compress().unwrap();
    let picture = document.add_object(picture);
    let resources = dictionary! { "XObject" => dictionary! { "Im" => picture } };
    document.get_object_mut(page).and_then(Object::as_dict_mut).unwrap().set("Resources", resources);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn plain_pictures_within_a_proof_are_made_smaller_where_the_packet_must_be_small() {
    for (space, bits, told) in [("DeviceRGB", 8, true), ("DeviceCMYK", 8, false), ("DeviceRGB", 16, false)] {
        let mut load = |_: &str| Content::Pdf(pictured(space, bits));
        let shrink = |source: Source<'_>| {
            let Source::Pixels { bytes, size, is_grey } = source else { return None };
            assert_eq!((bytes.len(), size, is_grey), (60_000, (200, 100), false));
            Some(Picture { jpeg: b"\xff\xd8small".to_vec(), size: (20, 10), is_grey: false })
        };
        let (load, progress, draw) = (&mut load, &mut |_, _| true, &|_: &[u8]| Err(Why::Undrawable));
        let take_apart = &|bytes: &[u8], next| transcript::take_apart(bytes, next, false, Some(&shrink), plain);
        let proofs =
            Proofs { load, progress, with_documents: true, open: &no_file, take_apart, draw, strip: &unstripped };
        let mut bytes = Vec::new();
        transcript::packet(sample().material(), &sample().options, proofs, &mut bytes).unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        let pictures = document.objects.values().filter_map(|object| object.as_stream().ok());
        let pictures: Vec<_> = pictures.filter(|stream| stream.content.starts_with(b"\xff\xd8small")).collect();
        assert_eq!(pictures.len(), if told { 2 } else { 0 }, "{space} {bits}");
        assert!(pictures.iter().all(|picture| picture.dict.get(b"Width").unwrap().as_i64().unwrap() == 20));
    }
}

#[test]
fn every_page_of_a_scan_is_there() {
    let page = |width| Picture { jpeg: vec![0xff, 0xd8], size: (width, 1_100), is_grey: false };
    let (bytes, laid) = packet(&sample(), &Content::Pictures(vec![page(850), page(1_400)]));
    assert_eq!(laid[1], Laid::Pages(2));
    let document = Document::load_mem(&bytes).unwrap();
    let sizes: Vec<f32> = document
        .get_pages()
        .into_values()
        .rev()
        .take(2)
        .map(|page| {
            let size = document.get_dictionary(page).unwrap().get(b"MediaBox").and_then(Object::as_array).unwrap();
            size[2].as_float().unwrap().round()
        })
        .collect();
    assert_eq!(sizes, [792.0, 612.0], "a wide page gets wide paper");
}

#[test]
fn a_packet_has_the_same_bytes_on_however_many_processors_it_is_made() {
    let sample = sample();
    let made = || {
        // So many small objects that they fill several streams, with proofs between them.
        let mut load = |sha256: &str| Content::Pdf(busy(if sha256.starts_with('a') { 1_500 } else { 1 }));
        packet_drawn(&sample, &mut load, &|_| Err(Why::Undrawable)).0
    };
    let on = |processors| rayon::ThreadPoolBuilder::new().num_threads(processors).build().unwrap().install(made);
    assert!(on(1) == on(3));
}

#[test]
fn the_same_record_and_proofs_give_the_same_bytes_and_other_proofs_another_number() {
    let sample = sample();
    let one = packet(&sample, &Content::Pdf(busy(1))).0;
    assert!(one == packet(&sample, &Content::Pdf(busy(1))).0);
    let number = |bytes: &[u8]| {
        let document = Document::load_mem(bytes).unwrap();
        format!("{:?}", document.trailer.get(b"ID").unwrap())
    };
    let other = packet(&sample, &Content::Absent { reason: "is not here".into() }).0;
    assert_ne!(number(&one), number(&other));
}

#[test]
fn stopping_it_is_no_fault_of_hers() {
    let sample = &sample();
    let mut load = |_: &str| Content::Pdf(busy(1));
    let draw = |_: &[u8]| Err(Why::Undrawable);
    let progress = &mut |done, _| done < 1;
    let (load, open, take_apart) = (&mut load, &no_file, &taken_apart);
    let proofs = Proofs { load, progress, with_documents: true, open, take_apart, draw: &draw, strip: &unstripped };
    let stopped = transcript::packet(sample.material(), &sample.options, proofs, Vec::new());
    assert_eq!(stopped, Err(Error::Cancelled));
}

#[test]
fn the_structure_of_a_packet_is_sound() {
    let (bytes, _) = packet(&sample(), &Content::Pdf(busy(1)));
    // It claims nothing, for strangers' pages are in it; but for that, simple ones leave it as it was.
    let is_claim =
        |failure: &String| failure.contains("Identification schema") || failure.contains("declares PDF/UA part");
    let (claims, others): (Vec<String>, Vec<String>) =
        crate::conformance::failures(&bytes).into_iter().partition(is_claim);
    assert_eq!((claims.len(), others), (3, Vec::new()));
}

#[test]
fn a_file_too_large_to_be_held_is_attached_byte_for_byte_as_it_is_read() {
    let file: Vec<u8> =
        (0..3_000_000_u32).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let size = file.len() as u64;
    let mut load = |_: &str| Content::Large { size, media_type: "image/tiff".into() };
    let open = &|_: &str| Ok(Box::new(std::io::Cursor::new(file.clone())) as Box<dyn std::io::Read>);
    let (progress, take_apart, draw) = (&mut |_, _| true, &taken_apart, &|_: &[u8]| Err(Why::Undrawable));
    let proofs = Proofs { load: &mut load, progress, with_documents: true, open, take_apart, draw, strip: &unstripped };
    let mut bytes = Vec::new();
    let laid = transcript::packet(sample().material(), &sample().options, proofs, &mut bytes).unwrap();
    assert_eq!(laid[1].laid, Laid::Attached(Why::TooLarge));
    let document = Document::load_mem(&bytes).unwrap();
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let mut attached =
        streams.filter(|stream| stream.dict.get(b"Subtype").is_ok_and(|kind| *kind == "image/tiff".into()));
    assert!(attached.next().unwrap().decompressed_content().unwrap() == file);
}

#[test]
fn parts_that_refer_to_what_they_do_not_have_are_not_laid_out() {
    let mut load = |sha256: &str| if sha256.starts_with('a') { Content::Pdf(busy(2)) } else { Content::Pdf(busy(1)) };
    // As from a process that a file led astray: numbered as if it came elsewhere.
    let take_apart = &|bytes: &[u8], next: u32| taken_apart(bytes, next + 7);
    let (progress, draw) = (&mut |_, _| true, &|_: &[u8]| Err(Why::Undrawable));
    let proofs = Proofs {
        load: &mut load,
        progress,
        with_documents: true,
        open: &no_file,
        take_apart,
        draw,
        strip: &unstripped,
    };
    let laid = transcript::packet(sample().material(), &sample().options, proofs, Vec::new()).unwrap();
    assert!(laid.iter().all(|exhibit| exhibit.laid == Laid::Attached(Why::Unsafe)));
}

#[test]
fn a_file_that_unpacks_to_far_more_than_it_has_is_not_taken_apart() {
    let mut bomb = vec![0; 80 * 1024 * 1024];
    bomb.fill(b' ');
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let mut content = Stream::new(dictionary! {}, bomb);
    content.compress().unwrap();
    let contents = vec![document.add_object(content.clone()).into(), document.add_object(content).into()];
    let size: Vec<Object> = [0, 0, 300, 200].map(Object::from).into();
    let page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => contents, "MediaBox" => size };
    let page = document.add_object(page);
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(packet(&sample(), &Content::Pdf(bytes)).1[1], Laid::Attached(Why::TooMuchWork));
}
