//! Exact decimals: what a certificate prints ([`Amount`]) and what the issuer counts ([`Points`]). No floats.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// More digits than any certificate prints; keeps every sum and product far from overflow.
const MAX_WHOLE_DIGITS: usize = 6;
const MAX_DECIMALS: usize = 4;

/// Why a text is not a decimal number that Recert can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecimalError {
    text: String,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.text.chars().take(40).collect();
        write!(
            f,
            "“{shown}” is not an amount; write a number such as 1.5, zero or more, with at most \
             {MAX_WHOLE_DIGITS} digits before the point and {MAX_DECIMALS} after it"
        )
    }
}

impl std::error::Error for DecimalError {}

/// A decimal exactly as printed: `2.0` stays `2.0`. Never negative.
///
/// Compared by value: `2.0 == 2`.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(as = "String"))]
pub struct Amount {
    digits: i64,
    decimals: u8,
}

impl Amount {
    /// A share of what is printed, in as few digits as it takes.
    pub(crate) fn from_ten_thousandths(value: i64) -> Self {
        let (mut digits, mut decimals) = (value, 4);
        while decimals > 0 && digits % 10 == 0 {
            (digits, decimals) = (digits / 10, decimals - 1);
        }
        Self { digits, decimals }
    }

    /// The value in ten-thousandths.
    pub fn ten_thousandths(self) -> i64 {
        self.digits * 10_i64.pow(u32::try_from(MAX_DECIMALS).unwrap_or(0) - u32::from(self.decimals))
    }

    /// Whether the printed amount is nought.
    pub fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// Points at `rate` points for each printed unit.
    pub fn at_rate(self, rate: Ratio) -> Points {
        let (numerator, denominator) = rate.of(self);
        Points::from_fraction(numerator, denominator)
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        self.ten_thousandths() == other.ten_thousandths()
    }
}

impl Eq for Amount {}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.ten_thousandths().cmp(&other.ten_thousandths())
    }
}

impl FromStr for Amount {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let refuse = || DecimalError { text: text.to_owned() };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let well_formed = !whole.is_empty()
            && all_digits(whole)
            && all_digits(fraction)
            && (text.len() == whole.len() || !fraction.is_empty())
            && whole.len() <= MAX_WHOLE_DIGITS
            && (whole == "0" || !whole.starts_with('0'))
            && fraction.len() <= MAX_DECIMALS;
        if !well_formed {
            return Err(refuse());
        }
        let digits = format!("{whole}{fraction}").parse().map_err(|_| refuse())?;
        let decimals = u8::try_from(fraction.len()).map_err(|_| refuse())?;
        Ok(Self { digits, decimals })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.decimals == 0 {
            return write!(f, "{}", self.digits);
        }
        let unit = 10_i64.pow(u32::from(self.decimals));
        let width = usize::from(self.decimals);
        write!(f, "{}.{:0width$}", self.digits / unit, self.digits % unit)
    }
}

/// An exact fraction: what one printed unit is worth. Written `15`, `0.5` or `1/3`; never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i64,
    denominator: i64,
}

impl Ratio {
    /// One to one.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// In lowest terms; none for a fraction of nothing.
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        if denominator <= 0 || numerator < 0 {
            return None;
        }
        let (mut a, mut b) = (numerator, denominator);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Some(Self { numerator: numerator / a, denominator: denominator / a })
    }

    /// What an amount is worth at this rate, exactly: hundredths of a point, as a fraction.
    pub(crate) fn of(self, amount: Amount) -> (i128, i128) {
        (i128::from(amount.ten_thousandths()) * i128::from(self.numerator), i128::from(self.denominator) * 100)
    }

    /// The whole number above, or itself.
    pub(crate) const fn ceiling(self) -> i64 {
        self.numerator / self.denominator + 1
    }

    /// What it is divided by.
    pub(crate) const fn denominator(self) -> i64 {
        self.denominator
    }

    /// The same as a decimal, where it is one that Recert can hold.
    pub fn amount(self) -> Option<Amount> {
        let scaled = self.numerator.checked_mul(10_000)?;
        (scaled % self.denominator == 0).then(|| Amount::from_ten_thousandths(scaled / self.denominator))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

impl From<Amount> for Ratio {
    fn from(amount: Amount) -> Self {
        Self::new(amount.ten_thousandths(), 10_000).unwrap_or(Self::ONE)
    }
}

impl FromStr for Ratio {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let refuse = || DecimalError { text: text.to_owned() };
        let Some((numerator, denominator)) = text.split_once('/') else {
            return text.parse::<Amount>().map(Self::from);
        };
        let whole = |part: &str| part.parse::<Amount>().ok().filter(|_| !part.contains('.')).ok_or_else(refuse);
        Self::new(whole(numerator)?.digits, whole(denominator)?.digits).ok_or_else(refuse)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.amount() {
            Some(amount) => amount.fmt(f),
            None => write!(f, "{}/{}", self.numerator, self.denominator),
        }
    }
}

/// Points, exactly: hundredths, or a fraction of them where an issuer's rate gives one. Written without needless zeros:
/// `2`, `1.5`, `0.25`.
///
/// Printed to hundredths: what counts rounded down, what lacks up ([`Points::lacking`]); “about” says that it was rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(as = "String"))]
pub struct Points {
    /// In lowest terms, in hundredths.
    numerator: i64,
    denominator: i64,
}

impl Points {
    /// No points.
    pub const ZERO: Self = Self::from_hundredths(0);

    /// From hundredths of a point.
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self { numerator: hundredths, denominator: 1 }
    }

    /// So many parts of which `whole` make a point; `whole` is a multiple of a hundred.
    pub(crate) fn from_parts(parts: i64, whole: i64) -> Self {
        Self::from_fraction(i128::from(parts), i128::from(whole / 100))
    }

    /// So many hundredths as a fraction; beyond what can be held exactly, rounded down.
    pub(crate) fn from_fraction(numerator: i128, denominator: i128) -> Self {
        let down = || Self::from_hundredths(i64::try_from(numerator.div_euclid(denominator)).unwrap_or(i64::MAX));
        Self::of(numerator, denominator).unwrap_or_else(down)
    }

    /// None where the numbers are larger than any sum of activities.
    fn of(numerator: i128, denominator: i128) -> Option<Self> {
        let (mut a, mut b) = (numerator.abs(), denominator);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = a.max(1);
        let (numerator, denominator) = (numerator / divisor, denominator / divisor);
        Some(Self { numerator: i64::try_from(numerator).ok()?, denominator: i64::try_from(denominator).ok()? })
    }

    /// In hundredths of a point, rounded down.
    pub const fn hundredths(self) -> i64 {
        self.numerator.div_euclid(self.denominator)
    }

    /// Rounded up.
    const fn hundredths_above(self) -> i64 {
        self.hundredths().saturating_add((self.denominator != 1) as i64)
    }

    /// Whether there are none.
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// What is missing up to `needed`; none if nothing is.
    #[must_use]
    pub fn short_of(self, needed: Self) -> Self {
        (needed - self).max(Self::ZERO)
    }

    /// As people read what lacks: `1.5`, and `about 20.84` for a fraction.
    pub fn lacking(self) -> String {
        let about = if self.denominator == 1 { "" } else { "about " };
        format!("{about}{}", decimal(self.hundredths_above()))
    }

    /// The fraction, `125/6`, where hundredths cannot say it.
    pub fn fraction(self) -> Option<String> {
        let points = || Ratio::new(self.numerator, self.denominator.checked_mul(100)?);
        (self.denominator != 1).then(points)?.map(|ratio| format!("{}/{}", ratio.numerator, ratio.denominator))
    }

    /// For a field of what lacks.
    pub(crate) fn serialize_lacking<S: Serializer>(points: &Self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&decimal(points.hundredths_above()))
    }

    fn combine(self, other: Self, sign: i64) -> Self {
        let other_numerator = other.numerator.saturating_mul(sign);
        if self.denominator == other.denominator && self.denominator == 1 {
            return Self::from_hundredths(self.numerator.saturating_add(other_numerator));
        }
        let (left, right) = (i128::from(self.denominator), i128::from(other.denominator));
        let sum = i128::from(self.numerator) * right + i128::from(other_numerator) * left;
        Self::from_fraction(sum, left * right)
    }
}

impl Default for Points {
    fn default() -> Self {
        Self::ZERO
    }
}

impl PartialOrd for Points {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Points {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.combine(other, 1)
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.combine(other, -1)
    }
}

impl SubAssign for Points {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl FromStr for Points {
    type Err = DecimalError;

    /// Refuses what is not a whole number of hundredths.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let exact = text.parse::<Amount>()?.ten_thousandths();
        let is_whole = exact % 100 == 0;
        if is_whole { Ok(Self::from_hundredths(exact / 100)) } else { Err(DecimalError { text: text.to_owned() }) }
    }
}

/// Hundredths without needless zeros.
fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{sign}{whole}"),
        (_, 0) => format!("{sign}{whole}.{}", rest / 10),
        _ => format!("{sign}{whole}.{rest:02}"),
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = if self.denominator == 1 { "" } else { "about " };
        write!(f, "{about}{}", decimal(self.hundredths()))
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&decimal(self.hundredths()))
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Ratio {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Ratio".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A decimal or a fraction as text: 15, 0.5, 1/3. Never negative.",
            "type": "string",
            "pattern": "^(0|[1-9][0-9]{0,5})(\\.[0-9]{1,4}|/[1-9][0-9]{0,5})?$"
        })
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Points {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Points".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Points as text, to the hundredth: 2, 1.5, 0.25. Never negative.",
            "type": "string",
            "pattern": "^(0|[1-9][0-9]{0,5})(\\.[0-9]{1,2})?$"
        })
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A decimal as text, exactly as printed: 2.0 stays 2.0. Never negative.",
            "type": "string",
            "pattern": "^(0|[1-9][0-9]{0,5})(\\.[0-9]{1,4})?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_amount_keeps_its_printed_form() {
        for printed in ["2.0", "2", "0.25", "1.50", "600000", "0.0001"] {
            assert_eq!(printed.parse::<Amount>().map(|a| a.to_string()).as_deref(), Ok(printed));
        }
    }

    #[test]
    fn what_is_not_a_plain_decimal_is_refused() {
        for text in ["", "-1", "+1", "1,5", ".5", "5.", "1e3", "NaN", " 1", "1.00001", "1234567", "007", "٣", "1.2.3"]
        {
            assert!(text.parse::<Amount>().is_err(), "{text:?} was taken for an amount");
        }
    }

    #[test]
    fn points_are_written_without_needless_zeros() {
        for (hundredths, text) in [(200, "2"), (150, "1.5"), (25, "0.25"), (5, "0.05"), (0, "0"), (-150, "-1.5")] {
            assert_eq!(Points::from_hundredths(hundredths).to_string(), text);
        }
    }

    #[test]
    fn ten_tenths_make_one_point() {
        let tenth: Points = "0.1".parse().unwrap_or_default();
        assert_eq!(std::iter::repeat_n(tenth, 10).sum::<Points>().to_string(), "1");
    }

    proptest! {
        #[test]
        fn points_survive_writing_and_reading(hundredths in 0_i64..99_999_999) {
            let points = Points::from_hundredths(hundredths);
            prop_assert_eq!(points.to_string().parse::<Points>(), Ok(points));
        }

        #[test]
        fn no_text_makes_an_amount_panic(text in ".*") {
            let _ = text.parse::<Amount>();
        }
    }
}
