//! The files that show what is listed.

use super::{SMALL, Sheet};
use crate::display::{Anchor, Tag};
use crate::entries::Exhibit;
use crate::layout::{Cell, Column, Kind, Row, Table};
use crate::{Error, Laid, Transcript, words};

const ATTACHED: &str = "These files are attached to this document, each as it was added to the record, under the number of \
                        its exhibit. A PDF reader lists them under attachments.";

/// Every file: in a packet with its pages, to which its number leads.
pub(super) fn list(sheet: &mut Sheet) -> Result<(), Error> {
    let Transcript { entries, packed, options, .. } = sheet.transcript;
    if entries.exhibits.is_empty() {
        return Ok(());
    }
    let table = match packed {
        Some((laid, first)) => packed_table(sheet, laid, *first)?,
        None => table(sheet)?,
    };
    sheet.section("Exhibits", &table)?;
    if options.attaches() && packed.is_none() {
        sheet.flow.space(6.0);
        sheet.text(SMALL, "", ATTACHED)?;
    }
    Ok(())
}

/// The files are elsewhere.
fn table(sheet: &Sheet) -> Result<Table, Error> {
    let Transcript { entries, .. } = sheet.transcript;
    // Without any count the column would be empty.
    let counts = entries.exhibits.iter().any(|exhibit| sheet.transcript.pages.contains_key(exhibit.sha256));
    let mut rows = Vec::new();
    for (index, exhibit) in entries.exhibits.iter().enumerate() {
        let [mut number, file] = opening(sheet, index, exhibit)?;
        number.anchor = Some(Anchor::Exhibit(index + 1));
        let mut shows = sheet.cell(Tag::Cell, SMALL, "", "")?;
        for role in &exhibit.roles {
            shows.texts.push((SMALL, sheet.fonts.printable("", words::role(*role))?));
        }
        for other in &exhibit.others {
            shows.texts.push((SMALL, sheet.fonts.printable("the name of a card or another paper", other)?));
        }
        let mut cells = vec![number, file, shows];
        if counts {
            let pages = sheet.transcript.pages.get(exhibit.sha256).map(u32::to_string).unwrap_or_default();
            cells.push(sheet.cell(Tag::Cell, SMALL, "", &pages)?);
        }
        cells.push(sheet.cell(Tag::Cell, SMALL, "", &words::listed(&exhibit.credits))?);
        let beginning = exhibit.sha256.get(..12).unwrap_or(exhibit.sha256);
        cells.push(sheet.cell(Tag::Cell, SMALL, "", beginning)?);
        rows.push(Row { kind: Kind::Body, cells });
    }
    let pages = counts.then(|| Column::figures("Pages", 44.0));
    let after = [Column::left("Of activity", 68.0), Column::left("SHA-256 begins with", 92.0)];
    let columns = [Column::left("What it shows", 104.0)].into_iter().chain(pages).chain(after).collect();
    Ok(all(sheet, columns, rows))
}

/// The files follow.
fn packed_table(sheet: &Sheet, laid: &[Laid], first: usize) -> Result<Table, Error> {
    let mut rows = Vec::new();
    let mut page = first;
    for (index, (exhibit, laid)) in sheet.transcript.entries.exhibits.iter().zip(laid).enumerate() {
        let [mut number, file] = opening(sheet, index, exhibit)?;
        number.links.push((0, Anchor::Exhibit(index + 1)));
        let mut shows = sheet.cell(Tag::Cell, SMALL, "", "")?;
        let activities = words::numbers("Activity", "Activities", &exhibit.credits);
        for text in Some(activities).filter(|_| !exhibit.credits.is_empty()).iter().chain(&exhibit.others) {
            shows.texts.push((SMALL, sheet.fonts.printable("the name of a card or another paper", text)?));
        }
        let pages = sheet.cell(Tag::Cell, SMALL, "", &words::laid(laid, page))?;
        page += laid.pages();
        let mut hash = sheet.cell(Tag::Cell, SMALL, "", "")?;
        for part in words::halves(exhibit.sha256) {
            hash.texts.push((SMALL, sheet.fonts.printable("", part)?));
        }
        rows.push(Row { kind: Kind::Body, cells: vec![number, file, shows, pages, hash] });
    }
    let columns =
        vec![Column::left("What it shows", 108.0), Column::left("On page", 62.0), Column::left("SHA-256", 160.0)];
    Ok(all(sheet, columns, rows))
}

fn opening(sheet: &Sheet, index: usize, exhibit: &Exhibit) -> Result<[Cell; 2], Error> {
    let place = format!("The name of exhibit {}", index + 1);
    let name = words::file_name(sheet.fonts, &exhibit.name)?;
    let number = sheet.cell(Tag::RowHead, SMALL, &place, &(index + 1).to_string())?;
    Ok([number, sheet.cell(Tag::Cell, SMALL, &place, name.as_str())?])
}

fn all(sheet: &Sheet, after: Vec<Column>, rows: Vec<Row>) -> Table {
    const NUMBER: f32 = 54.0;
    let taken: f32 = after.iter().map(|column| column.width).sum();
    let before = [Column::left("Exhibit", NUMBER), Column::left("File", sheet.flow.width() - NUMBER - taken)];
    Table { columns: before.into_iter().chain(after).collect(), headed: true, style: SMALL, rows }
}
