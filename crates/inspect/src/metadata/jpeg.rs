//! The segments of a JPEG (ITU T.81, annex B).

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Plain, exif, find, is_padding, text};

/// How one begins.
pub(super) const START: &[u8] = b"\xff\xd8";
/// The same with its first mark.
pub(super) const MARKED: &[u8] = b"\xff\xd8\xff";
/// How far before it readers look for that.
pub(super) const MOST_BEFORE: usize = 1_024;
const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";

/// A JPEG of which nothing is left but what it is drawn by, bit for bit: no Exif, XMP, comments, small pictures, or what
/// follows its end. Colour profiles stay. `None` if there is no picture in it.
pub(super) fn plain(bytes: &[u8]) -> Option<Plain> {
    walked(bytes).map(|(plain, _)| plain)
}

/// The same, and where the picture ends among the bytes; none if its end is missing.
pub(super) fn walked(bytes: &[u8]) -> Option<(Plain, Option<usize>)> {
    // Some readers begin where it begins.
    let start = find(bytes, START)?;
    let mut plain = Plain { bytes: START.to_vec(), has_location: !is_padding(&bytes[..start]) };
    let mut is_drawn = false;
    let mut end = None;
    let mut rest = &bytes[start + START.len()..];
    // Stray bytes before a mark are read over, as readers do, and are not kept.
    while let Some(at) = rest.iter().position(|byte| *byte == 0xff) {
        let Some((marker, after)) = rest[at + 1..].split_first() else { break };
        match marker {
            0xff => rest = &rest[at + 1..],
            0x00 | 0x01 | 0xd0..=0xd8 => rest = after,
            0xd9 => {
                plain.bytes.extend([0xff, 0xd9]);
                plain.has_location |= !is_padding(after);
                end = Some(bytes.len() - after.len());
                break;
            }
            _ => {
                let Some((content, after)) = segment(after) else {
                    plain.has_location |= find(after, EXIF).is_some() || text::has_location(after);
                    break;
                };
                match kept(*marker, content) {
                    Some(kept) => {
                        plain.bytes.extend([0xff, *marker]);
                        plain.bytes.extend(u16::try_from(kept.len() + 2).unwrap_or(u16::MAX).to_be_bytes());
                        plain.bytes.extend_from_slice(&kept);
                        plain.has_location |= content.get(kept.len()..).is_some_and(|more| !is_padding(more));
                    }
                    None => plain.has_location |= has_location(*marker, content),
                }
                rest = after;
                if *marker == 0xda {
                    is_drawn = true;
                    let (scan, after) = rest.split_at(scan(rest));
                    plain.bytes.extend(scan);
                    rest = after;
                }
            }
        }
    }
    is_drawn.then_some((plain, end))
}

/// The same of a photo by itself, which is turned as its Exif says.
pub(super) fn upright(bytes: &[u8]) -> Option<Plain> {
    let mut plain = plain(bytes)?;
    if let Some(way) = header(bytes).find_map(|(_, marker, content)| {
        if marker == 0xe1 { content.strip_prefix(EXIF).and_then(exif::orientation) } else { None }
    }) {
        let content = [EXIF, &exif::oriented(way)].concat();
        let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
        plain.bytes.splice(START.len()..START.len(), [&[0xff, 0xe1], &length[..], &content].concat());
    }
    Some(plain)
}

/// Overwrites with nothing what `plain` leaves out before the picture, in every JPEG that lies in the bytes as it is, and says
/// whether there was any. What does not begin as one to the letter is left alone: it may be anything.
pub(super) fn blank(bytes: &mut [u8]) -> bool {
    let mut is_changed = false;
    // Whether a picture follows where a segment begins: what was gone through once is not again.
    let mut known = BTreeMap::new();
    let mut from = 0;
    while let Some(found) = find(&bytes[from..], START) {
        let start = from + found;
        from = start + START.len();
        let mut segments = Vec::new();
        let mut is_drawn = false;
        for (at, marker, content) in header(&bytes[start..]) {
            let at = start + at;
            if let Some(before) = known.get(&at) {
                is_drawn = *before;
                break;
            }
            segments.push((at, marker, content.len()));
            is_drawn = marker == 0xda;
        }
        for (at, marker, length) in segments {
            known.insert(at, is_drawn);
            let content = &mut bytes[at..at + length];
            let kept = kept(marker, content).map_or(0, |kept| kept.len());
            let Some(more) = content.get_mut(kept..).filter(|more| is_drawn && !is_padding(more)) else { continue };
            more.fill(0);
            is_changed = true;
        }
    }
    is_changed
}

/// The segments up to the first scan, each with the place of its content, as far as they follow each other.
fn header(bytes: &[u8]) -> impl Iterator<Item = (usize, u8, &[u8])> {
    let mut at = START.len();
    let mut is_over = !bytes.starts_with(START);
    std::iter::from_fn(move || {
        let [0xff, marker @ (0xc0..=0xcf | 0xda..=0xfe), after @ ..] = bytes.get(at..)? else { return None };
        let (content, _) = segment(after).filter(|_| !is_over)?;
        let from = at + 4;
        (at, is_over) = (from + content.len(), *marker == 0xda);
        Some((from, *marker, content))
    })
}

/// What a segment holds, and what follows it.
fn segment(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)).checked_sub(2)?)
}

/// How long the coded picture is that follows: up to the next mark that does not belong into it.
fn scan(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == 0xff) {
        at += found;
        match bytes.get(at + 1) {
            Some(0x00 | 0xd0..=0xd7) => at += 2,
            Some(_) => return at,
            None => break,
        }
    }
    bytes.len()
}

/// What a decoder needs of a segment. JFIF's small picture is none of it.
fn kept(marker: u8, content: &[u8]) -> Option<Cow<'_, [u8]>> {
    match (marker, content) {
        (0xe0, [b'J', b'F', b'I', b'F', 0, .., 0, 0]) if content.len() == 14 => Some(content.into()),
        (0xe0, [b'J', b'F', b'I', b'F', 0, ..]) => Some([content.get(..12)?, &[0, 0]].concat().into()),
        (0xe2, _) if content.starts_with(b"ICC_PROFILE\0") => Some(content.into()),
        (0xee, [b'A', b'd', b'o', b'b', b'e', ..]) => Some(content.get(..12)?.into()),
        (0xc0..=0xcf | 0xda..=0xde, _) => Some(content.into()),
        _ => None,
    }
}

/// Whether a segment that is left out names a location, or may.
fn has_location(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe1 if content.starts_with(EXIF) => exif::has_location(&content[EXIF.len()..]),
        0xe1 if content.starts_with(XMP) => text::has_location(&content[XMP.len()..]),
        0xed if content.starts_with(PHOTOSHOP) => text::resources_have_location(&content[PHOTOSHOP.len()..]),
        0xfe => text::has_location(content),
        _ => !is_padding(content),
    }
}
