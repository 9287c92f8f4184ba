//! What a file says besides what it shows, and above all where a photo was taken.
//!
//! For each format one walk keeps what draws, by a list of what is known to draw, and looks at what it leaves out. What is
//! left out and not understood counts as naming a location: so nothing is said to be free of it that is not. All of it is
//! bounded by the length of its input, or by [`MOST_UNPACKED`].

mod content;
mod exif;
mod filters;
mod jpeg;
mod jpx;
mod pdf;
mod png;
mod stream;
#[cfg(test)]
mod tests;
mod text;
mod webp;

pub use stream::without_metadata;

use serde::{Deserialize, Serialize};

use crate::photo::is_heif;
use crate::text::is_pdf;
use crate::{MOST_BYTES, tiff};

/// What a copy of a file tells of where its photos were taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Location {
    /// Nothing, and neither does the file: the copy is the same, byte for byte.
    None,
    /// Nothing. The file does or may, so it was removed.
    Removed {
        /// Whether the file was signed: the signature does not hold for the copy.
        was_signed: bool,
    },
    /// It does or may, and it cannot be removed.
    Kept,
    /// It cannot be looked into.
    Unknown,
}

/// A copy of a file that does not tell where its photos were taken, as far as that can be removed without changing what is
/// seen. Without bytes where the file stays as it is.
pub fn without_location(bytes: &[u8]) -> (Option<Vec<u8>>, Location) {
    let Copy { changed, location } = Copy::of_file(bytes, 0);
    (changed, location)
}

/// What a file itself tells: [`Location::None`], [`Location::Kept`] or [`Location::Unknown`].
pub fn location(bytes: &[u8]) -> Location {
    match without_location(bytes).1 {
        Location::None => Location::None,
        Location::Removed { .. } | Location::Kept => Location::Kept,
        Location::Unknown => Location::Unknown,
    }
}

/// What is seen of something, without the rest.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Plain {
    bytes: Vec<u8>,
    /// Whether what was left out names a location, or may.
    has_location: bool,
}

/// A copy of a file.
#[derive(Debug)]
struct Copy {
    /// Its bytes, where they are others.
    changed: Option<Vec<u8>>,
    location: Location,
}

impl Copy {
    /// The copy of a file that lies within so many others.
    fn of(bytes: &[u8], depth: usize) -> Self {
        if bytes.starts_with(jpeg::START) {
            Self::plain(jpeg::upright(bytes))
        } else if bytes.starts_with(png::START) {
            Self::plain(png::plain(bytes))
        } else if webp::is_webp(bytes) {
            Self::plain(webp::plain(bytes))
        } else if tiff::is_tiff(bytes) {
            Self { changed: None, location: exif::tiff_location(bytes) }
        } else if is_heif(bytes) {
            Self { changed: None, location: exif::heif_location(bytes) }
        } else if !is_pdf(bytes) {
            Self { changed: None, location: Location::None }
        } else if bytes.len() > MOST_BYTES {
            Self { changed: None, location: Location::Unknown }
        } else {
            pdf::copy(bytes, depth)
        }
    }

    /// The same, where it is said to be a file: readers find a photo behind a few other bytes, too.
    fn of_file(bytes: &[u8], depth: usize) -> Self {
        let copy = Self::of(bytes, depth);
        if copy.location != Location::None || is_pdf(bytes) {
            return copy;
        }
        let head = &bytes[..bytes.len().min(jpeg::MOST_BEFORE)];
        let photo = find(head, jpeg::MARKED).filter(|at| *at > 0).and_then(|at| jpeg::plain(&bytes[at..]));
        let may_tell = photo.is_some_and(|photo| photo.has_location);
        Self { location: if may_tell { Location::Unknown } else { Location::None }, ..copy }
    }

    fn plain(plain: Option<Plain>) -> Self {
        match plain {
            None => Self { changed: None, location: Location::Unknown },
            Some(Plain { bytes, has_location: true }) => {
                Self { changed: Some(bytes), location: Location::Removed { was_signed: false } }
            }
            Some(Plain { has_location: false, .. }) => Self { changed: None, location: Location::None },
        }
    }
}

/// Where a sequence begins first.
fn find(bytes: &[u8], sequence: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, sequence)
}

/// The first bytes as a number, high byte first.
fn long(bytes: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(*bytes.first_chunk()?)).ok()
}

/// What only fills up.
fn is_padding(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace())
}
