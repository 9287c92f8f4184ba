//! `recert delete`.

use app::{Error, Recert};

use super::answer;
use crate::print::Output;
use crate::show;

pub(crate) fn delete(recert: &mut Recert, yes: bool, outside: bool, json: bool) -> Result<Output, Error> {
    let deletion = if yes { recert.delete(outside)? } else { recert.preview_deletion(outside)? };
    answer(json, &deletion, || show::deletion(&deletion, yes, outside))
}
