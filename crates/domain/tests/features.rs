//! Everything that issuers ask for, each thing alone: a small pack as data, a record, and the answer.
#![allow(clippy::unwrap_used, reason = "tests")]
#![allow(clippy::needless_pass_by_value, reason = "a rule reads best where it is written out")]

use chrono::NaiveDate;
use domain::{Asked, EvaluateError, Pack, Packs, Record, evaluate, papers};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Ten hours in two years, nothing else.
fn pack(lists: Value) -> Value {
    let base = json!({
        "schema": "recert.pack/1", "version": "1",
        "credentials": [{ "id": "cap-lvb", "name": "CAP (LVB)", "full_name": "Certified in Practice" }],
        "issuer": { "name": "Lakeview Board", "short": "LVB", "approver": "lvb" },
        "sources": { "rules": { "title": "Rules", "address": "https://example.org/rules" } },
        "counts_in": { "one": "hour", "many": "hours" },
        "period": [rule(json!({ "months": 24, "end": "same_day" }))],
        "approvers": [{ "id": "lvb", "label": "LVB-approved", "names": ["LVB"] }],
        "convert": [hour()],
        "requirements": [minimum("total", "10", json!({}))],
    });
    with(base, lists)
}

/// The fields of one object over those of another.
fn with(mut fields: Value, more: Value) -> Value {
    if let (Value::Object(fields), Value::Object(more)) = (&mut fields, more) {
        fields.extend(more);
    }
    fields
}

fn rule(fields: Value) -> Value {
    with(json!({ "basis": "official", "source": "rules" }), fields)
}

fn hour() -> Value {
    convert("hour", json!({ "units": ["contact_hour", "clock_hour", "point"] }), json!({ "points": "1" }))
}

fn convert(id: &str, of: Value, more: Value) -> Value {
    with(rule(json!({ "id": id, "of": of })), more)
}

fn minimum(id: &str, needed: &str, more: Value) -> Value {
    with(rule(json!({ "kind": "minimum", "id": id, "label": id, "needed": needed })), more)
}

fn condition(id: &str, fact: &str, more: Value) -> Value {
    with(rule(json!({ "kind": "condition", "id": id, "label": id, "fact": fact, "words": "Do it." })), more)
}

fn limit(id: &str, of: Value, more: Value) -> Value {
    with(rule(json!({ "id": id, "label": id, "of": of, "words": "No more of these count." })), more)
}

fn refuse(id: &str, of: Value) -> Value {
    rule(json!({ "id": id, "of": of, "words": "Not accepted." }))
}

fn window(id: &str, from: Value, to: Value, more: Value) -> Value {
    with(rule(json!({ "id": id, "label": id, "from": from, "to": to })), more)
}

fn in_the_period() -> Value {
    window("period", json!({ "at": "period_start" }), json!({ "at": "expiry" }), json!({}))
}

fn tags(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({ "id": id, "label": id })).collect()
}

fn hours(amount: &str, completed: &str) -> Value {
    json!({ "amount": amount, "unit": "contact_hour", "completed_on": completed })
}

fn hours_with(amount: &str, completed: &str, more: Value) -> Value {
    with(hours(amount, completed), more)
}

/// Credits are numbered c1, c2, …; the credential x was certified on 10 January 2024.
fn record(credits: &[Value], rest: Value) -> Record {
    let credit = |(index, fields): (usize, &Value)| {
        let title = format!("Activity {}", index + 1);
        with(json!({ "id": format!("c{}", index + 1), "title": title, "provider": "Lakeside" }), fields.clone())
    };
    let credits: Vec<Value> = credits.iter().enumerate().map(credit).collect();
    let record = json!({
        "schema": "recert.record/1", "holder": { "name": "Ann" }, "credits": credits,
        "credentials": [{ "id": "x", "pack": "cap-lvb", "certified_on": "2024-01-10" }],
    });
    Record::from_json(&with(record, rest).to_string()).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn judged_on(lists: Value, credits: &[Value], rest: Value, on: &str) -> Value {
    let packs = Packs::from_packs(Pack::check(&pack(lists).to_string()).unwrap());
    serde_json::to_value(evaluate(&record(credits, rest), "x", &packs, day(on)).unwrap()).unwrap()
}

/// On the last but tenth day of the period.
fn judged(lists: Value, credits: &[Value]) -> Value {
    judged_on(lists, credits, json!({}), "2025-12-31")
}

fn judged_with(lists: Value, credits: &[Value], rest: Value) -> Value {
    judged_on(lists, credits, rest, "2025-12-31")
}

fn item<'a>(list: &'a Value, id: &str) -> &'a Value {
    item_by(list, "id", id)
}

fn item_by<'a>(list: &'a Value, field: &str, value: &str) -> &'a Value {
    let found = list.as_array().unwrap().iter().find(|item| item[field] == value);
    found.unwrap_or_else(|| panic!("no {value} in {list:#}"))
}

fn has(list: &Value, field: &str, value: &str) -> bool {
    list.as_array().unwrap().iter().any(|item| item[field] == value)
}

/// What counts for a line.
fn counted(evaluation: &Value, line: &str) -> String {
    item(&evaluation["requirements"], line)["counted"].as_str().unwrap().to_owned()
}

fn state(evaluation: &Value, line: &str) -> String {
    item(&evaluation["requirements"], line)["state"].as_str().unwrap().to_owned()
}

/// What each credit counts.
fn all_counted(evaluation: &Value) -> Vec<&str> {
    evaluation["credits"].as_array().unwrap().iter().map(|credit| credit["counted"].as_str().unwrap()).collect()
}

fn earned(evaluation: &Value) -> Vec<&str> {
    evaluation["credits"].as_array().unwrap().iter().map(|credit| credit["earned"].as_str().unwrap()).collect()
}

fn says(evaluation: &Value, credit: &str, code: &str) -> bool {
    has(&item(&evaluation["credits"], credit)["reasons"], "code", code)
}

// Dates and periods.

#[test]
fn a_period_ends_as_its_rule_says_and_the_29th_of_february_is_the_28th_in_a_common_year() {
    for (end, months, certified, expires) in [
        ("same_day", 24, "2024-01-10", "2026-01-10"),
        ("day_before", 36, "2022-05-01", "2025-04-30"),
        ("month_end", 24, "2024-01-10", "2026-01-31"),
        ("year_end", 24, "2024-01-10", "2025-12-31"),
        ("same_day", 12, "2024-02-29", "2025-02-28"),
        ("month_end", 48, "2020-02-10", "2024-02-29"),
    ] {
        let period = json!({ "period": [rule(json!({ "months": months, "end": end }))] });
        let credential = json!({ "credentials": [{ "id": "x", "pack": "cap-lvb", "certified_on": certified }] });
        let evaluation = judged_on(period, &[], credential, certified);
        assert_eq!(evaluation["dates"]["expires_on"], expires, "{end} {certified}");
    }
}

#[test]
fn the_date_on_the_card_wins_and_the_difference_is_said() {
    let card = json!({ "id": "x", "pack": "cap-lvb", "certified_on": "2024-01-10", "expires_on": "2026-01-31" });
    let evaluation = judged_with(json!({}), &[], json!({ "credentials": [card] }));
    assert_eq!(evaluation["dates"]["expires_on"], "2026-01-31");
    assert!(has(&evaluation["notes"], "code", "printed_expiry"));
}

#[test]
fn every_calendar_year_may_be_a_period() {
    let year = rule(json!({ "months": 12, "anchor": "calendar_year", "end": "year_end" }));
    let credits = [hours("10", "2024-12-31"), hours("3", "2025-01-01")];
    let evaluation = judged(json!({ "period": [year] }), &credits);
    assert_eq!(evaluation["period"], json!({ "from": "2025-01-01", "to": "2025-12-31" }));
    assert_eq!(all_counted(&evaluation), ["0", "3"]);
}

#[test]
fn both_ends_of_a_period_belong_to_it_and_the_last_day_of_an_activity_decides() {
    let long_course = hours_with("1", "2024-01-10", json!({ "started_on": "2023-09-01" }));
    let credits = [hours("1", "2024-01-09"), long_course, hours("1", "2026-01-10"), hours("1", "2026-01-11")];
    let evaluation = judged_on(json!({}), &credits, json!({}), "2026-01-10");
    assert_eq!(all_counted(&evaluation), ["0", "1", "1", "0"]);
}

#[test]
fn a_window_may_reach_back_from_the_day_of_application() {
    let back =
        window("two_years", json!({ "at": "application", "months": -24 }), json!({ "at": "application" }), json!({}));
    let credits = [hours("5", "2023-06-01"), hours("5", "2024-06-01")];
    let lists = json!({ "windows": [back] });
    assert_eq!(all_counted(&judged_on(lists.clone(), &credits, json!({}), "2025-05-31")), ["5", "5"]);
    assert_eq!(all_counted(&judged_on(lists, &credits, json!({}), "2025-06-02")), ["0", "5"]);
}

#[test]
fn points_from_before_certification_count_in_the_first_period_only_and_to_a_limit_of_their_own() {
    let before = window(
        "before",
        json!({ "at": "certification", "months": -3 }),
        json!({ "at": "certification", "days": -1 }),
        json!({ "when": { "cycle": "first" } }),
    );
    let most = limit("before", json!({ "windows": ["before"] }), json!({ "points": "4" }));
    let lists = json!({ "windows": [before, in_the_period()], "limits": [most] });
    let credits = [hours("6", "2023-11-01"), hours("3", "2023-10-09")];
    assert_eq!(all_counted(&judged(lists.clone(), &credits)), ["4", "0"]);
    let later = json!({ "credentials": [{ "id": "x", "pack": "cap-lvb", "certified_on": "2022-01-10",
                                          "recertified_on": "2024-01-10" }] });
    assert_eq!(all_counted(&judged_with(lists, &credits, later)), ["0", "0"]);
}

#[test]
fn surplus_of_the_last_year_is_carried_over_to_a_limit() {
    let tagged = json!({ "of": { "tags": ["carried_over"] } });
    let from = json!({ "at": "period_start", "months": -12 });
    let carried = window("carried", from, json!({ "at": "period_start", "days": -1 }), tagged);
    let most = limit("carried", json!({ "windows": ["carried"] }), json!({ "points": "6" }));
    let lists = json!({ "tags": tags(&["carried_over"]), "windows": [carried, in_the_period()], "limits": [most] });
    let surplus = |completed: &str| hours_with("8", completed, json!({ "tags": ["carried_over"] }));
    let credits = [surplus("2023-06-01"), surplus("2022-06-01"), hours("3", "2023-07-01"), hours("4", "2024-05-01")];
    let evaluation = judged(lists, &credits);
    assert_eq!(all_counted(&evaluation), ["6", "0", "0", "4"]);
    assert_eq!(evaluation["verdict"], "met");
}

#[test]
fn what_is_earned_in_the_days_of_grace_may_count_for_nothing() {
    let grace =
        window("grace", json!({ "at": "expiry", "days": 1 }), json!({ "at": "late_end" }), json!({ "counts": "no" }));
    let late = rule(json!({ "until": [{ "at": "expiry", "months": 3 }] }));
    let lists = json!({ "windows": [in_the_period(), grace], "late": [late] });
    let credits = [hours("9", "2025-06-01"), hours("1", "2026-02-01")];
    let evaluation = judged_on(lists, &credits, json!({}), "2026-03-01");
    assert_eq!((&evaluation["standing"], &evaluation["verdict"]), (&json!("late"), &json!("not_met")));
    assert_eq!(all_counted(&evaluation), ["9", "0"]);
}

#[test]
fn a_requirement_may_look_back_further_than_the_period_and_alone() {
    let four_years = window(
        "four_years",
        json!({ "at": "period_start", "months": -24 }),
        json!({ "at": "period_start", "days": -1 }),
        json!({ "of": { "tags": ["equity"] }, "only_for": ["equity"] }),
    );
    let equity = minimum("equity", "2", json!({ "of": { "tags": ["equity"] } }));
    let lists = json!({
        "tags": tags(&["equity"]), "windows": [in_the_period(), four_years],
        "requirements": [minimum("total", "10", json!({})), equity],
    });
    let credits = [hours_with("2", "2022-06-01", json!({ "tags": ["equity"] })), hours("9", "2024-06-01")];
    let evaluation = judged(lists, &credits);
    assert_eq!((counted(&evaluation, "equity"), counted(&evaluation, "total")), ("2".into(), "9".into()));
    assert_eq!(evaluation["gap"]["points"], "1");
}

#[test]
fn the_next_period_counts_from_the_renewal_or_from_the_old_expiry() {
    for (from, expires, given_up) in [("recertification", "2027-06-01", 7), ("expiry", "2028-01-10", 0)] {
        let period = rule(json!({ "months": 24, "end": "same_day", "renews_from": from }));
        let evaluation = judged_on(json!({ "period": [period] }), &[], json!({}), "2025-06-01");
        assert_eq!(evaluation["renewal"]["expires_on"], expires, "{from}");
        assert_eq!(evaluation["renewal"]["months_given_up"], given_up, "{from}");
    }
}

#[test]
fn a_way_of_applying_opens_and_closes_and_says_what_follows() {
    let online = rule(json!({
        "way": "online", "label": "Online", "opens": { "at": "expiry", "days": -60 },
        "by": { "at": "expiry", "days": -30 }, "afterwards": "A late fee is charged.",
    }));
    let way = judged(json!({ "apply": [online] }), &[])["dates"]["ways"][0].clone();
    assert_eq!((&way["opens_on"], &way["by"]), (&json!("2025-11-11"), &json!("2025-12-11")));
    assert_eq!(way["afterwards"], "A late fee is charged.");
}

#[test]
fn between_the_safe_last_day_and_the_latest_possible_one_nobody_can_tell() {
    let two_texts = json!([{ "at": "expiry", "months": 3, "snap": "month_end" }, { "at": "expiry", "days": 90 }]);
    let lists = json!({ "late": [rule(json!({ "until": two_texts, "way_back": "Sit the exam." }))] });
    for (on, standing, verdict) in [
        ("2026-01-10", "current", "met"),
        ("2026-04-10", "late", "met"),
        ("2026-04-11", "late", "cannot_tell"),
        ("2026-04-30", "late", "cannot_tell"),
        ("2026-05-01", "lapsed", "not_met"),
    ] {
        let evaluation = judged_on(lists.clone(), &[hours("10", "2024-06-01")], json!({}), on);
        assert_eq!((&evaluation["standing"], &evaluation["verdict"]), (&json!(standing), &json!(verdict)), "{on}");
        let dates = &evaluation["dates"];
        assert_eq!((&dates["late_until"], &dates["late_until_latest"]), (&json!("2026-04-10"), &json!("2026-04-30")));
    }
}

#[test]
fn a_lapse_may_cost_so_many_hours_for_each_year_missed() {
    let missed = json!({ "per_missed_year": "4", "at_least": "6" });
    let late = rule(json!({ "until": [{ "at": "expiry", "months": 36 }] }));
    let missed = minimum("missed", "1", json!({ "needed": missed, "when": { "standing": ["late"] } }));
    let lists = json!({ "late": [late], "requirements": [missed] });
    for (on, needed) in [("2026-01-11", "6"), ("2027-01-10", "6"), ("2027-01-11", "8"), ("2028-06-01", "12")] {
        let evaluation = judged_on(lists.clone(), &[], json!({}), on);
        assert_eq!(item(&evaluation["requirements"], "missed")["needed"], needed, "{on}");
    }
}

// Versions, and who is bound.

#[test]
fn a_rule_binds_those_of_whom_its_when_holds() {
    for (when, binds) in [
        (json!({ "applied": { "from": "2025-12-31" } }), true),
        (json!({ "applied": { "to": "2025-12-30" } }), false),
        (json!({ "certified": { "from": "2006-01-01", "to": "2024-01-10" } }), true),
        (json!({ "certified": { "to": "2006-01-01" } }), false),
        (json!({ "recertified": { "from": "2014-04-01" } }), false),
        (json!({ "period_start": { "from": "2024-01-10" } }), true),
        (json!({ "period_start": { "from": "2024-01-11" } }), false),
        (json!({ "expiry": { "to": "2026-01-09" } }), false),
        (json!({ "cycle": "first" }), true),
        (json!({ "cycle": "later" }), false),
        (json!({ "standing": ["late", "lapsed"] }), false),
        (json!({ "credentials": ["cap-lvb"] }), true),
        (json!({ "months_expired": 0 }), false),
    ] {
        let bound = minimum("bound", "1", json!({ "when": when }));
        let evaluation = judged(json!({ "requirements": [bound] }), &[]);
        assert_eq!(has(&evaluation["requirements"], "id", "bound"), binds, "{when}");
    }
}

#[test]
fn the_day_of_each_activity_may_decide_what_it_is_worth() {
    let hour = json!({ "units": ["contact_hour"] });
    let double = convert("before", hour, json!({ "points": "2", "when": { "completed": { "to": "2024-12-31" } } }));
    let lists = json!({ "convert": [double, self::hour()] });
    let credits = [hours("2", "2024-12-31"), hours("2", "2025-01-01")];
    assert_eq!(all_counted(&judged(lists, &credits)), ["4", "2"]);
}

#[test]
fn the_edition_in_force_is_named_and_so_is_the_version() {
    let edition = |id: &str, decided_by: &str, from: &str| {
        rule(json!({ "id": id, "label": format!("Since {from}"), "decided_by": decided_by, "from": from }))
    };
    for (decided_by, label) in [
        ("application", "Since 2025-01-01"),
        ("period_start", "Since 2024-01-01"),
        ("certification", "Since 2024-01-01"),
    ] {
        let editions = [edition("a", decided_by, "2024-01-01"), edition("b", decided_by, "2025-01-01")];
        let evaluation = judged(json!({ "editions": editions }), &[]);
        assert_eq!(evaluation["edition"], label, "{decided_by}");
        assert_eq!(evaluation["pack_version"], "1");
    }
}

// Amounts.

#[test]
fn tenths_of_an_hour_add_up_exactly() {
    let lists = json!({ "requirements": [minimum("total", "0.3", json!({}))] });
    let evaluation = judged(lists.clone(), &[hours("0.1", "2024-06-01"), hours("0.2", "2024-06-02")]);
    assert_eq!((&evaluation["verdict"], counted(&evaluation, "total")), (&json!("met"), "0.3".into()));
    let ten = vec![hours("0.03", "2024-06-01"); 9];
    assert_eq!(judged(lists, &ten)["gap"]["points"], "0.03");
}

#[test]
fn the_parts_of_a_certificate_add_up_to_the_whole_of_it() {
    let categories = tags(&["one", "two", "three"]);
    let third = convert("third", json!({ "units": ["contact_hour"] }), json!({ "points": "1/3" }));
    let split = json!({ "split": { "one": "1", "two": "1", "three": "1" } });
    let lists = json!({ "categories": categories, "convert": [third] });
    let evaluation = judged(lists, &[hours_with("3", "2024-06-01", split)]);
    assert_eq!(earned(&evaluation), ["1"]);
    let credit = &evaluation["credits"][0];
    assert_eq!(credit["split"], json!({ "one": "0.33", "two": "0.33", "three": "0.33" }));
    assert_eq!(credit["exact"], json!({ "split.one": "1/3", "split.two": "1/3", "split.three": "1/3" }));
}

#[test]
fn an_issuer_may_round_down_up_or_to_the_nearest() {
    for (to, way, amount, points) in [
        ("0.5", "down", "1.99", "1.5"),
        ("0.5", "up", "1.51", "2"),
        ("0.25", "nearest", "1.37", "1.25"),
        ("0.25", "nearest", "1.38", "1.5"),
        ("1", "down", "0.9", "0"),
    ] {
        let round = json!({ "points": "1", "round": { "to": to, "way": way } });
        let lists = json!({ "convert": [convert("hour", json!({ "units": ["contact_hour"] }), round)] });
        assert_eq!(earned(&judged(lists, &[hours(amount, "2024-06-01")])), [points], "{amount} {way} to {to}");
    }
}

#[test]
fn what_is_rounded_is_the_exact_worth() {
    for (rate, to, way, amount, points) in [
        ("1", "0.25", "nearest", "1.375", "1.5"),
        ("1", "1", "up", "1.001", "2"),
        ("1/3", "1", "up", "3.0001", "2"),
        ("2/3", "1", "nearest", "0.75", "1"),
    ] {
        let round = json!({ "points": rate, "round": { "to": to, "way": way } });
        let lists = json!({ "convert": [convert("hour", json!({ "units": ["contact_hour"] }), round)] });
        assert_eq!(earned(&judged(lists, &[hours(amount, "2024-06-01")])), [points], "{amount} × {rate} {way} to {to}");
    }
}

#[test]
fn the_certificate_counts_and_not_the_minutes() {
    let evaluation = judged(json!({}), &[hours_with("1", "2024-06-01", json!({ "minutes": 100 }))]);
    assert_eq!(earned(&evaluation), ["1"]);
}

#[test]
fn one_certificate_may_be_worth_a_fixed_number_or_at_most_so_many() {
    let article = convert("article", json!({ "kinds": ["authoring"] }), json!({ "each": "5" }));
    let college = json!({ "points": "15", "at_most": "10" });
    let college = convert("college", json!({ "units": ["semester_credit"] }), college);
    let lists = json!({ "convert": [article, college, hour()] });
    let credits = [
        hours_with("300", "2024-06-01", json!({ "kind": "authoring" })),
        hours_with("3", "2024-06-02", json!({ "unit": "semester_credit" })),
        hours_with("0.5", "2024-06-03", json!({ "unit": "semester_credit" })),
    ];
    assert_eq!(earned(&judged(lists, &credits)), ["5", "10", "7.5"]);
}

#[test]
fn an_activity_across_a_boundary_counts_with_its_days_inside() {
    let work = |id: &str, from: Value, to: Value, more: Value| {
        window(id, from, to, with(json!({ "of": { "kinds": ["employment"] } }), more))
    };
    let start = json!({ "at": "period_start" });
    let paid = work("paid", start.clone(), json!({ "date": "2024-12-31" }), json!({ "prorate": true }));
    let over = work("over", start, json!({ "at": "expiry" }), json!({ "counts": "no" }));
    let lists = json!({ "windows": [paid, over, in_the_period()] });
    let work = |from: &str, to: &str| hours_with("8", to, json!({ "kind": "employment", "started_on": from }));
    let credits =
        [work("2024-12-22", "2025-01-10"), work("2025-01-01", "2025-03-01"), work("2024-02-01", "2024-12-31")];
    assert_eq!(earned(&judged(lists, &credits)), ["4", "0", "8"]);
}

#[test]
fn where_sessions_tell_the_days_nothing_is_shared_out_among_others() {
    let window = window("paid", json!({ "at": "period_start" }), json!({ "at": "expiry" }), json!({ "prorate": true }));
    let sessions = json!([{ "title": "One", "amount": "3", "on": "2024-01-09" }, { "title": "Two", "amount": "5" }]);
    let certificate = hours_with("8", "2024-01-11", json!({ "started_on": "2024-01-08", "sessions": sessions }));
    assert_eq!(earned(&judged(json!({ "windows": [window] }), &[certificate])), ["5"]);
}

#[test]
fn amounts_on_one_certificate_are_never_added_and_the_one_that_serves_best_counts() {
    let ceu = convert("iacet", json!({ "units": ["iacet_ceu"] }), json!({ "points": "10" }));
    let awards =
        json!([{ "amount": "0.6", "unit": "iacet_ceu" }, { "amount": "5", "unit": "contact_hour", "approver": "LVB" }]);
    let own = |needed: &str| minimum("own", needed, json!({ "of": { "approvers": ["lvb"] } }));
    let of_lines = |lines: Value| json!({ "convert": [ceu, hour()], "requirements": lines });
    let total = |needed: &str| minimum("total", needed, json!({}));
    let certificate = hours_with("6", "2024-06-01", json!({ "awards": awards }));
    for (lines, worth, approved) in [(json!([total("5"), own("5")]), "5", true), (json!([total("5")]), "6", false)] {
        let evaluation = judged(of_lines(lines.clone()), std::slice::from_ref(&certificate));
        assert_eq!((&evaluation["verdict"], earned(&evaluation)), (&json!("met"), vec![worth]), "{lines}");
        assert_eq!(evaluation["credits"][0]["approved"], approved, "{lines}");
    }
    let hour_of_its_own = json!({ "awards": [{ "amount": "1", "unit": "contact_hour", "approver": "LVB" }] });
    let both =
        [hours_with("20", "2024-06-01", hour_of_its_own), hours_with("5", "2024-06-02", json!({ "approver": "LVB" }))];
    for (needed, worth) in [("4", ["20", "5"]), ("6", ["1", "5"])] {
        let evaluation = judged(of_lines(json!([total("6"), own(needed)])), &both);
        assert_eq!(earned(&evaluation), worth, "where {needed} of its own are wanted");
    }
    let lists = of_lines(json!([total("5")]));
    let only = json!({ "awards": [{ "amount": "0.6", "unit": "iacet_ceu" }] });
    assert_eq!(earned(&judged(lists, &[hours_with("5", "2024-06-01", only)])), ["6"]);
}

#[test]
fn a_second_amount_that_says_the_same_for_certain_leaves_nothing_to_ask() {
    let awards = json!({ "unit": "ceu", "awards": [{ "amount": "6.0", "unit": "contact_hour" }] });
    let lists = json!({
        "convert": [bare_ceu(), hour()],
        "limits": [limit("cards", json!({ "units": ["cpr_card"] }), json!({ "count": 3 }))],
    });
    let evaluation = judged(lists, &[hours_with("0.6", "2024-06-01", awards)]);
    assert_eq!((earned(&evaluation), &evaluation["questions"]), (vec!["6"], &json!([])));
}

#[test]
fn sessions_are_judged_as_one_certificate_and_bring_its_categories() {
    let small = with(refuse("too_small", json!({})), json!({ "under": "1" }));
    let session = |category: &str| json!({ "title": category, "amount": "0.5", "category": category });
    let sessions = json!({ "sessions": [session("front"), session("front"), session("back"), session("back")] });
    let lists = json!({ "categories": tags(&["front", "back"]), "refuse": [small] });
    let evaluation = judged(lists, &[hours_with("2", "2024-06-01", sessions), hours("0.5", "2024-06-02")]);
    assert_eq!(earned(&evaluation), ["2", "0"]);
    assert_eq!(evaluation["credits"][0]["split"], json!({ "front": "1", "back": "1" }));
}

#[test]
fn whole_activities_come_before_parts_and_nothing_is_asked_where_they_are_enough() {
    let lvb = json!({ "approver": "LVB" });
    for (parts, sizes, whole, asked) in [
        ("silent", ["20", "10", "7"], ["20", "0", "7"], false),
        ("counted", ["20", "10", "7"], ["20", "0", "7"], false),
        ("silent", ["20", "10", "9"], ["20", "7", "0"], true),
    ] {
        let most = limit("most", json!({}), json!({ "points": "27" }));
        let lists = json!({ "limits": [most], "requirements": [minimum("total", "27", json!({}))], "parts": parts });
        let credits = [
            hours_with(sizes[0], "2024-06-01", lvb.clone()),
            hours(sizes[1], "2024-06-02"),
            hours_with(sizes[2], "2024-06-03", lvb.clone()),
        ];
        let evaluation = judged(lists, &credits);
        assert_eq!((&evaluation["verdict"], all_counted(&evaluation)), (&json!("met"), whole.to_vec()), "{sizes:?}");
        assert_eq!(has(&evaluation["questions"], "id", "parts"), asked, "{parts} {sizes:?}");
    }
}

/// An activity's points, who approved it, and its category.
fn activity() -> impl Strategy<Value = (u8, &'static str, &'static str)> {
    (1_u8..7, prop::sample::select(vec!["LVB", "Elsewhere", "unsure"]), prop::sample::select(vec!["care", "service"]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn parts_are_asked_about_only_if_they_are_needed_whoever_approved_what_is_in_doubt(
        activities in prop::collection::vec(activity(), 8),
        (total, own, most) in (16_u8..24, 1_u8..9, 5_u8..13),
        (care, service) in (1_u8..8, 1_u8..8),
    ) {
        let of = |category: &str, needed: u8| minimum(category, &needed.to_string(), json!({ "of": { "categories": [category] } }));
        let lists = json!({
            "categories": tags(&["care", "service"]), "parts": "silent",
            "limits": [limit("others", json!({ "approvers": ["other"] }), json!({ "points": most.to_string() }))],
            "requirements": [
                minimum("total", &total.to_string(), json!({})),
                minimum("own", &own.to_string(), json!({ "of": { "approvers": ["lvb"] } })),
                of("care", care),
                of("service", service),
            ],
        });
        let credits: Vec<Value> = (1..)
            .zip(&activities)
            .map(|(day, (size, approver, category))| {
                let more = json!({ "approver": approver, "split": { *category: size.to_string() } });
                hours_with(&size.to_string(), &format!("2024-06-0{day}"), more)
            })
            .collect();
        let unsure: Vec<String> =
            (1..).zip(&activities).filter(|(_, activity)| activity.1 == "unsure").map(|(id, _)| format!("c{id}")).collect();
        let evaluation = judged(lists.clone(), &credits);
        let is_asked = has(&evaluation["questions"], "id", "parts");
        if evaluation["verdict"] == "met" && unsure.len() <= 4 {
            let needs_parts = |reading: u8| {
                let told = |(place, id): (usize, &String)| {
                    let answer = if reading >> place & 1 == 1 { "Yes" } else { "No" };
                    json!({ "question": "approver", "credits": [id], "answer": answer, "answered_on": "2025-03-04" })
                };
                let answers: Vec<Value> = unsure.iter().enumerate().map(told).collect();
                let told = judged_with(lists.clone(), &credits, json!({ "answers": answers }));
                has(&told["questions"], "id", "parts")
            };
            prop_assert_eq!(is_asked, (0..1 << unsure.len()).any(needs_parts));
        }
    }
}

#[test]
fn a_session_counts_by_its_own_day_and_the_certificate_by_its_size() {
    let session =
        |on: &str, category: &str| json!({ "title": "Talk", "amount": "0.5", "category": category, "on": on });
    let sessions = json!({ "sessions": [session("2024-01-09", "front"), session("2024-01-10", "front"), session("2024-01-11", "back")] });
    let small = with(refuse("too_small", json!({})), json!({ "under": "1" }));
    let lists = json!({ "categories": tags(&["front", "back"]), "refuse": [small] });
    let evaluation = judged(lists.clone(), &[hours_with("2", "2024-01-12", sessions)]);
    assert_eq!(earned(&evaluation), ["1.5"], "one talk was before the period began");
    let credit = &evaluation["credits"][0];
    assert_eq!(credit["split"], json!({ "front": "0.5", "back": "0.5", "unassigned": "0.5" }));
    let told = item_by(&credit["reasons"], "code", "before_period")["text"].as_str().unwrap();
    assert!(told.starts_with("0.5 of 2, on 9 January 2024: Completed before"), "{told}");
    // A split speaks of every day alike.
    let split = json!({ "split": { "front": "0.5", "back": "1.5" }, "sessions": [session("2024-01-09", "front")] });
    let evaluation = judged(lists, &[hours_with("2", "2024-01-12", split)]);
    let credit = &evaluation["credits"][0];
    assert_eq!(credit["split"], json!({ "front": "0.37", "back": "1.12" }));
    assert_eq!(credit["exact"], json!({ "split.front": "3/8", "split.back": "9/8" }));
}

// What is accepted.

#[test]
fn a_topic_a_kind_or_a_form_may_be_refused() {
    let refused = [
        refuse("dental", json!({ "tags": ["dental"] })),
        refuse("work", json!({ "kinds": ["in_service"] })),
        refuse("reading", json!({ "formats": ["self_study"] })),
        refuse("no_credit", json!({ "formal_credit": false })),
    ];
    let lists = json!({ "tags": tags(&["dental"]), "refuse": refused });
    let more = [
        json!({ "tags": ["Dental"] }),
        json!({ "kind": "in_service" }),
        json!({ "format": "Self_Study" }),
        json!({ "formal_credit": false }),
        json!({ "format": "live" }),
    ];
    let credits: Vec<Value> = more.into_iter().map(|more| hours_with("2", "2024-06-01", more)).collect();
    let evaluation = judged(lists, &credits);
    assert_eq!(earned(&evaluation), ["0", "0", "0", "0", "2"]);
    assert!(says(&evaluation, "c1", "dental") && says(&evaluation, "c4", "no_credit"));
}

#[test]
fn the_share_of_a_course_outside_the_profession_earns_nothing() {
    let outside = json!({ "id": "outside", "label": "Outside", "worthless": true });
    let lists = json!({ "categories": [{ "id": "core", "label": "Core" }, outside] });
    let evaluation =
        judged(lists, &[hours_with("10", "2024-06-01", json!({ "split": { "core": "6", "outside": "4" } }))]);
    assert_eq!(earned(&evaluation), ["6"]);
    assert!(says(&evaluation, "c1", "outside_the_field"));
}

#[test]
fn a_number_on_the_certificate_shows_who_approved_it_and_what_it_is_about() {
    let approver = json!({ "id": "lvb", "label": "LVB-approved", "provider_numbers": ["LVB-*"] });
    let law = json!({ "id": "law", "label": "Law", "provider_numbers": ["*-?03"] });
    let lines = [
        minimum("law", "1", json!({ "of": { "tags": ["law"] } })),
        minimum("approved", "1", json!({ "of": { "approvers": ["lvb"] } })),
    ];
    let lists = json!({ "approvers": [approver], "tags": [law], "requirements": lines });
    let number = |number: &str| hours_with("1", "2024-06-01", json!({ "provider_number": number }));
    let evaluation = judged(lists, &[number("lvb-77-L03"), number("XX-77-L03"), number("XX-77-L05")]);
    assert_eq!((counted(&evaluation, "law"), counted(&evaluation, "approved")), ("2".into(), "1".into()));
}

#[test]
fn a_card_may_count_as_the_issuers_own_whoever_gave_it() {
    let own = json!({ "each": "4", "approver": "lvb" });
    let card = convert("card", json!({ "units": ["cpr_card"] }), own);
    let lists =
        json!({ "convert": [card], "requirements": [minimum("own", "4", json!({ "of": { "approvers": ["lvb"] } }))] });
    let card = json!({ "unit": "cpr_card", "approver": "Red Cross" });
    assert_eq!(judged(lists, &[hours_with("1", "2024-06-01", card)])["verdict"], "met");
}

#[test]
fn the_same_activity_again_counts_once_in_so_many_months() {
    let again =
        |months: Value| json!({ "repeats": [rule(json!({ "id": "again", "months": months, "words": "Again." }))] });
    let course = |completed: &str| hours_with("4", completed, json!({ "title": "Fire safety" }));
    for (before, months, worth) in
        [("2020-06-02", json!(60), "0"), ("2020-06-01", json!(60), "4"), ("2001-06-01", json!(null), "0")]
    {
        let evaluation = judged(again(months), &[course(before), course("2025-06-01"), hours("1", "2025-06-01")]);
        assert_eq!(earned(&evaluation), ["0", worth, "1"], "{before}");
        assert_eq!(says(&evaluation, "c2", "again"), worth == "0");
    }
}

#[test]
fn where_nobody_knows_whether_an_activity_is_one_that_may_not_be_repeated_it_is_asked() {
    let again = json!({ "repeats": [rule(json!({ "id": "again", "of": { "approvers": ["lvb"] }, "words": "Again." }))],
        "requirements": [minimum("total", "6", json!({}))] });
    let course = |completed: &str, approver: &str| {
        hours_with("4", completed, json!({ "title": "Fire safety", "approver": approver }))
    };
    let twice = [course("2024-06-01", "LVB"), course("2025-06-01", "unsure")];
    let open = judged(again.clone(), &twice);
    assert_eq!((&open["verdict"], counted(&open, "total")), (&json!("cannot_tell"), "4".into()));
    assert!(says(&open, "c2", "again") && has(&open["questions"], "id", "approver"));
    for (told, verdict) in [("Yes", "not_met"), ("No", "met")] {
        let told = json!({ "answers": [{ "question": "approver", "credits": ["c2"], "answer": told, "answered_on": "2025-03-04" }] });
        assert_eq!(judged_with(again.clone(), &twice, told.clone())["verdict"], verdict, "{told}");
    }
}

// Limits.

#[test]
fn a_limit_may_be_a_share_of_what_is_demanded() {
    let half = limit("half", json!({ "approvers": ["other"] }), json!({ "percent": 50, "share_of": "total" }));
    let evaluation = judged(json!({ "limits": [half] }), &[hours("8", "2024-06-01")]);
    let cap = &evaluation["caps"][0];
    assert_eq!((&cap["limit"], &cap["earned"], &cap["counted"]), (&json!("5"), &json!("8"), &json!("5")));
    assert_eq!(evaluation["gap"]["at_least"][0]["approver"], "lvb");
    assert!(says(&evaluation, "c1", "capped"), "what is left over is said");
}

#[test]
fn a_limit_may_hold_for_each_year() {
    let yearly = limit("yearly", json!({}), json!({ "points": "6", "per": "year" }));
    let credits = [hours("8", "2024-06-01"), hours("1", "2025-01-09"), hours("3", "2025-01-10")];
    let evaluation = judged(json!({ "limits": [yearly] }), &credits);
    assert_eq!(counted(&evaluation, "total"), "9");
    assert_eq!((&evaluation["caps"][0]["counted"], &evaluation["caps"][1]["counted"]), (&json!("6"), &json!("3")));
}

#[test]
fn a_limit_may_hold_for_a_lifetime() {
    let written = json!({ "kind": "authoring" });
    let credits = ["2022-05-01", "2024-05-01", "2024-07-01"].map(|on| hours_with("3", on, written.clone()));
    let of = json!({ "kinds": ["authoring"] });
    for (most, counts) in [
        (json!({ "points": "5", "per": "lifetime" }), "2"),
        (json!({ "count": 2, "per": "lifetime" }), "3"),
        (json!({ "points": "3", "per": "lifetime" }), "0"),
    ] {
        let evaluation = judged(json!({ "limits": [limit("written", of.clone(), most.clone())] }), &credits);
        assert_eq!(counted(&evaluation, "total"), counts, "{most}");
    }
}

#[test]
fn what_an_earlier_period_used_up_of_a_lifetime_is_counted_once_and_as_it_was_answered() {
    let of = json!({ "approvers": ["lvb"] });
    let limit = |most: Value| json!({ "limits": [limit("own", of.clone(), with(most, json!({ "per": "lifetime" })))] });
    let entry = json!({ "title": "Fire safety", "approver": "unsure" });
    let entries = [
        hours_with("3", "2022-05-01", entry.clone()),
        hours_with("3", "2022-05-01", entry),
        hours_with("3", "2024-07-01", json!({ "approver": "LVB" })),
    ];
    let told = |word: &str| json!({ "answers": [{ "question": "approver", "credits": ["c1", "c2"], "answer": word, "answered_on": "2025-03-04" }] });
    for (most, word, counts) in [
        (json!({ "points": "5" }), "Yes", "2"),
        (json!({ "points": "5" }), "No", "3"),
        (json!({ "count": 2 }), "Yes", "3"),
        (json!({ "count": 1 }), "Yes", "0"),
    ] {
        let evaluation = judged_with(limit(most.clone()), &entries, told(word));
        assert_eq!(counted(&evaluation, "total"), counts, "{most} {word}");
    }
}

#[test]
fn a_limit_on_the_number_of_credits_says_how_many_there_are_and_how_many_count() {
    let cards = |more: Value| limit("cards", json!({ "units": ["cpr_card"] }), with(json!({ "count": 3 }), more));
    let worth = convert("card", json!({ "units": ["cpr_card"] }), json!({ "each": "4" }));
    let card =
        |on: &str, title: &str| hours_with("1", on, json!({ "unit": "cpr_card", "kind": "cpr_card", "title": title }));
    let caps = |more: Value, credits: &[Value]| {
        judged(json!({ "limits": [cards(more)], "convert": [hour(), worth] }), credits)["caps"].clone()
    };
    let row = |cap: &Value| ["limit", "earned", "counted"].map(|name| cap[name].as_str().unwrap().to_owned());
    let days = ["2024-02-01", "2024-08-01", "2025-02-01", "2025-08-01"];
    for (most, row_of_it) in [(1, ["3", "1", "1"]), (3, ["3", "3", "3"]), (4, ["3", "4", "3"])] {
        let credits: Vec<Value> = days[..most].iter().map(|on| card(on, on)).collect();
        let caps = caps(json!({}), &credits);
        assert_eq!((row(&caps[0]), &caps[0]["counts"]), (row_of_it.map(str::to_owned), &json!("credits")));
    }
    assert_eq!(caps(json!({}), &[hours("8", "2024-06-01")]), json!([]), "it is of no concern without such a credit");
    assert_eq!(caps(json!({}), &[card("2019-06-01", "Old")]), json!([]), "nor with one that is not eligible");
    let twice = [card("2024-02-01", "Heartsaver"), card("2024-02-01", "Heartsaver")];
    assert_eq!(row(&caps(json!({}), &twice)[0]), ["3", "1", "1"], "the same card twice is one card");
    let yearly = caps(json!({ "count": 1, "per": "year" }), &days.map(|on| card(on, on)));
    assert_eq!((row(&yearly[0]), &yearly[0]["label"]), (["1", "2", "1"].map(str::to_owned), &json!("cards (year 1)")));
    let lifetime =
        caps(json!({ "per": "lifetime" }), &["2019-02-01", days[0], days[1], days[2]].map(|on| card(on, on)));
    assert_eq!(row(&lifetime[0]), ["2", "3", "2"], "one was used up before");
}

#[test]
fn a_credit_may_fall_under_several_limits_at_once() {
    let limits = [
        limit("online", json!({ "kinds": ["online"] }), json!({ "points": "6" })),
        limit("others", json!({ "approvers": ["other"] }), json!({ "points": "5" })),
        limit("three", json!({ "kinds": ["online"] }), json!({ "count": 3 })),
    ];
    let online = |amount: &str, on: &str, approver: &str| {
        hours_with(amount, on, json!({ "kind": "online", "approver": approver }))
    };
    let credits = [
        online("4", "2024-06-01", "Lakeside"),
        online("4", "2024-06-02", "LVB"),
        online("1", "2024-06-03", "LVB"),
        online("1", "2024-06-04", "LVB"),
        hours("4", "2024-06-05"),
    ];
    let evaluation = judged(json!({ "limits": limits }), &credits);
    assert_eq!(counted(&evaluation, "total"), "10", "six online, of them four the issuer's, and four in a room");
    let online = evaluation["credits"].as_array().unwrap()[..4].iter().filter(|credit| credit["counted"] != "0");
    assert_eq!(online.count(), 3);
}

#[test]
fn what_one_certificate_is_worth_is_settled_before_any_limit() {
    let college = json!({ "points": "15", "at_most": "10" });
    let college = convert("college", json!({ "units": ["semester_credit"] }), college);
    let most = limit("college", json!({ "units": ["semester_credit"] }), json!({ "points": "12" }));
    let course = |on: &str| hours_with("3", on, json!({ "unit": "semester_credit" }));
    let evaluation =
        judged(json!({ "convert": [college], "limits": [most] }), &[course("2024-06-01"), course("2024-07-01")]);
    assert_eq!((&evaluation["caps"][0]["earned"], counted(&evaluation, "total")), (&json!("20"), "12".into()));
}

#[test]
fn an_activity_may_have_to_count_whole_or_in_part_or_nobody_knows() {
    let most = limit("most", json!({ "kinds": ["online"] }), json!({ "points": "5" }));
    let online = |on: &str| hours_with("4", on, json!({ "kind": "online" }));
    let credits = [online("2024-06-01"), online("2024-06-02"), hours("5", "2024-06-03")];
    for (parts, total, verdict, asked) in
        [("whole", "9", "not_met", false), ("counted", "10", "met", false), ("silent", "10", "met", true)]
    {
        let evaluation = judged(json!({ "limits": [most], "parts": parts }), &credits);
        assert_eq!((counted(&evaluation, "total"), &evaluation["verdict"]), (total.into(), &json!(verdict)), "{parts}");
        assert_eq!(has(&evaluation["questions"], "id", "parts"), asked, "{parts}");
    }
}

// What is demanded.

#[test]
fn a_point_has_one_category_and_any_number_of_topics() {
    let of = |list: &str, id: &str| minimum(id, "2", json!({ "of": { list: [id] } }));
    let lists = json!({
        "categories": tags(&["front", "back"]), "tags": tags(&["law", "ethics"]),
        "requirements": [of("categories", "front"), of("categories", "back"), of("tags", "law"), of("tags", "ethics")],
    });
    let credit = hours_with("2", "2024-06-01", json!({ "split": { "front": "2" }, "tags": ["law", "ethics"] }));
    let evaluation = judged(lists, &[credit]);
    let states = ["front", "back", "law", "ethics"].map(|line| state(&evaluation, line));
    assert_eq!(states, ["met", "not_met", "met", "met"]);
    assert_eq!(evaluation["gap"]["at_least"][0]["categories"], json!(["back"]));
}

#[test]
fn a_recommended_minimum_never_fails_a_verdict() {
    let advice = minimum("yearly", "5", json!({ "each_months": 12, "advice": true }));
    let lists = json!({ "requirements": [minimum("total", "10", json!({})), advice] });
    let evaluation = judged(lists, &[hours("10", "2024-06-01")]);
    assert_eq!((evaluation["verdict"].as_str(), state(&evaluation, "yearly-2")), (Some("met"), "not_met".into()));
    assert_eq!(item(&evaluation["requirements"], "yearly-2")["kind"], "advice");
}

#[test]
fn one_of_several_ways_is_enough_and_the_best_is_named() {
    let path = |id: &str, requirements: Value| json!({ "id": id, "label": id, "requirements": requirements });
    let work = condition("work", "attestation", json!({ "tag": "work" }));
    let paths = [
        path("hours", json!([minimum("hours_10", "10", json!({}))])),
        path("both", json!([minimum("hours_5", "5", json!({})), work])),
    ];
    let lists = json!({ "requirements": [{ "kind": "any_of", "id": "ways", "label": "Ways", "paths": paths }] });
    let stated = json!({ "facts": [{ "id": "f1", "kind": "attestation", "tag": "Work" }] });
    for (amount, facts, verdict, way) in [
        ("10", json!({}), "met", "hours"),
        ("6", stated.clone(), "met", "both"),
        ("6", json!({}), "not_met", "hours"),
        ("4", stated, "not_met", "both"),
    ] {
        let evaluation = judged_with(lists.clone(), &[hours(amount, "2024-06-01")], facts);
        assert_eq!((&evaluation["verdict"], &evaluation["path"]), (&json!(verdict), &json!(way)), "{amount}");
    }
}

#[test]
fn a_card_must_be_current_on_the_day_of_application() {
    let on = json!({ "on": { "at": "application" }, "credits": { "units": ["cpr_card"] } });
    let lists = json!({ "requirements": [condition("card", "cpr_card", on)] });
    for (issued, expires, told) in [
        (json!("2024-06-01"), json!("2026-06-30"), "met"),
        (json!("2023-06-01"), json!("2025-12-31"), "met"),
        (json!("2023-06-01"), json!("2025-12-30"), "not_met"),
        (json!("2026-01-02"), json!("2028-01-31"), "not_met"),
        (json!("2024-06-01"), json!(null), "cannot_tell"),
    ] {
        let card = json!({ "id": "f1", "kind": "cpr_card", "issued_on": issued, "expires_on": expires });
        assert_eq!(judged_with(lists.clone(), &[], json!({ "facts": [card] }))["verdict"], told, "{issued} {expires}");
    }
    assert_eq!(judged(lists.clone(), &[])["gap"]["conditions"], json!(["Do it."]));
    let card = json!({ "unit": "cpr_card", "expires_on": "2026-06-30" });
    assert_eq!(judged(lists, &[hours_with("1", "2024-06-01", card)])["verdict"], "met", "a credit is a card too");
}

#[test]
fn hours_worked_are_demanded_in_each_year() {
    let lists =
        json!({ "requirements": [condition("work", "work_hours", json!({ "amount": "100", "each_months": 12 }))] });
    let year = |id: &str, from: &str, to: &str, hours: &str| json!({ "id": id, "kind": "work_hours", "issued_on": from, "expires_on": to, "amount": hours });
    for (second, verdict) in [("100", "met"), ("99.99", "not_met")] {
        let facts = [year("f1", "2024-01-10", "2025-01-09", "100"), year("f2", "2025-01-10", "2025-12-31", second)];
        assert_eq!(judged_with(lists.clone(), &[], json!({ "facts": facts }))["verdict"], verdict);
    }
}

#[test]
fn the_hours_on_file_are_said_beside_those_demanded() {
    let work = |more: Value| condition("work", "work_hours", with(json!({ "amount": "500" }), more));
    let fact = |from: Value, to: Value, hours: &str| json!({ "kind": "work_hours", "issued_on": from, "expires_on": to, "amount": hours });
    let line = |rule: Value, facts: &[Value]| {
        let facts = facts.iter().enumerate().map(|(n, fact)| with(json!({ "id": n.to_string() }), fact.clone()));
        let facts: Vec<Value> = facts.collect();
        let evaluation = judged_with(json!({ "requirements": [rule] }), &[], json!({ "facts": facts }));
        let amounts = ["needed", "earned", "counted", "short"];
        let line = &evaluation["requirements"][0];
        (amounts.map(|name| line[name].as_str().unwrap().to_owned()).join(" "), line["within"].clone())
    };
    let in_period = json!({ "from": {}, "to": { "at": "expiry" } });
    let some = fact(json!("2024-02-01"), json!("2024-12-31"), "320");
    let none = json!(null);
    for (facts, told) in [
        (vec![], "500 0 0 500"),
        (vec![some.clone()], "500 320 320 180"),
        (vec![some.clone(), some.clone()], "500 640 640 0"),
        (vec![some.clone(), fact(none.clone(), none.clone(), "100")], "500 420 320 180"),
        (vec![fact(json!("2019-02-01"), json!("2019-12-31"), "320")], "500 0 0 500"),
    ] {
        assert_eq!(line(work(in_period.clone()), &facts), (told.to_owned(), json!(null)));
    }
    let fewest = line(work(json!({ "each_months": 12 })), std::slice::from_ref(&some));
    assert_eq!(fewest, ("500 0 0 500".to_owned(), json!({ "from": "2025-01-10", "to": "2026-01-10" })));
    let must_not = line(work(json!({ "none": true })), &[some]);
    assert_eq!(must_not.0, "0 0 0 0", "where there must be none, there is nothing to reach");
}

#[test]
fn hours_of_several_years_are_shared_alike_among_them_leap_year_or_not() {
    let lists =
        json!({ "requirements": [condition("work", "work_hours", json!({ "amount": "1040", "each_months": 12 }))] });
    let work = |to: &str, hours: &str| json!({ "facts": [{ "id": "f1", "kind": "work_hours", "issued_on": "2024-01-10", "expires_on": to, "amount": hours }] });
    for (to, hours, verdict) in
        [("2026-01-09", "2080", "met"), ("2026-01-10", "2080", "met"), ("2026-01-09", "2060", "not_met")]
    {
        let evaluation = judged_on(lists.clone(), &[], work(to, hours), "2026-01-10");
        assert_eq!(evaluation["verdict"], verdict, "{hours} hours to {to}");
    }
}

#[test]
fn a_fact_without_its_day_is_asked_about_and_the_answer_settles_it() {
    let card = condition("card", "cpr_card", json!({ "on": { "at": "application" } }));
    let work = condition("work", "work_hours", json!({ "amount": "100" }));
    let begun = condition("begun", "registration", json!({ "from": { "at": "period_start" } }));
    for (rule, fact, question, answers) in [
        (card, json!({ "kind": "cpr_card" }), "fact.card", [("2026-06-30", "met"), ("2025-06-30", "not_met")]),
        (work, json!({ "kind": "work_hours", "amount": "120" }), "fact.work", [("Yes", "met"), ("No", "not_met")]),
        (begun, json!({ "kind": "registration" }), "fact.begun", [("2024-02-01", "met"), ("2023-12-01", "not_met")]),
    ] {
        let lists = json!({ "requirements": [rule] });
        let with_answers = |answers: Value| {
            let fact = with(json!({ "id": "f1" }), fact.clone());
            judged_with(lists.clone(), &[], json!({ "facts": [fact], "answers": answers }))
        };
        let open = with_answers(json!([]));
        assert_eq!(open["verdict"], "cannot_tell", "{question}");
        assert_eq!((&open["questions"][0]["id"], &open["questions"][0]["decides"]), (&json!(question), &json!(true)));
        for (answer, verdict) in answers {
            let told =
                json!([{ "question": question, "credential": "x", "answer": answer, "answered_on": "2025-12-01" }]);
            assert_eq!(with_answers(told)["verdict"], verdict, "{question} {answer}");
        }
    }
}

#[test]
fn a_period_that_begins_no_earlier_than_a_birthday_asks_for_it() {
    let period = json!({ "period": [rule(json!({ "months": 24, "end": "same_day", "from_age": 18 }))] });
    let of = |rest: Value| judged_with(period.clone(), &[hours("10", "2024-06-01")], rest);
    let open = of(json!({}));
    assert_eq!((&open["questions"][0]["id"], &open["questions"][0]["decides"]), (&json!("born_on"), &json!(true)));
    assert_eq!((&open["verdict"], &open["period"]["from"]), (&json!("cannot_tell"), &json!("2024-01-10")));
    let born =
        json!([{ "question": "born_on", "credential": "x", "answer": "2006-07-01", "answered_on": "2025-12-01" }]);
    for rest in [json!({ "answers": born }), json!({ "holder": { "name": "Ann", "born_on": "2006-07-01" } })] {
        let known = of(rest);
        assert_eq!((&known["questions"], &known["period"]["from"]), (&json!([]), &json!("2024-07-01")));
        assert_eq!(known["verdict"], "not_met", "what was done before that day is outside");
    }
}

#[test]
fn renewal_may_stay_open_without_end_after_expiry() {
    let lists = json!({ "late": [rule(json!({ "until": [] }))] });
    let evaluation = judged_on(lists, &[hours("10", "2024-06-01")], json!({}), "2035-01-01");
    let answer = (&evaluation["standing"], &evaluation["verdict"], &evaluation["dates"]["late_until"]);
    assert_eq!(answer, (&json!("late"), &json!("met"), &json!(null)));
}

#[test]
fn a_limit_for_each_year_holds_after_expiry_too_and_what_lacks_may_still_be_earned() {
    let late = rule(json!({ "until": [{ "at": "expiry", "months": 3 }] }));
    let after = window("after", json!({ "at": "expiry", "days": 1 }), json!({ "at": "late_end" }), json!({}));
    let few = limit("few", json!({ "formats": ["self_study"] }), json!({ "points": "4", "per": "year" }));
    let lists = json!({ "late": [late], "windows": [in_the_period(), after], "limits": [few] });
    let at_home = |amount: &str, on: &str| hours_with(amount, on, json!({ "format": "Self-study" }));
    let credits = [at_home("3", "2025-12-01"), at_home("5", "2026-02-01")];
    let evaluation = judged_on(lists.clone(), &credits, json!({}), "2026-02-10");
    assert_eq!(evaluation["requirements"][0]["counted"], "4", "both are of the last year");
    let gap = &evaluation["gap"];
    assert_eq!((&gap["points"], &gap["impossible"]), (&json!("6"), &json!([])), "{gap}");
}

#[test]
fn a_unit_that_nothing_is_said_of_is_not_called_too_small() {
    let small = with(refuse("too_small", json!({})), json!({ "under": "1" }));
    let evaluation =
        judged(json!({ "refuse": [small] }), &[hours_with("40", "2024-06-01", json!({ "unit": "cme_credit" }))]);
    assert!(says(&evaluation, "c1", "unit_unknown"), "{}", evaluation["credits"]);
}

#[test]
fn a_fact_may_bar_renewal_and_a_credential_may_stand_for_all_of_it() {
    let barred = condition("no_exam", "other", json!({ "tag": "exam", "none": true }));
    let exam = json!({ "facts": [{ "id": "f1", "kind": "other", "tag": "exam", "issued_on": "2025-01-01" }] });
    let lists = json!({ "requirements": [barred] });
    assert_eq!(judged(lists.clone(), &[])["verdict"], "met");
    assert_eq!(judged_with(lists, &[], exam)["verdict"], "not_met");
    let current = condition("national", "credential", json!({ "on": { "at": "application" } }));
    let held = |to: &str| json!({ "facts": [{ "id": "f1", "kind": "credential", "issued_on": "2022-01-01", "expires_on": to }] });
    let lists = json!({ "requirements": [current] });
    assert_eq!(judged_with(lists.clone(), &[], held("2027-01-01"))["verdict"], "met");
    assert_eq!(judged_with(lists, &[], held("2025-01-01"))["verdict"], "not_met");
}

#[test]
fn a_fee_is_a_thing_to_do_and_never_part_of_the_verdict() {
    let fee = json!({ "kind": "advice", "id": "fee", "label": "Fee", "words": "Pay the fee.", "fact": "fee" });
    let lists = json!({ "requirements": [minimum("total", "10", json!({})), rule(fee)] });
    let credits = [hours("10", "2024-06-01")];
    let open = judged(lists.clone(), &credits);
    assert_eq!((open["verdict"].as_str(), state(&open, "fee")), (Some("met"), "not_met".into()));
    let paid = json!({ "facts": [{ "id": "f1", "kind": "fee", "issued_on": "2025-12-01" }] });
    assert_eq!(state(&judged_with(lists, &credits, paid), "fee"), "met");
}

#[test]
fn what_was_done_for_another_certification_or_another_period_is_still_to_be_done() {
    let fee = json!({ "kind": "advice", "id": "fee", "label": "Fee", "words": "Pay the fee.", "fact": "fee" });
    let lists = json!({ "requirements": [minimum("total", "10", json!({})), rule(fee)] });
    for (fact, told) in [
        (json!({ "issued_on": "2024-01-09" }), "not_met"), // the period began on the next day
        (json!({ "issued_on": "2024-01-10" }), "met"),
        (json!({ "issued_on": "2025-12-31" }), "met"),
        (json!({ "issued_on": "2026-01-01" }), "not_met"), // after the day asked about
        (json!({}), "met"),
        (json!({ "credential": "x" }), "met"),
        (json!({ "credential": "y" }), "not_met"),
    ] {
        let paid = json!({ "facts": [with(json!({ "id": "f1", "kind": "fee" }), fact.clone())] });
        assert_eq!(state(&judged_with(lists.clone(), &[], paid), "fee"), told, "{fact}");
    }
}

#[test]
fn a_condition_that_holds_says_when_only_its_paper_is_missing() {
    let paper = json!([{ "sha256": "a".repeat(64), "name": "scan.pdf" }]);
    for (kind, proofs, expires_on, lacks_paper) in [
        ("cpr_card", json!([]), "2027-01-01", true),
        ("cpr_card", paper, "2027-01-01", false),
        ("cpr_card", json!([]), "2025-01-01", false), // more than paper is missing
        ("attestation", json!([]), "2027-01-01", false), // her word is enough
    ] {
        let fact = json!({ "id": "f1", "kind": kind, "expires_on": expires_on, "proofs": proofs });
        let must = condition("must", kind, json!({ "on": { "at": "application" } }));
        let evaluation = judged_with(json!({ "requirements": [must] }), &[], json!({ "facts": [fact] }));
        let line = item(&evaluation["requirements"], "must");
        assert_eq!(line["shown_by"]["lacks_paper"], lacks_paper, "{kind} until {expires_on}: {line}");
    }
}

#[test]
fn the_sentence_speaks_in_the_issuers_unit() {
    let evaluation =
        judged(json!({ "counts_in": { "one": "CE unit", "many": "CE units" } }), &[hours("7", "2024-06-01")]);
    assert!(
        evaluation["gap"]["sentence"].as_str().unwrap().starts_with("You still need 3 CE units"),
        "{}",
        evaluation["gap"]
    );
}

// Proof.

#[test]
fn a_credit_is_proven_by_every_paper_and_field_that_its_issuer_wants() {
    let evidence = [
        rule(
            json!({ "of": { "units": ["cpr_card"] }, "papers": [["card_front"], ["card_back"]], "words": "Both sides." }),
        ),
        rule(
            json!({ "papers": [["certificate", "transcript_page"]], "fields": ["description"], "words": "Certificate." }),
        ),
    ];
    let lists = json!({ "evidence": evidence });
    let paper = |role: &str| json!({ "sha256": "a".repeat(64), "name": "scan.pdf", "role": role });
    let packs = Packs::from_packs(Pack::check(&pack(lists.clone()).to_string()).unwrap());
    for (more, missing) in [
        (json!({ "unit": "cpr_card", "proofs": [paper("card_front"), paper("card_back")] }), None),
        (json!({ "unit": "cpr_card", "proofs": [paper("card_both_sides")] }), None),
        (json!({ "unit": "cpr_card", "proofs": [paper("card_front")] }), Some("[[CardBack]] [] Both sides.")),
        (json!({ "proofs": [paper("transcript_page")], "description": "Law" }), None),
        (json!({ "proofs": [paper("certificate"), paper("course_description")] }), None),
        (json!({ "proofs": [paper("certificate")] }), Some("[] [Description] Certificate.")),
        (
            json!({ "proofs": [paper("receipt")], "description": "Law" }),
            Some("[[Certificate, TranscriptPage]] [] Certificate."),
        ),
    ] {
        let credits = [hours_with("1", "2024-06-01", more.clone())];
        let evaluation = judged(lists.clone(), &credits);
        assert_eq!(evaluation["credits"][0]["proven"], missing.is_none(), "{more}");
        let papers = papers(&record(&credits, json!({})), "x", &packs, day("2025-12-31")).unwrap();
        let told = papers[0].lacking.as_ref().map(|lacks| {
            let (words, _) = lacks.wanted.clone().unwrap();
            format!("{:?} {:?} {words}", lacks.papers, lacks.fields)
        });
        assert_eq!(told.as_deref(), missing, "{more}");
    }
}

#[test]
fn what_the_issuer_still_reviews_counts_if_it_is_approved_and_is_not_proven_before() {
    let reviewed = rule(json!({ "only_posted": true, "words": "It counts once it is approved." }));
    let lists = json!({ "evidence": [reviewed] });
    let paper = json!([{ "sha256": "a".repeat(64), "name": "scan.pdf" }]);
    for (transcript, with_proof) in [("expected", "not_met"), ("missing", "not_met"), ("posted", "met")] {
        let credit = hours_with("10", "2024-06-01", json!({ "issuer_transcript": transcript, "proofs": paper }));
        let evaluation = judged(lists.clone(), &[credit]);
        assert_eq!((&evaluation["verdict"], &evaluation["verdict_with_proof"]), (&json!("met"), &json!(with_proof)));
    }
}

#[test]
fn the_way_that_needs_the_issuers_transcript_is_barred_until_all_of_it_stands_there() {
    let at_once = json!({ "way": "at_once", "label": "By phone", "by": { "at": "expiry" }, "needs_posted": true });
    let lists = json!({ "apply": [rule(at_once)] });
    for (transcript, approver, is_open) in
        [("posted", "LVB", true), ("expected", "LVB", false), ("posted", "Lakeside", false)]
    {
        let more = json!({ "issuer_transcript": transcript, "approver": approver });
        let evaluation = judged(lists.clone(), &[hours_with("10", "2024-06-01", more)]);
        assert_eq!(evaluation["verdict"], "met", "it counts all the same");
        assert_eq!(evaluation["dates"]["ways"][0]["barred"].is_null(), is_open, "{transcript} {approver}");
    }
}

// Doubt, answers and wishes.

/// A bare CEU, one hour or ten.
fn bare_ceu() -> Value {
    let options = json!([{ "answer": "1 hour", "points": "1" }, { "answer": "10 hours", "points": "10" }]);
    let open = json!({ "points": { "low": "1", "high": "10" }, "question": "One hour or ten?", "options": options });
    convert("ceu", json!({ "units": ["ceu"] }), open)
}

fn answer(question: &str, answer: &str) -> Value {
    json!({ "answers": [{ "question": question, "credits": ["c1"], "answer": answer, "answered_on": "2025-03-04" }] })
}

#[test]
fn an_open_rate_is_a_range_until_it_is_answered() {
    let lists = json!({ "convert": [bare_ceu()] });
    let ceu = [hours_with("1", "2024-06-01", json!({ "unit": "ceu" }))];
    for (rest, worth, verdict) in [
        (json!({}), "1", "cannot_tell"),
        (answer("rate.ceu", "10 hours"), "10", "met"),
        (answer("rate.ceu", "1 hour"), "1", "not_met"),
        (answer("rate.ceu", "7.5"), "7.5", "not_met"),
        (answer("rate.ceu", "no idea"), "1", "cannot_tell"),
    ] {
        let evaluation = judged_with(lists.clone(), &ceu, rest.clone());
        assert_eq!((earned(&evaluation)[0], &evaluation["verdict"]), (worth, &json!(verdict)), "{rest}");
    }
}

#[test]
fn doubt_that_cannot_change_the_verdict_does_not() {
    let lists = json!({ "convert": [bare_ceu(), hour()] });
    let ceu = |amount: &str| hours_with(amount, "2024-06-01", json!({ "unit": "ceu" }));
    assert_eq!(judged(lists.clone(), &[ceu("1"), hours("9", "2024-06-02")])["verdict"], "met");
    assert_eq!(judged(lists.clone(), &[ceu("0.8"), hours("1", "2024-06-02")])["verdict"], "not_met");
    let open = judged(lists, &[ceu("1"), hours("1", "2024-06-02")]);
    assert_eq!(
        (&open["verdict"], &item(&open["questions"], "rate.ceu")["decides"]),
        (&json!("cannot_tell"), &json!(true))
    );
}

#[test]
fn who_approved_it_and_which_category_it_is_may_be_answered() {
    let lists = json!({
        "categories": tags(&["front", "back"]),
        "requirements": [
            minimum("approved", "5", json!({ "of": { "approvers": ["lvb"] } })),
            minimum("front", "5", json!({ "of": { "categories": ["front"] } })),
        ],
    });
    let unsure = [hours_with("5", "2024-06-01", json!({ "approver": "unsure" }))];
    let open = judged(lists.clone(), &unsure);
    assert_eq!((state(&open, "approved"), state(&open, "front")), ("cannot_tell".into(), "cannot_tell".into()));
    for (rest, line, told) in [
        (answer("approver", "Yes"), "approved", "met"),
        (answer("approver", "No"), "approved", "not_met"),
        (answer("category", "front"), "front", "met"),
        (answer("category", "Back"), "front", "not_met"),
    ] {
        assert_eq!(state(&judged_with(lists.clone(), &unsure, rest.clone()), line), told, "{rest}");
    }
}

#[test]
fn of_several_bodies_any_may_have_approved_it_and_the_question_names_them_all() {
    let own = |class: &str| minimum(class, "5", json!({ "of": { "approvers": [class] } }));
    let lists = json!({
        "approvers": [{ "id": "lvb", "label": "LVB-approved", "names": ["LVB"] }, { "id": "nurses", "label": "The nurses' board", "names": [] }],
        "requirements": [own("lvb"), own("nurses")],
    });
    let unsure = || hours_with("5", "2024-06-01", json!({ "approver": "unsure" }));
    let one = judged(lists.clone(), &[unsure()]);
    assert_eq!(one["verdict"], "not_met", "one body approved it, not both");
    let open = judged(lists.clone(), &[unsure(), unsure()]);
    assert_eq!(open["verdict"], "cannot_tell");
    let question = item(&open["questions"], "approver");
    assert_eq!(question["options"], json!(["LVB-approved", "The nurses' board", "Somebody else"]));
    for (first, verdict) in [("The nurses' board", "cannot_tell"), ("Somebody else", "not_met")] {
        let told = json!({ "question": "approver", "credits": ["c1"], "answer": first, "answered_on": "2025-01-01" });
        assert_eq!(judged_with(lists.clone(), &[unsure(), unsure()], json!({ "answers": [told] }))["verdict"], verdict);
    }
}

#[test]
fn whether_a_day_that_the_issuer_is_silent_about_counts_may_be_answered() {
    let silent = json!({ "counts": "silent", "question": "Does it count?" });
    let grace = window("grace", json!({ "at": "expiry", "days": 1 }), json!({ "at": "late_end" }), silent);
    let late = rule(json!({ "until": [{ "at": "expiry", "months": 3 }] }));
    let lists = json!({ "windows": [in_the_period(), grace], "late": [late] });
    let credits = [hours("10", "2026-02-01")];
    for (rest, verdict) in
        [(json!({}), "cannot_tell"), (answer("window.grace", "Yes"), "met"), (answer("window.grace", "No"), "not_met")]
    {
        assert_eq!(judged_on(lists.clone(), &credits, rest.clone(), "2026-03-01")["verdict"], verdict, "{rest}");
    }
}

#[test]
fn two_entries_of_one_activity_count_once_as_the_better_one_until_they_are_different() {
    let entry = |amount: &str, title: &str| {
        hours_with(
            amount,
            "2024-06-01",
            json!({ "title": title, "proofs": [{ "sha256": "a".repeat(64), "name": "c.pdf" }] }),
        )
    };
    let twice = [entry("2", "Fire safety"), entry("3", "FIRE  Safety."), entry("1", "Law")];
    let evaluation = judged(json!({}), &twice);
    assert_eq!(all_counted(&evaluation), ["0", "3", "1"], "a paper that proves several is no duplicate");
    assert!(says(&evaluation, "c1", "duplicate"));
    let different = judged_with(json!({}), &twice, answer("duplicate", "Different"));
    assert_eq!(all_counted(&different), ["2", "3", "1"]);
}

#[test]
fn a_wish_is_kept_where_it_can_be_and_reported_where_it_cannot() {
    let most = limit("most", json!({}), json!({ "points": "5" }));
    let lists = json!({ "limits": [most], "requirements": [minimum("total", "5", json!({}))] });
    let credits = [hours("5", "2024-06-01"), hours("5", "2024-07-01")];
    let pins = |pins: &[(&str, bool)]| {
        let pin = |(credit, counted): &(&str, bool)| json!({ "credential": "x", "credit": credit, "counted": counted });
        json!({ "pins": pins.iter().map(pin).collect::<Vec<_>>() })
    };
    for (wishes, counts, ignored) in [
        (pins(&[]), ["5", "0"], false),
        (pins(&[("c2", true)]), ["0", "5"], false),
        (pins(&[("c1", false)]), ["0", "5"], false),
        (pins(&[("c1", true), ("c2", true)]), ["5", "0"], true),
        (pins(&[("c9", true)]), ["5", "0"], true),
    ] {
        let evaluation = judged_with(lists.clone(), &credits, wishes.clone());
        assert_eq!(all_counted(&evaluation), counts, "{wishes}");
        assert_eq!(has(&evaluation["notes"], "code", "pin_ignored"), ignored, "{wishes}");
    }
}

#[test]
fn a_wish_may_name_the_category() {
    let lists = json!({
        "categories": tags(&["front", "back"]),
        "requirements": [minimum("back", "2", json!({ "of": { "categories": ["back"] } }))],
    });
    let pin = json!({ "pins": [{ "credential": "x", "credit": "c1", "counted": true, "category": "back" }] });
    let open = judged_with(lists.clone(), &[hours("2", "2024-06-01")], pin.clone());
    assert_eq!((open["verdict"].as_str(), &open["credits"][0]["split"]), (Some("met"), &json!({ "back": "2" })));
    let front = hours_with("2", "2024-06-01", json!({ "split": { "front": "2" } }));
    let known = judged_with(lists, &[front], pin);
    assert!(has(&known["notes"], "code", "pin_ignored"), "the certificate's category is no wish");
}

#[test]
fn a_wish_that_cannot_be_meant_is_reported_and_of_two_the_later_holds() {
    let lists = json!({ "categories": tags(&["front"]) });
    let pin = |credential: &str, counted: bool, category: Value| json!({ "credential": credential, "credit": "c1", "counted": counted, "category": category });
    let (out, back) = (pin("x", false, json!(null)), pin("x", true, json!(null)));
    for (pins, counted, told) in [
        (json!([pin("y", false, json!(null))]), "2", Some("no certification “y”")),
        (json!([pin("x", true, json!("frnt"))]), "2", Some("no category “frnt”")),
        (json!([out, back]), "2", Some("a later wish")),
        (json!([back, out]), "0", Some("a later wish")),
        (json!([out, out]), "0", None),
    ] {
        let credit = hours_with("2", "2024-06-01", json!({ "split": { "front": "2" } }));
        let evaluation = judged_with(lists.clone(), &[credit], json!({ "pins": pins }));
        assert_eq!(all_counted(&evaluation), [counted], "{pins}");
        let notes = evaluation["notes"].as_array().unwrap();
        let ignored =
            notes.iter().find(|note| note["code"] == "pin_ignored").map(|note| note["text"].as_str().unwrap());
        assert_eq!(ignored.is_some(), told.is_some(), "{pins}");
        assert!(ignored.is_none_or(|text| text.contains(told.unwrap())), "{ignored:?}");
    }
}

#[test]
fn what_is_planned_counts_only_where_it_is_asked_as_if() {
    let packs = Packs::from_packs(Pack::check(&pack(json!({})).to_string()).unwrap());
    let credits = [
        hours_with("4", "2025-12-01", json!({ "status": "planned" })),
        hours("6", "2026-01-05"),
        hours_with("9", "2025-12-01", json!({ "status": "draft" })),
    ];
    let record = record(&credits, json!({}));
    for (planned, counts) in [(false, ["0", "0", "0"]), (true, ["4", "6", "0"])] {
        let evaluation = evaluate(&record, "x", &packs, Asked { on: day("2025-12-31"), planned }).unwrap();
        assert_eq!(all_counted(&serde_json::to_value(evaluation).unwrap()), counts, "planned: {planned}");
    }
}

// Support for what is said.

#[test]
fn the_weakest_value_that_decides_is_named_and_each_line_has_its_source() {
    let reading = json!({ "rules": { "title": "Rules", "address": "https://example.org/rules" }, "own": { "title": "Our reading" } });
    let hour = with(hour(), json!({ "basis": "inference", "source": "own" }));
    let lists = json!({ "sources": &reading, "convert": [hour], "verified_on": "2025-02-03" });
    let none = judged(lists.clone(), &[]);
    let some = judged(lists, &[hours("10", "2024-06-01")]);
    assert_eq!((&none["basis"], &some["basis"]), (&json!("official"), &json!("inference")));
    assert_eq!(none["weakest"], json!({ "rules": [], "credits": [] }), "all of it is official");
    assert_eq!(some["weakest"], json!({ "rules": [], "credits": ["c1"] }));
    let total = minimum("total", "10", json!({ "basis": "inference", "source": "own" }));
    let rule = judged(json!({ "sources": reading, "requirements": [total] }), &[hours("10", "2024-06-01")]);
    assert_eq!(rule["weakest"], json!({ "rules": ["“total”"], "credits": [] }));
    assert_eq!(item(&some["requirements"], "total")["source"], "Rules, https://example.org/rules");
    assert_eq!(some["pack_verified_on"], "2025-02-03");
    assert_eq!(item(&some["requirements"], "total")["fills"], json!([{ "credit": "c1", "points": "10" }]));
}

// Several credentials.

fn two_packs() -> Packs {
    let other = pack(json!({
        "credentials": [{ "id": "nap-zzb", "name": "NAP (ZZB)", "full_name": "National" }],
        "issuer": { "name": "ZZ Board", "short": "ZZB", "approver": "zzb" },
        "approvers": [{ "id": "zzb", "label": "ZZB" }],
        "convert": [convert("hour", json!({ "units": ["contact_hour"] }), json!({ "points": "0.5" }))],
        "not_shared_with": ["cap-lvb"],
    }));
    let packs = [pack(json!({})), other].map(|pack| Pack::check(&pack.to_string()).unwrap());
    Packs::from_packs(packs.into_iter().flatten().collect())
}

#[test]
fn one_activity_serves_two_credentials_by_the_rules_of_each_unless_one_forbids_it() {
    let credential = |id: &str, pack: &str| json!({ "id": id, "pack": pack, "certified_on": "2024-01-10" });
    let both = json!([credential("x", "cap-lvb"), credential("y", "nap-zzb")]);
    let counts = |rest: Value, id: &str| {
        let record = record(&[hours("4", "2024-06-01")], with(json!({ "credentials": both }), rest));
        let evaluation = evaluate(&record, id, &two_packs(), day("2025-12-31")).unwrap();
        serde_json::to_value(evaluation.credits[0].counted).unwrap()
    };
    assert_eq!((counts(json!({}), "x"), counts(json!({}), "y")), (json!("4"), json!("2")));
    let used = json!({ "pins": [{ "credential": "x", "credit": "c1", "counted": true }] });
    assert_eq!((counts(used.clone(), "x"), counts(used, "y")), (json!("4"), json!("0")));
}

#[test]
fn a_split_of_its_own_serves_a_credential_whose_categories_differ() {
    let lists = json!({
        "categories": tags(&["core", "more"]),
        "requirements": [minimum("core", "3", json!({ "of": { "categories": ["core"] } }))],
    });
    let splits = json!({ "split": { "clinical": "4" }, "splits": { "cap-lvb": { "core": "3", "more": "1" } } });
    let evaluation = judged(lists, &[hours_with("4", "2024-06-01", splits)]);
    assert_eq!((evaluation["verdict"].as_str(), counted(&evaluation, "core")), (Some("met"), "3".into()));
}

#[test]
fn one_scheme_serves_several_credentials_of_an_issuer_with_what_differs() {
    let names = [("cap-lvb", "CAP (LVB)"), ("cas-lvb", "CAS (LVB)")]
        .map(|(id, name)| json!({ "id": id, "name": name, "full_name": name }));
    let extra = minimum("extra", "1", json!({ "when": { "credentials": ["cas-lvb"] } }));
    let lists = json!({ "credentials": names, "requirements": [minimum("total", "10", json!({})), extra] });
    let packs = Packs::from_packs(Pack::check(&pack(lists).to_string()).unwrap());
    for (id, demands) in [("cap-lvb", 1), ("cas-lvb", 2)] {
        let credential = json!({ "credentials": [{ "id": "x", "pack": id, "certified_on": "2024-01-10" }] });
        let evaluation = evaluate(&record(&[], credential), "x", &packs, day("2025-12-31")).unwrap();
        assert_eq!((evaluation.requirements.len(), evaluation.pack.as_str()), (demands, id));
    }
}

#[test]
fn initials_alone_name_no_rules() {
    for initials in ["cma", "CMA", "rma", "cpt", "CMA (AAMA)"] {
        let credential = json!({ "credentials": [{ "id": "x", "pack": initials, "certified_on": "2024-01-10" }] });
        let refused = evaluate(&record(&[], credential), "x", &Packs::shipped().unwrap(), day("2025-12-31"));
        assert_eq!(refused.unwrap_err(), EvaluateError::NoPack(initials.to_owned()));
    }
}

// Rules of her own.

#[test]
fn a_record_may_bring_rules_of_its_own() {
    let rest = json!({ "packs": [pack(json!({}))] });
    let evaluation =
        evaluate(&record(&[hours("10", "2024-06-01")], rest), "x", &Packs::shipped().unwrap(), day("2025-12-31"));
    assert_eq!(evaluation.unwrap().credential_name, "CAP (LVB)");
}

#[test]
fn a_value_that_she_knows_better_holds_and_is_named() {
    let change = |path: &str, value: Value| json!({ "overrides": [{ "pack": "cap-lvb", "path": path, "value": value, "reason": "Their letter", "on": "2025-03-04" }] });
    let evaluation =
        judged_with(json!({}), &[hours("8", "2024-06-01")], change("requirements.total.needed", json!("8")));
    assert_eq!(evaluation["verdict"], "met");
    let told = evaluation["notes"].as_array().unwrap().iter().find(|note| note["code"] == "override").unwrap();
    assert!(told["text"].as_str().unwrap().contains("Their letter"), "{told}");
    // One that leads nowhere takes no answer away, but is not passed over in silence.
    let evaluation =
        judged_with(json!({}), &[hours("8", "2024-06-01")], change("requirements.totl.needed", json!("8")));
    assert_eq!(evaluation["verdict"], "not_met");
    let told = evaluation["notes"].as_array().unwrap().iter().find(|note| note["code"] == "rules_not_used").unwrap();
    assert_eq!(told["text"].as_str().unwrap().matches("requirements.totl.needed").count(), 1, "{told}");
}

// Whoever approved it.

fn unsure(amount: &str, more: Value) -> Value {
    hours_with(amount, "2024-06-01", with(json!({ "approver": "unsure" }), more))
}

#[test]
fn the_category_and_the_window_of_a_doubtful_approver_are_those_of_each_that_it_may_be() {
    let own = convert(
        "own",
        json!({ "units": ["contact_hour"], "approvers": ["lvb"] }),
        json!({ "points": "1", "category": "care" }),
    );
    for needed in ["care", "service"] {
        let lists = json!({
            "categories": tags(&["care", "service"]), "convert": [own, hour()],
            "requirements": [minimum("total", "10", json!({})), minimum(needed, "10", json!({ "of": { "categories": [needed] } }))],
        });
        let split = unsure("10", json!({ "split": { "service": "10" } }));
        let open = judged(lists.clone(), std::slice::from_ref(&split));
        assert!(open["verdict"] == "cannot_tell" && has(&open["questions"], "id", "approver"), "{needed}");
        for (told, care) in [("Yes", true), ("No", false)] {
            let verdict = if care == (needed == "care") { "met" } else { "not_met" };
            let settled = judged_with(lists.clone(), std::slice::from_ref(&split), answer("approver", told));
            assert_eq!(settled["verdict"], verdict, "{needed} {told}");
        }
    }
    let windows = |silent: &str| {
        let one = |class: &str| {
            let more =
                if class == silent { json!({ "counts": "silent", "question": "Does it count?" }) } else { json!({}) };
            window(
                class,
                json!({ "at": "period_start" }),
                json!({ "at": "expiry" }),
                with(json!({ "of": { "approvers": [class] } }), more),
            )
        };
        json!({ "windows": [one("lvb"), one("other")] })
    };
    let told = |class: &str| json!({ "answers": [{ "question": format!("window.{class}"), "answer": "No", "answered_on": "2025-03-04" }] });
    for silent in ["lvb", "other"] {
        let open = judged_with(windows(silent), &[unsure("10", json!({}))], told(silent));
        assert!(open["verdict"] == "cannot_tell" && has(&open["questions"], "id", "approver"), "{silent}");
    }
}

#[test]
fn proof_and_conditions_wait_for_who_approved_it_too() {
    let papers = |paper: &str, of: Value| rule(json!({ "of": of, "papers": [[paper]], "words": "Send it." }));
    let lists =
        json!({ "evidence": [papers("letter", json!({ "approvers": ["lvb"] })), papers("certificate", json!({}))] });
    let proofs = json!({ "proofs": [{ "sha256": "a".repeat(64), "name": "c.pdf" }] });
    let open = judged(lists.clone(), &[unsure("10", proofs.clone())]);
    assert_eq!((&open["verdict"], &open["verdict_with_proof"]), (&json!("met"), &json!("cannot_tell")));
    for (told, verdict) in [("Yes", "not_met"), ("No", "met")] {
        let settled = judged_with(lists.clone(), &[unsure("10", proofs.clone())], answer("approver", told));
        assert_eq!(settled["verdict_with_proof"], verdict, "{told}");
    }
    let own = condition("own", "attestation", json!({ "credits": { "approvers": ["lvb"] } }));
    let lists = json!({ "requirements": [minimum("total", "10", json!({})), own] });
    let open = judged(lists.clone(), &[unsure("10", json!({}))]);
    assert_eq!(open["verdict"], "cannot_tell");
    assert!(has(&open["questions"], "id", "approver") && !has(&open["questions"], "id", "fact.own"));
    assert_eq!(judged_with(lists, &[unsure("10", json!({}))], answer("approver", "Yes"))["verdict"], "met");
}

#[test]
fn what_an_earlier_period_may_have_used_up_of_a_lifetime_is_asked() {
    let own = |most: Value| json!({ "limits": [limit("own", json!({ "approvers": ["lvb"] }), with(most, json!({ "per": "lifetime" })))] });
    let earlier = |more: Value| hours_with("10", "2023-05-05", with(json!({ "approver": "unsure" }), more));
    let later = hours_with("10", "2024-06-01", json!({ "approver": "LVB" }));
    for most in [json!({ "points": "12" }), json!({ "count": 1 })] {
        let open = judged(own(most.clone()), &[earlier(json!({})), later.clone()]);
        assert!(open["verdict"] == "cannot_tell" && has(&open["questions"], "id", "approver"), "{most}");
        for (told, verdict) in [("Yes", "not_met"), ("No", "met")] {
            let settled =
                judged_with(own(most.clone()), &[earlier(json!({})), later.clone()], answer("approver", told));
            assert_eq!(settled["verdict"], verdict, "{most} {told}");
        }
    }
    let refused =
        with(own(json!({ "count": 1 })), json!({ "refuse": [refuse("informal", json!({ "formal_credit": false }))] }));
    let informal = earlier(json!({ "approver": "LVB", "formal_credit": false }));
    assert_eq!(judged(refused, &[informal, later])["verdict"], "met", "what was refused takes no place");
    let before = window(
        "before",
        json!({ "at": "period_start", "months": -6 }),
        json!({ "at": "period_start", "days": -1 }),
        json!({}),
    );
    let lists = with(own(json!({ "points": "10" })), json!({ "windows": [before, in_the_period()] }));
    let early = hours_with("10", "2023-12-05", json!({ "approver": "LVB" }));
    assert_eq!(judged(lists, &[early])["verdict"], "met", "what counts in this period is not earlier");
}

#[test]
fn a_third_entry_is_asked_about_though_two_were_said_to_be_different() {
    let entry = || hours_with("3", "2024-06-01", json!({ "title": "Fire safety" }));
    let told = json!({ "answers": [{ "question": "duplicate", "credits": ["c1", "c2"], "answer": "Different", "answered_on": "2025-03-04" }] });
    let open = judged_with(json!({}), &[entry(), entry(), entry()], told);
    assert_eq!(counted(&open, "total"), "6");
    assert_eq!(item(&open["questions"], "duplicate")["credits"], json!(["c3"]));
}

#[test]
fn an_answer_may_be_a_number_for_each_unit_or_all_that_it_is_worth_and_one_that_cannot_be_is_named() {
    let lists = json!({ "convert": [bare_ceu(), hour()] });
    let course = [hours_with("0.5", "2024-06-01", json!({ "unit": "ceu" }))];
    let told = |text: &str| judged_with(lists.clone(), &course, answer("rate.ceu", text));
    for (text, worth) in [("10", "5"), ("5 hours", "5"), ("10 hours", "5")] {
        assert_eq!(earned(&told(text)), [worth], "{text}");
    }
    for text in ["20", "some", "50 hours"] {
        let open = told(text);
        assert!(says(&open, "c1", "answer_not_used") && has(&open["questions"], "id", "rate.ceu"), "{text}");
    }
}
