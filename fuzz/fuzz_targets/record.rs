//! Whatever bytes are given as a record are refused with a reason, or every credential in it is judged.
#![no_main]

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::{Asked, Packs, Record, evaluate};
use libfuzzer_sys::fuzz_target;

static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::shipped().expect("the shipped packs are sound"));

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Record::from_json(text) {
        Err(fault) => assert!(!fault.reason.is_empty()),
        Ok(record) => judge(&record),
    }
});

fn judge(record: &Record) {
    let on = NaiveDate::from_ymd_opt(2026, 1, 15).expect("a date");
    for credential in &record.credentials {
        for planned in [false, true] {
            // A record without dates or with rules of its own that are faulty has no answer, and that is one too.
            let _ = evaluate(record, &credential.id, &PACKS, Asked { on, planned });
        }
    }
    assert_eq!(Record::from_json(&record.to_json()).as_ref(), Ok(record), "it is read as it is written");
}
