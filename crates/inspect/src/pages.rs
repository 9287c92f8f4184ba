//! How many pages a file has.

use lopdf::{Document, LoadOptions};

use crate::preview::NoPreview;
use crate::text::is_pdf;
use crate::weight::{MOST_UNPACKED, weigh};
use crate::{MOST_BYTES, tiff};

/// How many pages a PDF or a TIFF has; `None` for what is neither, is locked, damaged or too large. An error says that
/// counting was given up.
pub fn pages(bytes: &[u8]) -> Result<Option<u32>, NoPreview> {
    if bytes.len() > MOST_BYTES {
        return Ok(None);
    }
    if tiff::is_tiff(bytes) {
        return Ok(u32::try_from(tiff::pages(bytes).len()).ok());
    }
    if !is_pdf(bytes) {
        return Ok(None);
    }
    weigh(bytes)?;
    let options = LoadOptions::with_max_decompressed_size(MOST_UNPACKED);
    let document = Document::load_mem_with_options(bytes, options);
    let count = document.ok().and_then(|document| u32::try_from(document.get_pages().len()).ok());
    Ok(count.filter(|count| *count > 0))
}
