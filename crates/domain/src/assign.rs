//! Which points count. Every pack is one whole-number program: so many points of each cell (points that fill the same
//! lines and use up the same limits), no more than there are, no limit exceeded. What cannot count against anything is
//! counted beforehand; the rest is chosen by goals of falling weight: least lacking, fewest further points, most points
//! counted, where they fill most, then those with proof, then older cells. `docs/rules/algorithm.md` says why this is exact.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::choice::Choice;
use crate::credit::Credit;
use crate::filter::long_bit;
use crate::judge::{Judged, Piece};
use crate::pack::Parts;
use crate::program::{Outcome, Program, Term};
use crate::rulebook::{Rulebook, Way};

/// More credits than this are not chosen one by one; see [`Pool::new`].
const MOST_SINGLES: usize = 60;

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
    /// In hundredths.
    pub total: i64,
    /// Day and place of its oldest credit.
    oldest: (Option<NaiveDate>, usize),
    /// Its place among the cells from the oldest to the youngest.
    age: usize,
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
struct Single {
    copies: Vec<usize>,
    /// Which statement of the certificate: nought is the best one, then the others as the judge lists them.
    offer: usize,
    pieces: Vec<(usize, i64)>,
    /// Places of the choices it takes part in.
    choices: Vec<usize>,
    is_pinned: bool,
    is_whole: bool,
    /// Its place among the singles from the oldest to the youngest.
    age: usize,
}

/// All points of one reading.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    pub cells: Vec<Cell>,
    pub placed: Vec<Placed>,
    singles: Vec<Single>,
    choices: Vec<usize>,
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

impl Pool {
    pub(crate) fn new(side: Side, book: &Rulebook<'_>, from: &Credits<'_, '_>) -> Self {
        let mut pool = Self { choices: from.choices.iter().map(|choice| choice.at_most).collect(), ..Self::default() };
        let mut known: BTreeMap<(usize, u64, u64, bool), usize> = BTreeMap::new();
        let mut last = ((usize::MAX, 0, 0, false), 0);
        let mut single_of: BTreeMap<usize, usize> = BTreeMap::new();
        for (place, choice) in from.choices.iter().enumerate() {
            for &member in &choice.members {
                let next = pool.singles.len();
                let single = *single_of.entry(member).or_insert(next);
                if single == next {
                    pool.singles.push(Single::of(member));
                }
                pool.singles[single].choices.push(place);
            }
        }
        for &member in from.pinned {
            let next = pool.singles.len();
            let single = *single_of.entry(member).or_insert(next);
            if single == next {
                pool.singles.push(Single::of(member));
            }
            pool.singles[single].is_pinned = true;
        }
        for (index, judged) in from.judged.iter().enumerate().filter(|(_, judged)| !judged.others.is_empty()) {
            let next = pool.singles.len();
            let single = *single_of.entry(index).or_insert(next);
            if single == next {
                pool.singles.push(Single::of(index));
            }
            // What is wished for counts as the judge has it.
            if !pool.singles[single].is_pinned {
                let choice = pool.choices.len();
                pool.choices.push(1);
                pool.singles[single].choices.push(choice);
                let choices = pool.singles[single].choices.clone();
                let takes_part = |choice: &usize, statement: &Judged<'_>| {
                    let choice = from.choices.get(*choice);
                    choice.is_none_or(|choice| choice.holds(side, statement, &from.all[index], book))
                };
                for (offer, statement) in judged.others.iter().enumerate() {
                    let choices = choices.iter().copied().filter(|choice| takes_part(choice, statement)).collect();
                    pool.singles.push(Single { offer: offer + 1, choices, ..Single::of(index) });
                }
                pool.singles[single].choices.retain(|choice| takes_part(choice, judged));
            }
        }
        let biting = if from.parts == Parts::Whole { Self::biting(side, from, book) } else { 0 };
        let mut wholes: BTreeMap<Vec<(usize, i64)>, usize> = BTreeMap::new();
        for (index, judged) in from.judged.iter().enumerate() {
            if from.left_out[index] {
                continue;
            }
            let single = if single_of.is_empty() { None } else { single_of.get(&index).copied() };
            for (offer, judged) in std::iter::once(judged).chain(&judged.others).enumerate() {
                // The other statements of a certificate follow its first one.
                let single = match offer {
                    0 => single,
                    _ => pool.singles.iter().position(|single| single.offer == offer && single.copies[0] == index),
                };
                if (from.only_proven && !judged.proven) || (offer > 0 && single.is_none()) {
                    continue;
                }
                let pieces = judged.on(side);
                let is_whole = biting != 0 && pieces.iter().any(|piece| certain(piece, book).caps & biting != 0);
                let mut of_credit = Vec::new(); // without points to count one by one it takes no memory
                for piece in pieces {
                    let key = (piece.category, piece.lines, piece.caps, judged.proven);
                    if last.0 != key {
                        let cell = *known.entry(key).or_insert_with(|| {
                            pool.cells.push(Cell::of(piece, judged.proven, side, book));
                            pool.cells.len() - 1
                        });
                        last = (key, cell);
                    }
                    let cell = last.1;
                    let day = judged.seen.map(|seen| seen.day);
                    let before = pool.cells[cell].oldest;
                    let is_older = before.0.is_none()
                        || day < before.0
                        || (day == before.0 && from.all[index].id < from.all[before.1].id);
                    if single.is_some() || is_whole {
                        of_credit.push((cell, piece.points));
                    } else {
                        if from.keeps_places {
                            pool.placed.push(Placed { credit: index, cell, points: piece.points, day, offer });
                        }
                        pool.cells[cell].total += piece.points;
                    }
                    if is_older {
                        pool.cells[cell].oldest = (day, index);
                    }
                }
                if let Some(single) = single {
                    pool.singles[single].pieces = of_credit;
                    pool.singles[single].is_whole |= is_whole;
                } else if is_whole {
                    let next = pool.singles.len();
                    let place = *wholes.entry(of_credit.clone()).or_insert(next);
                    if place == next {
                        pool.singles.push(Single { pieces: of_credit, is_whole: true, ..Single::of(index) });
                    } else {
                        pool.singles[place].copies.push(index);
                    }
                }
            }
        }
        pool.singles.retain(|single| !single.pieces.is_empty());
        let mut by_age: Vec<usize> = (0..pool.cells.len()).collect();
        by_age.sort_by(|&a, &b| {
            let age = |cell: usize| {
                let cell = &pool.cells[cell];
                (cell.oldest.0, &from.all[cell.oldest.1].id, cell.category, &cell.serves, cell.anywhere, cell.proven)
            };
            age(a).cmp(&age(b))
        });
        for (age, cell) in by_age.into_iter().enumerate() {
            pool.cells[cell].age = age;
        }
        for single in &mut pool.singles {
            single.copies.sort_by_key(|&copy| (from.all[copy].completed_on, &from.all[copy].id));
        }
        pool.singles.sort_by_key(|single| {
            let oldest = &from.all[single.copies[0]];
            (oldest.completed_on, &oldest.id, single.offer)
        });
        for (age, single) in pool.singles.iter_mut().enumerate() {
            single.age = age;
        }
        pool.keep_small(side, from.all, book);
        pool
    }

    /// The same with what is proven alone; none where credits count one by one, for then others may be chosen.
    pub(crate) fn proven(&self) -> Option<Self> {
        let proven = |cell: &Cell| Cell { total: if cell.proven { cell.total } else { 0 }, ..cell.clone() };
        let is_plain = self.singles.is_empty() && self.choices.is_empty();
        is_plain.then(|| Self { cells: self.cells.iter().map(proven).collect(), ..Self::default() })
    }

    /// The caps that bite if everything counted.
    fn biting(side: Side, from: &Credits<'_, '_>, book: &Rulebook<'_>) -> u64 {
        let mut used = vec![0_i64; book.caps.len()];
        let there = from.judged.iter().zip(from.left_out).filter(|(_, left_out)| !**left_out);
        for judged in there.flat_map(|(judged, _)| std::iter::once(judged).chain(&judged.others)) {
            for piece in judged.on(side) {
                add(&mut used, certain(piece, book).caps, piece.points);
            }
        }
        let bites = used.iter().zip(&book.caps).enumerate().filter(|(_, (used, cap))| **used > cap.limit);
        bites.map(|(index, _)| long_bit(index)).sum()
    }

    /// Too many to choose one by one: on the strict reading the largest of each choice are taken, which is never too
    /// much; on the kind reading all of them, which is never too little. Both stay true, only less sharp.
    fn keep_small(&mut self, side: Side, credits: &[Credit], book: &Rulebook<'_>) {
        if self.singles.len() <= MOST_SINGLES {
            return;
        }
        let mut singles = std::mem::take(&mut self.singles);
        singles.sort_by(|a, b| {
            let worth = |single: &Single| single.pieces.iter().map(|(_, points)| points).sum::<i64>();
            let id = |single: &Single| &credits[single.copies[0]].id;
            b.is_pinned.cmp(&a.is_pinned).then(worth(b).cmp(&worth(a))).then_with(|| id(a).cmp(id(b)))
        });
        let mut left = self.choices.clone();
        let mut room: Vec<i64> = book.caps.iter().map(|cap| cap.limit).collect();
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

    /// What is lacking to `way`, what further points it takes, and what counts for it.
    pub(crate) fn assign(&self, book: &Rulebook<'_>, way: &Way, further: &[Serves], depth: Depth) -> Assignment {
        Assigning::new(self, book, way, further).solve(depth)
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

/// How far to go: whether it passes is enough for a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    Verdict,
    Whole,
}

/// Which points count for one way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Assignment {
    /// Points lacking that no further points can bring.
    pub lacking: i64,
    /// The fewest further points.
    pub further: i64,
    /// What counts of each cell.
    pub cells: Vec<i64>,
    /// What counts of each piece of a single, and of which credit.
    pub singles: Vec<Placed>,
    /// How much each line has.
    pub lines: Vec<i64>,
    /// How much of each cap is used up.
    pub caps: Vec<i64>,
    /// All that counts.
    pub counted: i64,
    /// Of that, with proof.
    pub proven: i64,
    /// Whether the search came to its end; nearly always.
    pub is_exact: bool,
}

impl Assignment {
    /// Whether nothing is missing.
    pub(crate) fn passes(&self) -> bool {
        self.lacking == 0 && self.further == 0
    }

    /// Whether nothing may be missing: a search that did not come to its end has not shown that something is.
    pub(crate) fn may_pass(&self) -> bool {
        self.passes() || !self.is_exact
    }
}

/// A column of points.
struct Column {
    place: usize,
    cell: usize,
    single: Option<usize>,
    serves: Serves,
}

/// The program of one way, while it is made and solved.
struct Assigning<'p> {
    pool: &'p Pool,
    book: &'p Rulebook<'p>,
    way: &'p Way,
    further: &'p [Serves],
    program: Program,
    points: Vec<Column>,
    /// For each single the column that says how many of its copies count.
    chosen: Vec<usize>,
    /// Cells that count in full.
    free: Vec<bool>,
    base: Vec<i64>,
    biting: u64,
}

impl<'p> Assigning<'p> {
    fn new(pool: &'p Pool, book: &'p Rulebook<'p>, way: &'p Way, further: &'p [Serves]) -> Self {
        let mut used = vec![0_i64; book.caps.len()];
        let mut use_up = |serves: &[Serves], points: i64| {
            add(&mut used, serves.iter().fold(0, |all, one| all | one.caps), points);
        };
        for cell in &pool.cells {
            use_up(&cell.serves, cell.total);
        }
        for single in &pool.singles {
            for &(cell, points) in &single.pieces {
                let copies = i64::try_from(single.copies.len()).unwrap_or(i64::MAX);
                use_up(&pool.cells[cell].serves, points.saturating_mul(copies));
            }
        }
        let overrun = used.iter().zip(&book.caps).enumerate().filter(|(_, (used, cap))| **used > cap.limit);
        let biting: u64 = overrun.map(|(index, _)| long_bit(index)).sum();
        let biting = further.iter().fold(biting, |all, one| all | one.caps);
        let is_free = |cell: &Cell| cell.serves.len() == 1 && cell.serves[0].caps & biting == 0;
        let free: Vec<bool> = pool.cells.iter().map(is_free).collect();
        let mut base = vec![0; book.lines.len()];
        for (cell, _) in pool.cells.iter().zip(&free).filter(|(_, free)| **free) {
            add(&mut base, cell.serves[0].lines, cell.total);
        }
        let (program, points, chosen) = (Program::new(), Vec::new(), Vec::new());
        Self { pool, book, way, further, program, points, chosen, free, base, biting }
    }

    fn solve(mut self, depth: Depth) -> Assignment {
        self.columns();
        let terms = |points: &[Column], is_meant: &dyn Fn(Serves) -> bool| {
            let meant = points.iter().filter(|point| is_meant(point.serves));
            meant.map(|point| (point.place, 1)).collect::<Vec<_>>()
        };
        let further: Vec<usize> = self.further.iter().map(|_| self.program.column(0, None)).collect();
        for (index, cap) in self.book.caps.iter().enumerate().filter(|(index, _)| self.biting & long_bit(*index) != 0) {
            let is_under = |serves: Serves| serves.caps & long_bit(index) != 0;
            let mut terms = terms(&self.points, &is_under);
            let of_further = further.iter().zip(self.further).filter(|(_, serves)| is_under(**serves));
            terms.extend(of_further.map(|(column, _)| (*column, 1)));
            self.program.row_at_most(&terms, cap.limit);
        }
        let (mut lacks, mut shorts) = (Vec::new(), Vec::new());
        for (index, line) in self.book.lines.iter().enumerate() {
            let mask = long_bit(index);
            if self.way.lines & mask == 0 || self.base[index] >= line.needed {
                continue;
            }
            let lack = self.program.column(0, None);
            lacks.push(lack);
            let fills = |serves: Serves| serves.lines & mask != 0;
            let there = terms(&self.points, &fills);
            let needed = line.needed - self.base[index];
            let of_further = further.iter().zip(self.further).filter(|(_, serves)| fills(**serves));
            let of_further = of_further.map(|(column, _)| (*column, 1));
            let terms: Vec<Term> = there.iter().copied().chain(of_further).chain([(lack, 1)]).collect();
            self.program.row_at_least(&terms, needed);
            if !further.is_empty() && depth == Depth::Whole {
                let short = self.program.column(0, None);
                shorts.push(short);
                self.program.row_at_least(&there.into_iter().chain([(short, 1)]).collect::<Vec<_>>(), needed);
            }
        }
        if self.points.is_empty() && further.is_empty() {
            return self.read(&[], &lacks, &further, true);
        }
        let minus = |columns: &[usize]| columns.iter().map(|column| (*column, -1)).collect::<Vec<_>>();
        let mut goals = vec![minus(&lacks), minus(&further)];
        if depth == Depth::Whole {
            let all = |proven: bool| {
                let is_meant = |cell: &usize| !proven || self.pool.cells[*cell].proven;
                let columns = self.points.iter().filter(|point| is_meant(&point.cell));
                columns.map(|point| (point.place, 1)).collect::<Vec<_>>()
            };
            goals.extend([all(false), minus(&shorts), all(true)]);
            // A credit that counts one by one has its own age, which its cell's may hide.
            let mut by_age: Vec<&Column> = self.points.iter().collect();
            by_age.sort_by_key(|point| {
                (self.pool.cells[point.cell].age, point.single.map(|s| self.pool.singles[s].age), point.serves)
            });
            goals.extend(by_age.into_iter().map(|point| vec![(point.place, 1)]));
        }
        goals.retain(|goal| !goal.is_empty());
        match self.program.solve(&goals) {
            Outcome::Best(values) => self.read(&values, &lacks, &further, true),
            Outcome::Unfinished(Some(values)) => self.read(&values, &lacks, &further, false),
            Outcome::Unfinished(None) | Outcome::Impossible => {
                Assignment { lacking: i64::MAX, is_exact: false, ..Assignment::default() }
            }
        }
    }

    fn columns(&mut self) {
        for (cell, of) in self.pool.cells.iter().enumerate().filter(|(cell, of)| !self.free[*cell] && of.total > 0) {
            let first = self.points.len();
            for serves in &of.serves {
                let column = self.program.column(0, Some(of.total));
                self.points.push(Column { place: column, cell, single: None, serves: *serves });
            }
            if of.serves.len() > 1 {
                let terms: Vec<(usize, i64)> = self.points[first..].iter().map(|point| (point.place, 1)).collect();
                self.program.row_at_most(&terms, of.total);
            }
        }
        for (place, single) in self.pool.singles.iter().enumerate() {
            let copies = i64::try_from(single.copies.len()).unwrap_or(i64::MAX);
            let count = self.program.column(i64::from(single.is_pinned), Some(copies));
            self.chosen.push(count);
            for &(cell, points) in &single.pieces {
                let first = self.points.len();
                for serves in &self.pool.cells[cell].serves {
                    let column = self.program.column(0, Some(points.saturating_mul(copies)));
                    self.points.push(Column { place: column, cell, single: Some(place), serves: *serves });
                }
                let mut terms: Vec<(usize, i64)> = self.points[first..].iter().map(|point| (point.place, 1)).collect();
                terms.push((count, -points));
                self.program.row_at_most(&terms, 0);
                if single.is_whole || single.is_pinned {
                    self.program.row_at_least(&terms, 0);
                }
            }
        }
        for (choice, at_most) in self.pool.choices.iter().enumerate() {
            let members =
                self.chosen.iter().zip(&self.pool.singles).filter(|(_, single)| single.choices.contains(&choice));
            let terms: Vec<(usize, i64)> = members.map(|(count, _)| (*count, 1)).collect();
            if !terms.is_empty() {
                self.program.row_at_most(&terms, i64::try_from(*at_most).unwrap_or(i64::MAX));
            }
        }
    }

    fn read(&self, values: &[i64], lacks: &[usize], further: &[usize], is_exact: bool) -> Assignment {
        let value = |column: usize| values.get(column).copied().unwrap_or(0);
        let mut answer = Assignment {
            further: further.iter().map(|column| value(*column)).sum(),
            cells: vec![0; self.pool.cells.len()],
            lines: self.base.clone(),
            caps: vec![0; self.book.caps.len()],
            is_exact,
            ..Assignment::default()
        };
        answer.lacking = if values.is_empty() {
            let lines = self.book.lines.iter().enumerate().filter(|(index, _)| self.way.lines & long_bit(*index) != 0);
            lines.map(|(index, line)| (line.needed - self.base[index]).max(0)).sum()
        } else {
            lacks.iter().map(|column| value(*column)).sum()
        };
        for (index, cell) in self.pool.cells.iter().enumerate().filter(|(index, _)| self.free[*index]) {
            answer.cells[index] = cell.total;
            answer.counted += cell.total;
            answer.proven += if cell.proven { cell.total } else { 0 };
            add(&mut answer.caps, cell.serves[0].caps, cell.total);
        }
        for Column { place, cell, single, serves } in &self.points {
            let points = value(*place);
            match single {
                None => answer.cells[*cell] += points,
                Some(single) => {
                    let Single { copies, offer, .. } = &self.pool.singles[*single];
                    let chosen = value(self.chosen[*single]).max(1);
                    for &credit in copies.iter().take(usize::try_from(chosen).unwrap_or(0)).filter(|_| points > 0) {
                        answer.singles.push(Placed {
                            credit,
                            cell: *cell,
                            points: points / chosen,
                            day: None,
                            offer: *offer,
                        });
                    }
                }
            }
            answer.counted += points;
            answer.proven += if self.pool.cells[*cell].proven { points } else { 0 };
            add(&mut answer.lines, serves.lines, points);
            add(&mut answer.caps, serves.caps, points);
        }
        answer
    }
}

/// Adds the points to every place in the mask.
fn add(sums: &mut [i64], mask: u64, points: i64) {
    for (index, sum) in sums.iter_mut().enumerate() {
        if mask & long_bit(index) != 0 {
            *sum = sum.saturating_add(points);
        }
    }
}

/// Shares out what counts of a cell among its pieces: as few points as possible come from an activity that counts in
/// part; among those ways the older come first, at last by id. `pieces` are (place, points), older first; returns what
/// counts of each.
pub(crate) fn share_out(target: i64, pieces: &[i64]) -> Vec<i64> {
    /// Above this the search for a sum costs more than it is worth; then the older come first.
    const MOST_WORK: i64 = 4_000_000;
    let mut counted = vec![0; pieces.len()];
    let unit = pieces.iter().chain([&target]).fold(0, |a, b| gcd(a, *b)).max(1);
    let goal = target / unit;
    let work = goal.saturating_mul(i64::try_from(pieces.len()).unwrap_or(i64::MAX));
    let mut rest = target;
    if let (Ok(size), true) = (usize::try_from(goal), work <= MOST_WORK) {
        // For each sum the first piece with which it can be reached; nought is reached without any.
        let mut reached: Vec<Option<usize>> = vec![None; size + 1];
        let is_reached = |reached: &[Option<usize>], sum: usize| sum == 0 || reached[sum].is_some();
        for (index, points) in pieces.iter().enumerate() {
            let Ok(points) = usize::try_from(points / unit) else { continue };
            for sum in (points.max(1)..=size).rev() {
                if reached[sum].is_none() && is_reached(&reached, sum - points) && points > 0 {
                    reached[sum] = Some(index);
                }
            }
            if reached[size].is_some() {
                break;
            }
        }
        let mut sum = (0..=size).rev().find(|&sum| is_reached(&reached, sum)).unwrap_or(0);
        while let Some(index) = reached[sum].filter(|_| sum > 0) {
            counted[index] = pieces[index];
            rest -= pieces[index];
            sum -= usize::try_from(pieces[index] / unit).unwrap_or(sum);
        }
    }
    for (index, points) in pieces.iter().enumerate() {
        let more = rest.min(points - counted[index]).max(0);
        counted[index] += more;
        rest -= more;
    }
    counted
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
