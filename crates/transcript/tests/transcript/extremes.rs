//! Records that nobody keeps, and somebody will: every page of them is sound.

use lopdf::Document;
use transcript::{Pages, Print, SheetKind};

use crate::conformance::failures;
use crate::paper::faults;
use crate::records::{self, Sample};
use crate::tree;

/// The transcript and each sheet: its pages and its bytes.
fn papers(sample: &Sample) -> Vec<(String, Pages, Vec<u8>)> {
    let sheet = |kind: SheetKind| {
        let pages = transcript::sheet_pages(kind, sample.material(), &sample.options).unwrap();
        let bytes = transcript::sheet(kind, sample.material(), &sample.options).unwrap();
        (format!("{kind:?}"), pages, bytes)
    };
    let transcript = ("transcript".to_owned(), crate::pages(sample), crate::pdf(sample));
    std::iter::once(transcript).chain(SheetKind::ALL.into_iter().map(sheet)).collect()
}

#[test]
fn long_names_titles_and_providers_stay_within_their_bounds_on_every_paper() {
    let with_spaces = "Pharmacology for the medical office ".repeat(112);
    let without = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(89);
    let provider = "Lakeside Institute of Continuing Education ".repeat(24);
    assert!([&with_spaces, &without].iter().all(|title| title.len() > 4_000) && provider.len() > 1_000);
    for print in [Print::Regular, Print::Large] {
        for (title, holder) in [(&with_spaces, "Maria ".repeat(50)), (&without, "Łucja".repeat(60))] {
            let mut sample = records::equipped(records::lived_in());
            sample.options.print = print;
            sample.record.holder.name = holder;
            // A counted, a planned and a refused one.
            for at in [1, 34, 35, sample.record.credits.len() - 1] {
                sample.record.credits[at].title.clone_from(title);
                sample.record.credits[at].provider = Some(provider.clone());
            }
            for (paper, pages, bytes) in papers(&sample) {
                assert_eq!(faults(&pages), Vec::<String>::new(), "{paper} in {print:?} print");
                assert_eq!(failures(&bytes), Vec::<String>::new(), "{paper} in {print:?} print");
                assert_eq!(tree::faults(&Document::load_mem(&bytes).unwrap()), Vec::<String>::new(), "{paper}");
            }
        }
    }
}

#[test]
fn a_record_without_credits_gives_sound_paper_of_every_kind() {
    for (paper, pages, bytes) in papers(&records::empty()) {
        assert_eq!(faults(&pages), Vec::<String>::new(), "{paper}");
        assert_eq!(failures(&bytes), Vec::<String>::new(), "{paper}");
    }
}

#[test]
fn ten_thousand_credits_are_set_and_tagged_like_one() {
    for (paper, pages, bytes) in papers(&records::many(10_000)) {
        assert_eq!(faults(&pages), Vec::<String>::new(), "{paper}");
        let document = Document::load_mem(&bytes).unwrap();
        assert_eq!(document.get_pages().len(), pages.pages.len());
        if paper == "transcript" {
            assert_eq!(tree::faults(&document), Vec::<String>::new());
        }
    }
}
