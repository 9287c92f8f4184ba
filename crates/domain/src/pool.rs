//! The points of one reading, before any of them is chosen: those that rules cannot tell apart together in a cell, and
//! credits that count one by one beside them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::choice::Choice;
use crate::credit::Credit;
use crate::filter::long_bit;
use crate::judged::{Judged, Piece};
use crate::pack::Parts;
use crate::rulebook::Rulebook;

/// More credits than this, or more pieces of them, are not chosen one by one; see [`Pool::keep_small`].
const MOST_SINGLES: usize = 60;
const MOST_PIECES: usize = 120;

/// What points fill and use up: the lines, and the caps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Serves {
    pub lines: u64,
    pub caps: u64,
}

/// Points that are alike in all that rules ask about.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub category: usize,
    pub proven: bool,
    /// In what ways they may count; several where the category is open and the reading is kind.
    pub serves: Vec<Serves>,
    /// What they would serve in any category.
    anywhere: Serves,
    /// In parts of the scale.
    pub total: i64,
    /// Day and place of its oldest credit.
    oldest: (Option<NaiveDate>, usize),
    /// Its place among the cells from the oldest to the youngest.
    pub age: usize,
}

/// A piece of a credit and where it is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed {
    pub credit: usize,
    pub cell: usize,
    pub points: i64,
    /// When it was completed.
    pub day: Option<NaiveDate>,
    /// Which statement of the certificate counts; see [`Single`].
    pub offer: usize,
}

/// Credits that count one by one, as many of these copies as are chosen.
#[derive(Debug, Clone)]
pub(crate) struct Single {
    pub copies: Vec<usize>,
    /// Which statement of the certificate: nought is the best one, then the others as the judge lists them.
    pub offer: usize,
    pub pieces: Vec<(usize, i64)>,
    /// Places of the choices it takes part in.
    pub choices: Vec<usize>,
    pub is_pinned: bool,
    pub is_whole: bool,
    /// Its place among the singles from the oldest to the youngest.
    pub age: usize,
}

/// All points of one reading.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    pub cells: Vec<Cell>,
    pub placed: Vec<Placed>,
    pub singles: Vec<Single>,
    /// Of how many each choice lets count.
    pub choices: Vec<usize>,
    /// Of each cap how much there is room for.
    pub limits: Vec<i64>,
}

/// Which reading a pool holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Strict,
    Kind,
}

/// What goes into a pool.
pub(crate) struct Credits<'a, 'b> {
    pub all: &'b [Credit],
    pub judged: &'b [Judged<'a>],
    /// Left out by a choice that is settled, or by a pin.
    pub left_out: &'b [bool],
    /// Choices that only counting can settle.
    pub choices: &'b [Choice<'a>],
    /// Credits that must count.
    pub pinned: &'b [usize],
    pub only_proven: bool,
    /// Whether part of an activity may count.
    pub parts: Parts,
    /// Whether it will be asked what counts of each credit, and not only whether it is enough.
    pub keeps_places: bool,
}

/// A pool while it is filled.
struct Filling<'a, 'b> {
    side: Side,
    book: &'b Rulebook<'a>,
    from: &'b Credits<'a, 'b>,
    pool: Pool,
    /// Category, lines, caps and proof to the place of their cell.
    cells: BTreeMap<Key, usize>,
    /// The cell of the last piece; many follow each other.
    last: Option<(Key, usize)>,
    /// Credits that count one by one, with the statement of their certificate, to the place of their single.
    singles: BTreeMap<(usize, usize), usize>,
    /// Activities that count whole, by their points; those alike are copies.
    wholes: BTreeMap<Vec<(usize, i64)>, usize>,
    /// Caps under which activities count whole or not at all.
    biting: u64,
}

type Key = (usize, u64, u64, bool);

impl<'a, 'b> Filling<'a, 'b> {
    fn new(side: Side, book: &'b Rulebook<'a>, from: &'b Credits<'a, 'b>) -> Self {
        let choices = from.choices.iter().map(|choice| choice.at_most).collect();
        let limits = book.caps.iter().map(|cap| cap.limit_on(side)).collect();
        let mut filling = Self {
            side,
            book,
            from,
            pool: Pool { choices, limits, ..Pool::default() },
            cells: BTreeMap::new(),
            last: None,
            singles: BTreeMap::new(),
            wholes: BTreeMap::new(),
            biting: 0,
        };
        if from.parts == Parts::Whole {
            filling.biting = filling.biting();
        }
        filling
    }

    fn filled(mut self) -> Pool {
        self.choose_one_by_one();
        for (index, judged) in self.from.judged.iter().enumerate().filter(|(index, _)| !self.from.left_out[*index]) {
            let single = if self.singles.is_empty() { None } else { self.singles.get(&(index, 0)).copied() };
            self.put(index, 0, judged, single);
            for (offer, other) in (1..).zip(judged.others()) {
                if let Some(single) = self.singles.get(&(index, offer)).copied() {
                    self.put(index, offer, other, Some(single));
                }
            }
        }
        self.by_age();
        self.pool.keep_small(self.side, self.from.all, self.book);
        self.pool
    }

    /// The caps that would be exceeded if everything counted, on either reading.
    fn biting(&self) -> u64 {
        let mut used = [vec![0_i64; self.book.caps.len()], vec![0; self.book.caps.len()]];
        let there = self.from.judged.iter().zip(self.from.left_out).filter(|(_, left_out)| !**left_out);
        for judged in there.flat_map(|(judged, _)| std::iter::once(judged).chain(judged.others())) {
            for (used, side) in used.iter_mut().zip([Side::Strict, Side::Kind]) {
                match judged.uses_up_at_most() {
                    Some((caps, points)) => add(used, caps, points),
                    None => {
                        for piece in judged.on(side) {
                            add(used, certain(piece, self.book).caps, piece.points);
                        }
                    }
                }
            }
        }
        let limits = |cap: &usize| [Side::Strict, Side::Kind].map(|side| self.book.caps[*cap].limit_on(side));
        let is_exceeded = |cap: &usize| used.iter().zip(limits(cap)).any(|(used, limit)| used[*cap] > limit);
        (0..self.book.caps.len()).filter(is_exceeded).map(long_bit).sum()
    }

    fn single(&mut self, credit: usize) -> &mut Single {
        let next = self.pool.singles.len();
        let place = *self.singles.entry((credit, 0)).or_insert(next);
        if place == next {
            self.pool.singles.push(Single::of(credit));
        }
        &mut self.pool.singles[place]
    }

    /// Credits of which only some count, those that must, and the statements of one certificate.
    fn choose_one_by_one(&mut self) {
        for (place, choice) in self.from.choices.iter().enumerate() {
            for &member in &choice.members {
                self.single(member).choices.push(place);
            }
        }
        for &member in self.from.pinned {
            self.single(member).is_pinned = true;
        }
        for (index, judged) in self.from.judged.iter().enumerate().filter(|(_, judged)| !judged.others().is_empty()) {
            let one_of_them = self.pool.choices.len();
            let single = self.single(index);
            // What is wished for counts as the judge has it.
            if !single.is_pinned {
                single.choices.push(one_of_them);
                self.pool.choices.push(1);
                self.state(index, judged);
            }
        }
    }

    /// One single for each statement, each in those choices that it takes part in.
    fn state(&mut self, index: usize, judged: &Judged<'a>) {
        let (side, book, from) = (self.side, self.book, self.from);
        let takes_part = |choice: &usize, statement: &Judged<'a>| {
            let choice = from.choices.get(*choice);
            choice.is_none_or(|choice| choice.holds(side, statement, &from.all[index], book))
        };
        let choices = self.single(index).choices.clone();
        for (offer, statement) in (1..).zip(judged.others()) {
            let choices = choices.iter().copied().filter(|choice| takes_part(choice, statement)).collect();
            self.singles.insert((index, offer), self.pool.singles.len());
            self.pool.singles.push(Single { offer, choices, ..Single::of(index) });
        }
        self.single(index).choices.retain(|choice| takes_part(choice, judged));
    }

    /// Puts the pieces of a credit, or of another statement of its certificate, where they belong.
    fn put(&mut self, index: usize, offer: usize, judged: &Judged<'a>, single: Option<usize>) {
        let proven = judged.is_proven_on(self.side);
        if self.from.only_proven && !proven {
            return;
        }
        let pieces = judged.on(self.side);
        let is_under = |piece: &Piece| certain(piece, self.book).caps & self.biting != 0;
        let is_limited = self.biting != 0 && pieces.iter().any(is_under);
        // Of an activity that counts whole or not at all, more points may be too many: what is not known for certain counts
        // for nothing on the strict reading, and as far as there is room on the kind one.
        let is_in_doubt = judged.is_open();
        if is_limited && is_in_doubt && self.side == Side::Strict {
            return;
        }
        let is_whole = is_limited && !is_in_doubt;
        let day = judged.seen.map(|seen| seen.day);
        let mut of_credit = Vec::new(); // without points to count one by one it takes no memory
        for piece in pieces {
            let cell = self.cell(piece, proven);
            self.pool.cells[cell].grows_older(day, index, self.from.all);
            if single.is_some() || is_whole {
                of_credit.push((cell, piece.points));
                continue;
            }
            self.pool.cells[cell].total += piece.points;
            if self.from.keeps_places {
                self.pool.placed.push(Placed { credit: index, cell, points: piece.points, day, offer });
            }
        }
        if let Some(single) = single {
            self.pool.singles[single].pieces = of_credit;
            self.pool.singles[single].is_whole |= is_whole;
        } else if is_whole {
            let next = self.pool.singles.len();
            let place = *self.wholes.entry(of_credit.clone()).or_insert(next);
            if place == next {
                self.pool.singles.push(Single { pieces: of_credit, is_whole: true, ..Single::of(index) });
            } else {
                self.pool.singles[place].copies.push(index);
            }
        }
    }

    fn cell(&mut self, piece: &Piece, proven: bool) -> usize {
        let key = (piece.category, piece.lines, piece.caps, proven);
        if let Some((_, cell)) = self.last.filter(|(last, _)| *last == key) {
            return cell;
        }
        let cells = &mut self.pool.cells;
        let cell = *self.cells.entry(key).or_insert_with(|| {
            cells.push(Cell::of(piece, proven, self.side, self.book));
            cells.len() - 1
        });
        self.last = Some((key, cell));
        cell
    }

    /// Numbers cells and singles from the oldest to the youngest.
    fn by_age(&mut self) {
        let (pool, all) = (&mut self.pool, self.from.all);
        pool.singles.retain(|single| !single.pieces.is_empty());
        let mut by_age: Vec<usize> = (0..pool.cells.len()).collect();
        by_age.sort_by(|&a, &b| {
            let age = |cell: usize| {
                let cell = &pool.cells[cell];
                (cell.oldest.0, &all[cell.oldest.1].id, cell.category, &cell.serves, cell.anywhere, cell.proven)
            };
            age(a).cmp(&age(b))
        });
        for (age, cell) in by_age.into_iter().enumerate() {
            pool.cells[cell].age = age;
        }
        for single in &mut pool.singles {
            single.copies.sort_by_key(|&copy| (all[copy].completed_on, &all[copy].id));
        }
        pool.singles.sort_by_key(|single| {
            let oldest = &all[single.copies[0]];
            (oldest.completed_on, &oldest.id, single.offer)
        });
        for (age, single) in pool.singles.iter_mut().enumerate() {
            single.age = age;
        }
    }
}

impl Pool {
    pub(crate) fn new<'a>(side: Side, book: &Rulebook<'a>, from: &Credits<'a, '_>) -> Self {
        Filling::new(side, book, from).filled()
    }

    /// The same with what is proven alone; none where credits count one by one, for then others may be chosen.
    pub(crate) fn proven(&self) -> Option<Self> {
        let proven = |cell: &Cell| Cell { total: if cell.proven { cell.total } else { 0 }, ..cell.clone() };
        let is_plain = self.singles.is_empty() && self.choices.is_empty();
        is_plain.then(|| Self {
            cells: self.cells.iter().map(proven).collect(),
            limits: self.limits.clone(),
            ..Self::default()
        })
    }

    /// Too many to choose one by one: on the strict reading the largest of each choice are taken, which is never too
    /// much; on the kind reading all of them, which is never too little. Both stay true, only less sharp.
    fn keep_small(&mut self, side: Side, credits: &[Credit], book: &Rulebook<'_>) {
        let pieces: usize = self.singles.iter().map(|single| single.pieces.len()).sum();
        if self.singles.len() <= MOST_SINGLES && pieces <= MOST_PIECES {
            return;
        }
        let mut singles = std::mem::take(&mut self.singles);
        singles.sort_by(|a, b| {
            let worth = |single: &Single| single.pieces.iter().map(|(_, points)| points).sum::<i64>();
            let id = |single: &Single| &credits[single.copies[0]].id;
            b.is_pinned.cmp(&a.is_pinned).then(worth(b).cmp(&worth(a))).then_with(|| id(a).cmp(id(b)))
        });
        let mut left = self.choices.clone();
        let mut room: Vec<i64> = book.caps.iter().map(|cap| cap.limit_on(side)).collect();
        // Of several statements of one certificate the best alone, where they cannot all be tried.
        for single in singles.into_iter().filter(|single| single.offer == 0 || side == Side::Kind) {
            let copies = i64::try_from(single.copies.len()).unwrap_or(i64::MAX);
            let mut after = room.clone();
            for &(cell, points) in single.pieces.iter().filter(|_| single.is_whole) {
                add(&mut after, self.cells[cell].serves[0].caps, -points.saturating_mul(copies));
            }
            let has_no_place = single.choices.iter().any(|&choice| left[choice] == 0);
            if side == Side::Strict && (has_no_place || after.iter().any(|room| *room < 0)) {
                continue;
            }
            room = after;
            for &choice in &single.choices {
                left[choice] = left[choice].saturating_sub(1);
            }
            for &copy in &single.copies {
                for &(cell, points) in &single.pieces {
                    let day = credits[copy].completed_on;
                    self.placed.push(Placed { credit: copy, cell, points, day, offer: single.offer });
                    self.cells[cell].total += points;
                }
            }
        }
    }
}

impl Single {
    fn of(credit: usize) -> Self {
        Self {
            copies: vec![credit],
            offer: 0,
            pieces: Vec::new(),
            choices: Vec::new(),
            is_pinned: false,
            is_whole: false,
            age: 0,
        }
    }
}

impl Cell {
    fn of(piece: &Piece, proven: bool, side: Side, book: &Rulebook<'_>) -> Self {
        let serves = match side {
            Side::Strict => vec![certain(piece, book)],
            Side::Kind => possible(piece, book),
        };
        let anywhere = Serves { lines: piece.lines, caps: piece.caps };
        Self { category: piece.category, proven, serves, anywhere, total: 0, oldest: (None, usize::MAX), age: 0 }
    }

    fn grows_older(&mut self, day: Option<NaiveDate>, credit: usize, all: &[Credit]) {
        let (oldest, first) = self.oldest;
        if oldest.is_none() || day < oldest || (day == oldest && all[credit].id < all[first].id) {
            self.oldest = (day, credit);
        }
    }
}

fn serves(piece: &Piece, category: usize, book: &Rulebook<'_>) -> Serves {
    Serves { lines: piece.lines & book.category_lines[category], caps: piece.caps & book.category_caps[category] }
}

/// What a piece serves for certain.
pub(crate) fn certain(piece: &Piece, book: &Rulebook<'_>) -> Serves {
    serves(piece, piece.category, book)
}

/// What a piece may serve, in one category or another.
fn possible(piece: &Piece, book: &Rulebook<'_>) -> Vec<Serves> {
    let categories = book.pack.categories.len();
    if piece.category < categories || categories == 0 {
        return vec![certain(piece, book)];
    }
    let open = (0..categories).filter(|&category| !book.pack.categories[category].worthless);
    let mut all: Vec<Serves> = open.map(|category| serves(piece, category, book)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Adds the points to every place in the mask.
pub(crate) fn add(sums: &mut [i64], mask: u64, points: i64) {
    for (index, sum) in sums.iter_mut().enumerate() {
        if mask & long_bit(index) != 0 {
            *sum = sum.saturating_add(points);
        }
    }
}
