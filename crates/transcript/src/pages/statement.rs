//! What the holder signs.

use super::{ABOVE_SIGNATURE, BODY, HEADING, NOTE, SIGNATURE, Sheet};
use crate::Error;
use crate::display::Tag;

impl Sheet<'_, '_> {
    /// The holder's statement with lines to sign on.
    pub(crate) fn statement(&mut self) -> Result<(), Error> {
        let heading = self.fonts.printable("a heading", "Statement by the holder")?;
        self.gap();
        let signatures = if self.transcript.options.is_reviewed() { 2.0 * SIGNATURE } else { SIGNATURE };
        self.flow.heading(Tag::H2, HEADING, &heading, 3.0 + BODY.leading + signatures);
        self.flow.space(3.0);
        self.text(
            BODY,
            "the statement",
            "I prepared this record myself. To the best of my knowledge it is complete and correct.",
        )?;
        self.signature()?;
        if self.transcript.options.is_reviewed() {
            self.signed("Reviewed by: signature, name and title")?;
        }
        Ok(())
    }

    /// Lines to sign and date on.
    pub(crate) fn signature(&mut self) -> Result<(), Error> {
        self.signed(&format!("Signature of {}", self.transcript.record.holder.name))
    }

    /// Lines for a signature and its date.
    fn signed(&mut self, whose: &str) -> Result<(), Error> {
        self.flow.need(SIGNATURE);
        self.flow.space(ABOVE_SIGNATURE);
        let (date_from, width) = (self.flow.width() - 130.0, self.flow.width());
        self.flow.rule(0.0, date_from - 24.0, 0.6, 0.0);
        self.flow.rule(date_from, width, 0.6, 0.0);
        self.flow.space(3.0);
        let date = self.fonts.printable("a label", "Date")?;
        // The name may be long: it wraps below the line.
        let name = self.fonts.printable("the holder’s name", whose)?;
        self.flow.two_beside(NOTE, (&name, date_from - 24.0), (&date, date_from));
        Ok(())
    }
}
