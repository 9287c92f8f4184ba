//! How an amount divides among categories, as typed in: in its own unit, in percent, or by time.

use std::collections::BTreeMap;

use domain::{Amount, Ratio};

use crate::typed::{fault, text};
use crate::wire::FieldFault;

/// In ten-thousandths, as amounts are.
const HUNDRED_PERCENT: i64 = 100 * 10_000;

/// In what the parts are typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `1.5`
    Amount,
    /// `60%`
    Percent,
    /// `90 min`
    Minutes,
}

/// The parts in the printed unit. Shares of `whole` add up to it exactly. Empty parts and parts of nothing are left out.
pub(crate) fn split(
    field: &str,
    whole: Option<Amount>,
    typed: &BTreeMap<String, String>,
    faults: &mut Vec<FieldFault>,
) -> BTreeMap<String, Amount> {
    let read = typed.iter().filter_map(|(category, part)| Some((category, text(part)?)));
    let read: Result<Vec<_>, _> = read.map(|(category, typed)| Ok((category, part(&typed)?))).collect();
    let divided = read.and_then(|parts| {
        let (categories, parts): (Vec<&String>, Vec<(Form, Amount)>) = parts.into_iter().unzip();
        Ok(categories.into_iter().cloned().zip(amounts(whole, &parts)?).filter(|(_, part)| !part.is_zero()).collect())
    });
    divided.unwrap_or_else(|message: String| fault(field, message, faults).unwrap_or_default())
}

fn part(typed: &str) -> Result<(Form, Amount), String> {
    let minutes = || typed.strip_suffix("minutes").or_else(|| typed.strip_suffix("min"));
    let (form, number) = match (typed.strip_suffix('%'), minutes()) {
        (Some(number), _) => (Form::Percent, number),
        (None, Some(number)) => (Form::Minutes, number),
        (None, None) => (Form::Amount, typed),
    };
    let number = number.trim().parse::<Amount>().map_err(|error| error.to_string())?;
    Ok((form, number))
}

fn amounts(whole: Option<Amount>, parts: &[(Form, Amount)]) -> Result<Vec<Amount>, String> {
    let Some((form, _)) = parts.first() else { return Ok(Vec::new()) };
    if parts.iter().any(|(other, _)| other != form) {
        return Err("write every part as an amount, every part in percent, or every part in minutes".to_owned());
    }
    let numbers: Vec<i64> = parts.iter().map(|(_, number)| number.ten_thousandths()).collect();
    let sum: i64 = numbers.iter().sum();
    match form {
        Form::Amount => return Ok(parts.iter().map(|(_, amount)| *amount).collect()),
        Form::Percent if sum != HUNDRED_PERCENT => {
            let sum = decimal(sum).map(|sum| sum.to_string()).unwrap_or_default();
            return Err(format!("the parts add up to {sum} percent; they must add up to 100"));
        }
        Form::Minutes if sum == 0 => return Err("the minutes add up to nothing".to_owned()),
        Form::Percent | Form::Minutes => {}
    }
    let whole = whole.ok_or("give the amount on the certificate first; the parts are shares of it")?;
    Ok(shares(whole.ten_thousandths(), &numbers, sum).into_iter().filter_map(decimal).collect())
}

/// Divides a whole by weight: every share rounded down, then the largest remainders up until nothing is left over.
fn shares(whole: i64, weights: &[i64], sum: i64) -> Vec<i64> {
    let exact = |weight: &i64| i128::from(whole) * i128::from(*weight);
    let rounded = |weight| i64::try_from(exact(weight) / i128::from(sum)).unwrap_or_default();
    let mut shares: Vec<i64> = weights.iter().map(rounded).collect();
    let left_over = usize::try_from(whole - shares.iter().sum::<i64>()).unwrap_or_default();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(exact(&weights[index]) % i128::from(sum)));
    for index in order.into_iter().take(left_over) {
        shares[index] += 1;
    }
    shares
}

/// Without needless zeros.
fn decimal(ten_thousandths: i64) -> Option<Amount> {
    Ratio::new(ten_thousandths, 10_000)?.amount()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// The parts in the order of the categories a, b, c, or why there are none.
    fn divided(whole: &str, parts: &[&str]) -> Result<Vec<String>, String> {
        let mut faults = Vec::new();
        let typed = ["a", "b", "c"].into_iter().zip(parts).map(|(id, part)| (id.to_owned(), (*part).to_owned()));
        let split = split("split", whole.parse().ok(), &typed.collect(), &mut faults);
        match faults.pop() {
            Some(fault) => Err(fault.message),
            None => Ok(split.into_iter().map(|(category, part)| format!("{category} {part}")).collect()),
        }
    }

    #[test]
    fn amounts_stay_as_they_were_typed_in() {
        assert_eq!(divided("3", &["1.50", " 1.5 ", ""]).unwrap(), ["a 1.50", "b 1.5"]);
        assert_eq!(divided("3", &["3", "0"]).unwrap(), ["a 3"]);
        assert_eq!(divided("", &["1"]).unwrap(), ["a 1"], "an amount needs no whole");
        assert_eq!(divided("3", &["", " "]).unwrap(), [""; 0]);
    }

    #[test]
    fn shares_become_amounts_that_add_up_to_the_whole() {
        for (whole, parts, expected) in [
            ("2.5", ["60%", "40 %", ""], &["a 1.5", "b 1"][..]),
            ("2", ["90 min", "30 min", ""], &["a 1.5", "b 0.5"]),
            ("2", ["90minutes", "30 minutes", "0 min"], &["a 1.5", "b 0.5"]),
            ("1", ["20 min", "20 min", "20 min"], &["a 0.3334", "b 0.3333", "c 0.3333"]),
            ("0.0002", ["33%", "33%", "34%"], &["a 0.0001", "c 0.0001"]),
            ("2.0", ["33.3%", "33.3%", "33.4%"], &["a 0.666", "b 0.666", "c 0.668"]),
            ("999999.9999", ["999999.9998 min", "0.0001 min", ""], &["a 999999.9998", "b 0.0001"]),
        ] {
            assert_eq!(divided(whole, &parts).unwrap(), expected, "{whole} as {parts:?}");
        }
    }

    #[test]
    fn any_weights_divide_any_whole_without_a_rest() {
        for whole in [1, 7, 10_000, 33_333, 9_999_999_999] {
            for weights in [&[1, 1, 1][..], &[1, 2, 4], &[9_999_999_999, 1, 5], &[0, 3, 0]] {
                let shares = shares(whole, weights, weights.iter().sum());
                assert_eq!(shares.iter().sum::<i64>(), whole, "{whole} by {weights:?}");
                let above = |(share, weight): (&i64, &i64)| {
                    let exact = i128::from(whole) * i128::from(*weight);
                    (i128::from(*share) * i128::from(weights.iter().sum::<i64>()) - exact).abs()
                };
                let limit = i128::from(weights.iter().sum::<i64>());
                assert!(
                    shares.iter().zip(weights).map(above).all(|off| off < limit),
                    "each is off by less than a step"
                );
            }
        }
    }

    #[test]
    fn parts_that_are_no_shares_of_a_whole_are_refused_with_the_reason() {
        for (whole, parts, told) in [
            ("2", ["60%", "1", ""], "every part in percent"),
            ("2", ["60%", "30 min", ""], "every part in minutes"),
            ("2", ["60%", "30%", ""], "add up to 90 percent"),
            ("2", ["60%", "40.5%", ""], "add up to 100.5 percent"),
            ("2", ["0 min", "", ""], "add up to nothing"),
            ("", ["60%", "40%", ""], "give the amount"),
            ("2", ["%", "100%", ""], "is not an amount"),
            ("2", ["-5%", "105%", ""], "is not an amount"),
            ("2", ["two", "", ""], "“two”"),
        ] {
            let message = divided(whole, &parts).unwrap_err();
            assert!(message.contains(told), "{parts:?}: {message}");
        }
    }
}
