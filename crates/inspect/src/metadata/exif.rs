//! What a camera or a scanner wrote about a picture, in the form of a TIFF's directories (Exif 2.32).

use std::io::Cursor;

use exif::{Context, Exif, Field, Reader, Tag, Value};

use super::text;
use crate::tiff;

/// What names no location: how a picture is built, how and when it was taken, and with what. In the order of the numbers.
const HARMLESS: [u16; 139] = [
    0x00fe, 0x00ff, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0107, 0x0108, 0x0109, 0x010a, 0x010f, 0x0110, 0x0111,
    0x0112, 0x0115, 0x0116, 0x0117, 0x0118, 0x0119, 0x011a, 0x011b, 0x011c, 0x011e, 0x011f, 0x0120, 0x0121, 0x0122,
    0x0123, 0x0124, 0x0125, 0x0128, 0x0129, 0x012d, 0x0131, 0x0132, 0x013c, 0x013d, 0x013e, 0x013f, 0x0140, 0x0141,
    0x0142, 0x0143, 0x0144, 0x0145, 0x0146, 0x0147, 0x0148, 0x014c, 0x014e, 0x0150, 0x0152, 0x0153, 0x0154, 0x0155,
    0x0156, 0x015b, 0x0200, 0x0201, 0x0202, 0x0203, 0x0205, 0x0206, 0x0207, 0x0208, 0x0209, 0x0211, 0x0212, 0x0213,
    0x0214, 0x829a, 0x829d, 0x8773, 0x8822, 0x8824, 0x8827, 0x8830, 0x8831, 0x8832, 0x8833, 0x8834, 0x8835, 0x9000,
    0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9101, 0x9102, 0x9201, 0x9202, 0x9203, 0x9204, 0x9205, 0x9206, 0x9207,
    0x9208, 0x9209, 0x920a, 0x9214, 0x9290, 0x9291, 0x9292, 0xa000, 0xa001, 0xa002, 0xa003, 0xa20b, 0xa20c, 0xa20e,
    0xa20f, 0xa210, 0xa214, 0xa215, 0xa217, 0xa300, 0xa301, 0xa302, 0xa401, 0xa402, 0xa403, 0xa404, 0xa405, 0xa406,
    0xa407, 0xa408, 0xa409, 0xa40a, 0xa40b, 0xa40c, 0xa420, 0xa431, 0xa432, 0xa433, 0xa434, 0xa435, 0xc4a5,
];
/// Texts: a document's and a page's name, a description, artist, copyright, comments, XMP, the owner.
const TEXTS: [u16; 13] =
    [0x010d, 0x010e, 0x011d, 0x013b, 0x02bc, 0x8298, 0x9286, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f, 0xa430];
const ORIENTATION: u16 = 0x0112;

/// Whether it names a location, or cannot be understood.
pub(super) fn has_location(tiff: &[u8]) -> bool {
    Reader::new().read_raw(tiff.to_vec()).map_or(true, |exif| names_location(&exif))
}

/// The same of a picture that is a TIFF, with all its pages.
pub(super) fn tiff_has_location(bytes: &[u8]) -> bool {
    let mut alone = bytes.to_vec();
    tiff::pages(bytes).into_iter().any(|page| {
        tiff::leave_only(&mut alone, page);
        has_location(&alone)
    })
}

/// The same of a picture in High Efficiency Image File Format, which may have no such part.
pub(super) fn heif_has_location(bytes: &[u8]) -> bool {
    let exif = match Reader::new().read_from_container(&mut Cursor::new(bytes)) {
        Ok(exif) => names_location(&exif),
        Err(exif::Error::NotFound(_)) => false,
        Err(_) => true,
    };
    exif || text::has_location_within(bytes)
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

fn names_location(exif: &Exif) -> bool {
    exif.fields().any(|field| match field.tag {
        // How the rest is written.
        Tag::GPSVersionID | Tag(Context::Interop, _) => false,
        Tag(Context::Tiff | Context::Exif, number) => HARMLESS.binary_search(&number).is_err() && !is_plain_text(field),
        _ => true,
    })
}

/// Whether it is a text that speaks of no location.
fn is_plain_text(field: &Field) -> bool {
    let speaks = match &field.value {
        Value::Ascii(parts) => parts.iter().any(|part| text::has_location(part)),
        Value::Byte(bytes) | Value::Undefined(bytes, _) => text::has_location(bytes),
        _ => true,
    };
    TEXTS.contains(&field.tag.number()) && !speaks
}
