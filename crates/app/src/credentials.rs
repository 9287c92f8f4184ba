//! The holder and the certifications she has.

use domain::EvaluateError;
use domain::date::long;
use domain::evaluation::PeriodDates;
use domain::record::{Credential, Holder, Record};
use vault::Op;

use crate::credits::{PREVIEW, date};
use crate::evaluation::unjudged;
use crate::wire::{CredentialInput, CredentialPreview, CredentialView, FieldFault, HolderInput, Home};
use crate::{Error, Recert};

impl Recert {
    /// What the window needs first; without a holder while there is no record.
    pub fn home(&self) -> Result<Home, Error> {
        let record = match &self.vault {
            Some(vault) => Some(vault.record()?),
            None => None,
        };
        // A credential whose rules this version lacks is kept, but there is nothing to show of it.
        let credentials = record.iter().flat_map(|record| record.credentials.iter());
        let credentials = credentials.filter(|credential| self.rules(&credential.pack).is_ok());
        Ok(Home {
            vault: self.folder.display().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            today: self.clock.today(),
            credentials: credentials.map(|credential| self.view(credential)).collect::<Result<_, _>>()?,
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
        Ok(self.vault()?.record()?.credentials)
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
        let credential = self.credential(input)?;
        let today = self.clock.today();
        let period = self.period(&credential)?;
        let expires = long(period.to);
        let sentence = if today <= period.to {
            format!("You’re current through {expires}. Does your card say the same?")
        } else {
            format!("Your card expired on {expires}. Does your card say the same?")
        };
        Ok(CredentialPreview { period, sentence })
    }

    fn view(&self, credential: &Credential) -> Result<CredentialView, Error> {
        let (pack, period) = (self.pack(&credential.pack)?, self.period(credential)?);
        Ok(CredentialView { credential: credential.clone(), pack, period })
    }

    fn period(&self, credential: &Credential) -> Result<PeriodDates, Error> {
        let period = domain::period(credential, self.rules(&credential.pack)?, self.clock.today());
        period.ok_or_else(|| unjudged(&EvaluateError::NoDate(credential.id.clone())))
    }

    /// The certification that was typed in, not named yet.
    pub(crate) fn credential(&self, input: &CredentialInput) -> Result<Credential, Error> {
        self.rules(&input.pack)?;
        let mut faults = Vec::new();
        let credential = Credential {
            id: PREVIEW.to_owned(),
            pack: input.pack.clone(),
            certified_on: date("certified_on", &input.certified_on, &mut faults),
            recertified_on: date("recertified_on", &input.recertified_on, &mut faults),
            expires_on: date("expires_on", &input.expires_on, &mut faults),
            expires_reason: Some(input.expires_reason.trim().to_owned()).filter(|reason| !reason.is_empty()),
            periods: Vec::new(),
        };
        if faults.is_empty()
            && let Some((field, reason)) = credential.fault()
        {
            faults.push(FieldFault { field: field.to_owned(), message: reason });
        }
        if faults.is_empty() { Ok(credential) } else { Err(Error::invalid("The credential was not saved.", faults)) }
    }
}

const LONGEST_NAME: usize = 200;

/// The holder that was typed in, without documents.
pub(crate) fn holder(input: &HolderInput) -> Result<Holder, Error> {
    let name = input.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let message = format!("write your name as it stands on your credential, in up to {LONGEST_NAME} letters");
        return Err(Error::invalid("Your name was not saved.", vec![FieldFault { field: "name".to_owned(), message }]));
    }
    let trimmed = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Holder {
        name,
        former_names: input.former_names.iter().filter_map(trimmed).collect(),
        issuer_ids: input.issuer_ids.iter().filter_map(|(issuer, id)| Some((issuer.clone(), trimmed(id)?))).collect(),
        documents: Vec::new(),
    })
}

/// `cma` for `cma-aama`; `cma-2` if that is taken.
fn free_id(record: &Record, pack: &str) -> String {
    let short = pack.split('-').next().unwrap_or(pack);
    let numbered = (2..).map(|number| format!("{short}-{number}"));
    let mut ids = std::iter::once(short.to_owned()).chain(numbered);
    ids.find(|id| record.credential(id).is_none()).unwrap_or_default()
}
