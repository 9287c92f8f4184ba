//! NHA, from its published rules: ten of its credits in two years, two hours from elsewhere make one; and CPhT (NHA) with
//! twenty hours, one of law and one of safety.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::evaluation::Standing;
use domain::{Approver, Credit, IssuerTranscript, ProofRole, Record, Status, Unit};

use crate::comparison::{Answer, PACKS, compare};
use crate::dates::{earlier, later};
use crate::fraction::Frac;
use crate::random::{Dice, paper, plain_credit, record_for};
use crate::readings::{Outcome, has_certificate, hours, outcomes, taken_together};

const PHARMACY: &str = "cpht-nha";

#[derive(Debug, Clone, Copy)]
struct Worth {
    amount: Frac,
    law: bool,
    safety: bool,
}

fn is_from(credit: &Credit, body: &str) -> bool {
    credit.approver.as_ref().is_some_and(|approver| approver.is(body))
}

fn is_pharmacy(record: &Record) -> bool {
    record.credentials[0].pack == PHARMACY
}

/// NHA credits, or hours for pharmacy, where two hours show as one credit.
fn amounts(credit: &Credit, pharmacy: bool) -> Vec<Frac> {
    let printed = Frac::printed(credit.amount.unwrap());
    let half = Frac::of(1, 2);
    match (credit.unit.unwrap(), pharmacy) {
        (Unit::IssuerCredit, true) => vec![printed * Frac::whole(2)],
        (Unit::IssuerCredit, false) => vec![printed],
        (_, true) => hours(credit),
        // NHA's own library counts as it prints.
        (_, false) if is_from(credit, "nha") => hours(credit),
        (_, false) if is_from(credit, Approver::UNSURE) => {
            hours(credit).into_iter().flat_map(|hours| [hours, hours * half]).collect()
        }
        (_, false) => hours(credit).into_iter().map(|hours| hours * half).collect(),
    }
}

/// The days that may count: of what was earned before an early renewal's old expiry, or after this one, NHA says nothing.
fn windows(record: &Record, on: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
    let credential = &record.credentials[0];
    let expires_on = credential.expires_on.unwrap();
    let begins = earlier(expires_on, 24);
    let firsts = match (credential.recertified_on, credential.certified_on) {
        (Some(renewed), _) => vec![begins, renewed],
        (None, Some(certified)) => vec![certified],
        (None, None) => vec![begins],
    };
    firsts.into_iter().flat_map(|first| [(first, expires_on.min(on)), (first, on)]).collect()
}

fn worths(credit: &Credit, pharmacy: bool, window: (NaiveDate, NaiveDate)) -> Vec<Option<Worth>> {
    let day = credit.completed_on.unwrap();
    if credit.status != Status::Completed || day < window.0 || day > window.1 {
        return vec![None];
    }
    let has = |tag: &str| credit.tags.iter().any(|own| own == tag);
    let worth = |amount| Some(Worth { amount, law: has("law"), safety: has("safety") });
    amounts(credit, pharmacy).into_iter().map(worth).collect()
}

fn all_outcomes(record: &Record, on: NaiveDate, of: fn(&Credit) -> bool) -> BTreeSet<Outcome> {
    let pharmacy = is_pharmacy(record);
    let credits: Vec<&Credit> = record.credits.iter().filter(|credit| of(credit)).collect();
    let judged = |worths: &[Worth]| {
        let sum = |meant: fn(&Worth) -> bool| -> Frac {
            worths.iter().filter(|worth| meant(worth)).map(|worth| worth.amount).sum()
        };
        let total = sum(|_| true);
        let has_topics = sum(|worth| worth.law) >= Frac::ONE && sum(|worth| worth.safety) >= Frac::ONE;
        let passes = if pharmacy { total >= Frac::whole(20) && has_topics } else { total >= Frac::whole(10) };
        (passes, total)
    };
    let expires_on = record.credentials[0].expires_on.unwrap();
    let open: &[bool] = match on {
        on if on <= expires_on => &[true],
        // For how long the others may come back is not said.
        _ if !pharmacy => &[true, false],
        on if on <= later(expires_on, 12) => &[true],
        _ => &[false],
    };
    let windows = windows(record, on);
    let all = windows.iter().flat_map(|window| outcomes(&credits, |credit| worths(credit, pharmacy, *window), judged));
    let with_open = |(passes, total): Outcome| open.iter().map(move |open| (passes && *open, total));
    all.flat_map(with_open).collect()
}

/// Nothing is sent of what NHA's library shows; of all else the certificate is.
fn is_proven(credit: &Credit) -> bool {
    credit.issuer_transcript == Some(IssuerTranscript::Posted) || has_certificate(credit)
}

fn answer(record: &Record, on: NaiveDate) -> Answer {
    let expires_on = record.credentials[0].expires_on.unwrap();
    let (verdict, counted) = taken_together(&all_outcomes(record, on, |_| true));
    let (with_proof, _) = taken_together(&all_outcomes(record, on, is_proven));
    let standing = match on {
        on if on <= expires_on => Some(Standing::Current),
        _ if !is_pharmacy(record) => None,
        on if on <= later(expires_on, 12) => Some(Standing::Late),
        _ => Some(Standing::Lapsed),
    };
    Answer { verdict, with_proof, standing, expires_on, late_until: None, next_expiry: None, counted }
}

fn random(dice: &mut Dice, pack: &str) -> (Record, NaiveDate) {
    let mut record = record_for(pack);
    let expires_on = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap() + Days::new(dice.below(1800));
    let begins = earlier(expires_on, 24);
    let credential = &mut record.credentials[0];
    credential.expires_on = Some(expires_on);
    match dice.below(4) {
        0 => {}
        1 => {
            credential.certified_on = Some(earlier(begins, 24));
            credential.recertified_on = Some(begins - Days::new(1 + dice.below(60)));
        }
        _ => credential.certified_on = Some(begins),
    }
    let on = match dice.below(8) {
        0 => dice.day(expires_on + Days::new(1), later(expires_on, 12) - Days::new(1)),
        1 => dice.pick(&[expires_on, later(expires_on, 12) + Days::new(3)]),
        _ => dice.day(expires_on - Days::new(300), expires_on),
    };
    let is_renewed = record.credentials[0].recertified_on.is_some();
    let most = if pack == PHARMACY { 7 } else { 5 };
    for number in 0..usize::try_from(dice.below(9)).unwrap() {
        let day = match dice.below(10) {
            0 if is_renewed => dice.day(begins - Days::new(70), begins - Days::new(1)),
            0 => dice.pick(&[begins - Days::new(1), begins, begins + Days::new(1)]),
            1 => dice.day(expires_on.min(on), on),
            _ => dice.day(begins + Days::new(1), expires_on.min(on)),
        };
        // Without her history nobody knows whether its first day is that of an early renewal.
        if record.credentials[0].certified_on.is_none() && day <= begins {
            continue;
        }
        let mut credit = plain_credit(number, day);
        credit.unit = Some(dice.pick(&[Unit::ContactHour, Unit::ContactHour, Unit::ClockHour]));
        credit.amount = Some(dice.amount(most));
        match dice.below(8) {
            0 => {
                credit.unit = Some(Unit::Ceu);
                credit.amount = Some(dice.pick(&["0.1", "0.5", "1", "1.25"]).parse().unwrap());
            }
            1 => {
                credit.unit = Some(Unit::IacetCeu);
                credit.amount = Some(dice.pick(&["0.1", "0.3", "1"]).parse().unwrap());
            }
            2 | 3 => {
                credit.unit = Some(Unit::IssuerCredit);
                credit.approver = Some(Approver::new("nha"));
                credit.amount = Some(dice.amount(4));
            }
            _ => {}
        }
        if matches!(credit.unit, Some(Unit::ContactHour | Unit::ClockHour)) {
            credit.approver =
                dice.pick(&[None, None, None, Some("nha"), Some("ancc"), Some("unsure")]).map(Approver::new);
        }
        credit.tags.extend(dice.pick(&[None, None, Some("law"), Some("safety")]).map(str::to_owned));
        // Where it is not known whether it is of the library, nor is it what must be sent.
        if is_from(&credit, "nha") {
            credit.issuer_transcript = Some(IssuerTranscript::Posted);
        } else if is_from(&credit, Approver::UNSURE) || !dice.one_in(4) {
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

fn of_the_others(dice: &mut Dice) -> (Record, NaiveDate) {
    let is_other = |pack: &&str| pack.ends_with("-nha") && *pack != PHARMACY;
    let others: Vec<&str> = PACKS.iter().map(|pack| pack.id.as_str()).filter(is_other).collect();
    let pack = dice.pick(&others);
    random(dice, pack)
}

#[test]
fn the_credentials_of_nha_are_judged_as_by_trying_every_reading() {
    compare(of_the_others, answer, 0);
}

#[test]
fn cpht_nha_is_judged_as_by_trying_every_reading() {
    compare(|dice| random(dice, PHARMACY), answer, 0);
}
