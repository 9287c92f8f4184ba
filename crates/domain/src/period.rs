//! Which period a day lies in, where the credential stands on it, and how far renewal reaches beyond the period's end.

use chrono::NaiveDate;

use crate::date::{
    full_months, minus_days, minus_months, month_end, month_start, plus_days, plus_months, year_end, year_start,
};
use crate::evaluation::{PeriodDates, Standing};
use crate::pack::{
    Anchor, Cycle, DecidedBy, Edition, Extension, LateRule, Moment, MomentOf, Pack, PeriodEnd, PeriodRule, RenewsFrom,
    Span, When,
};
use crate::record::{Credential, Holder, Period};

/// Issuers have moved expiries by some months.
const MOVED_MONTHS: u32 = 12;

/// The first and last day of the period that the day `on` lies in; none where no date or no rule is known.
pub fn period(credential: &Credential, holder: &Holder, pack: &Pack, on: NaiveDate) -> Option<PeriodDates> {
    Term::of(credential, holder.born_on, pack, on).ok().map(|term| term.dates)
}

/// Why nothing can be said of a credential's period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoTerm {
    /// Neither certification nor expiry is known.
    NoDate,
    /// None of the pack's rules on periods holds.
    NoRule,
}

/// What is known of one credential on one day: its period and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Term<'a> {
    pub pack: &'a Pack,
    pub credential: &'a Credential,
    /// The assumed day of application.
    pub on: NaiveDate,
    pub dates: PeriodDates,
    /// The first day that lies in the period for certain; later than `dates.from` where only the expiry is known.
    pub certain_from: NaiveDate,
    /// What the rule gives, where the card or an extension says otherwise.
    pub computed_to: Option<NaiveDate>,
    /// The one that moved the expiry.
    pub extension: Option<&'a Extension>,
    pub rule: &'a PeriodRule,
    pub late: Option<&'a LateRule>,
    /// The last day of late renewal: the safe one and the latest possible.
    pub late_until: Option<(NaiveDate, NaiveDate)>,
    pub standing: Standing,
    pub cycle: Cycle,
    /// The day lies after all that is known of this period, and a later one is known: a renewal between them is not in
    /// the record, or there was none.
    pub missing_renewal: bool,
    /// The latest recertification up to this period.
    recertified_on: Option<NaiveDate>,
}

impl<'a> Term<'a> {
    /// The period that began last, up to `on`; before the first one, the first. Until a late renewal is granted, that is
    /// the one it renews.
    pub(crate) fn of(
        credential: &'a Credential,
        born_on: Option<NaiveDate>,
        pack: &'a Pack,
        on: NaiveDate,
    ) -> Result<Self, NoTerm> {
        let history = History { credential, born_on, pack, on };
        let periods = history.periods();
        let index = periods.iter().rposition(|period| period.begins() <= on).unwrap_or(0);
        let mut term = periods.get(index).ok_or(NoTerm::NoDate)?.term().ok_or(NoTerm::NoRule)?;
        let renewable_to = term.late_until.map_or(term.dates.to, |(_, latest)| latest);
        term.missing_renewal = on > term.dates.to
            && periods.get(index + 1).is_some_and(|next| next.dates.from > plus_days(renewable_to, 1));
        Ok(term)
    }

    /// The day a moment means; none where its event is not known.
    pub(crate) fn moment(&self, moment: &Moment) -> Option<NaiveDate> {
        if moment.date.is_some() {
            return moment.date;
        }
        let event = match moment.at {
            MomentOf::Expiry => self.dates.to,
            MomentOf::Application => self.on,
            MomentOf::Certification => self.credential.certified_on?,
            MomentOf::Renewal => self.recertified_on.filter(|day| *day < self.dates.from)?,
            MomentOf::UnknownRenewal if self.cycle == Cycle::First || self.recertified_on.is_some() => return None,
            MomentOf::PeriodStart | MomentOf::UnknownRenewal => self.dates.from,
            MomentOf::LateEnd if self.stays_open() => return Some(NaiveDate::MAX),
            MomentOf::LateEnd => self.late_until?.1,
        };
        Some(moment.counted_from(event))
    }

    /// The same with the safe last day of late renewal for the only one.
    pub(crate) fn safe(&self) -> Self {
        Self { late_until: self.late_until.map(|(safe, _)| (safe, safe)), ..*self }
    }

    /// Whether a rule applies, whatever the day of an activity.
    pub(crate) fn holds(&self, when: &When) -> bool {
        self.start().holds(when)
            && lies_in(Some(self.dates.from), when.period_start)
            && lies_in(Some(self.dates.to), when.expiry)
            && (when.standing.is_empty() || when.standing.contains(&self.standing))
            && when.months_expired.is_none_or(|months| self.on > self.dates.to && self.months_expired() >= months)
    }

    /// The latest edition that holds. Those that the day of the activity decides hold for some credits only.
    pub(crate) fn edition(&self) -> Option<&'a Edition> {
        self.pack.editions.iter().rfind(|edition| {
            let decides = match edition.decided_by {
                DecidedBy::Application => Some(self.on),
                DecidedBy::Activity => None,
                DecidedBy::Certification => self.credential.certified_on,
                DecidedBy::PeriodStart => Some(self.dates.from),
            };
            lies_in(decides, Some(Span { from: edition.from, to: edition.to }))
        })
    }

    /// The period in stretches of so many months from its first day. There are as many as the rule's months give, so
    /// that the days by which an expiry lies beyond the anniversary belong to the last one.
    pub(crate) fn stretches(&self, months: u32) -> Vec<PeriodDates> {
        let PeriodDates { mut from, to } = self.dates;
        let mut stretches = Vec::new();
        for index in 1..self.rule.months.div_ceil(months.max(1)) {
            let next = plus_months(self.dates.from, months.saturating_mul(index));
            if next <= from || to <= next {
                break;
            }
            stretches.push(PeriodDates { from, to: minus_days(next, 1) });
            from = next;
        }
        stretches.push(PeriodDates { from, to });
        stretches
    }

    /// If the renewal is granted on the day: the next expiry, and the whole months that are given up by not waiting
    /// for the old one. None once renewal is closed, or before the period has begun.
    pub(crate) fn renewed(&self) -> Option<(NaiveDate, u32)> {
        if matches!(self.standing, Standing::Lapsed | Standing::Unknown) || self.on < self.dates.from {
            return None;
        }
        let start = Start { cycle: Cycle::Later, recertified_on: Some(self.on), ..self.start() };
        let rule = start.rule().unwrap_or(self.rule);
        let full = next_expiry(rule, self.dates.to, 1);
        let next = if counts_from_expiry(rule) { full } else { last_day(rule.end, self.on, rule.months) };
        Some((next, full_months(next, full)))
    }

    /// Whether it closed so long ago that a renewal since then may only not be on file: neither is a card nor a list of
    /// periods.
    pub(crate) fn may_be_renewed_since(&self) -> bool {
        const LONG_AGO_MONTHS: u32 = 12;
        let closed = self.late_until.map_or(self.dates.to, |(_, latest)| latest);
        self.standing == Standing::Lapsed
            && plus_months(closed, LONG_AGO_MONTHS) < self.on
            && self.credential.expires_on.is_none()
            && self.credential.periods.is_empty()
    }

    pub(crate) fn is_late_or_lapsed(&self) -> bool {
        matches!(self.standing, Standing::Late | Standing::Lapsed)
    }

    /// Whether nothing but the expiry on a card is known: then it may be the first period or a later one.
    pub(crate) fn is_of_unknown_cycle(&self) -> bool {
        let Credential { certified_on, recertified_on, ref periods, .. } = *self.credential;
        certified_on.is_none() && recertified_on.is_none() && periods.is_empty()
    }

    /// Full months from the expiry to the day.
    pub(crate) fn months_expired(&self) -> u32 {
        full_months(self.dates.to, self.on)
    }

    /// Years from the expiry to the day, with the one that has only begun.
    pub(crate) fn missed_years(&self) -> u32 {
        let full = self.months_expired() / 12;
        full + u32::from(plus_months(self.dates.to, full * 12) < self.on)
    }

    /// Whether renewal stays open after expiry, without end.
    fn stays_open(&self) -> bool {
        self.late.is_some_and(|rule| rule.until.is_empty())
    }

    fn start(&self) -> Start<'a> {
        Start {
            pack: self.pack,
            credential: self.credential,
            on: self.on,
            cycle: self.cycle,
            recertified_on: self.recertified_on,
        }
    }

    /// Late renewal: the first rule that holds for the period as it is known so far.
    fn with_late(mut self) -> Self {
        self.late = self.pack.late.iter().find(|rule| self.holds(&rule.when));
        self.late_until = self.late.and_then(|rule| {
            let days = || rule.until.iter().filter_map(|moment| self.moment(moment));
            Some((days().min()?, days().max()?))
        });
        self.standing = if self.on <= self.dates.to {
            Standing::Current
        } else if self.stays_open() || self.late_until.is_some_and(|(_, latest)| self.on <= latest) {
            Standing::Late
        } else {
            Standing::Lapsed
        };
        self
    }
}

/// Whether the day is known and lies in the span; without a span, always.
fn lies_in(day: Option<NaiveDate>, span: Option<Span>) -> bool {
    span.is_none_or(|span| day.is_some_and(|day| span.holds(day)))
}

/// What a rule may depend on before the dates of the period are known.
#[derive(Debug, Clone, Copy)]
struct Start<'a> {
    pack: &'a Pack,
    credential: &'a Credential,
    on: NaiveDate,
    cycle: Cycle,
    recertified_on: Option<NaiveDate>,
}

impl<'a> Start<'a> {
    fn holds(&self, when: &When) -> bool {
        lies_in(Some(self.on), when.applied)
            && lies_in(self.credential.certified_on, when.certified)
            && lies_in(self.recertified_on, when.recertified)
            && (when.credentials.is_empty() || when.credentials.contains(&self.pack.id))
            && when.cycle.is_none_or(|cycle| cycle == self.cycle)
    }

    fn rule(&self) -> Option<&'a PeriodRule> {
        self.pack.period.iter().find(|rule| self.holds(&rule.when))
    }
}

/// A period that the record tells of. Its first day is never after its last.
#[derive(Debug, Clone, Copy)]
struct Known<'a> {
    start: Start<'a>,
    /// Without one, no more than the first day is known.
    rule: Option<&'a PeriodRule>,
    dates: PeriodDates,
    certain_from: NaiveDate,
    computed_to: Option<NaiveDate>,
    extension: Option<&'a Extension>,
}

impl<'a> Known<'a> {
    fn new(start: Start<'a>, rule: Option<&'a PeriodRule>, from: NaiveDate, to: NaiveDate) -> Self {
        let dates = PeriodDates { from, to: to.max(from) };
        Self { start, rule, dates, certain_from: from, computed_to: None, extension: None }
    }

    /// Ends on the day that the rule gives, or where the issuer moved it.
    fn computed(start: Start<'a>, rule: &'a PeriodRule, from: NaiveDate, to: NaiveDate) -> Self {
        let mut period = Self::new(start, Some(rule), from, to);
        let computed = period.dates.to;
        if let Some(moved) = rule.extensions.iter().find(|moved| moved.from <= computed && computed <= moved.to) {
            period.end_on(moved.until.max(from));
            period.extension = Some(moved);
        }
        period
    }

    /// The day from which it is the holder's: a late renewal reaches back to the old expiry, but holds from its own day.
    fn begins(&self) -> NaiveDate {
        self.start.recertified_on.map_or(self.dates.from, |day| day.max(self.dates.from))
    }

    fn contains(&self, day: NaiveDate) -> bool {
        self.dates.from <= day && day <= self.dates.to
    }

    /// What the rule gives.
    fn rule_to(&self) -> NaiveDate {
        self.computed_to.unwrap_or(self.dates.to)
    }

    /// Whether an expiry on the card can be this period's. If it is much later, it is that of a renewal that is not in
    /// the record: else what was done many years ago would count.
    fn may_end_on(&self, printed: NaiveDate) -> bool {
        self.rule.is_some_and(|rule| {
            let by_renewal = next_expiry(rule, self.rule_to(), 1);
            let by_moving = plus_months(self.rule_to(), MOVED_MONTHS);
            self.dates.from <= printed && printed < by_renewal && printed <= by_moving
        })
    }

    fn end_on(&mut self, day: NaiveDate) {
        let computed = self.rule_to();
        self.computed_to = (day != computed).then_some(computed);
        self.extension = self.extension.filter(|moved| moved.until == day);
        self.dates.to = day;
    }

    fn term(&self) -> Option<Term<'a>> {
        let Start { pack, credential, on, cycle, recertified_on } = self.start;
        let term = Term {
            pack,
            credential,
            on,
            dates: self.dates,
            certain_from: self.certain_from,
            computed_to: self.computed_to,
            extension: self.extension,
            rule: self.rule?,
            late: None,
            late_until: None,
            standing: Standing::Current,
            cycle,
            missing_renewal: false,
            recertified_on,
        };
        Some(term.with_late())
    }
}

/// What the record tells of a credential's periods.
struct History<'a> {
    credential: &'a Credential,
    born_on: Option<NaiveDate>,
    pack: &'a Pack,
    on: NaiveDate,
}

impl<'a> History<'a> {
    /// Every period that is known, in order of their first days.
    fn periods(&self) -> Vec<Known<'a>> {
        if let Some(year) = self.calendar_year() {
            return vec![year];
        }
        let mut known: Vec<_> = self.credential.periods.iter().map(|period| self.listed(period)).collect();
        if let Some(certified) = self.credential.certified_on
            && !known.iter().any(|period| period.contains(certified))
        {
            known.push(self.counted_from(certified, self.start(Cycle::First, None)));
        }
        known.extend(self.recertified(&known));
        if let Some(printed) = self.credential.expires_on {
            match known.iter_mut().max_by_key(|period| period.dates.from) {
                Some(last) if last.may_end_on(printed) => last.end_on(printed),
                _ => {
                    // It counts as a later one: nothing shows that it is the first.
                    let card = expiring(printed, self.start(Cycle::Later, self.credential.recertified_on));
                    // Of two that begin on one day the card knows better when it ends.
                    known.retain(|period| period.dates.from != card.dates.from);
                    known.push(card);
                }
            }
        }
        known.sort_by_key(|period| period.dates.from);
        known
    }

    fn start(&self, cycle: Cycle, recertified_on: Option<NaiveDate>) -> Start<'a> {
        Start { pack: self.pack, credential: self.credential, on: self.on, cycle, recertified_on }
    }

    /// One that the record lists, as it is. It is the first if the certification does not lie before it.
    fn listed(&self, period: &Period) -> Known<'a> {
        let first = self.credential.certified_on.is_some_and(|certified| period.from <= certified);
        let recertified_on = self.credential.recertified_on.filter(|day| *day <= period.from);
        let start = self.start(if first { Cycle::First } else { Cycle::Later }, recertified_on);
        Known::new(start, start.rule(), period.from, period.to)
    }

    /// One that begins on the day of certification or recertification, or on a birthday after it.
    fn counted_from(&self, day: NaiveDate, start: Start<'a>) -> Known<'a> {
        let Some(rule) = start.rule() else { return Known::new(start, None, day, day) };
        let birthday = rule.from_age.zip(self.born_on);
        let birthday = birthday.map(|(age, born)| plus_months(born, age.saturating_mul(12)));
        let from = birthday.map_or(day, |birthday| day.max(birthday));
        Known::computed(start, rule, from, last_day(rule.end, from, rule.months))
    }

    /// The one after the latest recertification, unless it is listed, or the card shows that it does not begin yet.
    fn recertified(&self, known: &[Known<'a>]) -> Option<Known<'a>> {
        let Credential { certified_on, recertified_on, expires_on, .. } = *self.credential;
        let day = recertified_on.filter(|day| certified_on.is_none_or(|certified| certified < *day))?;
        let start = self.start(Cycle::Later, Some(day));
        let before = known.iter().filter(|period| period.dates.from < day && period.rule.is_some());
        let before = before.max_by_key(|period| period.dates.from);
        let period = match (start.rule().filter(|rule| counts_from_expiry(rule)), before) {
            (Some(rule), Some(before)) => {
                let old = renewed_expiry(*before, rule, day);
                Known::computed(start, rule, plus_days(old, 1), next_expiry(rule, old, 1))
            }
            // The old expiry is not known; the new one tells more than the day of recertification.
            (Some(_), None) if expires_on.is_some() => return None,
            _ => self.counted_from(day, start),
        };
        let from = period.dates.from;
        let begins = expires_on.is_none_or(|printed| from <= printed);
        (begins && !known.iter().any(|listed| listed.dates.from == from)).then_some(period)
    }

    /// Where every calendar year is a period: the one of the day, unless the record or the card tells otherwise.
    fn calendar_year(&self) -> Option<Known<'a>> {
        let Credential { certified_on, recertified_on, expires_on, ref periods, .. } = *self.credential;
        let began = periods.iter().map(|period| period.from).chain(certified_on).chain(recertified_on).min();
        let on = self.on.max(began.or(expires_on)?);
        let current = expires_on.map_or(on, |printed| on.min(printed));
        let first = certified_on.is_some_and(|certified| year_start(current) <= certified);
        let recertified_on = recertified_on.filter(|recertified| *recertified <= current);
        let start = self.start(if first { Cycle::First } else { Cycle::Later }, recertified_on);
        let rule = start.rule().filter(|rule| rule.anchor == Anchor::CalendarYear)?;
        let listed = periods.iter().map(|period| self.listed(period)).rfind(|period| period.contains(on));
        let card = || expires_on.map(|to| expiring(to, start)).filter(|card| card.dates.from <= on);
        let year = || Known::computed(start, rule, year_start(on), year_end(on));
        Some(listed.or_else(card).unwrap_or_else(year))
    }
}

/// A period of which only the expiry on the card is known.
fn expiring(to: NaiveDate, start: Start<'_>) -> Known<'_> {
    let Some(rule) = start.rule() else { return Known::new(start, None, to, to) };
    let same_day = minus_months(to, rule.months);
    let day_after = minus_months(plus_days(to, 1), rule.months);
    let (from, certain_from) = match rule.end {
        _ if rule.anchor == Anchor::CalendarYear => (day_after, day_after),
        // The day of certification lies somewhere in this month, at the latest on its last day.
        PeriodEnd::MonthEnd => (month_start(same_day), month_end(same_day)),
        // The first period begins on the day itself, every later one on the day after the old expiry.
        PeriodEnd::SameDay if rule.renews_from == RenewsFrom::Expiry => (same_day, plus_days(same_day, 1)),
        PeriodEnd::SameDay => (same_day, same_day),
        PeriodEnd::DayBefore | PeriodEnd::YearEnd => (day_after, day_after),
    };
    Known { certain_from, ..Known::new(start, Some(rule), from, to) }
}

/// Whether the next period is counted from the old expiry and not from the day of recertification.
fn counts_from_expiry(rule: &PeriodRule) -> bool {
    rule.renews_from == RenewsFrom::Expiry || rule.anchor == Anchor::CalendarYear
}

/// The last day of a period of so many months from `anchor`.
fn last_day(end: PeriodEnd, anchor: NaiveDate, months: u32) -> NaiveDate {
    let anniversary = plus_months(anchor, months);
    match end {
        PeriodEnd::MonthEnd => month_end(anniversary),
        PeriodEnd::SameDay => anniversary,
        PeriodEnd::DayBefore => minus_days(anniversary, 1),
        PeriodEnd::YearEnd => minus_days(year_start(anniversary), 1),
    }
}

/// The expiry so many periods after the expiry `old`.
fn next_expiry(rule: &PeriodRule, old: NaiveDate, periods: u32) -> NaiveDate {
    // The day whose anniversary the end rule speaks of.
    let anchor = match rule.end {
        PeriodEnd::MonthEnd | PeriodEnd::SameDay => old,
        PeriodEnd::DayBefore | PeriodEnd::YearEnd => plus_days(old, 1),
    };
    last_day(rule.end, anchor, rule.months.saturating_mul(periods))
}

/// The expiry that a renewal granted on `day` was for, counted on from the period `before`: the one just past if it
/// could still be renewed, as far as is known, else the next to come.
fn renewed_expiry(before: Known<'_>, rule: &PeriodRule, day: NaiveDate) -> NaiveDate {
    let periods = full_months(before.dates.to, day) / rule.months.max(1);
    let past = match periods {
        0 => before.dates,
        _ => PeriodDates {
            from: plus_days(next_expiry(rule, before.dates.to, periods - 1), 1),
            to: next_expiry(rule, before.dates.to, periods),
        },
    };
    let is_closed = |term: Term<'_>| term.late_until.is_some_and(|(_, latest)| latest < day);
    if day <= past.to || !(Known { dates: past, ..before }).term().is_some_and(is_closed) {
        past.to
    } else {
        next_expiry(rule, before.dates.to, periods + 1)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::pack::Snap;
    use crate::record::PeriodState;

    const MONTH_END: &str = r#""months": 60"#;
    const TWO_YEARS: &str = r#""months": 24, "end": "same_day", "renews_from": "expiry""#;
    const CALENDAR: &str = r#""months": 12, "anchor": "calendar_year", "end": "year_end""#;
    /// Renewal closes with the expiry.
    const AT_ONCE: &str = r#""until": [{ "at": "expiry" }]"#;
    /// Two official texts: three months, and ninety days.
    const LATE: &str =
        r#""until": [{ "at": "expiry", "months": 3, "snap": "month_end" }, { "at": "expiry", "days": 90 }]"#;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A pack with rules on periods and on late renewal, each given by its fields, and further lists.
    fn pack(periods: &[&str], late: &[&str], more: &str) -> Pack {
        let rules = |fields: &[&str]| {
            let rules = fields.iter().map(|fields| format!(r#"{{ {fields}, "basis": "official", "source": "page" }}"#));
            rules.collect::<Vec<_>>().join(",")
        };
        let text = format!(
            r#"{{ "schema": "recert.pack/1", "version": "1",
                "credentials": [{{ "id": "ma-board", "name": "MA (Board)", "full_name": "Medical Assistant" }}],
                "issuer": {{ "name": "Board of Medical Assistants", "short": "Board", "approver": "board" }},
                "approvers": [{{ "id": "board", "label": "Board-approved" }}],
                "sources": {{ "page": {{ "title": "Policies" }} }},
                "period": [{}], "late": [{}]{more} }}"#,
            rules(periods),
            rules(late)
        );
        Pack::from_json(&text).unwrap().remove(0)
    }

    fn cma() -> Pack {
        pack(&[MONTH_END], &[LATE], "")
    }

    fn two_years() -> Pack {
        pack(&[TWO_YEARS], &[r#""until": [{ "at": "expiry", "months": 12 }]"#], "")
    }

    /// Certified, recertified and the expiry on the card; `""` where it is not known.
    fn known(certified: &str, recertified: &str, expires: &str) -> Credential {
        Credential {
            id: "ma".into(),
            pack: "ma-board".into(),
            certified_on: certified.parse().ok(),
            recertified_on: recertified.parse().ok(),
            expires_on: expires.parse().ok(),
            expires_reason: None,
            periods: Vec::new(),
        }
    }

    fn certified(on: &str) -> Credential {
        known(on, "", "")
    }

    fn listed(from: &str, to: &str) -> Period {
        Period { from: day(from), to: day(to), renewed_on: None, pack_version: None, state: PeriodState::Renewed }
    }

    fn term<'a>(pack: &'a Pack, credential: &'a Credential, on: &str) -> Term<'a> {
        Term::of(credential, None, pack, day(on)).unwrap()
    }

    fn dates(pack: &Pack, credential: &Credential, on: &str) -> (String, String) {
        let PeriodDates { from, to } = period(credential, &Holder::default(), pack, day(on)).unwrap();
        (from.to_string(), to.to_string())
    }

    fn from_to(from: &str, to: &str) -> (String, String) {
        (from.to_owned(), to.to_owned())
    }

    fn when(json: &str) -> When {
        serde_json::from_str(json).unwrap()
    }

    fn moment(json: &str) -> Moment {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_period_ends_with_the_month_of_the_anniversary() {
        for (certified_on, expires) in [
            ("2021-03-17", "2026-03-31"),
            ("2010-02-05", "2015-02-28"),
            ("2019-02-28", "2024-02-29"),
            ("2024-02-29", "2029-02-28"),
            ("2021-01-31", "2026-01-31"),
        ] {
            let (from, to) = dates(&cma(), &certified(certified_on), "2025-01-01");
            assert_eq!((from.as_str(), to.as_str()), (certified_on, expires));
        }
    }

    #[test]
    fn a_card_is_valid_to_the_end_of_the_month_two_years_on() {
        let (pack, card) = (pack(&[r#""months": 24"#], &[], ""), certified("2024-01-05"));
        assert_eq!(term(&pack, &card, "2026-01-31").standing, Standing::Current);
        assert_eq!(term(&pack, &card, "2026-02-01").standing, Standing::Lapsed);
    }

    #[test]
    fn a_period_ends_on_the_anniversary_the_day_before_it_or_with_the_year_before_it() {
        for (end, months, from, to) in [
            ("same_day", 24, "2024-01-10", "2026-01-10"),
            ("same_day", 24, "2024-02-29", "2026-02-28"),
            ("day_before", 36, "2022-05-01", "2025-04-30"),
            ("day_before", 12, "2024-03-01", "2025-02-28"),
            ("year_end", 12, "2023-01-01", "2023-12-31"),
            ("year_end", 24, "2023-05-10", "2024-12-31"),
        ] {
            let pack = pack(&[&format!(r#""months": {months}, "end": "{end}""#)], &[], "");
            assert_eq!(dates(&pack, &certified(from), from), from_to(from, to), "{end}");
        }
    }

    #[test]
    fn what_is_done_after_a_period_that_ends_the_day_before_the_anniversary_is_outside_it() {
        let pack = pack(&[r#""months": 36, "end": "day_before""#], &[], "");
        let credential = certified("2022-05-01");
        let term = term(&pack, &credential, "2025-04-30");
        assert!(day("2024-06-01") <= term.dates.to && term.dates.to < day("2025-05-03"));
    }

    #[test]
    fn the_expiry_printed_on_the_card_wins_and_the_difference_is_kept() {
        let (pack, credential) = (cma(), known("2015-04-20", "", "2020-08-31"));
        let term = term(&pack, &credential, "2020-07-01");
        assert_eq!(term.dates, PeriodDates { from: day("2015-04-20"), to: day("2020-08-31") });
        assert_eq!((term.computed_to, term.standing), (Some(day("2020-04-30")), Standing::Current));
        assert_eq!(term.extension, None);
    }

    #[test]
    fn an_expiry_on_the_card_that_the_rule_gives_too_is_no_difference() {
        let (pack, credential) = (cma(), known("2015-04-20", "", "2020-04-30"));
        assert_eq!(term(&pack, &credential, "2020-01-01").computed_to, None);
    }

    #[test]
    fn the_expiry_on_the_card_is_that_of_the_latest_period_only() {
        let (pack, credential) = (cma(), known("2016-04-02", "2021-04-10", "2026-05-31"));
        assert_eq!(dates(&pack, &credential, "2020-01-01"), from_to("2016-04-02", "2021-04-30"));
        assert_eq!(dates(&pack, &credential, "2023-01-01"), from_to("2021-04-10", "2026-05-31"));
    }

    #[test]
    fn an_expiry_on_the_card_that_is_much_later_is_that_of_a_renewal_that_is_not_in_the_record() {
        for (months, printed, from, certain_from) in [
            (60, "2016-02-28", "2010-02-05", "2010-02-05"),
            (60, "2016-03-31", "2011-03-01", "2011-03-31"),
            (60, "2020-02-29", "2015-02-01", "2015-02-28"),
            (6, "2011-01-31", "2010-02-05", "2010-02-05"),
            (6, "2011-02-28", "2010-08-01", "2010-08-31"),
        ] {
            let (pack, credential) =
                (pack(&[&format!(r#""months": {months}"#)], &[], ""), known("2010-02-05", "", printed));
            let term = term(&pack, &credential, printed);
            assert_eq!((term.dates.from, term.dates.to), (day(from), day(printed)), "card {printed}");
            assert_eq!(term.certain_from, day(certain_from), "card {printed}");
            let begins_with_certification = term.dates.from == day("2010-02-05");
            assert_eq!(term.cycle == Cycle::First, begins_with_certification, "card {printed}");
        }
        let (pack, credential) = (cma(), known("2010-02-05", "", "2020-02-29"));
        assert_eq!(dates(&pack, &credential, "2014-01-01"), from_to("2010-02-05", "2015-02-28"));
    }

    #[test]
    fn an_extension_moves_the_expiries_it_names_and_no_others() {
        let moved = r#""months": 60, "extensions": [{ "from": "2020-03-31", "to": "2020-05-31", "until": "2020-08-31",
            "reason": "COVID-19", "basis": "official", "source": "page" }]"#;
        let pack = pack(&[moved], &[LATE], "");
        for (certified_on, printed, expires, computed, extended) in [
            ("2015-04-20", "", "2020-08-31", Some("2020-04-30"), true),
            ("2015-04-20", "2020-08-31", "2020-08-31", Some("2020-04-30"), true),
            ("2015-04-20", "2020-07-31", "2020-07-31", Some("2020-04-30"), false),
            ("2015-04-20", "2020-04-30", "2020-04-30", None, false),
            ("2015-06-20", "", "2020-06-30", None, false),
            ("2015-02-20", "", "2020-02-29", None, false),
        ] {
            let credential = known(certified_on, "", printed);
            let term = term(&pack, &credential, "2020-01-01");
            assert_eq!(term.dates.to, day(expires), "certified {certified_on}, card {printed}");
            assert_eq!(term.computed_to, computed.map(day), "certified {certified_on}, card {printed}");
            assert_eq!(term.extension.is_some(), extended, "certified {certified_on}, card {printed}");
        }
    }

    #[test]
    fn recertification_starts_the_next_period_on_its_day() {
        let (pack, credential) = (cma(), known("2016-04-02", "2021-04-10", ""));
        for (on, from, to, cycle) in [
            ("2020-01-01", "2016-04-02", "2021-04-30", Cycle::First),
            ("2021-04-09", "2016-04-02", "2021-04-30", Cycle::First),
            ("2021-04-10", "2021-04-10", "2026-04-30", Cycle::Later),
            ("2025-01-01", "2021-04-10", "2026-04-30", Cycle::Later),
        ] {
            assert_eq!(dates(&pack, &credential, on), from_to(from, to), "on {on}");
            assert_eq!(term(&pack, &credential, on).cycle, cycle, "on {on}");
        }
    }

    #[test]
    fn a_card_issued_in_the_period_before_does_not_lie_in_this_one_though_it_is_still_valid() {
        let (pack, credential) = (cma(), known("", "2021-04-10", ""));
        let dates = term(&pack, &credential, "2026-04-30").dates;
        let issued = ["2021-03-02", "2023-02-27", "2025-02-20", "2025-11-15", "2026-04-28"];
        let inside = issued.map(|issued| dates.from <= day(issued) && day(issued) <= dates.to);
        assert_eq!(inside, [false, true, true, true, true]);
    }

    #[test]
    fn a_recertification_on_the_day_of_certification_is_none() {
        let (pack, credential) = (cma(), known("2021-04-10", "2021-04-10", ""));
        assert_eq!(term(&pack, &credential, "2022-01-01").cycle, Cycle::First);
        let from_month_start = Credential { periods: vec![listed("2021-04-01", "2026-04-30")], ..credential };
        assert_eq!(term(&pack, &from_month_start, "2022-01-01").dates.from, day("2021-04-01"));
    }

    #[test]
    fn where_renewal_moves_the_expiry_on_the_old_period_runs_to_its_end() {
        let (pack, credential) = (two_years(), known("2020-06-10", "2022-05-20", ""));
        for (on, from, to) in [
            ("2022-05-19", "2020-06-10", "2022-06-10"),
            ("2022-06-10", "2020-06-10", "2022-06-10"),
            ("2022-06-11", "2022-06-11", "2024-06-10"),
        ] {
            assert_eq!(dates(&pack, &credential, on), from_to(from, to), "on {on}");
        }
    }

    #[test]
    fn renewals_that_are_not_in_the_record_are_counted_on_where_renewal_moves_the_expiry_on() {
        let credential = known("2012-06-10", "2022-05-20", "");
        assert_eq!(dates(&two_years(), &credential, "2023-01-01"), from_to("2022-06-11", "2024-06-10"));
    }

    #[test]
    fn the_next_period_is_counted_from_the_old_expiry_by_every_end_rule() {
        for (end, from, to) in [
            ("month_end", "2022-07-01", "2024-06-30"),
            ("same_day", "2022-06-11", "2024-06-10"),
            ("day_before", "2022-06-10", "2024-06-09"),
            ("year_end", "2022-01-01", "2023-12-31"),
        ] {
            let rule = format!(r#""months": 24, "end": "{end}", "renews_from": "expiry""#);
            let credential = known("2020-06-10", "2021-12-20", "");
            assert_eq!(dates(&pack(&[&rule], &[], ""), &credential, "2023-01-01"), from_to(from, to), "{end}");
        }
    }

    #[test]
    fn a_late_renewal_keeps_what_is_left_of_the_period_it_is_late_for() {
        let credential = known("2020-07-31", "2022-10-01", "");
        assert_eq!(dates(&two_years(), &credential, "2023-01-01"), from_to("2022-08-01", "2024-07-31"));
        let closed = pack(&[TWO_YEARS], &[AT_ONCE], "");
        assert_eq!(dates(&closed, &credential, "2025-01-01"), from_to("2024-08-01", "2026-07-31"));
    }

    #[test]
    fn where_nobody_knows_how_long_renewal_stays_open_a_renewal_after_expiry_was_still_one() {
        let (pack, credential) = (pack(&[TWO_YEARS], &[], ""), known("2018-05-01", "2020-08-10", ""));
        for (on, from, to) in [
            ("2020-04-01", "2018-05-01", "2020-05-01"),
            ("2020-08-09", "2018-05-01", "2020-05-01"),
            ("2020-08-10", "2020-05-02", "2022-05-01"),
            ("2021-08-10", "2020-05-02", "2022-05-01"),
        ] {
            assert_eq!(dates(&pack, &credential, on), from_to(from, to), "on {on}");
        }
        assert_eq!(term(&pack, &credential, "2020-08-09").standing, Standing::Lapsed);
        assert_eq!(term(&pack, &credential, "2020-08-10").standing, Standing::Current);
    }

    #[test]
    fn renewal_may_stay_open_without_end() {
        let (pack, credential) = (pack(&[TWO_YEARS], &[r#""until": []"#], ""), certified("2010-05-01"));
        let term = term(&pack, &credential, "2026-01-01");
        assert_eq!((term.standing, term.late_until), (Standing::Late, None));
        assert_eq!(term.moment(&moment(r#"{ "at": "late_end" }"#)), Some(NaiveDate::MAX));
    }

    #[test]
    fn the_card_settles_which_period_a_renewal_began() {
        let pack = pack(&[TWO_YEARS], &[AT_ONCE], "");
        let credential = known("2020-07-31", "2022-10-01", "2024-07-31");
        assert_eq!(dates(&pack, &credential, "2023-01-01"), from_to("2022-07-31", "2024-07-31"));
        assert_eq!(term(&pack, &credential, "2025-01-01").standing, Standing::Lapsed);
        let unknown_before = known("", "2024-05-20", "2026-06-30");
        let term = term(&pack, &unknown_before, "2025-01-01");
        assert_eq!((term.dates.from, term.certain_from), (day("2024-06-30"), day("2024-07-01")));
    }

    #[test]
    fn where_the_old_expiry_is_not_known_the_period_is_counted_from_the_recertification() {
        let since = r#""months": 24, "end": "same_day", "renews_from": "expiry", "when": { "cycle": "later" }"#;
        let pack = pack(&[since], &[], "");
        for certified_on in ["", "2009-12-31"] {
            let credential = known(certified_on, "2015-01-20", "");
            assert_eq!(dates(&pack, &credential, "2016-01-01"), from_to("2015-01-20", "2017-01-20"), "{certified_on}");
        }
    }

    #[test]
    fn from_the_expiry_alone_the_period_starts_some_day_in_a_known_month() {
        let (pack, credential) = (cma(), known("", "", "2026-03-31"));
        let term = term(&pack, &credential, "2025-01-01");
        assert_eq!(term.dates, PeriodDates { from: day("2021-03-01"), to: day("2026-03-31") });
        assert_eq!((term.certain_from, term.computed_to), (day("2021-03-31"), None));
    }

    #[test]
    fn from_the_expiry_alone_the_first_day_is_known_where_the_rule_is_exact() {
        for (end, expires, from) in [
            ("same_day", "2026-06-30", "2024-06-30"),
            ("day_before", "2025-02-28", "2023-03-01"),
            ("year_end", "2024-12-31", "2023-01-01"),
        ] {
            let (pack, card) = (pack(&[&format!(r#""months": 24, "end": "{end}""#)], &[], ""), known("", "", expires));
            let term = term(&pack, &card, "2024-06-30");
            assert_eq!((term.dates.from, term.certain_from), (day(from), day(from)), "{end}");
        }
    }

    #[test]
    fn a_period_starts_no_earlier_than_the_birthday_the_rule_names() {
        let pack = pack(&[r#""months": 24, "end": "same_day", "from_age": 18"#], &[], "");
        let tested = certified("2024-01-10");
        for (born_on, from, to) in [
            (Some("2006-09-03"), "2024-09-03", "2026-09-03"),
            (Some("2004-02-29"), "2024-01-10", "2026-01-10"),
            (None, "2024-01-10", "2026-01-10"),
        ] {
            let holder = Holder { born_on: born_on.map(day), ..Holder::default() };
            for on in ["2024-02-01", "2025-01-01"] {
                let dates = period(&tested, &holder, &pack, day(on)).unwrap();
                assert_eq!(dates, PeriodDates { from: day(from), to: day(to) }, "born {born_on:?}, on {on}");
            }
        }
    }

    #[test]
    fn where_every_year_is_a_period_the_day_decides() {
        let (pack, credential) = (pack(&[CALENDAR], &[], ""), certified("2024-05-10"));
        for (on, year, cycle) in [
            ("2023-02-01", 2024, Cycle::First),
            ("2024-12-31", 2024, Cycle::First),
            ("2025-01-01", 2025, Cycle::Later),
            ("2026-01-05", 2026, Cycle::Later),
        ] {
            let term = term(&pack, &credential, on);
            assert_eq!(term.dates.from.to_string(), format!("{year}-01-01"), "on {on}");
            assert_eq!(term.dates.to.to_string(), format!("{year}-12-31"), "on {on}");
            assert_eq!((term.cycle, term.standing, term.missing_renewal), (cycle, Standing::Current, false));
        }
    }

    #[test]
    fn a_listed_membership_year_holds_as_it_is() {
        let (pack, mut credential) = (pack(&[CALENDAR], &[], ""), certified("2024-05-10"));
        credential.periods = vec![listed("2024-05-10", "2025-03-31")];
        for (on, from, to) in [
            ("2024-01-01", "2024-05-10", "2025-03-31"),
            ("2025-02-01", "2024-05-10", "2025-03-31"),
            ("2025-04-01", "2025-01-01", "2025-12-31"),
        ] {
            assert_eq!(dates(&pack, &credential, on), from_to(from, to), "on {on}");
        }
    }

    #[test]
    fn the_expiry_on_the_card_ends_a_membership_year_too() {
        let pack = pack(&[CALENDAR], &[r#""until": [{ "at": "expiry", "months": 24 }]"#], "");
        let credential = known("2024-05-10", "", "2025-12-31");
        for (on, from, standing, cycle) in [
            ("2024-06-01", "2024-01-01", Standing::Current, Cycle::First),
            ("2025-06-01", "2025-01-01", Standing::Current, Cycle::Later),
            ("2027-12-31", "2025-01-01", Standing::Late, Cycle::Later),
            ("2028-01-01", "2025-01-01", Standing::Lapsed, Cycle::Later),
        ] {
            let term = term(&pack, &credential, on);
            assert_eq!((term.dates.from, term.standing, term.cycle), (day(from), standing, cycle), "on {on}");
        }
    }

    #[test]
    fn a_membership_year_known_from_the_card_alone_has_its_months_whatever_the_end_rule() {
        for end in ["month_end", "same_day", "day_before", "year_end"] {
            let rule = format!(r#""months": 12, "anchor": "calendar_year", "end": "{end}""#);
            let card_alone = known("", "", "2026-06-30");
            let dates = dates(&pack(&[&rule], &[], ""), &card_alone, "2024-01-01");
            assert_eq!(dates, from_to("2025-07-01", "2026-06-30"), "{end}");
        }
    }

    #[test]
    fn a_listed_period_holds_as_it_is_also_when_it_has_expired() {
        let pack = cma();
        let mut credential = known("2016-04-02", "2021-06-10", "");
        credential.periods = vec![listed("2016-04-01", "2021-03-31")];
        for (on, from, to, standing) in [
            ("2016-04-01", "2016-04-01", "2021-03-31", Standing::Current),
            ("2018-01-01", "2016-04-01", "2021-03-31", Standing::Current),
            ("2021-05-01", "2016-04-01", "2021-03-31", Standing::Late),
            ("2021-06-10", "2021-06-10", "2026-06-30", Standing::Current),
        ] {
            assert_eq!(dates(&pack, &credential, on), from_to(from, to), "on {on}");
            assert_eq!(term(&pack, &credential, on).standing, standing, "on {on}");
        }
        assert_eq!(term(&pack, &credential, "2018-01-01").cycle, Cycle::First);
    }

    #[test]
    fn a_listed_period_holds_against_what_the_rule_gives_from_the_same_day() {
        let pack = cma();
        let mut credential = known("2010-02-05", "2021-04-10", "");
        credential.periods = vec![listed("2021-04-10", "2025-12-31"), listed("2016-04-02", "2021-03-31")];
        assert_eq!(dates(&pack, &credential, "2023-01-01"), from_to("2021-04-10", "2025-12-31"));
        assert_eq!(dates(&pack, &credential, "2018-01-01"), from_to("2016-04-02", "2021-03-31"));
        assert_eq!(dates(&pack, &credential, "2014-01-01"), from_to("2010-02-05", "2015-02-28"));
    }

    #[test]
    fn the_latest_listed_period_is_the_one_that_is_renewed_and_that_the_card_is_about() {
        let mut credential = known("2012-06-10", "2022-05-20", "");
        credential.periods = vec![listed("2020-07-01", "2022-06-30"), listed("2018-07-01", "2020-06-30")];
        assert_eq!(dates(&two_years(), &credential, "2023-01-01"), from_to("2022-07-01", "2024-06-30"));
        let mut credential = known("2010-02-05", "", "2021-08-31");
        credential.periods = vec![listed("2016-04-02", "2021-04-30")];
        assert_eq!(dates(&cma(), &credential, "2018-01-01"), from_to("2016-04-02", "2021-08-31"));
    }

    #[test]
    fn after_an_early_recertification_the_next_period_has_begun_though_the_old_one_is_not_over() {
        let pack = cma();
        let mut credential = known("2016-03-17", "2021-01-05", "2026-01-31");
        credential.periods = vec![listed("2016-03-17", "2021-03-31")];
        assert_eq!(dates(&pack, &credential, "2021-01-04"), from_to("2016-03-17", "2021-03-31"));
        assert_eq!(dates(&pack, &credential, "2021-01-05"), from_to("2021-01-05", "2026-01-31"));
        assert_eq!(term(&pack, &credential, "2022-01-01").computed_to, None);
    }

    #[test]
    fn before_the_first_known_day_the_period_is_the_first() {
        let (pack, credential) = (cma(), known("2016-04-02", "2021-04-10", ""));
        let term = term(&pack, &credential, "2010-01-01");
        assert_eq!((term.dates.from, term.standing), (day("2016-04-02"), Standing::Current));
    }

    #[test]
    fn a_gap_between_two_known_periods_is_told_from_a_late_renewal() {
        let pack = cma();
        let gap = known("2016-04-02", "2024-05-01", "");
        assert!(!term(&pack, &gap, "2021-04-30").missing_renewal);
        assert!(term(&pack, &gap, "2021-05-01").missing_renewal);
        assert!(term(&pack, &gap, "2023-01-01").missing_renewal);
        assert!(!term(&pack, &gap, "2024-05-01").missing_renewal);
        let late = known("2016-04-02", "2021-06-15", "");
        assert!(!term(&pack, &late, "2021-05-20").missing_renewal);
        assert!(!term(&pack, &certified("2016-04-02"), "2025-01-01").missing_renewal);
    }

    #[test]
    fn without_a_date_or_a_rule_there_is_no_period() {
        let no_term = |credential: &Credential, pack: &Pack| Term::of(credential, None, pack, day("2016-01-01")).err();
        let since = pack(
            &[
                r#""months": 60, "when": { "certified": { "from": "2010-01-01" } }"#,
                r#""months": 60, "when": { "recertified": { "from": "2010-01-01" } }"#,
            ],
            &[],
            "",
        );
        assert_eq!(no_term(&known("", "", ""), &since), Some(NoTerm::NoDate));
        assert_eq!(no_term(&known("", "", ""), &pack(&[CALENDAR], &[], "")), Some(NoTerm::NoDate));
        assert_eq!(no_term(&certified("2009-12-31"), &since), Some(NoTerm::NoRule));
        assert_eq!(no_term(&known("2009-12-31", "2018-01-01", ""), &since), Some(NoTerm::NoRule));
        assert_eq!(no_term(&known("2009-12-31", "2015-01-01", ""), &since), None);
        assert_eq!(no_term(&certified("2010-01-01"), &since), None);
    }

    #[test]
    fn the_first_rule_on_periods_that_holds_decides() {
        let rules = [r#""months": 12, "when": { "cycle": "first" }"#, r#""months": 24"#];
        let (pack, credential) = (pack(&rules, &[], ""), known("2020-06-10", "2021-06-20", ""));
        assert_eq!(dates(&pack, &credential, "2021-01-01"), from_to("2020-06-10", "2021-06-30"));
        assert_eq!(dates(&pack, &credential, "2022-01-01"), from_to("2021-06-20", "2023-06-30"));
        assert_eq!(term(&pack, &credential, "2021-06-01").renewed(), Some((day("2023-06-30"), 0)));
    }

    #[test]
    fn of_two_official_ends_of_late_renewal_the_earlier_is_safe() {
        let pack = cma();
        for (expires, safe, latest) in [
            ("2026-03-31", "2026-06-29", "2026-06-30"),
            ("2020-02-29", "2020-05-29", "2020-05-31"),
            ("2025-07-31", "2025-10-29", "2025-10-31"),
            ("2026-01-31", "2026-04-30", "2026-05-01"),
            ("2024-01-31", "2024-04-30", "2024-04-30"),
        ] {
            let credential = known("", "", expires);
            let late_until = term(&pack, &credential, "2020-01-01").late_until;
            assert_eq!(late_until, Some((day(safe), day(latest))), "expired {expires}");
        }
    }

    #[test]
    fn a_credential_is_current_then_late_then_lapsed() {
        let (pack, credential) = (cma(), certified("2021-03-17"));
        for (on, standing) in [
            ("2026-03-31", Standing::Current),
            ("2026-04-01", Standing::Late),
            ("2026-06-30", Standing::Late),
            ("2026-07-01", Standing::Lapsed),
        ] {
            assert_eq!(term(&pack, &credential, on).standing, standing, "on {on}");
        }
    }

    #[test]
    fn the_first_late_rule_that_holds_decides_and_without_one_renewal_closes_with_the_expiry() {
        let late = [
            r#""until": [{ "at": "expiry", "months": 60 }], "when": { "expiry": { "to": "2019-12-31" } }"#,
            r#""until": [{ "at": "expiry", "months": 3 }], "when": { "expiry": { "to": "2029-12-31" } }"#,
        ];
        let pack = pack(&[MONTH_END], &late, "");
        for (certified_on, until) in
            [("2014-05-01", Some("2024-05-31")), ("2016-05-01", Some("2021-08-31")), ("2026-05-01", None)]
        {
            let credential = certified(certified_on);
            let latest = term(&pack, &credential, "2018-01-01").late_until.map(|(_, latest)| latest);
            assert_eq!(latest, until.map(day), "certified {certified_on}");
        }
        let never = certified("2026-05-01");
        assert_eq!(term(&pack, &never, "2031-06-01").standing, Standing::Lapsed);
    }

    #[test]
    fn a_moment_is_counted_from_its_event_and_then_moved() {
        let (pack, credential) = (cma(), known("2016-08-31", "2021-07-15", "2026-07-31"));
        let term = term(&pack, &credential, "2026-06-20");
        for (json, means) in [
            (r#"{ "date": "2020-12-31" }"#, "2020-12-31"),
            (r#"{ "at": "period_start" }"#, "2021-07-15"),
            (r#"{ "at": "period_start", "years": -1, "snap": "year_start" }"#, "2020-01-01"),
            (r#"{ "at": "period_start", "years": -1, "snap": "year_end" }"#, "2020-12-31"),
            (r#"{ "at": "expiry", "days": -60 }"#, "2026-06-01"),
            (r#"{ "at": "expiry", "days": -30 }"#, "2026-07-01"),
            (r#"{ "at": "expiry", "months": -6, "snap": "month_start" }"#, "2026-01-01"),
            (r#"{ "at": "application", "years": -5 }"#, "2021-06-20"),
            (r#"{ "at": "certification", "months": -3, "days": 1 }"#, "2016-06-01"),
            (r#"{ "at": "certification", "months": -6, "snap": "month_end" }"#, "2016-02-29"),
            (r#"{ "at": "late_end" }"#, "2026-10-31"),
        ] {
            assert_eq!(term.moment(&moment(json)), Some(day(means)), "{json}");
        }
    }

    #[test]
    fn a_moment_of_an_unknown_event_is_no_day() {
        let (pack, credential) = (pack(&[MONTH_END], &[], ""), known("", "2021-04-10", ""));
        let term = term(&pack, &credential, "2022-01-01");
        assert_eq!(term.moment(&moment(r#"{ "at": "certification", "months": -3 }"#)), None);
        assert_eq!(term.moment(&moment(r#"{ "at": "late_end" }"#)), None);
    }

    #[test]
    fn a_rule_holds_if_all_that_it_depends_on_does() {
        let (pack, credential) = (cma(), known("2016-04-02", "2021-04-10", ""));
        // Expired on 30 April 2026.
        let term = term(&pack, &credential, "2026-06-30");
        for (holds, fails) in [
            (r#"{ "applied": { "from": "2026-06-30" } }"#, r#"{ "applied": { "to": "2026-06-29" } }"#),
            (r#"{ "certified": { "to": "2016-04-02" } }"#, r#"{ "certified": { "from": "2016-04-03" } }"#),
            (r#"{ "recertified": { "from": "2021-04-10" } }"#, r#"{ "recertified": { "to": "2021-04-09" } }"#),
            (r#"{ "period_start": { "from": "2021-04-10" } }"#, r#"{ "period_start": { "from": "2021-04-11" } }"#),
            (r#"{ "expiry": { "from": "2026-04-30" } }"#, r#"{ "expiry": { "to": "2026-04-29" } }"#),
            (r#"{ "credentials": ["x", "ma-board"] }"#, r#"{ "credentials": ["x"] }"#),
            (r#"{ "cycle": "later" }"#, r#"{ "cycle": "first" }"#),
            (r#"{ "standing": ["current", "late"] }"#, r#"{ "standing": ["current", "lapsed"] }"#),
            (r#"{ "months_expired": 2 }"#, r#"{ "months_expired": 3 }"#),
            ("{}", r#"{ "cycle": "later", "months_expired": 3 }"#),
        ] {
            assert!(term.holds(&when(holds)), "{holds}");
            assert!(!term.holds(&when(fails)), "{fails}");
        }
    }

    #[test]
    fn a_rule_on_the_day_of_an_activity_holds_where_no_activity_is_asked_for() {
        let (pack, credential) = (cma(), certified("2021-03-17"));
        let term = term(&pack, &credential, "2025-01-01");
        let until_2020 = when(r#"{ "completed": { "to": "2020-12-31" } }"#);
        assert!(term.holds(&until_2020));
        assert!(until_2020.holds_on(day("2020-12-31")));
        assert!(!until_2020.holds_on(day("2021-01-01")));
    }

    #[test]
    fn a_rule_on_a_date_that_is_not_known_does_not_hold() {
        let (pack, credential) = (cma(), known("", "", "2026-03-31"));
        let term = term(&pack, &credential, "2025-01-01");
        assert!(!term.holds(&when(r#"{ "certified": {} }"#)));
        assert!(!term.holds(&when(r#"{ "recertified": {} }"#)));
    }

    #[test]
    fn the_latest_recertification_is_the_one_up_to_the_period() {
        let (rolling, yearly) = (cma(), pack(&[CALENDAR], &[], ""));
        let credential = known("2016-04-02", "2021-04-10", "");
        let recertified = when(r#"{ "recertified": {} }"#);
        assert!(!term(&rolling, &credential, "2020-01-01").holds(&recertified));
        assert!(term(&rolling, &credential, "2022-01-01").holds(&recertified));
        let listed = Credential { periods: vec![listed("2016-04-02", "2021-03-31")], ..credential.clone() };
        assert!(!term(&rolling, &listed, "2020-01-01").holds(&recertified));
        assert!(!term(&yearly, &credential, "2020-01-01").holds(&recertified));
        assert!(term(&yearly, &credential, "2022-01-01").holds(&recertified));
        let from_card = known("", "2024-05-20", "2026-06-30");
        assert!(term(&two_years(), &from_card, "2025-01-01").holds(&recertified));
    }

    #[test]
    fn no_month_has_passed_since_an_expiry_to_come() {
        let (pack, credential) = (cma(), certified("2021-03-17"));
        let current = term(&pack, &credential, "2026-03-31");
        assert_eq!((current.months_expired(), current.missed_years()), (0, 0));
        assert!(!current.holds(&when(r#"{ "months_expired": 0 }"#)));
        assert!(term(&pack, &credential, "2026-04-01").holds(&when(r#"{ "months_expired": 0 }"#)));
    }

    #[test]
    fn a_year_is_missed_as_soon_as_it_begins() {
        let (pack, credential) = (pack(&[CALENDAR], &[], ""), known("2020-02-01", "", "2023-12-31"));
        for (on, years) in
            [("2023-12-31", 0), ("2024-01-01", 1), ("2024-12-31", 1), ("2025-01-01", 2), ("2026-06-01", 3)]
        {
            assert_eq!(term(&pack, &credential, on).missed_years(), years, "on {on}");
        }
    }

    #[test]
    fn the_latest_edition_that_holds_for_its_deciding_date_is_the_edition() {
        let edition = |id: &str, decided_by: &str, from: &str| {
            format!(
                r#"{{ "id": "{id}", "label": "{id}", "decided_by": "{decided_by}", "from": "{from}",
                    "basis": "official", "source": "page" }}"#
            )
        };
        let editions = [
            edition("oldest", "certification", "2010-01-01"),
            edition("started", "period_start", "2021-01-01"),
            edition("applied", "application", "2024-06-01"),
            edition("done", "activity", "2000-01-01"),
        ];
        let pack = pack(&[MONTH_END], &[], &format!(r#", "editions": [{}]"#, editions.join(",")));
        for (certified_on, on, id) in [
            ("2005-01-01", "2006-01-01", None),
            ("2012-01-01", "2013-01-01", Some("oldest")),
            ("2021-01-01", "2024-05-31", Some("started")),
            ("2021-01-01", "2024-06-01", Some("applied")),
        ] {
            let credential = certified(certified_on);
            let found = term(&pack, &credential, on).edition().map(|edition| edition.id.as_str());
            assert_eq!(found, id, "certified {certified_on}, on {on}");
        }
        let unknown = known("", "", "2013-12-31");
        assert!(term(&pack, &unknown, "2013-01-01").edition().is_none());
    }

    #[test]
    fn a_period_of_five_years_has_five_years_and_the_last_ends_with_the_month() {
        let (pack, credential) = (cma(), certified("2021-03-17"));
        let term = term(&pack, &credential, "2025-01-01");
        let years = term.stretches(12).into_iter().map(|year| (year.from.to_string(), year.to.to_string()));
        let expected = [
            from_to("2021-03-17", "2022-03-16"),
            from_to("2022-03-17", "2023-03-16"),
            from_to("2023-03-17", "2024-03-16"),
            from_to("2024-03-17", "2025-03-16"),
            from_to("2025-03-17", "2026-03-31"),
        ];
        assert_eq!(years.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn stretches_stop_with_the_period_and_never_run_on() {
        let two_years = pack(&[r#""months": 24, "end": "same_day""#], &[], "");
        let whole = |stretches: Vec<PeriodDates>| {
            stretches.iter().map(|stretch| (stretch.from.to_string(), stretch.to.to_string())).collect::<Vec<_>>()
        };
        let credential = certified("2024-02-29");
        let full = term(&two_years, &credential, "2024-03-01");
        let years = vec![from_to("2024-02-29", "2025-02-27"), from_to("2025-02-28", "2026-02-28")];
        assert_eq!(whole(full.stretches(12)), years);
        let uneven = vec![from_to("2024-02-29", "2025-08-28"), from_to("2025-08-29", "2026-02-28")];
        assert_eq!(whole(full.stretches(18)), uneven);
        for months in [0, 24, 25, u32::MAX] {
            // Stretches of no length would never end, so there is a single one, as if they were longer than the period.
            let days = full.stretches(months);
            assert_eq!((days[0].from, days[days.len() - 1].to), (full.dates.from, full.dates.to), "{months} months");
        }
        assert_eq!(full.stretches(24).len(), 1);
        for expires in ["2025-01-31", "2025-02-28"] {
            let short = known("2024-02-29", "", expires);
            assert_eq!(whole(term(&two_years, &short, "2024-03-01").stretches(12)), [from_to("2024-02-29", expires)]);
        }
    }

    #[test]
    fn renewing_early_gives_up_the_months_that_are_left() {
        let pack = cma();
        for (expires, on, next, given_up) in [
            ("2027-08-31", "2026-11-12", "2031-11-30", 9),
            ("2027-08-31", "2027-08-02", "2032-08-31", 0),
            ("2027-08-31", "2027-07-31", "2032-07-31", 1),
            ("2027-08-31", "2027-11-30", "2032-11-30", 0),
        ] {
            let credential = known("", "", expires);
            assert_eq!(term(&pack, &credential, on).renewed(), Some((day(next), given_up)), "on {on}");
        }
    }

    #[test]
    fn where_renewal_moves_the_expiry_on_nothing_is_given_up() {
        let (pack, credential) = (two_years(), known("", "", "2026-06-30"));
        for on in ["2025-01-01", "2026-06-30", "2027-06-30"] {
            assert_eq!(term(&pack, &credential, on).renewed(), Some((day("2028-06-30"), 0)), "on {on}");
        }
    }

    #[test]
    fn a_membership_year_is_followed_by_the_next() {
        let (pack, credential) =
            (pack(&[r#""months": 12, "anchor": "calendar_year""#], &[], ""), certified("2020-01-05"));
        assert_eq!(term(&pack, &credential, "2026-06-01").renewed(), Some((day("2027-12-31"), 0)));
    }

    #[test]
    fn once_renewal_is_closed_there_is_none() {
        let (pack, credential) = (cma(), known("", "", "2026-03-31"));
        assert!(term(&pack, &credential, "2026-06-30").renewed().is_some());
        assert_eq!(term(&pack, &credential, "2026-07-01").renewed(), None);
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        prop_oneof![
            8 => (0..40_000_u64).prop_map(|days| plus_days(day("1990-01-01"), days)),
            1 => Just(NaiveDate::MIN),
            1 => Just(NaiveDate::MAX),
        ]
    }

    fn any_pack() -> impl Strategy<Value = Pack> {
        let months = prop_oneof![6 => 1..100_u32, 1 => Just(0), 1 => Just(u32::MAX)];
        let end = prop::sample::select(vec!["month_end", "same_day", "day_before", "year_end"]);
        let anchor = prop::sample::select(vec!["certification", "calendar_year"]);
        let renews_from = prop::sample::select(vec!["recertification", "expiry"]);
        let from_age = prop::option::of(prop_oneof![4 => 0..30_u32, 1 => Just(u32::MAX)]);
        let late = prop::option::of(-50..500_i32);
        let moved = (any_day(), any_day(), any_day());
        let fields = (months, end, anchor, renews_from, from_age, late, moved);
        fields.prop_map(|(months, end, anchor, renews, from_age, late, (from, to, until))| {
            let age = from_age.map_or_else(|| "null".to_owned(), |age| age.to_string());
            let rule = format!(
                r#""months": 1, "end": "{end}", "anchor": "{anchor}", "renews_from": "{renews}", "from_age": {age},
                    "extensions": [{{ "from": "2020-03-31", "to": "2020-05-31", "until": "2020-08-31",
                        "reason": "COVID-19", "basis": "official", "source": "page" }}]"#
            );
            let late = late.map(|days| format!(r#""until": [{{ "at": "expiry", "days": {days} }}]"#));
            let late: Vec<_> = late.iter().map(String::as_str).collect();
            let mut pack = pack(&[&rule], &late, "");
            pack.period[0].months = months;
            let moved = &mut pack.period[0].extensions[0];
            (moved.from, moved.to, moved.until) = (from, to, until);
            pack
        })
    }

    fn any_credential() -> impl Strategy<Value = Credential> {
        let date = || prop::option::of(any_day());
        let spans = prop::collection::vec((any_day(), any_day()), 0..4);
        (date(), date(), date(), spans).prop_map(|(certified_on, recertified_on, expires_on, spans)| Credential {
            certified_on,
            recertified_on,
            expires_on,
            periods: spans
                .into_iter()
                .map(|(from, to)| Period { from, to, ..listed("2020-01-01", "2020-01-01") })
                .collect(),
            ..known("", "", "")
        })
    }

    /// With its dates in order, as a record holds them.
    fn sound_credential() -> impl Strategy<Value = Credential> {
        any_credential().prop_map(|mut credential| {
            let mut days = [credential.certified_on, credential.recertified_on, credential.expires_on];
            days.sort();
            [credential.certified_on, credential.recertified_on, credential.expires_on] = days;
            for period in &mut credential.periods {
                (period.from, period.to) = (period.from.min(period.to), period.from.max(period.to));
            }
            credential
        })
    }

    fn any_holder() -> impl Strategy<Value = Holder> {
        prop::option::of(any_day()).prop_map(|born_on| Holder { born_on, ..Holder::default() })
    }

    proptest! {
        #[test]
        fn a_later_day_never_lies_in_an_earlier_period(
            pack in any_pack(), mut credential in sound_credential(), holder in any_holder(),
            one in any_day(), other in any_day(),
        ) {
            if pack.period[0].anchor == Anchor::CalendarYear {
                credential.periods.clear();
            }
            let (early, late) = (one.min(other), one.max(other));
            let dates = |on| period(&credential, &holder, &pack, on);
            if let (Some(before), Some(after)) = (dates(early), dates(late)) {
                prop_assert!(before.from <= after.from);
                // So a day lies in one period only: two days that share a first day share the period.
                prop_assert!(before.from < after.from || before == after);
            }
        }

        #[test]
        fn a_period_begins_before_it_ends_and_is_late_only_after(
            pack in any_pack(), credential in any_credential(), holder in any_holder(), on in any_day(),
        ) {
            if let Ok(term) = Term::of(&credential, holder.born_on, &pack, on) {
                prop_assert!(term.dates.from <= term.dates.to);
                prop_assert!(term.dates.from <= term.certain_from);
                prop_assert_eq!(term.standing == Standing::Current, on <= term.dates.to);
                prop_assert!(term.late_until.is_none_or(|(safe, latest)| safe <= latest));
                prop_assert!(!term.missing_renewal || term.standing != Standing::Current);
                prop_assert!((term.missed_years() > 0) == (on > term.dates.to));
                let cannot_renew = term.standing == Standing::Lapsed || on < term.dates.from;
                prop_assert_eq!(term.renewed().is_none(), cannot_renew);
            }
        }

        #[test]
        fn stretches_cover_the_period_without_gaps_or_overlaps(
            pack in any_pack(), credential in any_credential(), on in any_day(), months in 0..40_u32,
        ) {
            if let Ok(term) = Term::of(&credential, None, &pack, on) {
                prop_assume!(term.dates.to < NaiveDate::MAX);
                let stretches = term.stretches(months);
                prop_assert_eq!(stretches[0].from, term.dates.from);
                prop_assert_eq!(stretches[stretches.len() - 1].to, term.dates.to);
                prop_assert!(stretches.iter().all(|stretch| stretch.from <= stretch.to));
                prop_assert!(stretches.windows(2).all(|pair| pair[0].to.succ_opt() == Some(pair[1].from)));
            }
        }

        #[test]
        fn every_moment_is_a_day(
            credential in any_credential(), on in any_day(),
            years in any::<i32>(), months in any::<i32>(), days in any::<i32>(), at in 0..5_usize, snap in 0..5_usize,
        ) {
            let pack = cma();
            let events = [
                MomentOf::PeriodStart, MomentOf::Expiry, MomentOf::Application, MomentOf::Certification,
                MomentOf::LateEnd,
            ];
            let snaps = [None, Some(Snap::MonthStart), Some(Snap::MonthEnd), Some(Snap::YearStart), Some(Snap::YearEnd)];
            let moment = Moment { date: None, at: events[at], years, months, days, snap: snaps[snap] };
            if let Ok(term) = Term::of(&credential, None, &pack, on) {
                let known = events[at] != MomentOf::Certification || credential.certified_on.is_some();
                prop_assert_eq!(term.moment(&moment).is_some(), known);
            }
        }
    }
}
