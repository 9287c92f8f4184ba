//! What the window and the use cases say to each other. TypeScript is generated from here.

mod preflight;
mod renewals;
mod sheets;
mod transcript;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::credit::{IssuerTranscript, Kind, ProofRef, Status, Unit};
use domain::evaluation::{Evaluation, PeriodDates};
use domain::points::Amount;
use domain::record::{Answer, Credential, FactKind, Holder};
use serde::{Deserialize, Serialize};

pub use preflight::{Check, CheckCode, Checked, Clause, Fix};
pub use renewals::{
    FrozenView, PeriodInput, PeriodView, RenewalInput, Renewals, SubmissionInput, SubmissionView, Waiting,
};
pub use sheets::SheetKind;
pub use transcript::{
    CheckedFile, ExhibitView, Hidden, Listed, PacketChoice, PacketReport, Paper, TranscriptChoice, WrittenView,
};

/// What the window needs first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Home {
    /// Where the record lies on this computer.
    pub vault: String,
    /// The app's own version.
    pub version: String,
    /// The clock.
    pub today: NaiveDate,
    /// Absent until the record has been started.
    pub holder: Option<Holder>,
    /// The certifications she has.
    pub credentials: Vec<CredentialView>,
}

/// A certification with what its pack says about it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CredentialView {
    /// As kept.
    pub credential: Credential,
    /// Its pack.
    pub pack: PackView,
    /// The period today lies in.
    pub period: PeriodDates,
    /// What was sent in for this period, while the issuer has not decided.
    pub waiting: Option<Waiting>,
}

/// What the window needs of a pack.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PackView {
    /// Its id: `cma-aama`.
    pub id: String,
    /// The credential as people write it: `CMA (AAMA)`.
    pub name: String,
    /// The issuer in full.
    pub issuer: String,
    /// The issuer's short name as people write it: `AAMA`.
    pub issuer_short: String,
    /// The issuer's city or web site, so that nobody takes it for a namesake.
    pub place: Option<String>,
    /// Why its rules are a draft, if they are.
    pub draft: Option<String>,
    /// What the issuer counts in: `point`.
    pub counts_one: String,
    /// The same in the plural: `points`.
    pub counts_many: String,
    /// The approver id of the issuer: `aama`.
    pub approver: String,
    /// Whose approval makes a difference, the issuer first.
    pub approvers: Vec<LabelView>,
    /// Its categories, in its order.
    pub categories: Vec<CategoryView>,
    /// The topics it speaks of.
    pub tags: Vec<LabelView>,
    /// The units it knows, most usual first.
    pub units: Vec<UnitView>,
}

/// A tag or an approver of a pack.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct LabelView {
    /// Its id: `law`, `aama`.
    pub id: String,
    /// For people.
    pub label: String,
}

/// A category of a pack.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CategoryView {
    /// Its id: `clinical`.
    pub id: String,
    /// For people.
    pub label: String,
    /// What belongs there, for people.
    pub topics: String,
}

/// A unit that a pack knows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct UnitView {
    /// The unit.
    pub unit: Unit,
    /// For people, in the plural: `contact hours`.
    pub label: String,
    /// Whether it is printed only on what the issuer approved.
    pub own: bool,
}

/// A certification as typed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct CredentialInput {
    /// The pack.
    pub pack: String,
    /// ISO date or empty.
    pub certified_on: String,
    /// ISO date or empty.
    pub recertified_on: String,
    /// ISO date or empty.
    pub expires_on: String,
    /// Why the printed expiry differs, or empty.
    pub expires_reason: String,
}

/// What follows from a certification as typed in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CredentialPreview {
    /// The period today lies in.
    pub period: PeriodDates,
    /// “You're current through 31 March 2026. Does your card say the same?”
    pub sentence: String,
}

/// A holder as typed in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct HolderInput {
    /// As on the credential.
    pub name: String,
    /// Names that older certificates may carry.
    pub former_names: Vec<String>,
    /// Where letters reach her, line by line.
    pub address: Vec<String>,
    /// ISO date or empty.
    pub born_on: String,
    /// Issuer to member number; empty numbers are left out.
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }"))]
    pub issuer_ids: BTreeMap<String, String>,
}

/// A credit as typed in: texts are kept as they stand until they are saved.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct CreditInput {
    /// Absent for a new one.
    pub id: Option<String>,
    /// As printed.
    pub title: String,
    /// As printed.
    pub provider: String,
    /// As printed.
    pub provider_number: String,
    /// What sort of activity it was.
    pub kind: Kind,
    /// ISO date or empty.
    pub started_on: String,
    /// ISO date or empty.
    pub completed_on: String,
    /// ISO date or empty.
    pub expires_on: String,
    /// Decimal or empty.
    pub amount: String,
    /// As printed.
    pub unit: Option<Unit>,
    /// `aama`, another body's short name, `unsure`, or empty.
    pub approver: String,
    /// Further amounts on the same certificate; rows without amount and number are left out.
    pub awards: Vec<AwardInput>,
    /// Category to decimal, all as `60%`, or all as `90 min`; empty parts are left out.
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }"))]
    pub split: BTreeMap<String, String>,
    /// Pack to that pack's own split, where `split` does not fit.
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: { [key in string]: string } }"))]
    pub splits: BTreeMap<String, BTreeMap<String, String>>,
    /// Parts of the certificate; rows without amount and title are left out.
    pub sessions: Vec<SessionInput>,
    /// Whole number or empty.
    pub minutes: String,
    /// Live, self-study, …: as the certificate says.
    pub format: String,
    /// Topics.
    pub tags: Vec<String>,
    /// Whether the issuer's own transcript shows it.
    pub issuer_transcript: Option<IssuerTranscript>,
    /// Whether formal credit was issued.
    pub formal_credit: Option<bool>,
    /// How far it is.
    pub status: Status,
    /// What the course was about.
    pub description: String,
    /// Why it matters to the credential.
    pub relevance: String,
    /// Where it is not the holder's name, or empty.
    pub name_on_certificate: String,
}

/// A further amount on the same certificate, as typed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct AwardInput {
    /// Decimal.
    pub amount: String,
    /// As printed.
    pub unit: Option<Unit>,
    /// Who approved this amount, or empty.
    pub approver: String,
    /// The approval's number, or empty.
    pub number: String,
}

/// A part of one certificate, as typed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct SessionInput {
    /// Its title.
    pub title: String,
    /// Decimal, in the certificate's unit.
    pub amount: String,
    /// Its category, or empty.
    pub category: String,
    /// ISO date where its day differs, or empty.
    pub on: String,
}

/// A fact as typed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct FactInput {
    /// What it states.
    pub kind: FactKind,
    /// What it is called, or empty.
    pub title: String,
    /// Which one, where a pack tells several apart: `bls`; or empty.
    pub tag: String,
    /// ISO date or empty.
    pub issued_on: String,
    /// ISO date or empty.
    pub expires_on: String,
    /// Hours, decimal or empty.
    pub amount: String,
    /// The credential it is meant for, or empty.
    pub credential: String,
}

/// A fact on file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct FactView {
    /// It is changed and removed by this id.
    pub id: String,
    /// The form's fields as they would have been typed in.
    pub input: FactInput,
    /// The files that show it.
    pub proofs: Vec<ProofRef>,
}

/// An answer to a question of an evaluation, as typed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct AnswerInput {
    /// The question's id.
    pub question: String,
    /// One of the question's options, or a value.
    pub answer: String,
    /// The credential it is for, or empty: for all.
    pub credential: String,
    /// The credits it is about; none: about all.
    pub credits: Vec<String>,
    /// When it was given: ISO date, or empty for today.
    pub answered_on: String,
    /// By whom and how, or empty.
    pub note: String,
}

/// A wish on how a credit is counted, as typed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct PinInput {
    /// For this credential.
    pub credential: String,
    /// This credit
    pub credit: String,
    /// is counted, or left out.
    pub counted: bool,
    /// In this category, or empty.
    pub category: String,
}

/// A pack's value that the holder knows better, as typed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct OverrideInput {
    /// The pack.
    pub pack: String,
    /// The value's place in the pack: `requirements.total.needed`.
    pub path: String,
    /// JSON or text.
    pub value: String,
    /// Why.
    pub reason: String,
}

/// What a credit as typed in would do.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CreditPreview {
    /// What keeps it from being saved; it is evaluated as far as it goes.
    pub faults: Vec<FieldFault>,
    /// The evaluation with it; the credit has the id `preview` if it is new. Absent while it is faulty.
    pub evaluation: Option<Evaluation>,
}

/// A field that cannot be kept as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct FieldFault {
    /// The field's name on the wire: `amount`, `split`.
    pub field: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Whom a proof belongs to; on the wire `{ "credit": "c1" }`, `{ "fact": "f1" }` or `"holder"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ProofOwner {
    /// The credit with this id.
    Credit(String),
    /// The fact with this id.
    Fact(String),
    /// Herself: a document that belongs to no credit.
    Holder,
}

/// What happened to the files of one attach.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct AttachReport {
    /// Kept.
    pub attached: Vec<String>,
    /// Refused: file name and reason.
    pub refused: Vec<Refusal>,
    /// Kept, and worth a second look.
    pub remarks: Vec<Remark>,
}

/// What she should know about a file that was kept.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Remark {
    /// The file's name.
    pub name: String,
    /// What it looks like, and what to do.
    pub message: String,
}

/// A picture of an original.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Preview {
    /// PNG or JPEG, as an address that holds it whole: `data:image/png;base64,…`
    pub image: String,
    /// How many pages the original has.
    pub pages: u32,
}

/// A file that was not taken.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Refusal {
    /// The file's name.
    pub name: String,
    /// Why, and what to do.
    pub reason: String,
}

/// A credit that has every word that was searched for.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Found {
    /// The credit.
    pub credit: domain::Credit,
    /// Where they were found.
    pub found_in: FoundIn,
    /// A few words around them, in pieces.
    pub excerpt: Vec<Excerpt>,
}

/// A piece of an excerpt.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Excerpt {
    /// Its words.
    pub text: String,
    /// Whether they were searched for.
    pub hit: bool,
}

/// The parts of a credit that are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FoundIn {
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

/// What a spreadsheet would bring in. Nothing is kept until it is confirmed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ImportPreview {
    /// The file's name.
    pub name: String,
    /// Rows that can be taken.
    pub credits: Vec<domain::Credit>,
    /// Rows that cannot: row, column, value, reason.
    pub faults: Vec<RowFault>,
    /// Rows already in the record, left out.
    pub duplicates: u32,
}

/// A cell that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RowFault {
    /// Counted as a spreadsheet does: the heading is row 1.
    pub row: u32,
    /// The column's heading.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// A file that was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct SavedFile {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: String,
}

/// Files that were dropped on the window and wait to be attached. Sent as the event `files-dropped`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DroppedFiles {
    /// Names this drop when it is attached.
    pub drop: u32,
    /// The files' names.
    pub names: Vec<String>,
}

/// What was re-read, and what of it is damaged.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Verification {
    /// Credits in the record.
    pub credits: usize,
    /// Attached files whose bytes were hashed again.
    pub originals: usize,
    /// Their bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// Proofs of an imported record whose file is not here. No damage.
    pub not_here: usize,
    /// Backups that were read again.
    pub backups: usize,
    /// Files that were lost or changed and are whole again.
    pub healed: Vec<Healed>,
    /// Empty if all is well.
    pub damage: Vec<Damage>,
}

/// A file that was lost or changed and was brought back.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Healed {
    /// The file.
    pub place: String,
    /// The folder that had it whole.
    pub from: String,
}

/// Something that is not what it was.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Damage {
    /// The file, or the part of the record.
    pub place: String,
    /// What happened and what to do.
    pub message: String,
}

impl From<&domain::Fact> for FactView {
    fn from(fact: &domain::Fact) -> Self {
        let input = FactInput {
            kind: fact.kind,
            title: text(fact.title.as_ref()),
            tag: text(fact.tag.as_ref()),
            issued_on: text(fact.issued_on),
            expires_on: text(fact.expires_on),
            amount: text(fact.amount),
            credential: text(fact.credential.as_ref()),
        };
        Self { id: fact.id.clone(), input, proofs: fact.proofs.clone() }
    }
}

impl From<&Answer> for AnswerInput {
    /// The form's fields as they would have been typed in.
    fn from(answer: &Answer) -> Self {
        Self {
            question: answer.question.clone(),
            answer: answer.answer.clone(),
            credential: text(answer.credential.as_ref()),
            credits: answer.credits.clone(),
            answered_on: answer.answered_on.to_string(),
            note: text(answer.note.as_ref()),
        }
    }
}

/// As it would have been typed in; empty if there is nothing.
fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

impl From<&domain::Credit> for CreditInput {
    /// The form's fields as they would have been typed in.
    fn from(credit: &domain::Credit) -> Self {
        let split = |split: &BTreeMap<String, Amount>| {
            split.iter().map(|(category, part)| (category.clone(), part.to_string())).collect()
        };
        let awards = credit.awards.iter().map(|award| AwardInput {
            amount: award.amount.to_string(),
            unit: Some(award.unit),
            approver: text(award.approver.as_ref()),
            number: text(award.number.as_ref()),
        });
        let sessions = credit.sessions.iter().map(|session| SessionInput {
            title: session.title.clone(),
            amount: session.amount.to_string(),
            category: text(session.category.as_ref()),
            on: text(session.on),
        });
        Self {
            id: Some(credit.id.to_string()),
            title: credit.title.clone(),
            provider: text(credit.provider.as_ref()),
            provider_number: text(credit.provider_number.as_ref()),
            kind: credit.kind,
            started_on: text(credit.started_on),
            completed_on: text(credit.completed_on),
            expires_on: text(credit.expires_on),
            amount: text(credit.amount),
            unit: credit.unit,
            approver: text(credit.approver.as_ref()),
            awards: awards.collect(),
            split: split(&credit.split),
            splits: credit.splits.iter().map(|(pack, parts)| (pack.clone(), split(parts))).collect(),
            sessions: sessions.collect(),
            minutes: text(credit.minutes),
            format: text(credit.format.as_ref()),
            tags: credit.tags.clone(),
            issuer_transcript: credit.issuer_transcript,
            formal_credit: credit.formal_credit,
            status: credit.status,
            description: text(credit.description.as_ref()),
            relevance: text(credit.relevance.as_ref()),
            name_on_certificate: text(credit.name_on_certificate.as_ref()),
        }
    }
}

/// What would be taken back, and done again, next.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Undoable {
    /// What was done last: `Added “Order of Draw”`. Absent where there is nothing to undo.
    pub undo: Option<String>,
    /// What was undone last. Absent where there is nothing to do again.
    pub redo: Option<String>,
}

/// Something that was done.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryEntry {
    /// When, in UTC: `2026-03-04T17:05:09Z`.
    pub at: String,
    /// What, for people.
    pub text: String,
}

/// One change of a credit, a certification or a fact.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryStep {
    /// When, in UTC.
    pub at: String,
    /// What, for people.
    pub text: String,
    /// What became different; empty where it was added or removed as a whole.
    pub changes: Vec<FieldChange>,
}

/// What became of one field.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct FieldChange {
    /// As in the record JSON: `completed_on`.
    pub field: String,
    /// As text; empty for none.
    pub before: String,
    /// As text; empty for none.
    pub after: String,
}

/// A whole copy of the record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct BackupView {
    /// What it is asked for by: `20260304T170509Z-daily`.
    pub name: String,
    /// When it was taken, in UTC: `2026-03-04T17:05:09Z`.
    pub taken_at: String,
    /// Why it was taken: `daily`, `migration`, `import`, `restore`, `asked`.
    pub reason: String,
    /// What is in it; none if it cannot be read.
    pub holds: Option<BackupHolds>,
}

/// How much is in a backup.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct BackupHolds {
    /// Credits, without the trash.
    pub credits: u32,
    /// Attached files.
    pub files: u32,
}

/// Whether the record outlives this computer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Copies {
    /// Whether a place outside is set.
    pub place: bool,
    /// When the last copy left this computer, in UTC.
    pub last_outside: Option<String>,
    /// Whether that is longer ago than it should be.
    pub overdue: bool,
    /// Whether it is time to ask for a place.
    pub ask: bool,
}

/// A file or a folder with a backup, as she chose it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ChosenBackup {
    /// Its name.
    pub label: String,
    /// Whether a passphrase opens it.
    pub locked: bool,
}

/// Where a record was moved.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Moved {
    /// Where it lies now.
    pub to: String,
    /// The old folder, which is kept under this name.
    pub old: String,
}

/// What is deleted, or would be.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DeletionView {
    /// The folder of the record.
    pub folder: String,
    /// How many files of each sort go.
    pub going: Vec<GoingView>,
    /// Each of these files, or the folder that a backup was unpacked into.
    pub paths: Vec<String>,
    /// What is in the folders, was not made by Recert, and stays.
    pub staying: Vec<String>,
    /// The place outside, whether or not its copies go.
    pub outside: Option<OutsideGoing>,
}

/// Files of one sort that go.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct GoingView {
    /// Which sort.
    pub kind: GoingKind,
    /// How many.
    pub files: usize,
}

/// The sorts of files that go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum GoingKind {
    /// The record.
    Record,
    /// A certificate.
    Certificate,
    /// A backup.
    Backup,
    /// A certificate's copy for the backups.
    Copy,
    /// What was set aside because it was damaged.
    SetAside,
    /// What tells about the folder, and what a killed program left.
    Other,
}

/// Where copies outside lie.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct OutsideGoing {
    /// The folder.
    pub folder: String,
    /// Whether it is there now; otherwise its copies cannot be deleted.
    pub reachable: bool,
}

/// The backups there are.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Backups {
    /// Beside the record, the newest first.
    pub backups: Vec<BackupView>,
    /// The place outside, if one is set.
    pub outside: Option<OutsideView>,
    /// Why the record should not lie where it lies, if it should not.
    pub synced: Option<String>,
    /// Why the last one that was due could not be taken, if it could not.
    pub failed: Option<String>,
}

/// A backup that was just taken.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct BackupTaken {
    /// The backup.
    pub backup: BackupView,
    /// How many files were copied for it; the others were backed up before.
    pub copied: usize,
    /// The hashes of files that are lost or changed, so that they could not be copied.
    pub left_out: Vec<String>,
}

/// What a restore did, or would do.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RestoreView {
    /// Of when the restored state is, in UTC.
    pub taken_at: Option<String>,
    /// What comes back.
    pub added: Vec<TouchedView>,
    /// What becomes other than it is now.
    pub changed: Vec<TouchedView>,
    /// What is here now and not in the backup.
    pub removed: Vec<TouchedView>,
    /// How many files come back.
    pub brought_back: usize,
    /// The hashes of files that are damaged in the backup; they are not taken.
    pub refused: Vec<String>,
    /// The hashes of files that are neither here nor in the backup.
    pub missing: Vec<String>,
    /// The backup of the state before: restoring it takes this back. None in a preview, or if there was nothing sound.
    pub way_back: Option<String>,
    /// Where the damaged record is kept that stood in the way.
    pub set_aside: Option<String>,
}

/// Something in the record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct TouchedView {
    /// `holder`, `credential`, `credit`, `fact` or `list`.
    pub entity: String,
    /// Its id; the name of a list; empty for the holder.
    pub id: String,
    /// Its title or name, where it has one.
    pub title: Option<String>,
}

/// The place outside this computer that backups are copied to.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct OutsideView {
    /// Its folder.
    pub folder: String,
    /// Whether it is there now.
    pub reachable: bool,
    /// When the last copy left this computer, in UTC.
    pub last_outside: Option<String>,
    /// The backups there, the newest first; none if it is not there now.
    pub backups: Vec<BackupView>,
}
