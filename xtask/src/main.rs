//! `cargo xtask`: every developer command, the same on Linux, macOS and Windows.
//!
//! Knows how the tools are called and in which order. What they check is theirs.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks to its terminal")]
#![allow(clippy::disallowed_methods, reason = "a command line reads its environment")]

mod bench;
mod bindings;
mod bundle;
mod e2e;
mod fuzz;
mod install;
mod places;
mod process;
mod run;
mod test;
mod verapdf;

use std::env;
use std::process::ExitCode;

use process::{Done, cargo, check, npm};

const USAGE: &str = "\
cargo xtask COMMAND

  run [--sample] [-- ARGUMENTS]   install what is missing, build, open the window;
                                  --sample: on a throwaway record instead of yours
  test [--fast]                   everything that must hold before a change lands;
                                  --fast: without the window
  e2e [FILE…]                     drive the real window (Linux)
  bench [PART] [--megabytes N]    how long things take, and beside other programs (Linux); all of it,
                                  or inside, attach, import, open or paper;
                                  attaching N megabytes of files (1,000 if not said)
  faults [--count N]              kill the command at N random instants of writing (1,000 if not said)
  verapdf                         a second opinion on transcripts, by the veraPDF engine (Debian)
  advisories                      whether something is known against what Recert is built from (network)
  fuzz [TARGET] [--seconds N]     throw N seconds (60 if not said) of altered files at one parser, or
                                  at each
  bundle                          the Debian package: the window and the command line
  bindings                        generate the TypeScript of the wire types
  fmt                             format everything";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\n{message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Done {
    places::claim_target()?;
    match words {
        ["run", "--sample", rest @ ..] => run::sample(after_dashes(rest)?),
        ["run", rest @ ..] => run::hers(after_dashes(rest)?),
        ["test"] => test::everything(),
        ["test", "--fast"] => test::without_the_window(),
        ["e2e", files @ ..] => e2e::standalone(files),
        ["bench", rest @ .., "--megabytes", number] => bench(rest, number),
        ["bench", rest @ ..] => bench(rest, "1000"),
        ["faults"] => faults("1000"),
        ["faults", "--count", number] => faults(number),
        ["verapdf"] => verapdf::everything(),
        ["advisories"] => test::advisories(),
        ["fuzz", rest @ .., "--seconds", number] => fuzz(rest, number),
        ["fuzz", rest @ ..] => fuzz(rest, "60"),
        ["bundle"] => bundle::deb(),
        ["bindings"] => bindings::update(),
        ["fmt"] => fmt(),
        _ => Err(USAGE.to_owned()),
    }
}

fn after_dashes<'a, 'b>(words: &'a [&'b str]) -> Done<&'a [&'b str]> {
    match words {
        [] => Ok(words),
        ["--", rest @ ..] => Ok(rest),
        _ => Err(USAGE.to_owned()),
    }
}

fn bench(words: &[&str], megabytes: &str) -> Done {
    let megabytes = megabytes.parse().map_err(|_| USAGE.to_owned())?;
    match words {
        [] => bench::everything(megabytes),
        [part] if bench::PARTS.contains(part) => bench::part(part, megabytes),
        _ => Err(USAGE.to_owned()),
    }
}

fn fuzz(words: &[&str], seconds: &str) -> Done {
    let seconds = seconds.parse().map_err(|_| USAGE.to_owned())?;
    match words {
        [] => fuzz::everything(seconds),
        [target] => fuzz::target(target, seconds),
        _ => Err(USAGE.to_owned()),
    }
}

/// The test of every full run, at as many instants as asked.
fn faults(number: &str) -> Done {
    let mut command = cargo("test --locked --package tests --test acceptance killed -- --nocapture");
    check(command.env("RECERT_FAULTS", number))
}

fn fmt() -> Done {
    check(&mut cargo("fmt --all"))?;
    install::node_modules()?;
    check(&mut npm("run format"))
}
