//! What the product promises, checked on the `recert` command itself.

mod bad_input;
mod command;
mod evaluation;
mod journey;
mod record;
