//! Writes a sample transcript, to look at: `cargo run -p transcript --example sample -- out.pdf [empty|lived-in|COUNT]`.
#![allow(clippy::unwrap_used, reason = "for the developer's eyes")]

#[path = "../tests/transcript/records.rs"]
mod records;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap();
    let sample = match arguments.next().as_deref() {
        Some("empty") => records::empty(),
        None | Some("lived-in") => records::lived_in(),
        Some(count) => records::many(count.parse().unwrap()),
    };
    let bytes = transcript::pdf(&sample.record, &sample.evaluation, &sample.labels, &sample.options).unwrap();
    std::fs::write(path, bytes).unwrap();
}
