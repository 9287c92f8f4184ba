//! What the pages say.

use domain::evaluation::{Cap, Counts, Reason, Requirement, RequirementKind, ShownBy};
use domain::{Approver, Award, FactKind, IssuerTranscript, ProofRef, ProofRole, Record, Status, Unit};
use transcript::{Error, Tag, Unprintable};

use crate::records::{self, Sample, day, points, reason};
use crate::{elements, page_text, pages, text};

/// The text without the document's number, which changes with every field the record gains.
pub(crate) fn golden(pages: &transcript::Pages) -> String {
    let numbered = |line: &str| line.split_once("Document ").map(|(before, _)| format!("{before}Document …"));
    text(pages).lines().map(|line| numbered(line).unwrap_or(line.to_owned())).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_record_without_credits_gives_one_page_that_says_what_is_needed() {
    let pages = pages(&records::empty());
    assert_eq!(pages.pages.len(), 1);
    insta::assert_snapshot!(golden(&pages));
}

#[test]
fn a_record_of_five_years_is_grouped_added_up_and_explained() {
    insta::assert_snapshot!(golden(&pages(&records::lived_in())));
}

#[test]
fn a_limit_on_a_number_of_cards_and_hours_worked_are_told_in_what_they_count() {
    let mut sample = records::empty();
    let cards = Cap {
        label: "CPR cards".into(),
        counts: Counts::Credits,
        limit: points("3"),
        earned: points("4"),
        counted: points("3"),
        ..sample.evaluation.caps[0].clone()
    };
    sample.evaluation.caps.push(cards);
    let by = ShownBy { fact: FactKind::WorkHours, tag: None, hours: true, none: false, lacks_paper: false };
    let (needed, counted) = (points("1040"), points("320"));
    let worked = Requirement {
        kind: RequirementKind::Condition,
        needed,
        earned: points("520.5"),
        counted,
        short: counted.short_of(needed),
        words: Some("Show at least 1,040 hours of work.".into()),
        shown_by: Some(by),
        ..sample.evaluation.requirements[0].clone()
    };
    sample.evaluation.requirements = vec![worked];
    let text = text(&pages(&sample)).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("CPR cards: at most 3 count, whatever each is worth; 3 of 4 count."), "{text}");
    assert!(text.contains("320 of 1,040 hours are on file, and 200.5 more without their days."), "{text}");
    assert!(!text.contains("1040"), "hours stand in no column of points: {text}");
}

#[test]
fn planned_and_draft_credits_do_not_appear() {
    let mut sample = records::empty();
    sample.add("Done", day("2024-01-01"), &[("clinical", "1")], true);
    sample.add("Only planned", day("2024-01-01"), &[("clinical", "1")], true).status = Status::Planned;
    sample.add("Only begun", day("2024-01-01"), &[("clinical", "1")], true).status = Status::Draft;
    let text = text(&pages(&sample));
    assert!(text.contains("Done"));
    assert!(!text.contains("Only planned") && !text.contains("Only begun"), "{text}");
}

#[test]
fn the_issuers_own_credits_come_first_then_by_category_then_by_date() {
    let mut sample = records::empty();
    sample.add("Fourth", day("2021-05-01"), &[("administrative", "1")], false);
    sample.add("Third", day("2024-05-01"), &[("clinical", "1")], true);
    sample.add("Second", day("2023-05-01"), &[("clinical", "1")], true);
    sample.add("First", day("2025-05-01"), &[("administrative", "1")], true);
    let text = text(&pages(&sample));
    let at = |title: &str| text.find(title).unwrap();
    assert!(at("First") < at("Second") && at("Second") < at("Third") && at("Third") < at("Fourth"), "{text}");
}

#[test]
fn sub_totals_and_the_grand_total_add_up() {
    let mut sample = records::empty();
    sample.add("A", day("2023-05-01"), &[("clinical", "1.25")], true);
    sample.add("B", day("2023-05-02"), &[("clinical", "2.5")], true);
    sample.add("C", day("2023-05-03"), &[("general", "4")], true);
    sample.add("D", day("2023-05-04"), &[("general", "8")], false);
    sample.outcome().counted = points("6");
    let text = text(&pages(&sample));
    for total in [
        "Clinical: 2 activities | 3.75 | 3.75",
        "All approved by AAMA: 3 activities | 7.75 | 7.75",
        "General: 1 activity | 8 | 6",
        "All activities: 4 activities | 15.75 | 13.75",
    ] {
        assert!(text.contains(total), "{total} is missing in\n{text}");
    }
}

#[test]
fn a_split_credit_shows_its_split_and_stands_in_a_group_of_its_own() {
    let mut sample = records::empty();
    sample.add("Both", day("2023-05-01"), &[("clinical", "3"), ("general", "2.5")], true);
    let text = text(&pages(&sample));
    assert!(text.contains("More than one category") && text.contains("Clinical 3, General 2.5"), "{text}");
}

#[test]
fn the_conversions_show_how_each_point_came_about_and_add_up_to_all_that_was_earned() {
    let mut sample = records::empty();
    let credit = sample.add("Thirds", day("2023-05-01"), &[("clinical", "1.33")], false);
    credit.amount = "1.3333".parse().ok();
    let credit = sample.add("Told", day("2023-06-01"), &[("clinical", "2")], false);
    (credit.unit, credit.amount) = (Some(Unit::Ceu), "0.2".parse().ok());
    sample.outcome().rate = None;
    let credit = sample.add("In two units", day("2023-06-01"), &[("clinical", "6")], false);
    (credit.unit, credit.amount) = (Some(Unit::IacetCeu), "0.6".parse().ok());
    credit.awards = vec![Award { amount: "6.0".parse().unwrap(), unit: Unit::ClockHour, approver: None, number: None }];
    let credit = sample.add("Half of it outside the field", day("2023-06-01"), &[("clinical", "1.5")], false);
    credit.amount = "3".parse().ok();
    let text = text(&pages(&sample));
    for told in [
        "1 contact hour = 1 point. 2 activities: 4.3333 contact hours = 2.83 points, for part of it earns nothing.",
        "1 clock hour = 1 point. 1 activity: 6 clock hours = 6 points.",
        "Without a fixed rate. 1 activity: 0.2 CEUs = 2 points.",
        "Clinical: 4 activities | 10.83",
    ] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
    assert!(!text.contains("IACET CEU ="), "its other amount gives the points: {text}");
}

#[test]
fn the_pages_speak_of_the_holder_and_not_to_her() {
    let mut sample = records::lived_in();
    let say = |code: &'static str, text: &str| Reason { code: code.into(), ..reason(text) };
    let outcome = &mut sample.evaluation.credits[0];
    outcome.reasons = vec![say("confirm", "Confirm with AAMA that it counts.").into()].into();
    (outcome.counted, outcome.split) =
        (points("0.5"), [("administrative".into(), points("0.5"))].into_iter().collect());
    sample.evaluation.notes =
        vec![say("late", "Until you are renewed, don't sign."), say("pin_ignored", "Your wish was not followed.")];
    sample.evaluation.gap.sentence = "You still need 2 administrative points.".into();
    let told = text(&pages(&sample));
    for hers in ["You ", "you ", "your ", "Your ", "Confirm ", "Ask "] {
        assert!(!told.contains(hers), "“{hers}” in {told}");
    }
    assert!(told.contains("The requirements are not met yet: “Administrative” lacks 2."), "{told}");
    let open = "Activities 24, 30: it is not known yet how many points the amount on the certificate gives.";
    assert!(told.contains(open), "{told}");
}

#[test]
fn an_issuer_that_counts_hours_without_categories_has_no_groups_and_no_points() {
    let mut sample = records::empty();
    sample.labels.categories.clear();
    sample.labels.counts_in = ("hour".into(), "hours".into());
    sample.evaluation.requirements.truncate(1);
    sample.evaluation.requirements[0].label = "All hours".into();
    sample.add("A", day("2023-05-01"), &[("unassigned", "3")], true);
    sample.add("B", day("2023-05-01"), &[("unassigned", "1")], false);
    let told = text(&pages(&sample));
    for line in ["All approved by AAMA: 1 activity | 3", "All activities: 2 activities | 4", "1 contact hour = 1 hour."]
    {
        assert!(told.contains(line), "{line} is missing in {told}");
    }
    for strange in ["category", "points", "Clinical"] {
        assert!(!told.contains(strange), "“{strange}” in {told}");
    }
}

#[test]
fn points_without_a_category_stand_in_a_group_that_says_so() {
    let mut sample = records::empty();
    sample.add("Open", day("2023-05-01"), &[("unassigned", "3")], true);
    sample.add("Half open", day("2023-05-01"), &[("clinical", "3"), ("unassigned", "1")], true);
    let text = text(&pages(&sample));
    assert!(text.contains("No category yet: 1 activity | 3 | 3"), "{text}");
    assert!(text.contains("Clinical 3, No category yet 1"), "{text}");
}

#[test]
fn what_counts_in_part_stands_where_its_certificate_puts_it() {
    let mut sample = records::empty();
    let credit = sample.add("Symposium", day("2023-05-01"), &[("administrative", "1.5")], false);
    credit.split = [("clinical", "5"), ("administrative", "1.5")]
        .map(|(id, amount)| (id.to_owned(), amount.parse().unwrap()))
        .into();
    let outcome = sample.outcome();
    (outcome.earned, outcome.reasons) = (points("6.5"), vec![reason("At most 1.5 are left.").into()].into());
    let text = text(&pages(&sample));
    for told in [
        "More than one category: 1 activity | 6.5 | 1.5",
        "As printed: Administrative 1.5, Clinical 5",
        "Counted: Administrative 1.5",
    ] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
}

#[test]
fn a_topic_of_the_rules_and_a_card_of_another_body_are_named() {
    let mut sample = records::empty();
    sample.labels.tags = vec![("law".to_owned(), "Pharmacy law".to_owned())];
    let credit = sample.add("Update", day("2023-05-01"), &[("clinical", "1")], false);
    credit.tags = ["law".to_owned(), "strange".to_owned()].into_iter().collect();
    let card = sample.add("BLS Provider", day("2023-06-01"), &[("clinical", "4")], true);
    (card.unit, card.amount, card.approver) = (Some(Unit::CprCard), "1".parse().ok(), Some(Approver::new("aha")));
    sample.outcome().rate = None;
    let text = text(&pages(&sample)).split_whitespace().collect::<Vec<_>>().join(" ");
    for told in ["Pharmacy law", "issued by AHA, counts as approved by AAMA", "1 CPR card = 4 points. 1 activity"] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
    assert!(!text.contains("strange"), "{text}");
}

#[test]
fn a_condition_names_what_shows_it_with_its_exhibit_and_says_where_only_paper_is_missing() {
    let mut sample = records::equipped(records::empty());
    let by = ShownBy { fact: FactKind::CprCard, tag: None, hours: false, none: false, lacks_paper: false };
    let line = |label: &str, by: ShownBy| Requirement {
        label: label.into(),
        kind: RequirementKind::Condition,
        state: domain::evaluation::Verdict::Met,
        shown_by: Some(by),
        ..sample.evaluation.requirements[0].clone()
    };
    let training = ShownBy { fact: FactKind::Attestation, lacks_paper: true, ..by.clone() };
    let lines = vec![line("Current CPR card", by), line("HIPAA training", training)];
    sample.evaluation.requirements.extend(lines);
    let told = text(&pages(&sample)).split_whitespace().collect::<Vec<_>>().join(" ");
    let card = "BLS Provider, American Heart Association, valid to 30 Jun 2027 · Exhibit";
    assert!(told.contains(card) && told.contains("HIPAA training | Met, no proof yet"), "{told}");
    assert!(!told.contains("valid to 31 May 2025"), "a card that has expired: {told}");
    let index = crate::text(
        &transcript::sheet_pages(transcript::SheetKind::Index, sample.material(), &sample.options).unwrap(),
    );
    assert!(index.contains("f1 front.jpg"), "{index}");
}

#[test]
fn what_does_not_count_says_why_and_other_periods_are_only_numbered() {
    let mut sample = records::empty();
    for (title, on) in [("In-house training", "2024-05-01"), ("Ten years ago", "2014-05-01")] {
        sample.add(title, day(on), &[("clinical", "8")], false);
        let outcome = sample.outcome();
        (outcome.earned, outcome.counted) = (points("0"), points("0"));
        outcome.reasons = vec![reason("No formal credit was issued.").into()].into();
    }
    let pages = pages(&sample);
    assert!(elements(&pages, Tag::H2).contains(&"Not counted".to_owned()));
    let text = text(&pages);
    assert!(text.contains("In-house training") && text.contains("No formal credit was issued."), "{text}");
    assert!(!text.contains("Ten years ago") && text.contains("1 activity completed outside the period"), "{text}");
}

#[test]
fn proof_is_named_in_words_and_one_file_for_two_credits_is_one_exhibit() {
    let mut sample = records::empty();
    let file = |digit: &str, name: &str| ProofRef {
        sha256: digit.repeat(64),
        name: name.into(),
        role: ProofRole::Certificate,
    };
    sample.add("A", day("2023-05-01"), &[("clinical", "1")], false).proofs =
        vec![file("a", "both.pdf"), file("b", "own.pdf")];
    sample.outcome().proven = true;
    sample.add("B", day("2023-05-02"), &[("clinical", "1")], false).proofs = vec![file("a", "both.pdf")];
    sample.outcome().proven = false;
    sample.add("C", day("2023-05-03"), &[("clinical", "1")], false);
    sample.add("D", day("2023-05-04"), &[("clinical", "1")], true).issuer_transcript = Some(IssuerTranscript::Expected);
    sample.outcome().proven = false;
    sample.add("E", day("2023-05-05"), &[("clinical", "1")], true);
    sample.outcome().proven = false;
    let cells = elements(&pages(&sample), Tag::Cell);
    assert_eq!(elements(&pages(&sample), Tag::Link), ["Exhibit 1 ", "Exhibit 2", "Exhibit 1 "]);
    for cell in
        ["Details missing", "No proof yet", "Expected on AAMA’s transcript", "On AAMA’s transcript Details missing"]
    {
        assert!(cells.iter().any(|text| text == cell), "{cell} is missing in {cells:?}");
    }
    assert!(cells.iter().any(|text| text == "aaaaaaaaaaaa"), "the fingerprint is missing in {cells:?}");
    let lacking = domain::Lacking {
        papers: vec![vec![ProofRole::CardBack]],
        fields: vec![domain::pack::Field::Description],
        wanted: None,
    };
    let lacks = sample.record.credits[1].id.to_string();
    sample.papers = [(lacks, domain::Papers { recorded: false, lacking: Some(lacking) })].into();
    let cells = elements(&pages(&sample), Tag::Cell);
    let told = "Missing: back of the card, what it was about";
    assert!(cells.iter().any(|text| text == told), "{told} is missing in {cells:?}");
}

#[test]
fn short_words_are_explained_where_they_occur_and_what_a_file_shows_is_named() {
    let mut sample = records::many(3);
    let credit = &mut sample.record.credits[2];
    credit.unit = Some(Unit::CmeCredit);
    credit.proofs = vec![ProofRef { sha256: "a".repeat(64), name: "a.pdf".into(), role: ProofRole::Agenda }];
    let text = text(&pages(&sample));
    for told in
        ["CEU | Continuing education unit.", "CME | Continuing medical education.", "AAMA | American Association"]
    {
        assert!(text.contains(told) && !text.contains("CPR | "), "{told} is missing in {text}");
    }
    assert!(text.contains("1 | a.pdf | Agenda or program | 3 | aaaaaaaaaaaa"), "{text}");
}

#[test]
fn every_page_says_whose_it_is_what_it_is_and_how_many_there_are() {
    let sample = records::many(40);
    let pages = pages(&sample);
    let count = pages.pages.len();
    assert!(count > 2);
    for (index, page) in pages.pages.iter().enumerate() {
        let text = page_text(page);
        let foot = "Maria Delgado · Member no. 123456 · CMA (AAMA) · 17 Mar 2021 – 31 Mar 2026";
        assert!(text.contains(&format!("{foot} | Page {} of {count}", index + 1)), "{text}");
        assert!(
            text.contains("Personal record prepared by the credential holder; not a transcript of AAMA | Document ")
        );
    }
}

#[test]
fn a_character_that_no_font_has_is_refused_with_the_credit_it_stands_in() {
    let mut sample = records::empty();
    sample.add("Phlebotomy 採血", day("2024-03-04"), &[("clinical", "1")], true);
    let error = transcript::pages(sample.material(), &sample.options).expect_err("printed");
    assert_eq!(
        error.to_string(),
        "The credit “Phlebotomy 採血” of 4 Mar 2024 cannot be printed: the font lacks “採”, “血” (in “Phlebotomy \
         採血”). Write it with Latin, Greek or Cyrillic letters"
    );
}

#[test]
fn the_holders_name_is_refused_as_such() {
    let mut sample = records::empty();
    sample.record.holder.name = "王 Maria".into();
    let error = transcript::pages(sample.material(), &sample.options);
    assert!(
        matches!(&error, Err(Error::Unprintable { place, characters, .. })
            if place == "the holder’s name" && *characters == ['王']),
        "{error:?}"
    );
}

/// A text of a record that is printed as it is, to be set.
type Text = fn(&mut Record, String);

#[test]
fn whatever_cannot_be_printed_is_told_beforehand_with_whose_it_is() {
    let hers: [Text; 4] = [
        |record, text| record.holder.name = text,
        |record, text| record.holder.former_names = vec![text],
        |record, text| record.holder.address = vec![text],
        |record, text| drop(record.holder.issuer_ids.insert("aama".into(), text)),
    ];
    let of_credits: [Text; 8] = [
        |record, text| record.credits[0].title = text,
        |record, text| record.credits[0].provider = Some(text),
        |record, text| record.credits[0].provider_number = Some(text),
        |record, text| record.credits[0].format = Some(text),
        |record, text| record.credits[0].name_on_certificate = Some(text),
        |record, text| record.credits[0].description = Some(text),
        |record, text| record.credits[0].relevance = Some(text),
        |record, text| record.credits[0].approver = Some(Approver::new(&text)),
    ];
    let texts = hers.map(|set| (set, None)).into_iter().chain(of_credits.map(|set| (set, Some("c1".to_owned()))));
    for ((set, credit), character) in texts.zip(['採', '🩺', 'ש', 'ع'].into_iter().cycle()) {
        let mut sample = records::many(2);
        let told =
            |sample: &Sample| transcript::unprintable(&sample.record, &sample.evaluation, &sample.labels).unwrap();
        assert_eq!(told(&sample), []);
        let text = format!("Blood {character}");
        set(&mut sample.record, text.clone());
        assert_eq!(told(&sample), [Unprintable { credit, text, characters: vec![character] }]);
        let error = transcript::pages(sample.material(), &sample.options);
        assert!(
            matches!(&error, Err(Error::Unprintable { characters, .. }) if *characters == [character]),
            "{error:?}"
        );
    }
}

#[test]
fn what_is_on_no_page_need_not_be_printed() {
    let mut sample = records::many(2);
    (sample.record.credits[0].title, sample.record.credits[0].status) = ("採血".into(), Status::Draft);
    sample.record.holder.issuer_ids.insert("amt".into(), "採".into());
    let told = |sample: &Sample| transcript::unprintable(&sample.record, &sample.evaluation, &sample.labels).unwrap();
    assert_eq!(told(&sample), []);
    pages(&sample);
    // The calendar shows what is planned.
    sample.record.credits[0].status = Status::Planned;
    assert_eq!(told(&sample).len(), 1);
}

#[test]
fn an_evaluation_of_another_record_is_refused() {
    let mut sample = records::many(3);
    sample.record.credits.pop();
    let error = transcript::pages(sample.material(), &sample.options);
    assert_eq!(error, Err(Error::Mismatch { id: "c3".into() }));
}
