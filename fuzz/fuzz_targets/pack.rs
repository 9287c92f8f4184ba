//! Whatever bytes are given as a pack are refused with a reason, or a small record can be judged by it.
#![no_main]

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::{Pack, Packs, Record, evaluate};
use libfuzzer_sys::fuzz_target;

static RECORD: LazyLock<Record> = LazyLock::new(|| {
    let record = Record::from_json(include_str!("../../crates/domain/tests/records/everything.json"));
    let record = record.expect("the sample is sound");
    Record { packs: Vec::new(), overrides: Vec::new(), ..record }
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Pack::check(text) {
        Err(faults) => assert!(faults.iter().all(|fault| !fault.reason.is_empty()) && !faults.is_empty()),
        Ok(packs) => judge_by(packs),
    }
});

fn judge_by(packs: Vec<Pack>) {
    let ids: Vec<String> = packs.iter().map(|pack| pack.id.clone()).collect();
    let packs = Packs::from_packs(packs);
    for id in ids {
        let mut record = RECORD.clone();
        record.credentials[0].pack = id;
        for (year, month) in [(2024, 3), (2026, 2), (2031, 7)] {
            let on = NaiveDate::from_ymd_opt(year, month, 15).expect("a date");
            // Without a period there is no answer, and that is one too.
            let _ = evaluate(&record, "cma", &packs, on);
        }
    }
}
