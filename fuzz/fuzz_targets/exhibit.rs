//! Whatever bytes are given as a PDF are taken apart for a packet, or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // A decoder that panics ends the process it works in and nothing else, so that is no find.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        let plain = inspect::without_metadata;
        let _ = std::panic::catch_unwind(|| transcript::take_apart(bytes, 1, true, None, plain));
    }
);
