//! Whole files in and out: size-limited reading, and writing that never leaves half a file.

use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::wire::SavedFile;
use crate::{Code, Error};

/// Larger than any spreadsheet or record a person keeps.
const MAX_IMPORT_BYTES: u64 = 64 * 1024 * 1024;

/// The bytes of a file that is to be imported.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let unreadable = |error: std::io::Error| unreadable(path, &error);
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MAX_IMPORT_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_IMPORT_BYTES {
        let message = format!("{} is larger than 64 MB; this is not a spreadsheet or a record.", path.display());
        return Err(Error::new(Code::FileRefused, message));
    }
    Ok(bytes)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let reason = match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    };
    Error::new(Code::FileUnreadable, format!("{} cannot be read: {reason}.", path.display()))
}

/// SHA-256 of a file's bytes, read bit by bit.
pub(crate) fn hash(path: &Path) -> Result<String, Error> {
    let unreadable = |error: std::io::Error| unreadable(path, &error);
    let kind = std::fs::metadata(path).map_err(unreadable)?.file_type();
    // Whoever opens a pipe waits until somebody writes into it.
    if !kind.is_file() && !kind.is_dir() {
        return Err(Error::new(Code::FileUnreadable, format!("{} cannot be read: it is no file.", path.display())));
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let read = file.read(&mut buffer).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
    }
    Ok(hexadecimal(&hasher.finalize()))
}

/// SHA-256 of bytes that are at hand.
pub(crate) fn hash_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// The first bytes of a file, at most so many; none if it cannot be read.
pub(crate) fn head(path: &Path, most: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(most as u64).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Writes `bytes` beside `path`, then puts them in its place: the old file or the new one, never half of it.
///
/// A link is followed, an existing file keeps its rights, and what is no file is left alone.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<SavedFile, Error> {
    write_with(path, |file| file.write_all(bytes).map_err(|error| unwritable(path, &error))).map(|(saved, ())| saved)
}

/// The same with a file that is written bit by bit.
pub(crate) fn write_with<T>(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<T, Error>,
) -> Result<(SavedFile, T), Error> {
    let failed = |error: &std::io::Error| unwritable(path, error);
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let before = target.metadata().ok();
    if before.as_ref().is_some_and(|there| !there.is_file()) {
        return Err(Error::new(Code::FileUnwritable, format!("{} is not a file; name another one.", path.display())));
    }
    let folder = folder_of(&target).map_err(|error| failed(&error))?;
    let mut aside = new_file().tempfile_in(&folder).map_err(|error| failed(&error))?;
    let written = write(aside.as_file_mut())?;
    let kept = match &before {
        Some(before) => aside.as_file().set_permissions(before.permissions()),
        None => Ok(()),
    };
    kept.and_then(|()| aside.as_file().sync_all()).map_err(|error| failed(&error))?;
    aside.persist(&target).map_err(|error| failed(&error.error))?;
    Ok((saved(&target), written))
}

/// A folder that only its owner may look into, with those above it that are made for it.
pub(crate) fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut private = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut private, 0o700);
    private.recursive(true).create(folder)?;
    // Also one that was there before.
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Writes a file of the program's cache, whole or not at all, in a folder that is made if need be. A certificate is nobody
/// else's business: only its owner may read it, whatever the umask.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    private_folder(folder)?;
    let mut aside = tempfile::Builder::new().prefix(".recert-").tempfile_in(folder)?;
    aside.write_all(bytes)?;
    aside.persist(path)?;
    Ok(())
}

/// Takes away a folder of the program's cache with what is in it, as far as it lets itself be taken away.
pub fn sweep(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}

/// Why a file cannot be written.
pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> Error {
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
}

/// Where a file went that was just written.
pub(crate) fn saved(file: &Path) -> SavedFile {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    SavedFile { name, folder: file.parent().unwrap_or(Path::new("")).display().to_string() }
}

/// The folder that a file lies or will lie in, in full.
pub(crate) fn folder_of(path: &Path) -> std::io::Result<PathBuf> {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new(".")).canonicalize()
}

/// With the rights that any new file of hers would have; temporary files are private otherwise.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".recert-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less what the umask takes away
    builder
}
