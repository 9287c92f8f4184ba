//! The vault: the folder that holds one person's record and its originals, and the only way to change them.

mod archive;
mod backup;
mod change;
mod column;
mod computer;
mod delete;
mod error;
mod folder;
mod fresh_copy;
mod harden;
mod hash;
mod history;
mod originals;
mod outside;
mod passing;
mod restore;
mod row_faults;
mod rows;
mod schema;
mod search;
mod submission;
#[cfg(test)]
mod tests;
mod verify;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::{Credit, Holder, Record, Submission};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};

pub use archive::{Key, Unpacked};
pub use backup::{Backup, Holds, Reason, Taken};
pub use change::{Change, Op, Owner};
pub use computer::Computer;
pub use delete::{Deletion, Going, Kind};
pub use error::{Access, Error};
pub use hash::Sha256;
pub use history::{Done, Step, Touched};
pub use originals::{Format, MOST_ATTACHED, Original, media_type};
pub use outside::{NAME as OUTSIDE_NAME, Outside, Synced, synced};
pub use restore::{LeftOut, Restored, Source};
pub use rows::Listed;
pub use search::{Found, Part, Piece};
pub use verify::{Damage, DamageKind, Healed, Verification};
pub use written::Written;

use crate::harden::Budget;
use crate::rows::Place;

/// An instant, given by the caller: this crate has no clock.
pub type Stamp = chrono::DateTime<chrono::Utc>;

/// Told from time to time how many bytes of how many are done; `false` stops with [`Error::Stopped`] where nothing is half
/// done.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open vault. Several programs may have the same one open.
#[derive(Debug)]
pub struct Vault {
    connection: Connection,
    budget: Budget,
    folder: PathBuf,
    path: PathBuf,
    set_aside: Option<PathBuf>,
}

impl Vault {
    /// Starts a record in `folder`, which is made if need be. All of it is there afterwards, or nothing.
    ///
    /// A record that is there already and another program's database are refused. What is no database, or one too
    /// damaged to be read, is renamed; [`Vault::set_aside`] says to what.
    pub fn create(folder: &Path, holder: &Holder, now: Stamp) -> Result<Self, Error> {
        let path = folder.join(folder::DATABASE);
        let passing = passing::enter(folder)?;
        let mut readme = false;
        let started = folder::alone(folder).and_then(|_alone| {
            require_room(folder, &path)?;
            readme = folder::write_readme(folder)?;
            start(folder, &path, holder, now)
        });
        if started.is_err() && readme {
            folder::take_readme_back(folder);
        }
        drop(passing);
        Ok(Self { set_aside: started?, ..Self::open(folder, now)? })
    }

    /// Opens the record in `folder`; one of an older schema is copied into `backups/` and brought up to date. What a
    /// killed program left there is swept away.
    pub fn open(folder: &Path, now: Stamp) -> Result<Self, Error> {
        Self::open_with(folder, now, schema::MIGRATIONS)
    }

    fn open_with(folder: &Path, now: Stamp, migrations: &[&str]) -> Result<Self, Error> {
        folder::require_no_links(folder)?;
        passing::sweep(folder);
        passing::sweep(&folder.join(folder::BACKUPS));
        let path = folder.join(folder::DATABASE);
        let head = folder::head(&path, schema::HEAD)?.ok_or_else(|| Error::Missing { folder: folder.to_owned() })?;
        schema::require_record(&path, &head)?;
        folder::close_to_others(folder);
        let failed = |error: rusqlite::Error| Error::sqlite(&path, &error);
        let (mut connection, budget) = connect(&path).map_err(failed)?;
        schema::require_described_as_ours(&connection, &path, migrations)?;
        schema::bring_up_to_date(&mut connection, folder, &path, now, migrations)?;
        // Readers then never wait for a writer. A no-op on all but the first opening.
        connection.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
        Ok(Self { connection, budget, folder: folder.to_owned(), path, set_aside: None })
    }

    /// The vault's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What [`Vault::create`] found in its way and renamed, for the holder to be told.
    pub fn set_aside(&self) -> Option<&Path> {
        self.set_aside.as_deref()
    }

    /// Changes whenever another program, or another opening of this vault, has changed it; the number itself means nothing.
    pub fn mark(&self) -> Result<i64, Error> {
        self.db().query_row("PRAGMA data_version", (), |row| row.get(0)).map_err(|error| self.failed(&error))
    }

    /// The whole record, everything in its order, without the trash.
    pub fn record(&self) -> Result<Record, Error> {
        // One transaction, so that another program's change is seen whole or not at all.
        let read = || rows::record(&*self.db().unchecked_transaction()?);
        read().map_err(|error| self.failed(&error))
    }

    /// The same, save for the credits: they are by far the most of it, and much needs none of them.
    pub fn record_without_credits(&self) -> Result<Record, Error> {
        let read = || rows::record_without_credits(&*self.db().unchecked_transaction()?);
        read().map_err(|error| self.failed(&error))
    }

    /// The credit with this id, unless it is in the trash.
    pub fn credit(&self, id: &str) -> Result<Credit, Error> {
        rows::get(self.db(), Place::Record, id)
            .map_err(|error| self.failed(&error))?
            .ok_or_else(|| Error::NotFound { what: "credit", id: id.to_owned() })
    }

    /// The credits in the trash.
    pub fn removed(&self) -> Result<Vec<Credit>, Error> {
        rows::all(self.db(), Place::Trash).map_err(|error| self.failed(&error))
    }

    /// Changes the record: all of what `f` does lasts, or nothing if it fails.
    pub fn transact<T>(
        &mut self,
        op: Op,
        now: Stamp,
        f: impl FnOnce(&mut Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.budget.renew();
        change::transact(&mut self.connection, &self.path, op, now, f)
    }

    /// Does what [`Vault::transact`] would and then takes all of it back: whether it would succeed, and with what.
    pub fn rehearse<T>(&mut self, now: Stamp, f: impl FnOnce(&mut Change<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.budget.renew();
        change::rehearse(&mut self.connection, &self.path, now, f)
    }

    /// Takes back what was done last, and says what that was.
    pub fn undo(&mut self, now: Stamp) -> Result<Done, Error> {
        self.transact(Op::Undo, now, history::undo)
    }

    /// Does again what was taken back last, and says what that was.
    pub fn redo(&mut self, now: Stamp) -> Result<Done, Error> {
        self.transact(Op::Redo, now, history::redo)
    }

    /// What [`Vault::undo`] would take back.
    pub fn undoable(&self) -> Result<Option<Done>, Error> {
        history::undoable(self.db()).map_err(|error| self.failed(&error))
    }

    /// What [`Vault::redo`] would do again.
    pub fn redoable(&self) -> Result<Option<Done>, Error> {
        history::redoable(self.db()).map_err(|error| self.failed(&error))
    }

    /// What was done, the latest first, no more than so many.
    pub fn history(&self, most: usize) -> Result<Vec<Done>, Error> {
        history::latest(self.db(), most).map_err(|error| self.failed(&error))
    }

    /// What became of one thing, the earliest first; empty if nothing of this id was ever there.
    pub fn history_of(&self, id: &str) -> Result<Vec<Step>, Error> {
        history::of(self.db(), id).map_err(|error| self.failed(&error))
    }

    /// What was sent in for renewals, in the order in which it was written down.
    pub fn submissions(&self) -> Result<Vec<Submission>, Error> {
        rows::all(self.db(), Place::Record).map_err(|error| self.failed(&error))
    }

    /// The submission with this id.
    pub fn submission(&self, id: &str) -> Result<Submission, Error> {
        rows::get(self.db(), Place::Record, id)
            .map_err(|error| self.failed(&error))?
            .ok_or_else(|| Error::NotFound { what: "submission", id: id.to_owned() })
    }

    /// The JSON that [`Change::freeze`] kept under this hash.
    pub fn frozen(&self, sha256: &str) -> Result<String, Error> {
        submission::frozen(self.db(), sha256)
            .map_err(|error| self.failed(&error))?
            .ok_or_else(|| Error::NotFound { what: "frozen copy", id: sha256.to_owned() })
    }

    /// The credits that have every word that was typed, or words that begin like it; the best first, no more than 50.
    /// The trash is not searched.
    pub fn search(&self, typed: &str) -> Result<Vec<Found>, Error> {
        search::search(self.db(), typed).map_err(|error| self.failed(&error))
    }

    /// Where a stored original lies, attached or not.
    pub fn file_of(&self, original: &Original) -> PathBuf {
        originals::path(&self.folder, &original.sha256, original.format)
    }

    /// The attached originals whose text nobody has read yet, in the order in which they were attached.
    pub fn unread(&self) -> Result<Vec<String>, Error> {
        let sql = "SELECT sha256 FROM original WHERE text IS NULL \
                   AND EXISTS (SELECT 1 FROM proof WHERE proof.sha256 = original.sha256) ORDER BY rowid";
        rows::collect(self.db(), sql, &[], |row| row.get(0)).map_err(|error| self.failed(&error))
    }

    /// The hashes of all files that a credit, also one in the trash, a fact or the holder has.
    pub fn attached(&self) -> Result<BTreeSet<String>, Error> {
        let hashes = rows::collect(&self.connection, "SELECT DISTINCT sha256 FROM proof", &[], |row| row.get(0));
        Ok(hashes.map_err(|error| self.failed(&error))?.into_iter().collect())
    }

    /// What an original says; nothing if it is not in this vault, or nobody has read it yet.
    pub fn text_of(&self, sha256: &str) -> Result<String, Error> {
        let text: Option<Option<String>> = self
            .db()
            .query_row("SELECT text FROM original WHERE sha256 = ?1", [sha256], |row| row.get(0))
            .optional()
            .map_err(|error| self.failed(&error))?;
        Ok(text.flatten().unwrap_or_default())
    }

    /// Keeps what an original says, for search. It follows from its bytes, so it is no change of the record.
    pub fn keep_text(&mut self, sha256: &str, text: &str) -> Result<(), Error> {
        self.derive(|db| search::keep_text(db, sha256, text))
    }

    /// The originals whose pages nobody has counted yet.
    pub fn uncounted(&self) -> Result<Vec<String>, Error> {
        let sql = "SELECT sha256 FROM original WHERE pages IS NULL ORDER BY rowid";
        rows::collect(self.db(), sql, &[], |row| row.get(0)).map_err(|error| self.failed(&error))
    }

    /// How many pages the originals have, by their hashes, as far as that is known.
    pub fn page_counts(&self) -> Result<BTreeMap<String, u32>, Error> {
        let sql = "SELECT sha256, pages FROM original WHERE pages > 0";
        let counts = rows::collect(self.db(), sql, &[], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(counts.map_err(|error| self.failed(&error))?.into_iter().collect())
    }

    /// Keeps how many pages originals have; none where it cannot be told. It follows from their bytes.
    pub fn keep_page_counts(&mut self, counts: &[(String, Option<u32>)]) -> Result<(), Error> {
        self.derive(|db| {
            let mut keep = db.prepare("UPDATE original SET pages = ?2 WHERE sha256 = ?1")?;
            counts.iter().try_for_each(|(sha256, pages)| keep.execute((sha256, pages.unwrap_or(0))).map(drop))
        })
    }

    /// Makes the index of the search anew from the record.
    pub fn rebuild_search(&mut self) -> Result<(), Error> {
        self.derive(search::rebuild)
    }

    /// Keeps that a file was written for the holder.
    pub fn note_written(&mut self, file: &Written) -> Result<(), Error> {
        self.derive(|db| written::note(db, file))
    }

    /// The file with these bytes that was written for the holder, if there was one; the latest.
    pub fn written(&self, sha256: &str) -> Result<Option<Written>, Error> {
        written::find(self.db(), sha256).map_err(|error| self.failed(&error))
    }

    /// Writes what follows from the record and the originals, or stands beside them, and so has no history.
    fn derive(&mut self, write: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> Result<(), Error> {
        let derive = |connection: &mut Connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            write(&transaction)?;
            transaction.commit()
        };
        self.budget.renew();
        derive(&mut self.connection).map_err(|error| self.failed(&error))
    }

    /// Copies a file into the vault, byte for byte; the same bytes are kept once. [`Change::attach`] makes it a proof, and
    /// only then does its name survive a loss of power.
    pub fn store_original(&self, path: &Path) -> Result<Original, Error> {
        let _passing = passing::enter(&self.folder)?;
        originals::store(&self.folder, path)
    }

    /// The same with bytes that are at hand.
    pub fn store_bytes(&self, name: &str, bytes: &[u8]) -> Result<Original, Error> {
        let _passing = passing::enter(&self.folder)?;
        originals::store_bytes(&self.folder, name, bytes)
    }

    /// The file of an original; `None` if it is not in this vault. It is one of the kinds that Recert keeps, whatever the
    /// database says, so that it may be opened.
    pub fn original_path(&self, sha256: &str) -> Result<Option<PathBuf>, Error> {
        let extension: Option<String> = self
            .db()
            .query_row("SELECT extension FROM original WHERE sha256 = ?1", [sha256], |row| row.get(0))
            .optional()
            .map_err(|error| self.failed(&error))?;
        let format = extension.and_then(|extension| Format::of_extension(&extension));
        let path =
            Sha256::parse(sha256).zip(format).map(|(sha256, format)| originals::path(&self.folder, &sha256, format));
        Ok(path.filter(|path| folder::is_plain_file(path)))
    }

    /// Takes a backup: a checked copy of the database, and a copy of each original that no earlier backup holds.
    pub fn back_up(&self, reason: Reason, now: Stamp, progress: Progress<'_>) -> Result<Taken, Error> {
        backup::take(self.db(), &self.folder, &self.path, (reason, now), progress)
    }

    /// The same, unless there is one of the last 24 hours. Then also sweeps away what was stored long ago and never
    /// attached, and what is known of files that are attached no more.
    pub fn back_up_if_due(&self, now: Stamp) -> Result<Option<Taken>, Error> {
        let taken = backup::take_if_due(self.db(), &self.folder, &self.path, now)?;
        if taken.is_some() {
            originals::sweep_never_attached(self.db(), &self.folder, now)
                .and_then(|()| search::forget_texts(self.db()))
                .map_err(|error| self.failed(&error))?;
        }
        Ok(taken)
    }

    /// The backups beside the record in `folder`, whether or not it can be opened; the newest first.
    pub fn backups_in(folder: &Path) -> Result<Vec<Backup>, Error> {
        backup::list(&folder.join(folder::BACKUPS))
    }

    /// Backs up and packs the backup into a new file, under a passphrase if one is given. Whoever has the file, and the
    /// passphrase, has the whole vault.
    pub fn pack(
        &self,
        file: &Path,
        passphrase: Option<&str>,
        now: Stamp,
        progress: Progress<'_>,
    ) -> Result<Taken, Error> {
        let taken = self.back_up(Reason::Asked, now, &mut |_, _| true)?;
        let _passing = passing::enter(&self.folder)?;
        archive::pack(&taken.backup, &self.folder, file, passphrase, progress)?;
        Ok(taken)
    }

    /// Unpacks what [`Vault::pack`] made, to be restored in `folder`: there, where its size has to fit anyway.
    pub fn unpack(folder: &Path, file: &Path, key: Key<'_>, progress: Progress<'_>) -> Result<Unpacked, Error> {
        archive::unpack(folder, file, key, progress)
    }

    /// Whether a packed backup is locked with a passphrase.
    pub fn is_locked(file: &Path) -> Result<bool, Error> {
        archive::is_locked(file)
    }

    /// Puts another state in the place of the record in `folder`, or into a place where there is none. What is there is
    /// backed up first, or set aside if it is damaged; no original that is there goes away.
    pub fn restore(folder: &Path, source: &Source, now: Stamp, progress: Progress<'_>) -> Result<Restored, Error> {
        restore::restore(folder, source, now, progress)
    }

    /// What [`Vault::restore`] would do.
    pub fn preview_restore(
        folder: &Path,
        source: &Source,
        now: Stamp,
        progress: Progress<'_>,
    ) -> Result<Restored, Error> {
        restore::preview(folder, source, now, progress)
    }

    /// Checks the database and its history, hashes every original again, and re-reads the backups beside the record. An
    /// original that is lost or changed is brought back from a backup that has it whole.
    pub fn verify(&self, progress: Progress<'_>) -> Result<Verification, Error> {
        self.verify_with(None, progress)
    }

    /// Does what [`Vault::verify`] does, with the backups outside, too, if they can be reached.
    pub fn verify_with(&self, outside: Option<&Outside>, progress: Progress<'_>) -> Result<Verification, Error> {
        let mut stores = vec![self.folder.join(folder::BACKUPS)];
        stores.extend(outside.filter(|outside| outside.is_reachable()).map(|outside| outside.folder.clone()));
        verify::verify(self.db(), &self.folder, &self.path, &stores, progress)
    }

    /// Deletes the vault in `folder`, and if wanted the copies outside: everything that Recert made and nothing else. It
    /// must not be open, here or in another program.
    pub fn delete(folder: &Path, computer: &Computer, with_outside: bool) -> Result<Deletion, Error> {
        delete::delete(folder, computer, with_outside)
    }

    /// What [`Vault::delete`] would do.
    pub fn deletion(folder: &Path, computer: &Computer, with_outside: bool) -> Result<Deletion, Error> {
        delete::plan(folder, computer, with_outside)
    }

    /// The database, for one use of it.
    fn db(&self) -> &Connection {
        self.budget.renew();
        &self.connection
    }

    fn failed(&self, error: &rusqlite::Error) -> Error {
        Error::sqlite(&self.path, error)
    }
}

/// A connection to an existing database, set up so that what was acknowledged lasts.
fn connect(path: &Path) -> rusqlite::Result<(Connection, Budget)> {
    let (connection, budget) = harden::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // On macOS a plain sync does not reach the disk; elsewhere this does nothing.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok((connection, budget))
}

/// Fails if a record or another program's database stands at `path`; what is damaged or no database may be set aside.
fn require_room(folder: &Path, path: &Path) -> Result<(), Error> {
    match folder::head(path, schema::HEAD)? {
        None => Ok(()),
        Some(head) => match schema::identify(&head) {
            schema::Identity::Foreign => schema::require_record(path, &head),
            schema::Identity::NoDatabase => Ok(()),
            schema::Identity::Record => require_damaged(folder, path),
        },
    }
}

/// Fails unless the record at `path` is too damaged to be read.
fn require_damaged(folder: &Path, path: &Path) -> Result<(), Error> {
    let readable =
        connect(path).and_then(|(db, _)| db.query_row("PRAGMA quick_check", (), |row| row.get::<_, String>(0)));
    match readable.map_err(|error| Error::sqlite(path, &error)) {
        Ok(answer) if answer == "ok" => Err(Error::Exists { folder: folder.to_owned() }),
        Ok(_) | Err(Error::Damaged { .. } | Error::NotARecord { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Builds a database under a passing name, moves it to `path` when it is whole, and returns what stood in its way.
fn start(folder: &Path, path: &Path, holder: &Holder, now: Stamp) -> Result<Option<PathBuf>, Error> {
    let unwritable = |error: std::io::Error| Error::io(folder, Access::Write, &error);
    let failed = |error: rusqlite::Error| Error::sqlite(path, &error);
    let file = passing::file(folder, passing::RECERT, ".db").map_err(unwritable)?;
    let new = file.into_temp_path();
    let (mut connection, _) = connect(&new).map_err(failed)?;
    // Set before the first table, so that the file is recognised by its first bytes alone.
    connection.pragma_update(None, "application_id", schema::APPLICATION_ID).map_err(failed)?;
    schema::migrate(&mut connection, path, now, schema::MIGRATIONS)?;
    change::transact(&mut connection, path, Op::Start, now, |change| change.set_holder(holder))?;
    connection.close().map_err(|(_, error)| failed(error))?;
    let set_aside = folder::set_aside(path)?;
    new.persist_noclobber(path).map_err(|failed| {
        if failed.error.kind() == std::io::ErrorKind::AlreadyExists {
            return Error::Exists { folder: folder.to_owned() };
        }
        Error::io(path, Access::Write, &failed.error)
    })?;
    folder::sync(folder)?;
    Ok(set_aside)
}
