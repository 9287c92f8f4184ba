//! What the product promises, checked on the `recert` command itself.

mod another_profession;
mod backup;
mod bad_input;
mod command;
mod damaged;
mod dice;
mod evaluation;
mod history;
mod journey;
#[cfg(unix)]
mod killed;
mod preflight;
mod record;
mod renewal;
mod worked_examples;
