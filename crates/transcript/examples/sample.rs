//! Writes a sample transcript, to look at: `cargo run -p transcript --example sample -- out.pdf [empty|lived-in|COUNT]
//! [large] [summary] [other] [a4] [hidden]`.
#![allow(clippy::unwrap_used, reason = "for the developer's eyes")]

#[path = "../tests/transcript/records.rs"]
mod records;

use transcript::{Extent, Hidden, Only, Paper, Print};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap();
    let mut sample = match arguments.next().as_deref() {
        Some("empty") => records::empty(),
        None | Some("lived-in") => records::lived_in(),
        Some(count) => records::many(count.parse().unwrap()),
    };
    for word in arguments {
        match word.as_str() {
            "large" => sample.options.print = Print::Large,
            "summary" => sample.options.extent = Extent::Summary,
            "other" => sample.options.only = Only::OtherSources,
            "a4" => sample.options.paper = Paper::A4,
            _ => sample.options.hide = [Hidden::Numbers, Hidden::FormerNames, Hidden::Descriptions].into(),
        }
    }
    let bytes = transcript::pdf(&sample.record, &sample.evaluation, &sample.labels, &sample.options).unwrap();
    std::fs::write(path, bytes).unwrap();
}
