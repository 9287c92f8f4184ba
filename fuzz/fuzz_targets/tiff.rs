//! Whatever bytes are given as a TIFF have a number of pages and are drawn within bounds, or not at all.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // A decoder that panics is contained where it is called, and that is no find.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        let _ = inspect::pages(bytes.to_vec());
        let _ = inspect::stand(bytes.to_vec());
        for print in inspect::prints(bytes.to_vec(), 800, 70).unwrap_or_default() {
            assert!(print.size.0.max(print.size.1) <= 800);
        }
    }
);
