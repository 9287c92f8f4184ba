//! CMA (AAMA) by its own examples, and what must hold for every record.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::evaluation::{Basis, CreditOutcome, Standing, Verdict};
use domain::{
    Amount, Approver, Credential, Credit, Evaluation, Holder, IssuerTranscript, Kind, Packs, Points, ProofRef,
    ProofRole, Record, Unit, evaluate,
};
use proptest::prelude::*;

static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::shipped().unwrap());

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn points(text: &str) -> Points {
    text.parse().unwrap()
}

fn credential(certified: &str) -> Credential {
    Credential {
        id: "cma".into(),
        pack: "cma-aama".into(),
        certified_on: Some(day(certified)),
        recertified_on: None,
        expires_on: None,
        expires_reason: None,
        periods: Vec::new(),
    }
}

fn credit(id: usize, unit: Unit, amount: &str, split: &[(&str, &str)]) -> Credit {
    Credit {
        title: format!("Activity {id}"),
        completed_on: Some(day("2024-03-04")),
        amount: Some(amount.parse().unwrap()),
        unit: Some(unit),
        approver: (unit == Unit::AamaCeu).then(|| Approver::new("aama")),
        split: split.iter().map(|(category, part)| ((*category).to_owned(), part.parse().unwrap())).collect(),
        ..Credit::empty(format!("c{id}"))
    }
}

/// One credit for each amount: administrative, clinical, general.
fn all(unit: Unit, amounts: [&str; 3]) -> Vec<Credit> {
    let categories = ["administrative", "clinical", "general"];
    let offset = if unit == Unit::AamaCeu { 0 } else { 10 };
    let filled = categories.into_iter().zip(amounts).enumerate().filter(|(_, (_, amount))| *amount != "0");
    filled.map(|(i, (category, amount))| credit(offset + i, unit, amount, &[(category, amount)])).collect()
}

fn record(certified: &str, credits: Vec<Credit>) -> Record {
    let mut record = Record::new(Holder { name: "Maria Delgado".into(), ..Holder::default() });
    record.credentials.push(credential(certified));
    record.credits = credits;
    record
}

fn judged(record: &Record, on: &str) -> Evaluation {
    assert_eq!(record.fault(), None, "the test's own record must be sound");
    evaluate(record, "cma", &PACKS, day(on)).unwrap()
}

fn line<'a>(evaluation: &'a Evaluation, id: &str) -> &'a domain::evaluation::Requirement {
    evaluation.requirements.iter().find(|requirement| requirement.id == id).unwrap()
}

fn outcome<'a>(evaluation: &'a Evaluation, id: &str) -> &'a CreditOutcome {
    evaluation.credits.iter().find(|credit| &*credit.id == id).unwrap()
}

#[test]
fn sixty_approved_points_over_all_categories_are_enough() {
    let evaluation = judged(&record("2021-03-17", all(Unit::AamaCeu, ["14", "30", "16"])), "2026-01-15");
    assert_eq!(evaluation.period.to, day("2026-03-31"));
    assert_eq!(evaluation.verdict, Verdict::Met);
    assert_eq!(line(&evaluation, "total").counted, points("60"));
    assert_eq!(evaluation.gap.points, Points::ZERO);
    assert_eq!(evaluation.gap.sentence, "You have everything AAMA asks for.");
    assert_eq!(evaluation.verdict_with_proof, Verdict::NotMet, "no certificate is on file");
}

#[test]
fn beyond_thirty_points_from_other_sources_only_approved_points_help() {
    let mut credits = all(Unit::AamaCeu, ["8", "10", "7"]);
    credits.extend(all(Unit::ContactHour, ["10", "20", "10"]));
    let evaluation = judged(&record("2021-03-17", credits), "2026-01-15");
    assert_eq!(evaluation.verdict, Verdict::NotMet);
    assert_eq!(line(&evaluation, "total").earned, points("65"));
    assert_eq!(line(&evaluation, "total").counted, points("55"));
    assert_eq!((evaluation.caps[0].earned, evaluation.caps[0].counted), (points("40"), points("30")));
    assert_eq!(evaluation.gap.points, points("5"));
    assert_eq!(evaluation.gap.at_least.len(), 1);
    assert_eq!(evaluation.gap.at_least[0].approver, "aama");
    assert_eq!(evaluation.gap.sentence, "You still need 5 AAMA-approved points.");
}

#[test]
fn places_under_the_cap_go_to_the_categories_that_need_them() {
    let mut credits = all(Unit::AamaCeu, ["2", "24", "6"]);
    credits.push(credit(20, Unit::SemesterCredit, "3", &[("administrative", "1.8"), ("general", "1.2")]));
    let evaluation = judged(&record("2021-03-17", credits), "2026-01-15");
    assert_eq!(evaluation.verdict, Verdict::Met);
    assert_eq!(line(&evaluation, "total").counted, points("62"));
    assert_eq!((outcome(&evaluation, "c20").earned, outcome(&evaluation, "c20").counted), (points("45"), points("30")));
    assert!(outcome(&evaluation, "c20").reasons.iter().any(|reason| reason.code == "capped"));
}

#[test]
fn a_missing_category_is_named_in_the_sentence() {
    let evaluation = judged(&record("2021-03-17", all(Unit::AamaCeu, ["8", "40", "20"])), "2026-01-15");
    assert_eq!(evaluation.gap.sentence, "You still need 2 administrative points; any source counts.");
    assert_eq!(evaluation.gap.at_least.len(), 1);
    assert_eq!(evaluation.gap.at_least[0].categories, ["administrative"]);
}

#[test]
fn three_cpr_cards_issued_in_the_period_earn_twelve_approved_clinical_points() {
    let cards = ["2021-03-02", "2023-02-27", "2025-02-20", "2025-11-15", "2026-04-28"];
    let credits = cards.iter().enumerate().map(|(i, issued)| Credit {
        kind: Kind::CprCard,
        completed_on: Some(day(issued)),
        ..credit(i, Unit::CprCard, "1", &[])
    });
    let mut record = record("2016-04-02", credits.collect());
    record.credentials[0].recertified_on = Some(day("2021-04-10"));
    let evaluation = judged(&record, "2026-04-30");
    assert_eq!(line(&evaluation, "clinical").counted, points("12"));
    assert_eq!(line(&evaluation, "aama_approved").counted, points("12"));
    assert_eq!(outcome(&evaluation, "c0").earned, Points::ZERO, "issued before the period");
}

#[test]
fn what_is_not_a_contact_hour_long_or_without_formal_credit_earns_nothing_from_other_sources() {
    let half = credit(1, Unit::ContactHour, "0.5", &[("general", "0.5")]);
    let approved_half = credit(2, Unit::AamaCeu, "0.5", &[("general", "0.5")]);
    let orientation = Credit {
        kind: Kind::InService,
        formal_credit: Some(false),
        ..credit(3, Unit::ClockHour, "8", &[("clinical", "8")])
    };
    let evaluation = judged(&record("2021-03-17", vec![half, approved_half, orientation]), "2026-01-15");
    assert_eq!(outcome(&evaluation, "c1").earned, Points::ZERO);
    assert_eq!(outcome(&evaluation, "c1").reasons[0].code, "too_small");
    assert_eq!(outcome(&evaluation, "c2").earned, points("0.5"));
    assert_eq!(outcome(&evaluation, "c3").earned, Points::ZERO);
    assert_eq!(outcome(&evaluation, "c3").reasons[0].code, "no_formal_credit");
}

#[test]
fn tenths_of_an_iacet_ceu_are_contact_hours_never_tenths_of_a_point() {
    let evaluation =
        judged(&record("2021-03-17", vec![credit(1, Unit::IacetCeu, "0.6", &[("general", "0.6")])]), "2026-01-15");
    assert_eq!(outcome(&evaluation, "c1").earned, points("6"));
    assert_eq!(outcome(&evaluation, "c1").split.to_vec(), [("general".into(), points("6"))]);
    assert_eq!(evaluation.basis, Basis::Inference, "AAMA does not say how it reads an IACET certificate");
}

#[test]
fn not_sure_about_approval_is_a_question_only_where_it_matters() {
    let mut credits = all(Unit::AamaCeu, ["10", "10", "9"]);
    credits.extend(all(Unit::ContactHour, ["10", "10", "9"]));
    credits.push(Credit {
        approver: Some(Approver::new("unsure")),
        ..credit(30, Unit::ContactHour, "2", &[("general", "2")])
    });
    let evaluation = judged(&record("2021-03-17", credits.clone()), "2026-01-15");
    assert_eq!(evaluation.verdict, Verdict::CannotTell);
    assert_eq!(line(&evaluation, "aama_approved").state, Verdict::CannotTell);
    assert_eq!(evaluation.questions[0].credits, ["c30"]);
    assert!(outcome(&evaluation, "c30").approved.is_none());

    credits.push(credit(31, Unit::AamaCeu, "5", &[("clinical", "5")]));
    let enough = judged(&record("2021-03-17", credits), "2026-01-15");
    assert_eq!(enough.verdict, Verdict::Met, "doubt that cannot change the verdict does not downgrade it");
}

#[test]
fn a_credit_without_a_category_fills_none_for_certain() {
    let mut credits = all(Unit::AamaCeu, ["10", "30", "5"]);
    credits.push(credit(30, Unit::ContactHour, "15", &[]));
    let evaluation = judged(&record("2021-03-17", credits), "2026-01-15");
    assert_eq!(line(&evaluation, "total").counted, points("60"));
    assert_eq!(line(&evaluation, "general").state, Verdict::CannotTell);
    assert_eq!(evaluation.verdict, Verdict::CannotTell);
    assert_eq!(evaluation.questions[0].id, "category");
}

#[test]
fn a_bare_ceu_is_between_one_point_and_ten() {
    let mut credits = all(Unit::AamaCeu, ["10", "20", "10"]);
    credits.push(credit(30, Unit::Ceu, "2", &[("general", "2")]));
    let evaluation = judged(&record("2021-03-17", credits), "2026-01-15");
    assert_eq!(outcome(&evaluation, "c30").earned, points("2"));
    assert_eq!(evaluation.verdict, Verdict::CannotTell, "2 or 20 points");
}

#[test]
fn credits_outside_the_period_drafts_and_plans_earn_nothing_and_say_why() {
    let mut credits: Vec<Credit> = (0..4).map(|i| credit(i, Unit::AamaCeu, "2", &[("general", "2")])).collect();
    credits[0].completed_on = Some(day("2020-12-16"));
    credits[1].completed_on = Some(day("2025-02-02"));
    credits[2].status = domain::Status::Planned;
    credits[3].status = domain::Status::Draft;
    let evaluation = judged(&record("2021-03-17", credits), "2025-02-01");
    let codes: Vec<&str> = evaluation.credits.iter().map(|credit| &*credit.reasons[0].code).collect();
    assert_eq!(codes, ["before_period", "after_date", "planned", "draft"]);
    assert_eq!(line(&evaluation, "total").earned, Points::ZERO);
}

#[test]
fn after_expiry_the_credential_is_late_then_lapsed() {
    let record = record("2021-03-17", Vec::new());
    for (on, standing) in [
        ("2026-03-31", Standing::Current),
        ("2026-04-01", Standing::Late),
        ("2026-06-29", Standing::Late),
        ("2026-06-30", Standing::Late),
        ("2026-07-01", Standing::Lapsed),
    ] {
        assert_eq!(judged(&record, on).standing, standing, "on {on}");
    }
    assert!(judged(&record, "2026-04-01").notes[0].text.contains("safe last day is 29 Jun 2026"));
}

#[test]
fn of_those_expired_before_2020_only_they_could_renew_until_30_march_who_were_not_closed_out_already() {
    for (certified_on, on, standing) in [
        ("2009-12-05", "2019-12-31", Standing::Late),
        ("2009-12-05", "2020-03-30", Standing::Late),
        ("2009-12-05", "2020-03-31", Standing::Lapsed),
        ("2009-11-05", "2019-12-01", Standing::Lapsed),
        ("2009-11-05", "2020-02-01", Standing::Lapsed),
    ] {
        assert_eq!(judged(&record(certified_on, Vec::new()), on).standing, standing, "{certified_on} on {on}");
    }
    let known_before = judged(&record("2016-03-02", Vec::new()), "2019-06-01").dates;
    assert_eq!(
        (known_before.late_until, known_before.late_until_latest),
        (Some(day("2021-06-29")), Some(day("2021-06-30")))
    );
}

#[test]
fn the_printed_expiry_wins_and_the_difference_is_said() {
    let mut record = record("2015-04-20", Vec::new());
    record.credentials[0].expires_on = Some(day("2020-08-31"));
    let evaluation = judged(&record, "2020-07-01");
    assert_eq!(evaluation.period.to, day("2020-08-31"));
    assert!(evaluation.notes[0].text.contains("30 April 2020"), "{}", evaluation.notes[0].text);
}

#[test]
fn the_issuers_name_is_understood_however_it_is_written() {
    for name in ["AAMA", "aama", " Aama ", "American Association of Medical Assistants"] {
        let mut one = credit(1, Unit::ContactHour, "2", &[("general", "2")]);
        one.approver = Some(Approver::new(name));
        assert_eq!(judged(&record("2021-03-17", vec![one]), "2026-01-15").credits[0].approved, Some(true), "{name}");
    }
}

#[test]
fn a_category_that_the_rules_do_not_know_is_asked() {
    let unknown = credit(1, Unit::AamaCeu, "2", &[("surgical", "2")]);
    let evaluation = judged(&record("2021-03-17", vec![unknown]), "2026-01-15");
    assert_eq!(evaluation.questions[0].id, "category");
    assert_eq!(line(&evaluation, "total").counted, points("2"));
}

#[test]
fn the_parts_of_a_split_add_up_to_the_whole_certificate() {
    for (unit, amount, parts, whole) in [
        (Unit::SemesterCredit, "1", [("administrative", "0.333"), ("general", "0.667")].as_slice(), "15"),
        (Unit::ContactHour, "1", &[("administrative", "0.3333"), ("clinical", "0.3333"), ("general", "0.3334")], "1"),
    ] {
        let evaluation = judged(&record("2021-03-17", vec![credit(1, unit, amount, parts)]), "2026-01-15");
        assert_eq!(outcome(&evaluation, "c1").earned, points(whole));
    }
}

#[test]
fn a_card_in_doubt_takes_no_place_from_a_certain_one() {
    let card = |id, issued: &str| Credit { completed_on: Some(day(issued)), ..credit(id, Unit::CprCard, "1", &[]) };
    let mut cards = vec![card(1, "2021-03-10"), card(2, "2022-05-01"), card(3, "2023-05-01"), card(4, "2024-05-01")];
    for card in &mut cards {
        card.kind = Kind::CprCard;
    }
    let mut record = record("2021-03-17", cards);
    record.credentials[0].certified_on = None;
    record.credentials[0].expires_on = Some(day("2026-03-31"));
    assert_eq!(line(&judged(&record, "2026-01-15"), "clinical").counted, points("12"));
}

#[test]
fn once_renewal_is_closed_no_sentence_asks_for_points() {
    let evaluation = judged(&record("2021-03-17", Vec::new()), "2026-07-01");
    assert_eq!(
        evaluation.gap.sentence,
        "Renewal by points closed on 30 June 2026. Pass the CMA (AAMA) Certification Exam. Besides the exam fee AAMA charges a \
         reactivation fee."
    );
    assert_eq!(evaluation.gap.impossible.len(), 1);
}

#[test]
fn points_posted_on_aamas_transcript_are_proven() {
    let mut credits = all(Unit::AamaCeu, ["14", "30", "16"]);
    for credit in &mut credits {
        credit.issuer_transcript = Some(IssuerTranscript::Posted);
    }
    assert_eq!(judged(&record("2021-03-17", credits), "2026-01-15").verdict_with_proof, Verdict::Met);
}

fn any_credit() -> impl Strategy<Value = Credit> {
    let units = [Unit::AamaCeu, Unit::ContactHour, Unit::ContactHour, Unit::Ceu, Unit::CmeCredit, Unit::CprCard];
    let approvers = [None, Some("aama"), Some("unsure"), Some("ancc")];
    (0..6_usize, 0..4_usize, 1..1_200_i32, 0..5_usize, 0..3_usize, any::<bool>()).prop_map(
        move |(unit, approver, hundredths, category, day, proof)| {
            let printed = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            let amount: Amount = if units[unit] == Unit::CprCard { "1".parse() } else { printed.parse() }.unwrap();
            let mut credit = Credit::empty("");
            credit.title = "Activity".into();
            credit.unit = Some(units[unit]);
            credit.approver = approvers[approver].map(Approver::new);
            credit.amount = Some(amount);
            credit.completed_on = Some(["2022-01-01", "2023-05-05", "2019-01-01"][day].parse().unwrap());
            if let Some(category) = ["administrative", "clinical", "general"].get(category) {
                credit.split.insert((*category).to_owned(), amount);
            }
            if proof {
                credit.proofs.push(ProofRef {
                    sha256: "a".repeat(64),
                    name: "a.pdf".into(),
                    role: ProofRole::default(),
                });
            }
            credit
        },
    )
}

fn any_credits() -> impl Strategy<Value = Vec<Credit>> {
    prop::collection::vec(any_credit(), 0..24).prop_map(|mut credits| {
        for (index, credit) in credits.iter_mut().enumerate() {
            credit.id = format!("c{index:02}").into();
            credit.title = format!("Activity {index}");
        }
        credits
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn counted_never_exceeds_earned_nor_the_cap(credits in any_credits()) {
        let evaluation = judged(&record("2021-03-17", credits), "2026-01-15");
        for credit in &evaluation.credits {
            prop_assert!(credit.counted <= credit.earned);
            prop_assert_eq!(credit.split.iter().map(|(_, points)| *points).sum::<Points>(), credit.counted);
        }
        prop_assert!(evaluation.caps[0].counted <= evaluation.caps[0].limit);
        let counted: Points = evaluation.credits.iter().map(|credit| credit.counted).sum();
        prop_assert_eq!(line(&evaluation, "total").counted, counted);
        for line in &evaluation.requirements {
            prop_assert_eq!(line.fills.iter().map(|fill| fill.points).sum::<Points>(), line.counted);
        }
    }

    #[test]
    fn the_order_of_credits_does_not_matter(credits in any_credits()) {
        let forward = judged(&record("2021-03-17", credits.clone()), "2026-01-15");
        let mut turned = judged(&record("2021-03-17", credits.into_iter().rev().collect()), "2026-01-15");
        turned.credits.reverse();
        // Each line lists what fills it in the record's order.
        turned.requirements.iter_mut().for_each(|line| line.fills.reverse());
        prop_assert_eq!(forward.credits, turned.credits);
        prop_assert_eq!(forward.requirements, turned.requirements);
        prop_assert_eq!(forward.gap, turned.gap);
    }

    #[test]
    fn a_further_certain_credit_never_makes_the_verdict_worse(credits in any_credits(), extra in 0..3_usize) {
        let before = judged(&record("2021-03-17", credits.clone()), "2026-01-15");
        let mut more = credits;
        let category = ["administrative", "clinical", "general"][extra];
        more.push(credit(99, Unit::AamaCeu, "3", &[(category, "3")]));
        let after = judged(&record("2021-03-17", more), "2026-01-15");
        prop_assert!(after.verdict >= before.verdict);
        prop_assert!(after.gap.points <= before.gap.points);
    }

    #[test]
    fn whatever_satisfies_the_bounds_of_the_gap_is_enough_and_less_is_not(credits in any_credits()) {
        let before = judged(&record("2021-03-17", credits.clone()), "2026-01-15");
        let (mut own, mut any) = (Points::ZERO, Points::ZERO);
        let mut by_category: BTreeMap<&str, Points> = BTreeMap::new();
        for bound in &before.gap.at_least {
            if bound.approver == "aama" && bound.categories.len() > 1 {
                own = bound.points;
            }
            if let [category] = bound.categories.as_slice() {
                by_category.insert(category, bound.points);
                if bound.approver == "aama" {
                    own += bound.points;
                }
            }
        }
        let fill = |more: &mut Vec<Credit>, category: &str, points: Points, approved: bool| {
            if points.is_zero() {
                return;
            }
            // Pieces of one contact hour or more; the smallest activity is not what is tried here.
            let amount = points.to_string();
            let mut credit = credit(1000 + more.len(), Unit::Point, &amount, &[(category, &amount)]);
            credit.approver = Some(Approver::new(if approved { "aama" } else { "ancc" }));
            more.push(credit);
        };
        let mut more = credits.clone();
        let mut owed = own;
        let lacking: Points = by_category.values().copied().sum();
        for (category, points) in &by_category {
            let from_own = owed.min(*points);
            owed -= from_own;
            fill(&mut more, category, from_own, true);
            let rest = *points - from_own;
            prop_assume!(rest.is_zero() || rest >= Points::from_hundredths(100));
            fill(&mut more, category, rest, false);
        }
        let rest = before.gap.points - lacking.min(before.gap.points);
        let from_own = owed.min(rest);
        fill(&mut more, "general", from_own, true);
        any += rest - from_own;
        prop_assume!(any.is_zero() || any >= Points::from_hundredths(100));
        fill(&mut more, "clinical", any, false);
        let after = judged(&record("2021-03-17", more), "2026-01-15");
        prop_assert_eq!(after.verdict, Verdict::Met, "gap {:?}", before.gap);

        if before.gap.points >= Points::from_hundredths(1) {
            prop_assert_ne!(before.verdict, Verdict::Met);
        }
    }
}
