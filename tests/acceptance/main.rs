//! What the product promises, checked on the `recert` command itself.

mod another_profession;
mod backup;
mod bad_input;
mod command;
mod damaged;
mod dice;
mod evaluation;
mod every_file;
mod history;
mod journey;
#[cfg(unix)]
mod killed;
#[cfg(target_os = "linux")]
mod progress;
mod record;
mod renewal;
mod worked_examples;
