//! The holder's wishes on how credits are counted.

use std::collections::BTreeMap;

use super::Evaluating;
use crate::choice::Choice;
use crate::evaluation::Reason;
use crate::filter::long_bit;
use crate::judged::{Judged, Piece};
use crate::pool::certain;
use crate::record::Pin;

impl<'a> Evaluating<'a, '_> {
    /// Her wishes: what is left out, and what must count. One that cannot be kept is reported and ignored.
    pub(super) fn pins(&self, judged: &mut [Judged<'a>], notes: &mut Vec<Reason>) -> Vec<usize> {
        let (book, term) = (self.judge.book, self.judge.term);
        let mut pinned: Vec<usize> = Vec::new();
        let mut room: Vec<i64> = book.caps.iter().map(|cap| cap.limit).collect();
        let mut note = |id: &str, why: &str| {
            let title = self.record.credit(id).map_or(id, |credit| &credit.title);
            let text = format!("Your wish for “{title}” was not followed: {why}");
            notes.push(Reason { code: "pin_ignored".into(), text: text.into(), source: None });
        };
        // Of several wishes for one credit the last holds; put in order, so that theirs does not matter otherwise.
        let mut pins: BTreeMap<(&str, &str), &Pin> = BTreeMap::new();
        for pin in &self.record.pins {
            let before = pins.insert((&pin.credit, &pin.credential), pin);
            if before.is_some_and(|before| before != pin) && pin.credential == term.credential.id {
                note(&pin.credit, "a later wish of yours says otherwise, and that one holds.");
            }
            if self.record.credential(&pin.credential).is_none() {
                note(&pin.credit, &format!("there is no certification “{}” in your record.", pin.credential));
            }
        }
        for pin in pins.into_values() {
            let Some(index) = self.record.credits.iter().position(|credit| *credit.id == *pin.credit) else {
                if pin.credential == term.credential.id {
                    note(&pin.credit, "there is no such credit.");
                }
                continue;
            };
            if pin.credential != term.credential.id {
                let elsewhere = self.record.credential(&pin.credential).map(|credential| &credential.pack);
                if pin.counted && elsewhere.is_some_and(|pack| book.pack.not_shared_with.contains(pack)) {
                    let text = "Used for another credential; it may not count for both.".to_owned();
                    judged[index].refuse("used_elsewhere", text, None);
                }
                continue;
            }
            if !pin.counted {
                judged[index].refuse("left_out", "Left out on purpose.".into(), None);
                continue;
            }
            let category = pin.category.as_deref().map(|id| (id, book.pack.category_index(id)));
            if let Some((id, None)) = category {
                note(&pin.credit, &format!("the rules of {} know no category “{id}”.", book.pack.name));
                continue;
            }
            if let Some((_, Some(category))) = category {
                let unknown = book.pack.categories.len();
                let is_open =
                    |pieces: &[Piece]| pieces.iter().all(|piece| [category, unknown].contains(&piece.category));
                if !is_open(judged[index].kind()) {
                    note(&pin.credit, "its points belong to another category.");
                    continue;
                }
                judged[index].settle_category(category);
            }
            if judged[index].low.is_empty() {
                note(&pin.credit, "it does not count for certain.");
                continue;
            }
            let mut after = room.clone();
            for piece in &judged[index].low {
                let caps = certain(piece, book).caps;
                let under = after.iter_mut().enumerate().filter(|(cap, _)| caps & long_bit(*cap) != 0);
                under.for_each(|(_, room)| *room -= piece.points);
            }
            if after.iter().any(|room| *room < 0) {
                note(&pin.credit, "together with your other wishes it goes beyond what the rules let count.");
                continue;
            }
            room = after;
            pinned.push(index);
        }
        pinned
    }

    /// Of credits of which only so many count, no more than so many can be wished for.
    pub(super) fn possible_pins(
        &self,
        pinned: Vec<usize>,
        choices: &[Choice<'a>],
        notes: &mut Vec<Reason>,
    ) -> Vec<usize> {
        let mut left: Vec<usize> = choices.iter().map(|choice| choice.at_most).collect();
        let mut kept = Vec::new();
        for credit in pinned {
            let holds = |choice: &usize| choices[*choice].members.contains(&credit);
            let of_credit: Vec<usize> = (0..choices.len()).filter(holds).collect();
            if of_credit.iter().any(|&choice| left[choice] == 0) {
                let title = &self.record.credits[credit].title;
                let text = format!("Your wish for “{title}” was not followed: only so many of these count.");
                notes.push(Reason { code: "pin_ignored".into(), text: text.into(), source: None });
                continue;
            }
            for choice in of_credit {
                left[choice] -= 1;
            }
            kept.push(credit);
        }
        kept
    }
}
