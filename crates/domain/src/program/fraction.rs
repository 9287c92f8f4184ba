//! Fractions of whole numbers that never round: what grows too large is an error.

use std::cmp::Ordering;

use super::GivenUp;
use crate::points::Points;

/// In lowest terms, with a denominator above nought. Nearly always whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fraction {
    numerator: i128,
    denominator: i128,
}

impl Fraction {
    pub(crate) const ZERO: Self = Self::of(0);
    pub(super) const ONE: Self = Self::of(1);

    pub(crate) const fn of(whole: i128) -> Self {
        Self { numerator: whole, denominator: 1 }
    }

    pub(crate) fn new(numerator: i128, denominator: i128) -> Result<Self, GivenUp> {
        let (mut a, mut b) = (numerator.unsigned_abs(), denominator.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = i128::try_from(a.max(1)).map_err(|_| GivenUp)? * denominator.signum();
        Ok(Self { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    pub(super) fn is_zero(self) -> bool {
        self.numerator == 0
    }

    pub(super) fn is_positive(self) -> bool {
        self.numerator > 0
    }

    pub(super) fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// The whole number it is, if it is one.
    pub(super) fn whole(self) -> Option<i64> {
        if self.denominator == 1 { i64::try_from(self.numerator).ok() } else { None }
    }

    /// So many hundredths of a point.
    pub(crate) fn hundredths(self) -> Points {
        Points::from_fraction(self.numerator, self.denominator)
    }

    /// The whole number below.
    pub(crate) fn floor(self) -> i64 {
        i64::try_from(self.numerator.div_euclid(self.denominator)).unwrap_or(i64::MAX - 1)
    }

    pub(crate) fn minus(self) -> Self {
        Self { numerator: -self.numerator, ..self }
    }

    pub(super) fn times(self, by: Self) -> Result<Self, GivenUp> {
        let numerator = self.numerator.checked_mul(by.numerator).ok_or(GivenUp)?;
        if self.denominator == 1 && by.denominator == 1 {
            return Ok(Self::of(numerator));
        }
        Self::new(numerator, self.denominator.checked_mul(by.denominator).ok_or(GivenUp)?)
    }

    /// `by` is not nought.
    pub(super) fn divided(self, by: Self) -> Result<Self, GivenUp> {
        if by == Self::ONE {
            return Ok(self);
        }
        let numerator = self.numerator.checked_mul(by.denominator).ok_or(GivenUp)?;
        Self::new(numerator, self.denominator.checked_mul(by.numerator).ok_or(GivenUp)?)
    }

    pub(crate) fn plus(self, other: Self) -> Result<Self, GivenUp> {
        self.less(other.minus())
    }

    pub(super) fn less(self, other: Self) -> Result<Self, GivenUp> {
        if self.denominator == 1 && other.denominator == 1 {
            return self.numerator.checked_sub(other.numerator).map(Self::of).ok_or(GivenUp);
        }
        let left = self.numerator.checked_mul(other.denominator).ok_or(GivenUp)?;
        let right = other.numerator.checked_mul(self.denominator).ok_or(GivenUp)?;
        let denominator = self.denominator.checked_mul(other.denominator).ok_or(GivenUp)?;
        Self::new(left.checked_sub(right).ok_or(GivenUp)?, denominator)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        // By whole parts first, so that nothing is multiplied beyond its size.
        let parts = |one: &Self| (one.numerator.div_euclid(one.denominator), one.numerator.rem_euclid(one.denominator));
        let ((whole, rest), (other_whole, other_rest)) = (parts(self), parts(other));
        whole.cmp(&other_whole).then_with(|| match (rest, other_rest) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            // Both lie between nought and one: the larger has the smaller inverse.
            (rest, other_rest) => {
                let inverse = |top: i128, bottom: i128| Self { numerator: top, denominator: bottom };
                inverse(other.denominator, other_rest).cmp(&inverse(self.denominator, rest))
            }
        })
    }
}
