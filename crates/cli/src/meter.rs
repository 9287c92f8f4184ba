//! How far long work is: one line on standard error that is written over, where somebody sits at a terminal.

use std::io::{IsTerminal as _, Write as _, stderr};

/// To be told how much of how much is done, and never stops it; says nothing to a program, and nothing with `--json`. Its line is gone once
/// it is dropped, so that what is said next stands alone.
pub(crate) fn meter(work: &'static str, json: bool) -> impl FnMut(u64, u64) -> bool {
    let mut line = Line { work, shown: !json && stderr().is_terminal(), told: None };
    move |done, all| {
        line.tell(done, all);
        true
    }
}

struct Line {
    work: &'static str,
    shown: bool,
    /// The percent that is written there.
    told: Option<u64>,
}

impl Line {
    /// Each percent once.
    fn tell(&mut self, done: u64, all: u64) {
        let percent = done.saturating_mul(100).checked_div(all).unwrap_or(100);
        if self.shown && self.told.replace(percent) != Some(percent) {
            let _ = write!(stderr(), "\r{}: {percent} %", self.work);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.told.is_some() {
            // Not every terminal knows how to clear a line, but all know spaces.
            let width = self.work.len() + ": 100 %".len();
            let _ = write!(stderr(), "\r{:width$}\r", "");
        }
    }
}
