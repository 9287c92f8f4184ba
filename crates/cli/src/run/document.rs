//! `recert document`.

use std::path::PathBuf;

use app::wire::ProofOwner;
use app::{Code, Error, Recert};
use clap::Subcommand;
use domain::credit::ProofRole;

use super::answer;
use crate::arguments::named;
use crate::print::Output;
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum DocumentCommand {
    /// Add documents; one that is there already takes on the role
    Add {
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// What they show: credential_certificate, name_change, letter, other, …
        #[arg(long, default_value = "other", value_parser = named::<ProofRole>)]
        role: ProofRole,
    },
    /// List them, numbered
    List,
    /// Take one off, by its number in the list
    Remove { number: usize },
}

pub(super) fn document(recert: &mut Recert, command: DocumentCommand, json: bool) -> Result<Output, Error> {
    match command {
        DocumentCommand::Add { files, role } => {
            super::attach(recert, &ProofOwner::Holder, "your documents", &files, role, json)
        }
        DocumentCommand::List => {
            let documents = recert.documents()?;
            let empty = "No documents yet. Add one: recert document add FILE --role name_change";
            let numbered: Vec<_> = documents.iter().zip(1_usize..).collect();
            let line = |(document, number): &(&_, usize)| format!("{number}  {}", show::proof(document));
            answer(json, &documents, || show::list(empty, &numbered, line))
        }
        DocumentCommand::Remove { number } => {
            let documents = recert.documents()?;
            let missing = || {
                let message = format!("There is no document {number}. “recert document list” numbers them.");
                Error::new(Code::NotFound, message)
            };
            let document = number.checked_sub(1).and_then(|at| documents.get(at)).ok_or_else(missing)?;
            recert.detach(&ProofOwner::Holder, &document.sha256)?;
            answer(json, &serde_json::json!({ "removed": number }), || format!("Removed: {}.", show::proof(document)))
        }
    }
}
