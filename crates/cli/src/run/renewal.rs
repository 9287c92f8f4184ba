//! `recert renewal`.

use app::wire::{PeriodInput, RenewalInput};
use app::{Error, Recert};

use super::{answer, the_credential};
use crate::arguments::RenewalCommand;
use crate::show;

pub(super) fn renewal(recert: &mut Recert, command: RenewalCommand, json: bool) -> Result<String, Error> {
    let credential = match command {
        RenewalCommand::List { credential } => {
            let renewals = recert.renewals(&the_credential(recert, credential)?)?;
            return answer(json, &renewals, || show::renewals(&renewals));
        }
        RenewalCommand::Grant { on, expires, credential } => {
            let id = the_credential(recert, credential)?;
            recert.renew(&id, &RenewalInput { renewed_on: on, expires_on: expires.unwrap_or_default() })?
        }
        RenewalCommand::Add { from, to, renewed, state, credential } => {
            let id = the_credential(recert, credential)?;
            recert.save_period(&id, &PeriodInput { from, to, renewed_on: renewed.unwrap_or_default(), state })?
        }
        RenewalCommand::Remove { from, credential } => {
            let id = the_credential(recert, credential)?;
            recert.remove_period(&id, from)?
        }
    };
    let renewals = recert.renewals(&credential.id)?;
    answer(json, &credential, || show::renewals(&renewals))
}
