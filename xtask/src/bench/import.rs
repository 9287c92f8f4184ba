//! Importing a spreadsheet, against the `sqlite3` shell loading the very rows that this makes.

use std::fmt::Write as _;

use super::{Desk, quietly, timed};
use crate::process::{Done, check, output};

const ROUNDS: usize = 5;
const ROWS: usize = 10_000;

/// What a vault is made of; what SQLite itself keeps for the index `search` is made with it.
const OWN: &str = "sql IS NOT NULL AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'search_*'";

pub(super) fn compare(desk: &Desk) -> Done {
    desk.write("rows.csv", spreadsheet().as_bytes())?;
    let ours = || {
        desk.start()?;
        timed(&mut desk.recert("import rows.csv")?)
    };
    ours()?;
    dump(desk)?;
    let theirs = || {
        for file in ["loaded.db", "loaded.db-wal", "loaded.db-shm"] {
            desk.anew(file);
        }
        quietly(&mut desk.shell("sqlite3 loaded.db < tables.sql"))?;
        timed(&mut desk.shell("sqlite3 loaded.db < rows.sql"))
    };
    super::compare(&format!("import {ROWS} rows; sqlite3, the same rows"), "10", ROUNDS, ours, theirs)
}

fn spreadsheet() -> String {
    let mut sheet = "title,provider,completed_on,amount,unit,approved_by,administrative,clinical,general\n".to_owned();
    for row in 0..ROWS {
        let (month, day) = (row % 12 + 1, row % 28 + 1);
        let split = ["2.0,,", ",2.0,", ",,2.0", "1.0,,1.0"][row % 4];
        let (unit, approver) = [("contact_hour", ""), ("aama_ceu", "aama")][row % 2];
        let _ = writeln!(
            sheet,
            "Continuing education activity number {row},Lakeside Institute {},2024-{month:02}-{day:02},2.0,{unit},{approver},{split}",
            row % 40
        );
    }
    sheet
}

/// Writes the vault's tables and its rows as SQL.
fn dump(desk: &Desk) -> Done {
    check(&mut desk.shell(&format!(
        "echo 'PRAGMA journal_mode = WAL;' > tables.sql; \
         sqlite3 vault/recert.db \"SELECT sql || ';' FROM sqlite_schema WHERE {OWN} ORDER BY rowid\" >> tables.sql"
    )))?;
    let tables = format!("SELECT name FROM sqlite_schema WHERE type = 'table' AND {OWN} ORDER BY rowid");
    let tables = output(&mut desk.shell(&format!("sqlite3 vault/recert.db \"{tables}\"")))?;
    // Shells before SQLite 3.45 take json_valid(NULL) for false, so they are spared the checks.
    let mut script = "(echo 'PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                      PRAGMA ignore_check_constraints = ON; BEGIN;'; "
        .to_owned();
    for table in tables.lines() {
        let columns = if table == "search" { "rowid, *" } else { "*" };
        let _ = write!(
            script,
            "sqlite3 -header -cmd '.mode insert {table}' vault/recert.db 'SELECT {columns} FROM {table}'; "
        );
    }
    check(&mut desk.shell(&(script + "echo 'COMMIT;') > rows.sql")))
}
