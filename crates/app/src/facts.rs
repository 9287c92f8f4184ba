//! Facts: what is true and earns no points, such as a current card.

use domain::Fact;
use vault::Op;

use crate::credentials::known_credential;
use crate::typed::{amount, date, text};
use crate::wire::{FactInput, FieldFault};
use crate::{Error, Recert};

impl Recert {
    /// Every fact, in the order in which they were added.
    pub fn facts(&self) -> Result<Vec<Fact>, Error> {
        Ok(self.vault()?.record()?.facts)
    }

    /// Adds a fact, or replaces the one with this id.
    pub fn save_fact(&mut self, id: Option<&str>, input: &FactInput) -> Result<Fact, Error> {
        let typed = typed(input)?;
        let op = if id.is_some() { Op::EditFact } else { Op::AddFact };
        self.transact(op, |change| {
            let record = change.record()?;
            known_credential(&record, typed.credential.as_deref())?;
            let fact = match id {
                None => Fact { id: change.next_id("f")?, ..typed },
                Some(id) => {
                    let not_found = || vault::Error::NotFound { what: "fact", id: id.to_owned() };
                    let before = record.facts.into_iter().find(|fact| fact.id == id).ok_or_else(not_found)?;
                    Fact { id: before.id, proofs: before.proofs, ..typed }
                }
            };
            change.put_fact(&fact)?;
            Ok(fact)
        })
    }

    /// Takes a fact off the record.
    pub fn remove_fact(&mut self, id: &str) -> Result<(), Error> {
        self.transact(Op::RemoveFact, |change| change.remove_fact(id))
    }
}

/// The fact that was typed in, not named yet and without proofs.
fn typed(input: &FactInput) -> Result<Fact, Error> {
    let mut faults = Vec::new();
    let fact = Fact {
        id: String::new(),
        kind: input.kind,
        title: text(&input.title),
        issued_on: date("issued_on", &input.issued_on, &mut faults),
        expires_on: date("expires_on", &input.expires_on, &mut faults),
        amount: amount("amount", &input.amount, &mut faults),
        tag: text(&input.tag),
        credential: text(&input.credential),
        proofs: Vec::new(),
    };
    if let (Some(issued), Some(expires)) = (fact.issued_on, fact.expires_on)
        && expires < issued
    {
        let message = "is before the day from which it is true".to_owned();
        faults.push(FieldFault { field: "expires_on".to_owned(), message });
    }
    if faults.is_empty() { Ok(fact) } else { Err(Error::invalid("The fact was not saved.", faults)) }
}
