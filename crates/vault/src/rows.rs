//! The record's parts as rows, and the whole record out of them.

use std::collections::{BTreeMap, HashMap};

use domain::record::{Answer, Override, Period, Pin, SCHEMA};
use domain::{Amount, Credential, Credit, Fact, Holder, ProofRef, Record, Submission};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::change::json;
use crate::column::{Cells, Json, Word};

/// A part of the record that has an id and a place in its list.
pub(crate) trait Entity: Serialize + Sized {
    /// The table, the entity's name in `change` and the word for people.
    const NAME: &'static str;
    /// The columns in the order in which `read` takes and `write` gives them; `id` is the first.
    const COLUMNS: &'static [&'static str];
    /// The column of `proof` that names an owner of this sort.
    const OWNER: Option<&'static str>;
    /// Whether removed rows stay, in the trash.
    const TRASH: bool;

    fn id(&self) -> &str;
    fn read(cells: Cells<'_>) -> rusqlite::Result<Self>;
    fn write<R>(&self, with: impl FnOnce(&[&dyn ToSql]) -> R) -> R;
    /// None where there is no owner of this sort.
    fn proofs(&self) -> &[ProofRef] {
        &[]
    }

    fn set_proofs(&mut self, _: Vec<ProofRef>) {}
}

impl Entity for Credential {
    const NAME: &'static str = "credential";
    const COLUMNS: &'static [&'static str] =
        &["id", "pack", "certified_on", "recertified_on", "expires_on", "expires_reason", "periods"];
    const OWNER: Option<&'static str> = None;
    const TRASH: bool = false;

    fn id(&self) -> &str {
        &self.id
    }

    fn read(mut cells: Cells<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: cells.plain()?,
            pack: cells.plain()?,
            certified_on: cells.maybe()?,
            recertified_on: cells.maybe()?,
            expires_on: cells.maybe()?,
            expires_reason: cells.plain()?,
            periods: cells.json::<Vec<Period>>()?,
        })
    }

    fn write<R>(&self, with: impl FnOnce(&[&dyn ToSql]) -> R) -> R {
        with(&[
            &self.id,
            &self.pack,
            &Word(&self.certified_on),
            &Word(&self.recertified_on),
            &Word(&self.expires_on),
            &self.expires_reason,
            &Json(&self.periods),
        ])
    }
}

impl Entity for Credit {
    const NAME: &'static str = "credit";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "title",
        "provider",
        "provider_number",
        "kind",
        "started_on",
        "completed_on",
        "expires_on",
        "amount",
        "unit",
        "approver",
        "awards",
        "split",
        "splits",
        "sessions",
        "minutes",
        "format",
        "formal_credit",
        "issuer_transcript",
        "tags",
        "status",
        "description",
        "relevance",
        "name_on_certificate",
    ];
    const OWNER: Option<&'static str> = Some("credit");
    const TRASH: bool = true;

    fn id(&self) -> &str {
        &self.id
    }

    fn read(mut cells: Cells<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: cells.plain::<String>()?.into(),
            title: cells.plain()?,
            provider: cells.plain()?,
            provider_number: cells.plain()?,
            kind: cells.word()?,
            started_on: cells.maybe()?,
            completed_on: cells.maybe()?,
            expires_on: cells.maybe()?,
            amount: cells.maybe()?,
            unit: cells.maybe()?,
            approver: cells.maybe()?,
            awards: cells.json()?,
            split: cells.json::<BTreeMap<String, Amount>>()?,
            splits: cells.json()?,
            sessions: cells.json()?,
            minutes: cells.plain()?,
            format: cells.plain()?,
            formal_credit: cells.plain()?,
            issuer_transcript: cells.maybe()?,
            tags: cells.json()?,
            status: cells.word()?,
            description: cells.plain()?,
            relevance: cells.plain()?,
            name_on_certificate: cells.plain()?,
            proofs: Vec::new(),
        })
    }

    fn write<R>(&self, with: impl FnOnce(&[&dyn ToSql]) -> R) -> R {
        with(&[
            &self.id.as_str(),
            &self.title,
            &self.provider,
            &self.provider_number,
            &Word(&self.kind),
            &Word(&self.started_on),
            &Word(&self.completed_on),
            &Word(&self.expires_on),
            &Word(&self.amount),
            &Word(&self.unit),
            &Word(&self.approver),
            &Json(&self.awards),
            &Json(&self.split),
            &Json(&self.splits),
            &Json(&self.sessions),
            &self.minutes,
            &self.format,
            &self.formal_credit,
            &Word(&self.issuer_transcript),
            &Json(&self.tags),
            &Word(&self.status),
            &self.description,
            &self.relevance,
            &self.name_on_certificate,
        ])
    }

    fn proofs(&self) -> &[ProofRef] {
        &self.proofs
    }

    fn set_proofs(&mut self, proofs: Vec<ProofRef>) {
        self.proofs = proofs;
    }
}

impl Entity for Fact {
    const NAME: &'static str = "fact";
    const COLUMNS: &'static [&'static str] =
        &["id", "kind", "title", "issued_on", "expires_on", "amount", "tag", "credential"];
    const OWNER: Option<&'static str> = Some("fact");
    const TRASH: bool = false;

    fn id(&self) -> &str {
        &self.id
    }

    fn read(mut cells: Cells<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: cells.plain()?,
            kind: cells.word()?,
            title: cells.plain()?,
            issued_on: cells.maybe()?,
            expires_on: cells.maybe()?,
            amount: cells.maybe()?,
            tag: cells.plain()?,
            credential: cells.plain()?,
            proofs: Vec::new(),
        })
    }

    fn write<R>(&self, with: impl FnOnce(&[&dyn ToSql]) -> R) -> R {
        with(&[
            &self.id,
            &Word(&self.kind),
            &self.title,
            &Word(&self.issued_on),
            &Word(&self.expires_on),
            &Word(&self.amount),
            &self.tag,
            &self.credential,
        ])
    }

    fn proofs(&self) -> &[ProofRef] {
        &self.proofs
    }

    fn set_proofs(&mut self, proofs: Vec<ProofRef>) {
        self.proofs = proofs;
    }
}

/// An entry of one of the record's lists without ids.
pub trait Listed: Serialize + DeserializeOwned {
    /// The list's name in the record JSON.
    const LIST: &'static str;
}

impl Listed for Pin {
    const LIST: &'static str = "pins";
}

impl Listed for Answer {
    const LIST: &'static str = "answers";
}

impl Listed for Override {
    const LIST: &'static str = "overrides";
}

/// A pack of her own.
impl Listed for Value {
    const LIST: &'static str = "packs";
}

/// Which rows of a table are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Those in the record.
    Record,
    /// Those in the trash.
    Trash,
}

fn condition<E: Entity>(place: Place) -> &'static str {
    match place {
        Place::Record if E::TRASH => "removed_at IS NULL",
        Place::Record => "TRUE",
        Place::Trash if E::TRASH => "removed_at IS NOT NULL",
        Place::Trash => "FALSE",
    }
}

/// One entity, with its proofs.
pub(crate) fn get<E: Entity>(db: &Connection, place: Place, id: &str) -> rusqlite::Result<Option<E>> {
    let sql = format!("SELECT {} FROM {} WHERE {} AND id = ?1", E::COLUMNS.join(", "), E::NAME, condition::<E>(place));
    let Some(mut entity) = db.prepare_cached(&sql)?.query_row([id], |row| E::read(Cells::of(row))).optional()? else {
        return Ok(None);
    };
    if let Some(owner) = E::OWNER {
        let sql = format!("SELECT sha256, name, role FROM proof WHERE {owner} = ?1 ORDER BY position");
        entity.set_proofs(collect(db, &sql, &[&id], proof)?);
    }
    Ok(Some(entity))
}

/// All entities of a sort in their order, with their proofs: two statements, however many there are.
pub(crate) fn all<E: Entity>(db: &Connection, place: Place) -> rusqlite::Result<Vec<E>> {
    let sql =
        format!("SELECT {} FROM {} WHERE {} ORDER BY position", E::COLUMNS.join(", "), E::NAME, condition::<E>(place));
    let mut entities: Vec<E> = collect(db, &sql, &[], |row| E::read(Cells::of(row)))?;
    let Some(owner) = E::OWNER else { return Ok(entities) };
    let sql = format!("SELECT sha256, name, role, {owner} FROM proof WHERE {owner} IS NOT NULL ORDER BY position");
    let mut proofs: HashMap<String, Vec<ProofRef>> = HashMap::new();
    for (owner, found) in collect(db, &sql, &[], |row| Ok((row.get::<_, String>(3)?, proof(row)?)))? {
        proofs.entry(owner).or_default().push(found);
    }
    for entity in &mut entities {
        if let Some(proofs) = proofs.remove(entity.id()) {
            entity.set_proofs(proofs);
        }
    }
    Ok(entities)
}

/// The place of an entity in its list, and since when it lies in the trash if it does.
pub(crate) fn stand<E: Entity>(db: &Connection, id: &str) -> rusqlite::Result<Option<(i64, Option<String>)>> {
    let removed_at = if E::TRASH { "removed_at" } else { "NULL" };
    let sql = format!("SELECT position, {removed_at} FROM {} WHERE id = ?1", E::NAME);
    db.prepare_cached(&sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

/// Inserts an entity where it is to stand, or at the end of its list; or replaces the one with its id where it stands.
pub(crate) fn put<E: Entity>(db: &Connection, entity: &E, position: Option<i64>) -> rusqlite::Result<()> {
    let marks: Vec<_> = (1..=E::COLUMNS.len()).map(|n| format!("?{n}")).collect();
    let place = position.map_or_else(|| "NULL".to_owned(), |position| position.to_string());
    let sql = format!(
        "INSERT OR REPLACE INTO {0} (position, {1}) VALUES (ifnull((SELECT position FROM {0} WHERE id = ?1), {place}), {2})",
        E::NAME,
        E::COLUMNS.join(", "),
        marks.join(", ")
    );
    entity.write(|values| db.prepare_cached(&sql)?.execute(values))?;
    let Some(owner) = E::OWNER else { return Ok(()) };
    db.prepare_cached(&format!("DELETE FROM proof WHERE {owner} = ?1"))?.execute([entity.id()])?;
    let sql = format!("INSERT INTO proof ({owner}, sha256, name, role) VALUES (?1, ?2, ?3, ?4)");
    for proof in entity.proofs() {
        db.prepare_cached(&sql)?.execute(params![entity.id(), proof.sha256, proof.name, Word(&proof.role)])?;
    }
    Ok(())
}

/// Puts an entity into the trash, as of an instant.
pub(crate) fn trash<E: Entity>(db: &Connection, id: &str, removed_at: &str) -> rusqlite::Result<()> {
    db.prepare_cached(&format!("UPDATE {} SET removed_at = ?2 WHERE id = ?1", E::NAME))?.execute([id, removed_at])?;
    Ok(())
}

/// Takes an entity out for good; the history still has it.
pub(crate) fn delete<E: Entity>(db: &Connection, id: &str) -> rusqlite::Result<()> {
    if let Some(owner) = E::OWNER {
        db.execute(&format!("DELETE FROM proof WHERE {owner} = ?1"), [id])?;
    }
    db.execute(&format!("DELETE FROM {} WHERE id = ?1", E::NAME), [id])?;
    Ok(())
}

/// The holder; one without a name until the record has been started.
pub(crate) fn holder(db: &Connection) -> rusqlite::Result<Holder> {
    let found = db
        .query_row("SELECT name, former_names, address, born_on, issuer_ids FROM holder", (), |row| {
            holder_without_documents(Cells::of(row))
        })
        .optional()?;
    let mut holder = found.unwrap_or_default();
    let sql = "SELECT sha256, name, role FROM proof WHERE credit IS NULL AND fact IS NULL ORDER BY position";
    holder.documents = collect(db, sql, &[], proof)?;
    Ok(holder)
}

/// The holder out of the table's columns.
pub(crate) fn holder_without_documents(mut cells: Cells<'_>) -> rusqlite::Result<Holder> {
    Ok(Holder {
        name: cells.plain()?,
        former_names: cells.json()?,
        address: cells.json()?,
        born_on: cells.maybe()?,
        issuer_ids: cells.json()?,
        documents: Vec::new(),
    })
}

/// Replaces the holder.
pub(crate) fn put_holder(db: &Connection, holder: &Holder) -> rusqlite::Result<()> {
    db.execute(
        "INSERT OR REPLACE INTO holder (only, name, former_names, address, born_on, issuer_ids)
         VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        params![
            holder.name,
            Json(&holder.former_names),
            Json(&holder.address),
            Word(&holder.born_on),
            Json(&holder.issuer_ids)
        ],
    )?;
    db.execute("DELETE FROM proof WHERE credit IS NULL AND fact IS NULL", ())?;
    for document in &holder.documents {
        db.execute(
            "INSERT INTO proof (sha256, name, role) VALUES (?1, ?2, ?3)",
            params![document.sha256, document.name, Word(&document.role)],
        )?;
    }
    Ok(())
}

/// One of the record's lists without ids; empty if it was never written.
pub(crate) fn list<E: Listed>(db: &Connection) -> rusqlite::Result<Vec<E>> {
    let entries: Option<Json<Vec<E>>> =
        db.query_row("SELECT entries FROM list WHERE name = ?1", [E::LIST], |row| row.get(0)).optional()?;
    Ok(entries.map(|json| json.0).unwrap_or_default())
}

/// Replaces one of the record's lists without ids.
pub(crate) fn put_list<E: Listed>(db: &Connection, entries: &[E]) -> rusqlite::Result<()> {
    db.execute("INSERT OR REPLACE INTO list (name, entries) VALUES (?1, ?2)", params![E::LIST, Json(&entries)])?;
    Ok(())
}

/// Everything that is not in the trash.
pub(crate) fn record(db: &Connection) -> rusqlite::Result<Record> {
    Ok(Record { credits: all(db, Place::Record)?, ..record_without_credits(db)? })
}

/// The same, save for the credits.
pub(crate) fn record_without_credits(db: &Connection) -> rusqlite::Result<Record> {
    Ok(Record {
        schema: SCHEMA.to_owned(),
        holder: holder(db)?,
        credentials: all(db, Place::Record)?,
        credits: Vec::new(),
        facts: all(db, Place::Record)?,
        pins: list(db)?,
        answers: list(db)?,
        overrides: list(db)?,
        packs: list(db)?,
    })
}

/// Parts of a vault as the history knows them: by sort and id, each as its JSON.
pub(crate) type Entities = BTreeMap<(&'static str, String), String>;

/// Every part of the record, and every submission.
pub(crate) fn entities(db: &Connection) -> rusqlite::Result<Entities> {
    let record = record(db)?;
    let mut all = Entities::new();
    if !record.holder.name.is_empty() {
        all.insert(("holder", String::new()), json(&record.holder));
    }
    add_each(&record.credentials, &mut all);
    add_each(&record.credits, &mut all);
    add_each(&record.facts, &mut all);
    add_list(&record.pins, &mut all);
    add_list(&record.answers, &mut all);
    add_list(&record.overrides, &mut all);
    add_list(&record.packs, &mut all);
    add_each(&self::all::<Submission>(db, Place::Record)?, &mut all);
    Ok(all)
}

fn add_each<E: Entity>(entities: &[E], to: &mut Entities) {
    to.extend(entities.iter().map(|entity| ((E::NAME, entity.id().to_owned()), json(entity))));
}

fn add_list<E: Listed>(entries: &[E], to: &mut Entities) {
    if !entries.is_empty() {
        to.insert(("list", E::LIST.to_owned()), json(&entries));
    }
}

/// All rows of a statement.
pub(crate) fn collect<T>(
    db: &Connection,
    sql: &str,
    params: &[&dyn ToSql],
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    db.prepare_cached(sql)?.query_map(params, read)?.collect()
}

fn proof(row: &Row<'_>) -> rusqlite::Result<ProofRef> {
    let mut cells = Cells::of(row);
    Ok(ProofRef { sha256: cells.plain()?, name: cells.plain()?, role: cells.word()? })
}
