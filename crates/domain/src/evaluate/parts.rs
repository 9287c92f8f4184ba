//! Whether it matters that part of an activity counts.

use std::cell::RefCell;

use super::{Chosen, Counted, Evaluating, Found, Left, Wanted};
use crate::assign::{Assignment, Depth};
use crate::choice::Choice;
use crate::evaluation::{Reason, Verdict};
use crate::filter::long_bit;
use crate::judge::Judge;
use crate::judged::Judged;
use crate::pack::Parts;
use crate::pool::{Pool, Side, certain};
use crate::question::{Ask, NOBODY_NAMED};
use crate::record::Answer;

impl<'a> Evaluating<'a, '_> {
    /// Whole activities come before parts: where as much counts, with as much proof, without counting any in part.
    pub(super) fn whole_instead(
        &self,
        chosen: &Chosen,
        counted: &Counted,
        judged: &[Judged<'a>],
        choices: &[Choice<'a>],
        pinned: &[usize],
    ) -> Option<((Pool, Left<'a>), Assignment)> {
        /// Among more activities than this a sum of whole ones is not looked for.
        const MOST: usize = 24;
        let book = self.judge.book;
        let before = &chosen.assignment;
        let sum = |index: usize| counted.sum(index);
        let earned = |judged: &Judged<'a>| judged.low.iter().map(|piece| piece.points).sum::<i64>();
        let is_in_part = |(index, judged): (usize, &Judged<'a>)| (1..earned(judged)).contains(&sum(index));
        if book.parts == Parts::Whole || !before.passes() || !judged.iter().enumerate().any(is_in_part) {
            return None;
        }
        let is_full = |cap: &usize| before.caps.get(*cap) == Some(&book.caps[*cap].limit);
        let full: u64 = (0..book.caps.len()).filter(is_full).map(long_bit).sum();
        let is_limited = |judged: &&Judged<'a>| judged.low.iter().any(|piece| certain(piece, book).caps & full != 0);
        if judged.iter().filter(is_limited).count() > MOST {
            return None;
        }
        let wanted = Wanted { parts: Parts::Whole, only_proven: false };
        let filled = self.pool(Side::Strict, wanted, judged, choices, pinned);
        let whole = filled.0.assign(book, &book.ways[chosen.way], &[], Depth::Whole);
        let is_as_good = whole.passes() && whole.counted == before.counted && whole.proven >= before.proven;
        is_as_good.then_some((filled, whole))
    }

    /// Credits counted in part without which something would be missing, where the issuer does not say whether part of
    /// an activity may count.
    pub(super) fn in_part_where_it_matters(&self, found: &Found<'a>) -> Vec<usize> {
        let book = self.judge.book;
        if book.parts != Parts::Silent || found.verdict == Verdict::NotMet {
            return Vec::new();
        }
        let way = &book.ways[found.chosen.way];
        let earned = |index: usize| found.judged[index].low.iter().map(|piece| piece.points).sum::<i64>();
        let counted = |index: usize| found.counted.sum(index);
        let in_part: Vec<usize> =
            (0..found.judged.len()).filter(|&index| (1..earned(index)).contains(&counted(index))).collect();
        let mut without = found.chosen.assignment.lines.clone();
        for &index in &in_part {
            for given in found.counted.of(index) {
                let filled = without.iter_mut().enumerate().filter(|(line, _)| given.lines & long_bit(*line) != 0);
                filled.for_each(|(_, sum)| *sum -= given.points);
            }
        }
        let is_enough =
            |(index, sum): (usize, &i64)| way.lines & long_bit(index) == 0 || *sum >= book.lines[index].needed;
        if without.iter().enumerate().all(is_enough) { Vec::new() } else { in_part }
    }

    /// Whether whole activities alone give the same verdict.
    pub(super) fn is_enough_in_whole(&self, found: &Found<'a>, choices: [&[Choice<'a>]; 2], pinned: &[usize]) -> bool {
        let wanted = Wanted { parts: Parts::Whole, only_proven: false };
        let pool = |side, choices| self.pool(side, wanted, &found.judged, choices, pinned).0;
        if found.verdict == Verdict::Met {
            let holds = |index: usize| found.conditions[index].0 == Verdict::Met;
            self.passes(&pool(Side::Strict, choices[0]), &holds, Assignment::passes)
                || self.is_enough_whoever_approved(&found.asks)
        } else {
            let may_hold = |index: usize| found.conditions[index].0 != Verdict::NotMet;
            self.passes(&pool(Side::Kind, choices[1]), &may_hold, Assignment::passes)
        }
    }

    /// Whether whole activities are enough whoever approved those of which it is not known. Each reading is tried: the strict
    /// one has room for what every one of them might use up, which is more than any of them does.
    fn is_enough_whoever_approved(&self, asks: &[(Ask<'a>, Vec<usize>)]) -> bool {
        /// They grow by as many bodies with every activity.
        const MOST_READINGS: usize = 16;
        let asked = asks.iter().filter(|(ask, _)| matches!(ask, Ask::Approver)).flat_map(|(_, credits)| credits);
        let unsure: Vec<&str> = asked.map(|&index| self.record.credits[index].id.as_str()).collect();
        let bodies: Vec<&str> =
            self.pack().approvers.iter().map(|class| class.id.as_str()).chain([NOBODY_NAMED]).collect();
        let readings = u32::try_from(unsure.len()).ok().and_then(|unsure| bodies.len().checked_pow(unsure));
        if unsure.is_empty() || readings.is_none_or(|readings| readings > MOST_READINGS) {
            return false;
        }
        let readings = unsure.iter().fold(vec![Vec::new()], |readings: Vec<Vec<(&str, &str)>>, credit| {
            let with = |reading: &Vec<_>, body| reading.iter().copied().chain([(*credit, body)]).collect();
            readings.iter().flat_map(|reading| bodies.iter().map(|body| with(reading, *body))).collect()
        });
        readings.into_iter().all(|reading| {
            let told: Vec<Answer> = reading
                .iter()
                .map(|(credit, body)| Answer {
                    question: "approver".to_owned(),
                    credential: None,
                    credits: vec![(*credit).to_owned()],
                    answer: (*body).to_owned(),
                    answered_on: self.judge.term.on,
                    note: None,
                })
                .collect();
            let judge = Judge { answers: self.judge.answers.and(&told), ..*self.judge };
            let told = Evaluating { judge: &judge, last_less: RefCell::default(), ..*self };
            let read = told.read();
            let wanted = Wanted { parts: Parts::Whole, only_proven: false };
            let pool = told.pool(Side::Strict, wanted, &read.judged, &read.choices, &read.pinned).0;
            let holds = |index: usize| read.conditions[index].0 == Verdict::Met;
            told.passes(&pool, &holds, Assignment::passes)
        })
    }

    pub(super) fn say_that_parts_decide(&self, found: &mut Found<'a>, in_part: Vec<usize>) {
        let titles: Vec<&str> = in_part.iter().map(|&index| self.record.credits[index].title.as_str()).collect();
        let text = format!(
            "This rests on counting part of “{}”; {} does not say whether part of an activity may count.",
            titles.join("”, “"),
            self.pack().issuer.short
        );
        found.notes.push(Reason { code: "parts".into(), text: text.into(), source: None });
        found.asks.push((Ask::Parts, in_part));
    }
}
