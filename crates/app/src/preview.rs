//! Pictures of originals, kept in a cache apart from the record.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::wire::Preview;
use crate::{Code, Error, Recert, files, strangers};

impl Recert {
    /// A picture of a page, counted from 1, of an original; a photo has one. What is in `cache` may go at any time.
    pub fn preview(&self, sha256: &str, page: u32, width: u32, cache: &Path) -> Result<Preview, Error> {
        // A file that was taken off leaves no new picture behind.
        if !self.vault()?.attached()?.contains(sha256) {
            return Err(Error::new(Code::NotFound, "This file is not in your record."));
        }
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

    /// Takes the pictures out of `cache` that show a file which nothing in the record has any more. What comes back is
    /// drawn again.
    pub fn sweep_pictures(&self, cache: &Path) -> Result<(), Error> {
        let Some(vault) = &self.vault else { return Ok(()) };
        let attached = vault.attached()?;
        for picture in fs::read_dir(cache).into_iter().flatten().flatten() {
            let name = picture.file_name();
            let shows = name.to_str().and_then(|name| name.split_once('-')).map(|(sha256, _)| sha256);
            if !shows.is_some_and(|sha256| attached.contains(sha256)) {
                // One that cannot be removed now goes the next time.
                let _ = fs::remove_file(picture.path());
            }
        }
        Ok(())
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
    let preview = strangers::preview(&bytes, page, width)?;
    // Without a cache it is made again each time.
    let _ = files::write_private(kept, &preview.to_bytes());
    Ok(preview)
}
