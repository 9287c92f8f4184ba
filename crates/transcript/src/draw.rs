//! Draws pages through printpdf: every element's content becomes a marked-content sequence, everything else an artifact.

mod pen;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object, ObjectId, Stream, dictionary};
use printpdf::{
    FontMetrics, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, TextItem,
    to_lopdf_doc,
};
use rayon::prelude::*;

use crate::Error;
use crate::display::{Page, Pages, Shape};
use crate::fonts::{Face, Fonts, Subset};
use crate::output;
use pen::{Letters, id, operations};

/// For each page the elements whose content it marks; the place in the list is the content's id (MCID).
pub(crate) type Marked = Vec<Vec<usize>>;

/// The pages as a PDF without structure, and what the pass needs to add it.
pub(crate) fn draw(fonts: &Fonts, pages: &Pages) -> Result<(Document, Marked), Error> {
    let mut document = PdfDocument::new("");
    let mut letters = BTreeMap::new();
    let mut specimens = Vec::new();
    for (face, used) in used(pages) {
        let subset = fonts.subset(face, &used)?;
        letters.insert(face, Letters::new(&subset.glyphs));
        // Fixed ids: those that the library makes up differ from one document to the next.
        document.resources.fonts.map.insert(id(face), PdfFont::new(embedded(fonts, face, subset)));
        specimens.extend(specimen(face, &used));
    }
    let (document, contents) = rayon::join(|| frame(document, pages, specimens), || contents(&pages.pages, &letters));
    let mut document = document?;
    let sheets: Vec<ObjectId> = document.get_pages().into_values().collect();
    let mut marked = Marked::new();
    for ((content, elements), sheet) in contents?.into_iter().zip(sheets) {
        let place = document.get_dictionary(sheet)?.get(b"Contents")?.as_reference()?;
        document.objects.insert(place, Object::Stream(content));
        marked.push(elements);
    }
    Ok((document, marked))
}

/// The fonts and the pages, on which nothing is drawn yet.
fn frame(mut document: PdfDocument, pages: &Pages, specimens: Vec<Op>) -> Result<Document, Error> {
    let mut sheets: Vec<PdfPage> = pages.pages.iter().map(|page| sheet(page, Vec::new())).collect();
    sheets.extend(pages.pages.first().map(|page| sheet(page, specimens)));
    document.with_pages(sheets);
    let mut document = written(&document)?;
    if let Some((_, specimens)) = document.get_pages().pop_last() {
        take_away_last(&mut document, specimens)?;
    }
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object {
            output::compress(stream)?;
        }
    }
    Ok(document)
}

/// All letters of a face: the library embeds of a font what it finds in a text.
///
/// On the pages themselves it would look for each letter twice, which took a quarter of the time of a long transcript.
/// There they are shown by their numbers.
fn specimen(face: Face, used: &BTreeSet<char>) -> [Op; 4] {
    [
        Op::StartTextSection,
        Op::SetFont { font: PdfFontHandle::External(id(face)), size: Pt(1.0) },
        Op::ShowText { items: vec![TextItem::Text(used.iter().collect())] },
        Op::EndTextSection,
    ]
}

fn written(document: &PdfDocument) -> Result<Document, Error> {
    // “Secure” leaves out what the library does not look into: here, letters by their numbers.
    let options = PdfSaveOptions { secure: false, ..PdfSaveOptions::default() };
    let mut warnings = Vec::new();
    let document = to_lopdf_doc(document, &options, &mut warnings);
    match warnings.first() {
        Some(warning) => Err(Error::Unwritable { reason: format!("{warning:?}") }),
        None => Ok(document),
    }
}

/// Takes the page with the specimens away.
fn take_away_last(document: &mut Document, page: ObjectId) -> Result<(), Error> {
    let root = document.catalog()?.get(b"Pages")?.as_reference()?;
    let root = document.get_object_mut(root)?.as_dict_mut()?;
    let kids = root.get_mut(b"Kids")?.as_array_mut()?;
    kids.pop();
    let left = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    root.set("Count", left);
    if let Some(Object::Dictionary(page)) = document.objects.remove(&page) {
        for part in [page.get(b"Contents")?, page.get(b"Resources")?] {
            document.objects.remove(&part.as_reference()?);
        }
    }
    Ok(())
}

/// What draws each page, and which elements that marks. On as many processors as there are: it is most of the work.
fn contents(pages: &[Page], letters: &BTreeMap<Face, Letters>) -> Result<Vec<(Stream, Vec<usize>)>, Error> {
    pages.par_iter().map(|page| content(page, letters)).collect()
}

/// As a document of its own, so that little is in memory at a time.
fn content(page: &Page, letters: &BTreeMap<Face, Letters>) -> Result<(Stream, Vec<usize>), Error> {
    let (ops, elements) = operations(page, letters);
    let mut document = PdfDocument::new("");
    document.with_pages(vec![sheet(page, ops)]);
    let document = written(&document)?;
    let drawn = document.get_pages().into_values().next().unwrap_or_default();
    let content = document.get_dictionary(drawn)?.get(b"Contents")?.as_reference()?;
    let content = output::deflate(&document.get_object(content)?.as_stream()?.content)?;
    Ok((Stream::new(dictionary! { "Filter" => "FlateDecode" }, content), elements))
}

fn sheet(page: &Page, ops: Vec<Op>) -> PdfPage {
    PdfPage::new(Pt(page.size.0).into(), Pt(page.size.1).into(), ops)
}

/// The characters each weight has to print.
fn used(pages: &Pages) -> BTreeMap<Face, BTreeSet<char>> {
    // By code: a set would be asked once for every letter of a long transcript.
    let mut used: BTreeMap<Face, Vec<bool>> = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        let Shape::Text { style, text, .. } = &item.shape else { continue };
        let used = used.entry(style.face).or_default();
        for c in text.chars() {
            let code = c as usize;
            if code >= used.len() {
                used.resize(code + 1, false);
            }
            used[code] = true;
        }
    }
    let characters = |used: Vec<bool>| {
        (0..).zip(used).filter(|(_, is_used)| *is_used).filter_map(|(code, _)| char::from_u32(code)).collect()
    };
    used.into_iter().map(|(face, used)| (face, characters(used))).collect()
}

fn embedded(fonts: &Fonts, face: Face, subset: Subset) -> ParsedFont {
    let font = fonts.parsed(face);
    let metrics = FontMetrics { ascent: font.ascender(), descent: font.descender() };
    let units_per_em = font.units_per_em();
    let name = Some(face.name().to_owned());
    let mut parsed =
        ParsedFont::with_glyph_data(subset.program, 0, name, subset.glyphs, subset.widths, units_per_em, metrics);
    let bounds = font.global_bounding_box();
    parsed.pdf_font_metrics.x_min = bounds.x_min;
    parsed.pdf_font_metrics.y_min = bounds.y_min;
    parsed.pdf_font_metrics.x_max = bounds.x_max;
    parsed.pdf_font_metrics.y_max = bounds.y_max;
    parsed.pdf_font_metrics.us_weight_class = font.weight().to_number();
    parsed
}
