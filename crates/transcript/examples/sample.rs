//! Writes a sample transcript or another sheet, to look at: `cargo run -p transcript --example sample -- out.pdf
//! [empty|lived-in|COUNT] [worksheet|employer|calendar|index|letter] [equipped] [large] [summary] [other] [a4] [originals] [reviewer]
//! [hidden]`.
#![allow(clippy::unwrap_used, reason = "for the developer's eyes")]

#[path = "../tests/transcript/records.rs"]
mod records;

use transcript::{Extent, Hidden, Only, Paper, Print, SheetKind};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap();
    let mut sample = match arguments.next().as_deref() {
        Some("empty") => records::empty(),
        None | Some("lived-in") => records::lived_in(),
        Some(count) => records::many(count.parse().unwrap()),
    };
    let mut kind = None;
    for word in arguments {
        match word.as_str() {
            "worksheet" => kind = Some(SheetKind::Worksheet),
            "employer" => kind = Some(SheetKind::Employer),
            "calendar" => kind = Some(SheetKind::Calendar),
            "index" => kind = Some(SheetKind::Index),
            "letter" => kind = Some(SheetKind::Letter),
            "equipped" => sample = records::equipped(sample),
            "large" => sample.options.print = Print::Large,
            "summary" => sample.options.extent = Extent::Summary,
            "other" => sample.options.only = Only::OtherSources,
            "reviewer" => sample.options.reviewer = true,
            "originals" => sample.options.originals = true,
            "a4" => sample.options.paper = Paper::A4,
            _ => {
                sample.options.hide =
                    [Hidden::Numbers, Hidden::Address, Hidden::FormerNames, Hidden::Descriptions].into();
            }
        }
    }
    let bytes = match kind {
        Some(kind) => transcript::sheet(kind, sample.material(), &sample.options),
        None => transcript::pdf(sample.material(), &sample.options, &mut |sha256| Ok(records::original(sha256))),
    };
    std::fs::write(path, bytes.unwrap()).unwrap();
}
