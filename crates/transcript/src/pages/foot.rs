//! The foot of every page.

use super::{NOTE, holder_number};
use crate::display::{Item, Page, Pages, Room, Shape};
use crate::fonts::{Fonts, Printable};
use crate::seal::Seal;
use crate::wrap::wrap;
use crate::{Error, Laid, Transcript, words};

/// Two lines at most for each part; whoever has a longer name finds it whole on the first page.
const LINES: usize = 2;

/// What stands at the foot of every page.
pub(crate) struct Foot {
    room: Room,
    left: Vec<Vec<String>>,
    /// In a packet: how many pages the exhibits have.
    exhibits: usize,
    /// What is left of it where there is one line only.
    short: String,
}

impl Foot {
    const GAP: f32 = 18.0;
    const RIGHT: f32 = 120.0;

    pub(crate) fn new(fonts: &Fonts, transcript: &Transcript) -> Result<Self, Error> {
        let Transcript { record, evaluation, labels, options, .. } = transcript;
        let room = options.room();
        let width = room.width - 2.0 * room.margin - Self::RIGHT;
        let period = words::span(Some(evaluation.period.from), Some(evaluation.period.to));
        let number = holder_number(transcript).map(|number| format!(" · Member no. {number}")).unwrap_or_default();
        let who = format!("{}{number} · {} · {period}", record.holder.name, evaluation.credential_name);
        let nature =
            format!("Personal record prepared by the credential holder; not a transcript of {}", labels.issuer_short);
        let mut left = Vec::new();
        for (place, text) in [("the holder’s name", who), ("the issuer’s name", nature)] {
            let mut lines = wrap(fonts, NOTE, &fonts.printable(place, &text)?, width);
            if lines.len() > LINES {
                lines.truncate(LINES);
                if let Some(last) = lines.last_mut() {
                    last.push('…');
                    shorten(fonts, last, width);
                }
            }
            left.push(lines);
        }
        let exhibits = transcript.packed.iter().flat_map(|(laid, _)| laid).map(Laid::pages).sum();
        let name = fonts.printable("the holder’s name", &record.holder.name)?;
        let short = format!("{}{number} · {}", name.as_str(), evaluation.credential_name);
        Ok(Self { room, left, exhibits, short })
    }

    pub(crate) fn height(&self) -> f32 {
        let lines: usize = self.left.iter().map(Vec::len).sum();
        #[allow(clippy::cast_precision_loss, reason = "four lines at most")]
        let lines = lines as f32;
        Self::GAP + lines * NOTE.leading
    }

    /// Artifacts on every page: a reader hears them once, from the first page's text.
    pub(super) fn stamp(&self, fonts: &Fonts, pages: &mut Pages, seal: &Seal) -> Result<(), Error> {
        let document = document(fonts, seal)?;
        let total = pages.pages.len() + self.exhibits;
        let Room { width, height, margin } = self.room;
        let (left, right) = (margin, width - margin);
        for (index, page) in pages.pages.iter_mut().enumerate() {
            let mut draw = |shape| page.items.push(Item { element: None, shape });
            let mut y = height - margin - self.height() + Self::GAP;
            draw(Shape::Stroke { points: vec![(left, y - 5.0), (right, y - 5.0)], weight: 0.4, ink: 0.6 });
            let number = fonts.printable("the page’s number", &format!("Page {} of {total}", index + 1))?;
            for (lines, beside) in self.left.iter().zip([&number, &document]) {
                let first = y + 9.0;
                for line in lines {
                    let bounds = (left, right - Self::RIGHT);
                    draw(Shape::Text { x: left, y: y + 9.0, style: NOTE, text: line.clone(), bounds });
                    y += NOTE.leading;
                }
                let text = beside.as_str().to_owned();
                let x = right - fonts.width(NOTE.face, NOTE.size, &text);
                let bounds = (right - Self::RIGHT + 6.0, right);
                draw(Shape::Text { x, y: first, style: NOTE, text, bounds });
            }
        }
        Ok(())
    }

    /// The same in one line at the very bottom of an exhibit's page, below the proof.
    pub(crate) fn strip(
        &self,
        fonts: &Fonts,
        page: &mut Page,
        seal: &Seal,
        (number, of): (usize, usize),
        edge: f32,
    ) -> Result<(), Error> {
        let (width, height) = page.size;
        let (left, right, y) = (edge, width - edge, height - 17.0);
        let beside = format!("{} · Page {number} of {of}", document(fonts, seal)?.as_str());
        let beside = fonts.printable("the page’s number", &beside)?;
        let x = right - fonts.width(NOTE.face, NOTE.size, beside.as_str());
        let mut draw = |text: String, x: f32, bounds: (f32, f32)| {
            page.items.push(Item { element: None, shape: Shape::Text { x, y, style: NOTE, text, bounds } });
        };
        let room = x - 18.0 - left;
        let mut who = self.short.clone();
        shorten(fonts, &mut who, room);
        draw(who, left, (left, left + room));
        draw(beside.as_str().to_owned(), x, (x - 1.0, right));
        Ok(())
    }
}

fn document(fonts: &Fonts, seal: &Seal) -> Result<Printable, Error> {
    fonts.printable("the document’s number", &format!("Document {}", seal.number()))
}

/// Cuts a text that is wider than the room, and says so.
fn shorten(fonts: &Fonts, text: &mut String, room: f32) {
    if fonts.width(NOTE.face, NOTE.size, text) <= room {
        return;
    }
    while fonts.width(NOTE.face, NOTE.size, &format!("{text}…")) > room && text.pop().is_some() {}
    text.push('…');
}
