//! How long the picture of a page takes when it is asked of the process for strangers' files, and when it is drawn here
//! without a look at what it may cost, each written to a cache: `cargo xtask bench`.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark")]

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use app::wire::{HolderInput, Preview, ProofOwner, TranscriptChoice};
use app::{Clock, Computer, ProofRole, Recert};
use serde_json::json;

/// As in the programs that are shipped.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: u32 = 41;
const WIDTH: u32 = 640;

/// The medians of both, taken in turn.
fn in_turn(mut ours: impl FnMut(u32), mut other: impl FnMut(u32)) -> [Duration; 2] {
    let time = |run: &mut dyn FnMut(u32), round| {
        let start = Instant::now();
        run(round);
        start.elapsed()
    };
    let mut times: [Vec<Duration>; 2] = Default::default();
    for round in 0..ROUNDS {
        times[0].push(time(&mut ours, round));
        times[1].push(time(&mut other, round));
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

fn main() -> ExitCode {
    if let Some(served) = app::serve_if_asked() {
        return served;
    }
    let root = tempfile::tempdir().unwrap();
    let clock = Clock::fixed("2026-03-04".parse().unwrap());
    let mut recert = Recert::closed(&root.path().join("vault"), &Computer::default(), clock).unwrap();
    recert.init(&HolderInput { name: "Maria Delgado".to_owned(), ..HolderInput::default() }).unwrap();
    let record = json!({
        "schema": "recert.record/1",
        "holder": { "name": "Maria Delgado" },
        "credentials": [{ "id": "cma", "pack": "cma-aama", "certified_on": "2021-03-17" }],
        "credits": (0..60).map(|number| json!({
            "id": format!("c{number}"), "title": format!("Continuing education activity number {number}"),
            "completed_on": "2024-03-04", "amount": "2.0", "unit": "contact_hour", "split": { "clinical": "2.0" },
        })).collect::<Vec<_>>(),
    });
    let file = root.path().join("record.json");
    fs::write(&file, record.to_string()).unwrap();
    recert.import_record(&file, true).unwrap();

    // A page of text, and the picture of one.
    let page = recert.composed("cma", &TranscriptChoice::default()).unwrap();
    let photo = inspect::preview_composed(page.to_vec(), 1, *inspect::WIDTHS.end()).unwrap().image;
    println!("{:<36} {:>9} {:>9} {:>7}", "a picture, in µs", "process", "here", "ratio");
    for (name, bytes) in [("page.pdf", page.to_vec()), ("photo.png", photo)] {
        let path: PathBuf = root.path().join(name);
        fs::write(&path, &bytes).unwrap();
        recert.attach(&ProofOwner::Holder, &[path], &[ProofRole::Other], &mut |_, _| true).unwrap();
        let proof = recert.documents().unwrap().into_iter().find(|proof| proof.name == name).unwrap();
        // A cache of its own each time: nothing that was drawn is found again.
        let ours = |round: u32| {
            let cache = root.path().join(format!("{name}-{round}"));
            drop(black_box::<Preview>(recert.preview(&proof.sha256, 1, WIDTH, &cache).unwrap()));
        };
        let other = |round: u32| {
            let bytes = fs::read(recert.original(&proof.sha256).unwrap()).unwrap();
            let is_pdf = name.ends_with("pdf");
            let drawn =
                if is_pdf { inspect::preview_composed(bytes, 1, WIDTH) } else { inspect::preview(bytes, 1, WIDTH) };
            let drawn = drawn.unwrap();
            fs::write(root.path().join(format!("{name}-{round}-here")), drawn.to_bytes()).unwrap();
            drop(black_box(drawn));
        };
        let [ours, other] = in_turn(ours, other);
        let ratio = ours.as_secs_f64() / other.as_secs_f64();
        println!("{name:<36} {:>9} {:>9} {ratio:>7.2}", ours.as_micros(), other.as_micros());
    }
    ExitCode::SUCCESS
}
