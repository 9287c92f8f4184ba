//! Everything one holder keeps, and the JSON it travels in: `recert.record/1`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::credit::{Credit, NO_FILE_NAME, ProofRef, is_file_name, is_sha256, null_is_absent};
use crate::date::YEARS;
use crate::json::{any, any_list, list, objects, once_each_if};
use crate::plain::{place, plain};

/// The schema this version reads and writes.
pub const SCHEMA: &str = "recert.record/1";

/// Each is looked at in every evaluation; far above what any holder brings.
const MOST_OVERRIDES: usize = 200;
const MOST_PACKS: usize = 50;

/// Holders are people who work, or will within this program's life.
const YEARS_OF_BIRTH: std::ops::RangeInclusive<i32> = 1900..=2050;

/// Who keeps the record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Holder {
    /// As on the credential.
    pub name: String,
    /// Names that older certificates may carry.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub former_names: Vec<String>,
    /// Where letters reach them, line by line as on an envelope.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub address: Vec<String>,
    /// Some issuers count from a birthday.
    #[serde(default)]
    pub born_on: Option<NaiveDate>,
    /// Issuer to member number.
    #[serde(default, deserialize_with = "once_each_if")]
    #[cfg_attr(feature = "bindings", ts(type = "{ [key in string]: string }"))]
    pub issuer_ids: BTreeMap<String, String>,
    /// Files that belong to no credit.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub documents: Vec<ProofRef>,
}

/// How an earlier renewal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum PeriodState {
    /// Not renewed yet.
    Open,
    /// Sent in.
    Submitted,
    /// Renewed.
    Renewed,
    /// Expired without renewal.
    Lapsed,
}

/// One renewal period that is over, or is being closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The day the renewal was granted.
    #[serde(default)]
    pub renewed_on: Option<NaiveDate>,
    /// The pack version it was judged by.
    #[serde(default)]
    pub pack_version: Option<String>,
    /// How it ended.
    pub state: PeriodState,
}

/// One certification the holder has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Credential {
    /// Unique within the record.
    pub id: String,
    /// The pack that judges it.
    pub pack: String,
    /// Day of the first certification.
    #[serde(default)]
    pub certified_on: Option<NaiveDate>,
    /// Day of the latest recertification.
    #[serde(default)]
    pub recertified_on: Option<NaiveDate>,
    /// The expiry printed on the card; it wins over the computed one.
    #[serde(default)]
    pub expires_on: Option<NaiveDate>,
    /// Why the printed expiry differs from the rule.
    #[serde(default)]
    pub expires_reason: Option<String>,
    /// Earlier renewals.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub periods: Vec<Period>,
}

/// What a fact states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// A CPR card that earns no points.
    CprCard,
    /// Another credential that is current.
    Credential,
    /// A statement the holder signs.
    Attestation,
    /// Hours worked.
    WorkHours,
    /// A fee that was paid.
    Fee,
    /// A registration.
    Registration,
    /// Anything else.
    Other,
}

/// Something that is true and earns no points, such as a current card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Fact {
    /// Unique within the record.
    pub id: String,
    /// What it states.
    pub kind: FactKind,
    /// What it is called.
    #[serde(default)]
    pub title: Option<String>,
    /// True from this day.
    #[serde(default)]
    pub issued_on: Option<NaiveDate>,
    /// True to this day.
    #[serde(default)]
    pub expires_on: Option<NaiveDate>,
    /// Hours, where it counts any.
    #[serde(default)]
    pub amount: Option<crate::points::Amount>,
    /// Which one, where a pack tells several apart: `bls`, `supervised_care`.
    #[serde(default)]
    pub tag: Option<String>,
    /// The credential it is meant for, if for one only.
    #[serde(default)]
    pub credential: Option<String>,
    /// The files that show it.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub proofs: Vec<ProofRef>,
}

/// The holder's wish on how a credit is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Pin {
    /// For this credential.
    pub credential: String,
    /// This credit
    pub credit: String,
    /// is counted, or left out.
    pub counted: bool,
    /// In this category, where it could be several.
    #[serde(default)]
    pub category: Option<String>,
}

/// An answer the issuer or the holder gave to a question of an evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Answer {
    /// The question's id.
    pub question: String,
    /// For this credential.
    #[serde(default)]
    pub credential: Option<String>,
    /// About these credits.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub credits: Vec<String>,
    /// One of the question's options, or a value.
    pub answer: String,
    /// When it was given.
    pub answered_on: NaiveDate,
    /// By whom, and how.
    #[serde(default)]
    pub note: Option<String>,
}

/// A pack's value that the holder knows better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Override {
    /// The pack.
    pub pack: String,
    /// The value's place in the pack.
    pub path: String,
    /// What holds instead.
    #[serde(deserialize_with = "any")]
    pub value: serde_json::Value,
    /// Why.
    pub reason: String,
    /// Since when.
    pub on: NaiveDate,
}

/// Everything one holder keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Record {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Who keeps it.
    pub holder: Holder,
    /// The certifications she has.
    #[serde(default, deserialize_with = "list")]
    pub credentials: Vec<Credential>,
    /// The activities she did or plans.
    #[serde(default, deserialize_with = "list")]
    pub credits: Vec<Credit>,
    /// What is true and earns no points.
    #[serde(default, deserialize_with = "list")]
    pub facts: Vec<Fact>,
    /// Her wishes on how credits are counted.
    #[serde(default, deserialize_with = "list")]
    pub pins: Vec<Pin>,
    /// Answers to questions.
    #[serde(default, deserialize_with = "list")]
    pub answers: Vec<Answer>,
    /// Values she knows better.
    #[serde(default, deserialize_with = "list")]
    pub overrides: Vec<Override>,
    /// Packs of her own.
    #[serde(default, deserialize_with = "any_list")]
    pub packs: Vec<serde_json::Value>,
}

objects!(Holder, Period, Credential, Fact, Pin, Answer, Override, Record);

/// Why a text is not a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFault {
    /// Where, as in `credits[3].amount`; empty for the whole.
    pub path: String,
    /// What is wrong there.
    pub reason: String,
}

impl fmt::Display for RecordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.reason) } else { write!(f, "{}: {}", self.path, self.reason) }
    }
}

impl std::error::Error for RecordFault {}

impl Record {
    /// A record with nothing but its holder.
    pub fn new(holder: Holder) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            holder,
            credentials: Vec::new(),
            credits: Vec::new(),
            facts: Vec::new(),
            pins: Vec::new(),
            answers: Vec::new(),
            overrides: Vec::new(),
            packs: Vec::new(),
        }
    }

    /// Reads the documented JSON. Unknown fields, other schemas and faulty values are refused with their place.
    pub fn from_json(text: &str) -> Result<Self, RecordFault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = serde_json::Deserializer::from_str(text);
        let record: Self = serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| RecordFault { path: place(&error), reason: plain(&error.inner().to_string()) })?;
        reader.end().map_err(|error| RecordFault { path: String::new(), reason: plain(&error.to_string()) })?;
        match record.fault() {
            Some(fault) => Err(fault),
            None => Ok(record),
        }
    }

    /// The documented JSON: the same record gives the same bytes.
    pub fn to_json(&self) -> String {
        // Every field has a JSON form and every map has text keys, so nothing can fail here.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The credit with this id.
    pub fn credit(&self, id: &str) -> Option<&Credit> {
        self.credits.iter().find(|credit| &*credit.id == id)
    }

    /// The credential with this id.
    pub fn credential(&self, id: &str) -> Option<&Credential> {
        self.credentials.iter().find(|credential| credential.id == id)
    }

    /// The first thing that does not hold.
    pub fn fault(&self) -> Option<RecordFault> {
        let fault = |path: String, reason: &str| Some(RecordFault { path, reason: reason.to_owned() });
        if self.schema != SCHEMA {
            let reason = format!("is “{}”; this version of Recert reads {SCHEMA}", self.schema);
            return fault("schema".into(), &reason);
        }
        if let Some((field, reason)) = self.holder.fault() {
            return fault(format!("holder.{field}"), &reason);
        }
        for (list, count, most) in
            [("overrides", self.overrides.len(), MOST_OVERRIDES), ("packs", self.packs.len(), MOST_PACKS)]
        {
            if count > most {
                return fault(list.to_owned(), &format!("there are {count}; a record has at most {most}"));
            }
        }
        let ids = [
            ("credentials", self.credentials.iter().map(|c| c.id.as_str()).collect::<Vec<_>>()),
            ("credits", self.credits.iter().map(|c| &*c.id).collect()),
            ("facts", self.facts.iter().map(|f| f.id.as_str()).collect()),
        ];
        for (list, ids) in ids {
            let mut seen = BTreeSet::new();
            for (index, id) in ids.into_iter().enumerate() {
                if id.is_empty() || id.len() > 64 {
                    return fault(format!("{list}[{index}].id"), "must have 1 to 64 characters");
                }
                if !seen.insert(id) {
                    return fault(format!("{list}[{index}].id"), &format!("“{id}” occurs twice"));
                }
            }
        }
        for (index, credential) in self.credentials.iter().enumerate() {
            if let Some((field, reason)) = credential.fault() {
                return fault(format!("credentials[{index}].{field}"), &reason);
            }
        }
        for (index, credit) in self.credits.iter().enumerate() {
            if let Some(first) = credit.faults().into_iter().next() {
                return fault(format!("credits[{index}].{}", first.field), &first.reason);
            }
        }
        let documents = self.holder.documents.iter().enumerate().map(|(i, p)| (format!("holder.documents[{i}]"), p));
        let shown = self.facts.iter().enumerate().flat_map(|(i, fact)| {
            fact.proofs.iter().enumerate().map(move |(j, proof)| (format!("facts[{i}].proofs[{j}]"), proof))
        });
        for (path, proof) in documents.chain(shown) {
            if !is_sha256(&proof.sha256) {
                return fault(format!("{path}.sha256"), "must be 64 hexadecimal digits");
            }
            if !is_file_name(&proof.name) {
                return fault(format!("{path}.name"), NO_FILE_NAME);
            }
        }
        None
    }
}

impl Holder {
    /// The first field that does not hold, with the reason.
    pub fn fault(&self) -> Option<(&'static str, String)> {
        if self.name.trim().is_empty() {
            return Some(("name", "is empty; write the name as on the credential".to_owned()));
        }
        let is_a_year = |born: NaiveDate| YEARS_OF_BIRTH.contains(&born.year());
        self.born_on.filter(|born| !is_a_year(*born)).map(|_| {
            let (first, last) = (YEARS_OF_BIRTH.start(), YEARS_OF_BIRTH.end());
            ("born_on", format!("the year must lie between {first} and {last}"))
        })
    }
}

impl Credential {
    /// The first field that does not hold, with the reason.
    pub fn fault(&self) -> Option<(&'static str, String)> {
        let dates = [
            ("certified_on", self.certified_on),
            ("recertified_on", self.recertified_on),
            ("expires_on", self.expires_on),
        ];
        for (field, date) in dates {
            if date.is_some_and(|date| !YEARS.contains(&date.year())) {
                return Some((field, format!("the year must lie between {} and {}", YEARS.start(), YEARS.end())));
            }
        }
        let latest = self.recertified_on.or(self.certified_on);
        if latest.is_none() && self.expires_on.is_none() {
            let reason = "is missing, and so are recertified_on and expires_on; give at least one of the three";
            return Some(("certified_on", reason.to_owned()));
        }
        if let (Some(certified), Some(recertified)) = (self.certified_on, self.recertified_on)
            && recertified < certified
        {
            return Some(("recertified_on", "is before the day of certification".to_owned()));
        }
        if let (Some(latest), Some(expires)) = (latest, self.expires_on)
            && expires < latest
        {
            return Some(("expires_on", "is before the day of certification".to_owned()));
        }
        let days = || self.periods.iter().flat_map(|period| [Some(period.from), Some(period.to), period.renewed_on]);
        if days().flatten().any(|day| !YEARS.contains(&day.year())) {
            return Some(("periods", format!("the year must lie between {} and {}", YEARS.start(), YEARS.end())));
        }
        self.periods
            .iter()
            .any(|period| period.to < period.from)
            .then(|| ("periods", "one ends before it begins".to_owned()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "clones share their build output: only cargo knows which one runs")]
    fn the_published_schema_describes_the_record_as_it_is() {
        let path = std::env::var("CARGO_MANIFEST_DIR").unwrap() + "/../../docs/record.schema.json";
        let mut schema = schemars::schema_for!(Record);
        schema.insert("$id".to_owned(), SCHEMA.into());
        let current = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        if published != current {
            std::fs::write(path, &current).unwrap();
        }
        assert!(published == current, "docs/record.schema.json was not current; it is now, commit it");
    }

    #[test]
    fn null_and_absent_mean_the_same() {
        let full = format!(
            r#"{{"schema":"{SCHEMA}","holder":{{"name":"M","former_names":null}},"facts":null,
                "credits":[{{"id":"c1","title":null,"status":"draft","kind":null,"split":null,"tags":null,"proofs":null}}]}}"#
        );
        let spare =
            format!(r#"{{"schema":"{SCHEMA}","holder":{{"name":"M"}},"credits":[{{"id":"c1","status":"draft"}}]}}"#);
        assert_eq!(Record::from_json(&full), Record::from_json(&spare));
        assert!(Record::from_json(&full).is_ok());
    }

    #[test]
    fn a_fault_is_named_with_its_place() {
        let read = |credits: &str| {
            let text = format!(r#"{{"schema":"{SCHEMA}","holder":{{"name":"M"}},"credits":[{credits}]}}"#);
            Record::from_json(&text).unwrap_err().to_string()
        };
        for (credits, told) in [
            (r#"{"id":"c1","shoe":1}"#, "credits[0].shoe: there is no field “shoe”"),
            (r#"{"id":"c1","amount":2}"#, "credits[0].amount: must be text in quotation marks: \"2\""),
            (r#"{"id":"c1","amount":"-2"}"#, "credits[0].amount: “-2” is not an amount"),
            (r#"{"id":"c1","completed_on":"2023-02-30"}"#, "credits[0].completed_on: "),
            (r#"{"id":"c1","status":"draft"},{"id":"c1","status":"draft"}"#, "credits[1].id: “c1” occurs twice"),
            (r#"{"id":"c1"}"#, "credits[0].title: "),
            (r#"["c1","Title"]"#, "credits[0]: must be an object"),
            (r#"{"id":"c1","proofs":[["a","b"]]}"#, "credits[0].proofs[0]: must be an object"),
            (r#"{"id":"c1","split":{"a":"1","a":"2"}}"#, "credits[0].split: “a” occurs twice"),
            (r#"{"id":"c1","splits":{"p":{"a":"1","a":"2"}}}"#, "credits[0].splits.p: “a” occurs twice"),
            (r#"{"id":"c1","splits":{"p":{},"p":{}}}"#, "credits[0].splits: “p” occurs twice"),
            (r#"{"id":"c1","split":[]}"#, "credits[0].split: must be an object"),
        ] {
            assert!(read(credits).contains(told), "{} does not say {told}", read(credits));
        }
    }

    #[test]
    fn a_list_is_no_object_and_nothing_stands_twice_in_one() {
        let change = r#""pack":"p","path":"a","reason":"r","on":"2026-03-04""#;
        for (rest, told) in [
            (r#""holder":["M"]"#.to_owned(), "holder: must be an object"),
            (r#""holder":{"name":"M","name":"N"}"#.to_owned(), "holder: “name” occurs twice"),
            (
                r#""holder":{"name":"M","issuer_ids":{"a":"1","a":"2"}}"#.to_owned(),
                "holder.issuer_ids: “a” occurs twice",
            ),
            (r#""holder":{"name":"M"},"credentials":[["x","p","2024-01-10"]]"#.to_owned(), "credentials[0]: must be"),
            (r#""holder":{"name":"M"},"packs":[{"a":{"b":1,"b":2}}]"#.to_owned(), "packs[0].a: “b” occurs twice"),
            (
                format!(r#""holder":{{"name":"M"}},"overrides":[{{{change},"value":[{{"b":1,"b":2}}]}}]"#),
                "overrides[0].value[0]: “b” occurs twice",
            ),
        ] {
            let fault = Record::from_json(&format!(r#"{{"schema":"{SCHEMA}",{rest}}}"#)).unwrap_err().to_string();
            assert!(fault.starts_with(told), "{fault} does not say {told}");
        }
        let list = format!(r#"["{SCHEMA}",{{"name":"M"}}]"#);
        assert!(Record::from_json(&list).unwrap_err().reason.starts_with("must be an object"));
    }
}
