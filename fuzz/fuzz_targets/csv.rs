//! Whatever bytes are given as a spreadsheet are refused with a reason, or give credits and faults that name their place.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let categories = ["administrative", "clinical", "general"];
    match exchange::read_csv(bytes, &categories) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(sheet) => assert!(sheet.faults.iter().all(|fault| fault.row > 0 && !fault.reason.is_empty())),
    }
});
