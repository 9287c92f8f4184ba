//! The simplex method on a dense table: columns lie at a bound or stand for a row, and change places while a goal grows.

use super::fraction::Fraction;
use super::{Bounds, GivenUp, Term, Work};

pub(super) struct Tableau<'w> {
    work: &'w Work,
    /// Columns of the program; after them one for what each row leaves free, and one for what a row lacks at the start.
    width: usize,
    given: usize,
    lower: Vec<i64>,
    /// How far each column may rise above its lower bound.
    range: Vec<Option<i64>>,
    place: Vec<Place>,
    /// A column that stays where it is.
    is_fixed: Vec<bool>,
    /// Row by row.
    cells: Vec<Fraction>,
    /// Which column stands for each row, and how far it is above its lower bound.
    basis: Vec<(usize, Fraction)>,
}

/// Where a column lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Lower,
    Upper,
    Basis,
}

/// What stops a column on its way.
enum Stop {
    /// Its own other bound.
    Itself,
    /// The column of this row, which reaches its upper bound, or its lower one.
    Row { row: usize, at_upper: bool },
}

impl<'w> Tableau<'w> {
    /// A start at which every row holds; none where there is no such start.
    pub(super) fn new(columns: &[Bounds], rows: &[(Vec<Term>, i64)], work: &'w Work) -> Result<Option<Self>, GivenUp> {
        let given = columns.len();
        let mut free = Vec::with_capacity(rows.len());
        for (terms, bound) in rows {
            let mut left = i128::from(*bound);
            for (column, weight) in terms {
                left -= i128::from(*weight) * i128::from(columns[*column].0);
            }
            free.push(left);
        }
        let lacking = free.iter().filter(|left| **left < 0).count();
        let width = given + rows.len() + lacking;
        work.spend(rows.len().saturating_mul(width))?;
        let mut tableau = Self {
            work,
            width,
            given,
            lower: columns.iter().map(|(lower, _)| *lower).collect(),
            range: columns.iter().map(|(lower, upper)| upper.map(|upper| upper - lower)).collect(),
            place: vec![Place::Lower; width],
            is_fixed: vec![false; width],
            cells: vec![Fraction::ZERO; rows.len() * width],
            basis: Vec::with_capacity(rows.len()),
        };
        tableau.range.resize(width, None);
        let mut next = given + rows.len();
        for (row, ((terms, _), left)) in rows.iter().zip(&free).enumerate() {
            let sign: i128 = if *left < 0 { -1 } else { 1 };
            for (column, weight) in terms {
                let cell = &mut tableau.cells[row * width + column];
                *cell = cell.less(Fraction::of(-sign * i128::from(*weight)))?;
            }
            tableau.cells[row * width + given + row] = Fraction::of(sign);
            let mut stands = given + row;
            if sign < 0 {
                stands = next;
                next += 1;
                tableau.cells[row * width + stands] = Fraction::ONE;
            }
            tableau.place[stands] = Place::Basis;
            tableau.basis.push((stands, Fraction::of(left.abs())));
        }
        let lacks = given + rows.len()..width;
        if lacking > 0 {
            tableau.maximise(&lacks.clone().map(|column| (column, -1)).collect::<Vec<_>>())?;
            if tableau.basis.iter().any(|(column, above)| lacks.contains(column) && !above.is_zero()) {
                return Ok(None);
            }
            for column in lacks {
                tableau.range[column] = Some(0);
                tableau.is_fixed[column] = true;
            }
        }
        Ok(Some(tableau))
    }

    /// Makes a goal as great as it can be, and then holds every column whose change would make it smaller.
    pub(super) fn maximise(&mut self, goal: &[Term]) -> Result<(), GivenUp> {
        self.work.spend(self.width)?;
        let mut gain = self.gains(goal)?;
        while let Some(column) = self.helpful(&gain) {
            self.enter(column, &mut gain)?;
        }
        for (column, gain) in gain.iter().enumerate() {
            self.is_fixed[column] |= !gain.is_zero() && self.place[column] != Place::Basis;
        }
        Ok(())
    }

    /// The program's columns.
    pub(super) fn values(&self) -> Result<Vec<Fraction>, GivenUp> {
        (0..self.given).map(|column| self.value(column)).collect()
    }

    /// What a goal adds up to.
    pub(super) fn sum(&self, goal: &[Term]) -> Result<Fraction, GivenUp> {
        let mut sum = Fraction::ZERO;
        for (column, weight) in goal {
            sum = sum.less(self.value(*column)?.times(Fraction::of(-i128::from(*weight)))?)?;
        }
        Ok(sum)
    }

    fn value(&self, column: usize) -> Result<Fraction, GivenUp> {
        let lower = i128::from(self.lower[column]);
        match self.place[column] {
            Place::Lower => Ok(Fraction::of(lower)),
            Place::Upper => Ok(Fraction::of(lower + i128::from(self.range[column].unwrap_or(0)))),
            Place::Basis => {
                let above = self.basis.iter().find(|(stands, _)| *stands == column);
                above.map_or(Ok(Fraction::ZERO), |(_, above)| above.less(Fraction::of(-lower)))
            }
        }
    }

    /// What the goal gains for each unit by which a column rises, the rows' own columns giving way.
    fn gains(&self, goal: &[Term]) -> Result<Vec<Fraction>, GivenUp> {
        let mut gains = vec![Fraction::ZERO; self.width];
        for (column, weight) in goal {
            gains[*column] = gains[*column].less(Fraction::of(-i128::from(*weight)))?;
        }
        for (row, (stands, _)) in self.basis.iter().enumerate() {
            let weight = gains[*stands];
            if weight.is_zero() {
                continue;
            }
            self.work.spend(self.width)?;
            let cells = &self.cells[row * self.width..][..self.width];
            for (gain, cell) in gains.iter_mut().zip(cells).filter(|(_, cell)| !cell.is_zero()) {
                *gain = gain.less(weight.times(*cell)?)?;
            }
        }
        Ok(gains)
    }

    fn helpful(&self, gain: &[Fraction]) -> Option<usize> {
        (0..self.width).find(|&column| {
            !self.is_fixed[column]
                && match self.place[column] {
                    Place::Lower => gain[column].is_positive(),
                    Place::Upper => gain[column].is_negative(),
                    Place::Basis => false,
                }
        })
    }

    /// Moves a column from its bound until something stops it.
    fn enter(&mut self, column: usize, gain: &mut [Fraction]) -> Result<(), GivenUp> {
        self.work.spend(self.width + self.basis.len())?;
        let rises = self.place[column] == Place::Lower;
        let mut nearest = self.range[column].map(|range| (Fraction::of(i128::from(range)), Stop::Itself));
        for (row, (stands, above)) in self.basis.iter().enumerate() {
            let cell = self.cells[row * self.width + column];
            let falls = if rises { cell } else { cell.minus() };
            let (way, at_upper) = if falls.is_positive() {
                (above.divided(falls)?, false)
            } else if let (true, Some(range)) = (falls.is_negative(), self.range[*stands]) {
                (Fraction::of(i128::from(range)).less(*above)?.divided(falls.minus())?, true)
            } else {
                continue;
            };
            let is_nearer = match &nearest {
                None => true,
                Some((least, Stop::Row { row, .. })) => (way, *stands) < (*least, self.basis[*row].0),
                Some((least, Stop::Itself)) => way < *least,
            };
            if is_nearer {
                nearest = Some((way, Stop::Row { row, at_upper }));
            }
        }
        // Every goal is bounded by the rows and the columns' bounds; one that is not is as good as too large.
        let (way, stop) = nearest.ok_or(GivenUp)?;
        let signed = if rises { way } else { way.minus() };
        for (row, (_, above)) in self.basis.iter_mut().enumerate() {
            let cell = self.cells[row * self.width + column];
            if !cell.is_zero() {
                *above = above.less(cell.times(signed)?)?;
            }
        }
        match stop {
            Stop::Itself => self.place[column] = if rises { Place::Upper } else { Place::Lower },
            Stop::Row { row, at_upper } => {
                let start =
                    if rises { Fraction::ZERO } else { Fraction::of(i128::from(self.range[column].unwrap_or(0))) };
                self.place[self.basis[row].0] = if at_upper { Place::Upper } else { Place::Lower };
                self.place[column] = Place::Basis;
                self.basis[row] = (column, start.less(signed.minus())?);
                self.eliminate(row, column, gain)?;
            }
        }
        Ok(())
    }

    /// Makes the column one in its new row, and nought in all others and in the gains.
    fn eliminate(&mut self, row: usize, column: usize, gain: &mut [Fraction]) -> Result<(), GivenUp> {
        /// What arithmetic in fractions takes, next to that in whole numbers.
        const FRACTION: usize = 8;
        let width = self.width;
        let pivot = self.cells[row * width + column];
        let mut filled: Vec<(usize, Fraction)> = Vec::with_capacity(width);
        for at in 0..width {
            let cell = &mut self.cells[row * width + at];
            if !cell.is_zero() {
                *cell = cell.divided(pivot)?;
                filled.push((at, *cell));
            }
        }
        let is_whole = filled.iter().all(|(_, cell)| cell.whole().is_some());
        for other in (0..self.basis.len()).filter(|other| *other != row) {
            let factor = self.cells[other * width + column];
            if !factor.is_zero() {
                let each = if is_whole && factor.whole().is_some() { 1 } else { FRACTION };
                self.work.spend(filled.len() * each)?;
                for (at, cell) in &filled {
                    let changed = &mut self.cells[other * width + at];
                    *changed = changed.less(factor.times(*cell)?)?;
                }
            }
        }
        let factor = gain[column];
        for (at, cell) in &filled {
            gain[*at] = gain[*at].less(factor.times(*cell)?)?;
        }
        Ok(())
    }
}
