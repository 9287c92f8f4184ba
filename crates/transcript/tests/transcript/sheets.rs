//! What holds of the sheets besides the transcript.

use transcript::{Hidden, Only, Pages, Paper, SheetKind, Tag};

use crate::conformance::failures;
use crate::paper::faults;
use crate::records::{self, Sample, day, points, reason};
use crate::words::golden;
use crate::{elements, text};

fn pages(kind: SheetKind, sample: &Sample) -> Pages {
    transcript::sheet_pages(kind, sample.material(), &sample.options).unwrap()
}

fn pdf(kind: SheetKind, sample: &Sample) -> Vec<u8> {
    transcript::sheet(kind, sample.material(), &sample.options).unwrap()
}

/// Words without the line ends of a page.
fn flat(kind: SheetKind, sample: &Sample) -> String {
    text(&pages(kind, sample)).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn samples() -> [Sample; 6] {
    [
        records::empty(),
        records::many(1),
        records::many(40),
        records::many(400),
        records::equipped(records::empty()),
        records::equipped(records::lived_in()),
    ]
}

#[test]
fn every_sheet_conforms_at_0_1_40_and_400_credits_on_either_paper() {
    for paper in [Paper::Letter, Paper::A4] {
        for mut sample in samples() {
            sample.options.paper = paper;
            for kind in SheetKind::ALL {
                let credits = sample.record.credits.len();
                let failures = failures(&pdf(kind, &sample));
                assert_eq!(failures, Vec::<String>::new(), "{kind:?} of {credits} credits on {paper:?}");
            }
        }
    }
}

#[test]
fn on_no_sheet_does_anything_overlap_or_leave_its_column() {
    for sample in samples() {
        for kind in SheetKind::ALL {
            assert_eq!(faults(&pages(kind, &sample)), Vec::<String>::new(), "{kind:?}");
        }
    }
}

#[test]
fn long_names_of_everything_stay_on_the_page_and_conform() {
    let long = |text: &str| text.repeat(40);
    let mut sample = records::equipped(records::lived_in());
    sample.record.holder.name = long("Łucja Ångström-O’Neill ");
    sample.labels.issuer = long("Association of Associations ");
    sample.labels.verify = Some(long("Look it up. "));
    for file in &mut sample.record.holder.documents {
        file.name = "Heiratsurkunde".repeat(40);
    }
    for fact in &mut sample.record.facts {
        fact.title = Some(long("Basic Life Support "));
    }
    for credit in &mut sample.record.credits {
        credit.title = long("Infection control ");
        credit.provider = Some("Lakeside".repeat(40));
        credit.proofs.iter_mut().for_each(|file| file.name = "certificate".repeat(30));
    }
    for kind in SheetKind::ALL {
        assert_eq!(faults(&pages(kind, &sample)), Vec::<String>::new(), "{kind:?}");
        assert_eq!(failures(&pdf(kind, &sample)), Vec::<String>::new(), "{kind:?}");
    }
}

#[test]
fn what_is_drawn_is_read_in_the_order_of_the_page_under_one_title() {
    let sample = records::equipped(records::lived_in());
    for kind in SheetKind::ALL {
        let pages = pages(kind, &sample);
        let drawn: Vec<usize> =
            pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| item.element).collect();
        assert!(drawn.is_sorted(), "{kind:?} jumps back and forth");
        assert_eq!(elements(&pages, Tag::H1).len(), 1, "{kind:?}");
        let rows: Vec<&transcript::Element> = pages.elements.iter().filter(|element| element.tag == Tag::Row).collect();
        assert!(kind == SheetKind::Letter || !rows.is_empty(), "{kind:?} has no table");
    }
}

#[test]
fn a_record_without_credits_gives_sheets_that_say_so() {
    let sample = records::empty();
    for kind in SheetKind::ALL {
        insta::assert_snapshot!(format!("empty_{}", name(kind)), golden(&pages(kind, &sample)));
    }
}

#[test]
fn a_record_of_five_years_gives_sheets_with_all_that_each_is_for() {
    let sample = records::equipped(records::lived_in());
    for kind in SheetKind::ALL {
        insta::assert_snapshot!(format!("five_years_{}", name(kind)), golden(&pages(kind, &sample)));
    }
}

fn name(kind: SheetKind) -> &'static str {
    match kind {
        SheetKind::Worksheet => "worksheet",
        SheetKind::Employer => "employer",
        SheetKind::Calendar => "calendar",
        SheetKind::Index => "index",
        SheetKind::Letter => "letter",
    }
}

#[test]
fn a_sheet_has_a_title_of_its_own_and_nothing_embedded() {
    let sample = records::equipped(records::lived_in());
    for (kind, title) in SheetKind::ALL.into_iter().zip([
        "Application worksheet: ",
        "Credential summary: ",
        "Calendar of the period: ",
        "Certificate index: ",
        "Application for renewal: ",
    ]) {
        let bytes = pdf(kind, &sample);
        let told = format!(r#"<rdf:li xml:lang="x-default">{title}Łucja Ångström-O’Neill, CMA (AAMA)</rdf:li>"#);
        assert!(bytes.windows(told.len()).any(|part| part == told.as_bytes()), "{kind:?} is not called {told}");
        let document = lopdf::Document::load_mem(&bytes).unwrap();
        let catalog = document.catalog().unwrap();
        assert!(!catalog.has(b"AF") && !catalog.has(b"Names"), "{kind:?} carries a file");
    }
}

#[test]
fn every_sheet_and_every_change_has_a_document_number_of_its_own() {
    let number = |kind: SheetKind, sample: &Sample| {
        let text = text(&pages(kind, sample));
        text.split("Document ").nth(1).unwrap().lines().next().unwrap().to_owned()
    };
    let sample = records::equipped(records::lived_in());
    let mut changed = records::equipped(records::lived_in());
    changed.record.credits.last_mut().unwrap().title.push('!');
    let mut numbers: Vec<String> =
        [&sample, &changed].iter().flat_map(|sample| SheetKind::ALL.map(|kind| number(kind, sample))).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 10);
    let kind = SheetKind::Calendar;
    assert!(pdf(kind, &sample) == pdf(kind, &sample), "two calendars of one record differ");
}

#[test]
fn the_worksheet_adds_up_by_category_and_names_what_an_application_lacks() {
    let mut sample = records::empty();
    sample.add("Own", day("2024-05-01"), &[("clinical", "9")], true);
    sample.add("Both", day("2024-05-01"), &[("clinical", "3"), ("general", "2.5")], false);
    let credit = sample.add("Bare", day("2023-05-01"), &[("clinical", "1")], false);
    (credit.provider, credit.approver) = (None, None);
    sample.outcome().approved = None;
    sample.add("Surplus", day("2025-05-01"), &[("general", "4")], false);
    let outcome = sample.outcome();
    (outcome.counted, outcome.split) = (points("0"), [].into_iter().collect());
    outcome.reasons = vec![reason("The limit is reached.").into()].into();
    let text = flat(SheetKind::Worksheet, &sample);
    for told in [
        "2 activities from other sources, or from one that is not known yet, count for 6.5 points.",
        "Administrative | 0 | 0",
        "Clinical | 2 | 4",
        "General | 1 | 2.5",
        "All categories | 6.5",
        "Clinical: 2 activities | 4",
        "General: 1 activity | 2.5",
        "Given by: not recorded",
        "Approved by: not recorded",
        "It is not known yet who approved it.",
        "3 of 5.5 points: Clinical 3, General 2.5.",
        "2.5 of 5.5 points: Clinical 3, General 2.5.",
        "Worth points, but not counted",
        "Worth 4, counts for 0.",
        "The limit is reached.",
        "No proof yet",
    ] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
    let clinical = text.split("Activities by category").nth(1).unwrap();
    assert!(clinical.find("Bare") < clinical.find("Both"), "not by date: {text}");
    assert!(!text.contains("Own"), "the issuer’s own stand on its own record: {text}");
}

#[test]
fn a_worksheet_without_other_sources_says_that_the_issuers_own_need_no_copying() {
    let mut sample = records::empty();
    sample.add("Own", day("2024-05-01"), &[("clinical", "9")], true);
    let text = flat(SheetKind::Worksheet, &sample);
    assert!(text.contains("There is nothing to copy. Every activity that counts in this period was approved by AAMA"));
}

#[test]
fn an_employer_sees_current_cards_alone_and_no_number_that_is_hidden() {
    let mut sample = records::equipped(records::lived_in());
    assert!(flat(SheetKind::Employer, &sample).contains("123456"));
    sample.options.hide = [Hidden::Numbers].into();
    let text = flat(SheetKind::Employer, &sample);
    assert!(!text.contains("123456"), "{text}");
    for told in [
        "CMA (AAMA) is current to 31 Mar 2026.",
        "Certified Medical Assistant, CMA (AAMA)",
        "American Association of Medical Assistants (aama-ntl.org)",
        "AAMA gives a digital badge",
        "BLS Provider, American Heart Association | 2 Jun 2025 | 30 Jun 2027 | The holder has one",
        "Certificate of the credential: CMA certificate 2021.pdf",
        "Heartsaver First Aid CPR AED: front of the card, back of the card",
    ] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
    assert!(!text.contains("31 May 2025"), "a card that has expired is shown: {text}");
    assert!(!text.contains("Świadectwo"), "a change of name is nobody’s business: {text}");
}

#[test]
fn a_letter_says_where_an_answer_reaches_its_sender_or_leaves_a_line_for_it() {
    let mut sample = records::equipped(records::lived_in());
    let text = flat(SheetKind::Letter, &sample);
    assert!(text.contains("12 Harbor Lane, Apartment 4 Duluth, MN 55802"), "{text}");
    sample.options.hide = [Hidden::Address].into();
    let text = flat(SheetKind::Letter, &sample);
    assert!(!text.contains("Duluth") && text.contains("Address Telephone or e-mail"), "{text}");
}

#[test]
fn the_calendar_holds_every_date_that_matters_and_every_counted_credit_once() {
    let mut sample = records::equipped(records::lived_in());
    sample.add("Before", day("2021-01-05"), &[("clinical", "2")], true);
    let text = flat(SheetKind::Calendar, &sample);
    for told in [
        "17 Mar 2021 | The period begins",
        "1 Mar 2026 | Apply by this day: By mail",
        "31 Mar 2026 | CMA (AAMA) expires",
        "29 Jun 2026 | Last safe day to renew late",
        "31 May 2025 | CPR card expires",
        "12 Feb 2026 | Planned: Coding update for 2026, 2 AAMA CEUs",
        "2021 | 1 | 1.5 | 2 | 0.25 | 12.75 | 1 | 1.5 | 2 | 22 | 8",
        "Planned: Regional spring meeting, 2 AAMA CEUs, on a day that is not set yet.",
        "On other days, such as before the period, or without a date | 2 | 1",
        "37 activities count for 130.25 points.",
        "All | 130.25 | 37",
    ] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
    let cells = elements(&pages(SheetKind::Calendar, &sample), Tag::Cell);
    let rows: Vec<&[String]> = cells[4..].chunks_exact(14).take(6).collect(); // after the four of the head
    let sum = |cells: &[String]| {
        cells.iter().filter(|cell| !cell.is_empty()).map(|cell| points(cell)).sum::<domain::Points>()
    };
    assert!(rows.iter().all(|row| sum(&row[..12]) == points(&row[12])), "{rows:?}");
    let [all, credits] = [12, 13].map(|column| rows.iter().map(|row| points(&row[column])).sum());
    assert_eq!((all, credits), (points("128.25"), points("36")), "{rows:?}");
    sample.options.only = Only::OtherSources;
    let told = "37 activities count for 130.25 points.";
    assert!(flat(SheetKind::Calendar, &sample).contains(told), "the issuer’s own are earned, too");
}

#[test]
fn the_index_has_every_exhibit_of_the_transcript_with_its_whole_fingerprint() {
    let sample = records::equipped(records::lived_in());
    let cells = elements(&pages(SheetKind::Index, &sample), Tag::Cell).join("\n");
    let counted = sample.record.credits.iter().flat_map(|credit| &credit.proofs);
    assert!(counted.clone().count() > 5);
    for file in counted {
        let told = format!("{} {} {}", file.name, &file.sha256[..32], &file.sha256[32..]);
        assert!(cells.contains(&told), "{told} is missing in {cells}");
    }
    assert!(flat(SheetKind::Index, &sample).contains("Of activity | Pages"));
}

#[test]
fn the_letter_lists_only_what_the_record_has() {
    let bare = flat(SheetKind::Letter, &records::empty());
    assert!(bare.contains("The application form, filled in and signed Please let me know"), "{bare}");
    let text = flat(SheetKind::Letter, &records::equipped(records::lived_in()));
    for told in [
        "The fee",
        "Transcript of my continuing education, prepared by myself: 36 activities",
        "Application worksheet: 12 activities from other sources, 43 points",
        "Copies of the certificates: exhibits 1 to 8, with their certificate index",
        "Proof of the change of my name",
    ] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
}
