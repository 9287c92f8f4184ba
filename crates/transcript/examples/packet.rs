//! Writes a packet of a sample record with the PDFs and JPEGs named, to look at:
//! `cargo run -p transcript --example packet -- out.pdf FILE…`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "for the developer's eyes")]

#[path = "../tests/transcript/records.rs"]
mod records;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use domain::{ProofRef, ProofRole};
use transcript::{Content, Location, Proofs, Why};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().unwrap();
    let files: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    let mut sample = records::many(files.len());
    let mut paths = BTreeMap::new();
    for (index, file) in files.into_iter().enumerate() {
        let sha256 = format!("{index:064x}");
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        sample.record.credits[index].proofs =
            vec![ProofRef { sha256: sha256.clone(), name, role: ProofRole::Certificate }];
        paths.insert(sha256, file);
    }
    let proofs = Proofs {
        load: &mut |sha256| content(&paths[sha256]),
        progress: &mut |_, _| true,
        open: &|_| Err(std::io::ErrorKind::NotFound.into()),
        take_apart: &|bytes, next| {
            transcript::take_apart(bytes, next, true, None, |_, stream| Some(Cow::Borrowed(stream)))
        },
        with_documents: true,
        draw: &|_| Err(Why::Undrawable),
        strip: &|bytes| (bytes, Location::Unknown),
    };
    let to = std::io::BufWriter::new(std::fs::File::create(out).unwrap());
    let all = transcript::packet(sample.material(), &sample.options, proofs, to).unwrap();
    for exhibit in all {
        println!("{:>4} {:?} {}", exhibit.number, exhibit.laid, exhibit.name);
    }
}

fn content(path: &Path) -> Content {
    let bytes = std::fs::read(path).unwrap();
    if bytes.windows(5).take(1024).any(|mark| mark == b"%PDF-") {
        Content::Pdf(bytes)
    } else {
        Content::File { bytes, media_type: "application/octet-stream".to_owned(), why: Why::Undrawable }
    }
}
