//! What the product promises, checked on the `recert` command itself.

mod another_profession;
mod backup;
mod bad_input;
mod command;
mod damaged;
mod deleting;
mod dice;
mod evaluation;
mod every_file;
#[cfg(unix)]
mod failing;
mod history;
mod hostile_computer;
mod hostile_drawing;
mod hostile_location;
mod hostile_vault;
mod hostile_words;
mod journey;
#[cfg(unix)]
mod killed;
mod looks;
mod paper;
mod preflight;
#[cfg(target_os = "linux")]
mod progress;
mod record;
mod renewal;
mod sheets;
#[cfg(unix)]
mod work;
mod worked_examples;
