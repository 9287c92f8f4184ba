//! What can be seen in an original: the text of a PDF.
//!
//! Bytes in, plain data out. The bytes may come from anywhere, so all of it is bounded in bytes, pages and time, and
//! contained: whatever a file does to its parser, the caller goes on.

mod contained;
#[cfg(test)]
mod tests;
mod text;

pub use text::text;

/// More than any certificate has; a scan of many pages is smaller.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// What one stream of a PDF may unpack to. A page of text has some thousand bytes, a scan some million.
const MOST_UNPACKED: usize = 32 * 1024 * 1024;
