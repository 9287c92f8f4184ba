//! The letter for an application by mail, with a list of what is enclosed.

use domain::evaluation::{RequirementKind, Standing};
use domain::{FactKind, ProofRole, date};

use crate::display::{Style, Tag};
use crate::entries::Section;
use crate::fonts::{Face, Printable};
use crate::hidden::{file_name, may_be_seen};
use crate::layout::Mark;
use crate::pages::{BODY, NOTE, SIGNATURE, Sheet, holder_number};
use crate::sheets::{cards, index, worksheet};
use crate::{Error, Transcript, words};

/// A letter speaks softer than a sheet.
const SUBJECT: Style = Style { face: Face::Semibold, size: 15.0, leading: 20.0, ink: 0.0 };
const NAME: Style = Style { face: Face::Semibold, ..BODY };

pub(super) const TITLE: &str = "Application for renewal";

pub(super) fn compose(sheet: &mut Sheet) -> Result<(), Error> {
    let Transcript { record, evaluation, labels, options, .. } = sheet.transcript;
    let holder = &record.holder;
    sheet.text(NAME, "the holder’s name", &holder.name)?;
    if let Some(number) = holder_number(sheet.transcript) {
        sheet.text(BODY, "the member number", &format!("Member no. {number}"))?;
    }
    match sheet.address() {
        Some(lines) => lines.iter().try_for_each(|line| sheet.text(BODY, "the address", line))?,
        None => fill_in(sheet, "Address")?,
    }
    fill_in(sheet, "Telephone or e-mail")?;
    sheet.flow.space(22.0);
    sheet.text(BODY, "", &date::long(options.printed_on))?;
    sheet.flow.space(14.0);
    sheet.text(BODY, "the issuer’s name", &labels.issuer)?;
    fill_in(sheet, "Address as the application form gives it")?;
    sheet.flow.space(26.0);
    let title = sheet.fonts.printable("the title", TITLE)?;
    sheet.flow.paragraph(Tag::H1, SUBJECT, &title, 0.0);
    sheet.flow.space(8.0);
    let period = evaluation.period;
    let expires = if evaluation.standing == Standing::Current { "expires" } else { "expired" };
    let ask = format!(
        "I apply to renew my credential, {}, which {expires} on {}. The period of my continuing education is {} to {}.",
        labels.in_full(&evaluation.credential_name),
        date::long(evaluation.dates.expires_on),
        date::long(period.from),
        date::long(period.to)
    );
    sheet.text(BODY, "the credential’s name", &ask)?;
    let items = enclosures(sheet)?;
    let heading = sheet.fonts.printable("a heading", "Enclosed")?;
    sheet.gap();
    sheet.flow.heading(Tag::H2, NAME, &heading, 3.0 * BODY.leading);
    sheet.flow.space(5.0);
    sheet.flow.list(Mark::Square, BODY, &items, 5.0);
    sheet.flow.space(12.0);
    sheet.flow.need(2.0 * BODY.leading + SIGNATURE);
    let has_copies = !sheet.transcript.entries.exhibits.is_empty();
    let copies = if has_copies { " I enclose copies and keep the originals." } else { "" };
    sheet.text(BODY, "", &format!("Please let me know if anything is missing or unclear.{copies}"))?;
    sheet.signature()
}

/// A line to write on, named below.
fn fill_in(sheet: &mut Sheet, label: &str) -> Result<(), Error> {
    let width = sheet.flow.width() / 2.0;
    sheet.flow.space(20.0);
    sheet.flow.rule(0.0, width, 0.4, 0.4);
    sheet.flow.space(2.0);
    sheet.text(NOTE, "", label)
}

/// What the envelope holds, in the order in which it is read.
fn enclosures(sheet: &Sheet) -> Result<Vec<Printable>, Error> {
    let Transcript { record, evaluation, entries, labels, options, .. } = sheet.transcript;
    let mut items = vec!["The application form, filled in and signed".to_owned()];
    let is_fee = |by: &domain::evaluation::ShownBy| by.fact == FactKind::Fee;
    let fees = evaluation.requirements.iter().filter(|line| line.kind == RequirementKind::Advice);
    if fees.filter_map(|line| line.shown_by.as_ref()).any(is_fee) {
        items.push("The fee".to_owned());
    }
    let all = entries.sections.iter().flat_map(Section::entries);
    let all = all.count();
    if all > 0 {
        let activities = words::activities(all);
        items.push(format!("Transcript of my continuing education, prepared by myself: {activities}"));
    }
    let others = entries.sections.iter().filter(|section| section.approved != Some(true)).flat_map(Section::entries);
    let others: Vec<_> = others.filter(|entry| !entry.outcome.counted.is_zero()).collect();
    if !others.is_empty() {
        let points: domain::Points = others.iter().map(|entry| entry.outcome.counted).sum();
        items.push(format!(
            "{}: {} from other sources, {}",
            worksheet::TITLE,
            words::activities(others.len()),
            words::points(&points.to_string(), labels)
        ));
    }
    if !entries.exhibits.is_empty() {
        let numbers: Vec<usize> = (1..=entries.exhibits.len()).collect();
        let span = match numbers.as_slice() {
            [one] => format!("exhibit {one}"),
            [one, two] => format!("exhibits {one} and {two}"),
            several => format!("exhibits 1 to {}", several.len()),
        };
        items.push(format!("Copies of the certificates: {span}, with their {}", index::TITLE.to_lowercase()));
    }
    let mut shown_by = evaluation.requirements.iter().filter_map(|line| line.shown_by.as_ref());
    // Without any demand for a card none belongs in the envelope, unless it is an exhibit anyway.
    if shown_by.any(|by| by.fact == FactKind::CprCard) {
        let cards = cards::cards(record, &evaluation.credential);
        let is_further = |card: &&cards::Card| !card.proofs.is_empty() && entries.exhibits_of(card.proofs).is_empty();
        let cards = cards.iter().filter(|card| card.is_current(evaluation.on)).filter(is_further);
        items.extend(cards.map(|card| format!("Copy of a card: {}", card.name)));
    }
    let changes = record.holder.documents.iter().filter(|file| file.role == ProofRole::NameChange);
    for file in changes.filter(|file| may_be_seen(file, &options.hide)) {
        let name = words::file_name(sheet.fonts, &file_name(file, &record.holder, &options.hide))?;
        items.push(format!("Proof of the change of my name ({})", name.as_str()));
    }
    items.iter().map(|item| sheet.fonts.printable("the name of a card", item)).collect()
}
