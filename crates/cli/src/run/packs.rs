//! `recert packs`.

use std::path::{Path, PathBuf};

use app::{Error, Recert, check_pack};
use clap::Subcommand;

use super::{Failure, answer};
use crate::print::{Output, Text};
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum PacksCommand {
    /// List them
    List,
    /// Show one as JSON, with the values you changed
    Show { id: String },
    /// Show rules with everything to fill in, to start your own from
    Template,
    /// Say whether a file of rules can be judged by
    Check { file: PathBuf },
    /// Add rules of your own
    Add { file: PathBuf },
    /// Take rules of your own off
    Remove { id: String },
}

pub(super) fn packs(recert: &mut Recert, command: PacksCommand, json: bool) -> Result<Output, Failure> {
    let answered = match command {
        PacksCommand::List => {
            let packs = recert.packs()?;
            answer(json, &packs, || show::packs(&packs))
        }
        PacksCommand::Show { id } => answer(true, &recert.pack(&id)?, Text::default),
        PacksCommand::Template => Ok(Output::Json(domain::pack::TEMPLATE.to_owned())),
        PacksCommand::Add { file } => {
            let packs = recert.add_pack(&file)?;
            let names: Vec<&str> = packs.iter().map(|pack| pack.id.as_str()).collect();
            answer(json, &packs, || format!("Added {}.", names.join(", ")))
        }
        PacksCommand::Remove { id } => {
            recert.remove_pack(&id)?;
            answer(json, &serde_json::json!({ "removed": id }), || format!("Removed {id}."))
        }
        PacksCommand::Check { file } => return check(&file, json),
    };
    Ok(answered?)
}

/// Needs no record.
pub(super) fn check(file: &Path, json: bool) -> Result<Output, Failure> {
    let faults = check_pack(file)?;
    if !faults.is_empty() {
        return Err(Failure::Faults { file: file.to_owned(), faults });
    }
    let sound = || format!("{} is sound: Recert can judge by it.", file.display());
    let answered: Result<Output, Error> = answer(json, &serde_json::json!({ "faults": [] }), sound);
    Ok(answered?)
}
