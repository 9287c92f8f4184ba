//! Whatever bytes are given as a packed backup are refused with a reason, or unpacked into the vault's folder alone.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use vault::{Key, Vault};

fuzz_target!(|bytes: &[u8]| {
    let place = tempfile::tempdir().expect("a folder");
    let (folder, file) = (place.path().join("vault"), place.path().join("packed.recert"));
    fs::write(&file, bytes).expect("a file");
    let unpacked = Vault::unpack(&folder, &file, Key::default(), &mut |_, _| true);
    if let Err(error) = &unpacked {
        assert!(!error.to_string().is_empty());
    }
    let names = fs::read_dir(place.path()).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    assert!(names.into_iter().all(|name| name == "vault" || name == "packed.recert"));
    drop(unpacked);
    assert!(!folder.exists(), "nothing is left of it");
});
