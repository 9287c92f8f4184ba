#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use proptest::prelude::*;
use serde_json::json;

use super::*;

/// A guild of beekeepers and its two credentials; it uses most of the format.
pub(in crate::pack) fn sound() -> Value {
    serde_json::from_str(include_str!("beekeeper.json")).unwrap()
}

pub(in crate::pack) fn text(pack: &Value) -> String {
    serde_json::to_string_pretty(pack).unwrap()
}

fn faults(pack: &Value) -> Vec<PackFault> {
    Pack::check(&text(pack)).err().unwrap_or_default()
}

/// A line that demands what nothing else speaks of.
fn minimum(id: &str) -> Value {
    json!({ "kind": "minimum", "id": id, "label": id, "needed": "1", "basis": "official", "source": "rules" })
}

fn condition(id: &str) -> Value {
    json!({ "kind": "condition", "id": id, "label": id, "fact": "fee", "words": "Do it.", "basis": "official", "source": "rules" })
}

fn limit(id: &str) -> Value {
    json!({ "id": id, "label": id, "of": { "kinds": ["other"] }, "points": "9", "words": "At most.", "basis": "official", "source": "rules" })
}

fn any_of(id: &str, paths: usize, of: impl Fn(usize) -> Value) -> Value {
    let path = |index: usize| json!({ "id": format!("{id}-{index}"), "label": "A way", "requirements": [of(index)] });
    json!({ "kind": "any_of", "id": id, "label": "Ways", "paths": (0..paths).map(path).collect::<Vec<_>>() })
}

/// The last rule of a list once more, otherwise only where it says so.
fn again(pack: &mut Value, name: &str, other: Value) {
    let mut rule = list(pack, name).last().unwrap().clone();
    let Value::Object(other) = other else { panic!("{other}") };
    rule.as_object_mut().unwrap().extend(other);
    if rule.get("id").is_some() {
        rule["id"] = json!("again");
    }
    list(pack, name).push(rule);
}

/// Of a list in a pack.
fn list<'a>(pack: &'a mut Value, name: &str) -> &'a mut Vec<Value> {
    pack[name].as_array_mut().unwrap()
}

#[test]
fn a_sound_pack_has_no_fault_and_is_read_for_each_credential() {
    let packs = Pack::check(&text(&sound())).unwrap_or_else(|faults| panic!("{faults:?}"));
    let names: Vec<_> = packs.iter().map(|pack| (pack.id.as_str(), pack.name.as_str())).collect();
    assert_eq!(names, [("cbk-glb", "CBK (GLB)"), ("mbk-glb", "MBK (GLB)")]);
    assert_eq!(packs[0].faults(), []);
}

#[test]
fn the_least_pack_has_no_fault() {
    let pack = json!({
        "schema": SCHEMA,
        "version": "1",
        "credentials": [{ "id": "a-b", "name": "A", "full_name": "A" }],
        "issuer": { "name": "B", "short": "B", "approver": "b" },
        "sources": { "s": { "title": "S" } },
        "period": [{ "months": 1, "basis": "secondary", "source": "s" }],
    });
    assert_eq!(faults(&pack), []);
}

#[test]
fn a_pack_that_is_written_and_read_is_the_same() {
    let pack = from_text(&text(&sound())).unwrap();
    assert_eq!(from_value(&serde_json::to_value(&pack).unwrap()), Ok(pack));
}

type Change = fn(&mut Value);

/// What is done to the sound pack, and the fault that comes of it.
const FAULTS: &[(Change, &str, &str)] = &[
    // The head.
    (
        |p| p["schema"] = json!("recert.pack/2"),
        "schema",
        "is “recert.pack/2”; this version of Recert reads recert.pack/1",
    ),
    (|p| p["version"] = json!(" "), "version", "is empty"),
    (|p| p["verified_on"] = json!("0026-01-10"), "verified_on", "between 1900 and 2199"),
    (|p| p["draft"] = json!(""), "draft", "is empty"),
    (|p| p["credentials"] = json!([]), "credentials", "is empty"),
    (|p| p["credentials"][0]["id"] = json!("glb"), "credentials[0].id", "must carry the issuer"),
    (|p| p["credentials"][0]["id"] = json!("-glb"), "credentials[0].id", "must carry the issuer"),
    (|p| p["credentials"][0]["id"] = json!("cbk.1-glb"), "credentials[0].id", "a to z"),
    (|p| p["credentials"][0]["id"] = json!("CBK-glb"), "credentials[0].id", "a to z"),
    (|p| p["credentials"][0]["id"] = json!("-x".repeat(33)), "credentials[0].id", "1 to 64 characters"),
    (|p| p["credentials"][1]["id"] = json!("cbk-glb"), "credentials[1].id", "“cbk-glb” occurs twice"),
    (|p| p["credentials"][1]["name"] = json!(""), "credentials[1].name", "is empty"),
    (
        |p| p["credentials"][1]["full_name"] = json!("é".repeat(2_001)),
        "credentials[1].full_name",
        "has 2001 characters",
    ),
    (|p| p["issuer"]["name"] = json!(""), "issuer.name", "is empty"),
    (|p| p["issuer"]["short"] = json!(""), "issuer.short", "is empty"),
    (|p| p["issuer"]["approver"] = json!("other"), "issuer.approver", "is not one of `approvers`"),
    (|p| p["issuer"]["place"] = json!(""), "issuer.place", "is empty"),
    (
        |p| p["issuer"]["verify"] = json!({ "words": "", "basis": "official", "source": "rules" }),
        "issuer.verify.words",
        "is empty",
    ),
    (
        |p| p["issuer"]["verify"] = json!({ "words": "Ask.", "basis": "official", "source": "rule" }),
        "issuer.verify.source",
        "no source “rule”",
    ),
    (|p| p["sources"]["rules"]["title"] = json!(""), "sources.rules.title", "is empty"),
    (|p| p["sources"]["a b"] = json!({ "title": "S" }), "sources.a b", "a to z"),
    (|p| p["counts_in"]["many"] = json!(""), "counts_in.many", "is empty"),
    // Dates.
    (|p| p["editions"][0]["to"] = json!("2019-12-31"), "editions[0].to", "2019-12-31 is before 2020-01-01"),
    (
        |p| p["editions"][0]["source"] = json!("rule"),
        "editions[0].source",
        "no source “rule”; of these it has: reading, rules",
    ),
    (|p| p["period"] = json!([]), "period", "let the last one hold without `when`"),
    (|p| p["period"][1]["when"] = json!({ "cycle": "later" }), "period", "for cbk-glb no rule holds always"),
    (|p| p["period"][1]["when"] = json!({ "credentials": ["cbk-glb"] }), "period", "for mbk-glb no rule holds always"),
    (|p| p["period"][1]["months"] = json!(601), "period[1].months", "from 1 to 600"),
    (|p| p["period"][0]["months"] = json!(0), "period[0].months", "from 1 to 600"),
    (|p| p["period"][0]["from_age"] = json!(101), "period[0].from_age", "at most 100"),
    (|p| p["period"][0]["when"]["completed"] = json!({}), "period[0].when.completed", "is not known"),
    (|p| p["period"][0]["when"]["period_start"] = json!({}), "period[0].when.period_start", "is not known"),
    (|p| p["period"][0]["when"]["expiry"] = json!({}), "period[0].when.expiry", "is not known"),
    (|p| p["period"][0]["when"]["standing"] = json!(["late"]), "period[0].when.standing", "is not known"),
    (|p| p["period"][0]["when"]["months_expired"] = json!(1), "period[0].when.months_expired", "is not known"),
    (
        |p| p["period"][0]["when"]["certified"]["from"] = json!("2020-01-01"),
        "period[0].when.certified.to",
        "where it begins",
    ),
    (|p| p["period"][0]["when"]["credentials"] = json!(["x"]), "period[0].when.credentials[0]", "no credential “x”"),
    (|p| p["period"][0]["extensions"][0]["to"] = json!("2020-03-30"), "period[0].extensions[0].to", "where it begins"),
    (
        |p| p["period"][0]["extensions"][0]["until"] = json!("2020-05-30"),
        "period[0].extensions[0].until",
        "is before the last",
    ),
    (|p| p["period"][0]["extensions"][0]["source"] = json!("x"), "period[0].extensions[0].source", "no source “x”"),
    (|p| p["late"][0]["when"] = json!({ "standing": ["late"] }), "late[0].when.standing", "is not known"),
    (|p| p["late"][0]["when"] = json!({ "months_expired": 2 }), "late[0].when.months_expired", "is not known"),
    (|p| p["late"][0]["when"] = json!({ "completed": {} }), "late[0].when.completed", "is not known"),
    (|p| p["late"][0]["until"][1]["at"] = json!("late_end"), "late[0].until[1].at", "from itself"),
    (|p| p["late"][0]["until"][1]["days"] = json!(36_601), "late[0].until[1].days", "from -36600 to 36600"),
    (|p| p["late"][0]["until"][1]["months"] = json!(-1_201), "late[0].until[1].months", "from -1200 to 1200"),
    (|p| p["late"][0]["until"][1]["years"] = json!(i32::MIN), "late[0].until[1].years", "from -100 to 100"),
    (|p| p["late"][0]["until"][1]["date"] = json!("2020-03-30"), "late[0].until[1].days", "fixed date"),
    (|p| p["late"][0]["way_back"] = json!(""), "late[0].way_back", "is empty"),
    (|p| p["apply"][1]["way"] = json!("online"), "apply[1].way", "occurs twice"),
    (|p| p["apply"][1]["when"] = json!({ "completed": {} }), "apply[1].when.completed", "is not known"),
    (|p| p["apply"][0]["opens"]["days"] = json!(100_000), "apply[0].opens.days", "from -36600"),
    (|p| p["apply"][0]["by"]["date"] = json!("2500-01-01"), "apply[0].by.date", "between 1900 and 2199"),
    (|p| p["apply"][1]["afterwards"] = json!(""), "apply[1].afterwards", "is empty"),
    // Names.
    (|p| p["approvers"][1]["id"] = json!("glb"), "approvers[1].id", "occurs twice"),
    (|p| list(p, "approvers").push(json!({ "id": "other", "label": "O" })), "approvers[2].id", "a meaning of its own"),
    (|p| list(p, "approvers").push(json!({ "id": "unsure", "label": "U" })), "approvers[2].id", "a meaning of its own"),
    (|p| list(p, "approvers").push(json!({ "id": "any", "label": "A" })), "approvers[2].id", "a meaning of its own"),
    (|p| p["approvers"][1]["label"] = p["approvers"][0]["label"].clone(), "approvers[1].label", "called like another"),
    (|p| p["approvers"][0]["names"] = json!([""]), "approvers[0].names[0]", "is empty"),
    (|p| p["approvers"][0]["units"] = json!(["ceu", "ceu"]), "approvers[0].units[1]", "occurs twice"),
    (|p| p["categories"][1]["id"] = json!("outside"), "categories[2].id", "occurs twice"),
    (|p| p["categories"][2]["id"] = json!("unassigned"), "categories[2].id", "a meaning of its own"),
    (|p| p["categories"][0]["topics"] = json!("x".repeat(2_001)), "categories[0].topics", "shorten it to 2000"),
    (|p| p["tags"][1]["id"] = json!("law"), "tags[1].id", "occurs twice"),
    (|p| p["tags"][1]["label"] = json!("\n"), "tags[1].label", "is empty"),
    (|p| p["units"][1]["unit"] = json!("contact_hour"), "units[1].unit", "occurs twice"),
    (|p| p["units"][1]["label"] = json!(""), "units[1].label", "is empty"),
    (
        |p| list(p, "units").push(json!({ "unit": "cme_credit", "label": "CME credits" })),
        "units[2].unit",
        "is offered, but no rule says what it is worth",
    ),
    // Activities.
    (|p| p["windows"][1]["id"] = json!("early"), "windows[1].id", "occurs twice"),
    (|p| p["windows"][0]["of"] = json!({ "windows": ["period"] }), "windows[0].of.windows", "cannot ask for windows"),
    (
        |p| p["windows"][0]["of"] = json!({ "categories": ["hive"] }),
        "windows[0].of.categories",
        "only minimums and limits on points",
    ),
    (|p| p["windows"][0]["question"] = json!(null), "windows[0].question", "is missing"),
    (
        |p| p["windows"][0]["only_for"] = json!(["card"]),
        "windows[0].only_for[0]",
        "no minimum “card”; of these it has: total, hive",
    ),
    (
        |p| {
            p["windows"][1]["from"] = json!({ "date": "2020-02-02" });
            p["windows"][1]["to"] = json!({ "date": "2020-02-01" });
        },
        "windows[1].to",
        "2020-02-01 is before 2020-02-02",
    ),
    (|p| p["windows"][0]["to"]["months"] = json!(-2), "windows[0].to", "is before `from` in every period"),
    (
        |p| {
            p["windows"][1]["from"] = json!({ "at": "expiry" });
            p["windows"][1]["to"] = json!({ "at": "period_start" });
        },
        "windows[1].to",
        "is before `from` in every period",
    ),
    (
        |p| p["refuse"][0]["of"] = json!({ "categories": ["hive"] }),
        "refuse[0].of.categories",
        "only minimums and limits on points",
    ),
    (
        |p| p["refuse"][0]["of"]["approvers"][0] = json!("x"),
        "refuse[0].of.approvers[0]",
        "no class of approvers “x”; of these it has: glb, college, other",
    ),
    (|p| p["refuse"][0]["of"] = json!({ "windows": ["x"] }), "refuse[0].of.windows[0]", "no window “x”"),
    (|p| p["refuse"][0]["of"] = json!({ "tags": ["x"] }), "refuse[0].of.tags[0]", "no tag “x”"),
    (|p| p["refuse"][0]["of"] = json!({ "without_tags": ["x"] }), "refuse[0].of.without_tags[0]", "no tag “x”"),
    (|p| p["refuse"][0]["of"] = json!({ "kinds": ["other", "other"] }), "refuse[0].of.kinds[1]", "occurs twice"),
    (|p| p["refuse"][0]["of"] = json!({ "units": ["ceu", "ceu"] }), "refuse[0].of.units[1]", "occurs twice"),
    (|p| p["refuse"][0]["of"] = json!({ "formats": [""] }), "refuse[0].of.formats[0]", "is empty"),
    (
        |p| p["refuse"][0]["of"]["formats"] = (0..101).map(|n| n.to_string()).collect(),
        "refuse[0].of.formats",
        "at most 100",
    ),
    (|p| p["refuse"][0]["under"] = json!("0"), "refuse[0].under", "more than nought"),
    (|p| p["refuse"][0]["words"] = json!(""), "refuse[0].words", "is empty"),
    (|p| p["convert"][1]["id"] = json!("hour"), "convert[1].id", "occurs twice"),
    (
        |p| p["convert"][0]["of"] = json!({ "categories": ["hive"] }),
        "convert[0].of.categories",
        "only minimums and limits on points",
    ),
    (|p| p["convert"][0]["each"] = json!("1"), "convert[0]", "either `points`"),
    (|p| p["convert"][0]["points"] = json!(null), "convert[0]", "either `points`"),
    (
        |p| p["convert"][1]["points"] = json!({ "low": "11", "high": "10" }),
        "convert[1].points",
        "low rate 11 is above the high one, 10",
    ),
    (|p| p["convert"][1]["question"] = json!(null), "convert[1].question", "is missing; the rate is open"),
    (|p| p["convert"][0]["points"] = json!("0"), "convert[0].points", "belongs in `refuse`"),
    (|p| p["convert"][0]["points"] = json!({ "low": "0", "high": "0/7" }), "convert[0].points", "belongs in `refuse`"),
    (|p| p["convert"][0]["points"] = json!("10001"), "convert[0].points", "at most 10000"),
    (|p| p["convert"][1]["options"][1]["points"] = json!("10.5"), "convert[1].options[1].points", "from 1 to 10"),
    (
        |p| p["convert"][2]["options"] = json!([{ "answer": "A", "points": "1" }]),
        "convert[2].options",
        "leave them out",
    ),
    (|p| p["convert"][0]["round"]["to"] = json!("0"), "convert[0].round.to", "more than nought"),
    (|p| p["convert"][2]["each"] = json!("0"), "convert[2].each", "more than nought"),
    (|p| p["convert"][2]["each"] = json!("100000.01"), "convert[2].each", "at most 100000"),
    (|p| p["convert"][2]["at_most"] = json!("0"), "convert[2].at_most", "more than nought"),
    (|p| p["convert"][2]["category"] = json!("x"), "convert[2].category", "no category “x”"),
    (|p| p["convert"][2]["approver"] = json!("x"), "convert[2].approver", "no class of approvers “x”"),
    (|p| p["repeats"][0]["months"] = json!(0), "repeats[0].months", "from 1 to 1200"),
    (
        |p| p["repeats"][0]["of"] = json!({ "categories": ["hive"] }),
        "repeats[0].of.categories",
        "only minimums and limits on points",
    ),
    // Limits.
    (|p| p["limits"][1]["id"] = json!("elsewhere"), "limits[1].id", "occurs twice"),
    (|p| p["limits"][0]["count"] = json!(1), "limits[0]", "exactly one of"),
    (|p| p["limits"][0]["points"] = json!(null), "limits[0]", "exactly one of"),
    (|p| p["limits"][0]["points"] = json!("100001"), "limits[0].points", "at most 100000"),
    (|p| p["limits"][0]["when"] = json!({ "completed": {} }), "limits[0].when.completed", "is not known"),
    (|p| p["limits"][1]["count"] = json!(0), "limits[1].count", "is nought"),
    (
        |p| p["limits"][1]["of"] = json!({ "categories": ["hive"] }),
        "limits[1].of.categories",
        "only minimums and limits on points",
    ),
    (|p| p["limits"][2]["percent"] = json!(0), "limits[2].percent", "from 1 to 100"),
    (|p| p["limits"][2]["percent"] = json!(101), "limits[2].percent", "from 1 to 100"),
    (|p| p["limits"][2]["share_of"] = json!(null), "limits[2].share_of", "is missing"),
    (|p| p["limits"][2]["share_of"] = json!("x"), "limits[2].share_of", "no minimum “x”"),
    (|p| p["limits"][2]["share_of"] = json!("missed"), "limits[2].share_of", "depends on the years missed"),
    (|p| p["requirements"][0]["when"] = json!({ "cycle": "first" }), "limits[2].share_of", "the same `when`"),
    (|p| p["limits"][0]["share_of"] = json!("total"), "limits[0].share_of", "goes only with `percent`"),
    // Requirements.
    (|p| p["requirements"][1]["id"] = json!("total"), "requirements[1].id", "occurs twice"),
    (
        |p| p["requirements"][6]["paths"][0]["requirements"][0]["id"] = json!("honey"),
        "requirements[6].paths[0].requirements[0].id",
        "occurs twice",
    ),
    (|p| p["requirements"][6]["paths"][1]["id"] = json!("course"), "requirements[6].paths[1].id", "occurs twice"),
    (|p| p["requirements"][1]["label"] = json!(""), "requirements[1].label", "is empty"),
    (|p| p["requirements"][1]["when"] = json!({ "completed": {} }), "requirements[1].when.completed", "is not known"),
    (|p| p["requirements"][1]["needed"] = json!("0"), "requirements[1].needed", "more than nought"),
    (|p| p["requirements"][1]["needed"] = json!("100000.5"), "requirements[1].needed", "at most 100000"),
    (
        |p| p["requirements"][1]["of"]["categories"][0] = json!("x"),
        "requirements[1].of.categories[0]",
        "no category “x”",
    ),
    (
        |p| p["requirements"][1]["of"]["categories"][0] = json!("outside"),
        "requirements[1].of.categories",
        "earn nothing",
    ),
    (|p| p["requirements"][3]["each_months"] = json!(0), "requirements[3].each_months", "from 1 to the 36 months"),
    (|p| p["requirements"][3]["each_months"] = json!(37), "requirements[3].each_months", "from 1 to the 36 months"),
    (|p| p["requirements"][3]["each_months"] = json!(1), "requirements[3].each_months", "makes 36 stretches"),
    (
        |p| p["requirements"][4]["needed"]["per_missed_year"] = json!("0"),
        "requirements[4].needed.per_missed_year",
        "more than nought",
    ),
    (
        |p| p["requirements"][4]["needed"]["at_least"] = json!("100001"),
        "requirements[4].needed.at_least",
        "at most 100000",
    ),
    (
        |p| p["requirements"][4]["when"]["months_expired"] = json!(1_201),
        "requirements[4].when.months_expired",
        "at most 1200",
    ),
    (|p| p["requirements"][5]["when"] = json!({ "completed": {} }), "requirements[5].when.completed", "is not known"),
    (
        |p| p["requirements"][5]["credits"] = json!({ "categories": ["hive"] }),
        "requirements[5].credits.categories",
        "only minimums and limits on points",
    ),
    (|p| p["requirements"][5]["words"] = json!(""), "requirements[5].words", "is empty"),
    (|p| p["requirements"][5]["on"]["years"] = json!(101), "requirements[5].on.years", "from -100 to 100"),
    (
        |p| {
            p["requirements"][5]["from"] = json!({ "months": 1, "snap": "month_end" });
            p["requirements"][5]["to"] = json!({ "months": 1, "snap": "month_start", "days": -31 });
        },
        "requirements[5].to",
        "is before `from` in every period",
    ),
    (
        |p| p["requirements"][6]["paths"][1]["requirements"][0]["each_months"] = json!(0),
        "requirements[6].paths[1].requirements[0].each_months",
        "from 1 to",
    ),
    (
        |p| p["requirements"][6]["paths"][1]["requirements"][0]["amount"] = json!("0"),
        "requirements[6].paths[1].requirements[0].amount",
        "more than nought",
    ),
    (|p| p["requirements"][6]["when"] = json!({ "completed": {} }), "requirements[6].when.completed", "is not known"),
    (
        |p| p["requirements"][6]["paths"][0]["when"] = json!({ "completed": {} }),
        "requirements[6].paths[0].when.completed",
        "is not known",
    ),
    (
        |p| {
            p["requirements"][6]["paths"].as_array_mut().unwrap().truncate(1);
        },
        "requirements[6].paths",
        "two or more",
    ),
    (
        |p| p["requirements"][6]["paths"][1]["requirements"] = json!([]),
        "requirements[6].paths[1].requirements",
        "is empty",
    ),
    (
        |p| p["requirements"][6]["paths"][1]["requirements"][0] = any_of("more", 2, |n| condition(&format!("c-{n}"))),
        "requirements[6].paths[1].requirements[0]",
        "no further alternatives",
    ),
    (|p| p["requirements"][7]["words"] = json!(""), "requirements[7].words", "is empty"),
    (|p| p["requirements"][7]["seen_on"] = json!("9999-01-10"), "requirements[7].seen_on", "between 1900 and 2199"),
    (|p| p["requirements"][7]["source"] = json!("x"), "requirements[7].source", "no source “x”"),
    // Papers.
    (
        |p| p["evidence"][0]["of"] = json!({ "categories": ["hive"] }),
        "evidence[0].of.categories",
        "only minimums and limits on points",
    ),
    (|p| p["evidence"][0]["papers"] = json!([[]]), "evidence[0].papers[0]", "is empty"),
    (|p| p["evidence"][0]["words"] = json!(""), "evidence[0].words", "is empty"),
    (|p| p["not_shared_with"] = json!(["a b"]), "not_shared_with[0]", "a to z"),
    (|p| p["not_shared_with"] = json!(["a", "a"]), "not_shared_with[1]", "occurs twice"),
    (|p| list(p, "open_questions").push(json!({ "id": "wax", "text": "?" })), "open_questions[1].id", "occurs twice"),
    (|p| p["open_questions"][0]["text"] = json!(""), "open_questions[0].text", "is empty"),
    // Rules that are never reached.
    (
        |p| list(p, "period").swap(0, 1),
        "period[1]",
        "is never reached: period[0] comes before it and holds whenever it does",
    ),
    (|p| again(p, "late", json!({ "when": { "expiry": { "from": "2020-01-01" } } })), "late[1]", "late[0] comes"),
    (
        |p| again(p, "windows", json!({ "from": { "days": 1 }, "to": { "at": "expiry", "months": -1 } })),
        "windows[2]",
        "windows[1] comes",
    ),
    (
        |p| {
            p["windows"][1]["prorate"] = json!(true);
            again(p, "windows", json!({ "of": { "kinds": ["course"] }, "prorate": false }));
        },
        "windows[2]",
        "windows[1] comes",
    ),
    (
        |p| again(p, "refuse", json!({ "of": { "approvers": ["other"], "kinds": ["other"] }, "under": "0.5" })),
        "refuse[1]",
        "refuse[0] comes",
    ),
    (
        |p| {
            p["refuse"][0]["under"] = json!(null);
            again(p, "refuse", json!({ "under": "0.5" }));
        },
        "refuse[1]",
        "refuse[0] comes",
    ),
    (|p| again(p, "convert", json!({ "each": "1" })), "convert[3]", "convert[2] comes"),
    (
        |p| {
            p["convert"][0]["when"] = json!({ "completed": { "from": "2020-01-01" }, "standing": ["late", "current"] });
            let when = json!({ "completed": { "from": "2020-01-01", "to": "2024-12-31" }, "standing": ["late"], "cycle": "first" });
            let hour = p["convert"][0].clone();
            list(p, "convert").push(hour);
            p["convert"][3]["id"] = json!("again");
            p["convert"][3]["when"] = when;
            p["convert"][3]["of"]["formats"] = json!(["live"]);
        },
        "convert[3]",
        "convert[0] comes",
    ),
    (
        |p| again(p, "evidence", json!({ "of": { "approvers": ["glb"], "units": ["ceu"] } })),
        "evidence[1]",
        "evidence[0] comes",
    ),
    // Rules that cannot all be kept.
    (
        |p| p["requirements"][0]["needed"] = json!("19"),
        "requirements[0].needed",
        "is 19, but the other minimums demand 20",
    ),
    (
        |p| p["requirements"][3]["needed"] = json!("15.5"),
        "requirements[0].needed",
        "is 30, but the other minimums demand 31",
    ),
    (
        |p| p["limits"][0]["of"] = json!({}),
        "requirements[0].needed",
        "demands 30, but the limit “elsewhere” lets only 15",
    ),
    (
        |p| {
            p["requirements"][1]["of"]["approvers"] = json!(["college"]);
            p["requirements"][2]["of"]["approvers"] = json!(["other"]);
        },
        "limits[0]",
        "lets only 15 count, but of them hive, honey demand 20 together",
    ),
    (
        |p| {
            p["limits"][2]["of"] = json!({ "categories": ["hive"] });
            p["limits"][2]["percent"] = json!(33);
        },
        "requirements[1].needed",
        "demands 10, but the limit “online” lets only 9.9",
    ),
    (
        |p| {
            p["limits"][0]["of"] = json!({ "tags": ["law"] });
            p["limits"][0]["points"] = json!("1.99");
        },
        "requirements[3].needed",
        "demands 2, but the limit “elsewhere” lets only 1.99",
    ),
    (
        |p| {
            p["limits"][0]["of"] = json!({ "tags": ["law"] });
            p["limits"][0]["points"] = json!("0.99");
            p["limits"][0]["per"] = json!("year");
        },
        "requirements[3].needed",
        "demands 1, but the limit “elsewhere” lets only 0.99",
    ),
    (
        |p| {
            p["limits"][0]["of"] = json!({ "categories": ["honey"] });
            p["limits"][0]["points"] = json!("3");
            p["limits"][0]["per"] = json!("year");
        },
        "requirements[2].needed",
        "demands 10, but the limit “elsewhere” lets only 9 of them count",
    ),
    (
        |p| {
            p["requirements"][6]["paths"][0]["requirements"][0]["of"] = json!({ "kinds": ["teaching"] });
            list(p, "limits").push(json!({
                "id": "talks", "label": "Talks", "of": { "kinds": ["teaching"] }, "points": "4", "words": "At most 4.", "basis": "official", "source": "rules",
            }));
        },
        "requirements[6].paths[0].requirements[0].needed",
        "demands 5, but the limit “talks” lets only 4",
    ),
    // More than can be solved.
    (
        |p| list(p, "open_questions").extend((0..500).map(|n| json!({ "id": format!("q{n}"), "text": "?" }))),
        "",
        "rules in all; at most 500",
    ),
    (
        |p| {
            list(p, "credentials")
                .extend((0..31).map(|n| json!({ "id": format!("c-{n}"), "name": "C", "full_name": "C" })));
        },
        "credentials",
        "33 credentials; at most 32",
    ),
    (
        |p| list(p, "approvers").extend((0..7).map(|n| json!({ "id": format!("a{n}"), "label": "A" }))),
        "approvers",
        "9 classes of approvers; at most 8",
    ),
    (
        |p| list(p, "categories").extend((0..10).map(|n| json!({ "id": format!("c{n}"), "label": "C" }))),
        "categories",
        "13 categories; at most 12",
    ),
    (
        |p| list(p, "tags").extend((0..59).map(|n| json!({ "id": format!("t{n}"), "label": "T" }))),
        "tags",
        "61 tags; at most 60",
    ),
    (
        |p| {
            list(p, "tags").extend((0..6).map(|n| json!({ "id": format!("t{n}"), "label": "T" })));
            p["requirements"][1]["of"]["without_tags"] = json!(["t0", "t1", "t2"]);
            p["limits"][0]["of"]["tags"] = json!(["t3", "t4", "t5"]);
        },
        "tags",
        "7 tags that minimums and limits ask for; at most 6",
    ),
    (
        |p| {
            let window = |n| json!({ "id": format!("w{n}"), "label": "W", "from": {}, "to": {}, "basis": "official", "source": "rules" });
            list(p, "windows").extend((0..29).map(window));
        },
        "windows",
        "31 windows; at most 30",
    ),
    (
        |p| {
            let other = |n: usize| any_of(&format!("any{n}"), 3, |m| condition(&format!("c{n}-{m}")));
            list(p, "requirements").extend((0..4).map(other));
        },
        "requirements",
        "162 combinations of paths; at most 64",
    ),
    (
        |p| {
            p["requirements"].as_array_mut().unwrap().remove(6);
            list(p, "requirements").push(any_of("any", 55, |n| minimum(&format!("m-{n}"))));
        },
        "requirements",
        "62 minimums, one for each stretch; at most 60",
    ),
    (
        |p| list(p, "requirements").extend((0..59).map(|n| condition(&format!("c-{n}")))),
        "requirements",
        "61 conditions; at most 60",
    ),
    (
        |p| list(p, "requirements").extend((0..12).map(|n| minimum(&format!("m-{n}")))),
        "requirements",
        "22 minimums and limits on one way, one for each stretch and year; at most 20",
    ),
    (
        |p| {
            let yearly = |n: usize| {
                let mut limit = limit(&format!("l-{n}"));
                limit["per"] = json!("year");
                limit
            };
            list(p, "limits").extend((0..4).map(yearly));
        },
        "requirements",
        "22 minimums and limits on one way, one for each stretch and year; at most 20",
    ),
    (
        |p| list(p, "limits").extend((0..59).map(|n| limit(&format!("l-{n}")))),
        "limits",
        "61 limits on points, one for each year; at most 60",
    ),
    (
        |p| {
            let number = |n: usize| {
                let mut limit = limit(&format!("l-{n}"));
                (limit["points"], limit["count"]) = (json!(null), json!(1));
                limit
            };
            list(p, "limits").extend((0..21).map(number));
        },
        "limits",
        "limits on numbers of credits, one for each year; at most 20",
    ),
    (
        |p| {
            list(p, "tags").extend((0..5).map(|n| json!({ "id": format!("t{n}"), "label": "T" })));
            p["limits"][0]["of"]["tags"] = json!(["t0", "t1", "t2", "t3", "t4"]);
            p["requirements"][1]["of"]["kinds"] =
                json!(["course", "online", "workshop", "seminar", "teaching", "other"]);
        },
        "requirements",
        "that minimums and limits tell apart; at most 512",
    ),
];

#[test]
fn every_fault_is_found_at_its_place_with_a_reason() {
    for (index, (change, path, told)) in FAULTS.iter().enumerate() {
        let mut pack = sound();
        change(&mut pack);
        let faults = faults(&pack);
        let found = faults.iter().any(|fault| fault.path == *path && fault.reason.contains(told));
        assert!(found, "change {index}: {path}: {told} is not among {faults:#?}");
    }
}

/// What is done to the sound pack and is no fault.
const SOUND: &[Change] = &[
    |p| p["requirements"][1]["of"]["approvers"] = json!(["college"]),
    |p| p["requirements"][0]["needed"] = json!("20"),
    |p| p["requirements"][3]["each_months"] = json!(36),
    |p| p["requirements"][5]["tag"] = json!("first_aid"),
    |p| p["limits"][2]["share_of"] = json!("course"),
    |p| p["limits"][2]["percent"] = json!(100),
    |p| p["convert"][1]["points"] = json!({ "low": "0", "high": "10" }),
    |p| p["convert"][0]["question"] = json!("Is it so?"),
    |p| p["categories"][0]["topics"] = json!("é".repeat(2_000)),
    |p| p["period"][0]["months"] = json!(60),
    |p| p["period"][1]["when"] = json!({ "credentials": ["mbk-glb", "cbk-glb"] }),
    |p| p["requirements"][6] = any_of("any", 20, |n| minimum(&format!("m-{n}"))),
    |p| list(p, "requirements").extend((0..10).map(|n| minimum(&format!("m-{n}")))),
    // A unit whose refusal is told, or that any course may be printed in.
    |p| {
        list(p, "units").push(json!({ "unit": "cme_credit", "label": "CME credits" }));
        again(p, "refuse", json!({ "of": { "units": ["cme_credit"] }, "under": null }));
    },
    |p| {
        list(p, "units").push(json!({ "unit": "cme_credit", "label": "CME credits" }));
        again(p, "convert", json!({ "of": { "kinds": ["course"] } }));
    },
    // Days that are in order in some period.
    |p| p["windows"][1]["to"] = json!({ "at": "expiry", "months": -36 }),
    |p| p["windows"][1]["from"] = json!({ "at": "application", "years": -5 }),
    |p| {
        p["windows"][1]["from"] = json!({ "at": "certification", "days": 1 });
        p["windows"][1]["to"] = json!({ "at": "period_start" });
    },
    |p| again(p, "windows", json!({ "from": { "at": "expiry", "days": 1 }, "to": { "at": "late_end" } })),
    |p| {
        p["windows"][1]["from"] = json!({ "months": 1 });
        p["windows"][1]["to"] = json!({ "days": 31 });
    },
    // Behind a rule that leaves something.
    |p| again(p, "windows", json!({ "from": { "days": -1 } })),
    |p| again(p, "windows", json!({ "prorate": true })),
    |p| again(p, "windows", json!({ "to": { "date": "2030-12-31" } })),
    |p| again(p, "refuse", json!({ "under": "2" })),
    |p| again(p, "refuse", json!({ "under": null })),
    |p| again(p, "refuse", json!({ "of": {} })),
    |p| {
        p["convert"][2]["when"] = json!({ "completed": { "from": "2020-01-01" } });
        again(p, "convert", json!({ "when": { "completed": { "to": "2019-12-31" } } }));
    },
    |p| {
        p["convert"][2]["when"] = json!({ "credentials": ["cbk-glb"] });
        again(p, "convert", json!({ "when": {} }));
    },
    |p| again(p, "convert", json!({ "of": { "units": ["cpr_card", "iacet_ceu"] } })),
    |p| again(p, "evidence", json!({ "of": {} })),
    // Demanded at different times, or of different credentials, so never together.
    |p| {
        p["requirements"][1]["when"] = json!({ "applied": { "to": "2019-12-31" } });
        p["requirements"][1]["needed"] = json!("25");
        p["requirements"][2]["when"] = json!({ "applied": { "from": "2020-01-01" } });
        p["requirements"][2]["needed"] = json!("25");
    },
    |p| {
        p["requirements"][1]["when"] = json!({ "credentials": ["cbk-glb"] });
        p["requirements"][1]["needed"] = json!("25");
        p["requirements"][2]["when"] = json!({ "credentials": ["mbk-glb"] });
        p["requirements"][2]["needed"] = json!("25");
    },
    // On different paths.
    |p| {
        p["requirements"][6]["paths"][1]["requirements"] = json!([minimum("alone")]);
        p["requirements"][6]["paths"][1]["requirements"][0]["of"] = json!({ "categories": ["hive"] });
        p["requirements"][6]["paths"][1]["requirements"][0]["needed"] = json!("20");
        p["requirements"][6]["paths"][0]["requirements"][0]["of"] = json!({ "categories": ["honey"] });
        p["requirements"][6]["paths"][0]["requirements"][0]["needed"] = json!("20");
    },
    // The same points may serve both.
    |p| p["requirements"][6]["paths"][0]["requirements"][0]["needed"] = json!("30"),
    // Filled by points of a window that serve no other minimum.
    |p| {
        p["windows"][0]["only_for"] = json!(["law"]);
        p["requirements"][3]["needed"] = json!("90");
        p["requirements"][3]["each_months"] = json!(null);
    },
    // Recommended only.
    |p| {
        p["requirements"][1]["needed"] = json!("90");
        p["requirements"][1]["advice"] = json!(true);
    },
];

#[test]
fn nothing_is_refused_that_can_be_judged_by() {
    for (index, change) in SOUND.iter().enumerate() {
        let mut pack = sound();
        change(&mut pack);
        assert_eq!(faults(&pack), [], "change {index}");
    }
}

#[test]
fn all_faults_are_told_in_the_order_of_the_file() {
    let mut pack = sound();
    pack["requirements"][1]["needed"] = json!("0");
    pack["requirements"][0]["source"] = json!("x");
    pack["version"] = json!("");
    pack["refuse"][0]["words"] = json!("");
    pack["windows"][0]["of"] = json!({ "tags": ["x", "law", "y"] });
    let places: Vec<_> = faults(&pack).into_iter().map(|fault| fault.path).collect();
    let expected = [
        "version",
        "windows[0].of.tags[0]",
        "windows[0].of.tags[2]",
        "refuse[0].words",
        "requirements[0].source",
        "requirements[1].needed",
    ];
    assert_eq!(places, expected);
}

#[test]
fn what_the_format_does_not_know_is_refused_with_its_place() {
    let refused: &[(Change, &str, &str)] = &[
        (|p| p["period"][0]["weeks"] = json!(4), "period[0].weeks", "no field “weeks”"),
        (|p| p["period"][0]["months"] = json!("4"), "period[0].months", "whole number"),
        (|p| p["period"][0]["months"] = json!(-4), "period[0].months", "-4 is below or above"),
        (|p| p["period"][0]["extensions"][0]["from"] = json!("2020-02-30"), "period[0].extensions[0].from", ""),
        (|p| p["schema"] = json!(null), "schema", "must be text"),
        (|p| p["convert"][0]["points"] = json!("1/0"), "convert[0].points", "must be points as text"),
        (
            |p| p["convert"][0]["points"] = json!({ "low": "1", "high": "2", "mid": "1" }),
            "convert[0].points",
            "must be",
        ),
        (|p| p["requirements"][2]["kind"] = json!("maximum"), "requirements[2].kind", "“maximum” is not known"),
        (|p| p["requirements"][2]["most"] = json!("1"), "requirements[2].most", "no field “most”"),
        (|p| p["requirements"][2]["needed"] = json!(1), "requirements[2].needed", "must be points as text"),
        (|p| p["requirements"][4]["needed"]["most"] = json!("1"), "requirements[4].needed", "must be points as text"),
        (|p| p["requirements"][6]["paths"][1]["x"] = json!(1), "requirements[6].paths[1].x", "no field “x”"),
        (
            |p| p["requirements"][6]["paths"][1]["requirements"][0]["fact"] = json!("luck"),
            "requirements[6].paths[1].requirements[0].fact",
            "“luck” is not known",
        ),
        (
            // Whatever else another schema brings.
            |p| {
                p["schema"] = json!("recert.pack/2");
                p["rules"] = json!([]);
            },
            "schema",
            "this version of Recert reads recert.pack/1",
        ),
    ];
    for (change, path, told) in refused {
        let mut pack = sound();
        change(&mut pack);
        let faults = faults(&pack);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].path, *path, "{faults:?}");
        assert!(faults[0].reason.contains(told), "{faults:?} do not say {told}");
    }
}

#[test]
fn nothing_may_stand_twice_in_one_object() {
    let text = text(&sound());
    for (one, twice, path, told) in [
        (r#""version": "2026.1""#, r#""version": "1", "version": "2""#, "version", "occurs twice"),
        (r#""reading": {"#, r#""rules": { "title": "R" }, "reading": {"#, "sources", "“rules” occurs twice"),
        (r#""id": "total""#, r#""id": "total", "id": "all""#, "requirements[0].id", "occurs twice"),
        (r#""kind": "advice""#, r#""kind": "advice", "kind": "minimum""#, "requirements[7].kind", "occurs twice"),
        (r#""low": "1""#, r#""low": "1", "low": "2""#, "convert[1].points", "must be"),
        (
            r#""per_missed_year": "12""#,
            r#""per_missed_year": "12", "per_missed_year": "1""#,
            "requirements[4]",
            "must be",
        ),
        (r#""kinds": ["#, r#""kinds": [], "kinds": ["#, "limits[1].of.kinds", "occurs twice"),
    ] {
        assert!(text.contains(one), "{one}");
        let faults = Pack::check(&text.replacen(one, twice, 1)).unwrap_err();
        assert!(faults[0].path.starts_with(path) && faults[0].reason.contains(told), "{faults:?} do not say {told}");
    }
}

#[test]
fn a_list_is_no_object() {
    let refused: &[(Change, &str)] = &[
        (|p| p["credentials"][0] = json!(["cbk-glb", "CBK (GLB)", "Certified Beekeeper"]), "credentials[0]"),
        (|p| p["issuer"] = json!(["Guild", "GLB", "glb"]), "issuer"),
        (|p| p["sources"]["rules"] = json!(["Rules"]), "sources.rules"),
        (|p| p["period"][0]["when"] = json!([]), "period[0].when"),
        (|p| p["limits"][0]["of"] = json!([["comb"]]), "limits[0].of"),
        (|p| p["convert"][0]["points"] = json!(["1", "2"]), "convert[0].points"),
        (|p| p["requirements"][0] = json!(["advice", "fee", "Fee"]), "requirements[0]"),
        (|p| p["requirements"][4]["needed"] = json!(["1", "2"]), "requirements[4].needed"),
        (|p| p["requirements"][0]["when"] = json!([]), "requirements[0].when"),
        (|p| p["requirements"][6]["paths"][0] = json!(["a", "A", {}, []]), "requirements[6].paths[0]"),
    ];
    for (change, path) in refused {
        let mut pack = sound();
        change(&mut pack);
        let faults = faults(&pack);
        assert_eq!(faults.first().map(|fault| fault.path.as_str()), Some(*path), "{faults:?}");
        assert!(faults[0].reason.starts_with("must be"), "{faults:?}");
    }
}

#[test]
fn a_pack_read_from_a_file_with_a_mark_of_byte_order_is_the_same() {
    assert!(Pack::check(&format!("\u{feff}{}", text(&sound()))).is_ok());
}

#[test]
fn more_than_a_mebibyte_is_refused_with_its_size() {
    let long = |count: usize| text(&sound()).replace("Frames and queens", &"x".repeat(count));
    let around = text(&sound()).len() - "Frames and queens".len();
    let longest = Pack::check(&long((1 << 20) - around)).unwrap_err();
    assert_eq!(longest[0].path, "categories[0].topics", "{longest:?}");
    let faults = Pack::check(&long((1 << 20) - around + 1)).unwrap_err();
    assert_eq!((faults[0].path.as_str(), faults.len()), ("", 1));
    assert!(faults[0].reason.contains("has 1025 KiB; a pack has at most 1024 KiB"), "{faults:?}");
    let faults = Pack::check(&format!("[{}]", "1,".repeat(5 << 20))).unwrap_err();
    assert!(faults[0].reason.contains("has 10241 KiB"), "{faults:?}");
}

#[test]
fn deep_nesting_is_refused_with_a_reason() {
    let path = r#"{"kind":"any_of","id":"a","label":"A","paths":[{"id":"p","label":"P","requirements":["#;
    let sound = text(&sound());
    for (open, count) in [("[", 100_000), (r#"{"a":"#, 100_000), (path, 9_000), (path, 40)] {
        let deep = open.repeat(count);
        let within = sound.replacen(r#""requirements": ["#, &format!(r#""requirements": [{deep}"#), 1);
        for text in [deep, within] {
            let faults = Pack::check(&text).unwrap_err();
            let told =
                ["nested too deeply", "must be", "no field “"].iter().any(|told| faults[0].reason.contains(told));
            assert!(told, "{faults:?}");
        }
    }
    // As deep as the reader goes.
    let mut deepest = minimum("m");
    for n in 0..31 {
        deepest = any_of(&format!("a{n}"), 1, |_| deepest.clone());
    }
    let mut pack = super::tests::sound();
    list(&mut pack, "requirements").push(deepest);
    assert!(faults(&pack).iter().any(|fault| fault.reason.contains("no further alternatives")));
}

#[test]
fn text_that_is_no_pack_is_refused_with_a_reason() {
    for (text, told) in [
        ("", "ends too early"),
        ("{}", "is missing"),
        ("[]", "must be an object"),
        ("null", "must be an object"),
        ("\"pack\"", "must be an object"),
        ("{\"schema\": \"recert.pack/1\"", "ends too early"),
    ] {
        let faults = Pack::check(text).unwrap_err();
        assert!(faults[0].reason.contains(told), "{text}: {faults:?}");
    }
    let after = format!("{} x", text(&sound()));
    assert!(Pack::check(&after).unwrap_err()[0].reason.contains("trailing characters"));
}

/// The place of everything in a value, as JSON pointers.
fn nodes(value: &Value, at: &str, all: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(key, value)| (format!("{at}/{key}"), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(index, value)| (format!("{at}/{index}"), value)).collect(),
        _ => Vec::new(),
    };
    for (at, value) in below {
        nodes(value, &at, all);
        all.push(at);
    }
}

fn all_nodes() -> Vec<String> {
    let mut all = Vec::new();
    nodes(&sound(), "", &mut all);
    all
}

fn without(pack: &mut Value, pointer: &str) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match pack.pointer_mut(parent).unwrap() {
        Value::Object(fields) => drop(fields.remove(key)),
        Value::Array(list) => drop(list.remove(key.parse().unwrap())),
        _ => panic!("{pointer}"),
    }
}

/// As faults write it: `late[0].until[1].days`.
fn path(pointer: &str) -> String {
    let part = |part: &str| if part.parse::<usize>().is_ok() { format!("[{part}]") } else { format!(".{part}") };
    pointer.split('/').skip(1).map(part).collect::<String>().trim_start_matches('.').to_owned()
}

#[test]
fn wherever_a_pack_names_dates_or_tells_something_it_is_looked_at() {
    let texts = "version name full_name short place title address dated one many label reason way_back afterwards \
                 question answer words tag text";
    let mut seen = 0;
    for pointer in all_nodes() {
        let field = pointer.rsplit('/').next().unwrap();
        let is_date = sound().pointer(&pointer).unwrap().as_str().is_some_and(|text| text.parse::<NaiveDate>().is_ok());
        let (value, told) = match field {
            "id" | "way" => ("a b", "a to z"),
            "source" => ("nowhere", "the pack has no source “nowhere”"),
            _ if is_date => ("0020-01-01", "between 1900 and 2199"),
            _ if texts.split_whitespace().any(|text| text == field) => (" ", "is empty"),
            _ => continue,
        };
        let mut pack = sound();
        *pack.pointer_mut(&pointer).unwrap() = json!(value);
        let faults = faults(&pack);
        let found = faults.iter().any(|fault| fault.path == path(&pointer) && fault.reason.contains(told));
        assert!(found, "{pointer}: {told} is not among {faults:?}");
        seen += 1;
    }
    assert!(seen > 120, "{seen}");
}

#[test]
fn whatever_is_taken_out_of_a_pack_it_still_reads_or_is_refused_with_a_path() {
    let all = all_nodes();
    assert!(all.len() > 350, "{}", all.len());
    let mut refused = 0;
    for pointer in all {
        let mut pack = sound();
        without(&mut pack, &pointer);
        let faults = faults(&pack);
        refused += usize::from(!faults.is_empty());
        for fault in faults {
            assert!(!fault.path.is_empty() && !fault.reason.is_empty(), "without {pointer}: {fault:?}");
        }
    }
    assert!(refused > 200, "{refused}");
}

#[test]
fn a_missing_field_is_named_by_its_place() {
    for (pointer, path) in [
        ("/sources", "sources"),
        ("/issuer/short", "issuer.short"),
        ("/late/0/source", "late[0].source"),
        ("/requirements/2/basis", "requirements[2].basis"),
        ("/requirements/6/paths/0/requirements/0/needed", "requirements[6].paths[0].requirements[0].needed"),
        ("/requirements/6/paths/1/label", "requirements[6].paths[1].label"),
    ] {
        let mut pack = sound();
        without(&mut pack, pointer);
        assert_eq!(faults(&pack), [PackFault { path: path.to_owned(), reason: "is missing".to_owned() }]);
    }
    let mut pack = sound();
    without(&mut pack, "/requirements/2/kind");
    assert_eq!(faults(&pack)[0].path, "requirements[2].kind");
}

/// Every list as long as it may be, so that there are as many cases to look at as there can be.
#[test]
fn a_pack_with_every_list_as_long_as_it_may_be_is_checked_to_the_end() {
    let mut pack = sound();
    pack["categories"] = (0..12).map(|n| json!({ "id": format!("c{n}"), "label": format!("C{n}") })).collect();
    (pack["windows"], pack["convert"], pack["units"]) = (json!([]), json!([]), json!([]));
    pack["credentials"] = (0..32).map(|n| json!({ "id": format!("c-{n}"), "name": "C", "full_name": "C" })).collect();
    let of = |id: String, category: usize, when: Value| {
        let mut minimum = minimum(&id);
        minimum["of"] = json!({ "categories": [format!("c{category}")] });
        minimum["when"] = when;
        minimum
    };
    let singles =
        (0..12).map(|n| of(format!("s-{n}"), n, json!({ "credentials": [format!("c-{n}"), format!("c-{}", n + 9)] })));
    let choices = (0..3)
        .map(|a| any_of(&format!("a-{a}"), 4, |n| of(format!("m-{a}-{n}"), n, json!({ "months_expired": 4 * a + n }))));
    pack["requirements"] = singles.chain(choices).collect();
    pack["limits"] = (0..5)
        .map(|n| {
            let mut limit = limit(&format!("l-{n}"));
            limit["of"] = json!({});
            limit["points"] = json!("50");
            limit
        })
        .collect();
    assert_eq!(faults(&pack), []);
}

fn any_json() -> impl Strategy<Value = Value> {
    let word = || {
        prop::sample::select(vec![
            "id", "kind", "any_of", "minimum", "when", "of", "total", "hive", "paths", "needed", "", "é",
        ])
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..40_i64).prop_map(Value::from),
        (0..40_i64).prop_map(|n| json!(n.to_string())),
        word().prop_map(Value::from),
        Just(json!("2020-01-01")),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..5).prop_map(|fields| {
                Value::Object(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_makes_the_check_panic(text in ".{0,400}", bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Pack::check(&text);
        let _ = Pack::check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_json_makes_the_check_panic(value in any_json()) {
        prop_assert!(Pack::check(&value.to_string()).is_err());
    }

    /// The one truth that ties the two together: what is refused has reasons, what is not can be written and read again.
    #[test]
    fn whatever_stands_in_a_pack_instead_it_still_reads_or_is_refused(
        places in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..4),
    ) {
        let (mut pack, all) = (sound(), all_nodes());
        for (place, value) in places {
            if let Some(node) = pack.pointer_mut(&all[place.index(all.len())]) {
                *node = value;
            }
        }
        match Pack::check(&text(&pack)) {
            Ok(packs) => {
                for pack in packs {
                    let again = from_value(&serde_json::to_value(&pack).unwrap()).unwrap();
                    prop_assert_eq!(again.faults(), []);
                }
            }
            Err(faults) => prop_assert!(faults.iter().all(|fault| !fault.reason.is_empty())),
        }
    }

    #[test]
    fn no_text_cut_short_makes_the_check_panic(at in any::<prop::sample::Index>()) {
        let text = text(&sound());
        let mut end = at.index(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        prop_assert!(Pack::check(&text[..end]).is_err());
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "clones share their build output: only cargo knows which one runs")]
fn the_published_schema_describes_the_pack_as_it_is() {
    let path = std::env::var("CARGO_MANIFEST_DIR").unwrap() + "/../../docs/pack.schema.json";
    let mut schema = schemars::schema_for!(Pack);
    schema.insert("$id".to_owned(), SCHEMA.into());
    let current = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    if published != current {
        std::fs::write(path, &current).unwrap();
    }
    assert!(published == current, "docs/pack.schema.json was not current; it is now, commit it");
}
