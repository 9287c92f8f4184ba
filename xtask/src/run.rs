//! Opens the window on her record, or on a throwaway one. Without a screen the sample goes to the command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::e2e::Screen;
use crate::install;
use crate::places;
use crate::process::{Done, cargo, check, npm, output, program};

/// The window on the record at its usual place; without a screen the sample, so that nothing of hers is touched.
pub(crate) fn hers(arguments: &[&str]) -> Done {
    if Screen::is_there() { check(window()?.args(arguments)) } else { sample(&[]) }
}

/// The window on a sample record that is deleted afterwards; without a screen its status and transcript.
pub(crate) fn sample(arguments: &[&str]) -> Done {
    check(&mut cargo("build --package cli"))?;
    let vault = Sample::make()?;
    if Screen::is_there() {
        return check(window()?.arg("--vault").arg(&vault.0).args(arguments));
    }
    println!("There is no screen here for a window (neither DISPLAY nor WAYLAND_DISPLAY is set).");
    println!("The same on the command line: a sample record, where it stands, and its transcript.\n");
    check(vault.recert(&["status"])?.args(arguments))?;
    let here = std::env::current_dir().map_err(|e| format!("The current folder cannot be read: {e}"))?;
    check(vault.recert(&["transcript", "-o"])?.arg(here.join("transcript.pdf")))
}

fn window() -> Done<Command> {
    install::for_the_window()?;
    install::node_modules()?;
    check(&mut npm("run build"))?;
    check(&mut cargo("build --package recert-app --features tauri/custom-protocol"))?;
    Ok(program(&places::binary("debug", "recert-app")?.to_string_lossy(), ""))
}

/// A record in a temporary folder, gone when this is dropped.
struct Sample(PathBuf);

impl Sample {
    /// Made as a person would make it: by the command line, from a spreadsheet and a certificate.
    fn make() -> Done<Self> {
        let sample = Self(places::temporary("sample")?);
        let fixtures = places::root().join("tests/fixtures");
        output(&mut sample.recert(&["init", "--name", "Maria Delgado"])?)?;
        output(&mut sample.recert(&["credential", "add", "cma-aama", "--certified", "2023-06-14"])?)?;
        output(sample.recert(&["import"])?.arg(fixtures.join("sample.csv")))?;
        let credits = output(&mut sample.recert(&["credit", "list", "--json"])?)?;
        let first = first_id(&credits).ok_or("The sample has no credit.")?;
        output(sample.recert(&["attach", first])?.arg(fixtures.join("sample-certificate.pdf")))?;
        Ok(sample)
    }

    fn recert(&self, arguments: &[&str]) -> Done<Command> {
        let mut command = program(&places::binary("debug", "recert")?.to_string_lossy(), "");
        command.arg("--vault").arg(Path::new(&self.0)).args(arguments);
        Ok(command)
    }
}

impl Drop for Sample {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0); // in the temporary folder the system clears it too
    }
}

/// The value of the first `"id"` in a JSON text.
fn first_id(json: &str) -> Option<&str> {
    json.split_once("\"id\"")?.1.split('"').nth(1)
}
