//! The TypeScript of the wire types: generated from Rust, committed, and compared on every test run.

use std::fs;
use std::path::Path;

use crate::places;
use crate::process::{Done, cargo, check, count, program};

const COMMITTED: &str = "ui/src/ipc/bindings";

/// Writes them anew, so that one whose Rust type is gone goes too.
pub(crate) fn update() -> Done {
    let folder = places::root().join(COMMITTED);
    fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    generate(&folder)
}

/// Fails with the difference if what is committed is not what Rust says.
pub(crate) fn verify() -> Done {
    let folder = places::temporary("bindings")?;
    generate(&folder)?;
    let same = check(program("git", "diff --no-index --exit-code").arg(COMMITTED).arg(&folder));
    fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    same.map_err(|_| "The wire types have changed. Run `cargo xtask bindings` and commit what it writes.".to_owned())
}

fn generate(folder: &Path) -> Done {
    let mut export = cargo("test --locked --quiet --package app --lib --features bindings");
    count(export.args(["export_bindings"]).env("TS_RS_EXPORT_DIR", folder)).map(|_| ())
}
