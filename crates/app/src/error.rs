//! The one error that leaves this crate: a code from a closed set, and a message for people.

use std::fmt;

use domain::pack::PackFault;
use serde::Serialize;

use crate::wire::FieldFault;

/// What went wrong, for programs. A code exists only if somebody acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Something typed in does not hold; `fields` says what.
    Invalid,
    /// No credit, credential or proof of that name, or nothing to undo.
    NotFound,
    /// There is no record in this folder yet.
    VaultMissing,
    /// There is a record in this folder already.
    VaultExists,
    /// The record was written by a newer Recert.
    VaultNewer,
    /// The file is not a Recert record, or it is damaged.
    VaultDamaged,
    /// Another program is writing.
    VaultBusy,
    /// The folder may not be written.
    NoPermission,
    /// No space is left.
    DiskFull,
    /// A file cannot be read.
    FileUnreadable,
    /// A file cannot be written.
    FileUnwritable,
    /// A file that was to be imported or attached is refused.
    FileRefused,
    /// A backup is locked, and the passphrase is missing or wrong.
    Passphrase,
    /// Opening a locked backup takes much memory and time; it is opened if she still wants it.
    Costly,
    /// A file that is kept, but cannot be drawn.
    NoPreview,
    /// Reading a file that came from somebody else was given up, which says nothing of the file. It can be tried again.
    GivenUp,
    /// Rules of her own, or a changed value in rules, that cannot be judged by; `fields` says where.
    PackRefused,
    /// A text has characters that the page's typeface lacks.
    Unprintable,
    /// She stopped it.
    Cancelled,
    /// A bug.
    Internal,
}

/// What happened, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Error {
    /// For programs.
    pub code: Code,
    /// For people: what happened, where, what to do.
    pub message: String,
    /// The fields that do not hold.
    pub fields: Vec<FieldFault>,
}

impl Error {
    /// An error without fields.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), fields: Vec::new() }
    }

    /// Something typed in does not hold.
    pub(crate) fn invalid(what: &str, fields: Vec<FieldFault>) -> Self {
        let listed: Vec<String> = fields.iter().map(|fault| format!("{}: {}", fault.field, fault.message)).collect();
        Self { code: Code::Invalid, message: format!("{what} {}.", listed.join("; ")), fields }
    }

    /// Rules that cannot be judged by; `faults` are at least one.
    pub(crate) fn pack(what: &str, faults: &[PackFault]) -> Self {
        let fields = faults.iter().map(|fault| FieldFault { field: fault.path.clone(), message: fault.reason.clone() });
        let first = faults.first().map(ToString::to_string).unwrap_or_default();
        let more = match faults.len() {
            0 | 1 => String::new(),
            several => format!(" (and {} more)", several - 1),
        };
        Self { code: Code::PackRefused, message: format!("{what}: {first}{more}."), fields: fields.collect() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<vault::Error> for Error {
    fn from(error: vault::Error) -> Self {
        use vault::{Access, Error as Fault};
        let message = error.to_string();
        let (code, faults) = match error {
            Fault::Missing { .. } => (Code::VaultMissing, Vec::new()),
            Fault::Exists { .. } => (Code::VaultExists, Vec::new()),
            Fault::Newer { .. } => (Code::VaultNewer, Vec::new()),
            Fault::NotARecord { .. } | Fault::Damaged { .. } => (Code::VaultDamaged, Vec::new()),
            Fault::Busy { .. } => (Code::VaultBusy, Vec::new()),
            Fault::NoPermission { .. } => (Code::NoPermission, Vec::new()),
            Fault::DiskFull { .. } => (Code::DiskFull, Vec::new()),
            Fault::Refused { .. } | Fault::Conflict { .. } | Fault::BackupDamaged { .. } | Fault::Linked { .. } => {
                (Code::FileRefused, Vec::new())
            }
            Fault::Locked { .. } => (Code::Passphrase, Vec::new()),
            Fault::Costly { .. } => (Code::Costly, Vec::new()),
            Fault::NotFound { .. } | Fault::NothingToUndo | Fault::NothingToRedo => (Code::NotFound, Vec::new()),
            Fault::Invalid { faults, .. } => (Code::Invalid, faults),
            Fault::Stopped => (Code::Cancelled, Vec::new()),
            Fault::SettingsUnusable { .. } | Fault::Io { access: Access::Read, .. } => {
                (Code::FileUnreadable, Vec::new())
            }
            Fault::Io { access: Access::Write, .. } => (Code::FileUnwritable, Vec::new()),
        };
        let fields = faults.into_iter().map(|fault| FieldFault { field: fault.field, message: fault.reason });
        Self { code, message, fields: fields.collect() }
    }
}
