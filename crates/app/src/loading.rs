//! Originals as they are read for a packet: checked against their hashes, and one ahead of the one that is worked on.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::Scope;

use crate::files;

/// An original, by the extension it is kept under, or why it is not there.
#[derive(Debug)]
pub(crate) enum Loaded {
    /// All of it.
    Whole(String, Vec<u8>),
    /// It is too large to be looked into, and is read bit by bit: how many bytes it has.
    Large(String, u64),
    /// Why, as what follows “it ”.
    Absent(&'static str),
}

/// An original and where it lies, if it is on this computer.
pub(crate) type Place = (String, Option<PathBuf>);

/// Reads an original. A file that changed on the disk shows nothing.
pub(crate) fn load((sha256, path): &Place) -> Loaded {
    let Some(path) = path else { return Loaded::Absent("is not on this computer") };
    let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    let size = path.metadata().map_or(0, |there| there.len());
    if size > inspect::MOST_BYTES as u64 {
        return match files::hash(path) {
            Ok(hash) if hash == *sha256 => Loaded::Large(extension, size),
            Ok(_) => Loaded::Absent(CHANGED),
            Err(_) => Loaded::Absent(UNREADABLE),
        };
    }
    whole(path, sha256).map_or_else(Loaded::Absent, |bytes| Loaded::Whole(extension, bytes))
}

/// The bytes of an original, or why they are not there.
pub(crate) fn whole(path: &Path, sha256: &str) -> Result<Vec<u8>, &'static str> {
    let bytes = fs::read(path).map_err(|_| UNREADABLE)?;
    if files::hash_of(&bytes) == sha256 { Ok(bytes) } else { Err(CHANGED) }
}

const CHANGED: &str = "is no longer the file that was added";
const UNREADABLE: &str = "cannot be read";

/// Reads originals in this order, while the one before is worked on.
pub(crate) fn ahead<'scope>(scope: &'scope Scope<'scope, '_>, places: Vec<Place>) -> Receiver<Loaded> {
    // Without room for more, so that no more than two are in memory.
    let (send, loaded) = sync_channel(0);
    scope.spawn(move || {
        // Nobody takes them any more once it was stopped.
        let _ = places.iter().try_for_each(|place| send.send(load(place)));
    });
    loaded
}
