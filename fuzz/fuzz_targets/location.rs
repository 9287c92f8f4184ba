//! Whatever bytes are given, the copy that is to tell no place tells none.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // A decoder that panics ends the process it works in and nothing else, so that is no find.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        let copy = std::panic::catch_unwind(|| inspect::without_location(bytes));
        if let Ok((Some(copy), _)) = copy {
            let again = std::panic::catch_unwind(|| inspect::location(&copy));
            assert!(again.is_ok_and(|location| location == inspect::Location::None), "it is gone for good");
        }
    }
);
