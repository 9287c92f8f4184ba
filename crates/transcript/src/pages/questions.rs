//! What was open when the pages were printed.

use std::collections::{BTreeMap, BTreeSet};

use super::{SMALL, Sheet};
use crate::{Error, Transcript, words};

/// Every question that may change what counts, as those hear it who are not asked.
pub(super) fn list(sheet: &mut Sheet) -> Result<(), Error> {
    let Transcript { evaluation, entries, .. } = sheet.transcript;
    // What only is to be confirmed counts already.
    let open: Vec<_> = evaluation.questions.iter().filter(|question| !question.id.starts_with("confirm.")).collect();
    if open.is_empty() {
        return Ok(());
    }
    sheet.heading("Open questions")?;
    let numbers: BTreeMap<&str, usize> = entries.all().map(|entry| (&*entry.credit.id, entry.number)).collect();
    for question in open {
        let about: BTreeSet<usize> =
            question.credits.iter().filter_map(|id| numbers.get(id.as_str()).copied()).collect();
        let about: Vec<usize> = about.into_iter().collect();
        let of = match about.as_slice() {
            [] => "It is not known yet".to_owned(),
            listed => format!("{}: it is not known yet", words::numbers("Activity", "Activities", listed)),
        };
        sheet.text(SMALL, "an open question", &words::curly(&format!("{of} {}.", question.topic)))?;
        sheet.flow.space(3.0);
    }
    Ok(())
}
