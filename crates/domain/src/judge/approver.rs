//! Who approved a credit.

use super::{Classes, Judge, Offer};
use crate::credit::{Credit, IssuerTranscript, Kind, Unit};
use crate::filter::{class_index, is_like_any};
use crate::question::NOBODY_NAMED;

impl Judge<'_> {
    /// Whether the points are the issuer's own; each class that it may be where the holder cannot tell.
    pub(super) fn classes(&self, credit: &Credit, Offer { unit, approver, .. }: Offer<'_>) -> Classes {
        let pack = self.pack();
        let other = pack.approvers.len();
        let issuer = class_index(pack, &pack.issuer.approver);
        let one = |class: usize| Classes::from_elem(class, 1);
        let shown = || {
            let number = credit.provider_number.as_deref();
            pack.approvers
                .iter()
                .position(|class| class.units.contains(&unit) || is_like_any(&class.provider_numbers, number))
        };
        // The issuer's own unit does not say which issuer's.
        let is_told = |class: &usize| unit != Unit::IssuerCredit || !pack.approvers[*class].units.contains(&unit);
        let told = || self.answers.find("approver", &credit.id).and_then(|answer| self.told_class(answer.text()));
        match approver {
            Some(approver) if approver.is_unsure() => {
                if let Some(class) = told() {
                    return one(class);
                }
                // The issuer's transcript holds nothing but its own points; of several issuers nobody knows whose it is.
                if self.is_only_credential && credit.issuer_transcript == Some(IssuerTranscript::Posted) {
                    return one(issuer);
                }
                shown().filter(is_told).map_or_else(|| (0..=other).rev().collect(), one)
            }
            Some(approver) if pack.is_own(approver) => one(issuer),
            Some(approver) => one(class_index(pack, pack.class(approver))),
            // Its points stand on the issuer's own transcript.
            None if credit.kind == Kind::OpeningBalance => one(issuer),
            None => match shown() {
                Some(class) if !is_told(&class) => told().map_or(Classes::from_slice(&[other, class]), one),
                class => one(class.unwrap_or(other)),
            },
        }
    }

    /// The class that an answer names: yes is the issuer, no is another. What cannot be read is no answer.
    fn told_class(&self, text: &str) -> Option<usize> {
        let pack = self.pack();
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        let labelled = pack.approvers.iter().position(|class| is(&class.label));
        let approver = crate::Approver::new(text);
        let named = class_index(pack, pack.class(&approver));
        if is("yes") || pack.is_own(&approver) {
            Some(class_index(pack, &pack.issuer.approver))
        } else if is("no") || is(NOBODY_NAMED) {
            Some(pack.approvers.len())
        } else {
            labelled.or(Some(named).filter(|class| *class < pack.approvers.len()))
        }
    }
}
