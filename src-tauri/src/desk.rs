//! The one record the window works on, opened when it is first needed and again after it could not be opened.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use app::{Clock, Error, Recert, places};

/// Where the record lies, and the record once it is open.
#[derive(Debug)]
pub struct Desk {
    folder: Option<PathBuf>,
    clock: Clock,
    recert: Mutex<Option<Recert>>,
}

impl Desk {
    /// The record in `folder`, or in the usual place.
    pub fn new(folder: Option<PathBuf>, clock: Clock) -> Self {
        Self { folder, clock, recert: Mutex::new(None) }
    }

    /// Understands `--vault DIR` and `--today DATE`, as the command line does; anything else is left to the system.
    pub fn from_arguments(arguments: impl Iterator<Item = OsString>) -> Self {
        let (mut folder, mut clock) = (None, Clock::system());
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--vault") => folder = arguments.next().map(PathBuf::from),
                Some("--today") => {
                    let today = arguments.next().and_then(|date| date.to_str().and_then(|date| date.parse().ok()));
                    clock = today.map_or(clock, Clock::fixed);
                }
                _ => {}
            }
        }
        Self::new(folder, clock)
    }

    /// Does something with the record.
    pub(crate) fn with<T>(&self, f: impl FnOnce(&mut Recert) -> Result<T, Error>) -> Result<T, Error> {
        // A panic in one command leaves the record on disk whole, so the next command may go on.
        let mut recert = self.recert.lock().unwrap_or_else(PoisonError::into_inner);
        let opened = match recert.take() {
            Some(opened) => opened,
            None => Recert::open(&places::vault_folder(self.folder.clone())?, self.clock)?,
        };
        f(recert.insert(opened))
    }
}
