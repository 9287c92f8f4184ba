//! What was done, told; and the one stack on which it is taken back and done again. It survives restarts, holds imports
//! like anything else, and ends where the schema changed.

use std::collections::{BTreeMap, BTreeSet};

use domain::record::{Answer, Override, Pin};
use domain::{Credential, Credit, Fact, Holder, Submission};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::change::{Before, Change, Op, TRASH, json};
use crate::column::Word;
use crate::error::Error;
use crate::rows::{self, Entity, Listed, Place};

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Later ones have higher numbers.
    pub id: i64,
    /// What sort of thing.
    pub op: Op,
    /// When, in UTC: `2026-03-04T17:05:09Z`.
    pub at: String,
    /// Of an undo or a redo: what was taken back or done again.
    pub of: Option<Op>,
    /// What it touched, a few of them.
    pub touched: Vec<Touched>,
    /// How many it touched.
    pub count: usize,
}

/// A thing that was touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// `holder`, `credential`, `credit`, `fact`, `submission`, `list`, or `trash` for what was deleted from it.
    pub entity: String,
    /// Its id; the name of a list; empty for the holder.
    pub id: String,
    /// Its title or name, where it has one; of a certification its pack, of a submission its day.
    pub title: Option<String>,
}

/// One change of a thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What sort of thing was done.
    pub op: Op,
    /// Of an undo or a redo: what was taken back or done again.
    pub of: Option<Op>,
    /// When, in UTC.
    pub at: String,
    /// The thing as record JSON, if it was in the record before.
    pub before: Option<Value>,
    /// The same after it.
    pub after: Option<Value>,
}

/// How many of the things that an operation touched are named.
const NAMED: usize = 3;

/// What has no way back: the start itself, what makes the stack, and whatever lies behind a change of the schema or a
/// restored state.
const CAN_GO_BACK: &str = "kind NOT IN ('start', 'migrate', 'restore', 'undo', 'redo') \
    AND id > ifnull((SELECT max(id) FROM operation WHERE kind IN ('migrate', 'restore')), 0)";

/// What would be taken back next.
pub(crate) fn undoable(db: &Connection) -> rusqlite::Result<Option<Done>> {
    at_the_end(db, &format!("state = 'done' AND {CAN_GO_BACK} ORDER BY id DESC"))
}

/// What would be done again next.
pub(crate) fn redoable(db: &Connection) -> rusqlite::Result<Option<Done>> {
    at_the_end(db, &format!("state = 'undone' AND {CAN_GO_BACK} ORDER BY id"))
}

fn at_the_end(db: &Connection, which: &str) -> rusqlite::Result<Option<Done>> {
    Ok(done(db, &format!("WHERE {which} LIMIT 1"))?.pop())
}

/// What was done, the latest first, no more than so many.
pub(crate) fn latest(db: &Connection, most: usize) -> rusqlite::Result<Vec<Done>> {
    done(db, &format!("ORDER BY id DESC LIMIT {most}"))
}

fn done(db: &Connection, which: &str) -> rusqlite::Result<Vec<Done>> {
    let sql = format!(
        "SELECT id, kind, at, (SELECT kind FROM operation AS other WHERE other.id = operation.of), \
         (SELECT count(*) FROM change WHERE change.operation = operation.id) FROM operation {which}"
    );
    let read = |row: &Row<'_>| {
        Ok(Done {
            id: row.get(0)?,
            op: row.get::<_, Word<Op>>(1)?.0,
            at: row.get(2)?,
            of: row.get::<_, Option<Word<Op>>>(3)?.map(|op| op.0),
            touched: Vec::new(),
            count: usize::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
        })
    };
    let mut all = rows::collect(db, &sql, &[], read)?;
    for done in &mut all {
        let sql = format!(
            "SELECT entity, entity_id, ifnull(after, before) FROM change WHERE operation = ?1 ORDER BY id LIMIT {NAMED}"
        );
        done.touched = rows::collect(db, &sql, &[&done.id], |row| {
            let value: Option<String> = row.get(2)?;
            let value: Option<Value> = value.and_then(|text| serde_json::from_str(&text).ok());
            Ok(Touched { entity: row.get(0)?, id: row.get(1)?, title: value.as_ref().and_then(title) })
        })?;
    }
    Ok(all)
}

/// What a thing goes by, from its record JSON.
pub(crate) fn title(value: &Value) -> Option<String> {
    let named = |field: &str| value.get(field)?.as_str();
    ["title", "name", "pack", "sent_on"].into_iter().find_map(named).map(ToOwned::to_owned)
}

/// What became of one thing, the earliest first.
pub(crate) fn of(db: &Connection, id: &str) -> rusqlite::Result<Vec<Step>> {
    let sql = "SELECT operation.kind, (SELECT kind FROM operation AS other WHERE other.id = operation.of), at, before, \
               after FROM change JOIN operation ON operation.id = change.operation WHERE entity_id = ?1 ORDER BY change.id";
    let value = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    rows::collect(db, sql, &[&id], |row| {
        Ok(Step {
            op: row.get::<_, Word<Op>>(0)?.0,
            of: row.get::<_, Option<Word<Op>>>(1)?.map(|op| op.0),
            at: row.get(2)?,
            before: value(row.get(3)?),
            after: value(row.get(4)?),
        })
    })
}

/// A change as it was written down.
struct Logged {
    entity: String,
    id: String,
    before: Before,
    after: Option<String>,
}

/// Takes back what was done last.
pub(crate) fn undo(change: &mut Change<'_>) -> Result<Done, Error> {
    let done = undoable(&change.transaction).map_err(|error| change.failed(&error))?.ok_or(Error::NothingToUndo)?;
    for logged in change.logged(done.id)?.iter().rev() {
        change.take_back(logged)?;
    }
    change.mark(&done, "undone")?;
    Ok(done)
}

/// Does again what was taken back last.
pub(crate) fn redo(change: &mut Change<'_>) -> Result<Done, Error> {
    let done = redoable(&change.transaction).map_err(|error| change.failed(&error))?.ok_or(Error::NothingToRedo)?;
    for logged in &change.logged(done.id)? {
        change.do_again(logged)?;
    }
    change.mark(&done, "done")?;
    Ok(done)
}

impl Change<'_> {
    fn logged(&self, operation: i64) -> Result<Vec<Logged>, Error> {
        let sql = "SELECT entity, entity_id, before, position, removed_at, after FROM change WHERE operation = ?1 \
                   ORDER BY id";
        let logged = rows::collect(&self.transaction, sql, &[&operation], |row| {
            Ok(Logged {
                entity: row.get(0)?,
                id: row.get(1)?,
                before: Before { json: row.get(2)?, position: row.get(3)?, removed_at: row.get(4)? },
                after: row.get(5)?,
            })
        });
        logged.map_err(|error| self.failed(&error))
    }

    fn mark(&self, done: &Done, state: &str) -> Result<(), Error> {
        let mark = || {
            self.transaction.execute("UPDATE operation SET state = ?2 WHERE id = ?1", params![done.id, state])?;
            self.transaction.execute("UPDATE operation SET of = ?2 WHERE id = ?1", params![self.operation, done.id])
        };
        mark().map(|_| ()).map_err(|error| self.failed(&error))
    }

    fn take_back(&mut self, logged: &Logged) -> Result<(), Error> {
        let before = &logged.before;
        match logged.entity.as_str() {
            "holder" => self.set_holder(&self.read::<Holder>(before.json.as_deref())?.unwrap_or_default()),
            "list" => self.set_any_list(&logged.id, before.json.as_deref()),
            TRASH => self.put_into_trash(&logged.id, before),
            Credential::NAME => self.put_back::<Credential>(&logged.id, before),
            Credit::NAME => self.put_back::<Credit>(&logged.id, before),
            Submission::NAME => self.put_back::<Submission>(&logged.id, before),
            _ => self.put_back::<Fact>(&logged.id, before),
        }
    }

    fn do_again(&mut self, logged: &Logged) -> Result<(), Error> {
        let after = logged.after.as_deref();
        match logged.entity.as_str() {
            "holder" => self.set_holder(&self.read::<Holder>(after)?.unwrap_or_default()),
            "list" => self.set_any_list(&logged.id, after),
            TRASH => match self.read::<Credit>(logged.before.json.as_deref())? {
                Some(credit) => self.delete_from_trash(&credit).map_err(|error| self.failed(&error)),
                None => Ok(()),
            },
            Credential::NAME => self.put_again::<Credential>(&logged.id, after),
            Credit::NAME => self.put_again::<Credit>(&logged.id, after),
            Submission::NAME => self.put_again::<Submission>(&logged.id, after),
            _ => self.put_again::<Fact>(&logged.id, after),
        }
    }

    /// Where it was: in the record, in the trash, or nowhere.
    fn put_back<E: Entity + DeserializeOwned>(&mut self, id: &str, before: &Before) -> Result<(), Error> {
        match self.read::<E>(before.json.as_deref())? {
            Some(entity) => self.put_at(&entity, before.position),
            None => self.take_out::<E>(id, before.removed_at.as_deref()),
        }
    }

    fn put_again<E: Entity + DeserializeOwned>(&mut self, id: &str, after: Option<&str>) -> Result<(), Error> {
        match self.read::<E>(after)? {
            Some(entity) => self.put_at(&entity, None),
            None => self.take_out_now::<E>(id),
        }
    }

    fn put_into_trash(&mut self, id: &str, before: &Before) -> Result<(), Error> {
        let Some(credit) = self.read::<Credit>(before.json.as_deref())? else { return Ok(()) };
        let removed_at = before.removed_at.as_deref().unwrap_or(&self.now);
        rows::put(&self.transaction, &credit, before.position)
            .and_then(|()| rows::trash::<Credit>(&self.transaction, id, removed_at))
            .and_then(|()| self.log(TRASH, id, &Before::default(), Some(&json(&credit))))
            .map_err(|error| self.failed(&error))
    }

    fn set_any_list(&mut self, name: &str, entries: Option<&str>) -> Result<(), Error> {
        match name {
            Pin::LIST => self.set_list_from::<Pin>(entries),
            Answer::LIST => self.set_list_from::<Answer>(entries),
            Override::LIST => self.set_list_from::<Override>(entries),
            _ => self.set_list_from::<Value>(entries),
        }
    }

    fn set_list_from<E: Listed>(&mut self, entries: Option<&str>) -> Result<(), Error> {
        self.set_list(&self.read::<Vec<E>>(entries)?.unwrap_or_default())
    }

    /// What the history holds as JSON. It was written by this program, so anything else is damage.
    fn read<T: DeserializeOwned>(&self, text: Option<&str>) -> Result<Option<T>, Error> {
        let read = |text| serde_json::from_str(text).map_err(|error| self.damaged(&error.to_string()));
        text.map(read).transpose()
    }
}

/// Whether anything of this id was ever there.
pub(crate) fn knows(db: &Connection, id: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM change WHERE entity_id = ?1")?
        .query_row([id], |_| Ok(()))
        .optional()
        .map(|found| found.is_some())
}

/// Where the record is not what was written down of it last: what it is about, and what differs.
///
/// Whatever is changed through [`Change`] is written down in the same transaction, so a difference comes from elsewhere.
pub(crate) fn differences(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut here = rows::entities(db)?;
    let mut found = Vec::new();
    let newest = "SELECT entity, entity_id, after FROM change WHERE id IN \
                  (SELECT max(id) FROM change WHERE entity <> 'trash' GROUP BY entity, entity_id) ORDER BY id";
    let written = rows::collect(db, newest, &[], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?))
    })?;
    for (entity, id, after) in written {
        let Some(known) = KNOWN.into_iter().find(|known| *known == entity) else { continue };
        let stands = here.remove(&(known, id.clone()));
        let told = match (stands, after.as_deref().map(|after| as_written_now(known, &id, after))) {
            (None, None) => continue,
            (_, Some(None)) => "what was written down of it last cannot be read".to_owned(),
            (Some(_), None) => "it is in the record, though it was removed last".to_owned(),
            (None, Some(Some(after))) if is_nothing(&after) => continue,
            (None, Some(Some(_))) => "it is gone, though it was not removed".to_owned(),
            (Some(stands), Some(Some(after))) if stands == after => continue,
            (Some(stands), Some(Some(after))) => {
                format!("{} not what was written down last", fields_that_differ(&stands, &after))
            }
        };
        found.push((called(known, &id), told));
    }
    found.extend(
        here.into_keys().map(|(entity, id)| (called(entity, &id), "nothing was written down of it".to_owned())),
    );
    found.extend(differences_in_the_trash(db)?);
    Ok(found)
}

/// The parts of a record that a change can be about.
pub(crate) const KNOWN: [&str; 6] = ["holder", Credential::NAME, Credit::NAME, Fact::NAME, Submission::NAME, "list"];

/// A credit in the trash is what it was before it was put there: no operation both changes a credit and removes it.
fn differences_in_the_trash(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for credit in rows::all::<Credit>(db, Place::Trash)? {
        let newest = "SELECT ifnull(after, before) FROM change WHERE entity IN ('credit', 'trash') AND entity_id = ?1 \
                      ORDER BY id DESC LIMIT 1";
        let id = credit.id.as_str();
        let written: Option<Option<String>> = db.query_row(newest, [id], |row| row.get(0)).optional()?;
        let written = written.flatten().and_then(|text| as_written_now(Credit::NAME, id, &text));
        let stands = json(&credit);
        if let Some(written) = written.filter(|written| *written != stands) {
            let fields = fields_that_differ(&stands, &written);
            found.push((
                format!("{} in the trash", called(Credit::NAME, id)),
                format!("{fields} not what was written down last"),
            ));
        }
    }
    Ok(found)
}

/// JSON that an earlier version wrote, as this one writes it.
fn as_written_now(entity: &str, id: &str, text: &str) -> Option<String> {
    fn again<T: DeserializeOwned + serde::Serialize>(text: &str) -> Option<String> {
        serde_json::from_str::<T>(text).ok().map(|value| json(&value))
    }
    match (entity, id) {
        ("holder", _) => again::<Holder>(text),
        ("list", Pin::LIST) => again::<Vec<Pin>>(text),
        ("list", Answer::LIST) => again::<Vec<Answer>>(text),
        ("list", Override::LIST) => again::<Vec<Override>>(text),
        ("list", _) => again::<Vec<Value>>(text),
        (Credential::NAME, _) => again::<Credential>(text),
        (Credit::NAME, _) => again::<Credit>(text),
        (Submission::NAME, _) => again::<Submission>(text),
        _ => again::<Fact>(text),
    }
}

/// An empty list, or a holder without a name, is not in the record.
fn is_nothing(text: &str) -> bool {
    text == "[]" || text == json(&Holder::default())
}

/// “credit c1”, “the holder”, “the list pins”
fn called(entity: &str, id: &str) -> String {
    match entity {
        "holder" => "the holder".to_owned(),
        "list" => format!("the list {id}"),
        _ => format!("{entity} {id}"),
    }
}

/// “title and amount are”, “its place in the list is”
fn fields_that_differ(one: &str, other: &str) -> String {
    let parts = |text: &str| serde_json::from_str::<BTreeMap<String, Value>>(text).unwrap_or_default();
    let (one, other) = (parts(one), parts(other));
    let names: BTreeSet<&String> =
        one.keys().chain(other.keys()).filter(|name| one.get(*name) != other.get(*name)).collect();
    match names.into_iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => "what stands in it is".to_owned(),
        [only] => format!("{only} is"),
        several => format!("{} are", several.join(", ")),
    }
}
