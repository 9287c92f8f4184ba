//! Evaluation: which credits count for one credential on one date, what is missing, and why. What is found is put into
//! the words and numbers of the answer by `answer.rs`.

mod answer;
mod applying;
mod lifetime;
mod parts;
mod pins;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use smol_str::SmolStr;

use crate::assign::{Assignment, Depth, shares};
use crate::balance;
use crate::choice::{self, Choice, Why};
use crate::condition::{self, Others};
use crate::credit::Credit;
use crate::evaluation::{Evaluation, Reason, Standing, Verdict};
use crate::evidence::Papers;
use crate::filter::long_bit;
use crate::gap::{self, Further};
use crate::judge::Judge;
use crate::judged::{Judged, Piece};
use crate::pack::{Cycle, Pack, PackFault, Packs, Parts};
use crate::period::{NoTerm, Term};
use crate::pool::{Credits, Placed, Pool, Side};
use crate::question::{Answered, Answers, Ask};
use crate::record::{Credential, Record};
use crate::rulebook::{Rulebook, Way};
use crate::scale::Scale;
use lifetime::UsedUp;

/// What is asked about a record.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The assumed day of application.
    pub on: NaiveDate,
    /// Whether planned credits, and those completed later, count as if they were done.
    pub planned: bool,
}

impl From<NaiveDate> for Asked {
    fn from(on: NaiveDate) -> Self {
        Self { on, planned: false }
    }
}

/// Why there is no evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvaluateError {
    /// The record has no credential of this id.
    NoCredential(String),
    /// Recert has no pack of this id.
    NoPack(String),
    /// The credential has no date to count from.
    NoDate(String),
    /// The record's own packs or changed values cannot be judged by.
    Pack(PackFault),
}

impl fmt::Display for EvaluateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCredential(id) => write!(f, "the record has no credential “{id}”"),
            Self::NoPack(id) => write!(f, "this version of Recert has no rules for “{id}”"),
            Self::NoDate(id) => {
                write!(f, "credential “{id}” has no date of certification, recertification or expiry; add one")
            }
            Self::Pack(fault) => write!(f, "the rules in this record cannot be used: {fault}"),
        }
    }
}

impl std::error::Error for EvaluateError {}

/// The answer for the credential `id` of `record`.
pub fn evaluate(
    record: &Record,
    id: &str,
    packs: &Packs,
    asked: impl Into<Asked>,
) -> Result<Evaluation, EvaluateError> {
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone is tied to one lifetime")]
    evaluating(record, id, packs, asked.into(), |evaluating| evaluating.evaluation())
}

/// What the rules of the credential `id` say of the papers of each credit; one for each of the record, in its order.
pub fn papers(record: &Record, id: &str, packs: &Packs, asked: impl Into<Asked>) -> Result<Vec<Papers>, EvaluateError> {
    evaluating(record, id, packs, asked.into(), |evaluating| {
        record.credits.iter().map(|credit| evaluating.judge.papers(credit)).collect()
    })
}

/// Brings together what judges the credits of the credential `id`, for `tell` to ask.
fn evaluating<T>(
    record: &Record,
    id: &str,
    packs: &Packs,
    asked: Asked,
    tell: impl Fn(&Evaluating<'_, '_>) -> T,
) -> Result<T, EvaluateError> {
    let credential = record.credential(id).ok_or_else(|| EvaluateError::NoCredential(id.to_owned()))?;
    let (packs, unused) = packs.as_far_as_sound(record);
    let pack = packs.get(&credential.pack).ok_or_else(|| match unused.first() {
        Some(fault) => EvaluateError::Pack(fault.clone()),
        None => EvaluateError::NoPack(credential.pack.clone()),
    })?;
    let answers = Answers::of(record, id);
    let born_on = born_on(record, &answers);
    let term = |credential| {
        let mut term = Term::of(credential, born_on, pack, asked.on)?;
        let is_told = answers.find("renewed", "").is_some_and(|told| told.is("no"));
        if term.may_be_renewed_since() && !is_told {
            term.standing = Standing::Unknown;
        }
        Ok(term)
    };
    let none = |none| match none {
        NoTerm::NoDate => EvaluateError::NoDate(id.to_owned()),
        NoTerm::NoRule => EvaluateError::NoPack(credential.pack.clone()),
    };
    let known = term(credential).map_err(none)?;
    let others = Others::of(record, id, pack, &packs, asked.on);
    let asking = Asking { record, answers: &answers, asked, unused: &unused, others: &others };
    // Where only the expiry is known it may be the first period as well.
    let first = Credential { certified_on: Some(known.dates.from), ..credential.clone() };
    let told = answers.find("cycle", "").filter(|_| known.is_of_unknown_cycle());
    match told {
        Some(told) if told.is("yes") => return Ok(asking.tell(&term(&first).map_err(none)?, None, &tell)),
        Some(told) if told.is("no") => return Ok(asking.tell(&known, None, &tell)),
        _ if !known.is_of_unknown_cycle() || !pack.tells_cycles_apart() => return Ok(asking.tell(&known, None, &tell)),
        _ => {}
    }
    let verdicts = |evaluating: &Evaluating<'_, '_>| {
        let found = evaluating.find();
        (found.verdict, found.verdict_with_proof)
    };
    let of_first = asking.tell(&term(&first).map_err(none)?, None, &verdicts);
    Ok(asking.tell(&known, Some(of_first), &tell))
}

/// What is asked, whatever the period.
struct Asking<'a> {
    record: &'a Record,
    answers: &'a Answers<'a>,
    asked: Asked,
    unused: &'a [PackFault],
    others: &'a Others<'a>,
}

impl Asking<'_> {
    /// Judges the credits of one period. `of_first` are the verdicts if it is the first one, where that is not known.
    fn tell<T>(
        &self,
        term: &Term<'_>,
        of_first: Option<(Verdict, Verdict)>,
        tell: &dyn Fn(&Evaluating<'_, '_>) -> T,
    ) -> T {
        let mut scale = Scale::of(term.pack);
        loop {
            let (told, finer) = self.at_scale(term, scale, of_first, tell);
            match finer {
                Some(finer) => scale = finer,
                None => return told,
            }
        }
    }

    /// The same with points cut so finely, and how finely they must be cut if that was not enough.
    fn at_scale<T>(
        &self,
        term: &Term<'_>,
        scale: Scale,
        of_first: Option<(Verdict, Verdict)>,
        tell: &dyn Fn(&Evaluating<'_, '_>) -> T,
    ) -> (T, Option<Scale>) {
        let Self { record, answers, asked, unused, others } = *self;
        let mut book = Rulebook::new(term, scale);
        let is_only_credential = record.credentials.len() == 1;
        let earlier = {
            let judge = Judge { term, book: &book, answers: answers.clone(), planned: false, is_only_credential };
            UsedUp::before(record, &judge)
        };
        earlier.lessen(&mut book);
        if let (Parts::Silent, Some(told)) = (book.parts, answers.find("parts", "")) {
            book.parts = if told.is("yes") {
                Parts::Counted
            } else if told.is("no") {
                Parts::Whole
            } else {
                Parts::Silent
            };
        }
        let judge = Judge { term, book: &book, answers: answers.clone(), planned: asked.planned, is_only_credential };
        let told = tell(&Evaluating {
            judge: &judge,
            record,
            unused,
            others,
            knows_birth: born_on(record, answers).is_some(),
            of_first,
            earlier: &earlier.in_doubt,
            last_less: RefCell::default(),
        });
        (told, book.scale.finer(most_points(record, term.pack)))
    }
}

/// When the holder was born, on file or as she was told.
fn born_on(record: &Record, answers: &Answers<'_>) -> Option<NaiveDate> {
    record.holder.born_on.or_else(|| answers.find("born_on", "").and_then(Answered::date))
}

/// More points than all credits together may be worth.
fn most_points(record: &Record, pack: &Pack) -> i64 {
    const MOST_OF_ONE: i64 = 1_000_000;
    let rates = pack.convert.iter().filter_map(|rule| rule.points).map(|rate| rate.high().ceiling());
    let credits = i64::try_from(record.credits.len()).unwrap_or(i64::MAX);
    credits.saturating_mul(MOST_OF_ONE).saturating_mul(rates.max().unwrap_or(1).max(1))
}

/// A reading of all credits for one way, with what it was chosen from.
struct Chosen {
    way: usize,
    assignment: Assignment,
}

/// Points of a credit that count.
#[derive(Debug, Clone, Copy, Default)]
struct Given {
    category: usize,
    /// The lines they fill.
    lines: u64,
    points: i64,
}

/// What counts of each credit, one credit after another.
#[derive(Debug, Default)]
struct Counted {
    given: Vec<Given>,
    /// Where each credit begins, and where the last one ends.
    starts: Vec<usize>,
}

impl Counted {
    /// Of the credits, in any order.
    fn new(credits: usize, given: &[(usize, Given)]) -> Self {
        let mut starts = vec![0; credits + 1];
        for (credit, _) in given {
            starts[credit + 1] += 1;
        }
        for credit in 0..credits {
            starts[credit + 1] += starts[credit];
        }
        let mut next = starts.clone();
        let mut sorted = vec![Given::default(); given.len()];
        for &(credit, given) in given {
            sorted[next[credit]] = given;
            next[credit] += 1;
        }
        Self { given: sorted, starts }
    }

    /// In parts of the scale.
    fn sum(&self, credit: usize) -> i64 {
        self.of(credit).iter().map(|given| given.points).sum()
    }

    fn of(&self, credit: usize) -> &[Given] {
        &self.given[self.starts[credit]..self.starts[credit + 1]]
    }
}

struct Evaluating<'a, 'j> {
    judge: &'j Judge<'a>,
    record: &'a Record,
    /// What of the record's own rules cannot be judged by.
    unused: &'j [PackFault],
    others: &'j Others<'a>,
    knows_birth: bool,
    /// The verdicts if this is the first period, where nobody knows whether it is.
    of_first: Option<(Verdict, Verdict)>,
    /// Earlier credits in doubt on which a limit rests that lasts a lifetime.
    earlier: &'j [usize],
    /// The last reason given for a credit that counts less than it earned.
    last_less: RefCell<Option<(Less, Arc<Reason>)>>,
}

/// What counts of a credit, what it earned, and the place of the limit that stands between.
type Less = (i64, i64, Option<usize>);

/// Credits that a choice left out, and why.
type Left<'a> = BTreeMap<usize, Why<'a>>;

/// What of the credits goes into a pool.
#[derive(Clone, Copy)]
struct Wanted {
    parts: Parts,
    only_proven: bool,
}

/// The credits as they are judged one by one.
struct Read<'a> {
    judged: Vec<Judged<'a>>,
    /// The credits' ids, once for all who name them.
    ids: Vec<SmolStr>,
    conditions: Vec<(Verdict, Verdict)>,
    choices: Vec<Choice<'a>>,
    /// The same on the kind reading.
    kind_choices: Vec<Choice<'a>>,
    /// Credits that she wishes to count.
    pinned: Vec<usize>,
    notes: Vec<Reason>,
}

/// Everything that is the same for every line of the answer.
struct Found<'a> {
    judged: Vec<Judged<'a>>,
    /// The credits' ids, once for all who name them.
    ids: Vec<SmolStr>,
    strict: Pool,
    kind: Option<Pool>,
    chosen: Chosen,
    verdict: Verdict,
    verdict_with_proof: Verdict,
    /// Whether it makes a difference if this is the first period, where nobody knows.
    cycle_decides: bool,
    conditions: Vec<(Verdict, Verdict)>,
    further: Vec<Further>,
    /// Why a credit was left out by a choice.
    left: Left<'a>,
    /// What counts of each credit.
    counted: Counted,
    notes: Vec<Reason>,
    asks: Vec<(Ask<'a>, Vec<usize>)>,
}

impl<'a> Evaluating<'a, '_> {
    fn pack(&self) -> &'a Pack {
        self.judge.book.pack
    }

    fn evaluation(&self) -> Evaluation {
        let (pack, term) = (self.pack(), self.judge.term);
        let mut found = self.find();
        let way = &self.judge.book.ways[found.chosen.way];
        let questions = self.questions(&found);
        let gap = self.gap(&found, way, &questions);
        let requirements = self.requirements(&found, way);
        let (basis, weakest) = self.basis(&found, way);
        let dates = self.dates(&found);
        let caps = self.caps(&found);
        let credits = self.outcomes(&mut found);
        Evaluation {
            credential: term.credential.id.clone(),
            credential_name: pack.name.clone(),
            pack: pack.id.clone(),
            pack_version: pack.version.clone(),
            pack_verified_on: pack.verified_on,
            draft: pack.draft.clone(),
            edition: term.edition().map(|edition| edition.label.clone()),
            on: term.on,
            period: term.dates,
            standing: term.standing,
            verdict: found.verdict,
            verdict_with_proof: found.verdict_with_proof,
            basis,
            weakest,
            path: way.path.clone(),
            paths: self.paths(way),
            requirements,
            caps,
            credits,
            gap,
            dates,
            renewal: self.renewal(),
            questions,
            notes: self.notes(found.notes),
        }
    }

    /// Judges every credit, and finds what is to be chosen among them.
    fn read(&self) -> Read<'a> {
        let book = self.judge.book;
        let credits = &self.record.credits;
        let mut judged: Vec<Judged<'a>> = Vec::with_capacity(credits.len());
        let mut ids: Vec<SmolStr> = Vec::with_capacity(credits.len());
        let mut marks: Vec<choice::Mark> = Vec::with_capacity(credits.len());
        // All that is wanted of every credit at once: a record may be larger than what a processor keeps at hand.
        for (index, credit) in credits.iter().enumerate() {
            let of_credit = self.judge.judge(credit);
            ids.push(credit.id.clone());
            marks.extend(choice::mark(index, credit, &of_credit));
            judged.push(of_credit);
        }
        for &index in self.earlier {
            self.judge.ask_about_earlier(&credits[index], &mut judged[index]);
        }
        let mut notes = Vec::new();
        balance::doubt_what_it_may_hold(credits, &mut judged, self.judge);
        let (repeats, kindly_repeats) = choice::repeats(credits, &mut judged, self.judge);
        let pinned = self.pins(&mut judged, &mut notes);
        let conditions: Vec<(Verdict, Verdict)> = book
            .conditions
            .iter()
            .map(|must| {
                condition::judge(must.rule, self.judge.term, self.record, &judged, &self.judge.answers, self.others)
            })
            .collect();
        for must in &book.conditions {
            for (judged, credit) in judged.iter_mut().zip(credits) {
                if condition::is_doubted(must.rule, self.judge.term, credit, judged) {
                    judged.ask_once(Ask::Approver);
                }
            }
        }
        let (duplicates, certain_duplicates) = choice::duplicates(credits, &judged, &marks, &self.judge.answers);
        let (limited, kindly_limited) = choice::limited(credits, &judged, book);
        let choices: Vec<Choice<'a>> = duplicates.into_iter().chain(repeats).chain(limited).collect();
        let kind_choices: Vec<Choice<'a>> =
            certain_duplicates.into_iter().chain(kindly_repeats).chain(kindly_limited).collect();
        let pinned = self.possible_pins(pinned, &choices, &mut notes);
        Read { judged, ids, conditions, choices, kind_choices, pinned, notes }
    }

    fn find(&self) -> Found<'a> {
        let (book, credits) = (self.judge.book, &self.record.credits);
        let Read { mut judged, ids, conditions, choices, kind_choices, pinned, mut notes } = self.read();
        let all = Wanted { parts: book.parts, only_proven: false };
        let (mut strict, mut left) = self.pool(Side::Strict, all, &judged, &choices, &pinned);
        let unknown = Some(book.pack.categories.len()).filter(|unknown| *unknown > 0);
        let may_choose_otherwise = choices.len() != kind_choices.len();
        let is_in_doubt =
            may_choose_otherwise || !self.earlier.is_empty() || judged.iter().any(|credit| credit.is_in_doubt(unknown));
        let kind = is_in_doubt.then(|| self.pool(Side::Kind, all, &judged, &kind_choices, &pinned).0);
        let holds = |index: usize| conditions[index].0 == Verdict::Met;
        let may_hold = |index: usize| conditions[index].0 != Verdict::NotMet;
        let met = self.passes(&strict, &holds, Assignment::passes);
        let may_be_met = met || self.passes(kind.as_ref().unwrap_or(&strict), &may_hold, Assignment::may_pass);
        let verdict = self.closing(told(met, may_be_met));

        let holds = |index: usize| conditions[index].1 == Verdict::Met;
        let may_hold = |index: usize| conditions[index].1 != Verdict::NotMet;
        let is_proven = |credit: &Judged<'_>| credit.proven || !credit.may_count();
        let all_proven = judged.iter().all(|credit| is_proven(credit) && credit.others().iter().all(is_proven));
        // Entries left out by a choice may be the proven ones, so then what is proven is looked at anew.
        let is_plain = choices.is_empty() && kind_choices.is_empty();
        let proven = |side: Side, pool: &Pool, choices: &[Choice<'a>]| {
            let quick = if is_plain { pool.proven() } else { None };
            let wanted = Wanted { only_proven: true, ..all };
            quick.unwrap_or_else(|| self.pool(side, wanted, &judged, choices, &pinned).0)
        };
        let strict_proven = (!all_proven).then(|| proven(Side::Strict, &strict, &choices));
        let kind_proven = kind.as_ref().filter(|_| !all_proven).map(|kind| proven(Side::Kind, kind, &kind_choices));
        let strict_proven = strict_proven.as_ref().unwrap_or(&strict);
        let kind_proven = match (all_proven, &kind_proven) {
            (true, _) => kind.as_ref().unwrap_or(&strict),
            (false, Some(pool)) => pool,
            (false, None) => strict_proven,
        };
        let met = self.passes(strict_proven, &holds, Assignment::passes);
        let verdict_with_proof =
            self.closing(told(met, met || self.passes(kind_proven, &may_hold, Assignment::may_pass)));
        let (of_first, of_first_with_proof) = self.of_first.unwrap_or((verdict, verdict_with_proof));
        let cycle_decides = (of_first, of_first_with_proof) != (verdict, verdict_with_proof);
        let (verdict, verdict_with_proof) = (verdict.or(of_first), verdict_with_proof.or(of_first_with_proof));

        let (mut chosen, further) = self.choose(&strict, &conditions);
        let mut counted = Self::counted(&strict, &chosen.assignment, credits);
        if let Some((filled, assignment)) = self.whole_instead(&chosen, &counted, &judged, &choices, &pinned) {
            counted = Self::counted(&filled.0, &assignment, credits);
            ((strict, left), chosen.assignment) = (filled, assignment);
        }
        take_statements(&chosen.assignment, &mut judged);
        leave_out(&choices, &counted, &mut left);
        if !chosen.assignment.is_exact {
            let text = "There are too many ways to choose among these credits to try all of them; more may count.";
            notes.push(Reason { code: "not_all_tried".into(), text: text.into(), source: None });
        }
        let mut found = Found {
            judged,
            ids,
            strict,
            kind,
            chosen,
            verdict,
            verdict_with_proof,
            cycle_decides,
            conditions,
            further,
            left,
            counted,
            notes,
            asks: Vec::new(),
        };
        found.asks = self.asks(&found, &choices);
        let in_part = self.in_part_where_it_matters(&found);
        if !in_part.is_empty() && !self.is_enough_in_whole(&found, [&choices, &kind_choices], &pinned) {
            self.say_that_parts_decide(&mut found, in_part);
        }
        found
    }

    /// Whether a way is enough on which every condition holds.
    fn passes(&self, pool: &Pool, holds: &dyn Fn(usize) -> bool, is_enough: fn(&Assignment) -> bool) -> bool {
        let book = self.judge.book;
        book.ways.iter().any(|way| {
            let met = (0..book.conditions.len()).filter(|index| way.conditions & long_bit(*index) != 0).all(holds);
            met && is_enough(&pool.assign(book, way, &[], Depth::Verdict))
        })
    }

    /// The age before which no period begins, where her birth is not known: then neither is the period.
    fn lacks_birth(&self) -> Option<u32> {
        let term = self.judge.term;
        term.rule.from_age.filter(|_| !self.knows_birth && term.cycle == Cycle::First)
    }

    /// Doubt about renewal itself: open only on one reading of the issuer's texts, closed, or not known.
    fn closing(&self, verdict: Verdict) -> Verdict {
        let term = self.judge.term;
        // A later birthday only makes the period shorter.
        if self.lacks_birth().is_some() {
            return verdict.min(Verdict::CannotTell);
        }
        let told = self.judge.answers.find("late", "");
        match (term.standing, term.late_until) {
            (Standing::Unknown, _) => Verdict::CannotTell,
            (Standing::Current, _) | (Standing::Late, None) => verdict,
            (Standing::Late, _) | (Standing::Lapsed, None) if told.is_some_and(|told| told.is("yes")) => verdict,
            (Standing::Late, _) | (Standing::Lapsed, None) if told.is_some_and(|told| told.is("no")) => Verdict::NotMet,
            (Standing::Late, Some((safe, _))) if term.on <= safe => verdict,
            (Standing::Lapsed, Some(_)) => Verdict::NotMet,
            (Standing::Lapsed, None) if self.demands_nothing() => Verdict::NotMet,
            (Standing::Late, _) | (Standing::Lapsed, None) => verdict.min(Verdict::CannotTell),
        }
    }

    fn demands_nothing(&self) -> bool {
        let book = self.judge.book;
        book.ways.iter().all(|way| way.lines == 0 && way.conditions == 0)
    }

    fn pool(
        &self,
        side: Side,
        Wanted { parts, only_proven }: Wanted,
        judged: &[Judged<'a>],
        choices: &[Choice<'a>],
        pinned: &[usize],
    ) -> (Pool, Left<'a>) {
        let credits = &self.record.credits;
        let pieces = |index: usize| -> &[Piece] {
            if only_proven && !judged[index].proven { &[] } else { judged[index].on(side) }
        };
        let (out, open) = choice::settle(choices, credits, judged, pinned, parts, pieces);
        let mut left_out = vec![false; credits.len()];
        for (credit, _) in &out {
            left_out[*credit] = true;
        }
        let keeps_places = side == Side::Strict && !only_proven;
        let from = Credits {
            all: credits,
            judged,
            left_out: &left_out,
            choices: &open,
            pinned,
            only_proven,
            parts,
            keeps_places,
        };
        let why = out.into_iter().map(|(credit, choice)| (credit, choices[choice].why)).collect();
        (Pool::new(side, self.judge.book, &from), why)
    }

    /// The way that serves best: nothing missing, then fewest conditions unmet, nothing out of reach, fewest further
    /// points, most points; at last the pack's order.
    fn choose(&self, strict: &Pool, conditions: &[(Verdict, Verdict)]) -> (Chosen, Vec<Further>) {
        let book = self.judge.book;
        let whole: Vec<Assignment> = book.ways.iter().map(|way| strict.assign(book, way, &[], Depth::Whole)).collect();
        let unmet = |way: &Way| {
            let of_way = (0..conditions.len()).filter(|index| way.conditions & long_bit(*index) != 0);
            of_way.filter(|index| conditions[*index].0 != Verdict::Met).count()
        };
        let passing = (0..whole.len()).filter(|&way| whole[way].passes() && unmet(&book.ways[way]) == 0);
        let best = passing.max_by_key(|&way| (whole[way].counted, whole[way].proven, std::cmp::Reverse(way)));
        if let Some(way) = best {
            return (Chosen { way, assignment: whole[way].clone() }, Vec::new());
        }
        let further = gap::further(self.judge);
        let useful = gap::most_useful(&further);
        let needs = |way: usize| {
            if whole[way].passes() {
                whole[way].clone()
            } else {
                strict.assign(book, &book.ways[way], &useful, Depth::Whole)
            }
        };
        let all = (0..whole.len()).map(|way| Chosen { way, assignment: needs(way) });
        let best = all.min_by_key(|chosen| {
            let answer = &chosen.assignment;
            (
                answer.lacking > 0,
                unmet(&book.ways[chosen.way]),
                answer.further,
                std::cmp::Reverse(answer.counted),
                chosen.way,
            )
        });
        (best.unwrap_or(Chosen { way: 0, assignment: Assignment::default() }), further)
    }

    /// What counts of each credit, by category.
    fn counted(pool: &Pool, assignment: &Assignment, credits: &[Credit]) -> Counted {
        let mut counted: Vec<(usize, Given)> = Vec::with_capacity(pool.placed.len());
        let mut give = |credit: usize, cell: usize, points: i64| {
            if points > 0 {
                let of = &pool.cells[cell];
                counted.push((credit, Given { category: of.category, lines: of.serves[0].lines, points }));
            }
        };
        let is_full: Vec<bool> =
            pool.cells.iter().enumerate().map(|(cell, of)| assignment.cells.get(cell) == Some(&of.total)).collect();
        let mut partial: BTreeMap<usize, Vec<&Placed>> = BTreeMap::new();
        for placed in &pool.placed {
            if is_full[placed.cell] {
                give(placed.credit, placed.cell, placed.points);
            } else {
                partial.entry(placed.cell).or_default().push(placed);
            }
        }
        for (cell, mut placed) in partial {
            let target = assignment.cells.get(cell).copied().unwrap_or(0);
            let shares = shares(&mut placed, target, credits);
            for (placed, share) in placed.iter().zip(shares) {
                give(placed.credit, cell, share);
            }
        }
        for placed in &assignment.singles {
            give(placed.credit, placed.cell, placed.points);
        }
        Counted::new(credits.len(), &counted)
    }

    fn asks(&self, found: &Found<'a>, choices: &[Choice<'a>]) -> Vec<(Ask<'a>, Vec<usize>)> {
        let mut asks: BTreeMap<String, (Ask<'a>, Vec<usize>)> = BTreeMap::new();
        for (index, judged) in found.judged.iter().enumerate() {
            for ask in judged.asks().iter().chain(judged.others().iter().flat_map(Judged::asks)) {
                let (_, credits) = asks.entry(ask.id()).or_insert_with(|| (*ask, Vec::new()));
                if credits.last() != Some(&index) {
                    credits.push(index);
                }
            }
        }
        let mut asks: Vec<(Ask<'a>, Vec<usize>)> = asks.into_values().collect();
        let in_doubt = found.conditions.iter().zip(&self.judge.book.conditions);
        // What is open about a credit is asked about the credit.
        let of_facts = |rule: &crate::pack::Condition| {
            let mut both = found.judged.iter().zip(&self.record.credits);
            !both.any(|(judged, credit)| condition::is_doubted(rule, self.judge.term, credit, judged))
        };
        let in_doubt = in_doubt.filter(|((state, _), must)| *state == Verdict::CannotTell && of_facts(must.rule));
        asks.extend(in_doubt.map(|(_, must)| (Ask::Fact(must.rule), Vec::new())));
        let duplicates = choices.iter().filter(|choice| matches!(choice.why, Why::Duplicate));
        let is_told = |member: &usize| self.judge.answers.find("duplicate", &self.record.credits[*member].id).is_some();
        let members = duplicates.flat_map(|choice| choice.members.iter().copied()).filter(|member| !is_told(member));
        let members: BTreeSet<usize> = members.collect();
        if !members.is_empty() {
            asks.push((Ask::Duplicate, members.into_iter().collect()));
        }
        let term = self.judge.term;
        if let Some(age) = self.lacks_birth() {
            asks.push((Ask::BornOn(age), Vec::new()));
        }
        if term.standing == Standing::Unknown {
            asks.push((Ask::Renewed, Vec::new()));
            return asks;
        }
        if found.cycle_decides {
            asks.push((Ask::Cycle, Vec::new()));
        }
        let is_closing = term.is_late_or_lapsed() && self.closing(Verdict::Met) == Verdict::CannotTell;
        if is_closing {
            asks.push((Ask::Late, Vec::new()));
        }
        asks
    }
}

/// From here on a certificate is what counts of it.
fn take_statements(assignment: &Assignment, judged: &mut [Judged<'_>]) {
    let singles = assignment.singles.iter().filter(|placed| placed.offer > 0);
    let offers: BTreeMap<usize, usize> = singles.map(|placed| (placed.credit, placed.offer)).collect();
    for (credit, offer) in offers {
        let mut others = judged[credit].take_others();
        std::mem::swap(&mut judged[credit], &mut others[offer - 1]);
        judged[credit].put_beside(others);
    }
}

/// What a choice left uncounted is left out by it.
fn leave_out<'a>(choices: &[Choice<'a>], counted: &Counted, left: &mut Left<'a>) {
    for choice in choices {
        let is_counted = |member: &&usize| counted.sum(**member) > 0;
        if choice.members.iter().filter(is_counted).count() >= choice.at_most {
            for member in choice.members.iter().filter(|member| counted.sum(**member) == 0) {
                left.entry(*member).or_insert(choice.why);
            }
        }
    }
}

/// Met for certain, or on the kind reading, or not at all.
fn told(met: bool, may_be_met: bool) -> Verdict {
    match (met, may_be_met) {
        (true, _) => Verdict::Met,
        (false, true) => Verdict::CannotTell,
        (false, false) => Verdict::NotMet,
    }
}
