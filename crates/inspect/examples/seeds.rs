//! Writes files that the fuzzer begins with, in a folder for each target: `cargo run -p inspect --example seeds -- FOLDER`.
#![allow(clippy::unwrap_used, reason = "for developers")]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use lopdf::{Document, Object, Stream, dictionary};

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let keep = |target: &str, name: &str, bytes: &[u8]| {
        let place = Path::new(&folder).join(target);
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join(name), bytes).unwrap();
    };
    let rgb = RgbImage::from_fn(48, 32, |x, y| Rgb([if x < 24 { 255 } else { 0 }, u8::try_from(y).unwrap(), 90]));
    let drawn = DynamicImage::from(rgb.clone());
    let as_format = |picture: &DynamicImage, format: ImageFormat| {
        let mut bytes = Vec::new();
        picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    };
    let grey = DynamicImage::from(drawn.to_luma8());
    let clear = DynamicImage::new_rgba8(16, 16);
    for (name, picture) in [("colour", &drawn), ("grey", &grey), ("clear", &clear)] {
        keep("photo", &format!("{name}.png"), &as_format(picture, ImageFormat::Png));
        keep("photo", &format!("{name}.webp"), &as_format(picture, ImageFormat::WebP));
        keep("tiff", &format!("{name}.tif"), &as_format(picture, ImageFormat::Tiff));
    }
    let jpeg = as_format(&drawn, ImageFormat::Jpeg);
    keep("jpeg", "whole.jpg", &jpeg);
    keep("jpeg", "cut.jpg", &jpeg[..jpeg.len() / 2]);
    keep("jpeg", "grey.jpg", &as_format(&grey, ImageFormat::Jpeg));
    keep("heif", "colour.heic", &heifer::encode_rgb8(48, 32, rgb.as_raw(), &heifer::EncodeOptions::default()).unwrap());
    let pdf = document(&jpeg);
    for target in ["pdf_text", "pdf_pages", "exhibit"] {
        keep(target, "page.pdf", &pdf);
    }
}

/// A page with text, a picture, a note, a field and a layer.
fn document(jpeg: &[u8]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let picture = document.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 48, "Height" => 32,
        "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode" },
        jpeg.to_vec(),
    ));
    let layer = document.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("Seal") });
    let looks = document.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => rectangle() },
        b"0 1 0 rg 1 1 7 7 re f".to_vec(),
    ));
    let note = document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Stamp", "Rect" => rectangle(),
    "AP" => dictionary! { "N" => looks } });
    let field = document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Widget", "Rect" => rectangle(),
    "FT" => "Tx", "T" => Object::string_literal("name"), "V" => Object::string_literal("Maria"),
    "DA" => Object::string_literal("/F1 9 Tf") });
    let draws = b"/OC /L BDC BT /F1 18 Tf 72 720 Td (Order of Draw) Tj ET EMC q 48 0 0 32 9 9 cm /P Do Q".to_vec();
    let mut content = Stream::new(dictionary! {}, draws);
    let plain = document.add_object(content.clone());
    content.compress().unwrap();
    let packed = document.add_object(content);
    let pages: Vec<Object> = [plain, packed]
        .map(|content| {
            document
                .add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content,
                "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
                "Annots" => vec![note.into(), field.into()],
                "Resources" => dictionary! { "Font" => dictionary! { "F1" => font },
                "XObject" => dictionary! { "P" => picture },
                "Properties" => dictionary! { "L" => layer } } })
                .into()
        })
        .into();
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => pages, "Count" => 2 }.into());
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree,
    "AcroForm" => dictionary! { "Fields" => vec![field.into()] },
    "OCProperties" => dictionary! { "OCGs" => vec![layer.into()], "D" => dictionary! { "OFF" => Vec::<Object>::new() } } });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn rectangle() -> Vec<Object> {
    [9, 9, 90, 29].map(Object::from).into()
}
