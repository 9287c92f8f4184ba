//! Work on bytes that nobody vouches for, on a thread of its own.
//!
//! Parsers of large formats have bugs. A panic ends the thread and not the caller; a deep recursion finds a stack that is
//! large enough for the parsers' own limits; and who does not come to an end is no longer waited for. Such a thread cannot
//! be ended from outside, so it is left to run, and only so many are left before nothing new is begun.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

const STACK: usize = 32 * 1024 * 1024;
const MOST_LEFT: usize = 4;

/// How many run that nobody waits for any more.
static LEFT: AtomicUsize = AtomicUsize::new(0);

/// Why there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// It panicked.
    Panicked,
    /// It took too long, or others did that are still running.
    TooLong,
}

/// What `work` returns, unless it panics or takes longer than `patience`.
pub(crate) fn contained<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Stopped> {
    if LEFT.load(Ordering::Acquire) >= MOST_LEFT {
        return Err(Stopped::TooLong);
    }
    // Without room for a result that nobody takes: so sending fails if, and only if, nobody waits any more.
    let (done, result) = sync_channel(0);
    let run = move || {
        // Nothing that the work may have left half done is used again.
        if done.send(catch_unwind(AssertUnwindSafe(work))).is_err() {
            LEFT.fetch_sub(1, Ordering::AcqRel);
        }
    };
    let started = thread::Builder::new().name("inspect".to_owned()).stack_size(STACK).spawn(run);
    if started.is_err() {
        return Err(Stopped::TooLong);
    }
    let Ok(ended) = result.recv_timeout(patience) else {
        LEFT.fetch_add(1, Ordering::AcqRel);
        return Err(Stopped::TooLong);
    };
    ended.map_err(|_| Stopped::Panicked)
}
