//! Credits: what is typed in becomes a credit, or says which fields do not hold.

use std::collections::BTreeSet;

use domain::credit::{Approver, Award, Credit, CreditFault, Session};
use domain::points::Amount;
use domain::record::Record;
use domain::unseen::trimmed;
use domain::{Pack, Packs};
use vault::Op;

use crate::packs::packs_of;
use crate::split::split;
use crate::typed::{amount, date, fault, minutes, text, unseen, words};
use crate::wire::{AwardInput, CreditInput, CreditPreview, FieldFault, SessionInput};
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
        match &input.id {
            Some(id) => self.edit_credit(id, |before| *before = input.clone()),
            None => self.transact_with_packs(Op::AddCredit, |packs, change| {
                let credit = typed(packs, input, &Credit::empty(change.next_id("c")?)).map_err(refused)?;
                change.put_credit(&credit)?;
                Ok(credit)
            }),
        }
    }

    /// Changes the fields of a credit that `edit` changes, and no other: somebody else may be changing those.
    pub fn edit_credit(&mut self, id: &str, edit: impl FnOnce(&mut CreditInput)) -> Result<Credit, Error> {
        self.transact_with_packs(Op::EditCredit, |packs, change| {
            let before = change.credit(id)?;
            let mut input = CreditInput::from(&before);
            edit(&mut input);
            let credit = typed(packs, &input, &before).map_err(refused)?;
            change.put_credit(&credit)?;
            Ok(credit)
        })
    }

    /// What a credit as typed in would do to a credential's evaluation.
    pub fn preview_credit(&self, credential: &str, input: &CreditInput) -> Result<CreditPreview, Error> {
        let mut record = self.vault()?.record()?;
        let before = input.id.as_deref().and_then(|id| record.credit(id)).cloned();
        let before = before.unwrap_or_else(|| Credit::empty(PREVIEW));
        let credit = match typed(&packs_of(&self.packs, &record), input, &before) {
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

/// Fails if the record does not have this credit.
pub(crate) fn known_credit(record: &Record, id: &str) -> Result<(), vault::Error> {
    let not_found = || vault::Error::NotFound { what: "credit", id: id.to_owned() };
    record.credit(id).map(|_| ()).ok_or_else(not_found)
}

fn refused(faults: Vec<FieldFault>) -> vault::Error {
    let faults = faults.into_iter().map(|fault| CreditFault { field: fault.field, reason: fault.message });
    vault::Error::Invalid { what: "the credit".to_owned(), faults: faults.collect() }
}

/// The credit that was typed in, on top of `before`.
fn typed(packs: &Packs, input: &CreditInput, before: &Credit) -> Result<Credit, Vec<FieldFault>> {
    let mut faults = unseen(input, Some(&CreditInput::from(before)));
    let whole = amount("amount", &input.amount, &mut faults);
    let splits = input.splits.iter().map(|(pack, parts)| {
        let parts = split(&format!("splits.{pack}"), whole, parts, &mut faults);
        (pack.clone(), parts)
    });
    let splits = splits.filter(|(_, parts)| !parts.is_empty()).collect();
    let credit = Credit {
        title: trimmed(&input.title).to_owned(),
        provider: text(&input.provider),
        provider_number: text(&input.provider_number),
        kind: input.kind,
        started_on: date("started_on", &input.started_on, &mut faults),
        completed_on: date("completed_on", &input.completed_on, &mut faults),
        expires_on: date("expires_on", &input.expires_on, &mut faults),
        amount: whole,
        unit: input.unit,
        approver: approver(packs, &input.approver),
        awards: awards(packs, &input.awards, &mut faults),
        split: split("split", whole, &input.split, &mut faults),
        splits,
        sessions: sessions(&input.sessions, &mut faults),
        minutes: minutes("minutes", &input.minutes, &mut faults),
        format: text(&input.format),
        formal_credit: input.formal_credit,
        issuer_transcript: input.issuer_transcript,
        tags: words(&input.tags),
        status: input.status,
        description: text(&input.description),
        relevance: text(&input.relevance),
        name_on_certificate: text(&input.name_on_certificate),
        ..before.clone()
    };
    check_categories(packs, before, &credit, &mut faults);
    let parsed: Vec<String> = faults.iter().map(|fault| fault.field.clone()).collect();
    let unsound = credit.faults().into_iter().filter(|fault| !parsed.contains(&fault.field));
    faults.extend(unsound.map(|fault| FieldFault { field: fault.field, message: fault.reason }));
    if faults.is_empty() { Ok(credit) } else { Err(faults) }
}

/// An issuer by any of its names, or another body as it was typed in.
fn approver(packs: &Packs, typed: &str) -> Option<Approver> {
    text(typed).map(|name| packs.iter().find_map(|pack| pack.own(&name)).unwrap_or(Approver::new(name)))
}

/// Rows without an amount and without a number are left out.
fn awards(packs: &Packs, rows: &[AwardInput], faults: &mut Vec<FieldFault>) -> Vec<Award> {
    let filled = rows.iter().enumerate().filter(|(_, row)| text(&row.amount).or(text(&row.number)).is_some());
    let award = |(index, row): (usize, &AwardInput)| {
        let place = |field: &str| format!("awards[{index}].{field}");
        let amount = required_amount(&place("amount"), &row.amount, faults);
        let unit = row.unit.or_else(|| fault(&place("unit"), "say what the amount counts", faults));
        Some(Award {
            amount: amount?,
            unit: unit?,
            approver: approver(packs, &row.approver),
            number: text(&row.number),
        })
    };
    filled.filter_map(award).collect()
}

/// Rows without an amount and without a title are left out.
fn sessions(rows: &[SessionInput], faults: &mut Vec<FieldFault>) -> Vec<Session> {
    let filled = rows.iter().enumerate().filter(|(_, row)| text(&row.amount).or(text(&row.title)).is_some());
    let session = |(index, row): (usize, &SessionInput)| {
        let place = |field: &str| format!("sessions[{index}].{field}");
        let amount = required_amount(&place("amount"), &row.amount, faults);
        let on = date(&place("on"), &row.on, faults);
        Some(Session { title: trimmed(&row.title).to_owned(), amount: amount?, category: text(&row.category), on })
    };
    filled.filter_map(session).collect()
}

fn required_amount(field: &str, typed: &str, faults: &mut Vec<FieldFault>) -> Option<Amount> {
    match text(typed) {
        Some(typed) => amount(field, &typed, faults),
        None => fault(field, "give the amount as the certificate prints it", faults),
    }
}

/// Every category must be one of a pack. What a credit named before, it may go on naming.
fn check_categories(packs: &Packs, before: &Credit, credit: &Credit, faults: &mut Vec<FieldFault>) {
    let all: BTreeSet<&str> = packs.iter().flat_map(categories).collect();
    if credit.split != before.split {
        check_known("split", &all, credit.split.keys(), faults);
    }
    if credit.sessions != before.sessions {
        for (index, session) in credit.sessions.iter().enumerate() {
            check_known(&format!("sessions[{index}].category"), &all, &session.category, faults);
        }
    }
    for (id, split) in credit.splits.iter().filter(|(id, split)| before.splits.get(*id) != Some(split)) {
        let field = format!("splits.{id}");
        if let Some(pack) = packs.get(id) {
            check_known(&field, &categories(pack).collect(), split.keys(), faults);
        } else {
            faults.push(FieldFault { field, message: format!("there are no rules “{id}”") });
        }
    }
}

fn categories(pack: &Pack) -> impl Iterator<Item = &str> {
    pack.categories.iter().map(|category| category.id.as_str())
}

fn check_known(
    field: &str,
    known: &BTreeSet<&str>,
    named: impl IntoIterator<Item = impl AsRef<str>>,
    faults: &mut Vec<FieldFault>,
) {
    for category in named.into_iter().filter(|category| !known.contains(category.as_ref())) {
        let listed = match known.len() {
            0 => "there are none".to_owned(),
            _ => format!("known are {}", known.iter().copied().collect::<Vec<_>>().join(", ")),
        };
        let message = format!("“{}” is no category; {listed}", category.as_ref());
        faults.push(FieldFault { field: field.to_owned(), message });
    }
}
