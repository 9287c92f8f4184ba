//! `recert sheet`.

use app::wire::Listed;
use app::{Error, Recert};

use super::transcript::choice;
use super::{answer, the_credential};
use crate::arguments::SheetArguments;

pub(super) fn sheet(recert: &mut Recert, asked: SheetArguments, json: bool) -> Result<String, Error> {
    let SheetArguments { kind, output, pages, member_number } = asked;
    let id = the_credential(recert, pages.credential.clone())?;
    let saved = recert.save_sheet(kind, &id, &choice(pages, Listed::All), member_number, &output)?;
    answer(json, &saved, || format!("Wrote {}.\n", output.display()))
}
