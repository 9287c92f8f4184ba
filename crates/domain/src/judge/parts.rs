//! How a credit lies over days and categories.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use smallvec::SmallVec;

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
        if let Some(category) = rule.and_then(|rule| rule.category.as_ref()) {
            return days.of(place(category));
        }
        if unknown == 0 {
            return days.of(Some(unknown));
        }
        let own = credit.split_for(&pack.id);
        let mut parts = match credit.completed_on {
            Some(completed) if !credit.sessions.is_empty() && (own.is_empty() || add_up_to(&credit.sessions, own)) => {
                let category = |session: &Session| session.category.as_deref().map_or(Some(unknown), place);
                let of_session = |session: &Session| Part {
                    day: session.on.unwrap_or(completed),
                    category: category(session),
                    share: session.amount.ten_thousandths().into(),
                };
                let mut all: SmallVec<[Part; 2]> = credit.sessions.iter().map(of_session).collect();
                let (told, whole) = (all.iter().map(|part| part.share).sum::<i128>(), days.whole());
                let rest = Part { day: completed, category: Some(unknown), share: whole - told };
                all.extend((rest.share > 0).then_some(rest));
                Parts { all, whole }
            }
            _ if own.is_empty() => days.of(Some(unknown)),
            _ => split(own, days, place),
        };
        let all = &mut parts.all;
        if all.iter().any(|part| part.category == Some(unknown))
            && let Some(answer) = self.answers.find("category", &credit.id)
            && let Some(told) = pack.categories.iter().position(|c| answer.is(&c.id) || answer.is(&c.label))
        {
            all.iter_mut().filter(|part| part.category == Some(unknown)).for_each(|part| part.category = Some(told));
        }
        all.sort_unstable();
        all.dedup_by(|next, before| {
            let is_same = (next.day, next.category) == (before.day, before.category);
            before.share += if is_same { next.share } else { 0 };
            is_same
        });
        parts
    }

    /// The points of the day's parts. Cut on the running sum of all days, so that all parts add up to what the whole
    /// certificate is worth.
    pub(super) fn pieces(&self, worth: i64, days: Days<'_>, parts: &Parts, (lines, caps): (u64, u64)) -> Pieces {
        let (book, unknown) = (self.book, self.pack().categories.len());
        let mut pieces = Pieces::default();
        let (mut so_far, mut given) = (0, 0);
        for of in &parts.all {
            so_far += of.share;
            let points = match i128::from(worth).checked_mul(so_far) {
                Some(share) if so_far < parts.whole => book.scale.share(share, parts.whole),
                _ => worth,
            } - given;
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

impl Days<'_> {
    /// The printed amount of all days, in ten-thousandths.
    fn whole(self) -> i128 {
        self.all.iter().map(|(_, share)| i128::from(*share)).sum()
    }

    /// Each day whole, in one category.
    pub(super) fn of(self, category: Option<usize>) -> Parts {
        let part = |(day, share): &(NaiveDate, i64)| Part { day: *day, category, share: i128::from(*share) };
        Parts { all: self.all.iter().map(part).collect(), whole: self.whole() }
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
    let whole = days.whole();
    let of_day = |(day, share): &(NaiveDate, i64)| {
        let (day, share) = (*day, i128::from(*share));
        let of_category = |(id, amount): (&String, &Amount)| {
            let share = i128::from(amount.ten_thousandths()) * share;
            Part { day, category: place(id), share }
        };
        split.iter().map(of_category).collect::<SmallVec<[Part; 2]>>()
    };
    Parts { all: days.all.iter().flat_map(of_day).collect(), whole: whole * whole }
}
