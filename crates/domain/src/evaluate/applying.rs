//! The ways of applying: which are open, and when an answer could be there.
//!
//! Only a rule closes a way: a last day, or what has to stand on the issuer's transcript. How long an answer takes closes
//! nothing. It is told what it means for the day on which the credential expires.

use chrono::NaiveDate;

use crate::date::{long, plus_days};
use crate::evaluation::{Basis, Message, Standing, Way};
use crate::pack::{ApplyRule, Takes};
use crate::period::Term;
use crate::words::renewing;

/// How many of the activities that count do not stand on the issuer's own transcript.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Unposted {
    /// Approved by others, so that they never will.
    pub others: usize,
    /// The issuer's own.
    pub waiting: usize,
}

/// Every way of applying, in the pack's order.
pub(super) fn ways(term: &Term<'_>, unposted: Unposted) -> Vec<Way> {
    if term.standing == Standing::Unknown {
        return Vec::new();
    }
    let rules = term.pack.apply.iter().filter(|rule| term.holds(&rule.when));
    rules.map(|rule| way(rule, term, unposted)).collect()
}

fn way(rule: &ApplyRule, term: &Term<'_>, unposted: Unposted) -> Way {
    let moment = |moment: &crate::pack::Moment| term.safe().moment(moment);
    let closes = rule.closes.as_ref().and_then(moment);
    // Once the credential has expired, what is left is the time of late renewal.
    let last = match term.standing {
        Standing::Current | Standing::Unknown => term.dates.to,
        Standing::Late | Standing::Lapsed => term.late_until.map_or(term.dates.to, |(safe, _)| safe),
    };
    let last = closes.map_or(last, |closes| closes.min(last));
    let asked_for = rule.by.as_ref().and_then(moment);
    let in_time = rule.takes.as_ref().filter(|_| term.standing == Standing::Current).map(|takes| takes.before(last));
    let by = asked_for.or(in_time).unwrap_or(last);
    let answer_by = rule.takes.as_ref().map(|takes| takes.after(term.on));
    let barred = barred(rule, term, closes, unposted);
    Way {
        way: rule.way.clone(),
        label: rule.label.clone(),
        opens_on: rule.opens.as_ref().and_then(moment),
        by,
        by_basis: if asked_for.or(closes) == Some(by) { rule.basis } else { rule.basis.max(Basis::Inference) },
        outlook: rule.takes.as_ref().filter(|_| barred.is_none()).map(|takes| outlook(takes, term)),
        barred,
        answer_by,
        in_time: answer_by.map(|day| day <= term.dates.to),
        afterwards: rule.afterwards.clone(),
        source: term.pack.source(&rule.source),
    }
}

/// The rule that closes a way on the day asked about.
fn barred(rule: &ApplyRule, term: &Term<'_>, closes: Option<NaiveDate>, unposted: Unposted) -> Option<Message> {
    let issuer = &term.pack.issuer.short;
    let passed = closes.filter(|closes| *closes < term.on);
    if let (Standing::Lapsed, Some((_, latest))) = (term.standing, term.late_until) {
        let text = format!("{} closed on {}.", renewing(term.pack), long(latest));
        return Some(message("renewal_closed", [("on", latest.to_string())], text));
    }
    if let Some(day) = passed {
        return Some(message("closed", [("on", day.to_string())], format!("This way closed on {}.", long(day))));
    }
    let number = |number: usize| [("issuer", issuer.clone()), ("number", number.to_string())];
    match unposted {
        _ if !rule.needs_posted => None,
        Unposted { others: 0, waiting: 0 } => None,
        Unposted { others: 0, waiting: 1 } => {
            Some(message("not_posted", number(1), format!("One activity is not on your {issuer} transcript yet.")))
        }
        Unposted { others: 0, waiting } => {
            let text = format!("{waiting} activities are not on your {issuer} transcript yet.");
            Some(message("not_posted", number(waiting), text))
        }
        Unposted { others, .. } => {
            let text = format!("Some of what counts was not approved by {issuer} and needs papers.");
            Some(message("needs_papers", number(others), text))
        }
    }
}

/// What it means to send it on the day asked about.
fn outlook(takes: &Takes, term: &Term<'_>) -> Message {
    let (issuer, name) = (&term.pack.issuer.short, &term.pack.name);
    let (expires, answer) = (term.dates.to, takes.after(term.on));
    let args = [("answer", answer.to_string()), ("expires", expires.to_string()), ("issuer", issuer.clone())];
    let comes = format!("Sent on {}, an answer can take until {}", long(term.on), long(answer));
    if term.standing != Standing::Current {
        let text = format!("{comes}. Until {issuer} has renewed it, your {name} is not current.");
        message("answer_late", args, text)
    } else if answer <= expires {
        message("answer_in_time", args, format!("{comes}, before your {name} expires."))
    } else {
        let first = long(plus_days(expires, 1));
        let text = format!("{comes}. From {first} until {issuer} has renewed it, your {name} would not be current.");
        message("answer_after_expiry", args, text)
    }
}

fn message<const N: usize>(code: &'static str, args: [(&'static str, String); N], text: String) -> Message {
    Message { code, args: args.into(), text }
}
