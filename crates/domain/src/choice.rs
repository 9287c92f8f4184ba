//! Of several credits only so many count: entries of one activity, and credits limited by number.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::credit::{Credit, Kind};
use crate::date::plus_months;
use crate::judge::Judge;
use crate::judged::{Judged, Piece};
use crate::pack::{Parts, RepeatRule};
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
            Why::Duplicate => true,
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

/// Entries of one activity, of which one counts.
pub(crate) fn duplicates<'a>(
    credits: &[Credit],
    judged: &[Judged<'_>],
    marks: &[Mark],
    answers: &Answers<'_>,
) -> Vec<Choice<'a>> {
    let groups = entries_of_one_activity(credits, judged, marks, answers).into_iter();
    groups.map(|(members, at_most)| Choice { members, at_most, why: Why::Duplicate }).collect()
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

/// Entries with the same title, provider and day, unless she says that they are different.
fn entries_of_one_activity(
    credits: &[Credit],
    judged: &[Judged<'_>],
    marks: &[Mark],
    answers: &Answers<'_>,
) -> Vec<(Vec<usize>, usize)> {
    // Repeats may have been refused since the marks were taken.
    let mut marked = not_alone(marks);
    marked.retain(|(_, _, index)| judged[*index].may_count());
    marked.sort_unstable();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // Only where the marks are alike are titles read.
    let is_alike = |one: &Mark, next: &Mark| (one.0, one.1) == (next.0, next.1);
    for alike in marked.chunk_by(is_alike).filter(|alike| alike.len() > 1) {
        let mut titles: Vec<(u64, usize)> =
            alike.iter().map(|&(_, _, index)| (fingerprint(&credits[index]), index)).collect();
        titles.sort_unstable();
        for same in titles.chunk_by(|one, next| one.0 == next.0).filter(|same| same.len() > 1) {
            let first_group = groups.len();
            for &(_, index) in same {
                let is_same = |group: &&mut Vec<usize>| is_same_activity(&credits[group[0]], &credits[index]);
                match groups[first_group..].iter_mut().find(is_same) {
                    Some(group) => group.push(index),
                    None => groups.push(vec![index]),
                }
            }
        }
    }
    for group in &mut groups {
        group.retain(|&index| !credits[index].title.trim().is_empty());
    }
    groups.retain(|group| group.len() > 1);
    groups.into_iter().filter_map(|group| among(group, credits, answers)).collect()
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

/// The same activity again earns nothing where the pack says so: the first one counts. Where nobody knows whether it is
/// meant, it earns nothing on the strict reading alone.
pub(crate) fn refuse_repeats(credits: &[Credit], judged: &mut [Judged<'_>], judge: &Judge<'_>) {
    for (filter, rule) in &judge.book.repeats {
        let is_meant = |index: &usize| {
            let (judged, credit) = (&judged[*index], &credits[*index]);
            judged.seen.is_some_and(|seen| rule.when.holds_on(seen.day)) && judged.may_be(filter, credit)
        };
        let mut meant: Vec<usize> = (0..credits.len()).filter(is_meant).collect();
        meant.sort_by(|&a, &b| {
            let when = |index: usize| (credits[index].completed_on, &credits[index].id);
            when(a).cmp(&when(b))
        });
        // Of each activity the last ones before that count for certain, and that may; what cannot count for other reasons was
        // done all the same.
        let mut before: BTreeMap<u64, [Vec<usize>; 2]> = BTreeMap::new();
        for index in meant {
            let credit = &credits[index];
            let [certain, possible] = before.entry(fingerprint(credit)).or_default();
            let must_be = judged[index].must_be(filter, credit);
            if must_be && repeated(rule, credits, certain, credit).is_some() {
                if judged[index].may_count() {
                    judged[index].refuse(rule.id.clone(), rule.words.clone(), judge.book.source(&rule.source));
                }
                continue;
            }
            match repeated(rule, credits, possible, credit) {
                None if must_be => keep_last(certain, credits, index),
                Some(earlier) if judged[index].may_count() => {
                    judged[index].may_be_refused();
                    let text = format!("It may not count: {}", rule.words);
                    judged[index].say(rule.id.clone(), text, judge.book.source(&rule.source));
                    for index in [earlier, index] {
                        if !judged[index].must_be(filter, &credits[index]) {
                            judged[index].ask_once(Ask::Approver);
                        }
                    }
                }
                _ => {}
            }
            keep_last(possible, credits, index);
        }
    }
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
