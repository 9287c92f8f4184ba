//! What earlier credits have used up of a limit that lasts longer than a period.

use smallvec::SmallVec;

use super::{Days, Judge, Offer, Reading};
use crate::credit::{Credit, Status};
use crate::filter::{Filter, long_bit};
use crate::judged::Judged;
use crate::pack::Said;
use crate::question::Ask;

impl<'a> Judge<'a> {
    /// What an earlier credit uses up of a limit that lasts longer than a period, at least and at most. What counts in this
    /// period is not earlier.
    pub(crate) fn earlier_worth(&self, credit: &Credit, cap: usize) -> (i64, i64) {
        self.earlier(credit, |reading| if reading.caps & long_bit(cap) != 0 { reading.worth } else { (0, 0) })
    }

    /// Whether an earlier credit takes a place of a limit on numbers, for certain and perhaps.
    pub(crate) fn earlier_place(&self, credit: &Credit, of: &Filter<'_>) -> (i64, i64) {
        self.earlier(credit, |reading| {
            let is_limited = of.holds(reading.marks, credit);
            (i64::from(is_limited && reading.worth.0 > 0), i64::from(is_limited && reading.worth.1 > 0))
        })
    }

    fn earlier(&self, credit: &Credit, used: impl Fn(&Reading<'a>) -> (i64, i64)) -> (i64, i64) {
        let (Some(amount), Some(unit), Some(completed)) = (credit.amount, credit.unit, credit.completed_on) else {
            return (0, 0);
        };
        if credit.status != Status::Completed {
            return (0, 0);
        }
        let offer = Offer { amount, unit, approver: credit.approver.as_ref() };
        let days = [(completed, amount.ten_thousandths())];
        let days = Days { all: &days, day: completed };
        let of_class = |class: &usize| {
            let reading = self.read(credit, offer, days, *class, self.tags(credit));
            let counts_here = reading.is_in_time && reading.window.is_none_or(|rule| rule.counts != Said::No);
            let (least, most) = used(&reading);
            match (counts_here, reading.refused) {
                (true, _) | (_, (_, Some(_))) => (0, 0),
                (false, (Some(_), None)) => (0, most),
                (false, (None, None)) => (least, most),
            }
        };
        let each: SmallVec<[(i64, i64); 2]> = self.classes(credit, offer).iter().map(of_class).collect();
        let least = each.iter().map(|(least, _)| *least).min().unwrap_or(0);
        (least, each.iter().map(|(_, most)| *most).max().unwrap_or(0))
    }

    /// What is open about an earlier credit on which a limit rests.
    pub(crate) fn ask_about_earlier(&self, credit: &Credit, judged: &mut Judged<'a>) {
        let (Some(amount), Some(unit), Some(completed)) = (credit.amount, credit.unit, credit.completed_on) else {
            return;
        };
        let offer = Offer { amount, unit, approver: credit.approver.as_ref() };
        let classes = self.classes(credit, offer);
        if classes.len() > 1 {
            judged.ask_once(Ask::Approver);
        }
        let days = [(completed, amount.ten_thousandths())];
        let reading = self.read(credit, offer, Days { all: &days, day: completed }, classes[0], self.tags(credit));
        if let Some(rule) = reading.convert.filter(|_| reading.worth.0 != reading.worth.1) {
            judged.ask_once(Ask::Rate(rule));
        }
    }
}
