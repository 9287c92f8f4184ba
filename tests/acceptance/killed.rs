//! Killed at random instants of writing: what was acknowledged is there, nothing is half done, and the next start works.
//!
//! An ordinary run kills a few dozen times; `cargo xtask faults` as often as it is told.

use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Stdio;
use std::thread;

use crate::command::{Desk, contents};
use crate::dice::{Dice, from_outside};
use crate::work::{Work, all_work, has_passing_names};

/// How often an ordinary run kills.
const USUAL: u64 = 60;
/// How many commands are killed on the same vault before it is looked at.
const IN_A_ROW: u64 = 3;

impl Work {
    /// Starts it and kills it after a while. Whether it was quicker, and so acknowledged what it did.
    fn kill(&mut self, desk: &Desk, vault: &Path, dice: &mut Dice) -> bool {
        let instant = self.takes.mul_f64(dice.share());
        let mut command = desk.recert_on(vault, &self.words());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        thread::sleep(instant);
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        if output.status.signal().is_some() {
            return false;
        }
        assert!(output.status.success(), "{:?}: {}", self.words, String::from_utf8_lossy(&output.stderr));
        self.takes = self.takes.min(instant);
        true
    }

    /// Fails unless the vault is as it may be after a kill; then does the work once more, to its end.
    fn check(&mut self, desk: &Desk, vault: &Path, acknowledged: bool) {
        let done = self.records.len() - 1;
        if self.sound {
            let at = self.require_whole(desk, vault);
            assert!(!acknowledged || at == done, "{:?} was acknowledged and is not there", self.words);
        }
        if self.repeats {
            self.finish(desk, vault);
            assert_eq!(self.require_whole(desk, vault), done, "{:?} once more", self.words);
        }
    }
}

/// What a kill in the midst of writing leaves and a whole command does not: files under passing names, or a log.
fn is_half_done(vault: &Path) -> bool {
    let is_log = |path: &Path| path.to_string_lossy().ends_with("-wal");
    has_passing_names(vault) || contents(vault).into_iter().any(|(path, bytes)| is_log(&path) && !bytes.is_empty())
}

#[test]
fn whatever_it_was_doing_when_it_was_killed_nothing_acknowledged_is_lost_and_the_next_start_works() {
    let wanted = from_outside("RECERT_FAULTS").unwrap_or(USUAL);
    let mut dice = Dice::from_outside();
    let desk = Desk::of_maria();
    let mut all = all_work(&desk);
    let (mut killed, mut half_done, mut quicker) = (0, 0, 0);
    for turn in 0.. {
        if killed >= wanted {
            break;
        }
        let turn = turn % all.len();
        let work = &mut all[turn];
        let vault = work.anew(&desk.path("killed Zoë"));
        let mut acknowledged = false;
        for _ in 0..if work.repeats { 1 + dice.throw() % IN_A_ROW } else { 1 } {
            if work.kill(&desk, &vault, &mut dice) {
                acknowledged = true;
                quicker += 1;
            } else {
                killed += 1;
            }
        }
        half_done += u64::from(is_half_done(&vault));
        work.check(&desk, &vault, acknowledged);
        assert!(
            quicker <= killed + USUAL,
            "only {killed} of {} commands were still running when killed",
            killed + quicker
        );
    }
    println!("{killed} kills while running, {half_done} vaults left half done, {quicker} commands were quicker");
    assert!(half_done * 10 >= wanted, "only {half_done} vaults were left half done by {killed} kills");
}
