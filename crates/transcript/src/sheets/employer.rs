//! The credential summary: what an employer wants to know, and how to check it.

use domain::evaluation::Standing;
use domain::{ProofRole, date};

use crate::display::Tag;
use crate::hidden::file_name;
use crate::layout::{Column, Kind, Mark, Row, Table};
use crate::pages::{BODY, Line, SMALL, STRONG, Sheet};
use crate::sheets::cards::{Card, cards};
use crate::{Error, Transcript, words};

pub(super) const TITLE: &str = "Credential summary";

pub(super) fn compose(sheet: &mut Sheet) -> Result<(), Error> {
    let Transcript { evaluation, labels, options, .. } = sheet.transcript;
    let nature = "Prepared by the credential holder for an employer. Self-reported; not a document of the issuer, which \
                  alone can confirm it.";
    let who = sheet.who();
    let issued: Vec<Line> = vec![
        ("Issued by", labels.issuer.clone(), STRONG),
        ("Expires", date::short(evaluation.dates.expires_on), STRONG),
        ("As of", date::short(evaluation.on), SMALL),
        ("Printed on", date::short(options.printed_on), SMALL),
    ];
    sheet.head(TITLE, nature, &who, &issued)?;
    let mark = match evaluation.standing {
        Standing::Current => Mark::Tick,
        Standing::Late | Standing::Lapsed => Mark::Cross,
        Standing::Unknown => Mark::Dash,
    };
    sheet.verdict(mark, &words::standing(evaluation))?;
    check(sheet)?;
    current(sheet)?;
    enclosed(sheet)?;
    sheet.statement()
}

/// Where the issuer can be asked.
fn check(sheet: &mut Sheet) -> Result<(), Error> {
    let labels = &sheet.transcript.labels;
    sheet.heading("How to check it")?;
    let place = labels.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
    let ask = format!("Ask the issuer whether the credential is current: {}{place}.", labels.issuer);
    for text in [Some(ask), labels.verify.clone()].into_iter().flatten() {
        sheet.text(BODY, "the issuer’s name, or how to check with it", &text)?;
    }
    Ok(())
}

fn current(sheet: &mut Sheet) -> Result<(), Error> {
    const HEADING: &str = "Current CPR and BLS cards";
    let Transcript { record, evaluation, .. } = sheet.transcript;
    let cards: Vec<Card> =
        cards(record, &evaluation.credential).into_iter().filter(|card| card.is_current(evaluation.on)).collect();
    if cards.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::new();
    for card in &cards {
        let place = format!("The card “{}”", card.name);
        let day = |day: Option<_>| day.map_or("Not on file".to_owned(), date::short);
        let copy = if card.proofs.is_empty() { "None" } else { "The holder has one" };
        let cells = vec![
            sheet.cell(Tag::RowHead, SMALL, &place, card.name)?,
            sheet.cell(Tag::Cell, SMALL, "", &day(card.issued_on))?,
            sheet.cell(Tag::Cell, STRONG, "", &day(card.expires_on))?,
            sheet.cell(Tag::Cell, SMALL, "", copy)?,
        ];
        rows.push(Row { kind: Kind::Body, cells });
    }
    let widths = [sheet.flow.width() - 3.0 * 92.0, 92.0, 92.0, 92.0];
    let heads = ["Card", "Issued", "Valid until", "Copy"];
    let columns = heads.into_iter().zip(widths).map(|(head, width)| Column::left(head, width));
    sheet.section(HEADING, &Table { columns: columns.collect(), headed: true, style: SMALL, rows })
}

/// What lies behind this page in the envelope.
fn enclosed(sheet: &mut Sheet) -> Result<(), Error> {
    let Transcript { record, evaluation, options, .. } = sheet.transcript;
    let certificates = record.holder.documents.iter().filter(|file| file.role == ProofRole::CredentialCertificate);
    let mut copies = Vec::new();
    for file in certificates {
        let name = words::file_name(sheet.fonts, &file_name(file, &record.holder, &options.hide))?;
        copies.push(format!("{}: {}", words::role(file.role), name.as_str()));
    }
    for card in cards(record, &evaluation.credential).iter().filter(|card| card.is_current(evaluation.on)) {
        let files: Vec<String> = card.proofs.iter().map(|file| words::role(file.role).to_lowercase()).collect();
        copies.extend((!files.is_empty()).then(|| format!("{}: {}", card.name, files.join(", "))));
    }
    if copies.is_empty() {
        return Ok(());
    }
    sheet.heading("Copies enclosed")?;
    let mut items = Vec::new();
    for copy in &copies {
        items.push(sheet.fonts.printable("the name of a file or a card", copy)?);
    }
    sheet.flow.list(Mark::Square, BODY, &items, 3.0);
    Ok(())
}
