//! A pack as it applies to one credential on one day: which lines and limits hold, with their numbers, and in which
//! combinations they make a way to renew.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::evaluation::PeriodDates;
use crate::filter::{Filter, bit, long_bit};
use crate::pack::{
    AnyOf, Condition, ConvertRule, EvidenceRule, LimitRule, Minimum, MissedYears, Needed, Pack, Parts, RefuseRule,
    RepeatRule, Requirement, WindowRule,
};
use crate::period::Term;
use crate::pool::Side;
use crate::program::Work;
use crate::scale::Scale;

/// A minimum in one stretch of the period.
pub(crate) struct Line<'a> {
    pub rule: &'a Minimum,
    /// The rule's id; with the stretch's number where there are several.
    pub id: String,
    pub label: String,
    pub path: Option<&'a str>,
    pub within: Option<PeriodDates>,
    pub filter: Filter<'a>,
    /// In parts of the scale.
    pub needed: i64,
}

/// A limit on points in one stretch of the period.
pub(crate) struct Cap<'a> {
    pub rule: &'a LimitRule,
    pub id: String,
    pub label: String,
    pub within: Option<PeriodDates>,
    pub filter: Filter<'a>,
    /// In parts of the scale, on the strict reading.
    pub limit: i64,
    /// On the kind one; more where it is not known what earlier periods used up.
    pub kind_limit: i64,
}

impl Cap<'_> {
    /// In parts of the scale, on one reading or the other.
    pub(crate) fn limit_on(&self, side: Side) -> i64 {
        match side {
            Side::Strict => self.limit,
            Side::Kind => self.kind_limit,
        }
    }
}

/// A limit on the number of credits in one stretch of the period.
pub(crate) struct Count<'a> {
    pub rule: &'a LimitRule,
    pub id: String,
    pub label: String,
    pub within: Option<PeriodDates>,
    pub filter: Filter<'a>,
    /// On the strict reading.
    pub at_most: usize,
    /// On the kind one.
    pub kind_at_most: usize,
}

/// A window with its days.
pub(crate) struct Window<'a> {
    pub rule: &'a WindowRule,
    pub filter: Filter<'a>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Its bit in a mask of windows.
    pub bit: u32,
}

/// Something that must be true, on the way it belongs to.
pub(crate) struct Must<'a> {
    pub rule: &'a Condition,
    pub path: Option<&'a str>,
}

/// Lines and conditions that together are enough.
#[derive(Debug, Clone, Default)]
pub(crate) struct Way {
    /// Places of lines, as a mask.
    pub lines: u64,
    /// Places of conditions, as a mask.
    pub conditions: u64,
    /// The paths taken, for people: their ids.
    pub path: Option<String>,
}

pub(crate) struct Rulebook<'a> {
    pub pack: &'a Pack,
    /// What all points here are counted in.
    pub scale: Scale,
    dates: PeriodDates,
    pub lines: Vec<Line<'a>>,
    pub caps: Vec<Cap<'a>>,
    pub counts: Vec<Count<'a>>,
    pub conditions: Vec<Must<'a>>,
    pub advice: Vec<&'a crate::pack::Advice>,
    pub any_of: Vec<&'a AnyOf>,
    pub ways: Vec<Way>,
    /// Of these and of what follows, those that hold but for the day of the activity.
    pub windows: Vec<Window<'a>>,
    pub refuse: Vec<(Filter<'a>, &'a RefuseRule)>,
    pub convert: Vec<(Filter<'a>, &'a ConvertRule)>,
    pub repeats: Vec<(Filter<'a>, &'a RepeatRule)>,
    pub evidence: Vec<(Filter<'a>, &'a EvidenceRule)>,
    /// For each category the lines that its points may fill, and last for points of no known category.
    pub category_lines: Vec<u64>,
    /// The same of the caps that they use up.
    pub category_caps: Vec<u64>,
    /// Whether part of an activity may count, by the pack or by what she was told.
    pub parts: Parts,
    /// What may still be done to find out what counts.
    pub work: Work,
    /// Every source as text, once.
    sources: BTreeMap<&'a str, Arc<str>>,
}

impl<'a> Rulebook<'a> {
    pub(crate) fn new(term: &Term<'a>, scale: Scale) -> Self {
        let pack = term.pack;
        let filter = |of: &'a crate::pack::Of| Filter::new(of, pack);
        let mut book = Self {
            pack,
            scale,
            dates: term.dates,
            lines: Vec::new(),
            caps: Vec::new(),
            counts: Vec::new(),
            conditions: Vec::new(),
            advice: Vec::new(),
            any_of: Vec::new(),
            ways: vec![Way::default()],
            windows: pack
                .windows
                .iter()
                .enumerate()
                .filter(|(_, rule)| term.holds(&rule.when))
                .filter_map(|(index, rule)| {
                    let (from, to) = (term.moment(&rule.from)?, term.moment(&rule.to)?);
                    Some(Window { rule, filter: filter(&rule.of), from, to, bit: bit(index) })
                })
                .collect(),
            refuse: pack
                .refuse
                .iter()
                .filter(|rule| term.holds(&rule.when))
                .map(|rule| (filter(&rule.of), rule))
                .collect(),
            convert: pack
                .convert
                .iter()
                .filter(|rule| term.holds(&rule.when))
                .map(|rule| (filter(&rule.of), rule))
                .collect(),
            repeats: pack
                .repeats
                .iter()
                .filter(|rule| term.holds(&rule.when))
                .map(|rule| (filter(&rule.of), rule))
                .collect(),
            evidence: pack.evidence.iter().map(|rule| (filter(&rule.of), rule)).collect(),
            category_lines: Vec::new(),
            category_caps: Vec::new(),
            parts: pack.parts,
            work: Work::for_an_evaluation(),
            sources: pack.sources.keys().map(|key| (key.as_str(), pack.source(key).into())).collect(),
        };
        for requirement in &pack.requirements {
            let Requirement::AnyOf(any_of) = requirement else {
                let mut here = Way::default();
                book.add(requirement, None, term, &mut here);
                for way in &mut book.ways {
                    way.lines |= here.lines;
                    way.conditions |= here.conditions;
                }
                continue;
            };
            if term.holds(&any_of.when) {
                book.branch(any_of, term);
            }
        }
        book.limit(term);
        let known = (0..pack.categories.len()).map(Some).chain([None]);
        for category in known {
            let lines = book.lines.iter().enumerate().filter(|(_, line)| line.filter.holds_category(category));
            book.category_lines.push(lines.map(|(index, _)| long_bit(index)).sum());
            // Points of no known category may turn out to be of any, so they use up every limit.
            let caps = book.caps.iter().enumerate();
            let caps = caps.filter(|(_, cap)| category.is_none() || cap.filter.holds_category(category));
            book.category_caps.push(caps.map(|(index, _)| long_bit(index)).sum());
        }
        book
    }

    /// Whether a limit on a stretch speaks of a day. What may count from before the period is limited with its first
    /// stretch, what may count from after it with its last.
    pub(crate) fn is_limited_on(&self, stretch: Option<PeriodDates>, day: NaiveDate) -> bool {
        is_within(stretch, day.clamp(self.dates.from, self.dates.to))
    }

    /// A source as text.
    pub(crate) fn source(&self, key: &str) -> Option<Arc<str>> {
        self.sources.get(key).cloned()
    }

    /// Every way so far goes on along every open path.
    fn branch(&mut self, any_of: &'a AnyOf, term: &Term<'a>) {
        self.any_of.push(any_of);
        let before = std::mem::take(&mut self.ways);
        for path in any_of.paths.iter().filter(|path| term.holds(&path.when)) {
            let mut here = Way::default();
            for requirement in &path.requirements {
                self.add(requirement, Some(&path.id), term, &mut here);
            }
            self.ways.extend(before.iter().map(|way| Way {
                lines: way.lines | here.lines,
                conditions: way.conditions | here.conditions,
                path: Some(way.path.as_ref().map_or_else(|| path.id.clone(), |taken| format!("{taken}+{}", path.id))),
            }));
        }
    }

    fn add(&mut self, requirement: &'a Requirement, path: Option<&'a str>, term: &Term<'a>, way: &mut Way) {
        match requirement {
            Requirement::Minimum(rule) if term.holds(&rule.when) => {
                let stretches = stretches(term, rule.each_months);
                for (number, within) in stretches.iter().enumerate() {
                    let several = stretches.len() > 1;
                    if !rule.advice {
                        way.lines |= long_bit(self.lines.len());
                    }
                    self.lines.push(Line {
                        rule,
                        id: if several { format!("{}-{}", rule.id, number + 1) } else { rule.id.clone() },
                        label: if several {
                            let stretch = if rule.each_months == Some(12) { "year" } else { "part" };
                            format!("{} ({stretch} {})", rule.label, number + 1)
                        } else {
                            rule.label.clone()
                        },
                        path,
                        within: *within,
                        filter: Filter::new(&rule.of, self.pack),
                        needed: needed(rule.needed, term, &self.scale),
                    });
                }
            }
            Requirement::Condition(rule) if term.holds(&rule.when) => {
                way.conditions |= long_bit(self.conditions.len());
                self.conditions.push(Must { rule, path });
            }
            Requirement::Advice(rule) if term.holds(&rule.when) => self.advice.push(rule),
            _ => {}
        }
    }

    fn limit(&mut self, term: &Term<'a>) {
        for rule in self.pack.limits.iter().filter(|rule| term.holds(&rule.when)) {
            let stretches = stretches(term, rule.stretch());
            let share = || {
                let of = self.lines.iter().find(|line| Some(&line.rule.id) == rule.share_of.as_ref())?;
                Some(self.scale.share(i128::from(of.needed) * i128::from(rule.percent?), 100))
            };
            let limit = rule.points.map(|points| self.scale.parts(points)).or_else(share);
            for (number, within) in stretches.iter().enumerate() {
                let filter = Filter::new(&rule.of, self.pack);
                let several = stretches.len() > 1;
                let id = if several { format!("{}-{}", rule.id, number + 1) } else { rule.id.clone() };
                let label = if several { format!("{} (year {})", rule.label, number + 1) } else { rule.label.clone() };
                if let Some(limit) = limit {
                    self.caps.push(Cap { rule, id, label, within: *within, filter, limit, kind_limit: limit });
                } else if let Some(count) = rule.count {
                    let at_most = usize::try_from(count).unwrap_or(usize::MAX);
                    self.counts.push(Count {
                        rule,
                        id,
                        label,
                        within: *within,
                        filter,
                        at_most,
                        kind_at_most: at_most,
                    });
                }
            }
        }
    }
}

/// The stretches of a rule; one without dates where it speaks of the whole period.
fn stretches(term: &Term<'_>, months: Option<u32>) -> Vec<Option<PeriodDates>> {
    match months {
        None => vec![None],
        Some(months) => term.stretches(months).into_iter().map(Some).collect(),
    }
}

fn needed(needed: Needed, term: &Term<'_>, scale: &Scale) -> i64 {
    match needed {
        Needed::Fixed(points) => scale.parts(points),
        Needed::PerMissedYear(MissedYears { per_missed_year, at_least }) => {
            let years = i64::from(term.missed_years());
            scale.parts(per_missed_year).saturating_mul(years).max(scale.parts(at_least))
        }
    }
}

/// Whether a day lies in a stretch.
pub(crate) fn is_within(within: Option<PeriodDates>, day: NaiveDate) -> bool {
    within.is_none_or(|dates| (dates.from..=dates.to).contains(&day))
}
