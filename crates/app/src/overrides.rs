//! Values of a pack that she knows better.

use domain::pack::PackFault;
use domain::record::{Credential, Override, Record};
use serde_json::Value;
use vault::Op;

use crate::credits::PREVIEW;
use crate::packs::rules;
use crate::typed::{fault, text, unseen};
use crate::wire::OverrideInput;
use crate::{Error, Recert};

impl Recert {
    /// Every changed value.
    pub fn overrides(&self) -> Result<Vec<Override>, Error> {
        Ok(self.vault()?.record_without_credits()?.overrides)
    }

    /// Changes a value of a pack from today on, in place of an earlier change of the same value. What the pack could not
    /// be judged by then is refused.
    pub fn set_override(&mut self, input: &OverrideInput) -> Result<Override, Error> {
        let mut faults = unseen(input, None);
        let reason = text(&input.reason).or_else(|| fault("reason", "say why", &mut faults));
        let Some(reason) = reason.filter(|_| faults.is_empty()) else {
            return Err(Error::invalid("The rule was not changed.", faults));
        };
        let record = self.vault()?.record()?;
        let with = |value: Value| {
            let (pack, path) = (input.pack.trim().to_owned(), input.path.trim().to_owned());
            self.fitting(&record, Override { pack, path, value, reason: reason.clone(), on: self.clock.today() })
        };
        // The format has points as text: who types 50 means "50" there.
        let as_text = Value::from(input.value.trim());
        let changed = match serde_json::from_str(&input.value) {
            Ok(value) => with(value).or_else(|refused| with(as_text).map_err(|_| refused)),
            Err(_) => with(as_text),
        }?;
        self.transact(Op::SetOverride, |change| {
            let mut overrides: Vec<Override> = change.list()?;
            overrides.retain(|before| !is_of(before, &changed.pack, &changed.path));
            overrides.push(changed.clone());
            change.set_list(&overrides)?;
            Ok(changed)
        })
    }

    /// Puts a value back to what the pack says.
    pub fn remove_override(&mut self, pack: &str, path: &str) -> Result<(), Error> {
        self.transact(Op::RemoveOverride, |change| {
            let mut overrides: Vec<Override> = change.list()?;
            let before = overrides.len();
            overrides.retain(|changed| !is_of(changed, pack, path));
            if overrides.len() == before {
                return Err(vault::Error::NotFound { what: "changed value", id: format!("{pack} {path}") });
            }
            change.set_list(&overrides)
        })
    }

    /// The change, if the pack can be judged by with it and with her other values in it.
    fn fitting(&self, record: &Record, changed: Override) -> Result<Override, Error> {
        let is_other = |other: &&Override| other.pack == changed.pack && other.path != changed.path;
        let mut overrides: Vec<Override> = record.overrides.iter().filter(is_other).cloned().collect();
        overrides.push(changed.clone());
        let asked = Record {
            packs: record.packs.clone(),
            overrides,
            credentials: vec![user_of(&changed.pack)],
            ..Record::new(record.holder.clone())
        };
        let packs = self.packs.with(&asked).map_err(|fault| {
            // Its reason names the place in the pack; the place among the changes says nothing to her.
            let path = if fault.path.starts_with("overrides") { String::new() } else { fault.path };
            Error::pack("The rule was not changed", &[PackFault { path, reason: fault.reason }])
        })?;
        rules(&packs, &changed.pack)?;
        Ok(changed)
    }
}

fn is_of(changed: &Override, pack: &str, path: &str) -> bool {
    changed.pack == pack && changed.path == path
}

/// Only the packs that a credential uses are changed.
fn user_of(pack: &str) -> Credential {
    Credential {
        id: PREVIEW.to_owned(),
        pack: pack.to_owned(),
        certified_on: None,
        recertified_on: None,
        expires_on: None,
        expires_reason: None,
        periods: Vec::new(),
    }
}
