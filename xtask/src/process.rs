//! Runs other programs, says what it runs, and counts the tests that they report.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use crate::places;

/// What a step comes to: nothing, or one message that says what happened and what to do.
pub(crate) type Done<T = ()> = Result<T, String>;

/// A program that runs in the root of the clone.
pub(crate) fn program(name: &str, arguments: &str) -> Command {
    let mut command = Command::new(name);
    command.args(arguments.split_whitespace()).current_dir(places::root());
    command
}

/// Cargo, with the shared build folder.
pub(crate) fn cargo(arguments: &str) -> Command {
    let mut command = program("cargo", arguments);
    if let Ok(target) = places::target() {
        command.env("CARGO_TARGET_DIR", target);
    }
    command
}

/// npm in `ui/`.
pub(crate) fn npm(arguments: &str) -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments);
    command.current_dir(places::root().join("ui"));
    command
}

/// Runs it to its end; anything but success is an error.
pub(crate) fn check(command: &mut Command) -> Done {
    let status = command.stdin(Stdio::null()).status().map_err(|e| cannot_start(command, &e))?;
    if status.success() { Ok(()) } else { Err(format!("This did not pass: {}", spelled(command))) }
}

/// Runs it, passes on what it prints, and returns how many tests it says have passed.
pub(crate) fn count(command: &mut Command) -> Done<u32> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).env("NO_COLOR", "1");
    let mut child = command.spawn().map_err(|e| cannot_start(command, &e))?;
    let mut passed = 0;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(|e| format!("{}: {e}", spelled(command)))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            passed += passed_in(&line).unwrap_or(0);
        }
    }
    let status = child.wait().map_err(|e| format!("{}: {e}", spelled(command)))?;
    match (status.success(), passed) {
        (false, _) => Err(format!("This did not pass: {}", spelled(command))),
        (true, 0) => Err(format!("This ran no test: {}", spelled(command))),
        (true, _) => Ok(passed),
    }
}

/// What a program prints, trimmed.
pub(crate) fn output(command: &mut Command) -> Done<String> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| cannot_start(command, &e))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(format!("This did not pass: {}\n{}", spelled(command), String::from_utf8_lossy(&output.stderr)))
    }
}

/// Whether a program is there and answers with success.
pub(crate) fn answers(name: &str, arguments: &str) -> bool {
    program(name, arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

/// The command as it can be typed again.
pub(crate) fn spelled(command: &Command) -> String {
    let mut line = match command.get_current_dir() {
        Some(folder) if folder.ends_with("ui") => "cd ui && ".to_owned(),
        _ => String::new(),
    };
    line.push_str(&command.get_program().to_string_lossy());
    for argument in command.get_args().map(|a| a.to_string_lossy()) {
        let plain = argument.chars().all(|c| c.is_ascii_alphanumeric() || "-_=./,:@^+".contains(c));
        let _ = if plain { write!(line, " {argument}") } else { write!(line, " '{argument}'") };
    }
    line
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("{} cannot be started: {error}", spelled(command))
}

/// The closing line of `cargo test`, of vitest, or of node's test runner.
fn passed_in(line: &str) -> Option<u32> {
    let line = line.trim();
    let number =
        match (line.strip_prefix("test result: ok. "), line.strip_prefix("Tests "), line.strip_prefix("ℹ pass ")) {
            (Some(cargo), _, _) => cargo.split_once(" passed")?.0,
            (_, Some(vitest), _) => vitest.split_once(" passed")?.0.rsplit(' ').next()?,
            (_, _, node) => node?,
        };
    number.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{passed_in, program, spelled};

    #[test]
    fn the_closing_line_of_each_runner_is_counted() {
        assert_eq!(passed_in("test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out"), Some(12));
        assert_eq!(passed_in("      Tests  7 passed (7)"), Some(7));
        assert_eq!(passed_in("      Tests  1 failed | 6 passed (7)"), Some(6));
        assert_eq!(passed_in("ℹ pass 5"), Some(5));
        assert_eq!(passed_in("test dates::are_iso ... ok"), None);
        assert_eq!(passed_in("ℹ tests 5"), None, "only what has passed is counted");
    }

    #[test]
    fn a_command_can_be_typed_again_as_it_is_shown() {
        let mut command = program("cargo", "test --workspace");
        command.arg("a b");
        assert_eq!(spelled(&command), "cargo test --workspace 'a b'");
    }
}
