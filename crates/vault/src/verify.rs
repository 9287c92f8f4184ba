//! Checks that everything in a vault is still what was put there. Changes nothing.

use std::fs;
use std::io;
use std::path::Path;

use rusqlite::Connection;

use crate::error::Error;
use crate::folder::{DATABASE, ORIGINALS};
use crate::originals;
use crate::rows;
use crate::search;

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
    /// What does not hold; empty if all is well.
    pub damage: Vec<Damage>,
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
    /// The index of the search is out of step with the record; the record itself holds.
    Search,
    /// An original's file is gone.
    OriginalMissing,
    /// An original's bytes are not those that were added.
    OriginalChanged,
    /// An original's file cannot be read.
    OriginalUnreadable,
}

/// Checks the database at `path` and every original below `folder`.
pub(crate) fn verify(db: &Connection, folder: &Path, path: &Path) -> Result<Verification, Error> {
    let mut verification = Verification::default();
    let checked = database(db, folder, &mut verification).map_err(|error| Error::sqlite(path, &error));
    match checked {
        // A page so broken that reading stopped: what the checks said before stays the answer.
        Err(Error::Damaged { reason, .. }) => verification.damage.push(database_damage(&reason)),
        other => other?,
    }
    Ok(verification)
}

fn database(db: &Connection, folder: &Path, to: &mut Verification) -> rusqlite::Result<()> {
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
    let attached = rows::collect(db, "SELECT sha256, extension, size FROM original ORDER BY sha256", &[], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
    })?;
    let mut present = 0;
    for (sha256, extension, size) in attached {
        let file = originals::path(folder, &sha256, &extension);
        if let Some((kind, message)) = original_damage(&file, &sha256) {
            present += usize::from(kind != DamageKind::OriginalMissing);
            let place = file.strip_prefix(folder).unwrap_or(&file).display().to_string();
            to.damage.push(Damage { kind, place, message });
        } else {
            present += 1;
            to.originals += 1;
            to.bytes += u64::try_from(size).unwrap_or(0);
        }
    }
    to.never_attached = files_below(&folder.join(ORIGINALS)).saturating_sub(present);
    let absent = "SELECT DISTINCT sha256 FROM proof WHERE sha256 NOT IN (SELECT sha256 FROM original)";
    to.not_here = rows::collect(db, absent, &[], |_| Ok(()))?.len();
    to.credits = rows::record(db)?.credits.len();
    // The index follows from the record, so it says nothing more of a record that does not hold.
    let told = |damage: &Damage| matches!(damage.kind, DamageKind::Database | DamageKind::Search);
    if !to.damage.iter().any(told) && !search::in_step(db)? {
        to.damage.push(search_damage());
    }
    Ok(())
}

fn database_damage(reason: &str) -> Damage {
    let message = format!(
        "the record is damaged ({reason}). Keep the whole folder as it is and put your last copy of it in its place."
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

fn original_damage(file: &Path, sha256: &str) -> Option<(DamageKind, String)> {
    match originals::hash(file) {
        Ok(found) if found == sha256 => None,
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
