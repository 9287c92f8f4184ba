//! The holder, her certifications, and what the window needs of their packs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::credit::Unit;
use domain::evaluation::PeriodDates;
use domain::record::{Credential, Holder};
use serde::{Deserialize, Serialize};

use super::Waiting;

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
