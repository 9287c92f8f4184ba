//! Facts: what is true and earns no points, such as a current card.

use domain::Fact;
use domain::record::FactKind;
use vault::Op;

use crate::credentials::known_credential;
use crate::typed::{amount, date, fault, text, unseen};
use crate::wire::FactInput;
use crate::{Error, Recert};

impl Recert {
    /// Every fact, in the order in which they were added.
    pub fn facts(&self) -> Result<Vec<Fact>, Error> {
        Ok(self.vault()?.record_without_credits()?.facts)
    }

    /// One fact.
    pub fn fact(&self, id: &str) -> Result<Fact, Error> {
        let not_found = || vault::Error::NotFound { what: "fact", id: id.to_owned() };
        Ok(self.facts()?.into_iter().find(|fact| fact.id == id).ok_or_else(not_found)?)
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

    /// Puts a removed fact back, with its proofs, as the history has it.
    pub fn restore_fact(&mut self, id: &str) -> Result<(), Error> {
        let gone = || vault::Error::NotFound { what: "removed fact", id: id.to_owned() };
        let last = self.vault()?.history_of(id)?.pop().filter(|step| step.after.is_none());
        let before = last.and_then(|step| step.before).ok_or_else(gone)?;
        let fact: Fact = serde_json::from_value(before).map_err(|_| gone())?;
        self.transact(Op::AddFact, |change| change.put_fact(&fact))
    }
}

/// The fact that was typed in, not named yet and without proofs.
fn typed(input: &FactInput) -> Result<Fact, Error> {
    let mut faults = unseen(input, None);
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
        fault::<()>("expires_on", "is before the first day", &mut faults);
    }
    if fact.kind == FactKind::WorkHours && text(&input.amount).is_none() {
        fault::<()>("amount", "write how many hours, such as 520", &mut faults);
    }
    if fact.kind == FactKind::Other && fact.title.is_none() && fact.tag.is_none() {
        fault::<()>("title", "write what it is", &mut faults);
    }
    if faults.is_empty() { Ok(fact) } else { Err(Error::invalid("This was not saved.", faults)) }
}
