//! Holders as an issuer would meet them, each with the answer that its rules give, through `recert evaluate`.

use serde_json::{Value, json};

use crate::command::Desk;

/// A record with one credential. Credits are numbered c1, c2, … and carry a title, a provider and a certificate unless
/// they bring their own; `rest` adds to the record.
fn record(credential: Value, credits: Vec<Value>, rest: Value) -> Value {
    let credit = |(index, fields): (usize, Value)| {
        let proof = json!({ "sha256": "a".repeat(64), "name": "certificate.pdf", "role": "certificate" });
        let usual = json!({ "id": format!("c{}", index + 1), "title": format!("Activity {}", index + 1),
                            "provider": "Lakeside Institute", "description": "What it was about", "proofs": [proof] });
        with(usual, fields)
    };
    let credits: Vec<Value> = credits.into_iter().enumerate().map(credit).collect();
    let record = json!({ "schema": "recert.record/1", "holder": { "name": "Maria Delgado" },
                         "credentials": [with(json!({ "id": "x" }), credential)], "credits": credits });
    with(record, rest)
}

/// What the command answers about that record on a day.
fn evaluated(credential: Value, credits: Vec<Value>, rest: Value, on: &str) -> Value {
    let desk = Desk::new();
    desk.write("record.json", record(credential, credits, rest).to_string());
    desk.asked(&["evaluate", "record.json", "--on", on])
}

fn evaluate(credential: Value, credits: Vec<Value>, on: &str) -> Value {
    evaluated(credential, credits, json!({}), on)
}

/// The fields of one object over those of another.
fn with(mut fields: Value, more: Value) -> Value {
    if let (Value::Object(fields), Value::Object(more)) = (&mut fields, more) {
        fields.extend(more);
    }
    fields
}

fn hours(amount: &str, completed: &str) -> Value {
    json!({ "amount": amount, "unit": "contact_hour", "completed_on": completed, "approver": "Lakeside Institute",
            "formal_credit": true })
}

/// On AAMA's own transcript.
fn aama(amount: &str, category: &str) -> Value {
    json!({ "amount": amount, "unit": "aama_ceu", "completed_on": "2024-03-04", "approver": "aama",
            "issuer_transcript": "posted", "split": { category: amount } })
}

fn other_source(amount: &str, category: &str) -> Value {
    with(hours(amount, "2024-03-04"), json!({ "split": { category: amount } }))
}

fn in_list<'a>(list: &'a Value, id: &str) -> &'a Value {
    let found = list.as_array().unwrap().iter().find(|item| item["id"] == id);
    found.unwrap_or_else(|| panic!("no {id} in {list}"))
}

fn line<'a>(evaluation: &'a Value, id: &str) -> &'a Value {
    in_list(&evaluation["requirements"], id)
}

fn credit<'a>(evaluation: &'a Value, id: &str) -> &'a Value {
    in_list(&evaluation["credits"], id)
}

fn question<'a>(evaluation: &'a Value, id: &str) -> &'a Value {
    in_list(&evaluation["questions"], id)
}

fn codes(credit: &Value) -> Vec<&str> {
    credit["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap()).collect()
}

fn has_note(evaluation: &Value, code: &str) -> bool {
    evaluation["notes"].as_array().unwrap().iter().any(|note| note["code"] == code)
}

/// The verdict, and of each line its id, what counts and what is short.
fn check(evaluation: &Value, verdict: &str, lines: &[(&str, &str, &str)]) {
    assert_eq!(evaluation["verdict"], verdict, "{evaluation:#}");
    for (id, counted, short) in lines {
        let line = line(evaluation, id);
        assert_eq!((&line["counted"], &line["short"]), (&json!(counted), &json!(short)), "{line:#}");
    }
}

/// Of each bound of the gap its points, categories and approver.
fn check_gap(evaluation: &Value, points: &str, bounds: &[(&str, &[&str], &str)]) {
    let gap = &evaluation["gap"];
    assert_eq!(gap["points"], points, "{gap:#}");
    let told: Vec<Value> = gap["at_least"]
        .as_array()
        .unwrap()
        .iter()
        .map(|bound| json!([bound["points"], bound["categories"], bound["approver"]]))
        .collect();
    let expected: Vec<Value> = bounds.iter().map(|(points, of, by)| json!([points, of, by])).collect();
    assert_eq!(told, expected, "{gap:#}");
}

const ALL: &[&str] = &["administrative", "clinical", "general"];

mod cma_aama {
    use super::*;

    fn certified(on: &str) -> Value {
        json!({ "pack": "cma-aama", "certified_on": on })
    }

    #[test]
    fn sixty_points_on_the_issuers_transcript_are_ready_for_the_phone() {
        let credits = vec![aama("14", "administrative"), aama("30", "clinical"), aama("16", "general")];
        let evaluation = evaluate(certified("2021-03-17"), credits, "2026-01-15");
        check(&evaluation, "met", &[("total", "60", "0"), ("aama_approved", "60", "0")]);
        assert_eq!(evaluation["verdict_with_proof"], "met");
        assert_eq!(evaluation["period"], json!({ "from": "2021-03-17", "to": "2026-03-31" }));
        assert_eq!(evaluation["dates"]["submit_by"]["at_once"], "2026-03-31");
        check_gap(&evaluation, "0", &[]);
    }

    #[test]
    fn beyond_thirty_points_from_other_sources_five_more_must_be_the_issuers() {
        let approved = [aama("8", "administrative"), aama("10", "clinical"), aama("7", "general")];
        let others =
            [other_source("10", "administrative"), other_source("20", "clinical"), other_source("10", "general")];
        let credits = approved.into_iter().chain(others).collect();
        let evaluation = evaluate(certified("2021-03-17"), credits, "2026-01-15");
        check(&evaluation, "not_met", &[("total", "55", "5"), ("aama_approved", "25", "5")]);
        let cap = in_list(&evaluation["caps"], "non_aama");
        assert_eq!((&cap["limit"], &cap["earned"], &cap["counted"]), (&json!("30"), &json!("40"), &json!("30")));
        check_gap(&evaluation, "5", &[("5", ALL, "aama")]);
        assert!(evaluation["dates"]["submit_by"]["at_once"].is_null(), "other sources need papers");
    }

    #[test]
    fn a_college_course_gives_its_thirty_points_where_they_are_needed() {
        let course = json!({ "amount": "3", "unit": "semester_credit", "completed_on": "2024-03-04",
                             "split": { "administrative": "1.8", "general": "1.2" } });
        let credits = vec![aama("2", "administrative"), aama("24", "clinical"), aama("6", "general"), course];
        let evaluation = evaluate(certified("2021-03-17"), credits, "2026-01-15");
        check(&evaluation, "met", &[("total", "62", "0"), ("aama_approved", "32", "0")]);
        for category in ["administrative", "general"] {
            assert_eq!(line(&evaluation, category)["state"], "met", "{category}");
        }
        let course = credit(&evaluation, "c4");
        assert_eq!((&course["earned"], &course["counted"]), (&json!("45"), &json!("30")));
        assert!(codes(course).contains(&"capped"));
        assert!(has_note(&evaluation, "parts"), "AAMA does not say whether part of a course may count");
        assert_eq!(question(&evaluation, "parts")["credits"], json!(["c4"]));
    }

    #[test]
    fn three_of_the_cards_issued_in_the_period_give_twelve_approved_clinical_points() {
        let days = ["2021-03-02", "2023-02-27", "2025-02-20", "2025-11-15", "2026-04-28"];
        let card = |day: &str| json!({ "amount": "1", "unit": "cpr_card", "kind": "cpr_card", "completed_on": day });
        let credential = json!({ "pack": "cma-aama", "certified_on": "2016-04-04", "recertified_on": "2021-04-10" });
        let evaluation = evaluate(credential, days.map(card).to_vec(), "2026-04-30");
        assert_eq!(evaluation["dates"]["expires_on"], "2026-04-30");
        check(&evaluation, "not_met", &[("clinical", "12", "0"), ("aama_approved", "12", "18"), ("total", "12", "48")]);
        let early = credit(&evaluation, "c1");
        assert_eq!((&early["earned"], codes(early)), (&json!("0"), vec!["before_period"]));
        assert!(codes(credit(&evaluation, "c5")).contains(&"cpr_cards"), "the fourth in the period is one too many");
    }

    #[test]
    fn an_early_renewal_gives_up_the_months_that_are_left() {
        let later = with(aama("2", "general"), json!({ "completed_on": "2027-01-20" }));
        let credits = vec![aama("14", "administrative"), aama("30", "clinical"), aama("16", "general"), later];
        let evaluation = evaluate(certified("2022-08-15"), credits, "2026-11-12");
        check(&evaluation, "met", &[("total", "60", "0")]);
        assert_eq!(evaluation["dates"]["expires_on"], "2027-08-31");
        let renewal = &evaluation["renewal"];
        assert_eq!(renewal["expires_on"], "2031-11-30");
        assert_eq!(renewal["months_given_up"], 9);
        assert_eq!(renewal["next_period"], json!(["c4"]), "what comes later belongs to the next period");
        assert_eq!(renewal["basis"], "inference", "AAMA does not spell it out");
    }

    #[test]
    fn six_tenths_of_an_iacet_ceu_beside_six_contact_hours_are_six_points_to_confirm() {
        let split = json!({ "clinical": "0.6" });
        let hours = json!([{ "amount": "6.0", "unit": "contact_hour", "approver": null, "number": null }]);
        let printed = json!({ "amount": "0.6", "unit": "iacet_ceu", "completed_on": "2023-03-01", "awards": hours, "split": split });
        let evaluation = evaluate(certified("2021-03-17"), vec![printed], "2026-01-15");
        assert_eq!(credit(&evaluation, "c1")["earned"], "6");
        assert_eq!(line(&evaluation, "clinical")["counted"], "6");
        assert_eq!(question(&evaluation, "confirm.iacet_ceu")["credits"], json!(["c1"]));
    }

    #[test]
    fn four_modules_of_half_an_hour_each_earn_nothing() {
        let modules = (1..=4).map(|day| hours("0.5", &format!("2023-03-0{day}"))).collect();
        let evaluation = evaluate(certified("2021-03-17"), modules, "2026-01-15");
        check(&evaluation, "not_met", &[("total", "0", "60")]);
        for id in ["c1", "c2", "c3", "c4"] {
            assert_eq!(
                (&credit(&evaluation, id)["earned"], codes(credit(&evaluation, id))),
                (&json!("0"), vec!["too_small"])
            );
        }
    }

    #[test]
    fn an_orientation_at_work_without_credit_earns_nothing() {
        let orientation = json!({ "amount": "8", "unit": "clock_hour", "kind": "in_service", "formal_credit": false,
                                  "completed_on": "2023-03-01" });
        let evaluation = evaluate(certified("2021-03-17"), vec![orientation], "2026-01-15");
        check(&evaluation, "not_met", &[("total", "0", "60")]);
        assert_eq!(codes(credit(&evaluation, "c1")), ["no_formal_credit"]);
    }

    #[test]
    fn an_expiry_that_the_issuer_moved_keeps_the_period_open_until_then() {
        let late = with(aama("2", "general"), json!({ "completed_on": "2020-08-30" }));
        let evaluation = evaluate(certified("2015-04-20"), vec![late.clone()], "2020-08-31");
        assert_eq!(evaluation["dates"]["expires_on"], "2020-08-31");
        assert_eq!((&evaluation["standing"], &credit(&evaluation, "c1")["counted"]), (&json!("current"), &json!("2")));
        assert!(has_note(&evaluation, "extended_expiry"), "the rule gives 30 April 2020");

        let reason = json!({ "expires_on": "2020-08-31", "expires_reason": "AAMA's letter of May 2020" });
        let letter = evaluate(with(certified("2015-04-20"), reason), vec![late], "2020-08-31");
        assert_eq!(letter["dates"]["expires_on"], "2020-08-31");
        assert_eq!(credit(&letter, "c1")["counted"], "2");
    }
}

mod rma_amt {
    use super::*;

    #[test]
    fn hours_after_the_cycle_and_work_after_2020_leave_twenty_six_of_thirty() {
        let work = json!({ "amount": "9", "unit": "point", "kind": "employment", "started_on": "2022-05-01",
                           "completed_on": "2025-04-30" });
        let credits = vec![hours("12", "2023-02-10"), hours("14", "2024-06-01"), hours("5", "2025-05-03"), work];
        let credential = json!({ "pack": "rma-amt", "certified_on": "2022-05-01" });
        let evaluation = evaluate(credential, credits, "2025-04-30");
        assert_eq!(evaluation["period"], json!({ "from": "2022-05-01", "to": "2025-04-30" }));
        check(&evaluation, "not_met", &[("total", "26", "4")]);
        check_gap(&evaluation, "4", &[("4", &[], "any")]);
        assert_eq!(credit(&evaluation, "c3")["earned"], "0", "it belongs to the next cycle");
        assert_eq!(credit(&evaluation, "c4")["earned"], "0", "work has earned nothing since 2021");
    }
}

mod nha {
    use super::*;

    #[test]
    fn ten_outside_hours_are_five_of_ten_credits() {
        let credential = json!({ "pack": "ccma-nha", "expires_on": "2026-06-30" });
        let evaluation = evaluate(credential.clone(), vec![hours("10", "2025-03-01")], "2026-06-01");
        check(&evaluation, "not_met", &[("total", "5", "5")]);
        check_gap(&evaluation, "5", &[("5", &[], "any")]);
        let library =
            json!({ "amount": "5", "unit": "issuer_credit", "approver": "NHA", "completed_on": "2025-04-01" });
        for more in [library, hours("10", "2025-04-01")] {
            let credits = vec![hours("10", "2025-03-01"), more];
            check(&evaluate(credential.clone(), credits, "2026-06-01"), "met", &[("total", "10", "0")]);
        }
    }

    #[test]
    fn an_hour_of_safety_is_missing_under_the_newest_rules_and_not_asked_for_under_the_earlier_ones() {
        let credential = json!({ "pack": "cpht-nha", "expires_on": "2026-06-30" });
        let law = with(hours("1", "2025-03-01"), json!({ "tags": ["law"] }));
        let credits = vec![law, hours("19", "2025-04-01")];
        let newest = evaluate(credential.clone(), credits.clone(), "2026-06-01");
        check(&newest, "not_met", &[("total", "20", "0"), ("law", "1", "0"), ("safety", "0", "1")]);
        let earlier = json!({ "pack": "cpht-nha", "path": "requirements.safety.advice", "value": true,
                              "reason": "My renewal is under the earlier rules", "on": "2026-05-20" });
        let earlier = evaluated(credential, credits, json!({ "overrides": [earlier] }), "2026-06-01");
        check(&earlier, "met", &[("total", "20", "0"), ("law", "1", "0")]);
        assert!(has_note(&earlier, "override"), "a rule that she changed is named");
    }
}

mod ptcb {
    use super::*;

    #[test]
    fn a_sixth_hour_for_pharmacists_does_not_count_and_a_fifteenth_for_technicians_is_missing() {
        let acpe = |amount: &str, code: &str| {
            with(hours(amount, "2025-03-01"), json!({ "provider_number": format!("JA0000123-0000-19-012-{code}") }))
        };
        let credits = vec![acpe("12", "L01-T"), acpe("1", "L03-T"), acpe("1", "L05-T"), acpe("6", "L01-P")];
        let credential = json!({ "pack": "cpht-ptcb", "expires_on": "2026-07-31" });
        let evaluation = evaluate(credential, credits, "2026-06-20");
        check(
            &evaluation,
            "not_met",
            &[("t_specific", "14", "1"), ("total", "19", "1"), ("law", "1", "0"), ("safety", "1", "0")],
        );
        assert_eq!(evaluation["gap"]["points"], "1");
        assert!(codes(credit(&evaluation, "c4")).contains(&"capped"));
        let way = &evaluation["dates"]["ways"][0];
        assert_eq!((&way["opens_on"], &way["by"]), (&json!("2026-06-01"), &json!("2026-07-01")));
    }
}

mod ncct {
    use super::*;

    #[test]
    fn outside_hours_from_before_last_calendar_year_do_not_count() {
        let clock = |amount: &str, day: &str| with(hours(amount, day), json!({ "unit": "clock_hour" }));
        let credential = json!({ "pack": "ncma-ncct", "certified_on": "2020-05-05" });
        let old = vec![clock("12", "2023-05-01"), clock("2", "2021-11-20")];
        let evaluation = evaluate(credential.clone(), old, "2023-12-01");
        check(&evaluation, "not_met", &[("total", "12", "2")]);
        assert_eq!(credit(&evaluation, "c2")["earned"], "0");
        let within = vec![clock("12", "2023-05-01"), clock("2", "2022-01-01")];
        check(&evaluate(credential, within, "2023-12-01"), "met", &[("total", "14", "0")]);
    }
}

mod amca {
    use super::*;

    #[test]
    fn two_years_from_the_eighteenth_birthday_and_a_certificate_without_hours_cannot_be_told() {
        let approved = with(hours("7", "2025-05-01"), json!({ "issuer_transcript": "posted" }));
        let without_hours = with(hours("3", "2025-05-02"), json!({ "unit": "issuer_credit" }));
        let credential = json!({ "pack": "cmac-amca", "certified_on": "2024-01-10" });
        let holder = json!({ "holder": { "name": "Maria Delgado", "born_on": "2006-09-03" } });
        let evaluation = evaluated(credential, vec![approved, without_hours], holder, "2026-08-01");
        assert_eq!(evaluation["dates"]["expires_on"], "2026-09-03");
        check(&evaluation, "cannot_tell", &[("total", "7", "3")]);
        assert_eq!(question(&evaluation, "rate.other_units")["credits"], json!(["c2"]));
        let proven = |id: &str| credit(&evaluation, id)["proven"].clone();
        assert_eq!((proven("c1"), proven("c2")), (json!(true), json!(false)), "7 of 10 are ready for an audit");
        assert_eq!(evaluation["verdict_with_proof"], "not_met");
    }
}

mod arma {
    use super::*;

    fn courses(year: i32) -> Vec<Value> {
        let course = |day: &str, amount: &str, category: &str| json!({ "amount": amount, "unit": "ceu", "completed_on": format!("{year}-{day}"), "split": { category: amount } });
        let cpr = with(course("01-05", "2", "clinical"), json!({ "tags": ["cpr"] }));
        vec![course("01-05", "6", "clinical"), course("01-05", "4", "administrative"), cpr]
    }

    #[test]
    fn six_clinical_and_six_others_are_a_way_of_their_own() {
        let evaluation =
            evaluate(json!({ "pack": "rma-arma", "certified_on": "2020-01-01" }), courses(2025), "2025-12-20");
        check(&evaluation, "met", &[("clinical_6", "6", "0"), ("other_6", "6", "0"), ("clinical_12", "6", "6")]);
        assert_eq!(evaluation["path"], "mixed");
        assert_eq!(credit(&evaluation, "c3")["split"], json!({ "other": "2" }), "CPR counts as other only");
        assert!(codes(credit(&evaluation, "c1")).contains(&"confirm"), "one hour or ten is asked");
        assert!(has_note(&evaluation, "draft"));
    }

    #[test]
    fn courses_of_january_count_for_the_year_after_that() {
        let credential = json!({ "pack": "rma-arma", "certified_on": "2020-01-01" });
        let before = evaluate(credential.clone(), courses(2026), "2025-12-31");
        check(&before, "not_met", &[("clinical_6", "0", "6")]);
        let after = evaluate(credential, courses(2026), "2026-01-05");
        check(&after, "met", &[("clinical_6", "6", "0"), ("other_6", "6", "0")]);
        assert_eq!(after["period"], json!({ "from": "2026-01-01", "to": "2026-12-31" }), "for membership in 2027");
    }
}

mod ccbma {
    use super::*;

    #[test]
    fn ten_clinical_credits_are_too_few_although_the_total_is_over_sixty() {
        let of =
            |amount: &str, category: &str| with(hours(amount, "2022-03-01"), json!({ "split": { category: amount } }));
        let basic = with(of("40", "basic"), json!({ "tags": ["hipaa", "cultural"] }));
        let credits = vec![basic, of("10", "clinical"), of("12", "administrative")];
        let card = json!({ "id": "f1", "kind": "cpr_card", "issued_on": "2024-01-05", "expires_on": "2026-01-31" });
        let credential = json!({ "pack": "ccma-c-ccbma", "expires_on": "2024-12-31" });
        let evaluation = evaluated(credential, credits, json!({ "facts": [card] }), "2024-09-20");
        check(&evaluation, "not_met", &[("total", "62", "0"), ("basic", "40", "0"), ("clinical", "10", "5")]);
        for condition in ["cpr_card", "hipaa", "cultural"] {
            assert_eq!(line(&evaluation, condition)["state"], "met", "{condition}");
        }
        check_gap(&evaluation, "5", &[("5", &["clinical"], "any")]);
    }
}

mod others {
    use super::*;

    #[test]
    fn eight_hours_in_the_first_year_do_not_help_the_second() {
        let in_service = with(hours("8", "2024-06-01"), json!({ "kind": "in_service", "unit": "clock_hour" }));
        let employed =
            json!({ "id": "f1", "kind": "attestation", "tag": "supervised_care", "issued_on": "2025-06-01" });
        let credential = json!({ "pack": "certification-nhcwa", "certified_on": "2024-01-10" });
        let evaluation = evaluated(credential, vec![in_service], json!({ "facts": [employed] }), "2026-01-01");
        check(&evaluation, "not_met", &[("total", "8", "0"), ("each_year-1", "8", "0"), ("each_year-2", "0", "4")]);
        assert_eq!(line(&evaluation, "each_year-2")["within"], json!({ "from": "2025-01-10", "to": "2026-01-10" }));
        assert_eq!(line(&evaluation, "supervised_care")["state"], "met");
        assert_eq!(evaluation["gap"]["points"], "4");
    }

    #[test]
    fn the_day_of_application_decides_whether_twelve_hours_are_enough() {
        let credential = json!({ "pack": "phlebotomy-nhco", "expires_on": "2024-07-01" });
        let twelve = vec![hours("12", "2023-06-01")];
        let before = evaluate(credential.clone(), twelve.clone(), "2024-05-20");
        check(&before, "met", &[("hours_12", "12", "0")]);
        let after = evaluate(credential, twelve, "2024-06-03");
        check(&after, "not_met", &[("hours_20", "12", "8")]);
        assert_ne!(before["edition"], after["edition"]);
    }

    #[test]
    fn forty_hours_of_other_courses_are_no_workshop_of_the_issuer() {
        let credential = json!({ "pack": "ncma-ncmanow", "certified_on": "2024-01-10" });
        let evaluation = evaluate(credential, vec![hours("40", "2024-06-01")], "2025-01-01");
        check(&evaluation, "not_met", &[("workshop", "0", "1")]);
        assert_eq!(codes(credit(&evaluation, "c1")), ["other_courses"]);
    }

    #[test]
    fn nothing_is_judged_by_rules_that_nobody_has() {
        let credential = json!({ "pack": "nrcma-nahp", "certified_on": "2024-01-10" });
        let evaluation = evaluate(credential, vec![hours("40", "2024-06-01")], "2025-01-01");
        check(&evaluation, "cannot_tell", &[]);
        assert_eq!(evaluation["requirements"], json!([]));
        assert_eq!(
            (&credit(&evaluation, "c1")["counted"], codes(credit(&evaluation, "c1"))),
            (&json!("0"), vec!["no_rules"])
        );
        assert_eq!(question(&evaluation, "rules")["decides"], true);
    }

    #[test]
    fn hours_from_a_provider_that_no_listed_agency_approved_count_for_nothing() {
        let credential = json!({ "pack": "cpt-cdph", "certified_on": "2024-01-10" });
        let evaluation = evaluate(credential.clone(), vec![hours("6", "2024-06-01")], "2025-01-01");
        check(&evaluation, "not_met", &[("total", "0", "6")]);
        assert_eq!(codes(credit(&evaluation, "c1")), ["not_approved"]);
        let school = with(hours("6", "2024-06-01"), json!({ "approver": "Accredited school" }));
        check(&evaluate(credential, vec![school], "2025-01-01"), "met", &[("total", "6", "0")]);
    }

    #[test]
    fn a_state_without_continuing_education_asks_for_nothing_and_keeps_old_training_as_history() {
        let training = with(hours("7", "2019-06-01"), json!({ "tags": ["hiv"] }));
        let credential = json!({ "pack": "ma-c-doh-wa", "expires_on": "2025-01-10" });
        let evaluation = evaluate(credential, vec![training], "2025-01-01");
        check(&evaluation, "met", &[]);
        let kinds: Vec<&Value> =
            evaluation["requirements"].as_array().unwrap().iter().map(|line| &line["kind"]).collect();
        assert!(kinds.iter().all(|kind| *kind == "advice"), "{kinds:?}");
        assert_eq!(codes(credit(&evaluation, "c1")), ["hiv_historical"]);
        check_gap(&evaluation, "0", &[]);
    }

    #[test]
    fn a_registration_whose_renewal_rule_was_not_found_is_a_date_to_watch_and_says_so() {
        let credential = json!({ "pack": "ma-sd", "expires_on": "2025-01-10" });
        let evaluation = evaluate(credential, Vec::new(), "2025-01-01");
        check(&evaluation, "cannot_tell", &[]);
        assert_eq!(evaluation["standing"], "current");
        assert_eq!(evaluation["basis"], "inference");
        assert!(evaluation["draft"].as_str().unwrap().contains("was not found"), "{}", evaluation["draft"]);
    }

    #[test]
    fn a_card_holds_through_the_last_day_of_its_month() {
        let card = json!({ "pack": "bls-aha", "certified_on": "2024-01-05" });
        let last_day = evaluate(card.clone(), Vec::new(), "2026-01-31");
        assert_eq!((&last_day["standing"], &last_day["verdict"]), (&json!("current"), &json!("met")));
        let next = evaluate(card, Vec::new(), "2026-02-01");
        assert_eq!((&next["standing"], &next["verdict"]), (&json!("lapsed"), &json!("not_met")));
        assert_eq!(next["dates"]["expires_on"], "2026-01-31");
    }

    #[test]
    fn half_a_ceu_is_five_hours_with_an_iacet_number_and_a_question_without() {
        let credential = json!({ "pack": "cpht-ptcb", "expires_on": "2026-07-31" });
        let half = |unit: &str| json!({ "amount": "0.5", "unit": unit, "completed_on": "2025-03-01" });
        let credits = vec![half("iacet_ceu"), half("ceu")];
        let evaluation = evaluate(credential, credits, "2026-06-20");
        assert_eq!(credit(&evaluation, "c1")["earned"], "5");
        let bare = credit(&evaluation, "c2");
        assert_eq!(bare["earned"], "0.5", "only what is certain");
        assert!(bare["rate"].is_null(), "nobody knows the rate");
        let told = bare["reasons"].as_array().unwrap().iter().find(|reason| reason["code"] == "rate_open").unwrap();
        assert!(told["text"].as_str().unwrap().starts_with("Worth 0.5 to 5 hours"), "{told}");
        let asked = question(&evaluation, "rate.ceu");
        assert_eq!(asked["credits"], json!(["c2"]));
        assert_eq!(asked["options"].as_array().unwrap().len(), 2);
    }
}
