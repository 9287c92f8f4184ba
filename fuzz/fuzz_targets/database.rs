//! Whatever bytes are given as the database of a backup are refused with a reason, or it is said what restoring them would
//! change, and nothing is.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use vault::{Source, Vault};

fuzz_target!(|bytes: &[u8]| {
    let place = tempfile::tempdir().expect("a folder");
    let (folder, there) = (place.path().join("vault"), place.path().join("there"));
    fs::create_dir(&there).expect("a folder");
    let database = there.join("recert-20260115T120000Z-asked.db");
    fs::write(&database, bytes).expect("a file");
    let source = Source { called: database.clone(), database: database.clone(), folder: there, at: None };
    let now = "2026-01-15T12:00:00Z".parse().expect("an instant");
    if let Err(error) = Vault::preview_restore(&folder, &source, now, &mut |_, _| true) {
        assert!(!error.to_string().is_empty());
    }
    assert!(fs::read(&database).expect("it is there") == bytes, "what is looked at stays as it is");
    assert!(!folder.exists(), "nothing is left of a look");
});
