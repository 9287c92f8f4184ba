//! Whether the rules of a pack can all be kept, and whether they are few enough to be solved exactly.

use std::collections::BTreeSet;

use super::{cut, places};
use crate::credit::Kind;
use crate::pack::{LimitRule, Minimum, MissedYears, Needed, Of, Pack, PackFault, Per, Requirement, Span, When};
use crate::points::Points;

const MOST_RULES: usize = 500;
/// Each of them is a pack in memory.
const MOST_CREDENTIALS: usize = 32;
const MOST_APPROVERS: usize = 8;
const MOST_CATEGORIES: usize = 12;
/// Points are told apart by each tag that a minimum or a limit asks for.
const MOST_TAGS_ASKED: usize = 6;
const MOST_WAYS: usize = 64;
/// Minimums and limits of one way: every set of them is looked at.
const MOST_ON_A_WAY: usize = 20;
/// Each of them is a choice among credits, which nothing but trying settles.
const MOST_COUNTS: usize = 20;
/// Of each sort an activity is imagined, to see what it would bring.
const MOST_SORTS: usize = 512;
/// Far above what any issuer's rules come to; in further cases it is not asked whether they contradict each other.
const MOST_CASES: usize = 500;
/// Sets of tags, minimums, limits and conditions are words of 64 bits.
const MOST_IN_A_WORD: usize = 60;
/// Sets of windows are words of 32 bits.
const MOST_WINDOWS: usize = 30;

/// A minimum, and what must be the case for it to be demanded.
struct Line<'a> {
    at: String,
    rule: &'a Minimum,
    whens: Vec<&'a When>,
    path: Option<OnPath>,
}

/// The place of an `any_of` among the requirements, and of one of its paths.
type OnPath = (usize, usize);

fn lines(pack: &Pack) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for (choice, (at, requirement)) in places("requirements", &pack.requirements).enumerate() {
        match requirement {
            Requirement::Minimum(rule) => lines.push(Line { at, rule, whens: vec![&rule.when], path: None }),
            Requirement::AnyOf(any_of) => {
                for (index, (at, path)) in places(&format!("{at}.paths"), &any_of.paths).enumerate() {
                    for (at, requirement) in places(&format!("{at}.requirements"), &path.requirements) {
                        if let Requirement::Minimum(rule) = requirement {
                            let whens = vec![&any_of.when, &path.when, &rule.when];
                            lines.push(Line { at, rule, whens, path: Some((choice, index)) });
                        }
                    }
                }
            }
            Requirement::Condition(_) | Requirement::Advice(_) => {}
        }
    }
    lines
}

/// The place of each `any_of`, and how many paths it has.
fn choices(pack: &Pack) -> Vec<(usize, usize)> {
    let each = pack.requirements.iter().enumerate().filter_map(|(choice, requirement)| match requirement {
        Requirement::AnyOf(any_of) => Some((choice, any_of.paths.len())),
        Requirement::Minimum(_) | Requirement::Condition(_) | Requirement::Advice(_) => None,
    });
    each.collect()
}

fn concerns(when: &When, credential: &str) -> bool {
    when.credentials.is_empty() || when.credentials.iter().any(|known| known == credential)
}

/// Whether a rule with `when` applies in every case in which `given` holds. Rules whose cases only overlap are never
/// taken to apply together, so that nothing is refused for what may never happen.
pub(super) fn implies(given: &When, when: &When) -> bool {
    let lies_in = |inner: Option<Span>, outer: Option<Span>| {
        outer.is_none_or(|outer| inner.is_some_and(|inner| outer.holds_all_of(inner)))
    };
    lies_in(given.applied, when.applied)
        && lies_in(given.completed, when.completed)
        && lies_in(given.certified, when.certified)
        && lies_in(given.recertified, when.recertified)
        && lies_in(given.period_start, when.period_start)
        && lies_in(given.expiry, when.expiry)
        && narrows(&given.credentials, &when.credentials)
        && (when.cycle.is_none() || given.cycle == when.cycle)
        && narrows(&given.standing, &when.standing)
        && when.months_expired.is_none_or(|months| given.months_expired.is_some_and(|given| months <= given))
}

/// Whichever credential.
fn asks_the_same(one: &When, other: &When) -> bool {
    let asked = |when: &When| {
        let When { applied, completed, certified, recertified, period_start, expiry, .. } = *when;
        (applied, completed, certified, recertified, period_start, expiry, when.cycle, when.months_expired)
    };
    asked(one) == asked(other) && one.standing == other.standing
}

/// Whether a rule applies to a credential in every case.
pub(super) fn always(when: &When, credential: &str) -> bool {
    concerns(when, credential) && asks_the_same(when, &When::default())
}

/// Whether a minimum of this id is demanded whenever the limit holds.
pub(super) fn applies_with(pack: &Pack, id: &str, limit: &LimitRule) -> bool {
    let lines = lines(pack);
    let mut named = lines.iter().filter(|line| line.rule.id == id);
    named.any(|line| line.whens.iter().all(|when| implies(&limit.when, when)))
}

/// Rules so many that even looking for faults could take long.
pub(super) fn too_long(pack: &Pack) -> Option<PackFault> {
    let lists = [
        pack.editions.len(),
        pack.period.iter().map(|rule| 1 + rule.extensions.len()).sum(),
        pack.late.len() + pack.apply.len(),
        pack.approvers.len() + pack.categories.len() + pack.tags.len() + pack.units.len(),
        pack.windows.len() + pack.refuse.len() + pack.convert.len() + pack.repeats.len() + pack.limits.len(),
        tree(&pack.requirements),
        pack.evidence.len() + pack.not_shared_with.len() + pack.open_questions.len(),
    ];
    at_most(MOST_RULES, lists.into_iter().sum(), "", "rules in all")
        .or_else(|| at_most(MOST_CREDENTIALS, pack.credentials.len(), "credentials", "credentials"))
}

/// Requirements with all that stand on their paths.
fn tree(requirements: &[Requirement]) -> usize {
    let each = requirements.iter().map(|requirement| match requirement {
        Requirement::AnyOf(any_of) => 1 + any_of.paths.iter().map(|path| 1 + tree(&path.requirements)).sum::<usize>(),
        Requirement::Minimum(_) | Requirement::Condition(_) | Requirement::Advice(_) => 1,
    });
    each.sum()
}

fn at_most(most: usize, count: usize, path: &str, what: &str) -> Option<PackFault> {
    let reason = || format!("there are {count} {what}; at most {most} can be judged by");
    (count > most).then(|| PackFault { path: path.to_owned(), reason: reason() })
}

/// Rules so many that they could not be solved exactly.
pub(super) fn too_many(pack: &Pack) -> Vec<PackFault> {
    let lines = lines(pack);
    let of = lines.iter().map(|line| &line.rule.of).chain(pack.limits.iter().map(|limit| &limit.of));
    let tags: BTreeSet<&String> = of.flat_map(|of| of.tags.iter().chain(&of.without_tags)).collect();
    let ways = choices(pack).iter().fold(1, |ways: usize, (_, paths)| ways.saturating_mul((*paths).max(1)));
    let loads: Vec<Load> = pack.credentials.iter().map(|credential| Load::of(pack, &lines, &credential.id)).collect();
    let most = |part: fn(&Load) -> usize| loads.iter().map(part).max().unwrap_or(0);
    let faults = [
        at_most(MOST_APPROVERS, pack.approvers.len(), "approvers", "classes of approvers"),
        at_most(MOST_CATEGORIES, pack.categories.len(), "categories", "categories"),
        at_most(MOST_IN_A_WORD, pack.tags.len(), "tags", "tags"),
        at_most(MOST_TAGS_ASKED, tags.len(), "tags", "tags that minimums and limits ask for"),
        at_most(MOST_WINDOWS, pack.windows.len(), "windows", "windows"),
        at_most(MOST_IN_A_WORD, most(|load| load.caps), "limits", "limits on points, one for each year"),
        at_most(MOST_COUNTS, most(|load| load.counts), "limits", "limits on numbers of credits, one for each year"),
        at_most(
            MOST_SORTS,
            most(|load| load.sorts),
            "requirements",
            "sorts of points (classes of approvers × kinds × stretches × sets of tags) that minimums and limits tell apart",
        ),
        at_most(MOST_WAYS, ways, "requirements", "combinations of paths"),
        at_most(MOST_IN_A_WORD, most(|load| load.lines), "requirements", "minimums, one for each stretch"),
        at_most(MOST_IN_A_WORD, conditions(&pack.requirements), "requirements", "conditions"),
        at_most(
            MOST_ON_A_WAY,
            most(|load| load.on_a_way),
            "requirements",
            "minimums and limits on one way, one for each stretch and year",
        ),
    ];
    faults.into_iter().flatten().collect()
}

fn conditions(requirements: &[Requirement]) -> usize {
    let each = requirements.iter().map(|requirement| match requirement {
        Requirement::Condition(_) => 1,
        Requirement::AnyOf(any_of) => any_of.paths.iter().map(|path| conditions(&path.requirements)).sum(),
        Requirement::Minimum(_) | Requirement::Advice(_) => 0,
    });
    each.sum()
}

/// What there is to solve for one credential, on whichever day.
struct Load {
    lines: usize,
    caps: usize,
    counts: usize,
    sorts: usize,
    /// Of the way with the most.
    on_a_way: usize,
}

impl Load {
    fn of(pack: &Pack, lines: &[Line<'_>], credential: &str) -> Self {
        let months = Months::of(pack, credential);
        let mine = || lines.iter().filter(|line| line.whens.iter().all(|when| concerns(when, credential)));
        let in_stretches = |line: &Line<'_>| parts(months.longest, line.rule.each_months);
        let demanded = |path: Option<OnPath>| {
            mine().filter(|line| !line.rule.advice && line.path == path).map(in_stretches).sum::<usize>()
        };
        let limits = |counts: bool| {
            let meant = move |limit: &&LimitRule| limit.count.is_some() == counts && concerns(&limit.when, credential);
            pack.limits.iter().filter(meant)
        };
        let of_limits = |counts: bool| limits(counts).map(|limit| parts(months.longest, limit.stretch())).sum();
        let caps = of_limits(false);
        // As `gap::further` imagines them.
        let of = || mine().map(|line| &line.rule.of).chain(limits(false).map(|limit| &limit.of));
        let tags: BTreeSet<&String> = of().flat_map(|of| of.tags.iter().chain(&of.without_tags)).collect();
        let kinds: BTreeSet<Kind> =
            mine().flat_map(|line| line.rule.of.kinds.iter().copied()).chain([Kind::Course]).collect();
        let lengths = mine().map(|line| line.rule.each_months).chain(limits(false).map(LimitRule::stretch));
        let lengths: BTreeSet<u32> = lengths.flatten().collect();
        let stretches = lengths.into_iter().map(|length| parts(months.longest, Some(length))).sum::<usize>().max(1);
        let of_one_class = kinds.len().saturating_mul(stretches) << tags.len().min(MOST_TAGS_ASKED);
        let paths = choices(pack)
            .into_iter()
            .map(|(choice, paths)| (0..paths).map(|path| demanded(Some((choice, path)))).max().unwrap_or(0));
        let on_paths: usize = paths.sum();
        Self {
            lines: mine().map(in_stretches).sum(),
            caps,
            counts: of_limits(true),
            sorts: of_one_class.saturating_mul(pack.approvers.len() + 1),
            on_a_way: demanded(None) + on_paths + caps,
        }
    }
}

/// How long the periods of a credential are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Months {
    shortest: u32,
    longest: u32,
}

impl Months {
    fn of(pack: &Pack, credential: &str) -> Self {
        let months = || pack.period.iter().filter(|rule| concerns(&rule.when, credential)).map(|rule| rule.months);
        Self { shortest: months().min().unwrap_or(0), longest: months().max().unwrap_or(0) }
    }
}

/// How many stretches of so many months a period has.
fn parts(period: u32, months: Option<u32>) -> usize {
    months.map_or(1, |months| usize::try_from(period.div_ceil(months.max(1))).unwrap_or(usize::MAX))
}

/// Minimums and limits that cannot all be kept, on any way and in any case in which they surely apply together. Asked
/// only of a pack that has no other fault.
pub(super) fn contradictions(pack: &Pack) -> Vec<PackFault> {
    let lines: Vec<Line<'_>> = lines(pack).into_iter().filter(|line| !line.rule.advice).collect();
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    let mut left = MOST_CASES;
    'all: for credential in &pack.credentials {
        let months = Months::of(pack, &credential.id);
        for way in ways(pack) {
            let on_way: Vec<usize> =
                (0..lines.len()).filter(|line| lines[*line].path.is_none_or(|path| way.contains(&path))).collect();
            for given in cases(pack, &lines, &on_way, &credential.id) {
                if left == 0 {
                    break 'all;
                }
                left -= 1;
                let holds = |line: &usize| lines[*line].whens.iter().all(|when| implies(&given, when));
                let demanded: Vec<usize> = on_way.iter().copied().filter(holds).collect();
                let limits = (0..pack.limits.len()).filter(|limit| implies(&given, &pack.limits[*limit].when));
                let limits: Vec<usize> = limits.collect();
                if seen.insert((months, demanded.clone(), limits.clone())) {
                    let demanded = demanded.into_iter().map(|line| &lines[line]).collect();
                    Case { pack, months, demanded }.judge(&limits, &mut faults);
                }
            }
        }
    }
    // In the order of the file.
    faults.sort_by_key(|fault| fault.path.starts_with("requirements"));
    faults
}

/// Every choice of paths.
fn ways(pack: &Pack) -> Vec<Vec<OnPath>> {
    choices(pack).into_iter().fold(vec![Vec::new()], |ways, (choice, paths)| {
        let longer = |way: &Vec<OnPath>, path| way.iter().copied().chain([(choice, path)]).collect();
        ways.iter().flat_map(|way| (0..paths).map(move |path| longer(way, path))).collect()
    })
}

/// What may be the case for a credential, as far as the rules ask: nothing in particular, and what each of them asks.
fn cases(pack: &Pack, lines: &[Line<'_>], on_way: &[usize], credential: &str) -> Vec<When> {
    let whens = on_way.iter().flat_map(|line| lines[*line].whens.iter().copied());
    let whens = whens.chain(pack.limits.iter().map(|limit| &limit.when));
    let mut cases = vec![When { credentials: vec![credential.to_owned()], ..When::default() }];
    for when in whens.filter(|when| concerns(when, credential)) {
        if !cases.iter().any(|case| asks_the_same(case, when)) {
            cases.push(When { credentials: vec![credential.to_owned()], ..when.clone() });
        }
    }
    cases
}

/// Minimums that are demanded together.
struct Case<'a> {
    pack: &'a Pack,
    months: Months,
    demanded: Vec<&'a Line<'a>>,
}

impl Case<'_> {
    fn judge(&self, limits: &[usize], faults: &mut Vec<PackFault>) {
        let mut add = |path: String, reason: String| {
            let fault = PackFault { path, reason };
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        };
        if let Some((total, needed, least)) = self.above_the_total() {
            let reason = format!("is {needed}, but the other minimums demand {least}; raise it or lower them");
            add(format!("{}.needed", total.at), reason);
        }
        for index in limits {
            let limit = &self.pack.limits[*index];
            let Some(room) = room(self.pack, limit) else { continue };
            let within: Vec<&Line<'_>> =
                self.demanded.iter().copied().filter(|line| is_within(&line.rule.of, &limit.of)).collect();
            for (lines, room) in self.spans(limit, &within, room) {
                let name = cut(&limit.id);
                if let Some((line, points)) = lines.iter().find(|(_, points)| *points > room) {
                    let reason = format!("demands {points}, but the limit “{name}” lets only {room} of them count");
                    add(format!("{}.needed", line.at), reason);
                } else if self.least(&lines) > room {
                    let names: Vec<String> = lines.iter().map(|(line, _)| cut(&line.rule.id)).collect();
                    let (names, least) = (names.join(", "), self.least(&lines));
                    let reason = format!("lets only {room} count, but of them {names} demand {least} together");
                    add(format!("limits[{index}]"), reason);
                }
            }
        }
    }

    /// The largest minimum of any points, with its number, if the others demand more. What depends on the years missed
    /// may raise it, so then nothing is certain.
    fn above_the_total(&self) -> Option<(&Line<'_>, Points, Points)> {
        let is_of_any = |line: &Line<'_>| line.rule.of == Of::default();
        let fixed = |line: &Line<'_>| match line.rule.needed {
            Needed::Fixed(points) if is_of_any(line) && line.rule.each_months.is_none() => Some(points),
            _ => None,
        };
        if self.demanded.iter().any(|line| is_of_any(line) && !matches!(line.rule.needed, Needed::Fixed(_))) {
            return None;
        }
        let totals = self.demanded.iter().filter_map(|line| Some((*line, fixed(line)?)));
        let (total, needed) = totals.max_by_key(|(_, needed)| *needed)?;
        let inside = |line: &&Line<'_>| fixed(line).is_none() && !self.is_filled_beside(line, total);
        let others = self.demanded.iter().copied().filter(inside);
        let least = self.least(&others.map(|line| (line, self.in_period(line))).collect::<Vec<_>>());
        (least > needed).then_some((total, needed, least))
    }

    /// Whether a window has points for this minimum that the total does not see.
    fn is_filled_beside(&self, line: &Line<'_>, total: &Line<'_>) -> bool {
        let mut kept_for = self.pack.windows.iter().map(|window| &window.only_for);
        kept_for.any(|minimums| minimums.contains(&line.rule.id) && !minimums.contains(&total.rule.id))
    }

    /// What must fit into which room: over the whole period, and under a yearly limit also in each year.
    fn spans<'b>(
        &self,
        limit: &LimitRule,
        lines: &[&'b Line<'b>],
        room: Points,
    ) -> Vec<(Vec<(&'b Line<'b>, Points)>, Points)> {
        let in_period = lines.iter().map(|line| (*line, self.in_period(line))).collect();
        if limit.per != Per::Year {
            return vec![(in_period, room)];
        }
        let of_a_year = lines.iter().filter(|line| line.rule.each_months.is_some_and(|months| months <= 12));
        let in_year = of_a_year.map(|line| (*line, in_stretch(line))).collect();
        vec![(in_year, room), (in_period, times(room, parts(self.months.longest, Some(12))))]
    }

    fn in_period(&self, line: &Line<'_>) -> Points {
        times(in_stretch(line), parts(self.months.shortest, line.rule.each_months))
    }

    /// The fewest points that fill all these minimums. Categories are exclusive, so minimums of different categories add
    /// up: the heaviest choice of minimums that share none.
    fn least(&self, lines: &[(&Line<'_>, Points)]) -> Points {
        let mut heaviest = vec![None; 2 << self.pack.categories.len()];
        heaviest[0] = Some(Points::ZERO);
        for (line, points) in lines {
            let categories = self.categories(line);
            for used in 0..heaviest.len() {
                let Some(sum) = heaviest[used].filter(|_| used & categories == 0) else { continue };
                heaviest[used | categories] = heaviest[used | categories].max(Some(sum + *points));
            }
        }
        heaviest.into_iter().flatten().max().unwrap_or_default()
    }

    /// As a set, with one place for no category; all of them where the minimum restricts none.
    fn categories(&self, line: &Line<'_>) -> usize {
        let (known, of) = (&self.pack.categories, &line.rule.of.categories);
        let names =
            |index: &usize| of.is_empty() || known.get(*index).is_some_and(|category| of.contains(&category.id));
        (0..=known.len()).filter(names).map(|index| 1 << index).sum()
    }
}

fn in_stretch(line: &Line<'_>) -> Points {
    match line.rule.needed {
        Needed::Fixed(points) | Needed::PerMissedYear(MissedYears { at_least: points, .. }) => points,
    }
}

fn times(points: Points, count: usize) -> Points {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    Points::from_hundredths(points.hundredths().saturating_mul(count))
}

/// How many points a limit lets count in one span; none if it counts credits.
fn room(pack: &Pack, limit: &LimitRule) -> Option<Points> {
    limit.points.or_else(|| {
        let share = limit.share_of.as_ref()?;
        let of = super::minimums(&pack.requirements).into_iter().find(|minimum| minimum.id == *share)?;
        let Needed::Fixed(needed) = of.needed else { return None };
        Some(Points::from_hundredths(needed.hundredths().saturating_mul(i64::from(limit.percent?)) / 100))
    })
}

/// Whether all points that `inner` speaks of are among those of `outer`.
pub(super) fn is_within(inner: &Of, outer: &Of) -> bool {
    narrows(&inner.categories, &outer.categories)
        && narrows(&inner.approvers, &outer.approvers)
        && narrows(&inner.tags, &outer.tags)
        && outer.without_tags.iter().all(|tag| inner.without_tags.contains(tag))
        && narrows(&inner.kinds, &outer.kinds)
        && narrows(&inner.units, &outer.units)
        && narrows(&inner.formats, &outer.formats)
        && narrows(&inner.windows, &outer.windows)
        && (outer.formal_credit.is_none() || inner.formal_credit == outer.formal_credit)
        && narrows(&inner.provider_numbers, &outer.provider_numbers)
}

/// Whether one of the inner names is always one of the outer; an empty list restricts nothing.
fn narrows<T: PartialEq>(inner: &[T], outer: &[T]) -> bool {
    outer.is_empty() || (!inner.is_empty() && inner.iter().all(|one| outer.contains(one)))
}
