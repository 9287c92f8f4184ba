//! How far long work is: one line on standard error that is written over, where somebody sits at a terminal.

use std::io::{IsTerminal as _, Write as _, stderr};

/// Takes its line away again when it is dropped, so that what is said next stands alone.
#[derive(Debug)]
pub(crate) struct Meter {
    work: &'static str,
    shown: bool,
    /// The percent that is written there.
    told: Option<u64>,
}

impl Meter {
    /// Says nothing to a program: with `--json`, or where standard error is no terminal.
    pub(crate) fn of(work: &'static str, json: bool) -> Self {
        Self { work, shown: !json && stderr().is_terminal(), told: None }
    }

    /// Each percent once.
    pub(crate) fn tell(&mut self, done: u64, all: u64) {
        let percent = done.saturating_mul(100).checked_div(all).unwrap_or(100);
        if self.shown && self.told.replace(percent) != Some(percent) {
            let _ = write!(stderr(), "\r{}: {percent} %", self.work);
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        if self.told.is_some() {
            // Not every terminal knows how to clear a line, but all know spaces.
            let width = self.work.len() + ": 100 %".len();
            let _ = write!(stderr(), "\r{:width$}\r", "");
        }
    }
}
