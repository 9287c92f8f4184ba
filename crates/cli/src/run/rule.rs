//! `recert rule`.

use app::wire::OverrideInput;
use app::{Error, Recert};

use super::answer;
use crate::arguments::RuleCommand;
use crate::show;

pub(super) fn rule(recert: &mut Recert, command: RuleCommand, json: bool) -> Result<String, Error> {
    match command {
        RuleCommand::Set { pack, path, value, reason } => {
            let changed = recert.set_override(&OverrideInput { pack, path, value, reason })?;
            answer(json, &changed, || format!("Changed: {}.\n", show::changed(&changed)))
        }
        RuleCommand::List => {
            let changed = recert.overrides()?;
            answer(json, &changed, || show::list("Every value is as the rules have it.", &changed, show::changed))
        }
        RuleCommand::Remove { pack, path } => {
            recert.remove_override(&pack, &path)?;
            let text = || format!("{path} is again as {pack} has it.\n");
            answer(json, &serde_json::json!({ "removed": path }), text)
        }
    }
}
