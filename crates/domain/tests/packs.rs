//! The packs that come with Recert, as files.
#![allow(clippy::unwrap_used, reason = "tests")]
#![allow(clippy::disallowed_methods, reason = "clones share their build output: only cargo knows which one runs")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use domain::pack::{Requirement, SCHEMA};
use domain::{Pack, Packs};
use serde_json::Value;

/// Every file in `packs/`, with its name.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("packs");
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Each value of a JSON text with its place.
fn each(value: &Value, at: &str, visit: &mut impl FnMut(&str, &Value)) {
    visit(at, value);
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| each(item, &format!("{at}[{index}]"), visit));
        }
        Value::Object(fields) => fields.iter().for_each(|(key, field)| each(field, &format!("{at}.{key}"), visit)),
        _ => {}
    }
}

#[test]
fn every_file_reads_and_can_be_judged_by() {
    for (name, text) in files() {
        let faults = Pack::check(&text).err().unwrap_or_default();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    }
}

#[test]
fn every_file_is_shipped() {
    let shipped: BTreeSet<String> = Packs::shipped().unwrap().iter().map(|pack| pack.id.clone()).collect();
    for (name, text) in files().into_iter().filter(|(name, _)| name != "template.json") {
        for pack in Pack::from_json(&text).unwrap() {
            assert!(shipped.contains(&pack.id), "{} of {name} is not in SHIPPED", pack.id);
        }
    }
}

#[test]
fn no_two_credentials_have_the_same_id() {
    let ids: Vec<String> = Packs::shipped().unwrap().iter().map(|pack| pack.id.clone()).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
}

#[test]
fn no_two_credentials_have_the_same_name() {
    let names: Vec<String> = Packs::shipped().unwrap().iter().map(|pack| pack.name.clone()).collect();
    assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len(), "{names:?}");
}

#[test]
fn every_id_carries_its_issuer() {
    for pack in Packs::shipped().unwrap().iter() {
        let issuer = format!("-{}", pack.issuer.approver);
        assert!(pack.id.ends_with(&issuer), "{} does not end in {issuer}", pack.id);
        let place = pack.issuer.place.as_deref().unwrap_or_default();
        assert!(!place.is_empty(), "{}: nobody can tell its issuer from a namesake without a place", pack.id);
    }
}

#[test]
fn every_rule_has_a_source_and_every_source_a_rule() {
    for (name, text) in files() {
        let pack: Value = serde_json::from_str(&text).unwrap();
        let sources: BTreeSet<&String> = pack["sources"].as_object().unwrap().keys().collect();
        let mut used = BTreeSet::new();
        each(&pack, &name, &mut |at, value| {
            if value.get("basis").is_some() {
                let source = value["source"].as_str().unwrap_or_default().to_owned();
                assert!(sources.contains(&source), "{at} names “{source}”");
                used.insert(source);
            }
        });
        let unused: Vec<_> = sources.iter().filter(|key| !used.contains(**key)).collect();
        assert!(unused.is_empty(), "{name}: {unused:?}");
    }
}

#[test]
fn a_value_with_no_page_behind_it_never_passes_for_the_issuers_own() {
    for (name, text) in files() {
        let pack: Value = serde_json::from_str(&text).unwrap();
        each(&pack, &name, &mut |at, value| {
            let Some(basis) = value.get("basis").and_then(Value::as_str) else { return };
            let source = &pack["sources"][value["source"].as_str().unwrap()];
            let has_page = source.get("address").is_some();
            assert!(
                has_page || !matches!(basis, "official" | "relayed"),
                "{at} is {basis}, but its source has no address"
            );
        });
    }
}

#[test]
fn what_people_read_is_a_sentence_and_does_not_shout() {
    for (name, text) in files() {
        let pack: Value = serde_json::from_str(&text).unwrap();
        each(&pack, &name, &mut |at, value| {
            let Some(text) = value.as_str() else { return };
            assert!(!text.contains('!'), "{at}: {text}");
            let is_sentence = [".words", ".text", ".question", ".draft", ".way_back", ".afterwards"];
            if is_sentence.iter().any(|field| at.ends_with(field)) {
                assert!(text.ends_with(['.', '?']), "{at}: {text}");
            }
        });
    }
}

#[test]
fn no_fee_is_told_as_a_fact() {
    for pack in Packs::shipped().unwrap().iter() {
        for requirement in &pack.requirements {
            if let Requirement::Advice(advice) = requirement {
                assert!(!advice.words.contains('$') || advice.seen_on.is_some(), "{}: {}", pack.id, advice.words);
            }
        }
    }
}

#[test]
fn the_rules_of_cma_aama_keep_their_ids() {
    let packs = Packs::shipped().unwrap();
    let pack = packs.get("cma-aama").unwrap();
    assert_eq!(pack.schema, SCHEMA);
    let minimums: Vec<&str> = pack
        .requirements
        .iter()
        .filter_map(|requirement| match requirement {
            Requirement::Minimum(rule) if !rule.id.ends_with("_2006") => Some(&*rule.id),
            _ => None,
        })
        .collect();
    assert_eq!(minimums, ["total", "administrative", "clinical", "general", "aama_approved"]);
    let limits: Vec<&str> = pack.limits.iter().map(|rule| &*rule.id).collect();
    assert_eq!(limits, ["non_aama", "pre_certification", "cpr_cards"]);
    let refused: Vec<&str> = pack.refuse.iter().map(|rule| &*rule.id).collect();
    assert_eq!(refused, ["no_formal_credit", "on_the_job", "too_small", "early_card", "short_card"]);
}

#[test]
fn what_only_a_third_party_demands_is_a_draft() {
    for (name, text) in files() {
        let pack: Value = serde_json::from_str(&text).unwrap();
        each(&pack["requirements"], &name, &mut |at, value| {
            let is_demand = value["kind"] == "minimum" || value["kind"] == "condition";
            assert!(!is_demand || value["basis"] != "secondary" || pack["draft"].is_string(), "{at}");
        });
    }
}

#[test]
fn the_document_tells_of_every_credential_and_every_page() {
    let document =
        fs::read_to_string(std::env::var("CARGO_MANIFEST_DIR").unwrap() + "/../../docs/rules/packs.md").unwrap();
    for pack in Packs::shipped().unwrap().iter() {
        assert!(document.contains(&format!("`{}`", pack.id)), "{} is not in it", pack.id);
        if pack.id != "my-credential-own" {
            for address in pack.sources.values().filter_map(|source| source.address.as_ref()) {
                assert!(document.contains(&format!("<{address}>")), "{}: {address} is not in it", pack.id);
            }
        }
    }
}
