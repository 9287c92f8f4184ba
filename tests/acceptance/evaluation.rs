//! Examples of CMA (AAMA) as an applicant would meet them, through `recert evaluate`.

use serde_json::{Value, json};

use crate::command::Desk;

fn credit(id: &str, unit: &str, amount: &str, split: Value) -> Value {
    let approver = if unit == "aama_ceu" { json!("aama") } else { Value::Null };
    json!({ "id": id, "title": format!("Activity {id}"), "completed_on": "2024-03-04", "amount": amount, "unit": unit,
            "approver": approver, "split": split })
}

fn evaluate(credential: Value, credits: Vec<Value>, on: &str) -> Value {
    let desk = Desk::new();
    let record = json!({ "schema": "recert.record/1", "holder": { "name": "Maria Delgado" },
                         "credentials": [credential], "credits": credits });
    desk.write("record.json", record.to_string());
    desk.asked(&["evaluate", "record.json", "--on", on])
}

fn certified(on: &str) -> Value {
    json!({ "id": "cma", "pack": "cma-aama", "certified_on": on })
}

fn line(evaluation: &Value, id: &str) -> Value {
    evaluation["requirements"].as_array().unwrap().iter().find(|line| line["id"] == id).unwrap().clone()
}

#[test]
fn fourteen_thirty_and_sixteen_approved_points_are_ready() {
    let credits = vec![
        credit("a", "aama_ceu", "14", json!({ "administrative": "14" })),
        credit("b", "aama_ceu", "30", json!({ "clinical": "30" })),
        credit("c", "aama_ceu", "16", json!({ "general": "16" })),
    ];
    let evaluation = evaluate(certified("2021-03-17"), credits, "2026-01-15");
    assert_eq!(evaluation["dates"]["expires_on"], "2026-03-31");
    assert_eq!(evaluation["verdict"], "met");
    assert_eq!(line(&evaluation, "total")["counted"], "60");
    assert_eq!(evaluation["dates"]["submit_by"]["mail"], "2026-03-01");
}

#[test]
fn forty_points_from_other_sources_count_as_thirty_and_five_more_must_be_approved() {
    let credits = vec![
        credit("a", "aama_ceu", "8", json!({ "administrative": "8" })),
        credit("b", "aama_ceu", "10", json!({ "clinical": "10" })),
        credit("c", "aama_ceu", "7", json!({ "general": "7" })),
        credit("d", "contact_hour", "10", json!({ "administrative": "10" })),
        credit("e", "contact_hour", "20", json!({ "clinical": "20" })),
        credit("f", "contact_hour", "10", json!({ "general": "10" })),
    ];
    let evaluation = evaluate(certified("2021-03-17"), credits, "2026-01-15");
    assert_eq!(evaluation["verdict"], "not_met");
    assert_eq!(line(&evaluation, "total")["earned"], "65");
    assert_eq!(line(&evaluation, "total")["counted"], "55");
    assert_eq!(evaluation["gap"]["points"], "5");
    assert_eq!(evaluation["gap"]["at_least"][0]["approver"], "aama");
    assert_eq!(
        evaluation["caps"][0],
        json!({ "id": "non_aama", "label": "From other sources", "counts": "points", "limit": "30",
        "earned": "40", "counted": "30", "source": evaluation["caps"][0]["source"] })
    );
}

#[test]
fn a_college_course_is_cut_where_it_does_least_harm() {
    let credits = vec![
        credit("a", "aama_ceu", "2", json!({ "administrative": "2" })),
        credit("b", "aama_ceu", "24", json!({ "clinical": "24" })),
        credit("c", "aama_ceu", "6", json!({ "general": "6" })),
        credit("d", "semester_credit", "3", json!({ "administrative": "1.8", "general": "1.2" })),
    ];
    let evaluation = evaluate(certified("2021-03-17"), credits, "2026-01-15");
    assert_eq!(evaluation["verdict"], "met");
    assert_eq!(line(&evaluation, "total")["counted"], "62");
}

#[test]
fn the_expiry_on_the_card_wins_over_the_rule() {
    let credential = json!({ "id": "cma", "pack": "cma-aama", "certified_on": "2015-04-20", "expires_on": "2020-08-31",
                             "expires_reason": "AAMA moved it" });
    let evaluation = evaluate(credential, Vec::new(), "2020-07-01");
    assert_eq!(evaluation["dates"]["expires_on"], "2020-08-31");
    assert_eq!(evaluation["standing"], "current");
    assert_eq!(evaluation["notes"][0]["code"], "printed_expiry");
}

#[test]
fn leap_days_and_month_ends_are_kept() {
    for (anchor, expires) in [("2019-02-11", "2024-02-29"), ("2020-02-29", "2025-02-28"), ("2021-12-31", "2026-12-31")]
    {
        let evaluation = evaluate(certified(anchor), Vec::new(), "2023-01-01");
        assert_eq!(evaluation["dates"]["expires_on"], expires, "certified {anchor}");
    }
}

#[test]
fn the_answer_is_as_of_the_day_that_is_asked_about() {
    let mut late = credit("a", "aama_ceu", "2", json!({ "clinical": "2" }));
    late["completed_on"] = json!("2025-06-01");
    let evaluation = evaluate(certified("2021-03-17"), vec![late], "2025-05-31");
    assert_eq!(evaluation["on"], "2025-05-31");
    assert_eq!(evaluation["credits"][0]["earned"], "0");
    assert_eq!(evaluation["credits"][0]["reasons"][0]["code"], "after_date");
}
