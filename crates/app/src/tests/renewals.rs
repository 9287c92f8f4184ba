//! Renewals and what was sent in for them.

use domain::record::PeriodState;
use domain::submission::{Decided, Decision, SubmissionState};
use domain::{Pack, Packs};
use serde_json::Value;

use super::{Desk, course, fields};
use crate::Code;
use crate::wire::{CreditInput, PeriodInput, RenewalInput, SubmissionInput, TranscriptChoice};

fn sent(desk: &mut Desk) -> domain::Submission {
    desk.credit(&named("EKG")).unwrap();
    let input =
        SubmissionInput { sent_on: "2026-01-12".to_owned(), way: "mail".to_owned(), ..SubmissionInput::default() };
    desk.recert.send("cma", &TranscriptChoice::default(), &input).unwrap()
}

fn state(state: SubmissionState) -> SubmissionInput {
    let (sent_on, answered_on) = ("2026-01-12".to_owned(), "2026-01-14".to_owned());
    SubmissionInput { sent_on, state, answered_on, ..SubmissionInput::default() }
}

fn named(title: &str) -> CreditInput {
    let split = std::collections::BTreeMap::from([("clinical".to_owned(), "2.0".to_owned())]);
    CreditInput { title: title.to_owned(), split, approver: "aama".to_owned(), ..course() }
}

#[test]
fn what_was_sent_stays_as_it_was_whatever_is_changed_later() {
    let mut desk = Desk::of_maria();
    let submission = sent(&mut desk);
    let (before, pdf) =
        (desk.recert.frozen_json("s1").unwrap(), std::fs::read(desk.recert.sent_transcript("s1").unwrap()).unwrap());
    desk.credit(&named("Phlebotomy")).unwrap();
    desk.recert.remove_credit("c1").unwrap();
    desk.recert.save_submission("s1", &state(SubmissionState::Questions)).unwrap();

    assert_eq!(desk.recert.frozen_json("s1").unwrap(), before);
    let frozen = desk.recert.frozen("s1").unwrap();
    assert_eq!(frozen.credits[0]["title"], "EKG");
    assert_eq!((&frozen.evaluation["on"], &frozen.evaluation["credential"]), (&"2026-01-12".into(), &"cma".into()));
    let copy = desk.folder.path().join("sent.pdf");
    desk.recert.save_sent_transcript("s1", &copy).unwrap();
    assert_eq!(std::fs::read(copy).unwrap(), pdf);
    assert!(pdf.starts_with(b"%PDF-") && submission.transcript.len() == 64);
}

#[test]
fn what_was_frozen_can_be_judged_again_by_the_rules_of_that_day_alone() {
    let mut desk = Desk::of_maria();
    sent(&mut desk);
    let frozen: Value = serde_json::from_str(&desk.recert.frozen_json("s1").unwrap()).unwrap();
    let record = domain::Record::from_json(&frozen["record"].to_string()).unwrap();
    let rules = Packs::from_packs(Pack::from_json(&frozen["rules"].to_string()).unwrap());
    let on: chrono::NaiveDate = "2026-01-12".parse().unwrap();
    let again = domain::evaluate(&record, "cma", &rules, on).unwrap();
    assert_eq!(serde_json::to_value(again).unwrap(), frozen["evaluation"]);
}

#[test]
fn while_the_issuer_has_not_decided_the_record_says_what_waits() {
    let mut desk = Desk::of_maria();
    let waits = |desk: &Desk| desk.recert.home().unwrap().credentials[0].waiting.clone();
    assert!(waits(&desk).is_none());
    sent(&mut desk);
    assert_eq!(waits(&desk).unwrap().sent_on.to_string(), "2026-01-12");
    desk.recert.save_submission("s1", &state(SubmissionState::Questions)).unwrap();
    assert_eq!(waits(&desk).unwrap().state, SubmissionState::Questions);
    desk.recert.save_submission("s1", &state(SubmissionState::Refused)).unwrap();
    assert!(waits(&desk).is_none());
    desk.recert.undo().unwrap();
    assert!(waits(&desk).is_some());
}

#[test]
fn a_decision_is_about_a_credit_that_was_sent() {
    let mut desk = Desk::of_maria();
    sent(&mut desk);
    let about = |credit: &str| {
        let decision = Decision { credit: credit.to_owned(), decided: Decided::Refused, note: Some("no hours".into()) };
        SubmissionInput { decisions: vec![decision], ..state(SubmissionState::Questions) }
    };
    desk.recert.remove_credit("c1").unwrap();
    assert_eq!(desk.recert.save_submission("s1", &about("c1")).unwrap().decisions.len(), 1);
    assert_eq!(desk.recert.save_submission("s1", &about("c7")).unwrap_err().code, Code::NotFound);
}

#[test]
fn days_that_cannot_be_are_refused_with_their_field() {
    let mut desk = Desk::of_maria();
    let typed = |sent: &str, answered: &str| SubmissionInput {
        sent_on: sent.to_owned(),
        answered_on: answered.to_owned(),
        ..SubmissionInput::default()
    };
    for (input, field) in [
        (typed("2026-01-16", ""), "sent_on"),
        (typed("soon", ""), "sent_on"),
        (typed("2026-01-12", "2026-01-11"), "answered_on"),
    ] {
        let error = desk.recert.send("cma", &TranscriptChoice::default(), &input).unwrap_err();
        assert_eq!(fields(&error), [field]);
    }
    assert!(desk.recert.submissions().unwrap().is_empty());
}

#[test]
fn a_granted_renewal_closes_its_period_and_begins_the_next_and_one_undo_takes_both_back() {
    let mut desk = Desk::of_maria();
    sent(&mut desk);
    let before = desk.recert.credentials().unwrap();
    let granted = RenewalInput { renewed_on: "2026-01-14".to_owned(), expires_on: String::new() };
    let renewed = desk.recert.renew("cma", &granted).unwrap();
    assert_eq!((renewed.periods.len(), renewed.periods[0].state), (1, PeriodState::Renewed));
    assert_eq!(
        renewed.periods[0].pack_version.as_deref(),
        Some(desk.recert.pack("cma-aama").unwrap().version.as_str())
    );

    let renewals = desk.recert.renewals("cma").unwrap();
    let days: Vec<_> = renewals.periods.iter().map(|view| (view.period.from.to_string(), view.current)).collect();
    assert_eq!(days, [("2026-01-14".to_owned(), true), ("2021-03-17".to_owned(), false)]);
    let past = desk.recert.what_if("cma", renewals.periods[1].as_of, false).unwrap();
    assert_eq!(past.credits[0].counted.to_string(), "2", "what counted then can still be read");
    assert!(desk.recert.home().unwrap().credentials[0].waiting.is_none(), "what waited was for the period before");

    assert_eq!(desk.recert.undo().unwrap(), "Began a new period of CMA (AAMA)");
    assert_eq!(desk.recert.credentials().unwrap(), before);
}

#[test]
fn a_renewal_that_cannot_be_is_refused_with_its_field() {
    let mut desk = Desk::of_maria();
    let typed = |day: &str, card: &str| RenewalInput { renewed_on: day.to_owned(), expires_on: card.to_owned() };
    for (input, field) in [
        (typed("", ""), "renewed_on"),
        (typed("2026-02-01", ""), "renewed_on"),
        (typed("2020-02-01", ""), "renewed_on"),
        (typed("2026-01-14", "2026-01-20"), "expires_on"),
    ] {
        assert_eq!(fields(&desk.recert.renew("cma", &input).unwrap_err()), [field]);
    }
    desk.recert.renew("cma", &typed("2026-01-14", "2031-01-31")).unwrap();
    assert_eq!(fields(&desk.recert.renew("cma", &typed("2026-01-14", "")).unwrap_err()), ["renewed_on"]);
}

#[test]
fn an_earlier_period_can_be_added_and_taken_off_the_list() {
    let mut desk = Desk::of_maria();
    let typed = |from: &str, to: &str| PeriodInput {
        from: from.to_owned(),
        to: to.to_owned(),
        renewed_on: String::new(),
        state: PeriodState::Renewed,
    };
    assert_eq!(fields(&desk.recert.save_period("cma", &typed("2016-01-01", "2015-01-01")).unwrap_err()), ["to"]);
    desk.recert.save_period("cma", &typed("2016-02-01", "2021-02-28")).unwrap();
    let periods = desk.recert.renewals("cma").unwrap().periods;
    assert_eq!(
        periods.iter().map(|view| (view.current, view.kept)).collect::<Vec<_>>(),
        [(true, false), (false, true)]
    );
    desk.recert.remove_period("cma", "2016-02-01".parse().unwrap()).unwrap();
    assert_eq!(desk.recert.renewals("cma").unwrap().periods.len(), 1);
}
