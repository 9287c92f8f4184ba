//! Her wishes on how a credit is counted.

use domain::credit::CreditFault;
use domain::record::Pin;
use vault::Op;

use crate::credentials::known_credential;
use crate::credits::known_credit;
use crate::typed::{text, unseen};
use crate::wire::PinInput;
use crate::{Error, Recert};

impl Recert {
    /// Every wish.
    pub fn pins(&self) -> Result<Vec<Pin>, Error> {
        Ok(self.vault()?.record_without_credits()?.pins)
    }

    /// Lays down how a credit is counted for a credential, in place of what was laid down before.
    pub fn set_pin(&mut self, input: &PinInput) -> Result<Pin, Error> {
        let faults = unseen(input, None);
        if !faults.is_empty() {
            return Err(Error::invalid("The wish was not kept.", faults));
        }
        let pin = Pin {
            credential: input.credential.trim().to_owned(),
            credit: input.credit.trim().to_owned(),
            counted: input.counted,
            category: text(&input.category),
        };
        self.transact_with_packs(Op::SetPin, |packs, change| {
            let record = change.record()?;
            known_credential(&record, Some(&pin.credential))?;
            known_credit(&record, &pin.credit)?;
            let pack = record.credential(&pin.credential).and_then(|credential| packs.get(&credential.pack));
            if let (Some(pack), Some(category)) = (pack, &pin.category)
                && pack.category_index(category).is_none()
            {
                let known: Vec<&str> = pack.categories.iter().map(|category| category.id.as_str()).collect();
                let reason = format!("{} has no category “{category}”; it has {}", pack.name, known.join(", "));
                let faults = vec![CreditFault { field: "category".to_owned(), reason }];
                return Err(vault::Error::Invalid { what: format!("the wish for {}", pin.credit), faults });
            }
            let mut pins = record.pins;
            pins.retain(|before| !is_about(before, &pin.credential, &pin.credit));
            pins.push(pin.clone());
            change.set_list(&pins)?;
            Ok(pin)
        })
    }

    /// Leaves open again how a credit is counted for a credential.
    pub fn remove_pin(&mut self, credential: &str, credit: &str) -> Result<(), Error> {
        self.transact(Op::RemovePin, |change| {
            let mut pins: Vec<Pin> = change.list()?;
            let before = pins.len();
            pins.retain(|pin| !is_about(pin, credential, credit));
            if pins.len() == before {
                return Err(vault::Error::NotFound { what: "wish about credit", id: credit.to_owned() });
            }
            change.set_list(&pins)
        })
    }
}

fn is_about(pin: &Pin, credential: &str, credit: &str) -> bool {
    pin.credential == credential && pin.credit == credit
}
