//! Why a transcript cannot be made.

use std::fmt;

/// Why a transcript cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// A text holds characters that the fonts lack.
    Unprintable {
        /// Where it stands: the holder's name, or which credit.
        place: String,
        /// The whole text.
        text: String,
        /// The characters.
        characters: Vec<char>,
    },
    /// The evaluation speaks of something that the record does not hold.
    Mismatch {
        /// The id of the credit or credential.
        id: String,
    },
    /// Files that were to be attached are not at hand, or are no longer what they were.
    Absent {
        /// Each one's name, and why as what follows “it ”.
        files: Vec<(String, String)>,
    },
    /// Its file could not be written.
    Io {
        /// What sort of failure.
        kind: std::io::ErrorKind,
        /// What the system says.
        reason: String,
    },
    /// She stopped it.
    Cancelled,
    /// The PDF could not be put together.
    Unwritable {
        /// What went wrong.
        reason: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unprintable { place, text, characters } => {
                let shown: Vec<String> = characters.iter().take(10).map(|c| format!("“{c}”")).collect();
                let text: String = text.chars().take(60).collect();
                write!(
                    f,
                    "{place} cannot be printed: the font lacks {} (in “{text}”). Write it with Latin, Greek or \
                     Cyrillic letters",
                    shown.join(", ")
                )
            }
            Self::Mismatch { id } => {
                write!(f, "the evaluation speaks of “{id}”, which the record does not hold; evaluate the record again")
            }
            Self::Absent { files } => {
                let shown: Vec<String> =
                    files.iter().take(10).map(|(name, reason)| format!("“{name}” {reason}")).collect();
                let more = files.len() - shown.len();
                let more = if more == 0 { String::new() } else { format!(", and {more} more") };
                write!(
                    f,
                    "the files cannot all be attached: {}{more}. Attach what is missing to its credit again, or make \
                     the transcript without the files",
                    shown.join(", ")
                )
            }
            Self::Io { reason, .. } => write!(f, "the file could not be written: {reason}"),
            Self::Cancelled => f.write_str("it was stopped, and nothing was written"),
            Self::Unwritable { reason } => write!(f, "the transcript could not be written: {reason}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Io { kind: error.kind(), reason: error.to_string() }
    }
}

/// A document that we made lacks what it always has.
impl From<lopdf::Error> for Error {
    fn from(error: lopdf::Error) -> Self {
        Self::Unwritable { reason: error.to_string() }
    }
}
