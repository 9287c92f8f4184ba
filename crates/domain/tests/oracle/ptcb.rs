//! CPhT (PTCB), from its published rules: 20 hours in a cycle of two years, 15 for technicians, at most 5 for pharmacists,
//! an hour of law, two where she comes back late, and one of patient safety.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::evaluation::Standing;
use domain::{Approver, Credit, IssuerTranscript, Kind, ProofRole, Record, Status, Unit};

use crate::comparison::{Answer, compare};
use crate::dates::{earlier, later, month_end};
use crate::fraction::Frac;
use crate::random::{Dice, paper, plain_credit, record_for};
use crate::readings::{Outcome, has_certificate, hours, outcomes, taken_together};

#[derive(Debug, Clone, Copy)]
struct Worth {
    hours: Frac,
    /// For technicians; otherwise for pharmacists.
    for_technicians: bool,
    law: bool,
    safety: bool,
}

/// What the last letters of an ACPE number say: topic and audience, as in `0123-0000-24-001-L03-T`.
fn is_numbered(credit: &Credit, topic: &str, audience: &str) -> bool {
    let is = |number: &String| {
        let mut parts = number.rsplit('-');
        let (last, before) = (parts.next().unwrap(), parts.next().unwrap());
        (audience.is_empty() || last == audience) && before.ends_with(topic)
    };
    credit.provider_number.as_ref().is_some_and(is)
}

fn has_tag(credit: &Credit, tag: &str) -> bool {
    credit.tags.iter().any(|own| own == tag)
}

/// For whom it was: told by number or holder, or open.
fn audiences(credit: &Credit) -> Vec<bool> {
    if has_tag(credit, "t") || is_numbered(credit, "", "T") {
        vec![true]
    } else if has_tag(credit, "p") || is_numbered(credit, "", "P") {
        vec![false]
    } else {
        vec![true, false]
    }
}

/// What a credit may be worth, in a cycle that began on one day, with or without what was earned after its end.
fn worths(credit: &Credit, began: NaiveDate, expiry: NaiveDate, on: NaiveDate, after: bool) -> Vec<Option<Worth>> {
    let day = credit.completed_on.unwrap();
    let last = if after { on } else { expiry.min(on) };
    // Training by the employer has counted for nothing since 2018.
    if credit.status != Status::Completed || credit.kind == Kind::InService || day < began || day > last {
        return vec![None];
    }
    let law = has_tag(credit, "law") || is_numbered(credit, "03", "");
    let safety = has_tag(credit, "safety") || is_numbered(credit, "05", "");
    let worth = |hours| move |for_technicians| Some(Worth { hours, for_technicians, law, safety });
    hours(credit).into_iter().flat_map(|hours| audiences(credit).into_iter().map(worth(hours))).collect()
}

/// Hours for technicians all count, those for pharmacists up to five, of which parts may count: of 14 and 6 hours 19 do.
fn judged(worths: &[Worth], law_needed: Frac) -> Outcome {
    let sum = |for_technicians: bool, meant: fn(&Worth) -> bool| -> Frac {
        let of = worths.iter().filter(|worth| worth.for_technicians == for_technicians && meant(worth));
        of.map(|worth| worth.hours).sum()
    };
    let five = Frac::whole(5);
    let lacks = |needed: Frac, topic: fn(&Worth) -> bool| (needed - sum(true, topic)).max(Frac::ZERO);
    let (law, safety) = (lacks(law_needed, |worth| worth.law), lacks(Frac::ONE, |worth| worth.safety));
    // No activity here is about both law and safety, so what either lacks takes its own share of the five.
    let has_topics = law <= sum(false, |worth| worth.law) && safety <= sum(false, |worth| worth.safety);
    let total = sum(true, |_| true) + sum(false, |_| true).min(five);
    let passes =
        sum(true, |_| true) >= Frac::whole(15) && has_topics && law + safety <= five && total >= Frac::whole(20);
    (passes, total)
}

/// When the cycle may have begun: when the last renewal was approved.
fn beginnings(record: &Record) -> Vec<NaiveDate> {
    let credential = &record.credentials[0];
    let two_years_back = earlier(credential.expires_on.unwrap(), 24);
    match credential.recertified_on.or(credential.certified_on) {
        Some(day) => vec![day],
        // An application is taken from 60 days before.
        None => vec![two_years_back - Days::new(60), two_years_back],
    }
}

fn all_outcomes(record: &Record, on: NaiveDate, of: fn(&Credit) -> bool) -> BTreeSet<Outcome> {
    let expiry = record.credentials[0].expires_on.unwrap();
    let credits: Vec<&Credit> = record.credits.iter().filter(|credit| of(credit)).collect();
    let law_needed = if on > expiry { Frac::whole(2) } else { Frac::ONE };
    let is_open = on <= later(expiry, 12);
    let mut all = BTreeSet::new();
    for began in beginnings(record) {
        for after in [true, false] {
            let worths = |credit: &Credit| worths(credit, began, expiry, on, after);
            all.extend(outcomes(&credits, worths, |worths| judged(worths, law_needed)));
        }
    }
    all.into_iter().map(|(passes, total)| (passes && is_open, total)).collect()
}

/// Nothing is sent of what CPE Monitor shows; of all else the certificate is.
fn is_proven(credit: &Credit) -> bool {
    credit.issuer_transcript == Some(IssuerTranscript::Posted) || has_certificate(credit)
}

fn answer(record: &Record, on: NaiveDate) -> Answer {
    let expires_on = record.credentials[0].expires_on.unwrap();
    let (verdict, counted) = taken_together(&all_outcomes(record, on, |_| true));
    let (with_proof, _) = taken_together(&all_outcomes(record, on, is_proven));
    let last = later(expires_on, 12);
    let standing = match on {
        on if on <= expires_on => Standing::Current,
        on if on <= last => Standing::Late,
        _ => Standing::Lapsed,
    };
    let late_until = Some((last, last));
    Answer { verdict, with_proof, standing: Some(standing), expires_on, late_until, next_expiry: None, counted }
}

fn random(dice: &mut Dice) -> (Record, NaiveDate) {
    let mut record = record_for("cpht-ptcb");
    let expires_on = month_end(NaiveDate::from_ymd_opt(2023, 1, 1).unwrap() + Days::new(dice.below(1800)));
    let two_years_back = earlier(expires_on, 24);
    let credential = &mut record.credentials[0];
    credential.expires_on = Some(expires_on);
    match dice.below(4) {
        0 => {}
        1 => credential.certified_on = Some(two_years_back - Days::new(dice.below(28))),
        _ => {
            credential.certified_on = Some(earlier(two_years_back, 48));
            credential.recertified_on = Some(two_years_back - Days::new(dice.below(60)));
        }
    }
    let on = match dice.below(6) {
        0 => dice.day(expires_on + Days::new(1), later(expires_on, 12)),
        1 => dice.pick(&[expires_on, later(expires_on, 12) + Days::new(3)]),
        _ => dice.day(expires_on - Days::new(90), expires_on),
    };
    for number in 0..usize::try_from(dice.below(9)).unwrap() {
        let day = match dice.below(10) {
            0 => dice.day(two_years_back - Days::new(75), two_years_back),
            1 => dice.day(expires_on.min(on), on),
            _ => dice.day(two_years_back + Days::new(1), expires_on.min(on)),
        };
        // Whether the day of approval itself counts is not said.
        if record.credentials[0].recertified_on == Some(day) {
            continue;
        }
        let mut credit = plain_credit(number, day);
        credit.unit = Some(dice.pick(&[Unit::ContactHour, Unit::ContactHour, Unit::ClockHour]));
        credit.amount = Some(dice.amount(8));
        match dice.below(12) {
            0 => {
                credit.unit = Some(Unit::Ceu);
                credit.amount = Some(dice.pick(&["0.1", "0.5", "1", "1.25"]).parse().unwrap());
            }
            1 => {
                credit.unit = Some(Unit::IacetCeu);
                credit.amount = Some(dice.pick(&["0.1", "0.3", "1"]).parse().unwrap());
            }
            2 => credit.kind = Kind::InService,
            _ => {}
        }
        let topic = dice.pick(&["01", "03", "05", "04"]);
        let audience = dice.pick(&["T", "T", "T", "P"]);
        if dice.one_in(2) && credit.kind == Kind::Course {
            credit.provider_number = Some(format!("0123-0000-24-00{number}-L{topic}-{audience}"));
            credit.approver = Some(Approver::new("acpe")).filter(|_| dice.one_in(2));
        } else {
            let tags = [("03", "law"), ("05", "safety")].into_iter().filter(|(number, _)| *number == topic);
            credit.tags.extend(tags.map(|(_, tag)| tag.to_owned()));
            if !dice.one_in(6) {
                credit.tags.push(audience.to_lowercase());
            }
        }
        if credit.provider_number.is_some() {
            credit.issuer_transcript = Some(IssuerTranscript::Posted);
        } else if !dice.one_in(4) {
            credit.proofs = vec![paper(ProofRole::Certificate)];
        }
        if let Some(before) = record.credits.last().filter(|_| dice.one_in(14)) {
            credit.title.clone_from(&before.title);
            credit.provider.clone_from(&before.provider);
        }
        record.credits.push(credit);
    }
    (record, on)
}

#[test]
fn cpht_ptcb_is_judged_as_by_trying_every_reading() {
    compare(random, answer, 3);
}
