//! Whatever bytes are given as a JPEG are whole, cut off or damaged, and drawn within bounds, or not at all.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // A decoder that panics ends the process it works in and nothing else, so that is no find.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        let _ = std::panic::catch_unwind(|| (inspect::is_cut(bytes), inspect::is_damaged(bytes), inspect::stand(bytes)));
        if let Ok(Ok(print)) = std::panic::catch_unwind(|| inspect::print(bytes, 800, 70)) {
            assert!(print.size.0.max(print.size.1) <= 800);
        }
    }
);
