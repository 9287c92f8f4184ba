//! How a credit lies over days and categories.

use std::collections::BTreeMap;

use super::worth::quotient;
use super::{Days, Judge, Part, Parts};
use crate::credit::{Credit, Session};
use crate::judged::{Piece, Pieces};
use crate::pack::ConvertRule;
use crate::points::Amount;

impl Judge<'_> {
    /// The certificate's parts by day and category.
    pub(super) fn parts(&self, credit: &Credit, days: Days<'_>, rule: Option<&ConvertRule>) -> Parts {
        let pack = self.pack();
        let unknown = pack.categories.len();
        let place = |id: &str| match pack.category_index(id) {
            Some(index) => (!pack.categories[index].worthless).then_some(index),
            None => Some(unknown),
        };
        let of_days = |category: Option<usize>| {
            days.all.iter().map(move |(day, share)| Part { day: *day, category, share: *share }).collect()
        };
        if let Some(category) = rule.and_then(|rule| rule.category.as_ref()) {
            return of_days(place(category));
        }
        if unknown == 0 {
            return of_days(Some(unknown));
        }
        let own = credit.split_for(&pack.id);
        let mut parts = match credit.completed_on {
            Some(completed) if !credit.sessions.is_empty() && (own.is_empty() || add_up_to(&credit.sessions, own)) => {
                let category = |session: &Session| session.category.as_deref().map_or(Some(unknown), place);
                let of_session = |session: &Session| Part {
                    day: session.on.unwrap_or(completed),
                    category: category(session),
                    share: session.amount.ten_thousandths(),
                };
                let mut parts: Parts = credit.sessions.iter().map(of_session).collect();
                let told: i64 = parts.iter().map(|part| part.share).sum();
                let whole: i64 = days.all.iter().map(|(_, share)| share).sum();
                let rest = Part { day: completed, category: Some(unknown), share: whole - told };
                parts.extend((rest.share > 0).then_some(rest));
                parts
            }
            _ if own.is_empty() => of_days(Some(unknown)),
            _ => split(own, days, place),
        };
        if parts.iter().any(|part| part.category == Some(unknown))
            && let Some(answer) = self.answers.find("category", &credit.id)
            && let Some(told) = pack.categories.iter().position(|c| answer.is(&c.id) || answer.is(&c.label))
        {
            parts.iter_mut().filter(|part| part.category == Some(unknown)).for_each(|part| part.category = Some(told));
        }
        parts.sort_unstable();
        parts.dedup_by(|next, before| {
            let is_same = (next.day, next.category) == (before.day, before.category);
            before.share += if is_same { next.share } else { 0 };
            is_same
        });
        parts
    }

    /// The points of the day's parts. Cut on the running sum of all days, so that all parts add up to what the whole
    /// certificate is worth.
    pub(super) fn pieces(&self, worth: i64, days: Days<'_>, parts: &[Part], (lines, caps): (u64, u64)) -> Pieces {
        let (book, unknown) = (self.book, self.pack().categories.len());
        let whole = days.all.iter().map(|(_, share)| share).sum();
        let mut pieces = Pieces::default();
        let (mut so_far, mut given) = (0, 0);
        for of in parts {
            so_far += of.share;
            let points = part(worth, so_far, whole) - given;
            given += points;
            if let Some(category) = of.category
                && points > 0
                && of.day == days.day
            {
                let known = category < unknown;
                let lines = if known { lines & book.category_lines[category] } else { lines };
                let caps = if known { caps & book.category_caps[category] } else { caps };
                pieces.push(Piece { category, lines, caps, points });
            }
        }
        pieces
    }
}

/// Whether the sessions say what the split says, only with more detail.
fn add_up_to(sessions: &[Session], split: &BTreeMap<String, Amount>) -> bool {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for session in sessions {
        let Some(category) = session.category.as_deref() else { return false };
        *sums.entry(category).or_default() += session.amount.ten_thousandths();
    }
    split.len() == sums.len()
        && split.iter().all(|(id, amount)| sums.get(id.as_str()) == Some(&amount.ten_thousandths()))
}

/// A split that speaks of the whole certificate, on each of its days.
fn split(split: &BTreeMap<String, Amount>, days: Days<'_>, place: impl Fn(&str) -> Option<usize>) -> Parts {
    let whole: i64 = days.all.iter().map(|(_, share)| share).sum();
    let mut parts = Parts::new();
    let mut before = 0;
    for (day, share) in days.all {
        let of_day = |(id, amount): (&String, &Amount)| {
            let until = |share: i64| part(amount.ten_thousandths(), share, whole);
            Part { day: *day, category: place(id), share: until(before + share) - until(before) }
        };
        parts.extend(split.iter().map(of_day));
        before += share;
    }
    parts
}

/// `points` × `of` / `whole`, rounded down.
fn part(points: i64, of: i64, whole: i64) -> i64 {
    if whole <= 0 || of >= whole {
        return points;
    }
    i64::try_from(quotient(i128::from(points) * i128::from(of), i128::from(whole))).unwrap_or(i64::MAX)
}
