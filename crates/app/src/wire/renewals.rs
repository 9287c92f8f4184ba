//! Renewals: the periods of a certification, and what was sent in for them.

use chrono::NaiveDate;
use domain::record::{Period, PeriodState};
use domain::submission::{Decision, Submission, SubmissionState};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What was sent in and what came of it, as typed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct SubmissionInput {
    /// ISO date, or empty for today.
    pub sent_on: String,
    /// The way it went, by the pack's word, or empty.
    pub way: String,
    /// How far it is.
    pub state: SubmissionState,
    /// The day of the issuer's latest answer: ISO date or empty.
    pub answered_on: String,
    /// What else she wants to remember of it, or empty.
    pub note: String,
    /// What the issuer decided, credit by credit.
    pub decisions: Vec<Decision>,
}

impl From<&Submission> for SubmissionInput {
    /// The form's fields as they would have been typed in.
    fn from(submission: &Submission) -> Self {
        Self {
            sent_on: submission.sent_on.to_string(),
            way: super::text(submission.way.as_ref()),
            state: submission.state,
            answered_on: super::text(submission.answered_on),
            note: super::text(submission.note.as_ref()),
            decisions: submission.decisions.clone(),
        }
    }
}

/// What was sent in, in the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct SubmissionView {
    /// As kept.
    pub submission: Submission,
    /// The form's fields as they would have been typed in.
    pub input: SubmissionInput,
    /// How it was sent, in the issuer's words.
    pub way_label: Option<String>,
}

/// What was sent in, with all that it froze.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct FrozenView {
    /// As in the list.
    pub view: SubmissionView,
    /// The evaluation as it was, in the form in which the version of that day wrote it.
    #[cfg_attr(feature = "bindings", ts(as = "domain::Evaluation"))]
    pub evaluation: Value,
    /// The credits as they were.
    #[cfg_attr(feature = "bindings", ts(as = "Vec<domain::Credit>"))]
    pub credits: Value,
}

/// One period of a certification.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PeriodView {
    /// Its days, and how it ended.
    pub period: Period,
    /// Whether it is the one that today lies in, or that can still be renewed.
    pub current: bool,
    /// Whether it stands in the record as it is. Others follow from the dates of the certification.
    pub kept: bool,
    /// The day as of which it is evaluated: today, or the last one before it was renewed.
    pub as_of: NaiveDate,
}

/// The periods of a certification, and what was sent in for them; the latest first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Renewals {
    /// The present period and those before it.
    pub periods: Vec<PeriodView>,
    /// What was sent in.
    pub submissions: Vec<SubmissionView>,
}

/// A renewal that was granted, as typed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct RenewalInput {
    /// The day from which it counts: ISO date.
    pub renewed_on: String,
    /// The expiry that the new card shows: ISO date, or empty for the one that follows from the rules.
    pub expires_on: String,
}

/// An earlier period, as typed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct PeriodInput {
    /// ISO date.
    pub from: String,
    /// ISO date.
    pub to: String,
    /// The day the renewal was granted: ISO date or empty.
    pub renewed_on: String,
    /// How it ended.
    pub state: PeriodState,
}

/// What was sent in and waits for the issuer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Waiting {
    /// The submission.
    pub submission: String,
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// Nothing came back yet, or the issuer asked something.
    pub state: SubmissionState,
}
