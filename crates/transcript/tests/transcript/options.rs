//! What may be chosen, alone and together.

use std::sync::Arc;

use domain::evaluation::Reason;
use domain::{IssuerTranscript, Papers, Points};
use transcript::{Extent, Hidden, Only, Paper, Print};

use crate::conformance::{embedded_record, failures};
use crate::records::{self, Sample};
use crate::{pages, pdf, text};

const HIDDEN: [Hidden; 4] = [Hidden::Numbers, Hidden::Address, Hidden::FormerNames, Hidden::Descriptions];

/// Every choice with every other.
fn combinations(sample: impl Fn() -> Sample) -> impl Iterator<Item = Sample> {
    (0..32).map(move |bits: u32| {
        let mut sample = sample();
        let is = |bit: u32| bits & (1 << bit) != 0;
        let options = &mut sample.options;
        options.paper = if is(0) { Paper::A4 } else { Paper::Letter };
        options.print = if is(1) { Print::Large } else { Print::Regular };
        options.extent = if is(2) { Extent::Summary } else { Extent::Whole };
        options.only = if is(3) { Only::OtherSources } else { Only::All };
        options.hide = if is(4) { HIDDEN.into() } else { [].into() };
        sample
    })
}

/// Choices such that any two values of two of them meet.
fn pairs(sample: impl Fn() -> Sample) -> impl Iterator<Item = Sample> {
    const PAIRWISE: [usize; 6] = [0b00000, 0b01011, 0b10110, 0b11101, 0b00111, 0b11010];
    let all: Vec<Sample> = combinations(sample).collect();
    all.into_iter().enumerate().filter(|(bits, _)| PAIRWISE.contains(bits)).map(|(_, sample)| sample)
}

#[test]
fn every_combination_of_options_conforms() {
    for sample in combinations(|| records::many(40)) {
        assert_eq!(failures(&pdf(&sample)), Vec::<String>::new(), "{:?}", sample.options);
    }
}

#[test]
fn every_pair_of_options_conforms_for_no_credit_one_and_400() {
    for count in [0, 1, 400] {
        for sample in pairs(|| records::many(count)) {
            assert_eq!(failures(&pdf(&sample)), Vec::<String>::new(), "{count} credits, {:?}", sample.options);
        }
    }
}

#[test]
fn any_two_values_of_two_options_meet_in_the_pairs() {
    let chosen: Vec<u32> = [0b00000, 0b01011, 0b10110, 0b11101, 0b00111, 0b11010].into();
    for (one, other) in (0..5).flat_map(|one| (0..one).map(move |other| (one, other))) {
        for values in 0..4_u32 {
            let meets = |bits: &u32| (bits >> one) & 1 == values & 1 && (bits >> other) & 1 == values >> 1;
            assert!(chosen.iter().any(meets), "options {one} and {other} never are {values:02b}");
        }
    }
}

#[test]
fn four_thousand_credits_conform_as_a_whole_and_as_a_summary() {
    for extent in [Extent::Whole, Extent::Summary] {
        let mut sample = records::many(4_000);
        sample.options.extent = extent;
        assert_eq!(failures(&pdf(&sample)), Vec::<String>::new(), "{extent:?}");
    }
}

#[test]
fn a_summary_is_one_page_and_its_embedded_record_lists_no_credits() {
    let mut sample = records::many(400);
    sample.options.extent = Extent::Summary;
    let pages = pages(&sample);
    assert_eq!(pages.pages.len(), 1);
    let record = domain::Record::from_json(&embedded_record(&sample)).unwrap();
    assert_eq!((record.credits.len(), record.holder.name.as_str()), (0, "Maria Delgado"));
}

#[test]
fn only_other_sources_leaves_the_issuers_own_to_its_record_and_says_how_many() {
    let mut sample = records::many(30);
    sample.options.only = Only::OtherSources;
    let text = text(&pages(&sample));
    assert!(!text.contains("All approved by AAMA"), "{text}");
    assert!(text.contains("20 activities approved by AAMA, which count for"), "{text}");
    let record = domain::Record::from_json(&embedded_record(&sample)).unwrap();
    assert_eq!(record.credits.len(), 10);
}

#[test]
fn what_the_issuer_does_not_have_is_never_left_to_its_record() {
    let mut sample = records::many(30);
    sample.options.only = Only::OtherSources;
    let own = sample.evaluation.credits.iter().filter(|outcome| outcome.approved == Some(true)).count();
    let mut titles = ["Not there", "Waited for", "Copy of a card", "Not looked for yet"].into_iter();
    let approved = sample.evaluation.credits.iter().map(|outcome| outcome.approved == Some(true));
    for (credit, _) in sample.record.credits.iter_mut().zip(approved).filter(|(_, approved)| *approved) {
        match titles.next() {
            Some("Copy of a card") => {
                (credit.title, credit.issuer_transcript) = ("Copy of a card".into(), None);
            }
            Some("Not looked for yet") => {
                credit.issuer_transcript = None;
                sample.papers.insert(credit.id.to_string(), Papers { recorded: true, lacking: None });
            }
            Some(title) => {
                credit.title = title.into();
                let waited = title == "Waited for";
                let state = if waited { IssuerTranscript::Expected } else { IssuerTranscript::Missing };
                credit.issuer_transcript = Some(state);
            }
            None => {}
        }
    }
    let text = text(&pages(&sample));
    for title in ["Not there", "Waited for", "Copy of a card"] {
        assert!(text.contains(title), "{title}: {text}");
    }
    assert!(text.contains(&format!("Not listed on these pages: {} activities approved by AAMA", own - 3)), "{text}");
}

#[test]
fn what_counts_once_only_is_earned_once_only() {
    let mut sample = records::many(2);
    let earned = sample.evaluation.credits[0].earned;
    sample.evaluation.credits[1].counted = Points::ZERO;
    let again = Reason { code: "duplicate".into(), ..records::reason("Counted once.") };
    sample.evaluation.credits[1].reasons = std::iter::once(Arc::new(again)).collect();
    let text = text(&pages(&sample));
    assert!(text.contains("1 activity | ") && text.contains("Not counted") && text.contains("Counted once."), "{text}");
    assert!(text.contains(&format!("1 activity | {earned}")), "{text}");
}

#[test]
fn what_shows_a_change_of_name_is_hidden_with_the_former_name() {
    let mut sample = records::many(1);
    let file = |digit: &str| domain::ProofRef {
        sha256: digit.repeat(64),
        name: "Marriage.pdf".into(),
        role: domain::ProofRole::NameChange,
    };
    sample.record.credits[0].proofs = vec![file("a")];
    let said = |sample: &Sample| text(&pages(sample)) + &embedded_record(sample);
    assert!(said(&sample).contains("Marriage.pdf"));
    sample.options.hide = [Hidden::FormerNames].into();
    assert!(!said(&sample).contains("Marriage.pdf"));

    sample.record.holder.former_names = vec!["Maria Ruiz".into()];
    sample.record.credits[0].proofs[0] =
        domain::ProofRef { name: "RUIZ_CPR-course.pdf".into(), role: domain::ProofRole::Certificate, ..file("b") };
    let told = said(&sample);
    assert!(!told.to_lowercase().contains("ruiz") && told.contains("Certificate.pdf"), "{told}");
    sample.options.hide.clear();
    assert!(said(&sample).contains("RUIZ_CPR-course.pdf"));
}

#[test]
fn a_summary_of_other_sources_says_that_the_issuers_own_are_left_out() {
    let mut sample = records::many(30);
    (sample.options.only, sample.options.extent) = (Only::OtherSources, Extent::Summary);
    let text = text(&pages(&sample));
    assert!(
        text.contains("All: 30 activities | 78.5 | 35") && text.contains("20 activities approved by AAMA"),
        "{text}"
    );
}

#[test]
fn what_is_hidden_is_neither_on_the_pages_nor_in_the_embedded_record() {
    let mut sample = records::lived_in();
    sample.record.credits[0].description = Some("Sharps and their safe disposal".into());
    sample.record.credits[1].name_on_certificate = Some("Lucja Nowak".into());
    sample.record.holder.address = vec!["12 Harbor Lane".into(), "Duluth, MN 55802".into()];
    let secrets = ["123456", "Duluth, MN 55802", "Lucja Nowak", "Sharps and their safe disposal"];
    let said = |sample: &Sample| text(&pages(sample)) + &embedded_record(sample);
    for secret in secrets {
        assert!(said(&sample).contains(secret), "{secret} was never there");
    }
    sample.options.hide = HIDDEN.into();
    for secret in secrets {
        assert!(!said(&sample).contains(secret), "{secret} is still there");
    }
}

#[test]
fn whoever_reviewed_it_signs_below_the_holder_where_there_is_room() {
    let mut sample = records::lived_in();
    assert!(!text(&pages(&sample)).contains("Reviewed by"));
    sample.options.reviewer = true;
    let whole = text(&pages(&sample));
    assert!(whole.find("Signature of") < whole.find("Reviewed by: signature, name and title"), "{whole}");
    sample.options.extent = Extent::Summary;
    let summary = pages(&sample);
    assert!(!text(&summary).contains("Reviewed by") && summary.pages.len() == 1);
}

#[test]
fn a_birthday_is_printed_where_the_period_follows_from_it() {
    let mut sample = records::empty();
    sample.record.holder.born_on = Some(records::day("1990-02-28"));
    assert!(!text(&pages(&sample)).contains("1990"));
    sample.labels.by_birthday = true;
    assert!(text(&pages(&sample)).contains("28 Feb 1990") && embedded_record(&sample).contains("1990-02-28"));
}

#[test]
fn large_print_has_no_letter_under_twelve_points() {
    let mut sample = records::lived_in();
    sample.options.print = Print::Large;
    let pages = pages(&sample);
    let sizes = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match &item.shape {
        transcript::Shape::Text { style, .. } => Some(style.size),
        transcript::Shape::Stroke { .. } => None,
    });
    assert!(sizes.fold(f32::MAX, f32::min) > 11.99);
    assert_eq!((pages.pages[0].size.0.round(), pages.pages[0].size.1.round()), (792.0, 612.0));
}
