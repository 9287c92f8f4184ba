//! The product's answer beside an oracle's, on records of chance.

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::evaluation::{Standing, Verdict};
use domain::{Packs, Record, evaluate};
use serde_json::{Value, json};

use crate::fraction::Frac;
use crate::random::Dice;

pub(crate) static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::shipped().unwrap());

/// What an issuer would answer. What is absent is not for the issuer's words to say, and is not compared.
#[derive(Debug)]
pub(crate) struct Answer {
    pub verdict: Verdict,
    pub with_proof: Verdict,
    pub standing: Option<Standing>,
    pub expires_on: NaiveDate,
    /// The last day of late renewal that is sure, and the last one that may be.
    pub late_until: Option<(NaiveDate, NaiveDate)>,
    /// The last day of the next period, if the renewal is granted on the day.
    pub next_expiry: Option<NaiveDate>,
    pub counted: Option<Frac>,
}

/// What differs, each with both answers.
pub(crate) fn differences(record: &Record, on: NaiveDate, answer: &Answer) -> Vec<String> {
    let told = evaluate(record, "x", &PACKS, on).unwrap();
    let mut differences = Vec::new();
    let mut compare = |what: &str, oracle: String, product: String| {
        if oracle != product {
            differences.push(format!("{what}: oracle {oracle}, product {product}"));
        }
    };
    compare("verdict", format!("{:?}", answer.verdict), format!("{:?}", told.verdict));
    compare("verdict_with_proof", format!("{:?}", answer.with_proof), format!("{:?}", told.verdict_with_proof));
    compare("expires_on", answer.expires_on.to_string(), told.dates.expires_on.to_string());
    if let Some(standing) = answer.standing {
        compare("standing", format!("{standing:?}"), format!("{:?}", told.standing));
    }
    if let Some((safe, latest)) = answer.late_until {
        let until = (told.dates.late_until, told.dates.late_until_latest.or(told.dates.late_until));
        compare("late_until", format!("{:?}", (Some(safe), Some(latest))), format!("{until:?}"));
    }
    if let (Some(next), Some(renewal)) = (answer.next_expiry, &told.renewal) {
        compare("renewal", next.to_string(), renewal.expires_on.to_string());
    }
    if let Some(counted) = answer.counted {
        // What is printed is rounded down to the hundredth, credit by credit at most.
        let printed: Frac = told.credits.iter().map(|credit| Frac::hundredths(credit.counted.hundredths())).sum();
        let lost = Frac::of(record.credits.len() as i128, 100);
        if printed > counted || printed + lost < counted {
            compare("counted", format!("{counted:?}"), format!("{printed:?}"));
        }
    }
    differences
}

/// How many records there are for each issuer. The whole is 10,000.
#[expect(clippy::disallowed_methods, reason = "says how thorough a run is, not what is right")]
fn number_of_records() -> u64 {
    std::env::var("RECERT_ORACLE").map_or(100, |number| number.parse().unwrap())
}

/// Compares both on records of chance and shows those on which they differ, as small as they can be made. Of a hundred so
/// many may: what the product does not ask yet, though the issuer is silent.
pub(crate) fn compare(
    make: fn(&mut Dice) -> (Record, NaiveDate),
    answer: fn(&Record, NaiveDate) -> Answer,
    known_of_hundred: usize,
) {
    let number = number_of_records();
    let differing: Vec<_> = (0..number)
        .filter(|seed| {
            let (record, on) = make(&mut Dice::new(*seed));
            !differences(&record, on, &answer(&record, on)).is_empty()
        })
        .collect();
    let show = |seed: &u64| {
        let (record, on) = make(&mut Dice::new(*seed));
        let record = smallest(record, on, answer);
        let differences = differences(&record, on, &answer(&record, on)).join("\n");
        format!("seed {seed}, on {on}\n{differences}\n{}", short(&serde_json::to_value(&record).unwrap()))
    };
    let hundreds = usize::try_from(number.div_ceil(100)).unwrap();
    let shown: Vec<String> = differing.iter().take(5).map(show).collect();
    let is_known = differing.len() <= known_of_hundred * hundreds;
    assert!(is_known, "{} of {number} records differ\n\n{}", differing.len(), shown.join("\n\n"));
}

/// Without the fields that hold nothing, which say nothing.
fn short(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let is_filled = |value: &Value| *value != Value::Null && *value != json!([]) && *value != json!({});
            fields
                .iter()
                .filter(|(_, value)| is_filled(value))
                .map(|(name, value)| (name.clone(), short(value)))
                .collect()
        }
        Value::Array(list) => list.iter().map(short).collect(),
        other => other.clone(),
    }
}

/// The record without every credit and fact that it differs without, in the same way.
fn smallest(mut record: Record, on: NaiveDate, answer: fn(&Record, NaiveDate) -> Answer) -> Record {
    let differ = |record: &Record| differences(record, on, &answer(record, on));
    let all = differ(&record);
    let same = |record: &Record| differ(record).first() == all.first();
    for at in (0..record.credits.len()).rev() {
        let mut fewer = record.clone();
        fewer.credits.remove(at);
        if same(&fewer) {
            record = fewer;
        }
    }
    for at in (0..record.facts.len()).rev() {
        let mut fewer = record.clone();
        fewer.facts.remove(at);
        if same(&fewer) {
            record = fewer;
        }
    }
    record
}
