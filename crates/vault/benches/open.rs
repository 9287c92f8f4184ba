//! How long it takes to open a vault and read its whole record, beside SQLite reading the same rows: `cargo xtask bench`.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use domain::{Credit, Holder, ProofRef, ProofRole, Unit};
use rusqlite::Connection;
use vault::{Op, Stamp, Vault};

/// As in the programs that are shipped.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NUMBER: usize = 10_000;
/// Each fifth credit has a proof.
const PROOF: usize = 5;

fn credit(index: usize) -> Credit {
    let proof =
        ProofRef { sha256: format!("{index:064x}"), name: "certificate.pdf".to_owned(), role: ProofRole::Certificate };
    Credit {
        title: format!("Continuing education activity number {index}"),
        provider: Some(format!("Lakeside Institute {}", index % 40)),
        completed_on: "2024-03-04".parse().ok(),
        amount: "2.0".parse().ok(),
        unit: Some(Unit::ContactHour),
        split: [("clinical".to_owned(), "2.0".parse().unwrap())].into(),
        proofs: index.is_multiple_of(PROOF).then_some(proof).into_iter().collect(),
        ..Credit::empty(format!("c{index}"))
    }
}

/// Every value of the tables that a record is made of.
fn bare(path: &Path) -> usize {
    let db = Connection::open(path).unwrap();
    let mut values = 0;
    for table in ["holder", "credential", "credit", "fact", "proof", "list"] {
        let mut statement = db.prepare(&format!("SELECT * FROM {table} ORDER BY 1")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query(()).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                black_box(row.get_ref(column).unwrap());
                values += 1;
            }
        }
    }
    values
}

/// The medians of both, taken in turn.
fn time(mut ours: impl FnMut(), mut theirs: impl FnMut()) -> (Duration, Duration) {
    let timed = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    let (mut mine, mut other): (Vec<_>, Vec<_>) = (0..21).map(|_| (timed(&mut ours), timed(&mut theirs))).unzip();
    mine.sort_unstable();
    other.sort_unstable();
    (mine[mine.len() / 2], other[other.len() / 2])
}

fn main() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("vault");
    let now: Stamp = "2026-03-04T17:05:09Z".parse().unwrap();
    let holder = Holder { name: "Maria Delgado".to_owned(), ..Holder::default() };
    let mut vault = Vault::create(&folder, &holder, now).unwrap();
    vault
        .transact(Op::Import, now, |change| (0..NUMBER).try_for_each(|index| change.put_credit(&credit(index))))
        .unwrap();
    drop(vault);

    let path = folder.join("recert.db");
    let (open, _) = time(|| drop(black_box(Vault::open(&folder, now).unwrap())), || ());
    let (read, bare) = time(
        || drop(black_box(Vault::open(&folder, now).unwrap().record().unwrap())),
        || {
            black_box(bare(&path));
        },
    );
    println!("{NUMBER} credits, {} proofs", NUMBER / PROOF);
    println!("{:<36} {:>9} µs", "open", open.as_micros());
    println!("{:<36} {:>9} µs", "open and read the record", read.as_micros());
    println!("{:<36} {:>9} µs", "SQLite alone, the same rows", bare.as_micros());
    println!("{:<36} {:>12.2}", "ratio", read.as_secs_f64() / bare.as_secs_f64());
}
