//! Whatever bytes are given as a PDF have a text of bounded length and a number of pages, or none.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // A decoder that panics is contained where it is called, and that is no find.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        assert!(inspect::text(bytes.to_vec()).len() <= 64 * 1024);
        let _ = inspect::pages(bytes.to_vec());
    }
);
