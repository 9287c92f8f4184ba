//! The answer for a credential whose rules nobody has: nothing is judged, and nothing is guessed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use smallvec::{SmallVec, smallvec};

use crate::credit::Credit;
use crate::date::long;
use crate::evaluation::{
    Basis, CreditOutcome, Dates, Evaluation, Exact, Gap, PeriodDates, Question, Reason, Standing, Verdict, Weakest,
};
use crate::points::Points;
use crate::record::{Credential, Record};

/// What can be said of a credential whose pack neither Recert nor the record has. The period is what is known of it: from
/// the latest renewal to the printed expiry.
pub fn without_rules(record: &Record, credential: &Credential, on: NaiveDate) -> Evaluation {
    let renewals = credential.periods.iter().filter_map(|period| period.renewed_on);
    let known = renewals.chain(credential.recertified_on).chain(credential.certified_on);
    let from = known.filter(|day| *day <= on).max().unwrap_or(on);
    let to = credential.expires_on.unwrap_or(from);
    let expired = credential.expires_on.filter(|expires| *expires < on);
    Evaluation {
        credential: credential.id.clone(),
        credential_name: credential.pack.clone(),
        pack: credential.pack.clone(),
        pack_version: String::new(),
        pack_verified_on: None,
        draft: None,
        edition: None,
        on,
        period: PeriodDates { from: from.min(to), to },
        // Whether renewal is still open is one of the things that are not known.
        standing: if expired.is_some() { Standing::Lapsed } else { Standing::Current },
        verdict: Verdict::CannotTell,
        verdict_with_proof: Verdict::CannotTell,
        basis: Basis::Secondary,
        weakest: Weakest::default(),
        path: None,
        paths: Vec::new(),
        requirements: Vec::new(),
        caps: Vec::new(),
        credits: record.credits.iter().map(unjudged).collect(),
        gap: Gap {
            points: Points::ZERO,
            exact: Exact::new(),
            at_least: Vec::new(),
            conditions: Vec::new(),
            impossible: Vec::new(),
            sentence: format!(
                "Recert has no rules for “{}”, so it cannot tell what counts. You can add a pack of your own.",
                credential.pack
            ),
        },
        dates: Dates {
            expires_on: to,
            late_until: None,
            late_until_latest: None,
            submit_by: BTreeMap::new(),
            ways: Vec::new(),
        },
        renewal: None,
        questions: vec![question(credential, expired)],
        notes: Vec::new(),
    }
}

fn unjudged(credit: &Credit) -> CreditOutcome {
    CreditOutcome {
        id: credit.id.clone(),
        earned: Points::ZERO,
        counted: Points::ZERO,
        exact: Exact::new(),
        rate: None,
        split: SmallVec::new(),
        approved: None,
        proven: false,
        reasons: smallvec![Arc::new(Reason {
            code: "no_rules".into(),
            text: "Without rules nobody can tell what it is worth.".into(),
            source: None,
        })],
    }
}

/// Ready to send to the issuer.
fn question(credential: &Credential, expired: Option<NaiveDate>) -> Question {
    let dates = match (credential.expires_on, expired) {
        (_, Some(day)) => format!(" expired on {}", long(day)),
        (Some(day), None) => format!(" is valid until {}", long(day)),
        (None, None) => " is to be renewed".to_owned(),
    };
    let text = format!(
        "My certification “{}”{dates}. What continuing education do I need to renew it: how much, in which categories, \
         approved by whom, completed between which days, and what must I send in by when?",
        credential.pack
    );
    let topic = "what the renewal asks for".to_owned();
    Question { id: "rules".to_owned(), text, topic, credits: Vec::new(), options: Vec::new(), decides: true }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn record(credential: &str) -> Record {
        let text = format!(
            r#"{{ "schema": "recert.record/1", "holder": {{ "name": "Maria" }}, "credentials": [{credential}],
                  "credits": [{{ "id": "c1", "status": "draft" }}, {{ "id": "c2", "status": "draft" }}] }}"#
        );
        Record::from_json(&text).unwrap()
    }

    fn answer(credential: &str, on: &str) -> Evaluation {
        let record = record(credential);
        without_rules(&record, &record.credentials[0], on.parse().unwrap())
    }

    #[test]
    fn nothing_is_judged_and_the_issuer_is_asked() {
        let told = answer(r#"{ "id": "x", "pack": "x-unheard-of", "certified_on": "2024-03-01" }"#, "2026-01-15");
        assert_eq!((told.verdict, told.verdict_with_proof), (Verdict::CannotTell, Verdict::CannotTell));
        assert!(told.gap.sentence.contains("x-unheard-of"), "{}", told.gap.sentence);
        assert_eq!((told.questions[0].id.as_str(), told.questions[0].decides), ("rules", true));
        let ids: Vec<&str> = told.credits.iter().map(|credit| &*credit.id).collect();
        assert_eq!(ids, ["c1", "c2"]);
        assert!(told.credits.iter().all(|credit| credit.counted.is_zero() && credit.reasons[0].code == "no_rules"));
    }

    #[test]
    fn the_period_and_the_standing_say_only_what_is_known() {
        let (both, card) = (
            r#"{ "id": "x", "pack": "x", "certified_on": "2020-03-01", "recertified_on": "2024-03-01", "expires_on": "2026-01-31" }"#,
            r#"{ "id": "x", "pack": "x", "expires_on": "2026-01-31" }"#,
        );
        for (credential, on, from, to, standing) in [
            (both, "2026-01-15", "2024-03-01", "2026-01-31", Standing::Current),
            (both, "2026-01-31", "2024-03-01", "2026-01-31", Standing::Current),
            (both, "2026-02-01", "2024-03-01", "2026-01-31", Standing::Lapsed),
            (both, "2023-01-01", "2020-03-01", "2026-01-31", Standing::Current),
            (card, "2026-01-15", "2026-01-15", "2026-01-31", Standing::Current),
            (card, "2026-03-01", "2026-01-31", "2026-01-31", Standing::Lapsed),
            (
                r#"{ "id": "x", "pack": "x", "certified_on": "2024-03-01" }"#,
                "2026-01-15",
                "2024-03-01",
                "2024-03-01",
                Standing::Current,
            ),
        ] {
            let told = answer(credential, on);
            let dates = (told.period.from.to_string(), told.period.to.to_string());
            assert_eq!(dates, (from.to_owned(), to.to_owned()), "on {on}");
            assert_eq!(told.standing, standing, "on {on}");
        }
    }
}
