//! Drives the real window on a screen of its own. Linux only: no other platform lets a driver into its web view.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::install;
use crate::places;
use crate::process::{Done, cargo, check, count, npm, program};

/// Everything that `run` needs, then `run`.
pub(crate) fn standalone(files: &[&str]) -> Done {
    install::for_the_tests()?;
    install::node_modules()?;
    check(&mut npm("run build"))?;
    run(files).map(|_| ())
}

/// Builds the window with what is in `ui/dist`, drives it, and returns how many tests have passed.
pub(crate) fn run(files: &[&str]) -> Done<u32> {
    if !cfg!(target_os = "linux") {
        return Err("The window can be driven on Linux only.".to_owned());
    }
    check(&mut cargo("build --package recert-app --features e2e,tauri/custom-protocol"))?;
    let screen = Screen::start()?;
    let mut node = program("node", "--test --test-reporter=spec --test-concurrency=1");
    let files = if files.is_empty() { tests()? } else { files.iter().map(PathBuf::from).collect() };
    node.args(files).env("RECERT_E2E_APP", places::binary("debug", "recert-app")?);
    count(screen.shows(&mut node))
}

fn tests() -> Done<Vec<PathBuf>> {
    let folder = places::root().join("tests/e2e");
    let entries = folder.read_dir().map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    Ok(files)
}

/// A screen that nobody sees; gone when this is dropped.
pub(crate) struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    /// The server picks a display that is free and says which.
    pub(crate) fn start() -> Done<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| format!("Xvfb cannot be started: {e}"))?;
        let mut number = String::new();
        if let Some(stdout) = server.stdout.take() {
            BufReader::new(stdout).read_line(&mut number).map_err(|e| format!("Xvfb says nothing: {e}"))?;
        }
        let screen = Self { server, display: format!(":{}", number.trim()) };
        if screen.display == ":" { Err("Xvfb found no free display.".to_owned()) } else { Ok(screen) }
    }

    /// Makes a program show its windows here.
    pub(crate) fn shows<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("DISPLAY", &self.display).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY")
    }

    /// Whether this session has a screen for a window to open on.
    pub(crate) fn is_there() -> bool {
        let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill(); // it may have ended by itself
        let _ = self.server.wait();
    }
}
