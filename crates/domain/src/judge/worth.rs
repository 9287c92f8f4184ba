//! What an amount is worth by a rule of conversion.

use super::{Confirmed, Judge, Offer};
use crate::credit::Credit;
use crate::pack::{ConvertRule, Rate, Rounding};
use crate::points::{Amount, Ratio};
use crate::question::Answered;

impl<'a> Judge<'a> {
    /// What she was told of a rule that is clear enough but worth asking about. What cannot be read is no answer.
    pub(super) fn confirmed(&self, rule: &ConvertRule, credit: &Credit) -> Option<Confirmed> {
        let answer = self.answers.find_for("confirm", &rule.id, &credit.id)?;
        let rate = |answer: Answered<'_>| answer.rate(&rule.options, credit.amount).map(Confirmed::Rate);
        if answer.is("yes") {
            Some(Confirmed::Yes)
        } else if answer.is("no") {
            let how_much = self.answers.find_for("how_much", &rule.id, &credit.id);
            Some(how_much.and_then(rate).unwrap_or(Confirmed::No))
        } else {
            rate(answer)
        }
    }

    /// What she was told of a rate that the pack leaves open, if it is one that the pack thinks possible.
    pub(super) fn told_rate(
        &self,
        rule: &ConvertRule,
        credit: &Credit,
        amount: Amount,
    ) -> Option<Result<Ratio, Answered<'a>>> {
        let answer = self.answers.find_for("rate", &rule.id, &credit.id)?;
        let is_possible = |told: &Ratio| rule.points.is_some_and(|rate| (rate.low()..=rate.high()).contains(told));
        Some(answer.rate(&rule.options, Some(amount)).filter(is_possible).ok_or(answer))
    }

    /// Points of the whole certificate, in parts of the scale: the least and the most.
    pub(super) fn worth(
        &self,
        credit: &Credit,
        offer: Offer<'_>,
        rule: &'a ConvertRule,
        share: Option<(i64, i64)>,
    ) -> (i64, i64) {
        let told = self.confirmed(rule, credit);
        let is_open = rule.points.is_some_and(Rate::is_open);
        let rate = match told {
            _ if is_open => self.told_rate(rule, credit, offer.amount).and_then(Result::ok),
            Some(Confirmed::Rate(rate)) => Some(rate),
            _ => None,
        };
        let at = |pick: fn(Rate) -> Ratio| {
            let of_amount = rule.points.map_or((0, 1), |points| rate.unwrap_or_else(|| pick(points)).of(offer.amount));
            // Hundredths of a point, as a fraction.
            self.rounded(rule, rule.each.map_or(of_amount, |each| (i128::from(each.hundredths()), 1)), share)
        };
        let most = at(Rate::high);
        match told {
            // Nobody knows for how much it counts, until she says.
            Some(Confirmed::No) => (0, most),
            _ if is_open && rate.is_none() => (at(Rate::low), most),
            _ => (most, most),
        }
    }

    /// At most what the rule lets one certificate be worth, its share of the days, and the rule's rounding, if it rounds;
    /// from hundredths to parts of the scale.
    fn rounded(&self, rule: &ConvertRule, (mut top, mut bottom): (i128, i128), share: Option<(i64, i64)>) -> i64 {
        let scale = &self.book.scale;
        if let Some(most) = rule.at_most.map(|most| i128::from(most.hundredths()))
            && top > most * bottom
        {
            (top, bottom) = (most, 1);
        }
        if let Some((inside, days)) = share {
            (top, bottom) = (top * i128::from(inside), bottom * i128::from(days.max(1)));
        }
        let Some(round) = &rule.round else { return scale.points(top, bottom * 100) };
        let to = i128::from(round.to.hundredths().max(1));
        let steps = match round.way {
            Rounding::Down => top / (bottom * to),
            Rounding::Nearest => (2 * top + bottom * to) / (2 * bottom * to),
            Rounding::Up => (top + bottom * to - 1) / (bottom * to),
        };
        scale.points(steps * to, 100)
    }
}
