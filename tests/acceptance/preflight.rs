//! Before anything is sent, the record is looked through for what gets applications refused or questioned.

use serde_json::Value;

use crate::command::Desk;

/// A record of six credits, each with something amiss, as `tests/fixtures/preflight.json` has them.
fn amiss() -> Desk {
    let desk = Desk::new();
    desk.done(&["init", "--name", "Maria Delgado"]);
    let record = include_str!("../fixtures/preflight.json");
    desk.done(&["import", &desk.write("record.json", record).display().to_string()]);
    desk
}

fn told(checks: &Value) -> Vec<String> {
    let ids = |check: &Value| -> Vec<String> {
        let credits = check["credits"].as_array().unwrap().iter();
        credits.map(|credit| credit["id"].as_str().unwrap().to_owned()).collect()
    };
    let checks = checks.as_array().unwrap().iter();
    checks.map(|check| format!("{} {}", check["code"].as_str().unwrap(), ids(check).join(" "))).collect()
}

#[test]
fn each_thing_amiss_is_told_with_its_credits_and_nothing_is_blocked() {
    let desk = amiss();
    let expected = [
        "no_proof c1 c4 c5",
        "outside_period c2",
        "in_house c3",
        "other_name c4",
        "unclear_title c5",
        "no_provider_number c6",
        "not_filled_in c6",
    ];
    assert_eq!(told(&desk.asked(&["preflight"])), expected);
    desk.done(&["transcript", "-o", "transcript.pdf"]);
}

#[test]
fn the_text_has_a_line_for_each_check_the_rule_it_rests_on_and_the_credits() {
    let text = amiss().done(&["preflight", "--credential", "cma"]);
    assert!(text.contains("Training at work, or without formal credit (1): AAMA refuses this."), "{text}");
    assert!(
        text.contains("    The rules: AAMA gives no points for work or for training on the job. (AAMA's rules"),
        "{text}"
    );
    assert!(text.contains("    c4  Wound Care: It says “Maria Smith”.\n"), "{text}");
}

#[test]
fn a_record_without_anything_amiss_is_told_so() {
    let desk = Desk::of_maria();
    let credit = ["--title", "EKG", "--completed", "2024-03-04", "--amount", "2", "--unit", "aama_ceu"];
    desk.credit(&[&credit[..], &["--name-on-certificate", "DELGADO, Maria"]].concat());
    assert_eq!(told(&desk.asked(&["preflight"])), ["no_proof c1"]);
    let certificate = desk.write("certificate.pdf", include_bytes!("../fixtures/sample-certificate.pdf"));
    desk.done(&["attach", "c1", &certificate.display().to_string()]);
    assert_eq!(desk.done(&["preflight"]), "Nothing found that gets applications rejected.\n");
    assert_eq!(desk.asked(&["preflight"]), serde_json::json!([]));
    let (code, _) = desk.refused(&["preflight", "--credential", "nobody"]);
    assert_eq!(code, "not_found");
}
