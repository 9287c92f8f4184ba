//! Submissions: what was sent in for a renewal, when, and what came of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::evaluation::PeriodDates;

/// How far a submission is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// It was sent, and nothing came back yet.
    Sent,
    /// The issuer asked something.
    Questions,
    /// The issuer accepted it.
    Accepted,
    /// The issuer refused it.
    Refused,
}

impl SubmissionState {
    /// Whether the issuer has not decided yet.
    pub fn waits(self) -> bool {
        matches!(self, Self::Sent | Self::Questions)
    }
}

/// What the issuer said of one credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// It counts.
    Accepted,
    /// It does not.
    Refused,
    /// It wants to know more.
    Questioned,
}

/// The issuer's decision on one credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The credit's id in the frozen record.
    pub credit: String,
    /// What was decided.
    pub decided: Decided,
    /// Why, in the issuer's words or hers.
    pub note: Option<String>,
}

/// What was sent in for one renewal. What is frozen of it lies beside it under the hashes named here, and never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Submission {
    /// Unique within the vault: `s1`.
    pub id: String,
    /// The credential it is to renew.
    pub credential: String,
    /// The period that the evaluation was about.
    pub period: PeriodDates,
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// The way it went, by the pack's word: `online`, `mail`.
    pub way: Option<String>,
    /// How far it is.
    pub state: SubmissionState,
    /// The day of the issuer's latest answer.
    pub answered_on: Option<NaiveDate>,
    /// What else she wants to remember of it.
    pub note: Option<String>,
    /// What the issuer decided, credit by credit.
    pub decisions: Vec<Decision>,
    /// SHA-256 of the transcript as it was sent, an original of the vault.
    pub transcript: String,
    /// SHA-256 of the record, the rules and the evaluation as they were.
    pub frozen: String,
}
