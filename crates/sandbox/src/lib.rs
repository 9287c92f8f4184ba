//! Work on bytes that nobody vouches for, in a process of its own.
//!
//! The process is the same program, started with a private argument. It gets a request and bytes over a pipe and answers
//! over another one. It is given no path and no open file, its memory is bounded, and it opens no file. It is started
//! once and kept; when it dies, the next request gets a new one. This crate knows neither the requests nor the answers:
//! whoever starts the program says what is done with them.

mod confine;
mod frame;
mod server;

use std::ffi::OsStr;
use std::fmt;
use std::io::{self, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use confine::MOST_MEMORY;
pub use server::{Work, serve};

/// What the program is started with to serve. Nobody types it.
pub const ARGUMENT: &str = "serve-strangers-files";
/// How long one request may take on the slowest computer. What takes longer hangs; work is bounded by counting it.
pub const PATIENCE: Duration = Duration::from_mins(1);
/// More bytes than any answer has.
const MOST_ANSWERED: u64 = 384 * 1024 * 1024;

/// Why there is no answer. None of it says anything about what is in the bytes, so it may be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// The process died, ran out of memory, or failed within the work.
    Crashed,
    /// It took longer than [`PATIENCE`].
    TooLong,
    /// It could not be started.
    NotStarted,
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Crashed => "it cannot be read safely",
            Self::TooLong => "reading it took longer than a minute",
            Self::NotStarted => "the part of this program that reads such files could not be started",
        })
    }
}

impl std::error::Error for Stopped {}

/// Whether this process was started to serve.
pub fn is_asked_for() -> bool {
    std::env::args_os().nth(1).is_some_and(|argument| argument == OsStr::new(ARGUMENT))
}

/// The process that works, or that will once it is needed. One request runs at a time.
#[derive(Debug)]
pub struct Sandbox {
    program: PathBuf,
    patience: Duration,
    running: Mutex<Option<Running>>,
}

impl Sandbox {
    /// Of a program that calls [`serve`] when [`is_asked_for`] says so.
    pub const fn new(program: PathBuf) -> Self {
        Self { program, patience: PATIENCE, running: Mutex::new(None) }
    }

    /// Starts the process if it does not run yet, and does not wait until it is ready.
    pub fn start(&self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_none() {
            *running = Running::start(&self.program, self.patience).ok();
        }
    }

    /// Asks for an answer to a request about these bytes; bytes may come with the answer.
    ///
    /// A process that served others before is given one more chance with a new one: what becomes of a file does not depend
    /// on which files came before it.
    pub fn ask<Q: Serialize, A: DeserializeOwned>(&self, request: &Q, bytes: &[u8]) -> Result<(A, Vec<u8>), Stopped> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mut kept) = running.take() {
            match kept.ask(request, bytes) {
                Err(Stopped::Crashed) => {}
                Err(stopped) => return Err(stopped),
                Ok(answer) => {
                    *running = Some(kept);
                    return Ok(answer);
                }
            }
        }
        let mut new = Running::start(&self.program, self.patience).map_err(|_| Stopped::NotStarted)?;
        let answer = new.ask(request, bytes)?;
        *running = Some(new);
        Ok(answer)
    }
}

/// A process that runs.
#[derive(Debug)]
struct Running {
    watched: Arc<Watched>,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    is_ready: bool,
}

/// What the clock looks at.
#[derive(Debug)]
struct Watched {
    child: Mutex<Child>,
    /// Since when a request runs.
    since: Mutex<Option<Instant>>,
    is_late: AtomicBool,
}

impl Watched {
    /// Ends the process if it took too long.
    fn look(&self, patience: Duration) {
        let since = *self.since.lock().unwrap_or_else(PoisonError::into_inner);
        if since.is_some_and(|since| since.elapsed() > patience) {
            self.is_late.store(true, Ordering::Release);
            let _ = self.child.lock().unwrap_or_else(PoisonError::into_inner).kill();
        }
    }
}

impl Running {
    fn start(program: &PathBuf, patience: Duration) -> io::Result<Self> {
        let mut command = Command::new(program);
        // The programs' allocator sets aside a gigabyte before anything runs, which would count as used.
        command.env("MIMALLOC_ARENA_EAGER_COMMIT", "0");
        command.arg(ARGUMENT).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(windows)]
        {
            const CREATE_NO_WINDOW: u32 = 0x0800_0000;
            std::os::windows::process::CommandExt::creation_flags(&mut command, CREATE_NO_WINDOW);
        }
        let mut child = command.spawn()?;
        let ends = child.stdin.take().zip(child.stdout.take());
        let (to, from) = ends.ok_or(io::ErrorKind::BrokenPipe)?;
        // Files are large, and each time that a pipe is full one process waits for the other.
        #[cfg(target_os = "linux")]
        {
            const ROOM: usize = 1024 * 1024;
            let _ = (rustix::pipe::fcntl_setpipe_size(&to, ROOM), rustix::pipe::fcntl_setpipe_size(&from, ROOM));
        }
        let (child, since, is_late) = (Mutex::new(child), Mutex::new(None), AtomicBool::new(false));
        let watched = Arc::new(Watched { child, since, is_late });
        let weak = Arc::downgrade(&watched);
        // Now and then: to be told of each request would cost more than many a request does.
        let watching = move || {
            while let Some(watched) = weak.upgrade() {
                watched.look(patience);
                drop(watched);
                thread::park_timeout(patience / 60);
            }
        };
        let running = Self { watched, to, from: BufReader::new(from), is_ready: false };
        thread::Builder::new().name("sandbox-clock".to_owned()).spawn(watching)?;
        Ok(running)
    }

    /// Waits until it says that it is confined: nothing of a stranger's is sent to it before.
    fn wait(&mut self) -> Result<(), Stopped> {
        if !self.is_ready {
            let told = self.timed(|running| frame::read(&mut running.from, 0));
            self.is_ready = told.is_ok_and(|told| told.is_some_and(|ready| ready.head == server::READY));
        }
        if self.is_ready { Ok(()) } else { Err(Stopped::NotStarted) }
    }

    fn ask<Q: Serialize, A: DeserializeOwned>(&mut self, request: &Q, bytes: &[u8]) -> Result<(A, Vec<u8>), Stopped> {
        self.wait()?;
        let head = serde_json::to_vec(request).map_err(|_| Stopped::Crashed)?;
        let answered = self.timed(|running| {
            frame::write(&mut running.to, &head, bytes)?;
            frame::read(&mut running.from, MOST_ANSWERED)
        });
        let answer = match answered {
            Ok(Some(answer)) => answer,
            _ if self.watched.is_late.load(Ordering::Acquire) => return Err(Stopped::TooLong),
            _ => return Err(Stopped::Crashed),
        };
        let told = serde_json::from_slice(&answer.head).map_err(|_| Stopped::Crashed)?;
        Ok((told, answer.body))
    }

    /// Ends the process if this takes too long.
    fn timed<T>(&mut self, work: impl FnOnce(&mut Self) -> io::Result<T>) -> io::Result<T> {
        let watched = Arc::clone(&self.watched);
        let set = |since| *watched.since.lock().unwrap_or_else(PoisonError::into_inner) = since;
        set(Some(Instant::now()));
        let done = work(self);
        set(None);
        done
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut child = self.watched.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}
