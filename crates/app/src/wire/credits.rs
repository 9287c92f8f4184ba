//! Credits, as typed in.

use std::collections::BTreeMap;

use domain::credit::{IssuerTranscript, Kind, Status, Unit};
use domain::evaluation::Evaluation;
use domain::points::Amount;
use serde::{Deserialize, Serialize};

use super::text;

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
