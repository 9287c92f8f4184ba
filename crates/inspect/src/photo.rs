//! The picture of a photo or a scan, and where such a picture comes from.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage};
use serde::{Deserialize, Serialize};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::preview::{MOST_PIXELS, NoPreview, Preview, scale};

const QUALITY: u8 = 88;
/// The longest that the format can say (ITU T.81, B.2.2).
const SIDE: usize = 65_535;
/// What decoding may take up at once.
const MOST_MEMORY: u64 = 768 * 1024 * 1024;

pub(crate) fn draw(bytes: &[u8], width: u32) -> Result<Preview, NoPreview> {
    let (picture, orientation) = decode(bytes)?;
    let turned = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let (across, down) = if turned { (picture.height(), picture.width()) } else { (picture.width(), picture.height()) };
    let scale = scale(across.into(), down.into(), width);
    // Made smaller first: so there is less to turn.
    let mut small = if scale < 1.0 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than it was")]
        let scaled = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
        picture.thumbnail_exact(scaled(picture.width()), scaled(picture.height()))
    } else {
        picture
    };
    small.apply_orientation(orientation);
    let mut image = Vec::new();
    JpegEncoder::new_with_quality(&mut image, QUALITY)
        .encode_image(&on_paper(&small))
        .map_err(|_| NoPreview::Damaged)?;
    Ok(Preview { image, media_type: "image/jpeg", pages: 1 })
}

pub(crate) fn decode(bytes: &[u8]) -> Result<(DynamicImage, Orientation), NoPreview> {
    if is_heif(bytes) {
        return decode_heif(bytes);
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| NoPreview::Unknown)?;
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(NoPreview::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    Ok((picture, orientation))
}

/// Whether these bytes are a JPEG of which something is missing or garbled: whoever shows it fills that up with grey, and
/// says nothing.
pub fn is_damaged(bytes: &[u8]) -> bool {
    let exact = DecoderOptions::default().set_strict_mode(true).set_max_width(SIDE).set_max_height(SIDE);
    let is_jpeg = image::guess_format(bytes).is_ok_and(|format| format == ImageFormat::Jpeg);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), exact);
    if !is_jpeg || decoder.decode_headers().is_err() {
        return is_jpeg;
    }
    let pixels = decoder.dimensions().map_or(0, |(width, height)| width as u64 * height as u64);
    pixels <= MOST_PIXELS && decoder.decode().is_err()
}

/// Whether these bytes are a JPEG that was cut off: it has no end (ITU T.81, B.1.1). Told without drawing it.
pub fn is_cut(bytes: &[u8]) -> bool {
    let mut at = 2;
    if !bytes.starts_with(b"\xff\xd8") {
        return false;
    }
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)) {
        at += found;
        match (bytes.get(at + 1), bytes.get(at + 2), bytes.get(at + 3)) {
            (Some(0xd9), ..) => return false,
            (Some(0xff), ..) => at += 1,
            // Within the picture.
            (Some(0x00 | 0x01 | 0xd0..=0xd8), ..) => at += 2,
            (Some(_), Some(high), Some(low)) => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
            _ => break,
        }
    }
    true
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// Its decoder turns the picture as it is meant to be seen.
fn decode_heif(bytes: &[u8]) -> Result<(DynamicImage, Orientation), NoPreview> {
    let options = heifer::Options { max_pixels: MOST_PIXELS, ..heifer::Options::default() };
    let picture = heifer::decode_srgb_rgba8(bytes, &options).map_err(|_| NoPreview::Unknown)?;
    let (width, height) = (picture.width, picture.height);
    let picture = RgbImage::from_raw(width, height, picture.into_rgb8()).ok_or(NoPreview::Damaged)?;
    Ok((picture.into(), Orientation::NoTransforms))
}

fn refused(error: &image::ImageError) -> NoPreview {
    match error {
        image::ImageError::Limits(_) => NoPreview::TooLarge,
        image::ImageError::Unsupported(_) => NoPreview::Unknown,
        image::ImageError::Decoding(_)
        | image::ImageError::Encoding(_)
        | image::ImageError::Parameter(_)
        | image::ImageError::IoError(_) => NoPreview::Damaged,
    }
}

/// What is transparent shows white paper.
pub(crate) fn on_paper(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8().into();
    }
    let mut paper = DynamicImage::from(RgbImage::from_pixel(picture.width(), picture.height(), image::Rgb([255; 3])));
    image::imageops::overlay(&mut paper, &picture.to_rgba8(), 0, 0);
    paper
}

/// The media type of a preview that is whole.
pub(crate) fn whole(image: &[u8]) -> Option<&'static str> {
    let format = image::guess_format(image).ok()?;
    let media_type = match format {
        ImageFormat::Png => "image/png",
        ImageFormat::Jpeg => "image/jpeg",
        _ => return None,
    };
    let mut reader = ImageReader::with_format(Cursor::new(image), format);
    reader.limits(limits());
    reader.decode().ok().map(|_| media_type)
}

/// What a picture seems to be instead of a file from whoever held the activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stand {
    /// A camera took it.
    Photo,
    /// It was taken off a screen.
    Screenshot,
}

impl Stand {
    /// For people.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Photo => {
                "This looks like a photo. It is kept and counts as proof here; if you can get the certificate as a PDF, \
                 add that too, because some issuers ask for the original."
            }
            Self::Screenshot => {
                "This looks like a screenshot. It is kept and counts as proof here; if you can download the certificate \
                 as a PDF, add that too, because some issuers ask for the original."
            }
        }
    }
}

/// A picture says by its first bytes what it stands for: what a phone writes into it, and how large it is, come before the
/// picture itself.
pub const HEAD: usize = 256 * 1024;

/// Whether these bytes, or the first [`HEAD`] of them, are a photo or a screenshot; a scan is neither.
pub fn stand(bytes: &[u8]) -> Option<Stand> {
    if is_heif(bytes) {
        return Some(Stand::Photo);
    }
    let format = image::guess_format(bytes).ok()?;
    if has_camera(bytes, format) {
        return Some(Stand::Photo);
    }
    let size = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().ok()?;
    (format == ImageFormat::Png && is_screen(size)).then_some(Stand::Screenshot)
}

/// Whether a camera wrote its maker, its model or its place into the file.
fn has_camera(bytes: &[u8], format: ImageFormat) -> bool {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let exif = reader.into_decoder().and_then(|mut decoder| decoder.exif_metadata());
    exif.ok().flatten().is_some_and(|exif| names_a_camera(&exif).unwrap_or(false))
}

/// Exif 2.32, part 4.6: the first directory has an entry of twelve bytes for each tag. Make, Model and GPS tell a camera.
fn names_a_camera(exif: &[u8]) -> Option<bool> {
    let little = exif.starts_with(b"II");
    let short = |at: usize| {
        let bytes: [u8; 2] = *exif.get(at..)?.first_chunk()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let offset: [u8; 4] = *exif.get(4..)?.first_chunk()?;
    let offset = if little { u32::from_le_bytes(offset) } else { u32::from_be_bytes(offset) };
    let directory = usize::try_from(offset).ok()?.checked_add(2)?;
    let entries = usize::from(short(directory - 2)?);
    Some((0..entries).any(|entry| matches!(short(directory + entry * 12), Some(0x010f | 0x0110 | 0x8825))))
}

/// Screens as they are sold, in pixels, upright or across: laptops, desktops, phones and tablets.
const SCREENS: [(u32, u32); 34] = [
    (1280, 720),
    (1280, 800),
    (1280, 1024),
    (1366, 768),
    (1440, 900),
    (1536, 864),
    (1600, 900),
    (1680, 1050),
    (1920, 1080),
    (1920, 1200),
    (2160, 1440),
    (2256, 1504),
    (2304, 1440),
    (2560, 1440),
    (2560, 1600),
    (2560, 1664),
    (2880, 1800),
    (2880, 1864),
    (2880, 1920),
    (3024, 1964),
    (3440, 1440),
    (3456, 2234),
    (3840, 2160),
    (1334, 750),
    (1792, 828),
    (2400, 1080),
    (2340, 1080),
    (2436, 1125),
    (2532, 1170),
    (2556, 1179),
    (2778, 1284),
    (2796, 1290),
    (2048, 1536),
    (2160, 1620),
];

fn is_screen((width, height): (u32, u32)) -> bool {
    SCREENS.contains(&(width.max(height), width.min(height)))
}

/// ISO 14496-12, part 4.3: a file's first box names its brands.
pub(crate) fn is_heif(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12).unwrap_or_default();
    bytes.get(4..8) == Some(b"ftyp")
        && matches!(brand, b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1")
}
