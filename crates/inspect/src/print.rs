//! A photo, a scan or a page as it goes on paper: upright, no larger than a printer needs, and without where it was taken.

use image::codecs::jpeg::JpegEncoder;
use image::{ColorType, DynamicImage, GrayImage, Rgb, RgbImage};

use crate::photo::{decode, on_paper};
use crate::preview::{MOST_PIXELS, NoPreview};
use crate::text::is_pdf;
use crate::{MOST_BYTES, page, tiff};

/// A picture to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// A JPEG.
    pub jpeg: Vec<u8>,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Whether it has no colours.
    pub is_grey: bool,
}

/// More pages than any certificate has, and than anybody would print as pictures.
pub(crate) const MOST_PAGES: usize = 200;
/// Of all of them: some seventy pages in the resolution of print, which a slow computer draws in less than a minute.
const MOST_PIXELS_IN_ALL: u64 = 600_000_000;
/// Into which one picture is parted.
const MOST_PARTS: u32 = 40;

/// The picture in these bytes, its longest side no longer than `longest` pixels, in a quality from 1 to 100. It is drawn
/// anew, so that what else the file says does not come along.
pub fn print(bytes: &[u8], longest: u32, quality: u8) -> Result<Print, NoPreview> {
    encoded(&within(upright(bytes)?, longest), quality)
}

/// The same of pixels that are at hand, row by row: one byte for each grey, three for each colour.
pub fn print_pixels(
    pixels: Vec<u8>,
    (width, height): (u32, u32),
    is_grey: bool,
    longest: u32,
    quality: u8,
) -> Result<Print, NoPreview> {
    let picture = if is_grey {
        GrayImage::from_raw(width, height, pixels).map(DynamicImage::from)
    } else {
        RgbImage::from_raw(width, height, pixels).map(DynamicImage::from)
    };
    encoded(&within(picture.ok_or(NoPreview::Damaged)?, longest), quality)
}

/// The same of every page of a TIFF or a PDF; a photo has one, and a picture of something that was scrolled several.
pub fn prints(mut bytes: Vec<u8>, longest: u32, quality: u8) -> Result<Vec<Print>, NoPreview> {
    if bytes.len() > MOST_BYTES {
        return Err(NoPreview::TooLarge);
    }
    let mut prints = Vec::new();
    if is_pdf(&bytes) {
        let mut is_blank = true;
        page::each(bytes, longest, |picture| {
            is_blank &= is_one_colour(&picture);
            prints.push(encoded(&without_colours(picture), quality)?);
            Ok(())
        })?;
        // An empty picture of a damaged page shows nothing of it.
        return if is_blank { Err(NoPreview::Damaged) } else { Ok(prints) };
    }
    let pages = tiff::pages(&bytes);
    if pages.len() > MOST_PAGES {
        return Err(NoPreview::TooLarge);
    }
    let said: Vec<u64> = pages.iter().map(|page| tiff::pixels(&bytes, *page)).collect();
    if said.iter().any(|pixels| *pixels > MOST_PIXELS) {
        return Err(NoPreview::TooLarge);
    }
    if said.iter().copied().fold(0, u64::saturating_add) > MOST_PIXELS_IN_ALL {
        return Err(NoPreview::TooMuchWork);
    }
    let mut pixels = 0_u64;
    for page in pages {
        tiff::turn_to(&mut bytes, page);
        let picture = upright(&bytes)?;
        pixels += u64::from(picture.width()) * u64::from(picture.height());
        if pixels > MOST_PIXELS_IN_ALL {
            return Err(NoPreview::TooMuchWork);
        }
        for part in parts(picture) {
            prints.push(encoded(&within(part, longest), quality)?);
        }
    }
    Ok(prints)
}

fn upright(bytes: &[u8]) -> Result<DynamicImage, NoPreview> {
    let (mut picture, orientation) = decode(bytes)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn within(picture: DynamicImage, longest: u32) -> DynamicImage {
    let side = picture.width().max(picture.height());
    if side > longest { picture.resize(longest, longest, image::imageops::FilterType::Triangle) } else { picture }
}

/// What is far taller than any paper in parts from top to bottom, each with a little of the one before: on one page nobody
/// could read it.
fn parts(picture: DynamicImage) -> Vec<DynamicImage> {
    let (width, height) = (picture.width(), picture.height());
    let part = width.saturating_mul(13) / 10;
    let number = height.div_ceil(part.max(1));
    if height / 3 < width || number > MOST_PARTS {
        return vec![picture];
    }
    let (each, again) = (height.div_ceil(number), width / 20);
    let part = |index: u32| {
        let top = (index * each).saturating_sub(again);
        let bottom = ((index + 1) * each).min(height);
        picture.crop_imm(0, top, width, bottom.saturating_sub(top))
    };
    (0..number).map(part).collect()
}

fn is_one_colour(picture: &DynamicImage) -> bool {
    picture.as_rgb8().is_some_and(|rgb| rgb.pixels().all(|pixel| pixel == rgb.get_pixel(0, 0)))
}

/// A page that is black on white takes a third of the room.
fn without_colours(picture: DynamicImage) -> DynamicImage {
    let is_grey = picture.as_rgb8().is_some_and(|rgb| rgb.pixels().all(|Rgb([r, g, b])| r == g && g == b));
    if is_grey { picture.to_luma8().into() } else { picture }
}

fn encoded(picture: &DynamicImage, quality: u8) -> Result<Print, NoPreview> {
    let is_grey = matches!(picture.color(), ColorType::L8 | ColorType::L16);
    let picture = if is_grey { DynamicImage::from(picture.to_luma8()) } else { on_paper(picture) };
    let mut jpeg = Vec::new();
    // In the colours that it has; `encode_image` would write three for grey, too.
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, quality)).map_err(|_| NoPreview::Damaged)?;
    Ok(Print { jpeg, size: (picture.width(), picture.height()), is_grey })
}
