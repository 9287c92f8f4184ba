//! `recert pin`.

use app::wire::PinInput;
use app::{Error, Recert};
use clap::Subcommand;

use super::{answer, the_credential};
use crate::print::Output;
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum PinCommand {
    /// Lay down how a credit is counted
    Add {
        credit: String,
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
        /// Do not count it
        #[arg(long, conflicts_with = "category")]
        leave_out: bool,
        /// Count it in this category
        #[arg(long, default_value = "")]
        category: String,
    },
    /// List them
    List,
    /// Leave it open again
    Remove {
        credit: String,
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
}

pub(super) fn pin(recert: &mut Recert, command: PinCommand, json: bool) -> Result<Output, Error> {
    match command {
        PinCommand::Add { credit, credential, leave_out, category } => {
            let credential = the_credential(recert, credential)?;
            let pin = recert.set_pin(&PinInput { credential, credit, counted: !leave_out, category })?;
            answer(json, &pin, || format!("Kept: {}.", show::pin(&pin)))
        }
        PinCommand::List => {
            let pins = recert.pins()?;
            answer(json, &pins, || {
                show::list("Recert is free to count every credit where it serves best.", &pins, show::pin)
            })
        }
        PinCommand::Remove { credit, credential } => {
            let credential = the_credential(recert, credential)?;
            recert.remove_pin(&credential, &credit)?;
            let text = || format!("How {credit} is counted for {credential} is open again.");
            answer(json, &serde_json::json!({ "removed": credit }), text)
        }
    }
}
