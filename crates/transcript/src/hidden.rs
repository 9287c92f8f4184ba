//! What of a record the pages leave out, and its copy with them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use domain::{Holder, ProofRef, ProofRole, Record};

use crate::options::{Extent, Hidden, Options};
use crate::words;

/// What shows a change of name shows a former one.
pub(crate) fn may_be_seen(file: &ProofRef, hide: &BTreeSet<Hidden>) -> bool {
    file.role != ProofRole::NameChange || !hide.contains(&Hidden::FormerNames)
}

/// Takes out of the copy what the pages leave out.
pub(crate) fn take_out(shown: &mut Record, options: &Options) {
    if options.hides(Hidden::Numbers) {
        shown.holder.issuer_ids.clear();
    }
    if options.hides(Hidden::Address) || options.extent == Extent::Summary {
        shown.holder.address.clear();
    }
    if options.hides(Hidden::FormerNames) {
        let holder = shown.holder.clone();
        let rename = |file: &mut ProofRef| file.name = file_name(file, &holder, &options.hide).into_owned();
        shown.holder.former_names.clear();
        for credit in &mut shown.credits {
            credit.name_on_certificate = None;
            credit.proofs.retain(|proof| may_be_seen(proof, &options.hide));
            credit.proofs.iter_mut().for_each(rename);
        }
        for fact in &mut shown.facts {
            fact.proofs.retain(|proof| may_be_seen(proof, &options.hide));
            fact.proofs.iter_mut().for_each(rename);
        }
    }
    if options.hides(Hidden::Descriptions) {
        for credit in &mut shown.credits {
            (credit.description, credit.relevance) = (None, None);
        }
    }
}

/// A file's name, unless a former name that is hidden stands in it: then what it shows.
pub(crate) fn file_name<'f>(file: &'f ProofRef, holder: &Holder, hide: &BTreeSet<Hidden>) -> Cow<'f, str> {
    let words = |text: &str| -> BTreeSet<String> {
        text.to_lowercase().split(|c: char| !c.is_alphabetic()).map(ToOwned::to_owned).collect()
    };
    let (name, own) = (words(&file.name), words(&holder.name));
    let mut former = holder.former_names.iter().flat_map(|former| words(former));
    let tells = |word: String| word.chars().count() > 1 && name.contains(&word) && !own.contains(&word);
    if !hide.contains(&Hidden::FormerNames) || !former.any(tells) {
        return Cow::Borrowed(&file.name);
    }
    let extension = file.name.rsplit_once('.').map(|(_, extension)| format!(".{extension}")).unwrap_or_default();
    Cow::Owned(format!("{}{extension}", words::role(file.role)))
}
