//! What can be seen in an original: its text, a picture of it, how many pages it has, and whether it is a photo or a screenshot.
//!
//! Bytes in, plain data out. The bytes may come from anywhere, so all of it is bounded in bytes, pages and time, and
//! contained: whatever a file does to its parser, the caller goes on.

mod contained;
mod metadata;
mod page;
mod pages;
mod photo;
mod preview;
mod print;
#[cfg(test)]
mod tests;
mod text;
mod tiff;

pub use metadata::{Location, location, without_location, without_metadata};
pub use pages::pages;
pub use photo::{HEAD, Stand, is_cut, is_damaged, stand};
pub use preview::{NoPreview, Preview, VERSION, WIDTHS, preview, preview_composed};
pub use print::{Print, print, print_pixels, prints};
pub use text::text;

/// More than any certificate has; a scan of many pages is smaller.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// What one stream of a PDF may unpack to. A page of text has some thousand bytes, a scan some million.
const MOST_UNPACKED: usize = 32 * 1024 * 1024;
