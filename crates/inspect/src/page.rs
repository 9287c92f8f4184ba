//! The picture of a page of a PDF.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use lopdf::{DecompressError, Document, Error, LoadOptions, Object};

use crate::MOST_UNPACKED;
use crate::preview::{MOST_PIXELS, NoPreview, Preview, scale};

/// A page of a PDF that was weighed, or composed here.
pub(crate) fn draw(bytes: Vec<u8>, page: u32, width: u32) -> Result<Preview, NoPreview> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => NoPreview::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => NoPreview::Damaged,
    })?;
    let pages = pdf.pages();
    let index = usize::try_from(page).ok().and_then(|page| page.checked_sub(1)).ok_or(NoPreview::NoSuchPage)?;
    let drawn = pages.get(index).ok_or(NoPreview::NoSuchPage)?;
    let (across, down) = drawn.render_dimensions();
    if !(across >= 1.0 && down >= 1.0) {
        return Err(NoPreview::Damaged);
    }
    #[expect(clippy::cast_possible_truncation, reason = "a scale of a few digits is enough")]
    let scale = scale(across.into(), down.into(), width) as f32;
    let paper = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let settings = InterpreterSettings::default();
    let image = render(drawn, &RenderCache::new(), &settings, &RenderSettings::default(), &paper);
    let image = image.into_png().map_err(|_| NoPreview::Damaged)?;
    Ok(Preview { image, media_type: "image/png", pages: u32::try_from(pages.len()).unwrap_or(u32::MAX) })
}

/// Refuses what would take up far more room when it is drawn than it does as a file: what draws has no limits of its own.
pub(crate) fn weigh(bytes: &[u8]) -> Result<(), NoPreview> {
    let options = LoadOptions::with_max_decompressed_size(MOST_UNPACKED);
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => NoPreview::TooLarge,
        Error::InvalidPassword => NoPreview::Locked,
        _ => NoPreview::Damaged,
    })?;
    if document.is_encrypted() {
        return Err(NoPreview::Locked);
    }
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    for stream in streams {
        let size =
            |key: &[u8]| stream.dict.get(key).and_then(Object::as_i64).ok().and_then(|size| u64::try_from(size).ok());
        if let (Some(width), Some(height)) = (size(b"Width"), size(b"Height"))
            && width.saturating_mul(height) > MOST_PIXELS
        {
            return Err(NoPreview::TooLarge);
        }
        let unpacked = stream.decompressed_content_with_limit(MOST_UNPACKED);
        if let Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) = unpacked {
            return Err(NoPreview::TooLarge);
        }
    }
    Ok(())
}
