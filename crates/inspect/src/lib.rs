//! What can be seen in an original: its text, a picture of it, how many pages it has, and whether it is a photo or a screenshot.
//!
//! Bytes in, plain data out. The bytes may come from anywhere, so all of it is bounded in bytes, pages, pixels and counted
//! work, and by no clock: what comes out does not depend on the speed of the computer. A parser's bug may still panic, or
//! take up any memory; whoever calls this with a stranger's bytes does so in a process that may die.

mod image_size;
mod metadata;
mod operations;
mod page;
mod pages;
mod photo;
mod preview;
mod print;
#[cfg(test)]
mod tests;
mod text;
mod tiff;
mod weight;
mod work;

pub use metadata::{Location, location, without_location, without_metadata};
pub use pages::pages;
pub use photo::{HEAD, Stand, is_cut, is_damaged, stand};
pub use preview::{NoPreview, Preview, VERSION, WIDTHS, preview, preview_composed};
pub use print::{Print, print, print_pixels, prints};
pub use text::text;

/// The largest file that is looked into. More than any certificate has; a scan of many pages is smaller.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Whether the pages of a PDF can be drawn, the longest side of each with so many pixels, with the work that drawing may
/// take: by whoever opens what they were copied to.
pub fn count_work(pdf: Vec<u8>, longest: u32) -> Result<(), NoPreview> {
    page::count_work(pdf, longest)
}

/// Whether the lists of objects in a PDF can be read with the work that reading may take: by whoever loads it.
pub fn count_lists(pdf: &[u8]) -> Result<(), NoPreview> {
    weight::weigh_lists(pdf)
}
