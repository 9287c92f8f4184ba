//! How long a search takes, as a table, beside SQLite finding the same rows in the same order: `cargo xtask bench`.
//!
//! What must hold: under 16 ms, one frame, in 10,000 credits that each have a page of text.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use domain::{Credit, Holder, Unit};
use rusqlite::Connection;
use vault::{Op, Stamp, Vault};

/// As in the programs that are shipped.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NUMBER: usize = 10_000;
const TOPICS: [&str; 8] = [
    "Venipuncture",
    "Order of Draw",
    "HIPAA Privacy",
    "Spirometry",
    "Billing",
    "ICD-10-CM",
    "Immunization",
    "Telehealth",
];

/// What the words of a page are made of.
const SYLLABLES: [&str; 24] = [
    "ve", "ni", "pun", "tu", "re", "cer", "ti", "fi", "ca", "te", "me", "di", "cal", "as", "sis", "tant", "blo", "od",
    "dra", "wing", "or", "der", "pa", "ed",
];

/// A page of text: some words that are on every page, and many that are on few.
fn page(seed: usize) -> String {
    let mut state = seed as u64 * 2_654_435_761 + 1;
    let mut syllable = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        SYLLABLES[(state >> 33) as usize % SYLLABLES.len()]
    };
    let words: Vec<String> = (0..250).map(|_| [syllable(), syllable(), syllable()].concat()).collect();
    format!("Certificate of completion Maria Delgado {}", words.join(" "))
}

fn credit(index: usize) -> Credit {
    Credit {
        title: format!("{} for medical assistants {index}", TOPICS[index % TOPICS.len()]),
        provider: Some(format!("Lakeside Institute {}", index % 40)),
        description: Some(page(index)),
        completed_on: "2024-03-04".parse().ok(),
        amount: "2.0".parse().ok(),
        unit: Some(Unit::ContactHour),
        ..Credit::empty(format!("c{index}"))
    }
}

/// What SQLite does for it at the least: the best 50 rows that have every word, by their numbers.
fn bare(db: &Connection, typed: &str) -> Vec<i64> {
    let words: Vec<String> = typed.split(' ').map(|word| format!("\"{word}\"*")).collect();
    let sql = "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rank LIMIT 50";
    let mut statement = db.prepare_cached(sql).unwrap();
    let rows = statement.query_map([words.join(" ")], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// The median of several runs.
fn time(mut run: impl FnMut()) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..21)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let now: Stamp = "2026-03-04T17:05:09Z".parse().unwrap();
    let holder = Holder { name: "Maria Delgado".to_owned(), ..Holder::default() };
    let mut vault = Vault::create(&folder.path().join("vault"), &holder, now).unwrap();
    let start = Instant::now();
    vault
        .transact(Op::Import, now, |change| (0..NUMBER).try_for_each(|index| change.put_credit(&credit(index))))
        .unwrap();
    println!("{NUMBER} credits with a page of text each were kept in {} ms", start.elapsed().as_millis());
    let db = Connection::open(vault.folder().join("recert.db")).unwrap();
    println!("{:<24} {:>6} {:>12} {:>12} {:>7}", "search for", "found", "time", "SQLite alone", "ratio");
    for typed in [
        "c",
        "ve",
        "venip",
        "medical assistants",
        "cert",
        "certi",
        "certificate",
        "completion maria",
        "venipun",
        "lakeside certificate",
        "unheard-of",
        "a b c d e f g h",
        "order draw 77",
    ] {
        let found = vault.search(typed).unwrap().len();
        let took = time(|| drop(black_box(vault.search(black_box(typed)).unwrap())));
        let alone = time(|| drop(black_box(bare(&db, black_box(typed)))));
        let ratio = took.as_secs_f64() / alone.as_secs_f64();
        println!("{typed:<24} {found:>6} {:>9} µs {:>9} µs {ratio:>7.2}", took.as_micros(), alone.as_micros());
    }
}
