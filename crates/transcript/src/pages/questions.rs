//! What was open when the pages were printed.

use std::collections::{BTreeMap, BTreeSet};

use super::{SMALL, Sheet};
use crate::{Error, Transcript, words};

/// Every question, as those hear it who are not asked: what is open, and what counts until somebody confirms it.
pub(super) fn list(sheet: &mut Sheet) -> Result<(), Error> {
    let Transcript { evaluation, entries, labels, .. } = sheet.transcript;
    if evaluation.questions.is_empty() {
        return Ok(());
    }
    let numbers: BTreeMap<&str, usize> = entries.all().map(|entry| (&*entry.credit.id, entry.number)).collect();
    // The same may be open of several activities for several reasons.
    let mut open: BTreeMap<(bool, &str), BTreeSet<usize>> = BTreeMap::new();
    for question in &evaluation.questions {
        let about = question.credits.iter().filter_map(|id| numbers.get(id.as_str()).copied());
        open.entry((question.id.starts_with("confirm."), &question.topic)).or_default().extend(about);
    }
    let mut open: Vec<((bool, &str), Vec<usize>)> =
        open.into_iter().map(|(what, about)| (what, about.into_iter().collect())).collect();
    open.sort_by(|((is_assumed, _), about), ((other, _), others)| (is_assumed, about).cmp(&(other, others)));
    sheet.heading("Open questions")?;
    for ((is_assumed, topic), about) in open {
        let of = if about.is_empty() { String::new() } else { words::numbers("Activity", "Activities", &about) + ": " };
        let line = if is_assumed {
            format!("{of}{} has not confirmed {topic}; it is taken as the rules read.", labels.issuer_short)
        } else {
            format!("{of}it is not known yet {topic}.")
        };
        sheet.text(SMALL, "an open question", &words::curly(&words::capital(&line)))?;
        sheet.flow.space(3.0);
    }
    Ok(())
}
