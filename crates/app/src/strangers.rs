//! Strangers' files: whatever is read or drawn of them is asked of a process of its own, which may die of it.

use std::cell::RefCell;
#[cfg(not(test))]
use std::path::PathBuf;
use std::process::ExitCode;
#[cfg(not(test))]
use std::sync::OnceLock;

use inspect::{Location, NoPreview, Preview, Print, Stand};
use sandbox::Stopped;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use transcript::{Parts, Picture, Refusal, Shrink, Source};

use crate::{Code, Error};

/// The longest side of a page of a PDF in pixels, where the work of drawing it on paper is counted.
const PRINTED: u32 = 2_400;

/// What is asked of a file whose bytes go with it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Request {
    Text,
    Pages,
    Look,
    Preview { page: u32, width: u32 },
    Prints { longest: u32, quality: u8 },
    Location,
    WithoutLocation,
    TakeApart { next: u32, merge_locked: bool, shrink: Option<(u32, u8)> },
}

/// What can be told of a picture without drawing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Look {
    pub(crate) is_cut: bool,
    pub(crate) stand: Option<Stand>,
}

/// The pages of a file as pictures.
#[derive(Debug)]
pub(crate) struct Pictures {
    pub(crate) pictures: Vec<Picture>,
    /// Whether some of it is missing or garbled.
    pub(crate) is_damaged: bool,
}

/// Why there is nothing of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nothing {
    /// It was looked into.
    Told(NoPreview),
    /// It was given up, which says nothing of what it holds. It can be tried again.
    GivenUp(Stopped),
}

impl Nothing {
    /// Whether another try may tell more.
    pub(crate) fn is_given_up(self) -> bool {
        matches!(self, Self::GivenUp(_) | Self::Told(NoPreview::TooMuchWork | NoPreview::TooLarge))
    }
}

impl From<Nothing> for Error {
    fn from(nothing: Nothing) -> Self {
        let message = match nothing {
            Nothing::Told(why) => why.to_string(),
            Nothing::GivenUp(stopped) => {
                format!("No preview: {stopped}. The file is kept as it is; it is tried again the next time.")
            }
        };
        Self::new(Code::NoPreview, message)
    }
}

/// Serves, if this process was started for that; to be called before anything is read or opened.
pub fn serve_if_asked() -> Option<ExitCode> {
    sandbox::is_asked_for().then(|| sandbox::serve(work))
}

/// The process that strangers' files are given to: this program, started again, unless it was said otherwise before.
#[cfg(not(test))]
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Names the program that serves, where that is not this one. It calls [`serve_if_asked`]. Without effect once a file was
/// looked into.
#[cfg(not(test))]
pub fn serve_with(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

#[cfg(not(test))]
fn sandbox() -> &'static sandbox::Sandbox {
    static SANDBOX: OnceLock<sandbox::Sandbox> = OnceLock::new();
    let program = || PROGRAM.get().cloned().or_else(|| std::env::current_exe().ok()).unwrap_or_default();
    SANDBOX.get_or_init(|| sandbox::Sandbox::new(program()))
}

/// Makes ready for what is going to be asked.
pub(crate) fn start() {
    #[cfg(not(test))]
    sandbox().start();
}

fn ask<A: DeserializeOwned>(request: Request, bytes: &[u8]) -> Result<(A, Vec<u8>), Stopped> {
    #[cfg(not(test))]
    return sandbox().ask(&request, bytes);
    // The tests of this crate are no program that can be started again. The tests of the programs ask real ones.
    #[cfg(test)]
    {
        let done = std::panic::catch_unwind(|| work(request, bytes.to_vec())).map_err(|_| Stopped::Crashed)?;
        Ok((serde_json::from_slice(&done.0).map_err(|_| Stopped::Crashed)?, done.1))
    }
}

/// The same where a file may have nothing of what is asked.
fn ask_for<A: DeserializeOwned>(request: Request, bytes: &[u8]) -> Result<(A, Vec<u8>), Nothing> {
    let (told, body) = ask::<Result<A, NoPreview>>(request, bytes).map_err(Nothing::GivenUp)?;
    Ok((told.map_err(Nothing::Told)?, body))
}

/// What a PDF says.
pub(crate) fn text(bytes: &[u8]) -> Result<String, Nothing> {
    Ok(ask_for(Request::Text, bytes)?.0)
}

/// How many pages a PDF or a TIFF has, if that can be told.
pub(crate) fn pages(bytes: &[u8]) -> Result<Option<u32>, Nothing> {
    Ok(ask_for(Request::Pages, bytes)?.0)
}

/// What can be told of a picture, or of its first bytes.
pub(crate) fn look(bytes: &[u8]) -> Result<Look, Nothing> {
    Ok(ask(Request::Look, bytes).map_err(Nothing::GivenUp)?.0)
}

/// A picture of a page, counted from 1, so many pixels wide.
pub(crate) fn preview(bytes: &[u8], page: u32, width: u32) -> Result<Preview, Nothing> {
    let ((pages, is_png), image) = ask_for::<(u32, bool)>(Request::Preview { page, width }, bytes)?;
    Ok(Preview { image, media_type: if is_png { PNG } else { "image/jpeg" }, pages })
}

const PNG: &str = "image/png";

/// One of several pictures: how many bytes it has, its size, whether it has no colours.
type Head = (usize, (u32, u32), bool);

/// Every page of a file as a picture.
pub(crate) fn prints(bytes: &[u8], longest: u32, quality: u8) -> Result<Pictures, Nothing> {
    let ((heads, is_damaged), body) = ask_for::<(Vec<Head>, bool)>(Request::Prints { longest, quality }, bytes)?;
    let mut rest = body.as_slice();
    let picture = |(length, size, is_grey): Head| {
        let (jpeg, after) = rest.split_at_checked(length)?;
        rest = after;
        Some(Picture { jpeg: jpeg.to_vec(), size, is_grey })
    };
    let pictures: Option<Vec<Picture>> = heads.into_iter().map(picture).collect();
    Ok(Pictures { pictures: pictures.ok_or(Nothing::GivenUp(Stopped::Crashed))?, is_damaged })
}

/// What a file tells of where its photos were taken.
pub(crate) fn location(bytes: &[u8]) -> Location {
    ask(Request::Location, bytes).map_or(Location::Unknown, |(location, _)| location)
}

/// A copy of a file that does not tell where its photos were taken; the file itself where that cannot be had, with what
/// stopped it.
pub(crate) fn without_location(bytes: Vec<u8>) -> (Vec<u8>, Result<Location, Stopped>) {
    match ask::<(bool, Location)>(Request::WithoutLocation, &bytes) {
        Ok(((true, location), changed)) => (changed, Ok(location)),
        Ok(((false, location), _)) => (bytes, Ok(location)),
        Err(stopped) => (bytes, Err(stopped)),
    }
}

/// A PDF taken apart for a packet.
pub(crate) fn take_apart(
    bytes: &[u8],
    next: u32,
    merge_locked: bool,
    shrink: Option<(u32, u8)>,
) -> Result<Result<Parts, Refusal>, Stopped> {
    let (parts, bytes) = ask::<Result<Parts, Refusal>>(Request::TakeApart { next, merge_locked, shrink }, bytes)?;
    Ok(parts.map(|mut parts| {
        parts.bytes = bytes;
        parts
    }))
}

/// What the process does.
fn work(request: Request, bytes: Vec<u8>) -> (Vec<u8>, Vec<u8>) {
    match request {
        Request::Text => (json(&inspect::text(&bytes)), Vec::new()),
        Request::Pages => (json(&inspect::pages(&bytes)), Vec::new()),
        Request::Look => {
            let look = Look { is_cut: inspect::is_cut(&bytes), stand: inspect::stand(&bytes) };
            (json(&look), Vec::new())
        }
        Request::Preview { page, width } => match inspect::preview(bytes, page, width) {
            Ok(drawn) => (json(&Ok::<_, NoPreview>((drawn.pages, drawn.media_type == PNG))), drawn.image),
            Err(why) => (json(&Err::<(), _>(why)), Vec::new()),
        },
        Request::Prints { longest, quality } => {
            let is_damaged = inspect::is_damaged(&bytes);
            match inspect::prints(bytes, longest, quality) {
                Ok(prints) => {
                    let head = |print: &Print| (print.jpeg.len(), print.size, print.is_grey);
                    let heads: Vec<Head> = prints.iter().map(head).collect();
                    let body = prints.into_iter().map(|print| print.jpeg).collect::<Vec<_>>().concat();
                    (json(&Ok::<_, NoPreview>((heads, is_damaged))), body)
                }
                Err(why) => (json(&Err::<(), _>(why)), Vec::new()),
            }
        }
        Request::Location => (json(&inspect::location(&bytes)), Vec::new()),
        Request::WithoutLocation => {
            let (changed, location) = inspect::without_location(&bytes);
            (json(&(changed.is_some(), location)), changed.unwrap_or_default())
        }
        Request::TakeApart { next, merge_locked, shrink } => match taken_apart(bytes, next, merge_locked, shrink) {
            Ok(mut parts) => {
                let bytes = std::mem::take(&mut parts.bytes);
                (json(&Ok::<_, Refusal>(parts)), bytes)
            }
            Err(why) => (json(&Err::<(), _>(why)), Vec::new()),
        },
    }
}

fn json<T: Serialize>(told: &T) -> Vec<u8> {
    serde_json::to_vec(told).unwrap_or_default()
}

/// Whoever opens the packet draws what was copied: so that is counted, too.
fn taken_apart(bytes: Vec<u8>, next: u32, merge_locked: bool, shrink: Option<(u32, u8)>) -> Result<Parts, Refusal> {
    let smaller = |source: Source<'_>| {
        let (longest, quality) = shrink?;
        let print = match source {
            Source::Jpeg(jpeg) => inspect::print(jpeg, longest, quality),
            Source::Pixels { bytes, size, is_grey } => inspect::print_pixels(bytes, size, is_grey, longest, quality),
        };
        print.ok().map(picture)
    };
    let smaller: Option<Shrink<'_>> = if shrink.is_some() { Some(&smaller) } else { None };
    let parts = transcript::take_apart(&bytes, next, merge_locked, smaller, inspect::without_metadata)?;
    match inspect::count_work(bytes, PRINTED) {
        Err(NoPreview::TooMuchWork | NoPreview::TooLarge) => Err(Refusal::TooMuchWork),
        // What cannot be told here, others may draw.
        _ => Ok(parts),
    }
}

fn picture(print: Print) -> Picture {
    let Print { jpeg, size, is_grey } = print;
    Picture { jpeg, size, is_grey }
}

/// The first file of a command of which it cannot be told what becomes of it: the command ends, rather than that what it
/// writes depended on the speed of the computer.
#[derive(Debug, Default)]
pub(crate) struct Fatal(RefCell<Option<Error>>);

impl Fatal {
    /// Keeps that a file took too long, or that nothing can be read at all; other reasons are said at the file.
    pub(crate) fn note(&self, name: &str, stopped: Stopped) {
        if Self::is_one(stopped) {
            let message = format!(
                "It was stopped at {name}: {stopped}. Nothing was written. Try again; if it happens again, take that file \
                 off, or attach a picture of it instead."
            );
            self.0.borrow_mut().get_or_insert_with(|| Error::new(Code::GivenUp, message));
        }
    }

    /// Whether another try, or another computer, may tell otherwise.
    pub(crate) fn is_one(stopped: Stopped) -> bool {
        stopped != Stopped::Crashed
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// The error that the command ends with, if there is one.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.0.borrow().clone().map_or(Ok(()), Err)
    }
}
