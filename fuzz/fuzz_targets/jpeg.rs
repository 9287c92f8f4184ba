//! Whatever bytes are given as a JPEG are whole, cut off or damaged, and drawn within bounds, or not at all.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // A decoder that panics is contained where it is called, and that is no find.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        let _ = (inspect::is_cut(bytes), inspect::is_damaged(bytes.to_vec()));
        if let Ok(print) = inspect::print(bytes.to_vec(), 800, 70) {
            assert!(print.size.0.max(print.size.1) <= 800);
        }
        let _ = inspect::stand(bytes.to_vec());
    }
);
