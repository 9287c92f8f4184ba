//! CCMA-A, -C and -AC (CCBMA, California), from its published rules: 60 credits of the five years before the application by
//! category, a current CPR card, and proof of training in HIPAA and in cultural competency.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::evaluation::Standing;
use domain::{Approver, Credit, Fact, FactKind, ProofRole, Record, Status, Unit};

use crate::comparison::{Answer, compare};
use crate::dates::{earlier, later};
use crate::fraction::Frac;
use crate::random::{Dice, paper, plain_credit, record_for};
use crate::readings::{Outcome, every_set, has_certificate, hours, outcomes, taken_together};

const CATEGORIES: [&str; 3] = ["basic", "administrative", "clinical"];

/// What each category demands.
fn demands(record: &Record) -> [Frac; 3] {
    let fifteen = |is_demanded: bool| Frac::whole(if is_demanded { 15 } else { 0 });
    match record.credentials[0].pack.as_str() {
        "ccma-a-ccbma" => [Frac::whole(30), fifteen(true), fifteen(false)],
        "ccma-c-ccbma" => [Frac::whole(30), fifteen(false), fifteen(true)],
        "ccma-ac-ccbma" => [Frac::whole(30), fifteen(true), fifteen(true)],
        other => panic!("{other} is not CCBMA's"),
    }
}

#[derive(Debug, Clone)]
struct Worth {
    known: [Frac; 3],
    /// In any category, in shares.
    any: Frac,
    topics: Vec<String>,
}

fn worths(credit: &Credit, on: NaiveDate) -> Vec<Option<Worth>> {
    let day = credit.completed_on.unwrap();
    if credit.status != Status::Completed || day < earlier(on, 60) || day > on {
        return vec![None];
    }
    let printed = Frac::printed(credit.amount.unwrap());
    // CCBMA calls its own credits CEUs.
    let is_own = credit.approver.as_ref().is_some_and(|approver| approver.is("ccbma"));
    let hours = if is_own { vec![printed] } else { hours(credit) };
    let topics = credit.tags.clone();
    let worth = |known, any| Some(Worth { known, any, topics: topics.clone() });
    let of_hours = |hours: Frac| {
        if credit.split.is_empty() {
            let all_in = |at: usize| std::array::from_fn(|own| if own == at { hours } else { Frac::ZERO });
            let mut worths: Vec<_> = (0..3).map(|at| worth(all_in(at), Frac::ZERO)).collect();
            worths.push(worth([Frac::ZERO; 3], hours));
            return worths;
        }
        let share = |name| credit.split.get(name).map_or(Frac::ZERO, |part| hours * Frac::printed(*part) / printed);
        // What lies outside a medical assistant's work earns nothing and shows nothing.
        let known = CATEGORIES.map(share);
        vec![worth(known, Frac::ZERO).filter(|_| known.iter().copied().sum::<Frac>() > Frac::ZERO)]
    };
    hours.into_iter().flat_map(of_hours).collect()
}

/// Whether facts show it, on each reading of what they leave out.
fn shown(record: &Record, on: NaiveDate, of: fn(&Fact) -> bool, kind: FactKind, tag: Option<&str>) -> BTreeSet<bool> {
    let meant = |fact: &&Fact| fact.kind == kind && (tag.is_none() || fact.tag.as_deref() == tag) && of(fact);
    let shows = |fact: &Fact| -> Vec<bool> {
        let has_begun = fact.issued_on.is_none_or(|day| day <= on);
        match fact.expires_on {
            Some(last) => vec![has_begun && on <= last],
            None if kind == FactKind::CprCard => vec![has_begun, false],
            None => vec![has_begun],
        }
    };
    let facts: Vec<Vec<bool>> = record.facts.iter().filter(meant).map(shows).collect();
    crate::readings::every_choice(&facts).into_iter().map(|reading| reading.contains(&true)).collect()
}

fn all_outcomes(
    record: &Record,
    on: NaiveDate,
    of: fn(&Credit) -> bool,
    of_facts: fn(&Fact) -> bool,
) -> BTreeSet<Outcome> {
    let credits: Vec<&Credit> = record.credits.iter().filter(|credit| of(credit)).collect();
    let demands = demands(record);
    let is_open = on <= later(record.credentials[0].expires_on.unwrap(), 12);
    let attested = |tag| shown(record, on, of_facts, FactKind::Attestation, Some(tag)).contains(&true);
    let (hipaa, cultural) = (attested("hipaa"), attested("cultural"));
    let mut all = BTreeSet::new();
    for has_card in shown(record, on, of_facts, FactKind::CprCard, None) {
        all.extend(outcomes(
            &credits,
            |credit| worths(credit, on),
            |worths: &[Worth]| {
                let sum = |of: &[usize]| -> Frac {
                    worths.iter().map(|worth| of.iter().map(|at| worth.known[*at]).sum::<Frac>() + worth.any).sum()
                };
                let total = sum(&[0, 1, 2]);
                let has_each = every_set(&[0, 1, 2]).iter().filter(|of| !of.is_empty()).all(|of| {
                    let needed: Frac = of.iter().map(|at| demands[*at]).sum();
                    sum(of) >= needed
                });
                let has_topic = |topic: &str| worths.iter().any(|worth| worth.topics.iter().any(|own| own == topic));
                let conditions = has_card && (hipaa || has_topic("hipaa")) && (cultural || has_topic("cultural"));
                (total >= Frac::whole(60) && has_each && conditions && is_open, total)
            },
        ));
    }
    all
}

fn answer(record: &Record, on: NaiveDate) -> Answer {
    let expires_on = record.credentials[0].expires_on.unwrap();
    let has_paper = |fact: &Fact| !fact.proofs.is_empty();
    let (verdict, counted) = taken_together(&all_outcomes(record, on, |_| true, |_| true));
    let (with_proof, _) = taken_together(&all_outcomes(record, on, has_certificate, has_paper));
    let last = later(expires_on, 12);
    let standing = match on {
        on if on <= expires_on => Standing::Current,
        on if on <= last => Standing::Late,
        _ => Standing::Lapsed,
    };
    let late_until = Some((last, last));
    Answer { verdict, with_proof, standing: Some(standing), expires_on, late_until, next_expiry: None, counted }
}

fn credit(dice: &mut Dice, number: usize, day: NaiveDate) -> Credit {
    let mut credit = plain_credit(number, day);
    credit.unit = Some(dice.pick(&[Unit::ContactHour, Unit::ContactHour, Unit::ClockHour]));
    credit.amount = Some(dice.amount(30));
    match dice.below(10) {
        0 => {
            credit.unit = Some(Unit::Ceu);
            credit.amount = Some(dice.pick(&["0.1", "0.5", "1", "2.5"]).parse().unwrap());
            credit.approver = dice.pick(&[None, Some("ccbma")]).map(Approver::new);
        }
        1 => {
            credit.unit = Some(Unit::IacetCeu);
            credit.amount = Some(dice.pick(&["0.1", "1", "2.4"]).parse().unwrap());
        }
        _ => {}
    }
    let amount = credit.amount.unwrap();
    let category = dice.pick(&["basic", "basic", "administrative", "clinical", "out_of_scope"]);
    if dice.one_in(5) && amount.ten_thousandths() % 20_000 == 0 {
        let half: domain::Amount = (amount.ten_thousandths() / 20_000).to_string().parse().unwrap();
        let other = dice.pick(&["clinical", "out_of_scope", "administrative"]);
        credit.split = [(category.to_owned(), half), (other.to_owned(), half)].into();
        if other == category {
            credit.split = [(category.to_owned(), amount)].into();
        }
    } else if !dice.one_in(10) {
        credit.split = [(category.to_owned(), amount)].into();
    }
    credit.tags.extend(dice.pick(&[None, None, Some("hipaa"), Some("cultural")]).map(str::to_owned));
    if !dice.one_in(5) {
        credit.proofs = vec![paper(ProofRole::Certificate)];
    }
    credit
}

fn fact(dice: &mut Dice, id: &str, kind: FactKind, tag: Option<&str>, on: NaiveDate) -> Fact {
    let role = if kind == FactKind::CprCard { ProofRole::CardBothSides } else { ProofRole::Letter };
    let issued_on = on - Days::new(dice.below(700));
    let last = dice.pick(&[later(issued_on, 24), on, on - Days::new(1), on + Days::new(200)]).max(issued_on);
    let is_card = kind == FactKind::CprCard;
    Fact {
        id: id.into(),
        kind,
        title: None,
        issued_on: Some(issued_on),
        expires_on: Some(last).filter(|_| is_card && !dice.one_in(6)),
        amount: None,
        tag: tag.map(str::to_owned),
        credential: None,
        proofs: if dice.one_in(5) { Vec::new() } else { vec![paper(role)] },
    }
}

fn random(dice: &mut Dice) -> (Record, NaiveDate) {
    let mut record = record_for(dice.pick(&["ccma-a-ccbma", "ccma-c-ccbma", "ccma-ac-ccbma"]));
    let expires_on = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap() + Days::new(dice.below(1800));
    let credential = &mut record.credentials[0];
    credential.expires_on = Some(expires_on);
    match dice.below(3) {
        0 => {}
        1 => credential.certified_on = Some(earlier(expires_on, 60)),
        _ => {
            credential.certified_on = Some(earlier(expires_on, 120));
            credential.recertified_on = Some(earlier(expires_on, 60));
        }
    }
    let on = match dice.below(6) {
        0 => dice.day(expires_on + Days::new(1), later(expires_on, 12)),
        1 => dice.pick(&[expires_on, later(expires_on, 12) + Days::new(1)]),
        _ => dice.day(earlier(expires_on, 6), expires_on),
    };
    for number in 0..usize::try_from(dice.below(9)).unwrap() {
        let first = earlier(on, 60);
        let day = match dice.below(10) {
            0 => dice.pick(&[first - Days::new(1), first + Days::new(1)]),
            1 => on + Days::new(1) - Days::new(dice.below(3)),
            _ => dice.day(first + Days::new(1), on),
        };
        let mut credit = credit(dice, number, day);
        if let Some(before) = record.credits.last().filter(|_| dice.one_in(14)) {
            credit.title.clone_from(&before.title);
            credit.provider.clone_from(&before.provider);
        }
        record.credits.push(credit);
    }
    if !dice.one_in(8) {
        record.facts.push(fact(dice, "f1", FactKind::CprCard, None, on));
    }
    for tag in ["hipaa", "cultural"] {
        if !dice.one_in(3) {
            record.facts.push(fact(dice, tag, FactKind::Attestation, Some(tag), on));
        }
    }
    (record, on)
}

#[test]
fn the_ccmas_of_ccbma_are_judged_as_by_trying_every_reading() {
    compare(random, answer, 1);
}
