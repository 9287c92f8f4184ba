//! What one credit is worth under one credential's rules, before limits and assignment, and why.
//!
//! Whatever nobody knows is read twice. On the strict reading a credit is worth the least of what it may be worth, fills
//! a line only if it fills it for certain, and uses up every limit that it may fall under; on the kind reading the most,
//! every line it may fill, and only the limits that are certain. So what holds on the strict reading holds whatever the
//! answer, and what fails on the kind one fails whatever the answer.

mod approver;
mod earlier;
mod explain;
mod parts;
mod proof;
mod worth;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use smallvec::SmallVec;

use crate::credit::{Credit, Session, Status, Unit};
use crate::date::long;
use crate::filter::{Filter, Marks, bit, class_index, is_like_any, long_bit};
use crate::judged::{Judged, Piece, Pieces, Seen, add_all, covers};
use crate::pack::{self, ConvertRule, Pack, RefuseRule, Said, When, WindowRule};
use crate::period::Term;
use crate::points::{Amount, Ratio};
use crate::pool::Side;
use crate::question::{Answered, Answers, Ask};
use crate::rulebook::{Rulebook, is_within};

/// Judges credits by the rules of one credential on one day.
pub(crate) struct Judge<'a> {
    pub term: &'a Term<'a>,
    pub book: &'a Rulebook<'a>,
    pub answers: Answers<'a>,
    /// What is planned counts as if it were done.
    pub planned: bool,
    /// Whether the record holds no other credential.
    pub is_only_credential: bool,
}

/// An amount as one of the certificate's statements prints it.
#[derive(Clone, Copy)]
struct Offer<'o> {
    amount: Amount,
    unit: Unit,
    approver: Option<&'o crate::Approver>,
}

/// What a certificate prints besides its first amount.
fn further_offers(credit: &Credit) -> impl Iterator<Item = Offer<'_>> {
    credit.awards.iter().map(|award| {
        let approver = award.approver.as_ref().or(credit.approver.as_ref());
        Offer { amount: award.amount, unit: award.unit, approver }
    })
}

/// A day of a certificate, among all its days with the share of each in printed units.
#[derive(Clone, Copy)]
struct Days<'d> {
    all: &'d [(NaiveDate, i64)],
    day: NaiveDate,
}

/// A share of a certificate.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    day: NaiveDate,
    /// One past the last where it is not known, none where it is worth nothing.
    category: Option<usize>,
    share: i128,
}

/// The shares of a certificate, mostly one or two, and the number that all of it is divided into.
#[derive(PartialEq, Eq)]
struct Parts {
    all: SmallVec<[Part; 2]>,
    whole: i128,
}

/// A credit on one reading of who approved it.
struct Reading<'a> {
    marks: Marks,
    window: Option<&'a WindowRule>,
    is_in_time: bool,
    day: Day<'a>,
    convert: Option<&'a ConvertRule>,
    /// In parts of the scale, before refusals: the least and the most.
    worth: (i64, i64),
    /// Why the least, and why the most, is refused.
    refused: (Option<&'a RefuseRule>, Option<&'a RefuseRule>),
    lines: u64,
    caps: u64,
}

/// What she was told of a rule that is clear enough but worth asking about.
#[derive(Clone, Copy, PartialEq)]
enum Confirmed {
    Yes,
    No,
    /// It gives so much instead.
    Rate(Ratio),
}

/// Whether an activity on its day counts.
#[derive(Clone, Copy)]
enum Day<'a> {
    Counts,
    /// The issuer is silent about the window.
    Silent(&'a WindowRule),
    /// Told that it does not.
    Told(&'a WindowRule, Answered<'a>),
    /// It may lie before the period.
    MayBeBefore,
    /// Told that the period began on this later day.
    Before(NaiveDate),
}

/// Who approved a credit: mostly one class; where nobody knows, each that may have, the least useful first.
type Classes = SmallVec<[usize; 1]>;

/// What a credit is worth if this is what it is.
struct Possible {
    marks: Marks,
    pieces: Pieces,
}

impl<'a> Judge<'a> {
    fn pack(&self) -> &'a Pack {
        self.book.pack
    }

    pub(crate) fn judge(&self, credit: &Credit) -> Judged<'a> {
        let mut judged = Judged::default();
        let (Some(amount), Some(unit), Some(completed)) = (credit.amount, credit.unit, credit.completed_on) else {
            judged.refuse("draft", "Not filled in to the end yet.".into(), None);
            return judged;
        };
        if credit.status == Status::Draft {
            judged.refuse("draft", "A draft: finish it so that it counts.".into(), None);
            return judged;
        }
        if !self.planned && credit.status == Status::Planned {
            judged.refuse("planned", "Planned: it counts once it is completed.".into(), None);
            return judged;
        }
        if !self.planned && completed > self.term.on {
            let text = format!("Completed after {}, the day asked about.", long(self.term.on));
            judged.refuse("after_date", text, None);
            return judged;
        }
        let printed = Offer { amount, unit, approver: credit.approver.as_ref() };
        if credit.awards.is_empty() {
            return self.judge_offer(credit, completed, printed);
        }
        self.best_of(credit, completed, self.judge_offer(credit, completed, printed))
    }

    fn tags(&self, credit: &Credit) -> u64 {
        let number = credit.provider_number.as_deref();
        let has = |tag: &crate::pack::Tag| {
            credit.tags.iter().any(|own| own.trim().eq_ignore_ascii_case(&tag.id))
                || is_like_any(&tag.provider_numbers, number)
        };
        let tags = self.pack().tags.iter().enumerate().filter(|(_, tag)| has(tag));
        tags.map(|(index, _)| long_bit(index)).sum()
    }

    /// A certificate may state the same activity in several units, or for several bodies. They are never added; the one
    /// that serves her best counts: approved by the issuer, then certain, then worth most, then as it stands first. Those
    /// that may serve what this one does not are kept beside it.
    fn best_of(&self, credit: &Credit, completed: NaiveDate, printed: Judged<'a>) -> Judged<'a> {
        let mut all = vec![printed];
        for offer in further_offers(credit) {
            let mut judged = self.judge_offer(credit, completed, offer);
            // The rate is that of the amount printed first.
            judged.rate = None;
            all.push(judged);
        }
        let beside: Vec<Judged<'a>> = all.iter_mut().flat_map(Judged::take_others).collect();
        all.extend(beside);
        let issuer = class_index(self.pack(), &self.pack().issuer.approver);
        let sum = |pieces: &[Piece]| pieces.iter().map(|piece| piece.points).sum::<i64>();
        let rank = |judged: &Judged<'_>| {
            let least = sum(&judged.low);
            let is_approved = least > 0 && judged.class == Some(issuer);
            (is_approved, least > 0 && !judged.is_open(), least, sum(judged.kind()))
        };
        all.sort_by_key(|judged| std::cmp::Reverse(rank(judged)));
        // Nobody knows yet whether parts count where the issuer is silent; unless she was told, they do.
        let parts = if self.book.parts == pack::Parts::Whole { pack::Parts::Whole } else { pack::Parts::Counted };
        let mut kept: Vec<Judged<'a>> = Vec::new();
        for judged in all {
            let is_counted_alike = |better: &Judged<'a>| {
                self.book.counts.iter().all(|count| {
                    let is_counted = |judged: &Judged<'_>| {
                        (judged.may_be(&count.filter, credit), judged.is_kindly(&count.filter, credit))
                    };
                    is_counted(better) == is_counted(&judged)
                })
            };
            if !kept.iter().any(|better| better.serves_as_well_as(&judged, parts) && is_counted_alike(better)) {
                kept.push(judged);
            }
        }
        let others = kept.split_off(1);
        let mut best = kept.pop().unwrap_or_default();
        best.put_beside(others);
        best
    }

    /// Day by day, where the sessions of a certificate have days of their own; nearly always it is one.
    fn judge_offer(&self, credit: &Credit, completed: NaiveDate, offer: Offer<'_>) -> Judged<'a> {
        let whole = credit.amount.unwrap_or(offer.amount);
        let on = |session: &Session| session.on.unwrap_or(completed);
        if credit.sessions.iter().all(|session| on(session) == completed) {
            let days = [(completed, whole.ten_thousandths())];
            let (mut judged, possible) = self.judge_day(credit, offer, Days { all: &days, day: completed });
            self.choose_reading(credit, &mut judged, possible);
            return judged;
        }
        let mut of_day: BTreeMap<NaiveDate, i64> = BTreeMap::from([(completed, 0)]);
        for session in &credit.sessions {
            *of_day.entry(on(session)).or_default() += session.amount.ten_thousandths();
        }
        let told: i64 = of_day.values().sum();
        *of_day.entry(completed).or_default() += whole.ten_thousandths() - told;
        let days: Vec<(NaiveDate, i64)> = of_day.into_iter().filter(|(_, share)| *share > 0).collect();
        let mut judged = Judged::default();
        judged.proven = true;
        let mut possible: Vec<Possible> = Vec::new();
        for &(day, share) in &days {
            let (part, of_day) = self.judge_day(credit, offer, Days { all: &days, day });
            let share = Amount::from_ten_thousandths(share);
            judged.join(part, &format!("{share} of {whole}, on {}", long(day)));
            if possible.is_empty() {
                possible = of_day;
            } else {
                possible.iter_mut().zip(&of_day).for_each(|(all, day)| add_all(&mut all.pieces, &day.pieces));
            }
        }
        self.choose_reading(credit, &mut judged, possible);
        judged
    }

    /// One day of a certificate; where nobody knows who approved it, also what it is worth by each that may have.
    fn judge_day(&self, credit: &Credit, offer: Offer<'_>, days: Days<'_>) -> (Judged<'a>, Vec<Possible>) {
        let mut judged = Judged::default();
        let (tags, classes) = (self.tags(credit), self.classes(credit, offer));
        let read = |class: &usize| self.read(credit, offer, days, *class, tags);
        let readings: SmallVec<[Reading<'a>; 1]> = classes.iter().map(read).collect();
        let possible = self.combine(credit, offer, days, &readings, &mut judged);
        (judged, possible)
    }

    /// One body approved it, so on the kind reading it is worth what it is by the kindest; where none is the kindest in
    /// everything, by one of them.
    fn choose_reading(&self, credit: &Credit, judged: &mut Judged<'a>, mut possible: Vec<Possible>) {
        if possible.is_empty() || !judged.is_open() {
            return;
        }
        let sum = |one: &Possible| one.pieces.iter().map(|piece| piece.points).sum::<i64>();
        possible.sort_by_key(|one| std::cmp::Reverse(sum(one)));
        let serves_as_well = |one: &Possible, other: &Possible| {
            let is_counted = |possible: &Possible, of: &Filter<'_>| of.holds(possible.marks, credit);
            let mut counts = self.book.counts.iter();
            covers(&one.pieces, &other.pieces, pack::Parts::Counted)
                && counts.all(|count| !is_counted(one, &count.filter) || is_counted(other, &count.filter))
        };
        let is_best = |&place: &usize| {
            let mut others = possible.iter().enumerate().filter(|(other, _)| *other != place);
            !others.any(|(other, better)| {
                let is_equal = serves_as_well(&possible[place], better);
                serves_as_well(better, &possible[place]) && (!is_equal || other < place)
            })
        };
        let best: Vec<usize> = (0..possible.len()).filter(is_best).collect();
        let marks = |place: &usize| possible[*place].marks;
        let rest = (0..possible.len()).filter(|place| !best.contains(place));
        judged.may_be_any(best.iter().copied().chain(rest).map(|place| marks(&place)).collect());
        judged.hope(possible[best[0]].pieces.clone());
        let (proven, seen, asks) = (judged.proven, judged.seen, judged.asks().to_vec());
        let may_be_proven = judged.is_proven_on(Side::Kind);
        let beside = best[1..].iter().map(|&place| {
            let mut other = Judged::default();
            other.proven = proven;
            other.seen = seen.map(|seen| Seen { marks: marks(&place), ..seen });
            other.hope(possible[place].pieces.clone());
            if may_be_proven && !proven {
                other.may_be_proven();
            }
            for ask in &asks {
                other.ask(*ask);
            }
            other
        });
        judged.put_beside(beside);
    }

    fn read(&self, credit: &Credit, offer: Offer<'_>, days: Days<'_>, class: usize, tags: u64) -> Reading<'a> {
        let (book, completed) = (self.book, days.day);
        let mut marks = Marks {
            kind: bit(credit.kind as usize),
            unit: bit(offer.unit as usize),
            approver: bit(class),
            tags,
            window: 0,
        };
        let holds = |when: &When| when.holds_on(completed);
        let convert = book.convert.iter().find(|(of, rule)| of.holds(marks, credit) && holds(&rule.when));
        let convert = convert.map(|(_, rule)| *rule);
        if let Some(class) = convert.and_then(|rule| rule.approver.as_ref()) {
            marks.approver = bit(class_index(book.pack, class));
        }
        // Sessions tell the days.
        let begun = credit.started_on.filter(|_| days.all.len() == 1).unwrap_or(completed);
        let found = book.windows.iter().find(|window| {
            let (from, to) = (window.from, window.to);
            let inside =
                if window.rule.prorate { begun <= to && completed >= from } else { (from..=to).contains(&completed) };
            inside && window.filter.holds(marks, credit) && holds(&window.rule.when)
        });
        let window = found.map(|window| window.rule);
        marks.window = found.map_or(0, |window| window.bit);
        let period = self.term.dates;
        let is_in_time =
            found.is_some() || (book.pack.windows.is_empty() && (period.from..=period.to).contains(&completed));
        let share = found.filter(|window| window.rule.prorate).map(|window| {
            let inside = (completed.min(window.to) - begun.max(window.from)).num_days() + 1;
            (inside.max(0), (completed - begun).num_days() + 1)
        });
        let worth = convert.map_or((0, 0), |rule| self.worth(credit, offer, rule, share));
        let refused = |worth: i64, kindly: bool| {
            let applies = |(of, rule): &&(Filter<'_>, &RefuseRule)| {
                rule.under.is_none_or(|under| 0 < worth && worth < book.scale.parts(under))
                    && of.holds(marks, credit)
                    && holds(&rule.when)
                    && self.refuses(rule, credit).unwrap_or(!kindly)
            };
            book.refuse.iter().find(applies).map(|(_, rule)| *rule)
        };
        let refused = (refused(worth.0, false), refused(worth.1, true));

        let day = self.day(credit, completed, window);
        let mut reading = Reading { marks, window, is_in_time, day, convert, worth, refused, lines: 0, caps: 0 };
        for (index, line) in book.lines.iter().enumerate() {
            let only_others =
                window.is_some_and(|rule| !rule.only_for.is_empty() && !rule.only_for.contains(&line.rule.id));
            if !only_others && is_within(line.within, completed) && line.filter.holds(marks, credit) {
                reading.lines |= long_bit(index);
            }
        }
        for (index, cap) in book.caps.iter().enumerate() {
            if book.is_limited_on(cap.within, completed) && cap.filter.holds(marks, credit) {
                reading.caps |= long_bit(index);
            }
        }
        reading
    }

    /// Whether what the rule speaks of earns nothing; none where the issuer is silent and she has no answer.
    fn refuses(&self, rule: &RefuseRule, credit: &Credit) -> Option<bool> {
        if rule.counts != Said::Silent {
            return Some(true);
        }
        let told = self.answers.find_for("accepted", &rule.id, &credit.id)?;
        [("yes", false), ("no", true)].into_iter().find_map(|(answer, refuses)| told.is(answer).then_some(refuses))
    }

    /// Brings the readings together to what is certain and what is possible.
    fn combine(
        &self,
        credit: &Credit,
        offer: Offer<'_>,
        days: Days<'_>,
        readings: &[Reading<'a>],
        judged: &mut Judged<'a>,
    ) -> Vec<Possible> {
        let (pack, completed, strict) = (self.pack(), days.day, &readings[0]);
        let possible = || readings.iter().filter(|reading| reading.is_possible());
        let is_told = readings.len() == 1;
        judged.class = is_told.then_some(strict.marks.approver.trailing_zeros() as usize);
        let may_earn = strict.is_in_time && strict.convert.is_some();
        judged.seen = Some(Seen { marks: strict.marks, day: completed, may_earn });
        judged.proven = readings.iter().all(|reading| self.is_proven(credit, reading.marks));
        if !is_told {
            judged.may_be_any(readings.iter().map(|reading| reading.marks).collect());
            if !judged.proven && readings.iter().any(|reading| self.is_proven(credit, reading.marks)) {
                judged.may_be_proven();
                judged.ask_once(Ask::Approver);
            }
        }
        let Some(kindest) = possible().max_by_key(|reading| reading.worth.1) else {
            self.explain_refusal(completed, strict, judged);
            return self.worth_of_each(credit, days, readings);
        };
        judged.basis = kindest.convert.map(|rule| rule.basis).max(kindest.window.map(|rule| rule.basis));
        if let Some(rule) = readings.iter().find_map(|reading| reading.refused.0) {
            judged.say(rule.id.clone(), format!("It may not count: {}", rule.words), self.book.source(&rule.source));
            if rule.counts == Said::Silent {
                judged.ask_once(Ask::Accepted(rule));
            }
        }
        for reading in possible() {
            self.ask_about_the_day(reading.day, judged);
        }
        self.explain_worth(credit, offer, kindest, judged);

        let low = readings.iter().map(Reading::least).min().unwrap_or(0);
        let high = possible().map(|reading| reading.worth.1).max().unwrap_or(0);
        let parts = self.parts(credit, days, kindest.convert);
        let is_alike = |reading: &Reading<'a>| self.parts(credit, days, reading.convert) == parts;
        let are_alike = is_told || possible().all(is_alike);
        let certain = (
            readings.iter().map(|reading| reading.lines).fold(u64::MAX, |all, one| all & one),
            readings.iter().map(|reading| reading.caps).fold(0, |all, one| all | one),
        );
        let hoped = (
            possible().map(|reading| reading.lines).fold(0, |all, one| all | one),
            possible().map(|reading| reading.caps).fold(u64::MAX, |all, one| all & one),
        );
        judged.low = if are_alike {
            self.pieces(low, days, &parts, certain)
        } else {
            // Of which category depends on who approved it.
            self.pieces(low, days, &days.of(Some(pack.categories.len())), certain)
        };
        let is_limited_in_doubt = || {
            self.book.counts.iter().any(|count| {
                let is_limited = |reading: &Reading<'_>| count.filter.holds(reading.marks, credit);
                readings.iter().any(|reading| is_limited(reading) != is_limited(strict))
            })
        };
        if self.book.parts == pack::Parts::Whole && !is_told {
            judged.may_use_up(certain.1, high);
        }
        if low != high || certain != hoped || !are_alike || !is_told && is_limited_in_doubt() {
            judged.hope(self.pieces(high, days, &parts, hoped));
            if !is_told {
                let text = match pack.approvers.len() {
                    0 | 1 => format!("Not sure whether {} approved it; both readings are counted.", pack.issuer.short),
                    _ => "Not sure who approved it; each reading is counted.".to_owned(),
                };
                judged.ask_once(Ask::Approver);
                judged.say("approver", text, None);
            }
        }
        let unknown = pack.categories.len();
        let of_day = || parts.all.iter().filter(|part| part.day == completed);
        if unknown > 0 && high > 0 && of_day().any(|part| part.category == Some(unknown)) {
            judged.ask(Ask::Category);
            judged.say("category", "Which category it belongs to is not known yet.", None);
        }
        if of_day().any(|part| part.category.is_none()) {
            let text = format!("Part of it lies outside what {} accepts and earns nothing.", pack.issuer.short);
            judged.say("outside_the_field", text, None);
        }
        if high == 0 && judged.reasons.is_empty() {
            let text = format!("It earns no {}.", pack.counts_in.many);
            judged.say("worthless", text, None);
        }
        self.worth_of_each(credit, days, readings)
    }

    /// What the day is worth on each reading; nothing where there is but one.
    fn worth_of_each(&self, credit: &Credit, days: Days<'_>, readings: &[Reading<'a>]) -> Vec<Possible> {
        let worth = |reading: &Reading<'a>| Possible {
            marks: reading.marks,
            pieces: if reading.is_possible() {
                let parts = self.parts(credit, days, reading.convert);
                self.pieces(reading.worth.1, days, &parts, (reading.lines, reading.caps))
            } else {
                Pieces::new()
            },
        };
        if readings.len() > 1 { readings.iter().map(worth).collect() } else { Vec::new() }
    }

    /// Whether an activity on its day counts. An answer settles it.
    fn day(&self, credit: &Credit, completed: NaiveDate, window: Option<&'a WindowRule>) -> Day<'a> {
        if let Some(rule) = window.filter(|rule| rule.counts == Said::Silent) {
            return match self.answers.find_any("window", &rule.id) {
                Some(answer) if answer.is("yes") => Day::Counts,
                Some(answer) if answer.is("no") => Day::Told(rule, answer),
                _ => Day::Silent(rule),
            };
        }
        let from = self.term.dates.from;
        if !(from..self.term.certain_from).contains(&completed) {
            return Day::Counts;
        }
        let told = self.answers.find("period_start", &credit.id).and_then(Answered::date);
        // Another month's day answers something else.
        match told.filter(|began| (from..=self.term.certain_from).contains(began)) {
            Some(began) if completed >= began => Day::Counts,
            Some(began) => Day::Before(began),
            None => Day::MayBeBefore,
        }
    }
}

impl Reading<'_> {
    /// Whether it may count at all.
    fn is_possible(&self) -> bool {
        self.is_in_time
            && !matches!(self.day, Day::Told(..) | Day::Before(_))
            && self.window.is_none_or(|rule| rule.counts != Said::No)
            && self.refused.1.is_none()
            && self.worth.1 > 0
    }

    /// Whether nothing but the rate can be in doubt.
    fn is_certain(&self) -> bool {
        self.is_possible() && self.refused.0.is_none() && matches!(self.day, Day::Counts)
    }

    /// In parts of the scale, with refusals.
    fn least(&self) -> i64 {
        if self.is_certain() { self.worth.0 } else { 0 }
    }
}
