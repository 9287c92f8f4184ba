//! Exhibits besides the files of credits: those of facts that the verdict rests on, such as a current card, and in a packet
//! documents of the holder if she wants them.

use domain::evaluation::{Requirement, RequirementKind};
use domain::{Evaluation, Fact, FactKind, ProofRole, Record};

use crate::entries::Entries;
use crate::hidden::may_be_seen;
use crate::options::Options;
use crate::words;

/// Adds what the verdict rests on after the files of credits.
pub(crate) fn add_facts<'r>(entries: &mut Entries<'r>, record: &'r Record, evaluation: &Evaluation, options: &Options) {
    let conditions = || {
        let conditions = evaluation.requirements.iter().filter(|line| line.kind == RequirementKind::Condition);
        conditions.filter(|line| is_on_her_way(evaluation, line))
    };
    for fact in record.facts.iter().filter(|fact| conditions().any(|line| shows(evaluation, line, fact))) {
        for file in fact.proofs.iter().filter(|file| may_be_seen(file, &options.hide)) {
            entries.add_file(file, words::fact(fact), &record.holder, &options.hide);
        }
    }
}

/// Adds the holder's documents after all else.
pub(crate) fn add_documents<'r>(entries: &mut Entries<'r>, record: &'r Record, options: &Options) {
    for file in record.holder.documents.iter().filter(|file| may_be_seen(file, &options.hide)) {
        let shows = if file.role == ProofRole::Other { "Another document" } else { words::role(file.role) };
        entries.add_file(file, shows.to_owned(), &record.holder, &options.hide);
    }
}

/// Whether a fact is what a condition of this credential asks for, and holds when that is asked.
pub(crate) fn shows(evaluation: &Evaluation, line: &Requirement, fact: &Fact) -> bool {
    let is_here = fact.credential.as_ref().is_none_or(|id| *id == evaluation.credential);
    // A card shows what holds today; hours, what was done in the period.
    let last = if fact.kind == FactKind::WorkHours { evaluation.period.from } else { evaluation.on };
    let holds = fact.issued_on.is_none_or(|day| day <= evaluation.on) && fact.expires_on.is_none_or(|day| day >= last);
    let same_tag = |tag: &str| fact.tag.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(tag));
    let asks = line.shown_by.as_ref();
    is_here
        && holds
        && asks.is_some_and(|by| !by.none && by.fact == fact.kind && by.tag.as_deref().is_none_or(same_tag))
}

/// Of several ways to meet the requirements only one is shown.
fn is_on_her_way(evaluation: &Evaluation, line: &Requirement) -> bool {
    line.path.as_ref().is_none_or(|id| evaluation.paths.iter().any(|path| path.id == *id && path.chosen))
}
