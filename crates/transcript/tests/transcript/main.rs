//! What holds of every transcript: what it says, how it is set, and that archives and screen readers can read it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod attached;
mod conformance;
mod extremes;
mod options;
mod packet;
mod paper;
mod records;
mod sheets;
mod tree;
mod words;

use records::Sample;
use transcript::{Face, Pages, Shape, Tag};

fn pages(sample: &Sample) -> Pages {
    transcript::pages(sample.material(), &sample.options).unwrap()
}

fn pdf(sample: &Sample) -> Vec<u8> {
    transcript::pdf(sample.material(), &sample.options, &mut |sha256| Ok(records::original(sha256))).unwrap()
}

/// One page as text: what stands on the same line is on one line, from left to right.
fn page_text(page: &transcript::Page) -> String {
    let mut lines: Vec<(f32, f32, &str)> = page
        .items
        .iter()
        .filter_map(|item| match &item.shape {
            Shape::Text { x, y, text, .. } => Some((*y, *x, text.trim_end())),
            Shape::Stroke { .. } => None,
        })
        .collect();
    lines.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let lines = lines.chunk_by(|a, b| (a.0 - b.0).abs() < 0.5);
    lines
        .map(|line| line.iter().map(|(_, _, text)| *text).collect::<Vec<_>>().join(" | "))
        .collect::<Vec<_>>()
        .join("\n")
}

fn text(pages: &Pages) -> String {
    let pages = pages.pages.iter().enumerate();
    let pages = pages.map(|(index, page)| format!("—— page {} ——\n{}\n", index + 1, page_text(page)));
    pages.collect::<Vec<_>>().concat()
}

/// The words of every element of one kind, in reading order.
fn elements(pages: &Pages, tag: Tag) -> Vec<String> {
    let mut words = vec![String::new(); pages.elements.len()];
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let (Some(element), Shape::Text { text, .. }) = (item.element, &item.shape) {
            words[element].push_str(text);
        }
    }
    let of_tag = |(element, text): (&transcript::Element, String)| (element.tag == tag).then_some(text);
    pages.elements.iter().zip(words).filter_map(of_tag).collect()
}

/// The width of a text by the font's own advances, measured apart from the crate's code.
fn width(face: Face, size: f32, text: &str) -> f32 {
    let bytes: &[u8] = match face {
        Face::Regular => include_bytes!("../../fonts/SourceSans3-Regular.ttf"),
        Face::Semibold => include_bytes!("../../fonts/SourceSans3-SemiBold.ttf"),
    };
    let font = ttf_parser::Face::parse(bytes, 0).unwrap();
    let advance = |c| f32::from(font.glyph_hor_advance(font.glyph_index(c).unwrap()).unwrap());
    text.chars().map(advance).sum::<f32>() * size / f32::from(font.units_per_em())
}
