//! Of several credits only so many count: entries of one activity, and credits limited by number.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::credit::{Credit, Kind};
use crate::date::plus_months;
use crate::filter::Filter;
use crate::judge::Judge;
use crate::judged::{Judged, Piece};
use crate::names;
use crate::pack::{Parts, RepeatRule, Said};
use crate::pool::Side;
use crate::question::{Answers, Ask, are_different};
use crate::rulebook::{Count, Rulebook};

/// At most so many of these credits count.
#[derive(Debug, Clone)]
pub(crate) struct Choice<'a> {
    /// Places of the credits in the record.
    pub members: Vec<usize>,
    pub at_most: usize,
    pub why: Why<'a>,
}

impl<'a> Choice<'a> {
    /// Whether a statement of a member's certificate takes part: another one may lie outside the limit.
    pub(crate) fn holds(&self, side: Side, statement: &Judged<'a>, credit: &Credit, book: &Rulebook<'a>) -> bool {
        match self.why {
            Why::Duplicate | Why::Repeat { .. } => true,
            Why::Limit { count, .. } => is_limited(book, &book.counts[count], side, statement, credit),
        }
    }
}

/// On the strict reading what may be limited, on the kind one what is by the kindest answer.
pub(crate) fn is_limited(
    book: &Rulebook<'_>,
    count: &Count<'_>,
    side: Side,
    judged: &Judged<'_>,
    credit: &Credit,
) -> bool {
    let seen = judged.seen.filter(|seen| judged.may_count() && book.is_limited_on(count.within, seen.day));
    seen.is_some()
        && match side {
            Side::Strict => judged.may_be(&count.filter, credit),
            Side::Kind => judged.is_kindly(&count.filter, credit),
        }
}

/// Why not all of them count.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Why<'a> {
    /// They are entries of one activity.
    Duplicate,
    /// They are one activity that was done again.
    Repeat { rule: &'a RepeatRule, is_certain: bool },
    /// The pack limits their number.
    Limit { rule: &'a crate::pack::LimitRule, count: usize },
}

/// What two entries of one activity have in common and few others do: the day and the end of the title. With the place of
/// the credit.
pub(crate) type Mark = (i32, u64, usize);

/// The mark of a credit that may have been entered twice. Opening balances are not: there is one for each category.
pub(crate) fn mark(index: usize, credit: &Credit, judged: &Judged<'_>) -> Option<Mark> {
    let seen = judged.seen.filter(|_| judged.may_count() && credit.kind != Kind::OpeningBalance)?;
    let letters = credit.title.bytes().rev().filter(u8::is_ascii_alphanumeric).take(6);
    let end = letters.fold(0, |end, letter| end << 8 | u64::from(letter.to_ascii_lowercase()));
    Some((seen.day.num_days_from_ce(), end, index))
}

/// Entries of one activity, of which one counts: on the strict reading those that may be, on the kind one those that she
/// said are.
pub(crate) fn duplicates<'a>(
    credits: &[Credit],
    judged: &[Judged<'_>],
    marks: &[Mark],
    answers: &Answers<'_>,
) -> (Vec<Choice<'a>>, Vec<Choice<'a>>) {
    let groups = entries_of_one_title(credits, judged, marks);
    let is_told = |index: usize| answers.find("duplicate", &credits[index].id).is_some_and(|told| told.is("the same"));
    let all = |is_one: &dyn Fn(&[usize], &[usize]) -> bool| -> Vec<Vec<usize>> {
        let together = groups.iter().flat_map(|group| together(by_provider(group, credits), is_one));
        together.filter(|group| group.len() > 1).collect()
    };
    let chosen = |groups: Vec<Vec<usize>>| -> Vec<Choice<'a>> {
        let choices = groups.into_iter().filter_map(|group| among(group, credits, answers));
        choices.map(|(members, at_most)| Choice { members, at_most, why: Why::Duplicate }).collect()
    };
    let may_be_one = |one: &[usize], other: &[usize]| {
        let provider = |entries: &[usize]| credits[entries[0]].provider.as_deref();
        names::may_be_the_same(provider(one), provider(other))
    };
    let is_told_to_be_one = |one: &[usize], other: &[usize]| {
        one.iter().any(|&index| is_told(index)) && other.iter().any(|&index| is_told(index)) && may_be_one(one, other)
    };
    let mut certain = all(&is_told_to_be_one);
    certain.retain(|group| group.iter().any(|&index| is_told(index)));
    (chosen(all(&may_be_one)), chosen(certain))
}

/// Entries with the same provider together.
fn by_provider(group: &[usize], credits: &[Credit]) -> Vec<Vec<usize>> {
    let mut all: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &index in group {
        let provider: String = letters(credits[index].provider.as_deref().unwrap_or_default()).collect();
        all.entry(provider).or_default().push(index);
    }
    all.into_values().collect()
}

/// Parts that belong together, as one.
fn together(parts: Vec<Vec<usize>>, is_one: &dyn Fn(&[usize], &[usize]) -> bool) -> Vec<Vec<usize>> {
    /// More providers than this are not compared: nobody enters one activity so often.
    const MOST: usize = 50;
    if parts.len() > MOST {
        return parts;
    }
    let mut joined: Vec<Vec<Vec<usize>>> = Vec::new();
    for part in parts {
        let is_near = |others: &Vec<Vec<usize>>| others.iter().any(|other| is_one(other, &part));
        let (near, mut apart): (Vec<_>, Vec<_>) = joined.into_iter().partition(is_near);
        apart.push(near.into_iter().flatten().chain([part]).collect());
        joined = apart;
    }
    let mut all: Vec<Vec<usize>> = joined.into_iter().map(|parts| parts.concat()).collect();
    for part in &mut all {
        part.sort_unstable();
    }
    all.sort_unstable();
    all
}

/// Credits that the pack limits by number, where there are more: on the strict reading what may be limited, on the kind
/// one what is by the kindest answer.
pub(crate) fn limited<'a>(
    credits: &[Credit],
    judged: &[Judged<'_>],
    book: &Rulebook<'a>,
) -> (Vec<Choice<'a>>, Vec<Choice<'a>>) {
    let mut choices = [Vec::new(), Vec::new()];
    for (place, count) in book.counts.iter().enumerate() {
        let is_limited = |side: Side, index: usize| {
            let mut statements = std::iter::once(&judged[index]).chain(judged[index].others());
            statements.any(|statement| is_limited(book, count, side, statement, &credits[index]))
        };
        // What is limited by the kindest answer may be limited, too.
        let strict: Vec<usize> = (0..credits.len()).filter(|&index| is_limited(Side::Strict, index)).collect();
        let kind: Vec<usize> = strict.iter().copied().filter(|&index| is_limited(Side::Kind, index)).collect();
        let sides = [(strict, count.at_most), (kind, count.kind_at_most)];
        for (choices, (members, at_most)) in choices.iter_mut().zip(sides) {
            if members.len() > at_most {
                choices.push(Choice { members, at_most, why: Why::Limit { rule: count.rule, count: place } });
            }
        }
    }
    choices.into()
}

/// Entries with the same title and day.
fn entries_of_one_title(credits: &[Credit], judged: &[Judged<'_>], marks: &[Mark]) -> Vec<Vec<usize>> {
    // Repeats may have been refused since the marks were taken.
    let mut marked = not_alone(marks);
    marked.retain(|(_, _, index)| judged[*index].may_count());
    marked.sort_unstable();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // Only where the marks are alike are titles read.
    let is_alike = |one: &Mark, next: &Mark| (one.0, one.1) == (next.0, next.1);
    for alike in marked.chunk_by(is_alike).filter(|alike| alike.len() > 1) {
        let first_group = groups.len();
        for &(_, _, index) in alike {
            let title = |index: usize| letters(&credits[index].title);
            let is_same = |group: &&mut Vec<usize>| title(group[0]).eq(title(index));
            match groups[first_group..].iter_mut().find(is_same) {
                Some(group) => group.push(index),
                None => groups.push(vec![index]),
            }
        }
    }
    groups.retain(|group| !credits[group[0]].title.trim().is_empty());
    groups
}

/// The entries of which only so many count. Those said to be different are as many activities; nobody has said yet which of
/// them a further entry is, unless only one was said to differ from the rest.
fn among(group: Vec<usize>, credits: &[Credit], answers: &Answers<'_>) -> Option<(Vec<usize>, usize)> {
    let (told, untold): (Vec<usize>, Vec<usize>) =
        group.into_iter().partition(|&index| are_different(answers, &credits[index]));
    match (told.len(), untold.len()) {
        (0 | 1, untold_count) => (untold_count > 1).then_some((untold, 1)),
        (_, 0) => None,
        (different, _) => Some(([told, untold].concat(), different)),
    }
}

/// Those whose mark another one may have as well: nearly all that are alone are left out, without being sorted.
fn not_alone(marks: &[Mark]) -> Vec<Mark> {
    let places = (marks.len() * 16).next_power_of_two().max(64);
    let place = |(day, end, _): &Mark| {
        let mixed = (end ^ u64::from(day.unsigned_abs())).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // Only the upper bits depend on all of them.
        usize::try_from(mixed >> (64 - places.trailing_zeros())).unwrap_or(0)
    };
    let (mut once, mut twice) = (vec![0_u64; places / 64], vec![0_u64; places / 64]);
    for mark in marks {
        let (word, bit) = (place(mark) / 64, 1 << (place(mark) % 64));
        twice[word] |= once[word] & bit;
        once[word] |= bit;
    }
    marks.iter().copied().filter(|mark| twice[place(mark) / 64] & 1 << (place(mark) % 64) != 0).collect()
}

/// Each activity with its entries.
pub(crate) fn activities<'c>(credits: impl Iterator<Item = &'c Credit>, answers: &Answers<'_>) -> Vec<Vec<&'c Credit>> {
    let mut alike: BTreeMap<(Option<NaiveDate>, u64), Vec<Vec<&Credit>>> = BTreeMap::new();
    for credit in credits {
        let activities = alike.entry((credit.completed_on, fingerprint(credit))).or_default();
        let may_be_doubled = |credit: &Credit| {
            credit.kind != Kind::OpeningBalance && !credit.title.trim().is_empty() && !are_different(answers, credit)
        };
        let is_same = |entries: &&mut Vec<&Credit>| {
            may_be_doubled(credit) && may_be_doubled(entries[0]) && is_same_activity(entries[0], credit)
        };
        match activities.iter_mut().find(is_same) {
            Some(entries) => entries.push(credit),
            None => activities.push(vec![credit]),
        }
    }
    alike.into_values().flatten().collect()
}

/// Letters and figures of a text, whatever its capitals, spaces and points.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Alike for the same activity, and hardly ever for two; `is_same_activity` decides.
fn fingerprint(credit: &Credit) -> u64 {
    // FNV-1a.
    let mix = |hash: u64, letter: u32| (hash ^ u64::from(letter)).wrapping_mul(0x0000_0100_0000_01b3);
    let text = |hash: u64, text: &str| {
        if text.is_ascii() {
            let bytes = text.bytes().filter(u8::is_ascii_alphanumeric);
            bytes.fold(hash, |hash, byte| mix(hash, u32::from(byte.to_ascii_lowercase())))
        } else {
            letters(text).fold(hash, |hash, letter| mix(hash, u32::from(letter)))
        }
    };
    text(text(0xcbf2_9ce4_8422_2325, &credit.title), credit.provider.as_deref().unwrap_or_default())
}

/// Same title and provider, whatever their capitals and spaces.
pub(crate) fn is_same_activity(one: &Credit, other: &Credit) -> bool {
    let provider = |credit: &Credit| credit.provider.clone().unwrap_or_default();
    letters(&one.title).eq(letters(&other.title)) && letters(&provider(one)).eq(letters(&provider(other)))
}

/// Settles what can be settled without counting: where all members of a choice serve the same lines and use up the same
/// limits, those with more points are never worse; only where activities count whole, more may be too many. Returns the credits left out, each with the place of its choice, and
/// the choices that only counting can settle.
pub(crate) fn settle<'a, 'b>(
    choices: &'b [Choice<'a>],
    credits: &[Credit],
    judged: &[Judged<'_>],
    pinned: &[usize],
    parts: Parts,
    pieces: impl Fn(usize) -> &'b [Piece],
) -> (Vec<(usize, usize)>, Vec<Choice<'a>>) {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut open = Vec::new();
    // In how many choices each credit takes part.
    let mut takes_part = vec![0_u32; credits.len()];
    choices.iter().flat_map(|choice| &choice.members).for_each(|&member| takes_part[member] += 1);
    for (place, choice) in choices.iter().enumerate() {
        let mut members: Vec<usize> =
            choice.members.iter().copied().filter(|member| !pieces(*member).is_empty()).collect();
        if members.len() <= choice.at_most {
            continue;
        }
        let shape = |member: usize| pieces(member).iter().map(|piece| (piece.category, piece.lines, piece.caps));
        // A member that another choice may leave out cannot be settled here alone.
        let is_alone = members.iter().all(|&member| takes_part[member] == 1);
        let alike = members.iter().all(|&m| judged[m].others().is_empty() && shape(m).eq(shape(members[0])));
        let single = pieces(members[0]).len() == 1;
        let same_points = || {
            let points = |member: usize| pieces(member).iter().map(|piece| piece.points);
            members.iter().all(|&member| points(member).eq(points(members[0])))
        };
        if is_alone && alike && (same_points() || (single && parts != Parts::Whole)) {
            members.sort_by(|&a, &b| {
                let worth = |member: usize| pieces(member).iter().map(|piece| piece.points).sum::<i64>();
                pinned
                    .contains(&b)
                    .cmp(&pinned.contains(&a))
                    .then(worth(b).cmp(&worth(a)))
                    .then(judged[b].proven.cmp(&judged[a].proven))
                    .then_with(|| credits[a].completed_on.cmp(&credits[b].completed_on))
                    .then_with(|| credits[a].id.cmp(&credits[b].id))
            });
            out.extend(members.drain(choice.at_most..).map(|member| (member, place)));
        } else {
            open.push(Choice { members, ..choice.clone() });
        }
    }
    (out, open)
}

/// Of one activity that was done again only one counts where the pack says so: whichever serves her better. One that was
/// done before, and cannot count for other reasons, was done all the same. Returns what limits the choice on the strict
/// reading and on the kind one; where nobody knows whether the rule is meant, it limits the strict one alone.
pub(crate) fn repeats<'a>(
    credits: &[Credit],
    judged: &mut [Judged<'a>],
    judge: &Judge<'a>,
) -> (Vec<Choice<'a>>, Vec<Choice<'a>>) {
    let (mut strict, mut kind) = (Vec::new(), Vec::new());
    for (filter, rule) in &judge.book.repeats {
        let is_told = |index: usize, told: &str| {
            let answer = judge.answers.find_for("repeat", &rule.id, &credits[index].id);
            rule.counts == Said::Silent && answer.is_some_and(|answer| answer.is(told))
        };
        let is_meant = |index: &usize| {
            let (judged, credit) = (&judged[*index], &credits[*index]);
            judged.seen.is_some_and(|seen| rule.when.holds_on(seen.day))
                && judged.may_be(filter, credit)
                && !is_told(*index, "yes")
        };
        let mut meant: Vec<usize> = (0..credits.len()).filter(is_meant).collect();
        meant.sort_by(|&a, &b| {
            let when = |index: usize| (credits[index].completed_on, &credits[index].id);
            when(a).cmp(&when(b))
        });
        let mut by_activity: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for index in meant {
            by_activity.entry(fingerprint(&credits[index])).or_default().push(index);
        }
        for group in by_activity.into_values().filter(|group| group.len() > 1) {
            let is_silent = rule.counts == Said::Silent && !group.iter().any(|&index| is_told(index, "no"));
            let is_sure =
                |judged: &[Judged<'_>], index: usize| !is_silent && judged[index].must_be(filter, &credits[index]);
            let mut open: Vec<usize> = Vec::new();
            let mut done: Vec<usize> = Vec::new();
            for index in group {
                let credit = &credits[index];
                match repeated(rule, credits, &done, credit) {
                    Some(earlier) if judged[index].may_count() => {
                        if is_sure(judged, index) && is_sure(judged, earlier) {
                            judged[index].refuse(rule.id.clone(), rule.words.clone(), judge.book.source(&rule.source));
                        } else {
                            doubt(rule, filter, credits, judged, judge, &[earlier, index]);
                            judged[index].may_be_refused();
                            open.push(index);
                        }
                    }
                    Some(_) => {}
                    None if judged[index].may_count() => open.push(index),
                    None if rule.in_period => {}
                    None => keep_last(&mut done, credits, index),
                }
            }
            for members in near(rule, credits, &open) {
                let is_certain = members.iter().all(|&index| is_sure(judged, index));
                if !is_certain {
                    doubt(rule, filter, credits, judged, judge, &members);
                }
                let choice = Choice { members, at_most: 1, why: Why::Repeat { rule, is_certain } };
                kind.extend(is_certain.then(|| choice.clone()));
                strict.push(choice);
            }
        }
    }
    (strict, kind)
}

/// Asks what is open about activities that may be one that was done again.
fn doubt<'a>(
    rule: &'a RepeatRule,
    filter: &Filter<'_>,
    credits: &[Credit],
    judged: &mut [Judged<'a>],
    judge: &Judge<'_>,
    members: &[usize],
) {
    for &index in members {
        if !judged[index].must_be(filter, &credits[index]) {
            judged[index].ask_once(Ask::Approver);
        }
        if rule.counts == Said::Silent {
            judged[index].ask_once(Ask::Repeat(rule));
        }
    }
    if let Some(&last) = members.last()
        && !judged[last].reasons.iter().any(|reason| reason.code == rule.id)
    {
        let text = format!("It may not count: {}", rule.words);
        judged[last].say(rule.id.clone(), text, judge.book.source(&rule.source));
    }
}

/// The entries of one activity in the order of their days, in groups of which at most one counts. Entries of one day are
/// another matter: they are one activity that was entered twice, or she said that they are two.
fn near(rule: &RepeatRule, credits: &[Credit], entries: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (place, &first) in entries.iter().enumerate() {
        let is_repeat = |later: &&usize| repeated(rule, credits, &[first], &credits[**later]).is_some();
        let later: Vec<usize> = entries[place + 1..].iter().filter(is_repeat).copied().collect();
        let days: BTreeSet<_> = later.iter().map(|&index| credits[index].completed_on).collect();
        if days.len() < later.len() {
            groups.extend(later.into_iter().map(|index| vec![first, index]));
        } else if !later.is_empty() {
            let group: Vec<usize> = std::iter::once(first).chain(later).collect();
            let is_held = |held: &Vec<usize>| group.iter().all(|index| held.contains(index));
            if !groups.iter().any(is_held) {
                groups.push(group);
            }
        }
    }
    groups
}

/// Of the earlier ones the nearest that the credit repeats. On the same day it is a second entry of one activity, which is
/// another matter.
fn repeated(rule: &RepeatRule, credits: &[Credit], earlier: &[usize], credit: &Credit) -> Option<usize> {
    let is_another_day = |index: &usize| credits[*index].completed_on != credit.completed_on;
    let mut same = earlier.iter().rev().copied().filter(|&index| is_same_activity(&credits[index], credit));
    let nearest = same.find(is_another_day)?;
    let reach = credits[nearest].completed_on.map(|day| rule.months.map(|months| plus_months(day, months)));
    let is_near = reach?.is_none_or(|reach| credit.completed_on.is_some_and(|day| day < reach));
    is_near.then_some(nearest)
}

/// Of one day and activity one entry is enough.
fn keep_last(entries: &mut Vec<usize>, credits: &[Credit], index: usize) {
    let is_same_day = |last: &usize| credits[*last].completed_on == credits[index].completed_on;
    if !entries.last().is_some_and(|last| is_same_day(last) && is_same_activity(&credits[*last], &credits[index])) {
        entries.push(index);
    }
}
