//! `recert credential`.

use app::wire::CredentialInput;
use app::{Error, Recert};
use clap::{Args, Subcommand};
use domain::record::Credential;

use super::answer;
use crate::print::Output;
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum CredentialCommand {
    /// Add a certification
    Add {
        /// Its rules: cma-aama
        pack: String,
        #[command(flatten)]
        dates: CredentialDates,
    },
    /// Change a certification's dates; what is not given stays
    Edit {
        id: String,
        #[command(flatten)]
        dates: CredentialDates,
    },
    /// List them
    List,
    /// Take one off; its credits stay
    Remove { id: String },
}

#[derive(Debug, Args)]
pub(crate) struct CredentialDates {
    /// The day of certification
    #[arg(long, value_name = "DATE")]
    certified: Option<String>,
    /// The day of the latest recertification
    #[arg(long, value_name = "DATE")]
    recertified: Option<String>,
    /// The expiry printed on the card
    #[arg(long, value_name = "DATE")]
    expires: Option<String>,
    /// Why the printed expiry differs from the rule
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(super) fn credential(recert: &mut Recert, command: CredentialCommand, json: bool) -> Result<Output, Error> {
    match command {
        CredentialCommand::Add { pack, dates } => {
            let credential = recert.save_credential(None, &credential_input(pack, dates, None))?;
            answer(json, &credential, || format!("Added {} ({}).", credential.id, credential.pack))
        }
        CredentialCommand::Edit { id, dates } => {
            let before = recert.credentials()?.into_iter().find(|credential| credential.id == id);
            let pack = before.as_ref().map(|before| before.pack.clone()).unwrap_or_default();
            let credential = recert.save_credential(Some(&id), &credential_input(pack, dates, before))?;
            answer(json, &credential, || format!("Changed {id}."))
        }
        CredentialCommand::List => {
            let credentials = recert.credentials()?;
            answer(json, &credentials, || show::credentials(&credentials))
        }
        CredentialCommand::Remove { id } => {
            recert.remove_credential(&id)?;
            answer(json, &serde_json::json!({ "removed": id }), || format!("Removed {id}; its credits stay."))
        }
    }
}

fn credential_input(pack: String, dates: CredentialDates, before: Option<Credential>) -> CredentialInput {
    let (certified, recertified, expires, reason) = match before {
        Some(before) => (before.certified_on, before.recertified_on, before.expires_on, before.expires_reason),
        None => (None, None, None, None),
    };
    let date = |given: Option<String>, before: Option<chrono::NaiveDate>| {
        given.or_else(|| before.map(|date| date.to_string())).unwrap_or_default()
    };
    CredentialInput {
        pack,
        certified_on: date(dates.certified, certified),
        recertified_on: date(dates.recertified, recertified),
        expires_on: date(dates.expires, expires),
        expires_reason: dates.reason.or(reason).unwrap_or_default(),
    }
}
