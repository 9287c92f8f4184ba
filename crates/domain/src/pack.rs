//! One credential's rules as data. The format is provisional: it holds what CMA (AAMA) needs.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::credit::{Approver, Unit};
use crate::evaluation::Basis;
use crate::points::{Amount, Points};

const CMA_AAMA: &str = include_str!("../packs/cma-aama.json");

/// A value with where it comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What the page is called.
    pub title: String,
    /// Where it stands; none for our own reading.
    pub address: Option<String>,
}

/// Who issues the credential.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// In full.
    pub name: String,
    /// As people write it: `AAMA`.
    pub short: String,
    /// Its id as an approver: `aama`.
    pub approver: String,
}

/// The months a renewal covers: from the end of the month of (re)certification to a month's end.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodRule {
    /// Length.
    pub months: u32,
    /// How well it is supported.
    pub basis: Basis,
    /// Key into the pack's sources.
    pub source: String,
}

/// How long renewal by points stays open after expiry. Two official texts differ, so there are two lengths.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateRule {
    /// By one text.
    pub months: u32,
    /// By the other.
    pub days: u64,
    /// How well it is supported.
    pub basis: Basis,
    /// Key into the pack's sources.
    pub source: String,
}

/// One way of applying and how long the issuer takes for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmitRule {
    /// `online`, `mail`.
    pub way: String,
    /// Processing time.
    pub days: u64,
    /// How well it is supported.
    pub basis: Basis,
    /// Key into the pack's sources.
    pub source: String,
}

/// An exclusive category.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// `clinical`.
    pub id: String,
    /// For people.
    pub label: String,
    /// What belongs there.
    pub topics: String,
}

/// What one printed unit is worth: known, or between two bounds.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
pub enum Rate {
    /// So many points.
    Known(Amount),
    /// The issuer is silent, or the certificate is.
    Between {
        /// On the strictest reading.
        low: Amount,
        /// On the kindest reading.
        high: Amount,
    },
}

impl Rate {
    /// On the strictest reading.
    pub fn low(self) -> Amount {
        match self {
            Self::Known(rate) | Self::Between { low: rate, .. } => rate,
        }
    }

    /// On the kindest reading.
    pub fn high(self) -> Amount {
        match self {
            Self::Known(rate) | Self::Between { high: rate, .. } => rate,
        }
    }

    /// Whether the readings differ.
    pub fn is_open(self) -> bool {
        self.low() != self.high()
    }
}

/// How a printed unit becomes points.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitRule {
    /// The unit.
    pub unit: Unit,
    /// For people, in the plural.
    pub label: String,
    /// Points for one unit.
    pub points: Rate,
    /// The question that settles an open rate.
    #[serde(default)]
    pub question: Option<String>,
    /// The possible answers.
    #[serde(default)]
    pub options: Vec<String>,
    /// The category all of it falls into, whatever the split says.
    #[serde(default)]
    pub category: Option<String>,
    /// Whether it is printed only on what the issuer approved, so that an approver need not be named.
    #[serde(default)]
    pub own: bool,
    /// Whether it counts as approved by the issuer, whoever gave it.
    #[serde(default)]
    pub approved: Option<bool>,
    /// At most so many of them in a period.
    #[serde(default)]
    pub at_most: Option<usize>,
    /// How well it is supported.
    pub basis: Basis,
    /// Key into the pack's sources.
    pub source: String,
}

/// The smallest activity of other sources that is accepted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallestRule {
    /// In points of the whole certificate.
    pub points: Points,
    /// The same as people say it.
    pub words: String,
    /// How well it is supported.
    pub basis: Basis,
    /// Key into the pack's sources.
    pub source: String,
}

/// Activities of other sources must have earned formal credit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormalRule {
    /// How well it is supported.
    pub basis: Basis,
    /// Key into the pack's sources.
    pub source: String,
}

/// Which points a line speaks of; an absent field does not restrict.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Of {
    /// Points of this category.
    #[serde(default)]
    pub category: Option<String>,
    /// Points approved by the issuer, or not.
    #[serde(default)]
    pub approved: Option<bool>,
}

/// At least so many points.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinimumRule {
    /// Unique within the pack.
    pub id: String,
    /// For people.
    pub label: String,
    /// How many.
    pub needed: Points,
    /// Of which.
    pub of: Of,
    /// How well it is supported.
    pub basis: Basis,
    /// Key into the pack's sources.
    pub source: String,
}

/// At most so many points from other sources.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapRule {
    /// Unique within the pack.
    pub id: String,
    /// For people.
    pub label: String,
    /// How many.
    pub limit: Points,
    /// How well it is supported.
    pub basis: Basis,
    /// Key into the pack's sources.
    pub source: String,
}

/// One credential's rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Always `recert.pack/0` while the format is provisional.
    pub schema: String,
    /// Carries the issuer, because initials are not unique: `cma-aama`.
    pub id: String,
    /// Of the rules, not of the program.
    pub version: String,
    /// The day a person last checked every source on a live page.
    pub verified_on: Option<NaiveDate>,
    /// As people write it: `CMA (AAMA)`.
    pub name: String,
    /// Spelled out.
    pub full_name: String,
    /// Who issues it.
    pub issuer: Issuer,
    /// Where the values come from.
    pub sources: BTreeMap<String, Source>,
    /// The months a renewal covers.
    pub period: PeriodRule,
    /// How long renewal stays open after expiry.
    pub late: LateRule,
    /// Ways of applying.
    pub submit_by: Vec<SubmitRule>,
    /// In the issuer's order.
    pub categories: Vec<Category>,
    /// Most usual first.
    pub units: Vec<UnitRule>,
    /// The smallest activity of other sources.
    pub smallest_other_activity: SmallestRule,
    /// Formal credit.
    pub formal_credit: FormalRule,
    /// What it demands.
    pub requirements: Vec<MinimumRule>,
    /// What it limits.
    pub cap: CapRule,
}

/// Why a text is not a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFault {
    /// Where.
    pub path: String,
    /// What is wrong there.
    pub reason: String,
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl std::error::Error for PackFault {}

impl Pack {
    /// Reads a pack; unknown fields are refused with their place.
    pub fn from_json(text: &str) -> Result<Self, PackFault> {
        let mut reader = serde_json::Deserializer::from_str(text);
        serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| PackFault { path: error.path().to_string(), reason: error.inner().to_string() })
    }

    /// The issuer as an approver, if `name` is one of its names: people write “AAMA” and “aama”.
    pub fn own(&self, name: &str) -> Option<Approver> {
        let names = [&self.issuer.approver, &self.issuer.short, &self.issuer.name];
        let typed = Approver::new(name);
        names.into_iter().any(|own| typed.is(own)).then(|| Approver::new(&*self.issuer.approver))
    }

    /// The rule for a unit, if the pack has one.
    pub fn unit(&self, unit: Unit) -> Option<&UnitRule> {
        self.units.iter().find(|rule| rule.unit == unit)
    }

    /// A category's place in the pack's order.
    pub fn category_index(&self, id: &str) -> Option<usize> {
        self.categories.iter().position(|category| category.id == id)
    }

    /// A source as text: its title, and its address where it has one.
    pub fn source(&self, key: &str) -> String {
        match self.sources.get(key) {
            Some(Source { title, address: Some(address) }) => format!("{title}, {address}"),
            Some(Source { title, address: None }) => title.clone(),
            None => key.to_owned(),
        }
    }
}

/// The packs that come with Recert.
#[derive(Debug, Clone)]
pub struct Packs(Vec<Pack>);

impl Packs {
    /// Those that come with Recert. Fails only if one of them is broken, which a test rules out.
    pub fn shipped() -> Result<Self, PackFault> {
        [CMA_AAMA].into_iter().map(Pack::from_json).collect::<Result<_, _>>().map(Self)
    }

    /// The pack with this id.
    pub fn get(&self, id: &str) -> Option<&Pack> {
        self.0.iter().find(|pack| pack.id == id)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.0.iter()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_pack_reads_and_every_source_it_names_exists() {
        for pack in Packs::shipped().unwrap().iter() {
            let named = [&pack.period.source, &pack.late.source, &pack.cap.source]
                .into_iter()
                .chain([&pack.smallest_other_activity.source, &pack.formal_credit.source])
                .chain(pack.submit_by.iter().map(|rule| &rule.source))
                .chain(pack.units.iter().map(|rule| &rule.source))
                .chain(pack.requirements.iter().map(|rule| &rule.source));
            for source in named {
                assert!(pack.sources.contains_key(source), "{} names the source {source}, which it lacks", pack.id);
            }
        }
    }

    #[test]
    fn a_pack_with_an_unknown_field_is_refused_with_its_place() {
        let text = CMA_AAMA.replacen("\"months\": 60", "\"months\": 60, \"weeks\": 4", 1);
        let fault = Pack::from_json(&text).unwrap_err();
        assert!(fault.path.starts_with("period") && fault.reason.contains("weeks"), "{fault}");
    }

    #[test]
    fn cma_aama_asks_for_sixty_points_ten_of_each_category_and_thirty_approved() {
        let packs = Packs::shipped().unwrap();
        let pack = packs.get("cma-aama").unwrap();
        let needed: Vec<_> = pack.requirements.iter().map(|r| (r.id.as_str(), r.needed.to_string())).collect();
        let expected = [("total", "60"), ("administrative", "10"), ("clinical", "10"), ("general", "10")];
        assert_eq!(needed[..4], expected.map(|(id, needed)| (id, needed.to_owned())));
        assert_eq!((needed[4].0, needed[4].1.as_str()), ("aama_approved", "30"));
        assert_eq!((pack.cap.limit.to_string().as_str(), pack.period.months), ("30", 60));
    }
}
