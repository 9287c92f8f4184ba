//! The least that is still to be earned: the fewest further points, and the bounds they must satisfy.
//!
//! Every bound is a cut. Take some lines and some limits: what the lines demand, less what the limits let through, less
//! what the points there are can give beyond those limits, only further points can bring, and only such as fill one of
//! the lines without using up one of the limits. All such cuts are taken that weigh no point twice, and those that
//! follow from others are left out: each of them is necessary. Where lines share a limit, a cut may weigh a point twice,
//! which no bound on a sort of points can say; then bounds are added, as small as they can be, from which it follows. So
//! together they are always enough.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::credit::{Approver, Credit, Kind, Unit};
use crate::evaluation::{Bound, BoundOf, PeriodDates, exact};
use crate::filter::{Filter, long_bit};
use crate::judge::Judge;
use crate::pack::OTHER;
use crate::pool::Serves;
use crate::program::{Program, Term, Work};
use crate::rulebook::{Rulebook, Way};

/// Points that could still be earned.
#[derive(Debug, Clone)]
pub(crate) struct Further {
    pub serves: Serves,
    category: usize,
    class: usize,
    tags: u64,
    within: Option<PeriodDates>,
    /// Whether they would count is in doubt.
    pub in_doubt: bool,
}

/// Every sort of points that could still be earned from the day on: what an activity in a category, approved by a class,
/// with some of the tags the rules speak of, in one stretch, would serve. The judge says whether it is eligible.
pub(crate) fn further(judge: &Judge<'_>) -> Vec<Further> {
    let (book, term) = (judge.book, judge.term);
    // What is imagined lies ahead.
    let answers = judge.answers.clone();
    let judge = &Judge { term, book, answers, planned: true, is_only_credential: true };
    let pack = book.pack;
    let filters: Vec<(&Filter<'_>, &crate::pack::Of)> = book
        .lines
        .iter()
        .map(|line| (&line.filter, &line.rule.of))
        .chain(book.caps.iter().map(|cap| (&cap.filter, &cap.rule.of)))
        .collect();
    let tags: Vec<usize> = (0..pack.tags.len())
        .filter(|&tag| {
            filters.iter().any(|(_, of)| [&of.tags, &of.without_tags].iter().any(|l| l.contains(&pack.tags[tag].id)))
        })
        .collect();
    let mut kinds = vec![Kind::Course];
    // What only limits speak of is better left out than advised.
    kinds.extend(book.lines.iter().flat_map(|line| line.rule.of.kinds.iter().copied()));
    kinds.sort_unstable();
    kinds.dedup();
    let mut stretches: Vec<PeriodDates> =
        book.lines.iter().filter_map(|line| line.within).chain(book.caps.iter().filter_map(|cap| cap.within)).collect();
    stretches.sort_unstable_by_key(|dates| (dates.from, dates.to));
    stretches.dedup();
    let mut days: Vec<(NaiveDate, Option<PeriodDates>)> = stretches
        .iter()
        .filter(|dates| dates.to >= term.on)
        .map(|dates| (term.on.max(dates.from).max(term.certain_from.min(dates.to)), Some(*dates)))
        .collect();
    if days.is_empty() {
        days.push((term.on.max(term.certain_from), None));
    }
    let units = units(book);
    let mut found = Vec::new();
    for &(day, within) in &days {
        for class in 0..=pack.approvers.len() {
            for &kind in &kinds {
                for chosen in 0..1_u64 << tags.len().min(6) {
                    let of_tags = tags.iter().enumerate().filter(|(bit, _)| chosen & (1 << bit) != 0);
                    let of_tags: Vec<usize> = of_tags.map(|(_, tag)| *tag).collect();
                    found.extend(eligible(judge, day, within, class, kind, &of_tags, &units));
                }
            }
        }
    }
    found
}

/// The units to try, most usual first.
fn units(book: &Rulebook<'_>) -> Vec<Unit> {
    let named = book.pack.units.iter().map(|name| name.unit);
    let converted = book.convert.iter().flat_map(|(_, rule)| rule.of.units.iter().copied());
    let usual = [Unit::ContactHour, Unit::ClockHour, Unit::Point, Unit::IssuerCredit];
    let mut units: Vec<Unit> = Vec::new();
    for unit in named.chain(converted).chain(usual).filter(|unit| *unit != Unit::CprCard) {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

fn eligible(
    judge: &Judge<'_>,
    day: NaiveDate,
    within: Option<PeriodDates>,
    class: usize,
    kind: Kind,
    tags: &[usize],
    units: &[Unit],
) -> Vec<Further> {
    let book = judge.book;
    let pack = book.pack;
    let approver = pack.approvers.get(class).map_or(OTHER, |class| &class.id);
    let credit = |unit: Unit| Credit {
        kind,
        title: String::from("-"),
        completed_on: Some(day),
        amount: "100".parse().ok(),
        unit: Some(unit),
        approver: Some(Approver::new(approver)),
        formal_credit: Some(true),
        tags: tags.iter().map(|tag| pack.tags[*tag].id.clone()).collect(),
        ..Credit::empty("-")
    };
    let judged = || units.iter().map(|unit| credit(*unit)).map(|credit| (judge.judge(&credit), credit));
    let certain = judged().find(|(judged, _)| !judged.low.is_empty());
    let Some((best, credit)) = certain.or_else(|| judged().find(|(judged, _)| judged.may_count())) else {
        return Vec::new();
    };
    let limited = |count: &crate::rulebook::Count<'_>| best.may_be(&count.filter, &credit);
    if book.counts.iter().any(limited) || best.class != Some(class) {
        return Vec::new();
    }
    let in_doubt = best.low.is_empty();
    let piece = best.kind()[0];
    let open = pack.categories.len();
    let categories: Vec<usize> = match piece.category {
        category if category < open || open == 0 => vec![category],
        _ => (0..open).filter(|&category| !pack.categories[category].worthless).collect(),
    };
    let sort = |category: usize| Further {
        serves: Serves {
            lines: piece.lines & book.category_lines[category],
            caps: piece.caps & book.category_caps[category],
        },
        category,
        class,
        tags: tags.iter().map(|tag| long_bit(*tag)).sum(),
        within,
        in_doubt,
    };
    categories.into_iter().map(sort).collect()
}

/// The sorts of which fewest are needed: one that fills less and uses up more than another never helps more.
pub(crate) fn most_useful(further: &[Further]) -> Vec<Serves> {
    let mut sorts: Vec<Serves> = further.iter().map(|sort| sort.serves).collect();
    sorts.sort_unstable();
    sorts.dedup();
    let is_beaten = |one: &Serves| {
        sorts.iter().any(|other| other != one && one.lines & !other.lines == 0 && other.caps & !one.caps == 0)
    };
    let mut useful: Vec<Serves> = sorts.iter().copied().filter(|one| !is_beaten(one)).collect();
    useful.retain(|sort| sort.lines != 0);
    useful
}

/// A set of sorts, as a mask, and how many points of them there must be.
type Cut = (u64, i64);

/// A demand in which some sorts of points count more than once, and the sets of which one each would help to meet it.
struct Heavy {
    weights: Vec<i64>,
    lack: i64,
    /// For each line demanded the sorts that fill it without using up one of the limits; if there are none, all that help.
    sets: Vec<u64>,
}

/// The bounds on further points, for one way. `there` are the points there are: what they serve, and how many.
pub(crate) fn bounds(book: &Rulebook<'_>, way: &Way, there: &[(Serves, i64)], further: &[Further]) -> Vec<Bound> {
    let mut sorts: Vec<Serves> = further.iter().map(|sort| sort.serves).collect();
    sorts.sort_unstable();
    sorts.dedup();
    sorts.truncate(64);
    let rules = Rules {
        needed: book.lines.iter().map(|line| line.needed).collect(),
        limits: book.caps.iter().map(|cap| cap.limit).collect(),
        demanded: way.lines,
    };
    let said = Said::all(further);
    let cuts = cuts(&rules, there, &sorts, &Work::for_an_evaluation()).0;
    cuts.into_iter().map(|cut| bound(book, cut, &sorts, further, &said)).collect()
}

/// What lines demand and limits let through, in parts of the scale.
#[derive(Debug)]
struct Rules {
    needed: Vec<i64>,
    limits: Vec<i64>,
    /// The lines that count.
    demanded: u64,
}

/// The cuts that are enough, and the heavy demands that they meet.
fn cuts(rules: &Rules, there: &[(Serves, i64)], sorts: &[Serves], work: &Work) -> (Vec<Cut>, Vec<Heavy>) {
    let (mut cuts, heavy) = demands(rules, there, sorts);
    keep_strongest(&mut cuts);
    let needed = cuts.len();
    meet(&heavy, &mut cuts, needed, work);
    drop_implied(&mut cuts, sorts.len(), work);
    (cuts, heavy)
}

/// Every demand: those that weigh no point twice, and those that do.
fn demands(rules: &Rules, there: &[(Serves, i64)], sorts: &[Serves]) -> (Vec<Cut>, Vec<Heavy>) {
    /// More lines and limits than this are not combined; then each line binds alone.
    const MOST: usize = 14;
    /// More demands than this are not looked at; then the cuts, each of them necessary, may not be enough. No issuer's
    /// rules come near.
    const MOST_HEAVY: usize = 400;
    let reachable = sorts.iter().fold(0, |all, sort| all | sort.lines) & rules.demanded;
    let lines: Vec<usize> = (0..rules.needed.len()).filter(|&line| reachable & long_bit(line) != 0).collect();
    let touched = there.iter().map(|(serves, _)| serves).chain(sorts).fold(0, |all, serves| all | serves.caps);
    let caps: Vec<usize> = (0..rules.limits.len()).filter(|&cap| touched & long_bit(cap) != 0).collect();
    let caps = if lines.len() + caps.len() > MOST { Vec::new() } else { caps };
    let mask = |of: &[usize], chosen: u64| {
        let chosen = of.iter().enumerate().filter(|(bit, _)| chosen & (1 << bit) != 0);
        chosen.map(|(_, index)| long_bit(*index)).fold(0, |all, one| all | one)
    };
    let mut cuts: Vec<Cut> = Vec::new();
    let mut heavy: BTreeMap<Vec<i64>, Heavy> = BTreeMap::new();
    for chosen_caps in 0..1_u64 << caps.len() {
        let under = mask(&caps, chosen_caps);
        let let_through: i64 =
            rules.limits.iter().enumerate().filter(|(i, _)| under & long_bit(*i) != 0).map(|(_, limit)| limit).sum();
        for chosen in 1..1_u64 << lines.len() {
            // Without a limit between them, lines bind one by one.
            if under == 0 && chosen.count_ones() > 1 {
                continue;
            }
            let demanded = mask(&lines, chosen);
            let of_demand = || lines.iter().filter(|line| demanded & long_bit(**line) != 0);
            let needed: i64 = of_demand().map(|line| rules.needed[*line]).sum();
            let weight = |serves: &Serves| {
                (i64::from((serves.lines & demanded).count_ones()) - i64::from((serves.caps & under).count_ones()))
                    .max(0)
            };
            let given: i64 = there.iter().map(|(serves, points)| weight(serves).saturating_mul(*points)).sum();
            let lack = needed.saturating_sub(let_through).saturating_sub(given);
            if lack <= 0 {
                continue;
            }
            let weights: Vec<i64> = sorts.iter().map(weight).collect();
            match weights.iter().max() {
                Some(1) => cuts.push((set(&weights, 1), lack)),
                Some(&most) if most > 1 && heavy.get(&weights).is_none_or(|before| before.lack < lack) => {
                    let fills =
                        |line: &usize, sort: &Serves| sort.lines & long_bit(*line) != 0 && sort.caps & under == 0;
                    let of_line = |line: &usize| {
                        let filling = sorts.iter().enumerate().filter(|(_, sort)| fills(line, sort));
                        filling.map(|(index, _)| long_bit(index)).sum()
                    };
                    let mut sets: Vec<u64> = of_demand().map(of_line).filter(|set| *set != 0).collect();
                    if sets.is_empty() {
                        sets.push((0..sorts.len()).filter(|sort| weights[*sort] > 0).map(long_bit).sum());
                    }
                    heavy.insert(weights.clone(), Heavy { weights, lack, sets });
                }
                _ => {}
            }
        }
    }
    (cuts, heavy.into_values().take(MOST_HEAVY).collect())
}

/// Of the same points the larger demand; of fewer points the same demand.
fn keep_strongest(cuts: &mut Vec<Cut>) {
    cuts.sort_unstable_by_key(|(set, lack)| (set.count_ones(), *set, std::cmp::Reverse(*lack)));
    let mut kept: Vec<Cut> = Vec::new();
    for (set, lack) in cuts.drain(..) {
        if !kept.iter().any(|(inner, more)| inner & !set == 0 && *more >= lack) {
            kept.push((set, lack));
        }
    }
    *cuts = kept;
}

/// Adds cuts until every heavy demand follows from them: always the smallest that is enough, of the points that fill one
/// of its lines without using up a limit. `needed` cuts are there already, and cannot be lowered. Where that is too much
/// work, what is added is enough but may be more than it takes.
fn meet(heavy: &[Heavy], cuts: &mut Vec<Cut>, needed: usize, work: &Work) {
    let follows = |demand: &Heavy, cuts: &[Cut]| least(&demand.weights, cuts, work) >= demand.lack;
    // Those that asked for a cut; mostly all others follow from what they asked for.
    let mut binding: Vec<&Heavy> = Vec::new();
    for demand in heavy {
        if follows(demand, cuts) {
            continue;
        }
        let enough = |set: u64| first(demand.lack, |points| follows(demand, &[&cuts[..], &[(set, points)]].concat()));
        let of_sets = demand.sets.iter().map(|set| (enough(*set), set.count_ones(), *set));
        let Some((points, _, set)) = of_sets.min() else { continue };
        cuts.push((set, points));
        binding.push(demand);
    }
    // What came later may have made less of it enough.
    let added = cuts.clone();
    loop {
        for at in (needed..cuts.len()).rev() {
            let (set, before) = cuts[at];
            let follow = |points: i64| {
                let mut lower = cuts.clone();
                lower[at].1 = points;
                binding.iter().all(|demand| follows(demand, &lower))
            };
            cuts[at] = (set, first(before, follow));
        }
        let lost: Vec<&Heavy> = heavy.iter().filter(|demand| !follows(demand, cuts)).collect();
        if lost.is_empty() {
            break;
        }
        cuts.clone_from(&added);
        if work.is_done() {
            break;
        }
        binding.extend(lost);
    }
    cuts.retain(|(_, points)| *points > 0);
}

/// The least number from nought to `most` with which something holds that holds with every larger one. Mostly it is one
/// of the two.
fn first(most: i64, holds: impl Fn(i64) -> bool) -> i64 {
    if most == 0 || holds(0) {
        return 0;
    }
    let (mut low, mut high) = if holds(most - 1) { (1, most - 1) } else { (most, most) };
    while low < high {
        let middle = low + (high - low) / 2;
        (low, high) = if holds(middle) { (low, middle) } else { (middle + 1, high) };
    }
    low
}

/// Drops what follows from the others; the widest first, so that the narrowest, which say most, stay.
fn drop_implied(cuts: &mut Vec<Cut>, sorts: usize, work: &Work) {
    for at in (0..cuts.len()).rev() {
        let (set, lack) = cuts[at];
        let others: Vec<Cut> = cuts.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, cut)| *cut).collect();
        let weights: Vec<i64> = (0..sorts).map(|sort| i64::from(set & long_bit(sort) != 0)).collect();
        if least(&weights, &others, work) >= lack {
            cuts.remove(at);
        }
    }
}

fn set(weights: &[i64], weight: i64) -> u64 {
    weights.iter().enumerate().filter(|(_, of)| **of == weight).map(|(index, _)| long_bit(index)).sum()
}

/// A weight that points that satisfy the cuts have at least: the least there is in fractions, rounded up. Nought where
/// that is too much work.
fn least(weights: &[i64], cuts: &[Cut], work: &Work) -> i64 {
    if work.is_done() {
        return 0;
    }
    // A cut of points of which some weigh nothing is satisfied for nothing.
    let free = set(weights, 0);
    let cuts: Vec<&Cut> = cuts.iter().filter(|(set, _)| set & free == 0).collect();
    // Of sorts in the same cuts the lightest stands for all.
    let mut lightest: BTreeMap<Vec<usize>, i64> = BTreeMap::new();
    for (sort, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0) {
        let of: Vec<usize> = (0..cuts.len()).filter(|cut| cuts[*cut].0 & long_bit(sort) != 0).collect();
        lightest.entry(of).and_modify(|least| *least = (*least).min(*weight)).or_insert(*weight);
    }
    // As the dual program, which has few rows and starts where they hold: so much of each cut that no sort is outweighed.
    let mut program = Program::new();
    let goal: Vec<Term> = cuts.iter().map(|(_, lack)| (program.column(0, None), *lack)).collect();
    for (of, weight) in lightest {
        program.row_at_most(&of.into_iter().map(|cut| (goal[cut].0, 1)).collect::<Vec<_>>(), weight);
    }
    program.most(&goal, work).unwrap_or(0)
}

/// A cut in words that the pack knows: categories, who approved, tags, dates.
fn bound(book: &Rulebook<'_>, (set, lack): Cut, sorts: &[Serves], further: &[Further], said: &[Said]) -> Bound {
    let is_meant = |sort: &Further| {
        sorts.iter().position(|serves| *serves == sort.serves).is_some_and(|place| set & long_bit(place) != 0)
    };
    let meant: Vec<bool> = further.iter().map(is_meant).collect();
    let covers: Vec<Vec<usize>> = said.iter().map(|said| said.covers(&meant, further)).collect();
    let (mut covered, mut parts) = (vec![false; further.len()], Vec::new());
    while covered != meant {
        let gain = |covers: &[usize]| covers.iter().filter(|index| !covered[**index]).count();
        let mut best: Option<(usize, usize)> = None;
        for (at, covers) in covers.iter().enumerate() {
            let gain = gain(covers);
            if gain > best.map_or(0, |(_, most)| most) {
                best = Some((at, gain));
            }
        }
        let Some((at, _)) = best else { break };
        for index in &covers[at] {
            covered[*index] = true;
        }
        let categories: BTreeSet<usize> = covers[at].iter().map(|index| further[*index].category).collect();
        parts.push(said[at].description.words(book, &categories));
    }
    // Where nobody else's approval is accepted, it is named.
    let classes: BTreeSet<usize> = further.iter().map(|sort| sort.class).collect();
    if let (Some(class), 1, false) = (classes.first(), classes.len(), book.pack.approvers.is_empty()) {
        let id = book.pack.approvers.get(*class).map_or(OTHER, |class| &class.id);
        for part in &mut parts {
            id.clone_into(&mut part.approver);
        }
    }
    let mut parts = parts.into_iter();
    let points = book.scale.of_parts(lack);
    let first = parts.next().unwrap_or_else(|| Description::default().words(book, &BTreeSet::new()));
    Bound {
        points,
        exact: exact([("points", points)]),
        categories: first.categories,
        approver: first.approver,
        tags: first.tags,
        without_tags: first.without_tags,
        within: first.within,
        or: parts.collect(),
    }
}

/// Points as a bound can name them, but for their categories.
#[derive(Debug, Clone, Copy, Default)]
struct Description {
    class: Option<usize>,
    tags: u64,
    without_tags: u64,
    within: Option<PeriodDates>,
}

impl Description {
    /// Every description, the plainest first.
    fn all(further: &[Further]) -> Vec<Self> {
        let mut all = vec![Self::default()];
        let mut widen = |with: &dyn Fn(Self) -> Vec<Self>| {
            let more: Vec<Self> = all.iter().flat_map(|one| with(*one)).collect();
            all.extend(more);
        };
        let classes: BTreeSet<usize> = further.iter().map(|sort| sort.class).collect();
        widen(&|one| classes.iter().map(|class| Self { class: Some(*class), ..one }).collect());
        let dates: BTreeSet<_> = further.iter().filter_map(|sort| sort.within).map(|d| (d.from, d.to)).collect();
        let within = |(from, to): &(NaiveDate, NaiveDate)| Some(PeriodDates { from: *from, to: *to });
        widen(&|one| dates.iter().map(|dates| Self { within: within(dates), ..one }).collect());
        let tags = further.iter().fold(0, |all, sort| all | sort.tags);
        for tag in (0..64).map(long_bit).filter(|tag| tags & tag != 0) {
            widen(&|one| {
                vec![Self { tags: one.tags | tag, ..one }, Self { without_tags: one.without_tags | tag, ..one }]
            });
        }
        all.sort_by_key(|one| {
            (one.tags | one.without_tags).count_ones()
                + u32::from(one.class.is_some())
                + u32::from(one.within.is_some())
        });
        all
    }

    fn holds(self, sort: &Further) -> bool {
        self.class.is_none_or(|class| class == sort.class)
            && self.tags & !sort.tags == 0
            && self.without_tags & sort.tags == 0
            && self.within.is_none_or(|within| Some(within) == sort.within)
    }

    fn words(self, book: &Rulebook<'_>, categories: &BTreeSet<usize>) -> BoundOf {
        let pack = book.pack;
        let tags = |mask: u64| {
            let meant = (0..pack.tags.len()).filter(|tag| mask & long_bit(*tag) != 0);
            meant.map(|tag| pack.tags[tag].id.clone()).collect()
        };
        let class = |class: usize| pack.approvers.get(class).map_or(OTHER, |class| &class.id);
        BoundOf {
            categories: categories.iter().filter_map(|c| pack.categories.get(*c)).map(|c| c.id.clone()).collect(),
            approver: self.class.map_or("any", class).to_owned(),
            tags: tags(self.tags),
            without_tags: tags(self.without_tags),
            within: self.within,
        }
    }
}

/// A description, and what of all points it names.
struct Said {
    description: Description,
    named: Vec<usize>,
}

impl Said {
    /// Every description that names something, the plainest first.
    fn all(further: &[Further]) -> Vec<Self> {
        let named = |description: Description| {
            let named = (0..further.len()).filter(|&index| description.holds(&further[index])).collect();
            Self { description, named }
        };
        Description::all(further).into_iter().map(named).filter(|said| !said.named.is_empty()).collect()
    }

    /// What it names in the categories in which it names nothing but what is meant.
    fn covers(&self, meant: &[bool], further: &[Further]) -> Vec<usize> {
        let of = |index: &usize| long_bit(further[*index].category);
        let others = self.named.iter().filter(|index| !meant[**index]).fold(0, |all, index| all | of(index));
        self.named.iter().copied().filter(|index| of(index) & others == 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::program::Outcome;

    fn small() -> impl Strategy<Value = (Rules, Vec<(Serves, i64)>, Vec<Serves>)> {
        (1..=3_u32, 0..=2_u32).prop_flat_map(|(lines, caps)| {
            let serves = || (0..1_u64 << lines, 0..1_u64 << caps).prop_map(|(lines, caps)| Serves { lines, caps });
            let rules =
                (prop::collection::vec(1..=8_i64, lines as usize), prop::collection::vec(0..=5_i64, caps as usize));
            let rules = rules.prop_map(move |(needed, limits)| Rules { needed, limits, demanded: (1 << lines) - 1 });
            let there = prop::collection::vec((serves(), 1..=4_i64), 0..3);
            (rules, there, prop::collection::btree_set(serves(), 1..6).prop_map(|sorts| sorts.into_iter().collect()))
        })
    }

    /// Whether the cuts are enough for every demand.
    fn are_enough(cuts: &[Cut], demands: &(Vec<Cut>, Vec<Heavy>), sorts: usize) -> bool {
        let light = demands.0.iter().all(|(set, lack)| {
            let weights: Vec<i64> = (0..sorts).map(|sort| i64::from(set & long_bit(sort) != 0)).collect();
            least(&weights, cuts, &Work::for_an_evaluation()) >= *lack
        });
        light && demands.1.iter().all(|demand| least(&demand.weights, cuts, &Work::for_an_evaluation()) >= demand.lack)
    }

    /// Whether the lines can be filled at all.
    fn can_be_met(rules: &Rules, there: &[(Serves, i64)], sorts: &[Serves]) -> bool {
        let mut program = Program::new();
        let there = there.iter().map(|(serves, points)| (*serves, Some(*points)));
        let columns: Vec<(Serves, usize)> = there
            .chain(sorts.iter().map(|serves| (*serves, None)))
            .map(|(serves, most)| (serves, program.column(0, most)))
            .collect();
        let terms = |is_meant: &dyn Fn(&Serves) -> bool| {
            columns.iter().filter(|(serves, _)| is_meant(serves)).map(|(_, column)| (*column, 1)).collect::<Vec<_>>()
        };
        for (line, needed) in rules.needed.iter().enumerate() {
            program.row_at_least(&terms(&|serves| serves.lines & long_bit(line) != 0), *needed);
        }
        for (cap, limit) in rules.limits.iter().enumerate() {
            program.row_at_most(&terms(&|serves| serves.caps & long_bit(cap) != 0), *limit);
        }
        matches!(program.solve(&[Vec::new()], &Work::for_an_evaluation()), Outcome::Best(_))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10_000, max_global_rejects: 1_000_000, ..ProptestConfig::default() })]

        #[test]
        fn the_cuts_are_enough_and_none_of_them_could_be_lower((rules, there, sorts) in small()) {
            prop_assume!(can_be_met(&rules, &there, &sorts));
            let all = demands(&rules, &there, &sorts);
            let found = cuts(&rules, &there, &sorts, &Work::for_an_evaluation()).0;
            prop_assert!(are_enough(&found, &all, sorts.len()));
            for at in 0..found.len() {
                let mut lower = found.clone();
                lower[at].1 -= 1;
                prop_assert!(!are_enough(&lower, &all, sorts.len()), "{:?} {:?}", found, at);
            }
        }

        #[test]
        fn where_it_is_too_much_work_the_cuts_are_enough_all_the_same((rules, there, sorts) in small(), steps in 0..2_000_usize) {
            let all = demands(&rules, &there, &sorts);
            let found = cuts(&rules, &there, &sorts, &Work::of(steps)).0;
            prop_assert!(are_enough(&found, &all, sorts.len()), "{:?}", found);
        }
    }
}
