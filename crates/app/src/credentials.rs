//! The holder and the certifications she has.

use std::borrow::Cow;

use chrono::NaiveDate;
use domain::date::long;
use domain::record::{Credential, Holder, Record};
use domain::unseen::trimmed;
use domain::{Packs, Submission};
use vault::{Op, Vault};

use crate::credits::PREVIEW;
use crate::packs::{self, packs_of, rules};
use crate::submissions::waiting;
use crate::typed::{date, text, unseen};
use crate::wire::{CredentialInput, CredentialPreview, CredentialView, FieldFault, HolderInput, Home};
use crate::{Code, Error, Recert};

impl Recert {
    /// What the window needs first; without a holder while there is no record.
    pub fn home(&self) -> Result<Home, Error> {
        let record = self.without_credits()?;
        let today = self.clock.today();
        let sent = self.vault.as_ref().map(Vault::submissions).transpose()?.unwrap_or_default();
        let credentials = record.iter().flat_map(|record| {
            let packs = packs_of(&self.packs, record);
            let view = |credential| view(credential, &record.holder, &packs, &sent, today);
            record.credentials.iter().filter_map(view).collect::<Vec<_>>()
        });
        Ok(Home {
            vault: self.folder.display().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            today,
            credentials: credentials.collect(),
            holder: record.map(|record| record.holder),
        })
    }

    /// Her name, former names and numbers.
    pub fn save_holder(&mut self, input: &HolderInput) -> Result<Home, Error> {
        let holder = holder(input)?;
        self.transact(Op::EditHolder, |change| {
            let documents = change.record()?.holder.documents;
            change.set_holder(&Holder { documents, ..holder })
        })?;
        self.home()
    }

    /// The certifications she has.
    pub fn credentials(&self) -> Result<Vec<Credential>, Error> {
        Ok(self.vault()?.record_without_credits()?.credentials)
    }

    /// Adds a certification, or replaces the one with this id.
    pub fn save_credential(&mut self, id: Option<&str>, input: &CredentialInput) -> Result<Credential, Error> {
        let typed = self.credential(input)?;
        let op = if id.is_some() { Op::EditCredential } else { Op::AddCredential };
        self.transact(op, |change| {
            let record = change.record()?;
            let credential = match id {
                None => Credential { id: free_id(&record, &typed.pack), ..typed },
                Some(id) => {
                    let not_found = || vault::Error::NotFound { what: "credential", id: id.to_owned() };
                    let before = record.credential(id).ok_or_else(not_found)?;
                    Credential { id: id.to_owned(), periods: before.periods.clone(), ..typed }
                }
            };
            change.put_credential(&credential)?;
            Ok(credential)
        })
    }

    /// Takes a certification off the record. Its credits stay.
    pub fn remove_credential(&mut self, id: &str) -> Result<(), Error> {
        self.transact(Op::RemoveCredential, |change| change.remove_credential(id))
    }

    /// What follows from a certification as typed in.
    pub fn preview_credential(&self, input: &CredentialInput) -> Result<CredentialPreview, Error> {
        let today = self.clock.today();
        let record = self.without_credits()?;
        let packs = record.as_ref().map_or(Cow::Borrowed(&self.packs), |record| packs_of(&self.packs, record));
        let credential = typed(&packs, input)?;
        let pack = rules(&packs, &credential.pack)?;
        let holder = record.map(|record| record.holder).unwrap_or_default();
        let period = domain::period(&credential, &holder, pack, today).ok_or_else(|| {
            let message = format!("{}’s rules give no period for these dates. Check them.", pack.issuer.short);
            Error::new(Code::Invalid, message)
        })?;
        let expires = long(period.to);
        let sentence = if today <= period.to {
            format!("You’re current through {expires}. Does your card say the same?")
        } else {
            format!("Your card expired on {expires}. Does your card say the same?")
        };
        Ok(CredentialPreview { period, sentence })
    }

    /// The certification that was typed in, not named yet.
    pub(crate) fn credential(&self, input: &CredentialInput) -> Result<Credential, Error> {
        typed(&*self.packs_at_hand()?, input)
    }
}

/// None where nobody has the rules: such a credential is kept, but there is nothing to show of it.
fn view(
    credential: &Credential,
    holder: &Holder,
    packs: &Packs,
    sent: &[Submission],
    today: NaiveDate,
) -> Option<CredentialView> {
    let pack = packs.get(&credential.pack)?;
    let period = domain::period(credential, holder, pack, today)?;
    let waiting = waiting(sent, &credential.id, period);
    Some(CredentialView { credential: credential.clone(), pack: packs::view(pack), period, waiting })
}

fn typed(packs: &Packs, input: &CredentialInput) -> Result<Credential, Error> {
    rules(packs, &input.pack)?;
    let mut faults = unseen(input, None);
    let credential = Credential {
        id: PREVIEW.to_owned(),
        pack: input.pack.clone(),
        certified_on: date("certified_on", &input.certified_on, &mut faults),
        recertified_on: date("recertified_on", &input.recertified_on, &mut faults),
        expires_on: date("expires_on", &input.expires_on, &mut faults),
        expires_reason: text(&input.expires_reason),
        periods: Vec::new(),
    };
    if faults.is_empty()
        && let Some((field, reason)) = credential.fault()
    {
        faults.push(FieldFault { field: field.to_owned(), message: reason });
    }
    if faults.is_empty() { Ok(credential) } else { Err(Error::invalid("The credential was not saved.", faults)) }
}

/// Fails if a credential is named that the record does not have.
pub(crate) fn known_credential(record: &Record, named: Option<&str>) -> Result<(), vault::Error> {
    match named.filter(|id| record.credential(id).is_none()) {
        Some(id) => Err(vault::Error::NotFound { what: "credential", id: id.to_owned() }),
        None => Ok(()),
    }
}

const LONGEST_NAME: usize = 200;

/// The holder that was typed in, without documents.
pub(crate) fn holder(input: &HolderInput) -> Result<Holder, Error> {
    let mut faults = unseen(input, None);
    let name = trimmed(&input.name).split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let message = format!("write your name as it stands on your credential, in up to {LONGEST_NAME} letters");
        faults.push(FieldFault { field: "name".to_owned(), message });
    }
    let holder = Holder {
        name,
        former_names: input.former_names.iter().filter_map(|name| text(name)).collect(),
        address: input.address.iter().filter_map(|line| text(line)).collect(),
        born_on: date("born_on", &input.born_on, &mut faults),
        issuer_ids: input.issuer_ids.iter().filter_map(|(issuer, id)| Some((issuer.clone(), text(id)?))).collect(),
        documents: Vec::new(),
    };
    if let Some((field, message)) = holder.fault().filter(|(field, _)| *field != "name") {
        faults.push(FieldFault { field: field.to_owned(), message });
    }
    if faults.is_empty() { Ok(holder) } else { Err(Error::invalid("Your name was not saved.", faults)) }
}

/// `cma` for `cma-aama`; `cma-2` if that is taken.
fn free_id(record: &Record, pack: &str) -> String {
    let short = pack.split('-').next().unwrap_or(pack);
    let numbered = (2..).map(|number| format!("{short}-{number}"));
    let mut ids = std::iter::once(short.to_owned()).chain(numbered);
    ids.find(|id| record.credential(id).is_none()).unwrap_or_default()
}
