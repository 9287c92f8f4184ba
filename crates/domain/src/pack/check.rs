//! What makes a pack one that cannot be judged by: every fault, with its place and with what would be right.
//!
//! No rule can wait for its own answer. `share_of` names a minimum whose number stands there; `only_for` names minimums,
//! which name no limit. What would come full circle is refused: a window that asks for windows, a last day of late
//! renewal counted from itself, and a period that depends on its own dates.

mod agree;
mod reach;
mod read;
#[cfg(test)]
pub(super) mod tests;

use std::collections::BTreeSet;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::{
    AnyOf, ApplyRule, Condition, ConvertRule, EvidenceRule, LateRule, LimitRule, Minimum, MissedYears, Moment,
    MomentOf, Needed, OTHER, Of, Pack, PackFault, PeriodRule, Requirement, SCHEMA, Said, Span, When, WindowRule,
};
use crate::credit::Approver;
use crate::date::YEARS;
use crate::evaluation::UNASSIGNED;
use crate::points::{Points, Ratio};
pub(super) use read::{from_text, from_value};

/// In letters.
const LONGEST_ID: usize = 64;
/// In letters.
const LONGEST_TEXT: usize = 2_000;
/// Far above any issuer's number, far below what would overflow.
const MOST_POINTS: Points = Points::from_hundredths(100_000 * 100);
/// Points for one printed unit.
const MOST_RATE: i64 = 10_000;
/// Of a period.
const MOST_MONTHS: u32 = 600;
/// Between a day and the one it is counted from.
const MOST_YEARS: u32 = 100;
/// That a period is cut into.
const MOST_STRETCHES: u32 = 20;
/// In one list of names.
const MOST_NAMES: usize = 100;

/// What a `when` may not ask where nobody knows it yet.
const BARRED_FOR_PERIODS: &[&str] = &["completed", "period_start", "expiry", "standing", "months_expired"];
const BARRED_FOR_LATE: &[&str] = &["completed", "standing", "months_expired"];
/// Only a rule about single activities knows when one was completed.
const BARRED: &[&str] = &["completed"];

impl Pack {
    /// Reads a file like [`Pack::from_json`] and refuses what cannot be judged by, with every fault.
    pub fn check(text: &str) -> Result<Vec<Self>, Vec<PackFault>> {
        sound(from_text(text))
    }

    /// The same of JSON that is read already.
    pub(super) fn check_value(value: &Value) -> Result<Vec<Self>, Vec<PackFault>> {
        sound(read::is_short(value.to_string().len()).and_then(|()| from_value(value)))
    }

    /// Everything that keeps a pack from being judged by, in the order of the file. What is too much comes last; whether
    /// rules can never be reached or contradict each other is asked only if there is nothing else.
    pub fn faults(&self) -> Vec<PackFault> {
        if let Some(fault) = agree::too_long(self) {
            return vec![fault];
        }
        let mut check = Check::new(self);
        check.head();
        check.dates();
        check.names();
        check.activities();
        check.requirements("requirements", &self.requirements, false);
        check.papers();
        check.faults.extend(agree::too_many(self));
        if check.faults.is_empty() {
            check.faults = reach::unreached(self);
            check.faults.extend(agree::contradictions(self));
        }
        check.faults
    }
}

fn sound(pack: Result<Pack, PackFault>) -> Result<Vec<Pack>, Vec<PackFault>> {
    let pack = pack.map_err(|fault| vec![fault])?;
    let faults = pack.faults();
    if faults.is_empty() { Ok(pack.named()) } else { Err(faults) }
}

/// Each element of a list with its place.
fn places<'t, T>(list: &str, items: &'t [T]) -> impl Iterator<Item = (String, &'t T)> {
    items.iter().enumerate().map(move |(index, item)| (format!("{list}[{index}]"), item))
}

/// What a pack calls something, cut to what fits into a reason.
fn cut(name: &str) -> String {
    name.chars().take(LONGEST_ID).collect()
}

/// Every minimum, also those on a path.
fn minimums(requirements: &[Requirement]) -> Vec<&Minimum> {
    let each = requirements.iter().flat_map(|requirement| match requirement {
        Requirement::Minimum(minimum) => vec![minimum],
        Requirement::AnyOf(any_of) => any_of.paths.iter().flat_map(|path| minimums(&path.requirements)).collect(),
        Requirement::Condition(_) | Requirement::Advice(_) => Vec::new(),
    });
    each.collect()
}

/// The names that rules may use.
struct Names<'a> {
    sources: Vec<&'a str>,
    credentials: Vec<&'a str>,
    /// Everybody else comes last.
    approvers: Vec<&'a str>,
    categories: Vec<&'a str>,
    tags: Vec<&'a str>,
    windows: Vec<&'a str>,
    minimums: Vec<&'a str>,
}

/// Which of them.
type Kind<'a> = for<'n> fn(&'n Names<'a>) -> &'n [&'a str];

/// The ids of one list so far.
type Seen<'a> = BTreeSet<&'a str>;

struct Check<'a> {
    pack: &'a Pack,
    names: Names<'a>,
    /// Over the whole tree.
    requirements: Seen<'a>,
    /// Over the whole tree.
    paths: Seen<'a>,
    faults: Vec<PackFault>,
}

impl<'a> Check<'a> {
    fn new(pack: &'a Pack) -> Self {
        let names = Names {
            sources: pack.sources.keys().map(String::as_str).collect(),
            credentials: pack.credentials.iter().map(|credential| &*credential.id).collect(),
            approvers: pack.approvers.iter().map(|class| &*class.id).chain([OTHER]).collect(),
            categories: pack.categories.iter().map(|category| &*category.id).collect(),
            tags: pack.tags.iter().map(|tag| &*tag.id).collect(),
            windows: pack.windows.iter().map(|window| &*window.id).collect(),
            minimums: minimums(&pack.requirements).into_iter().map(|minimum| &*minimum.id).collect(),
        };
        Self { pack, names, requirements: Seen::new(), paths: Seen::new(), faults: Vec::new() }
    }

    // The file from top to bottom.

    fn head(&mut self) {
        let pack = self.pack;
        if pack.schema != SCHEMA {
            self.fault("schema", read::other_schema(&pack.schema));
        }
        self.text("version", &pack.version);
        self.day("verified_on", pack.verified_on);
        self.text_if("draft", pack.draft.as_deref());
        self.demand(!pack.credentials.is_empty(), "credentials", "is empty; name what these rules renew");
        let mut seen = Seen::new();
        for (at, credential) in places("credentials", &pack.credentials) {
            let path = format!("{at}.id");
            self.id(&path, &credential.id, &mut seen);
            let issuer = credential.id.split_once('-').filter(|(name, issuer)| !name.is_empty() && !issuer.is_empty());
            let reason = "must carry the issuer after a hyphen, because initials are not unique: cma-aama";
            self.demand(issuer.is_some(), path, reason);
            self.text(format_args!("{at}.name"), &credential.name);
            self.text(format_args!("{at}.full_name"), &credential.full_name);
        }
        self.text("issuer.name", &pack.issuer.name);
        self.text("issuer.short", &pack.issuer.short);
        if !pack.approvers.is_empty() {
            let is_class = pack.approvers.iter().any(|class| class.id == pack.issuer.approver);
            self.demand(is_class, "issuer.approver", "is not one of `approvers`; add the issuer, first of them");
        }
        self.text_if("issuer.place", pack.issuer.place.as_deref());
        if let Some(verify) = &pack.issuer.verify {
            self.text("issuer.verify.words", &verify.words);
            self.source("issuer.verify", &verify.source);
        }
        for (key, source) in &pack.sources {
            let at = format!("sources.{key}");
            self.id(&at, key, &mut Seen::new());
            self.text(format_args!("{at}.title"), &source.title);
            self.text_if(format_args!("{at}.address"), source.address.as_deref());
            self.text_if(format_args!("{at}.dated"), source.dated.as_deref());
        }
        self.text("counts_in.one", &pack.counts_in.one);
        self.text("counts_in.many", &pack.counts_in.many);
    }

    fn dates(&mut self) {
        let pack = self.pack;
        let mut seen = Seen::new();
        for (at, edition) in places("editions", &pack.editions) {
            self.id(format!("{at}.id"), &edition.id, &mut seen);
            self.text(format_args!("{at}.label"), &edition.label);
            self.span(&at, Span { from: edition.from, to: edition.to });
            self.source(&at, &edition.source);
        }
        for (at, rule) in places("period", &pack.period) {
            self.period(&at, rule);
        }
        let lacks_period = |credential: &&&str| !pack.period.iter().any(|rule| agree::always(&rule.when, credential));
        if let Some(credential) = self.names.credentials.iter().find(lacks_period).map(|credential| cut(credential)) {
            let reason = "no rule holds always; let the last one hold without `when`";
            self.fault("period", format_args!("for {credential} {reason}"));
        }
        for (at, rule) in places("late", &pack.late) {
            self.late(&at, rule);
        }
        let mut seen = Seen::new();
        for (at, rule) in places("apply", &pack.apply) {
            self.id(format!("{at}.way"), &rule.way, &mut seen);
            self.apply(&at, rule);
        }
    }

    fn period(&mut self, at: &str, rule: &PeriodRule) {
        self.when(at, &rule.when, BARRED_FOR_PERIODS);
        let is_length = (1..=MOST_MONTHS).contains(&rule.months);
        self.demand(is_length, format_args!("{at}.months"), format_args!("must be from 1 to {MOST_MONTHS}"));
        let is_age = rule.from_age.is_none_or(|age| age <= MOST_YEARS);
        self.demand(is_age, format_args!("{at}.from_age"), format_args!("must be at most {MOST_YEARS}"));
        for (at, extension) in places(&format!("{at}.extensions"), &rule.extensions) {
            self.span(&at, Span { from: Some(extension.from), to: Some(extension.to) });
            self.day(format_args!("{at}.until"), Some(extension.until));
            let reason = "is before the last expiry that it moves; give a later day";
            self.demand(extension.until >= extension.to, format_args!("{at}.until"), reason);
            self.text(format_args!("{at}.reason"), &extension.reason);
            self.source(&at, &extension.source);
        }
        self.source(at, &rule.source);
    }

    fn late(&mut self, at: &str, rule: &LateRule) {
        self.when(at, &rule.when, BARRED_FOR_LATE);
        for (at, moment) in places(&format!("{at}.until"), &rule.until) {
            self.moment(&at, moment);
            let reason = "counts the end of late renewal from itself; count from another day";
            self.demand(moment.at != MomentOf::LateEnd, format_args!("{at}.at"), reason);
        }
        self.text_if(format_args!("{at}.way_back"), rule.way_back.as_deref());
        self.source(at, &rule.source);
    }

    fn apply(&mut self, at: &str, rule: &ApplyRule) {
        self.when(at, &rule.when, BARRED);
        self.text(format_args!("{at}.label"), &rule.label);
        for (name, moment) in [("opens", &rule.opens), ("closes", &rule.closes), ("by", &rule.by)] {
            if let Some(moment) = moment {
                self.moment(&format!("{at}.{name}"), moment);
            }
        }
        let is_told = rule.closes.is_some() || rule.by.is_some() || rule.takes.is_some();
        self.demand(is_told, at, "wants the last day, the day to apply by, or how long an answer takes");
        self.text_if(format_args!("{at}.afterwards"), rule.afterwards.as_deref());
        self.source(at, &rule.source);
    }

    fn names(&mut self) {
        let pack = self.pack;
        let (mut seen, mut labels) = (Seen::new(), BTreeSet::new());
        for (at, class) in places("approvers", &pack.approvers) {
            let path = format!("{at}.id");
            self.id(&path, &class.id, &mut seen);
            let is_free = ![OTHER, Approver::UNSURE, "any"].contains(&&*class.id);
            self.demand(is_free, path, "has a meaning of its own; choose another");
            self.label(format_args!("{at}.label"), &class.label, &mut labels);
            self.texts(&format!("{at}.names"), &class.names);
            self.once(&format!("{at}.units"), &class.units);
            self.texts(&format!("{at}.provider_numbers"), &class.provider_numbers);
        }
        let (mut seen, mut labels) = (Seen::new(), BTreeSet::new());
        for (at, category) in places("categories", &pack.categories) {
            let path = format!("{at}.id");
            self.id(&path, &category.id, &mut seen);
            self.demand(category.id != UNASSIGNED, path, "has a meaning of its own; choose another");
            self.label(format_args!("{at}.label"), &category.label, &mut labels);
            self.not_long(format_args!("{at}.topics"), &category.topics);
        }
        let (mut seen, mut labels) = (Seen::new(), BTreeSet::new());
        for (at, tag) in places("tags", &pack.tags) {
            self.id(format!("{at}.id"), &tag.id, &mut seen);
            self.label(format_args!("{at}.label"), &tag.label, &mut labels);
            self.texts(&format!("{at}.provider_numbers"), &tag.provider_numbers);
        }
        let (mut seen, mut labels) = (BTreeSet::new(), BTreeSet::new());
        for (at, name) in places("units", &pack.units) {
            self.demand(seen.insert(name.unit), format_args!("{at}.unit"), "occurs twice; keep one");
            let speaks = |of: &Of| of.units.contains(&name.unit);
            let is_told = pack.convert.iter().any(|rule| rule.of.units.is_empty() || speaks(&rule.of))
                || pack.refuse.iter().any(|rule| speaks(&rule.of));
            let reason = "is offered, but no rule says what it is worth; add it to `convert`, or to `refuse`";
            self.demand(is_told, format_args!("{at}.unit"), reason);
            self.label(format_args!("{at}.label"), &name.label, &mut labels);
        }
    }

    fn activities(&mut self) {
        let pack = self.pack;
        let mut seen = Seen::new();
        for (at, rule) in places("windows", &pack.windows) {
            self.id(format!("{at}.id"), &rule.id, &mut seen);
            self.window(&at, rule);
        }
        let mut seen = Seen::new();
        for (at, rule) in places("refuse", &pack.refuse) {
            self.id(format!("{at}.id"), &rule.id, &mut seen);
            self.when(&at, &rule.when, &[]);
            self.of_credits(&format!("{at}.of"), &rule.of);
            self.some_points(format_args!("{at}.under"), rule.under);
            self.said(&at, rule.counts, rule.question.as_deref());
            self.text(format_args!("{at}.words"), &rule.words);
            self.source(&at, &rule.source);
        }
        let mut seen = Seen::new();
        for (at, rule) in places("convert", &pack.convert) {
            self.id(format!("{at}.id"), &rule.id, &mut seen);
            self.convert(&at, rule);
        }
        let mut seen = Seen::new();
        for (at, rule) in places("repeats", &pack.repeats) {
            self.id(format!("{at}.id"), &rule.id, &mut seen);
            self.when(&at, &rule.when, &[]);
            self.of_credits(&format!("{at}.of"), &rule.of);
            let most = 12 * MOST_YEARS;
            let is_span = rule.months.is_none_or(|months| (1..=most).contains(&months));
            self.demand(is_span, format_args!("{at}.months"), format_args!("must be from 1 to {most}"));
            self.said(&at, rule.counts, rule.question.as_deref());
            self.text(format_args!("{at}.words"), &rule.words);
            self.source(&at, &rule.source);
        }
        let mut seen = Seen::new();
        for (at, rule) in places("limits", &pack.limits) {
            self.id(format!("{at}.id"), &rule.id, &mut seen);
            self.limit(&at, rule);
        }
    }

    /// What is not accepted for certain, or perhaps.
    fn said(&mut self, at: &str, counts: Said, question: Option<&str>) {
        let reason = "accepts what the rule refuses; leave the rule out";
        self.demand(counts != Said::Yes, format_args!("{at}.counts"), reason);
        self.asked(at, counts, question);
    }

    fn asked(&mut self, at: &str, counts: Said, question: Option<&str>) {
        let reason = "is missing; the issuer is silent, so write the question to ask";
        self.demand(counts != Said::Silent || question.is_some(), format_args!("{at}.question"), reason);
        self.text_if(format_args!("{at}.question"), question);
    }

    fn window(&mut self, at: &str, rule: &WindowRule) {
        self.text(format_args!("{at}.label"), &rule.label);
        self.when(at, &rule.when, &[]);
        self.of_credits(&format!("{at}.of"), &rule.of);
        let reason = "a window cannot ask for windows; leave it out";
        self.demand(rule.of.windows.is_empty(), format_args!("{at}.of.windows"), reason);
        self.moments(at, Some(&rule.from), Some(&rule.to));
        self.asked(at, rule.counts, rule.question.as_deref());
        self.named(&format!("{at}.only_for"), &rule.only_for, "minimum", |names| &names.minimums);
        self.source(at, &rule.source);
    }

    fn convert(&mut self, at: &str, rule: &ConvertRule) {
        self.when(at, &rule.when, &[]);
        self.of_credits(&format!("{at}.of"), &rule.of);
        let reason = "say either `points` for each printed unit or `each` for the whole certificate";
        self.demand(rule.points.is_some() != rule.each.is_some(), at, reason);
        self.rate(at, rule);
        self.some_points(format_args!("{at}.each"), rule.each);
        self.some_points(format_args!("{at}.at_most"), rule.at_most);
        self.some_points(format_args!("{at}.round.to"), rule.round.as_ref().map(|round| round.to));
        if let Some(category) = &rule.category {
            self.known(format_args!("{at}.category"), category, "category", |names| &names.categories);
        }
        if let Some(class) = &rule.approver {
            self.known(format_args!("{at}.approver"), class, "class of approvers", |names| &names.approvers);
        }
        self.text_if(format_args!("{at}.question"), rule.question.as_deref());
        self.source(at, &rule.source);
    }

    fn rate(&mut self, at: &str, rule: &ConvertRule) {
        let Some(rate) = rule.points else {
            self.demand(rule.options.is_empty(), format_args!("{at}.options"), "answer for `points`; leave them out");
            return;
        };
        let (low, high) = (rate.low(), rate.high());
        let path = format!("{at}.points");
        self.demand(low <= high, &path, format_args!("the low rate {low} is above the high one, {high}"));
        let is_nought = [low, high].into_iter().all(|rate| Ratio::new(0, 1) == Some(rate));
        self.demand(!is_nought, &path, "is nought; what earns nothing belongs in `refuse`");
        let is_small = Ratio::new(MOST_RATE, 1).is_some_and(|most| low.max(high) <= most);
        self.demand(is_small, &path, format_args!("must be at most {MOST_RATE}"));
        let reason = "is missing; the rate is open, so write the question that settles it";
        self.demand(!rate.is_open() || rule.question.is_some(), format_args!("{at}.question"), reason);
        for (at, option) in places(&format!("{at}.options"), &rule.options) {
            self.text(format_args!("{at}.answer"), &option.answer);
            let is_possible = low <= option.points && option.points <= high;
            let reason = format_args!("must lie in the range of the rate, from {low} to {high}");
            self.demand(is_possible, format_args!("{at}.points"), reason);
        }
    }

    fn limit(&mut self, at: &str, rule: &LimitRule) {
        self.text(format_args!("{at}.label"), &rule.label);
        self.when(at, &rule.when, BARRED);
        let of = format!("{at}.of");
        if rule.count.is_some() {
            self.of_credits(&of, &rule.of);
        } else {
            self.of(&of, &rule.of);
        }
        let given = [rule.points.is_some(), rule.count.is_some(), rule.percent.is_some()];
        let is_one = given.into_iter().filter(|given| *given).count() == 1;
        self.demand(is_one, at, "say exactly one of `points`, `count` and `percent`");
        self.points(format_args!("{at}.points"), rule.points.unwrap_or_default());
        let reason = "is nought; what never counts belongs in `refuse`";
        self.demand(rule.count != Some(0), format_args!("{at}.count"), reason);
        let is_share = rule.percent.is_none_or(|percent| (1..=100).contains(&percent));
        self.demand(is_share, format_args!("{at}.percent"), "must be from 1 to 100");
        self.share_of(format_args!("{at}.share_of"), rule);
        self.text(format_args!("{at}.words"), &rule.words);
        self.source(at, &rule.source);
    }

    fn share_of(&mut self, path: impl fmt::Display, rule: &LimitRule) {
        let Some(name) = &rule.share_of else {
            self.demand(rule.percent.is_none(), path, "is missing; name the minimum that `percent` is a share of");
            return;
        };
        self.demand(rule.percent.is_some(), &path, "goes only with `percent`; leave it out");
        self.known(&path, name, "minimum", |names| &names.minimums);
        let share = minimums(&self.pack.requirements).into_iter().find(|minimum| minimum.id == *name);
        let is_fixed = share.is_none_or(|minimum| matches!(minimum.needed, Needed::Fixed(_)));
        self.demand(is_fixed, &path, "depends on the years missed; name a minimum of a fixed number");
        let reason = "does not hold whenever this limit does; give the limit the same `when`";
        self.demand(share.is_none() || agree::applies_with(self.pack, name, rule), &path, reason);
    }

    fn requirements(&mut self, list: &str, requirements: &'a [Requirement], is_on_path: bool) {
        for (at, requirement) in places(list, requirements) {
            match requirement {
                Requirement::Minimum(rule) => self.minimum(&at, rule),
                Requirement::Condition(rule) => self.condition(&at, rule),
                Requirement::AnyOf(rule) => {
                    let reason = "a path has no further alternatives; make each of them a path of its own";
                    self.demand(!is_on_path, &at, reason);
                    self.any_of(&at, rule);
                }
                Requirement::Advice(rule) => {
                    self.requirement(&at, &rule.id, &rule.label, &rule.when);
                    self.text(format_args!("{at}.words"), &rule.words);
                    self.day(format_args!("{at}.seen_on"), rule.seen_on);
                    self.source(&at, &rule.source);
                }
            }
        }
    }

    fn requirement(&mut self, at: &str, id: &'a str, label: &str, when: &When) {
        let mut seen = std::mem::take(&mut self.requirements);
        self.id(format!("{at}.id"), id, &mut seen);
        self.requirements = seen;
        self.text(format_args!("{at}.label"), label);
        self.when(at, when, BARRED);
    }

    fn minimum(&mut self, at: &str, rule: &'a Minimum) {
        self.requirement(at, &rule.id, &rule.label, &rule.when);
        match rule.needed {
            Needed::Fixed(points) => self.some_points(format_args!("{at}.needed"), Some(points)),
            Needed::PerMissedYear(MissedYears { per_missed_year, at_least }) => {
                self.some_points(format_args!("{at}.needed.per_missed_year"), Some(per_missed_year));
                self.points(format_args!("{at}.needed.at_least"), at_least);
            }
        }
        self.of(&format!("{at}.of"), &rule.of);
        let is_worthless = |id: &String| self.pack.categories.iter().any(|known| known.id == *id && known.worthless);
        let can_be_filled = rule.of.categories.is_empty() || !rule.of.categories.iter().all(is_worthless);
        let reason = "names only categories whose points earn nothing; name one that earns points";
        self.demand(can_be_filled, format_args!("{at}.of.categories"), reason);
        self.stretches(at, rule.each_months);
        self.source(at, &rule.source);
    }

    fn condition(&mut self, at: &str, rule: &'a Condition) {
        self.requirement(at, &rule.id, &rule.label, &rule.when);
        self.text_if(format_args!("{at}.tag"), rule.tag.as_deref());
        if let Some(credits) = &rule.credits {
            self.of_credits(&format!("{at}.credits"), credits);
        }
        self.texts(&format!("{at}.credentials"), &rule.credentials);
        self.text_if(format_args!("{at}.question"), rule.question.as_deref());
        if let Some(on) = &rule.on {
            self.moment(&format!("{at}.on"), on);
        }
        self.moments(at, rule.from.as_ref(), rule.to.as_ref());
        self.some_points(format_args!("{at}.amount"), rule.amount);
        self.stretches(at, rule.each_months);
        self.text(format_args!("{at}.words"), &rule.words);
        self.source(at, &rule.source);
    }

    fn any_of(&mut self, at: &str, rule: &'a AnyOf) {
        self.requirement(at, &rule.id, &rule.label, &rule.when);
        let reason = "must be two or more; what is the only way needs no `any_of`";
        self.demand(rule.paths.len() > 1, format_args!("{at}.paths"), reason);
        for (at, path) in places(&format!("{at}.paths"), &rule.paths) {
            let mut seen = std::mem::take(&mut self.paths);
            self.id(format!("{at}.id"), &path.id, &mut seen);
            self.paths = seen;
            self.text(format_args!("{at}.label"), &path.label);
            self.when(&at, &path.when, BARRED);
            let list = format!("{at}.requirements");
            self.demand(!path.requirements.is_empty(), &list, "is empty; say what the path demands");
            self.requirements(&list, &path.requirements, true);
        }
    }

    fn papers(&mut self) {
        let pack = self.pack;
        for (at, rule) in places("evidence", &pack.evidence) {
            self.evidence(&at, rule);
        }
        let mut seen = Seen::new();
        for (at, id) in places("not_shared_with", &pack.not_shared_with) {
            self.id(at, id, &mut seen);
        }
        let mut seen = Seen::new();
        self.text_if("while_expired", pack.while_expired.as_deref());
        for (at, question) in places("open_questions", &pack.open_questions) {
            self.id(format!("{at}.id"), &question.id, &mut seen);
            self.text(format_args!("{at}.text"), &question.text);
        }
    }

    fn evidence(&mut self, at: &str, rule: &EvidenceRule) {
        self.of_credits(&format!("{at}.of"), &rule.of);
        for (at, roles) in places(&format!("{at}.papers"), &rule.papers) {
            self.demand(!roles.is_empty(), at, "is empty; name the papers of which one will do");
        }
        self.text(format_args!("{at}.words"), &rule.words);
        self.source(at, &rule.source);
    }

    // What rules have in common.

    fn fault(&mut self, path: impl fmt::Display, reason: impl fmt::Display) {
        self.faults.push(PackFault { path: path.to_string(), reason: reason.to_string() });
    }

    fn demand(&mut self, holds: bool, path: impl fmt::Display, reason: impl fmt::Display) {
        if !holds {
            self.fault(path, reason);
        }
    }

    /// Neither dots nor brackets, because overrides address by `list.id.field`.
    fn id(&mut self, path: impl fmt::Display, id: &'a str, seen: &mut Seen<'a>) {
        let is_plain = id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
        if id.is_empty() || id.len() > LONGEST_ID || !is_plain {
            let letters = "each of them a to z, 0 to 9, _ or -";
            self.fault(&path, format_args!("must have 1 to {LONGEST_ID} characters, {letters}"));
        }
        if !seen.insert(id) {
            self.fault(path, format_args!("“{}” occurs twice; choose another", cut(id)));
        }
    }

    /// What people tell it from its like by, and answer with.
    fn label(&mut self, path: impl fmt::Display, label: &str, seen: &mut BTreeSet<String>) {
        self.text(&path, label);
        self.demand(
            seen.insert(label.to_lowercase()),
            path,
            "is called like another; people could not tell them apart",
        );
    }

    fn text(&mut self, path: impl fmt::Display, text: &str) {
        self.demand(!text.trim().is_empty(), &path, "is empty; people read it");
        self.not_long(path, text);
    }

    fn text_if(&mut self, path: impl fmt::Display, text: Option<&str>) {
        if let Some(text) = text {
            self.text(path, text);
        }
    }

    fn texts(&mut self, list: &str, texts: &[String]) {
        self.once(list, texts);
        for (at, text) in places(list, texts) {
            self.text(at, text);
        }
    }

    fn not_long(&mut self, path: impl fmt::Display, text: &str) {
        let letters = text.chars().count();
        let reason = format_args!("has {letters} characters; shorten it to {LONGEST_TEXT}");
        self.demand(letters <= LONGEST_TEXT, path, reason);
    }

    fn once<T: Ord>(&mut self, list: &str, items: &[T]) {
        let is_short = items.len() <= MOST_NAMES;
        self.demand(is_short, list, format_args!("names {}; at most {MOST_NAMES} can be judged by", items.len()));
        let mut seen = BTreeSet::new();
        for (at, item) in places(list, items) {
            self.demand(seen.insert(item), at, "occurs twice; keep one");
        }
    }

    fn known(&mut self, path: impl fmt::Display, name: &str, what: &str, of: Kind<'a>) {
        let known = of(&self.names);
        if !known.contains(&name) {
            let few: Vec<String> = known.iter().take(12).map(|name| cut(name)).collect();
            let name = cut(name);
            if few.is_empty() {
                self.fault(path, format_args!("the pack has no {what} “{name}”, nor any other"));
            } else {
                self.fault(path, format_args!("the pack has no {what} “{name}”; of these it has: {}", few.join(", ")));
            }
        }
    }

    fn source(&mut self, at: &str, source: &str) {
        self.known(format_args!("{at}.source"), source, "source", |names| &names.sources);
    }

    fn when(&mut self, at: &str, when: &When, barred: &[&str]) {
        let asks = [
            ("completed", when.completed.is_some()),
            ("period_start", when.period_start.is_some()),
            ("expiry", when.expiry.is_some()),
            ("standing", !when.standing.is_empty()),
            ("months_expired", when.months_expired.is_some()),
        ];
        for (name, asks) in asks {
            let reason = "is not known where this rule is chosen; leave it out";
            self.demand(!asks || !barred.contains(&name), format_args!("{at}.when.{name}"), reason);
        }
        let spans = [
            ("applied", when.applied),
            ("completed", when.completed),
            ("certified", when.certified),
            ("recertified", when.recertified),
            ("period_start", when.period_start),
            ("expiry", when.expiry),
        ];
        for (name, span) in spans {
            self.span(&format!("{at}.when.{name}"), span.unwrap_or_default());
        }
        self.named(&format!("{at}.when.credentials"), &when.credentials, "credential", |names| &names.credentials);
        let most = 12 * MOST_YEARS;
        let is_span = when.months_expired.is_none_or(|months| months <= most);
        self.demand(is_span, format_args!("{at}.when.months_expired"), format_args!("must be at most {most}"));
    }

    fn of(&mut self, path: &str, of: &Of) {
        self.named(&format!("{path}.categories"), &of.categories, "category", |names| &names.categories);
        self.named(&format!("{path}.approvers"), &of.approvers, "class of approvers", |names| &names.approvers);
        self.named(&format!("{path}.tags"), &of.tags, "tag", |names| &names.tags);
        self.named(&format!("{path}.without_tags"), &of.without_tags, "tag", |names| &names.tags);
        self.once(&format!("{path}.kinds"), &of.kinds);
        self.once(&format!("{path}.units"), &of.units);
        self.texts(&format!("{path}.formats"), &of.formats);
        self.named(&format!("{path}.windows"), &of.windows, "window", |names| &names.windows);
        self.texts(&format!("{path}.provider_numbers"), &of.provider_numbers);
    }

    /// Categories are given to points, later than a rule about whole credits is chosen.
    fn of_credits(&mut self, path: &str, of: &Of) {
        let reason = "only minimums and limits on points can ask for categories; leave it out";
        self.demand(of.categories.is_empty(), format_args!("{path}.categories"), reason);
        self.of(path, of);
    }

    fn named(&mut self, list: &str, listed: &[String], what: &str, of: Kind<'a>) {
        self.once(list, listed);
        for (at, name) in places(list, listed) {
            self.known(at, name, what, of);
        }
    }

    fn points(&mut self, path: impl fmt::Display, points: Points) {
        self.demand(points <= MOST_POINTS, path, format_args!("must be at most {MOST_POINTS}"));
    }

    fn some_points(&mut self, path: impl fmt::Display, points: Option<Points>) {
        if let Some(points) = points {
            self.demand(points > Points::ZERO, &path, "must be more than nought");
            self.points(path, points);
        }
    }

    fn stretches(&mut self, at: &str, months: Option<u32>) {
        let longest = self.pack.period.iter().map(|rule| rule.months).max().unwrap_or(0);
        let Some(months) = months else { return };
        let path = format!("{at}.each_months");
        if months == 0 || months > longest {
            self.fault(path, format_args!("must be from 1 to the {longest} months of the longest period"));
        } else if longest.div_ceil(months) > MOST_STRETCHES {
            let stretches = longest.div_ceil(months);
            self.fault(path, format_args!("makes {stretches} stretches of a period; {MOST_STRETCHES} is the most"));
        }
    }

    fn day(&mut self, path: impl fmt::Display, day: Option<NaiveDate>) {
        let is_near = day.is_none_or(|day| YEARS.contains(&day.year()));
        let reason = format_args!("the year must lie between {} and {}", YEARS.start(), YEARS.end());
        self.demand(is_near, path, reason);
    }

    fn span(&mut self, at: &str, span: Span) {
        self.day(format_args!("{at}.from"), span.from);
        self.day(format_args!("{at}.to"), span.to);
        if let (Some(from), Some(to)) = (span.from, span.to)
            && to < from
        {
            self.fault(format_args!("{at}.to"), format_args!("{to} is before {from}, where it begins"));
        }
    }

    /// Two moments that bound a span.
    fn moments(&mut self, at: &str, from: Option<&Moment>, to: Option<&Moment>) {
        for (name, moment) in [("from", from), ("to", to)] {
            if let Some(moment) = moment {
                self.moment(&format!("{at}.{name}"), moment);
            }
        }
        let (Some(from), Some(to)) = (from, to) else { return };
        if reach::is_always_before(to, from) {
            let path = format!("{at}.to");
            match (from.date, to.date) {
                (Some(from), Some(to)) => self.fault(path, format_args!("{to} is before {from}, where it begins")),
                _ => self.fault(path, "is before `from` in every period, so no day lies between them"),
            }
        }
    }

    fn moment(&mut self, at: &str, moment: &Moment) {
        self.day(format_args!("{at}.date"), moment.date);
        let offsets = [
            ("years", moment.years, MOST_YEARS),
            ("months", moment.months, 12 * MOST_YEARS),
            ("days", moment.days, 366 * MOST_YEARS),
        ];
        for (name, offset, most) in offsets {
            let path = format!("{at}.{name}");
            self.demand(offset.unsigned_abs() <= most, &path, format_args!("must be from -{most} to {most}"));
            let is_counted = moment.date.is_none() || offset == 0;
            self.demand(is_counted, &path, "is not counted from a fixed date; leave one of them out");
        }
    }
}
