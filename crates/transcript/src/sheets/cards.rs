//! The CPR and BLS cards of a record, whether or not they earn points.

use chrono::NaiveDate;
use domain::{FactKind, Kind, ProofRef, Record, Status};

/// One card.
#[derive(Debug)]
pub(super) struct Card<'r> {
    pub(super) name: &'r str,
    pub(super) issued_on: Option<NaiveDate>,
    pub(super) expires_on: Option<NaiveDate>,
    pub(super) proofs: &'r [ProofRef],
}

impl Card<'_> {
    /// Whether it is valid on a day; one whose end is not on file is taken to be.
    pub(super) fn is_current(&self, on: NaiveDate) -> bool {
        self.issued_on.is_none_or(|day| day <= on) && self.expires_on.is_none_or(|day| on <= day)
    }
}

/// Every card that is kept for a credential or for all, those that end last first.
pub(super) fn cards<'r>(record: &'r Record, credential: &str) -> Vec<Card<'r>> {
    let named = |name: Option<&'r str>| name.filter(|name| !name.trim().is_empty()).unwrap_or("CPR card");
    let is_here = |of: Option<&str>| of.is_none_or(|id| id == credential);
    let facts =
        record.facts.iter().filter(|fact| fact.kind == FactKind::CprCard && is_here(fact.credential.as_deref()));
    let facts = facts.map(|fact| Card {
        name: named(fact.title.as_deref()),
        issued_on: fact.issued_on,
        expires_on: fact.expires_on,
        proofs: &fact.proofs,
    });
    let is_card = |kind| kind == Kind::CprCard;
    let credits = record.credits.iter().filter(|credit| is_card(credit.kind) && credit.status == Status::Completed);
    let credits = credits.map(|credit| Card {
        name: named(Some(&credit.title)),
        issued_on: credit.completed_on,
        expires_on: credit.expires_on,
        proofs: &credit.proofs,
    });
    let mut cards: Vec<Card> = facts.chain(credits).collect();
    cards.sort_by(|a, b| (b.expires_on, b.issued_on, a.name).cmp(&(a.expires_on, a.issued_on, b.name)));
    cards
}
