//! What the words of the pages mean, and what the rules are taken from.

use domain::Unit;
use domain::evaluation::Basis;

use super::{HEADING, SMALL, STRONG, Sheet};
use crate::display::Tag;
use crate::entries::{Entry, Section};
use crate::layout::{Column, Kind, Row, Table};
use crate::{Error, Transcript, credits, words};

/// The width of the terms.
const TERM: f32 = 92.0;

/// The key to the pages, a term beside what it means.
pub(super) fn key(sheet: &mut Sheet) -> Result<(), Error> {
    let mut rows = Vec::new();
    for (term, meaning) in terms(sheet.transcript) {
        let term = sheet.cell(Tag::RowHead, STRONG, "the issuer’s name", &term)?;
        let meaning = sheet.cell(Tag::Cell, SMALL, "the issuer’s name or the source of a rule", &meaning)?;
        rows.push(Row { kind: Kind::Plain, cells: vec![term, meaning] });
    }
    let columns = vec![Column::left("", TERM), Column::left("", sheet.flow.width() - TERM)];
    let table = Table { columns, headed: false, style: SMALL, rows };
    sheet.flow.keep_whole(sheet.gap + HEADING.leading + 4.0, &table)?;
    sheet.section("How to read these pages", &table)
}

fn terms(transcript: &Transcript) -> Vec<(String, String)> {
    let Transcript { evaluation, labels, entries, .. } = transcript;
    let short = &labels.issuer_short;
    let lists = entries.all().next().is_some();
    let mut terms = Vec::new();
    if lists {
        terms.push(("Earned", format!("What an activity is worth in {} before any limit.", labels.counts_in.1)));
        terms.push(("Counted", "What is left once limits are applied and nothing is used twice.".to_owned()));
        terms.push(("As printed", "The amount and the unit as they stand on the certificate.".to_owned()));
        let files = (!entries.exhibits.is_empty()).then_some("Files the holder keeps, listed under Exhibits");
        let is_noted = |entry: &Entry| entry.credit.issuer_transcript.is_some();
        let noted = entries.all().any(is_noted).then(|| format!("{short}’s own transcript"));
        let proof: Vec<String> = files.map(ToOwned::to_owned).into_iter().chain(noted).collect();
        if !proof.is_empty() {
            terms.push(("Proof", format!("{}.", proof.join(", or "))));
        }
        let lacks = |Entry { credit, outcome, .. }: &Entry| {
            words::lacks_something(credit, &entries.exhibits_of(&credit.proofs), outcome.proven)
        };
        if entries.sections.iter().flat_map(Section::entries).any(lacks) {
            let missing = "What is asked for and is not shown by the proof, or not filled in yet.";
            terms.push(("Missing", missing.to_owned()));
        }
    }
    if !entries.exhibits.is_empty() {
        terms.push(("SHA-256", "A fingerprint of a file: a changed file has another one.".to_owned()));
    }
    let units = entries.all().flat_map(|entry| credits::amounts(entry.credit)).map(|(_, unit)| unit);
    terms.extend(words::abbreviations(&units.collect::<std::collections::BTreeSet<Unit>>()));
    if labels.issuer != labels.issuer_short {
        terms.push((short, format!("{}.", labels.issuer.trim_end_matches('.'))));
    }
    terms.push(("In this file", "The same record in machine-readable form (record.json).".to_owned()));
    let official = evaluation.requirements.iter().filter(|line| line.basis == Basis::Official);
    let mut sources: Vec<String> = Vec::new();
    for source in official.map(|line| words::source(&line.source)) {
        if !source.is_empty() && !sources.contains(&source) {
            sources.push(source);
        }
    }
    if !sources.is_empty() {
        terms.push(("Rules taken from", format!("{}.", sources.join("; "))));
    }
    if lists {
        let kept = format!(
            "The holder keeps a copy of these pages and the originals of the certificates until {short} has confirmed the \
             renewal, and as long after that as it may ask for them."
        );
        terms.push(("Kept", kept));
    }
    terms.into_iter().map(|(term, meaning)| (term.to_owned(), words::curly(&meaning))).collect()
}
