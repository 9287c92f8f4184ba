//! `recert undo`, `redo`, `history` and `trash`.

use app::{Code, Error, Recert};
use clap::Subcommand;

use super::answer;
use crate::print::{Output, Text};
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum TrashCommand {
    /// Show them; “recert credit restore ID” brings one back
    List,
    /// Delete them
    Empty {
        /// Really
        #[arg(long)]
        yes: bool,
    },
}

pub(super) fn undo(recert: &mut Recert, json: bool) -> Result<Output, Error> {
    let undone = recert.undo()?;
    answer(json, &serde_json::json!({ "undone": undone }), || format!("Undone: {undone}."))
}

pub(super) fn redo(recert: &mut Recert, json: bool) -> Result<Output, Error> {
    let redone = recert.redo()?;
    answer(json, &serde_json::json!({ "redone": redone }), || format!("Done again: {redone}."))
}

pub(super) fn history(recert: &Recert, id: Option<&str>, json: bool) -> Result<Output, Error> {
    let Some(id) = id else {
        let entries = recert.history()?;
        return answer(json, &entries, || entries.iter().map(show::done).map(Text::from).collect::<Text>());
    };
    let steps = recert.history_of(id)?;
    answer(json, &steps, || steps.iter().map(show::step).collect::<Text>())
}

pub(super) fn trash(recert: &mut Recert, command: &TrashCommand, json: bool) -> Result<Output, Error> {
    let removed = recert.removed_credits()?;
    match command {
        TrashCommand::List => answer(json, &removed, || match removed.as_slice() {
            [] => "The trash is empty.".into(),
            removed => show::credits(removed),
        }),
        TrashCommand::Empty { yes: false } => {
            let count = show::count(removed.len(), "credit");
            let message = format!("This deletes {count} for good. Say so with “recert trash empty --yes”.");
            Err(Error::new(Code::Invalid, message))
        }
        TrashCommand::Empty { yes: true } => {
            let count = recert.empty_trash()?;
            let text = || format!("Deleted {} from the trash. The files stay.", show::count(count, "credit"));
            answer(json, &serde_json::json!({ "deleted": count }), text)
        }
    }
}
