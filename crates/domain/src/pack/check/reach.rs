//! Whether a rule can ever be taken: days in the wrong order, and rules that stand behind one that takes everything first.
//!
//! Only what is so in every period, for every record, is called so: what an issuer may mean is not refused.

use chrono::NaiveDate;

use super::agree::{implies, is_within};
use crate::date::plus_days;
use crate::pack::{Moment, MomentOf, Pack, PackFault, RefuseRule, WindowRule};

/// Whether one day comes before the other, wherever the period lies.
pub(super) fn is_always_before(one: &Moment, other: &Moment) -> bool {
    always(one, other, NaiveDate::lt)
}

/// Whether two days stand in an order that holds wherever the period lies. Of days that are counted from events in no
/// fixed order nothing is known.
fn always(one: &Moment, other: &Moment, holds: fn(&NaiveDate, &NaiveDate) -> bool) -> bool {
    let later = match (one.date, other.date) {
        (Some(one), Some(other)) => return holds(&one, &other),
        (None, None) if one.at == other.at => 0,
        // The expiry is later than the first day, and the later it is, the later is what is counted from it.
        (None, None) if (one.at, other.at) == (MomentOf::PeriodStart, MomentOf::Expiry) => 1,
        _ => return false,
    };
    // Four years have every day that an event can fall on.
    let mut days =
        NaiveDate::from_ymd_opt(2024, 1, 1).into_iter().flat_map(|first| first.iter_days().take(4 * 365 + 1));
    days.all(|event| holds(&one.counted_from(event), &other.counted_from(plus_days(event, later))))
}

/// Rules of lists of which the first that holds is taken, behind one that holds whenever they do. Asked only of a pack
/// that has no other fault.
pub(super) fn unreached(pack: &Pack) -> Vec<PackFault> {
    let lists = [
        behind("period", &pack.period, |first, rule| implies(&rule.when, &first.when)),
        behind("late", &pack.late, |first, rule| implies(&rule.when, &first.when)),
        behind("windows", &pack.windows, takes_days_of),
        behind("refuse", &pack.refuse, refuses_all_of),
        behind("convert", &pack.convert, |first, rule| {
            implies(&rule.when, &first.when) && is_within(&rule.of, &first.of)
        }),
        behind("evidence", &pack.evidence, |first, rule| is_within(&rule.of, &first.of)),
    ];
    lists.into_iter().flatten().collect()
}

fn behind<T>(list: &str, rules: &[T], takes_all: impl Fn(&T, &T) -> bool) -> Vec<PackFault> {
    let first = |index: usize| rules[..index].iter().position(|first| takes_all(first, &rules[index]));
    let fault = |(index, first): (usize, usize)| PackFault {
        path: format!("{list}[{index}]"),
        reason: format!(
            "is never reached: {list}[{first}] comes before it and holds whenever it does; put it before that one, \
             narrow that one, or leave one of them out"
        ),
    };
    (0..rules.len()).filter_map(|index| Some((index, first(index)?))).map(fault).collect()
}

fn takes_days_of(first: &WindowRule, rule: &WindowRule) -> bool {
    implies(&rule.when, &first.when)
        && is_within(&rule.of, &first.of)
        && (first.prorate || !rule.prorate)
        && always(&first.from, &rule.from, NaiveDate::le)
        && always(&rule.to, &first.to, NaiveDate::le)
}

fn refuses_all_of(first: &RefuseRule, rule: &RefuseRule) -> bool {
    implies(&rule.when, &first.when)
        && is_within(&rule.of, &first.of)
        && first.under.is_none_or(|first| rule.under.is_some_and(|under| under <= first))
}
