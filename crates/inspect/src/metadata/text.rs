//! Texts beside a picture: XMP, IPTC, comments.

use super::find;

/// Words of XMP's properties, and of notes, that name a location, in small letters.
const WORDS: [&[u8]; 12] = [
    b"gps",
    b"latitude",
    b"longitude",
    b"geo:",
    b"geotag",
    b":location",
    b"location:",
    b"shotlocation",
    b":city",
    b":state",
    b":country",
    b":coverage",
];
/// The same in so many letters that no packed bytes are like them by chance.
const LONG_WORDS: [&[u8]; 5] =
    [b"gpslatitude", b"exif:gps", b"photoshop:city", b"iptc4xmpcore:location", b"iptc4xmpext:location"];

/// Whether a text, in any encoding of letters, speaks of a location.
pub(super) fn has_location(text: &[u8]) -> bool {
    has(text, &WORDS)
}

/// Whether something else holds such a text.
pub(super) fn has_location_within(bytes: &[u8]) -> bool {
    has(bytes, &LONG_WORDS)
}

fn has(text: &[u8], words: &[&[u8]]) -> bool {
    let letters: Vec<u8> = text.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    words.iter().any(|word| find(&letters, word).is_some())
}

/// Whether Photoshop's resources name a location (Adobe Photoshop File Formats, “Image Resource Blocks”).
pub(super) fn resources_have_location(mut rest: &[u8]) -> bool {
    const IPTC: u16 = 0x0404;
    const EXIF: [u16; 2] = [0x0422, 0x0423];
    const XMP: u16 = 0x0424;
    while !super::is_padding(rest) {
        let Some((number, content, after)) = resource(rest) else { return true };
        let has_location = match number {
            IPTC => iptc_has_location(content),
            XMP => has_location(content),
            _ if EXIF.contains(&number) => super::exif::has_location(content),
            // How finely it is drawn, how light falls, and what a text adds up to.
            0x03ed | 0x03f3 | 0x040d | 0x0414 | 0x0419 | 0x0425 if content.len() <= 16 => false,
            _ => !super::is_padding(content),
        };
        if has_location {
            return true;
        }
        rest = after;
    }
    false
}

/// A resource's number and content, and what follows it.
fn resource(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let rest = bytes.strip_prefix(b"8BIM")?;
    let (number, rest) = rest.split_first_chunk()?;
    let name = usize::from(*rest.first()?) + 1;
    let rest = rest.get(name.next_multiple_of(2)..)?;
    let length = super::long(rest)?;
    let content = rest.get(4..)?.get(..length)?;
    let after = rest.get(4..)?.get(length.next_multiple_of(2)..).unwrap_or_default();
    Some((u16::from_be_bytes(*number), content, after))
}

/// Content location, city, sublocation, state, country (IPTC-NAA IIM 4.2, record 2).
fn iptc_has_location(mut rest: &[u8]) -> bool {
    const LOCATIONS: [u8; 7] = [26, 27, 90, 92, 95, 100, 101];
    while let [0x1c, record, entry, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // An entry longer than 32,767 bytes has its length elsewhere.
        let Some((content, after)) = after.split_at_checked(length) else { return true };
        if *record == 2 && (LOCATIONS.contains(entry) || has_location(content)) {
            return true;
        }
        rest = after;
    }
    !super::is_padding(rest)
}
