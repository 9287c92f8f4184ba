//! How many pages a file has.

use lopdf::{Document, Object};

use crate::preview::NoPreview;
use crate::text::is_pdf;
use crate::weight::{load, weigh};
use crate::{MOST_BYTES, tiff};

/// How many pages a PDF or a TIFF has; `None` for what is neither, is locked, damaged or too large, or says
/// of itself another number. An error says that
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
    let count = load(bytes)?.and_then(|document| counted(&document));
    Ok(count.filter(|count| *count > 0))
}

/// The library stops counting where pages are more than objects; then it is fewer than the file says.
fn counted(document: &Document) -> Option<u32> {
    let tree = document.catalog().and_then(|catalog| catalog.get_deref(b"Pages", document)).and_then(Object::as_dict);
    let declared = tree.and_then(|tree| tree.get_deref(b"Count", document)).and_then(Object::as_i64).ok()?;
    let count = u32::try_from(document.get_pages().len()).ok()?;
    (i64::from(count) == declared).then_some(count)
}
