//! A credit as one credential sees it, before limits and assignment.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use smallvec::SmallVec;

use crate::credit::Credit;
use crate::evaluation::{Basis, Reason};
use crate::filter::{Filter, Marks};
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
    /// In hundredths; never nought.
    pub points: i64,
}

/// The pieces of one credit; nearly always one, which then takes no memory of its own.
pub(crate) type Pieces = SmallVec<[Piece; 1]>;

/// Adds to the piece that serves the same, or as one more.
fn add(pieces: &mut Pieces, piece: Piece) {
    let kind = |piece: &Piece| (piece.category, piece.lines, piece.caps);
    match pieces.iter_mut().find(|own| kind(own) == kind(&piece)) {
        Some(own) => own.points += piece.points,
        None => pieces.push(piece),
    }
}

/// A credit as one credential sees it.
#[derive(Debug, Default)]
pub(crate) struct Judged<'a> {
    /// On the strict reading.
    pub low: Pieces,
    /// On the kind reading, where it differs.
    pub high: Option<Box<Pieces>>,
    /// The class of its approver; none where it is in doubt.
    pub class: Option<usize>,
    pub proven: bool,
    pub basis: Option<Basis>,
    pub rate: Option<Amount>,
    pub reasons: SmallVec<[Reason; 1]>,
    pub asks: Vec<Ask<'a>>,
    /// What rules may ask about it, on either reading, and when it was completed.
    pub seen: Option<Seen>,
    /// What it is worth by another statement of the certificate, where nobody can say beforehand which serves her best.
    pub others: Vec<Judged<'a>>,
}

/// What rules may ask about a credit, and when it was completed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    /// On either reading; mostly the same.
    pub marks: [Marks; 2],
    pub day: NaiveDate,
}

impl Seen {
    /// Whether a rule speaks of the credit on any reading.
    pub(crate) fn may_be(&self, filter: &Filter<'_>, credit: &Credit) -> bool {
        self.marks.iter().any(|marks| filter.holds(*marks, credit))
    }

    /// Whether a rule speaks of the credit on every reading.
    pub(crate) fn must_be(&self, filter: &Filter<'_>, credit: &Credit) -> bool {
        self.marks.iter().all(|marks| filter.holds(*marks, credit))
    }
}

impl Judged<'_> {
    /// What it is worth on the kind reading.
    pub(crate) fn kind(&self) -> &[Piece] {
        self.high.as_deref().unwrap_or(&self.low)
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
        self.high.is_some()
            || self.low.iter().any(is_open)
            || self.others.iter().any(|other| other.is_in_doubt(unknown))
    }

    /// Whether it can count at all.
    pub(crate) fn may_count(&self) -> bool {
        !self.kind().is_empty()
    }

    /// Whether another statement of the same certificate is never of more use than this one.
    pub(crate) fn serves_as_well_as(&self, other: &Self) -> bool {
        let covers = |own: &[Piece], others: &[Piece]| {
            others.iter().all(|other| {
                own.iter().any(|piece| {
                    piece.category == other.category
                        && other.lines & !piece.lines == 0
                        && piece.caps & !other.caps == 0
                        && other.points <= piece.points
                })
            })
        };
        covers(&self.low, &other.low) && covers(self.kind(), other.kind()) && self.proven >= other.proven
    }

    /// Adds what one day of a certificate is worth to what its other days are.
    pub(crate) fn join(&mut self, day: Self, which: &str) {
        let is_refused = !day.may_count();
        if self.high.is_some() || day.high.is_some() {
            let mut all = Pieces::default();
            self.kind().iter().chain(day.kind()).for_each(|piece| add(&mut all, *piece));
            self.high = Some(Box::new(all));
        }
        day.low.iter().for_each(|piece| add(&mut self.low, *piece));
        for reason in day.reasons {
            let text = if is_refused { format!("{which}: {}", reason.text).into() } else { reason.text };
            if !self.reasons.iter().any(|said| said.text == text) {
                self.reasons.push(Reason { text, ..reason });
            }
        }
        for ask in day.asks {
            if !self.asks.iter().any(|asked| asked.id() == ask.id()) {
                self.asks.push(ask);
            }
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
        self.low = Pieces::new();
        self.high = None;
        self.asks.clear();
        self.others.clear();
        self.say(code, text, source);
    }

    pub(crate) fn say(
        &mut self,
        code: impl Into<Cow<'static, str>>,
        text: impl Into<Arc<str>>,
        source: Option<Arc<str>>,
    ) {
        self.reasons.push(Reason { code: code.into(), text: text.into(), source });
    }
}
