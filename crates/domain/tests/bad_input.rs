//! Packs and records that make no sense: each is refused with a reason, or judged; none of them is a panic or much work.
//! Whatever takes without end here hangs.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::evaluation::{Evaluation, Verdict};
use domain::{Asked, Pack, Packs, Record, evaluate};
use serde_json::{Value, json};

const RECORD: &str = include_str!("records/everything.json");
const TEN_MEGABYTES: usize = 10 << 20;

static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::shipped().unwrap());

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A record with something more in it.
fn with(rest: &str) -> String {
    format!(r#"{{"schema":"recert.record/1","holder":{{"name":"M"}}{rest}}}"#)
}

fn sample() -> Value {
    serde_json::from_str(RECORD).unwrap()
}

/// Of every pack that comes with Recert its file.
fn files() -> Vec<Value> {
    let mut files: Vec<Value> = Vec::new();
    for pack in PACKS.iter() {
        let file = serde_json::to_value(pack).unwrap();
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

/// Every credential of a record judged on an ordinary day and on extraordinary ones; none may panic.
fn judge(record: &Record, packs: &Packs) -> Vec<Evaluation> {
    let asked = [(day("2026-01-15"), false), (NaiveDate::MIN, true), (NaiveDate::MAX, true)];
    let asked = asked.into_iter().map(|(on, planned)| Asked { on, planned });
    asked
        .flat_map(|asked| record.credentials.iter().filter_map(move |c| evaluate(record, &c.id, packs, asked).ok()))
        .collect()
}

/// Refuses the record with a reason, or judges it.
fn read(text: &str) -> Option<String> {
    match Record::from_json(text) {
        Err(fault) => {
            assert!(!fault.reason.trim().is_empty(), "{fault}");
            Some(fault.to_string())
        }
        Ok(record) => {
            judge(&record, &PACKS);
            None
        }
    }
}

/// Refuses the pack with reasons, or judges the sample record by it.
fn check(text: &str) -> Option<String> {
    match Pack::check(text) {
        Err(faults) => {
            assert!(!faults.is_empty() && faults.iter().all(|fault| !fault.reason.trim().is_empty()), "{faults:?}");
            Some(faults[0].to_string())
        }
        Ok(packs) => {
            let mut record = Record::from_json(RECORD).unwrap();
            (record.packs, record.overrides) = (Vec::new(), Vec::new());
            record.credentials.truncate(1);
            record.credentials[0].pack.clone_from(&packs[0].id);
            judge(&record, &Packs::from_packs(packs));
            None
        }
    }
}

// Texts.

#[test]
fn what_is_no_json_is_refused_with_a_reason() {
    let cut = &RECORD[..RECORD.len() / 2];
    for text in [
        "",
        " ",
        "{",
        "[]",
        "null",
        "1",
        "\"\"",
        "{}",
        "{]",
        "\u{0}",
        "\u{feff}",
        "{\"a\":1e999}",
        "Title,Points\n",
        cut,
    ] {
        assert!(read(text).is_some() && check(text).is_some(), "{text}");
    }
}

#[test]
fn ten_megabytes_are_refused_with_their_place_or_judged() {
    let long = "x".repeat(TEN_MEGABYTES);
    let many = |item: &str| vec![item; TEN_MEGABYTES / (item.len() + 1)].join(",");
    let change = |value: &str| {
        format!(
            r#","credentials":[{{"id":"x","pack":"cma-aama","certified_on":"2024-01-10"}}],"overrides":[{{"pack":"cma-aama","path":"draft","reason":"r","on":"2026-03-04","value":{value}}}]"#
        )
    };
    for (rest, told) in [
        (format!(r#","{long}":1"#), "there is no field"),
        (format!(r#","credits":[{{"id":"{long}","status":"draft"}}]"#), "credits[0].id: must have 1 to 64"),
        (format!(r#","credits":[{{"id":"c","status":"draft","title":"{long}"}}]"#), "credits[0].title: is longer"),
        (format!(r#","credits":[{}]"#, many("1")), "credits[0]: must be an object"),
        (format!(r#","credits":[{}]"#, many(r#"{"id":"c","status":"draft"}"#)), "credits[1].id: “c” occurs twice"),
        (
            format!(
                r#","credits":[{{"id":"c","status":"draft","awards":[{}]}}]"#,
                many(r#"{"amount":"1","unit":"ceu"}"#)
            ),
            "credits[0].awards: are",
        ),
        (
            format!(
                r#","credits":[{{"id":"c","status":"draft","sessions":[{}]}}]"#,
                many(r#"{"title":"t","amount":"1"}"#)
            ),
            "credits[0].sessions: are",
        ),
        (format!(r#","packs":[{}]"#, many("{}")), "packs[499999]: holds more than"),
        (
            format!(
                r#","overrides":[{}]"#,
                many(r#"{"pack":"p","path":"a","reason":"r","on":"2026-03-04","value":1}"#)
            ),
            "overrides: there are",
        ),
        (format!(r#","facts":[{}]"#, many("[]")), "facts[0]: must be an object"),
        (change(&format!("[{}]", many("1"))), "holds more than 500000 values"),
        (format!(r#","packs":[[{}]]"#, many("{}")), "holds more than 500000 values"),
    ] {
        let fault = read(&with(&rest)).unwrap();
        assert!(fault.contains(told), "{fault:.300}");
        assert!(fault.len() < 2_000, "nobody reads more");
    }
    for rest in [
        change(&format!("\"{long}\"")),
        format!(r#","packs":["{long}"]"#),
        format!(r#","facts":[{{"id":"f","kind":"other","title":"{long}"}}]"#),
    ] {
        assert_eq!(read(&with(&rest)), None);
    }
    for text in [long.clone(), format!("\"{long}\""), format!("[{}]", many("1"))] {
        assert!(check(&text).unwrap().contains("KiB"));
    }
}

#[test]
fn very_many_credits_and_answers_are_judged() {
    let credit = |n: usize| {
        format!(
            r#"{{"id":"{n}","title":"T","completed_on":"2024-06-01","amount":"1","unit":"ceu","approver":"unsure"}}"#
        )
    };
    let answer =
        |n: usize| format!(r#"{{"question":"approver","credits":["x{n}"],"answer":"Yes","answered_on":"2025-06-01"}}"#);
    let credits: Vec<String> = (0..20_000).map(credit).collect();
    let answers: Vec<String> = (0..20_000).map(answer).collect();
    let credential = r#""credentials":[{"id":"x","pack":"cma-aama","certified_on":"2024-01-10"}]"#;
    let (credits, answers) = (credits.join(","), answers.join(","));
    assert_eq!(read(&with(&format!(r#",{credential},"credits":[{credits}],"answers":[{answers}]"#))), None);
}

#[test]
fn deep_nesting_is_refused_wherever_it_stands() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        for depth in [200, 1_000_000] {
            for end in ["1".to_owned() + &close.repeat(depth), String::new()] {
                let deep = open.repeat(depth) + &end;
                for text in [
                    deep.clone(),
                    with(&format!(r#","packs":[{deep}]"#)),
                    with(&format!(r#","overrides":[{{"value":{deep}}}]"#)),
                    with(&format!(r#","credits":{deep}"#)),
                    format!(r#"{{"holder":{deep}}}"#),
                ] {
                    let fault = read(&text).unwrap();
                    let told = ["nested too deeply", "must be an object", "no field", "must be"];
                    assert!(told.iter().any(|told| fault.contains(told)), "{fault:.300}");
                    assert!(check(&text).is_some());
                }
            }
        }
    }
}

// Numbers and dates.

/// A credit in the sample's period, with some fields changed.
fn credit(changes: &Value) -> Value {
    let mut credit =
        json!({ "id": "edge", "title": "Edge", "completed_on": "2024-03-04", "amount": "1", "unit": "contact_hour" });
    credit.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    credit
}

#[test]
fn numbers_and_dates_at_the_edge_are_refused_or_judged() {
    for (changes, refused) in [
        (json!({ "amount": "999999.9999" }), false),
        (json!({ "amount": "0.0001" }), false),
        (json!({ "amount": "1000000" }), true),
        (json!({ "amount": "0.00001" }), true),
        (json!({ "amount": "0" }), true),
        (json!({ "amount": "-1" }), true),
        (json!({ "amount": "1e5" }), true),
        (json!({ "amount": 1 }), true),
        (json!({ "unit": "furlong" }), true),
        (json!({ "minutes": u32::MAX }), false),
        (json!({ "minutes": u64::MAX }), true),
        (json!({ "minutes": -1 }), true),
        (json!({ "completed_on": "1900-01-01" }), false),
        (json!({ "completed_on": "2199-12-31", "status": "planned" }), false),
        (json!({ "completed_on": "2200-01-01" }), true),
        (json!({ "completed_on": "+262142-12-31" }), true),
        (json!({ "completed_on": "2023-02-29" }), true),
        (json!({ "expires_on": "1899-12-31" }), true),
        (json!({ "awards": vec![json!({ "amount": "999999.9999", "unit": "point" }); 20] }), false),
        (json!({ "awards": vec![json!({ "amount": "1", "unit": "point" }); 21] }), true),
        (json!({ "amount": "100", "sessions": vec![json!({ "title": "S", "amount": "1" }); 100] }), false),
        (json!({ "amount": "101", "sessions": vec![json!({ "title": "S", "amount": "1" }); 101] }), true),
        (json!({ "sessions": [{ "title": "S", "amount": "1", "on": "-262143-01-01" }] }), false),
        (json!({ "splits": { "cma-aama": { "clinical": "0.9999" } } }), true),
    ] {
        let mut record = sample();
        record["credits"] = json!([credit(&changes)]);
        record["pins"] = json!([]);
        assert_eq!(read(&record.to_string()).is_some(), refused, "{changes}");
    }
}

#[test]
fn more_points_than_can_be_added_are_judged_all_the_same() {
    let answer = json!([{ "question": "rate.ceu", "answer": "999999.9999", "answered_on": "2026-01-01" }]);
    let credits: Vec<Value> = (0..1_000)
        .map(|n| {
            let mut credit =
                credit(&json!({ "unit": if n % 2 == 0 { "ceu" } else { "contact_hour" }, "amount": "999999.9999" }));
            credit["id"] = json!(format!("c{n}"));
            credit["title"] = json!(format!("T{n}"));
            credit
        })
        .collect();
    let mut record = sample();
    (record["credits"], record["answers"], record["pins"]) = (json!(credits), answer, json!([]));
    for file in files() {
        for rule in file["convert"].as_array().unwrap() {
            record["answers"][0]["question"] = json!(format!("rate.{}", rule["id"].as_str().unwrap()));
            record["credentials"] =
                json!([{ "id": "x", "pack": file["credentials"][0]["id"], "certified_on": "2022-01-01" }]);
            assert_eq!(read(&record.to_string()), None);
        }
    }
}

#[test]
fn periods_and_days_of_the_record_may_lie_anywhere() {
    let days = ["-262143-01-01", "0000-01-01", "1900-01-01", "2199-12-31", "+262142-12-31"];
    for from in days {
        for to in days {
            let mut record = sample();
            record["credentials"][0]["periods"] =
                json!([{ "from": from, "to": to, "renewed_on": to, "state": "renewed" }]);
            record["facts"] = json!([{ "id": "f", "kind": "work_hours", "amount": "999999.9999", "issued_on": from, "expires_on": to }]);
            record["answers"] = json!([{ "question": "period_start", "answer": from, "answered_on": to }]);
            read(&record.to_string());
        }
    }
}

// Packs against themselves.

type Change = fn(&mut Value);

/// The sample's pack with something changed.
fn pack(change: Change) -> String {
    let mut pack = files().into_iter().find(|file| file["credentials"][0]["id"] == "cma-aama").unwrap();
    change(&mut pack);
    pack.to_string()
}

#[test]
fn rules_that_contradict_each_other_or_come_full_circle_are_refused() {
    let refused: &[(Change, &str)] = &[
        (|p| p["requirements"][0]["needed"] = json!("1"), "but the other minimums demand"),
        (|p| p["limits"][0]["of"] = json!({}), "lets only"),
        (|p| p["windows"][0]["of"] = json!({ "windows": [p["windows"][0]["id"]] }), "cannot ask for windows"),
        (|p| p["late"][0]["until"] = json!([{ "at": "late_end" }]), "from itself"),
        (
            |p| p["period"][0]["when"] = json!({ "expiry": { "to": "2026-01-01" } }),
            "is not known where this rule is chosen",
        ),
        (|p| p["units"][0]["unit"] = json!("furlong"), "“furlong” is not known"),
        (|p| p["convert"][0]["of"]["units"] = json!(["furlong"]), "“furlong” is not known"),
        (|p| p["convert"][0]["points"] = json!("1/0"), "must be points as text"),
        (|p| p["convert"][1]["points"] = json!("10001"), "must be at most 10000"),
        (|p| p["requirements"][0]["needed"] = json!("100000.01"), "must be at most 100000"),
        (|p| p["period"][0]["months"] = json!(0), "must be from 1 to 600"),
        (|p| p["period"][0]["months"] = json!(u64::MAX), "is below or above"),
        (|p| p["verified_on"] = json!("2200-01-01"), "the year must lie between"),
    ];
    for (change, told) in refused {
        let fault = check(&pack(*change)).unwrap_or_else(|| panic!("is not refused: {told}"));
        assert!(fault.contains(told), "{fault} does not say {told}");
    }
}

/// Rules as many and as tangled as are accepted, so that neither what counts nor what lacks is found by trying it all.
fn tangled(dice: &mut Dice) -> Value {
    let names = |letter: &str, count: usize| (0..count).map(|n| format!("{letter}{n}")).collect::<Vec<_>>();
    let (classes, categories, tags) = (names("a", 7), names("k", 12), names("t", 6));
    let kinds = ["course", "online", "workshop", "seminar", "conference", "college", "authoring", "teaching"];
    let mut of = |kinds: &[&str]| json!({ "categories": dice.some(&categories, 5), "approvers": dice.some(&classes, 3), "tags": dice.some(&tags, 5), "kinds": kinds });
    let rule = |mut rule: Value| {
        rule.as_object_mut()
            .unwrap()
            .extend(json!({ "label": "L", "basis": "official", "source": "s" }).as_object().unwrap().clone());
        rule
    };
    let mut minimum = |id: String| rule(json!({ "kind": "minimum", "id": id, "needed": "900", "of": of(&[]) }));
    let path = |id: usize, minimum: Value| json!({ "id": format!("p{id}"), "label": "P", "requirements": [minimum] });
    let paths: Vec<Value> = (0..30).map(|n| path(n, minimum(format!("m{n}")))).collect();
    let mut requirements: Vec<Value> = (30..38).map(|n| minimum(format!("m{n}"))).collect();
    requirements.push(json!({ "kind": "any_of", "id": "ways", "label": "W", "paths": paths }));
    let mut limit = |n: usize, most: Value| {
        let mut limit = rule(json!({ "id": format!("l{n}"), "words": "At most.", "of": of(&kinds[n % 2..]) }));
        if most["count"].is_number() {
            limit["of"]["categories"] = json!([]);
        }
        limit.as_object_mut().unwrap().extend(most.as_object().unwrap().clone());
        limit
    };
    let points = |n: usize| json!({ "points": format!("{}.37", 100 + 7 * n) });
    let limits: Vec<Value> = (0..11).map(|n| limit(n, points(n))).collect();
    let counts: Vec<Value> = (11..31).map(|n| limit(n, json!({ "count": n }))).collect();
    let name = |name: &String| json!({ "id": name, "label": name });
    json!({
        "schema": "recert.pack/1", "version": "1", "credentials": [{ "id": "x-y", "name": "X", "full_name": "X" }],
        "issuer": { "name": "Y", "short": "Y", "approver": "a0" }, "sources": { "s": { "title": "S" } },
        "period": [{ "months": 60, "basis": "official", "source": "s" }],
        "approvers": classes.iter().map(name).collect::<Vec<_>>(), "categories": categories.iter().map(name).collect::<Vec<_>>(),
        "tags": tags.iter().map(name).collect::<Vec<_>>(),
        "convert": [{ "id": "all", "of": {}, "points": "1", "basis": "official", "source": "s" }],
        "repeats": (0..350).map(|n| json!({ "id": format!("r{n}"), "words": "W.", "basis": "official", "source": "s" })).collect::<Vec<_>>(),
        "limits": ([limits, counts].concat()), "requirements": requirements,
    })
}

#[test]
fn the_most_tangled_rules_are_judged_without_trying_everything() {
    for seed in 0..3 {
        let mut dice = Dice(seed);
        let packs = Packs::from_packs(Pack::check(&tangled(&mut dice).to_string()).unwrap());
        let kinds = ["course", "online", "workshop", "seminar", "teaching"];
        let credits: Vec<Value> = (0..300)
            .map(|n| {
                let (whole, part) = (dice.below(9) + 1, dice.below(99));
                let split = json!({ format!("k{}", dice.below(12)): format!("{whole}.{part:02}") });
                json!({
                    "id": format!("c{n}"), "title": format!("T{n}"), "completed_on": "2024-03-04", "unit": "contact_hour",
                    "amount": format!("{whole}.{part:02}"), "split": if n % 3 == 0 { json!({}) } else { split },
                    "kind": dice.one(&kinds), "approver": if n % 5 == 0 { "unsure".to_owned() } else { format!("a{}", dice.below(9)) },
                    "tags": (0..dice.below(4)).map(|_| format!("t{}", dice.below(6))).collect::<Vec<_>>(),
                })
            })
            .collect();
        let credential = json!([{ "id": "x", "pack": "x-y", "certified_on": "2022-01-01" }]);
        for count in [0, 20, 300] {
            let record = json!({ "schema": "recert.record/1", "holder": { "name": "M" }, "credentials": credential, "credits": credits[..count] });
            let record = Record::from_json(&record.to_string()).unwrap();
            let evaluation = evaluate(&record, "x", &packs, day("2026-01-15")).unwrap();
            assert_ne!(evaluation.verdict, Verdict::Met, "it demands 900 points where it lets a few hundred count");
            let mut turned = record.clone();
            turned.credits.reverse();
            let turned = evaluate(&turned, "x", &packs, day("2026-01-15")).unwrap();
            assert_eq!((turned.verdict, turned.gap), (evaluation.verdict, evaluation.gap), "whatever the order");
        }
    }
}

// Mutations.

/// Numbers that look thrown and are the same every time (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut thrown = self.0;
        thrown = (thrown ^ (thrown >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        thrown = (thrown ^ (thrown >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((thrown ^ (thrown >> 31)) % sides as u64).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Each with a chance of one in so many.
    fn some(&mut self, of: &[String], sides: usize) -> Vec<String> {
        of.iter().filter(|_| self.below(sides) == 0).cloned().collect()
    }
}

fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), all)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| places(value, &format!("{at}/{index}"), all));
        }
        _ => {}
    }
}

/// Something else somewhere.
fn mutate(file: &mut Value, dice: &mut Dice) {
    let mut all = Vec::new();
    places(file, "", &mut all);
    let (from, to) = (dice.one(&all).clone(), dice.one(&all).clone());
    let elsewhere = file.pointer(&from).unwrap().clone();
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(u64::MAX),
        json!(1e308),
        json!([]),
        json!({}),
        json!(""),
        json!("999999.9999"),
        json!("999999/1"),
        json!("1/999999"),
        json!("100000"),
        json!("0.01"),
        json!("1900-01-01"),
        json!("2199-12-31"),
        json!("+262142-12-31"),
        json!("other"),
        json!("unsure"),
        json!("\u{0}"),
        json!("x".repeat(3_000)),
    ];
    let odd = dice.one(&odd).clone();
    let here = file.pointer_mut(&to).unwrap();
    match (dice.below(6), &mut *here) {
        (0, Value::Array(list)) if !list.is_empty() => {
            let copies = vec![dice.one(list).clone(); 1 + dice.below(70)];
            list.extend(copies);
        }
        (1, Value::Array(list)) if !list.is_empty() => {
            list.rotate_left(1);
            list.reverse();
        }
        (0 | 1, Value::Object(fields)) if !fields.is_empty() => {
            let keys: Vec<String> = fields.keys().cloned().collect();
            fields.remove(dice.one(&keys));
        }
        (0 | 1, Value::Number(number)) => *here = json!(number.as_i64().unwrap_or(1).wrapping_mul(1_000)),
        (2, _) => *here = elsewhere,
        (3, _) => *here = json!([here.take()]),
        _ => *here = odd,
    }
}

#[test]
fn whatever_becomes_of_a_pack_it_is_refused_with_a_reason_or_judges() {
    let mut dice = Dice(1);
    let (mut refused, mut judged) = (0, 0);
    for file in files() {
        for _ in 0..50 {
            let mut file = file.clone();
            (0..=dice.below(2)).for_each(|_| mutate(&mut file, &mut dice));
            if check(&file.to_string()).is_some() { refused += 1 } else { judged += 1 }
        }
    }
    assert!(refused > 100 && judged > 50, "{refused} {judged}");
}

#[test]
fn whatever_becomes_of_a_record_it_is_refused_with_its_place_or_judged() {
    let mut dice = Dice(2);
    let (mut refused, mut judged) = (0, 0);
    for _ in 0..120 {
        let mut record = sample();
        (0..=dice.below(2)).for_each(|_| mutate(&mut record, &mut dice));
        if read(&record.to_string()).is_some() { refused += 1 } else { judged += 1 }
    }
    assert!(refused > 30 && judged > 30, "{refused} {judged}");
}
