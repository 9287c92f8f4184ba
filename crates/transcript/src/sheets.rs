//! Further pages for paper, each a document of its own: set, drawn and finished as the transcript is, with nothing
//! embedded.

mod calendar;
mod cards;
mod employer;
mod index;
mod letter;
mod worksheet;

use sha2::{Digest, Sha256};

use crate::display::Pages;
use crate::fonts::Fonts;
use crate::layout::Flow;
use crate::pages::{BODY, Foot, Sheet, VERDICT};
use crate::{Error, Material, Only, Options, Transcript};

/// Which sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    /// Each credit that the issuer did not approve itself, to copy into an application.
    Worksheet,
    /// What an employer wants to know of the credential.
    Employer,
    /// The period month by month.
    Calendar,
    /// The files that show the credits.
    Index,
    /// A letter to the issuer, with a list of what is enclosed.
    Letter,
}

impl SheetKind {
    /// Every one of them.
    pub const ALL: [Self; 5] = [Self::Worksheet, Self::Employer, Self::Calendar, Self::Index, Self::Letter];

    fn title(self) -> &'static str {
        match self {
            Self::Worksheet => worksheet::TITLE,
            Self::Employer => employer::TITLE,
            Self::Calendar => calendar::TITLE,
            Self::Index => index::TITLE,
            Self::Letter => letter::TITLE,
        }
    }
}

/// One sheet as an archival, accessible PDF. Credits and exhibits have the numbers of the transcript with the same options.
pub fn sheet(kind: SheetKind, material: Material<'_>, options: &Options) -> Result<Vec<u8>, Error> {
    let fonts = Fonts::new()?;
    let transcript = made_from(kind, material, options)?;
    let pages = compose(&fonts, &transcript, kind)?;
    transcript.finish(&fonts, &pages, kind.title())
}

/// A sheet's pages as what is drawn where, in reading order.
pub fn sheet_pages(kind: SheetKind, material: Material<'_>, options: &Options) -> Result<Pages, Error> {
    compose(&Fonts::new()?, &made_from(kind, material, options)?, kind)
}

fn made_from<'r>(kind: SheetKind, material: Material<'r>, options: &'r Options) -> Result<Transcript<'r>, Error> {
    let mut transcript = Transcript::new(material, options)?;
    transcript.json = None;
    // Sheets show what a transcript leaves out, such as plans: their number comes from the whole record.
    transcript.hash = Sha256::new()
        .chain_update(&transcript.hash)
        .chain_update(material.record.to_json())
        .chain_update(format!("{kind:?}"))
        .finalize()
        .to_vec();
    Ok(transcript)
}

impl Sheet<'_, '_> {
    /// Where the numbers of activities and exhibits come from.
    fn numbered_as(&self) -> &'static str {
        match self.transcript.options.only {
            Only::All => "The numbers of activities and exhibits are those of the transcript.",
            Only::OtherSources => {
                "The numbers of activities and exhibits are those of the transcript that lists other sources only."
            }
        }
    }

    /// The sentence that says most, below the head.
    fn lead(&mut self, sentence: &str) -> Result<(), Error> {
        self.text(VERDICT, "the first sentence", sentence)
    }

    /// More on it.
    fn aside(&mut self, text: &str) -> Result<(), Error> {
        self.flow.space(2.0);
        self.text(BODY, "the issuer’s name or a planned credit", text)
    }
}

fn compose(fonts: &Fonts, transcript: &Transcript, kind: SheetKind) -> Result<Pages, Error> {
    let foot = Foot::new(fonts, transcript)?;
    let flow = Flow::new(fonts, transcript.options.room(), foot.height());
    let mut sheet = Sheet { flow, fonts, transcript };
    match kind {
        SheetKind::Worksheet => worksheet::compose(&mut sheet),
        SheetKind::Employer => employer::compose(&mut sheet),
        SheetKind::Calendar => calendar::compose(&mut sheet),
        SheetKind::Index => index::compose(&mut sheet),
        SheetKind::Letter => letter::compose(&mut sheet),
    }?;
    sheet.finish(&foot)
}
