//! Whole files in and out: size-limited reading, and writing that never leaves half a file.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use crate::wire::SavedFile;
use crate::{Code, Error};

/// Larger than any spreadsheet or record a person keeps.
const MAX_IMPORT_BYTES: u64 = 64 * 1024 * 1024;

/// The bytes of a file that is to be imported.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let unreadable = |error: std::io::Error| {
        let reason = match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => "you may not read it".to_owned(),
            ErrorKind::IsADirectory => "it is a folder".to_owned(),
            _ => error.to_string(),
        };
        Error::new(Code::FileUnreadable, format!("{} cannot be read: {reason}.", path.display()))
    };
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MAX_IMPORT_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_IMPORT_BYTES {
        let message = format!("{} is larger than 64 MB; this is not a spreadsheet or a record.", path.display());
        return Err(Error::new(Code::FileRefused, message));
    }
    Ok(bytes)
}

/// Writes `bytes` beside `path`, then puts them in its place: the old file or the new one, never half of it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<SavedFile, Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let unwritable = |error: &std::io::Error| {
        let (code, reason) = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                (Code::DiskFull, "no space is left; free some and try again".to_owned())
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                (Code::NoPermission, "you may not write in this folder; choose another one".to_owned())
            }
            ErrorKind::NotFound => (Code::FileUnwritable, "there is no such folder; choose another one".to_owned()),
            _ => (Code::FileUnwritable, error.to_string()),
        };
        Error::new(code, format!("{} cannot be written: {reason}.", path.display()))
    };
    if path.is_dir() {
        return Err(Error::new(Code::FileUnwritable, format!("{} is a folder; name a file.", path.display())));
    }
    let mut aside = tempfile::NamedTempFile::new_in(folder).map_err(|error| unwritable(&error))?;
    let written = aside.write_all(bytes).and_then(|()| aside.as_file().sync_all());
    written.map_err(|error| unwritable(&error))?;
    readable_by_others(aside.as_file()).map_err(|error| unwritable(&error))?;
    aside.persist(path).map_err(|error| unwritable(&error.error))?;
    let text =
        |part: Option<&std::ffi::OsStr>| part.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    Ok(SavedFile { name: text(path.file_name()), folder: folder.display().to_string() })
}

/// What she saves is a file like any other; temporary files start out private.
#[cfg(unix)]
fn readable_by_others(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_: &File) -> std::io::Result<()> {
    Ok(())
}
