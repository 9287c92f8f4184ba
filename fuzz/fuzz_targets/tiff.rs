//! Whatever bytes are given as a TIFF have a number of pages and are drawn within bounds, or not at all.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // A decoder that panics ends the process it works in and nothing else, so that is no find.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        let _ = std::panic::catch_unwind(|| (inspect::pages(bytes), inspect::stand(bytes)));
        let prints = std::panic::catch_unwind(|| inspect::prints(bytes.to_vec(), 800, 70));
        for print in prints.ok().and_then(Result::ok).unwrap_or_default() {
            assert!(print.size.0.max(print.size.1) <= 800);
        }
    }
);
