//! Where a photo was taken does not leave the record: not in a packet, nor in its folder, however deep it lies in a file.
//! What was written is taken apart by programs that have nothing to do with Recert.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::command::{Desk, small_pdf};

const SECRET: &[u8] = b"GPS-SECRET-40.7128N";

fn jpeg() -> Vec<u8> {
    let pixels = (0..=255_u8).flat_map(|shade| [shade, 255 - shade, 90]).collect();
    inspect::print_pixels(pixels, (16, 16), false, 16, 90).unwrap().jpeg
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

/// A JPEG that says where it was taken in every way that a JPEG can.
fn photo() -> Vec<u8> {
    let told = |marker: u8, head: &[u8]| segment(marker, &[head, SECRET].concat());
    let all = [
        told(0xe1, b"Exif\0\0"),
        told(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude='40'/>"),
        // A digest, the whole length, and where this part belongs.
        told(0xe1, &[b"http://ns.adobe.com/xmp/extension/\0", &[b'0'; 32][..], b"\0\0\0\x13\0\0\0\0"].concat()),
        told(0xed, b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x18\x1c\x02\x5a\0\x13"),
        told(0xfe, b""),
        told(0xe5, b""),
    ];
    let clean = jpeg();
    let second = [&clean[..2], &told(0xe1, b"Exif\0\0"), &clean[2..]].concat();
    [&clean[..2], &all.concat(), &clean[2..], &second, SECRET].concat()
}

/// A PDF of these objects, the first of which is the catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(pdf.len());
        pdf.extend(format!("{number} 0 obj\n").into_bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let table = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        pdf.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    pdf.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").into_bytes());
    pdf
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<<{entries}/Length {}>>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

const IMAGE: &str = "/Type/XObject/Subtype/Image/Width 16/Height 16/ColorSpace/DeviceRGB/BitsPerComponent 8";

/// A page that draws an image, and whatever else: entries of the catalog, of the page and of the image, the image's
/// content, the page's content, more objects from number 6 on.
fn page(catalog: &str, page: &str, image: &str, data: &[u8], drawn: &[u8], more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>").into_bytes(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R{page}>>"
        )
        .into_bytes(),
        stream("", drawn),
        stream(&format!("{IMAGE}{image}"), data),
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

const DRAWN: &[u8] = b"q 600 0 0 700 0 0 cm /F Do Q";

fn digits(bytes: &[u8]) -> Vec<u8> {
    [bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes(), b">".to_vec()].concat()
}

/// Deflate without saving anything (RFC 1950, RFC 1951).
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    let sums = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (a + b) % 65_521)
    });
    let check = (sums.1 << 16 | sums.0).to_be_bytes();
    [&[0x78, 0x01, 0x01][..], &length.to_le_bytes(), &(!length).to_le_bytes(), bytes, &check].concat()
}

fn runs(bytes: &[u8]) -> Vec<u8> {
    let runs = bytes.chunks(128).map(|run| [&[u8::try_from(run.len() - 1).unwrap()], run].concat());
    [runs.collect::<Vec<_>>().concat(), vec![128]].concat()
}

/// Every form that was thought of, and whether the image is the only picture of it.
fn forms() -> Vec<(&'static str, Vec<u8>)> {
    let image = |entries: &str, data: &[u8]| page("", "", entries, data, DRAWN, &[]);
    let clean = "/Filter/DCTDecode";
    let inline = |filter: &str, data: &[u8]| {
        let begin = format!("q 600 0 0 700 0 0 cm BI /W 16 /H 16 /BPC 8 /CS /RGB {filter} ID ");
        page("", "", clean, &jpeg(), &[begin.as_bytes(), data, b"\nEI Q"].concat(), &[])
    };
    let xmp = stream("/Type/Metadata/Subtype/XML", &[b"<x:xmpmeta exif:GPSLatitude='40'/>", SECRET].concat());
    let secret = String::from_utf8_lossy(SECRET);
    vec![
        ("name", image("/Filter/DCTDecode", &photo())),
        ("array", image("/Filter[/DCTDecode]", &photo())),
        ("escaped", image("/Filter/DC#54#44ecode", &photo())),
        ("short", image("/Filter/DCT", &photo())),
        ("flate", image("/Filter[/FlateDecode/DCTDecode]", &deflated(&photo()))),
        ("flate twice", image("/Filter[/FlateDecode/FlateDecode/DCTDecode]", &deflated(&deflated(&photo())))),
        ("digits", image("/Filter[/ASCIIHexDecode/DCTDecode]/DecodeParms[null null]", &digits(&photo()))),
        ("runs", image("/Filter[/RunLengthDecode/DCTDecode]", &runs(&photo()))),
        ("apart", page("", "", "/Filter 6 0 R", &photo(), DRAWN, &[b"[7 0 R]".to_vec(), b"/DCTDecode".to_vec()])),
        ("inline", inline("/F /DCT", &photo())),
        ("inline in digits", inline("/F [/AHx /DCT]", &digits(&photo()))),
        ("inline flate", inline("/Filter [/Fl /DCT]", &deflated(&photo()))),
        ("of the document", page("/Metadata 6 0 R", "", clean, &jpeg(), DRAWN, std::slice::from_ref(&xmp))),
        ("of the page", page("", "/Metadata 6 0 R", clean, &jpeg(), DRAWN, std::slice::from_ref(&xmp))),
        ("of the image", page("", "", &format!("{clean}/Metadata 6 0 R"), &jpeg(), DRAWN, std::slice::from_ref(&xmp))),
        (
            "of a program",
            page(
                "/Metadata 7 0 R",
                "",
                &format!("{clean}/PieceInfo<</Camera<</Private 6 0 R>>>>"),
                &jpeg(),
                DRAWN,
                &[stream("", SECRET), xmp],
            ),
        ),
        (
            "another picture of it",
            page(
                "",
                "",
                &format!("{clean}/Alternates[<</Image 6 0 R>>]"),
                &jpeg(),
                DRAWN,
                &[stream(&format!("{IMAGE}/Filter[/DCTDecode]"), &photo())],
            ),
        ),
        (
            "a small picture of it",
            page(
                "",
                "/Thumb 6 0 R",
                clean,
                &jpeg(),
                DRAWN,
                &[stream(&format!("{IMAGE}/Filter[/DCTDecode]"), &photo())],
            ),
        ),
        (
            "a file in it",
            page(
                "",
                "/AF[<</Type/Filespec/EF<</F 6 0 R>>>>]",
                clean,
                &jpeg(),
                DRAWN,
                &[stream("/Type/EmbeddedFile/Filter/FlateDecode", &deflated(&photo()))],
            ),
        ),
        (
            "a map",
            page(
                "",
                &format!("/VP[<</Type/Viewport/Measure<</Subtype/GEO/GPTS[({secret})]>>>>]"),
                clean,
                &jpeg(),
                DRAWN,
                &[],
            ),
        ),
        (
            "a map of the image",
            page("", "", &format!("{clean}/Measure<</Subtype/GEO/GPTS[({secret})]>>"), &jpeg(), DRAWN, &[]),
        ),
    ]
}

fn attached(desk: &Desk, title: &str, name: &str, bytes: impl AsRef<[u8]>) {
    let id = desk.credit(&["--title", title, "--completed", "2024-03-04", "--amount", "1", "--unit", "contact_hour"]);
    desk.write(name, bytes);
    desk.done(&["attach", &id, name]);
}

/// Every byte of a PDF, its streams unpacked as far as they are not pictures, by qpdf.
fn unpacked(path: &Path) -> Vec<u8> {
    let output = Command::new("qpdf")
        .args(["--qdf", "--object-streams=disable", "--stream-data=uncompress", "--decode-level=generalized"])
        .args([path.as_os_str(), "-".as_ref()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn tells(bytes: &[u8]) -> bool {
    bytes.windows(10).any(|window| window == &SECRET[..10])
}

/// Whether a PDF tells it, in whatever it is packed.
fn told(pdf: &Path) -> bool {
    tells(&unpacked(pdf)) || pictures(pdf).iter().any(|picture| tells(picture))
}

/// The JPEGs in a PDF as they are, by poppler.
fn pictures(pdf: &Path) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new("pdfimages").arg("-all").arg(pdf).arg(folder.path().join("p")).status().unwrap();
    assert!(done.success());
    let files = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
    files
        .filter(|file| file.extension().is_some_and(|kind| kind == "jpg"))
        .map(|file| fs::read(file).unwrap())
        .collect()
}

fn remark(report: &Value, number: usize) -> &str {
    report["exhibits"][number - 1]["remark"].as_str().unwrap_or_default()
}

#[test]
fn where_a_photo_was_taken_is_in_no_packet_and_its_picture_is_there_bit_for_bit() {
    let desk = Desk::of_maria();
    for (what, bytes) in forms() {
        let file = format!("{what}.pdf");
        attached(&desk, what, &file, bytes);
        // Pictures in a content that is packed are no files of their own for anybody else.
        assert!(told(&desk.path(&file)) || what.starts_with("inline"), "{what}");
    }
    attached(&desk, "photo", "photo.jpg", photo());
    let report = desk.asked(&["packet", "-o", "p.pdf", "--only", "all"]);
    for exhibit in report["exhibits"].as_array().unwrap() {
        assert_eq!((&exhibit["pages"], &exhibit["remark"]), (&1.into(), &Value::Null), "{exhibit}");
    }
    assert!(!tells(&fs::read(desk.path("p.pdf")).unwrap()));
    assert!(!told(&desk.path("p.pdf")));
    let pictures = pictures(&desk.path("p.pdf"));
    // The photo is drawn anew, and poppler writes the three within contents in another form.
    let same = pictures.iter().filter(|picture| **picture == jpeg()).count();
    assert!(same >= forms().len() - 3 && pictures.len() > same, "{same} of {}", pictures.len());
}

#[test]
fn where_a_photo_was_taken_is_in_no_file_of_a_folder_and_it_is_said_where_it_was_removed() {
    let desk = Desk::of_maria();
    for (what, bytes) in forms() {
        attached(&desk, what, &format!("{what}.pdf"), bytes);
    }
    attached(&desk, "photo", "photo.jpg", photo());
    attached(&desk, "quiet", "quiet.pdf", page("", "", "/Filter/DCTDecode", &jpeg(), DRAWN, &[]));
    let report = desk.asked(&["packet", "-o", "upload", "--only", "all"]);
    let mut changed = 0;
    for entry in fs::read_dir(desk.path("upload")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(!tells(&fs::read(&path).unwrap()), "{name}");
        if name.ends_with(".pdf") && !name.starts_with("00") {
            assert!(!told(&path), "{name}");
            assert!(pictures(&path).contains(&jpeg()) || name.contains("inline"), "{name}");
        }
    }
    for exhibit in report["exhibits"].as_array().unwrap() {
        let told = exhibit["remark"].as_str().unwrap_or_default();
        let is_quiet = ["photo.jpg", "quiet.pdf"].contains(&exhibit["name"].as_str().unwrap());
        assert_eq!(told.is_empty(), is_quiet, "{exhibit}");
        assert!(is_quiet || told == "What told where a photo in it was taken was removed.", "{exhibit}");
        changed += usize::from(!is_quiet);
    }
    assert_eq!(changed, forms().len());
    let files: Vec<_> = fs::read_dir(desk.path("upload")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let quiet = files.iter().find(|file| file.to_string_lossy().contains("quiet")).unwrap();
    assert_eq!(fs::read(quiet).unwrap(), fs::read(desk.path("quiet.pdf")).unwrap(), "it stays byte for byte");
}

/// The same PDF, locked by qpdf.
fn locked(desk: &Desk, name: &str, bytes: &[u8], words: &[&str]) -> Vec<u8> {
    let (from, to) = (desk.write("unlocked.pdf", bytes), desk.path(name));
    let done = Command::new("qpdf").arg("--encrypt").args(words).arg("--").arg(from).arg(&to).status().unwrap();
    assert!(done.success());
    fs::read(to).unwrap()
}

#[test]
fn a_file_that_goes_along_whole_loses_it_too_or_it_is_said_that_it_may_tell_it() {
    let desk = Desk::of_maria();
    let telling = page("", "", "/Filter[/DCTDecode]", &photo(), DRAWN, &[]);
    let note = "/Annots[<</Type/Annot/Subtype/Square/Rect[9 9 90 90]>>]";
    attached(&desk, "A noted", "noted.pdf", page("", note, "/Filter[/DCTDecode]", &photo(), DRAWN, &[]));
    // What follows the end of a picture cannot be told from what follows the picture, if the file is in pieces.
    let photo = &photo()[..photo().len() - SECRET.len()];
    let pieces = page("", "", "/Filter[/DCTDecode]", photo, DRAWN, &[]);
    let table = pieces.windows(5).position(|word| word == b"xref\n").unwrap();
    attached(&desk, "B cut", "cut.pdf", &pieces[..table]);
    let end = photo.windows(2).position(|mark| mark == [0xff, 0xd9]).unwrap();
    attached(&desk, "C cut", "cut.jpg", &photo[..end - 20]);
    let open = locked(&desk, "open.pdf", &telling, &["", "owner", "256", "--assemble=n", "--modify=none"]);
    attached(&desk, "D open", "open.pdf", open);
    let closed = locked(&desk, "closed.pdf", &telling, &["user", "owner", "256"]);
    attached(&desk, "E closed", "closed.pdf", closed);
    for output in ["p.pdf", "upload"] {
        let report = desk.asked(&["packet", "-o", output, "--only", "all"]);
        let names = report["exhibits"].as_array().unwrap().iter().map(|exhibit| exhibit["name"].clone());
        let names: Vec<Value> = names.collect();
        for (name, told) in [
            ("noted.pdf", "was taken"),
            ("cut.pdf", "It is damaged."),
            ("cut.jpg", "without what told where a photo in it was taken"),
            ("open.pdf", "It may tell where a photo in it was taken, and that cannot be removed."),
            ("closed.pdf", "It cannot be looked into: if there is a photo in it, that may tell where it was taken."),
        ] {
            let number = names.iter().position(|other| other == name).unwrap() + 1;
            assert!(remark(&report, number).contains(told), "{output}, {name}: {}", remark(&report, number));
        }
    }
    assert!(!told(&desk.path("p.pdf")));
    for entry in fs::read_dir(desk.path("upload")).unwrap() {
        let path = entry.unwrap().path();
        assert!(!tells(&fs::read(&path).unwrap()), "{}", path.display());
    }
    // Once its maker's lock is set aside, its pages are laid out without it.
    let report = desk.asked(&["packet", "-o", "merged.pdf", "--only", "all", "--merge-locked"]);
    assert!(!report.to_string().contains("cannot be removed"), "{report}");
    assert!(!told(&desk.path("merged.pdf")));
}

#[test]
fn originals_that_are_attached_are_the_originals_and_it_is_said_which_may_tell_it() {
    let desk = Desk::of_maria();
    let telling = page("", "", "/Filter[/DCTDecode]", &photo(), DRAWN, &[]);
    attached(&desk, "A", "photo.jpg", photo());
    attached(&desk, "B", "scan.pdf", &telling);
    attached(&desk, "C", "quiet.pdf", small_pdf("quiet"));
    let told = desk.done(&["transcript", "-o", "t.pdf", "--with-originals"]);
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told[0], "Wrote t.pdf.");
    let sentence = "It is attached as you added it, and may tell where a photo in it was taken.";
    assert_eq!(told[1..].len(), 2, "{told:?}");
    for name in ["photo.jpg", "scan.pdf"] {
        assert!(told.contains(&format!("{name}: {sentence}").as_str()), "{told:?}");
    }
    let report = desk.asked(&["transcript", "-o", "t.pdf", "--with-originals"]);
    assert_eq!((&report["name"], report["remarks"].as_array().unwrap().len()), (&"t.pdf".into(), 2));
    let whole = unpacked(&desk.path("t.pdf"));
    for original in [photo(), telling, small_pdf("quiet")] {
        assert!(whole.windows(original.len()).any(|window| window == original), "an original is another");
    }
    let alone = desk.asked(&["transcript", "-o", "t.pdf"]);
    assert_eq!(alone["remarks"], Value::Array(Vec::new()));
}
