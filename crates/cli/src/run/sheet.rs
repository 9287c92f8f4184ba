//! `recert sheet`.

use app::{Error, Recert};

use super::transcript::choice;
use super::{answer, the_credential};
use crate::arguments::SheetArguments;

pub(super) fn sheet(recert: &mut Recert, asked: SheetArguments, json: bool) -> Result<String, Error> {
    let SheetArguments { kind, output, pages, member_number } = asked;
    let id = the_credential(recert, pages.credential.clone())?;
    // What goes with an application has the numbers of the packet.
    let listed = recert.packet_lists(&id)?;
    let saved = recert.save_sheet(kind, &id, &choice(pages, listed), member_number, &output)?;
    answer(json, &saved, || format!("Wrote {}.\n", output.display()))
}
