//! Which papers show a credit.

use super::{Days, Judge, Offer, further_offers};
use crate::credit::{Credit, IssuerTranscript};
use crate::evidence::{self, Lacking, Papers};
use crate::filter::{Marks, bit, class_index};
use crate::pack::EvidenceRule;

impl<'a> Judge<'a> {
    /// Whether the papers in hand show the credit.
    pub(super) fn is_proven(&self, credit: &Credit, marks: Marks) -> bool {
        let is_posted = credit.issuer_transcript == Some(IssuerTranscript::Posted);
        let issuer = bit(class_index(self.pack(), &self.pack().issuer.approver));
        let Some(rule) = self.evidence_rule(credit, marks) else {
            return evidence::has(credit, &evidence::USUAL) || (is_posted && marks.approver == issuer);
        };
        if is_posted && (rule.posted || rule.only_posted) {
            return true;
        }
        !rule.only_posted
            && rule.papers.iter().all(|roles| evidence::has(credit, roles))
            && rule.fields.iter().all(|field| evidence::is_filled(credit, *field))
    }

    fn evidence_rule(&self, credit: &Credit, marks: Marks) -> Option<&'a EvidenceRule> {
        self.book.evidence.iter().find(|(of, _)| of.holds(marks, credit)).map(|(_, rule)| *rule)
    }

    /// What the rules say of the papers of a credit as it is printed first. Of several readings, what those in hand lack on
    /// the first on which they do not show it.
    pub(crate) fn papers(&self, credit: &Credit) -> Papers {
        let (Some(amount), Some(unit), Some(completed)) = (credit.amount, credit.unit, credit.completed_on) else {
            return Papers { recorded: false, lacking: None };
        };
        let offer = Offer { amount, unit, approver: credit.approver.as_ref() };
        let days = [(completed, offer.amount.ten_thousandths())];
        let days = Days { all: &days, day: completed };
        let classes = self.classes(credit, offer);
        let readings = || classes.iter().map(|class| self.read(credit, offer, days, *class, self.tags(credit)));
        // By any of its statements: which of them counts is told by whether it is the issuer's own.
        let recorded = std::iter::once(offer).chain(further_offers(credit)).any(|offer| {
            self.classes(credit, offer).iter().all(|class| {
                let marks = self.read(credit, offer, days, *class, self.tags(credit)).marks;
                self.evidence_rule(credit, marks).is_some_and(|rule| rule.recorded)
            })
        });
        let lacking = readings().find(|reading| !self.is_proven(credit, reading.marks)).map(|unproven| {
            let rule = self.evidence_rule(credit, unproven.marks);
            Lacking::of(credit, rule, rule.and_then(|rule| self.book.source(&rule.source)))
        });
        Papers { recorded, lacking }
    }
}
