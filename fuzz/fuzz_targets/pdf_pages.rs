//! Whatever bytes are given as a PDF are drawn within the bounds of a picture, or not at all.
#![no_main]

use inspect::{preview, prints};
use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // A decoder that panics is contained where it is called, and that is no find.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        if let Ok(drawn) = preview(bytes.to_vec(), 1, 640) {
            assert!(drawn.pages > 0 && inspect::Preview::from_bytes(&drawn.to_bytes()).is_some());
        }
        for print in prints(bytes.to_vec(), 800, 70).unwrap_or_default() {
            assert!(print.size.0.max(print.size.1) <= 800);
        }
    }
);
