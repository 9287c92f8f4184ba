//! The `recert` command: the whole job for scripts and for machines without a screen.
//!
//! Exit codes: 0 done, 1 failed, 2 used wrongly. Errors go to standard error in one line, the faults of a file of rules in
//! one line each; with `--json` as an object.

mod arguments;
mod meter;
mod print;
mod run;
mod show;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use app::{Code, Error};
use arguments::Arguments;
use clap::Parser as _;
use clap::error::ErrorKind;
use domain::pack::PackFault;
use print::{Output, Text};
use run::Failure;
use serde_json::json;

/// Runs the command with this process's arguments.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let json = words.iter().any(|word| word == "--json");
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(error) => return misused(&error, json),
    };
    match run::run(arguments) {
        Ok(output) => say(&output, json),
        Err(Failure::Error(error)) => {
            complain(&with_way_on(error), json);
            ExitCode::from(1)
        }
        Err(Failure::Faults { file, faults }) => {
            list(&file, &faults, json);
            ExitCode::from(1)
        }
    }
}

/// The answer.
fn say(output: &Output, json: bool) -> ExitCode {
    match print::answer(output) {
        // A reader that stops listening, such as `head`, is no failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let message = format!("It was done, but the answer could not be written: {error}.");
            complain(&Error::new(Code::FileUnwritable, message), json);
            ExitCode::from(1)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Help and version are answers; anything else is a mistake, told in one line.
fn misused(error: &clap::Error, json: bool) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        print::help(error);
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    let told = text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let message = match told.strip_prefix("error: ") {
        Some(told) => format!("{told}. See recert --help."),
        None => "Say what to do; recert --help lists the commands.".to_owned(),
    };
    print::remark(json, &json!({ "error": { "code": "usage", "message": message } }), format!("recert: {message}"));
    ExitCode::from(2)
}

/// What to type next, where the use case cannot know that it was called from here.
fn with_way_on(mut error: Error) -> Error {
    let way_on = match error.code {
        Code::VaultMissing => " Start one: recert init --name \"Your Name\"",
        Code::NotFound => " See “recert --help”.",
        Code::Costly => " To open it: add --yes.",
        _ => "",
    };
    error.message.push_str(way_on);
    error
}

/// Every fault of a file in a line of its own.
fn list(file: &Path, faults: &[PackFault], json: bool) {
    let lines = faults.iter().map(|fault| Text::from(format!("{}: {fault}", file.display())));
    print::remark(json, &json!({ "faults": faults }), lines.collect::<Text>());
}

/// What went wrong beside what was asked for.
fn warn(error: &Error, json: bool) {
    print::remark(json, &json!({ "warning": error }), format!("recert: {error}"));
}

fn complain(error: &Error, json: bool) {
    print::remark(json, &json!({ "error": error }), format!("recert: {error}"));
}
