//! The tables of credits: what counts, by source and category, and what does not, with the reasons.

use domain::{Amount, Credit, IssuerTranscript, Points, Unit, date};
use rayon::prelude::*;

use crate::display::{Anchor, Tag};
use crate::entries::{Entry, Section};
use crate::layout::{Cell, Column, GUTTER, Kind, Row, Table, widest};
use crate::options::Hidden;
use crate::pages::{NOTE, SMALL, STRONG, Sheet};
use crate::{Error, Transcript, words};

/// Columns before the first number.
const LABELS: usize = 4;

const NONE: &str = "No activities that count in this period have been recorded yet.";

/// Every credit that is listed.
pub(crate) fn list(sheet: &mut Sheet) -> Result<(), Error> {
    let entries = &sheet.transcript.entries;
    let mut tables = Vec::new();
    for (index, section) in entries.sections.iter().enumerate() {
        let is_last = index + 1 == entries.sections.len();
        tables.push(counted(sheet, section, is_last && entries.sections.len() > 1)?);
    }
    let refused = refused(sheet)?;
    let columns = Columns::new(sheet, &tables, &refused);
    for (section, rows) in entries.sections.iter().zip(tables) {
        let table = Table { columns: columns.counted(sheet), headed: true, style: SMALL, rows };
        sheet.section(&heading(section, sheet.transcript), &table)?;
    }
    if entries.sections.is_empty() {
        none(sheet)?;
    }
    if !entries.refused.is_empty() {
        let table = Table { columns: columns.refused(sheet), headed: true, style: SMALL, rows: refused };
        sheet.section("Not counted", &table)?;
    }
    if entries.outside > 0 {
        let activities = words::activities(entries.outside);
        let text = format!("Not listed: {activities} completed outside the period and worth nothing in it.");
        sheet.flow.space(6.0);
        sheet.text(SMALL, "", &text)?;
    }
    Ok(())
}

pub(crate) fn none(sheet: &mut Sheet) -> Result<(), Error> {
    sheet.heading("Activities")?;
    sheet.text(SMALL, "", NONE)
}

/// The columns of words that the tables of credits share: as wide as all of them together need, so that they stand below
/// each other from table to table. What the activities are called gets the rest.
struct Columns {
    date: f32,
    printed: f32,
    proof: f32,
}

impl Columns {
    fn new(sheet: &Sheet, counted: &[Vec<Row>], refused: &[Row]) -> Self {
        let counted = || counted.iter().flatten();
        let bounded = |widest: f32, least, most| (widest + GUTTER).ceil().clamp(least, most);
        Self {
            date: bounded(widest(sheet.fonts, &mut counted().chain(refused), 1), 40.0, 72.0),
            printed: bounded(widest(sheet.fonts, &mut counted().chain(refused), 3), 58.0, 92.0),
            proof: bounded(widest(sheet.fonts, &mut counted(), 6), 44.0, 92.0) - GUTTER,
        }
    }

    fn counted(&self, sheet: &Sheet) -> Vec<Column> {
        let [earned, counted] = [("Earned", 44.0), ("Counted", 56.0)].map(|(head, width)| Column::figures(head, width));
        self.with(sheet, [earned, counted, Column::left("Proof", self.proof)])
    }

    fn refused(&self, sheet: &Sheet) -> Vec<Column> {
        self.with(sheet, [Column::left("Why it does not count", 170.0)])
    }

    fn with<const N: usize>(&self, sheet: &Sheet, last: [Column; N]) -> Vec<Column> {
        let (number, date, printed) =
            (number_column(sheet), Column::left("Date", self.date), Column::left("As printed", self.printed));
        let taken: f32 = [&number, &date, &printed].into_iter().chain(&last).map(|column| column.width).sum();
        let activity = Column::left("Activity", sheet.flow.width() - taken);
        [number, date, activity, printed].into_iter().chain(last).collect()
    }
}

fn counted(sheet: &Sheet, section: &Section, with_grand_total: bool) -> Result<Vec<Row>, Error> {
    let labels = sheet.transcript.labels;
    let mut rows = Vec::new();
    let are_grouped = !labels.categories.is_empty();
    for group in &section.groups {
        let label = sheet.cell(Tag::RowHead, STRONG, "the name of a category", &group.label)?;
        if are_grouped {
            rows.push(Row { kind: Kind::Group, cells: vec![Cell { span: LABELS + 3, ..label }] });
        }
        // All first, then whether they hold: of several that do not, the first is named.
        let set: Vec<_> = group.entries.par_iter().map(|entry| row(sheet, entry)).collect();
        rows.extend(set.into_iter().collect::<Result<Vec<_>, _>>()?);
        if are_grouped {
            rows.push(total(sheet, &group.label, &group.entries)?);
        }
    }
    let is_part = !sheet.transcript.entries.left.is_empty();
    let source = match section.approved {
        Some(true) if is_part => format!("All of these approved by {}", labels.issuer_short),
        Some(true) => format!("All approved by {}", labels.issuer_short),
        Some(false) => "All from other sources".to_owned(),
        None => "All of unknown source".to_owned(),
    };
    let own: Vec<Entry> = section.entries().copied().collect();
    if section.groups.len() > 1 || !are_grouped {
        rows.push(total(sheet, &source, &own)?);
    }
    if with_grand_total {
        let sections = &sheet.transcript.entries.sections;
        let all: Vec<Entry> =
            sections.iter().flat_map(|s| &s.groups).flat_map(|group| group.entries.iter().copied()).collect();
        rows.push(total(sheet, if is_part { "All listed here" } else { "All activities" }, &all)?);
    }
    Ok(rows)
}

/// That the issuer's own activities are left to its record, and how many of them were seen there.
pub(crate) fn left_to_the_issuer(sheet: &mut Sheet) -> Result<(), Error> {
    let left = &sheet.transcript.entries.left;
    if left.is_empty() {
        return Ok(());
    }
    let labels = sheet.transcript.labels;
    let short = &labels.issuer_short;
    let points: Points = left.iter().map(|entry| entry.outcome.counted).sum();
    let points = words::points(&points.to_string(), labels);
    let is_seen = |entry: &&Entry| entry.credit.issuer_transcript == Some(IssuerTranscript::Posted);
    let seen = left.iter().filter(is_seen).count();
    let (activities, counts) = (words::activities(left.len()), words::counts(left.len()));
    let seen = match (left.len(), seen) {
        (1, 1) => "The holder has seen it there".to_owned(),
        (_, 0) => "The holder has not looked yet whether all is there".to_owned(),
        (all, seen) if all == seen => "The holder has seen all of them there".to_owned(),
        (_, seen) => format!("The holder has seen {seen} of them there so far"),
    };
    let text = format!(
        "Not listed on these pages: {activities} approved by {short}, which {counts} for {points}. {short} has a record of its own of what \
         it approves. {seen}."
    );
    sheet.flow.space(6.0);
    sheet.text(SMALL, "", &text)
}

fn heading(section: &Section, Transcript { labels, entries, .. }: &Transcript) -> String {
    match section.approved {
        // The others are shown by the issuer's own record.
        Some(true) if !entries.left.is_empty() => {
            format!("Activities approved by {}, to be shown by proofs", labels.issuer_short)
        }
        Some(true) => format!("Activities approved by {}", labels.issuer_short),
        Some(false) => "Activities from other sources".to_owned(),
        None => "Activities whose source is not known yet".to_owned(),
    }
}

fn row(sheet: &Sheet, entry: &Entry) -> Result<Row, Error> {
    let entries = &sheet.transcript.entries;
    let Entry { credit, outcome, .. } = entry;
    let place = place(credit);
    let mut cells = opening(sheet, entry, &place)?;
    let mut notes = split(sheet.transcript, entry);
    let says_why = |code: &str| outcome.counted < outcome.earned || code == "outside_the_field";
    let reasons = outcome.reasons.iter().filter(|reason| says_why(&reason.code));
    notes.extend(reasons.filter_map(|reason| words::reason(reason)));
    let begins = sheet.transcript.evaluation.period.from;
    let is_before = credit.completed_on.is_some_and(|day| day < begins);
    notes.extend(is_before.then(|| format!("Completed before the period, which began {}.", date::short(begins))));
    if let Some(activity) = cells.get_mut(2) {
        for note in notes {
            activity.texts.push((SMALL, sheet.fonts.printable(&place, &note)?));
        }
    }
    cells.push(sheet.cell(Tag::Cell, SMALL, &place, &outcome.earned.to_string())?);
    cells.push(sheet.cell(Tag::Cell, SMALL, &place, &outcome.counted.to_string())?);
    let mut proof = sheet.cell(Tag::Cell, SMALL, &place, "")?;
    let exhibits = entries.exhibits_of(&credit.proofs);
    for number in &exhibits {
        proof.links.push((proof.texts.len(), Anchor::Exhibit(*number)));
        proof.texts.push((SMALL, sheet.fonts.printable(&place, &format!("Exhibit {number}"))?));
    }
    for line in words::proof(credit, &exhibits, outcome.proven, sheet.transcript) {
        proof.texts.push((SMALL, sheet.fonts.printable(&place, &line)?));
    }
    cells.push(proof);
    Ok(Row { kind: Kind::Body, cells })
}

/// How a credit lies over several categories; where only a part counts, that part too.
fn split(transcript: &Transcript, entry: &Entry) -> Vec<String> {
    let Transcript { labels, evaluation, .. } = transcript;
    let Entry { outcome, .. } = entry;
    let own = entry.credit.split_for(&evaluation.pack);
    let counted = labels.split(outcome.split.iter().map(|(category, points)| (category.as_str(), points)));
    if labels.categories.is_empty() {
        Vec::new()
    } else if outcome.counted < outcome.earned && own.len() > 1 {
        let printed = labels.split(own.iter().map(|(category, amount)| (category.as_str(), amount)));
        let printed = format!("As printed: {printed}");
        let counted = (!counted.is_empty()).then(|| format!("Counted: {counted}"));
        std::iter::once(printed).chain(counted).collect()
    } else {
        Some(counted).filter(|_| outcome.split.len() > 1).into_iter().collect()
    }
}

/// The cells that every listed credit has: number, date, activity, amount as printed.
fn opening(sheet: &Sheet, entry: &Entry, place: &str) -> Result<Vec<Cell>, Error> {
    let credit = entry.credit;
    let title = if credit.title.trim().is_empty() { "Without a title" } else { &credit.title };
    let mut activity = sheet.cell(Tag::Cell, SMALL, place, title)?;
    let approver = credit.approver.as_ref().filter(|approver| !approver.is_unsure());
    let approver = approver.filter(|approver| approver.as_str() != sheet.transcript.labels.approver);
    let Transcript { options, labels, .. } = sheet.transcript;
    let short = &labels.issuer_short;
    let tags = labels.tags.iter().filter(|(id, _)| credit.tags.contains(id)).map(|(_, label)| label.as_str());
    let tags = tags.collect::<Vec<_>>().join(", ");
    let name = credit.name_on_certificate.as_ref().filter(|_| !options.hides(Hidden::FormerNames));
    let name = name.filter(|name| **name != sheet.transcript.record.holder.name);
    let details: Vec<String> = [
        credit.provider.clone(),
        credit.format.clone(),
        Some(tags),
        credit.provider_number.as_ref().map(|number| format!("no. {number}")),
        approver.map(|approver| {
            let by = words::approver(approver.as_str());
            // Cards of other bodies can be worth the issuer's own points.
            let is_own = entry.outcome.approved == Some(true);
            if is_own { format!("issued by {by}, counts as approved by {short}") } else { format!("approved by {by}") }
        }),
        name.map(|name| format!("in the name of {name}")),
    ]
    .into_iter()
    .flatten()
    .filter(|detail| !detail.trim().is_empty())
    .collect();
    let about = [credit.description.clone(), credit.relevance.clone()].into_iter();
    let about = about.filter(|_| !options.hides(Hidden::Descriptions));
    let texts = std::iter::once(Some(details.join(" · "))).chain(about);
    for text in texts.flatten().filter(|text| !text.trim().is_empty()) {
        activity.texts.push((NOTE, sheet.fonts.printable(place, &text)?));
    }
    let mut printed = sheet.cell(Tag::Cell, SMALL, place, "")?;
    for (amount, unit) in amounts(credit) {
        printed.texts.push((SMALL, sheet.fonts.printable(place, &words::amount(&amount.to_string(), unit))?));
    }
    let mut days = sheet.cell(Tag::Cell, SMALL, place, "")?;
    for day in words::days(credit.started_on, credit.completed_on) {
        days.texts.push((SMALL, sheet.fonts.printable(place, &day)?));
    }
    let number = sheet.cell(Tag::RowHead, SMALL, place, &entry.number.to_string())?;
    let number = Cell { anchor: Some(Anchor::Credit(entry.number)), ..number };
    Ok(vec![number, days, activity, printed])
}

fn total(sheet: &Sheet, label: &str, entries: &[Entry]) -> Result<Row, Error> {
    let place = "the name of a category";
    let activities = words::activities(entries.len());
    let label = sheet.cell(Tag::RowHead, STRONG, place, &format!("{label}: {activities}"))?;
    let earned: Points = entries.iter().map(|entry| entry.outcome.earned).sum();
    let counted: Points = entries.iter().map(|entry| entry.outcome.counted).sum();
    let cells = vec![
        Cell { span: LABELS, ..label },
        sheet.cell(Tag::Cell, STRONG, place, &earned.to_string())?,
        sheet.cell(Tag::Cell, STRONG, place, &counted.to_string())?,
        sheet.cell(Tag::Cell, STRONG, place, "")?,
    ];
    Ok(Row { kind: Kind::Total, cells })
}

fn refused(sheet: &Sheet) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    for entry in &sheet.transcript.entries.refused {
        let place = place(entry.credit);
        let mut cells = opening(sheet, entry, &place)?;
        let mut why = sheet.cell(Tag::Cell, SMALL, &place, "")?;
        for reason in entry.outcome.reasons.iter().filter_map(|reason| words::reason(reason)) {
            why.texts.push((SMALL, sheet.fonts.printable(&place, &reason)?));
        }
        if why.texts.is_empty() {
            let nothing = format!("Worth no {} under these rules.", sheet.transcript.labels.counts_in.1);
            why.texts.push((SMALL, sheet.fonts.printable(&place, &nothing)?));
        }
        cells.push(why);
        rows.push(Row { kind: Kind::Body, cells });
    }
    Ok(rows)
}

/// Every amount on a certificate, with its unit.
pub(crate) fn amounts(credit: &Credit) -> impl Iterator<Item = (Amount, Unit)> {
    let further = credit.awards.iter().map(|award| (award.amount, award.unit));
    credit.amount.zip(credit.unit).into_iter().chain(further)
}

/// As wide as the highest number needs.
pub(crate) fn number_column(sheet: &Sheet) -> Column {
    let highest = sheet.transcript.entries.all().count().to_string();
    let width = (sheet.fonts.width(SMALL.face, SMALL.size, &highest) + 11.0).max(26.0);
    Column::left("No.", width)
}

/// Where a text stands that cannot be printed.
pub(crate) fn place(credit: &Credit) -> String {
    let title: String = credit.title.chars().take(60).collect();
    format!("The credit “{title}” of {}", words::span(credit.started_on, credit.completed_on))
}
