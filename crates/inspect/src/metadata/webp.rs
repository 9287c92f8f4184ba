//! The chunks of a WebP (RFC 9649).

use super::{Plain, exif, find, is_padding, text};

/// What it is drawn by, also where it moves.
const KEPT: [&[u8; 4]; 5] = [b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ICCP"];
/// What may follow it that tells more.
const OTHERS: [&[u8; 4]; 2] = [b"EXIF", b"XMP "];
/// Of what a file says it has: Exif, XMP.
const HAS_EXIF: u8 = 0b1000;
const HAS_XMP: u8 = 0b0100;

pub(super) fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

/// A WebP of which nothing is left but what it is drawn by, and which way up it is.
pub(super) fn plain(bytes: &[u8]) -> Option<Plain> {
    let mut rest = bytes.get(12..)?;
    let declared = usize::try_from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?)).ok()?.saturating_sub(4);
    let mut has_location = false;
    if let Some((own, after)) = rest.split_at_checked(declared) {
        has_location |= !is_padding(after);
        rest = own;
    }
    let mut plain = Plain { bytes: bytes.get(..12)?.to_vec(), has_location };
    let (mut way, mut header) = (None, None);
    while let Some((kind, content, after)) = chunk(rest) {
        match kind {
            b"VP8X" => {
                header = Some(plain.bytes.len() + 8);
                plain.bytes.extend(&rest[..rest.len() - after.len()]);
            }
            b"ANMF" => {
                let frame = frame(content)?;
                plain.bytes.extend(b"ANMF");
                plain.bytes.extend(u32::try_from(frame.bytes.len()).ok()?.to_le_bytes());
                plain.bytes.extend(frame.bytes);
                plain.has_location |= frame.has_location;
            }
            kind if KEPT.contains(&kind) => plain.bytes.extend(&rest[..rest.len() - after.len()]),
            b"EXIF" => {
                let tiff = content.strip_prefix(b"Exif\0\0").unwrap_or(content);
                way = exif::orientation(tiff);
                plain.has_location |= exif::has_location(tiff);
            }
            b"XMP " => plain.has_location |= text::has_location(content),
            _ => plain.has_location = true,
        }
        rest = after;
    }
    // The picture of a file that was cut off.
    if rest.get(..4).is_some_and(|kind| matches!(kind, b"VP8 " | b"VP8L")) {
        // It may also claim to be longer than it is.
        if OTHERS.iter().any(|kind| find(rest, *kind).is_some()) || text::has_location_within(rest) {
            return None;
        }
        plain.bytes.extend(rest);
        way = None;
    } else {
        plain.has_location |= !is_padding(rest);
    }
    if let Some(flags) = header.and_then(|at| plain.bytes.get_mut(at)) {
        *flags &= !(HAS_EXIF | HAS_XMP);
        if let Some(way) = way {
            *flags |= HAS_EXIF;
            let tiff = exif::oriented(way);
            plain.bytes.extend(b"EXIF");
            plain.bytes.extend(u32::try_from(tiff.len()).ok()?.to_le_bytes());
            plain.bytes.extend(tiff);
        }
    }
    let length = u32::try_from(plain.bytes.len() - 8).ok()?.to_le_bytes();
    plain.bytes.get_mut(4..8)?.copy_from_slice(&length);
    Some(plain)
}

/// A picture of one that moves: where it stands, and what draws it.
fn frame(content: &[u8]) -> Option<Plain> {
    let (place, mut rest) = content.split_at_checked(16)?;
    let mut plain = Plain { bytes: place.to_vec(), has_location: false };
    while let Some((kind, _, after)) = chunk(rest) {
        if matches!(kind, b"VP8 " | b"VP8L" | b"ALPH") {
            plain.bytes.extend(&rest[..rest.len() - after.len()]);
        } else {
            plain.has_location = true;
        }
        rest = after;
    }
    plain.has_location |= !is_padding(rest);
    Some(plain)
}

/// A chunk's kind and content, and what follows it; chunks begin at even places.
fn chunk(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (kind, rest) = bytes.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let content = rest.get(..length)?;
    Some((kind, content, rest.get(length.next_multiple_of(2)..).unwrap_or_default()))
}
