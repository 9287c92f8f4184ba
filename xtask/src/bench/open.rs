//! Opening a large record and saying where she stands, against the `sqlite3` shell reading the same tables.

use super::{Desk, quietly, timed};
use crate::process::Done;

const ROUNDS: usize = 21;
const CREDITS: usize = 10_000;
/// Each fifth credit has a proof.
const PROOF: usize = 5;

pub(super) fn compare(desk: &Desk) -> Done {
    desk.start()?;
    desk.write("record.json", record().as_bytes())?;
    quietly(&mut desk.recert("import record.json")?)?;
    let ours = || timed(&mut desk.recert("status --json")?);
    let tables =
        ["holder", "credential", "credit", "fact", "proof", "list"].map(|table| format!("SELECT * FROM {table};"));
    let theirs = || timed(&mut desk.shell(&format!("sqlite3 vault/recert.db '{}'", tables.concat())));
    let what = format!("status, {CREDITS} credits, {} proofs; sqlite3", CREDITS / PROOF);
    super::compare(&what, "", ROUNDS, ours, theirs)
}

fn record() -> String {
    let credit = |number: usize| {
        let (month, day) = (number % 12 + 1, number % 28 + 1);
        let category = ["administrative", "clinical", "general"][number % 3];
        let proof = format!(r#"{{ "sha256": "{number:064x}", "name": "certificate.pdf", "role": "certificate" }}"#);
        let proofs = if number.is_multiple_of(PROOF) { proof } else { String::new() };
        format!(
            r#"{{ "id": "c{number}", "title": "Continuing education activity number {number}",
                "provider": "Lakeside Institute {}", "kind": "course", "completed_on": "2024-{month:02}-{day:02}",
                "amount": "2.0", "unit": "contact_hour", "split": {{ "{category}": "2.0" }},
                "status": "completed", "proofs": [{proofs}] }}"#,
            number % 40
        )
    };
    let credits: Vec<String> = (1..=CREDITS).map(credit).collect();
    format!(
        r#"{{ "schema": "recert.record/1", "holder": {{ "name": "Maria" }},
            "credentials": [{{ "id": "cma", "pack": "cma-aama", "certified_on": "2021-03-17" }}],
            "credits": [{}] }}"#,
        credits.join(",\n")
    )
}
