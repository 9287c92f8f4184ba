//! Attaching many files, against hashing, copying and syncing them.

use std::fmt::Write as _;
use std::fs;

use super::{Desk, Noise, quietly, timed};
use crate::process::Done;

const ROUNDS: usize = 5;
/// Such as a whole conference in one PDF: each 150th file.
const LARGE: u64 = 20_000_000;

pub(super) fn compare(desk: &Desk, megabytes: u64) -> Done {
    let files = write_files(desk, megabytes)?;
    let words = ["attach", "c1"].into_iter().chain(files.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
    let ours = || {
        desk.start()?;
        quietly(&mut desk.recert("credit add --title Draw --completed 2024-03-04 --amount 1 --unit contact_hour")?)?;
        timed(&mut desk.recert(&words)?)
    };
    let theirs = || {
        let copies = desk.anew("copies");
        fs::create_dir(&copies).map_err(|e| format!("{}: {e}", copies.display()))?;
        timed(&mut desk.shell("sha256sum files/* > /dev/null; cp files/* copies; sync copies/*"))
    };
    let what = format!("attach {megabytes} MB, {} files; sha256sum, cp, sync", files.len());
    super::compare(&what, "1.2", ROUNDS, ours, theirs)?;
    desk.anew("copies");
    desk.anew("files");
    Ok(())
}

/// PDFs, photos and pictures as they come, no two alike. Returns their names.
fn write_files(desk: &Desk, megabytes: u64) -> Done<Vec<String>> {
    let folder = desk.path("files");
    fs::create_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut noise = Noise(20_240_304);
    let (mut names, mut left) = (Vec::new(), megabytes * 1_000_000);
    while left > 0 {
        let number = names.len();
        let size = if number % 150 == 149 { LARGE } else { size(&mut noise) };
        let size = size.min(left);
        left -= size;
        let content = noise.bytes(size);
        let (extension, file) = match number % 3 {
            0 => ("pdf", pdf(number, &content)),
            1 => ("jpg", [JPEG, &content, b"\xff\xd9"].concat()),
            _ => ("png", png(&content)),
        };
        let name = format!("files/{number:04}.{extension}");
        desk.write(&name, &file)?;
        names.push(name);
    }
    Ok(names)
}

/// From 50 kB up to 6.4 MB, as many in each doubling.
fn size(noise: &mut Noise) -> u64 {
    let least = 50_000 << (noise.next() % 7);
    least + noise.next() % least
}

/// Up to where the pixels begin: JFIF, one grey frame of 1275 by 1650, one scan.
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\x01\0\x48\0\x48\0\0\
    \xff\xc0\0\x0b\x08\x06\x72\x04\xfb\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0";

/// A grey picture of 1275 by 1650, its header with its checksum.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x04\xfb\0\0\x06\x72\x08\0\0\0\0\x63\xaf\xbe\xd2";

fn png(pixels: &[u8]) -> Vec<u8> {
    let length = u32::try_from(pixels.len()).unwrap_or(u32::MAX).to_be_bytes();
    [PNG, &length, b"IDAT", pixels, b"\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82"].concat()
}

/// A page with a line of text and a scan.
fn pdf(number: usize, scan: &[u8]) -> Vec<u8> {
    let line = format!("BT /F1 18 Tf 72 720 Td (Certificate of completion {number}) Tj ET");
    let resources = "<< /Font << /F1 5 0 R >> /XObject << /I 6 0 R >> >>";
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources {resources} >>")
            .into(),
        stream("", line.as_bytes()),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        stream("/Type /XObject /Subtype /Image /Width 1275 /Height 1650 /Filter /DCTDecode", scan),
    ];
    self::file(&objects)
}

/// A PDF of these objects; the first is its catalog.
pub(super) fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (object, id) in objects.iter().zip(1..) {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        file.extend([format!("{id} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let at = file.len();
    let _ = write!(table, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n", objects.len() + 1);
    [file, table.into_bytes()].concat()
}

fn stream(keys: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<< {keys} /Length {} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}
