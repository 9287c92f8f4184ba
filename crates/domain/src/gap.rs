//! The least that is still to be earned, as bounds and as one sentence.
//!
//! With exclusive categories and one cap on other sources the fewest further points have a closed form. Write `own`
//! and `other` for the points there are, by category, `need` for a category's minimum. Further points of the issuer's
//! own do whatever further points of other sources do, so the fewest are the largest of
//! - what the total lacks, when as many others count as the cap allows,
//! - what the approved minimum lacks,
//! - what categories lack that nobody has points for, and what they lack beyond the cap.

use crate::assign::{Assignment, category_minimum};
use crate::evaluation::{Bound, Gap};
use crate::pack::{Of, Pack};
use crate::points::Points;
use crate::words;

/// The gap on the strictest reading.
pub(crate) fn gap(pack: &Pack, low: &Assignment, stand: &words::Stand) -> Gap {
    let of = |category: Option<usize>, approved: Option<bool>| Of {
        category: category.map(|index| pack.categories[index].id.clone()),
        approved,
    };
    let earned = |category, approved| low.earned(&of(category, Some(approved)), pack);
    let demand = |wanted: &dyn Fn(&Of) -> bool| {
        pack.requirements.iter().filter(|rule| wanted(&rule.of)).map(|rule| rule.needed).max().unwrap_or_default()
    };
    let total = demand(&|of| of.category.is_none() && of.approved.is_none());
    let approved = demand(&|of| of.category.is_none() && of.approved == Some(true));
    let cap = pack.cap.limit;

    let categories = 0..pack.categories.len();
    let lacks: Vec<Points> = categories
        .clone()
        .map(|c| (earned(Some(c), true) + earned(Some(c), false)).short_of(category_minimum(pack, c)))
        .collect();
    let from_others: Points =
        categories.map(|c| earned(Some(c), true).short_of(category_minimum(pack, c)).min(earned(Some(c), false))).sum();
    let beyond_cap = cap.short_of(from_others);
    let lacking: Points = lacks.iter().copied().sum();

    let own = earned(None, true);
    let others = earned(None, false);
    let points = (own + others.min(cap)).short_of(total).max(own.short_of(approved)).max(lacking + beyond_cap);
    // What other sources cannot give: the approved minimum, and whatever no longer fits under the cap.
    let must_be_own =
        own.short_of(approved).max((own + cap).short_of(total)).max(cap.short_of(from_others + lacking)).min(points);

    let issuer = &pack.issuer.approver;
    let all: Vec<String> = pack.categories.iter().map(|category| category.id.clone()).collect();
    let only_own = must_be_own == points;
    let by = if only_own { issuer.clone() } else { "any".to_owned() };
    let mut at_least = Vec::new();
    if points > lacking {
        at_least.push(Bound { points, categories: all.clone(), approver: by.clone() });
    }
    for (category, lack) in lacks.iter().enumerate().filter(|(_, lack)| !lack.is_zero()) {
        at_least.push(Bound { points: *lack, categories: vec![all[category].clone()], approver: by.clone() });
    }
    if !only_own && !must_be_own.is_zero() {
        at_least.push(Bound { points: must_be_own, categories: all, approver: issuer.clone() });
    }
    let need = words::Need { points, lacks: &lacks, must_be_own };
    Gap {
        points,
        at_least,
        conditions: Vec::new(),
        impossible: stand.closed_on.map(|day| words::closed(pack, day)).into_iter().collect(),
        sentence: words::gap_sentence(pack, stand, &need),
    }
}
