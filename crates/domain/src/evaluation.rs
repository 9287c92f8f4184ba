//! The answer for one credential on one date. Its JSON is what `recert status` and `recert evaluate` print.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::points::{Amount, Points};

/// In a split: points whose category is not known.
pub const UNASSIGNED: &str = "unassigned";

/// Met, not met, or not to be known without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Fails even on the kindest reading.
    NotMet,
    /// Depends on an open question.
    CannotTell,
    /// Holds even on the strictest reading.
    Met,
}

/// Where the credential stands on the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Not expired.
    Current,
    /// Expired; renewal by points is still open.
    Late,
    /// Expired; renewal by points is closed.
    Lapsed,
}

/// How well the weakest value behind a verdict is supported; from strongest to weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The issuer's own text.
    Official,
    /// The issuer's text, reproduced by someone else.
    Relayed,
    /// Our reading of the wording.
    Inference,
    /// A third party's word.
    Secondary,
}

/// What sort of line a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum RequirementKind {
    /// At least so many points.
    Minimum,
    /// Something that must be true on the date.
    Condition,
}

/// Part of a credit that fills a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Fill {
    /// The credit's id.
    pub credit: String,
    /// What it gives.
    pub points: Points,
}

/// One line the pack demands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Requirement {
    /// Unique within the pack.
    pub id: String,
    /// In her words.
    pub label: String,
    /// What sort of line it is.
    pub kind: RequirementKind,
    /// The path it belongs to, where the pack has alternatives.
    pub path: Option<String>,
    /// What the pack demands.
    pub needed: Points,
    /// What eligible credits are worth here before any cap.
    pub earned: Points,
    /// What is left after caps and assignment; may exceed `needed`.
    pub counted: Points,
    /// What is missing.
    pub short: Points,
    /// Whether it holds.
    pub state: Verdict,
    /// Which credits fill it, with how much.
    pub fills: Vec<Fill>,
    /// Where the pack has it from.
    pub source: String,
}

/// One limit the pack sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Cap {
    /// Unique within the pack.
    pub id: String,
    /// In her words.
    pub label: String,
    /// At most this counts.
    pub limit: Points,
    /// What eligible credits under it are worth.
    pub earned: Points,
    /// What counts.
    pub counted: Points,
    /// Where the pack has it from.
    pub source: String,
}

/// Why a credit counts, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Reason {
    /// Stable, for programs.
    pub code: String,
    /// For people.
    pub text: String,
    /// Where the pack has the rule from.
    pub source: Option<String>,
}

/// What one credit counts for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CreditOutcome {
    /// The credit.
    pub id: String,
    /// What it is worth before any cap; 0 if it is not eligible.
    pub earned: Points,
    /// What is left after caps and assignment.
    pub counted: Points,
    /// Points for one printed unit; absent where the issuer or the certificate leaves it open.
    pub rate: Option<Amount>,
    /// The counted points by category.
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }"))]
    pub split: BTreeMap<String, Points>,
    /// Whether the points are the issuer's own; absent where it cannot be told.
    pub approved: Option<bool>,
    /// Whether the proof in hand is complete.
    pub proven: bool,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A bound that further points must satisfy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Bound {
    /// At least so many
    pub points: Points,
    /// in any of these categories
    pub categories: Vec<String>,
    /// approved by this body, or by `any`.
    pub approver: String,
}

/// The least that is still to be earned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Gap {
    /// The fewest further points.
    pub points: Points,
    /// What they must satisfy; the bounds may overlap.
    pub at_least: Vec<Bound>,
    /// What points cannot mend.
    pub conditions: Vec<String>,
    /// What cannot be mended now.
    pub impossible: Vec<String>,
    /// All of it in one plain sentence.
    pub sentence: String,
}

/// The first and last day of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PeriodDates {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// The dates that matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Dates {
    /// The credential's last day.
    pub expires_on: NaiveDate,
    /// The safe last day of renewal by points.
    pub late_until: Option<NaiveDate>,
    /// The last day on the kindest reading, where it differs.
    pub late_until_latest: Option<NaiveDate>,
    /// Way of applying to the day by which to send.
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }"))]
    pub submit_by: BTreeMap<String, NaiveDate>,
}

/// Something only the issuer or the certificate can answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Question {
    /// Stable, for programs and for the answer.
    pub id: String,
    /// The question, ready to send.
    pub text: String,
    /// The credits it is about.
    pub credits: Vec<String>,
    /// The possible answers.
    pub options: Vec<String>,
}

/// The answer for one credential on one date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Evaluation {
    /// The credential's id.
    pub credential: String,
    /// The credential as people write it: `CMA (AAMA)`.
    pub credential_name: String,
    /// The pack that judged.
    pub pack: String,
    /// Its version.
    pub pack_version: String,
    /// The day a person last checked its sources on a live page; none yet if absent.
    pub pack_verified_on: Option<NaiveDate>,
    /// The assumed day of application.
    pub on: NaiveDate,
    /// The period the day lies in.
    pub period: PeriodDates,
    /// Where the credential stands on the day.
    pub standing: Standing,
    /// If every credit is accepted.
    pub verdict: Verdict,
    /// With the proof in hand.
    pub verdict_with_proof: Verdict,
    /// The weakest value the verdict rests on.
    pub basis: Basis,
    /// One line for each thing the pack demands.
    pub requirements: Vec<Requirement>,
    /// One line for each limit.
    pub caps: Vec<Cap>,
    /// Every credit of the record, in its order.
    pub credits: Vec<CreditOutcome>,
    /// The least that is still to be earned.
    pub gap: Gap,
    /// The dates that matter.
    pub dates: Dates,
    /// What is open.
    pub questions: Vec<Question>,
    /// What else she should know: a printed date that differs from the rule, say.
    pub notes: Vec<Reason>,
}
