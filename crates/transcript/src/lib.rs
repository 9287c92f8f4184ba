//! The printed transcript: from a record and its evaluation to the bytes of a PDF. Pure, without files and without a
//! clock: the same input gives the same bytes.
//!
//! `entries` chooses what is listed, `hidden` what is left out, `papers` which files are exhibits besides those of credits.
//! `pages` says what stands where, `layout` makes it a list of drawn things (`display`), `seal` gives it its number, `draw`
//! hands it to the PDF library, `pass` makes the result archival and accessible (PDF/A-3a and PDF/UA-1), `attached` adds
//! files, `output` writes it all down. `sheets` are further pages for paper, set, drawn and finished by the same; `packet`
//! adds the pages of the proofs. `unprintable` tells beforehand what no font here has.

mod attached;
mod credits;
mod display;
mod draw;
mod entries;
mod error;
mod fonts;
mod hidden;
mod layout;
mod options;
mod output;
mod packet;
mod pages;
mod papers;
mod pass;
mod seal;
mod sheets;
mod structure;
mod unprintable;
mod words;
mod wrap;

use std::collections::BTreeMap;

use domain::evaluation::UNASSIGNED;
use domain::{Evaluation, Papers, Record};

pub use attached::{Load, Original};
pub use display::{Anchor, Area, Element, Item, Page, Pages, Paper, Place, Print, Shape, Style, Tag};
pub use error::Error;
pub use fonts::Face;
pub use options::{Extent, Hidden, Only, Options};
pub use packet::{
    Content, Draw, Exhibit, Laid, Location, Open, Parts, Picture, Proof, Proofs, Refusal, Shrink, Source, StripFile,
    StripStream, TakeApart, Why, packet, proofs, take_apart,
};
pub use sheets::{SheetKind, sheet, sheet_pages};
pub use unprintable::{Unprintable, unprintable};
pub use words::{curly, role};

use entries::Entries;
use fonts::Fonts;
use pages::Sheet;
use seal::Seal;

/// The names a page needs and a record does not hold; they come from the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// The credential in full: `Certified Medical Assistant`.
    pub credential: String,
    /// The issuer in full: `American Association of Medical Assistants`.
    pub issuer: String,
    /// The issuer as people call it: `AAMA`.
    pub issuer_short: String,
    /// The issuer's id, as in `approver` and in the holder's `issuer_ids`.
    pub approver: String,
    /// Whether periods follow from the day of birth. It is printed and embedded only then.
    pub by_birthday: bool,
    /// City or web site of the issuer.
    pub place: Option<String>,
    /// How anybody can check with the issuer that somebody holds the credential, as sentences.
    pub verify: Option<String>,
    /// What the issuer counts in, one and several: `point`, `points`.
    pub counts_in: (String, String),
    /// The ids and names of the topics that its rules speak of: `pharmacy_law`, `Pharmacy law`.
    pub tags: Vec<(String, String)>,
    /// The categories' ids and names, in the pack's order; some issuers have none.
    pub categories: Vec<(String, String)>,
}

impl Labels {
    /// The credential in full with its name as people write it: `Certified Medical Assistant, CMA (AAMA)`.
    pub(crate) fn in_full(&self, name: &str) -> String {
        if self.credential.contains(name) { self.credential.clone() } else { format!("{}, {name}", self.credential) }
    }

    /// Parts in their categories: `Clinical 3, General 2.5`.
    pub(crate) fn split<C: AsRef<str>>(&self, parts: impl Iterator<Item = (C, impl std::fmt::Display)>) -> String {
        parts
            .map(|(category, part)| format!("{} {part}", self.category(category.as_ref())))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// A category's name; its id where the pack has none.
    pub(crate) fn category<'l>(&'l self, id: &'l str) -> &'l str {
        if id == UNASSIGNED {
            return "No category yet";
        }
        self.categories.iter().find(|(category, _)| category == id).map_or(id, |(_, label)| label)
    }
}

/// What pages are made from.
#[derive(Debug, Clone, Copy)]
pub struct Material<'r> {
    /// All that is known of the holder and her activities.
    pub record: &'r Record,
    /// What the rules say of it.
    pub evaluation: &'r Evaluation,
    /// What is printed of the rules.
    pub labels: &'r Labels,
    /// How many pages a file has, by its SHA-256, where that is known.
    pub pages: &'r BTreeMap<String, u32>,
    /// What the rules say of the papers of credits, by the credits' ids.
    pub papers: &'r BTreeMap<String, Papers>,
}

/// The transcript as an archival, accessible PDF with the record embedded in it, and with the exhibits' originals if the
/// options say so: then all of them, or it is refused.
pub fn pdf(material: Material<'_>, options: &Options, load: Load<'_>) -> Result<Vec<u8>, Error> {
    let fonts = Fonts::new()?;
    let mut transcript = Transcript::new(material, options)?;
    if options.attaches() {
        transcript.originals = transcript.entries.originals(load)?;
    }
    let (pages, seal) = set(|| pages::compose(&fonts, &transcript), || Seal::new(&transcript))?;
    transcript.finish(&fonts, &pages, &seal, pages::TITLE)
}

/// The transcript's pages as what is drawn where, in reading order.
pub fn pages(material: Material<'_>, options: &Options) -> Result<Pages, Error> {
    let (fonts, transcript) = (Fonts::new()?, Transcript::new(material, options)?);
    set(|| pages::compose(&fonts, &transcript), || Seal::new(&transcript)).map(|(pages, _)| pages)
}

/// Sets pages while their seal is made, which only their foot needs.
fn set<'t, 'r: 't>(
    compose: impl FnOnce() -> Result<Sheet<'t, 'r>, Error> + Send,
    seal: impl FnOnce() -> Result<Seal, Error> + Send,
) -> Result<(Pages, Seal), Error> {
    let (sheet, seal) = rayon::join(compose, seal);
    let (sheet, seal) = (sheet?, seal?);
    Ok((sheet.finish(&seal)?, seal))
}

/// All that the pages are made from.
pub(crate) struct Transcript<'r> {
    pub(crate) record: &'r Record,
    pub(crate) credential: &'r domain::Credential,
    pub(crate) evaluation: &'r Evaluation,
    pub(crate) labels: &'r Labels,
    pub(crate) pages: &'r BTreeMap<String, u32>,
    pub(crate) papers: &'r BTreeMap<String, Papers>,
    pub(crate) options: &'r Options,
    pub(crate) entries: Entries<'r>,
    /// The exhibits' originals in their order, if they are attached.
    pub(crate) originals: Vec<Original>,
    /// In a packet: what became of each exhibit, and the number of the first page after the transcript's.
    pub(crate) packed: Option<(Vec<Laid>, usize)>,
}

impl<'r> Transcript<'r> {
    fn new(material: Material<'r>, options: &'r Options) -> Result<Self, Error> {
        let Material { record, evaluation, labels, pages, papers } = material;
        let credential = record
            .credential(&evaluation.credential)
            .ok_or_else(|| Error::Mismatch { id: evaluation.credential.clone() })?;
        let mut entries = Entries::new(record, evaluation, labels, papers, options)?;
        crate::papers::add_facts(&mut entries, record, evaluation, options);
        Ok(Self {
            record,
            credential,
            evaluation,
            labels,
            pages,
            papers,
            options,
            entries,
            originals: Vec::new(),
            packed: None,
        })
    }

    /// A title with whose pages they are.
    fn titled(&self, title: &str) -> String {
        format!("{title}: {}, {}", self.record.holder.name, self.evaluation.credential_name)
    }

    /// The pages as a file under this title.
    fn finish(&self, fonts: &Fonts, pages: &Pages, seal: &Seal, title: &str) -> Result<Vec<u8>, Error> {
        let title = fonts.printable("the document’s title", &self.titled(title))?;
        let (document, marked) = draw::draw(fonts, pages)?;
        pass::conform(document, pages, &marked, self, seal, title.as_str())
    }
}
