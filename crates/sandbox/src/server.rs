//! The process that works.

use std::fs::File;
use std::io::{self, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::thread;

use serde::de::DeserializeOwned;

use crate::{confine, frame};

/// What it says once it is confined.
pub(crate) const READY: &[u8] = b"ready";
/// Parsers descend as deep as their own limits allow.
const STACK: usize = 64 * 1024 * 1024;
/// More bytes than any request has: a file to be drawn, or the pixels of a picture.
const MOST_ASKED: u64 = 512 * 1024 * 1024;

/// What answers a request about bytes: JSON, and bytes that come with it.
pub type Work<Q> = fn(Q, Vec<u8>) -> (Vec<u8>, Vec<u8>);

/// Serves requests until the other side closes. Nothing may have been read or opened before.
pub fn serve<Q: DeserializeOwned + 'static>(work: Work<Q>) -> ExitCode {
    // Whole messages, not lines. These are copies, which are not made once nothing can be opened.
    let (Ok(mut from), Ok(mut to)) = (standard_input(), standard_output()) else { return ExitCode::FAILURE };
    // Unconfined, it does not begin.
    let Ok(_confined) = confine::confine() else { return ExitCode::FAILURE };
    let (asked, requests) = channel::<frame::Frame>();
    let serving = move || {
        frame::write(&mut to, READY, b"")?;
        for request in requests {
            let Ok(asked) = serde_json::from_slice(&request.head) else { break };
            // Nothing that the work may have left half done is used again. Where it failed there is no answer: a parser's bug.
            let done = catch_unwind(AssertUnwindSafe(|| work(asked, request.body)));
            let (answer, body) = done.unwrap_or_default();
            frame::write(&mut to, &answer, &body)?;
        }
        io::Result::Ok(())
    };
    let Ok(_serving) = thread::Builder::new().stack_size(STACK).spawn(serving) else { return ExitCode::FAILURE };
    // Requests are waited for here also while one is worked on: when whoever asked is gone, this ends with it.
    while let Ok(Some(request)) = frame::read(&mut from, MOST_ASKED) {
        if asked.send(request).is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

#[cfg(unix)]
fn standard_input() -> io::Result<BufReader<File>> {
    use std::os::fd::AsFd as _;
    Ok(BufReader::new(File::from(io::stdin().as_fd().try_clone_to_owned()?)))
}

#[cfg(unix)]
fn standard_output() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
fn standard_input() -> io::Result<BufReader<File>> {
    use std::os::windows::io::AsHandle as _;
    Ok(BufReader::new(File::from(io::stdin().as_handle().try_clone_to_owned()?)))
}

#[cfg(windows)]
fn standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    Ok(File::from(io::stdout().as_handle().try_clone_to_owned()?))
}
