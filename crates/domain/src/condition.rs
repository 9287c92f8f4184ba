//! What must be true besides points: a current card, hours worked, a statement.

use chrono::{Datelike, NaiveDate};

use crate::credit::Credit;
use crate::date::month_end;
use crate::evaluation::{Exact, PeriodDates, Standing, Verdict, exact};
use crate::filter::Filter;
use crate::judged::{Judged, Seen};
use crate::pack::{Condition, Pack, Packs};
use crate::period::Term;
use crate::points::{Amount, Points};
use crate::program::Fraction;
use crate::question::{Answered, Answers};
use crate::record::{Credential, Fact, FactKind, Record};

/// A fact, or a credit that serves as one.
#[derive(Debug, Clone, Copy)]
struct Shown {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    /// In ten-thousandths, as amounts are printed.
    amount: i64,
    proven: bool,
    /// Whether it is what is asked for, whoever approved it.
    is_certain: bool,
}

/// What the record's other credentials show.
#[derive(Debug, Default)]
pub(crate) struct Others<'a> {
    /// Those that are current, with their periods.
    current: Vec<(&'a str, PeriodDates)>,
    /// Those that conditions speak of.
    named: Vec<&'a Pack>,
}

impl<'a> Others<'a> {
    pub(crate) fn of(record: &'a Record, id: &str, pack: &Pack, packs: &'a Packs, on: NaiveDate) -> Self {
        let wanted: Vec<&String> = pack.conditions().flat_map(|rule| &rule.credentials).collect();
        let born_on = record.holder.born_on;
        let is_wanted = |credential: &&Credential| credential.id != id && wanted.contains(&&credential.pack);
        let current = record.credentials.iter().filter(is_wanted).filter_map(|credential| {
            let term = Term::of(credential, born_on, packs.get(&credential.pack)?, on).ok()?;
            (term.standing == Standing::Current).then_some((credential.pack.as_str(), term.dates))
        });
        Self { current: current.collect(), named: wanted.iter().filter_map(|id| packs.get(id)).collect() }
    }

    /// Whether a fact says by its tag or title that it is one of a rule's credentials; any, where the rule names none.
    fn is_named(&self, rule: &Condition, fact: &Fact) -> bool {
        let told = [&fact.tag, &fact.title].into_iter().flatten();
        let letters = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let told: Vec<String> = told.map(|text| letters(text)).collect();
        let meant = self.named.iter().filter(|pack| rule.credentials.contains(&pack.id));
        let mut names = meant.flat_map(|pack| [&pack.id, &pack.name, &pack.full_name]);
        rule.credentials.is_empty() || names.any(|name| told.contains(&letters(name)))
    }
}

/// Whether a condition holds: whatever is on file, and with proof in hand.
pub(crate) fn judge(
    rule: &Condition,
    term: &Term<'_>,
    record: &Record,
    judged: &[Judged<'_>],
    answers: &Answers<'_>,
    others: &Others<'_>,
) -> (Verdict, Verdict) {
    let all = shown(rule, term, record, judged, answers, others);
    let proven = |shown: &&Shown| shown.proven || rule.none;
    let state = |for_certain: bool, is_meant: &dyn Fn(&&Shown) -> bool| {
        let meant = all.iter().filter(|shown| !for_certain || shown.is_certain).filter(is_meant).copied();
        state(rule, term, &meant.collect::<Vec<_>>())
    };
    let told = |is_meant: &dyn Fn(&&Shown) -> bool| match (state(true, is_meant), state(false, is_meant)) {
        (certain, possible) if certain == possible => certain,
        _ => Verdict::CannotTell,
    };
    let on_file = (told(&|_| true), told(&proven));
    if rule.question.is_none() || on_file.0 == Verdict::Met {
        return on_file;
    }
    match answers.find_for("fact", &rule.id, "") {
        Some(answer) if answer.is("yes") => (Verdict::Met, Verdict::Met),
        Some(answer) if answer.is("no") => on_file,
        _ => (Verdict::CannotTell, Verdict::CannotTell),
    }
}

/// Whether a credit serves a condition only if it was approved by this body or that.
pub(crate) fn is_doubted(rule: &Condition, term: &Term<'_>, credit: &Credit, judged: &Judged<'_>) -> bool {
    rule.credits.as_ref().is_some_and(|of| {
        let filter = Filter::new(of, term.pack);
        judged.may_be(&filter, credit) && !judged.must_be(&filter, credit)
    })
}

/// How many hours there are of those that a condition demands.
pub(crate) struct Hours {
    /// Where each stretch of the period has hours of its own: the first of those with the fewest.
    pub within: Option<PeriodDates>,
    pub needed: Points,
    /// Those whose days are not on file too.
    pub earned: Points,
    pub counted: Points,
    pub short: Points,
    pub exact: Exact,
}

/// The hours on file for a condition, if it demands any.
pub(crate) fn hours(
    rule: &Condition,
    term: &Term<'_>,
    record: &Record,
    judged: &[Judged<'_>],
    answers: &Answers<'_>,
    others: &Others<'_>,
) -> Option<Hours> {
    let needed = rule.amount.filter(|_| !rule.none)?;
    let all = shown(rule, term, record, judged, answers, others);
    let sums = stretches(rule, term).into_iter().map(|dates| (sums(dates, term, &all), dates));
    let ((certain, possible), dates) = sums.min_by_key(|(sums, _)| *sums)?;
    let within = rule.each_months.map(|_| dates);
    let of_needed = Fraction::of(needed.hundredths().into());
    let earned = sum(certain, possible);
    let short = sum(of_needed, certain.minus()).max(Fraction::ZERO);
    let [earned, counted, short] = [earned, certain, short].map(Fraction::hundredths);
    let exact = exact([("earned", earned), ("counted", counted), ("short", short)]);
    Some(Hours { within, needed, earned, counted, short, exact })
}

/// As far as the numbers can be held exactly; beyond that, rounded down.
fn sum(one: Fraction, other: Fraction) -> Fraction {
    one.plus(other).unwrap_or_else(|_| Fraction::of(i128::from(one.floor()) + i128::from(other.floor())))
}

/// Fills in what the question about a fact without its days has brought: the missing day; of hours worked, whether they
/// lie in the time that counts, today standing for any day in it.
fn told_of(rule: &Condition, told: Answered<'_>, on: NaiveDate, shown: &mut Shown) {
    let is_undated = shown.from.and(shown.to).is_none();
    match told.date() {
        Some(day) if rule.amount.is_none() && rule.on.is_some() => shown.to = shown.to.or(Some(day)),
        Some(day) if rule.amount.is_none() => shown.from = shown.from.or(Some(day)),
        None if rule.amount.is_some() && is_undated && told.is("no") => shown.amount = 0,
        None if rule.amount.is_some() && is_undated && told.is("yes") && rule.each_months.is_none() => {
            (shown.from, shown.to) = (Some(on), Some(on));
        }
        _ => {}
    }
}

/// Whatever is on file for a condition, with what she was told about it.
fn shown(
    rule: &Condition,
    term: &Term<'_>,
    record: &Record,
    judged: &[Judged<'_>],
    answers: &Answers<'_>,
    others: &Others<'_>,
) -> Vec<Shown> {
    let same_tag =
        |tag: Option<&str>| rule.tag.as_deref().is_none_or(|own| tag.is_some_and(|tag| tag.eq_ignore_ascii_case(own)));
    // Statements, fees and registrations need no paper of hers.
    let needs_paper = matches!(rule.fact, FactKind::CprCard | FactKind::Credential | FactKind::WorkHours);
    let facts = record.facts.iter().filter(|fact| {
        fact.issued_on.is_none_or(|day| day <= term.on)
            && fact.kind == rule.fact
            && same_tag(fact.tag.as_deref())
            && others.is_named(rule, fact)
            && fact.credential.as_deref().is_none_or(|id| id == term.credential.id)
    });
    let mut all: Vec<Shown> = facts
        .map(|fact| Shown {
            from: fact.issued_on,
            to: fact.expires_on,
            amount: fact.amount.map_or(0, Amount::ten_thousandths),
            proven: !needs_paper || !fact.proofs.is_empty(),
            is_certain: true,
        })
        .collect();
    if let Some(of) = &rule.credits {
        let filter = Filter::new(of, term.pack);
        // What was refused shows nothing. A card of a sort or of a time that earns no points may be a valid one.
        let serves = |judged: &Judged<'_>, seen: &Seen| judged.may_count() || !seen.may_earn;
        let serving = record.credits.iter().zip(judged).filter_map(|(credit, judged)| {
            let seen = judged.seen.filter(|seen| serves(judged, seen))?;
            judged.may_be(&filter, credit).then_some(Shown {
                from: Some(seen.day),
                to: credit.expires_on,
                amount: credit.amount.map_or(0, Amount::ten_thousandths),
                proven: judged.proven,
                is_certain: judged.must_be(&filter, credit),
            })
        });
        all.extend(serving);
    }
    let current = others.current.iter().filter(|(id, _)| rule.credentials.iter().any(|wanted| wanted == id));
    all.extend(current.map(|(_, dates)| Shown {
        from: Some(dates.from),
        to: Some(dates.to),
        amount: 0,
        proven: true,
        is_certain: true,
    }));
    if let Some(told) = answers.find_for("fact", &rule.id, "") {
        for shown in &mut all {
            told_of(rule, told, term.on, shown);
        }
    }
    all
}

/// In which a condition must hold: all of them.
fn stretches(rule: &Condition, term: &Term<'_>) -> Vec<PeriodDates> {
    match rule.each_months {
        Some(months) => term.stretches(months),
        None => vec![PeriodDates {
            from: rule.from.and_then(|from| term.moment(&from)).unwrap_or(NaiveDate::MIN),
            to: rule.to.and_then(|to| term.moment(&to)).unwrap_or(NaiveDate::MAX),
        }],
    }
}

fn state(rule: &Condition, term: &Term<'_>, shown: &[Shown]) -> Verdict {
    let one = |dates: &PeriodDates| match rule.amount {
        Some(needed) => enough(needed, *dates, term, shown),
        None => shown.iter().map(|shown| holds(rule, term, *dates, *shown)).max().unwrap_or(Verdict::NotMet),
    };
    let all = stretches(rule, term).iter().map(one).min().unwrap_or(Verdict::NotMet);
    match (rule.none, all) {
        (false, state) => state,
        (true, Verdict::Met) => Verdict::NotMet,
        (true, Verdict::NotMet) => Verdict::Met,
        (true, Verdict::CannotTell) => Verdict::CannotTell,
    }
}

/// Whether one fact is enough. A date that is not on file is not known.
fn holds(rule: &Condition, term: &Term<'_>, dates: PeriodDates, shown: Shown) -> Verdict {
    let asks_for_start = rule.from.is_some() || rule.to.is_some() || rule.each_months.is_some();
    let begun = match shown.from {
        Some(from) if asks_for_start => known((dates.from..=dates.to).contains(&from)),
        None if asks_for_start => Verdict::CannotTell,
        _ => Verdict::Met,
    };
    let Some(day) = rule.on.and_then(|on| term.moment(&on)) else { return begun };
    let valid = match (shown.from, shown.to) {
        (Some(from), _) if day < from => Verdict::NotMet,
        (_, Some(to)) => known(day <= to),
        (_, None) => Verdict::CannotTell,
    };
    begun.min(valid)
}

fn known(holds: bool) -> Verdict {
    if holds { Verdict::Met } else { Verdict::NotMet }
}

/// Whether amounts in a stretch reach what is needed.
fn enough(needed: Points, dates: PeriodDates, term: &Term<'_>, shown: &[Shown]) -> Verdict {
    let needed = Fraction::of(needed.hundredths().into());
    let (certain, possible) = sums(dates, term, shown);
    match (certain >= needed, sum(certain, possible) >= needed) {
        (true, _) => Verdict::Met,
        (false, true) => Verdict::CannotTell,
        (false, false) => Verdict::NotMet,
    }
}

/// Amounts of all facts in a stretch, until the day asked about, in hundredths; one that reaches beyond it gives the share
/// of its time inside. One without its days may lie here or elsewhere, and is added up by itself.
fn sums(dates: PeriodDates, term: &Term<'_>, shown: &[Shown]) -> (Fraction, Fraction) {
    let on = term.on;
    let last = dates.to.min(on);
    // Where a day ends. A period that ends on its anniversary has a day more than its years; that is left out, lest its
    // last year have more of the time than the others.
    let whole = begin(term.dates.from) + i128::from(i64::from(term.rule.months) * PARTS);
    let end = |day: NaiveDate| {
        let end = parts(day, day.day());
        if day == term.dates.to { end.min(whole) } else { end }
    };
    let inside = |from: NaiveDate, to: NaiveDate, amount: i64| {
        let length = end(to) - begin(from);
        let overlap = end(to.min(last)) - begin(from.max(dates.from));
        if length <= 0 || overlap <= 0 {
            return Fraction::ZERO;
        }
        let share = i128::from(amount) * overlap.min(length);
        Fraction::new(share, length * 100).unwrap_or_else(|_| Fraction::of(share / length / 100))
    };
    let (mut certain, mut possible) = (Fraction::ZERO, Fraction::ZERO);
    for shown in shown {
        match (shown.from, shown.to) {
            (Some(from), Some(to)) => certain = sum(certain, inside(from, to, shown.amount)),
            _ => possible = sum(possible, Fraction::new(shown.amount.into(), 100).unwrap_or(Fraction::ZERO)),
        }
    }
    (certain, possible)
}

/// Parts of a month: can be divided by 28, 29, 30 and 31. Time is measured in months, so that a leap year is no longer than
/// another year: of two years' work each year has half.
const PARTS: i64 = 377_580;

fn parts(day: NaiveDate, days: u32) -> i128 {
    let month = i64::from(day.year()) * 12 + i64::from(day.month0());
    i128::from(month * PARTS + i64::from(days) * PARTS / i64::from(month_end(day).day()))
}

/// Where a day begins.
fn begin(day: NaiveDate) -> i128 {
    parts(day, day.day0())
}
