//! The chunks of a PNG (W3C, Portable Network Graphics, third edition).

use super::{Plain, exif, find, is_padding, long, text};

/// How one begins.
pub(super) const START: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What it is drawn by, also where it moves.
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"hIST",
    b"pHYs", b"acTL", b"fcTL", b"fdAT", b"cICP", b"mDCV",
];

/// What may follow it that tells more.
const OTHERS: [&[u8; 4]; 7] = [b"IEND", b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"caBX", b"tIME"];

/// A PNG of which nothing is left but what it is drawn by.
pub(super) fn plain(bytes: &[u8]) -> Option<Plain> {
    let mut rest = bytes.strip_prefix(START)?;
    let mut plain = Plain { bytes: START.to_vec(), has_location: false };
    while let Some((chunk, after)) = chunk(rest) {
        let (kind, content) = (&chunk[4..8], &chunk[8..chunk.len() - 4]);
        if KEPT.iter().any(|kept| *kept == kind) {
            plain.bytes.extend(chunk);
        } else {
            plain.has_location |= has_location(kind, content);
        }
        rest = after;
        if kind == b"IEND" {
            break;
        }
    }
    // Of a file that was cut off, what is there of its picture; of others, nothing after the end.
    if rest.get(4..8) == Some(b"IDAT") {
        // It may also claim to be longer than it is, and other parts may follow: those cannot be told from it.
        if OTHERS.iter().any(|kind| find(rest, *kind).is_some()) || text::has_location_within(rest) {
            return None;
        }
        plain.bytes.extend(rest);
    } else {
        plain.has_location |= !is_padding(rest);
    }
    Some(plain)
}

/// A chunk with its length, kind and checksum, and what follows it.
fn chunk(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    bytes.split_at_checked(long(bytes)?.checked_add(12)?)
}

fn has_location(kind: &[u8], content: &[u8]) -> bool {
    match kind {
        b"eXIf" => exif::has_location(content),
        // A picture's metadata in another format may be written as text.
        b"tEXt" => content.starts_with(b"Raw profile type") || text::has_location(content),
        b"iTXt" => has_packed_text(content) || text::has_location(content),
        b"tIME" | b"iDOT" | b"cLLI" => false,
        _ => true,
    }
}

/// After the keyword and a zero byte it says whether the text is packed.
fn has_packed_text(content: &[u8]) -> bool {
    let mut parts = content.splitn(2, |byte| *byte == 0);
    parts.nth(1).and_then(|rest| rest.first()) != Some(&0)
}
