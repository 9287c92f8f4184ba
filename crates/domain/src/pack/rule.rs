//! The vocabulary of a pack. Fields that are absent do not restrict.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::credit::{Kind, ProofRole, Unit};
use crate::date::{month_end, month_start, shift_business_days, shift_days, shift_months, year_end, year_start};
use crate::evaluation::{Basis, Standing};
use crate::json::objects;
use crate::points::{Points, Ratio};
use crate::record::FactKind;

macro_rules! rule {
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$field_doc:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(remote = "Self", deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

        objects!($name);
    };
}

macro_rules! word {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }
    };
}

rule! {
    /// One credential that a pack's rules renew.
    pub struct CredentialName {
        /// Carries the issuer: `cma-aama`.
        pub id: String,
        /// As people write it, with the issuer: `CMA (AAMA)`.
        pub name: String,
        /// Spelled out.
        pub full_name: String,
    }
}

rule! {
    /// Who issues the credential.
    pub struct Issuer {
        /// In full.
        pub name: String,
        /// As people write it: `AAMA`.
        pub short: String,
        /// Its class as an approver: `aama`.
        pub approver: String,
        /// City or web site, so that nobody takes it for a namesake.
        #[serde(default)]
        pub place: Option<String>,
        /// How anybody, such as an employer, can check with it that somebody holds the credential.
        #[serde(default)]
        pub verify: Option<VerifyRule>,
    }
}

rule! {
    /// A way of checking that somebody holds a credential.
    pub struct VerifyRule {
        /// What to do and what it shows, as a sentence.
        pub words: String,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

rule! {
    /// Where a value comes from.
    pub struct Source {
        /// What the page is called.
        pub title: String,
        /// Where it stands; none for our own reading.
        #[serde(default)]
        pub address: Option<String>,
        /// The date the page itself shows.
        #[serde(default)]
        pub dated: Option<String>,
    }
}

rule! {
    /// What the issuer counts in, in words.
    pub struct CountsIn {
        /// `point`.
        pub one: String,
        /// `points`.
        pub many: String,
    }
}

impl Default for CountsIn {
    fn default() -> Self {
        Self { one: "point".to_owned(), many: "points".to_owned() }
    }
}

word! {
    /// Which date decides whether an edition holds.
    pub enum DecidedBy {
        /// The assumed day of application.
        #[default]
        Application,
        /// The day of the activity.
        Activity,
        /// The day of certification.
        Certification,
        /// The first day of the period.
        PeriodStart,
    }
}

rule! {
    /// A named edition of the rules.
    pub struct Edition {
        /// Unique within the pack: `2020-01`.
        pub id: String,
        /// What changed, in a few words.
        pub label: String,
        /// Which date decides.
        #[serde(default)]
        pub decided_by: DecidedBy,
        /// From this day.
        #[serde(default)]
        pub from: Option<NaiveDate>,
        /// To this day.
        #[serde(default)]
        pub to: Option<NaiveDate>,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

/// Days from one to another, both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Span {
    /// First day.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// Last day.
    #[serde(default)]
    pub to: Option<NaiveDate>,
}

impl Span {
    /// Whether the day lies in it.
    pub fn holds(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether every day of the other span lies in it.
    pub(crate) fn holds_all_of(self, other: Self) -> bool {
        self.from.is_none_or(|from| other.from.is_some_and(|other| from <= other))
            && self.to.is_none_or(|to| other.to.is_some_and(|other| other <= to))
    }
}

word! {
    /// First or later renewal.
    pub enum Cycle {
        /// The renewal after the certification itself.
        #[default]
        First,
        /// Any after that.
        Later,
    }
}

/// On what a rule depends; all that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct When {
    /// The assumed day of application lies here.
    #[serde(default)]
    pub applied: Option<Span>,
    /// The activity was completed here. Not for requirements, limits, periods and ways of applying.
    #[serde(default)]
    pub completed: Option<Span>,
    /// The first certification lies here.
    #[serde(default)]
    pub certified: Option<Span>,
    /// The latest recertification lies here.
    #[serde(default)]
    pub recertified: Option<Span>,
    /// The period's first day lies here.
    #[serde(default)]
    pub period_start: Option<Span>,
    /// The period's last day lies here.
    #[serde(default)]
    pub expiry: Option<Span>,
    /// One of these credentials of the pack.
    #[serde(default)]
    pub credentials: Vec<String>,
    /// First or later renewal.
    #[serde(default)]
    pub cycle: Option<Cycle>,
    /// Current, late or lapsed on the day of application.
    #[serde(default)]
    pub standing: Vec<Standing>,
    /// At least so many months after expiry.
    #[serde(default)]
    pub months_expired: Option<u32>,
}

impl When {
    /// Whether the day of an activity is one that the rule speaks of.
    pub(crate) fn holds_on(&self, completed: NaiveDate) -> bool {
        self.completed.is_none_or(|span| span.holds(completed))
    }
}

/// Which credits, or which of their points; all that is given must hold, of a list any.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Of {
    /// In these categories.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Approved by these classes; `other` is everybody else.
    #[serde(default)]
    pub approvers: Vec<String>,
    /// With one of these tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// With none of these tags.
    #[serde(default)]
    pub without_tags: Vec<String>,
    /// Of these kinds.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// In these units.
    #[serde(default)]
    pub units: Vec<Unit>,
    /// In these forms (`live`, `self_study`), as the certificate says, whatever the capitals.
    #[serde(default)]
    pub formats: Vec<String>,
    /// Completed in these windows.
    #[serde(default)]
    pub windows: Vec<String>,
    /// With formal credit, or expressly without. Unknown is neither.
    #[serde(default)]
    pub formal_credit: Option<bool>,
    /// The provider's number fits one of these; `*` stands for any letters and `?` for one.
    #[serde(default)]
    pub provider_numbers: Vec<String>,
    /// Cards and the like that are valid for fewer months than this. Where the days are not known, none is.
    #[serde(default)]
    pub valid_under: Option<u32>,
}

word! {
    /// What a moment is counted from.
    pub enum MomentOf {
        /// The first day of the period.
        #[default]
        PeriodStart,
        /// The last day of the period.
        Expiry,
        /// The assumed day of application.
        Application,
        /// The first certification.
        Certification,
        /// The renewal that began the period, where it is on file and lies before the period's first day.
        Renewal,
        /// The first day of a later period whose renewal is not on file.
        UnknownRenewal,
        /// The last day of late renewal, on the kindest reading.
        LateEnd,
    }
}

word! {
    /// Where a moment is moved to at last.
    pub enum Snap {
        /// The first day of its month.
        MonthStart,
        /// The last day of its month.
        #[default]
        MonthEnd,
        /// 1 January.
        YearStart,
        /// 31 December.
        YearEnd,
    }
}

/// A day: a fixed date, or so many years, months and days (in this order; negative is earlier) from an event.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Moment {
    /// A fixed date instead.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// Counted from.
    #[serde(default)]
    pub at: MomentOf,
    /// Years.
    #[serde(default)]
    pub years: i32,
    /// Months.
    #[serde(default)]
    pub months: i32,
    /// Days.
    #[serde(default)]
    pub days: i32,
    /// Then moved here.
    #[serde(default)]
    pub snap: Option<Snap>,
}

impl Moment {
    /// The day it means where its event was on this day. A later event never gives an earlier day.
    pub(crate) fn counted_from(self, event: NaiveDate) -> NaiveDate {
        let months = i64::from(self.years) * 12 + i64::from(self.months);
        let day = shift_days(shift_months(event, months), i64::from(self.days));
        match self.snap {
            None => day,
            Some(Snap::MonthStart) => month_start(day),
            Some(Snap::MonthEnd) => month_end(day),
            Some(Snap::YearStart) => year_start(day),
            Some(Snap::YearEnd) => year_end(day),
        }
    }
}

word! {
    /// What starts a period.
    pub enum Anchor {
        /// Certification, then each recertification.
        #[default]
        Certification,
        /// 1 January of every year.
        CalendarYear,
    }
}

word! {
    /// The last day of a period that lasts so many months from its anchor.
    pub enum PeriodEnd {
        /// The last day of the month it falls in.
        #[default]
        MonthEnd,
        /// The anniversary itself.
        SameDay,
        /// The day before the anniversary.
        DayBefore,
        /// 31 December of the year before the anniversary's.
        YearEnd,
    }
}

word! {
    /// From where the next period is counted.
    pub enum RenewsFrom {
        /// From the day of recertification; months left over are given up.
        #[default]
        Recertification,
        /// From the old expiry.
        Expiry,
    }
}

rule! {
    /// The months a renewal covers.
    pub struct PeriodRule {
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// Length.
        pub months: u32,
        /// What starts it.
        #[serde(default)]
        pub anchor: Anchor,
        /// Its last day. 29 February is 28 February in a common year.
        #[serde(default)]
        pub end: PeriodEnd,
        /// From where the next one is counted.
        #[serde(default)]
        pub renews_from: RenewsFrom,
        /// It starts no earlier than this birthday.
        #[serde(default)]
        pub from_age: Option<u32>,
        /// Expiries that the issuer moved.
        #[serde(default)]
        pub extensions: Vec<Extension>,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

rule! {
    /// Expiries between two days were moved to a later one.
    pub struct Extension {
        /// From this computed expiry
        pub from: NaiveDate,
        /// to this one
        pub to: NaiveDate,
        /// moved here.
        pub until: NaiveDate,
        /// Why.
        pub reason: String,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

word! {
    /// What holds where an issuer may be silent.
    pub enum Said {
        /// The issuer says yes.
        Yes,
        /// The issuer says no.
        No,
        /// The issuer does not say: two readings.
        #[default]
        Silent,
    }
}

rule! {
    /// How long renewal by points stays open after expiry.
    pub struct LateRule {
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// Its last day. Where official texts differ there are several: the earliest is safe, the latest possible. Empty
        /// where it stays open without end.
        pub until: Vec<Moment>,
        /// What leads back once it is closed, as a sentence.
        #[serde(default)]
        pub way_back: Option<String>,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

rule! {
    /// How long an issuer takes to answer, counted from the day of application: the days of both together.
    pub struct Takes {
        /// So many days.
        #[serde(default)]
        pub days: u32,
        /// So many days from Monday to Friday. Holidays are not known.
        #[serde(default)]
        pub business_days: u32,
    }
}

impl Takes {
    /// The day by which an answer comes to what is sent on this one.
    pub(crate) fn after(&self, sent: NaiveDate) -> NaiveDate {
        shift_business_days(shift_days(sent, i64::from(self.days)), i64::from(self.business_days))
    }

    /// The last day to send it so that the answer comes by this one.
    pub(crate) fn before(&self, answered: NaiveDate) -> NaiveDate {
        shift_business_days(shift_days(answered, -i64::from(self.days)), -i64::from(self.business_days))
    }
}

rule! {
    /// One way of applying.
    pub struct ApplyRule {
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// `online`, `mail`: unique within the pack.
        pub way: String,
        /// For people: “By mail”.
        pub label: String,
        /// The first day to apply.
        #[serde(default)]
        pub opens: Option<Moment>,
        /// The last day to apply: after it the way is closed.
        #[serde(default)]
        pub closes: Option<Moment>,
        /// The day by which the issuer asks to apply. Without it, the day is worked out from what the answer takes.
        #[serde(default)]
        pub by: Option<Moment>,
        /// How long an answer takes, at most.
        #[serde(default)]
        pub takes: Option<Takes>,
        /// Only where the issuer's own transcript shows every point that counts.
        #[serde(default)]
        pub needs_posted: bool,
        /// What follows after the day in `by`: a late fee.
        #[serde(default)]
        pub afterwards: Option<String>,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

rule! {
    /// Bodies whose approval means the same under these rules.
    pub struct ApproverClass {
        /// Unique within the pack: `aama`.
        pub id: String,
        /// Before “points”: “AAMA-approved”.
        pub label: String,
        /// Their names, as certificates print them.
        #[serde(default)]
        pub names: Vec<String>,
        /// Units that are printed only on what they approved, so that an approver need not be named.
        #[serde(default)]
        pub units: Vec<Unit>,
        /// What their unit means otherwise: provider numbers that show their approval.
        #[serde(default)]
        pub provider_numbers: Vec<String>,
    }
}

rule! {
    /// An exclusive category.
    pub struct Category {
        /// `clinical`.
        pub id: String,
        /// For people.
        pub label: String,
        /// What belongs there.
        #[serde(default)]
        pub topics: String,
        /// Points in it earn nothing: the share of a course outside the profession.
        #[serde(default)]
        pub worthless: bool,
    }
}

rule! {
    /// A topic that the rules speak of.
    pub struct Tag {
        /// `law`.
        pub id: String,
        /// For people.
        pub label: String,
        /// Provider numbers that show it; `*` stands for any letters and `?` for one.
        #[serde(default)]
        pub provider_numbers: Vec<String>,
    }
}

rule! {
    /// A unit for the form.
    pub struct UnitName {
        /// The unit.
        pub unit: Unit,
        /// For people, in the plural.
        pub label: String,
    }
}

rule! {
    /// When an activity must have been completed.
    pub struct WindowRule {
        /// Unique within the pack.
        pub id: String,
        /// For people: “in the three months before certification”.
        pub label: String,
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// For these credits.
        #[serde(default)]
        pub of: Of,
        /// First day.
        pub from: Moment,
        /// Last day.
        pub to: Moment,
        /// An activity that reaches beyond counts with the share of its days inside.
        #[serde(default)]
        pub prorate: bool,
        /// Whether it counts; silent is two readings.
        #[serde(default = "yes")]
        pub counts: Said,
        /// The question that settles it where the issuer is silent.
        #[serde(default)]
        pub question: Option<String>,
        /// It serves only these requirements, not the others.
        #[serde(default)]
        pub only_for: Vec<String>,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

fn yes() -> Said {
    Said::Yes
}

fn no() -> Said {
    Said::No
}

rule! {
    /// What is not accepted.
    pub struct RefuseRule {
        /// Unique within the pack; the code of the reason.
        pub id: String,
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// These credits
        pub of: Of,
        /// if the whole certificate is worth less than this; absent: always.
        #[serde(default)]
        pub under: Option<Points>,
        /// Whether they count all the same; silent is two readings.
        #[serde(default = "no")]
        pub counts: Said,
        /// The question that settles it where the issuer is silent.
        #[serde(default)]
        pub question: Option<String>,
        /// Why, as a sentence.
        pub words: String,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

/// What one printed unit is worth: known, or between two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged, deny_unknown_fields, expecting = "must be points as text, \"0.5\", or { \"low\": …, \"high\": … }")]
pub enum Rate {
    /// So many points: `15`, `0.5`, `1/3`.
    Known(Ratio),
    /// The issuer is silent, or the certificate is.
    Between(Rates),
}

/// The least and the most that one printed unit may be worth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Rates {
    /// On the strictest reading.
    pub low: Ratio,
    /// On the kindest reading.
    pub high: Ratio,
}

impl Rate {
    /// On the strictest reading.
    pub fn low(self) -> Ratio {
        match self {
            Self::Known(rate) | Self::Between(Rates { low: rate, .. }) => rate,
        }
    }

    /// On the kindest reading.
    pub fn high(self) -> Ratio {
        match self {
            Self::Known(rate) | Self::Between(Rates { high: rate, .. }) => rate,
        }
    }

    /// Whether the readings differ.
    pub fn is_open(self) -> bool {
        self.low() != self.high()
    }
}

rule! {
    /// An answer to a question about a rate.
    pub struct RateOption {
        /// In words: “10 contact hours”.
        pub answer: String,
        /// What the unit is then worth.
        pub points: Ratio,
    }
}

word! {
    /// Which way to round.
    pub enum Rounding {
        /// Never more than printed.
        #[default]
        Down,
        /// The nearer; a half goes up.
        Nearest,
        /// Never less than printed.
        Up,
    }
}

rule! {
    /// Where and how the issuer rounds.
    pub struct Round {
        /// To a multiple of this many points.
        pub to: Points,
        /// Which way.
        #[serde(default)]
        pub way: Rounding,
    }
}

rule! {
    /// What a printed amount is worth.
    pub struct ConvertRule {
        /// Unique within the pack.
        pub id: String,
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// For these credits.
        pub of: Of,
        /// Points for one printed unit.
        #[serde(default)]
        pub points: Option<Rate>,
        /// Points for the whole certificate, whatever the amount; instead of `points`.
        #[serde(default)]
        pub each: Option<Points>,
        /// No more than this for one certificate.
        #[serde(default)]
        pub at_most: Option<Points>,
        /// How the issuer rounds. Without it, points are kept to the hundredth, rounded down.
        #[serde(default)]
        pub round: Option<Round>,
        /// The category all of it falls into, whatever the split says.
        #[serde(default)]
        pub category: Option<String>,
        /// The class it counts as, whoever approved it.
        #[serde(default)]
        pub approver: Option<String>,
        /// The question that settles an open rate, or that she should ask although the rate is clear.
        #[serde(default)]
        pub question: Option<String>,
        /// The possible answers.
        #[serde(default)]
        pub options: Vec<RateOption>,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

rule! {
    /// Of one activity (title and provider) that was done again, one counts.
    pub struct RepeatRule {
        /// Unique within the pack; the code of the reason.
        pub id: String,
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// For these credits.
        #[serde(default)]
        pub of: Of,
        /// Within so many months of the one before; absent: ever.
        #[serde(default)]
        pub months: Option<u32>,
        /// Only among those that may count for one renewal: what was done before its period does not matter.
        #[serde(default)]
        pub in_period: bool,
        /// Whether it counts again all the same; silent is two readings.
        #[serde(default = "no")]
        pub counts: Said,
        /// The question that settles it where the issuer is silent.
        #[serde(default)]
        pub question: Option<String>,
        /// Why, as a sentence.
        pub words: String,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

word! {
    /// Over what a limit is counted.
    pub enum Per {
        /// The period.
        #[default]
        Period,
        /// Each year of the period, from its first day.
        Year,
        /// All that the record holds, earlier periods first.
        Lifetime,
    }
}

rule! {
    /// At most so much.
    pub struct LimitRule {
        /// Unique within the pack; the code of the reason.
        pub id: String,
        /// For people: “From other sources”.
        pub label: String,
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// Of these points; for a count, of these credits.
        pub of: Of,
        /// So many points.
        #[serde(default)]
        pub points: Option<Points>,
        /// So many credits.
        #[serde(default)]
        pub count: Option<u32>,
        /// So many hundredths of what the requirement `share_of` demands.
        #[serde(default)]
        pub percent: Option<u32>,
        /// The requirement that `percent` is a share of.
        #[serde(default)]
        pub share_of: Option<String>,
        /// Over what.
        #[serde(default)]
        pub per: Per,
        /// Why, as a sentence: “AAMA counts at most 30 points from other sources.”
        pub words: String,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

impl LimitRule {
    /// The months of each stretch that it is counted over, if it is not all of the period.
    pub(crate) fn stretch(&self) -> Option<u32> {
        (self.per == Per::Year).then_some(12)
    }
}

/// How much is demanded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "must be points as text, \"60\", or { \"per_missed_year\": …, \"at_least\": … }"
)]
pub enum Needed {
    /// So many points.
    Fixed(Points),
    /// So many for each year, begun or full, since the expiry; at least so many.
    PerMissedYear(MissedYears),
}

/// What each missed year demands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct MissedYears {
    /// For each year.
    pub per_missed_year: Points,
    /// At least.
    pub at_least: Points,
}

/// One thing that is demanded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(remote = "Self", tag = "kind", rename_all = "snake_case")]
pub enum Requirement {
    /// At least so many points.
    Minimum(Minimum),
    /// Something that must be true.
    Condition(Condition),
    /// One of several ways.
    AnyOf(AnyOf),
    /// Something to do; it never fails a verdict.
    Advice(Advice),
}

rule! {
    /// At least so many points.
    pub struct Minimum {
        /// Unique within the pack.
        pub id: String,
        /// For people.
        pub label: String,
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// How many.
        pub needed: Needed,
        /// Of which points.
        #[serde(default)]
        pub of: Of,
        /// In each stretch of so many months of the period, from its first day.
        #[serde(default)]
        pub each_months: Option<u32>,
        /// Recommended only; it never fails a verdict.
        #[serde(default)]
        pub advice: bool,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

rule! {
    /// Something that must be true: a fact of the record shows it.
    pub struct Condition {
        /// Unique within the pack.
        pub id: String,
        /// For people: “Current CPR card”.
        pub label: String,
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// A fact of this kind.
        pub fact: FactKind,
        /// With this tag.
        #[serde(default)]
        pub tag: Option<String>,
        /// Credits that serve as the fact too: a CPR card that earns points.
        #[serde(default)]
        pub credits: Option<Of>,
        /// Credentials of the record that serve as the fact too while they are current, by their ids; facts then say by their
        /// tag or title which of these they are.
        #[serde(default)]
        pub credentials: Vec<String>,
        /// The question that settles it where nothing is on file. Without it, what is not on file is not so.
        #[serde(default)]
        pub question: Option<String>,
        /// True on this day.
        #[serde(default)]
        pub on: Option<Moment>,
        /// Issued or begun on or after this day.
        #[serde(default)]
        pub from: Option<Moment>,
        /// Issued or begun on or before this day.
        #[serde(default)]
        pub to: Option<Moment>,
        /// Amounts of all such facts that overlap the span together reach this: hours worked.
        #[serde(default)]
        pub amount: Option<Points>,
        /// In each stretch of so many months of the period.
        #[serde(default)]
        pub each_months: Option<u32>,
        /// There must be no such fact.
        #[serde(default)]
        pub none: bool,
        /// What she must do, as a sentence: “Have a current CPR card on the day you apply.”
        pub words: String,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

rule! {
    /// One of several ways; the first that serves her best.
    pub struct AnyOf {
        /// Unique within the pack.
        pub id: String,
        /// For people.
        pub label: String,
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// The ways.
        pub paths: Vec<Path>,
    }
}

rule! {
    /// One way; all of it must hold.
    pub struct Path {
        /// Unique within the pack.
        pub id: String,
        /// For people: “10 hours and work”.
        pub label: String,
        /// Open only then.
        #[serde(default)]
        pub when: When,
        /// What it demands; no further alternatives.
        pub requirements: Vec<Requirement>,
    }
}

rule! {
    /// Something to do; it never fails a verdict: a fee, a form, a registration.
    pub struct Advice {
        /// Unique within the pack.
        pub id: String,
        /// For people.
        pub label: String,
        /// Holds only then.
        #[serde(default)]
        pub when: When,
        /// What to do, as a sentence.
        pub words: String,
        /// A fact of this kind shows that it is done.
        #[serde(default)]
        pub fact: Option<FactKind>,
        /// The day the amount in `words` was seen on the issuer's page.
        #[serde(default)]
        pub seen_on: Option<NaiveDate>,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

rule! {
    /// Which papers show a credit.
    pub struct EvidenceRule {
        /// For these credits.
        #[serde(default)]
        pub of: Of,
        /// Of each list one paper, in one of its roles.
        #[serde(default)]
        pub papers: Vec<Vec<ProofRole>>,
        /// The issuer's own transcript is enough where it shows the credit.
        #[serde(default)]
        pub posted: bool,
        /// The issuer's own transcript must show it: the issuer reviews every such credit.
        #[serde(default)]
        pub only_posted: bool,
        /// The issuer records it by itself: nothing is sent unless it is missing on the issuer's transcript.
        #[serde(default)]
        pub recorded: bool,
        /// Fields of the credit that must be filled in.
        #[serde(default)]
        pub fields: Vec<Field>,
        /// What is wanted, as a sentence.
        pub words: String,
        /// How well it is supported.
        pub basis: Basis,
        /// Key into the pack's sources.
        pub source: String,
    }
}

word! {
    /// A field that an issuer wants filled in.
    pub enum Field {
        /// Title.
        #[default]
        Title,
        /// Provider.
        Provider,
        /// Provider's number.
        ProviderNumber,
        /// Date.
        CompletedOn,
        /// Amount and unit.
        Amount,
        /// What the course was about; a course description in the papers serves too.
        Description,
        /// Format.
        Format,
    }
}

word! {
    /// Whether part of an activity may count where a limit bites.
    pub enum Parts {
        /// The issuer says so.
        Counted,
        /// An activity counts as a whole or not at all.
        Whole,
        /// The issuer does not say; parts are counted, and it is said where that decides.
        #[default]
        Silent,
    }
}

rule! {
    /// What the issuer is silent about.
    pub struct OpenQuestion {
        /// Unique within the pack.
        pub id: String,
        /// The question, ready to send.
        pub text: String,
    }
}

objects!(Span, When, Of, Moment, Rates, MissedYears, Requirement);
