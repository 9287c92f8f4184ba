//! What gets applications refused or questioned: for each check a record that has it, and the nearest that has not.

use std::collections::BTreeMap;
use std::fs;

use domain::ProofRole::{self, CardBack, CardFront, Certificate, CourseDescription, TranscriptPage};
use domain::{IssuerTranscript, Kind, Status, Unit};

use super::{Desk, certified, course};
use crate::Code;
use crate::wire::{
    AnswerInput, Check, CheckCode, CredentialInput, CreditInput, Fix, HolderInput, OverrideInput, ProofOwner,
    TranscriptChoice,
};

const PDF: &[u8] = b"%PDF-1.4\n%%EOF";
const PHOTO: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";

type Files<'f> = &'f [(&'f [u8], ProofRole)];

/// A course that AAMA approved: with its certificate there is nothing to say about it.
fn approved() -> CreditInput {
    CreditInput { approver: "aama".to_owned(), unit: Some(Unit::AamaCeu), ..in_category() }
}

fn in_category() -> CreditInput {
    CreditInput { split: BTreeMap::from([("clinical".to_owned(), "2.0".to_owned())]), ..course() }
}

/// The same of another source, with all that AAMA wants to know.
fn of_another() -> CreditInput {
    CreditInput { provider: "Lakeside".to_owned(), description: "Which tube comes first.".to_owned(), ..in_category() }
}

/// A record with a credit and its files.
fn kept(input: &CreditInput, files: Files<'_>) -> Desk {
    let mut desk = Desk::of_maria();
    let credit = desk.credit(input).unwrap();
    for (number, (bytes, role)) in files.iter().enumerate() {
        let path = desk.folder.path().join(format!("file {number}"));
        fs::write(&path, [bytes, format!("{number}").as_bytes()].concat()).unwrap();
        let report = desk
            .recert
            .attach(&ProofOwner::Credit(credit.id.to_string()), &[path], &[*role], &mut |_, _| true)
            .unwrap();
        assert!(report.refused.is_empty(), "{report:?}");
    }
    desk
}

fn checks(desk: &Desk) -> Vec<Check> {
    desk.recert.preflight("cma").unwrap()
}

#[track_caller]
fn only(desk: &Desk) -> Check {
    let mut checks = checks(desk);
    assert_eq!(checks.len(), 1, "{checks:?}");
    checks.remove(0)
}

/// The one check that is amiss, if any.
fn amiss(input: &CreditInput, files: Files<'_>) -> Option<CheckCode> {
    let checks = checks(&kept(input, files));
    assert!(checks.len() < 2, "{checks:?}");
    checks.first().map(|check| check.code)
}

#[test]
fn a_certificate_that_says_everything_gives_nothing_to_say() {
    assert_eq!(checks(&Desk::of_maria()), []);
    assert_eq!(amiss(&approved(), &[(PDF, Certificate)]), None);
    assert_eq!(amiss(&of_another(), &[(PDF, Certificate)]), None);
}

#[test]
fn a_credit_that_no_file_shows_is_told_with_what_the_issuer_wants() {
    let check = only(&kept(&approved(), &[]));
    assert_eq!((check.code, check.fix, check.credits[0].id.as_str()), (CheckCode::NoProof, Fix::Unproven, "c1"));
    assert_eq!(check.rules[0].text, "The credit on AAMA's transcript, or its certificate.");
    assert!(check.rules[0].source.is_some());
    assert_eq!(amiss(&approved(), &[(PDF, CourseDescription)]), Some(CheckCode::NoProof));
    let posted = CreditInput { issuer_transcript: Some(IssuerTranscript::Posted), ..approved() };
    assert_eq!(amiss(&posted, &[]), None, "AAMA's own transcript shows it");
    let planned = CreditInput { status: Status::Planned, completed_on: "2026-02-01".to_owned(), ..approved() };
    assert_eq!(amiss(&planned, &[]), None);
}

#[test]
fn a_card_needs_both_sides_where_the_rules_say_so() {
    let card = CreditInput {
        kind: Kind::CprCard,
        unit: Some(Unit::CprCard),
        amount: "1".to_owned(),
        title: "BLS".to_owned(),
        provider: "Red Cross".to_owned(),
        ..course()
    };
    let check = only(&kept(&card, &[(PHOTO, CardFront)]));
    assert_eq!(check.code, CheckCode::NoCardBack);
    assert!(check.rules[0].text.contains("front and back"), "{check:?}");
    assert_eq!(amiss(&card, &[(PHOTO, CardFront), (PHOTO, CardBack)]), None, "of a paper card there is only a picture");
    assert_eq!(amiss(&card, &[]), Some(CheckCode::NoProof));
}

#[test]
fn hours_that_nobody_knows_are_told() {
    let draft =
        CreditInput { status: Status::Draft, amount: String::new(), unit: None, split: BTreeMap::new(), ..approved() };
    assert_eq!(amiss(&draft, &[(PDF, Certificate)]), Some(CheckCode::NoAmount));
    let unfinished = CreditInput { completed_on: String::new(), ..draft };
    assert_eq!(amiss(&unfinished, &[(PDF, Certificate)]), None, "a draft of nothing yet");
    let mut desk = kept(&CreditInput { unit: Some(Unit::Ceu), ..of_another() }, &[(PDF, Certificate)]);
    let check = only(&desk);
    assert_eq!((check.code, check.fix), (CheckCode::NoAmount, Fix::Question));
    answer(&mut desk, "rate.ceu", "1 contact hour");
    assert_eq!(checks(&desk), []);
}

fn answer(desk: &mut Desk, question: &str, answer: &str) {
    let input = AnswerInput {
        question: question.to_owned(),
        answer: answer.to_owned(),
        credential: "cma".to_owned(),
        credits: vec!["c1".to_owned()],
        answered_on: String::new(),
        note: String::new(),
    };
    desk.recert.add_answer(&input).unwrap();
}

#[test]
fn what_was_done_outside_the_period_is_told_unless_it_is_of_an_earlier_one() {
    let on = |day: &str| CreditInput { completed_on: day.to_owned(), ..approved() };
    let check = only(&kept(&on("2020-03-04"), &[(PDF, Certificate)]));
    assert_eq!(check.code, CheckCode::OutsidePeriod);
    assert!(check.sentence.contains("the period that you apply for"), "{}", check.sentence);
    assert_eq!(amiss(&on("2026-01-16"), &[(PDF, Certificate)]), None, "tomorrow lies in the period");
    assert_eq!(amiss(&on("2021-03-18"), &[(PDF, Certificate)]), None);
    let mut desk = kept(&on("2022-03-04"), &[(PDF, Certificate)]);
    let renewed = CredentialInput { recertified_on: "2025-03-17".to_owned(), ..certified("cma-aama") };
    desk.recert.save_credential(Some("cma"), &renewed).unwrap();
    assert_eq!(checks(&desk), [], "it earned the renewal of 2025");
}

#[test]
fn a_course_that_stands_there_twice_is_told_until_she_says_that_they_differ() {
    let mut desk = kept(&approved(), &[(PDF, Certificate)]);
    desk.credit(&approved()).unwrap();
    let path = desk.folder.path().join("file 0");
    desk.recert.attach(&ProofOwner::Credit("c2".to_owned()), &[path], &[Certificate], &mut |_, _| true).unwrap();
    let check = only(&desk);
    assert_eq!((check.code, check.fix, check.credits.len()), (CheckCode::Duplicate, Fix::Question, 2));
    answer(&mut desk, "duplicate", "different");
    assert_eq!(checks(&desk), []);
}

#[test]
fn training_at_work_is_told_where_the_rules_refuse_it() {
    let in_house = |kind: Kind| CreditInput { kind, ..of_another() };
    let check = only(&kept(&in_house(Kind::InService), &[(PDF, Certificate)]));
    assert_eq!(check.code, CheckCode::InHouse);
    assert_eq!(check.rules[0].text, "AAMA gives no points for work or for training on the job.");
    assert_eq!(amiss(&in_house(Kind::Workshop), &[(PDF, Certificate)]), None);
    let no_credit = CreditInput { formal_credit: Some(false), ..of_another() };
    assert_eq!(amiss(&no_credit, &[(PDF, Certificate)]), Some(CheckCode::InHouse));
}

#[test]
fn another_name_on_the_certificate_is_told_unless_it_was_hers() {
    let named = |name: &str| CreditInput { name_on_certificate: name.to_owned(), ..approved() };
    let mut desk = kept(&named("Maria Smith"), &[(PDF, Certificate)]);
    let check = only(&desk);
    assert_eq!((check.code, check.fix), (CheckCode::OtherName, Fix::Details));
    assert_eq!(check.credits[0].note.as_deref(), Some("It says “Maria Smith”."));
    assert!(check.rules.is_empty() && check.sentence.starts_with("Good sense rather than a rule: "), "{check:?}");
    let holder = HolderInput {
        name: "Maria Delgado".to_owned(),
        former_names: vec!["Maria L. Smith".to_owned()],
        ..HolderInput::default()
    };
    desk.recert.save_holder(&holder).unwrap();
    assert_eq!(checks(&desk), []);
    assert_eq!(amiss(&named("DELGADO, María L."), &[(PDF, Certificate)]), None);
}

#[test]
fn a_title_that_explains_nothing_wants_a_description() {
    let vague = CreditInput { title: "CEU Course".to_owned(), ..approved() };
    assert_eq!(amiss(&vague, &[(PDF, Certificate)]), Some(CheckCode::UnclearTitle));
    assert_eq!(amiss(&vague, &[(PDF, Certificate), (PDF, CourseDescription)]), None);
    let described = CreditInput { description: "Wound care.".to_owned(), ..vague };
    assert_eq!(amiss(&described, &[(PDF, Certificate)]), None);
}

#[test]
fn what_the_issuer_wants_filled_in_is_told_with_its_rule() {
    let silent = CreditInput { description: String::new(), provider: String::new(), ..of_another() };
    let check = only(&kept(&silent, &[(PDF, Certificate)]));
    assert_eq!(check.code, CheckCode::NotFilledIn);
    assert_eq!(check.credits[0].note.as_deref(), Some("Missing: provider, what it was about."));
    assert!(check.rules[0].text.contains("what the course was about"), "{check:?}");
}

#[test]
fn the_number_of_the_provider_is_wanted_by_the_rules_or_by_whoever_looks_it_up() {
    let approved_elsewhere = CreditInput { approver: "ANCC".to_owned(), ..of_another() };
    let check = only(&kept(&approved_elsewhere, &[(PDF, Certificate)]));
    assert_eq!((check.code, check.rules.len()), (CheckCode::NoProviderNumber, 0));
    assert!(check.sentence.starts_with("Good sense rather than a rule: "), "{}", check.sentence);
    let numbered = CreditInput { provider_number: "P0123".to_owned(), ..approved_elsewhere };
    assert_eq!(amiss(&numbered, &[(PDF, Certificate)]), None);
    assert_eq!(amiss(&of_another(), &[(PDF, Certificate)]), None, "approved by nobody");

    let mut desk = kept(&of_another(), &[(PDF, Certificate)]);
    let fields = r#"["title", "provider_number"]"#.to_owned();
    let changed = OverrideInput {
        pack: "cma-aama".to_owned(),
        path: "evidence[2].fields".to_owned(),
        value: fields,
        reason: "AAMA's letter".to_owned(),
    };
    desk.recert.set_override(&changed).unwrap();
    let check = only(&desk);
    assert_eq!((check.code, check.rules.len()), (CheckCode::NoProviderNumber, 1));
    assert!(!check.sentence.starts_with("Good sense"), "{}", check.sentence);
}

#[test]
fn a_photo_instead_of_the_providers_own_file_is_told() {
    let check = only(&kept(&approved(), &[(PHOTO, Certificate)]));
    assert_eq!(check.code, CheckCode::Picture);
    assert_eq!(check.credits[0].note.as_deref(), Some("file 0 looks like a photo."));
    assert_eq!(amiss(&approved(), &[(PHOTO, Certificate), (PDF, Certificate)]), None);
}

#[test]
fn a_school_transcript_that_shows_more_than_the_course_is_told() {
    let college = CreditInput { kind: Kind::College, ..of_another() };
    for (says, code) in [
        ("MED 101 Medical Law 3.0 A. Cumulative GPA 3.7. SSN 123-45-6789", Some(CheckCode::ShowsMore)),
        ("MED 101 Medical Law 3.0 passed", None),
    ] {
        let mut desk = kept(&college, &[(PDF, TranscriptPage)]);
        let sha256 = desk.recert.credit("c1").unwrap().proofs[0].sha256.clone();
        desk.recert.vault_mut().unwrap().keep_text(&sha256, says).unwrap();
        let checks = checks(&desk);
        assert_eq!(checks.first().map(|check| check.code), code, "{checks:?}");
        if let Some(check) = checks.first() {
            let note = check.credits[0].note.as_deref();
            assert_eq!(note, Some("file 0 shows a Social Security number and a grade average."));
        }
    }
}

#[test]
fn what_cannot_be_printed_is_told_once_for_each_credit_and_of_her_beside_them() {
    let strange = CreditInput {
        title: "Phlebotomy 採血".to_owned(),
        description: "🩺 Which tube comes first.".to_owned(),
        ..of_another()
    };
    let desk = kept(&strange, &[(PDF, Certificate)]);
    let check = only(&desk);
    assert_eq!((check.code, check.fix), (CheckCode::Unprintable, Fix::Credit));
    let note = "“採”, “血” in “Phlebotomy 採血”. “🩺” in “🩺 Which tube comes first.”.";
    assert_eq!((check.credits.len(), check.credits[0].note.as_deref()), (1, Some(note)));
    let planned = CreditInput { status: Status::Planned, completed_on: "2026-02-01".to_owned(), ..strange };
    assert_eq!(amiss(&planned, &[]), Some(CheckCode::Unprintable), "the calendar shows plans");

    let mut desk = kept(&of_another(), &[(PDF, Certificate)]);
    let holder = HolderInput {
        name: "Maria Delgado".to_owned(),
        former_names: vec!["王 Maria".to_owned()],
        ..HolderInput::default()
    };
    desk.recert.save_holder(&holder).unwrap();
    let check = only(&desk);
    assert_eq!((check.code, check.fix, check.credits.len()), (CheckCode::UnprintableDetails, Fix::Details, 0));
    assert!(check.sentence.ends_with("“王” in “王 Maria”."), "{check:?}");
    let transcript =
        desk.recert.save_transcript("cma", &TranscriptChoice::default(), &desk.folder.path().join("t.pdf"));
    assert_eq!(transcript.unwrap_err().code, Code::Unprintable);
}

#[test]
fn every_counted_credit_that_is_not_proven_is_among_those_that_are_told() {
    let mut desk = Desk::of_maria();
    for (number, (approver, unit, description)) in [
        ("aama", Unit::AamaCeu, ""),
        ("", Unit::ContactHour, ""),
        ("", Unit::ContactHour, "Law"),
        ("unsure", Unit::ContactHour, ""),
        ("ANCC", Unit::ClockHour, "Law"),
    ]
    .into_iter()
    .enumerate()
    {
        let (approver, description) = (approver.to_owned(), description.to_owned());
        let title = format!("Phlebotomy {number}");
        desk.credit(&CreditInput { title, approver, unit: Some(unit), description, ..in_category() }).unwrap();
    }
    let told = checks(&desk);
    let about = [CheckCode::NoProof, CheckCode::NoCardBack, CheckCode::NotFilledIn];
    let told: Vec<&str> = told
        .iter()
        .filter(|check| about.contains(&check.code))
        .flat_map(|check| &check.credits)
        .map(|one| one.id.as_str())
        .collect();
    let evaluation = desk.recert.evaluation("cma").unwrap();
    assert_eq!(evaluation.credits.len(), 5);
    for outcome in evaluation.credits.iter().filter(|outcome| !outcome.proven) {
        assert!(told.contains(&&*outcome.id), "{} is not told: {told:?}", outcome.id);
    }
}
