//! The pages of a TIFF: directories, each of which says where the next one is (TIFF 6.0, part 2).

use std::collections::BTreeSet;

use crate::print::MOST_PAGES;

/// Where the header says where the first directory is.
const FIRST: std::ops::Range<usize> = 4..8;
const NEW_SUBFILE_TYPE: u16 = 254;
const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
/// A smaller copy of another page, or a mask.
const NO_PAGE: u32 = 0b101;

/// Where the pages of a TIFF begin; one for anything else.
pub(crate) fn pages(bytes: &[u8]) -> Vec<u32> {
    let mut pages = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = Some(FIRST.start);
    while let Some(at) = next.and_then(|at| long(bytes, at)).filter(|at| *at != 0 && seen.insert(*at)) {
        let directory = Directory { bytes, at: usize::try_from(at).unwrap_or(usize::MAX) };
        if directory.kind().is_none_or(|kind| kind & NO_PAGE == 0) {
            pages.push(at);
        }
        next = directory.next().filter(|_| seen.len() <= MOST_PAGES);
    }
    if !is_tiff(bytes) || pages.is_empty() { vec![0] } else { pages }
}

/// How many pixels a page says it has; none for what is no TIFF.
pub(crate) fn pixels(bytes: &[u8], page: u32) -> u64 {
    let directory = Directory { bytes, at: usize::try_from(page).unwrap_or(usize::MAX) };
    let side = |tag| directory.side(tag).filter(|_| is_tiff(bytes)).map_or(0, u64::from);
    side(WIDTH) * side(HEIGHT)
}

/// Makes a page the first one, which is the one that decoders read.
pub(crate) fn turn_to(bytes: &mut [u8], page: u32) {
    if !is_tiff(bytes) || page == 0 {
        return;
    }
    let place = if is_little(bytes) { page.to_le_bytes() } else { page.to_be_bytes() };
    if let Some(first) = bytes.get_mut(FIRST) {
        first.copy_from_slice(&place);
    }
}

struct Directory<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Directory<'_> {
    const ENTRY: usize = 12;

    fn entries(&self) -> Option<usize> {
        short(self.bytes, self.at).map(usize::from)
    }

    /// Where the place of the next directory stands.
    fn next(&self) -> Option<usize> {
        self.at.checked_add(2 + self.entries()? * Self::ENTRY)
    }

    fn kind(&self) -> Option<u32> {
        long(self.bytes, self.entry(NEW_SUBFILE_TYPE)? + 8)
    }

    fn side(&self, tag: u16) -> Option<u32> {
        const SHORT: u16 = 3;
        let entry = self.entry(tag)?;
        let is_short = short(self.bytes, entry + 2) == Some(SHORT);
        if is_short { short(self.bytes, entry + 8).map(u32::from) } else { long(self.bytes, entry + 8) }
    }

    fn entry(&self, tag: u16) -> Option<usize> {
        let mut places = (0..self.entries()?).map(|entry| self.at + 2 + entry * Self::ENTRY);
        places.find(|place| short(self.bytes, *place) == Some(tag))
    }
}

pub(crate) fn is_tiff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*")
}

fn is_little(bytes: &[u8]) -> bool {
    bytes.starts_with(b"II")
}

pub(crate) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let two: [u8; 2] = *bytes.get(at..)?.first_chunk()?;
    Some(if is_little(bytes) { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
}

pub(crate) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four: [u8; 4] = *bytes.get(at..)?.first_chunk()?;
    Some(if is_little(bytes) { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
}
