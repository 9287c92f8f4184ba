//! How many pixels a picture within a PDF has when it is decoded: what its dictionary says, and what its own header says.

use hayro::hayro_syntax::object::{Array, Dict, Name, Stream};

/// More than any picture may have; a size that cannot be told.
const UNKNOWN: u64 = u64::MAX;

pub(crate) fn image_size(image: &Stream<'_>) -> u64 {
    let entries = image.dict();
    let side = |long: &[u8], short: &[u8]| entries.get::<u32>(short).or_else(|| entries.get::<u32>(long)).unwrap_or(0);
    let (width, height) = (side(b"Width", b"W"), side(b"Height", b"H"));
    let said = u64::from(width) * u64::from(height);
    let filters = filters(entries);
    let own = match filters.split_last().map(|(last, before)| (&**last, before.is_empty())) {
        Some((b"CCITTFaxDecode" | b"CCF", _)) => u64::from(columns(entries)) * u64::from(height.max(1)),
        Some((b"JPXDecode", true)) => jpeg_2000(&image.raw_data()).unwrap_or(0),
        Some((b"JBIG2Decode", true)) => jbig2(&image.raw_data()).unwrap_or(0),
        // Nobody packs them again; their header would have to be unpacked first.
        Some((b"JPXDecode" | b"JBIG2Decode", false)) => UNKNOWN,
        // A JPEG is never drawn larger than its dictionary says.
        _ => 0,
    };
    said.max(own)
}

/// How a picture is packed. What draws takes the short name of the key too, which is meant for pictures within a page.
fn filters(entries: &Dict<'_>) -> Vec<Vec<u8>> {
    let of = |key: &[u8]| {
        let one = entries.get::<Name<'_>>(key).map(|name| vec![name.to_vec()]);
        one.or_else(|| Some(entries.get::<Array<'_>>(key)?.iter::<Name<'_>>().map(|name| name.to_vec()).collect()))
    };
    of(b"F").or_else(|| of(b"Filter")).unwrap_or_default()
}

/// ISO 32000-1, table 11.
fn columns(entries: &Dict<'_>) -> u32 {
    let of = |key: &[u8]| {
        let alone = entries.get::<Dict<'_>>(key);
        alone.or_else(|| entries.get::<Array<'_>>(key)?.iter::<Dict<'_>>().last())
    };
    of(b"DP").or_else(|| of(b"DecodeParms")).and_then(|says| says.get::<u32>(b"Columns")).unwrap_or(1728)
}

/// ISO 15444-1, A.5.1: the codestream begins with its size.
fn jpeg_2000(bytes: &[u8]) -> Option<u64> {
    const START_AND_SIZE: &[u8] = b"\xff\x4f\xff\x51";
    let at = bytes.windows(4).position(|four| four == START_AND_SIZE)?;
    let long = |from: usize| Some(u32::from_be_bytes(*bytes.get(at + from..)?.first_chunk()?));
    let (right, low, left, high) = (long(8)?, long(12)?, long(16)?, long(20)?);
    let parts = u16::from_be_bytes(*bytes.get(at + 40..)?.first_chunk()?);
    // Each part is decoded for itself, into numbers of four bytes.
    let parts = u64::from(parts).div_ceil(3);
    Some((u64::from(right.saturating_sub(left)) * u64::from(low.saturating_sub(high))).saturating_mul(parts))
}

/// ITU T.88, 7.2 and 7.4.8: segments, of which one says how large the page is, and others how large their parts are.
fn jbig2(bytes: &[u8]) -> Option<u64> {
    const PAGE: u8 = 48;
    let mut at = 0;
    let byte = |at: usize| bytes.get(at).copied();
    let long = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    let mut pixels = 0;
    while let Some(number) = long(at) {
        let flags = byte(at + 4)?;
        let referred = byte(at + 5)?;
        let (referred, mut next) = if referred >> 5 == 7 {
            let count = long(at + 5)? & 0x1fff_ffff;
            (count as usize, at + 9 + (count as usize + 8) / 8)
        } else {
            (usize::from(referred >> 5), at + 6)
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
        let length = long(next)?;
        let data = next + 4;
        let kind = flags & 0x3f;
        // The page, and regions of text, halftone and bitmaps all begin with width and height.
        if matches!(kind, PAGE | 4 | 6 | 7 | 20 | 22 | 23 | 36 | 38 | 39 | 40 | 42 | 43) {
            // A page may leave its height open.
            let height = long(data + 4)?;
            let height = if kind == PAGE && height == u32::MAX { 1 } else { height };
            pixels = (u64::from(long(data)?) * u64::from(height)).max(pixels);
        }
        if length == u32::MAX {
            break;
        }
        at = data.checked_add(length as usize)?;
    }
    Some(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_says_in_its_own_header_how_large_it_is() {
        let long = |number: u32| number.to_be_bytes();
        let size = [&b"..\xff\x4f\xff\x51\0\x2f\0\0"[..], &long(20_000), &long(20_000), &[0; 8], &[0; 16], &[0, 3]];
        assert_eq!(jpeg_2000(&size.concat()), Some(400_000_000));
        assert_eq!(jpeg_2000(b"no picture"), None);
        let page = [&long(0)[..], &[48, 0, 1], &long(19), &long(30_000), &long(40_000), &[0; 11]].concat();
        assert_eq!(jbig2(&page), Some(1_200_000_000));
        let region = [&long(1)[..], &[38, 0, 1], &long(18), &long(60_000), &long(60_000), &[0; 10]].concat();
        assert_eq!(jbig2(&[page, region].concat()), Some(3_600_000_000));
        for cut in 0..20 {
            let _ = jbig2(&long(7)[..cut.min(4)]);
        }
    }
}
