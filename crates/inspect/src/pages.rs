//! How many pages a file has.

use std::time::Duration;

use lopdf::{Document, LoadOptions};

use crate::contained::contained;
use crate::text::is_pdf;
use crate::{MOST_BYTES, MOST_UNPACKED, tiff};

const PATIENCE: Duration = Duration::from_secs(2);

/// How many pages a PDF or a TIFF has; `None` for what is neither, is locked, damaged or too large.
pub fn pages(bytes: Vec<u8>) -> Option<u32> {
    if bytes.len() > MOST_BYTES {
        return None;
    }
    if tiff::is_tiff(&bytes) {
        return u32::try_from(tiff::pages(&bytes).len()).ok();
    }
    if !is_pdf(&bytes) {
        return None;
    }
    let count = contained(PATIENCE, move || {
        let options = LoadOptions::with_max_decompressed_size(MOST_UNPACKED);
        Document::load_mem_with_options(&bytes, options).map(|document| document.get_pages().len())
    });
    u32::try_from(count.ok()?.ok()?).ok().filter(|count| *count > 0)
}
