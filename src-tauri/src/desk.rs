//! What the window works on: the record, opened when it is first needed and again after it could not be opened, and
//! the files that were dropped and wait for their credit.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use app::wire::{ChosenBackup, DroppedFiles, ShellEvent};
use app::{BackupChoice, Clock, Code, Computer, Error, Recert, places};
use tauri::ipc::Channel;

/// Where the record lies, the record once it is open, and what waits.
pub struct Desk {
    folder: Option<PathBuf>,
    computer: Computer,
    clock: Clock,
    /// Why the program was called wrongly; answered to whatever the window asks.
    misuse: Option<Error>,
    recert: Mutex<Option<Recert>>,
    drops: Mutex<Drops>,
    /// The file or the folder that a backup is to be restored from.
    backup: Mutex<Option<PathBuf>>,
    /// How often long work was stopped. What began before the last time ends.
    stops: AtomicU32,
    /// Where the page hears of what happens outside it, once it listens.
    page: Mutex<Option<Channel<ShellEvent>>>,
}

#[derive(Debug, Default)]
struct Drops {
    last: u32,
    waiting: BTreeMap<u32, Vec<PathBuf>>,
}

impl Desk {
    /// The record in `folder`, or in the usual place, on a computer.
    pub fn new(folder: Option<PathBuf>, computer: Computer, clock: Clock) -> Self {
        Self {
            folder,
            computer,
            clock,
            misuse: None,
            recert: Mutex::default(),
            drops: Mutex::default(),
            backup: Mutex::default(),
            stops: AtomicU32::new(0),
            page: Mutex::default(),
        }
    }

    /// Understands `--vault DIR` and `--today DATE` as the command line does, also with an equals sign; what is meant
    /// for the system's toolkit is left to it.
    pub fn from_arguments(arguments: impl Iterator<Item = OsString>) -> Self {
        let mut desk = Self::new(None, places::computer(), Clock::system());
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let text = argument.to_string_lossy();
            let (name, given) = match text.split_once('=') {
                Some((name, value)) => (name, Some(OsString::from(value))),
                None => (text.as_ref(), None),
            };
            let misuse = match name {
                "--vault" => {
                    desk.folder = given.or_else(|| arguments.next()).map(PathBuf::from);
                    desk.folder.is_none().then_some("--vault wants a folder.")
                }
                "--today" => {
                    let date = given.or_else(|| arguments.next()).and_then(|date| date.to_str()?.parse().ok());
                    desk.clock = date.map_or(desk.clock, Clock::fixed);
                    date.is_none().then_some("--today wants a date, such as 2024-03-04.")
                }
                _ => None,
            };
            desk.misuse = desk.misuse.or(misuse.map(|message| Error::new(Code::Invalid, message)));
        }
        desk
    }

    /// Does something with the record.
    pub(crate) fn with<T>(&self, f: impl FnOnce(&mut Recert) -> Result<T, Error>) -> Result<T, Error> {
        if let Some(misuse) = &self.misuse {
            return Err(misuse.clone());
        }
        let mut recert = locked(&self.recert);
        let opened = match recert.take() {
            Some(opened) => opened,
            None => Recert::open(&places::vault_folder(self.folder.clone())?, &self.computer, self.clock)?,
        };
        f(recert.insert(opened))
    }

    /// Reads a few of the files whose text nobody has read yet, and returns how many are left. The record is free for the
    /// window while a file is read.
    pub(crate) fn read_texts(&self) -> Result<usize, Error> {
        for _ in 0..app::AT_ONCE {
            let Some(unread) = self.with(|recert| recert.next_unread())? else { return Ok(0) };
            let text = unread.text();
            self.with(|recert| recert.keep_text(&unread, text))?;
        }
        self.with(|recert| recert.count_unread())
    }

    /// Does something with backups: also where the record is damaged, or where there is none yet.
    pub(crate) fn with_backups<T>(&self, f: impl FnOnce(&mut Recert) -> Result<T, Error>) -> Result<T, Error> {
        if let Some(misuse) = &self.misuse {
            return Err(misuse.clone());
        }
        let mut recert = locked(&self.recert);
        let mut opened = match recert.take() {
            Some(opened) => opened,
            None => Recert::open_if_sound(&places::vault_folder(self.folder.clone())?, &self.computer, self.clock)?,
        };
        let done = f(&mut opened);
        // What is damaged does not stay, so that everything else goes on saying so.
        *recert = opened.is_open().then_some(opened);
        done
    }

    /// Does something long with backups on the record opened a second time, so that the window goes on with it meanwhile.
    pub(crate) fn beside<T>(&self, f: impl FnOnce(&mut Recert) -> Result<T, Error>) -> Result<T, Error> {
        if let Some(misuse) = &self.misuse {
            return Err(misuse.clone());
        }
        let opened = locked(&self.recert).as_ref().map(|recert| recert.folder().to_owned());
        let folder = opened.map_or_else(|| places::vault_folder(self.folder.clone()), Ok)?;
        f(&mut Recert::open_if_sound(&folder, &self.computer, self.clock)?)
    }

    /// Lets go of the record, which is opened again when it is needed: another state is in its place.
    pub(crate) fn close(&self) {
        *locked(&self.recert) = None;
    }

    /// The daily backup for a window that is left open. It opens the record a second time, so that the window never waits
    /// for it; opening backs up what is due and nothing else.
    pub fn back_up_by_itself(&self) {
        let folder =
            locked(&self.recert).as_ref().filter(|recert| recert.is_open()).map(|open| open.folder().to_owned());
        let Some(folder) = folder else { return };
        let fault = match Recert::open(&folder, &self.computer, self.clock) {
            Ok(beside) => beside.backup_fault().cloned(),
            Err(error) => Some(error),
        };
        if let Some(recert) = locked(&self.recert).as_mut() {
            recert.note_backup(fault);
        }
    }

    /// Tells the page how far long work is, each percent once, until it is stopped.
    pub(crate) fn progress(&self) -> impl FnMut(u64, u64) -> bool {
        let (begun, mut told) = (self.stops.load(Ordering::Acquire), None);
        move |done, all| {
            let percent = done.saturating_mul(100).checked_div(all).unwrap_or(100).min(100);
            if told.replace(percent) != Some(percent) {
                self.tell(ShellEvent::Progress(u8::try_from(percent).unwrap_or(100)));
            }
            self.stops.load(Ordering::Acquire) == begun
        }
    }

    /// Stops all long work that has begun. It does not wait for the record, which may be busy with that.
    pub(crate) fn stop(&self) {
        self.stops.fetch_add(1, Ordering::AcqRel);
    }

    /// The page listens here from now on.
    pub(crate) fn listen(&self, page: Channel<ShellEvent>) {
        *locked(&self.page) = Some(page);
    }

    /// Tells the page something that it did not ask for. Never waits for the record.
    pub(crate) fn tell(&self, event: ShellEvent) {
        let page = locked(&self.page).clone();
        // Fails only while the window is closing, and then nobody listens.
        let _ = page.map(|page| page.send(event));
    }

    /// Keeps the file or the folder that a backup is to be restored from; the window learns its name.
    pub(crate) fn keep_backup(&self, path: PathBuf) -> Result<ChosenBackup, Error> {
        let seen = Recert::look_at_backup(&path)?;
        *locked(&self.backup) = Some(path);
        Ok(seen)
    }

    /// A backup by its name in the list, or else what was chosen last. A name from the page is never a path.
    pub(crate) fn backup(
        &self,
        name: Option<String>,
        passphrase: Option<String>,
        even_if_costly: bool,
    ) -> Result<BackupChoice, Error> {
        let chosen =
            || locked(&self.backup).clone().map(|path| BackupChoice::File { path, passphrase, even_if_costly });
        let choice = name.map(BackupChoice::Listed).or_else(chosen);
        choice.ok_or_else(|| Error::new(Code::NotFound, "Choose the file or the folder again."))
    }

    /// Keeps dropped files until the window says which credit they belong to. Never waits for the record.
    pub fn hold(&self, paths: Vec<PathBuf>) -> DroppedFiles {
        let mut drops = locked(&self.drops);
        drops.last += 1;
        let name = |path: &PathBuf| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let files = DroppedFiles { drop: drops.last, names: paths.iter().map(name).collect() };
        drops.waiting.insert(files.drop, paths);
        files
    }

    /// The files of a drop, which go on waiting.
    pub(crate) fn held(&self, drop: u32) -> Result<Vec<PathBuf>, Error> {
        let held = locked(&self.drops).waiting.get(&drop).cloned();
        held.ok_or_else(|| {
            Error::new(Code::NotFound, "These files were attached already. Drop them again if they are missing.")
        })
    }

    /// The files of a drop are where they belong.
    pub(crate) fn release(&self, drop: u32) {
        locked(&self.drops).waiting.remove(&drop);
    }
}

/// A panic in one command leaves the record on disk whole, so the next command may go on.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_told_its_folder_as_the_command_line_is() {
        for words in
            [&["--vault", "/a"][..], &["--vault=/a"], &["--gtk-debug", "x", "--vault", "/a", "--today=2026-01-15"]]
        {
            let desk = Desk::from_arguments(words.iter().map(OsString::from));
            assert_eq!(desk.folder, Some(PathBuf::from("/a")), "{words:?}");
            assert!(desk.misuse.is_none(), "{words:?}");
        }
    }

    #[test]
    fn a_window_called_wrongly_opens_nothing_and_says_why() {
        for words in [&["--vault"][..], &["--today", "yesterday"], &["--today="]] {
            let desk = Desk::from_arguments(words.iter().map(OsString::from));
            assert_eq!(desk.with(|_| Ok(())).unwrap_err().code, Code::Invalid, "{words:?}");
        }
    }
}
