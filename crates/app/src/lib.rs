//! The use cases: everything that the window and the command line do.

pub mod error;
pub mod wire;

pub use error::{Code, Error};
