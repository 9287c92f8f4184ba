//! The `recert` command: the whole job for scripts and for machines without a screen.
//!
//! Exit codes: 0 done, 1 failed, 2 used wrongly. Errors go to standard error in one line; with `--json` as an object.

mod arguments;
mod run;
mod show;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use app::Error;
use arguments::Arguments;
use clap::Parser as _;
use clap::error::ErrorKind;

/// Runs the command with this process's arguments.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let json = words.iter().any(|word| word == "--json");
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(error) => return misused(&error, json),
    };
    match run::run(arguments) {
        Ok(output) => {
            // A reader that stops listening, such as `head`, is no failure.
            let _ = std::io::stdout().lock().write_all(output.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&error, json);
            ExitCode::from(1)
        }
    }
}

/// Help and version are answers; anything else is a mistake.
fn misused(error: &clap::Error, json: bool) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if json {
        let message = error.to_string();
        let first = message.lines().find(|line| !line.is_empty()).unwrap_or_default();
        let message = first.strip_prefix("error: ").unwrap_or(first);
        let object = serde_json::json!({ "error": { "code": "usage", "message": message } });
        let _ = writeln!(std::io::stderr().lock(), "{object}");
    } else {
        let _ = error.print();
    }
    ExitCode::from(2)
}

fn complain(error: &Error, json: bool) {
    let mut stderr = std::io::stderr().lock();
    let _ = if json {
        writeln!(stderr, "{}", serde_json::json!({ "error": error }))
    } else {
        writeln!(stderr, "recert: {error}")
    };
}
