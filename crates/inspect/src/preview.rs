//! A picture of an original, small enough for a screen: of a page of a PDF, or of a photo.
//!
//! It is drawn anew from the pixels, so that nothing else that is in the file, such as the place where a photo was taken,
//! gets into it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::is_pdf;
use crate::{MOST_BYTES, page, photo};

/// Changes whenever the same original would give another picture.
pub const VERSION: u32 = 1;
/// How wide a preview may be.
pub const WIDTHS: std::ops::RangeInclusive<u32> = 32..=2400;
/// How many times its width a preview may be high; the rest of a longer picture is made narrower.
const TALL: u32 = 4;
/// More than any camera's; a file of a few bytes can claim any number.
pub(crate) const MOST_PIXELS: u64 = 120_000_000;

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// A whole PNG or JPEG file.
    pub image: Vec<u8>,
    /// Which of the two: `image/png` or `image/jpeg`.
    pub media_type: &'static str,
    /// How many pages the original has; a photo has one.
    pub pages: u32,
}

/// Why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoPreview {
    /// It opens with a password only.
    Locked,
    /// It does not hold together.
    Damaged,
    /// It has more bytes or pixels than can be drawn in a moment.
    TooLarge,
    /// Drawing it is more work than any page is.
    TooMuchWork,
    /// It has fewer pages.
    NoSuchPage,
    /// It is none of the formats that can be drawn.
    Unknown,
}

impl fmt::Display for NoPreview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Locked => {
                "No preview: this file is locked with a password. It is kept as it is; open it to look at it."
            }
            Self::Damaged => {
                "No preview: this file seems damaged. Open it, and if it does not show, save or download it again."
            }
            Self::TooLarge => {
                "No preview: this file is too large to be drawn here. It is kept as it is; open it to look at it."
            }
            Self::TooMuchWork => {
                "No preview: drawing this file is too much work. It is kept as it is; whoever opens it may wait for long."
            }
            Self::NoSuchPage => "No preview: this file has no such page.",
            Self::Unknown => {
                "No preview: this kind of file cannot be drawn here. It is kept as it is; open it to look at it."
            }
        })
    }
}

impl std::error::Error for NoPreview {}

/// A picture of a page, counted from 1, so many pixels wide; of a photo, no wider than it is.
pub fn preview(bytes: Vec<u8>, page: u32, width: u32) -> Result<Preview, NoPreview> {
    if bytes.len() > MOST_BYTES {
        return Err(NoPreview::TooLarge);
    }
    let width = width.clamp(*WIDTHS.start(), *WIDTHS.end());
    if is_pdf(&bytes) {
        page::draw(bytes, page, width)
    } else if page == 1 {
        photo::draw(&bytes, width)
    } else {
        Err(NoPreview::NoSuchPage)
    }
}

/// The same of a PDF that was composed here: nothing in it has to be weighed first, which takes longer than drawing a page.
pub fn preview_composed(pdf: Vec<u8>, page: u32, width: u32) -> Result<Preview, NoPreview> {
    let width = width.clamp(*WIDTHS.start(), *WIDTHS.end());
    page::draw_composed(pdf, page, width)
}

/// What a picture of this size is scaled by to be so wide, and not too tall.
pub(crate) fn scale(width: f64, height: f64, wanted: u32) -> f64 {
    let wanted = f64::from(wanted);
    (wanted / width).min(wanted * f64::from(TALL) / height)
}

impl Preview {
    /// To be kept in a cache.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.pages.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.image);
        bytes
    }

    /// Out of a cache; `None` for anything but a whole picture.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (pages, image) = bytes.split_first_chunk()?;
        let media_type = photo::whole(image)?;
        Some(Self { image: image.to_vec(), media_type, pages: u32::from_be_bytes(*pages) })
    }
}
