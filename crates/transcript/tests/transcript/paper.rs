//! How the pages are set.

use std::collections::BTreeMap;

use proptest::prelude::*;
use transcript::{Pages, Paper, Shape, Tag};

use crate::records::{self, Sample, day};
use crate::{elements, page_text, pages, width};

const EDGE: f32 = 51.0;

/// Everything that keeps the pages from being shown to anybody.
pub(crate) fn faults(pages: &Pages) -> Vec<String> {
    let (page_width, page_height) = pages.pages[0].size;
    let mut faults = Vec::new();
    for (number, page) in pages.pages.iter().enumerate() {
        let mut placed: Vec<(f32, f32, f32, &str)> = Vec::new();
        for item in &page.items {
            match &item.shape {
                Shape::Text { x, y, style, text, bounds } => {
                    let seen = text.trim_end();
                    let right = x + width(style.face, style.size, seen);
                    let place = format!("page {}: {seen:?}", number + 1);
                    if style.size < 9.0 {
                        faults.push(format!("{place} is smaller than 9 points"));
                    }
                    if *x < bounds.0 - 0.01 || right > bounds.1 + 0.01 {
                        faults.push(format!("{place} leaves its column: {x} to {right} in {bounds:?}"));
                    }
                    if bounds.0 < EDGE || bounds.1 > page_width - EDGE || *y < EDGE || *y > page_height - EDGE {
                        faults.push(format!("{place} stands in the margin"));
                    }
                    for (other_left, other_right, other_y, other) in &placed {
                        if (y - other_y).abs() < 8.0 && *x < *other_right && *other_left < right {
                            faults.push(format!("{place} lies over {other:?}"));
                        }
                    }
                    placed.push((*x, right, *y, seen));
                }
                Shape::Stroke { points, .. } => {
                    if points
                        .iter()
                        .any(|(x, y)| *x < EDGE || *x > page_width - EDGE || *y < EDGE || *y > page_height - EDGE)
                    {
                        faults.push(format!("page {}: a line stands in the margin", number + 1));
                    }
                }
            }
        }
    }
    faults
}

/// On which pages each row of a table stands.
fn row_pages(pages: &Pages) -> BTreeMap<usize, Vec<usize>> {
    let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, page) in pages.pages.iter().enumerate() {
        for element in page.items.iter().filter_map(|item| item.element) {
            if let Some(row) = pages.elements[element].parent {
                let on = rows.entry(row).or_default();
                if on.last() != Some(&number) {
                    on.push(number);
                }
            }
        }
    }
    rows
}

fn on(paper: Paper, mut sample: Sample) -> Sample {
    sample.options.paper = paper;
    sample
}

#[test]
fn nothing_overlaps_and_nothing_leaves_its_column_on_either_paper() {
    for paper in [Paper::Letter, Paper::A4] {
        for sample in [records::empty(), records::many(1), records::lived_in(), records::many(400)] {
            assert_eq!(faults(&pages(&on(paper, sample))), Vec::<String>::new(), "{paper:?}");
        }
    }
}

#[test]
fn a_row_is_never_torn() {
    for (row, on) in row_pages(&pages(&records::many(400))) {
        assert_eq!(on.len(), 1, "the row {row} stands on the pages {on:?}");
    }
}

#[test]
fn heads_come_again_on_every_page_of_a_table_with_the_group_that_goes_on() {
    const CREDITS: &str = "No. | Date | Activity | As printed | Earned | Counted | Proof";
    const EXHIBITS: &str = "Exhibit | File | What it shows | Of activity | SHA-256 begins with";
    let mut groups = 0;
    for page in &pages(&records::many(400)).pages[1..] {
        let text = page_text(page);
        let mut lines = text.lines();
        let Some(table) = lines.next().and_then(|line| line.strip_suffix(" (continued)")) else { continue };
        let head = if table == "Exhibits" { EXHIBITS } else { CREDITS };
        if table != "How to read these pages" {
            assert_eq!(lines.next(), Some(head), "{text}");
        }
        groups += usize::from(lines.next().is_some_and(|line| line.ends_with(" (continued)")));
    }
    assert!(groups > 10, "only {groups} groups go on overleaf");
}

#[test]
fn a_repeated_head_is_an_artifact_so_it_is_read_once() {
    let pages = pages(&records::many(120));
    let heads = elements(&pages, Tag::ColumnHead);
    let tables = elements(&pages, Tag::Table).len();
    assert!(pages.pages.len() > tables);
    assert_eq!(heads.iter().filter(|head| *head == "Activity").count(), 2, "{heads:?}");
}

#[test]
fn a_heading_is_never_left_alone_at_the_foot_of_a_page() {
    for count in 0..40 {
        let pages = pages(&records::many(count));
        for page in &pages.pages {
            let last = page.items.iter().filter_map(|item| item.element).next_back();
            let tag = last.map(|element| pages.elements[element].tag);
            assert!(
                !matches!(tag, Some(Tag::H1 | Tag::H2 | Tag::ColumnHead)),
                "with {count} credits a page ends in {tag:?}:\n{}",
                page_text(page)
            );
        }
    }
}

#[test]
fn a_sub_total_is_never_alone_at_the_head_of_a_page() {
    for count in 20..40 {
        for page in &pages(&records::many(count)).pages {
            let text = page_text(page);
            let first = text.lines().find(|line| !line.starts_with("No.") && !line.ends_with("(continued)"));
            assert!(!first.is_some_and(|line| line.contains(": ") && line.contains(" activities | ")), "{text}");
        }
    }
}

#[test]
fn figures_stand_with_their_decimal_points_below_each_other() {
    let pages = pages(&records::many(40));
    let mut points: BTreeMap<String, Vec<f32>> = BTreeMap::new();
    for item in pages.pages.iter().skip(1).flat_map(|page| &page.items) {
        let Shape::Text { x, style, text, bounds, .. } = &item.shape else { continue };
        if item.element.is_none() || !text.chars().all(|c| c.is_ascii_digit() || c == '.') || bounds.0 < 300.0 {
            continue;
        }
        let whole = text.split('.').next().unwrap();
        let size = if style.face == transcript::Face::Semibold { "strong" } else { "plain" };
        points.entry(format!("{size} {bounds:?}")).or_default().push(x + width(style.face, style.size, whole));
    }
    assert!(points.len() >= 2);
    for (column, points) in points {
        let spread = points.iter().copied().fold(f32::MIN, f32::max) - points.iter().copied().fold(f32::MAX, f32::min);
        assert!(spread < 0.6, "the points of {column} stand {spread} apart");
    }
}

#[test]
fn a_title_of_4000_characters_is_printed_whole_over_several_pages() {
    let mut sample = records::empty();
    let title = "Pharmacology for the medical office ".repeat(112);
    assert!(title.len() > 4_000);
    sample.add(&title, day("2024-03-04"), &[("clinical", "1")], true);
    sample.add(&"x".repeat(4_000), day("2024-03-05"), &[("clinical", "1")], true);
    let pages = pages(&sample);
    assert_eq!(faults(&pages), Vec::<String>::new());
    let cells = elements(&pages, Tag::Cell);
    assert!(cells.iter().any(|cell| cell.starts_with(title.trim_end())), "the long title is cut");
    assert!(cells.iter().any(|cell| cell.starts_with(&"x".repeat(4_000))), "the long word is cut");
}

#[test]
fn a_holders_name_of_4000_characters_neither_hangs_nor_leaves_the_page() {
    let mut sample = records::empty();
    sample.record.holder.name = "Maria Delgado ".repeat(300);
    assert_eq!(faults(&pages(&sample)), Vec::<String>::new());
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[A-Za-zÀ-ÖØ-öø-ÿĀ-ž]{1,14}",
        2 => "[А-яΑ-Ρα-ω]{1,14}",
        1 => "[A-Za-z0-9]{30,90}",
        1 => "[0-9]{1,6}[.,][0-9]{1,3}",
    ]
}

fn title() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 0..25).prop_map(|words| words.join(" "))
}

/// One generated credit.
#[derive(Debug, Clone)]
struct Any {
    title: String,
    provider: String,
    hundredths: i64,
    is_counted: bool,
    is_approved: Option<bool>,
    days: u64,
    several: bool,
}

prop_compose! {
    fn credit()(
        title in title(),
        provider in title(),
        hundredths in 1_i64..1_400_000_000,
        is_counted in any::<bool>(),
        is_approved in any::<Option<bool>>(),
        days in 0_u64..1_800,
        several in any::<bool>(),
    ) -> Any {
        Any { title, provider, hundredths, is_counted, is_approved, days, several }
    }
}

fn add(sample: &mut Sample, any: &Any) {
    let completed = day("2021-03-20").checked_add_days(chrono::Days::new(any.days)).unwrap();
    let amount = domain::Points::from_hundredths(any.hundredths % 99_999_999).to_string();
    let both = [("clinical", amount.as_str()), ("general", "1")];
    let split = if any.several { &both[..] } else { &both[..1] };
    sample.add(&any.title, completed, split, any.is_approved == Some(true)).provider = Some(any.provider.clone());
    let outcome = sample.outcome();
    outcome.approved = any.is_approved;
    outcome.earned = domain::Points::from_hundredths(any.hundredths);
    outcome.counted = if any.is_counted { outcome.earned } else { domain::Points::ZERO };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_record_holds_no_text_leaves_its_column(
        credits in prop::collection::vec(credit(), 0..14),
        name in title(),
        is_a4 in any::<bool>(),
    ) {
        let mut sample = records::empty();
        sample.record.holder.name = format!("M {name}");
        sample.options.paper = if is_a4 { Paper::A4 } else { Paper::Letter };
        for credit in &credits {
            add(&mut sample, credit);
        }
        prop_assert_eq!(faults(&pages(&sample)), Vec::<String>::new());
    }
}
