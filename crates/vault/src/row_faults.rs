//! Rows that Recert never writes: a damaged or crafted database may hold them. Each is named, and left out wherever rows
//! come from elsewhere.
//!
//! Whatever a row says is read into the types that the rest of the program works with; what they do not take is a fault. So
//! nothing outside of these types, such as a path in the place of an extension, gets any further.

use domain::record::{Answer, Override, Pin};
use domain::{Credential, Credit, Fact, ProofRole, Submission};
use rusqlite::{Connection, Row, params};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Stamp;
use crate::change::{Op, TRASH, id_fault};
use crate::column::{Cells, Word};
use crate::hash::Sha256;
use crate::history::KNOWN;
use crate::originals::Format;
use crate::rows::{self, Entity, Listed};
use crate::submission;

/// The longest JSON of one part of a record, such as a credit with all its sessions (bytes).
const MOST_IN_A_PART: usize = 4 * 1024 * 1024;
/// The longest text of an original (bytes); what reads them keeps 64 KiB.
const MOST_IN_A_TEXT: usize = 1024 * 1024;
/// No list is as long, and no number is given out so often.
const POSITIONS: std::ops::RangeInclusive<i64> = 0..=1_000_000_000_000;

/// A row that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowFault {
    /// The table.
    pub table: &'static str,
    /// The row in it.
    pub row: i64,
    /// What the row calls itself: an id, a hash, the name of a list; empty if it has no such text.
    pub id: String,
    /// What is wrong with it.
    pub reason: String,
}

/// What is looked at of a table: the column that a row calls itself by, the columns that are checked, and the check.
struct Table {
    name: &'static str,
    id: &'static str,
    columns: String,
    check: fn(&Row<'_>) -> Check,
}

/// Nothing, or what is wrong.
type Check = Result<(), String>;

fn tables() -> [Table; 12] {
    let table = |name, id, columns: &str, check| Table { name, id, columns: columns.to_owned(), check };
    [
        table("holder", "''", "name, former_names, address, born_on, issuer_ids", holder),
        table(Credential::NAME, "id", &columns::<Credential>(), credential),
        table(Credit::NAME, "id", &columns::<Credit>(), credit),
        table(Fact::NAME, "id", &columns::<Fact>(), fact),
        table("list", "name", "name, entries", list),
        table("original", "sha256", "extension, media_type, size, added_at, text", original),
        table("proof", "name", PROOF, proof),
        table("frozen", "sha256", "content", frozen),
        table(Submission::NAME, "id", &format!("{}, {SENT}", columns::<Submission>()), sent),
        table("operation", "id", OPERATION, operation),
        table("change", "entity_id", CHANGE, change),
        table("sequence", "prefix", "last", sequence),
    ]
}

/// All rows that do not hold.
pub(crate) fn find(db: &Connection) -> rusqlite::Result<Vec<RowFault>> {
    let mut found = Vec::new();
    for Table { name, id, columns, check } in tables() {
        let sql = format!("SELECT rowid, CAST({id} AS TEXT), {columns} FROM {name} ORDER BY rowid");
        let mut statement = db.prepare(&sql)?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            if let Err(reason) = check(row) {
                found.push(RowFault { table: name, row: row.get(0)?, id: within(&text(row, 1)), reason });
            }
        }
    }
    Ok(found)
}

/// Takes out every row that does not hold, and every row that rests on one.
pub(crate) fn remove(db: &Connection) -> rusqlite::Result<Vec<RowFault>> {
    let mut removed = Vec::new();
    loop {
        let found = find(db)?;
        if found.is_empty() {
            return Ok(removed);
        }
        for fault in &found {
            db.execute(&format!("DELETE FROM {} WHERE rowid = ?1", fault.table), [fault.row])?;
        }
        removed.extend(found);
    }
}

/// Whether both ends of a proof are there, as 0 or 1.
const PROOF: &str = "sha256, name, role, position, \
    (credit IS NULL OR credit IN (SELECT id FROM credit)) AND (fact IS NULL OR fact IN (SELECT id FROM fact))";

/// Whether what a submission rests on is there, as 0 or 1.
const SENT: &str = "transcript IN (SELECT sha256 FROM original) AND frozen IN (SELECT sha256 FROM frozen)";

const OPERATION: &str = "kind, at, of, of IS NULL OR of IN (SELECT id FROM operation AS other)";

const CHANGE: &str = "operation IN (SELECT id FROM operation), entity, before, after, position, removed_at";

fn columns<E: Entity>() -> String {
    format!("{}, position{}", E::COLUMNS.join(", "), if E::TRASH { ", removed_at" } else { "" })
}

fn part<E: Entity>(row: &Row<'_>, fault: impl Fn(&E) -> Option<String>) -> Check {
    let entity = E::read(Cells::after(row, FIRST)).map_err(unreadable)?;
    if let Some((field, reason)) = id_fault(entity.id()) {
        return Err(format!("{field}: {reason}"));
    }
    if crate::change::json(&entity).len() > MOST_IN_A_PART {
        return Err("it is longer than anything that Recert writes".to_owned());
    }
    let after = FIRST + E::COLUMNS.len();
    position(row, after)?;
    if E::TRASH {
        instant(row, after + 1)?;
    }
    fault(&entity).map_or(Ok(()), Err)
}

/// The first column of what a check asks for: the row's number and what it calls itself stand before.
const FIRST: usize = 2;

fn credential(row: &Row<'_>) -> Check {
    part::<Credential>(row, |credential| credential.fault().map(|(field, reason)| format!("{field}: {reason}")))
}

fn credit(row: &Row<'_>) -> Check {
    let first = |credit: &Credit| credit.faults().into_iter().next();
    part::<Credit>(row, |credit| first(credit).map(|fault| format!("{}: {}", fault.field, fault.reason)))
}

fn fact(row: &Row<'_>) -> Check {
    part::<Fact>(row, |_| None)
}

fn holder(row: &Row<'_>) -> Check {
    let holder = rows::holder_without_documents(Cells::after(row, FIRST)).map_err(unreadable)?;
    holder.fault().map_or(Ok(()), |(field, reason)| Err(format!("{field}: {reason}")))
}

fn list(row: &Row<'_>) -> Check {
    fn entries<E: DeserializeOwned>(text: &str) -> Check {
        serde_json::from_str::<Vec<E>>(text).map(drop).map_err(|error| error.to_string())
    }
    let (name, text) = (text(row, FIRST), text(row, FIRST + 1));
    match name.as_str() {
        Pin::LIST => entries::<Pin>(&text),
        Answer::LIST => entries::<Answer>(&text),
        Override::LIST => entries::<Override>(&text),
        <Value as Listed>::LIST => entries::<Value>(&text),
        _ => Err("a record has no such list".to_owned()),
    }
}

fn original(row: &Row<'_>) -> Check {
    hash(row, 1)?;
    let (extension, media_type) = (text(row, FIRST), text(row, FIRST + 1));
    let format = Format::of_extension(&extension).ok_or("it is kept under an ending that Recert does not use")?;
    if media_type != format.media_type() {
        return Err("its media type does not fit its ending".to_owned());
    }
    if row.get::<_, i64>(FIRST + 2).is_ok_and(|size| size < 0) {
        return Err("its size is below 0".to_owned());
    }
    instant(row, FIRST + 3)?;
    if text(row, FIRST + 4).len() > MOST_IN_A_TEXT {
        return Err("its text is longer than Recert keeps it".to_owned());
    }
    Ok(())
}

fn proof(row: &Row<'_>) -> Check {
    hash(row, FIRST)?;
    if !domain::credit::is_file_name(&text(row, FIRST + 1)) {
        return Err("its name is no name of a file".to_owned());
    }
    row.get::<_, Word<ProofRole>>(FIRST + 2).map_err(unreadable)?;
    position(row, FIRST + 3)?;
    is_there(row, FIRST + 4)
}

fn frozen(row: &Row<'_>) -> Check {
    if submission::hash(&text(row, FIRST)) == text(row, 1) {
        return Ok(());
    }
    Err("it is no longer what was frozen under this hash".to_owned())
}

fn sent(row: &Row<'_>) -> Check {
    part::<Submission>(row, |submission| {
        let hashes = [&submission.transcript, &submission.frozen];
        hashes.iter().any(|hash| Sha256::parse(hash).is_none()).then(|| "a hash in it is none".to_owned())
    })?;
    is_there(row, FIRST + Submission::COLUMNS.len() + 1)
}

fn operation(row: &Row<'_>) -> Check {
    row.get::<_, Word<Op>>(FIRST).map_err(|_| "it is nothing that Recert does".to_owned())?;
    instant(row, FIRST + 1)?;
    is_there(row, FIRST + 3)
}

fn change(row: &Row<'_>) -> Check {
    is_there(row, FIRST)?;
    let entity = text(row, FIRST + 1);
    if entity != TRASH && !KNOWN.contains(&entity.as_str()) {
        return Err("it is about nothing that a record has".to_owned());
    }
    if text(row, 1).len() > 64 {
        return Err("its id is longer than 64 characters".to_owned());
    }
    for column in [FIRST + 2, FIRST + 3] {
        if let Some(text) = row.get::<_, Option<String>>(column).map_err(unreadable)? {
            serde_json::from_str::<Value>(&text).map_err(|error| error.to_string())?;
        }
    }
    position(row, FIRST + 4)?;
    instant(row, FIRST + 5)
}

fn sequence(row: &Row<'_>) -> Check {
    let prefix = text(row, 1);
    if prefix.is_empty() || prefix.len() > 8 || !prefix.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return Err("no id begins so".to_owned());
    }
    position(row, FIRST)
}

fn hash(row: &Row<'_>, column: usize) -> Check {
    Sha256::parse(&text(row, column)).map(drop).ok_or_else(|| "its hash is none".to_owned())
}

fn is_there(row: &Row<'_>, column: usize) -> Check {
    match row.get::<_, i64>(column) {
        Ok(1) => Ok(()),
        _ => Err("what it belongs to is not there".to_owned()),
    }
}

fn position(row: &Row<'_>, column: usize) -> Check {
    match row.get::<_, Option<i64>>(column) {
        Ok(number) if number.is_none_or(|number| POSITIONS.contains(&number)) => Ok(()),
        _ => Err("its number is none that Recert gives".to_owned()),
    }
}

fn instant(row: &Row<'_>, column: usize) -> Check {
    match row.get::<_, Option<String>>(column) {
        Ok(None) => Ok(()),
        Ok(Some(at)) if at.len() <= 40 && at.parse::<Stamp>().is_ok() => Ok(()),
        _ => Err("its time cannot be read".to_owned()),
    }
}

/// Why a cell cannot be read, without SQLite's words about it.
pub(crate) fn unreadable(error: rusqlite::Error) -> String {
    if let rusqlite::Error::FromSqlConversionFailure(_, _, reason) = error {
        return reason.to_string();
    }
    "what stands in it is nothing that Recert writes there".to_owned()
}

/// A cell's text; empty for anything else.
fn text(row: &Row<'_>, column: usize) -> String {
    row.get(column).unwrap_or_default()
}

/// As much of a text as names a row.
fn within(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Keeps in the history that what was left out is not in the record that was restored.
pub(crate) fn note_left_out(db: &Connection, operation: i64, faults: &[RowFault]) -> rusqlite::Result<()> {
    let sql = "INSERT OR IGNORE INTO change (operation, entity, entity_id) VALUES (?1, ?2, ?3)";
    let mut note = db.prepare(sql)?;
    for RowFault { table, id, .. } in faults.iter().filter(|fault| KNOWN.contains(&fault.table)) {
        note.execute(params![operation, table, id])?;
    }
    Ok(())
}
