//! How the amounts on the certificates became points.

use std::collections::BTreeMap;

use domain::{Amount, Points, Unit};

use super::{SMALL, Sheet};
use crate::credits::amounts;
use crate::entries::{Entry, Section};
use crate::{Error, Transcript, words};

/// One line for each unit and rate that occurs; together they are all that was earned.
pub(super) fn list(sheet: &mut Sheet) -> Result<(), Error> {
    let Transcript { entries, labels, .. } = sheet.transcript;
    // Those at a rate come before those that have none.
    let mut sums: BTreeMap<(bool, Option<Unit>, Option<Amount>), Sum> = BTreeMap::new();
    for entry in entries.sections.iter().flat_map(Section::entries) {
        let Way { amount, unit, rate } = way(entry);
        let sum = sums.entry((rate.is_none(), unit, rate)).or_default();
        sum.activities += 1;
        sum.amount += amount.map_or(0, Amount::ten_thousandths);
        sum.at_rate += amount.zip(rate).map_or(Points::ZERO, |(amount, rate)| amount.at_rate(rate.into()));
        sum.points += entry.outcome.earned;
    }
    if sums.is_empty() {
        return Ok(());
    }
    sheet.heading("Conversions used")?;
    for ((_, unit, rate), sum) in sums {
        let of_unit = |printed: &str| unit.map(|unit| words::amount(printed, unit)).unwrap_or_default();
        let how = match rate {
            Some(rate) => format!("{} = {}", of_unit("1"), words::points(&rate.to_string(), labels)),
            None => "Without a fixed rate".to_owned(),
        };
        let amount = if sum.amount == 0 { String::new() } else { format!("{} = ", of_unit(&decimal(sum.amount))) };
        let given = words::points(&sum.points.to_string(), labels);
        let activities = words::activities(sum.activities);
        let line = format!("{how}. {activities}: {amount}{given}{}.", sum.remark(rate.is_some()));
        sheet.text(SMALL, "a conversion", &line)?;
    }
    Ok(())
}

/// Of activities whose amounts became points in the same way.
#[derive(Debug, Default)]
struct Sum {
    activities: usize,
    /// In ten-thousandths of the unit.
    amount: i64,
    /// What the amounts give, where there is a rate.
    at_rate: Points,
    /// What was earned.
    points: Points,
}

impl Sum {
    /// Where the arithmetic alone does not give the points.
    fn remark(&self, has_rate: bool) -> &'static str {
        if has_rate && self.at_rate != self.points { ", for part of it earns nothing" } else { "" }
    }
}

/// Which amount of a certificate became points, and at which rate, if it was one.
struct Way {
    amount: Option<Amount>,
    unit: Option<Unit>,
    rate: Option<Amount>,
}

/// Of several amounts on a certificate the one that gives what was earned, or a little more.
fn way(entry: &Entry) -> Way {
    let Entry { credit, outcome, .. } = entry;
    let gives = |amount: Amount| outcome.rate.map(|rate| amount.at_rate(rate.into()));
    let enough = amounts(credit).filter(|(amount, _)| gives(*amount).is_some_and(|given| given >= outcome.earned));
    // One card, so many points: whatever the rule says, that is its rate.
    if let (Some((amount, Unit::CprCard)), None) = (amounts(credit).next(), outcome.rate)
        && amount.ten_thousandths() == 10_000
    {
        let rate = outcome.earned.to_string().parse().ok();
        return Way { amount: Some(amount), unit: Some(Unit::CprCard), rate };
    }
    let used = enough.min_by_key(|(amount, _)| gives(*amount));
    let rate = outcome.rate.filter(|_| used.is_some());
    let (amount, unit) = used.or_else(|| amounts(credit).next()).unzip();
    Way { amount, unit, rate }
}

/// Ten-thousandths as a decimal without needless zeros.
fn decimal(ten_thousandths: i64) -> String {
    let text = format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
