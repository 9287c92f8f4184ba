//! The text layer of a PDF. Scans have none, and nothing is recognised in pictures.

use lopdf::{Document, LoadOptions};
use unicode_normalization::UnicodeNormalization as _;

use crate::MOST_BYTES;
use crate::preview::NoPreview;
use crate::weight::{MOST_UNPACKED, weigh};

/// What is read of a long document: enough to find it again.
const MOST_PAGES: usize = 30;
const MOST_TEXT: usize = 64 * 1024;

/// The text of a PDF in one line for each of its lines. Empty if it has none, is locked, damaged or too large, or is no
/// PDF: a file that cannot be searched is kept all the same. An error says that reading it was given up, which tells
/// nothing of what it says.
pub fn text(bytes: &[u8]) -> Result<String, NoPreview> {
    if bytes.len() > MOST_BYTES || !is_pdf(bytes) {
        return Ok(String::new());
    }
    weigh(bytes)?;
    Ok(read(bytes))
}

/// Readers accept the mark anywhere in the first 1024 bytes.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

fn read(bytes: &[u8]) -> String {
    let options = LoadOptions::with_max_decompressed_size(MOST_UNPACKED);
    let Ok(document) = Document::load_mem_with_options(bytes, options) else { return String::new() };
    let mut text = String::new();
    for page in document.get_pages().into_keys().take(MOST_PAGES) {
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
    text
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
