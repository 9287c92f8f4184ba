//! What comes into the record from other programs: pure over bytes, no files.

mod spreadsheet;

pub use spreadsheet::{RowFault, Sheet, SheetError, read_csv};
