//! Originals: files kept byte for byte, named by the hash of their bytes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use sha2::Digest;

use crate::backup;
use crate::error::{Access, Error};
use crate::folder::{self, BACKUPS, ORIGINALS};
use crate::hash::Sha256;
use crate::{Stamp, passing};

/// Enough of a file to tell what it is: PDF readers accept the mark anywhere in the first 1024 bytes.
const TELLING: usize = 4096;
const BUFFER: usize = 256 * 1024;
/// The largest file that may be attached, in bytes: no certificate comes near it.
pub const MOST_ATTACHED: u64 = 512 * 1024 * 1024;
/// So old is what is swept although nothing is wrong with it.
const LONG_AGO: TimeDelta = TimeDelta::days(30);
/// What the name of a database that was set aside begins with.
const SET_ASIDE: &str = "recert-set-aside-";

/// What may be attached. The list is closed: an original is written, opened and shown under one of these and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A PDF.
    Pdf,
    /// A JPEG.
    Jpeg,
    /// A PNG.
    Png,
    /// A HEIF, as phones take photos.
    Heif,
    /// A TIFF.
    Tiff,
    /// A WebP.
    WebP,
}

impl Format {
    const ALL: [Self; 6] = [Self::Pdf, Self::Jpeg, Self::Png, Self::Heif, Self::Tiff, Self::WebP];

    /// The extension that the file is kept under, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Heif => "heic",
            Self::Tiff => "tif",
            Self::WebP => "webp",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heif => "image/heif",
            Self::Tiff => "image/tiff",
            Self::WebP => "image/webp",
        }
    }

    /// The format that is kept under exactly this extension.
    pub(crate) fn of_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }
}

/// The media type of the originals that are kept under an extension.
pub fn media_type(extension: &str) -> &'static str {
    Format::of_extension(extension).map_or("application/octet-stream", Format::media_type)
}

/// A file in `originals/`, to be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Original {
    /// SHA-256 of its bytes.
    pub sha256: Sha256,
    /// By its content, whatever its name says.
    pub format: Format,
    /// In bytes.
    pub size: i64,
    /// The name it came with.
    pub name: String,
    /// What it says, for search; `None` until somebody has read it.
    pub text: Option<String>,
}

/// Copies `source` into the vault in `vault`. When this returns, its bytes survive a loss of power; for its name to do so,
/// see [`sync_shelves`].
pub(crate) fn store(vault: &Path, source: &Path) -> Result<Original, Error> {
    let unreadable = |error: io::Error| Error::unreadable(source, &error);
    let refused = |reason: String| Error::Refused { file: source.to_owned(), reason };
    // Asked before opening: opening a pipe would wait for its other end.
    let there = fs::metadata(source).map_err(unreadable)?;
    if !there.is_file() {
        return Err(refused("it is not a file. Add the files one by one.".to_owned()));
    }
    if there.len() > MOST_ATTACHED {
        return Err(refused(too_large()));
    }
    take_in(vault, source, File::open(source).map_err(unreadable)?)
}

fn too_large() -> String {
    let most = MOST_ATTACHED / 1024 / 1024;
    format!("it is larger than {most} MB. Save, scan or photograph the certificate as a smaller file.")
}

/// The same with bytes that are at hand, under a name.
pub(crate) fn store_bytes(vault: &Path, name: &str, bytes: &[u8]) -> Result<Original, Error> {
    take_in(vault, Path::new(name), bytes)
}

fn take_in(vault: &Path, source: &Path, mut reader: impl Read) -> Result<Original, Error> {
    let unreadable = |error: io::Error| Error::unreadable(source, &error);
    let refused = |reason: String| Error::Refused { file: source.to_owned(), reason };
    let mut buffer = vec![0; BUFFER];
    let mut filled = fill(&mut reader, &mut buffer).map_err(unreadable)?;
    let format = format_of(&buffer[..filled.min(TELLING)]).map_err(refused)?;

    let originals = vault.join(ORIGINALS);
    let unwritable = |error: io::Error| Error::io(&originals, Access::Write, &error);
    folder::make_private(&originals)?;
    let mut copy = passing::file(&originals, passing::INCOMING, "").map_err(unwritable)?;
    let mut hasher = sha2::Sha256::new();
    let mut size = 0_u64;
    while filled > 0 {
        hasher.update(&buffer[..filled]);
        copy.write_all(&buffer[..filled]).map_err(unwritable)?;
        size += filled as u64;
        // It may have grown meanwhile.
        if size > MOST_ATTACHED {
            return Err(refused(too_large()));
        }
        filled = fill(&mut reader, &mut buffer).map_err(unreadable)?;
    }
    let sha256 = Sha256::of_digest(&hasher.finalize());
    let name = source.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let original = Original { sha256, format, size, name, text: None };

    let target = path(vault, &original.sha256, format);
    if holds(&target, &original.sha256)? {
        return Ok(original);
    }
    // What stands there under this name has other bytes: it was damaged, and this copy heals it.
    folder::set_aside(&target)?;
    read_only(copy.path());
    copy.as_file().sync_all().map_err(unwritable)?;
    let shelf = target.parent().unwrap_or(&originals);
    folder::make_private(shelf)?;
    if let Err(failed) = copy.persist_noclobber(&target)
        // Otherwise another Recert stored the same bytes in the meantime.
        && failed.error.kind() != io::ErrorKind::AlreadyExists
    {
        return Err(Error::io(&target, Access::Write, &failed.error));
    }
    Ok(original)
}

/// What became of an original that was to be brought from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Brought {
    /// It is there, with the right bytes.
    Whole,
    /// There is no such file.
    Missing,
    /// Its bytes are not those that its name promises; they were not taken.
    Changed,
    /// It cannot be read.
    Unreadable,
}

/// Copies the file `source` to where the original with this hash belongs below `root`, and reads it again. What stands
/// there with other bytes is set aside.
pub(crate) fn bring(source: &Path, root: &Path, sha256: &Sha256, format: Format) -> Result<Brought, Error> {
    match open(source) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Brought::Missing),
        Err(_) => Ok(Brought::Unreadable),
        Ok(file) => bring_from(file, root, sha256, format),
    }
}

fn bring_from(mut reader: impl Read, root: &Path, sha256: &Sha256, format: Format) -> Result<Brought, Error> {
    let originals = root.join(ORIGINALS);
    let unwritable = |error: io::Error| Error::io(&originals, Access::Write, &error);
    folder::make_private(&originals)?;
    let mut copy = passing::file(&originals, passing::INCOMING, "").map_err(unwritable)?;
    let mut hasher = sha2::Sha256::new();
    let mut buffer = vec![0; BUFFER];
    loop {
        match fill(&mut reader, &mut buffer) {
            Err(_) => return Ok(Brought::Unreadable),
            Ok(0) => break,
            Ok(filled) => {
                hasher.update(&buffer[..filled]);
                copy.write_all(&buffer[..filled]).map_err(unwritable)?;
            }
        }
    }
    if Sha256::of_digest(&hasher.finalize()) != *sha256 {
        return Ok(Brought::Changed);
    }
    read_only(copy.path());
    copy.as_file().sync_all().map_err(unwritable)?;
    if !holds(copy.path(), sha256)? {
        let reason = "what was written is not what is read again".to_owned();
        return Err(Error::Io { path: originals, access: Access::Write, reason });
    }
    let target = path(root, sha256, format);
    if holds(&target, sha256)? {
        sync_name(root, &target)?;
        return Ok(Brought::Whole);
    }
    folder::set_aside(&target)?;
    let shelf = target.parent().unwrap_or(&originals);
    folder::make_private(shelf)?;
    copy.persist_noclobber(&target).map_err(|failed| Error::io(&target, Access::Write, &failed.error))?;
    sync_name(root, &target)?;
    Ok(Brought::Whole)
}

/// Makes the name of an original below `root` last, also of one that is there already: whoever put it there may have
/// been killed before it did.
fn sync_name(root: &Path, target: &Path) -> Result<(), Error> {
    let originals = root.join(ORIGINALS);
    for changed in [target.parent().unwrap_or(&originals), &originals, root] {
        folder::sync(changed)?;
    }
    Ok(())
}

/// Makes the names of all originals with these hashes that are there last, each folder once.
pub(crate) fn sync_shelves(root: &Path, hashes: &[&Sha256]) -> Result<(), Error> {
    let shelves: BTreeSet<_> = hashes.iter().map(|sha256| root.join(ORIGINALS).join(sha256.shelf())).collect();
    let there = [root.join(ORIGINALS), root.to_owned()];
    shelves.into_iter().chain(there).filter(|folder| folder.is_dir()).try_for_each(|folder| folder::sync(&folder))
}

/// Removes what was stored and never attached, because the program was killed in between or the attaching was refused.
///
/// It goes only where it is certain that no row ever named it: nothing was restored or set aside, no backup has it, and
/// it is older than a month. Attaching looks for the file under the same lock, so it is never removed in between.
pub(crate) fn sweep_never_attached(db: &Connection, vault: &Path, now: Stamp) -> rusqlite::Result<()> {
    let transaction = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
    let restored = "SELECT EXISTS (SELECT 1 FROM operation WHERE kind = 'restore')";
    if transaction.query_row(restored, (), |row| row.get(0))? || !passing::named(vault, &[SET_ASIDE]).is_empty() {
        return Ok(());
    }
    let attached: BTreeSet<Sha256> =
        backup::originals_of(&transaction)?.into_iter().map(|named| named.sha256).collect();
    for (file, sha256, format) in kept_below(vault) {
        let backed_up = path(&vault.join(BACKUPS), &sha256, format).exists();
        let stored = fs::metadata(&file).and_then(|there| there.modified()).map(Stamp::from);
        if !attached.contains(&sha256) && !backed_up && stored.is_ok_and(|at| now - at > LONG_AGO) {
            let _ = fs::remove_file(&file);
        }
    }
    transaction.commit()
}

/// Where the original with this hash is kept below `root`. No text from a row or a file's name reaches a path but
/// through these two types.
pub(crate) fn path(root: &Path, sha256: &Sha256, format: Format) -> PathBuf {
    root.join(ORIGINALS).join(sha256.shelf()).join(format!("{sha256}.{}", format.extension()))
}

/// Every file below `root` that is named as an original: its path, hash and format. Links are not followed.
pub(crate) fn kept_below(root: &Path) -> Vec<(PathBuf, Sha256, Format)> {
    let entries = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten();
    let shelves = entries(root.join(ORIGINALS)).filter(|shelf| shelf.file_type().is_ok_and(|kind| kind.is_dir()));
    let files = shelves.flat_map(|shelf| entries(shelf.path()));
    let mut kept: Vec<_> = files
        .filter(|file| file.file_type().is_ok_and(|kind| kind.is_file()))
        .filter_map(|file| {
            let name = file.file_name();
            let (sha256, extension) = name.to_str()?.split_once('.')?;
            Some((file.path(), Sha256::parse(sha256)?, Format::of_extension(extension)?))
        })
        .collect();
    kept.sort();
    kept
}

/// Opens a file of the vault or of a backup. A link is refused: what it leads to is not the file that is meant.
fn open(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path)?.is_file() {
        return File::open(path);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a link or no file"))
}

/// The hash of a file's bytes.
pub(crate) fn hash(path: &Path) -> io::Result<Sha256> {
    hash_of(&mut open(path)?)
}

/// The hash of all that is read.
pub(crate) fn hash_of(reader: &mut dyn Read) -> io::Result<Sha256> {
    let mut buffer = vec![0; BUFFER];
    let mut hasher = sha2::Sha256::new();
    loop {
        let filled = fill(reader, &mut buffer)?;
        if filled == 0 {
            return Ok(Sha256::of_digest(&hasher.finalize()));
        }
        hasher.update(&buffer[..filled]);
    }
}

/// Whether a file is there and has this hash.
fn holds(path: &Path, sha256: &Sha256) -> Result<bool, Error> {
    match hash(path) {
        Ok(found) => Ok(found == *sha256),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::io(path, Access::Read, &error)),
    }
}

/// The format by content, or why it is refused.
fn format_of(head: &[u8]) -> Result<Format, String> {
    const WANTED: &str = "Save, scan or photograph the certificate as a PDF, JPEG, PNG, HEIC, TIFF or WebP file";
    if head.is_empty() {
        return Err("it is empty. Save or download it again.".to_owned());
    }
    let Some(found) = infer::get(head) else {
        return Err(format!("it is neither a PDF nor a picture. {WANTED}."));
    };
    Format::ALL.into_iter().find(|format| format.media_type() == found.mime_type()).ok_or_else(|| {
        format!("by its content it is a .{} file, neither a PDF nor a picture. {WANTED}.", found.extension())
    })
}

/// Reads until the buffer is full or the file ends.
fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Guards against accidents. A file system without modes, such as that of many USB sticks, goes without.
fn read_only(path: &Path) {
    if let Ok(metadata) = fs::metadata(path) {
        let mut permissions = metadata.permissions();
        permissions.set_readonly(true);
        let _ = fs::set_permissions(path, permissions);
    }
}
