//! Search over the credits of the record: the index, and whatever a person types looked up in it.
//!
//! What is searched is laid down by the view `searched`; the table `search` is an index over it and holds nothing else.

use rusqlite::{Connection, ToSql, params};

use domain::Credit;

use crate::rows::{self, Place};

/// A credit in which everything that was asked for was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The credit.
    pub credit: Credit,
    /// Where it was found.
    pub part: Part,
    /// A few words around it.
    pub excerpt: Vec<Piece>,
}

/// Some words of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they were asked for.
    pub hit: bool,
}

/// The parts of a credit that are searched, in the order of the index's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its title.
    Title,
    /// Who held it.
    Provider,
    /// The numbers of provider and approvals.
    Numbers,
    /// Description, relevance, titles of sessions.
    About,
    /// Its tags.
    Tags,
    /// The name on the certificate.
    Name,
    /// The names of its files.
    Files,
    /// The text of its files.
    Text,
}

/// The columns of the index.
const PARTS: [(&str, Part); 8] = [
    ("title", Part::Title),
    ("provider", Part::Provider),
    ("numbers", Part::Numbers),
    ("about", Part::About),
    ("tags", Part::Tags),
    ("name_on_certificate", Part::Name),
    ("files", Part::Files),
    ("text", Part::Text),
];

/// How many columns each round of a search looks into: the title counts before the fields, the fields before the text.
const ROUNDS: [usize; 3] = [1, 7, 8];
/// More than anybody reads through.
const MOST_FOUND: usize = 50;
/// More than anybody types; a page that was pasted by mistake costs no more.
const MOST_WORDS: usize = 24;
/// Put around a hit within an excerpt. No text that is searched needs them.
const MARKS: [char; 2] = ['\u{2}', '\u{3}'];

/// The credits that have every word that was typed, or words that begin like it; the best first.
pub(crate) fn search(db: &Connection, typed: &str) -> rusqlite::Result<Vec<Found>> {
    let words = words(typed);
    let mut found = Vec::new();
    let mut earlier = 0;
    for columns in ROUNDS {
        if words.is_empty() || found.len() == MOST_FOUND {
            break;
        }
        found.extend(round(db, &words, earlier, columns, MOST_FOUND - found.len())?);
        earlier = columns;
    }
    Ok(found)
}

/// Looks into so many columns for what the round before did not find in those it looked into.
fn round(db: &Connection, words: &str, earlier: usize, columns: usize, most: usize) -> rusqlite::Result<Vec<Found>> {
    let within = |columns: usize| format!("{{{}}} : ({words})", names(&PARTS[..columns], " "));
    let expression = match earlier {
        0 => within(columns),
        _ => format!("{} NOT {}", within(columns), within(earlier)),
    };
    // Only a column that is new to this round can have what was not found before.
    let snippets: Vec<String> =
        (earlier..columns).map(|column| format!("snippet(search, {column}, char(2), char(3), '…', 12)")).collect();
    let sql = format!(
        "SELECT credit.id, {} FROM search JOIN credit ON credit.position = search.rowid \
         WHERE search MATCH ?1 ORDER BY rank LIMIT {most}",
        snippets.join(", ")
    );
    let hits = rows::collect(db, &sql, &[&expression], |row| {
        let mut best = (Part::Title, String::new());
        for (index, (_, part)) in PARTS[earlier..columns].iter().enumerate() {
            let snippet: String = row.get::<_, Option<String>>(index + 1)?.unwrap_or_default();
            if snippet.contains(MARKS[0]) {
                best = (*part, snippet);
                break;
            }
        }
        Ok((row.get::<_, String>(0)?, best))
    })?;
    let mut found = Vec::new();
    for (id, (part, snippet)) in hits {
        if let Some(credit) = rows::get(db, Place::Record, &id)? {
            found.push(Found { credit, part, excerpt: pieces(&snippet) });
        }
    }
    Ok(found)
}

/// What was typed as an expression of the index: each word quoted, so that none of it is read as syntax, and open at
/// its end. Empty if there is no word in it.
fn words(typed: &str) -> String {
    let parts = typed.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let words = parts.filter(|part| part.contains(char::is_alphanumeric)).take(MOST_WORDS);
    words.map(|word| format!("\"{}\"*", word.replace('"', "\"\""))).collect::<Vec<_>>().join(" ")
}

fn pieces(snippet: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, part) in snippet.split(MARKS).enumerate() {
        let text: String = part.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        if !text.is_empty() {
            pieces.push(Piece { text, hit: index % 2 == 1 });
        }
    }
    pieces
}

/// Takes anew into the index what an operation changed. The history names every credit that it did, with the position
/// it had before, so nothing else can have got out of step.
pub(crate) fn follow(db: &Connection, operation: i64) -> rusqlite::Result<()> {
    let changed = "SELECT position FROM change WHERE operation = ?1 AND entity = 'credit' UNION \
                   SELECT credit.position FROM credit JOIN change ON change.entity_id = credit.id \
                   WHERE operation = ?1 AND entity = 'credit'";
    take_in(db, changed, params![operation])?;
    let taken_off = "SELECT json_extract(value, '$.sha256') FROM change, json_each(before, '$.proofs') \
                     WHERE operation = ?1 UNION \
                     SELECT json_extract(value, '$.sha256') FROM change, json_each(before, '$.documents') \
                     WHERE operation = ?1";
    forget(db, &format!("AND sha256 IN ({taken_off})"), params![operation])
}

/// Forgets what originals say that no proof names any more. It is read again if one of them comes back.
pub(crate) fn forget_texts(db: &Connection) -> rusqlite::Result<()> {
    forget(db, "", &[])
}

fn forget(db: &Connection, only: &str, params: &[&dyn ToSql]) -> rusqlite::Result<()> {
    let sql = format!(
        "UPDATE original SET text = NULL WHERE text IS NOT NULL {only} \
         AND NOT EXISTS (SELECT 1 FROM proof WHERE proof.sha256 = original.sha256)"
    );
    db.prepare_cached(&sql)?.execute(params).map(drop)
}

/// Keeps what an original says, and takes the credits that it shows anew into the index.
pub(crate) fn keep_text(db: &Connection, sha256: &str, text: &str) -> rusqlite::Result<()> {
    let sql = "UPDATE original SET text = ?2 WHERE sha256 = ?1 AND text IS NOT ?2";
    if db.execute(sql, [sha256, text])? > 0 {
        let shown = "SELECT credit.position FROM credit JOIN proof ON proof.credit = credit.id WHERE sha256 = ?1";
        take_in(db, shown, params![sha256])?;
    }
    Ok(())
}

/// Makes the index anew from the record, whatever it holds now.
pub(crate) fn rebuild(db: &Connection) -> rusqlite::Result<()> {
    forget_texts(db)?;
    let sql = "SELECT sql FROM sqlite_schema WHERE name = 'search'";
    let index: String = db.query_row(sql, (), |row| row.get(0))?;
    db.execute_batch("DROP TABLE search")?;
    db.execute_batch(&index)?;
    take_in(db, "SELECT position FROM credit", &[])
}

fn take_in(db: &Connection, positions: &str, params: &[&dyn ToSql]) -> rusqlite::Result<()> {
    let columns = names(&PARTS, ", ");
    db.prepare_cached(&format!("DELETE FROM search WHERE rowid IN ({positions})"))?.execute(params)?;
    let sql = format!(
        "INSERT INTO search (rowid, {columns}) SELECT position, {columns} FROM searched WHERE position IN ({positions})"
    );
    db.prepare_cached(&sql)?.execute(params)?;
    Ok(())
}

/// Whether the index holds what the record says, no more and no less.
pub(crate) fn in_step(db: &Connection) -> rusqlite::Result<bool> {
    let columns = names(&PARTS, ", ");
    let (record, index) =
        (format!("SELECT position, {columns} FROM searched"), format!("SELECT rowid, {columns} FROM search"));
    let sql = format!("SELECT NOT EXISTS ({record} EXCEPT {index}) AND NOT EXISTS ({index} EXCEPT {record})");
    db.query_row(&sql, (), |row| row.get(0))
}

fn names(parts: &[(&str, Part)], between: &str) -> String {
    parts.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(between)
}
