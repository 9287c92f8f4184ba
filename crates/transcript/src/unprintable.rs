//! What cannot be printed, told before anything is made.

use std::collections::BTreeMap;

use domain::{Credit, Evaluation, Record, Status};

use crate::entries::Entries;
use crate::fonts::Fonts;
use crate::{Error, Labels, Options, Paper};

/// A text of the pages that holds characters which the fonts lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unprintable {
    /// The id of the credit that it belongs to; otherwise it is the holder's.
    pub credit: Option<String>,
    /// The text.
    pub text: String,
    /// The characters.
    pub characters: Vec<char>,
}

/// Every text of the holder, of cards and of credits that cannot be printed, in the order of the pages. One is enough to
/// make the transcript or another sheet fail.
pub fn unprintable(record: &Record, evaluation: &Evaluation, labels: &Labels) -> Result<Vec<Unprintable>, Error> {
    let fonts = Fonts::new()?;
    let holder = &record.holder;
    let number = holder.issuer_ids.get(&labels.approver);
    let hers = std::iter::once(&holder.name).chain(&holder.former_names).chain(&holder.address).chain(number);
    let mut found: Vec<Unprintable> = hers.filter_map(|text| lacking(&fonts, None, text)).collect();
    let cards = record.facts.iter().filter_map(|fact| fact.title.as_ref());
    found.extend(cards.filter_map(|text| lacking(&fonts, None, text)));
    let everything = Options::new(Paper::Letter, evaluation.on, "");
    let entries = Entries::new(record, evaluation, labels, &BTreeMap::new(), &everything)?;
    let planned = record.credits.iter().filter(|credit| credit.status == Status::Planned);
    for credit in entries.all().map(|entry| entry.credit).chain(planned) {
        found.extend(texts(credit).filter_map(|text| lacking(&fonts, Some(&credit.id), text)));
    }
    Ok(found)
}

/// Whatever is typed in of a credit and printed as it is. Names of files are not: what the fonts lack in them is replaced.
fn texts(credit: &Credit) -> impl Iterator<Item = &str> {
    let written = [
        &credit.provider,
        &credit.provider_number,
        &credit.format,
        &credit.name_on_certificate,
        &credit.description,
        &credit.relevance,
    ];
    let approver = credit.approver.as_ref().map(domain::Approver::as_str);
    std::iter::once(&*credit.title).chain(written.into_iter().flatten().map(|text| &**text)).chain(approver)
}

fn lacking(fonts: &Fonts, credit: Option<&str>, text: &str) -> Option<Unprintable> {
    match fonts.printable("", text) {
        Err(Error::Unprintable { text, characters, .. }) => {
            Some(Unprintable { credit: credit.map(ToOwned::to_owned), text, characters })
        }
        _ => None,
    }
}
