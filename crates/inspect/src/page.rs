//! The pictures of the pages of a PDF.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::object::{Array, Dict, Name};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{DynamicImage, RgbImage};
use lopdf::{DecompressError, Document, Error, LoadOptions, Object, Stream, dictionary};

use crate::MOST_UNPACKED;
use crate::preview::{MOST_PIXELS, NoPreview, Preview, scale};
use crate::print::MOST_PAGES;

/// A picture of one page, so many pixels wide.
pub(crate) fn draw(bytes: Vec<u8>, page: u32, width: u32) -> Result<Preview, NoPreview> {
    one(&weighed(bytes)?, page, width)
}

/// The same of a PDF that was composed here.
pub(crate) fn draw_composed(bytes: Vec<u8>, page: u32, width: u32) -> Result<Preview, NoPreview> {
    one(&open(bytes)?, page, width)
}

fn one(pdf: &Pdf, page: u32, width: u32) -> Result<Preview, NoPreview> {
    let pages = pdf.pages();
    let index = usize::try_from(page).ok().and_then(|page| page.checked_sub(1)).ok_or(NoPreview::NoSuchPage)?;
    let page = pages.get(index).ok_or(NoPreview::NoSuchPage)?;
    let (across, down) = size(page)?;
    let image = drawn(page, scale(across, down, width)).into_png().map_err(|_| NoPreview::Damaged)?;
    Ok(Preview { image, media_type: "image/png", pages: u32::try_from(pages.len()).unwrap_or(u32::MAX) })
}

/// Every page as a picture whose longest side has so many pixels, one after the other.
pub(crate) fn each(
    bytes: Vec<u8>,
    longest: u32,
    mut take: impl FnMut(DynamicImage) -> Result<(), NoPreview>,
) -> Result<(), NoPreview> {
    let pdf = weighed(bytes)?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(NoPreview::Damaged);
    }
    if pages.len() > MOST_PAGES {
        return Err(NoPreview::TooLarge);
    }
    for page in pages.iter() {
        let (across, down) = size(page)?;
        let picture = drawn(page, f64::from(longest) / across.max(down));
        let (width, height) = (u32::from(picture.width()), u32::from(picture.height()));
        // On white paper nothing is transparent.
        let pixels = picture.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        take(RgbImage::from_raw(width, height, pixels).ok_or(NoPreview::Damaged)?.into())?;
    }
    Ok(())
}

fn size(page: &Page<'_>) -> Result<(f64, f64), NoPreview> {
    let (across, down) = page.render_dimensions();
    if across >= 1.0 && down >= 1.0 { Ok((across.into(), down.into())) } else { Err(NoPreview::Damaged) }
}

fn drawn(page: &Page<'_>, scale: f64) -> Pixmap {
    #[expect(clippy::cast_possible_truncation, reason = "a scale of a few digits is enough")]
    let scale = scale as f32;
    let paper = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    render(page, &RenderCache::new(), &InterpreterSettings::default(), &RenderSettings::default(), &paper)
}

/// A PDF that may be drawn. What draws reads some damaged files that nothing else here reads.
fn weighed(bytes: Vec<u8>) -> Result<Pdf, NoPreview> {
    let is_sound = weigh(&bytes)?;
    if !is_sound {
        weigh_unread(&bytes)?;
    }
    let pdf = open(bytes)?;
    if !is_sound {
        weigh_damaged(&pdf)?;
    }
    Ok(pdf)
}

fn open(bytes: Vec<u8>) -> Result<Pdf, NoPreview> {
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => NoPreview::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => NoPreview::Damaged,
    })
}

/// Refuses what would take up far more room when it is drawn than it does as a file: what draws has no limits of its own.
/// `false` if the file is too damaged to tell.
fn weigh(bytes: &[u8]) -> Result<bool, NoPreview> {
    let options = LoadOptions::with_max_decompressed_size(MOST_UNPACKED);
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => return Err(NoPreview::TooLarge),
        Err(Error::InvalidPassword) => return Err(NoPreview::Locked),
        Err(_) => return Ok(false),
    };
    if document.is_encrypted() {
        return Err(NoPreview::Locked);
    }
    for stream in document.objects.values().filter_map(|object| object.as_stream().ok()) {
        let size = |key: &[u8]| stream.dict.get(key).and_then(Object::as_i64).ok();
        weigh_stream(size(b"Width"), size(b"Height"), stream)?;
    }
    Ok(true)
}

fn weigh_stream(width: Option<i64>, height: Option<i64>, stream: &Stream) -> Result<(), NoPreview> {
    let size = |side: Option<i64>| side.and_then(|side| u64::try_from(side).ok()).unwrap_or_default();
    if size(width).saturating_mul(size(height)) > MOST_PIXELS {
        return Err(NoPreview::TooLarge);
    }
    match stream.decompressed_content_with_limit(MOST_UNPACKED) {
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => Err(NoPreview::TooLarge),
        _ => Ok(()),
    }
}

/// Weighs what reading a damaged file may unpack before its objects are known: whatever follows the word `stream`.
fn weigh_unread(bytes: &[u8]) -> Result<(), NoPreview> {
    const WORD: &[u8] = b"stream";
    if bytes.len() > MOST_UNPACKED {
        return Err(NoPreview::TooLarge);
    }
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], WORD) {
        from += at + WORD.len();
        let rest = &bytes[from..];
        let content = rest[..find(rest, b"endstream").unwrap_or(rest.len())].trim_ascii_start();
        let packed = Stream::new(dictionary! { "Filter" => "FlateDecode" }, content.to_vec());
        weigh_stream(None, None, &packed)?;
    }
    Ok(())
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

/// Weighs every object of a damaged file as it will be drawn.
fn weigh_damaged(pdf: &Pdf) -> Result<(), NoPreview> {
    for object in pdf.objects() {
        let Some(stream) = object.into_stream() else { continue };
        let filters = filters(stream.dict());
        let is_unknown = |filter: &Object| matches!(filter.as_name(), Ok(b"RunLengthDecode" | b"ASCIIHexDecode"));
        if filters.len() > 1 && filters.iter().any(is_unknown) {
            return Err(NoPreview::TooLarge); // it cannot be told what such a stream unpacks to
        }
        let packed = Stream::new(dictionary! { "Filter" => filters }, stream.raw_data().into_owned());
        let size = |key: &[u8]| stream.dict().get::<i32>(key).map(i64::from);
        weigh_stream(size(b"Width"), size(b"Height"), &packed)?;
    }
    Ok(())
}

/// How a stream is packed. What draws takes the short names too, which are meant for pictures within a page.
fn filters(entries: &Dict<'_>) -> Vec<Object> {
    let key = if entries.contains_key(b"F") { b"F".as_slice() } else { b"Filter" };
    let one = entries.get::<Name<'_>>(key).map(|name| vec![name]);
    let several = || Some(entries.get::<Array<'_>>(key)?.iter::<Name<'_>>().collect());
    let long = |name: Name<'_>| match &*name {
        b"Fl" => "FlateDecode".into(),
        b"LZW" => "LZWDecode".into(),
        b"RL" => "RunLengthDecode".into(),
        b"A85" => "ASCII85Decode".into(),
        b"AHx" => "ASCIIHexDecode".into(),
        long => Object::Name(long.to_vec()),
    };
    one.or_else(several).unwrap_or_default().into_iter().map(long).collect()
}
