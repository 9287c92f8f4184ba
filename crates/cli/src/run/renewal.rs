//! `recert renewal`.

use app::wire::{PeriodInput, RenewalInput};
use app::{Error, Recert};
use chrono::NaiveDate;
use clap::Subcommand;
use domain::record::PeriodState;

use super::{answer, the_credential};
use crate::arguments::{day, named};
use crate::print::Output;
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum RenewalCommand {
    /// List the periods, the latest first
    List {
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
    /// A renewal was granted: close its period and begin the next
    Grant {
        /// The day from which it counts
        #[arg(long, value_name = "DATE")]
        on: String,
        /// The expiry on the new card [default: as the rules have it]
        #[arg(long, value_name = "DATE")]
        expires: Option<String>,
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
    /// Add an earlier period
    Add {
        /// Its first day
        #[arg(long, value_name = "DATE")]
        from: String,
        /// Its last day
        #[arg(long, value_name = "DATE")]
        to: String,
        /// The day it was renewed
        #[arg(long, value_name = "DATE")]
        renewed: Option<String>,
        /// renewed or lapsed
        #[arg(long, default_value = "renewed", value_parser = named::<PeriodState>)]
        state: PeriodState,
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
    /// Take an earlier period off the list
    Remove {
        /// Its first day
        #[arg(value_name = "DATE", value_parser = day)]
        from: NaiveDate,
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
}

pub(super) fn renewal(recert: &mut Recert, command: RenewalCommand, json: bool) -> Result<Output, Error> {
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
