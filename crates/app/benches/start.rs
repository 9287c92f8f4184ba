//! How long everything takes that the window asks for when it starts, with many credits: `cargo xtask bench`.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark")]

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use app::wire::HolderInput;
use app::{Clock, Computer, Recert};
use serde_json::{Value, json};

/// As in the programs that are shipped.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NUMBER: usize = 10_000;
/// Each fifth credit has a proof.
const PROOF: usize = 5;

fn credit(index: usize) -> Value {
    let proof = json!({ "sha256": format!("{index:064x}"), "name": "certificate.pdf", "role": "certificate" });
    json!({
        "id": format!("c{index}"),
        "title": format!("Continuing education activity number {index}"),
        "provider": format!("Lakeside Institute {}", index % 40),
        "completed_on": format!("2024-{:02}-{:02}", index % 12 + 1, index % 28 + 1),
        "amount": "2.0",
        "unit": "contact_hour",
        "split": { (["administrative", "clinical", "general"][index % 3]): "2.0" },
        "proofs": if index.is_multiple_of(PROOF) { vec![proof] } else { vec![] },
    })
}

/// The median of several runs.
fn time<T>(name: &str, mut run: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..21)
        .map(|_| {
            let start = Instant::now();
            drop(black_box(run()));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let median = times[times.len() / 2];
    println!("{name:<36} {:>9} µs", median.as_micros());
    median
}

fn main() {
    let root = tempfile::tempdir().unwrap();
    let (folder, file) = (root.path().join("vault"), root.path().join("record.json"));
    let clock = Clock::fixed("2026-03-04".parse().unwrap());
    let mut recert = Recert::closed(&folder, &Computer::default(), clock).unwrap();
    recert.init(&HolderInput { name: "Maria Delgado".to_owned(), ..HolderInput::default() }).unwrap();
    let record = json!({
        "schema": "recert.record/1",
        "holder": { "name": "Maria Delgado" },
        "credentials": [{ "id": "cma", "pack": "cma-aama", "certified_on": "2021-03-17" }],
        "credits": (0..NUMBER).map(credit).collect::<Vec<_>>(),
    });
    fs::write(&file, record.to_string()).unwrap();
    recert.import_record(&file, true).unwrap();
    let open = || Recert::open(&folder, &Computer::default(), clock).unwrap();
    let recert = open();

    println!("{NUMBER} credits, {} proofs", NUMBER / PROOF);
    let all = [
        time("open", open),
        time("home", || recert.home().unwrap()),
        time("packs", || recert.packs().unwrap()),
        time("credits", || recert.credits().unwrap()),
        time("trash", || recert.removed_credits().unwrap()),
        time("facts", || recert.facts().unwrap()),
        time("answers", || recert.answers().unwrap()),
        time("undo and redo", || recert.undoable().unwrap()),
        time("evaluation", || recert.evaluation("cma").unwrap()),
    ];
    println!("{:<36} {:>9} µs", "all of it", all.iter().sum::<Duration>().as_micros());
}
