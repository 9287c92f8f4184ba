//! `recert sheet`.

use std::path::PathBuf;

use app::wire::SheetKind;
use app::{Error, Recert};
use clap::Args;

use super::transcript::choice;
use super::{answer, the_credential};
use crate::arguments::named;
use crate::print::Output;
use crate::run::transcript::PageOptions;

#[derive(Debug, Args)]
pub(crate) struct SheetArguments {
    /// worksheet (to copy into an application), employer, calendar, index (of certificates) or letter (for mail)
    #[arg(value_parser = named::<SheetKind>)]
    kind: SheetKind,
    #[arg(short, long, value_name = "FILE.pdf")]
    output: PathBuf,
    #[command(flatten)]
    pages: PageOptions,
    /// Show your member number to an employer; the other sheets have it
    #[arg(long)]
    member_number: bool,
}

pub(super) fn sheet(recert: &mut Recert, asked: SheetArguments, json: bool) -> Result<Output, Error> {
    let SheetArguments { kind, output, pages, member_number } = asked;
    let id = the_credential(recert, pages.credential.clone())?;
    // What goes with an application has the numbers of the packet.
    let listed = recert.packet_lists(&id)?;
    let saved = recert.save_sheet(kind, &id, &choice(pages, listed), member_number, &output)?;
    answer(json, &saved, || format!("Wrote {}.", output.display()))
}
