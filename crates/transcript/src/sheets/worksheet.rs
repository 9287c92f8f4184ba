//! The application worksheet: what an issuer asks of each credit that it did not approve itself, by category.

use std::collections::BTreeSet;

use domain::evaluation::UNASSIGNED;
use domain::{Credit, Points};

use crate::credits::{amounts, number_column, place};
use crate::display::Tag;
use crate::entries::Entry;
use crate::layout::{Cell, Column, Kind, Row, Table};
use crate::options::Hidden;
use crate::pages::{NOTE, SMALL, STRONG, Sheet};
use crate::{Error, Transcript, words};

pub(super) const TITLE: &str = "Application worksheet";

const COLUMNS: usize = 6;

/// What credits give in one category.
struct Group<'t, 'r> {
    label: String,
    parts: Vec<(&'t Entry<'r>, Points)>,
}

impl Group<'_, '_> {
    fn sum(&self) -> Points {
        self.parts.iter().map(|(_, points)| *points).sum()
    }
}

pub(super) fn compose(sheet: &mut Sheet) -> Result<(), Error> {
    let transcript = sheet.transcript;
    let short = &transcript.labels.issuer_short;
    let nature = format!(
        "Personal record prepared by the credential holder, to copy from into the application. Not a form of {short}."
    );
    let (who, basis) = (sheet.who(), sheet.basis());
    sheet.head(TITLE, &nature, &who, &basis)?;
    let credits = asked(transcript);
    let groups = groups(transcript, &credits);
    let surplus = Group {
        label: "Worth points, but not counted".to_owned(),
        parts: credits
            .iter()
            .filter(|entry| entry.outcome.counted.is_zero())
            .map(|entry| (*entry, Points::ZERO))
            .collect(),
    };
    if credits.is_empty() {
        return nothing(sheet);
    }
    let counted: Points = groups.iter().map(Group::sum).sum();
    let number = credits.len() - surplus.parts.len();
    let labels = transcript.labels;
    let is_open = credits.iter().any(|entry| entry.outcome.approved.is_none());
    let from = if is_open { "from other sources, or from one that is not known yet," } else { "from other sources" };
    let sentence = format!(
        "{} {from} {} for {}.",
        words::activities(number),
        words::counts(number),
        words::points(&counted.to_string(), labels)
    );
    sheet.lead(&sentence)?;
    let many = &labels.counts_in.1;
    let is_parted = groups.iter().map(|group| group.parts.len()).sum::<usize>() > number;
    let parts =
        format!("An activity that gives {many} in several categories stands under each of them with its part. ");
    sheet.aside(&format!("{}{}", if is_parted { &parts } else { "" }, sheet.numbered_as()))?;
    if !labels.categories.is_empty() {
        let table = sums(sheet, &groups, counted)?;
        sheet.section(&format!("{} by category", words::capital(many)), &table)?;
    }
    let by = if labels.categories.is_empty() { "date" } else { "category and date" };
    let table = list(sheet, &groups, &surplus)?;
    sheet.section(&format!("Activities by {by}"), &table)
}

fn nothing(sheet: &mut Sheet) -> Result<(), Error> {
    let Transcript { entries, labels, .. } = sheet.transcript;
    let short = &labels.issuer_short;
    sheet.lead("There is nothing to copy.")?;
    let text = if entries.section(Some(true)).is_some() || !entries.left.is_empty() {
        format!(
            "Every activity that counts in this period was approved by {short} and belongs on {short}’s own record. One \
             from another source appears here once it is recorded."
        )
    } else {
        "No activity that counts in this period has been recorded yet. Those from other sources appear here with all that \
         an application asks of them."
            .to_owned()
    };
    sheet.aside(&text)
}

/// The activities that the issuer may not have approved, by date.
fn asked<'t, 'r>(transcript: &'t Transcript<'r>) -> Vec<&'t Entry<'r>> {
    let others = transcript.entries.sections.iter().filter(|section| section.approved != Some(true));
    let mut credits: Vec<&Entry> = others.flat_map(crate::entries::Section::entries).collect();
    credits.sort_by_key(|entry| (entry.credit.completed_on, entry.number));
    credits
}

/// The issuer's own categories, even where nothing falls into one; then whatever else the credits name.
fn groups<'t, 'r>(transcript: &Transcript, credits: &[&'t Entry<'r>]) -> Vec<Group<'t, 'r>> {
    let labels = transcript.labels;
    if labels.categories.is_empty() {
        let parts = credits.iter().map(|entry| (*entry, entry.outcome.counted));
        return vec![Group {
            label: "Counted".to_owned(),
            parts: parts.filter(|(_, points)| !points.is_zero()).collect(),
        }];
    }
    let mut ids: Vec<&str> = labels.categories.iter().map(|(id, _)| id.as_str()).collect();
    let found = || credits.iter().flat_map(|entry| &entry.outcome.split).map(|(id, _)| id.as_str());
    let strange: BTreeSet<&str> = found().filter(|id| !ids.contains(id) && *id != UNASSIGNED).collect();
    ids.extend(strange);
    ids.extend(found().find(|id| *id == UNASSIGNED));
    let parts = |id: &str| credits.iter().map(|entry| (*entry, entry.counted_in(id))).collect::<Vec<_>>();
    let group = |id: &str| Group {
        label: labels.category(id).to_owned(),
        parts: parts(id).into_iter().filter(|(_, points)| !points.is_zero()).collect(),
    };
    ids.into_iter().map(group).collect()
}

fn sums(sheet: &Sheet, groups: &[Group], counted: Points) -> Result<Table, Error> {
    let mut rows = Vec::new();
    for group in groups {
        rows.push(sums_row(sheet, &group.label, Some(group.parts.len()), group.sum())?);
    }
    let total = sums_row(sheet, "All categories", None, counted)?;
    rows.push(Row { kind: Kind::Total, ..total });
    let points = words::capital(&sheet.transcript.labels.counts_in.1);
    let number = |head: &str| Column::figures(head, 92.0);
    let label = Column::left("Category", sheet.flow.width() - 184.0);
    Ok(Table { columns: vec![label, number("Activities"), number(&points)], headed: true, style: SMALL, rows })
}

fn sums_row(sheet: &Sheet, label: &str, credits: Option<usize>, points: Points) -> Result<Row, Error> {
    let style = if credits.is_some() { SMALL } else { STRONG };
    let cells = vec![
        sheet.cell(Tag::RowHead, style, "the name of a category", label)?,
        sheet.cell(Tag::Cell, style, "", &credits.map(|credits| credits.to_string()).unwrap_or_default())?,
        sheet.cell(Tag::Cell, style, "", &points.to_string())?,
    ];
    Ok(Row { kind: Kind::Body, cells })
}

fn list(sheet: &Sheet, groups: &[Group], surplus: &Group) -> Result<Table, Error> {
    let mut rows = Vec::new();
    for group in groups.iter().chain([surplus]).filter(|group| !group.parts.is_empty()) {
        let label = sheet.cell(Tag::RowHead, STRONG, "the name of a category", &group.label)?;
        rows.push(Row { kind: Kind::Group, cells: vec![Cell { span: COLUMNS, ..label }] });
        for (entry, points) in &group.parts {
            rows.push(row(sheet, entry, *points)?);
        }
        let label = format!("{}: {}", group.label, words::activities(group.parts.len()));
        let label = sheet.cell(Tag::RowHead, STRONG, "the name of a category", &label)?;
        let points = sheet.cell(Tag::Cell, STRONG, "", &group.sum().to_string())?;
        let cells = vec![Cell { span: COLUMNS - 2, ..label }, points, sheet.cell(Tag::Cell, STRONG, "", "")?];
        rows.push(Row { kind: Kind::Total, cells });
    }
    let number = number_column(sheet);
    let fixed = [("Date", 64.0), ("As printed", 88.0), ("Copy", 72.0)];
    let [date, printed, copy] = fixed.map(|(head, width)| Column::left(head, width));
    let points = Column::figures(words::capital(&sheet.transcript.labels.counts_in.1), 54.0);
    let taken: f32 = [&number, &date, &printed, &points, &copy].iter().map(|column| column.width).sum();
    let activity = Column::left("Activity", sheet.flow.width() - taken);
    Ok(Table { columns: vec![number, date, activity, printed, points, copy], headed: true, style: SMALL, rows })
}

fn row(sheet: &Sheet, entry: &Entry, points: Points) -> Result<Row, Error> {
    let credit = entry.credit;
    let place = place(credit);
    let title = if credit.title.trim().is_empty() { "Without a title" } else { &credit.title };
    let mut activity = sheet.cell(Tag::Cell, SMALL, &place, title)?;
    for field in fields(sheet, credit) {
        activity.texts.push((NOTE, sheet.fonts.printable(&place, &field)?));
    }
    for remark in remarks(sheet, entry, points) {
        activity.texts.push((SMALL, sheet.fonts.printable(&place, &remark)?));
    }
    let mut days = sheet.cell(Tag::Cell, SMALL, &place, "")?;
    for day in words::days(credit.started_on, credit.completed_on) {
        days.texts.push((SMALL, sheet.fonts.printable(&place, &day)?));
    }
    let mut printed = sheet.cell(Tag::Cell, SMALL, &place, "")?;
    for (amount, unit) in amounts(credit) {
        printed.texts.push((SMALL, sheet.fonts.printable(&place, &words::amount(&amount.to_string(), unit))?));
    }
    let exhibits = sheet.transcript.entries.exhibits_of(&credit.proofs);
    let (style, copy) = if exhibits.is_empty() {
        (STRONG, "No proof yet".to_owned())
    } else {
        (SMALL, words::numbers("Exhibit", "Exhibits", &exhibits))
    };
    let cells = vec![
        sheet.cell(Tag::RowHead, SMALL, &place, &entry.number.to_string())?,
        days,
        activity,
        printed,
        sheet.cell(Tag::Cell, SMALL, &place, &points.to_string())?,
        sheet.cell(Tag::Cell, style, &place, &copy)?,
    ];
    Ok(Row { kind: Kind::Body, cells })
}

/// One line for each field of an application besides title, date, amount and points; what is not on file is said.
fn fields(sheet: &Sheet, credit: &Credit) -> Vec<String> {
    let given = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned);
    let told = |text: Option<&str>| given(text).unwrap_or("not recorded".to_owned());
    let approver = credit
        .approver
        .as_ref()
        .filter(|approver| !approver.is_unsure())
        .map(|approver| words::approver(approver.as_str()));
    let number = given(credit.provider_number.as_deref()).map(|number| format!(", no. {number}")).unwrap_or_default();
    let mut fields = vec![
        format!("Given by: {}", told(credit.provider.as_deref())),
        format!("Approved by: {}{number}", told(approver.as_deref())),
    ];
    if !sheet.transcript.options.hides(Hidden::Descriptions) {
        fields.extend(given(credit.description.as_deref()).map(|about| format!("About: {about}")));
        fields.extend(given(credit.relevance.as_deref()).map(|relevance| format!("Relevance: {relevance}")));
    }
    fields
}

/// What else has to be known of its points.
fn remarks(sheet: &Sheet, entry: &Entry, points: Points) -> Vec<String> {
    let outcome = entry.outcome;
    let mut remarks = Vec::new();
    let labels = sheet.transcript.labels;
    if points < outcome.counted && !labels.categories.is_empty() {
        let split = labels.split(outcome.split.iter().map(|(category, points)| (category.as_str(), points)));
        let all = words::points(&outcome.counted.to_string(), labels);
        remarks.push(format!("{points} of {all}: {split}."));
    }
    if outcome.counted < outcome.earned {
        // That reason says so itself.
        if !outcome.reasons.iter().any(|reason| reason.code == "capped") {
            remarks.push(format!("Worth {}, counts for {}.", outcome.earned, outcome.counted));
        }
        remarks.extend(outcome.reasons.iter().filter_map(|reason| words::reason(reason)));
    }
    if outcome.approved.is_none() {
        remarks.push("It is not known yet who approved it.".to_owned());
    }
    remarks
}
