//! How long things take, as figures and as ratios to what other programs need for the same; nothing is asserted.
//!
//! Both sides of a ratio are taken in one run on one disk: in turn, each in a fresh process, the median of each.

mod attach;
mod import;
mod open;
mod paper;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::install;
use crate::places;
use crate::process::{Done, cargo, check, program};

/// What is measured: within a process, and whole commands against other programs.
pub(crate) const PARTS: [&str; 5] = ["inside", "attach", "import", "open", "paper"];

pub(crate) fn everything(megabytes: u64) -> Done {
    measure(&PARTS, megabytes)
}

pub(crate) fn part(part: &str, megabytes: u64) -> Done {
    measure(&[part], megabytes)
}

fn measure(parts: &[&str], megabytes: u64) -> Done {
    if cfg!(target_os = "linux") {
        install::for_the_benchmarks()?;
    }
    if parts.contains(&"inside") {
        check(&mut cargo(
            "bench --locked --package domain --package vault --bench evaluate --bench search --bench open",
        ))?;
        check(&mut cargo("bench --locked --package app --bench start --bench drawing"))?;
    }
    if cfg!(not(target_os = "linux")) {
        println!("\nWhole commands are compared with the shell's on Linux only, and are left out here.");
        return Ok(());
    }
    check(&mut cargo("build --release --locked --package cli"))?;
    // Where a build lies there is a disk; a temporary folder may be memory.
    let desk = Desk { folder: places::target()?.join(format!("bench-{}", std::process::id())) };
    fs::create_dir_all(&desk.folder).map_err(|e| format!("{} cannot be made: {e}", desk.folder.display()))?;
    println!("\n{:<44} {:>10} {:>10} {:>7} {:>8}", "", "recert", "other", "ratio", "goal");
    for part in parts {
        match *part {
            "attach" => attach::compare(&desk, megabytes)?,
            "import" => import::compare(&desk)?,
            "open" => open::compare(&desk)?,
            "paper" => paper::compare(&desk)?,
            _ => {}
        }
    }
    Ok(())
}

/// A folder for vaults and files, gone in the end.
struct Desk {
    folder: PathBuf,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&self, name: &str, content: &[u8]) -> Done {
        let path = self.path(name);
        fs::write(&path, content).map_err(|e| format!("{}: {e}", path.display()))
    }

    /// A name that nothing stands under any more.
    fn anew(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        path
    }

    /// The command on the vault of this desk.
    fn recert(&self, words: &str) -> Done<Command> {
        let mut command = program(&places::binary("release", "recert")?.to_string_lossy(), "--vault vault");
        command.args(words.split_whitespace()).current_dir(&self.folder).env_remove("RECERT_VAULT");
        Ok(command)
    }

    /// A vault with a holder and her certification, backed up for the day.
    fn start(&self) -> Done {
        self.anew("vault");
        quietly(&mut self.recert("init --name Maria")?)?;
        quietly(&mut self.recert("credential add cma-aama --certified 2021-03-17")?)
    }

    /// The shell in this folder.
    fn shell(&self, script: &str) -> Command {
        let mut command = program("sh", "-c");
        command.arg(format!("set -eu; {script}")).current_dir(&self.folder);
        command
    }
}

/// Lets each prepare itself and run in turn, and prints a line of what both took.
fn compare(
    what: &str,
    goal: &str,
    rounds: usize,
    mut ours: impl FnMut() -> Done<Duration>,
    mut theirs: impl FnMut() -> Done<Duration>,
) -> Done {
    let (mut mine, mut other) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        mine.push(ours()?);
        other.push(theirs()?);
    }
    let (mine, other) = (median(mine), median(other));
    let ratio = mine.as_secs_f64() / other.as_secs_f64();
    println!("{what:<44} {:>7} ms {:>7} ms {ratio:>7.2} {:>8}", mine.as_millis(), other.as_millis(), goal);
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// How long it takes, after everything that was written before has reached the disk.
fn timed(command: &mut Command) -> Done<Duration> {
    check(&mut program("sync", ""))?;
    let start = Instant::now();
    quietly(command)?;
    Ok(start.elapsed())
}

/// Runs it to its end without a word.
fn quietly(command: &mut Command) -> Done {
    command.stdout(Stdio::null());
    check(command)
}

/// Pseudo-random, and the same in every run.
struct Noise(u64);

impl Noise {
    /// xorshift64* (Vigna, 2016).
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn bytes(&mut self, number: u64) -> Vec<u8> {
        (0..number / 8).flat_map(|_| self.next().to_le_bytes()).collect()
    }
}
