//! The front: whose pages these are, what they rest on, and the verdict in a sentence.

use domain::date;

use super::{BODY, GREY, Line, NOTE, SMALL, STRONG, Sheet, TITLE, VERDICT, holder_number, mark};
use crate::display::{Style, Tag};
use crate::fonts::Face;
use crate::layout::{Column, GUTTER, Kind, Mark, Row, Table};
use crate::options::{Extent, Hidden};
use crate::{Error, Transcript, words};

const TITLE_STYLE: Style = Style { face: Face::Semibold, size: 22.0, leading: 28.0, ink: 0.0 };
/// The width of the labels.
const LABEL: f32 = 76.0;

impl<'r> Sheet<'_, 'r> {
    /// Whose pages these are, what they rest on, and the verdict.
    pub(super) fn front(&mut self) -> Result<(), Error> {
        let Transcript { record, evaluation, labels, .. } = self.transcript;
        let nature = format!(
            "Self-reported and unofficial. Not a transcript of {}, nor affiliated with it or endorsed by it.",
            labels.issuer_short
        );
        let (mut who, basis) = (self.who(), self.basis());
        let born = record.holder.born_on.filter(|_| labels.by_birthday);
        who.extend(born.map(|born| ("Born", date::short(born), SMALL)));
        // One page has no room for it.
        let address = self.address().filter(|_| self.transcript.options.extent == Extent::Whole);
        let lines = address.into_iter().flatten().enumerate();
        who.extend(lines.map(|(index, line)| (if index == 0 { "Address" } else { "" }, line.clone(), SMALL)));
        self.head(TITLE, &nature, &who, &basis)?;
        self.verdict(mark(evaluation.verdict), &words::verdict(evaluation, labels))?;
        let more = format!(
            "{} {}{}",
            words::standing(evaluation),
            words::with_proof(evaluation),
            words::basis(self.transcript)
        );
        self.flow.space(2.0);
        let more = self.fonts.printable("the verdict", &more)?;
        self.flow.paragraph(Tag::P, BODY, &more, 17.0);
        for note in evaluation.notes.iter().filter_map(|note| words::note(note, self.transcript.options.extent)) {
            let note = self.fonts.printable("a note", &note)?;
            self.flow.space(2.0);
            self.flow.paragraph(Tag::P, BODY, &note, 17.0);
        }
        Ok(())
    }

    /// The title, what sort of document this is, and two columns of labelled lines between rules.
    pub(crate) fn head(&mut self, title: &str, nature: &str, left: &[Line], right: &[Line]) -> Result<(), Error> {
        let title = self.fonts.printable("the title", title)?;
        self.flow.paragraph(Tag::H1, TITLE_STYLE, &title, 0.0);
        self.text(Style { ink: GREY, ..BODY }, "the issuer’s name", nature)?;
        self.flow.space(9.0);
        self.flow.rule(0.0, self.flow.width(), 0.8, 0.0);
        self.flow.space(9.0);
        self.labelled(left, right)?;
        self.flow.space(9.0);
        self.flow.rule(0.0, self.flow.width(), 0.4, 0.6);
        self.flow.space(self.gap.min(14.0));
        Ok(())
    }

    /// One sentence that says it all, beside its sign.
    pub(crate) fn verdict(&mut self, mark: Mark, sentence: &str) -> Result<(), Error> {
        let sentence = self.fonts.printable("the verdict", sentence)?;
        // The sign and the sentence stay together.
        self.flow.need(VERDICT.leading);
        self.flow.mark(mark, VERDICT, 0.0);
        self.flow.paragraph(Tag::P, VERDICT, &sentence, 17.0);
        Ok(())
    }

    /// Who holds what.
    pub(crate) fn who(&self) -> Vec<Line> {
        let Transcript { record, credential, evaluation, labels, options, .. } = self.transcript;
        let holder = &record.holder;
        let mut who = vec![("Holder", holder.name.clone(), STRONG)];
        if !holder.former_names.is_empty() && !options.hides(Hidden::FormerNames) {
            who.push(("Former names", holder.former_names.join(", "), SMALL));
        }
        who.push(("Credential", labels.in_full(&evaluation.credential_name), SMALL));
        who.extend(holder_number(self.transcript).map(|number| ("Member no.", number.to_owned(), SMALL)));
        for (label, day) in [("Certified", credential.certified_on), ("Recertified", credential.recertified_on)] {
            if let Some(day) = day {
                who.push((label, date::short(day), SMALL));
            }
        }
        who
    }

    /// Where letters reach the holder, if that is known and shown.
    pub(crate) fn address(&self) -> Option<&'r [String]> {
        let Transcript { record, options, .. } = self.transcript;
        let address = &record.holder.address;
        (!address.is_empty() && !options.hides(Hidden::Address)).then_some(&**address)
    }

    /// What the pages rest on.
    pub(crate) fn basis(&self) -> Vec<Line> {
        let Transcript { evaluation, options, .. } = self.transcript;
        let issuer = &self.transcript.labels.issuer_short;
        let checked = match evaluation.pack_verified_on {
            Some(day) => format!("On {issuer}’s live pages, {}", date::short(day)),
            None => format!("Not yet on {issuer}’s live pages"),
        };
        let period = evaluation.period;
        vec![
            ("Period", words::span(Some(period.from), Some(period.to)), STRONG),
            ("Status as of", date::short(evaluation.on), SMALL),
            ("Printed on", date::short(options.printed_on), SMALL),
            ("Rules", format!("{}, version {}", evaluation.credential_name, evaluation.pack_version), SMALL),
            ("Rules checked", checked, SMALL),
            ("Made with", format!("Recert {}", options.app_version), SMALL),
        ]
    }

    fn labelled(&mut self, left: &[Line], right: &[Line]) -> Result<(), Error> {
        let of = |lines: &[Line]| {
            let mut rows = Vec::new();
            for (label, value, style) in lines {
                // A line that goes on has no label of its own.
                let tag = if label.is_empty() { Tag::Cell } else { Tag::RowHead };
                let label_cell = self.cell(tag, NOTE, "a label", label)?;
                let value = self.cell(Tag::Cell, *style, &format!("The line “{label}”"), value)?;
                rows.push(Row { kind: Kind::Plain, cells: vec![label_cell, value] });
            }
            let value = self.flow.width() / 2.0 - LABEL - GUTTER;
            let columns = vec![Column::left("", LABEL), Column::left("", value)];
            Ok::<Table, Error>(Table { columns, headed: false, style: SMALL, rows })
        };
        let (left, right) = (of(left)?, of(right)?);
        self.flow.side_by_side(&left, &right)
    }
}
