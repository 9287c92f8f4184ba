//! The text layer of a PDF. Scans have none, and nothing is recognised in pictures.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};
use unicode_normalization::UnicodeNormalization as _;

use crate::MOST_BYTES;
use crate::preview::NoPreview;
use crate::weight::{MOST_UNPACKED, load, weigh};

/// What is read of a long document: enough to find it again.
const MOST_PAGES: usize = 30;
const MOST_TEXT: usize = 64 * 1024;
/// What the fonts of all these pages may have to be read, in bytes: each is read again for each of its names on each page.
const MOST_OF_FONTS: usize = 64 * 1024 * 1024;
/// A font of which little is to be read.
const FONT: usize = 4_096;

/// The text of a PDF in one line for each of its lines. Empty if it has none, is locked, damaged or too large, or is no
/// PDF: a file that cannot be searched is kept all the same. An error says that reading it was given up, which tells
/// nothing of what it says.
pub fn text(bytes: &[u8]) -> Result<String, NoPreview> {
    if bytes.len() > MOST_BYTES || !is_pdf(bytes) {
        return Ok(String::new());
    }
    weigh(bytes)?;
    read(bytes)
}

/// Readers accept the mark anywhere in the first 1024 bytes.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

fn read(bytes: &[u8]) -> Result<String, NoPreview> {
    let Some(document) = load(bytes)? else { return Ok(String::new()) };
    let mut text = String::new();
    let mut fonts = Fonts { document: &document, known: BTreeMap::new() };
    let mut left = MOST_OF_FONTS;
    for (page, id) in document.get_pages().into_iter().take(MOST_PAGES) {
        match left.checked_sub(fonts.of_page(id)) {
            Some(less) => left = less,
            None if text.is_empty() => return Err(NoPreview::TooMuchWork),
            None => break,
        }
        // A part that cannot be read does not keep the others out.
        for part in document.extract_text_chunks_with_limit(&[page], MOST_UNPACKED).into_iter().flatten() {
            append(&mut text, &part);
        }
        append(&mut text, "\n");
        if text.len() >= MOST_TEXT {
            break;
        }
    }
    text.truncate(text.trim_end().len());
    Ok(text)
}

/// How much is to be read of fonts before their text can be.
struct Fonts<'d> {
    document: &'d Document,
    /// What streams unpack to.
    known: BTreeMap<ObjectId, usize>,
}

impl Fonts<'_> {
    fn of_page(&mut self, page: ObjectId) -> usize {
        let fonts = self.document.get_page_fonts(page).unwrap_or_default();
        fonts.values().fold(0, |all, font| all.saturating_add(self.of(font)))
    }

    fn of(&mut self, font: &Dictionary) -> usize {
        let document = self.document;
        let names = font.get_deref(b"Encoding", document).and_then(Object::as_dict);
        let names = names.and_then(|encoding| encoding.get_deref(b"Differences", document)).and_then(Object::as_array);
        let names = names.map_or(0, Vec::len).saturating_mul(16);
        let letters = font.get(b"ToUnicode").and_then(Object::as_reference);
        let letters = letters.map_or(0, |id| *self.known.entry(id).or_insert_with(|| unpacked(document, id)));
        letters.saturating_add(names).saturating_add(FONT)
    }
}

fn unpacked(document: &Document, id: ObjectId) -> usize {
    let stream = document.get_object(id).and_then(Object::as_stream);
    stream.and_then(|stream| stream.get_plain_content_with_limit(MOST_UNPACKED)).map_or(0, |content| content.len())
}

/// Without ligatures, which nobody types, without what is no text, and without more than one space or line end in a row.
fn append(text: &mut String, part: &str) {
    for letter in part.nfkc() {
        let letter = match letter {
            '\n' => '\n',
            other if other.is_whitespace() => ' ',
            other if other.is_control() || other == char::REPLACEMENT_CHARACTER => continue,
            other => other,
        };
        let last = text.chars().next_back();
        let again = letter.is_whitespace() && last.is_none_or(char::is_whitespace);
        if again || text.len() + letter.len_utf8() > MOST_TEXT {
            continue;
        }
        text.push(letter);
    }
}
