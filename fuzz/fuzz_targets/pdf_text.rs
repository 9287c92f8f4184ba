//! Whatever bytes are given as a PDF have a text of bounded length and a number of pages, or none.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // A decoder that panics ends the process it works in and nothing else, so that is no find.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        let text = std::panic::catch_unwind(|| inspect::text(bytes));
        assert!(text.ok().and_then(Result::ok).unwrap_or_default().len() <= 64 * 1024);
        let _ = std::panic::catch_unwind(|| inspect::pages(bytes));
    }
);
