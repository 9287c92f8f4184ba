//! Submissions: what was sent, frozen under the hash of its text, and what came of it.

use domain::Submission;
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use sha2::Digest;

use crate::change::Change;
use crate::column::{Cells, Json, Word};
use crate::error::Error;
use crate::hash::Sha256;
use crate::originals::Original;
use crate::rows::{self, Entity};

impl Entity for Submission {
    const NAME: &'static str = "submission";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "credential",
        "period",
        "sent_on",
        "way",
        "state",
        "answered_on",
        "note",
        "decisions",
        "transcript",
        "frozen",
    ];
    const OWNER: Option<&'static str> = None;
    const TRASH: bool = false;

    fn id(&self) -> &str {
        &self.id
    }

    fn read(mut cells: Cells<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: cells.plain()?,
            credential: cells.plain()?,
            period: cells.json()?,
            sent_on: cells.word()?,
            way: cells.plain()?,
            state: cells.word()?,
            answered_on: cells.maybe()?,
            note: cells.plain()?,
            decisions: cells.json()?,
            transcript: cells.plain()?,
            frozen: cells.plain()?,
        })
    }

    fn write<R>(&self, with: impl FnOnce(&[&dyn ToSql]) -> R) -> R {
        with(&[
            &self.id,
            &self.credential,
            &Json(&self.period),
            &Word(&self.sent_on),
            &self.way,
            &Word(&self.state),
            &Word(&self.answered_on),
            &self.note,
            &Json(&self.decisions),
            &self.transcript,
            &self.frozen,
        ])
    }
}

impl Change<'_> {
    /// Keeps JSON that will never change, and returns the hash it is kept under.
    pub fn freeze(&mut self, content: &str) -> Result<String, Error> {
        let sha256 = hash(content).to_string();
        let sql = "INSERT INTO frozen (sha256, content) VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING";
        self.transaction.execute(sql, [&sha256, content]).map_err(|error| self.failed(&error))?;
        Ok(sha256)
    }

    /// Takes a stored file into the vault for good, as the transcript of a submission.
    pub fn keep_transcript(&mut self, original: &Original) -> Result<(), Error> {
        // Its words are those of the record, so they are not searched again.
        self.keep_original(&Original { text: Some(String::new()), ..original.clone() })
    }

    /// The submission with this id as it stands within this change.
    pub fn submission(&self, id: &str) -> Result<Submission, Error> {
        self.existing(id)
    }

    /// Adds a submission, or replaces the one with its id. What it froze stays what it was.
    pub fn put_submission(&mut self, submission: &Submission) -> Result<(), Error> {
        let fault = |field: &str, reason: &str| Some((field.to_owned(), reason.to_owned()));
        let before = rows::get::<Submission>(&self.transaction, rows::Place::Record, &submission.id);
        let before = before.map_err(|error| self.failed(&error))?;
        let frozen = |of: &Submission| (of.transcript.clone(), of.frozen.clone(), of.credential.clone(), of.period);
        let faults = [
            if submission.id.is_empty() { fault("id", "is empty") } else { None },
            before.filter(|before| frozen(before) != frozen(submission)).and_then(|_| fault("frozen", "never changes")),
        ];
        crate::change::valid(&format!("submission {}", submission.id), faults.into_iter().flatten())?;
        self.put(submission)
    }

    /// Takes a submission off the list. What it froze stays, so that this can be taken back.
    pub fn remove_submission(&mut self, id: &str) -> Result<(), Error> {
        self.remove::<Submission>(id)
    }
}

/// What was frozen under this hash.
pub(crate) fn frozen(db: &Connection, sha256: &str) -> rusqlite::Result<Option<String>> {
    db.query_row("SELECT content FROM frozen WHERE sha256 = ?1", [sha256], |row| row.get(0)).optional()
}

/// The submissions whose frozen content is no longer what it was.
pub(crate) fn altered(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql =
        "SELECT submission.id, frozen.sha256, content FROM submission JOIN frozen ON frozen.sha256 = submission.frozen";
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query(params![])?;
    let mut altered = Vec::new();
    while let Some(row) = rows.next()? {
        if hash(&row.get::<_, String>(2)?) != row.get::<_, String>(1)? {
            altered.push(row.get(0)?);
        }
    }
    Ok(altered)
}

pub(crate) fn hash(content: &str) -> Sha256 {
    Sha256::of_digest(&sha2::Sha256::digest(content.as_bytes()))
}
