//! A credit as one credential sees it, before limits and assignment.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use smallvec::SmallVec;

use crate::credit::Credit;
use crate::evaluation::{Basis, Reason};
use crate::filter::{Filter, Marks};
use crate::pack::Parts;
use crate::points::Amount;
use crate::pool::Side;
use crate::question::Ask;

/// Points of one credit that count together: what they may fill and what they use up; whatever their category, where it is
/// not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Piece {
    /// Its place in the pack; one past the last where it is not known.
    pub category: usize,
    pub lines: u64,
    pub caps: u64,
    /// In parts of the scale; never nought.
    pub points: i64,
}

/// The pieces of one credit; nearly always one, which then takes no memory of its own.
pub(crate) type Pieces = SmallVec<[Piece; 1]>;

/// Adds each to the piece that serves the same, or as one more.
pub(crate) fn add_all(pieces: &mut Pieces, more: &[Piece]) {
    let kind = |piece: &Piece| (piece.category, piece.lines, piece.caps);
    for piece in more {
        match pieces.iter_mut().find(|own| kind(own) == kind(piece)) {
            Some(own) => own.points += piece.points,
            None => pieces.push(*piece),
        }
    }
}

/// Whether there is a place in `own` for each of the others that serves no less. Where activities count whole, fewer points
/// may find room where more do not.
pub(crate) fn covers(own: &[Piece], others: &[Piece], parts: Parts) -> bool {
    others.iter().all(|other| {
        own.iter().any(|piece| {
            piece.category == other.category
                && other.lines & !piece.lines == 0
                && piece.caps & !other.caps == 0
                && (other.points == piece.points
                    || other.points < piece.points && (parts == Parts::Counted || piece.caps == 0))
        })
    })
}

/// A credit as one credential sees it. There may be a hundred thousand of them, looked at again and again: what most
/// credits lack lies elsewhere.
#[derive(Debug, Default)]
pub(crate) struct Judged<'a> {
    /// On the strict reading.
    pub low: Pieces,
    /// What is open about it, if anything is.
    doubt: Option<Box<Doubt<'a>>>,
    /// The class of its approver; none where it is in doubt.
    pub class: Option<usize>,
    pub proven: bool,
    pub basis: Option<Basis>,
    pub rate: Option<Amount>,
    pub reasons: SmallVec<[Arc<Reason>; 1]>,
    pub seen: Option<Seen>,
}

/// What is open about a credit.
#[derive(Debug, Default)]
struct Doubt<'a> {
    /// What it is worth on the kind reading, where that differs.
    high: Option<Pieces>,
    asks: Vec<Ask<'a>>,
    /// Everything it may be, where several bodies may have approved it; the kindest first.
    marks: Vec<Marks>,
    /// Whether the papers in hand may show it, though not for certain.
    may_be_proven: bool,
    /// Limits that it may use up, and by how much at most, where it counts whole or not at all.
    may_use_up: Option<(u64, i64)>,
    /// What it may be worth otherwise, where nobody can say beforehand which serves her best: by another statement of the
    /// certificate, or if another body approved it.
    others: Vec<Judged<'a>>,
}

/// What rules may ask about a credit, and when it was completed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    /// On the strict reading.
    pub marks: Marks,
    pub day: NaiveDate,
    /// Whether its unit and its day are ones that earn points.
    pub may_earn: bool,
}

impl<'a> Judged<'a> {
    /// What it is worth on the kind reading.
    pub(crate) fn kind(&self) -> &[Piece] {
        self.doubt.as_ref().and_then(|doubt| doubt.high.as_deref()).unwrap_or(&self.low)
    }

    /// Whether it may be worth more, or serve more, than is certain.
    pub(crate) fn is_open(&self) -> bool {
        self.doubt.as_ref().is_some_and(|doubt| doubt.high.is_some())
    }

    pub(crate) fn asks(&self) -> &[Ask<'a>] {
        self.doubt.as_ref().map_or(&[], |doubt| &doubt.asks)
    }

    pub(crate) fn others(&self) -> &[Judged<'a>] {
        self.doubt.as_ref().map_or(&[], |doubt| &doubt.others)
    }

    fn doubt(&mut self) -> &mut Doubt<'a> {
        self.doubt.get_or_insert_default()
    }

    pub(crate) fn ask(&mut self, ask: Ask<'a>) {
        self.doubt().asks.push(ask);
    }

    pub(crate) fn ask_once(&mut self, ask: Ask<'a>) {
        if !self.asks().iter().any(|asked| asked.id() == ask.id()) {
            self.ask(ask);
        }
    }

    /// It may be worth this.
    pub(crate) fn hope(&mut self, high: Pieces) {
        self.doubt().high = Some(high);
    }

    /// It may be any of these; the kindest comes first.
    pub(crate) fn may_be_any(&mut self, marks: Vec<Marks>) {
        self.doubt().marks = marks;
    }

    pub(crate) fn may_be_proven(&mut self) {
        self.doubt().may_be_proven = true;
    }

    /// Whether the papers in hand show it, on one reading or the other.
    pub(crate) fn is_proven_on(&self, side: Side) -> bool {
        self.proven || side == Side::Kind && self.doubt.as_ref().is_some_and(|doubt| doubt.may_be_proven)
    }

    pub(crate) fn may_use_up(&mut self, caps: u64, points: i64) {
        self.doubt().may_use_up = Some((caps, points));
    }

    /// Limits that it may use up beyond what its pieces say.
    pub(crate) fn uses_up_at_most(&self) -> Option<(u64, i64)> {
        self.doubt.as_ref().and_then(|doubt| doubt.may_use_up)
    }

    pub(crate) fn put_beside(&mut self, others: impl IntoIterator<Item = Judged<'a>>) {
        let mut others = others.into_iter().peekable();
        if others.peek().is_some() {
            self.doubt().others.extend(others);
        }
    }

    pub(crate) fn take_others(&mut self) -> Vec<Judged<'a>> {
        self.doubt.as_mut().map(|doubt| std::mem::take(&mut doubt.others)).unwrap_or_default()
    }

    fn marks(&self) -> impl Iterator<Item = Marks> + '_ {
        let seen = self.seen.iter().map(|seen| seen.marks);
        seen.chain(self.doubt.iter().flat_map(|doubt| doubt.marks.iter().copied()))
    }

    /// Whether a rule speaks of the credit on any reading.
    pub(crate) fn may_be(&self, filter: &Filter<'_>, credit: &Credit) -> bool {
        self.marks().any(|marks| filter.holds(marks, credit))
    }

    /// Whether a rule speaks of the credit on every reading.
    pub(crate) fn must_be(&self, filter: &Filter<'_>, credit: &Credit) -> bool {
        self.seen.is_some() && self.marks().all(|marks| filter.holds(marks, credit))
    }

    /// Whether a rule speaks of the credit on the kind reading.
    pub(crate) fn is_kindly(&self, filter: &Filter<'_>, credit: &Credit) -> bool {
        let kindest = self.doubt.as_ref().and_then(|doubt| doubt.marks.first().copied());
        kindest.or(self.seen.map(|seen| seen.marks)).is_some_and(|marks| filter.holds(marks, credit))
    }

    /// Every point counts in this category.
    pub(crate) fn settle_category(&mut self, category: usize) {
        let high = self.doubt.iter_mut().filter_map(|doubt| doubt.high.as_mut()).flatten();
        self.low.iter_mut().chain(high).for_each(|piece| piece.category = category);
        self.doubt.iter_mut().for_each(|doubt| doubt.asks.retain(|ask| !matches!(ask, Ask::Category)));
        self.reasons.retain(|reason| reason.code != "category");
    }

    /// On the strict reading it is worth nothing.
    pub(crate) fn may_be_refused(&mut self) {
        let high = SmallVec::from_slice(self.kind());
        self.low.clear();
        self.hope(high);
        self.doubt().others.iter_mut().for_each(Judged::may_be_refused);
    }

    /// What it is worth on one reading or the other.
    pub(crate) fn on(&self, side: Side) -> &[Piece] {
        match side {
            Side::Strict => &self.low,
            Side::Kind => self.kind(),
        }
    }

    /// Whether the readings differ, by any statement of the certificate; `unknown` stands for the category that is not.
    pub(crate) fn is_in_doubt(&self, unknown: Option<usize>) -> bool {
        let is_open = |piece: &Piece| Some(piece.category) == unknown;
        self.is_open()
            || self.is_proven_on(Side::Kind) != self.proven
            || self.low.iter().any(is_open)
            || self.others().iter().any(|other| other.is_in_doubt(unknown))
    }

    /// Whether it can count at all.
    pub(crate) fn may_count(&self) -> bool {
        !self.kind().is_empty()
    }

    /// Whether another statement of the same certificate is never of more use than this one.
    pub(crate) fn serves_as_well_as(&self, other: &Self, parts: Parts) -> bool {
        covers(&self.low, &other.low, parts) && covers(self.kind(), other.kind(), parts) && self.proven >= other.proven
    }

    /// Adds what one day of a certificate is worth to what its other days are.
    pub(crate) fn join(&mut self, day: Self, which: &str) {
        let is_refused = !day.may_count();
        if self.is_open() || day.is_open() {
            let mut all = Pieces::from_slice(self.kind());
            add_all(&mut all, day.kind());
            self.hope(all);
        }
        add_all(&mut self.low, &day.low);
        for reason in day.reasons {
            let text = if is_refused { format!("{which}: {}", reason.text).into() } else { reason.text.clone() };
            if !self.reasons.iter().any(|said| said.text == text) {
                self.reasons.push(Arc::new(Reason { text, ..Reason::clone(&reason) }));
            }
        }
        if let Some(of_day) = day.doubt {
            for ask in of_day.asks {
                self.ask_once(ask);
            }
            let doubt = self.doubt();
            doubt.marks = of_day.marks;
            doubt.may_be_proven |= of_day.may_be_proven;
            doubt.may_use_up = doubt.may_use_up.max(of_day.may_use_up);
        }
        // The last day is that of the certificate.
        self.seen = day.seen.or(self.seen);
        self.class = day.class;
        self.proven &= day.proven;
        self.basis = self.basis.max(day.basis);
        self.rate = day.rate.or(self.rate);
    }

    /// Worth nothing on any reading.
    pub(crate) fn refuse(&mut self, code: impl Into<Cow<'static, str>>, text: String, source: Option<Arc<str>>) {
        self.low.clear();
        if let Some(doubt) = &mut self.doubt {
            **doubt = Doubt { marks: std::mem::take(&mut doubt.marks), ..Doubt::default() };
        }
        self.say(code, text, source);
    }

    pub(crate) fn say(
        &mut self,
        code: impl Into<Cow<'static, str>>,
        text: impl Into<Arc<str>>,
        source: Option<Arc<str>>,
    ) {
        self.reasons.push(Arc::new(Reason { code: code.into(), text: text.into(), source }));
    }
}
