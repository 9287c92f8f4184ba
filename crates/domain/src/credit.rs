//! One credit: an activity with points, as the certificate prints it.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use smol_str::SmolStr;

use crate::date::YEARS;
use crate::json::{objects, once_each_if, once_each_within};
use crate::points::Amount;

/// The unit printed on a certificate. The pack says what it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// AAMA's own CEU; not the IACET unit of the same name.
    AamaCeu,
    /// Contact hour, 50 or 60 minutes as the provider says.
    ContactHour,
    /// Hour by the clock.
    ClockHour,
    /// Physicians' CME credit.
    CmeCredit,
    /// IACET CEU: ten contact hours.
    IacetCeu,
    /// A bare “CEU”: could be one hour or ten, so it is asked.
    Ceu,
    /// College credit of a school with semesters.
    SemesterCredit,
    /// College credit of a school with quarters.
    QuarterCredit,
    /// A CPR card.
    CprCard,
    /// The issuer's own unit, where it is neither hour nor point.
    IssuerCredit,
    /// The issuer's point.
    Point,
}

/// What sort of activity it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A course in a room.
    #[default]
    Course,
    /// A course on the web.
    Online,
    /// A workshop.
    Workshop,
    /// A seminar or webinar.
    Seminar,
    /// A conference, perhaps with sessions.
    Conference,
    /// A college course.
    College,
    /// A CPR card.
    CprCard,
    /// Writing an article, chapter or book.
    Authoring,
    /// Teaching or presenting.
    Teaching,
    /// Time in employment.
    Employment,
    /// Training by the employer, without formal credit.
    InService,
    /// Points that the issuer's own transcript already shows.
    OpeningBalance,
    /// Anything else.
    Other,
}

/// How far a credit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not filled in to the end.
    Draft,
    /// To be earned.
    Planned,
    /// Earned.
    #[default]
    Completed,
}

/// Whether the issuer's own transcript shows the credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum IssuerTranscript {
    /// It stands there.
    Posted,
    /// It should appear.
    Expected,
    /// It should stand there and does not.
    Missing,
}

/// What a proof shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ProofRole {
    /// The certificate of completion.
    #[default]
    Certificate,
    /// What the course was about.
    CourseDescription,
    /// A card's front.
    CardFront,
    /// A card's back.
    CardBack,
    /// A card's front and back in one file, as electronic cards come.
    CardBothSides,
    /// A programme or agenda.
    Agenda,
    /// A receipt.
    Receipt,
    /// A page of a school's or issuer's transcript.
    TranscriptPage,
    /// The credential's own certificate.
    CredentialCertificate,
    /// Evidence of a changed name.
    NameChange,
    /// A letter.
    Letter,
    /// Anything else.
    Other,
}

impl ProofRole {
    /// Whether a file that shows this will do where `wanted` is asked for.
    pub fn serves_as(self, wanted: Self) -> bool {
        self == wanted || (self == Self::CardBothSides && matches!(wanted, Self::CardFront | Self::CardBack))
    }
}

/// The body that approved an activity: `aama`, another body's short name, or `unsure`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(as = "String"))]
#[serde(transparent)]
pub struct Approver(String);

impl Approver {
    /// The holder cannot tell who approved it.
    pub const UNSURE: &'static str = "unsure";

    /// From a body's short name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The short name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the holder cannot tell.
    pub fn is_unsure(&self) -> bool {
        self.is(Self::UNSURE)
    }

    /// Whether it is this body: people write “AAMA” and “aama”.
    pub fn is(&self, name: &str) -> bool {
        let own = self.0.trim();
        own.eq_ignore_ascii_case(name) || (!own.is_ascii() && own.to_lowercase() == name.to_lowercase())
    }
}

impl fmt::Display for Approver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A further amount on the same certificate: “0.6 CEU / 6.0 contact hours”.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Award {
    /// As printed.
    pub amount: Amount,
    /// As printed.
    pub unit: Unit,
    /// Who approved this amount.
    #[serde(default)]
    pub approver: Option<Approver>,
    /// The approval's number.
    #[serde(default)]
    pub number: Option<String>,
}

/// One part of a certificate: a session of a conference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Session {
    /// The session's title.
    pub title: String,
    /// In the certificate's unit.
    pub amount: Amount,
    /// The session's category, where it is known.
    #[serde(default)]
    pub category: Option<String>,
    /// The session's day, where it differs.
    #[serde(default)]
    pub on: Option<NaiveDate>,
}

/// A file that shows a credit, named by the hash of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct ProofRef {
    /// SHA-256 of the original's bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// The file's name when it was attached.
    pub name: String,
    /// What it shows.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub role: ProofRole,
}

/// One activity with points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Credit {
    /// Unique within the record.
    // Every evaluation names all credits, so it is a text that is copied without memory of its own.
    #[cfg_attr(feature = "bindings", ts(as = "String"))]
    #[cfg_attr(test, schemars(with = "String"))]
    pub id: SmolStr,
    /// As printed.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub title: String,
    /// Who gave it.
    #[serde(default)]
    pub provider: Option<String>,
    /// The provider's or programme's approval number.
    #[serde(default)]
    pub provider_number: Option<String>,
    /// What sort of activity it was.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub kind: Kind,
    /// The first day, where there are several.
    #[serde(default)]
    pub started_on: Option<NaiveDate>,
    /// The last day, or the day a card was issued.
    #[serde(default)]
    pub completed_on: Option<NaiveDate>,
    /// The last day a card is valid.
    #[serde(default)]
    pub expires_on: Option<NaiveDate>,
    /// As printed.
    #[serde(default)]
    pub amount: Option<Amount>,
    /// As printed.
    #[serde(default)]
    pub unit: Option<Unit>,
    /// Who approved it.
    #[serde(default)]
    pub approver: Option<Approver>,
    /// Further amounts on the same certificate.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub awards: Vec<Award>,
    /// Category to amount, in the printed unit; adds up to `amount`.
    #[serde(default, deserialize_with = "once_each_if")]
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }"))]
    pub split: BTreeMap<String, Amount>,
    /// Pack to that pack's own split, where `split` does not fit.
    #[serde(default, deserialize_with = "once_each_within")]
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: { [key in string]: string } }"))]
    pub splits: BTreeMap<String, BTreeMap<String, Amount>>,
    /// Parts of one certificate.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub sessions: Vec<Session>,
    /// Length in minutes, where it is known.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// Live, self-study, …: as the certificate says.
    #[serde(default)]
    pub format: Option<String>,
    /// Whether formal credit was issued.
    #[serde(default)]
    pub formal_credit: Option<bool>,
    /// Whether the issuer's own transcript shows it.
    #[serde(default)]
    pub issuer_transcript: Option<IssuerTranscript>,
    /// Overlapping topics.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub tags: Vec<String>,
    /// How far it is.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub status: Status,
    /// What the course was about.
    #[serde(default)]
    pub description: Option<String>,
    /// Why it matters to the credential.
    #[serde(default)]
    pub relevance: Option<String>,
    /// Where it differs from the holder's name.
    #[serde(default)]
    pub name_on_certificate: Option<String>,
    /// The files that show it.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub proofs: Vec<ProofRef>,
}

objects!(Award, Session, ProofRef, Credit);

/// Something about a credit that cannot be kept as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditFault {
    /// The field, as in the record JSON: `amount`, `split.clinical`.
    pub field: String,
    /// What is wrong and what would be right, in plain words.
    pub reason: String,
}

/// The longest title or provider kept; far above any certificate, far below what would hurt a page.
const MAX_TEXT: usize = 4_000;

/// The most amounts on one certificate, and the most parts of one; far above any certificate, too.
const MAX_AWARDS: usize = 20;
const MAX_SESSIONS: usize = 100;

impl Credit {
    /// Category to amount as a pack has them: its own split, where it has one.
    pub fn split_for(&self, pack: &str) -> &BTreeMap<String, Amount> {
        self.splits.get(pack).filter(|split| !split.is_empty()).unwrap_or(&self.split)
    }

    /// A credit with nothing but its id.
    pub fn empty(id: impl Into<SmolStr>) -> Self {
        Self {
            id: id.into(),
            title: String::new(),
            provider: None,
            provider_number: None,
            kind: Kind::default(),
            started_on: None,
            completed_on: None,
            expires_on: None,
            amount: None,
            unit: None,
            approver: None,
            awards: Vec::new(),
            split: BTreeMap::new(),
            splits: BTreeMap::new(),
            sessions: Vec::new(),
            minutes: None,
            format: None,
            formal_credit: None,
            issuer_transcript: None,
            tags: Vec::new(),
            status: Status::default(),
            description: None,
            relevance: None,
            name_on_certificate: None,
            proofs: Vec::new(),
        }
    }

    /// Everything that keeps this credit from being saved; drafts may lack anything but an id.
    pub fn faults(&self) -> Vec<CreditFault> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, reason: String| faults.push(CreditFault { field: field.to_owned(), reason });
        if self.status != Status::Draft {
            if self.title.trim().is_empty() {
                fault("title", "write the title as the certificate prints it".into());
            }
            if self.completed_on.is_none() {
                fault("completed_on", "give the day it was completed".into());
            }
            if self.amount.is_none() {
                fault("amount", "give the amount as the certificate prints it".into());
            }
            if self.unit.is_none() {
                fault("unit", "say what the amount counts: contact hours, AAMA CEUs, …".into());
            }
        }
        let texts = [
            ("title", Some(&self.title)),
            ("provider", self.provider.as_ref()),
            ("provider_number", self.provider_number.as_ref()),
            ("description", self.description.as_ref()),
            ("relevance", self.relevance.as_ref()),
            ("name_on_certificate", self.name_on_certificate.as_ref()),
        ];
        for (field, text) in texts {
            if text.is_some_and(|text| text.chars().count() > MAX_TEXT) {
                fault(field, format!("is longer than {MAX_TEXT} characters; shorten it"));
            }
        }
        let lists = [("awards", self.awards.len(), MAX_AWARDS), ("sessions", self.sessions.len(), MAX_SESSIONS)];
        for (field, count, most) in lists {
            if count > most {
                fault(field, format!("are {count}; one certificate has at most {most}"));
            }
        }
        let dates =
            [("started_on", self.started_on), ("completed_on", self.completed_on), ("expires_on", self.expires_on)];
        for (field, date) in dates {
            if date.is_some_and(|date| !YEARS.contains(&chrono::Datelike::year(&date))) {
                fault(field, format!("the year must lie between {} and {}", YEARS.start(), YEARS.end()));
            }
        }
        if let (Some(started), Some(completed)) = (self.started_on, self.completed_on)
            && started > completed
        {
            fault("started_on", "is after the day it was completed".into());
        }
        if self.unit == Some(Unit::CprCard) && self.amount.is_some_and(|amount| amount.ten_thousandths() != 10_000) {
            fault("amount", "one card is one credit: write 1".into());
        }
        if self.status == Status::Completed && self.amount.is_some_and(Amount::is_zero) {
            fault("amount", "must be more than nought".into());
        }
        for (field, split) in std::iter::once(("split".to_owned(), &self.split))
            .chain(self.splits.iter().map(|(pack, split)| (format!("splits.{pack}"), split)))
        {
            if let Some(amount) = self.amount
                && !split.is_empty()
            {
                let sum: i64 = split.values().map(|part| part.ten_thousandths()).sum();
                if sum != amount.ten_thousandths() {
                    fault(&field, format!("the categories must add up to {amount}, the amount on the certificate"));
                }
            }
        }
        let of_sessions: i64 =
            self.sessions.iter().map(|session| session.amount.ten_thousandths()).fold(0, i64::saturating_add);
        if let Some(amount) = self.amount
            && of_sessions > amount.ten_thousandths()
        {
            fault("sessions", format!("together they are more than {amount}, the amount on the certificate"));
        }
        if let Some(completed) = self.completed_on
            && self.sessions.iter().any(|session| session.on.is_some_and(|on| on > completed))
        {
            fault("sessions", "one is after the day the certificate was completed".into());
        }
        for (index, proof) in self.proofs.iter().enumerate() {
            if !is_sha256(&proof.sha256) {
                fault(&format!("proofs[{index}].sha256"), "must be 64 hexadecimal digits".into());
            }
            if !is_file_name(&proof.name) {
                fault(&format!("proofs[{index}].name"), NO_FILE_NAME.into());
            }
        }
        faults
    }
}

/// A field that is null is as good as absent.
pub(crate) fn null_is_absent<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// What is said of a name that is none.
pub(crate) const NO_FILE_NAME: &str = "must be the name of a file, without the folder it lies in";

/// The longest name of a file (bytes): systems have at most 255, some of them count letters.
const MOST_IN_A_FILE_NAME: usize = 1_020;

/// Whether `text` can be the name of a file and leads to no other folder. A backslash is an ordinary letter in the names
/// of some systems, and whoever makes a name of a file from it replaces it.
pub fn is_file_name(text: &str) -> bool {
    !text.contains(['/', '\0']) && text != "." && text != ".." && text.len() <= MOST_IN_A_FILE_NAME
}

/// Whether `text` is a SHA-256 in lower-case hexadecimal digits.
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
