//! Throws altered files at the parsers of what comes from elsewhere: the targets of `fuzz/Cargo.toml`, each begun with
//! files that are made here.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::install;
use crate::places;
use crate::process::{Done, cargo, check, program};

/// What it may take to deal with one file: seconds, and megabytes.
const LIMITS: &str = "-timeout=30 -rss_limit_mb=2048";

/// Every target, so many seconds each.
pub(crate) fn everything(seconds: u32) -> Done {
    begin()?;
    targets()?.iter().try_for_each(|target| run(target, seconds))
}

/// One target.
pub(crate) fn target(name: &str, seconds: u32) -> Done {
    let targets = targets()?;
    if !targets.iter().any(|target| target == name) {
        return Err(format!("There is no target {name}. There are: {}.", targets.join(", ")));
    }
    begin()?;
    run(name, seconds)
}

fn targets() -> Done<Vec<String>> {
    let manifest = read(&places::root().join("fuzz/Cargo.toml"))?;
    let names = manifest.split("[[bin]]\nname = \"").skip(1).filter_map(|rest| rest.split('"').next());
    Ok(names.map(str::to_owned).collect())
}

/// Installs what is missing and makes the files to begin with.
fn begin() -> Done {
    install::cargo_fuzz()?;
    println!("Making the files to begin with in {}", corpus().display());
    check(cargo("run --locked --package inspect --example seeds --").arg(corpus()))?;
    let root = places::root();
    for (from, extension, targets) in [
        ("crates/domain/packs", "json", &["pack"][..]),
        ("crates/domain/tests/records", "json", &["record"]),
        ("tests/fixtures", "json", &["record"]),
        ("tests/fixtures", "csv", &["csv"]),
        ("tests/fixtures", "pdf", &["pdf_text", "pdf_pages", "exhibit", "location"]),
        ("tests/fixtures", "db", &["database"]),
    ] {
        for file in files(&root.join(from), extension)? {
            targets.iter().try_for_each(|target| copy(&file, target))?;
        }
    }
    backups()
}

/// A small record of this version: as one file, and as the database of a backup.
fn backups() -> Done {
    check(&mut cargo("build --locked --package cli"))?;
    let folder = places::temporary("fuzz")?;
    let certificate = places::root().join("tests/fixtures/sample-certificate.pdf");
    let recert = |words: &[&str]| {
        let mut command = program(&places::binary("debug", "recert")?.to_string_lossy(), "");
        check(command.arg("--vault").arg(folder.join("vault")).args(words))
    };
    recert(&["init", "--name", "Maria Delgado"])?;
    recert(&["credential", "add", "cma-aama", "--certified", "2021-03-17"])?;
    recert(&[
        "credit",
        "add",
        "--title",
        "Order of Draw",
        "--completed",
        "2024-03-04",
        "--amount",
        "2",
        "--unit",
        "aama_ceu",
    ])?;
    recert(&["attach", "c1", &certificate.to_string_lossy()])?;
    let packed = folder.join("record.recert");
    recert(&["backup", "create", &packed.to_string_lossy()])?;
    copy(&packed, "packed_backup")?;
    for database in files(&folder.join("vault/backups"), "db")? {
        copy(&database, "database")?;
    }
    fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))
}

fn run(target: &str, seconds: u32) -> Done {
    let path = env::var_os("PATH").unwrap_or_default();
    let tools = [places::tools()?.join("bin")].into_iter().chain(env::split_paths(&path));
    let path = env::join_paths(tools).map_err(|e| e.to_string())?;
    // Without a sanitizer the stable compiler will do, and our own code has nothing unsafe to watch.
    let mut fuzz = cargo(&format!("fuzz run --sanitizer none {target}"));
    fuzz.arg(corpus().join(target)).arg("--").args(LIMITS.split(' ')).arg(format!("-max_total_time={seconds}"));
    check(fuzz.env("PATH", path).env("RUSTC_BOOTSTRAP", "1"))
}

/// What the fuzzer found worth going on from is kept there; no clone keeps it.
fn corpus() -> PathBuf {
    places::root().join("fuzz/corpus")
}

fn copy(file: &Path, target: &str) -> Done {
    let folder = corpus().join(target);
    let name = file.file_name().unwrap_or_default();
    fs::create_dir_all(&folder)
        .and_then(|()| fs::copy(file, folder.join(name)))
        .map(drop)
        .map_err(|e| format!("{}: {e}", file.display()))
}

fn files(folder: &Path, extension: &str) -> Done<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let paths = entries.flatten().map(|entry| entry.path());
    Ok(paths.filter(|path| path.extension().is_some_and(|found| found == extension)).collect())
}

fn read(file: &Path) -> Done<String> {
    fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))
}
