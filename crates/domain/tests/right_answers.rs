//! Answers that were once wrong, or surer than they may be. Each test is one kind of mistake.
#![allow(clippy::unwrap_used, reason = "tests")]

use domain::{Packs, Record, evaluate};
use serde_json::{Value, json};

/// A credential `x` of a pack.
fn credential(pack: &str, certified: &str, expires: &str) -> Value {
    let day = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
    json!({ "id": "x", "pack": pack, "certified_on": day(certified), "expires_on": day(expires) })
}

fn cma() -> Value {
    credential("cma-aama", "2021-03-17", "")
}

/// Completed on a day, with its certificate: `"2 contact_hour"`.
fn credit(title: &str, on: &str, amount: &str) -> Value {
    let (amount, unit) = amount.split_once(' ').unwrap();
    let proofs = json!([{ "sha256": "0".repeat(64), "name": "certificate.pdf", "role": "certificate" }]);
    json!({ "id": title, "title": title, "provider": "Lakeside", "kind": "course", "completed_on": on, "amount": amount,
            "unit": unit, "status": "completed", "description": "What it was about.", "formal_credit": true, "proofs": proofs })
}

fn with(mut credit: Value, more: Value) -> Value {
    let Value::Object(more) = more else { panic!("fields") };
    credit.as_object_mut().unwrap().extend(more);
    credit
}

fn in_category(category: &str, title: &str, on: &str, amount: &str) -> Value {
    let number = amount.split_once(' ').unwrap().0;
    with(credit(title, on, amount), json!({ "split": { category: number } }))
}

/// Points of AAMA's own, on its transcript: administrative, clinical and general.
fn aama([administrative, clinical, general]: [&str; 3]) -> Vec<Value> {
    let one = |(category, on, amount): (&str, &str, &str)| {
        let credit = in_category(category, category, on, &format!("{amount} aama_ceu"));
        with(credit, json!({ "approver": "aama", "issuer_transcript": "posted" }))
    };
    [
        ("administrative", "2022-05-04", administrative),
        ("clinical", "2022-06-04", clinical),
        ("general", "2022-07-04", general),
    ]
    .map(one)
    .to_vec()
}

fn tagged(tags: &[&str], title: &str, on: &str, amount: &str) -> Value {
    with(credit(title, on, amount), json!({ "tags": tags }))
}

fn record(credentials: &[Value], credits: &[Value], more: Value) -> Record {
    let record = json!({ "schema": "recert.record/1", "holder": { "name": "Maria Delgado" }, "credentials": credentials,
                         "credits": credits });
    serde_json::from_value(with(record, more)).unwrap()
}

fn told(record: &Record, on: &str) -> Value {
    serde_json::to_value(
        evaluate(record, "x", &Packs::shipped().unwrap(), on.parse::<chrono::NaiveDate>().unwrap()).unwrap(),
    )
    .unwrap()
}

fn judged(credential: Value, credits: &[Value], on: &str) -> Value {
    told(&record(&[credential], credits, json!({})), on)
}

fn way<'a>(evaluation: &'a Value, way: &str) -> &'a Value {
    let ways = evaluation["dates"]["ways"].as_array().unwrap();
    ways.iter().find(|one| one["way"] == way).unwrap_or_else(|| panic!("no {way} in {ways:?}"))
}

fn aama_and_others() -> Vec<Value> {
    let mut credits = aama(["20", "10", "10"]);
    credits.push(in_category("general", "Communication", "2022-08-04", "20 contact_hour"));
    credits
}

#[test]
fn how_long_an_answer_takes_closes_no_way_of_applying() {
    let evaluation = judged(cma(), &aama_and_others(), "2026-03-27");
    assert_eq!((&evaluation["verdict"], &evaluation["standing"]), (&json!("met"), &json!("current")));
    for (name, by, answer_by, outlook) in [
        ("online", "2026-03-10", "2026-04-17", "answer_after_expiry"),
        ("expedited", "2026-03-24", "2026-04-03", "answer_after_expiry"),
        ("mail", "2026-03-01", "2026-04-26", "answer_after_expiry"),
    ] {
        let way = way(&evaluation, name);
        assert_eq!(way["barred"], Value::Null, "{way}");
        assert_eq!((&way["by"], &way["by_basis"]), (&json!(by), &json!("inference")), "{way}");
        assert_eq!((&way["answer_by"], &way["in_time"]), (&json!(answer_by), &json!(false)), "{way}");
        assert_eq!(way["outlook"]["code"], outlook, "{way}");
        assert_eq!(evaluation["dates"]["submit_by"][name], by);
    }
    assert_eq!(way(&evaluation, "at_once")["barred"]["code"], "needs_papers");
    let early = judged(cma(), &aama_and_others(), "2026-01-15");
    let mail = way(&early, "mail");
    assert_eq!((&mail["in_time"], &mail["outlook"]["code"]), (&json!(true), &json!("answer_in_time")));
}

#[test]
fn in_the_late_window_ways_are_open_until_its_safe_last_day() {
    let evaluation = judged(cma(), &aama_and_others(), "2026-04-15");
    assert_eq!((&evaluation["verdict"], &evaluation["standing"]), (&json!("met"), &json!("late")));
    for name in ["online", "expedited", "mail"] {
        let way = way(&evaluation, name);
        assert_eq!((&way["barred"], &way["by"]), (&Value::Null, &json!("2026-06-29")), "{way}");
        assert_eq!((&way["in_time"], &way["outlook"]["code"]), (&json!(false), &json!("answer_late")), "{way}");
        assert_eq!(evaluation["dates"]["submit_by"][name], "2026-06-29");
    }
    let closed = judged(cma(), &aama_and_others(), "2026-07-15");
    assert_eq!(way(&closed, "mail")["barred"]["code"], "renewal_closed");
    assert_eq!(closed["dates"]["submit_by"], json!({}));
}

#[test]
fn after_the_day_on_which_only_a_fee_is_added_ptcb_is_still_open() {
    let credits = [tagged(&["t"], "Sterile compounding", "2025-01-01", "4 contact_hour")];
    let ptcb = || credential("cpht-ptcb", "2024-07-31", "2026-07-31");
    let evaluation = judged(ptcb(), &credits, "2026-07-10");
    let online = way(&evaluation, "online");
    assert_eq!((&online["barred"], &online["by"]), (&Value::Null, &json!("2026-07-01")), "{online}");
    assert!(online["afterwards"].as_str().unwrap().contains("late fee"), "{online}");
    let late = judged(ptcb(), &credits, "2026-09-10");
    let reinstatement = way(&late, "reinstatement");
    assert_eq!((&reinstatement["barred"], &reinstatement["by"]), (&Value::Null, &json!("2027-07-31")));
}

#[test]
fn advice_to_start_early_closes_nothing_and_opens_nothing() {
    let ccbma = credential("ccma-c-ccbma", "2020-03-20", "2025-03-20");
    let evaluation = judged(ccbma, &[], "2025-01-20");
    let application = way(&evaluation, "application");
    assert_eq!((&application["barred"], &application["opens_on"]), (&Value::Null, &Value::Null));
    assert_eq!((&application["answer_by"], &application["in_time"]), (&json!("2025-02-17"), &json!(true)));
}

fn nha(amounts: &[&str]) -> Value {
    let ccma = credential("ccma-nha", "2024-06-30", "");
    let credits: Vec<Value> =
        amounts.iter().map(|hours| credit(hours, "2025-01-01", &format!("{hours} contact_hour"))).collect();
    judged(ccma, &credits, "2025-12-01")
}

fn minimum(evaluation: &Value) -> &Value {
    evaluation["requirements"].as_array().unwrap().iter().find(|line| line["kind"] == "minimum").unwrap()
}

#[test]
fn nothing_is_rounded_before_it_is_added_up() {
    let evaluation = nha(&["1.25", "1.75", "17"]);
    assert_eq!((&evaluation["verdict"], &minimum(&evaluation)["counted"]), (&json!("met"), &json!("10")));
    let credit = &evaluation["credits"][0];
    assert_eq!((&credit["counted"], &credit["exact"]["counted"]), (&json!("0.62"), &json!("5/8")));
    assert_eq!(credit["exact"]["earned"], "5/8");
    let whole = &evaluation["credits"][2];
    assert_eq!((&whole["counted"], whole.get("exact")), (&json!("8.5"), None));
}

#[test]
fn what_counts_is_rounded_down_and_what_lacks_up_and_both_say_so() {
    let evaluation = nha(&["1.25", "17"]);
    let line = minimum(&evaluation);
    assert_eq!((&line["counted"], &line["short"]), (&json!("9.12"), &json!("0.88")));
    assert_eq!(line["exact"], json!({ "earned": "73/8", "counted": "73/8", "short": "7/8" }));
    assert_eq!((&evaluation["gap"]["points"], &evaluation["gap"]["exact"]["points"]), (&json!("0.88"), &json!("7/8")));
    assert!(
        evaluation["gap"]["sentence"].as_str().unwrap().contains("about 0.88 NHA credits"),
        "{}",
        evaluation["gap"]
    );
}

#[test]
fn arithmetic_that_is_printed_is_true_and_says_one_point() {
    let iacet = in_category("general", "Ethics", "2023-01-01", "0.1 iacet_ceu");
    let evaluation = judged(cma(), &[iacet], "2025-08-01");
    let reasons = evaluation["credits"][0]["reasons"].to_string();
    assert!(reasons.contains("0.1 × 10 = 1 point,"), "{reasons}");
}

fn asked(evaluation: &Value) -> Vec<&str> {
    evaluation["questions"].as_array().unwrap().iter().map(|question| question["id"].as_str().unwrap()).collect()
}

fn line<'a>(evaluation: &'a Value, id: &str) -> &'a Value {
    let lines = evaluation["requirements"].as_array().unwrap();
    lines.iter().find(|line| line["id"] == id).unwrap_or_else(|| panic!("no {id} in {lines:?}"))
}

fn card(title: &str, on: &str, expires: &str) -> Value {
    let paper = |role: &str| json!({ "sha256": "0".repeat(64), "name": "card.pdf", "role": role });
    let card = json!({ "kind": "cpr_card", "expires_on": expires, "provider": "AHA", "proofs": [paper("card_front"), paper("card_back")] });
    with(credit(title, on, "1 cpr_card"), card)
}

#[test]
fn a_card_that_is_not_valid_for_two_years_or_older_than_the_certification_is_asked_about() {
    let mut credits = aama(["16", "20", "20"]);
    for (card, question) in [
        (card("Heartsaver", "2023-01-10", "2024-01-10"), "accepted.short_card"),
        (card("BLS", "2021-02-10", "2023-02-28"), "accepted.early_card"),
    ] {
        credits.push(card);
        let evaluation = judged(cma(), &credits, "2025-12-01");
        assert_eq!(evaluation["verdict"], "cannot_tell", "{question}");
        assert!(asked(&evaluation).contains(&question), "{question}");
        credits.pop();
    }
    credits.push(card("BLS", "2023-01-10", "2025-01-09"));
    assert_eq!(judged(cma(), &credits, "2025-12-01")["verdict"], "met", "valid two years to the day");
}

#[test]
fn a_balance_beside_the_lines_it_came_from_is_asked_about_and_not_added() {
    let mut credits = aama(["10", "10", "10"]);
    for category in ["administrative", "clinical", "general"] {
        let balance = in_category(category, &format!("Balance, {category}"), "2023-12-31", "10 point");
        credits.push(with(balance, json!({ "kind": "opening_balance", "provider": "AAMA" })));
    }
    let evaluation = judged(cma(), &credits, "2025-12-01");
    assert_eq!(evaluation["verdict"], "cannot_tell");
    assert_eq!(line(&evaluation, "total")["counted"], "30");
    assert!(asked(&evaluation).contains(&"balance"), "{:?}", asked(&evaluation));
    let answers =
        |answer: &str| json!({ "answers": [{ "question": "balance", "answer": answer, "answered_on": "2025-12-01" }] });
    for (answer, counted) in [("No", "60"), ("Yes", "30")] {
        let evaluation = told(&record(&[cma()], &credits, answers(answer)), "2025-12-01");
        assert_eq!(line(&evaluation, "total")["counted"], counted, "{answer}");
        assert!(!asked(&evaluation).contains(&"balance"), "{answer}");
    }
}

#[test]
fn the_same_course_again_is_asked_about_where_the_issuer_is_silent() {
    let mut credits = aama(["16", "20", "14"]);
    for year in ["2023", "2024"] {
        let course = in_category("general", &format!("HIPAA {year}"), &format!("{year}-04-01"), "5 contact_hour");
        credits.push(with(course, json!({ "title": "HIPAA yearly" })));
    }
    let evaluation = judged(cma(), &credits, "2025-12-01");
    assert_eq!(evaluation["verdict"], "cannot_tell");
    assert_eq!(line(&evaluation, "total")["counted"], "55");
    assert!(asked(&evaluation).contains(&"repeat.repeat"), "{:?}", asked(&evaluation));
}

#[test]
fn of_two_repeats_the_one_that_serves_better_counts() {
    let osha = |id: &str, on: &str, amount: &str| {
        let more = json!({ "id": id, "title": "OSHA", "provider": "Clinic", "issuer_transcript": "posted" });
        with(tagged(&["employer_training"], "OSHA", on, amount), more)
    };
    let other = with(credit("Charting", "2023-03-02", "10 clock_hour"), json!({ "issuer_transcript": "posted" }));
    let credits = [osha("old", "2022-07-11", "1 clock_hour"), osha("new", "2023-03-01", "4 clock_hour"), other];
    let evaluation = judged(credential("ncma-ncct", "2019-01-01", "2023-12-31"), &credits, "2023-11-01");
    assert_eq!(evaluation["verdict"], "met", "{}", evaluation["gap"]["sentence"]);
    let counted: Vec<&str> =
        evaluation["credits"].as_array().unwrap().iter().map(|c| c["counted"].as_str().unwrap()).collect();
    assert_eq!(counted[..2], ["0", "4"]);
}

#[test]
fn one_activity_from_a_provider_spelled_otherwise_is_asked_about() {
    let mut credits = aama(["18", "20", "20"]);
    for (id, provider) in [("a", "Lakeside"), ("b", "Lakeside Inst.")] {
        let again = in_category("administrative", "Scheduling Well", "2024-04-04", "1 aama_ceu");
        let more = json!({ "id": id, "provider": provider, "approver": "aama", "issuer_transcript": "posted" });
        credits.push(with(again, more));
    }
    let evaluation = judged(cma(), &credits, "2025-12-01");
    assert_eq!(evaluation["verdict"], "cannot_tell");
    assert!(asked(&evaluation).contains(&"duplicate"), "{:?}", asked(&evaluation));
    credits.last_mut().unwrap()["provider"] = json!("Riverside College");
    assert_eq!(judged(cma(), &credits, "2025-12-01")["verdict"], "met");
}

#[test]
fn where_only_the_expiry_is_known_it_is_asked_whether_the_period_is_the_first() {
    let mut credits = aama(["20", "20", "10"]);
    credits.push(in_category("clinical", "Phlebotomy", "2021-01-10", "10 contact_hour"));
    let card = || credential("cma-aama", "", "2026-03-31");
    let evaluation = judged(card(), &credits, "2025-12-01");
    assert_eq!(evaluation["verdict"], "cannot_tell");
    assert!(asked(&evaluation).contains(&"cycle"), "{:?}", asked(&evaluation));
    for (answer, verdict) in [("Yes", "met"), ("No", "not_met")] {
        let answers = json!({ "answers": [{ "question": "cycle", "answer": answer, "answered_on": "2025-12-01" }] });
        let evaluation = told(&record(&[card()], &credits, answers), "2025-12-01");
        assert_eq!(evaluation["verdict"], verdict, "{answer}");
        assert!(!asked(&evaluation).contains(&"cycle"), "{answer}");
    }
    let enough = judged(card(), &aama(["20", "20", "20"]), "2025-12-01");
    assert!(!asked(&enough).contains(&"cycle"), "it is asked only where it decides");
}

#[test]
fn a_certification_of_long_ago_may_have_been_renewed_since() {
    let old = || credential("cma-aama", "2011-03-17", "");
    let evaluation = judged(old(), &aama(["20", "20", "20"]), "2025-12-01");
    assert_eq!((&evaluation["standing"], &evaluation["verdict"]), (&json!("unknown"), &json!("cannot_tell")));
    assert_eq!(asked(&evaluation)[0], "renewed");
    assert!(!evaluation.to_string().contains("Pass the"), "{evaluation}");
    let answers = json!({ "answers": [{ "question": "renewed", "answer": "No", "answered_on": "2025-12-01" }] });
    let evaluation = told(&record(&[old()], &[], answers), "2025-12-01");
    assert_eq!((&evaluation["standing"], &evaluation["verdict"]), (&json!("lapsed"), &json!("not_met")));
}

#[test]
fn points_may_be_voluntary_for_those_amt_certified_before_2006() {
    let rma = || credential("rma-amt", "2004-05-01", "2025-04-30");
    let credits = [credit("Coding", "2024-01-01", "5 contact_hour")];
    let evaluation = judged(rma(), &credits, "2024-08-01");
    assert_eq!(evaluation["verdict"], "cannot_tell");
    assert!(asked(&evaluation).contains(&"fact.never_recertified"), "{:?}", asked(&evaluation));
    for (answer, verdict) in [("Yes", "met"), ("No", "not_met")] {
        let answers = json!({ "answers": [{ "question": "fact.never_recertified", "answer": answer, "answered_on": "2024-08-01" }] });
        assert_eq!(told(&record(&[rma()], &credits, answers), "2024-08-01")["verdict"], verdict, "{answer}");
    }
    assert_eq!(judged(credential("rma-amt", "2022-05-01", ""), &credits, "2024-08-01")["verdict"], "not_met");
}

#[test]
fn a_current_national_credential_of_the_record_leads_back_in_washington_and_a_drivers_license_does_not() {
    let washington = credential("ma-c-doh-wa", "2018-01-10", "2022-01-10");
    let cma = json!({ "id": "y", "pack": "cma-aama", "certified_on": "2023-01-05" });
    let evaluation = told(&record(&[washington.clone(), cma], &[], json!({})), "2025-02-10");
    assert_eq!(line(&evaluation, "national_credential")["state"], "met");
    assert_eq!((&evaluation["verdict"], &evaluation["path"]), (&json!("met"), &json!("by_credential")));
    let expired = json!({ "id": "y", "pack": "cma-aama", "certified_on": "2019-01-05" });
    let evaluation = told(&record(&[washington.clone(), expired], &[], json!({})), "2025-02-10");
    assert_eq!(evaluation["verdict"], "not_met");
    for (title, state) in [("Driver's license", "not_met"), ("CMA (AAMA)", "met")] {
        let fact = json!({ "id": "f1", "kind": "credential", "title": title, "issued_on": "2023-01-05", "expires_on": "2028-01-31" });
        let evaluation =
            told(&record(std::slice::from_ref(&washington), &[], json!({ "facts": [fact] })), "2025-02-10");
        assert_eq!(line(&evaluation, "national_credential")["state"], state, "{title}");
    }
}

#[test]
fn a_course_that_is_worth_nothing_shows_no_condition() {
    let course = in_category("out_of_scope", "EMT HIPAA", "2023-01-01", "5 contact_hour");
    let course = with(course, json!({ "tags": ["hipaa", "cultural"] }));
    let evaluation = judged(credential("ccma-c-ccbma", "2020-03-20", "2025-03-20"), &[course], "2024-10-01");
    for id in ["hipaa", "cultural"] {
        assert_eq!(line(&evaluation, id)["state"], "not_met", "{id}");
    }
}
