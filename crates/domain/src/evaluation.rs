//! The answer for one credential on one date. Its JSON is what `recert status` and `recert evaluate` print.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use smallvec::SmallVec;
use smol_str::SmolStr;

use crate::points::{Amount, Points};
use crate::record::FactKind;

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

impl Verdict {
    /// Where nobody knows which of two holds.
    pub(crate) fn or(self, other: Self) -> Self {
        if self == other { self } else { Self::CannotTell }
    }
}

/// Where the credential stands on the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Not expired.
    Current,
    /// Expired; renewal by points is still open.
    Late,
    /// Expired; renewal by points is closed.
    Lapsed,
    /// What is known of it ended long ago, and nobody knows whether it was renewed since.
    Unknown,
}

/// How well the weakest value behind a verdict is supported; from strongest to weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

/// What has the weakest basis of all that a verdict rests on. Nothing where that is the issuer's own text: then all has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Weakest {
    /// Rules by what they are called: `“From other sources”`, `the period`.
    pub rules: Vec<String>,
    /// The ids of credits whose worth has it.
    pub credits: Vec<String>,
}

impl Weakest {
    /// In words: `“From other sources”, the period, what 3 activities count for`. Empty if there is nothing.
    pub fn named(&self) -> String {
        let credits = match self.credits.len() {
            0 => None,
            1 => Some("what 1 activity counts for".to_owned()),
            several => Some(format!("what {several} activities count for")),
        };
        self.rules.iter().cloned().chain(credits).collect::<Vec<_>>().join(", ")
    }
}

/// What sort of line a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum RequirementKind {
    /// At least so many points.
    Minimum,
    /// Something that must be true on the date.
    Condition,
    /// Recommended or to be done; it never fails a verdict.
    Advice,
}

/// Numbers that were rounded to print them, by their field: the exact value as `125/6`. What lacks is rounded up, all else
/// down.
pub type Exact = BTreeMap<Cow<'static, str>, String>;

/// Those of the fields that were rounded.
pub(crate) fn exact<const N: usize>(fields: [(&'static str, Points); N]) -> Exact {
    fields.into_iter().filter_map(|(field, points)| Some((field.into(), points.fraction()?))).collect()
}

/// Part of a credit that fills a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Fill {
    /// The credit's id.
    #[cfg_attr(feature = "bindings", ts(as = "String"))]
    pub credit: SmolStr,
    /// What it gives.
    pub points: Points,
    /// The exact values of what was rounded.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }", optional))]
    pub exact: Exact,
}

/// One of several ways, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PathLabel {
    /// As requirements name it.
    pub id: String,
    /// In her words: “10 hours and work”.
    pub label: String,
    /// Whether it is the one that serves best.
    pub chosen: bool,
}

/// The fact that shows that a condition holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ShownBy {
    /// What it states.
    pub fact: FactKind,
    /// Which one, where the pack tells several apart.
    pub tag: Option<String>,
    /// Whether it must say how many hours. Unless there must be none, the requirement's amounts are then hours.
    pub hours: bool,
    /// Whether there must be none.
    pub none: bool,
    /// Whether the condition holds and only the paper that shows it is missing.
    pub lacks_paper: bool,
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
    /// The stretch of the period it is about, where it is not all of it; of hours in each stretch, the one that has fewest.
    pub within: Option<PeriodDates>,
    /// What the pack demands; of a condition in hours, if `shown_by` has `hours`.
    pub needed: Points,
    /// What eligible credits are worth here before any cap; of hours, those whose days are not on file too.
    pub earned: Points,
    /// What is left after caps and assignment; may exceed `needed`. Of hours, those that lie in the time asked about.
    pub counted: Points,
    /// What is missing.
    #[serde(serialize_with = "Points::serialize_lacking")]
    pub short: Points,
    /// The exact values of what was rounded.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }", optional))]
    pub exact: Exact,
    /// Whether it holds.
    pub state: Verdict,
    /// Which credits fill it, with how much.
    pub fills: Vec<Fill>,
    /// For a condition or advice: what to do, or what shows that it is done.
    pub words: Option<String>,
    /// The fact that shows it, where one does.
    pub shown_by: Option<ShownBy>,
    /// How well it is supported.
    pub basis: Basis,
    /// Where the pack has it from.
    pub source: String,
}

impl Requirement {
    /// How many of the hours that a condition demands there are, as a sentence.
    pub fn hours(&self) -> Option<String> {
        let demands_hours = self.shown_by.as_ref().is_some_and(|by| by.hours && !by.none);
        let undated = self.earned - self.counted;
        let more = if undated.is_zero() {
            String::new()
        } else {
            format!(", and {} more without their days", grouped(undated))
        };
        let (counted, needed) = (grouped(self.counted), grouped(self.needed));
        demands_hours.then(|| format!("{counted} of {needed} hours are on file{more}."))
    }
}

/// As people write large numbers: `1,040.5`.
fn grouped(points: Points) -> String {
    let text = points.to_string();
    let (whole, part) = text.split_at(text.find('.').unwrap_or(text.len()));
    let of_three = whole.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect::<Vec<_>>();
    of_three.join(",") + part
}

/// What the numbers of a limit count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Points.
    Points,
    /// Credits, whatever each is worth: cards, say.
    Credits,
}

/// One limit the pack sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Cap {
    /// Unique within the pack.
    pub id: String,
    /// In her words.
    pub label: String,
    /// What the three numbers count.
    pub counts: Counts,
    /// At most this counts.
    pub limit: Points,
    /// What eligible credits under it are worth, or how many there are.
    pub earned: Points,
    /// What counts.
    pub counted: Points,
    /// The exact values of what was rounded.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }", optional))]
    pub exact: Exact,
    /// Where the pack has it from.
    pub source: String,
}

impl Cap {
    /// How many of the credits under a limit on their number count: `3 of 4 count`.
    pub fn of_credits(&self) -> String {
        let counts = if self.counted == Points::from_hundredths(100) { "counts" } else { "count" };
        format!("{} of {} {counts}", self.counted, self.earned)
    }
}

/// Something to be said: for programs, and for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Message {
    /// Stable.
    #[cfg_attr(feature = "bindings", ts(as = "String"))]
    pub code: &'static str,
    /// What the sentence is made of; days as `2026-03-31`.
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }"))]
    pub args: BTreeMap<&'static str, String>,
    /// The sentence.
    pub text: String,
}

/// Why a credit counts, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Reason {
    /// Stable, for programs.
    #[cfg_attr(feature = "bindings", ts(as = "String"))]
    pub code: Cow<'static, str>,
    /// For people.
    #[cfg_attr(feature = "bindings", ts(as = "String"))]
    pub text: Arc<str>,
    /// Where the pack has the rule from.
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub source: Option<Arc<str>>,
}

/// What one credit counts for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CreditOutcome {
    /// The credit.
    #[cfg_attr(feature = "bindings", ts(as = "String"))]
    pub id: SmolStr,
    /// What it is worth before any cap; 0 if it is not eligible.
    pub earned: Points,
    /// What is left after caps and assignment.
    pub counted: Points,
    /// Points for one printed unit; absent where the issuer or the certificate leaves it open.
    pub rate: Option<Amount>,
    /// The counted points by category, in the order of the categories' ids; on the wire an object.
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }"))]
    #[serde(serialize_with = "as_map")]
    pub split: SmallVec<[(SmolStr, Points); 1]>,
    /// The exact values of what was rounded.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }", optional))]
    pub exact: Exact,
    /// Whether the points are the issuer's own; absent where it cannot be told.
    pub approved: Option<bool>,
    /// Whether the proof in hand is complete.
    pub proven: bool,
    /// Why; mostly one reason or none.
    #[cfg_attr(feature = "bindings", ts(as = "Vec<Reason>"))]
    pub reasons: SmallVec<[Arc<Reason>; 1]>,
}

fn as_map<S: Serializer>(split: &[(SmolStr, Points)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(split.iter().map(|(category, points)| (category, points)))
}

/// A bound that further points must satisfy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Bound {
    /// At least so many
    #[serde(serialize_with = "Points::serialize_lacking")]
    pub points: Points,
    /// The exact values of what was rounded.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }", optional))]
    pub exact: Exact,
    /// in any of these categories
    pub categories: Vec<String>,
    /// approved by this class, or by `any`
    pub approver: String,
    /// each with all of these tags
    pub tags: Vec<String>,
    /// and none of these
    pub without_tags: Vec<String>,
    /// completed in these days, where it is not simply before the expiry;
    pub within: Option<PeriodDates>,
    /// or such points instead.
    pub or: Vec<BoundOf>,
}

/// Points that serve a bound as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct BoundOf {
    /// In any of these categories
    pub categories: Vec<String>,
    /// approved by this class, or by `any`
    pub approver: String,
    /// each with all of these tags
    pub tags: Vec<String>,
    /// and none of these
    pub without_tags: Vec<String>,
    /// completed in these days.
    pub within: Option<PeriodDates>,
}

/// The least that is still to be earned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Gap {
    /// The fewest further points.
    #[serde(serialize_with = "Points::serialize_lacking")]
    pub points: Points,
    /// The exact values of what was rounded.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }", optional))]
    pub exact: Exact,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
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
    /// Way of applying, where it is not barred, to the day by which to send.
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }"))]
    pub submit_by: BTreeMap<String, NaiveDate>,
    /// The ways of applying, in the issuer's order.
    pub ways: Vec<Way>,
}

/// One way of applying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Way {
    /// `online`, `mail`.
    pub way: String,
    /// For people.
    pub label: String,
    /// The first day to apply, where there is one.
    pub opens_on: Option<NaiveDate>,
    /// The day to send it by. It is advice: the way is not closed after it.
    pub by: NaiveDate,
    /// Whether the issuer names that day, or it is our reading of how long an answer takes.
    pub by_basis: Basis,
    /// The rule that closes it to her now; absent if none does.
    pub barred: Option<Message>,
    /// The day by which an answer comes if it is sent on the day asked about; absent where that is not known.
    pub answer_by: Option<NaiveDate>,
    /// Whether that is before the credential's last day is over.
    pub in_time: Option<bool>,
    /// What it means to send it on the day asked about.
    pub outlook: Option<Message>,
    /// What follows after the day to send it by: a late fee.
    pub afterwards: Option<String>,
    /// Where the pack has it from.
    pub source: String,
}

/// What follows if the renewal is granted on the date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Renewal {
    /// The day.
    pub on: NaiveDate,
    /// The next expiry.
    pub expires_on: NaiveDate,
    /// Whole months of the old period that are lost.
    pub months_given_up: u32,
    /// Credits that would belong to the next period.
    pub next_period: Vec<String>,
    /// The same in a sentence.
    pub sentence: String,
    /// How well the rule is supported.
    pub basis: Basis,
    /// Where the pack has the rule from.
    pub source: String,
}

/// Something only the issuer or the certificate can answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Question {
    /// Stable, for programs and for the answer.
    pub id: String,
    /// The question, ready to send.
    pub text: String,
    /// What is open, for those who are not asked: “who approved it”.
    pub topic: String,
    /// The credits it is about.
    pub credits: Vec<String>,
    /// The possible answers.
    pub options: Vec<String>,
    /// Whether the verdict may depend on it.
    pub decides: bool,
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
    /// Why the pack is a draft, if it is one.
    pub draft: Option<String>,
    /// The edition of the rules that holds, where the pack names editions.
    pub edition: Option<String>,
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
    /// What rests on that basis and on none better.
    pub weakest: Weakest,
    /// The path that serves best, where the pack has alternatives.
    pub path: Option<String>,
    /// Every path there is, in the pack's order.
    pub paths: Vec<PathLabel>,
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
    /// If the renewal is granted on the date.
    pub renewal: Option<Renewal>,
    /// What is open.
    pub questions: Vec<Question>,
    /// What else she should know: a printed date that differs from the rule, say.
    pub notes: Vec<Reason>,
}
