//! Pictures of originals, kept in a cache apart from the record.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::files;
use crate::wire::Preview;
use crate::{Code, Error, Recert};

impl Recert {
    /// A picture of a page, counted from 1, of an original; a photo has one. What is in `cache` may go at any time.
    pub fn preview(&self, sha256: &str, page: u32, width: u32, cache: &Path) -> Result<Preview, Error> {
        let original = self.original(sha256)?;
        let width = width.clamp(*inspect::WIDTHS.start(), *inspect::WIDTHS.end());
        let kept = cache.join(format!("{sha256}-{page}-{width}-{}", inspect::VERSION));
        // Nothing in there is trusted: what is no whole picture is made again.
        let found = fs::read(&kept).ok().and_then(|bytes| inspect::Preview::from_bytes(&bytes));
        let preview = match found {
            Some(found) => found,
            None => make(&original, page, width, &kept)?,
        };
        Ok(wire(&preview))
    }
}

/// A picture of a page, counted from 1, of a PDF that was composed here.
pub fn draw(pdf: &[u8], page: u32, width: u32) -> Result<Preview, Error> {
    let drawn = inspect::preview_composed(pdf.to_vec(), page, width);
    drawn.map(|drawn| wire(&drawn)).map_err(|reason| Error::new(Code::NoPreview, reason.to_string()))
}

/// A picture that the window can show.
fn wire(preview: &inspect::Preview) -> Preview {
    let image = format!("data:{};base64,{}", preview.media_type, STANDARD.encode(&preview.image));
    Preview { image, pages: preview.pages }
}

fn make(original: &Path, page: u32, width: u32, kept: &Path) -> Result<inspect::Preview, Error> {
    let bytes = files::read(original)?;
    let preview =
        inspect::preview(bytes, page, width).map_err(|reason| Error::new(Code::NoPreview, reason.to_string()))?;
    if let Some(cache) = kept.parent() {
        // A certificate is nobody else's business, in a cache neither. Without a cache it is made again each time.
        let _ = files::private_folder(cache);
    }
    let _ = files::write(kept, &preview.to_bytes());
    Ok(preview)
}
