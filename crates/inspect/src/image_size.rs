//! How many pixels a picture within a PDF has when it is decoded: what its dictionary says, and what its own header says.

use hayro::hayro_syntax::object::{Array, Dict, Name, Stream};

/// More than any picture may have; a size that cannot be told.
const UNKNOWN: u64 = u64::MAX;

/// How much of a picture there is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    /// Its pixels; of one that is put together, those of its largest part.
    pub(crate) pixels: u64,
    /// What is decoded until it is put together.
    pub(crate) decoded: u64,
}

impl Size {
    const fn of(pixels: u64) -> Self {
        Self { pixels, decoded: pixels }
    }

    /// With another part.
    fn and(self, part: u64) -> Self {
        Self { pixels: self.pixels.max(part), decoded: self.decoded.saturating_add(part) }
    }

    /// With another picture.
    pub(crate) fn with(self, other: Self) -> Self {
        Self { pixels: self.pixels.saturating_add(other.pixels), decoded: self.decoded.saturating_add(other.decoded) }
    }

    fn max(self, other: Self) -> Self {
        Self { pixels: self.pixels.max(other.pixels), decoded: self.decoded.max(other.decoded) }
    }
}

pub(crate) fn image_size(image: &Stream<'_>) -> Size {
    let entries = image.dict();
    let side = |long: &[u8], short: &[u8]| entries.get::<u32>(short).or_else(|| entries.get::<u32>(long)).unwrap_or(0);
    let (width, height) = (side(b"Width", b"W"), side(b"Height", b"H"));
    let said = u64::from(width) * u64::from(height);
    let filters = filters(entries);
    let own = match filters.split_last().map(|(last, before)| (&**last, before.is_empty())) {
        Some((b"CCITTFaxDecode" | b"CCF", _)) => Size::of(u64::from(columns(entries)) * u64::from(height.max(1))),
        Some((b"JPXDecode", true)) => Size::of(jpeg_2000(&image.raw_data()).unwrap_or(0)),
        Some((b"JBIG2Decode", true)) => {
            let globals = globals(entries).and_then(|globals| Some(jbig2(&globals.decoded_data().ok()?)));
            jbig2(&image.raw_data()).with(globals.unwrap_or_default())
        }
        // Nobody packs them again; their header would have to be unpacked first.
        Some((b"JPXDecode" | b"JBIG2Decode", false)) => Size::of(UNKNOWN),
        // A JPEG is never drawn larger than its dictionary says.
        _ => Size::default(),
    };
    Size::of(said).max(own)
}

/// How a picture is packed. What draws takes the short name of the key too, which is meant for pictures within a page.
fn filters(entries: &Dict<'_>) -> Vec<Vec<u8>> {
    let of = |key: &[u8]| {
        let one = entries.get::<Name<'_>>(key).map(|name| vec![name.to_vec()]);
        one.or_else(|| Some(entries.get::<Array<'_>>(key)?.iter::<Name<'_>>().map(|name| name.to_vec()).collect()))
    };
    of(b"F").or_else(|| of(b"Filter")).unwrap_or_default()
}

fn parameters<'a>(entries: &Dict<'a>) -> Option<Dict<'a>> {
    let of = |key: &[u8]| {
        let alone = entries.get::<Dict<'_>>(key);
        alone.or_else(|| entries.get::<Array<'_>>(key)?.iter::<Dict<'_>>().last())
    };
    of(b"DP").or_else(|| of(b"DecodeParms"))
}

/// ISO 32000-1, table 11.
fn columns(entries: &Dict<'_>) -> u32 {
    parameters(entries).and_then(|says| says.get::<u32>(b"Columns")).unwrap_or(1728)
}

/// ISO 32000-1, table 12: parts that several pictures share.
fn globals<'a>(entries: &Dict<'a>) -> Option<Stream<'a>> {
    parameters(entries)?.get(b"JBIG2Globals")
}

/// ISO 15444-1, A.5.1: the codestream begins with its size. Of several that lie in boxes it is not told which one is drawn.
fn jpeg_2000(bytes: &[u8]) -> Option<u64> {
    const CODESTREAM: &[u8] = b"jp2c";
    if bytes.starts_with(START_AND_SIZE) {
        return codestream(bytes);
    }
    let mut rest = bytes;
    let mut pixels = None;
    while let Some((kind, content, after)) = first_box(rest) {
        rest = after;
        if kind == CODESTREAM {
            pixels = pixels.max(codestream(content));
        }
    }
    pixels
}

/// ISO 15444-1, I.4: what kind of box comes first, what is in it, and what follows.
fn first_box(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let kind = bytes.get(4..8)?;
    let (head, length) = match long(bytes, 0)? {
        0 => (8, bytes.len()),
        1 => (16, usize::try_from(u64::from_be_bytes(*bytes.get(8..)?.first_chunk()?)).unwrap_or(usize::MAX)),
        length => (8, usize::try_from(length).unwrap_or(usize::MAX)),
    };
    let (whole, after) = bytes.split_at(length.min(bytes.len()));
    Some((kind, whole.get(head..)?, after))
}

const START_AND_SIZE: &[u8] = b"\xff\x4f\xff\x51";

fn codestream(bytes: &[u8]) -> Option<u64> {
    let bytes = bytes.strip_prefix(START_AND_SIZE)?;
    let (right, low, left, high) = (long(bytes, 4)?, long(bytes, 8)?, long(bytes, 12)?, long(bytes, 16)?);
    let parts = u16::from_be_bytes(*bytes.get(36..)?.first_chunk()?);
    // Each part is decoded for itself, into numbers of four bytes.
    let parts = u64::from(parts).div_ceil(3);
    Some((u64::from(right.saturating_sub(left)) * u64::from(low.saturating_sub(high))).saturating_mul(parts))
}

/// ITU T.88, 7.2 and 7.4.8: segments, of which one says how large the page is, and others how large their parts are.
fn jbig2(bytes: &[u8]) -> Size {
    const PAGE: u8 = 48;
    let mut size = Size::default();
    let mut rest = bytes;
    while let Some(segment) = Segment::first(rest) {
        rest = segment.after;
        // The page, and regions of text, halftone and bitmaps all begin with width and height.
        if matches!(segment.kind, PAGE | 4 | 6 | 7 | 20 | 22 | 23 | 36 | 38 | 39 | 40 | 42 | 43) {
            let (Some(width), Some(height)) = (long(segment.data, 0), long(segment.data, 4)) else { break };
            // A page may leave its height open.
            let height = if segment.kind == PAGE && height == u32::MAX { 1 } else { height };
            size = size.and(u64::from(width) * u64::from(height));
        }
    }
    size
}

/// A part of a JBIG2 picture.
struct Segment<'b> {
    kind: u8,
    data: &'b [u8],
    after: &'b [u8],
}

impl<'b> Segment<'b> {
    fn first(bytes: &'b [u8]) -> Option<Self> {
        let number = long(bytes, 0)?;
        let (flags, referred) = (*bytes.get(4)?, *bytes.get(5)?);
        let (referred, mut next) = if referred >> 5 == 7 {
            let count = usize::try_from(long(bytes, 5)? & 0x1fff_ffff).ok()?;
            (count, 9 + (count + 8) / 8)
        } else {
            (usize::from(referred >> 5), 6)
        };
        let each = if number <= 256 {
            1
        } else if number <= 65_536 {
            2
        } else {
            4
        };
        next = next.checked_add(referred.checked_mul(each)?)?;
        next += if flags & 0x40 == 0 { 1 } else { 4 };
        let length = long(bytes, next)?;
        let data = bytes.get(next + 4..)?;
        let length = if length == u32::MAX { end(data) } else { usize::try_from(length).ok()? };
        let (data, after) = data.split_at(length.min(data.len()));
        Some(Self { kind: flags & 0x3f, data, after })
    }
}

/// ITU T.88, 7.2.7: where a region ends that does not say how long it is.
fn end(region: &[u8]) -> usize {
    let flags = region.get(17).copied().unwrap_or(0);
    let (from, mark) = match (flags & 1, flags >> 1 & 3, flags & 16) {
        (1, ..) => (18, [0, 0]),
        (_, 0, 0) => (26, [0xff, 0xac]),
        (_, 0, _) => (42, [0xff, 0xac]),
        _ => (20, [0xff, 0xac]),
    };
    // The number of its rows follows.
    let found = region.get(from..).and_then(|rest| rest.windows(2).position(|two| two == mark));
    found.map_or(region.len(), |at| from + at + 6)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn siz(side: u32) -> Vec<u8> {
        let side = side.to_be_bytes();
        [START_AND_SIZE, &[0, 0x2f, 0, 0], &side, &side, &[0; 8], &[0; 16], &[0, 3]].concat()
    }

    fn segment(number: u32, kind: u8, side: u32) -> Vec<u8> {
        let side = side.to_be_bytes();
        [&number.to_be_bytes()[..], &[kind, 0, 1], &19_u32.to_be_bytes(), &side, &side, &[0; 11]].concat()
    }

    #[test]
    fn a_picture_says_in_its_own_header_how_large_it_is() {
        assert_eq!(jpeg_2000(&siz(20_000)), Some(400_000_000));
        assert_eq!(jpeg_2000(b"no picture"), None);
        assert_eq!(jbig2(&segment(0, 48, 30_000)), Size::of(900_000_000));
        for cut in 0..20 {
            let _ = jbig2(&segment(7, 38, 9)[..cut]);
        }
    }

    #[test]
    fn a_size_beside_the_codestream_is_not_the_pictures() {
        let one = |kind: &[u8], content: &[u8]| {
            [&u32::try_from(content.len() + 8).unwrap_or(0).to_be_bytes()[..], kind, content].concat()
        };
        let boxes = [one(b"jP  ", b"\r\n\x87\n"), one(b"free", &siz(16)), one(b"jp2c", &siz(20_000))].concat();
        assert_eq!(jpeg_2000(&boxes), Some(400_000_000));
    }

    #[test]
    fn every_region_of_a_picture_is_decoded() {
        let regions = (1..=3_000).map(|number| segment(number, 38, 10_000));
        let mut picture = [vec![segment(0, 48, 10_000)], regions.collect()].concat().concat();
        assert_eq!(jbig2(&picture), Size { pixels: 100_000_000, decoded: 3_001 * 100_000_000 });
        // What is cut off behind them takes nothing from them.
        picture.extend([0, 0, 1, 0, 38]);
        assert_eq!(jbig2(&picture).decoded, 3_001 * 100_000_000);
    }
}
