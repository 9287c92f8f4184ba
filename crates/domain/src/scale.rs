//! How finely points are cut, so that every number that is worked with is whole and none is rounded.

use std::cell::Cell;

use crate::pack::{Pack, Rate};
use crate::points::{Points, Ratio};

/// Parts of a point: so many make one. Always a multiple of a hundred.
#[derive(Debug)]
pub(crate) struct Scale {
    parts: i64,
    /// How many times finer it must be so that all that came up so far is whole.
    lacks: Cell<i128>,
}

/// Hundredths make a point, as the numbers of a pack are written.
const HUNDREDTHS: i64 = 100;

impl Scale {
    /// Fine enough for the rates of a pack and for amounts in hundredths.
    pub(crate) fn of(pack: &Pack) -> Self {
        let rates = pack.convert.iter().filter_map(|rule| rule.points);
        let bottoms = rates.flat_map(|rate: Rate| [rate.low(), rate.high()]).map(Ratio::denominator);
        let bottom = bottoms.fold(1, |all, one| multiple(all, i128::from(one)).unwrap_or(all));
        let parts = i64::try_from(bottom * i128::from(HUNDREDTHS));
        Self::new(parts.ok().filter(|parts| *parts <= 1_000_000).unwrap_or(HUNDREDTHS))
    }

    const fn new(parts: i64) -> Self {
        Self { parts, lacks: Cell::new(1) }
    }

    /// A finer one, for what was not whole so far. None where all was, or where numbers would no longer be exact: `sum` is
    /// more than all points there are.
    pub(crate) fn finer(&self, sum: i64) -> Option<Self> {
        let lacks = i64::try_from(self.lacks.get()).ok().filter(|lacks| *lacks > 1)?;
        let parts = self.parts.checked_mul(lacks)?;
        parts.checked_mul(sum.max(1))?.checked_mul(4)?;
        Some(Self::new(parts))
    }

    /// A number of a pack.
    pub(crate) fn parts(&self, points: Points) -> i64 {
        points.hundredths().saturating_mul(self.parts / HUNDREDTHS)
    }

    /// So many points as a fraction of whole numbers.
    pub(crate) fn points(&self, top: i128, bottom: i128) -> i64 {
        match top.checked_mul(i128::from(self.parts)) {
            Some(top) => self.share(top, bottom),
            None => i64::MAX,
        }
    }

    /// A number of parts, divided; the bottom is above nought. What is not whole is rounded down, and told by [`Self::finer`].
    pub(crate) fn share(&self, top: i128, bottom: i128) -> i64 {
        // Nearly always both are small, and then a processor divides them at once.
        if let (Ok(top), Ok(bottom)) = (i64::try_from(top), i64::try_from(bottom))
            && top % bottom == 0
        {
            return top / bottom;
        }
        if top % bottom != 0 {
            let lacks = bottom / divisor(top, bottom);
            self.lacks.set(multiple(self.lacks.get(), lacks).unwrap_or(i128::MAX));
        }
        i64::try_from(top / bottom).unwrap_or(i64::MAX)
    }

    /// So many parts, as points.
    pub(crate) fn of_parts(&self, parts: i64) -> Points {
        Points::from_parts(parts, self.parts)
    }
}

/// The greatest common divisor.
fn divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// The least common multiple, unless it is too large.
fn multiple(a: i128, b: i128) -> Option<i128> {
    (a / divisor(a, b)).checked_mul(b)
}
