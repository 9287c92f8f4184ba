//! `recert sheet`.

use app::{Error, Recert};

use super::{answer, the_credential};
use crate::arguments::SheetArguments;

pub(super) fn sheet(recert: &mut Recert, asked: SheetArguments, json: bool) -> Result<String, Error> {
    let SheetArguments { kind, output, paper, credential, member_number } = asked;
    let id = the_credential(recert, credential)?;
    let saved = recert.save_sheet(kind, &id, paper, member_number, &output)?;
    answer(json, &saved, || format!("Wrote {}.\n", output.display()))
}
