//! What can be seen in files, and that none of them does harm.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder as _, ImageFormat, Rgb, RgbImage};
use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Document, Object, Stream, dictionary};

use crate::{HEAD, NoPreview, Preview, Stand, is_cut, is_damaged, preview, prints};

/// A PDF with a page for each text.
fn document(pages: &[&str]) -> Document {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let mut kids = Vec::new();
    for page in pages {
        let content = format!("BT /F1 18 Tf 72 720 Td ({page}) Tj ET");
        let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
        kids.push(Object::from(document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        })));
    }
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", root);
    document
        .trailer
        .set("ID", vec![Object::string_literal("0123456789abcdef"), Object::string_literal("0123456789abcdef")]);
    document
}

fn bytes(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// Does with a file what a process that may die of it does, as far as a test can: a parser's bug ends it, and whatever lies
/// deep finds a stack that is large enough.
fn may_fail(work: impl FnOnce() + Send + 'static) {
    let _ = std::thread::Builder::new().stack_size(64 * 1024 * 1024).spawn(work).unwrap().join();
}

fn text(bytes: impl AsRef<[u8]>) -> String {
    crate::text(bytes.as_ref()).unwrap()
}

fn pages(bytes: impl AsRef<[u8]>) -> Option<u32> {
    crate::pages(bytes.as_ref()).unwrap_or(None)
}

fn stand(bytes: impl AsRef<[u8]>) -> Option<Stand> {
    crate::stand(bytes.as_ref())
}

fn pdf(pages: &[&str]) -> Vec<u8> {
    bytes(document(pages))
}

fn locked(owner: &str, user: &str) -> Vec<u8> {
    let mut document = document(&["Order of Draw"]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: owner,
        user_password: user,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    bytes(document)
}

#[test]
fn the_text_of_every_page_is_read() {
    assert_eq!(text(pdf(&["Order of Draw", "2.0 contact hours"])), "Order of Draw\n2.0 contact hours");
}

#[test]
fn a_file_that_is_locked_against_changes_only_is_read_and_one_locked_against_reading_is_not() {
    assert_eq!(text(locked("owner", "")), "Order of Draw");
    assert_eq!(text(locked("owner", "open-sesame")), "");
}

#[test]
fn what_is_no_pdf_has_no_text() {
    for bytes in [&b""[..], b"%PDF-", b"MZ a program", b"%PDF-1.7 and then nothing of the sort"] {
        assert_eq!(text(bytes), "");
    }
}

#[test]
fn a_pdf_that_was_cut_off_or_scribbled_over_anywhere_does_no_harm() {
    let whole = pdf(&["Order of Draw"]);
    for end in 0..whole.len() {
        let cut = whole[..end].to_vec();
        let mut scribbled = whole.clone();
        scribbled[end] ^= 0x55;
        may_fail(move || drop((crate::text(&cut), crate::text(&scribbled))));
    }
}

#[test]
fn a_long_document_is_read_as_far_as_its_text_helps_to_find_it() {
    let page = "word ".repeat(2_000);
    let read = text(pdf(&[page.as_str(); 40]));
    assert!((60_000..=64 * 1024).contains(&read.len()), "{}", read.len());
}

#[test]
fn a_small_file_that_unpacks_to_a_huge_one_is_not_unpacked() {
    let mut document = document(&["Order of Draw"]);
    let spaces = vec![b' '; 200 * 1024 * 1024];
    let mut bomb = Stream::new(dictionary! {}, spaces);
    bomb.compress().unwrap();
    assert!(bomb.content.len() < 1024 * 1024);
    let bomb = document.add_object(bomb);
    let page = *document.get_pages().get(&1).unwrap();
    document.get_dictionary_mut(page).unwrap().set("Contents", bomb);
    assert_eq!(crate::text(&bytes(document)), Err(NoPreview::TooLarge));
}

#[test]
fn a_font_with_thousands_of_names_is_not_read_once_for_each() {
    let with = |names: usize| {
        let mut document = document(&["Order of Draw"]);
        let letters = (0..4_000).map(|code| format!("<{code:04X}> <{code:04X}>\n")).collect::<Vec<_>>().concat();
        let letters = format!(
            "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 100 beginbfchar\n{letters}endbfchar endcmap"
        );
        let letters = document.add_object(Stream::new(dictionary! {}, letters.into_bytes()));
        let font = document.add_object(
            dictionary! { "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H", "ToUnicode" => letters },
        );
        let page = *document.get_pages().get(&1).unwrap();
        let mut fonts = dictionary! {
            "F1" => document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" }),
        };
        for name in 0..names {
            fonts.set(format!("G{name}"), font);
        }
        document.get_dictionary_mut(page).unwrap().set("Resources", dictionary! { "Font" => fonts });
        crate::text(&bytes(document))
    };
    assert_eq!(with(20), Ok("Order of Draw".to_owned()));
    assert_eq!(with(3_000), Err(NoPreview::TooMuchWork));
}

/// A PDF with so many streams whose length stands in a list of objects, which has so many numbers more.
fn lengths_in_a_list(streams: u32, numbers: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    let list = format!("6 0 7 3 4  [{}]", "0 ".repeat(numbers));
    let list = format!("<</Type/ObjStm/N 2/First 8/Length {}>>stream\n{list}\nendstream", list.len());
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>";
    let objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, "null", &list];
    let others = [&["null"; 4][..], &vec!["<</Length 6 0 R>>stream\nabcd\nendstream"; streams as usize]].concat();
    for (object, number) in objects.iter().chain(&others).zip(1_u32..) {
        places.push(u32::try_from(bytes.len()).unwrap());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let table = u32::try_from(places.len()).unwrap() + 1;
    let start = u32::try_from(bytes.len()).unwrap();
    let mut entries = vec![0; 7];
    for (place, number) in places.into_iter().chain([start]).zip(1_u32..) {
        // Two of them lie in the list.
        let (kind, place, index) = match number {
            6 => (2, 5, 0),
            7 => (2, 5, 1),
            _ => (1, place, 0),
        };
        entries.extend([&[kind][..], &u32::to_be_bytes(place), &[0, index]].concat());
    }
    let head = format!(
        "{table} 0 obj\n<</Type/XRef/Size {}/W[1 4 2]/Root 1 0 R/Length {}>>stream\n",
        table + 1,
        entries.len()
    );
    let end = format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n");
    bytes.extend([head.as_bytes(), &entries, end.as_bytes()].concat());
    bytes
}

#[test]
fn a_list_of_objects_is_not_read_again_for_thousands_of_streams() {
    assert_eq!(crate::pages(&lengths_in_a_list(20, 100)), Ok(Some(1)));
    let long = lengths_in_a_list(5_000, 1_000_000);
    assert_eq!(crate::pages(&long), Err(NoPreview::TooMuchWork));
    assert_eq!(crate::text(&long), Err(NoPreview::TooMuchWork));
    assert_eq!(crate::count_lists(&long), Err(NoPreview::TooMuchWork));
    assert_eq!(crate::location(&long), crate::Location::Unknown);
}

#[test]
fn deep_nesting_and_pages_that_contain_themselves_come_to_an_end() {
    let nested = format!("%PDF-1.4\n1 0 obj\n{}\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF", "[".repeat(1_000_000));
    may_fail(move || assert_eq!(text(nested.into_bytes()), ""));
    let mut circle = document(&["Order of Draw"]);
    let (id, _) =
        circle.objects.iter().find(|(_, object)| object.type_name().is_ok_and(|name| name == b"Pages")).unwrap();
    let id = *id;
    let kids = vec![Object::Reference(id), Object::Reference(id)];
    circle.get_dictionary_mut(id).unwrap().set("Kids", kids);
    may_fail(move || drop(crate::text(&bytes(circle))));
}

fn drawn(bytes: Vec<u8>, page: u32, width: u32) -> (Preview, DynamicImage) {
    let preview = preview(bytes, page, width).unwrap();
    let picture = image::load_from_memory(&preview.image).unwrap();
    (preview, picture)
}

/// Red on the left, blue on the right.
fn two_halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([250, 10, 10]) } else { Rgb([10, 10, 250]) })
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    two_halves(width, height).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

/// A photo as a camera writes it: with its maker, the way up, and the place.
fn photo(width: u32, height: u32, orientation: u16) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value].concat()
    };
    let long = |value: u32| value.to_le_bytes();
    let mut exif = b"II*\0\x08\0\0\0".to_vec();
    exif.extend(3_u16.to_le_bytes());
    exif.extend(entry(0x010f, 2, 4, *b"Cam\0"));
    exif.extend(entry(0x0112, 3, 1, long(orientation.into())));
    exif.extend(entry(0x8825, 4, 1, long(50)));
    exif.extend(long(0));
    // The place: one entry, the latitude's reference.
    exif.extend(1_u16.to_le_bytes());
    exif.extend(entry(1, 2, 4, *b"PLC\0"));
    exif.extend(long(0));
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.encode_image(&two_halves(width, height)).unwrap();
    bytes
}

fn is_red(pixel: Rgb<u8>) -> bool {
    pixel.0[0] > 180 && pixel.0[2] < 80
}

#[test]
fn a_page_of_a_pdf_is_drawn_as_wide_as_is_asked_and_every_page_is_counted() {
    let (preview, picture) = drawn(pdf(&["Order of Draw", "2.0 contact hours"]), 2, 306);
    assert_eq!((preview.pages, picture.width(), picture.height()), (2, 306, 396));
    let dark = picture.to_luma8().pixels().filter(|pixel| pixel.0[0] < 100).count();
    assert!((20..5_000).contains(&dark), "{dark} dark pixels are no line of text");
}

#[test]
fn a_photo_is_turned_as_it_was_taken_made_smaller_and_never_larger() {
    let (preview, picture) = drawn(photo(400, 200, 1), 1, 100);
    assert_eq!((preview.pages, picture.width(), picture.height()), (1, 100, 50));
    assert!(is_red(*picture.to_rgb8().get_pixel(10, 25)));
    // 6: the camera was held upright; what is on the left of the file belongs on top.
    let (_, picture) = drawn(photo(400, 200, 6), 1, 100);
    assert_eq!((picture.width(), picture.height()), (100, 200));
    assert!(is_red(*picture.to_rgb8().get_pixel(50, 20)) && !is_red(*picture.to_rgb8().get_pixel(50, 180)));
    let (_, picture) = drawn(photo(400, 200, 1), 1, 2000);
    assert_eq!(picture.width(), 400);
}

#[test]
fn where_a_photo_was_taken_never_gets_into_its_preview() {
    let photo = photo(400, 200, 6);
    let place = |bytes: &[u8]| bytes.windows(3).any(|window| window == b"PLC" || window == b"Cam");
    assert!(place(&photo));
    let (preview, _) = drawn(photo, 1, 100);
    assert!(!place(&preview.image) && !preview.image.windows(4).any(|window| window == b"Exif"));
}

#[test]
fn a_photo_as_phones_write_it_is_drawn_too() {
    let rgb = two_halves(64, 32);
    let heic = heifer::encode_rgb8(64, 32, rgb.as_raw(), &heifer::EncodeOptions::default()).unwrap();
    let (_, picture) = drawn(heic.clone(), 1, 64);
    assert_eq!((picture.width(), picture.height()), (64, 32));
    assert!(is_red(*picture.to_rgb8().get_pixel(8, 16)));
    assert_eq!(stand(heic.clone()), Some(Stand::Photo));
    assert!(preview(heic[..heic.len() / 2].to_vec(), 1, 64).is_err());
}

#[test]
fn what_is_transparent_shows_white_paper() {
    let mut bytes = Vec::new();
    DynamicImage::new_rgba8(50, 50).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    let (_, picture) = drawn(bytes, 1, 50);
    assert!(picture.to_rgb8().get_pixel(25, 25).0[0] > 250);
}

#[test]
fn a_preview_that_cannot_be_made_says_why() {
    let mut bomb = png(8, 8);
    bomb[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]); // 30,000 by 30,000, says its header
    let check = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&check.to_be_bytes());
    let whole = pdf(&["Order of Draw"]);
    for (bytes, page, expected) in [
        (bomb, 1, NoPreview::TooLarge),
        (vec![0; 65 * 1024 * 1024], 1, NoPreview::TooLarge),
        (locked("owner", "open-sesame"), 1, NoPreview::Locked),
        (whole[..whole.len() / 2].to_vec(), 1, NoPreview::Damaged),
        (whole.clone(), 0, NoPreview::NoSuchPage),
        (whole, 2, NoPreview::NoSuchPage),
        (png(8, 8), 2, NoPreview::NoSuchPage),
        (png(8, 8)[..40].to_vec(), 1, NoPreview::Damaged),
        (b"MZ a program".to_vec(), 1, NoPreview::Unknown),
        (Vec::new(), 1, NoPreview::Unknown),
    ] {
        let size = bytes.len();
        assert_eq!(preview(bytes, page, 100), Err(expected), "{size} bytes, page {page}");
        assert!(expected.to_string().starts_with("No preview: "));
    }
}

/// As PNG has it (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

#[test]
fn a_pdf_that_would_take_up_far_more_room_when_drawn_is_not_drawn() {
    let with = |stream: Stream| {
        let mut document = document(&["Order of Draw"]);
        document.add_object(stream);
        preview(bytes(document), 1, 100)
    };
    let mut packed = Stream::new(dictionary! {}, vec![b' '; 100 * 1024 * 1024]);
    packed.compress().unwrap();
    assert_eq!(with(packed), Err(NoPreview::TooLarge));
    let mut drawn = document(&["Order of Draw"]);
    let image = dictionary! { "Subtype" => "Image", "Width" => 30_000, "Height" => 30_000 };
    let image = drawn.add_object(Stream::new(image, Vec::new()));
    let content = drawn.add_object(Stream::new(dictionary! {}, b"q 9 0 0 9 0 0 cm /I Do Q".to_vec()));
    let page = *drawn.get_pages().get(&1).unwrap();
    let page = drawn.get_dictionary_mut(page).unwrap();
    page.set("Contents", content);
    page.set("Resources", dictionary! { "XObject" => dictionary! { "I" => image } });
    assert_eq!(preview(bytes(drawn), 1, 100), Err(NoPreview::TooMuchWork));
}

/// A PDF whose page has this content and these resources, which are made in it.
fn page_of(content: Vec<u8>, resources: impl FnOnce(&mut Document) -> lopdf::Dictionary) -> Vec<u8> {
    let mut document = document(&["Order of Draw"]);
    let mut content = Stream::new(dictionary! {}, content);
    content.compress().unwrap();
    let content = document.add_object(content);
    let resources = resources(&mut document);
    let page = *document.get_pages().get(&1).unwrap();
    let page = document.get_dictionary_mut(page).unwrap();
    page.set("Contents", content);
    page.set("Resources", resources);
    bytes(document)
}

#[test]
fn operations_that_draw_nothing_take_work_too() {
    let fonts = |_: &mut Document| {
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        dictionary! { "Font" => dictionary! { "F1" => font } }
    };
    let times = |times: usize| preview(page_of(b"/F1 1 Tf ".repeat(times), fonts), 1, 100).map(|drawn| drawn.pages);
    assert_eq!(times(1_000), Ok(1));
    assert_eq!(times(2_000_000), Err(NoPreview::TooMuchWork));
    // Also where they lie in what is drawn as often as it is named.
    let forms = |document: &mut Document| {
        let form = dictionary! {
            "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
            "Resources" => fonts(document),
        };
        let form = document.add_object(Stream::new(form, b"/F1 1 Tf ".repeat(10_000)));
        dictionary! { "XObject" => dictionary! { "X" => form } }
    };
    let times = |times: usize| preview(page_of(b"/X Do ".repeat(times), forms), 1, 100).map(|drawn| drawn.pages);
    assert_eq!(times(2), Ok(1));
    assert_eq!(times(200), Err(NoPreview::TooMuchWork));
}

#[test]
fn the_functions_that_colours_are_made_by_take_work_too() {
    let range = |numbers: usize| [0, 1].repeat(numbers).into_iter().map(Object::from).collect::<Vec<_>>();
    let program = |document: &mut Document, steps: usize| {
        let head = dictionary! { "FunctionType" => 4, "Domain" => range(2), "Range" => range(1) };
        let steps = [b"{", b"1 add 1 sub ".repeat(steps).as_slice(), b"add}"].concat();
        document.add_object(Stream::new(head, steps))
    };
    let shaded = |steps: usize| {
        let page = page_of(b"/S sh".to_vec(), |document| {
            let shading = dictionary! {
                "ShadingType" => 1, "ColorSpace" => "DeviceGray", "Domain" => range(2),
                "Function" => program(document, steps),
            };
            dictionary! { "Shading" => dictionary! { "S" => shading } }
        });
        preview(page, 1, 600).map(|drawn| drawn.pages)
    };
    assert_eq!(shaded(20), Ok(1));
    assert_eq!(shaded(100_000), Err(NoPreview::TooMuchWork));
    let colored = |inputs: usize| {
        let values = "0.5 ".repeat(inputs);
        let content = format!("/C cs {}", format!("{values}scn 0 0 9 9 re f ").repeat(3_000));
        let page = page_of(content.into_bytes(), |document| {
            let head = dictionary! {
                "FunctionType" => 0, "Domain" => range(inputs), "Range" => range(1), "BitsPerSample" => 1,
                "Size" => vec![Object::from(2); inputs],
            };
            let table = document.add_object(Stream::new(head, vec![0xaa; (1 << inputs) / 8]));
            let names = (0..inputs).map(|name| Object::Name(format!("A{name}").into_bytes())).collect::<Vec<_>>();
            let space = vec!["DeviceN".into(), names.into(), "DeviceGray".into(), table.into()];
            dictionary! { "ColorSpace" => dictionary! { "C" => space } }
        });
        preview(page, 1, 100).map(|drawn| drawn.pages)
    };
    assert_eq!(colored(4), Ok(1));
    assert_eq!(colored(18), Err(NoPreview::TooMuchWork));
    let tree = |depth: usize| {
        let page = page_of(b"/S sh".to_vec(), |document| {
            let leaf = dictionary! { "FunctionType" => 2, "Domain" => range(1), "N" => 1 };
            let mut function = document.add_object(leaf);
            for _ in 0..depth {
                function = document.add_object(dictionary! {
                    "FunctionType" => 3, "Domain" => range(1), "Functions" => vec![Object::from(function); 2],
                    "Bounds" => vec![Object::Real(0.5)], "Encode" => range(2),
                });
            }
            let shading = dictionary! {
                "ShadingType" => 2, "ColorSpace" => "DeviceGray", "Function" => function,
                "Coords" => vec![0.into(), 0.into(), 612.into(), 0.into()],
            };
            dictionary! { "Shading" => dictionary! { "S" => shading } }
        });
        preview(page, 1, 100).map(|drawn| drawn.pages)
    };
    assert_eq!(tree(5), Ok(1));
    assert_eq!(tree(24), Err(NoPreview::TooMuchWork));
}

#[test]
fn a_pdf_or_picture_that_was_scribbled_over_anywhere_does_no_harm() {
    for whole in [pdf(&["Order of Draw"]), png(16, 16), photo(16, 16, 6)] {
        for at in 0..whole.len() {
            let mut scribbled = whole.clone();
            scribbled[at] ^= 0x55;
            may_fail(move || {
                crate::stand(&scribbled);
                let _ = preview(scribbled, 1, 64);
            });
        }
    }
}

#[test]
fn a_picture_from_a_camera_or_off_a_screen_is_told_from_a_scan() {
    for (bytes, expected) in [
        (photo(40, 20, 1), Some(Stand::Photo)),
        (png(1170, 2532), Some(Stand::Screenshot)),
        (png(1920, 1080), Some(Stand::Screenshot)),
        (png(1700, 2200), None),
        (pdf(&["Order of Draw"]), None),
        (b"MZ a program".to_vec(), None),
        (Vec::new(), None),
    ] {
        assert_eq!(stand(bytes), expected);
    }
}

#[test]
fn the_head_of_a_large_picture_says_what_it_is() {
    let mut photo = photo(1600, 1200, 1);
    photo.truncate(photo.len() / 2);
    assert_eq!(stand(photo), Some(Stand::Photo));
    let noise = |x: u32, y: u32| Rgb([x, y, x * 7 + y * 13].map(|of| (of.wrapping_mul(2_654_435_761) >> 24) as u8));
    let mut screenshot = Vec::new();
    let picture = RgbImage::from_fn(1920, 1080, noise);
    picture.write_to(&mut Cursor::new(&mut screenshot), ImageFormat::Png).unwrap();
    assert!(screenshot.len() > HEAD, "{}", screenshot.len());
    assert_eq!(stand(&screenshot[..HEAD]), Some(Stand::Screenshot));
}

#[test]
fn only_a_whole_preview_comes_back_out_of_a_cache() {
    for (preview, _) in [drawn(pdf(&["Order of Draw"]), 1, 64), drawn(photo(64, 64, 1), 1, 64)] {
        let kept = preview.to_bytes();
        assert_eq!(Preview::from_bytes(&kept), Some(preview));
        assert_eq!(Preview::from_bytes(&kept[..kept.len() / 2]), None);
        assert_eq!(Preview::from_bytes(&kept[..3]), None);
        assert_eq!(Preview::from_bytes(b"1234<script>"), None);
    }
}

#[test]
fn the_pages_of_a_pdf_and_of_a_scan_are_counted_and_of_nothing_else() {
    assert_eq!(pages(pdf(&["One", "Two", "Three"])), Some(3));
    assert_eq!(pages(tiff(&[(40, 20, 0), (10, 5, 1), (200, 400, 0)])), Some(2), "one of them is a small copy");
    for other in [locked("owner", "user"), b"%PDF-1.7 and no more".to_vec(), b"a text".to_vec(), Vec::new()] {
        assert_eq!(pages(other), None);
    }
}

#[test]
fn a_pdf_that_says_of_itself_another_number_of_pages_than_are_found_has_none_that_is_known() {
    let with = |kids: usize, count: i64| {
        let mut document = document(&["One"]);
        let page = Object::Reference(*document.get_pages().get(&1).unwrap());
        let tree = document.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
        let tree = document.get_dictionary_mut(tree).unwrap();
        tree.set("Kids", vec![page; kids]);
        tree.set("Count", count);
        pages(bytes(document))
    };
    assert_eq!(with(2, 2), Some(2));
    // The library stops where there are more pages than objects.
    assert_eq!(with(300_000, 300_000), None);
    assert_eq!(with(3, 2), None);
}

/// A PDF whose end is gone, and with it where its objects are; instead of it stands what a server wrote.
fn damaged(document: Document) -> Vec<u8> {
    let mut bytes = bytes(document);
    let end = bytes.windows(6).rposition(|window| window == b"startx").unwrap();
    bytes.truncate(end);
    bytes.extend(b"\n<html>Thank you for your visit</html>".repeat(200));
    assert_eq!(pages(bytes.clone()), None, "it is to be damaged");
    bytes
}

#[test]
fn every_page_of_a_damaged_pdf_is_printed_as_a_picture_as_far_as_it_can_be_read() {
    let damaged = damaged(document(&["Order of Draw", "2.0 contact hours"]));
    let printed = prints(damaged.clone(), 1_100, 85).unwrap();
    assert_eq!(printed.len(), 2);
    for print in printed {
        assert_eq!((print.size, print.is_grey), ((849, 1_100), true));
        let picture = image::load_from_memory(&print.jpeg).unwrap();
        assert_eq!(picture.color(), image::ColorType::L8, "it has the colours that it says");
        let picture = picture.to_luma8();
        let dark = picture.pixels().filter(|pixel| pixel.0[0] < 100).count();
        assert!((100..50_000).contains(&dark), "{dark} dark pixels are no line of text");
    }
    assert_eq!(drawn(damaged, 2, 306).0.pages, 2);
    assert_eq!(prints(b"%PDF-1.7 and no more".to_vec(), 1_100, 85), Err(NoPreview::Damaged));
    assert_eq!(prints(locked("owner", "open-sesame"), 1_100, 85), Err(NoPreview::Locked));
}

#[test]
fn a_damaged_pdf_that_would_take_up_far_more_room_when_drawn_is_not_drawn_either() {
    let with = |stream: Stream| {
        let mut document = document(&["Order of Draw"]);
        document.add_object(stream);
        prints(damaged(document), 1_100, 85)
    };
    let mut packed = Stream::new(dictionary! {}, vec![b' '; 100 * 1024 * 1024]);
    packed.compress().unwrap();
    let mut twice = Stream::new(dictionary! {}, packed.content.clone());
    twice.compress().unwrap();
    twice.dict.set("Filter", vec![Object::from("FlateDecode"); 2]);
    let hexadecimal = packed.content.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
    let filters = vec![Object::from("ASCIIHexDecode"), "FlateDecode".into()];
    let hexadecimal = Stream::new(dictionary! { "Filter" => filters }, hexadecimal);
    for stream in [packed, twice, hexadecimal] {
        assert_eq!(with(stream).map(|printed| printed.len()), Err(NoPreview::TooLarge));
    }
    assert_eq!(with(Stream::new(dictionary! {}, Vec::new())).map(|printed| printed.len()), Ok(1));
}

/// A TIFF of grey pages, each with its size and what it is: 0 for a page, 1 for a smaller copy.
fn tiff(pages: &[(u32, u32, u32)]) -> Vec<u8> {
    let mut bytes = b"II*\0".to_vec();
    let mut to_next = bytes.len();
    bytes.extend([0; 4]);
    for (width, height, kind) in pages {
        let pixels = u32::try_from(bytes.len()).unwrap();
        bytes.extend((0..width * height).map(|_| 200));
        let directory = u32::try_from(bytes.len()).unwrap();
        bytes[to_next..to_next + 4].copy_from_slice(&directory.to_le_bytes());
        let entries =
            [(254_u16, *kind), (256, *width), (257, *height), (258, 8), (259, 1), (262, 1), (273, pixels), (277, 1)];
        let entries = entries.into_iter().chain([(278, *height), (279, width * height)]);
        bytes.extend(10_u16.to_le_bytes());
        for (tag, value) in entries {
            bytes.extend([&tag.to_le_bytes()[..], &4_u16.to_le_bytes(), &1_u32.to_le_bytes()].concat());
            bytes.extend(value.to_le_bytes());
        }
        to_next = bytes.len();
        bytes.extend([0; 4]);
    }
    bytes
}

#[test]
fn every_page_of_a_tiff_is_printed_but_not_the_small_copies_in_it() {
    let sizes =
        |bytes: Vec<u8>| prints(bytes, 100, 85).unwrap().into_iter().map(|print| print.size).collect::<Vec<_>>();
    assert_eq!(sizes(tiff(&[(40, 20, 0), (10, 5, 1), (200, 400, 0)])), [(40, 20), (50, 100)]);
    assert_eq!(sizes(png(40, 20)), [(40, 20)]);
    for (bytes, is_grey) in [(tiff(&[(40, 20, 0)]), true), (png(40, 20), false)] {
        let print = prints(bytes, 100, 85).unwrap().remove(0);
        let has_colours = image::load_from_memory(&print.jpeg).unwrap().color().has_color();
        assert_eq!((print.is_grey, has_colours), (is_grey, !is_grey));
    }
    let mut round = tiff(&[(40, 20, 0), (30, 20, 0)]);
    let end = round.len() - 4;
    round.copy_within(4..8, end);
    assert_eq!(sizes(round), [(40, 20), (30, 20)]);
    assert_eq!(prints(tiff(&[(1, 1, 0); 201]), 100, 85), Err(NoPreview::TooLarge));
}

#[test]
fn a_tiff_whose_many_pages_share_their_pixels_is_not_printed() {
    let mut shared = tiff(&[(4_000, 4_000, 0)]);
    let first = usize::try_from(u32::from_le_bytes(*shared[4..].first_chunk().unwrap())).unwrap();
    let directory = shared[first..shared.len() - 4].to_vec();
    for _ in 1..60 {
        let (next, place) = (u32::try_from(shared.len()).unwrap(), shared.len() - 4);
        shared[place..].copy_from_slice(&next.to_le_bytes());
        shared.extend_from_slice(&directory);
        shared.extend([0; 4]);
    }
    assert_eq!(pages(&shared), Some(60));
    assert_eq!(prints(shared, 100, 85).map(|prints| prints.len()), Err(NoPreview::TooMuchWork));
}

#[test]
fn a_photo_of_which_the_rest_is_missing_is_told_from_a_whole_one() {
    let whole = photo(640, 480, 6);
    assert!(!is_damaged(&whole));
    assert!(!is_damaged(&[&whole[..], b"what some cameras write after it"].concat()));
    assert!(!is_cut(&whole));
    for length in [3, whole.len() / 3, whole.len() * 2 / 3] {
        assert!(is_cut(&whole[..length]) && is_damaged(&whole[..length]), "{length} of {}", whole.len());
    }
    for other in [png(40, 20), b"a text".to_vec(), Vec::new()] {
        assert!(!is_cut(&other) && !is_damaged(&other), "of others drawing fails");
    }
}

#[test]
fn a_picture_far_taller_than_paper_is_printed_in_parts_that_can_be_read() {
    let sizes =
        |bytes: Vec<u8>| prints(bytes, 2_400, 85).unwrap().into_iter().map(|print| print.size).collect::<Vec<_>>();
    assert_eq!(sizes(png(1_000, 2_200)), [(1_000, 2_200)], "a telephone's screen");
    let parts = sizes(png(1_000, 9_000));
    assert_eq!((parts.len(), parts[0], parts[6]), (7, (1_000, 1_286), (1_000, 1_334)));
    assert_eq!(sizes(png(1, 400)).len(), 1, "a line is no page");
}

#[test]
fn a_damaged_page_of_which_nothing_can_be_seen_is_not_printed() {
    assert_eq!(prints(damaged(document(&[""])), 1_100, 85), Err(NoPreview::Damaged));
}

#[test]
fn a_tiff_or_a_damaged_pdf_that_was_scribbled_over_anywhere_does_no_harm() {
    for whole in [tiff(&[(4, 4, 0), (2, 2, 0)]), bytes(document(&["Order of Draw"]))] {
        for at in (0..whole.len()).step_by(5) {
            let mut scribbled = whole.clone();
            scribbled[at] ^= 0x55;
            let cut = whole[..at].to_vec();
            may_fail(move || drop(prints(scribbled, 64, 85)));
            may_fail(move || drop(prints(cut, 64, 85)));
        }
    }
}
