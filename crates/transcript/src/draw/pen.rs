//! The operations that draw a page.

use std::collections::BTreeMap;

use printpdf::{Color, DictItem, FontId, Greyscale, Line, LinePoint, Op, PdfFontHandle, Point, Pt};

use crate::display::{Page, Shape};
use crate::fonts::Face;

/// The numbers of a face's letters as they stand in a page's content.
pub(super) struct Letters {
    /// Nearly all text is made of these.
    ascii: [u16; 128],
    all: BTreeMap<u32, u16>,
}

impl Letters {
    pub(super) fn new(all: &BTreeMap<u32, u16>) -> Self {
        let number = |c: u32| all.get(&c).copied().unwrap_or(0);
        let mut ascii = [0; 128];
        for (c, place) in (0..).zip(&mut ascii) {
            *place = number(c);
        }
        Self { ascii, all: all.clone() }
    }

    fn numbers(&self, text: &str) -> Vec<u8> {
        let mut numbers = Vec::with_capacity(2 * text.len());
        for c in text.chars().map(u32::from) {
            let ascii = usize::try_from(c).ok().and_then(|c| self.ascii.get(c));
            let number = ascii.or_else(|| self.all.get(&c)).copied().unwrap_or(0);
            numbers.extend(number.to_be_bytes());
        }
        numbers
    }
}

/// What a face is called on every page.
pub(super) fn id(face: Face) -> FontId {
    FontId(face.name().replace('+', "-"))
}

/// What draws a page, and the elements whose content it marks.
pub(super) fn operations(page: &Page, letters: &BTreeMap<Face, Letters>) -> (Vec<Op>, Vec<usize>) {
    let mut elements = Vec::new();
    let mut pen = Pen { ops: Vec::new(), height: page.size.1, letters, font: None, fill: None, line: None };
    for run in page.items.chunk_by(|a, b| a.element == b.element) {
        if let Some(element) = run.first().and_then(|item| item.element) {
            let content = i64::try_from(elements.len()).unwrap_or(i64::MAX);
            elements.push(element);
            let properties = DictItem::Dict { map: BTreeMap::from([("MCID".to_owned(), DictItem::Int(content))]) };
            // What the content is stands in the structure tree; here every sequence is a mere span.
            pen.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
        } else {
            pen.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
        }
        for item in run {
            pen.draw(&item.shape);
        }
        pen.ops.push(Op::EndMarkedContent);
    }
    (pen.ops, elements)
}

/// Draws on a page, and knows what was set on it last and still holds.
struct Pen<'p> {
    ops: Vec<Op>,
    height: f32,
    letters: &'p BTreeMap<Face, Letters>,
    font: Option<(Face, f32)>,
    fill: Option<f32>,
    line: Option<(f32, f32)>,
}

impl Pen<'_> {
    fn draw(&mut self, shape: &Shape) {
        // Hundredths of a point are finer than any printer.
        let hundredths = |length: f32| Pt((length * 100.0).round() / 100.0);
        let at = |x: f32, y: f32| Point { x: hundredths(x), y: hundredths(self.height - y) };
        match shape {
            Shape::Text { x, y, style, text, .. } => {
                // Each in a section of its own: simple readers take the end of one for the end of a word.
                self.ops.push(Op::StartTextSection);
                if self.fill.replace(style.ink) != Some(style.ink) {
                    self.ops.push(Op::SetFillColor { col: grey(style.ink) });
                }
                if self.font.replace((style.face, style.size)) != Some((style.face, style.size)) {
                    let font = PdfFontHandle::External(id(style.face));
                    self.ops.push(Op::SetFont { font, size: Pt(style.size) });
                }
                let text = DictItem::String { data: self.letters[&style.face].numbers(text), literal: true };
                self.ops.extend([
                    Op::SetTextCursor { pos: at(*x, *y) },
                    Op::Unknown { key: "Tj".to_owned(), value: vec![text] },
                    Op::EndTextSection,
                ]);
            }
            Shape::Stroke { points, weight, ink } => {
                let points = points.iter().map(|(x, y)| LinePoint { p: at(*x, *y), bezier: false }).collect();
                if self.line.replace((*weight, *ink)) != Some((*weight, *ink)) {
                    self.ops.push(Op::SetOutlineColor { col: grey(*ink) });
                    self.ops.push(Op::SetOutlineThickness { pt: Pt(*weight) });
                }
                self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
            }
        }
    }
}

fn grey(ink: f32) -> Color {
    Color::Greyscale(Greyscale { percent: ink, icc_profile: None })
}
