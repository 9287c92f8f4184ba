//! The calendar: the points earned in each month of the period, and the dates that matter.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use domain::evaluation::Basis;
use domain::{Points, Status, date};

use crate::display::{Style, Tag};
use crate::layout::{Cell, Column, GUTTER, Kind, Row, Table, widest};
use crate::pages::{Line, NOTE, SMALL, STRONG, Sheet};
use crate::sheets::cards::cards;
use crate::{Error, Transcript, words};

pub(super) const TITLE: &str = "Calendar of the period";

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Something that happens on a day.
struct Event {
    on: NaiveDate,
    style: Style,
    text: String,
}

/// Points that count, on the day they were earned; none if that lies in none of the months.
struct Earned {
    on: Option<NaiveDate>,
    points: Points,
}

pub(super) fn compose(sheet: &mut Sheet) -> Result<(), Error> {
    let Transcript { record, evaluation, labels, options, .. } = sheet.transcript;
    let nature = format!(
        "Personal record prepared by the credential holder, by the rules as they are kept here. {} decides.",
        labels.issuer_short
    );
    let who: [Line; 2] = [
        ("Holder", record.holder.name.clone(), STRONG),
        ("Credential", labels.in_full(&evaluation.credential_name), SMALL),
    ];
    let when: [Line; 2] = [
        ("Period", words::span(Some(evaluation.period.from), Some(evaluation.period.to)), STRONG),
        ("Printed on", date::short(options.printed_on), SMALL),
    ];
    sheet.head(TITLE, &nature, &who, &when)?;
    let first = date::month_start(evaluation.period.from);
    let mut events = events(sheet.transcript);
    // Of cards and plans of earlier periods nothing is to be remembered.
    events.retain(|event| event.on >= first);
    events.sort_by_key(|event| event.on);
    let dates = &evaluation.dates;
    let last = evaluation.period.to.max(dates.expires_on);
    let earned = earned(sheet.transcript, first, last);
    let all: Points = earned.iter().map(|earned| earned.points).sum();
    let sentence = match earned.len() {
        0 => format!("No {} have been earned in this period yet.", labels.counts_in.1),
        number => format!(
            "{} {} for {}.",
            words::activities(number),
            words::counts(number),
            words::points(&all.to_string(), labels)
        ),
    };
    sheet.lead(&sentence)?;
    let months = months(sheet, first.year()..=last.year(), &earned)?;
    sheet.section(&format!("{} by month", words::capital(&labels.counts_in.1)), &months)?;
    let dates = dates_that_matter(sheet, &events)?;
    sheet.section("Dates that matter", &dates)?;
    sheet.flow.space(6.0);
    for text in undated(sheet.transcript) {
        sheet.text(SMALL, "a planned credit", &text)?;
    }
    Ok(())
}

/// The dates that matter, and what is planned.
fn events(transcript: &Transcript) -> Vec<Event> {
    let Transcript { record, evaluation, .. } = transcript;
    let name = &evaluation.credential_name;
    let dates = &evaluation.dates;
    let event = |on, style, text: String| Event { on, style, text };
    let mut events = vec![event(evaluation.period.from, SMALL, "The period begins".to_owned())];
    for way in dates.ways.iter().filter(|way| way.barred.is_none()) {
        events.extend(way.opens_on.map(|on| event(on, SMALL, format!("Applications open: {}", way.label))));
        let advice = if way.by_basis == Basis::Inference { " (our advice)" } else { "" };
        events.push(event(way.by, STRONG, format!("Apply by this day{advice}: {}", way.label)));
    }
    events.push(event(dates.expires_on, STRONG, format!("{name} expires")));
    if dates.expires_on != evaluation.period.to {
        events.push(event(evaluation.period.to, SMALL, "The period ends".to_owned()));
    }
    match (dates.late_until, dates.late_until_latest) {
        (Some(safe), Some(latest)) if safe != latest => {
            events.push(event(safe, STRONG, "Last safe day to renew late".to_owned()));
            events.push(event(latest, SMALL, "Last day to renew late, if the rules mean the later one".to_owned()));
        }
        (Some(day), _) | (None, Some(day)) => events.push(event(day, STRONG, "Last day to renew late".to_owned())),
        (None, None) => {}
    }
    for card in cards(record, &evaluation.credential) {
        events.extend(card.expires_on.map(|on| event(on, SMALL, format!("{} expires", card.name))));
    }
    for credit in record.credits.iter().filter(|credit| credit.status == Status::Planned) {
        events.extend(credit.completed_on.map(|on| event(on, NOTE, planned(credit))));
    }
    events
}

fn planned(credit: &domain::Credit) -> String {
    let title = if credit.title.trim().is_empty() { "an activity without a title" } else { credit.title.trim() };
    let amount = credit.amount.zip(credit.unit).map(|(amount, unit)| words::amount(&amount.to_string(), unit));
    format!("Planned: {title}{}", amount.map(|amount| format!(", {amount}")).unwrap_or_default())
}

/// What counts, by day.
fn earned(transcript: &Transcript, first: NaiveDate, last: NaiveDate) -> Vec<Earned> {
    let Transcript { record, evaluation, .. } = transcript;
    let days: BTreeMap<&str, Option<NaiveDate>> =
        record.credits.iter().map(|credit| (&*credit.id, credit.completed_on)).collect();
    let last = date::month_end(last);
    // All of them, also where the transcript leaves those to the issuer that it has itself.
    let counted = evaluation.credits.iter().filter(|outcome| !outcome.counted.is_zero());
    let day = |id: &str| days.get(id).copied().flatten().filter(|on| (first..=last).contains(on));
    counted.map(|outcome| Earned { on: day(&outcome.id), points: outcome.counted }).collect()
}

/// What is planned for no day.
fn undated(transcript: &Transcript) -> impl Iterator<Item = String> {
    let credits = transcript.record.credits.iter();
    let undated = credits.filter(|credit| credit.status == Status::Planned && credit.completed_on.is_none());
    undated.map(|credit| format!("{}, on a day that is not set yet.", planned(credit)))
}

/// A row for each year.
fn months(sheet: &Sheet, years: RangeInclusive<i32>, earned: &[Earned]) -> Result<Table, Error> {
    let mut rows = Vec::new();
    for year in years {
        let of_year = earned.iter().filter(|earned| earned.on.is_some_and(|on| on.year() == year));
        let of_year: Vec<&Earned> = of_year.collect();
        let mut cells = vec![sheet.cell(Tag::RowHead, SMALL, "", &year.to_string())?];
        for month in 1..=12 {
            let of_month = of_year
                .iter()
                .filter(|earned| earned.on.is_some_and(|on| on.month() == month))
                .map(|earned| earned.points);
            let sum = of_month.reduce(|all, more| all + more).map(|sum| sum.to_string());
            cells.push(sheet.cell(Tag::Cell, SMALL, "", &sum.unwrap_or_default())?);
        }
        cells.extend(sums(sheet, SMALL, &of_year)?);
        rows.push(Row { kind: Kind::Close, cells });
    }
    let others: Vec<&Earned> = earned.iter().filter(|earned| earned.on.is_none()).collect();
    if !others.is_empty() {
        rows.push(across(sheet, Kind::Close, "On other days, such as before the period, or without a date", &others)?);
    }
    rows.push(across(sheet, Kind::Total, "All", &earned.iter().collect::<Vec<_>>())?);
    let heads = std::iter::once("Year".to_owned())
        .chain(MONTHS.map(ToOwned::to_owned))
        .chain([words::capital(&sheet.transcript.labels.counts_in.1), "Activities".to_owned()]);
    let heads: Vec<String> = heads.collect();
    let needed = |(at, head): (usize, &String)| {
        let head = sheet.fonts.width(STRONG.face, STRONG.size, head);
        // Whole points: a column as wide as its text to the last fraction may break it.
        (head.max(widest(sheet.fonts, &mut rows.iter(), at)) + GUTTER).ceil()
    };
    let mut widths: Vec<f32> = heads.iter().enumerate().map(needed).collect();
    // What is left is shared out among all columns but that of the years.
    let last = widths.len() - 1;
    #[allow(clippy::cast_precision_loss, reason = "fourteen")]
    let more = (sheet.flow.width() + GUTTER - widths.iter().sum::<f32>()) / last as f32;
    widths.iter_mut().skip(1).for_each(|width| *width += more);
    let column = |(at, (head, width)): (usize, (String, f32))| match at {
        0 => Column::left(head, width),
        _ if at == last => Column::figures(head, width - GUTTER), // at the edge
        _ => Column::figures(head, width),
    };
    let columns = heads.into_iter().zip(widths).enumerate().map(column).collect();
    Ok(Table { columns, headed: true, style: SMALL, rows })
}

/// A row that is not parted into months.
fn across(sheet: &Sheet, kind: Kind, label: &str, earned: &[&Earned]) -> Result<Row, Error> {
    let style = if kind == Kind::Total { STRONG } else { SMALL };
    let label = sheet.cell(Tag::RowHead, style, "", label)?;
    let mut cells = vec![Cell { span: 1 + MONTHS.len(), ..label }];
    cells.extend(sums(sheet, style, earned)?);
    Ok(Row { kind, cells })
}

/// What credits count for, and how many they are.
fn sums(sheet: &Sheet, style: Style, earned: &[&Earned]) -> Result<[Cell; 2], Error> {
    let sum: Points = earned.iter().map(|earned| earned.points).sum();
    let [sum, credits] =
        [sum.to_string(), earned.len().to_string()].map(|number| sheet.cell(Tag::Cell, style, "", &number));
    Ok([sum?, credits?])
}

fn dates_that_matter(sheet: &Sheet, events: &[Event]) -> Result<Table, Error> {
    let mut rows = Vec::new();
    for event in events {
        let place = "a date of the calendar";
        let day = sheet.cell(Tag::RowHead, event.style, place, &date::short(event.on))?;
        rows.push(Row {
            kind: Kind::Close,
            cells: vec![day, sheet.cell(Tag::Cell, event.style, place, &words::curly(&event.text))?],
        });
    }
    let columns = vec![Column::left("Date", 80.0), Column::left("What", sheet.flow.width() - 80.0)];
    Ok(Table { columns, headed: true, style: SMALL, rows })
}
