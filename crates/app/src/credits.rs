//! Credits: what is typed in becomes a credit, or says which fields do not hold.

use chrono::NaiveDate;
use domain::credit::{Approver, Credit};
use domain::points::Amount;
use domain::record::Record;
use vault::Op;

use crate::wire::{CreditInput, CreditPreview, FieldFault};
use crate::{Error, Recert};

/// The id of a credit that is being typed in.
pub(crate) const PREVIEW: &str = "preview";

impl Recert {
    /// Every credit, in the order in which they were added.
    pub fn credits(&self) -> Result<Vec<Credit>, Error> {
        Ok(self.vault()?.record()?.credits)
    }

    /// One credit.
    pub fn credit(&self, id: &str) -> Result<Credit, Error> {
        Ok(self.vault()?.credit(id)?)
    }

    /// Keeps a credit as typed in: a new one, or an earlier one with the fields the form knows replaced.
    pub fn save_credit(&mut self, input: &CreditInput) -> Result<Credit, Error> {
        let before = input.id.as_deref().map(|id| self.credit(id)).transpose()?;
        let op = if before.is_some() { Op::EditCredit } else { Op::AddCredit };
        let credit = typed(input, before, "").map_err(|fields| Error::invalid("The credit was not saved.", fields))?;
        self.transact(op, |change| {
            let id = if credit.id.is_empty() { change.next_id("c")? } else { credit.id.clone() };
            let credit = Credit { id, ..credit };
            change.put_credit(&credit)?;
            Ok(credit)
        })
    }

    /// What a credit as typed in would do to a credential's evaluation.
    pub fn preview_credit(&self, credential: &str, input: &CreditInput) -> Result<CreditPreview, Error> {
        let mut record = self.vault()?.record()?;
        let before = input.id.as_deref().and_then(|id| record.credit(id)).cloned();
        let credit = match typed(input, before, PREVIEW) {
            Ok(credit) => credit,
            Err(faults) => return Ok(CreditPreview { faults, evaluation: None }),
        };
        put(&mut record, credit);
        let evaluation = self.judge(&record, credential, self.clock.today())?;
        Ok(CreditPreview { faults: Vec::new(), evaluation: Some(evaluation) })
    }

    /// Puts a credit in the trash.
    pub fn remove_credit(&mut self, id: &str) -> Result<(), Error> {
        self.transact(Op::RemoveCredit, |change| change.remove_credit(id))
    }

    /// Takes a credit out of the trash.
    pub fn restore_credit(&mut self, id: &str) -> Result<Credit, Error> {
        self.transact(Op::RestoreCredit, |change| change.restore_credit(id))?;
        self.credit(id)
    }
}

fn put(record: &mut Record, credit: Credit) {
    match record.credits.iter_mut().find(|earlier| earlier.id == credit.id) {
        Some(earlier) => *earlier = credit,
        None => record.credits.push(credit),
    }
}

/// The credit that was typed in, on top of `before`; `new_id` names it if there is none.
fn typed(input: &CreditInput, before: Option<Credit>, new_id: &str) -> Result<Credit, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut credit = before.unwrap_or_else(|| Credit::empty(new_id));
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());

    input.title.trim().clone_into(&mut credit.title);
    credit.provider = text(&input.provider);
    credit.provider_number = text(&input.provider_number);
    credit.kind = input.kind;
    credit.unit = input.unit;
    credit.approver = text(&input.approver).map(Approver::new);
    credit.issuer_transcript = input.issuer_transcript;
    credit.formal_credit = input.formal_credit;
    credit.status = input.status;
    credit.description = text(&input.description);
    credit.started_on = date("started_on", &input.started_on, &mut faults);
    credit.completed_on = date("completed_on", &input.completed_on, &mut faults);
    credit.expires_on = date("expires_on", &input.expires_on, &mut faults);
    credit.amount = amount("amount", &input.amount, &mut faults);
    credit.split = input
        .split
        .iter()
        .filter_map(|(category, part)| Some((category.clone(), amount("split", part, &mut faults)?)))
        .filter(|(_, part)| !part.is_zero())
        .collect();

    let parsed: Vec<String> = faults.iter().map(|fault: &FieldFault| fault.field.clone()).collect();
    let unsound = credit.faults().into_iter().filter(|fault| !parsed.contains(&fault.field));
    faults.extend(unsound.map(|fault| FieldFault { field: fault.field, message: fault.reason }));
    if faults.is_empty() { Ok(credit) } else { Err(faults) }
}

/// A date as typed in; none if nothing is.
pub(crate) fn date(field: &str, typed: &str, faults: &mut Vec<FieldFault>) -> Option<NaiveDate> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let date = NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok().filter(|_| typed.len() == 10);
    if date.is_none() {
        let message = format!("“{typed}” is not a date; write year-month-day, such as 2024-03-04");
        faults.push(FieldFault { field: field.to_owned(), message });
    }
    date
}

fn amount(field: &str, typed: &str, faults: &mut Vec<FieldFault>) -> Option<Amount> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    typed
        .parse()
        .map_err(|error: domain::points::DecimalError| {
            faults.push(FieldFault { field: field.to_owned(), message: error.to_string() });
        })
        .ok()
}
