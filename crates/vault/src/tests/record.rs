//! The whole record, in and out.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::record::{Answer, Override, Period, PeriodState, Pin};
use domain::{
    Amount, Approver, Award, Credential, Credit, Fact, FactKind, Holder, IssuerTranscript, Kind, ProofRef, ProofRole,
    Record, Session, Status, Unit,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::{Desk, add, credential, credit, holder, now};
use crate::{Error, Op, Vault};

fn import(vault: &mut Vault, record: &Record) -> Result<(), Error> {
    vault.transact(Op::Import, now(), |change| change.import(record))
}

fn operations(vault: &Vault) -> usize {
    crate::rows::collect(&vault.connection, "SELECT id FROM operation", &[], |_| Ok(())).unwrap().len()
}

fn sample() -> Record {
    let mut record = Record::new(holder("Maria Delgado"));
    record.credentials.push(credential("cma"));
    record.credits.extend([credit("c1"), credit("c7")]);
    record
}

#[test]
fn importing_the_same_record_twice_changes_nothing_the_second_time() {
    let desk = Desk::new();
    let mut vault = desk.create();
    import(&mut vault, &sample()).unwrap();
    let before = operations(&vault);
    import(&mut vault, &sample()).unwrap();
    assert_eq!(vault.record().unwrap(), sample());
    assert_eq!(operations(&vault), before);
}

#[test]
fn an_id_that_stands_for_something_else_is_refused_by_name_and_nothing_is_taken() {
    let mut other = sample();
    other.credits.insert(0, credit("c5"));
    other.credits[2].amount = "2".parse().ok(); // equal in value, not as printed
    let desk = Desk::new();
    let mut vault = desk.create();
    import(&mut vault, &sample()).unwrap();
    assert_eq!(import(&mut vault, &other), Err(Error::Conflict { what: "credit", id: "c7".into() }));
    assert_eq!(vault.record().unwrap(), sample());

    let mut other = sample();
    other.credentials[0].expires_on = "2026-03-31".parse().ok();
    assert_eq!(import(&mut vault, &other), Err(Error::Conflict { what: "credential", id: "cma".into() }));
    let stranger = Record { holder: holder("Somebody Else"), ..sample() };
    assert_eq!(import(&mut vault, &stranger), Err(Error::Conflict { what: "holder", id: "Maria Delgado".into() }));
}

#[test]
fn a_removed_credit_comes_back_with_its_record_but_is_not_overwritten_by_another() {
    let desk = Desk::new();
    let mut vault = desk.create();
    import(&mut vault, &sample()).unwrap();
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c1")).unwrap();
    let mut other = sample();
    other.credits[0].title = "Another".into();
    assert_eq!(import(&mut vault, &other), Err(Error::Conflict { what: "credit", id: "c1".into() }));
    import(&mut vault, &sample()).unwrap();
    assert_eq!(vault.record().unwrap(), sample());
}

#[test]
fn an_import_adds_to_what_is_here() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c9"));
    import(&mut vault, &sample()).unwrap();
    let record = vault.record().unwrap();
    let ids: Vec<_> = record.credits.iter().map(|credit| &*credit.id).collect();
    assert_eq!(ids, ["c9", "c1", "c7"]);
}

#[test]
fn a_faulty_record_is_refused_with_the_place_of_the_fault() {
    let mut faulty = sample();
    faulty.credits[1].amount = None;
    let desk = Desk::new();
    let error = import(&mut desk.create(), &faulty).unwrap_err();
    assert!(error.to_string().contains("credits[1].amount"), "{error}");
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["(?s).{0,12}", any::<String>()]
}

fn day_of(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + Days::new(number)
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0_u64..100_000).prop_map(day_of)
}

fn amount() -> impl Strategy<Value = Amount> {
    "(0|[1-9][0-9]{0,3})(\\.[0-9]{1,4})?".prop_map(|text| text.parse().unwrap())
}

fn proofs() -> impl Strategy<Value = Vec<ProofRef>> {
    let roles = vec![ProofRole::Certificate, ProofRole::CourseDescription, ProofRole::CardBack, ProofRole::Other];
    let name = text().prop_map(|name| name.replace(['/', '\0'], "-").trim_matches('.').to_owned());
    let proof = ("[0-9a-f]{64}", name, select(roles));
    vec(proof.prop_map(|(sha256, name, role)| ProofRef { sha256, name, role }), 0..3)
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(text(), inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

prop_compose! {
    /// Parts in ten-thousandths that add up to the amount, or an amount without parts.
    fn split()(parts in btree_map(text(), 1_i64..90_000, 0..4), plain in amount()) -> (Amount, BTreeMap<String, Amount>) {
        let decimal = |n: i64| format!("{}.{:04}", n / 10_000, n % 10_000).parse::<Amount>().unwrap();
        let sum = parts.values().sum();
        let amount = if parts.is_empty() { plain } else { decimal(sum) };
        (amount, parts.into_iter().map(|(category, part)| (category, decimal(part))).collect())
    }
}

fn award() -> impl Strategy<Value = Award> {
    (amount(), option::of(text()), option::of(text())).prop_map(|(amount, approver, number)| Award {
        amount,
        unit: Unit::CmeCredit,
        approver: approver.map(Approver::new),
        number,
    })
}

fn session() -> impl Strategy<Value = Session> {
    (text(), amount(), option::of(text()), option::of(date())).prop_map(|(title, amount, category, on)| Session {
        title,
        amount,
        category,
        on,
    })
}

/// The first sessions that together are no more than the certificate, on no later day.
fn within(amount: Amount, completed: NaiveDate, sessions: Vec<Session>) -> Vec<Session> {
    let mut left = amount.ten_thousandths();
    let fits = |session: &Session| {
        left -= session.amount.ten_thousandths();
        left >= 0 && session.on.is_none_or(|on| on <= completed)
    };
    sessions.into_iter().take_while(fits).collect()
}

prop_compose! {
    fn a_credit(draft: bool)(
        (amount, split) in split(),
        texts in vec(option::of(text()), 8),
        dates in vec(date(), 3),
        given in vec(any::<bool>(), 5),
        kind in select(vec![Kind::Course, Kind::CprCard, Kind::InService, Kind::OpeningBalance]),
        unit in select(vec![Unit::AamaCeu, Unit::ContactHour, Unit::Point]),
        awards in vec(award(), 0..3),
        sessions in vec(session(), 0..3),
        (minutes, formal_credit) in (option::of(any::<u32>()), option::of(any::<bool>())),
        posted in option::of(select(vec![IssuerTranscript::Posted, IssuerTranscript::Missing])),
        tags in vec(text(), 0..3),
        proofs in proofs(),
    ) -> Credit {
        let text = |n: usize| texts[n].clone();
        let some = |n: usize| given[n] || !draft;
        Credit {
            title: if draft { text(0).unwrap_or_default() } else { format!("T{}", text(0).unwrap_or_default()) },
            provider: text(1),
            provider_number: text(2),
            kind,
            started_on: given[0].then_some(dates[0].min(dates[1])),
            completed_on: some(1).then_some(dates[0].max(dates[1])),
            expires_on: given[2].then_some(dates[2]),
            amount: some(3).then_some(amount),
            unit: some(4).then_some(unit),
            approver: text(3).map(Approver::new),
            awards,
            splits: BTreeMap::from([("rma-amt".to_owned(), split.clone())]),
            split,
            sessions: within(amount, dates[0].max(dates[1]), sessions),
            minutes,
            format: text(4),
            formal_credit,
            issuer_transcript: posted,
            tags,
            status: if draft { Status::Draft } else { Status::Planned },
            description: text(5),
            relevance: text(6),
            name_on_certificate: text(7),
            proofs,
            ..Credit::empty("")
        }
    }
}

prop_compose! {
    fn a_credential()(pack in text(), dates in vec(date(), 3), reason in option::of(text()), later in any::<[bool; 2]>(),
        version in option::of(text())) -> Credential {
        let mut dates = dates;
        dates.sort();
        Credential {
            id: String::new(),
            pack,
            certified_on: Some(dates[0]),
            recertified_on: later[0].then_some(dates[1]),
            expires_on: later[1].then_some(dates[2]),
            expires_reason: reason,
            periods: vec![Period {
                from: dates[0], to: dates[1], renewed_on: later[0].then_some(dates[2]), pack_version: version,
                state: PeriodState::Renewed,
            }],
        }
    }
}

prop_compose! {
    fn a_fact()(title in option::of(text()), dates in vec(option::of(date()), 2), amount in option::of(amount()),
        tag in option::of(text()), credential in option::of(text()), proofs in proofs()) -> Fact {
        Fact { id: String::new(), kind: FactKind::WorkHours, title, issued_on: dates[0], expires_on: dates[1], amount,
            tag, credential, proofs }
    }
}

prop_compose! {
    fn a_holder()(name in text(), former_names in vec(text(), 0..3), address in vec(text(), 0..3), born_on in option::of((0_u64..50_000).prop_map(day_of)),
        issuer_ids in btree_map(text(), text(), 0..3), documents in proofs()) -> Holder {
        Holder { name: format!("M{name}"), former_names, address, born_on, issuer_ids, documents }
    }
}

prop_compose! {
    fn a_record()(
        holder in a_holder(),
        mut credentials in vec(a_credential(), 0..3),
        mut credits in vec(any::<bool>().prop_flat_map(a_credit), 0..5),
        mut facts in vec(a_fact(), 0..3),
        ids in vec("[^\\u{0}]{1,12}", 11),
        pins in vec((text(), text(), any::<bool>(), option::of(text())), 0..3),
        answers in vec((text(), option::of(text()), vec(text(), 0..3), text(), date(), option::of(text())), 0..3),
        overrides in vec((text(), text(), value(), text(), date()), 0..3),
        packs in vec(value(), 0..3),
    ) -> Record {
        // Unique by their ending, awkward by their beginning.
        let id = |number: usize| format!("{}{number}", ids[number]);
        for (number, credential) in credentials.iter_mut().enumerate() { credential.id = id(number); }
        for (number, credit) in credits.iter_mut().enumerate() { credit.id = id(3 + number).into(); }
        for (number, fact) in facts.iter_mut().enumerate() { fact.id = id(8 + number); }
        Record {
            credentials, credits, facts, packs,
            pins: pins.into_iter().map(|(credential, credit, counted, category)| Pin { credential, credit, counted, category }).collect(),
            answers: answers.into_iter().map(|(question, credential, credits, answer, answered_on, note)|
                Answer { question, credential, credits, answer, answered_on, note }).collect(),
            overrides: overrides.into_iter().map(|(pack, path, value, reason, on)| Override { pack, path, value, reason, on }).collect(),
            ..Record::new(holder)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_record_comes_out_of_the_vault_as_it_went_in(record in a_record()) {
        prop_assert_eq!(record.fault(), None);
        let desk = Desk::new();
        let mut vault = desk.create();
        import(&mut vault, &record).unwrap();
        drop(vault);
        let vault = desk.open();
        // As JSON: equality in the domain is by value, and 2.0 must not become 2.
        let exported = vault.record().unwrap().to_json();
        prop_assert_eq!(&exported, &record.to_json());
        prop_assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, vec![]);

        let other_desk = Desk::new();
        let mut fresh = other_desk.create();
        import(&mut fresh, &Record::from_json(&exported).unwrap()).unwrap();
        prop_assert_eq!(fresh.record().unwrap().to_json(), exported);
    }
}
