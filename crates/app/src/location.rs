//! Where photos were taken, which is to stay in the record: it is removed from every copy that leaves, or it is said that the
//! copy tells it.

use transcript::Location;

use crate::strangers::{self, Fatal};

/// Removes it from a file of this name that leaves as a whole. After a command was stopped for good, nothing is looked into
/// any more: it writes nothing.
pub(crate) fn strip(bytes: Vec<u8>, name: &str, fatal: &Fatal) -> (Vec<u8>, Location) {
    if fatal.is_set() {
        return (bytes, Location::Unknown);
    }
    let (bytes, location) = strangers::without_location(bytes);
    let location = location.unwrap_or_else(|stopped| {
        fatal.note(name, stopped);
        inspect::Location::Unknown
    });
    let location = match location {
        inspect::Location::None => Location::None,
        inspect::Location::Removed { was_signed } => Location::Removed { was_signed },
        inspect::Location::Kept => Location::Kept,
        inspect::Location::Unknown => Location::Unknown,
    };
    (bytes, location)
}

/// How a file is there that left as a whole.
pub(crate) fn how(location: Location) -> &'static str {
    match location {
        Location::None | Location::Kept | Location::Unknown => "as it is",
        Location::Removed { .. } => "without what told where a photo in it was taken",
    }
}

/// What else she should know of it; `is_told` if it was said already how it is there.
pub(crate) fn remark(location: Location, is_told: bool) -> Option<&'static str> {
    match location {
        Location::None => None,
        Location::Removed { was_signed: false } if is_told => None,
        Location::Removed { was_signed: false } => Some("What told where a photo in it was taken was removed."),
        Location::Removed { was_signed: true } => Some(
            "What told where a photo in it was taken was removed; because of that its digital signature no longer holds.",
        ),
        Location::Kept => Some("It may tell where a photo in it was taken, and that cannot be removed."),
        Location::Unknown => Some(UNKNOWN),
    }
}

/// What an original tells that goes along as it is.
pub(crate) fn told(location: inspect::Location) -> Option<&'static str> {
    match location {
        inspect::Location::None => None,
        inspect::Location::Kept | inspect::Location::Removed { .. } => {
            Some("It is attached as you added it, and may tell where a photo in it was taken.")
        }
        inspect::Location::Unknown => Some(UNKNOWN),
    }
}

const UNKNOWN: &str = "It cannot be looked into: if there is a photo in it, that may tell where it was taken.";
