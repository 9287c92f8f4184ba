//! The rules at hand: those that come with Recert, and packs of her own.

use std::borrow::Cow;
use std::path::Path;

use domain::pack::PackFault;
use domain::record::{Override, Record};
use domain::{EvaluateError, Pack, Packs};
use serde_json::Value;
use vault::{Change, Op};

use crate::evaluation::unjudged;
use crate::wire::{CategoryView, LabelView, PackView, UnitView};
use crate::{Error, Recert, files};

impl Recert {
    /// Every pack, her own ones too.
    pub fn packs(&self) -> Result<Vec<PackView>, Error> {
        Ok(self.packs_at_hand()?.iter().map(view).collect())
    }

    /// One pack as it judges here, with the values that she changed.
    pub fn pack(&self, id: &str) -> Result<Pack, Error> {
        rules(&*self.packs_at_hand()?, id).cloned()
    }

    /// Adds a pack of her own from a file. One of hers that serves the same credential gives way to it.
    pub fn add_pack(&mut self, path: &Path) -> Result<Vec<PackView>, Error> {
        let refused = |faults: &[PackFault]| Error::pack(&format!("{} was not added", path.display()), faults);
        let record = self.vault()?.record()?;
        let (packs, value) = parsed(files::read(path)?).map_err(|faults| refused(&faults))?;
        try_pack(&self.packs, record, &packs, &value).map_err(|fault| refused(&[fault]))?;
        let serves = |own: &Value| packs.iter().any(|pack| names(own, &pack.id));
        self.transact(Op::AddPack, |change| {
            let mut own: Vec<Value> = change.list()?;
            own.retain(|own| !serves(own));
            own.push(value);
            change.set_list(&own)
        })?;
        Ok(packs.iter().map(view).collect())
    }

    /// Removes the pack of her own that serves this credential, with all others that it serves.
    pub fn remove_pack(&mut self, id: &str) -> Result<(), Error> {
        self.transact(Op::RemovePack, |change| {
            let mut own: Vec<Value> = change.list()?;
            let before = own.len();
            own.retain(|own| !names(own, id));
            if own.len() == before {
                return Err(vault::Error::NotFound { what: "pack of your own", id: id.to_owned() });
            }
            change.set_list(&own)
        })
    }

    /// The packs as the record wants them, or those that come with Recert while there is no record.
    pub(crate) fn packs_at_hand(&self) -> Result<Cow<'_, Packs>, Error> {
        Ok(self.without_credits()?.map_or(Cow::Borrowed(&self.packs), |record| packs_of(&self.packs, &record)))
    }
}

/// Everything that keeps a file from being a pack that can be judged by; empty if nothing does.
pub fn check_pack(path: &Path) -> Result<Vec<PackFault>, Error> {
    Ok(parsed(files::read(path)?).err().unwrap_or_default())
}

/// The packs in a file and its JSON, or what is wrong with it.
fn parsed(bytes: Vec<u8>) -> Result<(Vec<Pack>, Value), Vec<PackFault>> {
    let fault = |reason: String| vec![PackFault { path: String::new(), reason }];
    let text = String::from_utf8(bytes).map_err(|_| fault("is not text in UTF-8".to_owned()))?;
    let packs = Pack::check(&text)?;
    let value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| fault(error.to_string()))?;
    let unseen = domain::unseen::faults(&value, &Value::Null).into_iter();
    let faults: Vec<PackFault> = unseen.map(|(path, reason)| PackFault { path, reason }).collect();
    if faults.is_empty() { Ok((packs, value)) } else { Err(faults) }
}

/// Whether a new pack fits beside those that come with Recert, and her changed values into it.
fn try_pack(shipped: &Packs, record: Record, packs: &[Pack], value: &Value) -> Result<(), PackFault> {
    let is_changed = |changed: &Override| packs.iter().any(|pack| pack.id == changed.pack);
    let overrides = record.overrides.into_iter().filter(is_changed).collect();
    let asked = Record { packs: vec![value.clone()], overrides, credits: Vec::new(), ..record };
    let tried = shipped.with(&asked).map(|_| ());
    tried.map_err(|fault| PackFault {
        path: fault.path.trim_start_matches("packs[0]").trim_matches('.').to_owned(),
        ..fault
    })
}

/// The packs as the record wants them; those that come with Recert where what it wants cannot be judged by. So a record
/// with such rules still opens, and the evaluation says what is wrong with them.
pub(crate) fn packs_of<'p>(shipped: &'p Packs, record: &Record) -> Cow<'p, Packs> {
    shipped.with(record).unwrap_or(Cow::Borrowed(shipped))
}

/// The same within a change. A record that wants nothing else is not read.
pub(crate) fn packs_within<'p>(shipped: &'p Packs, change: &Change<'_>) -> Result<Cow<'p, Packs>, vault::Error> {
    if change.list::<Value>()?.is_empty() && change.list::<Override>()?.is_empty() {
        return Ok(Cow::Borrowed(shipped));
    }
    Ok(packs_of(shipped, &change.record()?))
}

/// The rules of this id.
pub(crate) fn rules<'p>(packs: &'p Packs, id: &str) -> Result<&'p Pack, Error> {
    packs.get(id).ok_or_else(|| unjudged(&EvaluateError::NoPack(id.to_owned())))
}

/// Whether a pack of hers serves this credential.
fn names(own: &Value, id: &str) -> bool {
    let credentials = own.get("credentials").and_then(Value::as_array);
    credentials.into_iter().flatten().any(|credential| credential.get("id").and_then(Value::as_str) == Some(id))
}

pub(crate) fn view(pack: &Pack) -> PackView {
    PackView {
        id: pack.id.clone(),
        name: pack.name.clone(),
        issuer: pack.issuer.name.clone(),
        issuer_short: pack.issuer.short.clone(),
        place: pack.issuer.place.clone(),
        draft: pack.draft.clone(),
        counts_one: pack.counts_in.one.clone(),
        counts_many: pack.counts_in.many.clone(),
        approver: pack.issuer.approver.clone(),
        approvers: pack
            .approvers
            .iter()
            .map(|class| LabelView { id: class.id.clone(), label: class.label.clone() })
            .collect(),
        categories: pack
            .categories
            .iter()
            .map(|c| CategoryView { id: c.id.clone(), label: c.label.clone(), topics: c.topics.clone() })
            .collect(),
        tags: pack.tags.iter().map(|tag| LabelView { id: tag.id.clone(), label: tag.label.clone() }).collect(),
        units: pack
            .units
            .iter()
            .map(|name| UnitView { unit: name.unit, label: name.label.clone(), own: pack.is_own_unit(name.unit) })
            .collect(),
    }
}
