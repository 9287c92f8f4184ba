//! What earlier periods used up of limits that last a lifetime.

use crate::choice;
use crate::credit::Credit;
use crate::judge::Judge;
use crate::pack::Per;
use crate::record::Record;
use crate::rulebook::Rulebook;

/// Of each limit on points and on numbers what is used up, at least and at most, and the credits that are in doubt.
#[derive(Debug, Default)]
pub(super) struct UsedUp {
    caps: Vec<(i64, i64)>,
    counts: Vec<(i64, i64)>,
    /// Places in the record.
    pub in_doubt: Vec<usize>,
}

impl UsedUp {
    /// Each activity is counted once, as the entry that uses up most.
    pub(super) fn before(record: &Record, judge: &Judge<'_>) -> Self {
        let book = judge.book;
        let lasts = |per: Per| per == Per::Lifetime;
        if !book
            .caps
            .iter()
            .map(|cap| cap.rule)
            .chain(book.counts.iter().map(|count| count.rule))
            .any(|rule| lasts(rule.per))
        {
            return Self::default();
        }
        let from = judge.term.dates.from;
        let is_before = |credit: &&Credit| credit.completed_on.is_some_and(|day| day < from);
        let activities = choice::activities(record.credits.iter().filter(is_before), &judge.answers);
        let mut doubted: Vec<&str> = Vec::new();
        let mut sum = |used: &dyn Fn(&Credit) -> (i64, i64)| {
            activities.iter().fold((0_i64, 0_i64), |(least, most), entries| {
                let each: Vec<(i64, i64)> = entries.iter().map(|credit| used(credit)).collect();
                doubted.extend(
                    entries.iter().zip(&each).filter(|(_, (least, most))| least != most).map(|(credit, _)| &*credit.id),
                );
                let of = |pick: fn(&(i64, i64)) -> i64| each.iter().map(pick).max().unwrap_or(0);
                (least.saturating_add(of(|used| used.0)), most.saturating_add(of(|used| used.1)))
            })
        };
        let caps = book.caps.iter().enumerate().map(|(place, cap)| {
            if lasts(cap.rule.per) { sum(&|credit| judge.earlier_worth(credit, place)) } else { (0, 0) }
        });
        let caps = caps.collect();
        let counts = book.counts.iter().map(|count| {
            if lasts(count.rule.per) { sum(&|credit| judge.earlier_place(credit, &count.filter)) } else { (0, 0) }
        });
        let counts = counts.collect();
        let is_doubted = |index: &usize| doubted.contains(&&*record.credits[*index].id);
        let in_doubt =
            if doubted.is_empty() { Vec::new() } else { (0..record.credits.len()).filter(is_doubted).collect() };
        Self { caps, counts, in_doubt }
    }

    /// On the strict reading the most is used up, on the kind one the least.
    pub(super) fn lessen(&self, book: &mut Rulebook<'_>) {
        for (cap, (least, most)) in book.caps.iter_mut().zip(&self.caps) {
            cap.kind_limit = (cap.limit - least).max(0);
            cap.limit = (cap.limit - most).max(0);
        }
        for (count, (least, most)) in book.counts.iter_mut().zip(&self.counts) {
            let left = |used: &i64| count.at_most.saturating_sub(usize::try_from(*used).unwrap_or(usize::MAX));
            (count.kind_at_most, count.at_most) = (left(least), left(most));
        }
    }
}
