//! Made here: pictures and PDFs that say where they were taken in every way that was thought of.
#![allow(clippy::unwrap_used, clippy::type_complexity, clippy::needless_pass_by_value, reason = "tests")]

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder as _, ImageFormat, RgbImage};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::{Copy, find, jpeg, jpx, png, webp, without_metadata};
use crate::Location;

/// The copy of a file, and what it tells.
fn without_location(bytes: Vec<u8>) -> (Vec<u8>, Location) {
    let (changed, location) = crate::without_location(&bytes);
    (changed.unwrap_or(bytes), location)
}

const SECRET: &[u8] = b"GPS-SECRET";

fn picture() -> DynamicImage {
    RgbImage::from_fn(16, 16, |x, y| image::Rgb([u8::try_from(x * 16).unwrap(), u8::try_from(y * 16).unwrap(), 90]))
        .into()
}

fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&picture()).unwrap();
    bytes
}

fn drawn(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).unwrap()
}

fn tells(bytes: &[u8]) -> bool {
    find(bytes, SECRET).is_some()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

/// A directory of Exif with one entry, whose bytes follow it.
fn exif(tag: u16, kind: u16, value: &[u8]) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x01\0".to_vec();
    tiff.extend(tag.to_le_bytes());
    tiff.extend(kind.to_le_bytes());
    let size = match kind {
        3 => 2,
        4 => 4,
        _ => 1,
    };
    tiff.extend(u32::try_from(value.len() / size).unwrap().to_le_bytes());
    match value {
        [a, b, c, d] => tiff.extend([*a, *b, *c, *d]),
        [a, b] => tiff.extend([*a, *b, 0, 0]),
        _ => tiff.extend(26_u32.to_le_bytes()),
    }
    tiff.extend([0; 4]);
    tiff.extend(if value.len() > 4 { value } else { b"" });
    tiff
}

/// Exif that leads to a directory with the reference of a latitude.
fn located() -> Vec<u8> {
    let mut tiff = exif(0x8825, 4, &26_u32.to_le_bytes());
    tiff.truncate(26);
    tiff.extend(b"\x01\0\x01\0\x02\0\x04\0\0\0PLC\0\0\0\0\0");
    tiff.extend(SECRET);
    tiff
}

fn exif_segment(tiff: &[u8]) -> Vec<u8> {
    segment(0xe1, &[b"Exif\0\0", tiff].concat())
}

fn resource(number: u16, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let fill = vec![0; content.len() % 2];
    [b"8BIM", &number.to_be_bytes()[..], b"\0\0", &length[..], content, &fill].concat()
}

fn photoshop(number: u16, content: &[u8]) -> Vec<u8> {
    segment(0xed, &[b"Photoshop 3.0\0", &resource(0x03ed, b"resolution")[..], &resource(number, content)].concat())
}

/// The parts of a JPEG that tell where it was taken, each by itself.
fn telling() -> Vec<(&'static str, Vec<u8>)> {
    let xmp = |text: &str| [text.as_bytes(), SECRET].concat();
    let iptc = |entry: u8| [&[0x1c, 2, entry, 0, 10], SECRET].concat();
    vec![
        ("Exif that leads to a place", exif_segment(&located())),
        ("Exif that nobody understands", exif_segment(SECRET)),
        ("a note of the camera's maker", exif_segment(&exif(0x927c, 7, &[SECRET, b" tail"].concat()))),
        ("a comment in Exif", exif_segment(&exif(0x9286, 7, &[b"ASCII\0\0\0", SECRET].concat()))),
        ("XMP", segment(0xe1, &xmp("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude='40'/>"))),
        ("longer XMP", segment(0xe1, &xmp("http://ns.adobe.com/xmp/extension/\0"))),
        ("IPTC's city", photoshop(0x0404, &iptc(90))),
        ("Photoshop's Exif", photoshop(0x0422, &located())),
        ("Photoshop's XMP", photoshop(0x0424, &xmp("<rdf:RDF photoshop:City=''/>"))),
        ("a comment", segment(0xfe, SECRET)),
        ("what a maker keeps there", segment(0xe5, SECRET)),
        ("proof of origin", segment(0xeb, SECRET)),
        ("a small picture", segment(0xe0, &[b"JFXX\0\x10", SECRET].concat())),
        ("what no decoder needs", segment(0xee, SECRET)),
        ("how Photoshop packed it", segment(0xec, &[b"Ducky\0\x02\0\x0a", SECRET].concat())),
        ("Photoshop's small picture", photoshop(0x040c, &photo())),
        ("what Exif does not lead to", exif_segment(&[exif(0x0112, 3, &[6, 0]), located()].concat())),
        ("Exif's small picture", exif_segment(&[exif(0x0201, 4, &26_u32.to_le_bytes()), photo()].concat())),
        ("Exif's strips", exif_segment(&[exif(0x0111, 4, &26_u32.to_le_bytes()), SECRET.to_vec()].concat())),
        (
            "where a film was shot",
            segment(0xe1, &xmp("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmpDM:shotLocation='40'/>")),
        ),
        ("pictures in parts", segment(0xe2, &[b"FPXR\0", SECRET].concat())),
    ]
}

/// What is often there and tells nothing.
fn silent() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("which way up", exif_segment(&exif(0x0112, 3, &[6, 0]))),
        ("the camera", exif_segment(&exif(0x010f, 2, b"Cam\0"))),
        ("Photoshop's resolution", photoshop(0x03ed, b"72")),
        ("IPTC's headline", photoshop(0x0404, &[&[0x1c, 2, 105, 0, 4], &b"Card"[..]].concat())),
        ("who packed it", segment(0xfe, b"CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90")),
        ("XMP of a program", segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmp:CreatorTool='Paint'/>")),
    ]
}

fn with(jpeg: &[u8], part: &[u8]) -> Vec<u8> {
    [&jpeg[..2], part, &jpeg[2..]].concat()
}

#[test]
fn a_jpeg_loses_all_that_is_no_picture_and_keeps_every_pixel() {
    let clean = jpeg();
    assert_eq!(jpeg::plain(&clean).unwrap().bytes, clean);
    for (what, part) in telling() {
        let plain = jpeg::plain(&with(&clean, &part)).unwrap();
        assert!(plain.has_location, "{what} is not noticed");
        assert_eq!(plain.bytes, clean, "{what}");
    }
    for (what, part) in silent() {
        let plain = jpeg::plain(&with(&clean, &part)).unwrap();
        assert_eq!((plain.bytes == clean, plain.has_location), (true, false), "{what}");
    }
    let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01profile");
    assert_eq!(jpeg::plain(&with(&clean, &profile)).unwrap().bytes, with(&clean, &profile), "colours stay");
}

#[test]
fn nothing_before_a_jpeg_after_it_or_between_its_scans_comes_along() {
    let clean = jpeg();
    let second = with(&clean, &exif_segment(&located()));
    let scan = find(&clean, &[0xff, 0xda]).unwrap();
    for (what, bytes) in [
        ("before", [SECRET, &clean].concat()),
        ("after", [&clean[..], SECRET].concat()),
        ("a second one", [clean.clone(), second].concat()),
        ("stray bytes", [&clean[..scan], SECRET, &clean[scan..]].concat()),
        ("between scans", [&clean[..clean.len() - 2], &segment(0xfe, SECRET), &clean[clean.len() - 2..]].concat()),
    ] {
        let plain = jpeg::plain(&bytes).unwrap();
        assert!(!tells(&plain.bytes), "{what}");
        assert_eq!(drawn(&plain.bytes), drawn(&clean), "{what}");
    }
    // JFIF has room for a small picture.
    let small = segment(0xe0, &[b"JFIF\0\x01\x02\0\0\x01\0\x01\x02\x02", SECRET].concat());
    let small = with(&clean, &small);
    let plain = jpeg::plain(&small).unwrap();
    assert!(!tells(&plain.bytes) && plain.has_location);
    let mut blanked = small.clone();
    assert!(jpeg::blank(&mut blanked) && !tells(&blanked));
}

#[test]
fn a_photo_by_itself_stays_upright_and_one_that_tells_nothing_stays_as_it_is() {
    let photo = with(&with(&jpeg(), &exif_segment(&exif(0x0112, 3, &[6, 0]))), &segment(0xfe, SECRET));
    let (copy, told) = without_location(photo.clone());
    assert_eq!(told, Location::Removed { was_signed: false });
    assert!(!tells(&copy) && tells(&photo));
    let upright = |bytes: Vec<u8>| crate::print(&bytes, 16, 100).unwrap();
    assert_eq!(upright(copy), upright(photo));
    let quiet = with(&jpeg(), &exif_segment(&exif(0x0112, 3, &[6, 0])));
    assert_eq!(without_location(quiet.clone()), (quiet, Location::None));
}

fn chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    // Nobody checks the sums of what is no picture.
    [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], kind, content, &[0; 4]].concat()
}

#[test]
fn a_png_and_a_webp_lose_the_same_and_keep_every_pixel() {
    let mut clean = Vec::new();
    picture().write_to(&mut Cursor::new(&mut clean), ImageFormat::Png).unwrap();
    assert_eq!(png::plain(&clean).unwrap().bytes, clean);
    let text = |head: &[u8]| [head, SECRET].concat();
    for (kind, content) in [
        (b"eXIf", located()),
        (b"tEXt", text(b"Comment\0")),
        (b"tEXt", text(b"Raw profile type exif\0")),
        (b"zTXt", text(b"Comment\0\0")),
        (b"iTXt", text(b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta exif:GPSLatitude=''/>")),
        (b"caBX", text(b"")),
    ] {
        // After the header of 8 bytes and the first chunk of 25.
        let bytes = [&clean[..33], &chunk(kind, &content), &clean[33..]].concat();
        let plain = png::plain(&bytes).unwrap();
        assert_eq!((plain.bytes == clean, plain.has_location), (true, true), "{kind:?}");
    }
    let plain = png::plain(&[&clean[..], SECRET].concat()).unwrap();
    assert_eq!((plain.bytes == clean, plain.has_location), (true, true));

    let mut bytes = Vec::new();
    let mut encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut bytes);
    encoder.set_exif_metadata([exif(0x0112, 3, &[6, 0]), SECRET.to_vec()].concat()).unwrap();
    encoder.encode(picture().as_bytes(), 16, 16, image::ExtendedColorType::Rgb8).unwrap();
    let length = u32::try_from(bytes.len() + 10).unwrap();
    bytes.extend([b"XMP ", &10_u32.to_le_bytes()[..], SECRET].concat());
    bytes[4..8].copy_from_slice(&length.to_le_bytes());
    assert!(webp::is_webp(&bytes) && tells(&bytes));
    let plain = webp::plain(&bytes).unwrap();
    assert!(plain.has_location && !tells(&plain.bytes));
    assert_eq!(drawn(&plain.bytes), picture());
    let upright = |bytes: Vec<u8>| crate::print(&bytes, 16, 100).unwrap();
    assert_eq!(upright(plain.bytes), upright(bytes), "the way up stays");
}

#[test]
fn what_cannot_be_taken_out_of_a_tiff_or_a_phones_photo_is_seen() {
    let mut tiff = Vec::new();
    picture().write_to(&mut Cursor::new(&mut tiff), ImageFormat::Tiff).unwrap();
    assert_eq!(crate::location(&tiff), Location::None);
    assert_eq!(crate::location(&located()), Location::Kept);
    for after in [photo(), SECRET.to_vec()] {
        assert_eq!(crate::location(&[&tiff[..], &after].concat()), Location::Unknown, "nothing leads there");
    }
    let chained = |kind: u16| {
        let mut tiff = exif(0x00fe, 4, &[1, 0, 0, 0]);
        // The next directory, or one that belongs to it.
        tiff[22] = 26;
        tiff.extend([&b"\x01\0"[..], &kind.to_le_bytes(), b"\x04\0\x01\0\0\0", &[44, 0, 0, 0, 0, 0, 0, 0]].concat());
        [&tiff[..], b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0"].concat()
    };
    for kind in [0x8825, 0x014a] {
        assert_eq!(crate::location(&chained(kind)), Location::Kept, "{kind}");
    }
    let strip = [exif(0x0103, 3, &[7, 0]), photo()].concat();
    assert_eq!(crate::location(&strip), Location::Unknown);
    let rgb = picture().to_rgb8();
    let plain = heifer::encode_rgb8(16, 16, rgb.as_raw(), &heifer::EncodeOptions::default()).unwrap();
    assert_eq!(crate::location(&plain.clone()), Location::None);
    let xmp = [&plain[..], b"\0\0\0\x30free<x:xmpmeta exif:GPSLatitude='40.26N'>      "].concat();
    assert_eq!(crate::location(&xmp), Location::Kept);
    let beside = [&plain[..], &boxed(b"free", &photo())].concat();
    assert_eq!(crate::location(&beside), Location::Unknown);
}

fn boxed(kind: &[u8], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len() + 8).unwrap().to_be_bytes()[..], kind, content].concat()
}

/// A codestream in its parts, with a comment before and within the only tile.
fn codestream(comment: &[u8]) -> Vec<u8> {
    let comment = segment(0x64, &[b"\0\x01", comment].concat());
    let tile = [&comment[..], b"\xff\x93coded"].concat();
    let length = u32::try_from(tile.len() + 12).unwrap().to_be_bytes();
    let part = segment(0x90, &[b"\0\0", &length[..], b"\0\x01"].concat());
    [b"\xff\x4f", &segment(0x51, b"size")[..], &comment, &part, &tile, b"\xff\xd9"].concat()
}

#[test]
fn a_jpeg_2000_picture_keeps_the_boxes_that_draw() {
    let spaces = vec![b' '; SECRET.len()];
    let (own, clean) = (codestream(SECRET), codestream(&spaces));
    let header = boxed(b"jp2h", &boxed(b"ihdr", b"size"));
    let whole = |more: &[u8], stream: &[u8]| {
        let sign = boxed(b"jP  ", b"\r\n\x87\n");
        [&sign[..], &boxed(b"ftyp", b"jp2 \0\0\0\0jp2 "), more, &header, &boxed(b"jp2c", stream)].concat()
    };
    let plain = jpx::plain(&own).unwrap();
    assert_eq!((plain.bytes == clean, plain.has_location), (true, true), "a bare codestream");
    for more in [
        boxed(b"uuid", &[b"JpgTiffExif->JP2", &located()[..]].concat()),
        boxed(b"uuid", &[b"any other number", SECRET].concat()),
        boxed(b"xml ", SECRET),
        boxed(b"asoc", SECRET),
    ] {
        let plain = jpx::plain(&whole(&more, &own)).unwrap();
        assert_eq!((plain.bytes == whole(b"", &clean), plain.has_location), (true, true));
    }
    let within = boxed(b"jp2h", &[boxed(b"ihdr", b"size"), boxed(b"uuid", SECRET)].concat());
    assert!(!tells(&jpx::plain(&[within, boxed(b"jp2c", &own)].concat()).unwrap().bytes));
    let after = [&whole(b"", &clean)[..], &boxed(b"uuid", SECRET), SECRET].concat();
    assert_eq!(jpx::plain(&after).unwrap().bytes, whole(b"", &clean));
    assert_eq!(jpx::plain(&whole(&boxed(b"ftbl", b"places"), &own)), None);
}

/// What a filter is undone from.
fn packed(filter: &str, bytes: &[u8]) -> Vec<u8> {
    match filter {
        "AHx" | "ASCIIHexDecode" => bytes.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).collect(),
        "A85" | "ASCII85Decode" => ascii85(bytes),
        "RL" | "RunLengthDecode" => {
            let runs = bytes.chunks(128).map(|run| [&[u8::try_from(run.len() - 1).unwrap()], run].concat());
            [runs.collect::<Vec<_>>().concat(), vec![128]].concat()
        }
        "Fl" | "FlateDecode" => {
            let mut stream = Stream::new(dictionary! {}, [bytes, &[b' '; 200]].concat());
            stream.compress().unwrap();
            stream.content
        }
        "LZW" | "LZWDecode" => lzw(bytes),
        _ => bytes.to_vec(),
    }
}

fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for group in bytes.chunks(4) {
        let mut four = [0; 4];
        four[..group.len()].copy_from_slice(group);
        let mut number = u32::from_be_bytes(four);
        let mut digits = [0; 5];
        for digit in digits.iter_mut().rev() {
            *digit = b'!' + u8::try_from(number % 85).unwrap();
            number /= 85;
        }
        text.extend(&digits[..=group.len()]);
    }
    text.extend(b"~>");
    text
}

/// Codes of nine bits, the table begun anew before it needs longer ones.
fn lzw(bytes: &[u8]) -> Vec<u8> {
    let mut codes = Vec::new();
    for part in bytes.chunks(200) {
        codes.push(256);
        codes.extend(part.iter().map(|byte| u16::from(*byte)));
    }
    codes.push(257);
    let bits: Vec<u8> =
        codes.iter().flat_map(|code| (0..9).rev().map(move |bit| u8::from(code >> bit & 1 == 1))).collect();
    bits.chunks(8).map(|bits| (0..8).fold(0, |byte, at| byte << 1 | bits.get(at).copied().unwrap_or(0))).collect()
}

fn photo() -> Vec<u8> {
    with(&jpeg(), &exif_segment(&located()))
}

fn named(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A PDF of one page that draws an image with these entries and this content.
fn document(head: Dictionary, content: Vec<u8>) -> Document {
    let mut document = Document::with_version("1.7");
    let mut image = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 16, "Height" => 16, "ColorSpace" => "DeviceRGB",
        "BitsPerComponent" => 8,
    };
    image.extend(&head);
    let image = document.add_object(Stream::new(image, content).with_compression(false));
    let resources = dictionary! { "XObject" => dictionary! { "F" => image } };
    on_page(&mut document, resources, b"q 600 0 0 700 0 0 cm /F Do Q");
    document
}

fn on_page(document: &mut Document, resources: Dictionary, content: &[u8]) {
    let tree = document.new_object_id();
    let content = document.add_object(Stream::new(dictionary! {}, content.to_vec()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
        "Resources" => resources, "Contents" => content,
    });
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", root);
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// Whether the bytes of a PDF, or any of its streams as it is or unpacked, hold the secret.
fn told_in_pdf(bytes: &[u8]) -> bool {
    let document = Document::load_mem(bytes).unwrap();
    let mut streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    tells(bytes)
        || streams.any(|stream| {
            let filters = super::filters::filters(&document, &stream.dict);
            let before = filters.iter().take_while(|filter| !filter.is_picture()).count();
            tells(&stream.content)
                || super::filters::unpacked(&stream.content, &filters[..before]).is_some_and(|bytes| tells(&bytes))
        })
}

/// A page as it is seen.
fn page(pdf: &[u8]) -> DynamicImage {
    drawn(&crate::preview(pdf.to_vec(), 1, 200).unwrap().image)
}

/// Every way to say that a stream is a JPEG.
fn filters() -> Vec<Vec<&'static str>> {
    vec![
        vec!["DCTDecode"],
        vec!["DCT"],
        vec!["FlateDecode", "DCTDecode"],
        vec!["Fl", "DCT"],
        vec!["ASCII85Decode", "DCTDecode"],
        vec!["ASCIIHexDecode", "DCTDecode"],
        vec!["LZWDecode", "DCTDecode"],
        vec!["RunLengthDecode", "DCTDecode"],
        vec!["FlateDecode", "ASCIIHexDecode", "ASCII85Decode", "DCTDecode"],
        vec!["FlateDecode", "FlateDecode", "DCTDecode"],
    ]
}

fn chained(filters: &[&str]) -> Vec<u8> {
    filters.iter().rev().fold(photo(), |bytes, filter| packed(filter, &bytes))
}

#[test]
fn a_jpeg_in_a_pdf_is_found_behind_every_filter() {
    let clean = page(&saved(document(dictionary! { "Filter" => "DCTDecode" }, jpeg())));
    for filters in filters() {
        let names: Vec<Object> = filters.iter().map(|name| named(name)).collect();
        for is_apart in [false, true] {
            let mut document = document(dictionary! { "Filter" => names.clone() }, chained(&filters));
            if is_apart {
                let ids: Vec<Object> = names.iter().map(|name| document.add_object(name.clone()).into()).collect();
                let list = document.add_object(ids);
                let image = document.objects.values_mut().find_map(|object| object.as_stream_mut().ok()).unwrap();
                image.dict.set("Filter", list);
            }
            let pdf = saved(document);
            let document = Document::load_mem(&pdf).unwrap();
            let image = document.objects.values().find_map(|object| object.as_stream().ok()).unwrap();
            let plain = without_metadata(&document, image).unwrap();
            assert_eq!(plain.content, jpeg(), "{filters:?}");
            assert!(plain.dict.get(b"Filter").unwrap().as_name().unwrap().starts_with(b"DCT"));

            let (copy, told) = without_location(pdf);
            assert_eq!(told, Location::Removed { was_signed: false }, "{filters:?}, apart: {is_apart}");
            assert!(!told_in_pdf(&copy), "{filters:?}, apart: {is_apart}");
            assert_eq!(page(&copy), clean, "{filters:?}, apart: {is_apart}");
        }
    }
}

#[test]
fn a_name_may_be_written_with_the_numbers_of_its_letters() {
    // As long as the other one, so that every place stays true.
    let (name, escaped) = (b"DCT------code", b"DCT#44#65code");
    let mut pdf = saved(document(dictionary! { "Filter" => named("DCT------code") }, photo()));
    let at = find(&pdf, name).unwrap();
    pdf[at..at + name.len()].copy_from_slice(escaped);
    let (copy, told) = without_location(pdf);
    assert_eq!((told, told_in_pdf(&copy)), (Location::Removed { was_signed: false }, false));
}

#[test]
fn a_picture_within_the_content_of_a_page_is_found_too() {
    let entries = "/W 16 /H 16 /BPC 8 /CS /RGB";
    let quiet = |content: &[u8]| {
        let mut document = Document::with_version("1.7");
        on_page(&mut document, Dictionary::new(), content);
        saved(document)
    };
    let clean =
        page(&quiet(&[b"q 600 0 0 700 0 0 cm BI ", entries.as_bytes(), b" /F /DCT ID ", &jpeg(), b"\nEI Q"].concat()));
    let mut forms: Vec<(String, Vec<u8>)> = [
        "/F /DCT",
        "/Filter /DCTDecode",
        "/F [/DCT]",
        "/Filter [ /DCTDecode ]",
        "/F /D#43T",
        "/L 12 /F /DCT",
        "% (BI\n/F /DCT",
        "/DecodeParms << /ColorTransform 1 >> /F /DCT",
    ]
    .map(|filter| (filter.to_owned(), photo()))
    .into();
    for chain in [["A85", "DCT"], ["AHx", "DCT"], ["Fl", "DCT"], ["LZW", "DCT"], ["RL", "DCT"]] {
        let end: &[u8] = if chain[0] == "AHx" { b">" } else { b"" };
        forms.push((format!("/F [/{} /{}]", chain[0], chain[1]), [&chained(&chain), end].concat()));
    }
    for (filter, data) in forms {
        let begin = format!("(BI \\( in words) pop q 600 0 0 700 0 0 cm BI {entries} {filter} ID ");
        let content = [begin.as_bytes(), &data, b"\nEI Q\n0 0 1 rg"].concat();
        let (copy, told) = without_location(quiet(&content));
        assert_eq!(told, Location::Removed { was_signed: false }, "{filter}");
        assert!(!told_in_pdf(&copy), "{filter}");
        assert_eq!(page(&copy), clean, "{filter}");
        let document = Document::load_mem(&copy).unwrap();
        let content = document.objects.values().find_map(|object| object.as_stream().ok()).unwrap();
        assert!(content.get_plain_content().unwrap().ends_with(b"EI Q\n0 0 1 rg"), "what follows stays");
    }
    let pixels = b"q BI /W 2 /H 2 /BPC 8 /CS /G ID EIDC EI Q (BI /F /DCT ID) Tj";
    let pdf = quiet(pixels);
    assert_eq!(without_location(pdf.clone()), (pdf, Location::None), "pixels may look like words");
}

#[test]
fn a_picture_within_a_content_is_found_whatever_the_content_says_of_itself() {
    let content =
        [b"q 600 0 0 700 0 0 cm BI /W 16 /H 16 /BPC 8 /CS /RGB /F /DCT ID ", &photo()[..], b"\nEI Q"].concat();
    for head in [
        dictionary! { "Length1" => 5 },
        dictionary! { "FunctionType" => 9 },
        dictionary! { "Type" => "Foo", "Subtype" => "Form" },
        dictionary! { "Type" => "Pattern", "Subtype" => "X" },
        dictionary! { "Subtype" => "Image" },
    ] {
        let mut document = Document::with_version("1.7");
        on_page(&mut document, Dictionary::new(), b"");
        let stream = Stream::new(head.clone(), content.clone()).with_compression(false);
        assert!(!tells(&without_metadata(&document, &stream).unwrap().content), "{head:?}");
        let drawn = document.objects.values_mut().find_map(|object| object.as_stream_mut().ok()).unwrap();
        *drawn = stream;
        let (copy, told) = without_location(saved(document));
        assert_eq!(told, Location::Removed { was_signed: false }, "{head:?}");
        assert!(!told_in_pdf(&copy), "{head:?}");
    }
}

/// A PDF with something in it besides a page, put there by `add`.
fn with_more(add: impl FnOnce(&mut Document) -> Dictionary) -> Vec<u8> {
    let mut document = document(dictionary! { "Filter" => "DCTDecode" }, jpeg());
    let entries = add(&mut document);
    document.catalog_mut().unwrap().extend(&entries);
    saved(document)
}

fn file(document: &mut Document, bytes: Vec<u8>) -> Dictionary {
    let mut stream = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, bytes);
    stream.compress().unwrap();
    let stream = document.add_object(stream);
    dictionary! { "AF" => vec![dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => stream } }.into()] }
}

#[test]
fn what_else_in_a_pdf_tells_a_place_goes_from_a_copy_of_it() {
    let xmp = |text: &str| [format!("<?xpacket?><x:xmpmeta {text}/>").as_bytes(), SECRET].concat();
    let metadata = |document: &mut Document, bytes| {
        let mut stream = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, bytes);
        stream.compress().unwrap();
        dictionary! { "Metadata" => document.add_object(stream) }
    };
    let wide: Vec<u8> = xmp("exif:GPSLatitude=''").into_iter().flat_map(|byte| [0, byte]).collect();
    let inner = saved(document(
        dictionary! { "Filter" => vec![named("FlateDecode"), named("DCTDecode")] },
        chained(&["FlateDecode", "DCTDecode"]),
    ));
    let secret = || Object::string_literal(SECRET);
    let all = [
        ("XMP", with_more(|document| metadata(document, xmp("exif:GPSLatitude=''")))),
        ("XMP in wide letters", with_more(|document| metadata(document, wide))),
        ("a photo in it", with_more(|document| file(document, photo()))),
        ("a PDF in it", with_more(|document| file(document, inner))),
        (
            "a map",
            with_more(|_| {
                dictionary! {
                    "Measure" => dictionary! { "Subtype" => "GEO", "GPTS" => vec![secret()] },
                }
            }),
        ),
        ("an older map", with_more(|_| dictionary! { "LGIDict" => vec![secret()] })),
        (
            "its small picture",
            with_more(|document| {
                let head = dictionary! { "Filter" => vec![named("DCTDecode")] };
                dictionary! { "Thumb" => document.add_object(Stream::new(head, photo())) }
            }),
        ),
    ];
    for (what, pdf) in all {
        let seen = page(&pdf);
        let (copy, told) = without_location(pdf);
        assert_eq!(told, Location::Removed { was_signed: false }, "{what}");
        assert!(!told_in_pdf(&copy), "{what}");
        assert_eq!(page(&copy), seen, "{what}");
        assert_eq!(without_location(copy.clone()), (copy, Location::None), "{what} is gone for good");
    }
    let private = with_more(|document| {
        let private = document.add_object(Stream::new(dictionary! {}, SECRET.to_vec()));
        let mut entries = metadata(document, xmp("exif:GPSLatitude=''"));
        entries.set("PieceInfo", dictionary! { "Program" => dictionary! { "Private" => private } });
        entries
    });
    assert!(!told_in_pdf(&without_location(private).0), "what a program kept goes with it");
    let noted = {
        let mut document = document(dictionary! { "Filter" => "DCTDecode" }, jpeg());
        let info = document.add_object(dictionary! { "Title" => Object::string_literal("Card"), "Camera" => secret() });
        document.trailer.set("Info", info);
        saved(document)
    };
    let (copy, _) = without_location(noted);
    assert!(!told_in_pdf(&copy) && find(&copy, b"(Card)").is_some());
}

#[test]
fn a_pdf_that_tells_nothing_stays_byte_for_byte_and_a_signature_that_breaks_is_said() {
    let quiet = with_more(|document| {
        let head = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        dictionary! { "Metadata" => document.add_object(Stream::new(head, b"<x:xmpmeta dc:title=''/>".to_vec())) }
    });
    assert_eq!(without_location(quiet.clone()), (quiet, Location::None));
    let signature = || dictionary! { "Sig" => dictionary! { "Type" => "Sig", "ByteRange" => vec![0.into()] } };
    let signed = with_more(|_| signature());
    assert_eq!(without_location(signed.clone()), (signed, Location::None));
    let mut signed = document(dictionary! { "Filter" => vec![named("DCTDecode")] }, photo());
    signed.catalog_mut().unwrap().extend(&signature());
    assert_eq!(without_location(saved(signed)).1, Location::Removed { was_signed: true });
}

#[test]
fn a_damaged_pdf_is_overwritten_where_its_photo_lies_and_nothing_moves() {
    let mut pdf = saved(document(dictionary! { "Filter" => "DCTDecode" }, photo()));
    pdf.truncate(pdf.len() - 40);
    assert!(Document::load_mem(&pdf).is_err() && tells(&pdf));
    let (copy, told) = without_location(pdf.clone());
    assert_eq!((copy.len(), tells(&copy), told), (pdf.len(), false, Location::Unknown));
    assert_eq!(page(&copy), page(&pdf));
    let words = b"%PDF-1.4 damaged, without any picture".to_vec();
    assert_eq!(without_location(words.clone()), (words, Location::None));

    // It refers to what is not where the file says it is.
    let mut lost = document(dictionary! { "Filter" => "DCTDecode" }, photo());
    let gone = lost.add_object(Object::string_literal("gone"));
    lost.catalog_mut().unwrap().set("Lost", gone);
    let lost = saved(lost);
    let at = find(&lost, format!("{} 0 obj", gone.0).as_bytes()).unwrap();
    let lost = [&lost[..at], b"!", &lost[at + 1..]].concat();
    let (copy, told) = without_location(lost.clone());
    assert_eq!((copy.len(), tells(&copy)), (lost.len(), false), "{told:?}");
    assert_eq!(told, Location::Removed { was_signed: false });
}

#[test]
fn a_stream_that_claims_to_be_a_picture_and_is_none_is_called_so() {
    let document = document(dictionary! { "Filter" => "DCTDecode" }, SECRET.to_vec());
    let image = document.objects.values().find_map(|object| object.as_stream().ok()).unwrap();
    assert!(without_metadata(&document, image).is_none());
}

#[test]
fn jpegs_without_an_end_or_within_each_other_are_gone_through_once() {
    let content = b"BI /F/DCT ID \xff\xd8\xff\xda\0\x02 a \nEI ".repeat(100_000);
    assert_eq!(super::content::plain(&content), None);
    let few = b"BI /F/DCT ID \xff\xd8\xff\xda\0\x02 a \nEI ".repeat(10);
    assert!(super::content::plain(&few).is_some());
    let mut nested = b"\xff\xd8\xff\xe1\0\x04".repeat(200_000);
    assert!(!jpeg::blank(&mut nested));
    let mut after = [nested, photo()].concat();
    assert!(jpeg::blank(&mut after) && !tells(&after));
}

#[test]
fn a_png_or_a_webp_that_claims_more_than_there_is_hides_nothing() {
    let mut png = Vec::new();
    picture().write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
    let claims = [&png[..33], &[0x40, 0, 0, 0], b"IDATzz", &chunk(b"eXIf", &located())].concat();
    assert_eq!(crate::without_location(&claims), (None, Location::Unknown));
    let palette = [&png[..33], &chunk(b"sPLT", SECRET), &png[33..]].concat();
    assert_eq!(png::plain(&palette).unwrap(), super::Plain { bytes: png, has_location: true });

    let mut webp = Vec::new();
    picture().write_to(&mut Cursor::new(&mut webp), ImageFormat::WebP).unwrap();
    let part = |kind: &[u8], content: &[u8]| {
        let fill = vec![0; content.len() % 2];
        [kind, &u32::try_from(content.len()).unwrap().to_le_bytes()[..], content, &fill].concat()
    };
    let exif = part(b"EXIF", &located());
    let frame = part(b"ANMF", &[&[0; 16], &webp[12..], &exif[..]].concat());
    let moves =
        [&webp[..12], &part(b"VP8X", &[2, 0, 0, 0, 15, 0, 0, 15, 0, 0]), &part(b"ANIM", &[0; 6]), &frame].concat();
    let plain = webp::plain(&moves).unwrap();
    assert!(plain.has_location && !tells(&plain.bytes));
    let claims = [&webp[..12], b"VP8L\xff\xff\xff\0zz", &exif].concat();
    assert_eq!(crate::without_location(&claims), (None, Location::Unknown));
}

#[test]
fn a_string_without_an_end_hides_no_picture() {
    let content = [b"q BI /W 16 /H 16 /BPC 8 /CS /RGB /F /DCT ID ", &photo()[..], b"\nEI Q >"].concat();
    for before in [&b"BX ( EX\n"[..], b"<41 EX\n"] {
        let mut document = Document::with_version("1.7");
        on_page(&mut document, Dictionary::new(), &[before, &content].concat());
        let pdf = saved(document);
        assert_eq!(without_location(pdf.clone()), (pdf, Location::Unknown));
    }
}

const GONE: Location = Location::Removed { was_signed: false };

/// A PDF and a newer revision of it, in which this object is another one.
fn revised(pdf: Vec<u8>, id: lopdf::ObjectId, object: impl Into<Object>) -> Vec<u8> {
    let before = Document::load_mem(&pdf).unwrap();
    let mut revised = lopdf::IncrementalDocument::create_from(pdf, before);
    revised.new_document.objects.insert(id, object.into());
    let mut bytes = Vec::new();
    revised.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn what_a_pdf_no_longer_refers_to_goes_too() {
    let head = || {
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 16, "Height" => 16,
        "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode" }
    };
    let quiet = saved(document(dictionary! { "Filter" => "DCTDecode" }, jpeg()));
    let image = |bytes: &[u8]| {
        let document = Document::load_mem(bytes).unwrap();
        document.objects.iter().find(|(_, object)| object.as_stream().is_ok()).map(|(id, _)| *id).unwrap()
    };
    let located = saved(document(dictionary! { "Filter" => "DCTDecode" }, photo()));
    let replaced = revised(located.clone(), image(&located), Stream::new(head(), jpeg()).with_compression(false));
    let lost = with_more(|document| {
        document.add_object(Stream::new(head(), photo()).with_compression(false));
        dictionary! {}
    });
    let noted = with_more(|document| {
        document.add_object(dictionary! { "Note" => Object::string_literal([&b"latitude "[..], SECRET].concat()) });
        dictionary! {}
    });
    let comment = [&quiet[..], b"\n%<x:xmpmeta exif:GPSLatitude='GPS-SECRET'/>\n"].concat();
    for (what, pdf) in [
        ("an older revision", replaced),
        ("an object that nothing refers to", lost),
        ("a note that nothing refers to", noted),
        ("a comment", comment),
        ("after the end", [&quiet[..], SECRET].concat()),
        ("before the beginning", [&photo()[20..], &quiet].concat()),
    ] {
        assert!(tells(&pdf), "{what}");
        let seen = page(&pdf);
        let (copy, told) = without_location(pdf);
        assert_eq!((told, told_in_pdf(&copy)), (GONE, false), "{what}");
        assert_eq!(page(&copy), seen, "{what}");
        assert_eq!(without_location(copy.clone()), (copy, Location::None), "{what} is gone for good");
    }
    let id = image(&quiet);
    let same = revised(quiet, id, Stream::new(head(), jpeg()).with_compression(false));
    assert!(matches!(without_location(same).1, Location::None | GONE));
    let cut = b"%PDF-1.4 damaged\n%<x:xmpmeta exif:GPSLatitude='40'/>".to_vec();
    assert_eq!(without_location(cut).1, Location::Unknown);
}

#[test]
fn a_pdf_with_lists_of_objects_that_tells_nothing_stays_byte_for_byte() {
    let mut quiet = document(dictionary! { "Filter" => "DCTDecode" }, jpeg());
    let mut bytes = Vec::new();
    quiet.save_modern(&mut bytes).unwrap();
    assert!(find(&bytes, b"ObjStm").is_some());
    assert_eq!(without_location(bytes.clone()), (bytes, Location::None));
}

#[test]
fn a_stream_that_is_not_understood_is_never_said_to_tell_nothing() {
    let flate = |bytes: &[u8]| packed("FlateDecode", bytes);
    let large = flate(&[photo(), vec![0; crate::weight::MOST_UNPACKED]].concat());
    let jpx = [boxed(b"jp2c", &codestream(b"")), boxed(b"cref", SECRET)].concat();
    for (filters, content) in [
        (vec![named("FlateDecode"), named("DCTDecode")], large),
        (vec![named("JPXDecode")], jpx),
        (vec![named("DCTDecode")], SECRET.to_vec()),
    ] {
        let pdf = saved(document(dictionary! { "Filter" => filters }, content));
        assert_eq!(without_location(pdf.clone()), (pdf, Location::Unknown));
    }
    let content = [b"q BI /W 16 /H 16 /BPC 8 /CS /RGB /F /DCT ID ", &photo()[..], b"\nEI Q"].concat();
    for at in ["q BI ".len(), find(&content, b"ID ").unwrap(), 80] {
        let mut document = Document::with_version("1.7");
        on_page(&mut document, Dictionary::new(), b"");
        let parts = [&content[..at], &content[at..]].map(|part| Stream::new(dictionary! {}, part.to_vec()));
        let parts: Vec<Object> = parts.map(|part| document.add_object(part).into()).into();
        for object in document.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()) {
            if object.has(b"Contents") {
                object.set("Contents", parts.clone());
            }
        }
        assert_eq!(without_location(saved(document)).1, Location::Unknown, "split at {at}");
    }
}

#[test]
fn a_file_in_a_pdf_is_a_file_whatever_it_says_of_itself() {
    let embedded = |head: Dictionary, bytes: Vec<u8>| {
        with_more(|document| {
            let stream = document.add_object(Stream::new(head, bytes).with_compression(false));
            dictionary! { "AF" => vec![dictionary! { "EF" => dictionary! { "F" => stream } }.into()] }
        })
    };
    let (copy, told) = without_location(embedded(dictionary! { "Subtype" => "Image" }, photo()));
    assert_eq!((told, told_in_pdf(&copy)), (GONE, false));
    let behind = embedded(dictionary! {}, [b"\0", &photo()[..]].concat());
    assert_eq!(without_location(behind.clone()), (behind, Location::Unknown));
    let xmp = [&b" ".repeat(2_000)[..], b"<x:xmpmeta exif:GPSLatitude='GPS-SECRET'/>"].concat();
    let (copy, told) = without_location(with_more(|document| {
        dictionary! { "Metadata" => document.add_object(Stream::new(dictionary! {}, xmp)) }
    }));
    assert_eq!((told, told_in_pdf(&copy)), (GONE, false), "metadata is what is referred to as such");
}

#[test]
fn what_is_noted_about_a_pdf_is_found_however_it_is_referred_to() {
    let info = |ways: usize| {
        let mut document = document(dictionary! { "Filter" => "DCTDecode" }, jpeg());
        let place = Object::string_literal([&b"latitude "[..], SECRET].concat());
        let place = if ways == 1 { document.add_object(place).into() } else { place };
        let info = dictionary! { "Title" => Object::string_literal("Card"), "Keywords" => place };
        let info = match ways {
            0 => info.into(),
            1 => document.add_object(info).into(),
            _ => {
                let info = document.add_object(info);
                document.add_object(info).into()
            }
        };
        let info: Object = info;
        document.trailer.set("Info", info);
        saved(document)
    };
    for ways in 0..3 {
        let (copy, told) = without_location(info(ways));
        assert_eq!((told, told_in_pdf(&copy)), (GONE, false), "{ways}");
        assert!(find(&copy, b"(Card)").is_some(), "{ways}");
    }
}

#[test]
fn a_short_word_for_how_a_picture_is_packed_is_understood() {
    for head in [dictionary! { "F" => "DCTDecode" }, dictionary! { "F" => vec![named("DCT")] }] {
        let (copy, told) = without_location(saved(document(head, photo())));
        assert_eq!((told, told_in_pdf(&copy)), (GONE, false));
    }
}

/// Deterministic, so that a failure can be had again.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap()
}

#[test]
fn whatever_is_cut_off_or_garbled_ends_and_never_grows() {
    /// What turns a photo, and what is written about a picture within a content.
    const MORE: usize = 64;
    let mut webp = Vec::new();
    picture().write_to(&mut Cursor::new(&mut webp), ImageFormat::WebP).unwrap();
    let mut png = Vec::new();
    picture().write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
    let inline = [b"BI /F [/A85 /DCT] ID ", &chained(&["A85", "DCT"])[..], b"\nEI Q"].concat();
    let walks: [(&str, Vec<u8>, fn(&[u8]) -> Option<super::Plain>); 6] = [
        ("jpeg", telling().into_iter().fold(jpeg(), |bytes, (_, part)| with(&bytes, &part)), jpeg::upright),
        ("png", png, png::plain),
        ("webp", webp, webp::plain),
        ("jpx", boxed(b"jp2c", &codestream(SECRET)), jpx::plain),
        ("content", inline, super::content::plain),
        ("any", located(), |bytes| Copy::of(bytes, 0).changed.map(|bytes| super::Plain { bytes, has_location: true })),
    ];
    let mut state = 17;
    for (what, whole, walk) in walks {
        for length in 0..whole.len() {
            let plain = walk(&whole[..length]);
            assert!(plain.is_none_or(|plain| plain.bytes.len() <= length + MORE), "{what} of {length} bytes");
        }
        for _ in 0..2_000 {
            let mut garbled = whole.clone();
            for _ in 0..=(next(&mut state) % 4) {
                let at = next(&mut state) % garbled.len();
                garbled[at] = u8::try_from(next(&mut state) % 256).unwrap();
            }
            let plain = walk(&garbled);
            assert!(plain.is_none_or(|plain| plain.bytes.len() <= garbled.len() + MORE), "{what}");
        }
    }
}
