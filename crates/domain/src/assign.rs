//! Which points count when the cap on other sources bites.
//!
//! Categories are exclusive and there is one cap, so a greedy order is exact: the issuer's own points all count, and
//! the places under the cap go first to categories that would otherwise stay short, then to anything.
//! Points whose category is not known fill no category on the strictest reading, and on the kindest one whichever is
//! short.

use crate::pack::{Of, Pack};
use crate::points::Points;

/// Points of one credit in one category, or in a category not yet known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Place in the pack's order; none if it is not known.
    pub category: Option<usize>,
    /// Whether they are the issuer's own.
    pub approved: bool,
    /// How many.
    pub points: Points,
}

/// A piece with what of it counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed {
    /// The credit's place in the record.
    pub credit: usize,
    /// What it is.
    pub piece: Piece,
    /// What of it counts.
    pub counted: Points,
}

/// Where points without a category go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    /// Into no category: the strictest reading.
    Nowhere,
    /// Wherever they help: the kindest reading.
    Anywhere,
}

/// Every piece with what of it counts.
#[derive(Debug, Clone)]
pub(crate) struct Assignment {
    placed: Vec<Placed>,
    /// What points without a category give each category.
    lent: Vec<Points>,
}

/// Decides what counts. `pieces` come in the order in which they are to be preferred.
pub(crate) fn assign(pack: &Pack, pieces: Vec<(usize, Piece)>, open: Open) -> Assignment {
    let placed = pieces.into_iter().map(|(credit, piece)| {
        let counted = if piece.approved { piece.points } else { Points::ZERO };
        Placed { credit, piece, counted }
    });
    let mut assignment = Assignment { placed: placed.collect(), lent: vec![Points::ZERO; pack.categories.len()] };
    let mut room = pack.cap.limit;
    if open == Open::Anywhere {
        assignment.lend(pack, &mut room);
    }
    for category in 0..pack.categories.len() {
        let wanted = assignment.short(pack, category).min(room);
        room -= assignment.take(wanted, |piece| piece.category == Some(category));
    }
    assignment.take(room, |_| true);
    assignment
}

impl Assignment {
    /// Counts up to `wanted` further points of other sources; returns how many there were.
    fn take(&mut self, wanted: Points, of: impl Fn(&Piece) -> bool) -> Points {
        let mut left = wanted;
        for placed in self.placed.iter_mut().filter(|placed| !placed.piece.approved && of(&placed.piece)) {
            let more = (placed.piece.points - placed.counted).min(left);
            placed.counted += more;
            left -= more;
        }
        wanted - left
    }

    /// Lends points without a category: first where nothing else can help, then the issuer's own wherever they save
    /// room under the cap.
    fn lend(&mut self, pack: &Pack, room: &mut Points) {
        let without = |approved: bool| {
            let open = self.placed.iter().filter(|p| p.piece.category.is_none() && p.piece.approved == approved);
            open.map(|p| p.piece.points).sum::<Points>()
        };
        let (mut own, other) = (without(true), without(false));
        let mut borrowed = Points::ZERO;
        for category in 0..pack.categories.len() {
            let at_hand = Of { category: Some(pack.categories[category].id.clone()), approved: Some(false) };
            let alone = self.earned(&at_hand, pack).short_of(self.short(pack, category));
            let from_own = alone.min(own);
            let from_other = (alone - from_own).min(other - borrowed).min(*room);
            own -= from_own;
            borrowed += from_other;
            *room -= from_other;
            self.lent[category] += from_own + from_other;
        }
        for category in 0..pack.categories.len() {
            let more = self.short(pack, category).min(own);
            own -= more;
            self.lent[category] += more;
        }
        self.take(borrowed, |piece| piece.category.is_none());
    }

    /// What a category still lacks.
    fn short(&self, pack: &Pack, category: usize) -> Points {
        let of = Of { category: Some(pack.categories[category].id.clone()), approved: None };
        self.counted(&of, pack).short_of(category_minimum(pack, category))
    }

    /// Every piece with what of it counts.
    pub(crate) fn placed(&self) -> impl Iterator<Item = &Placed> {
        self.placed.iter()
    }

    /// What eligible pieces are worth before the cap.
    pub(crate) fn earned(&self, of: &Of, pack: &Pack) -> Points {
        self.placed.iter().filter(|placed| matches(of, &placed.piece, pack)).map(|placed| placed.piece.points).sum()
    }

    /// What counts.
    pub(crate) fn counted(&self, of: &Of, pack: &Pack) -> Points {
        let sum: Points =
            self.placed.iter().filter(|placed| matches(of, &placed.piece, pack)).map(|placed| placed.counted).sum();
        let lent = of.category.as_deref().and_then(|id| pack.category_index(id)).map_or(Points::ZERO, |c| self.lent[c]);
        if of.approved.is_none() { sum + lent } else { sum }
    }

    /// The most that could count for this line alone.
    pub(crate) fn at_best(&self, of: &Of, pack: &Pack) -> Points {
        if of.category.is_none() && of.approved.is_none() {
            return self.counted(of, pack);
        }
        let open = Of { category: None, approved: of.approved };
        let fits =
            |piece: &Piece| matches(of, piece, pack) || (piece.category.is_none() && matches(&open, piece, pack));
        self.placed.iter().filter(|placed| fits(&placed.piece)).map(|placed| placed.piece.points).sum()
    }

    /// Which credits give how much to this line.
    pub(crate) fn fills(&self, of: &Of, pack: &Pack) -> Vec<(usize, Points)> {
        let mut fills: Vec<(usize, Points)> = Vec::new();
        for placed in self.placed.iter().filter(|p| !p.counted.is_zero() && matches(of, &p.piece, pack)) {
            match fills.last_mut().filter(|(credit, _)| *credit == placed.credit) {
                Some((_, points)) => *points += placed.counted,
                None => fills.push((placed.credit, placed.counted)),
            }
        }
        fills
    }
}

/// What the pack demands of a category, whoever approved it.
pub(crate) fn category_minimum(pack: &Pack, category: usize) -> Points {
    let id = &pack.categories[category].id;
    let of_category = |of: &Of| of.category.as_ref() == Some(id) && of.approved.is_none();
    pack.requirements.iter().filter(|rule| of_category(&rule.of)).map(|rule| rule.needed).max().unwrap_or_default()
}

fn matches(of: &Of, piece: &Piece, pack: &Pack) -> bool {
    let category = piece.category.map(|index| pack.categories[index].id.as_str());
    of.category.as_deref().is_none_or(|wanted| category == Some(wanted))
        && of.approved.is_none_or(|wanted| wanted == piece.approved)
}
