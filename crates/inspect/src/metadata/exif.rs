//! What a camera or a scanner wrote about a picture, in the form of a TIFF's directories (Exif 2.32).

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::Range;

use exif::{Context, Reader, Tag};

use super::{Location, find, is_padding, jpeg, text};
use crate::tiff;

/// What names no location: how a picture is built, how and when it was taken, and with what. In the order of the numbers.
const HARMLESS: [u16; 137] = [
    0x00fe, 0x00ff, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0107, 0x0108, 0x0109, 0x010a, 0x010f, 0x0110, 0x0111,
    0x0112, 0x0115, 0x0116, 0x0117, 0x0118, 0x0119, 0x011a, 0x011b, 0x011c, 0x011e, 0x011f, 0x0120, 0x0121, 0x0122,
    0x0123, 0x0124, 0x0125, 0x0128, 0x0129, 0x012d, 0x0131, 0x0132, 0x013c, 0x013d, 0x013e, 0x013f, 0x0140, 0x0141,
    0x0142, 0x0143, 0x0144, 0x0145, 0x0146, 0x0147, 0x0148, 0x014c, 0x014e, 0x0150, 0x0152, 0x0153, 0x0154, 0x0155,
    0x0156, 0x015b, 0x0200, 0x0203, 0x0205, 0x0206, 0x0207, 0x0208, 0x0209, 0x0211, 0x0212, 0x0213, 0x0214, 0x829a,
    0x829d, 0x8773, 0x8822, 0x8824, 0x8827, 0x8830, 0x8831, 0x8832, 0x8833, 0x8834, 0x8835, 0x9000, 0x9003, 0x9004,
    0x9010, 0x9011, 0x9012, 0x9101, 0x9102, 0x9201, 0x9202, 0x9203, 0x9204, 0x9205, 0x9206, 0x9207, 0x9208, 0x9209,
    0x920a, 0x9214, 0x9290, 0x9291, 0x9292, 0xa000, 0xa001, 0xa002, 0xa003, 0xa20b, 0xa20c, 0xa20e, 0xa20f, 0xa210,
    0xa214, 0xa215, 0xa217, 0xa300, 0xa301, 0xa302, 0xa401, 0xa402, 0xa403, 0xa404, 0xa405, 0xa406, 0xa407, 0xa408,
    0xa409, 0xa40a, 0xa40b, 0xa40c, 0xa420, 0xa431, 0xa432, 0xa433, 0xa434, 0xa435, 0xc4a5,
];
/// Texts: a document's and a page's name, a description, artist, copyright, comments, XMP, the owner.
const TEXTS: [u16; 13] =
    [0x010d, 0x010e, 0x011d, 0x013b, 0x02bc, 0x8298, 0x9286, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f, 0xa430];
const ORIENTATION: u16 = 0x0112;
/// How pixels are packed that are nothing but pixels: not at all, as faxes are, by LZW, Deflate or runs.
const PIXELS: [u32; 8] = [1, 2, 3, 4, 5, 8, 32_773, 32_946];

/// Whether it names a location, or cannot be understood. A small picture within it may name one.
pub(super) fn has_location(tiff: &[u8]) -> bool {
    Walk::through(tiff, false).is_none_or(|names_location| names_location)
}

/// What a picture that is a TIFF tells, with all its directories.
pub(super) fn tiff_location(bytes: &[u8]) -> Location {
    match Walk::through(bytes, true) {
        Some(true) => Location::Kept,
        Some(false) => Location::None,
        None => Location::Unknown,
    }
}

/// What a picture in High Efficiency Image File Format tells. It may hold several pictures, notes and JPEGs.
pub(super) fn heif_location(bytes: &[u8]) -> Location {
    const MAY_TELL: [&[u8]; 6] = [b"Exif", b"mime", b"jpeg", b"uri ", b"uuid", jpeg::MARKED];
    let names_location = match Reader::new().read_from_container(&mut Cursor::new(bytes)) {
        Ok(exif) => has_location(exif.buf()),
        Err(exif::Error::NotFound(_)) => false,
        Err(_) => true,
    };
    if names_location || text::has_location_within(bytes) {
        Location::Kept
    } else if MAY_TELL.iter().any(|mark| find(bytes, mark).is_some()) {
        Location::Unknown
    } else {
        Location::None
    }
}

/// Which way up the camera was held, from 2 to 8; 1, which is the way it is drawn anyway, is left out.
pub(super) fn orientation(tiff: &[u8]) -> Option<u8> {
    let exif = Reader::new().continue_on_error(true).read_raw(tiff.to_vec());
    let exif = exif.or_else(|error| error.distill_partial_result(|_| {})).ok()?;
    let field = exif.fields().find(|field| field.tag == Tag(Context::Tiff, ORIENTATION))?;
    u8::try_from(field.value.get_uint(0)?).ok().filter(|way| (2..=8).contains(way))
}

/// A directory that says nothing but that.
pub(super) fn oriented(way: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01".to_vec();
    tiff.extend(ORIENTATION.to_be_bytes());
    // One short number, and no further directory.
    tiff.extend([0, 3, 0, 0, 0, 1, 0, way, 0, 0, 0, 0, 0, 0]);
    tiff
}

/// What a directory is about.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Picture,
    Camera,
    Format,
    Place,
}

/// A walk through all directories.
struct Walk<'t> {
    tiff: &'t [u8],
    /// Whether it has a picture of its own.
    is_picture: bool,
    /// How many more bytes of entries and of what they lead to may be looked at.
    left: usize,
    /// The bytes that something leads to.
    known: Vec<Range<usize>>,
}

impl<'t> Walk<'t> {
    /// Whether any of them names a location. `None` if something is not understood, as are bytes that nothing leads to.
    fn through(tiff: &'t [u8], is_picture: bool) -> Option<bool> {
        if !tiff::is_tiff(tiff) {
            return None;
        }
        // Entries may share what they lead to.
        let mut walk = Self { tiff, is_picture, left: 2 * tiff.len(), known: Vec::new() };
        // The header.
        walk.known.push(0..8);
        let mut names_location = false;
        let mut seen = BTreeSet::new();
        let mut waiting = vec![(tiff::long(tiff, 4)?, Kind::Picture)];
        while let Some((at, kind)) = waiting.pop() {
            if at != 0 && seen.insert(at) {
                names_location |= walk.directory(usize::try_from(at).ok()?, kind, &mut waiting)?;
            }
        }
        (names_location || walk.is_all_known()).then_some(names_location)
    }

    fn directory(&mut self, at: usize, kind: Kind, waiting: &mut Vec<(u32, Kind)>) -> Option<bool> {
        let end = at.checked_add(2 + 12 * usize::from(tiff::short(self.tiff, at)?))?;
        self.known.push(at..end);
        let (mut places, mut lengths) = (Vec::new(), Vec::new());
        let mut names_location = false;
        for entry in (at + 2..end).step_by(12) {
            let (tag, form) = (tiff::short(self.tiff, entry)?, tiff::short(self.tiff, entry + 2)?);
            let value = self.value(entry, form)?;
            let numbers =
                || value.clone().step_by(if form == 3 { 2 } else { 4 }).filter_map(|at| self.number(at, form));
            match (kind, tag) {
                (Kind::Picture, 0x8769) => waiting.extend(numbers().map(|at| (at, Kind::Camera))),
                (Kind::Picture, 0x8825) => waiting.extend(numbers().map(|at| (at, Kind::Place))),
                (Kind::Picture, 0x014a) => waiting.extend(numbers().map(|at| (at, Kind::Picture))),
                (Kind::Camera, 0xa005) => waiting.extend(numbers().map(|at| (at, Kind::Format))),
                // Where strips and tiles lie, and how long they are.
                (Kind::Picture, 0x0111 | 0x0144) => places.extend(numbers()),
                (Kind::Picture, 0x0117 | 0x0145) => lengths.extend(numbers()),
                (Kind::Picture, 0x0103) if self.is_picture && !numbers().all(|packing| PIXELS.contains(&packing)) => {
                    return None;
                }
                _ => names_location |= speaks(kind, tag, form, &self.tiff[value]),
            }
        }
        // A strip of anything but pixels is a file of its own, and a small picture's may be anything.
        for (place, length) in places.into_iter().zip(lengths).filter(|_| self.is_picture) {
            let (place, length) = (usize::try_from(place).ok()?, usize::try_from(length).ok()?);
            self.known.push(place..place.checked_add(length)?);
        }
        if let Some(next) = tiff::long(self.tiff, end) {
            self.known.push(end..end + 4);
            if matches!(kind, Kind::Picture) {
                waiting.push((next, kind));
            }
        }
        Some(names_location)
    }

    /// Where the value of an entry stands.
    fn value(&mut self, entry: usize, form: u16) -> Option<Range<usize>> {
        let size = match form {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let length = usize::try_from(tiff::long(self.tiff, entry + 4)?).ok()?.checked_mul(size)?;
        let at = if length > 4 { usize::try_from(tiff::long(self.tiff, entry + 8)?).ok()? } else { entry + 8 };
        let value = at..at.checked_add(length)?;
        self.left = self.left.checked_sub(12 + length)?;
        self.tiff.get(value.clone())?;
        self.known.push(value.clone());
        Some(value)
    }

    fn number(&self, at: usize, form: u16) -> Option<u32> {
        if form == 3 { tiff::short(self.tiff, at).map(u32::from) } else { tiff::long(self.tiff, at) }
    }

    fn is_all_known(&mut self) -> bool {
        self.known.sort_unstable_by_key(|known| known.start);
        let mut to = 0;
        for known in &self.known {
            if self.tiff.get(to..known.start).is_some_and(|between| !is_padding(between)) {
                return false;
            }
            to = to.max(known.end);
        }
        self.tiff.get(to..).is_none_or(is_padding)
    }
}

/// Whether an entry names a location, or may.
fn speaks(kind: Kind, tag: u16, form: u16, value: &[u8]) -> bool {
    let is_text = matches!(form, 1 | 2 | 7);
    match kind {
        Kind::Picture | Kind::Camera if TEXTS.contains(&tag) => !is_text || text::has_location(value),
        Kind::Picture | Kind::Camera if HARMLESS.binary_search(&tag).is_ok() => is_text && text::has_location(value),
        // How the rest is written.
        Kind::Format => value.len() > 4 || tag > 2,
        Kind::Place => tag != 0,
        Kind::Picture | Kind::Camera => true,
    }
}
