//! Finding credits by whatever is remembered of them.

use vault::Part;

use crate::wire::{Excerpt, Found, FoundIn};
use crate::{Error, Recert};

impl Recert {
    /// The credits that have every word that was typed, or words that begin like it; the best first.
    pub fn search(&self, typed: &str) -> Result<Vec<Found>, Error> {
        Ok(self.vault()?.search(typed)?.into_iter().map(Found::from).collect())
    }
}

impl From<vault::Found> for Found {
    fn from(found: vault::Found) -> Self {
        let excerpt = found.excerpt.into_iter().map(|piece| Excerpt { text: piece.text, hit: piece.hit });
        Self { credit: found.credit, found_in: found.part.into(), excerpt: excerpt.collect() }
    }
}

impl From<Part> for FoundIn {
    fn from(part: Part) -> Self {
        match part {
            Part::Title => Self::Title,
            Part::Provider => Self::Provider,
            Part::Numbers => Self::Numbers,
            Part::About => Self::About,
            Part::Tags => Self::Tags,
            Part::Name => Self::Name,
            Part::Files => Self::Files,
            Part::Text => Self::Text,
        }
    }
}
