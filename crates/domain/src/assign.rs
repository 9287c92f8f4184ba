//! Which points count. Every pack is one whole-number program: so many points of each cell (points that fill the same
//! lines and use up the same limits), no more than there are, no limit exceeded. What cannot count against anything is
//! counted beforehand; the rest is chosen by goals of falling weight: least lacking, fewest further points, most points
//! counted, where they fill most, then those with proof, then older cells. `docs/rules/algorithm.md` says why this is exact.

use crate::credit::Credit;
use crate::filter::long_bit;
use crate::pool::{Cell, Placed, Pool, Serves, Single, add};
use crate::program::{Outcome, Program, Term};
use crate::rulebook::{Rulebook, Way};

impl Pool {
    /// What is lacking to `way`, what further points it takes, and what counts for it.
    pub(crate) fn assign(&self, book: &Rulebook<'_>, way: &Way, further: &[Serves], depth: Depth) -> Assignment {
        Assigning::new(self, book, way, further).solve(depth)
    }
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
        let overrun = used.iter().zip(&pool.limits).enumerate().filter(|(_, (used, limit))| used > limit);
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
        for (index, limit) in
            self.pool.limits.iter().enumerate().filter(|(index, _)| self.biting & long_bit(*index) != 0)
        {
            let is_under = |serves: Serves| serves.caps & long_bit(index) != 0;
            let mut terms = terms(&self.points, &is_under);
            let of_further = further.iter().zip(self.further).filter(|(_, serves)| is_under(**serves));
            terms.extend(of_further.map(|(column, _)| (*column, 1)));
            self.program.row_at_most(&terms, *limit);
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
        match self.program.solve(&goals, &self.book.work) {
            Outcome::Best(values) => self.read(&values, &lacks, &further, true),
            Outcome::Unfinished(Some(values)) => self.read(&values, &lacks, &further, false),
            // Then at least what is under no limit counts, and no line is known to be out of reach of further points.
            Outcome::Unfinished(None) => match self.read(&[], &lacks, &further, false) {
                found if further.is_empty() => found,
                found => Assignment { further: found.lacking, lacking: 0, ..found },
            },
            Outcome::Impossible => Assignment { lacking: i64::MAX, is_exact: false, ..Assignment::default() },
        }
    }

    fn columns(&mut self) {
        // By age, lest the order of the credits decide where a search is given up.
        let mut cells: Vec<(usize, &Cell)> = self.pool.cells.iter().enumerate().collect();
        cells.sort_by_key(|(_, of)| of.age);
        for (cell, of) in cells.into_iter().filter(|(cell, of)| !self.free[*cell] && of.total > 0) {
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

/// What counts of each piece of a cell; puts them in order, the oldest first.
pub(crate) fn shares(placed: &mut [&Placed], target: i64, credits: &[Credit]) -> Vec<i64> {
    /// Among so many of the oldest there mostly are some that make up the sum; then the others play no part.
    const OLDEST: usize = 500;
    let age = |placed: &&Placed| (placed.day, &credits[placed.credit].id);
    let points = |placed: &[&Placed]| placed.iter().map(|placed| placed.points).collect::<Vec<i64>>();
    let oldest = oldest(placed, OLDEST);
    placed[..oldest].sort_unstable_by(|a, b| age(a).cmp(&age(b)));
    let shares = share_out(target, &points(&placed[..oldest]));
    let is_in_part = |(share, placed): (&i64, &&Placed)| (1..placed.points).contains(share);
    if shares.iter().sum::<i64>() == target && !shares.iter().zip(&*placed).any(is_in_part) {
        return shares;
    }
    placed.sort_unstable_by(|a, b| age(a).cmp(&age(b)));
    share_out(target, &points(placed))
}

/// Puts the oldest, at least so many where there are, before the others; all of one day stay together. Returns how many.
fn oldest(placed: &mut [&Placed], least: usize) -> usize {
    if placed.len() <= least {
        return placed.len();
    }
    let until = placed.select_nth_unstable_by_key(least, |placed| placed.day).1.day;
    let mut count = least;
    for index in least..placed.len() {
        if placed[index].day <= until {
            placed.swap(index, count);
            count += 1;
        }
    }
    count
}

/// Shares out what counts of a cell among its pieces: as few points as possible come from an activity that counts in
/// part; among those ways the older come first, at last by id. `pieces` are (place, points), older first; returns what
/// counts of each.
fn share_out(target: i64, pieces: &[i64]) -> Vec<i64> {
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
