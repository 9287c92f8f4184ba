//! Further pages for paper, each a document of its own: set, drawn and finished as the transcript is, with nothing
//! embedded.

mod calendar;
mod cards;
mod employer;
mod index;
mod letter;
mod worksheet;

use crate::display::Pages;
use crate::fonts::Fonts;
use crate::pages::{BODY, Sheet, VERDICT};
use crate::seal::Seal;
use crate::{Error, Material, Only, Options, Transcript, set};

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
    let (fonts, transcript) = (Fonts::new()?, Transcript::new(material, options)?);
    let (pages, seal) = set(|| compose(&fonts, &transcript, kind), || seal(&transcript, kind))?;
    transcript.finish(&fonts, &pages, &seal, kind.title())
}

/// A sheet's pages as what is drawn where, in reading order.
pub fn sheet_pages(kind: SheetKind, material: Material<'_>, options: &Options) -> Result<Pages, Error> {
    let (fonts, transcript) = (Fonts::new()?, Transcript::new(material, options)?);
    set(|| compose(&fonts, &transcript, kind), || seal(&transcript, kind)).map(|(pages, _)| pages)
}

/// Sheets show what a transcript leaves out, such as plans: their number comes from the whole record.
fn seal(transcript: &Transcript, kind: SheetKind) -> Result<Seal, Error> {
    Ok(Seal::new(transcript)?.without_copy().with(transcript.record.to_json()).with(format!("{kind:?}")))
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

fn compose<'t, 'r>(fonts: &'t Fonts, transcript: &'t Transcript<'r>, kind: SheetKind) -> Result<Sheet<'t, 'r>, Error> {
    let mut sheet = Sheet::new(fonts, transcript)?;
    match kind {
        SheetKind::Worksheet => worksheet::compose(&mut sheet),
        SheetKind::Employer => employer::compose(&mut sheet),
        SheetKind::Calendar => calendar::compose(&mut sheet),
        SheetKind::Index => index::compose(&mut sheet),
        SheetKind::Letter => letter::compose(&mut sheet),
    }?;
    Ok(sheet)
}
