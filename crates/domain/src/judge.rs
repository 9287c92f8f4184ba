//! What one credit is worth under one credential's rules, before limits and assignment, and why.
//!
//! Whatever nobody knows is read twice. On the strict reading a credit is worth the least of what it may be worth, fills
//! a line only if it fills it for certain, and uses up every limit that it may fall under; on the kind reading the most,
//! every line it may fill, and only the limits that are certain. So what holds on the strict reading holds whatever the
//! answer, and what fails on the kind one fails whatever the answer.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use smallvec::SmallVec;

use crate::credit::{Award, Credit, IssuerTranscript, Kind, Session, Status, Unit};
use crate::date::long;
use crate::evidence::{self, Lacking, Papers};
use crate::filter::{Filter, Marks, bit, class_index, is_like_any, long_bit};
use crate::judged::{Judged, Piece, Pieces, Seen, add_all, covers};
use crate::pack::{self, ConvertRule, EvidenceRule, Pack, Rate, RefuseRule, Rounding, Said, When, WindowRule};
use crate::period::Term;
use crate::points::{Amount, Points, Ratio};
use crate::pool::Side;
use crate::question::{Answered, Answers, Ask, NOBODY_NAMED};
use crate::rulebook::{Rulebook, is_within};
use crate::words::noun;

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

/// A day of a certificate, among all its days with the share of each in printed units.
#[derive(Clone, Copy)]
struct Days<'d> {
    all: &'d [(NaiveDate, i64)],
    day: NaiveDate,
}

/// A share of a certificate, in printed units.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    day: NaiveDate,
    /// One past the last where it is not known, none where it is worth nothing.
    category: Option<usize>,
    share: i64,
}

/// The shares of a certificate; mostly one or two.
type Parts = SmallVec<[Part; 2]>;

/// A credit on one reading of who approved it.
struct Reading<'a> {
    marks: Marks,
    window: Option<&'a WindowRule>,
    is_in_time: bool,
    day: Day<'a>,
    convert: Option<&'a ConvertRule>,
    /// In hundredths, before refusals: the least and the most.
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

    /// What an earlier credit uses up of a limit that lasts longer than a period, at least and at most. What counts in this
    /// period is not earlier.
    pub(crate) fn earlier_worth(&self, credit: &Credit, cap: usize) -> (i64, i64) {
        self.earlier(credit, |reading| if reading.caps & long_bit(cap) != 0 { reading.worth } else { (0, 0) })
    }

    /// Whether an earlier credit takes a place of a limit on numbers, for certain and perhaps.
    pub(crate) fn earlier_place(&self, credit: &Credit, of: &Filter<'_>) -> (i64, i64) {
        self.earlier(credit, |reading| {
            let is_limited = of.holds(reading.marks, credit);
            (i64::from(is_limited && reading.worth.0 > 0), i64::from(is_limited && reading.worth.1 > 0))
        })
    }

    fn earlier(&self, credit: &Credit, used: impl Fn(&Reading<'a>) -> (i64, i64)) -> (i64, i64) {
        let (Some(amount), Some(unit), Some(completed)) = (credit.amount, credit.unit, credit.completed_on) else {
            return (0, 0);
        };
        if credit.status != Status::Completed {
            return (0, 0);
        }
        let offer = Offer { amount, unit, approver: credit.approver.as_ref() };
        let days = [(completed, amount.ten_thousandths())];
        let days = Days { all: &days, day: completed };
        let of_class = |class: &usize| {
            let reading = self.read(credit, offer, days, *class, self.tags(credit));
            let counts_here = reading.is_in_time && reading.window.is_none_or(|rule| rule.counts != Said::No);
            let (least, most) = used(&reading);
            match (counts_here, reading.refused) {
                (true, _) | (_, (_, Some(_))) => (0, 0),
                (false, (Some(_), None)) => (0, most),
                (false, (None, None)) => (least, most),
            }
        };
        let each: SmallVec<[(i64, i64); 2]> = self.classes(credit, offer).iter().map(of_class).collect();
        let least = each.iter().map(|(least, _)| *least).min().unwrap_or(0);
        (least, each.iter().map(|(_, most)| *most).max().unwrap_or(0))
    }

    /// What is open about an earlier credit on which a limit rests.
    pub(crate) fn ask_about_earlier(&self, credit: &Credit, judged: &mut Judged<'a>) {
        let (Some(amount), Some(unit), Some(completed)) = (credit.amount, credit.unit, credit.completed_on) else {
            return;
        };
        let offer = Offer { amount, unit, approver: credit.approver.as_ref() };
        let classes = self.classes(credit, offer);
        if classes.len() > 1 {
            judged.ask_once(Ask::Approver);
        }
        let days = [(completed, amount.ten_thousandths())];
        let reading = self.read(credit, offer, Days { all: &days, day: completed }, classes[0], self.tags(credit));
        if let Some(rule) = reading.convert.filter(|_| reading.worth.0 != reading.worth.1) {
            judged.ask_once(Ask::Rate(rule));
        }
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
        for Award { amount, unit, approver, .. } in &credit.awards {
            let approver = approver.as_ref().or(credit.approver.as_ref());
            let mut judged = self.judge_offer(credit, completed, Offer { amount: *amount, unit: *unit, approver });
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
        let (proven, day, asks) = (judged.proven, judged.seen.map(|seen| seen.day), judged.asks().to_vec());
        let may_be_proven = judged.is_proven_on(Side::Kind);
        let beside = best[1..].iter().map(|&place| {
            let mut other = Judged::default();
            other.proven = proven;
            other.seen = day.map(|day| Seen { marks: marks(&place), day });
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

    /// Whether the points are the issuer's own; each class that it may be where the holder cannot tell.
    fn classes(&self, credit: &Credit, Offer { unit, approver, .. }: Offer<'_>) -> Classes {
        let pack = self.pack();
        let other = pack.approvers.len();
        let issuer = class_index(pack, &pack.issuer.approver);
        let one = |class: usize| Classes::from_elem(class, 1);
        let shown = || {
            let number = credit.provider_number.as_deref();
            pack.approvers
                .iter()
                .position(|class| class.units.contains(&unit) || is_like_any(&class.provider_numbers, number))
        };
        // The issuer's own unit does not say which issuer's.
        let is_told = |class: &usize| unit != Unit::IssuerCredit || !pack.approvers[*class].units.contains(&unit);
        let told = || self.answers.find("approver", &credit.id).and_then(|answer| self.told_class(answer.text()));
        match approver {
            Some(approver) if approver.is_unsure() => {
                if let Some(class) = told() {
                    return one(class);
                }
                // The issuer's transcript holds nothing but its own points; of several issuers nobody knows whose it is.
                if self.is_only_credential && credit.issuer_transcript == Some(IssuerTranscript::Posted) {
                    return one(issuer);
                }
                shown().filter(is_told).map_or_else(|| (0..=other).rev().collect(), one)
            }
            Some(approver) if pack.is_own(approver) => one(issuer),
            Some(approver) => one(class_index(pack, pack.class(approver))),
            // Its points stand on the issuer's own transcript.
            None if credit.kind == Kind::OpeningBalance => one(issuer),
            None => match shown() {
                Some(class) if !is_told(&class) => told().map_or(Classes::from_slice(&[other, class]), one),
                class => one(class.unwrap_or(other)),
            },
        }
    }

    /// The class that an answer names: yes is the issuer, no is another. What cannot be read is no answer.
    fn told_class(&self, text: &str) -> Option<usize> {
        let pack = self.pack();
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        let labelled = pack.approvers.iter().position(|class| is(&class.label));
        let approver = crate::Approver::new(text);
        let named = class_index(pack, pack.class(&approver));
        if is("yes") || pack.is_own(&approver) {
            Some(class_index(pack, &pack.issuer.approver))
        } else if is("no") || is(NOBODY_NAMED) {
            Some(pack.approvers.len())
        } else {
            labelled.or(Some(named).filter(|class| *class < pack.approvers.len()))
        }
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
        let refused = |worth: i64| {
            let applies = |(of, rule): &&(Filter<'_>, &RefuseRule)| {
                rule.under.is_none_or(|under| 0 < worth && worth < under.hundredths())
                    && of.holds(marks, credit)
                    && holds(&rule.when)
            };
            book.refuse.iter().find(applies).map(|(_, rule)| *rule)
        };
        let of_most = refused(worth.1);
        let refused = (if worth.0 == worth.1 { of_most } else { refused(worth.0) }, of_most);

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

    /// What she was told of a rule that is clear enough but worth asking about. What cannot be read is no answer.
    fn confirmed(&self, rule: &ConvertRule, credit: &Credit) -> Option<Confirmed> {
        let answer = self.answers.find_for("confirm", &rule.id, &credit.id)?;
        let rate = |answer: Answered<'_>| answer.rate(&rule.options, credit.amount).map(Confirmed::Rate);
        if answer.is("yes") {
            Some(Confirmed::Yes)
        } else if answer.is("no") {
            let how_much = self.answers.find_for("how_much", &rule.id, &credit.id);
            Some(how_much.and_then(rate).unwrap_or(Confirmed::No))
        } else {
            rate(answer)
        }
    }

    /// What she was told of a rate that the pack leaves open, if it is one that the pack thinks possible.
    fn told_rate(&self, rule: &ConvertRule, credit: &Credit, amount: Amount) -> Option<Result<Ratio, Answered<'a>>> {
        let answer = self.answers.find_for("rate", &rule.id, &credit.id)?;
        let is_possible = |told: &Ratio| rule.points.is_some_and(|rate| (rate.low()..=rate.high()).contains(told));
        Some(answer.rate(&rule.options, Some(amount)).filter(is_possible).ok_or(answer))
    }

    /// Points of the whole certificate, in hundredths: the least and the most.
    fn worth(&self, credit: &Credit, offer: Offer<'_>, rule: &'a ConvertRule, share: Option<(i64, i64)>) -> (i64, i64) {
        let told = self.confirmed(rule, credit);
        let is_open = rule.points.is_some_and(Rate::is_open);
        let rate = match told {
            _ if is_open => self.told_rate(rule, credit, offer.amount).and_then(Result::ok),
            Some(Confirmed::Rate(rate)) => Some(rate),
            _ => None,
        };
        let at = |pick: fn(Rate) -> Ratio| {
            let of_amount = rule.points.map_or((0, 1), |points| rate.unwrap_or_else(|| pick(points)).of(offer.amount));
            // Hundredths of a point, as a fraction until it is rounded once.
            rounded(rule, rule.each.map_or(of_amount, |each| (i128::from(each.hundredths()), 1)), share)
        };
        let most = at(Rate::high);
        match told {
            // Nobody knows for how much it counts, until she says.
            Some(Confirmed::No) => (0, most),
            _ if is_open && rate.is_none() => (at(Rate::low), most),
            _ => (most, most),
        }
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
        judged.seen = Some(Seen { marks: strict.marks, day: completed });
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
            let open = days.all.iter().map(|(day, share)| Part {
                day: *day,
                category: Some(pack.categories.len()),
                share: *share,
            });
            self.pieces(low, days, &open.collect::<Parts>(), certain)
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
        let of_day = || parts.iter().filter(|part| part.day == completed);
        if unknown > 0 && high > 0 && of_day().any(|part| part.category == Some(unknown)) {
            judged.ask(Ask::Category);
            judged.say("category", "Which category it belongs to is not known yet.", None);
        }
        if of_day().any(|part| part.category.is_none()) {
            let text = format!("Part of it lies outside what {} accepts and earns nothing.", pack.issuer.short);
            judged.say("outside_the_field", text, None);
        }
        if high == 0 && judged.reasons.is_empty() {
            let text = format!("Worth less than a hundredth of a {}.", pack.counts_in.one);
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

    /// Asks about the day where nobody knows.
    fn ask_about_the_day(&self, day: Day<'a>, judged: &mut Judged<'a>) {
        let (ask, code, text, source) = match day {
            Day::Silent(rule) => (
                Ask::Window(rule),
                rule.id.clone(),
                format!("Completed {}: {} does not say whether it counts.", rule.label, self.pack().issuer.short),
                self.book.source(&rule.source),
            ),
            Day::MayBeBefore => (
                Ask::PeriodStart,
                "period_start".to_owned(),
                format!(
                    "This period began some day in {}, and this may lie before it.",
                    self.term.dates.from.format("%B %Y")
                ),
                None,
            ),
            Day::Counts | Day::Told(..) | Day::Before(_) => return,
        };
        if !judged.asks().iter().any(|asked| asked.id() == ask.id()) {
            judged.ask(ask);
            judged.say(code, text, source);
        }
    }

    fn explain_refusal(&self, completed: NaiveDate, reading: &Reading<'a>, judged: &mut Judged<'a>) {
        let pack = self.pack();
        let period = self.term.dates;
        if let Day::Told(rule, answer) = reading.day {
            let text = format!("Completed {}, which does not count: {}.", rule.label, answer.told());
            judged.refuse(rule.id.clone(), text, None);
            return;
        }
        if let Day::Before(began) = reading.day {
            judged.refuse("before_period", format!("Completed before this period began on {}.", long(began)), None);
            return;
        }
        if !reading.is_in_time || reading.window.is_some_and(|rule| rule.counts == Said::No) {
            let source = self.book.source(&self.term.rule.source);
            if completed < period.from {
                let counts = |window: &&crate::rulebook::Window<'_>| window.rule.counts != Said::No;
                let first = self.book.windows.iter().filter(counts).map(|window| window.from).min();
                let text = match first.filter(|first| completed < *first && *first < period.from) {
                    Some(first) => format!("Completed before {}, from when on activities count.", long(first)),
                    None => format!("Completed before this period began on {}.", long(period.from)),
                };
                judged.refuse("before_period", text, source);
            } else if completed > period.to {
                judged.refuse(
                    "after_period",
                    format!("Completed after this period ended on {}.", long(period.to)),
                    source,
                );
            } else {
                let text = format!("{} does not accept activities of this sort from that day.", pack.issuer.short);
                judged.refuse("outside_window", text, source);
            }
        } else if let Some(rule) = reading.refused.1 {
            judged.refuse(rule.id.clone(), rule.words.clone(), self.book.source(&rule.source));
        } else if reading.convert.is_none() {
            let text =
                format!("The rules of {} say nothing about this unit; only {} can tell.", pack.name, pack.issuer.short);
            judged.refuse("unit_unknown", text, None);
        } else {
            let text = format!("Earns no {} under the rules of {}.", pack.counts_in.many, pack.name);
            judged.refuse("worthless", text, reading.convert.and_then(|rule| self.book.source(&rule.source)));
        }
    }

    /// The arithmetic, where it is not one to one, and what is open about it.
    fn explain_worth(&self, credit: &Credit, offer: Offer<'_>, reading: &Reading<'a>, judged: &mut Judged<'a>) {
        let Some(rule) = reading.convert else { return };
        let pack = self.pack();
        let many = &pack.counts_in.many;
        let (low, high) = (Points::from_hundredths(reading.worth.0), Points::from_hundredths(reading.worth.1));
        let source = || self.book.source(&rule.source);
        let question = || rule.question.clone().unwrap_or_default();
        match rule.points {
            Some(rate) if rate.is_open() && low != high => {
                judged.ask(Ask::Rate(rule));
                judged.say("rate_open", format!("Worth {low} to {high} {many}, which is an open question."), source());
                judged.say("ask", question(), source());
                if let Some(Err(answer)) = self.told_rate(rule, credit, offer.amount) {
                    judged.say("answer_not_used", self.why_not_used(rate, answer), None);
                }
            }
            Some(rate) => {
                let amount = offer.amount;
                let as_printed = !rate.is_open() && amount.at_rate(rate.low()) == high;
                judged.rate = (as_printed && !rate.is_open()).then(|| rate.low().amount()).flatten();
                if as_printed && rate.low() != Ratio::ONE {
                    let unit = pack.units.iter().find(|name| name.unit == offer.unit);
                    let unit = unit.map(|name| format!(", from {}", name.label)).unwrap_or_default();
                    judged.say("converted", format!("{amount} × {} = {high} {many}{unit}.", rate.low()), source());
                } else if !as_printed {
                    judged.say("converted", format!("Counts as {high} {}.", noun(pack, high)), source());
                }
            }
            None => judged.say("converted", format!("Counts as {high} {}.", noun(pack, high)), source()),
        }
        let is_clear = rule.question.is_some() && !rule.points.is_some_and(Rate::is_open);
        match self.confirmed(rule, credit).filter(|_| is_clear) {
            None if is_clear => {
                judged.ask(Ask::Confirm(rule));
                judged.say("confirm", question(), source());
            }
            Some(Confirmed::No) => {
                let text = format!("Told “No”: how many {many} each printed unit gives is not known yet.");
                judged.ask(Ask::HowMuch(rule));
                judged.say("how_much", text, source());
            }
            _ => {}
        }
    }

    fn why_not_used(&self, rate: Rate, answer: Answered<'_>) -> String {
        let many = &self.pack().counts_in.many;
        format!(
            "Your answer “{}” is not used: each printed unit is worth {} to {} {many}. Answer with a number of them, or with what \
             all of it is worth, such as “5 {many}”; if {} says otherwise, change the rule and write down why.",
            answer.text(),
            rate.low(),
            rate.high(),
            self.pack().issuer.short
        )
    }

    /// The certificate's parts by day and category.
    fn parts(&self, credit: &Credit, days: Days<'_>, rule: Option<&ConvertRule>) -> Parts {
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
    fn pieces(&self, worth: i64, days: Days<'_>, parts: &[Part], (lines, caps): (u64, u64)) -> Pieces {
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

    /// Whether the papers in hand show the credit.
    fn is_proven(&self, credit: &Credit, marks: Marks) -> bool {
        let is_posted = credit.issuer_transcript == Some(IssuerTranscript::Posted);
        let issuer = bit(class_index(self.pack(), &self.pack().issuer.approver));
        let Some(rule) = self.evidence_rule(credit, marks) else {
            return evidence::has(credit, &evidence::USUAL) || (is_posted && marks.approver == issuer);
        };
        if is_posted && (rule.posted || rule.only_posted) {
            return true;
        }
        !rule.only_posted
            && rule.papers.iter().all(|roles| evidence::has(credit, roles))
            && rule.fields.iter().all(|field| evidence::is_filled(credit, *field))
    }

    fn evidence_rule(&self, credit: &Credit, marks: Marks) -> Option<&'a EvidenceRule> {
        self.book.evidence.iter().find(|(of, _)| of.holds(marks, credit)).map(|(_, rule)| *rule)
    }

    /// What the rules say of the papers of a credit as it is printed first. Of several readings, what those in hand lack on
    /// the first on which they do not show it.
    pub(crate) fn papers(&self, credit: &Credit) -> Papers {
        let (Some(amount), Some(unit), Some(completed)) = (credit.amount, credit.unit, credit.completed_on) else {
            return Papers { recorded: false, lacking: None };
        };
        let offer = Offer { amount, unit, approver: credit.approver.as_ref() };
        let days = [(completed, offer.amount.ten_thousandths())];
        let days = Days { all: &days, day: completed };
        let classes = self.classes(credit, offer);
        let readings = || classes.iter().map(|class| self.read(credit, offer, days, *class, self.tags(credit)));
        let is_recorded = |rule: &EvidenceRule| rule.recorded;
        let recorded = readings().all(|reading| self.evidence_rule(credit, reading.marks).is_some_and(is_recorded));
        let lacking = readings().find(|reading| !self.is_proven(credit, reading.marks)).map(|unproven| {
            let rule = self.evidence_rule(credit, unproven.marks);
            Lacking::of(credit, rule, rule.and_then(|rule| self.book.source(&rule.source)))
        });
        Papers { recorded, lacking }
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

    /// In hundredths, with refusals.
    fn least(&self) -> i64 {
        if self.is_certain() { self.worth.0 } else { 0 }
    }
}

/// At most what the rule lets one certificate be worth, its share of the days, and the rule's rounding; in hundredths.
fn rounded(rule: &ConvertRule, (mut top, mut bottom): (i128, i128), share: Option<(i64, i64)>) -> i64 {
    if let Some(most) = rule.at_most.map(|most| i128::from(most.hundredths()))
        && top > most * bottom
    {
        (top, bottom) = (most, 1);
    }
    if let Some((inside, days)) = share {
        (top, bottom) = (top * i128::from(inside), bottom * i128::from(days.max(1)));
    }
    let (to, way) = rule.round.as_ref().map_or((1, Rounding::Down), |round| (round.to.hundredths().max(1), round.way));
    let steps = match way {
        Rounding::Down => quotient(top, bottom * i128::from(to)),
        Rounding::Nearest => quotient(2 * top + bottom * i128::from(to), 2 * bottom * i128::from(to)),
        Rounding::Up => quotient(top + bottom * i128::from(to) - 1, bottom * i128::from(to)),
    };
    i64::try_from(steps * i128::from(to)).unwrap_or(i64::MAX)
}

/// Rounded down. Nearly always both are small, and then a processor divides them at once.
fn quotient(top: i128, bottom: i128) -> i128 {
    match (i64::try_from(top), i64::try_from(bottom)) {
        (Ok(top), Ok(bottom)) => i128::from(top / bottom),
        _ => top / bottom,
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
