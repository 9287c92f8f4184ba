//! Credits out of a spreadsheet saved as CSV: one row each, every cell that cannot be taken is named.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use csv::{ByteRecord, ReaderBuilder};
use domain::{Amount, Approver, Credit, Kind, Unit, unseen};

/// The columns besides the categories; the first four must be there.
const COLUMNS: [(&str, Column); 10] = [
    ("title", Column::Title),
    ("completed_on", Column::CompletedOn),
    ("amount", Column::Amount),
    ("unit", Column::Unit),
    ("provider", Column::Provider),
    ("approved_by", Column::ApprovedBy),
    ("provider_number", Column::ProviderNumber),
    ("kind", Column::Kind),
    ("started_on", Column::StartedOn),
    ("description", Column::Description),
];
const REQUIRED: usize = 4;

const UNITS: [(&str, Unit); 11] = [
    ("aama_ceu", Unit::AamaCeu),
    ("contact_hour", Unit::ContactHour),
    ("clock_hour", Unit::ClockHour),
    ("cme_credit", Unit::CmeCredit),
    ("iacet_ceu", Unit::IacetCeu),
    ("ceu", Unit::Ceu),
    ("semester_credit", Unit::SemesterCredit),
    ("quarter_credit", Unit::QuarterCredit),
    ("cpr_card", Unit::CprCard),
    ("issuer_credit", Unit::IssuerCredit),
    ("point", Unit::Point),
];

const KINDS: [(&str, Kind); 13] = [
    ("course", Kind::Course),
    ("online", Kind::Online),
    ("workshop", Kind::Workshop),
    ("seminar", Kind::Seminar),
    ("conference", Kind::Conference),
    ("college", Kind::College),
    ("cpr_card", Kind::CprCard),
    ("authoring", Kind::Authoring),
    ("teaching", Kind::Teaching),
    ("employment", Kind::Employment),
    ("in_service", Kind::InService),
    ("opening_balance", Kind::OpeningBalance),
    ("other", Kind::Other),
];

/// More faults than anybody mends one by one; also keeps a file of garbage from filling the memory.
const MAX_FAULTS: usize = 1_000;
/// More rows than a working life fills.
const MAX_ROWS: u32 = 100_000;
const MAX_CELLS: usize = 1_000;
/// As much of a faulty cell as is worth showing.
const SHOWN: usize = 60;

/// What a spreadsheet holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The rows that can be taken, in their order, without ids.
    pub credits: Vec<Credit>,
    /// The cells that cannot, in their order. Rows with one are not among the credits.
    pub faults: Vec<RowFault>,
}

/// A cell that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Counted as a spreadsheet does: the heading is row 1.
    pub row: u32,
    /// The column's heading.
    pub column: String,
    /// What stands there, shortened if it is long.
    pub value: String,
    /// What is wrong and what to do.
    pub reason: String,
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}, column {}, “{}”: {}", self.row, self.column, self.value, self.reason)
    }
}

/// Why a file cannot be read as a spreadsheet at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetError {
    /// The file is not UTF-8 text.
    NotUtf8,
    /// The file is empty.
    Empty,
    /// There is a heading and nothing below it.
    NoRows,
    /// The cells are separated by something else than commas.
    Separator {
        /// What separates them.
        found: &'static str,
    },
    /// A column that is not known.
    UnknownColumn {
        /// Its heading, shortened if it is long.
        column: String,
        /// The headings that are known.
        known: Vec<String>,
    },
    /// Two columns of the same name.
    RepeatedColumn {
        /// Their heading.
        column: String,
    },
    /// A column that every spreadsheet needs.
    MissingColumn {
        /// Its heading.
        column: &'static str,
        /// The headings that are known.
        known: Vec<String>,
    },
    /// A quotation mark that is never closed, so that the rows below it cannot be told apart.
    OpenQuote {
        /// Where it opens.
        row: u32,
    },
    /// Hardly anything can be taken.
    TooManyFaults {
        /// The first of them.
        first: RowFault,
    },
    /// More rows than are taken at once.
    TooManyRows,
    /// A row has more cells than any spreadsheet.
    TooManyCells {
        /// Which one.
        row: u32,
    },
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 => write!(f, "This is not plain UTF-8 text. {SAVE_AS}."),
            Self::Empty => f.write_str("The file is empty. Save the spreadsheet again and choose that file."),
            Self::NoRows => f.write_str("There is a heading but no row below it. Add one row for each activity."),
            Self::Separator { found } => write!(f, "The cells are separated by {found}, not by commas. {SAVE_AS}."),
            Self::UnknownColumn { column, known } => write!(
                f,
                "The heading “{column}” is not known. Rename or remove that column; known are {}.",
                known.join(", ")
            ),
            Self::RepeatedColumn { column } => {
                write!(f, "The heading “{column}” stands there twice. Rename or remove one of the two columns.")
            }
            Self::MissingColumn { column, known } => {
                write!(f, "The column “{column}” is missing. Add it to the heading; known are {}.", known.join(", "))
            }
            Self::OpenQuote { row } => {
                write!(f, "A quotation mark in row {row} is never closed. Remove it or add the second one.")
            }
            Self::TooManyFaults { first } => write!(
                f,
                "More than {MAX_FAULTS} cells cannot be taken, the first in {first}. Check that it is the right file."
            ),
            Self::TooManyCells { row } => {
                write!(f, "Row {row} has more than {MAX_CELLS} cells. Delete the columns that are not needed.")
            }
            Self::TooManyRows => {
                write!(f, "There are more than {MAX_ROWS} rows. Split the spreadsheet into several files.")
            }
        }
    }
}

impl std::error::Error for SheetError {}

const SAVE_AS: &str = "In the spreadsheet program choose “Save as”, then “CSV UTF-8 (comma delimited)”";

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Title,
    Provider,
    ProviderNumber,
    Kind,
    StartedOn,
    CompletedOn,
    Amount,
    Unit,
    ApprovedBy,
    Description,
    /// The part of the amount in this category.
    Category(String),
    /// Nothing, if the cells are as empty as their heading.
    Unnamed,
}

/// Reads the credits of a CSV file whose columns may include one for each of `categories`.
pub fn read_csv(bytes: &[u8], categories: &[&str]) -> Result<Sheet, SheetError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // A NUL byte in what passes for UTF-8 is UTF-16 without its mark, or no text at all.
    if bytes.contains(&0) || std::str::from_utf8(bytes).is_err() {
        return Err(SheetError::NotUtf8);
    }
    if bytes.trim_ascii().is_empty() {
        return Err(SheetError::Empty);
    }
    let mut rows = Rows::of(bytes);
    let heading = rows.next().transpose()?.ok_or(SheetError::Empty)?;
    let headings: Vec<&str> = heading.cells.iter().map(text).collect();
    let columns = columns(&headings, categories)?;
    let mut sheet = Sheet::default();
    let mut any = false;
    for row in rows {
        let row = row?;
        if row.cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        any = true;
        match credit(&row, &headings, &columns) {
            Ok(credit) => sheet.credits.push(credit),
            Err(faults) => sheet.faults.extend(faults),
        }
        if sheet.faults.len() > MAX_FAULTS {
            return Err(SheetError::TooManyFaults { first: sheet.faults.swap_remove(0) });
        }
    }
    if any { Ok(sheet) } else { Err(SheetError::NoRows) }
}

/// A row with the number a spreadsheet program shows beside it.
struct Row {
    number: u32,
    cells: ByteRecord,
}

/// The rows of a file. Blank lines are no rows, but are counted.
struct Rows<'b> {
    bytes: &'b [u8],
    reader: csv::Reader<&'b [u8]>,
    number: u32,
}

impl<'b> Rows<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        Self { bytes, reader, number: 0 }
    }

    fn offset(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX).min(self.bytes.len())
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.offset();
        if has_too_many_cells(&self.bytes[start..]) {
            return Some(Err(SheetError::TooManyCells { row: self.number.saturating_add(1) }));
        }
        let mut cells = ByteRecord::new();
        // Reading from memory with any number of cells allowed, nothing is left that could fail.
        if !self.reader.read_byte_record(&mut cells).unwrap_or(false) {
            return None;
        }
        let (blank, begin) = skip_blank_lines(self.bytes, start);
        self.number = self.number.saturating_add(blank).saturating_add(1);
        let row = Row { number: self.number, cells };
        if self.number > MAX_ROWS {
            return Some(Err(SheetError::TooManyRows));
        }
        let end = self.offset();
        if end == self.bytes.len() && leaves_quote_open(self.bytes.get(begin..end).unwrap_or_default()) {
            return Some(Err(SheetError::OpenQuote { row: row.number }));
        }
        Some(Ok(row))
    }
}

/// Whether the first row has more cells than may be. Asked before the reader makes room for all of them.
fn has_too_many_cells(bytes: &[u8]) -> bool {
    let begin = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(bytes.len());
    let (mut cells, mut open, mut cell_starts) = (1, false, true);
    for byte in &bytes[begin..] {
        match (byte, open) {
            (b'"', true) => open = false,
            (b'"', false) if cell_starts => open = true,
            (b',', false) => cells += 1,
            (b'\r' | b'\n', false) => return false,
            _ => {}
        }
        // A second quotation mark after a closing one opens again: two stand for one.
        cell_starts = !open && matches!(byte, b',' | b'"');
        if cells > MAX_CELLS {
            return true;
        }
    }
    false
}

/// How many blank lines stand at `start`, and where the next row begins.
fn skip_blank_lines(bytes: &[u8], start: usize) -> (u32, usize) {
    let mut at = start;
    // The reader stops between the two bytes that end a line on Windows.
    if at > 0 && bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n') {
        at += 1;
    }
    let mut blank = 0;
    loop {
        at += match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return (blank, at),
        };
        blank += 1;
    }
}

/// Whether the last row, from its first byte to the end of the file, ends inside quotation marks.
fn leaves_quote_open(row: &[u8]) -> bool {
    let mut open = false;
    let mut cell_starts = true;
    for byte in row {
        match (byte, open) {
            (b'"', true) => open = false,
            // Also the second of two marks, which stand for one: the first closed, this one opens again.
            (b'"', false) if cell_starts => open = true,
            _ => {}
        }
        cell_starts = !open && matches!(byte, b',' | b'"' | b'\r' | b'\n');
    }
    open
}

fn text(cell: &[u8]) -> &str {
    // The whole file was checked, and cells are cut at commas, quotes and line ends only.
    unseen::trimmed(std::str::from_utf8(cell).unwrap_or_default())
}

/// What each column holds, from its heading.
fn columns(headings: &[&str], categories: &[&str]) -> Result<Vec<Column>, SheetError> {
    let known = || COLUMNS.iter().map(|(name, _)| *name).chain(categories.iter().copied()).map(str::to_owned).collect();
    let mut columns: Vec<Column> = Vec::with_capacity(headings.len());
    for heading in headings {
        let name = heading.to_lowercase();
        let fixed = COLUMNS.iter().find(|(known, _)| *known == name).map(|(_, column)| column.clone());
        let category = || categories.iter().find(|id| **id == name).map(|id| Column::Category((*id).to_owned()));
        let column = match fixed.or_else(category) {
            Some(column) => column,
            None if name.is_empty() => Column::Unnamed,
            None => return Err(separator(headings).unwrap_or_else(|| unknown(heading, known()))),
        };
        if column != Column::Unnamed && columns.contains(&column) {
            return Err(SheetError::RepeatedColumn { column: name });
        }
        columns.push(column);
    }
    match COLUMNS[..REQUIRED].iter().find(|(_, column)| !columns.contains(column)) {
        Some((column, _)) => Err(SheetError::MissingColumn { column, known: known() }),
        None => Ok(columns),
    }
}

fn unknown(heading: &str, known: Vec<String>) -> SheetError {
    SheetError::UnknownColumn { column: shortened(heading), known }
}

/// The separator that a heading of one single cell really has.
fn separator(headings: &[&str]) -> Option<SheetError> {
    let [heading] = headings else { return None };
    let found = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    found.into_iter().find(|(mark, _)| heading.contains(*mark)).map(|(_, found)| SheetError::Separator { found })
}

/// The credit a row describes, or every cell that stands in its way.
fn credit(row: &Row, headings: &[&str], columns: &[Column]) -> Result<Credit, Vec<RowFault>> {
    let mut credit = Credit::empty("");
    let mut faults: Vec<RowFault> = Vec::new();
    let cells: Vec<&str> = row.cells.iter().map(text).collect();
    let fault = |column: String, value: &str, reason: String| RowFault {
        row: row.number,
        column,
        value: shortened(value),
        reason,
    };
    for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        if let Err(reason) = fill(&mut credit, columns.get(index).unwrap_or(&Column::Unnamed), cell) {
            let heading = headings.get(index).filter(|heading| !heading.is_empty());
            let column = heading.map_or_else(|| (index + 1).to_string(), |heading| (*heading).to_owned());
            faults.push(fault(column, cell, reason));
        }
    }
    // A cell that could not be read is not missing, and parts that could not be read do not fail to add up.
    let unread: Vec<String> = faults.iter().map(|fault| fault.column.clone()).collect();
    for complaint in credit.faults() {
        let concerned: Vec<usize> =
            (0..columns.len()).filter(|index| concerns(&complaint.field, &columns[*index])).collect();
        if concerned.iter().any(|index| unread.iter().any(|column| column == headings[*index])) {
            continue;
        }
        let column: Vec<&str> = concerned.iter().map(|index| headings[*index]).collect();
        let value: Vec<&str> = concerned.iter().filter_map(|index| cells.get(*index).copied()).collect();
        faults.push(fault(column.join(", "), &value.join(", "), complaint.reason));
    }
    if faults.is_empty() { Ok(credit) } else { Err(faults) }
}

/// Whether a field of the record JSON comes from a column.
fn concerns(field: &str, column: &Column) -> bool {
    match column {
        Column::Category(_) => field == "split",
        Column::Unnamed => false,
        named => COLUMNS.iter().any(|(name, column)| column == named && *name == field),
    }
}

/// Puts a cell that is not empty into the credit.
fn fill(credit: &mut Credit, column: &Column, cell: &str) -> Result<(), String> {
    unseen::fault(cell).map_or(Ok(()), Err)?;
    let words = || Some(unguarded(cell).to_owned());
    match column {
        Column::Title => unguarded(cell).clone_into(&mut credit.title),
        Column::Provider => credit.provider = words(),
        Column::ProviderNumber => credit.provider_number = words(),
        Column::Description => credit.description = words(),
        Column::Kind => credit.kind = word(&KINDS, cell)?,
        Column::StartedOn => credit.started_on = Some(date(cell)?),
        Column::CompletedOn => credit.completed_on = Some(date(cell)?),
        Column::Amount => credit.amount = Some(amount(cell)?),
        Column::Unit => credit.unit = Some(word(&UNITS, cell)?),
        Column::ApprovedBy => credit.approver = Some(approver(unguarded(cell))),
        Column::Category(category) => {
            let part = amount(cell)?;
            if !part.is_zero() {
                credit.split.insert(category.clone(), part);
            }
        }
        Column::Unnamed => return Err("stands in a column without a heading; move it or add the heading".to_owned()),
    }
    Ok(())
}

/// Spreadsheets are guarded against text that runs as a formula by a quotation mark before it; here it is taken off.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) => rest,
        _ => cell,
    }
}

fn amount(cell: &str) -> Result<Amount, String> {
    Amount::from_str(cell).map_err(|_| "is not an amount; write a number such as 1.5, zero or more".to_owned())
}

fn date(cell: &str) -> Result<NaiveDate, String> {
    let shaped = cell.len() == 10
        && cell
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if !shaped {
        return Err("is not a date as it is needed here; write year-month-day, such as 2024-03-09".to_owned());
    }
    NaiveDate::from_str(cell).map_err(|_| "there is no such day; check it against the certificate".to_owned())
}

fn word<T: Copy>(known: &[(&str, T)], cell: &str) -> Result<T, String> {
    let name = cell.to_lowercase().replace([' ', '-'], "_");
    known.iter().find(|(word, _)| *word == name).map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        format!("is not known; write one of {}", words.join(", "))
    })
}

fn shortened(value: &str) -> String {
    if value.chars().count() <= SHOWN { value.to_owned() } else { value.chars().take(SHOWN).chain(['…']).collect() }
}

/// Short names are written small everywhere; a name of several words stays as it is.
fn approver(name: &str) -> Approver {
    Approver::new(if name.contains(char::is_whitespace) { name.to_owned() } else { name.to_lowercase() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CATEGORIES: [&str; 3] = ["administrative", "clinical", "general"];
    const HEADING: &str = "title,provider,completed_on,amount,unit,approved_by,administrative,clinical,general";

    fn read(text: &str) -> Result<Sheet, SheetError> {
        read_csv(text.as_bytes(), &CATEGORIES)
    }

    /// The faults of rows below the usual heading, as `row column: reason`.
    fn faults(rows: &str) -> Vec<String> {
        let sheet = read(&format!("{HEADING}\n{rows}")).unwrap();
        sheet.faults.iter().map(|fault| format!("{} {}: {}", fault.row, fault.column, fault.reason)).collect()
    }

    #[track_caller]
    fn assert_fault(rows: &str, expected: &str) {
        let found = faults(rows);
        assert_eq!(found.len(), 1, "one fault was expected, these were found: {found:?}");
        assert!(found[0].starts_with(expected), "{:?} does not start with {expected:?}", found[0]);
    }

    #[test]
    fn a_row_becomes_a_credit_as_the_certificate_prints_it() {
        let sheet = read(&format!(
            "{HEADING},Provider_Number, kind ,started_on,description\r\n\
             \"Wounds, clean \"\"and\"\" not\",Lakeside,2024-03-04,2.0,Contact hour,AAMA,,1.5,0.5,P-7,Online,2024-03-01,\"Two\nlines\"\r\n"
        ))
        .unwrap();
        assert_eq!(sheet.faults, []);
        let json = serde_json::to_value(&sheet.credits[0]).unwrap();
        for (field, expected) in [
            ("id", serde_json::json!("")),
            ("title", "Wounds, clean \"and\" not".into()),
            ("provider", "Lakeside".into()),
            ("provider_number", "P-7".into()),
            ("kind", "online".into()),
            ("started_on", "2024-03-01".into()),
            ("completed_on", "2024-03-04".into()),
            ("amount", "2.0".into()),
            ("unit", "contact_hour".into()),
            ("approver", "aama".into()),
            ("split", serde_json::json!({ "clinical": "1.5", "general": "0.5" })),
            ("status", "completed".into()),
            ("description", "Two\nlines".into()),
        ] {
            assert_eq!(json[field], expected, "{field}");
        }
    }

    #[test]
    fn headings_are_known_by_their_word_whatever_their_case_order_and_spaces() {
        let sheet = read("\u{feff} UNIT ,Completed_On,Amount, Title\nceu,2024-03-04,1, A \n").unwrap();
        assert_eq!((sheet.credits[0].title.as_str(), sheet.credits[0].unit), ("A", Some(Unit::Ceu)));
        assert!(sheet.credits[0].split.is_empty(), "without category columns the category is asked later");
    }

    #[test]
    fn every_unit_and_kind_of_the_record_has_its_word() {
        for (word, unit) in UNITS {
            assert_eq!(serde_json::to_value(unit).unwrap(), word);
        }
        for (word, kind) in KINDS {
            assert_eq!(serde_json::to_value(kind).unwrap(), word);
        }
        // Serde lists every variant when it meets a word that is none.
        let all = |error: serde_json::Error| error.to_string().matches('`').count() / 2 - 1;
        assert_eq!(all(serde_json::from_str::<Unit>("\"?\"").unwrap_err()), UNITS.len());
        assert_eq!(all(serde_json::from_str::<Kind>("\"?\"").unwrap_err()), KINDS.len());
    }

    #[test]
    fn a_faulty_cell_is_named_by_row_column_value_and_reason() {
        assert_fault("A,,2023-02-30,1,ceu,,,,", "2 completed_on: there is no such day");
        assert_fault("A,,03/04/2023,1,ceu,,,,", "2 completed_on: is not a date");
        assert_fault("A,,2023-3-4,1,ceu,,,,", "2 completed_on: is not a date");
        assert_fault("A,,,1,ceu,,,,", "2 completed_on: give the day");
        assert_fault("A,,1823-03-04,1,ceu,,,,", "2 completed_on: the year");
        assert_fault("A,,2023-03-04,-1,ceu,,,,", "2 amount: is not an amount");
        assert_fault("A,,2023-03-04,two,ceu,,1,,", "2 amount: is not an amount");
        assert_fault("A,,2023-03-04,0,ceu,,,,", "2 amount: must be more");
        assert_fault("A,,2023-03-04,,ceu,,,,", "2 amount: give the amount");
        assert_fault("A,,2023-03-04,1,hours,,,,", "2 unit: is not known; write one of aama_ceu, contact_hour");
        assert_fault("A,,2023-03-04,1,,,,,", "2 unit: say what");
        assert_fault(",,2023-03-04,1,ceu,,,,", "2 title: write the title");
        assert_fault("A,,2023-03-04,2,ceu,,1,x,", "2 clinical: is not an amount");
        assert_fault("A,,2023-03-04,2,ceu,,1,0.5,", "2 administrative, clinical, general: the categories must add up");
        assert_fault("A,,2023-03-04,1,ceu,,,,,stray", "2 10: stands in a column without a heading");
        let sheet = read(&format!("{HEADING}\nA,,2023-03-04,2,ceu,,1,0.5,\n")).unwrap();
        assert_eq!(sheet.faults[0].value, "1, 0.5, ");
        assert_eq!(sheet.credits, [], "a row with a fault is not taken");
    }

    #[test]
    fn all_faults_of_all_rows_come_out_together_and_good_rows_with_them() {
        assert_eq!(faults("A,,x,y,ceu,,,,\nB,,2023-03-04,1,ceu,,,,\n,,2023-03-04,1,ceu,,,,\n").len(), 3);
        let sheet = read(&format!("{HEADING}\nA,,x,1,ceu,,,,\nB,,2023-03-04,1,ceu,,,,\n")).unwrap();
        assert_eq!(sheet.credits.len(), 1);
    }

    #[test]
    fn rows_are_counted_as_the_spreadsheet_program_counts_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = [
                HEADING,
                "\"two\nlines\",,2023-03-04,1,ceu,,,,", // row 2
                "",
                "",
                ",,,,,,,,",         // row 5
                "bad,,x,1,ceu,,,,", // row 6
                "",
                "bad,,x,1,ceu,,,,", // row 8
            ]
            .join(end);
            let rows: Vec<u32> = read(&text).unwrap().faults.iter().map(|fault| fault.row).collect();
            assert_eq!(rows, [6, 8], "with lines that end in {end:?}");
        }
    }

    #[test]
    fn short_rows_lack_only_what_is_empty_anyway() {
        let sheet = read(&format!("{HEADING}\nA,Lakeside,2023-03-04,1,ceu\n")).unwrap();
        assert_eq!((sheet.credits.len(), sheet.faults.len()), (1, 0));
    }

    #[test]
    fn identical_rows_both_come_out() {
        let sheet = read(&format!("{HEADING}\nA,,2023-03-04,1,ceu,,,,\nA,,2023-03-04,1,ceu,,,,\n")).unwrap();
        assert_eq!(sheet.credits.len(), 2);
        assert_eq!(sheet.credits[0], sheet.credits[1]);
    }

    #[test]
    fn a_formula_guard_is_taken_off_and_other_quotes_stay() {
        let sheet = read(&format!("{HEADING}\n'=1+1,'Tis the Season,2023-03-04,1,ceu,,,,\n")).unwrap();
        assert_eq!(sheet.credits[0].title, "=1+1");
        assert_eq!(sheet.credits[0].provider.as_deref(), Some("'Tis the Season"));
    }

    #[test]
    fn what_is_no_such_spreadsheet_is_refused_with_what_to_do() {
        let utf16: Vec<u8> = HEADING.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [&b"title\xe9"[..], b"title,\0", &utf16, b"PK\x03\x04\0\0", b"%PDF-1.7\n%\xe2\xe3"] {
            assert_eq!(read_csv(bytes, &CATEGORIES), Err(SheetError::NotUtf8));
        }
        assert!(SheetError::NotUtf8.to_string().contains("CSV UTF-8"));
        for empty in ["", "\u{feff}", " \r\n\r\n"] {
            assert_eq!(read(empty), Err(SheetError::Empty));
        }
        for no_rows in [HEADING.to_owned(), format!("{HEADING}\r\n,,,\r\n\r\n")] {
            assert_eq!(read(&no_rows), Err(SheetError::NoRows));
        }
        assert_eq!(read("Date;Course;CEUs\n1;2;3\n"), Err(SheetError::Separator { found: "semicolons" }));
        assert_eq!(read("title,title\n"), Err(SheetError::RepeatedColumn { column: "title".into() }));
        assert_eq!(
            read(&format!("{HEADING}\nA,\"Lakeside,2023-03-04\nB,,2023-03-04\n")),
            Err(SheetError::OpenQuote { row: 2 })
        );
        let missing = read("title,amount,unit\nA,1,ceu\n").unwrap_err().to_string();
        assert!(missing.contains("“completed_on” is missing"), "{missing}");
    }

    #[test]
    fn an_unknown_column_is_named_together_with_the_known_ones() {
        let message = read(&format!("{HEADING},Cost ($)\n")).unwrap_err().to_string();
        assert!(message.contains("“Cost ($)”"), "{message}");
        assert!(message.contains("title, completed_on") && message.contains("clinical, general"), "{message}");
    }

    #[test]
    fn a_column_without_heading_may_be_there_if_it_is_empty() {
        let sheet = read("title,completed_on,amount,unit,,\nA,2023-03-04,1,ceu,,\n").unwrap();
        assert_eq!((sheet.credits.len(), sheet.faults.len()), (1, 0));
    }

    #[test]
    fn ten_megabytes_of_garbage_are_refused_quickly() {
        let started = std::time::Instant::now();
        let junk = "x".repeat(10 << 20);
        assert!(matches!(read(&junk), Err(SheetError::UnknownColumn { column, .. }) if column.len() < 100));
        assert!(
            matches!(read(&format!("{HEADING}\n{junk}")).unwrap().faults.as_slice(), [first, ..] if first.value.len() < 100)
        );
        let lines = format!("{HEADING}\n{}", "x\n".repeat(5 << 20));
        assert!(matches!(read(&lines), Err(SheetError::TooManyFaults { first }) if first.row == 2));
        let blank = format!("{HEADING}\n{}", ",\n".repeat(5 << 20));
        assert_eq!(read(&blank), Err(SheetError::TooManyRows));
        assert!(started.elapsed().as_secs() < 20, "took {:?}", started.elapsed());
    }

    #[test]
    fn a_row_of_more_cells_than_any_spreadsheet_has_is_refused_before_room_is_made_for_them() {
        let wide = format!("title,completed_on,amount,unit\nA,2024-01-01,1,contact_hour{}\n", ",".repeat(MAX_CELLS));
        assert_eq!(read(&wide), Err(SheetError::TooManyCells { row: 2 }));
        assert_eq!(read(&",".repeat(MAX_CELLS)), Err(SheetError::TooManyCells { row: 1 }));
        let quoted =
            format!("title,completed_on,amount,unit\n\"A{}\",2024-01-01,1,contact_hour\n", ",".repeat(MAX_CELLS));
        assert!(!matches!(read(&quoted), Err(SheetError::TooManyCells { .. })));
    }

    #[test]
    fn a_quoted_cell_may_end_the_file() {
        for row in [
            "A,\"Lakeside\",2023-03-04,1,\"ceu\"",
            "A,\"Lake \"\"side\"\"\",2023-03-04,1,ceu",
            "A,5\" tube,2023-03-04,1,ceu",
        ] {
            assert_eq!(read(&format!("{HEADING}\n{row}")).unwrap().credits.len(), 1, "{row}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read_csv(&bytes, &CATEGORIES);
        }

        #[test]
        fn no_rows_make_it_panic_and_each_is_taken_or_named(rows in "([-a-z0-9 ,'\"\r\n=é.]{0,40}\n){0,8}") {
            if let Ok(sheet) = read(&format!("{HEADING}\n{rows}")) {
                prop_assert!(sheet.credits.len() + sheet.faults.len() > 0);
                for credit in &sheet.credits {
                    prop_assert_eq!(credit.faults(), vec![]);
                }
            }
        }

        #[test]
        fn what_a_spreadsheet_program_quotes_comes_back(title in "[\n\\P{Cc}]{1,30}", provider in "[\n\\P{Cc}]{1,30}") {
            let is_plain = |text: &str| !text.is_empty() && !text.starts_with('\'') && unseen::fault(text).is_none();
            prop_assume!([&title, &provider].iter().all(|text| is_plain(unseen::trimmed(text))));
            let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
            let sheet = read(&format!("{HEADING}\r\n{},{},2023-03-04,1,ceu\r\n", quoted(&title), quoted(&provider))).unwrap();
            prop_assert_eq!(&sheet.credits[0].title, unseen::trimmed(&title));
            prop_assert_eq!(sheet.credits[0].provider.as_deref(), Some(unseen::trimmed(&provider)));
        }
    }
}
