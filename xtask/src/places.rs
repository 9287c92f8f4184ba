//! Where things lie: the clone, and the cache that all clones of a user share.

use std::env;
use std::path::{Path, PathBuf};

use crate::process::{Done, cargo, check};

/// The clone that this command runs in.
pub(crate) fn root() -> PathBuf {
    let xtask = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Build output lies outside the clone, so that a second clone builds quickly. Nothing depends on what is there.
pub(crate) fn target() -> Done<PathBuf> {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(given) => std::path::absolute(&given).map_err(|e| format!("CARGO_TARGET_DIR is of no use: {e}")),
        None => Ok(cache()?.join("target")),
    }
}

/// Makes the build output this clone's: cargo tells its crates from another clone's by their dates alone, and would take
/// those for its own. The crates of others, which take long, stay.
pub(crate) fn claim_target() -> Done {
    let (target, root) = (target()?, root());
    let (mark, own) = (target.join("clone.txt"), root.display().to_string());
    let before = std::fs::read_to_string(&mark).unwrap_or_default();
    if before == own {
        return Ok(());
    }
    if target.exists() {
        for profile in ["dev", "release"] {
            check(&mut cargo(&format!("clean --quiet --workspace --profile {profile}")))?;
        }
    }
    std::fs::create_dir_all(&target)
        .and_then(|()| std::fs::write(&mark, own))
        .map_err(|e| format!("{}: {e}", mark.display()))
}

/// Where the cargo tools of the tests are installed.
pub(crate) fn tools() -> Done<PathBuf> {
    Ok(cache()?.join("tools"))
}

/// A binary of the workspace as `cargo build` leaves it.
pub(crate) fn binary(profile: &str, name: &str) -> Done<PathBuf> {
    Ok(target()?.join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// A new folder for things that nobody keeps.
pub(crate) fn temporary(name: &str) -> Done<PathBuf> {
    let folder = env::temp_dir().join(format!("recert-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|e| format!("{} cannot be made: {e}", folder.display()))?;
    Ok(folder)
}

fn cache() -> Done<PathBuf> {
    let (variable, below) = match env::consts::OS {
        "windows" => ("LOCALAPPDATA", ""),
        "macos" => ("HOME", "Library/Caches"),
        _ if env::var_os("XDG_CACHE_HOME").is_some() => ("XDG_CACHE_HOME", ""),
        _ => ("HOME", ".cache"),
    };
    let start = env::var_os(variable).ok_or(format!("{variable} is not set, so there is no place for build output"))?;
    Ok(PathBuf::from(start).join(below).join("recert"))
}
