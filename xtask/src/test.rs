//! Everything that must hold before a change lands, in stages; the first that fails ends the run.

use std::time::Instant;

use crate::bindings;
use crate::e2e;
use crate::install;
use crate::process::{Done, cargo, check, count, npm, program, spelled};

/// Every stage.
pub(crate) fn everything() -> Done {
    let mut run = Run::new();
    run.stage("Install what is missing", "cargo xtask test", || {
        install::for_the_tests()?;
        install::node_modules()?;
        install::cargo_deny().map(|_| 0)
    })?;
    pure(&mut run)?;
    interface(&mut run)?;
    run.stage("Generated wire types are current", "cargo xtask bindings", || bindings::verify().map(|()| 0))?;
    let deny = install::cargo_deny()?;
    run.check("Dependencies", program(&deny.to_string_lossy(), "--locked check bans licenses sources"))?;
    run.check("Lints", cargo("clippy --locked --workspace --all-targets -- -D warnings"))?;
    run.check(
        "Lints, every feature",
        cargo("clippy --locked --workspace --all-targets --all-features -- -D warnings"),
    )?;
    run.tests("Shell: commands and permissions", cargo("test --locked --package recert-app"))?;
    if cfg!(target_os = "linux") {
        run.stage("The real window", "cargo xtask e2e", || e2e::run(&[]))?;
    } else {
        println!("\nThe real window can be driven on Linux only, and is left out here.");
    }
    run.close();
    Ok(())
}

/// Whether something is known against what Recert is built from. It asks the network, so it is apart from the tests.
pub(crate) fn advisories() -> Done {
    let deny = install::cargo_deny()?;
    check(&mut program(&deny.to_string_lossy(), "--locked check advisories"))?;
    check(&mut npm("audit"))
}

/// The pure crates and the interface: no web view is compiled.
pub(crate) fn without_the_window() -> Done {
    let mut run = Run::new();
    install::node_modules()?;
    pure(&mut run)?;
    interface(&mut run)?;
    run.close();
    Ok(())
}

/// Without the shell in the build, so that a pure crate that needs a web view cannot pass.
fn pure(run: &mut Run) -> Done {
    run.check("Rust: format", cargo("fmt --all --check"))?;
    run.tests("Rust without the window: tests", cargo("test --locked --workspace --exclude recert-app"))
}

fn interface(run: &mut Run) -> Done {
    run.check("Interface: format", npm("run format:check"))?;
    run.check("Interface: types and accessibility warnings", npm("run check"))?;
    run.tests("Interface: tests", npm("run test"))?;
    run.check("Interface: build", npm("run build"))
}

/// The tests that have passed so far, and since when.
struct Run {
    passed: u32,
    started: Instant,
}

impl Run {
    fn new() -> Self {
        Self { passed: 0, started: Instant::now() }
    }

    fn check(&mut self, name: &str, mut command: std::process::Command) -> Done {
        self.stage(name, &spelled(&command), || check(&mut command).map(|()| 0))
    }

    fn tests(&mut self, name: &str, mut command: std::process::Command) -> Done {
        self.stage(name, &spelled(&command), || count(&mut command))
    }

    fn stage(&mut self, name: &str, repeat: &str, work: impl FnOnce() -> Done<u32>) -> Done {
        println!("\n=== {name}");
        let begun = Instant::now();
        self.passed += work().map_err(|why| format!("{name}: {why}\nTo repeat it: {repeat}"))?;
        println!("=== {name}: {:.1} s", begun.elapsed().as_secs_f32());
        Ok(())
    }

    /// The closing line of the whole run.
    fn close(&self) {
        println!("\nEverything holds, after {:.0} s.", self.started.elapsed().as_secs_f32());
        println!("{} passed, 0 failed", self.passed);
    }
}
