//! `recert fact`.

use app::wire::FactInput;
use app::{Error, Recert};
use clap::{Args, Subcommand};
use domain::FactKind;

use super::answer;
use crate::arguments::named;
use crate::print::Output;
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum FactCommand {
    /// Add a fact
    Add(FactFields),
    /// List them
    List,
    /// Take one off
    Remove { id: String },
}

#[derive(Debug, Args)]
pub(crate) struct FactFields {
    /// cpr_card, credential, attestation, work_hours, fee, registration or other
    #[arg(long, value_parser = named::<FactKind>)]
    kind: FactKind,
    /// What it is called
    #[arg(long, default_value = "")]
    title: String,
    /// Which one, where the rules tell several apart: bls
    #[arg(long, default_value = "")]
    tag: String,
    /// The day from which it is true
    #[arg(long, value_name = "DATE", default_value = "")]
    issued: String,
    /// The last day on which it is true
    #[arg(long, value_name = "DATE", default_value = "")]
    expires: String,
    /// Hours, where it counts any
    #[arg(long, default_value = "")]
    amount: String,
    /// The credential it is meant for, if for one only
    #[arg(long, default_value = "")]
    credential: String,
}

pub(super) fn fact(recert: &mut Recert, command: FactCommand, json: bool) -> Result<Output, Error> {
    match command {
        FactCommand::Add(fields) => {
            let input = FactInput {
                kind: fields.kind,
                title: fields.title,
                tag: fields.tag,
                issued_on: fields.issued,
                expires_on: fields.expires,
                amount: fields.amount,
                credential: fields.credential,
            };
            let fact = recert.save_fact(None, &input)?;
            answer(json, &fact, || format!("Added {}.", show::fact(&fact)))
        }
        FactCommand::List => {
            let facts = recert.facts()?;
            let empty = "No facts yet. Add one: recert fact add --kind cpr_card --expires DATE";
            answer(json, &facts, || show::list(empty, &facts, show::fact))
        }
        FactCommand::Remove { id } => {
            recert.remove_fact(&id)?;
            answer(json, &serde_json::json!({ "removed": id }), || format!("Removed {id}."))
        }
    }
}
