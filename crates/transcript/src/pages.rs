//! What stands where: the front with the verdict, the credits, and what a reader needs to check them.

mod conversions;
mod exhibits;
mod foot;
mod front;
mod legend;
mod questions;
mod requirements;
mod statement;
mod sums;

use domain::evaluation::Verdict;

use crate::display::{Pages, Print, Style, Tag};
use crate::fonts::{Face, Fonts};
use crate::layout::{Cell, Flow, Mark, Table};
use crate::options::{Extent, Hidden};
use crate::seal::Seal;
use crate::{Error, Transcript, credits};

pub(crate) use foot::Foot;

pub(crate) const TITLE: &str = "Continuing education transcript";

pub(crate) const GREY: f32 = 0.36;
const HEADING: Style = Style { face: Face::Semibold, size: 13.0, leading: 17.0, ink: 0.0 };
pub(crate) const VERDICT: Style = Style { face: Face::Semibold, size: 12.0, leading: 16.0, ink: 0.0 };
pub(crate) const BODY: Style = Style { face: Face::Regular, size: 10.0, leading: 14.0, ink: 0.0 };
pub(crate) const SMALL: Style = Style { face: Face::Regular, size: 9.0, leading: 12.0, ink: 0.0 };
pub(crate) const NOTE: Style = Style { ink: GREY, ..SMALL };
pub(crate) const STRONG: Style = Style { face: Face::Semibold, ..SMALL };
/// Above a section; less of it where all has to stand on one page.
const GAP: f32 = 18.0;
const LITTLE_GAP: f32 = 8.0;
/// What the lines to sign on take.
pub(crate) const SIGNATURE: f32 = ABOVE_SIGNATURE + 3.0 + NOTE.leading;
/// Where a hand has room to write.
const ABOVE_SIGNATURE: f32 = 32.0;

/// A label, what it labels, and how that looks.
pub(crate) type Line = (&'static str, String, Style);

/// All that the transcript says.
pub(crate) fn compose<'t, 'r>(fonts: &'t Fonts, transcript: &'t Transcript<'r>) -> Result<Sheet<'t, 'r>, Error> {
    if transcript.options.extent == Extent::Summary {
        return opening(fonts, transcript, LITTLE_GAP);
    }
    let mut sheet = opening(fonts, transcript, GAP)?;
    // Whoever signs sees what is signed, where a little less white makes room for it.
    if sheet.flow.pages() > 1 {
        let closer = opening(fonts, transcript, LITTLE_GAP)?;
        if closer.flow.pages() == 1 {
            sheet = closer;
        }
    }
    sheet.gap = GAP;
    credits::list(&mut sheet)?;
    questions::list(&mut sheet)?;
    conversions::list(&mut sheet)?;
    exhibits::list(&mut sheet)?;
    legend::key(&mut sheet)?;
    Ok(sheet)
}

/// What is judged, and the signature below it.
fn opening<'t, 'r>(fonts: &'t Fonts, transcript: &'t Transcript<'r>, gap: f32) -> Result<Sheet<'t, 'r>, Error> {
    let mut sheet = Sheet { gap, ..Sheet::new(fonts, transcript)? };
    sheet.front()?;
    requirements::table(&mut sheet)?;
    sums::table(&mut sheet)?;
    credits::left_to_the_issuer(&mut sheet)?;
    sheet.statement()?;
    Ok(sheet)
}

/// The flow of the pages together with what they are made from.
pub(crate) struct Sheet<'t, 'r> {
    pub(crate) flow: Flow<'t>,
    pub(crate) fonts: &'t Fonts,
    pub(crate) transcript: &'t Transcript<'r>,
    foot: Foot,
    /// White space above a section.
    gap: f32,
}

impl<'t, 'r> Sheet<'t, 'r> {
    pub(crate) fn new(fonts: &'t Fonts, transcript: &'t Transcript<'r>) -> Result<Self, Error> {
        let foot = Foot::new(fonts, transcript)?;
        Ok(Self { flow: Flow::new(fonts, transcript.options.room(), foot.height()), fonts, transcript, foot, gap: GAP })
    }
}

impl Sheet<'_, '_> {
    /// The pages with their foot, in the size they are printed in.
    pub(crate) fn finish(self, seal: &Seal) -> Result<Pages, Error> {
        let mut pages = self.flow.finish();
        self.foot.stamp(self.fonts, &mut pages, seal)?;
        Ok(match self.transcript.options.print {
            Print::Regular => pages,
            Print::Large => pages.enlarged(Print::LARGER),
        })
    }

    /// A cell with one text.
    pub(crate) fn cell(&self, tag: Tag, style: Style, place: &str, text: &str) -> Result<Cell, Error> {
        let texts = if text.is_empty() { Vec::new() } else { vec![(style, self.fonts.printable(place, text)?)] };
        Ok(Cell { tag, span: 1, mark: None, texts, links: Vec::new(), anchor: None })
    }

    pub(crate) fn text(&mut self, style: Style, place: &str, text: &str) -> Result<(), Error> {
        let text = self.fonts.printable(place, text)?;
        self.flow.paragraph(Tag::P, style, &text, 0.0);
        Ok(())
    }

    pub(crate) fn gap(&mut self) {
        self.flow.space(self.gap);
    }

    pub(crate) fn section(&mut self, heading: &str, table: &Table) -> Result<(), Error> {
        let heading = self.fonts.printable("a heading", heading)?;
        self.gap();
        self.flow.table(Some((HEADING, &heading)), table)
    }

    pub(crate) fn heading(&mut self, heading: &str) -> Result<(), Error> {
        let heading = self.fonts.printable("a heading", heading)?;
        self.gap();
        self.flow.heading(Tag::H2, HEADING, &heading, 3.0 * BODY.leading);
        self.flow.space(3.0);
        Ok(())
    }
}

/// The holder's number with the issuer, if it is known and shown.
pub(crate) fn holder_number<'r>(transcript: &Transcript<'r>) -> Option<&'r str> {
    let Transcript { record, labels, options, .. } = transcript;
    let number = record.holder.issuer_ids.get(&labels.approver);
    number.filter(|_| !options.hides(Hidden::Numbers)).map(String::as_str)
}

/// The sign beside a status.
fn mark(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Met => Mark::Tick,
        Verdict::NotMet => Mark::Cross,
        Verdict::CannotTell => Mark::Dash,
    }
}
