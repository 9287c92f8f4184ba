//! Installs what is missing: on Debian and its kin by apt-get; elsewhere it names what is missing and stops.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::places;
use crate::process::{Done, answers, cargo, check, npm, output, program};

/// What the window is built with.
const WINDOW: &[&str] = &["libwebkit2gtk-4.1-dev"];

/// What the tests look at the window and at PDFs with.
const TESTS: &[&str] = &["webkit2gtk-driver", "xvfb", "xdotool", "poppler-utils", "qpdf", "strace"];

/// What the benchmarks compare with, besides what every system has.
const BENCHMARKS: &[&str] = &["sqlite3", "qpdf", "python3"];

/// What the second opinion on PDFs runs on.
const VERAPDF: &[&str] = &["default-jdk-headless", "libjaxb-java", "python3-pip"];

/// One version each, so that a check says the same everywhere, and nothing unseen runs here.
const CARGO_DENY: &str = "0.20.2";
const CARGO_FUZZ: &str = "0.13.2";

/// What is needed to build the window.
pub(crate) fn for_the_window() -> Done {
    match env::consts::OS {
        "linux" if is_debian() => debian(WINDOW),
        "linux" if !answers("pkg-config", "--exists webkit2gtk-4.1") => Err(
            "The window is built with WebKitGTK 4.1, and pkg-config does not find it. Install its development files \
             (webkit2gtk4.1-devel on Fedora, webkit2gtk-4.1 on Arch) and pkg-config, then try again."
                .to_owned(),
        ),
        _ => Ok(()), // macOS and Windows bring a web view
    }
}

/// What is needed to run every test.
pub(crate) fn for_the_tests() -> Done {
    for_the_window()?;
    if is_debian() {
        return debian(TESTS);
    }
    let window = if cfg!(target_os = "linux") {
        [("WebKitWebDriver", "--version"), ("Xvfb", "-version"), ("xdotool", "version"), ("strace", "-V")].as_slice()
    } else {
        &[]
    };
    let pdf = [("pdftotext", "-v"), ("qpdf", "--version")];
    let missing: Vec<&str> =
        window.iter().chain(&pdf).filter(|(name, version)| !answers(name, version)).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("The tests need these programs: {}. Install them, then try again.", missing.join(", ")))
    }
}

/// What is needed to compare with other programs.
pub(crate) fn for_the_benchmarks() -> Done {
    match BENCHMARKS.iter().find(|name| !answers(name, "--version")) {
        None => Ok(()),
        Some(_) if is_debian() => debian(BENCHMARKS),
        Some(name) => {
            Err(format!("The benchmarks compare with {name}, which is not on the PATH. Install it, then try again."))
        }
    }
}

/// What the veraPDF engine runs on.
pub(crate) fn for_verapdf() -> Done {
    if is_debian() {
        return debian(VERAPDF);
    }
    Err("The second opinion on PDFs runs on Debian and its kin only, where JAXB is packaged.".to_owned())
}

/// The packages of `ui/`, again only when its lock file has changed.
pub(crate) fn node_modules() -> Done {
    if !answers("node", "--version") {
        return Err(
            "Node.js 20 or newer is needed, with npm, and is not on the PATH. Install it, then try again.".to_owned()
        );
    }
    let ui = places::root().join("ui");
    let lock = fs::read(ui.join("package-lock.json")).map_err(|e| format!("ui/package-lock.json: {e}"))?;
    let stamp = ui.join("node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    check(&mut npm("ci --no-audit --no-fund"))?;
    fs::write(&stamp, lock).map_err(|e| format!("{}: {e}", stamp.display()))
}

/// cargo-deny.
pub(crate) fn cargo_deny() -> Done<PathBuf> {
    tool("cargo-deny", CARGO_DENY)
}

/// cargo-fuzz.
pub(crate) fn cargo_fuzz() -> Done<PathBuf> {
    tool("cargo-fuzz", CARGO_FUZZ)
}

/// Where a cargo tool of exactly this version lies, installed if need be. Unoptimized: it runs for a second, and so builds
/// in a third of the time.
fn tool(name: &str, version: &str) -> Done<PathBuf> {
    let tools = places::tools()?;
    let binary = tools.join(format!("bin/{name}{}", env::consts::EXE_SUFFIX));
    let installed = output(program(&binary.to_string_lossy(), "").arg("--version")).unwrap_or_default();
    if installed.split_whitespace().last() != Some(version) {
        let mut install = cargo(&format!("install {name} --version ={version} --locked --debug --force --root"));
        install.arg(tools).env_remove("CARGO_TARGET_DIR");
        check(&mut install)?;
    }
    Ok(binary)
}

fn is_debian() -> bool {
    cfg!(target_os = "linux") && answers("dpkg-query", "--version") && answers("apt-get", "--version")
}

fn debian(packages: &[&str]) -> Done {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing {}", missing.join(", "));
    check(&mut as_root("apt-get update --quiet")?)?;
    let mut install = as_root("apt-get install --quiet --yes --no-install-recommends")?;
    check(install.args(missing))
}

fn is_installed(package: &str) -> bool {
    output(program("dpkg-query", "--show --showformat ${db:Status-Status}").arg(package))
        .is_ok_and(|s| s == "installed")
}

/// The command as root: as it is, or through sudo, which in CI never asks.
fn as_root(command: &str) -> Done<std::process::Command> {
    let through = match (output(&mut program("id", "-u"))?.as_str(), env::var_os("CI")) {
        ("0", _) => "env",
        (_, Some(_)) => "sudo --non-interactive",
        (_, None) => "sudo",
    };
    let line = format!("{through} DEBIAN_FRONTEND=noninteractive {command}");
    let (name, arguments) = line.split_once(' ').unwrap_or((&line, ""));
    Ok(program(name, arguments))
}
