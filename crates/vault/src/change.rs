//! Every change of a vault: one transaction, with what was done and each entity before and after it.

use std::path::Path;

use chrono::SecondsFormat;
use domain::credit::CreditFault;
use domain::{Credential, Credit, Fact, Holder, ProofRef, ProofRole, Record};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Stamp;
use crate::column::Word;
use crate::error::{Access, Error};
use crate::hash::Sha256;
use crate::history;
use crate::originals::{self, Original};
use crate::rows::{self, Entity, Listed, Place};
use crate::search;

/// What was done, for the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// The record was started.
    Start,
    /// The holder's details were changed.
    EditHolder,
    /// A credential was added.
    AddCredential,
    /// A credential was changed.
    EditCredential,
    /// A credential was removed.
    RemoveCredential,
    /// A credit was added.
    AddCredit,
    /// A credit was changed.
    EditCredit,
    /// A credit was put into the trash.
    RemoveCredit,
    /// A credit was taken out of the trash.
    RestoreCredit,
    /// A fact was added.
    AddFact,
    /// A fact was changed.
    EditFact,
    /// A fact was removed.
    RemoveFact,
    /// An answer to a question was added.
    AddAnswer,
    /// An answer was removed.
    RemoveAnswer,
    /// How a credit is counted was laid down.
    SetPin,
    /// How a credit is counted was left open again.
    RemovePin,
    /// A pack's value was changed.
    SetOverride,
    /// A pack's value was put back.
    RemoveOverride,
    /// A pack of her own was added.
    AddPack,
    /// A pack of her own was removed.
    RemovePack,
    /// A proof was attached.
    Attach,
    /// A proof was detached.
    Detach,
    /// It was kept what was sent in for a renewal.
    AddSubmission,
    /// It was kept what came of it.
    EditSubmission,
    /// A submission was taken off the list.
    RemoveSubmission,
    /// A renewal was granted: its period was closed and the next one begun.
    Renew,
    /// What a proof shows was said anew.
    SetRole,
    /// A record or a spreadsheet was imported.
    Import,
    /// The trash was emptied.
    EmptyTrash,
    /// The database was brought to a newer schema; what was done before stays.
    Migrate,
    /// Another state was restored from a backup; what was done before stays.
    Restore,
    /// What was done last was taken back.
    Undo,
    /// What was taken back last was done again.
    Redo,
}

/// Whom a proof belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner<'a> {
    /// The holder: a document that belongs to no credit.
    Holder,
    /// The credit with this id.
    Credit(&'a str),
    /// The fact with this id.
    Fact(&'a str),
}

/// A change under way. Nothing of it lasts unless all of it does.
#[derive(Debug)]
pub struct Change<'v> {
    pub(crate) transaction: Transaction<'v>,
    path: &'v Path,
    op: Op,
    pub(crate) now: String,
    pub(crate) operation: i64,
    /// The hashes of the originals that it took into the vault.
    kept: Vec<Sha256>,
}

/// The name under which the history keeps what was deleted from the trash.
pub(crate) const TRASH: &str = "trash";

/// What an entity was before a change of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Before {
    /// As record JSON, if it was in the record.
    pub json: Option<String>,
    /// Its place in its list.
    pub position: Option<i64>,
    /// Since when it lay in the trash, if it did.
    pub removed_at: Option<String>,
}

impl Before {
    fn of(json: String) -> Self {
        Self { json: Some(json), ..Self::default() }
    }
}

/// Runs `f` in one immediate transaction and writes down what it did.
pub(crate) fn transact<T>(
    connection: &mut Connection,
    path: &Path,
    op: Op,
    now: Stamp,
    f: impl FnOnce(&mut Change<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let failed = |error: rusqlite::Error| Error::sqlite(path, &error);
    let mut change = begin(connection, path, op, now).map_err(failed)?;
    let result = f(&mut change)?;
    // Before the row that names a file lasts, the file's name does.
    if !change.kept.is_empty() {
        originals::sync_shelves(change.folder(), &change.kept.iter().collect::<Vec<_>>())?;
    }
    change.finish().map_err(failed)?;
    Ok(result)
}

/// Runs `f` and takes back what it did.
pub(crate) fn rehearse<T>(
    connection: &mut Connection,
    path: &Path,
    now: Stamp,
    f: impl FnOnce(&mut Change<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    f(&mut begin(connection, path, Op::Import, now).map_err(|error| Error::sqlite(path, &error))?)
}

/// Marks in the history that the schema changed: nothing before it can be taken back.
pub(crate) fn log_migration(db: &Connection, now: Stamp) -> rusqlite::Result<()> {
    db.execute("INSERT INTO operation (kind, at) VALUES (?1, ?2)", params![Word(&Op::Migrate), instant(now)])?;
    Ok(())
}

/// Marks in the history that this state was restored: nothing before it can be taken back, the backup of the state
/// before is the way.
pub(crate) fn log_restore(db: &Connection, now: Stamp) -> rusqlite::Result<i64> {
    db.execute("INSERT INTO operation (kind, at) VALUES (?1, ?2)", params![Word(&Op::Restore), instant(now)])?;
    Ok(db.last_insert_rowid())
}

/// As the database has it.
pub(crate) fn instant(now: Stamp) -> String {
    now.to_rfc3339_opts(SecondsFormat::Secs, true)
}

pub(crate) fn begin<'v>(
    connection: &'v mut Connection,
    path: &'v Path,
    op: Op,
    now: Stamp,
) -> rusqlite::Result<Change<'v>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let now = instant(now);
    transaction.execute("INSERT INTO operation (kind, at) VALUES (?1, ?2)", params![Word(&op), now])?;
    let operation = transaction.last_insert_rowid();
    Ok(Change { transaction, path, op, now, operation, kept: Vec::new() })
}

impl Change<'_> {
    /// The whole record as it stands within this change.
    pub fn record(&self) -> Result<Record, Error> {
        rows::record(&self.transaction).map_err(|error| self.failed(&error))
    }

    /// The credit with this id as it stands within this change.
    pub fn credit(&self, id: &str) -> Result<Credit, Error> {
        self.existing(id)
    }

    /// An id that was never used in this vault: `c` gives `c1`, `c2`, …
    pub fn next_id(&mut self, prefix: &str) -> Result<String, Error> {
        next_id(&self.transaction, prefix).map_err(|error| self.failed(&error))
    }

    /// Replaces the holder.
    pub fn set_holder(&mut self, holder: &Holder) -> Result<(), Error> {
        valid("the holder", Record::new(holder.clone()).fault().map(|fault| (fault.path, fault.reason)))?;
        let before = rows::holder(&self.transaction).map_err(|error| self.failed(&error))?;
        let (before, after) = (Some(before).filter(|before| !before.name.is_empty()).map(|h| json(&h)), json(holder));
        if before.as_ref() == Some(&after) {
            return Ok(());
        }
        rows::put_holder(&self.transaction, holder)
            .and_then(|()| self.log("holder", "", &Before { json: before, ..Before::default() }, Some(&after)))
            .map_err(|error| self.failed(&error))
    }

    /// Adds a credential, or replaces the one with its id.
    pub fn put_credential(&mut self, credential: &Credential) -> Result<(), Error> {
        let fault = id_fault(&credential.id).or_else(|| credential.fault().map(|(f, reason)| (f.to_owned(), reason)));
        valid(&format!("credential {}", credential.id), fault)?;
        self.put(credential)
    }

    /// Removes a credential.
    pub fn remove_credential(&mut self, id: &str) -> Result<(), Error> {
        self.remove::<Credential>(id)
    }

    /// Adds a credit at the end, or replaces the one with its id where it stands.
    pub fn put_credit(&mut self, credit: &Credit) -> Result<(), Error> {
        let faults = credit.faults().into_iter().map(|fault| (fault.field, fault.reason));
        valid(&format!("credit {}", credit.id), id_fault(&credit.id).into_iter().chain(faults))?;
        self.put(credit)
    }

    /// Puts a credit into the trash.
    pub fn remove_credit(&mut self, id: &str) -> Result<(), Error> {
        self.remove::<Credit>(id)
    }

    /// Deletes every credit in the trash. Their files stay.
    pub fn empty_trash(&mut self) -> Result<usize, Error> {
        let all: Vec<Credit> = rows::all(&self.transaction, Place::Trash).map_err(|error| self.failed(&error))?;
        for credit in &all {
            self.delete_from_trash(credit).map_err(|error| self.failed(&error))?;
        }
        Ok(all.len())
    }

    pub(crate) fn delete_from_trash(&mut self, credit: &Credit) -> rusqlite::Result<()> {
        let before = Before { json: Some(json(credit)), ..self.before::<Credit>(&credit.id)? };
        rows::delete::<Credit>(&self.transaction, &credit.id)?;
        self.log(TRASH, &credit.id, &before, None)
    }

    /// Takes a credit out of the trash, to its old place.
    pub fn restore_credit(&mut self, id: &str) -> Result<(), Error> {
        let credit: Credit =
            self.get(Place::Trash, id)?.ok_or_else(|| Error::NotFound { what: "removed credit", id: id.to_owned() })?;
        self.put(&credit)
    }

    /// Adds a fact at the end, or replaces the one with its id where it stands.
    pub fn put_fact(&mut self, fact: &Fact) -> Result<(), Error> {
        let holds =
            |proof: &ProofRef| domain::credit::is_sha256(&proof.sha256) && domain::credit::is_file_name(&proof.name);
        let proofs = fact.proofs.iter().find(|proof| !holds(proof)).map(|_| {
            ("proofs".to_owned(), "each needs a hash of 64 hexadecimal digits and the name of a file".to_owned())
        });
        valid(&format!("fact {}", fact.id), id_fault(&fact.id).or(proofs))?;
        self.put(fact)
    }

    /// Removes a fact.
    pub fn remove_fact(&mut self, id: &str) -> Result<(), Error> {
        self.remove::<Fact>(id)
    }

    /// One of the record's lists without ids as it stands within this change.
    pub fn list<E: Listed>(&self) -> Result<Vec<E>, Error> {
        rows::list(&self.transaction).map_err(|error| self.failed(&error))
    }

    /// Replaces one of the record's lists without ids.
    pub fn set_list<E: Listed>(&mut self, entries: &[E]) -> Result<(), Error> {
        let (before, after) = (json(&self.list::<E>()?), json(&entries));
        if before == after {
            return Ok(());
        }
        rows::put_list(&self.transaction, entries)
            .and_then(|()| self.log("list", E::LIST, &Before::of(before), Some(&after)))
            .map_err(|error| self.failed(&error))
    }

    /// Attaches stored originals, each in its role. One that is attached already only takes on the role.
    pub fn attach(&mut self, owner: Owner<'_>, originals: &[(Original, ProofRole)]) -> Result<(), Error> {
        originals.iter().try_for_each(|(original, _)| self.keep_original(original))?;
        self.edit_proofs(owner, |proofs| {
            for (Original { sha256, name, .. }, role) in originals {
                match proofs.iter_mut().find(|proof| *sha256 == proof.sha256) {
                    Some(attached) => attached.role = *role,
                    None => proofs.push(ProofRef { sha256: sha256.to_string(), name: name.clone(), role: *role }),
                }
            }
            Ok(())
        })
    }

    /// Takes a stored original into the vault for good. It must still be there: what is never attached is swept away, but
    /// not while a change is under way.
    pub(crate) fn keep_original(&mut self, original: &Original) -> Result<(), Error> {
        let file = originals::path(self.folder(), &original.sha256, original.format);
        if !file.is_file() {
            return Err(Error::Io { path: file, access: Access::Read, reason: "it is gone".to_owned() });
        }
        self.kept.push(original.sha256.clone());
        self.transaction
            .execute(
                "INSERT INTO original (sha256, extension, media_type, size, added_at) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (sha256) DO NOTHING",
                params![
                    original.sha256,
                    original.format.extension(),
                    original.format.media_type(),
                    original.size,
                    self.now
                ],
            )
            .and_then(|_| match &original.text {
                Some(text) => search::keep_text(&self.transaction, &original.sha256, text),
                None => Ok(()),
            })
            .map_err(|error| self.failed(&error))
    }

    /// Says what an attached proof shows.
    pub fn set_role(&mut self, owner: Owner<'_>, sha256: &str, role: ProofRole) -> Result<(), Error> {
        self.edit_proofs(owner, |proofs| {
            let proof = proofs.iter_mut().find(|proof| proof.sha256 == sha256);
            proof.ok_or_else(|| Error::NotFound { what: "proof", id: sha256.to_owned() })?.role = role;
            Ok(())
        })
    }

    /// Detaches a proof. Its original stays in the vault.
    pub fn detach(&mut self, owner: Owner<'_>, sha256: &str) -> Result<(), Error> {
        self.edit_proofs(owner, |proofs| {
            let before = proofs.len();
            proofs.retain(|proof| proof.sha256 != sha256);
            if proofs.len() == before {
                return Err(Error::NotFound { what: "proof", id: sha256.to_owned() });
            }
            Ok(())
        })
    }

    /// Takes over a whole record and keeps its ids. What is here already and the same stays as it is; anything else
    /// of the same id is a conflict. The holder is taken over into a vault that holds nothing else yet.
    pub fn import(&mut self, record: &Record) -> Result<(), Error> {
        if let Some(fault) = record.fault() {
            return Err(fault.into());
        }
        let here = self.record()?;
        let empty = here.credentials.is_empty() && here.credits.is_empty() && here.facts.is_empty();
        if !empty && here.holder != record.holder {
            return Err(Error::Conflict { what: "holder", id: here.holder.name });
        }
        self.set_holder(&record.holder)?;
        self.import_entities(&record.credentials)?;
        self.import_entities(&record.credits)?;
        self.import_entities(&record.facts)?;
        self.import_list(here.pins, &record.pins)?;
        self.import_list(here.answers, &record.answers)?;
        self.import_list(here.overrides, &record.overrides)?;
        self.import_list(here.packs, &record.packs)
    }

    fn import_entities<E: Entity + DeserializeOwned>(&mut self, entities: &[E]) -> Result<(), Error> {
        for entity in entities {
            let after = json(entity);
            for place in [Place::Record, Place::Trash] {
                // Compared as JSON: to the domain 2.0 and 2 are equal, on a certificate they are not.
                if self.get::<E>(place, entity.id())?.is_some_and(|here| json(&here) != after) {
                    return Err(Error::Conflict { what: E::NAME, id: entity.id().to_owned() });
                }
            }
            self.put(entity)?;
        }
        Ok(())
    }

    /// Entries have no id: those that are here already are left out, all others follow in their order.
    fn import_list<E: Listed + PartialEq + Clone>(&mut self, here: Vec<E>, new: &[E]) -> Result<(), Error> {
        let others: Vec<E> = new.iter().filter(|entry| !here.contains(entry)).cloned().collect();
        self.set_list(&[here, others].concat())
    }

    fn edit_proofs(
        &mut self,
        owner: Owner<'_>,
        edit: impl FnOnce(&mut Vec<ProofRef>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match owner {
            Owner::Holder => {
                let mut holder = rows::holder(&self.transaction).map_err(|error| self.failed(&error))?;
                edit(&mut holder.documents)?;
                self.set_holder(&holder)
            }
            Owner::Credit(id) => {
                let mut credit: Credit = self.existing(id)?;
                edit(&mut credit.proofs)?;
                self.put(&credit)
            }
            Owner::Fact(id) => {
                let mut fact: Fact = self.existing(id)?;
                edit(&mut fact.proofs)?;
                self.put(&fact)
            }
        }
    }

    fn get<E: Entity>(&self, place: Place, id: &str) -> Result<Option<E>, Error> {
        rows::get(&self.transaction, place, id).map_err(|error| self.failed(&error))
    }

    pub(crate) fn existing<E: Entity>(&self, id: &str) -> Result<E, Error> {
        self.get(Place::Record, id)?.ok_or_else(|| Error::NotFound { what: E::NAME, id: id.to_owned() })
    }

    pub(crate) fn put<E: Entity>(&mut self, entity: &E) -> Result<(), Error> {
        self.put_at(entity, None)
    }

    pub(crate) fn put_at<E: Entity>(&mut self, entity: &E, position: Option<i64>) -> Result<(), Error> {
        let put = |change: &Self| {
            let (before, after) = (change.before::<E>(entity.id())?, json(entity));
            if before.json.as_ref() == Some(&after) {
                return Ok(());
            }
            rows::put(&change.transaction, entity, position)?;
            change.log(E::NAME, entity.id(), &before, Some(&after))
        };
        put(self).map_err(|error| self.failed(&error))
    }

    pub(crate) fn remove<E: Entity>(&mut self, id: &str) -> Result<(), Error> {
        self.existing::<E>(id)?;
        self.take_out_now::<E>(id)
    }

    /// Into the trash where its sort has one, for good otherwise.
    pub(crate) fn take_out_now<E: Entity>(&mut self, id: &str) -> Result<(), Error> {
        let now = self.now.clone();
        self.take_out::<E>(id, E::TRASH.then_some(now.as_str()))
    }

    /// Takes an entity out of the record: into the trash, as of an instant, or for good.
    pub(crate) fn take_out<E: Entity>(&mut self, id: &str, into_trash: Option<&str>) -> Result<(), Error> {
        let take = |change: &Self| {
            let before = change.before::<E>(id)?;
            match into_trash {
                Some(removed_at) => rows::trash::<E>(&change.transaction, id, removed_at)?,
                None => rows::delete::<E>(&change.transaction, id)?,
            }
            change.log(E::NAME, id, &before, None)
        };
        take(self).map_err(|error| self.failed(&error))
    }

    fn before<E: Entity>(&self, id: &str) -> rusqlite::Result<Before> {
        let stand = rows::stand::<E>(&self.transaction, id)?;
        let json = rows::get::<E>(&self.transaction, Place::Record, id)?.map(|before| json(&before));
        let (position, removed_at) = stand.map_or((None, None), |(position, removed)| (Some(position), removed));
        Ok(Before { json, position, removed_at })
    }

    /// One row for each entity: an entity that is changed twice keeps what it was before the first change.
    pub(crate) fn log(&self, entity: &str, id: &str, before: &Before, after: Option<&str>) -> rusqlite::Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT INTO change (operation, entity, entity_id, before, after, position, removed_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
                 ON CONFLICT (operation, entity, entity_id) DO UPDATE SET after = excluded.after",
            )?
            .execute(params![self.operation, entity, id, before.json, after, before.position, before.removed_at])?;
        Ok(())
    }

    /// Commits. What ended as it began leaves no trace.
    pub(crate) fn finish(self) -> rusqlite::Result<()> {
        search::follow(&self.transaction, self.operation)?;
        self.transaction.execute("DELETE FROM change WHERE operation = ?1 AND before IS after", [self.operation])?;
        self.transaction.execute(
            "DELETE FROM operation WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM change WHERE operation = ?1)",
            [self.operation],
        )?;
        // Whoever goes on from here leaves behind what was taken back.
        if self.transaction.changes() == 0 && !matches!(self.op, Op::Undo | Op::Redo) {
            self.transaction.execute("UPDATE operation SET state = 'left' WHERE state = 'undone'", ())?;
        }
        self.transaction.commit()
    }

    /// The vault's.
    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(self.path)
    }

    pub(crate) fn damaged(&self, reason: &str) -> Error {
        Error::Damaged { path: self.path.to_owned(), reason: reason.to_owned() }
    }

    pub(crate) fn failed(&self, error: &rusqlite::Error) -> Error {
        Error::sqlite(self.path, error)
    }
}

/// Ids that came in from elsewhere are skipped, also removed ones: the history knows every id that ever was.
fn next_id(db: &Connection, prefix: &str) -> rusqlite::Result<String> {
    let mut last: i64 = db
        .prepare_cached("SELECT last FROM sequence WHERE prefix = ?1")?
        .query_row([prefix], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    let id = loop {
        last += 1;
        let id = format!("{prefix}{last}");
        if !history::knows(db, &id)? {
            break id;
        }
    };
    db.prepare_cached("INSERT OR REPLACE INTO sequence (prefix, last) VALUES (?1, ?2)")?
        .execute(params![prefix, last])?;
    Ok(id)
}

/// Nothing of `what` may be wrong.
pub(crate) fn valid(what: &str, faults: impl IntoIterator<Item = (String, String)>) -> Result<(), Error> {
    let faults: Vec<_> = faults.into_iter().map(|(field, reason)| CreditFault { field, reason }).collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid { what: what.to_owned(), faults }) }
}

pub(crate) fn id_fault(id: &str) -> Option<(String, String)> {
    (id.is_empty() || id.len() > 64).then(|| ("id".to_owned(), "must have 1 to 64 characters".to_owned()))
}

pub(crate) fn json(value: &impl Serialize) -> String {
    // The domain's types have text keys only, so they always have a JSON form.
    serde_json::to_string(value).unwrap_or_default()
}
