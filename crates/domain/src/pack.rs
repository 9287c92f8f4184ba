//! One credential's rules as data: `recert.pack/1`. What each word of the format means stands beside it here, and for
//! people in `docs/rules/`.

mod check;
mod overlay;
mod rule;

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::credit::{Approver, Unit};
use crate::json::{objects, once_each};
pub use rule::*;

/// The schema this version reads.
pub const SCHEMA: &str = "recert.pack/1";

/// The class of every approver that a pack does not name.
pub const OTHER: &str = "other";

/// One credential's rules. A file holds the rules of one scheme; a scheme may serve several credentials of one issuer,
/// and each of them is a pack of its own id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Pack {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Carries the issuer, because initials are not unique: `cma-aama`. One of `credentials`; not in the file.
    #[serde(skip)]
    pub id: String,
    /// As people write it: `CMA (AAMA)`. Not in the file.
    #[serde(skip)]
    pub name: String,
    /// Spelled out. Not in the file.
    #[serde(skip)]
    pub full_name: String,
    /// Of the rules, not of the program.
    pub version: String,
    /// The day a person last checked every source on a live page.
    #[serde(default)]
    pub verified_on: Option<NaiveDate>,
    /// Why these rules are a draft, where too little of them is sourced to rely on.
    #[serde(default)]
    pub draft: Option<String>,
    /// What these rules renew.
    pub credentials: Vec<CredentialName>,
    /// Who issues it.
    pub issuer: Issuer,
    /// Where the values come from.
    #[serde(deserialize_with = "once_each")]
    pub sources: BTreeMap<String, Source>,
    /// What the issuer counts in.
    #[serde(default)]
    pub counts_in: CountsIn,
    /// The editions of the rules, oldest first. Rules say by `when` on which dates they hold; these name the editions.
    #[serde(default)]
    pub editions: Vec<Edition>,
    /// The months a renewal covers; the first whose `when` holds.
    pub period: Vec<PeriodRule>,
    /// How long renewal stays open after expiry; the first whose `when` holds. Without one nobody knows, and it is asked.
    #[serde(default)]
    pub late: Vec<LateRule>,
    /// What she may not do once it has expired, as a sentence; without one she is told not to sign with its name.
    #[serde(default)]
    pub while_expired: Option<String>,
    /// Ways of applying.
    #[serde(default)]
    pub apply: Vec<ApplyRule>,
    /// Whose approval makes a difference; the issuer first. Whoever is not named here is `other`.
    #[serde(default)]
    pub approvers: Vec<ApproverClass>,
    /// Exclusive: every point falls into one. In the issuer's order.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// Overlapping topics that the rules speak of.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// The units that certificates print, for the form; most usual first.
    #[serde(default)]
    pub units: Vec<UnitName>,
    /// When an activity must have been completed; the first whose `when` and `of` hold and whose days fit. Without
    /// any: from the first to the last day of the period.
    #[serde(default)]
    pub windows: Vec<WindowRule>,
    /// What is not accepted.
    #[serde(default)]
    pub refuse: Vec<RefuseRule>,
    /// What a printed amount is worth; the first whose `when` and `of` hold.
    #[serde(default)]
    pub convert: Vec<ConvertRule>,
    /// The same activity again.
    #[serde(default)]
    pub repeats: Vec<RepeatRule>,
    /// At most so much.
    #[serde(default)]
    pub limits: Vec<LimitRule>,
    /// What is demanded; all of it.
    #[serde(default)]
    pub requirements: Vec<Requirement>,
    /// Which papers show a credit; the first whose `of` holds. Without any, a certificate.
    #[serde(default)]
    pub evidence: Vec<EvidenceRule>,
    /// Whether part of an activity may count where a limit bites.
    #[serde(default)]
    pub parts: Parts,
    /// Packs of other issuers for which a credit may not be used as well.
    #[serde(default)]
    pub not_shared_with: Vec<String>,
    /// What the issuer is silent about and nobody should guess, each a question ready to send.
    #[serde(default)]
    pub open_questions: Vec<OpenQuestion>,
}

objects!(Pack);

/// Why a text is not a pack, or not one that can be judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackFault {
    /// Where; empty for the whole.
    pub path: String,
    /// What is wrong there and what would be right.
    pub reason: String,
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.reason) } else { write!(f, "{}: {}", self.path, self.reason) }
    }
}

impl std::error::Error for PackFault {}

impl Pack {
    /// Reads a file: one pack for each credential it serves. Unknown fields are refused with their place. Whether it can
    /// be judged by is a question for [`Pack::check`].
    pub fn from_json(text: &str) -> Result<Vec<Self>, PackFault> {
        check::from_text(text).map(Self::named)
    }

    /// One pack for each credential.
    pub(crate) fn named(self) -> Vec<Self> {
        let names = self.credentials.clone();
        let pack_of =
            |name: CredentialName| Self { id: name.id, name: name.name, full_name: name.full_name, ..self.clone() };
        names.into_iter().map(pack_of).collect()
    }

    /// The class of an approver that the holder named: people write “AAMA” and “aama”.
    pub fn class(&self, approver: &Approver) -> &str {
        self.approvers
            .iter()
            .find(|class| approver.is(&class.id) || class.names.iter().any(|name| approver.is(name)))
            .map_or(OTHER, |class| &class.id)
    }

    /// The issuer as an approver, if `name` is one of its names.
    pub fn own(&self, name: &str) -> Option<Approver> {
        self.is_own(&Approver::new(name)).then(|| Approver::new(&*self.issuer.approver))
    }

    /// Whether an approver is the issuer, by whichever of its names.
    pub(crate) fn is_own(&self, approver: &Approver) -> bool {
        let issuer = [&self.issuer.approver, &self.issuer.short, &self.issuer.name];
        issuer.into_iter().any(|own| approver.is(own)) || self.class(approver) == self.issuer.approver
    }

    /// Whether a unit is printed only on what the issuer approved.
    pub fn is_own_unit(&self, unit: Unit) -> bool {
        let issuer = self.approvers.iter().find(|class| class.id == self.issuer.approver);
        issuer.is_some_and(|class| class.units.contains(&unit))
    }

    /// Every condition, on any way.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let paths = self.requirements.iter().flat_map(|requirement| match requirement {
            Requirement::AnyOf(any_of) => any_of.paths.as_slice(),
            _ => &[],
        });
        let all = self.requirements.iter().chain(paths.flat_map(|path| &path.requirements));
        all.filter_map(|requirement| match requirement {
            Requirement::Condition(rule) => Some(rule),
            _ => None,
        })
    }

    /// Whether any rule depends on whether a period is the first.
    pub(crate) fn tells_cycles_apart(&self) -> bool {
        let mut whens = (self.windows.iter().map(|rule| &rule.when))
            .chain(self.refuse.iter().map(|rule| &rule.when))
            .chain(self.convert.iter().map(|rule| &rule.when))
            .chain(self.limits.iter().map(|rule| &rule.when));
        let is_demanded = |requirement: &Requirement| match requirement {
            Requirement::Minimum(rule) => rule.when.cycle.is_some(),
            Requirement::Condition(rule) => rule.when.cycle.is_some(),
            Requirement::AnyOf(rule) => rule.when.cycle.is_some() || rule.paths.iter().any(|p| p.when.cycle.is_some()),
            Requirement::Advice(_) => false,
        };
        whens.any(|when| when.cycle.is_some()) || self.requirements.iter().any(is_demanded)
    }

    /// Whether it demands anything that is counted, on any way.
    pub(crate) fn asks_for_points(&self) -> bool {
        fn asks(requirement: &Requirement) -> bool {
            match requirement {
                Requirement::Minimum(minimum) => !minimum.advice,
                Requirement::AnyOf(any_of) => any_of.paths.iter().any(|path| path.requirements.iter().any(asks)),
                Requirement::Condition(_) | Requirement::Advice(_) => false,
            }
        }
        self.requirements.iter().any(asks)
    }

    /// A category's place in the pack's order.
    pub fn category_index(&self, id: &str) -> Option<usize> {
        self.categories.iter().position(|category| category.id == id)
    }

    /// A source as text: its title, and its address where it has one.
    pub fn source(&self, key: &str) -> String {
        match self.sources.get(key) {
            Some(Source { title, address: Some(address), .. }) => format!("{title}, {address}"),
            Some(Source { title, address: None, .. }) => title.clone(),
            None => key.to_owned(),
        }
    }
}

/// The packs at hand: those that come with Recert, and those of a record.
#[derive(Debug, Clone)]
pub struct Packs(Vec<Pack>);

/// Every file in `packs/`.
const SHIPPED: [&str; 16] = [
    include_str!("../packs/cma-aama.json"),
    include_str!("../packs/bls-aha.json"),
    include_str!("../packs/ccmaa-ccbma.json"),
    include_str!("../packs/cmac-amca.json"),
    include_str!("../packs/cpht-nha.json"),
    include_str!("../packs/cpht-ptcb.json"),
    include_str!("../packs/cpt-cdph.json"),
    include_str!("../packs/ma-c-doh-wa.json"),
    include_str!("../packs/ma-sd.json"),
    include_str!("../packs/ncma-ncct.json"),
    include_str!("../packs/ncma-ncmanow.json"),
    include_str!("../packs/nha.json"),
    include_str!("../packs/nhco.json"),
    include_str!("../packs/nhcwa.json"),
    include_str!("../packs/rma-amt.json"),
    include_str!("../packs/rma-arma.json"),
];

/// A pack with everything to fill in.
pub const TEMPLATE: &str = include_str!("../packs/template.json");

impl Packs {
    /// Those that come with Recert. Fails only if one of them is broken, which a test rules out.
    pub fn shipped() -> Result<Self, PackFault> {
        let packs = SHIPPED.into_iter().map(Pack::from_json).collect::<Result<Vec<_>, _>>()?;
        Ok(Self(packs.into_iter().flatten().collect()))
    }

    /// These alone.
    pub fn from_packs(packs: Vec<Pack>) -> Self {
        Self(packs)
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
