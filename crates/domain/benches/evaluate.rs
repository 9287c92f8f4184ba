//! How long an evaluation takes, as a table: `cargo xtask bench`.
//!
//! What must hold: 500 credits for three credentials in under a millisecond, 100,000 credits in under 100 ms, and a
//! time for each credit that does not grow with their number.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use domain::{Packs, Record, evaluate};
use serde_json::{Value, json};

/// As in the programs that are shipped.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CATEGORIES: [&str; 3] = ["administrative", "clinical", "general"];

/// A record as it might be: most credits plain, some split, some in doubt, some too early, some with proof.
fn record(number: usize, credentials: &[&str]) -> Record {
    let credit = |index: usize| -> Value {
        let day = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap() + chrono::Days::new(index as u64 * 7 % 1_900);
        let category = CATEGORIES[index % 3];
        let split = match index % 10 {
            0 => json!({ category: "1.5", CATEGORIES[(index + 1) % 3]: "0.5" }),
            1 => json!({}),
            _ => json!({ category: "2.0" }),
        };
        json!({
            "id": format!("c{index}"),
            "title": format!("Continuing education activity number {index}"),
            "provider": format!("Lakeside Institute {}", index % 40),
            "completed_on": day,
            "amount": "2.0",
            "unit": if index.is_multiple_of(4) { "aama_ceu" } else { "contact_hour" },
            "approver": match index % 9 { 0 => json!("unsure"), 4 => json!("aama"), _ => Value::Null },
            "split": split,
            "proofs": if index.is_multiple_of(2) {
                json!([{ "sha256": "0".repeat(64), "name": "certificate.pdf", "role": "certificate" }])
            } else {
                json!([])
            },
        })
    };
    let record = json!({
        "schema": "recert.record/1",
        "holder": { "name": "Maria Delgado" },
        "credentials": credentials
            .iter()
            .map(|pack| json!({ "id": pack, "pack": pack, "certified_on": "2021-03-17" }))
            .collect::<Vec<_>>(),
        "credits": (0..number).map(credit).collect::<Vec<_>>(),
    });
    Record::from_json(&record.to_string()).unwrap()
}

/// The median of several runs.
fn time(runs: usize, mut run: impl FnMut()) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}

fn main() {
    let packs = Packs::shipped().unwrap();
    let on = NaiveDate::from_ymd_opt(2026, 1, 15).unwrap();
    let three = ["cma-aama", "rma-amt", "ccma-nha"];
    println!("{:<12} {:>12} {:>12} {:>14}", "credits", "credentials", "time", "per credit");
    for (number, credentials, runs) in [
        (0, &three[..], 201),
        (500, &three[..], 201),
        (500, &three[..1], 201),
        (1_000, &three[..1], 101),
        (10_000, &three[..1], 31),
        (100_000, &three[..1], 7),
    ] {
        let record = record(number, credentials);
        let took = time(runs, || {
            for credential in credentials {
                black_box(evaluate(black_box(&record), credential, &packs, on).unwrap());
            }
        });
        let each = took.as_nanos() / (number.max(1) * credentials.len()) as u128;
        println!("{number:<12} {:>12} {:>9} µs {each:>11} ns", credentials.len(), took.as_micros());
    }
}
