//! Makes a drawn document archival and accessible: PDF/A-3a and PDF/UA-1, with the record embedded if there is a copy of it.
//!
//! What the two standards ask for and printpdf does not write: the structure tree (see [`crate::structure`]), an output
//! intent (ISO 19005-3, 6.2.3), XMP metadata (6.6), associated files (6.8), language and title (ISO 14289-1, 7.1 and 7.2).

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary, text_string};

use crate::display::{Anchor, Pages, Shape, Tag};
use crate::draw::Marked;
use crate::output::Output;
use crate::packet::Location;
use crate::seal::Seal;
use crate::structure::{Pressed, Tree};
use crate::{Error, Transcript, attached};

/// sRGB in 736 bytes, in the public domain (CC0); see `icc/LICENSE`.
static SRGB: &[u8] = include_bytes!("../icc/sRGB-v2-magic.icc");
const FILE: &str = "record.json";

/// What a document is to be.
pub(crate) enum Dress {
    /// Archival and accessible, and says so.
    Archive,
    /// The same but for the claim: strangers' pages will be in it.
    Packet,
}

/// The finished bytes, with the originals that are attached.
pub(crate) fn conform(
    mut document: Document,
    pages: &Pages,
    marked: &Marked,
    transcript: &Transcript,
    seal: &Seal,
    title: &str,
) -> Result<Vec<u8>, Error> {
    let tree = dress(&mut document, pages, marked, transcript, seal, title, &Dress::Archive)?;
    for ((exhibit, original), number) in transcript.entries.exhibits.iter().zip(&transcript.originals).zip(1..) {
        let file = document.add_object(embedded_file(original.bytes.clone(), &original.media_type, None));
        let file = attached::File { id: file, media_type: original.media_type.clone() };
        attached::carry(&mut document, number, &exhibit.name, Location::None, &file)?;
    }
    Ok(write(&document, &tree, Output::new(Vec::new())?)?)
}

/// Writes the document to the end of the file.
pub(crate) fn write<W: Write>(document: &Document, tree: &Tree, mut output: Output<W>) -> io::Result<W> {
    output.keep(document.max_id);
    for (id, object) in &document.objects {
        output.write(*id, object)?;
    }
    tree.write(&mut output)?;
    output.finish(&document.trailer)
}

/// Adds links, bookmarks, metadata and the record, and gives the structure, which is yet to be written.
pub(crate) fn dress<'p>(
    document: &mut Document,
    pages: &'p Pages,
    marked: &'p Marked,
    transcript: &Transcript,
    seal: &Seal,
    title: &str,
    dress: &Dress,
) -> Result<Tree<'p>, Error> {
    let page_ids: Vec<ObjectId> = document.get_pages().values().copied().collect();
    let links = links(document, pages, &page_ids);
    let mut pressed: Vec<Vec<Object>> = vec![Vec::new(); page_ids.len()];
    for link in &links {
        pressed[link.page].push(link.id.into());
    }
    for (key, (page, own)) in page_ids.iter().zip(pressed).enumerate() {
        let page = document.get_object_mut(*page).and_then(Object::as_dict_mut)?;
        page.set("StructParents", integer(key));
        page.set("Tabs", "S");
        page.remove(b"Annots");
        if !own.is_empty() {
            page.set("Annots", own);
        }
    }
    let outline = outline(document, pages, &page_ids);
    let metadata = metadata(document, transcript, title, dress);
    let intent = output_intent(document);
    let record = seal.copy.as_ref().map(|copy| embedded_record(document, copy));
    let tree = Tree::new(document, &pages.elements, marked, page_ids, links);

    let catalog = document.catalog_mut()?;
    catalog.set("Lang", text_string("en-US"));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("StructTreeRoot", tree.root());
    catalog.set("Outlines", outline);
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![intent.into()]);
    if let Some(record) = record {
        catalog.set("AF", vec![record.into()]);
        let names = dictionary! { "Names" => vec![text_string(FILE), record.into()] };
        catalog.set("Names", dictionary! { "EmbeddedFiles" => names });
    }

    // The information dictionary would have to agree with the XMP to the letter; PDF 2.0 drops it for that reason.
    if let Ok(Object::Reference(info)) = document.trailer.get(b"Info") {
        let info = *info;
        document.objects.remove(&info);
    }
    document.trailer.remove(b"Info");
    document.trailer.set("ID", vec![seal.id(), seal.id()]);
    Ok(tree)
}

/// Counts and keys; none comes near the limit.
fn integer(number: usize) -> Object {
    Object::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The annotations of all links whose place is on these pages. Each has a key of its own in the parent tree, after those
/// of the pages.
fn links(document: &mut Document, pages: &Pages, page_ids: &[ObjectId]) -> Vec<Pressed> {
    let mut first = BTreeMap::new();
    for place in &pages.places {
        first.entry(place.anchor).or_insert(place);
    }
    let mut pressed = Vec::new();
    for area in &pages.links {
        let Some(place) = first.get(&area.to) else { continue };
        let from = |y: f32, page: usize| pages.pages[page].size.1 - y;
        let (left, top, right, bottom) = area.bounds;
        let annotation = dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "Rect" => vec![
                Object::Real(left),
                Object::Real(from(bottom, area.page)),
                Object::Real(right),
                Object::Real(from(top, area.page)),
            ],
            "Border" => vec![integer(0), integer(0), integer(0)],
            "F" => 4, // printed, though it shows nothing: PDF/A asks for it
            "Contents" => text_string(&words(area.to)),
            "StructParent" => integer(page_ids.len() + pressed.len()),
            "Dest" => vec![
                page_ids[place.page].into(),
                "XYZ".into(),
                Object::Null,
                Object::Real(from(place.y, place.page)),
                Object::Null,
            ],
        };
        let id = document.add_object(annotation);
        pressed.push(Pressed { element: area.element, page: area.page, id });
    }
    pressed
}

/// What a link is called where it is not seen.
fn words(anchor: Anchor) -> String {
    match anchor {
        Anchor::Credit(number) => format!("To credit {number}"),
        Anchor::Exhibit(number) => format!("To exhibit {number}"),
    }
}

/// Bookmarks: the title and every section's heading, where it stands.
fn outline(document: &mut Document, pages: &Pages, page_ids: &[ObjectId]) -> ObjectId {
    let mut headings: Vec<(usize, String, Object)> = Vec::new();
    for (page, page_id) in pages.pages.iter().zip(page_ids) {
        for item in &page.items {
            let (Some(element), Shape::Text { y, style, text, .. }) = (item.element, &item.shape) else { continue };
            if !matches!(pages.elements[element].tag, Tag::H1 | Tag::H2) {
                continue;
            }
            match headings.last_mut() {
                Some((last, title, _)) if *last == element => title.push_str(text),
                _ => {
                    let top = Object::Real(page.size.1 - y + style.leading);
                    let place = vec![(*page_id).into(), "XYZ".into(), Object::Null, top, Object::Null];
                    headings.push((element, text.clone(), place.into()));
                }
            }
        }
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = headings.iter().map(|_| document.new_object_id()).collect();
    for (index, (_, title, place)) in headings.into_iter().enumerate() {
        let mut entry = dictionary! { "Title" => text_string(title.trim()), "Parent" => root, "Dest" => place };
        if let Some(before) = index.checked_sub(1) {
            entry.set("Prev", ids[before]);
        }
        if let Some(next) = ids.get(index + 1) {
            entry.set("Next", *next);
        }
        document.objects.insert(ids[index], entry.into());
    }
    let mut list = dictionary! { "Type" => "Outlines", "Count" => integer(ids.len()) };
    if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
        list.set("First", *first);
        list.set("Last", *last);
    }
    document.objects.insert(root, list.into());
    root
}

fn output_intent(document: &mut Document) -> ObjectId {
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    document.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => text_string("sRGB"),
        "Info" => text_string("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    })
}

fn embedded_record(document: &mut Document, copy: &Stream) -> ObjectId {
    let file = document.add_object(copy.clone());
    let about = "The record behind these pages, machine-readable";
    document.add_object(file_entry(FILE, about, "Data", file))
}

/// What a document says of a file that it carries.
pub(crate) fn file_entry(name: &str, about: &str, relation: &str, file: ObjectId) -> Dictionary {
    dictionary! {
        "Type" => "Filespec",
        "F" => text_string(name),
        "UF" => text_string(name),
        "Desc" => text_string(about),
        "AFRelationship" => relation,
        "EF" => dictionary! { "F" => file, "UF" => file },
    }
}

/// A file's bytes as a stream.
pub(crate) fn embedded_file(bytes: Vec<u8>, media_type: &str, modified: Option<NaiveDate>) -> Stream {
    Stream::new(embedded_head(bytes.len() as u64, media_type, modified), bytes)
}

/// What is said of a file of so many bytes.
pub(crate) fn embedded_head(size: u64, media_type: &str, modified: Option<NaiveDate>) -> Dictionary {
    let mut parameters = dictionary! { "Size" => i64::try_from(size).unwrap_or(i64::MAX) };
    if let Some(day) = modified {
        parameters.set("ModDate", text_string(&day.format("D:%Y%m%d000000Z").to_string()));
    }
    dictionary! { "Type" => "EmbeddedFile", "Subtype" => media_type, "Params" => parameters }
}

/// That the file conforms to PDF/A-3a and PDF/UA-1, and what the words of the second claim mean, which PDF/A asks for.
const CLAIM: &str = r#"   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
   <pdfuaid:part>1</pdfuaid:part>
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
"#;

/// The XMP packet, uncompressed so that an archive finds it without decoding (ISO 19005-3, 6.6.2.1).
fn metadata(document: &mut Document, transcript: &Transcript, title: &str, dress: &Dress) -> ObjectId {
    let claim = match dress {
        Dress::Archive => CLAIM,
        Dress::Packet => "",
    };
    let title = escaped(title);
    let tool = escaped(&format!("Recert {}", transcript.options.app_version));
    let day = transcript.options.printed_on.format("%Y-%m-%d");
    let xmp = format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <xmp:CreateDate>{day}</xmp:CreateDate>
   <xmp:CreatorTool>{tool}</xmp:CreatorTool>
{claim}  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{feff}',
    );
    let head = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    document.add_object(Stream::new(head, xmp.into_bytes()).with_compression(false))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
