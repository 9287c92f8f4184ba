//! Submissions.

use domain::evaluation::PeriodDates;
use domain::submission::{Decided, Decision, Submission, SubmissionState};

use super::{Desk, add, credit, now};
use crate::{DamageKind, Error, Op, Reason, Source, Vault};

const FROZEN: &str = r#"{"record":{"credits":[{"id":"c1","title":"Order of Draw"}]}}"#;

/// A vault with one submission.
fn sent(desk: &Desk) -> (Vault, Submission) {
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let file = vault.store_original(&desk.file("transcript.pdf", b"%PDF-1.7\n%%EOF")).unwrap();
    let submission = vault
        .transact(Op::AddSubmission, now(), |change| {
            change.keep_transcript(&file)?;
            let submission = Submission {
                id: change.next_id("s")?,
                credential: "cma".to_owned(),
                period: PeriodDates { from: "2021-03-17".parse().unwrap(), to: "2026-03-31".parse().unwrap() },
                sent_on: "2026-03-04".parse().unwrap(),
                way: Some("mail".to_owned()),
                state: SubmissionState::Sent,
                answered_on: None,
                note: None,
                decisions: Vec::new(),
                transcript: file.sha256.to_string(),
                frozen: change.freeze(FROZEN)?,
            };
            change.put_submission(&submission)?;
            Ok(submission)
        })
        .unwrap();
    (vault, submission)
}

#[test]
fn a_submission_is_there_after_the_next_start_with_all_that_it_froze() {
    let desk = Desk::new();
    let (vault, submission) = sent(&desk);
    drop(vault);
    let vault = desk.open();
    assert_eq!(vault.submissions().unwrap(), std::slice::from_ref(&submission));
    assert_eq!(vault.frozen(&submission.frozen).unwrap(), FROZEN);
    assert!(vault.original_path(&submission.transcript).unwrap().is_some());
    assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
}

#[test]
fn later_edits_of_the_record_change_nothing_of_what_was_sent() {
    let desk = Desk::new();
    let (mut vault, submission) = sent(&desk);
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c1")).unwrap();
    vault.transact(Op::EmptyTrash, now(), |change| change.empty_trash().map(|_| ())).unwrap();
    assert_eq!(vault.submission("s1").unwrap(), submission);
    assert_eq!(vault.frozen(&submission.frozen).unwrap(), FROZEN);
}

#[test]
fn what_came_of_it_can_be_changed_and_undone_and_what_was_frozen_cannot_be_changed() {
    let desk = Desk::new();
    let (mut vault, submission) = sent(&desk);
    let decided = Decision { credit: "c1".to_owned(), decided: Decided::Refused, note: Some("in-house".to_owned()) };
    let answered = Submission { state: SubmissionState::Questions, decisions: vec![decided], ..submission.clone() };
    vault.transact(Op::EditSubmission, now(), |change| change.put_submission(&answered)).unwrap();
    assert_eq!(vault.submission("s1").unwrap(), answered);
    vault.undo(now()).unwrap();
    assert_eq!(vault.submission("s1").unwrap(), submission);
    vault.redo(now()).unwrap();
    assert_eq!(vault.submission("s1").unwrap(), answered);

    let other = Submission { transcript: "b".repeat(64), ..answered };
    let refused = vault.transact(Op::EditSubmission, now(), |change| change.put_submission(&other));
    assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
}

#[test]
fn a_submission_that_was_taken_off_the_list_can_be_had_back_whole() {
    let desk = Desk::new();
    let (mut vault, submission) = sent(&desk);
    vault.transact(Op::RemoveSubmission, now(), |change| change.remove_submission("s1")).unwrap();
    assert_eq!(vault.submissions().unwrap(), []);
    assert_eq!(vault.undo(now()).unwrap().touched[0].title.as_deref(), Some("2026-03-04"));
    assert_eq!(vault.submissions().unwrap(), std::slice::from_ref(&submission));
    assert_eq!(vault.frozen(&submission.frozen).unwrap(), FROZEN);
}

#[test]
fn an_altered_byte_of_what_was_frozen_is_named() {
    let desk = Desk::new();
    let (vault, _) = sent(&desk);
    vault.connection.execute("UPDATE frozen SET content = replace(content, 'Draw', 'Drew')", ()).unwrap();
    let damage = vault.verify(&mut |_, _| true).unwrap().damage;
    assert_eq!((damage[0].kind, damage[0].place.as_str()), (DamageKind::Row, "submission s1"));
}

#[test]
fn an_altered_state_is_named() {
    let desk = Desk::new();
    let (vault, _) = sent(&desk);
    vault.connection.execute("UPDATE submission SET state = 'accepted'", ()).unwrap();
    let damage = vault.verify(&mut |_, _| true).unwrap().damage;
    assert_eq!((damage[0].kind, damage[0].place.as_str()), (DamageKind::Row, "submission s1"));
}

#[test]
fn a_backup_holds_submissions_with_their_transcript_and_what_they_froze() {
    let desk = Desk::new();
    let (vault, submission) = sent(&desk);
    let backup = vault.back_up(Reason::Asked, now(), &mut |_, _| true).unwrap().backup;
    let elsewhere = Desk::new();
    let source = Source::from(&backup);
    Vault::restore(&elsewhere.folder(), &source, now(), &mut |_, _| true).unwrap();
    let there = elsewhere.open();
    assert_eq!(there.submissions().unwrap(), std::slice::from_ref(&submission));
    assert_eq!(there.frozen(&submission.frozen).unwrap(), FROZEN);
    assert!(there.original_path(&submission.transcript).unwrap().is_some());
}
