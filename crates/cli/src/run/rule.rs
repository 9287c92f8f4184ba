//! `recert rule`.

use app::wire::OverrideInput;
use app::{Error, Recert};
use clap::Subcommand;

use super::answer;
use crate::print::Output;
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum RuleCommand {
    /// Change a value of the rules
    Set {
        /// Whose rules: cma-aama
        pack: String,
        /// The value’s place, as in packs show: requirements.total.needed
        path: String,
        /// JSON or text
        #[arg(allow_hyphen_values = true)]
        value: String,
        /// How you know
        #[arg(long)]
        reason: String,
    },
    /// List the values you changed
    List,
    /// Put a value back
    Remove { pack: String, path: String },
}

pub(super) fn rule(recert: &mut Recert, command: RuleCommand, json: bool) -> Result<Output, Error> {
    match command {
        RuleCommand::Set { pack, path, value, reason } => {
            let changed = recert.set_override(&OverrideInput { pack, path, value, reason })?;
            answer(json, &changed, || format!("Changed: {}.", show::changed(&changed)))
        }
        RuleCommand::List => {
            let changed = recert.overrides()?;
            answer(json, &changed, || show::list("Every value is as the rules have it.", &changed, show::changed))
        }
        RuleCommand::Remove { pack, path } => {
            recert.remove_override(&pack, &path)?;
            let text = || format!("{path} is again as {pack} has it.");
            answer(json, &serde_json::json!({ "removed": path }), text)
        }
    }
}
