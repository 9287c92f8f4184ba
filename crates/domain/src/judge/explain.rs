//! Why a credit is worth what it is, or nothing.

use chrono::NaiveDate;

use super::{Confirmed, Day, Judge, Offer, Reading};
use crate::credit::Credit;
use crate::date::long;
use crate::judged::Judged;
use crate::pack::{Rate, Said};
use crate::points::Ratio;
use crate::question::{Answered, Ask};
use crate::words::noun;

impl<'a> Judge<'a> {
    /// Asks about the day where nobody knows.
    pub(super) fn ask_about_the_day(&self, day: Day<'a>, judged: &mut Judged<'a>) {
        let (ask, code, text, source) = match day {
            Day::Silent(rule) => (
                Ask::Window(rule),
                rule.id.clone(),
                format!("Completed {}: {} does not say whether it counts.", rule.label, self.pack().issuer.short),
                self.book.source(&rule.source),
            ),
            Day::MayBeBefore => (
                Ask::PeriodStart,
                "period_start".to_owned(),
                format!(
                    "This period began some day in {}, and this may lie before it.",
                    self.term.dates.from.format("%B %Y")
                ),
                None,
            ),
            Day::Counts | Day::Told(..) | Day::Before(_) => return,
        };
        if !judged.asks().iter().any(|asked| asked.id() == ask.id()) {
            judged.ask(ask);
            judged.say(code, text, source);
        }
    }

    pub(super) fn explain_refusal(&self, completed: NaiveDate, reading: &Reading<'a>, judged: &mut Judged<'a>) {
        let pack = self.pack();
        let period = self.term.dates;
        if let Day::Told(rule, answer) = reading.day {
            let text = format!("Completed {}, which does not count: {}.", rule.label, answer.told());
            judged.refuse(rule.id.clone(), text, None);
            return;
        }
        if let Day::Before(began) = reading.day {
            judged.refuse("before_period", format!("Completed before this period began on {}.", long(began)), None);
            return;
        }
        if !reading.is_in_time || reading.window.is_some_and(|rule| rule.counts == Said::No) {
            let source = self.book.source(&self.term.rule.source);
            if completed < period.from {
                let counts = |window: &&crate::rulebook::Window<'_>| window.rule.counts != Said::No;
                let first = self.book.windows.iter().filter(counts).map(|window| window.from).min();
                let text = match first.filter(|first| completed < *first && *first < period.from) {
                    Some(first) => format!("Completed before {}, from when on activities count.", long(first)),
                    None => format!("Completed before this period began on {}.", long(period.from)),
                };
                judged.refuse("before_period", text, source);
            } else if completed > period.to {
                judged.refuse(
                    "after_period",
                    format!("Completed after this period ended on {}.", long(period.to)),
                    source,
                );
            } else {
                let text = format!("{} does not accept activities of this sort from that day.", pack.issuer.short);
                judged.refuse("outside_window", text, source);
            }
        } else if let Some(rule) = reading.refused.1 {
            judged.refuse(rule.id.clone(), rule.words.clone(), self.book.source(&rule.source));
        } else if reading.convert.is_none() {
            let text =
                format!("The rules of {} say nothing about this unit; only {} can tell.", pack.name, pack.issuer.short);
            judged.refuse("unit_unknown", text, None);
        } else {
            let text = format!("Earns no {} under the rules of {}.", pack.counts_in.many, pack.name);
            judged.refuse("worthless", text, reading.convert.and_then(|rule| self.book.source(&rule.source)));
        }
    }

    /// The arithmetic, where it is not one to one, and what is open about it.
    pub(super) fn explain_worth(
        &self,
        credit: &Credit,
        offer: Offer<'_>,
        reading: &Reading<'a>,
        judged: &mut Judged<'a>,
    ) {
        let Some(rule) = reading.convert else { return };
        let pack = self.pack();
        let many = &pack.counts_in.many;
        let (scale, (least, most)) = (&self.book.scale, reading.worth);
        let (low, high) = (scale.of_parts(least), scale.of_parts(most));
        let noun = noun(pack, high);
        let source = || self.book.source(&rule.source);
        let question = || rule.question.clone().unwrap_or_default();
        match rule.points {
            Some(rate) if rate.is_open() && least != most => {
                judged.ask(Ask::Rate(rule));
                judged.say("rate_open", format!("Worth {low} to {high} {many}; how many is not known yet."), source());
                judged.say("ask", question(), source());
                if let Some(Err(answer)) = self.told_rate(rule, credit, offer.amount) {
                    judged.say("answer_not_used", self.why_not_used(rate, answer), None);
                }
            }
            Some(rate) => {
                let amount = offer.amount;
                let (top, bottom) = rate.low().of(amount);
                let as_printed = !rate.is_open() && scale.points(top, bottom * 100) == most;
                judged.rate = (as_printed && !rate.is_open()).then(|| rate.low().amount()).flatten();
                if as_printed && rate.low() != Ratio::ONE {
                    let unit = pack.units.iter().find(|name| name.unit == offer.unit);
                    let unit = unit.map(|name| format!(", from {}", name.label)).unwrap_or_default();
                    judged.say("converted", format!("{amount} × {} = {high} {noun}{unit}.", rate.low()), source());
                } else if !as_printed {
                    judged.say("converted", format!("Counts as {high} {noun}."), source());
                }
            }
            None => judged.say("converted", format!("Counts as {high} {noun}."), source()),
        }
        let is_clear = rule.question.is_some() && !rule.points.is_some_and(Rate::is_open);
        match self.confirmed(rule, credit).filter(|_| is_clear) {
            None if is_clear => {
                judged.ask(Ask::Confirm(rule));
                judged.say("confirm", question(), source());
            }
            Some(Confirmed::No) => {
                let text = format!("Told “No”: how many {many} each printed unit gives is not known yet.");
                judged.ask(Ask::HowMuch(rule));
                judged.say("how_much", text, source());
            }
            _ => {}
        }
    }

    fn why_not_used(&self, rate: Rate, answer: Answered<'_>) -> String {
        let many = &self.pack().counts_in.many;
        format!(
            "Your answer “{}” is not used: each printed unit is worth {} to {} {many}. Answer with a number of them, or with what \
             all of it is worth, such as “5 {many}”; if {} says otherwise, change the rule and write down why.",
            answer.text(),
            rate.low(),
            rate.high(),
            self.pack().issuer.short
        )
    }
}
