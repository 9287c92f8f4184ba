//! What counts, by category and source.

use domain::Points;
use domain::evaluation::UNASSIGNED;

use super::{SMALL, STRONG, Sheet};
use crate::display::Tag;
use crate::entries::{Entry, Section};
use crate::layout::{Column, Kind, Row, Table};
use crate::options::Extent;
use crate::{Error, Labels, Transcript, credits, words};

/// What counts, by category and source, also of what is not listed. A summary has nothing else of the activities.
pub(super) fn table(sheet: &mut Sheet) -> Result<(), Error> {
    let Transcript { entries, labels, options, .. } = sheet.transcript;
    let is_all = options.extent == Extent::Summary;
    let of = |approved: Option<bool>| -> Vec<&Entry> {
        let left = entries.left.iter().filter(|_| approved == Some(true));
        entries.section(approved).into_iter().flat_map(Section::entries).chain(left).collect()
    };
    let sources = [Some(true), Some(false), None].map(|approved| (approved, of(approved)));
    let sources: Vec<_> = sources.into_iter().filter(|(_, entries)| !entries.is_empty()).collect();
    if sources.is_empty() && is_all {
        return credits::none(sheet);
    }
    if sources.is_empty() || labels.categories.is_empty() && !is_all {
        return Ok(());
    }
    let known = labels.categories.iter().map(|(id, _)| id.as_str());
    let mut rows = Vec::new();
    for category in known.chain([UNASSIGNED]) {
        let of = |entries: &[&Entry]| -> Points { entries.iter().map(|entry| entry.counted_in(category)).sum() };
        let sums: Vec<Points> = sources.iter().map(|(_, entries)| of(entries)).collect();
        let sum: Points = sums.iter().copied().sum();
        if category != UNASSIGNED || !sum.is_zero() && !labels.categories.is_empty() {
            rows.push(row(sheet, Kind::Body, labels.category(category), &sums)?);
        }
    }
    let all = |entries: &[&Entry]| -> Points { entries.iter().map(|entry| entry.outcome.counted).sum() };
    let sums: Vec<Points> = sources.iter().map(|(_, entries)| all(entries)).collect();
    let activities = words::activities(sources.iter().map(|(_, entries)| entries.len()).sum());
    rows.push(row(sheet, Kind::Total, &format!("All: {activities}"), &sums)?);
    let heads = sources.iter().map(|(approved, _)| source(*approved, labels));
    let heads = heads.chain((sources.len() > 1).then(|| "All".to_owned()));
    let numbers = heads.map(|head| Column::figures(head, 104.0)).collect::<Vec<_>>();
    let taken: f32 = numbers.iter().map(|column| column.width).sum();
    let (by, head) = if labels.categories.is_empty() { ("source", "Activities") } else { ("category", "Category") };
    let label = Column::left(head, sheet.flow.width() - taken);
    let columns = std::iter::once(label).chain(numbers).collect();
    let heading = format!("Counted {} by {by}", labels.counts_in.1);
    sheet.section(&heading, &Table { columns, headed: true, style: SMALL, rows })
}

fn row(sheet: &Sheet, kind: Kind, label: &str, sums: &[Points]) -> Result<Row, Error> {
    let style = if kind == Kind::Total { STRONG } else { SMALL };
    let all: Points = sums.iter().copied().sum();
    let mut cells = vec![sheet.cell(Tag::RowHead, style, "the name of a category", label)?];
    for points in sums.iter().copied().chain((sums.len() > 1).then_some(all)) {
        cells.push(sheet.cell(Tag::Cell, style, "", &points.to_string())?);
    }
    Ok(Row { kind, cells })
}

/// Whose activities these are, as the head of a column.
fn source(approved: Option<bool>, labels: &Labels) -> String {
    match approved {
        Some(true) => format!("Approved by {}", labels.issuer_short),
        Some(false) => "From other sources".to_owned(),
        None => "Source not known yet".to_owned(),
    }
}
