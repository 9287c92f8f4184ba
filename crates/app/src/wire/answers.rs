//! What she answers to questions, wants of the rules, and changes of them.

use domain::record::Answer;
use serde::{Deserialize, Serialize};

use super::text;

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
