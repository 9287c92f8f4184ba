//! A backup as one file: a zip that, unpacked, is a vault; under a passphrase the same in the `age` format
//! (<https://age-encryption.org/v1>), which the `age` tool opens, too.
//!
//! Nothing in it is compressed: certificates hardly shrink, and so no file can unfold into more than its own size.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::iter;
use std::path::Path;

use age::secrecy::SecretString;
use age::stream::StreamWriter;
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient, scrypt};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::backup::{self, Backup, Named};
use crate::error::{Access, Error};
use crate::folder::{self, DATABASE, ORIGINALS, README, README_TEXT};
use crate::hash::Sha256;
use crate::originals::{self, Format};
use crate::passing::{self, Passing};
use crate::restore::Source;
use crate::{Progress, Stamp};

/// The first bytes of an `age` file.
const AGE: &[u8] = b"age-encryption.org/";
/// A passing name, too.
const UNPACKED: &str = ".recert-unpacked-";
/// Stands before the instant in the zip's comment.
const COMMENT: &str = "Recert backup of ";
/// The work that goes into trying a passphrase, as a power of two: 256 MB of memory and about a second. Written whatever
/// the computer, so that a file from a fast one opens on a slow one.
const WORK: u8 = 18;
/// More work is not taken on, however much she wants it: a file could ask for days.
const MOST_WORK: u8 = 20;
/// An `age` header of ours has some 200 bytes. A longer one is not read, as a file could be all header.
const MOST_HEADER: u64 = 64 * 1024;

/// What opens a locked file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Key<'k> {
    /// The passphrase, if one was given.
    pub passphrase: Option<&'k str>,
    /// Whether to try it also where that takes more work than Recert asks for in its own files.
    pub even_if_costly: bool,
}

/// Packs a backup into a new file, and reads it again, for which there must be room in the vault's folder.
pub(crate) fn pack(
    backup: &Backup,
    vault: &Path,
    file: &Path,
    passphrase: Option<&str>,
    progress: Progress<'_>,
) -> Result<(), Error> {
    let target = |error: io::Error| Error::io(file, Access::Write, &error);
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let new = passing::file(folder, passing::RECERT, "").map_err(target)?;
    let handle = BufWriter::new(new.reopen().map_err(target)?);
    let written = match passphrase {
        None => fill(backup, handle, progress),
        Some(passphrase) => lock(passphrase, handle)
            .and_then(|writer| fill(backup, writer, progress))
            .and_then(|writer| writer.finish().map_err(Failure::Write)),
    };
    let handle = written.and_then(|writer| writer.into_inner().map_err(|error| Failure::Write(error.into_error())));
    let handle = handle.map_err(|failure| failure.at(file))?;
    handle.sync_all().map_err(target)?;
    check(backup, vault, new.path(), Key { passphrase, even_if_costly: false })?;
    new.persist_noclobber(file).map_err(|refused| {
        if refused.error.kind() == io::ErrorKind::AlreadyExists {
            let reason = "a file of this name is there already. Choose another name.".to_owned();
            return Error::Refused { file: file.to_owned(), reason };
        }
        target(refused.error)
    })?;
    folder::sync(folder)
}

fn lock<W: Write>(passphrase: &str, writer: W) -> Result<StreamWriter<W>, Failure> {
    let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(WORK);
    Encryptor::with_recipients(iter::once(&recipient as &dyn Recipient))
        .map_err(|error| Failure::Write(io::Error::other(error)))?
        .wrap_output(writer)
        .map_err(Failure::Write)
}

/// Why a file could not be written: the place it is written to, or what goes into it.
enum Failure {
    Write(io::Error),
    Source(Error),
}

impl Failure {
    fn at(self, file: &Path) -> Error {
        match self {
            Self::Write(error) => Error::io(file, Access::Write, &error),
            Self::Source(error) => error,
        }
    }
}

fn fill<W: Write>(backup: &Backup, writer: W, progress: Progress<'_>) -> Result<W, Failure> {
    let named = backup.originals().map_err(Failure::Source)?;
    let mut zip = ZipWriter::new_stream(writer);
    zip.set_comment(format!("{COMMENT}{}", crate::change::instant(backup.at))).map_err(unwritten)?;
    let all = named.iter().map(|original| original.size).sum();
    add(&mut zip, DATABASE, &backup.path)?;
    zip.start_file(README, options(0)).map_err(unwritten)?;
    zip.write_all(README_TEXT.as_bytes()).map_err(Failure::Write)?;
    let mut done = 0;
    for original in named {
        let source = originals::path(backup.folder(), &original.sha256, original.format);
        // What a backup could not have is not in its file either.
        if source.exists() {
            add(&mut zip, &name(&original), &source)?;
        }
        done += original.size;
        if !progress(done, all) {
            return Err(Failure::Source(Error::Stopped));
        }
    }
    zip.finish().map(zip::write::StreamWriter::into_inner).map_err(unwritten)
}

fn add<W: Write + Seek>(zip: &mut ZipWriter<W>, name: &str, source: &Path) -> Result<(), Failure> {
    let unreadable = |error: io::Error| Failure::Source(Error::io(source, Access::Read, &error));
    let mut file = File::open(source).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    zip.start_file(name, options(size)).map_err(unwritten)?;
    io::copy(&mut file, zip).map(|_| ()).map_err(Failure::Write)
}

fn options(size: u64) -> SimpleFileOptions {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    stored.unix_permissions(0o600).large_file(size > u64::from(u32::MAX) / 2)
}

fn unwritten(error: zip::result::ZipError) -> Failure {
    Failure::Write(error.into())
}

fn name(original: &Named) -> String {
    format!("{ORIGINALS}/{}/{}.{}", original.sha256.shelf(), original.sha256, original.format.extension())
}

/// Reads a packed backup again: the database holds together and as much as before, and each original has its bytes.
fn check(backup: &Backup, vault: &Path, file: &Path, key: Key<'_>) -> Result<(), Error> {
    let unpacked = place_to_unpack(vault)?;
    let differs =
        || Error::BackupDamaged { path: file.to_owned(), reason: "it was not written as it should".to_owned() };
    each(file, key, |inside, mut reader| match inside {
        Inside::Database => {
            let copy = unpacked.path().join(DATABASE);
            let written = folder::new_private_file(&copy).and_then(|mut to| io::copy(&mut reader, &mut to));
            written.map_err(|error| Error::io(&copy, Access::Write, &error))?;
            if backup::check(&copy)? == backup::check(&backup.path)? { Ok(()) } else { Err(differs()) }
        }
        Inside::Original { sha256, .. } => match originals::hash_of(reader) {
            Ok(found) if found == sha256 => Ok(()),
            _ => Err(differs()),
        },
    })
    .map(|_| ())
}

/// A packed backup, unpacked for as long as this lives.
#[derive(Debug)]
pub struct Unpacked {
    /// Where it lies.
    pub source: Source,
    _files: TempDir,
    _passing: Passing,
}

/// See [`crate::Vault::unpack`].
pub(crate) fn unpack(vault: &Path, file: &Path, key: Key<'_>, progress: Progress<'_>) -> Result<Unpacked, Error> {
    let passing = passing::enter(vault)?;
    let files = place_to_unpack(vault)?;
    Ok(Unpacked { source: unpack_into(files.path(), file, key, progress)?, _files: files, _passing: passing })
}

fn place_to_unpack(vault: &Path) -> Result<TempDir, Error> {
    passing::directory(vault, UNPACKED).map_err(|error| Error::io(vault, Access::Write, &error))
}

/// Unpacks a file into an empty folder. Originals whose bytes cannot be read whole are left as far as they can: whoever
/// takes them compares them with their names.
fn unpack_into(into: &Path, file: &Path, key: Key<'_>, progress: Progress<'_>) -> Result<Source, Error> {
    let database = into.join(DATABASE);
    let (mut found, mut done) = (false, 0);
    let all = fs::metadata(file).map_err(|error| Error::unreadable(file, &error))?.len();
    let at = each(file, key, |inside, mut reader| {
        let target = match &inside {
            Inside::Database => database.clone(),
            Inside::Original { sha256, format } => originals::path(into, sha256, *format),
        };
        folder::make_private(target.parent().unwrap_or(into))?;
        let mut to = folder::new_private_file(&target).map_err(|error| Error::io(&target, Access::Write, &error))?;
        let mut goes_on = |read| {
            done += read;
            progress(done.min(all), all)
        };
        let copied = copy(&mut reader, &mut to, &mut goes_on).map_err(|failure| failure.at(&target))?;
        if matches!(inside, Inside::Database) {
            found = true;
            copied.map_err(|error| damaged(file, &error))?;
        }
        Ok(())
    })?;
    if !found {
        return Err(refused(file, "it is not a backup that Recert made: it has no record in it."));
    }
    backup::check(&database).map_err(|error| match error {
        Error::BackupDamaged { reason, .. } => Error::BackupDamaged { path: file.to_owned(), reason },
        other => other,
    })?;
    Ok(Source { database, folder: into.to_owned(), called: file.to_owned(), at })
}

/// Copies until the end, or until it is told not to go on. A failure to write is the outer error, one to read the inner.
fn copy(from: &mut dyn Read, to: &mut File, goes_on: &mut dyn FnMut(u64) -> bool) -> Result<io::Result<()>, Failure> {
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(Ok(())),
            Ok(read) => {
                to.write_all(&buffer[..read]).map_err(Failure::Write)?;
                if !goes_on(read as u64) {
                    return Err(Failure::Source(Error::Stopped));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Ok(Err(error)),
        }
    }
}

/// Whether a file begins as one under a passphrase does.
pub(crate) fn is_locked(file: &Path) -> Result<bool, Error> {
    let unreadable = |error: io::Error| Error::io(file, Access::Read, &error);
    let mut head = Vec::new();
    let opened = File::open(file).map_err(unreadable)?;
    opened.take(AGE.len() as u64).read_to_end(&mut head).map_err(unreadable)?;
    Ok(head == AGE)
}

/// What may be in a packed backup, besides the text for people.
enum Inside {
    Database,
    Original { sha256: Sha256, format: Format },
}

impl Inside {
    /// By the exact name and nothing else, so that no name leads out of a folder.
    fn of(name: &str) -> Option<Self> {
        if name == DATABASE {
            return Some(Self::Database);
        }
        let (shelf, file) = name.strip_prefix(ORIGINALS)?.strip_prefix('/')?.split_once('/')?;
        let (sha256, extension) = file.split_once('.')?;
        let (sha256, format) = (Sha256::parse(sha256)?, Format::of_extension(extension)?);
        (sha256.shelf() == shelf).then_some(Self::Original { sha256, format })
    }
}

/// Gives every entry of a file to `take`, and returns of when it is.
fn each(
    file: &Path,
    key: Key<'_>,
    take: impl FnMut(Inside, &mut dyn Read) -> Result<(), Error>,
) -> Result<Option<Stamp>, Error> {
    let unreadable = |error: io::Error| Error::unreadable(file, &error);
    let mut reader = BufReader::new(File::open(file).map_err(unreadable)?);
    let length = reader.get_ref().metadata().map_err(unreadable)?.len();
    let mut head = Vec::new();
    reader.by_ref().take(AGE.len() as u64).read_to_end(&mut head).map_err(unreadable)?;
    reader.rewind().map_err(unreadable)?;
    if head != AGE {
        return entries(file, length, reader, take);
    }
    require_short_header(file, &mut reader)?;
    let locked = |given: bool| Error::Locked { file: file.to_owned(), given };
    let passphrase = key.passphrase.ok_or_else(|| locked(false))?;
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    // The header says how much work it is, and is asked before any of it is done.
    identity.set_max_work_factor(if key.even_if_costly { MOST_WORK } else { WORK });
    let opened = Decryptor::new_buffered(reader).and_then(|file| file.decrypt(iter::once(&identity as &dyn Identity)));
    let reader = opened.map_err(|error| match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => locked(true),
        DecryptError::NoMatchingKeys => refused(file, "it is locked with a key, not with a passphrase."),
        DecryptError::ExcessiveWork { required, .. } if required > MOST_WORK => {
            let reason =
                "opening it would take more memory and time than any file that Recert made. Ask whoever made it.";
            refused(file, reason)
        }
        DecryptError::ExcessiveWork { required, .. } => {
            Error::Costly { file: file.to_owned(), megabytes: 1 << (required - 10) }
        }
        other => damaged(file, &other),
    })?;
    entries(file, length, reader, take)
}

/// Fails if the header of a locked file does not end where that of any such file has ended.
fn require_short_header(file: &Path, reader: &mut BufReader<File>) -> Result<(), Error> {
    let unreadable = |error: io::Error| Error::unreadable(file, &error);
    let mut head = Vec::new();
    reader.by_ref().take(MOST_HEADER).read_to_end(&mut head).map_err(unreadable)?;
    reader.rewind().map_err(unreadable)?;
    if head.windows(5).any(|part| part == b"\n--- ") { Ok(()) } else { Err(damaged(file, &"its header has no end")) }
}

fn entries<R: Read + Seek>(
    file: &Path,
    length: u64,
    reader: R,
    mut take: impl FnMut(Inside, &mut dyn Read) -> Result<(), Error>,
) -> Result<Option<Stamp>, Error> {
    let mut zip = ZipArchive::new(reader).map_err(|error| damaged(file, &error))?;
    let mut left = length;
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).map_err(|error| damaged(file, &error))?;
        let name = entry.name().map_err(|error| damaged(file, &error))?.into_owned();
        if name == README || entry.is_dir() && (name == format!("{ORIGINALS}/") || name.starts_with(ORIGINALS)) {
            continue;
        }
        let Some(inside) = Inside::of(&name) else {
            return Err(refused(file, &format!("“{}” in it is nothing that Recert puts there.", name.escape_debug())));
        };
        if entry.compression() != CompressionMethod::Stored {
            return Err(refused(
                file,
                "it was packed by another program. Unpack it; its folder is a record that Recert opens.",
            ));
        }
        let size = entry.size().max(entry.compressed_size());
        left = left.checked_sub(size).ok_or_else(|| refused(file, "it claims to hold more than it can."))?;
        // Read to its end, where the zip's own checksum is compared.
        take(inside, &mut entry)?;
    }
    let comment = String::from_utf8_lossy(zip.comment()).into_owned();
    Ok(comment.strip_prefix(COMMENT).and_then(|at| at.parse().ok()))
}

fn refused(file: &Path, reason: &str) -> Error {
    Error::Refused { file: file.to_owned(), reason: reason.to_owned() }
}

fn damaged(file: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::BackupDamaged { path: file.to_owned(), reason: format!("it is damaged or not whole ({error})") }
}
