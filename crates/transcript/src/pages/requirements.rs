//! The requirements.

use domain::evaluation::{Cap, Counts, Requirement, RequirementKind, Verdict};
use domain::{FactKind, Points, ProofRef, date};

use super::{HEADING, NOTE, SMALL, STRONG, Sheet, mark};
use crate::display::Tag;
use crate::entries::{Entry, Section};
use crate::layout::{Cell, Column, Kind, Row, Table};
use crate::{Error, Transcript, papers, words};

/// What the rules demand and what there is of it, line by line, and their limits.
pub(super) fn table(sheet: &mut Sheet) -> Result<(), Error> {
    let evaluation = sheet.transcript.evaluation;
    let mut rows = Vec::new();
    // What is only advised is between her and the issuer's page, not for those who read this one.
    for requirement in evaluation.requirements.iter().filter(|line| line.kind != RequirementKind::Advice) {
        let place = format!("the requirement “{}”", requirement.label);
        let mut label = sheet.cell(Tag::RowHead, SMALL, &place, &words::curly(&requirement.label))?;
        let of_path = evaluation.paths.iter().find(|path| Some(&path.id) == requirement.path.as_ref());
        let path = of_path.map(|path| format!("One of several ways: {}", path.label));
        let within = requirement.within.map(|dates| words::span(Some(dates.from), Some(dates.to)));
        for note in within.into_iter().chain(path).chain(requirement.hours()) {
            label.texts.push((NOTE, sheet.fonts.printable(&place, &words::curly(&note))?));
        }
        if let Some(by) = filled_by(sheet.transcript, requirement) {
            label.texts.push((NOTE, sheet.fonts.printable(&place, &by)?));
        }
        for shown in shown_by(sheet.transcript, requirement) {
            label.texts.push((NOTE, sheet.fonts.printable("the name of a card or another paper", &shown)?));
        }
        let mut cells = vec![label];
        let there = [requirement.needed, requirement.earned, requirement.counted].map(|points| points.to_string());
        for points in there.into_iter().chain([requirement.short.lacking()]) {
            let text = match requirement.kind {
                RequirementKind::Minimum => points,
                RequirementKind::Condition | RequirementKind::Advice => String::new(),
            };
            cells.push(sheet.cell(Tag::Cell, SMALL, &place, &text)?);
        }
        let style = if requirement.state == Verdict::Met { SMALL } else { STRONG };
        let lacks_paper = requirement.shown_by.as_ref().is_some_and(|by| by.lacks_paper);
        let state = if lacks_paper { "Met, no proof yet" } else { words::state(requirement.state) };
        let state = sheet.cell(Tag::Cell, style, &place, state)?;
        cells.push(Cell { mark: Some(mark(requirement.state)), ..state });
        rows.push(Row { kind: Kind::Body, cells });
    }
    if rows.is_empty() {
        return Ok(());
    }
    let numbers = [("Needed", 56.0), ("Earned", 56.0), ("Counted", 60.0), ("Still needed", 88.0)];
    let numbers = numbers.map(|(head, width)| Column::figures(head, width));
    let taken: f32 = numbers.iter().map(|column| column.width).sum();
    let state = 84.0;
    let mut columns = vec![Column::left("Requirement", sheet.flow.width() - taken - state)];
    columns.extend(numbers);
    columns.push(Column::left("Status", state));
    // A reader must not see one line met and miss another overleaf that is not.
    let table = Table { columns, headed: true, style: SMALL, rows };
    sheet.flow.keep_whole(sheet.gap + HEADING.leading + 4.0, &table)?;
    sheet.section("Requirements", &table)?;
    sheet.flow.space(6.0);
    for cap in &evaluation.caps {
        let Cap { label, limit, earned, counted, .. } = cap;
        let line = match cap.counts {
            Counts::Points => format!("{label}: at most {limit} count; earned {earned}, counted {counted}."),
            Counts::Credits => {
                format!("{label}: at most {limit} count, whatever each is worth; {}.", cap.of_credits())
            }
        };
        sheet.text(SMALL, "the name of a limit", &words::curly(&line))?;
    }
    let unknown = sheet.transcript.entries.section(None).into_iter().flat_map(Section::entries);
    if !evaluation.caps.is_empty() && unknown.map(|entry| entry.outcome.counted).sum::<Points>() > Points::ZERO {
        sheet.text(
            SMALL,
            "",
            "These limits take in activities whose source is not known yet, for they may fall under them.",
        )?;
    }
    Ok(())
}

/// The activities that fill a requirement, unless a heading of the list says which they are, or they are all.
fn filled_by(transcript: &Transcript, requirement: &Requirement) -> Option<String> {
    let Transcript { entries, labels, .. } = transcript;
    let filling = |entry: &Entry| requirement.fills.iter().any(|fill| fill.credit == *entry.credit.id);
    let counted =
        || entries.sections.iter().flat_map(Section::entries).filter(|entry| !entry.outcome.counted.is_zero());
    let numbers: Vec<usize> = counted().filter(|entry| filling(entry)).map(|entry| entry.number).collect();
    let is_same = |others: Vec<usize>| others == numbers;
    let of_section = |section: &Section| {
        section.entries().filter(|entry| !entry.outcome.counted.is_zero()).map(|entry| entry.number).collect()
    };
    let is_told = labels.categories.iter().any(|(_, label)| *label == words::curly(&requirement.label))
        || is_same(counted().map(|entry| entry.number).collect())
        || entries.sections.iter().map(of_section).any(is_same);
    // Some of them may not be listed.
    let is_whole = numbers.len() == requirement.fills.len();
    (is_whole && !numbers.is_empty() && !is_told).then(|| words::numbers("Activity", "Activities", &numbers))
}

/// What a condition rests on, with its exhibits: `CPR card, valid to 4 Mar 2027 · Exhibit 5`.
fn shown_by(transcript: &Transcript, requirement: &Requirement) -> Vec<String> {
    let Transcript { record, evaluation, entries, .. } = transcript;
    let asks = requirement.shown_by.as_ref().filter(|_| requirement.kind == RequirementKind::Condition);
    let Some(by) = asks else { return Vec::new() };
    let named = |name: String, files: &[ProofRef]| match entries.exhibits_of(files).as_slice() {
        [] => name,
        numbers => format!("{name} · {}", words::numbers("Exhibit", "Exhibits", numbers)),
    };
    let facts = record.facts.iter().filter(|fact| papers::shows(evaluation, requirement, fact));
    let facts = facts.map(|fact| named(words::fact(fact), &fact.proofs));
    // A card that gives points is no fact.
    let of_credits =
        entries.all().filter(|entry| by.fact == FactKind::CprCard && entry.credit.kind == domain::Kind::CprCard);
    let is_valid = |entry: &&Entry| entry.credit.expires_on.is_some_and(|day| day >= evaluation.on);
    let of_credits = of_credits.filter(is_valid).map(|entry| {
        let valid = entry.credit.expires_on.map(|day| format!(", valid to {}", date::short(day))).unwrap_or_default();
        named(format!("Activity {}{valid}", entry.number), &entry.credit.proofs)
    });
    facts.chain(of_credits).collect()
}
