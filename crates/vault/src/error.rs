//! What can go wrong with a vault: where it happened and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use domain::RecordFault;
use domain::credit::CreditFault;
use rusqlite::ErrorCode;

/// What Recert was doing with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading it.
    Read,
    /// Writing it.
    Write,
}

/// Everything that can go wrong with a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The folder holds no record.
    Missing {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder holds a record already.
    Exists {
        /// The folder.
        folder: PathBuf,
    },
    /// The record was written by a newer Recert.
    Newer {
        /// The database.
        path: PathBuf,
        /// The schema it has.
        found: u32,
        /// The newest schema this version reads.
        supported: u32,
    },
    /// The file is no Recert record: no database at all, or another program's.
    NotARecord {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        reason: &'static str,
    },
    /// The database does not hold together.
    Damaged {
        /// The database.
        path: PathBuf,
        /// What the database engine says.
        reason: String,
    },
    /// A backup does not hold together, or is none.
    BackupDamaged {
        /// The backup's database or file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A backup is locked with a passphrase.
    Locked {
        /// The file.
        file: PathBuf,
        /// Whether a passphrase was given; it is wrong then.
        given: bool,
    },
    /// What is set on this computer for a vault cannot be used.
    SettingsUnusable {
        /// The file of settings.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Opening a locked backup takes more work than Recert asks for in its own files.
    Costly {
        /// The file.
        file: PathBuf,
        /// The memory that it takes.
        megabytes: u32,
    },
    /// Another program has been writing for too long.
    Busy {
        /// The database.
        path: PathBuf,
    },
    /// The vault may not be read or written.
    NoPermission {
        /// The file or folder.
        path: PathBuf,
    },
    /// Something that Recert makes in a vault is a link to elsewhere.
    Linked {
        /// The link.
        path: PathBuf,
    },
    /// No space is left.
    DiskFull {
        /// The file or folder.
        path: PathBuf,
    },
    /// A file to be attached is not one that Recert keeps.
    Refused {
        /// The file.
        file: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// Nothing of that name is in the record.
    NotFound {
        /// `credit`, `credential`, `fact` or `proof`.
        what: &'static str,
        /// What was asked for.
        id: String,
    },
    /// There is nothing that could be taken back.
    NothingToUndo,
    /// There is nothing that was taken back and could be done again.
    NothingToRedo,
    /// Something else of that name is in the record already.
    Conflict {
        /// `credit`, `credential`, `fact` or `holder`.
        what: &'static str,
        /// The name that both have.
        id: String,
    },
    /// Something cannot be kept as it is.
    Invalid {
        /// `credit c1`, `the holder`, `the record`.
        what: String,
        /// What does not hold, at least one.
        faults: Vec<CreditFault>,
    },
    /// It was stopped by whoever was told how far it is.
    Stopped,
    /// A file or the database cannot be read or written for another reason.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was being done.
        access: Access,
        /// What the system says.
        reason: String,
    },
}

impl Error {
    /// A failure of the file system inside the vault.
    pub(crate) fn io(path: &Path, access: Access, error: &io::Error) -> Self {
        let path = path.to_owned();
        let kind = error.kind();
        if matches!(kind, io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) {
            Self::NoPermission { path }
        } else if matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            Self::DiskFull { path }
        } else {
            Self::Io { path, access, reason: plain(error) }
        }
    }

    /// A file from outside the vault that cannot be read.
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::Io { path: path.to_owned(), access: Access::Read, reason: plain(error) }
    }

    /// A failure of the database at `path`.
    pub(crate) fn sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        let reason = error.to_string();
        if matches!(
            error,
            rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..)
        ) {
            return Self::Damaged { path, reason };
        }
        // Our statements fit our schema: where one is refused, the tables are not described as we described them.
        if let rusqlite::Error::SqlInputError { msg, .. } = error {
            return Self::Damaged { path, reason: msg.clone() };
        }
        let Some(failure) = error.sqlite_error() else {
            return Self::Io { path, access: Access::Write, reason };
        };
        // Growing the shared-memory index beside the database fails with an input/output error when no space is left.
        if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE {
            return Self::DiskFull { path };
        }
        // A log that may not be removed lies in a folder that may not be written.
        if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_DELETE {
            return Self::NoPermission { path };
        }
        #[allow(clippy::wildcard_enum_match_arm, reason = "SQLite's codes, not ours; the rest share one answer")]
        match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy { path },
            ErrorCode::DiskFull => Self::DiskFull { path },
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => Self::NoPermission { path },
            // SQLite's word for a statement, or a description of a table, that it cannot make sense of.
            ErrorCode::DatabaseCorrupt | ErrorCode::Unknown => Self::Damaged { path, reason },
            ErrorCode::NotADatabase => Self::NotARecord { path, reason: NOT_A_DATABASE },
            _ => Self::Io { path, access: Access::Write, reason },
        }
    }
}

/// Why a file without `SQLite`'s first bytes is no record.
pub(crate) const NOT_A_DATABASE: &str = "it is not a database";

/// The system's words without its number.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split_once(" (os error").map_or(text.as_str(), |(words, _)| words).to_owned()
}

impl From<RecordFault> for Error {
    fn from(fault: RecordFault) -> Self {
        Self::Invalid {
            what: "the record".to_owned(),
            faults: vec![CreditFault { field: fault.path, reason: fault.reason }],
        }
    }
}

impl fmt::Display for Error {
    #[allow(clippy::too_many_lines, reason = "a sentence for each error")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { folder } => {
                write!(
                    f,
                    "There is no record in “{}” yet. Start one there, or choose another folder.",
                    folder.display()
                )
            }
            Self::Exists { folder } => {
                write!(f, "There is a record in “{}” already. Open it, or choose another folder.", folder.display())
            }
            Self::Newer { path, found, supported } => write!(
                f,
                "“{}” was written by a newer Recert: it has data version {found}, this one reads up to {supported}. \
                 Install the newest Recert and open it again.",
                path.display()
            ),
            Self::NotARecord { path, reason } => write!(
                f,
                "“{}” is not a Recert record: {reason}. It was left as it is; choose another folder.",
                path.display()
            ),
            Self::Damaged { path, reason } => write!(
                f,
                "“{}” is damaged ({reason}). Keep the whole folder as it is. “recert backup list” names the backups and \
                 “recert backup restore” brings one back; the damaged file is set aside, your certificates stay.",
                path.display()
            ),
            Self::BackupDamaged { path, reason } => write!(
                f,
                "The backup “{}” cannot be used: {reason}. Nothing was changed; use another one.",
                path.display()
            ),
            Self::Locked { file, given: false } => write!(
                f,
                "“{}” is locked with a passphrase. Give the passphrase that it was made with.",
                file.display()
            ),
            Self::Locked { file, given: true } => write!(
                f,
                "The passphrase does not open “{}”. Check capital letters and spaces, then try again.",
                file.display()
            ),
            Self::Costly { file, megabytes } => write!(
                f,
                "Opening “{}” takes about {megabytes} MB of memory, and up to half a minute on a slow computer: more than a \
                 file that Recert made. Nothing was opened yet. Open it only if you know who made it.",
                file.display()
            ),
            Self::SettingsUnusable { path, reason } => write!(
                f,
                "What is set on this computer for your record cannot be used: “{}”: {reason}. Choose the place for copies \
                 outside this computer again.",
                path.display()
            ),
            Self::Busy { path } => write!(
                f,
                "Another program is writing to “{}”. Wait until it is done or close it, then try again.",
                path.display()
            ),
            Self::NoPermission { path } => write!(
                f,
                "Recert may not use “{}”. Allow reading and writing there, or choose another folder.",
                path.display()
            ),
            Self::Linked { path } => write!(
                f,
                "“{}” is a link. Recert does not follow links within the folder of a record, as what they lead to may be \
                 anything. Put the file or the folder itself in its place, then try again.",
                path.display()
            ),
            Self::DiskFull { path } => {
                write!(
                    f,
                    "No space is left for “{}”. Nothing was changed; free some space and try again.",
                    path.display()
                )
            }
            Self::Refused { file, reason } => write!(f, "“{}” was not taken: {reason}", file.display()),
            Self::NotFound { what, id } => {
                write!(f, "There is no {what} “{id}” in the record. Check the name and try again.")
            }
            Self::NothingToUndo => {
                f.write_str("There is nothing to undo: what was done before a new version of Recert, or before a backup was restored, stays as it is.")
            }
            Self::NothingToRedo => {
                f.write_str("There is nothing to do again: nothing was undone since the last change.")
            }
            Self::Conflict { what, id } => write!(
                f,
                "The record has another {what} “{id}” already. Nothing was taken over; rename or remove one of the two."
            ),
            Self::Invalid { what, faults } => {
                write!(f, "Nothing was kept, because {what} does not hold")?;
                for (index, fault) in faults.iter().enumerate() {
                    let lead = if index == 0 { ": " } else { "; " };
                    write!(
                        f,
                        "{lead}{}{}{}",
                        fault.field,
                        if fault.field.is_empty() { "" } else { ": " },
                        fault.reason
                    )?;
                }
                f.write_str(".")
            }
            Self::Stopped => f.write_str("It was stopped, and the record is as it was."),
            Self::Io { path, access, reason } => {
                let (verb, advice) = match access {
                    Access::Read => ("read", "Check that it is there and may be read"),
                    Access::Write => ("written", "Check the disk"),
                };
                write!(f, "“{}” could not be {verb}: {reason}. {advice}, then try again.", path.display())
            }
        }
    }
}

impl std::error::Error for Error {}
