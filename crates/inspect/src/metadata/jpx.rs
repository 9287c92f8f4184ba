//! The boxes and the codestream of a JPEG 2000 picture (ISO 15444-1, annexes A and I; ISO 15444-2, annex M).

use super::{Plain, exif, find, is_padding, long, text};

/// How deep boxes lie within each other in what is drawn.
const MOST_DEPTH: usize = 4;
const START_OF_CODESTREAM: &[u8] = b"\xff\x4f\xff\x51";
/// Which box an Exif and which an XMP is, of those that their makers number.
const EXIF: &[u8] = b"JpgTiffExif->JP2";
const XMP: &[u8] = b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";

/// A JPEG 2000 picture of which nothing is left but what it is drawn by. `None` if there is no picture in it.
pub(super) fn plain(bytes: &[u8]) -> Option<Plain> {
    if bytes.starts_with(START_OF_CODESTREAM) {
        return codestream(bytes);
    }
    let mut plain = Plain::default();
    boxes(bytes, 0, &mut plain)?;
    find(&plain.bytes, b"jp2c").is_some().then_some(plain)
}

/// Copies the boxes that draw. `None` if it says by places in the file where its parts lie: those would move.
fn boxes(mut rest: &[u8], depth: usize, plain: &mut Plain) -> Option<()> {
    let mut is_drawn = false;
    while let Some((kind, content, after)) = one(rest) {
        rest = after;
        match kind {
            b"jP  " | b"ftyp" | b"ihdr" | b"bpcc" | b"colr" | b"pclr" | b"cmap" | b"cdef" | b"resc" | b"resd"
            | b"rreq" | b"opct" | b"creg" => add(*kind, content, plain)?,
            b"jp2h" | b"jpch" | b"jplh" | b"cgrp" | b"res " if depth < MOST_DEPTH => {
                let mut within = Plain::default();
                boxes(content, depth + 1, &mut within)?;
                add(*kind, &within.bytes, plain)?;
                plain.has_location |= within.has_location;
            }
            b"jp2c" if depth == 0 && !is_drawn => {
                let picture = codestream(content)?;
                add(*kind, &picture.bytes, plain)?;
                plain.has_location |= picture.has_location;
                is_drawn = true;
            }
            b"ftbl" | b"dtbl" | b"flst" | b"cref" => return None,
            b"free" | b"jp2i" => {}
            b"xml " | b"lbl " => plain.has_location |= text::has_location(content),
            b"uuid" if content.starts_with(EXIF) => plain.has_location |= exif::has_location(&content[EXIF.len()..]),
            b"uuid" if content.starts_with(XMP) => plain.has_location |= text::has_location(&content[XMP.len()..]),
            _ => plain.has_location = true,
        }
    }
    plain.has_location |= !is_padding(rest);
    Some(())
}

fn add(kind: [u8; 4], content: &[u8], plain: &mut Plain) -> Option<()> {
    plain.bytes.extend(u32::try_from(content.len() + 8).ok()?.to_be_bytes());
    plain.bytes.extend(kind);
    plain.bytes.extend(content);
    Some(())
}

/// A box's kind and content, and what follows it. The last one may be cut off.
fn one(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (kind, rest) = bytes.get(4..)?.split_first_chunk()?;
    let (head, length) = match long(bytes)? {
        0 => (8, bytes.len()),
        1 => (16, usize::try_from(u64::from_be_bytes(*rest.first_chunk()?)).unwrap_or(usize::MAX)),
        length => (8, length),
    };
    let length = length.min(bytes.len());
    Some((kind, bytes.get(head..length)?, &bytes[length..]))
}

/// A codestream up to its end, its comments overwritten: what says how long parts are stays true.
fn codestream(bytes: &[u8]) -> Option<Plain> {
    let mut plain = Plain { bytes: bytes.to_vec(), has_location: false };
    let mut at = 2;
    let mut is_drawn = false;
    let mut part = None;
    while let Some([0xff, marker]) = bytes.get(at..at + 2) {
        match marker {
            // The end.
            0xd9 => {
                at += 2;
                break;
            }
            // What is coded follows, up to the end of the part.
            0x93 => {
                is_drawn = true;
                let after = bytes.get(at + 2..).unwrap_or_default();
                let end = || at + 2 + find(after, b"\xff\xd9").unwrap_or(after.len());
                at = part.filter(|end| *end > at && *end <= bytes.len()).unwrap_or_else(end);
            }
            _ => {
                let length = usize::from(u16::from_be_bytes(*bytes.get(at + 2..)?.first_chunk()?));
                let content = bytes.get(at + 4..(at + 2).checked_add(length)?)?;
                if *marker == 0x90 {
                    part = Some(long(content.get(2..)?)?).filter(|length| *length > 0).map(|length| at + length);
                }
                // After two bytes that say what kind of comment it is.
                if let (0x64, Some(comment)) = (*marker, content.get(2..)) {
                    plain.has_location |= text::has_location(comment);
                    plain.bytes.get_mut(at + 6..at + 6 + comment.len())?.fill(b' ');
                }
                at += 2 + length.max(2);
            }
        }
    }
    plain.has_location |= is_drawn && !is_padding(&bytes[at.min(bytes.len())..]);
    plain.bytes.truncate(at);
    is_drawn.then_some(plain)
}
