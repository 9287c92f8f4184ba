//! Rules of a profession that no code has heard of: written by the document on the format, checked, and judged by.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::command::{Desk, stderr};

#[expect(clippy::disallowed_methods, reason = "clones share their build output: only cargo knows which one runs")]
fn file(path: &str) -> PathBuf {
    Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(file(path)).unwrap()
}

fn pack() -> Value {
    serde_json::from_str(&text("fixtures/another-profession.json")).unwrap()
}

/// The sections that each step of the document's tour gives.
fn steps() -> Vec<Map<String, Value>> {
    let document = text("../docs/rules/format.md");
    let tour = document.split("## A tour").nth(1).unwrap().split("\n## ").next().unwrap();
    let blocks = tour.split("```json\n").skip(1).map(|block| block.split("```").next().unwrap());
    blocks.map(|block| serde_json::from_str(block).unwrap_or_else(|error| panic!("{error}: {block}"))).collect()
}

#[test]
fn every_step_of_the_tour_is_sound_and_the_last_is_the_whole_pack() {
    let desk = Desk::new();
    let mut pack = Map::new();
    for (index, step) in steps().into_iter().enumerate() {
        pack.extend(step);
        desk.write("mine.json", Value::Object(pack.clone()).to_string());
        let told = desk.done(&["packs", "check", "mine.json"]);
        assert!(told.contains("is sound"), "step {}: {told}", index + 1);
    }
    assert_eq!(Value::Object(pack), self::pack());
}

#[test]
fn a_fault_is_told_with_its_place() {
    let desk = Desk::new();
    let mut pack = pack();
    pack["limits"][0]["of"]["approvers"] = json!(["others"]);
    pack["requirements"][1]["source"] = json!("letter");
    desk.write("mine.json", pack.to_string());
    let output = desk.recert(&["packs", "check", "mine.json"]);
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    for place in ["limits[0].of.approvers[0]", "requirements[1].source"] {
        assert!(told.lines().any(|line| line.starts_with("mine.json") && line.contains(place)), "{told}");
    }
}

#[test]
fn a_record_brings_the_rules_along_and_is_judged_by_them() {
    let credit = |id: &str, amount: &str, unit: &str, more: Value| {
        let mut credit = json!({ "id": id, "title": id, "provider": "Lakeside", "completed_on": "2025-04-02",
                                 "amount": amount, "unit": unit });
        credit.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        credit
    };
    let course = credit("course", "50", "contact_hour", json!({ "split": { "care": "50" } }));
    let approved = json!({ "provider_number": "CLD-77", "tags": ["ethics"], "split": { "service": "25" } });
    let talk =
        credit("talk", "2", "contact_hour", json!({ "kind": "teaching", "approver": "CLD", "split": { "care": "2" } }));
    let ceu = credit("ceu", "1", "ceu", json!({ "approver": "CLD", "split": { "care": "1" } }));
    let mut record = json!({
        "schema": "recert.record/1", "holder": { "name": "Ann" }, "packs": [pack()],
        "credentials": [{ "id": "rdn", "pack": "rdn-cld", "certified_on": "2022-06-01" }],
        "credits": [course, credit("approved", "25", "contact_hour", approved), talk],
        "facts": [{ "id": "f1", "kind": "credential", "tag": "licence", "issued_on": "2022-01-01", "expires_on": "2027-12-31" }],
    });
    let desk = Desk::new();
    let mut evaluated = |ceu: Option<Value>| {
        record["credits"].as_array_mut().unwrap().extend(ceu);
        desk.write("record.json", record.to_string());
        desk.asked(&["evaluate", "record.json", "--on", "2027-04-01"])
    };
    let without = evaluated(None);
    assert_eq!(without["period"], json!({ "from": "2022-06-01", "to": "2027-05-31" }));
    assert_eq!(without["verdict"], "not_met");
    let told: Vec<Value> = without["requirements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| json!([line["id"], line["counted"], line["state"]]))
        .collect();
    assert_eq!(
        told,
        [
            json!(["total", "69", "not_met"]),
            json!(["care", "44", "met"]),
            json!(["ethics", "25", "met"]),
            json!(["licence", "0", "met"]),
            json!(["fee", "0", "not_met"]),
        ]
    );
    assert_eq!(without["gap"]["sentence"], "You still need 6 CLD-approved units.", "40 of the 50 hours count");
    assert_eq!(without["dates"]["ways"][0]["by"], "2027-05-01");

    let with_ceu = evaluated(Some(ceu));
    assert_eq!(with_ceu["verdict"], "cannot_tell", "one hour more, or ten");
    assert_eq!(with_ceu["questions"][0]["id"], "rate.ceu");
}

/// Everything that the format has a name for: fields, and words that stand for a choice.
fn names(schema: &Value, found: &mut Vec<String>) {
    if let Some(fields) = schema["properties"].as_object() {
        found.extend(fields.keys().cloned());
    }
    found.extend(schema["const"].as_str().map(str::to_owned));
    match schema {
        Value::Object(parts) => parts.values().for_each(|part| names(part, found)),
        Value::Array(parts) => parts.iter().for_each(|part| names(part, found)),
        _ => {}
    }
}

#[test]
fn the_document_tells_of_every_field_and_word_of_the_format() {
    let schema: Value = serde_json::from_str(&text("../docs/pack.schema.json")).unwrap();
    let document = text("../docs/rules/format.md");
    let reference = document.split("## What the words mean").nth(1).unwrap();
    let mut all = Vec::new();
    names(&schema, &mut all);
    assert!(all.len() > 200, "the schema was not read: {}", all.len());
    let missing: Vec<&String> = all.iter().filter(|name| !reference.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
