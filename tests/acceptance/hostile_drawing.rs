//! Certificates that would use up a computer when they are drawn, and the process that draws them.

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::Value;

use crate::command::{Desk, small_pdf};

/// A PDF of these objects, numbered from 1; the first is the catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(pdf.len());
        pdf.extend(format!("{number} 0 obj\n").bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let table = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    pdf.extend(places.iter().flat_map(|place| format!("{place:010} 00000 n \n").into_bytes()));
    let size = objects.len() + 1;
    pdf.extend(format!("trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    pdf
}

fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<< /Length {} {entries} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

/// A PDF of one page with this content; more objects are numbered from 5 on.
fn page(resources: &str, content: Vec<u8>, more: &[Vec<u8>]) -> Vec<u8> {
    page_of("0 0 612 792", resources, content, more)
}

fn page_of(size: &str, resources: &str, content: Vec<u8>, more: &[Vec<u8>]) -> Vec<u8> {
    let page =
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [{size}] /Contents 4 0 R /Resources << {resources} >> >>");
    let first = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        page.into_bytes(),
        content,
    ];
    pdf(&[&first, more].concat())
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A few hundred bytes that become far more than any stream of a certificate.
fn bomb(entries: &str) -> Vec<u8> {
    let blanks = vec![b' '; 128 * 1024 * 1024];
    stream(&format!("{entries} /Filter [/FlateDecode /FlateDecode]"), &packed(&packed(&blanks)))
}

/// Forms that each draw the next one twice.
fn nested(depth: usize, content: &str) -> Vec<u8> {
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 612 792]";
    let mut forms: Vec<_> = (0..depth)
        .map(|index| stream(&format!("{form} /Resources << /XObject << /F {} 0 R >> >>", index + 6), b"/F Do /F Do"))
        .collect();
    forms.push(stream(form, content.as_bytes()));
    page("/XObject << /F 5 0 R >>", stream("", b"/F Do"), &forms)
}

/// Patterns that each fill with the next one.
fn nested_patterns(depth: usize) -> Vec<u8> {
    let pattern = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 1 /YStep 1";
    let fills = b"/Pattern cs /P scn 0 0 9 9 re f 1 1 9 9 re f";
    let mut patterns: Vec<_> = (0..depth)
        .map(|index| stream(&format!("{pattern} /Resources << /Pattern << /P {} 0 R >> >>", index + 6), fills))
        .collect();
    patterns.push(stream(&format!("{pattern} /Resources << >>"), b"0 0 9 9 re f"));
    page("/Pattern << /P 5 0 R >>", stream("", b"/Pattern cs /P scn 0 0 612 792 re f"), &patterns)
}

/// Masks that each need the next one.
fn nested_masks(depth: usize) -> Vec<u8> {
    let state = |next: usize| format!("/ExtGState << /G << /SMask << /S /Luminosity /G {next} 0 R >> >> >>");
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Group << /S /Transparency /CS /DeviceGray >>";
    let draws = b"/G gs 0 0 612 792 re f /G gs 9 9 600 700 re f";
    let mut masks: Vec<_> =
        (0..depth).map(|index| stream(&format!("{form} /Resources << {} >>", state(index + 6)), draws)).collect();
    masks.push(stream(&format!("{form} /Resources << >>"), b"0 0 9 9 re f"));
    page(&state(5), stream("", draws), &masks)
}

/// A picture that says it is 20,000 pixels wide and high, by the header of JPEG 2000.
fn huge_jpx() -> Vec<u8> {
    let side = 20_000_u32.to_be_bytes();
    let mut head = b"\xff\x4f\xff\x51\x00\x29\x00\x00".to_vec();
    head.extend([side, side, [0; 4], [0; 4], side, side, [0; 4], [0; 4]].concat());
    head.extend(b"\x00\x01\x07\x01\x01\xff\x52\x00\x0c\x00\x00\x00\x01\x00\x05\x04\x04\x00\x00\xff\x5c\x00\x13\x40");
    head.extend([0x40; 16]);
    head.extend(b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x00\x00\x01\xff\x93\xff\xd9");
    let entries = "/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8 \
                   /Filter /JPXDecode";
    page("/XObject << /I 5 0 R >>", stream("", b"612 0 0 792 0 0 cm /I Do"), &[stream(entries, &head)])
}

/// A PNG that says it is so large, and holds nothing.
fn huge_png() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
    png.extend([60_000_u32.to_be_bytes(), 60_000_u32.to_be_bytes()].concat());
    png.extend(b"\x08\x06\x00\x00\x00\xd4\x0c\x9a\xd5\x00\x00\x00\x00IEND\xae\x42\x60\x82");
    png
}

/// Each file, and whether its pages may be there.
fn hostile() -> Vec<(&'static str, Vec<u8>, bool)> {
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]";
    let cycle =
        [b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>".to_vec()];
    let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
    vec![
        ("jpx.pdf", huge_jpx(), false),
        ("content.pdf", page("", bomb(""), &[]), false),
        ("form.pdf", page("/XObject << /F 5 0 R >>", stream("", b"/F Do"), &[bomb(form)]), false),
        ("nested.pdf", nested(40, "0 0 9 9 re f"), false),
        ("nested-empty.pdf", nested(40, ""), false),
        ("patterns.pdf", nested_patterns(30), false),
        ("masks.pdf", nested_masks(30), true),
        ("huge-page.pdf", page_of("0 0 1e9 1e9", "", stream("", b"0 0 9 9 re f"), &[]), true),
        ("cycle.pdf", pdf(&cycle), false),
        ("deep.pdf", page("", stream("", b""), &[deep]), true),
        ("png.png", huge_png(), false),
        ("cut.pdf", small_pdf("cut")[..300].to_vec(), true),
    ]
}

#[test]
fn a_certificate_that_would_use_up_the_computer_is_named_and_the_others_are_laid_out() {
    let desk = Desk::of_maria();
    let id = desk.credit(&[
        "--title",
        "Order of Draw",
        "--completed",
        "2024-03-04",
        "--amount",
        "1",
        "--unit",
        "contact_hour",
    ]);
    desk.write("sound.pdf", small_pdf("sound"));
    let hostile = hostile();
    for (name, bytes, _) in &hostile {
        desk.write(name, bytes);
    }
    let names = hostile.iter().map(|(name, ..)| *name).chain(["sound.pdf"]);
    let attach: Vec<&str> = ["attach", &id].into_iter().chain(names).collect();
    let attached = desk.asked(&attach);
    assert_eq!(attached["attached"].as_array().unwrap().len(), hostile.len() + 1, "{attached}");
    let packet = desk.asked(&["packet", "-o", "p.pdf"]);
    let exhibits = packet["exhibits"].as_array().unwrap();
    for (exhibit, (name, _, may_be_there)) in exhibits.iter().zip(&hostile) {
        assert_eq!(exhibit["name"], *name);
        let is_there = exhibit["pages"].as_u64().unwrap() > 0;
        assert!(*may_be_there || !is_there, "{exhibit}");
        assert!(is_there || exhibit["remark"].is_string(), "{exhibit}");
    }
    let sound = exhibits.last().unwrap();
    assert_eq!((&sound["pages"], &sound["remark"]), (&1.into(), &Value::Null));
    for words in [&["verify"][..], &["search", "sound"], &["preflight"], &["transcript", "-o", "t.pdf"]] {
        desk.done(words);
    }
    let left = fs::read_dir(desk.path("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(left.filter(|name| name.starts_with(".recert-")).collect::<Vec<_>>(), [""; 0]);
}

/// The process itself, asked as the program asks it.
#[cfg(target_os = "linux")]
mod process {
    use std::fs;
    use std::io::{Read as _, Write as _};
    use std::process::{Command, Stdio};

    use serde_json::{Value, json};

    use super::huge_png;
    use crate::command::{Desk, small_pdf};

    /// A request as it goes over the pipe.
    fn frame(request: &Value, bytes: &[u8]) -> Vec<u8> {
        let head = request.to_string();
        let length = u32::try_from(head.len()).unwrap().to_le_bytes();
        [&length[..], &(bytes.len() as u64).to_le_bytes(), head.as_bytes(), bytes].concat()
    }

    #[test]
    fn the_process_that_draws_opens_no_file_and_no_connection() {
        let desk = Desk::new();
        let log = desk.path("calls");
        let photo = huge_png();
        let requests = [
            (json!("Text"), small_pdf("sound")),
            (json!({ "Preview": { "page": 1, "width": 640 } }), small_pdf("sound")),
            (json!({ "Prints": { "longest": 800, "quality": 80 } }), small_pdf("sound")),
            (json!({ "TakeApart": { "next": 1, "merge_locked": false, "shrink": null } }), small_pdf("sound")),
            (json!("WithoutLocation"), small_pdf("sound")),
            (json!({ "Prints": { "longest": 800, "quality": 80 } }), photo),
        ];
        let mut traced = Command::new("strace")
            .env("MIMALLOC_ARENA_EAGER_COMMIT", "0") // as the program starts it
            .args(["-f", "-e", "trace=%file,%network,write", "-o"])
            .arg(&log)
            .arg(env!("CARGO_BIN_EXE_recert-under-test"))
            .arg("serve-strangers-files")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("strace is installed for the tests");
        let mut to = traced.stdin.take().unwrap();
        requests.iter().for_each(|(request, bytes)| to.write_all(&frame(request, bytes)).unwrap());
        // It ends once nothing more is asked and everything is answered.
        let mut from = traced.stdout.take().unwrap();
        let mut answered = Vec::new();
        let mut answers = 0;
        while answers <= requests.len() {
            let mut length = [0; 12];
            from.read_exact(&mut length).unwrap();
            let head = u64::from(u32::from_le_bytes(*length.first_chunk().unwrap()));
            let body = u64::from_le_bytes(*length.last_chunk().unwrap());
            from.by_ref().take(head + body).read_to_end(&mut answered).unwrap();
            answers += 1;
        }
        drop(to);
        assert!(traced.wait().unwrap().success());
        assert!(answered.windows(5).any(|window| window == b"sound"), "it read the file");
        let calls = fs::read_to_string(log).unwrap();
        let (before, after) = calls.split_once("ready").expect("it says that it is ready");
        assert!(before.contains("openat"), "opening is traced");
        let asked: Vec<&str> =
            after.lines().skip(1).filter(|call| !call.contains("write(") && call.contains('(')).collect();
        // How many processors there are is asked, and refused.
        let opened: Vec<&&str> = asked.iter().filter(|call| !call.contains("= -1 ") && !call.contains("---")).collect();
        assert!(opened.is_empty(), "{opened:#?}");
        assert!(asked.iter().all(|call| !call.contains(desk.path("").to_str().unwrap())), "{asked:#?}");
    }
}
