//! Checks that everything in a vault, and in its backups, is still what was put there. What is lost in one place and whole in
//! the other is brought back; nothing is removed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::Progress;
use crate::backup::{self, Named};
use crate::error::Error;
use crate::folder::{DATABASE, ORIGINALS};
use crate::hash::Sha256;
use crate::history;
use crate::originals::{self, Brought, Format};
use crate::passing;
use crate::row_faults::{self, RowFault};
use crate::rows;
use crate::search;
use crate::submission;

/// What was checked and what is damaged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// Credits in the record.
    pub credits: usize,
    /// Originals whose bytes were hashed again.
    pub originals: usize,
    /// The bytes of these.
    pub bytes: u64,
    /// Proofs that came with an imported record and whose original is not here. No damage.
    pub not_here: usize,
    /// Files in `originals/` that were never attached. No damage.
    pub never_attached: usize,
    /// Backups that were re-read.
    pub backups: usize,
    /// Files that were lost or changed and are whole again.
    pub healed: Vec<Healed>,
    /// What does not hold; empty if all is well.
    pub damage: Vec<Damage>,
}

/// A file that was lost or changed and was brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Healed {
    /// The file, as seen from the vault's folder.
    pub place: String,
    /// The folder that had it whole.
    pub from: PathBuf,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// What sort of damage it is.
    pub kind: DamageKind,
    /// The file, as seen from the vault's folder.
    pub place: String,
    /// What happened and what to do.
    pub message: String,
}

/// The sorts of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DamageKind {
    /// The database does not hold together.
    Database,
    /// A row is not what the history says of it.
    Row,
    /// A backup, or an original in it, does not hold together.
    Backup,
    /// The index of the search is out of step with the record; the record itself holds.
    Search,
    /// An original's file is gone.
    OriginalMissing,
    /// An original's bytes are not those that were added.
    OriginalChanged,
    /// An original's file cannot be read.
    OriginalUnreadable,
}

/// Tells how far it is, and hears whether to go on.
struct Meter<'p> {
    done: u64,
    all: u64,
    stopped: bool,
    tell: Progress<'p>,
}

impl Meter<'_> {
    /// Whether to go on, now that so many more bytes were read. Once stopped, it tells nothing more.
    fn goes_on(&mut self, bytes: u64) -> bool {
        self.done += bytes;
        self.stopped = self.stopped || !(self.tell)(self.done, self.all.max(self.done));
        !self.stopped
    }
}

/// Checks the database at `path`, every original below `folder`, and the backups in each of `stores`.
pub(crate) fn verify(
    db: &Connection,
    folder: &Path,
    path: &Path,
    stores: &[PathBuf],
    progress: Progress<'_>,
) -> Result<Verification, Error> {
    let mut verification = Verification::default();
    let shelves = stores.iter().map(PathBuf::as_path).chain([folder]).map(|root| size_below(&root.join(ORIGINALS)));
    let databases = stores.iter().flat_map(|store| backup::list(store).unwrap_or_default());
    let databases = databases.map(|backup| fs::metadata(backup.path).map_or(0, |there| there.len()));
    let meter = &mut Meter { done: 0, all: shelves.chain(databases).sum(), stopped: false, tell: progress };
    let checked = database(db, folder, stores, meter, &mut verification).map_err(|error| Error::sqlite(path, &error));
    match checked {
        // A page so broken that reading stopped: what the checks said before stays the answer.
        Err(Error::Damaged { reason, .. }) => verification.damage.push(database_damage(&reason)),
        other => other?,
    }
    for store in stores {
        read_backups(store, folder, meter, &mut verification)?;
    }
    if meter.stopped { Err(Error::Stopped) } else { Ok(verification) }
}

fn database(
    db: &Connection,
    folder: &Path,
    stores: &[PathBuf],
    meter: &mut Meter<'_>,
    to: &mut Verification,
) -> rusqlite::Result<()> {
    let checked = rows::collect(db, "PRAGMA integrity_check", &[], |row| row.get::<_, String>(0));
    // An index that cannot be read ends the check, but the record itself was checked before.
    let reasons = checked.or_else(|error| match error.to_string() {
        reason if is_of_search(&reason) => Ok(vec![reason]),
        _ => Err(error),
    })?;
    for reason in reasons {
        match reason.as_str() {
            "ok" => {}
            index if is_of_search(index) => to.damage.push(search_damage()),
            damage => to.damage.push(database_damage(damage)),
        }
    }
    for table in rows::collect(db, "PRAGMA foreign_key_check", &[], |row| row.get::<_, String>(0))? {
        to.damage.push(database_damage(&format!("a row of “{table}” refers to something that is gone")));
    }
    let mut present = 0;
    for Named { sha256, format, size } in backup::originals_of(db)? {
        let file = originals::path(folder, &sha256, format);
        if !meter.goes_on(size) {
            return Ok(());
        }
        let Some((kind, message)) = original_damage(&file, &sha256) else {
            present += 1;
            to.originals += 1;
            to.bytes += size;
            continue;
        };
        let place = file.strip_prefix(folder).unwrap_or(&file).display().to_string();
        let from = match passing::enter(folder) {
            Ok(_passing) if kind != DamageKind::OriginalUnreadable => whole_in(stores, folder, &sha256, format),
            _ => None,
        };
        if let Some(from) = from {
            present += 1;
            to.originals += 1;
            to.bytes += size;
            to.healed.push(Healed { place, from });
        } else {
            present += usize::from(kind != DamageKind::OriginalMissing);
            to.damage.push(Damage { kind, place, message });
        }
    }
    to.never_attached = files_below(&folder.join(ORIGINALS)).saturating_sub(present);
    let absent = "SELECT DISTINCT sha256 FROM proof WHERE sha256 NOT IN (SELECT sha256 FROM original)";
    to.not_here = rows::collect(db, absent, &[], |_| Ok(()))?.len();
    // One transaction, so that another program's change is seen whole or not at all.
    let db = db.unchecked_transaction()?;
    to.credits = rows::collect(&db, "SELECT 1 FROM credit WHERE removed_at IS NULL", &[], |_| Ok(()))?.len();
    for (place, difference) in history::differences(&db)? {
        let message = format!(
            "{difference}: something other than Recert changed the database. Correct the entry, or restore a backup."
        );
        to.damage.push(Damage { kind: DamageKind::Row, place, message });
    }
    // What was frozen and altered is named by its submission below.
    let faults = row_faults::find(&db)?.into_iter().filter(|fault| fault.table != "frozen");
    for RowFault { table, row, id, reason } in faults {
        let message = format!(
            "{reason}: something other than Recert changed the database. Nothing is done with it. Restore a backup."
        );
        let name = if id.is_empty() { format!("row {row}") } else { id };
        to.damage.push(Damage { kind: DamageKind::Row, place: format!("{table} {name}"), message });
    }
    for id in submission::altered(&db)? {
        let message = "what was frozen when it was sent is no longer what it was: something other than Recert changed \
                       the database. Restore a backup."
            .to_owned();
        to.damage.push(Damage { kind: DamageKind::Row, place: format!("submission {id}"), message });
    }
    // The index follows from the record, so it says nothing more of a record that does not hold.
    let told = |damage: &Damage| matches!(damage.kind, DamageKind::Database | DamageKind::Search);
    if !to.damage.iter().any(told) && !search::in_step(&db)? {
        to.damage.push(search_damage());
    }
    Ok(())
}

/// Brings an original back from the first place that has it whole, and says which that was.
fn whole_in(stores: &[PathBuf], root: &Path, sha256: &Sha256, format: Format) -> Option<PathBuf> {
    let brings = |store: &&PathBuf| {
        let source = originals::path(store, sha256, format);
        originals::bring(&source, root, sha256, format) == Ok(Brought::Whole)
    };
    stores.iter().find(brings).cloned()
}

/// Re-reads the backups in a folder and their originals; one of these that is changed is copied again from the vault.
fn read_backups(store: &Path, folder: &Path, meter: &mut Meter<'_>, to: &mut Verification) -> Result<(), Error> {
    let seen = |path: &Path| path.strip_prefix(folder).unwrap_or(path).display().to_string();
    for backup in backup::list(store)? {
        if !meter.goes_on(fs::metadata(&backup.path).map_or(0, |there| there.len())) {
            return Ok(());
        }
        to.backups += 1;
        if let Err(error) = backup::check(&backup.path) {
            let reason = if let Error::BackupDamaged { reason, .. } = error { reason } else { error.to_string() };
            let message = format!("this backup is damaged ({reason}). Delete it; the others are not affected.");
            to.damage.push(Damage { kind: DamageKind::Backup, place: seen(&backup.path), message });
        }
    }
    for (path, sha256, format) in originals::kept_below(store) {
        if !meter.goes_on(fs::metadata(&path).map_or(0, |there| there.len())) {
            return Ok(());
        }
        if originals::hash(&path).is_ok_and(|found| found == sha256) {
            continue;
        }
        if let Ok(_alone) = backup::enter(store)
            && whole_in(&[folder.to_owned()], store, &sha256, format).is_some()
        {
            to.healed.push(Healed { place: seen(&path), from: folder.to_owned() });
        } else {
            let message = "the file's bytes in the backup are no longer those that were added, and it is not whole in \
                           your record either. Add the certificate again."
                .to_owned();
            to.damage.push(Damage { kind: DamageKind::Backup, place: seen(&path), message });
        }
    }
    Ok(())
}

fn size_below(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let sizes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(there) if there.is_dir() => size_below(&entry.path()),
        Ok(there) => there.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

fn database_damage(reason: &str) -> Damage {
    let message = format!(
        "the record is damaged ({reason}). Keep the whole folder as it is and restore a backup; recert backup list names them."
    );
    Damage { kind: DamageKind::Database, place: DATABASE.to_owned(), message }
}

/// SQLite has no code for damage to a full-text index, only these words.
fn is_of_search(reason: &str) -> bool {
    reason.contains("FTS5") || reason.contains("fts5")
}

fn search_damage() -> Damage {
    let message = "search is out of step with the record. Nothing of the record is lost.".to_owned();
    Damage { kind: DamageKind::Search, place: DATABASE.to_owned(), message }
}

fn original_damage(file: &Path, sha256: &Sha256) -> Option<(DamageKind, String)> {
    match originals::hash(file) {
        Ok(found) if found == *sha256 => None,
        Ok(_) => Some((
            DamageKind::OriginalChanged,
            "the file's bytes are no longer those that were added. Add the certificate again, or take the file \
             from your last copy of the folder."
                .to_owned(),
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some((
            DamageKind::OriginalMissing,
            "the file is gone. Add the certificate again, or take the file from your last copy of the folder."
                .to_owned(),
        )),
        Err(error) => Some((
            DamageKind::OriginalUnreadable,
            format!("the file cannot be read ({error}). Check its permissions and the disk."),
        )),
    }
}

fn files_below(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => files_below(&entry.path()),
            Ok(kind) => usize::from(kind.is_file()),
            Err(_) => 0,
        })
        .sum()
}
