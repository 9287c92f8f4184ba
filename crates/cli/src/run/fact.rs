//! `recert fact`.

use app::wire::FactInput;
use app::{Error, Recert};

use super::answer;
use crate::arguments::FactCommand;
use crate::show;

pub(super) fn fact(recert: &mut Recert, command: FactCommand, json: bool) -> Result<String, Error> {
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
            answer(json, &fact, || format!("Added {}.\n", show::fact(&fact)))
        }
        FactCommand::List => {
            let facts = recert.facts()?;
            let empty = "No facts yet. Add one: recert fact add --kind cpr_card --expires DATE";
            answer(json, &facts, || show::list(empty, &facts, show::fact))
        }
        FactCommand::Remove { id } => {
            recert.remove_fact(&id)?;
            answer(json, &serde_json::json!({ "removed": id }), || format!("Removed {id}.\n"))
        }
    }
}
