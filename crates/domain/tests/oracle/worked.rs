//! Worked cases, one a row: what is on file, the day, and what must come out by what the issuer publishes.
//!
//! A credit is `12 contact_hour 2023-02-10`, then what else is known of it: `in:clinical by:amt kind:employment from:2020-01-01
//! format:live title:Fire is:draft #law`. A fact is `has cpr_card 2024-01-05..2026-01-31 hours:1040 #bls`, days left out where
//! there are none.

use chrono::NaiveDate;
use domain::evaluation::{Standing, Verdict};
use domain::{Approver, Credential, Credit, Fact, ProofRole, Record, evaluate};
use serde::de::DeserializeOwned;

use crate::comparison::PACKS;
use crate::dates::day;
use crate::fraction::Frac;
use crate::random::{paper, plain_credit, record_for};

pub(crate) use domain::evaluation::Standing::{Current, Lapsed, Late};
pub(crate) use domain::evaluation::Verdict::{CannotTell, Met, NotMet};

/// What must come out. Where the issuer's words do not say where the credential stands, or how much counts, that is left out.
pub(crate) struct Case {
    pub why: &'static str,
    pub held: &'static str,
    pub lines: &'static [&'static str],
    pub on: &'static str,
    pub verdict: Verdict,
    pub standing: Option<Standing>,
    pub expires_on: &'static str,
    pub counted: Option<&'static str>,
}

/// A row of a table: the reason, what she holds, what is on file, the day; verdict, standing, expiry and points counted.
pub(crate) const fn case(
    why: &'static str,
    (held, lines, on): (&'static str, &'static [&'static str], &'static str),
    (verdict, standing, expires_on, counted): (Verdict, Option<Standing>, &'static str, Option<&'static str>),
) -> Case {
    Case { why, held, lines, on, verdict, standing, expires_on, counted }
}

fn word<T: DeserializeOwned>(word: &str) -> T {
    serde_json::from_value(word.into()).unwrap()
}

/// `rma-amt certified 2022-05-01 renewed 2025-05-01 expires 2028-04-30 born 1990-01-01`, and further credentials after a `;`.
fn holder(held: &str) -> Record {
    let mut record = record_for("");
    record.credentials.clear();
    for (number, held) in held.split(';').enumerate() {
        let words: Vec<&str> = held.split_whitespace().collect();
        let mut credential: Credential = record_for(words[0]).credentials.remove(0);
        if number > 0 {
            credential.id = format!("x{number}");
        }
        for pair in words[1..].chunks(2) {
            let on = Some(day(pair[1]));
            match pair[0] {
                "certified" => credential.certified_on = on,
                "renewed" => credential.recertified_on = on,
                "expires" => credential.expires_on = on,
                "born" => record.holder.born_on = on,
                other => panic!("“{other}” is not known"),
            }
        }
        record.credentials.push(credential);
    }
    record
}

fn credit(number: usize, line: &str) -> Credit {
    let mut words = line.split_whitespace();
    let [amount, unit, on] = [(); 3].map(|()| words.next().unwrap());
    let mut credit = plain_credit(number, day(on));
    credit.amount = Some(amount.parse().unwrap());
    credit.unit = Some(word(unit));
    credit.proofs = vec![paper(ProofRole::Certificate)];
    credit.formal_credit = Some(true);
    for more in words {
        match more.split_once(':') {
            None => credit.tags.push(more.strip_prefix('#').unwrap().to_owned()),
            Some(("in", category)) => credit.split = [(category.to_owned(), credit.amount.unwrap())].into(),
            Some(("by", body)) => credit.approver = Some(Approver::new(body)),
            Some(("kind", kind)) => credit.kind = word(kind),
            Some(("from", first)) => credit.started_on = Some(day(first)),
            Some(("format", format)) => credit.format = Some(format.to_owned()),
            Some(("is", status)) => credit.status = word(status),
            Some(("title", title)) => {
                title.clone_into(&mut credit.title);
                credit.provider = Some("Clinic".to_owned());
            }
            Some((other, _)) => panic!("“{other}” is not known"),
        }
    }
    credit
}

fn fact(number: usize, line: &str) -> Fact {
    let mut words = line.split_whitespace();
    let mut fact = Fact {
        id: format!("f{number}"),
        kind: word(words.next().unwrap()),
        title: None,
        issued_on: None,
        expires_on: None,
        amount: None,
        tag: None,
        credential: None,
        proofs: vec![paper(ProofRole::Letter)],
    };
    let on = |text: &str| Some(text).filter(|text| !text.is_empty()).map(day);
    for more in words {
        if let Some((first, last)) = more.split_once("..") {
            (fact.issued_on, fact.expires_on) = (on(first), on(last));
        } else if let Some(hours) = more.strip_prefix("hours:") {
            fact.amount = Some(hours.parse().unwrap());
        } else {
            fact.tag = Some(more.strip_prefix('#').unwrap().to_owned());
        }
    }
    fact
}

impl Case {
    fn record(&self) -> Record {
        let mut record = holder(self.held);
        for (number, line) in self.lines.iter().enumerate() {
            match line.strip_prefix("has ") {
                Some(line) => record.facts.push(fact(number, line)),
                None => record.credits.push(credit(number, line)),
            }
        }
        record
    }

    /// What comes out otherwise than it must.
    fn differences(&self) -> Vec<String> {
        let told = evaluate(&self.record(), "x", &PACKS, day(self.on)).unwrap();
        let mut differences = Vec::new();
        let mut compare = |what: &str, right: String, product: String| {
            if right != product {
                differences.push(format!("{what} must be {right}, is {product}"));
            }
        };
        compare("the verdict", format!("{:?}", self.verdict), format!("{:?}", told.verdict));
        if let Some(standing) = self.standing {
            compare("the standing", format!("{standing:?}"), format!("{:?}", told.standing));
        }
        let expires_on: NaiveDate = told.dates.expires_on;
        compare("the expiry", self.expires_on.to_owned(), expires_on.to_string());
        if let Some(right) = self.counted {
            let counted: Frac = told.credits.iter().map(|credit| Frac::hundredths(credit.counted.hundredths())).sum();
            if Frac::printed(right.parse().unwrap()) != counted {
                differences.push(format!("{right} must count, {counted:?} do"));
            }
        }
        differences
    }
}

/// All rows that come out otherwise, each with its reason.
pub(crate) fn check(cases: &[Case]) {
    assert!(cases.len() >= 20, "{} cases are too few", cases.len());
    let failed: Vec<String> = cases
        .iter()
        .map(|case| (case, case.differences()))
        .filter(|(_, differences)| !differences.is_empty())
        .map(|(case, differences)| {
            let Case { why, held, lines, on, .. } = case;
            format!("{why}\n  {held}, on {on}: {lines:?}\n  {}", differences.join("\n  "))
        })
        .collect();
    assert!(failed.is_empty(), "{} of {} cases differ\n\n{}", failed.len(), cases.len(), failed.join("\n\n"));
}
