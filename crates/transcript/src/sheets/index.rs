//! The certificate index: every exhibit of the transcript, what it shows, and its whole fingerprint.

use crate::display::Tag;
use crate::entries::Exhibit;
use crate::layout::{Cell, Column, Kind, Row, Table};
use crate::pages::{NOTE, SMALL, Sheet};
use crate::{Error, words};

pub(super) const TITLE: &str = "Certificate index";

pub(super) fn compose(sheet: &mut Sheet) -> Result<(), Error> {
    let (who, basis) = (sheet.who(), sheet.basis());
    sheet.head(
        TITLE,
        "Personal record prepared by the credential holder: the files that show the activities of the transcript.",
        &who,
        &basis,
    )?;
    let exhibits = &sheet.transcript.entries.exhibits;
    if exhibits.is_empty() {
        sheet.lead("There are no certificates to list.")?;
        let text = "No file shows an activity of this period yet. Each that does gets a number here, with what it \
                    shows and a fingerprint by which it can be told from any other.";
        return sheet.aside(text);
    }
    let shown: usize = sheet.transcript.entries.all().filter(|entry| !entry.credit.proofs.is_empty()).count();
    let verb = if exhibits.len() == 1 { "shows" } else { "show" };
    let others = exhibits.iter().filter(|exhibit| !exhibit.others.is_empty()).count();
    let others = if others == 0 {
        String::new()
    } else {
        format!(" and {}", words::count(others, "other paper", "other papers"))
    };
    let files = words::count(exhibits.len(), "file", "files");
    sheet.lead(&format!("{files} {verb} {}{others}.", words::activities(shown)))?;
    sheet.aside(sheet.numbered_as())?;
    let table = table(sheet, exhibits)?;
    sheet.section("Exhibits", &table)?;
    sheet.flow.space(6.0);
    let text =
        "The 64 letters and digits below a file’s name are its SHA-256, a fingerprint: a changed file has another one.";
    sheet.text(SMALL, "", text)
}

fn table(sheet: &Sheet, exhibits: &[Exhibit]) -> Result<Table, Error> {
    let pages = sheet.transcript.pages;
    // Without any count the column would be empty.
    let counts = exhibits.iter().any(|exhibit| pages.contains_key(exhibit.sha256));
    let mut rows = Vec::new();
    for (index, exhibit) in exhibits.iter().enumerate() {
        let number = (index + 1).to_string();
        let place = format!("The name of exhibit {number}");
        let name = words::file_name(sheet.fonts, &exhibit.name)?;
        let mut file = sheet.cell(Tag::Cell, SMALL, &place, name.as_str())?;
        for part in words::halves(exhibit.sha256) {
            file.texts.push((NOTE, sheet.fonts.printable(&place, part)?));
        }
        let mut shows = sheet.cell(Tag::Cell, SMALL, &place, "")?;
        for role in &exhibit.roles {
            shows.texts.push((SMALL, sheet.fonts.printable(&place, words::role(*role))?));
        }
        for other in &exhibit.others {
            shows.texts.push((SMALL, sheet.fonts.printable("the name of a card or another paper", other)?));
        }
        let mut cells = vec![sheet.cell(Tag::RowHead, SMALL, &place, &number)?, file, shows, credits(sheet, exhibit)?];
        if counts {
            let count = pages.get(exhibit.sha256).map(u32::to_string).unwrap_or_default();
            cells.push(sheet.cell(Tag::Cell, SMALL, "", &count)?);
        }
        rows.push(Row { kind: Kind::Body, cells });
    }
    let pages = counts.then_some(Column::figures("Pages", 44.0));
    let taken = 46.0 + 174.0 + 96.0 + pages.as_ref().map_or(0.0, |column| column.width);
    let mut columns =
        vec![Column::left("Exhibit", 46.0), Column::left("File", 174.0), Column::left("What it shows", 96.0)];
    columns.push(Column::left("Of activity", sheet.flow.width() - taken));
    columns.extend(pages);
    Ok(Table { columns, headed: true, style: SMALL, rows })
}

/// The credits that a file shows, by number and title.
fn credits(sheet: &Sheet, exhibit: &Exhibit) -> Result<Cell, Error> {
    let mut cell = sheet.cell(Tag::Cell, SMALL, "", "")?;
    let numbered = sheet.transcript.entries.all().filter(|entry| exhibit.credits.contains(&entry.number));
    for entry in numbered {
        let text = format!("{} · {}", entry.number, entry.credit.title);
        cell.texts.push((SMALL, sheet.fonts.printable(&crate::credits::place(entry.credit), &text)?));
    }
    Ok(cell)
}
