//! Draws pages through printpdf: every element's content becomes a marked-content sequence, everything else an artifact.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{
    Color, DictItem, FontId, FontMetrics, Greyscale, Line, LinePoint, Op, ParsedFont, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, TextItem, to_lopdf_doc,
};

use crate::Error;
use crate::display::{Item, Page, Pages, Shape};
use crate::fonts::{Face, Fonts};

/// For each page the elements whose content it marks; the place in the list is the content's id (MCID).
pub(crate) type Marked = Vec<Vec<usize>>;

/// The pages as a PDF without structure, and what the pass needs to add it.
pub(crate) fn draw(fonts: &Fonts, pages: &Pages) -> Result<(lopdf::Document, Marked), Error> {
    let mut document = PdfDocument::new("");
    for (face, used) in used(pages) {
        // Fixed ids: those that the library makes up differ from one document to the next.
        document.resources.fonts.map.insert(id(face), PdfFont::new(embedded(fonts, face, &used)?));
    }
    let mut marked = Marked::new();
    let mut drawn = Vec::new();
    for page in &pages.pages {
        let (width, height) = page.size;
        let (ops, elements) = operations(page, height);
        marked.push(elements);
        drawn.push(PdfPage::new(Pt(width).into(), Pt(height).into(), ops));
    }
    document.with_pages(drawn);
    let mut warnings = Vec::new();
    let document = to_lopdf_doc(&document, &PdfSaveOptions::default(), &mut warnings);
    match warnings.first() {
        Some(warning) => Err(Error::Unwritable { reason: format!("{warning:?}") }),
        None => Ok((document, marked)),
    }
}

fn id(face: Face) -> FontId {
    FontId(face.name().replace('+', "-"))
}

/// The characters each weight has to print.
fn used(pages: &Pages) -> BTreeMap<Face, BTreeSet<char>> {
    let mut used: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        match &item.shape {
            Shape::Text { style, text, .. } => used.entry(style.face).or_default().extend(text.chars()),
            Shape::Stroke { .. } => {}
        }
    }
    used
}

fn embedded(fonts: &Fonts, face: Face, used: &BTreeSet<char>) -> Result<ParsedFont, Error> {
    let font = fonts.parsed(face);
    let subset = fonts.subset(face, used)?;
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
    Ok(parsed)
}

fn operations(page: &Page, height: f32) -> (Vec<Op>, Vec<usize>) {
    let mut ops = Vec::new();
    let mut elements = Vec::new();
    let mut pen = Pen::default();
    for run in page.items.chunk_by(|a, b| a.element == b.element) {
        if let Some(element) = run.first().and_then(|item| item.element) {
            let content = i64::try_from(elements.len()).unwrap_or(i64::MAX);
            elements.push(element);
            let properties = DictItem::Dict { map: BTreeMap::from([("MCID".to_owned(), DictItem::Int(content))]) };
            // What the content is stands in the structure tree; here every sequence is a mere span.
            ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
        } else {
            ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
        }
        for item in run {
            pen.draw(&mut ops, item, height);
        }
        ops.push(Op::EndMarkedContent);
    }
    (ops, elements)
}

/// What was set on the page last and still holds.
#[derive(Default)]
struct Pen {
    font: Option<(Face, f32)>,
    fill: Option<f32>,
    line: Option<(f32, f32)>,
}

impl Pen {
    fn draw(&mut self, ops: &mut Vec<Op>, item: &Item, height: f32) {
        // Hundredths of a point are finer than any printer.
        let hundredths = |length: f32| Pt((length * 100.0).round() / 100.0);
        let at = |x: f32, y: f32| Point { x: hundredths(x), y: hundredths(height - y) };
        match &item.shape {
            Shape::Text { x, y, style, text, .. } => {
                ops.push(Op::StartTextSection);
                if self.fill.replace(style.ink) != Some(style.ink) {
                    ops.push(Op::SetFillColor { col: grey(style.ink) });
                }
                if self.font.replace((style.face, style.size)) != Some((style.face, style.size)) {
                    let font = PdfFontHandle::External(id(style.face));
                    ops.push(Op::SetFont { font, size: Pt(style.size) });
                }
                ops.extend([
                    Op::SetTextCursor { pos: at(*x, *y) },
                    Op::ShowText { items: vec![TextItem::Text(text.clone())] },
                    Op::EndTextSection,
                ]);
            }
            Shape::Stroke { points, weight, ink } => {
                if self.line.replace((*weight, *ink)) != Some((*weight, *ink)) {
                    ops.push(Op::SetOutlineColor { col: grey(*ink) });
                    ops.push(Op::SetOutlineThickness { pt: Pt(*weight) });
                }
                let points = points.iter().map(|(x, y)| LinePoint { p: at(*x, *y), bezier: false }).collect();
                ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
            }
        }
    }
}

fn grey(ink: f32) -> Color {
    Color::Greyscale(Greyscale { percent: ink, icc_profile: None })
}
