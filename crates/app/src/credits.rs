//! Credits: what is typed in becomes a credit, or says which fields do not hold.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::Packs;
use domain::credit::{Approver, Credit, CreditFault};
use domain::points::Amount;
use domain::record::Record;
use vault::{Change, Op};

use crate::wire::{CreditInput, CreditPreview, FieldFault};
use crate::{Error, Recert, no_record};

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
        match &input.id {
            Some(id) => self.edit_credit(id, |before| *before = input.clone()),
            None => self.transact_credit(Op::AddCredit, |packs, change| {
                let credit = typed(packs, input, Credit::empty(change.next_id("c")?)).map_err(refused)?;
                change.put_credit(&credit)?;
                Ok(credit)
            }),
        }
    }

    /// Changes the fields of a credit that `edit` changes, and no other: somebody else may be changing those.
    pub fn edit_credit(&mut self, id: &str, edit: impl FnOnce(&mut CreditInput)) -> Result<Credit, Error> {
        self.transact_credit(Op::EditCredit, |packs, change| {
            let before = change.credit(id)?;
            let mut input = CreditInput::from(&before);
            edit(&mut input);
            let credit = typed(packs, &input, before).map_err(refused)?;
            change.put_credit(&credit)?;
            Ok(credit)
        })
    }

    fn transact_credit(
        &mut self,
        op: Op,
        f: impl FnOnce(&Packs, &mut Change<'_>) -> Result<Credit, vault::Error>,
    ) -> Result<Credit, Error> {
        let Self { vault, packs, folder, clock, .. } = self;
        let vault = vault.as_mut().ok_or_else(|| no_record(folder))?;
        Ok(vault.transact(op, clock.now(), |change| f(packs, change))?)
    }

    /// What a credit as typed in would do to a credential's evaluation.
    pub fn preview_credit(&self, credential: &str, input: &CreditInput) -> Result<CreditPreview, Error> {
        let mut record = self.vault()?.record()?;
        let before = input.id.as_deref().and_then(|id| record.credit(id)).cloned();
        let credit = match typed(&self.packs, input, before.unwrap_or_else(|| Credit::empty(PREVIEW))) {
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

fn refused(faults: Vec<FieldFault>) -> vault::Error {
    let faults = faults.into_iter().map(|fault| CreditFault { field: fault.field, reason: fault.message });
    vault::Error::Invalid { what: "the credit".to_owned(), faults: faults.collect() }
}

/// The credit that was typed in, on top of `before`.
fn typed(packs: &Packs, input: &CreditInput, before: Credit) -> Result<Credit, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut credit = before;
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());

    input.title.trim().clone_into(&mut credit.title);
    credit.provider = text(&input.provider);
    credit.provider_number = text(&input.provider_number);
    credit.kind = input.kind;
    credit.unit = input.unit;
    credit.approver =
        text(&input.approver).map(|name| packs.iter().find_map(|pack| pack.own(&name)).unwrap_or(Approver::new(name)));
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

    let known: BTreeSet<&str> =
        packs.iter().flat_map(|pack| &pack.categories).map(|category| category.id.as_str()).collect();
    for category in credit.split.keys().filter(|category| !known.contains(category.as_str())) {
        let listed: Vec<&str> = known.iter().copied().collect();
        let message = format!("“{category}” is no category; known are {}", listed.join(", "));
        faults.push(FieldFault { field: "split".to_owned(), message });
    }

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
