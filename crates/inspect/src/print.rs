//! A photo or a scan as it goes on paper: upright, no larger than a printer needs, and without where it was taken.

use image::codecs::jpeg::JpegEncoder;
use image::{ColorType, DynamicImage};

use crate::contained::contained;
use crate::photo::{decode, on_paper};
use crate::preview::{NoPreview, PATIENCE};

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

/// The picture in these bytes, its longest side no longer than `longest` pixels, in a quality from 1 to 100. It is drawn
/// anew, so that what else the file says does not come along.
pub fn print(bytes: Vec<u8>, longest: u32, quality: u8) -> Result<Print, NoPreview> {
    contained(PATIENCE, move || drawn(&bytes, longest, quality))?
}

fn drawn(bytes: &[u8], longest: u32, quality: u8) -> Result<Print, NoPreview> {
    let (picture, orientation) = decode(bytes)?;
    let side = picture.width().max(picture.height());
    let mut picture =
        if side > longest { picture.resize(longest, longest, image::imageops::FilterType::Triangle) } else { picture };
    picture.apply_orientation(orientation);
    let is_grey = matches!(picture.color(), ColorType::L8 | ColorType::L16);
    let picture = if is_grey { DynamicImage::from(picture.to_luma8()) } else { on_paper(&picture) };
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(&picture).map_err(|_| NoPreview::Damaged)?;
    Ok(Print { jpeg, size: (picture.width(), picture.height()), is_grey })
}
