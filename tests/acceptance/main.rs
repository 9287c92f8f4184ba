//! What the product promises, checked on the `recert` command itself.

mod another_profession;
mod backup;
mod bad_input;
mod command;
mod evaluation;
mod history;
mod journey;
mod record;
mod worked_examples;
