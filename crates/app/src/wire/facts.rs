//! Cards, hours and the like, as typed in and as kept.

use domain::credit::ProofRef;
use domain::record::FactKind;
use serde::{Deserialize, Serialize};

use super::text;

/// A fact as typed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct FactInput {
    /// What it states.
    pub kind: FactKind,
    /// What it is called, or empty.
    pub title: String,
    /// Which one, where a pack tells several apart: `bls`; or empty.
    pub tag: String,
    /// ISO date or empty.
    pub issued_on: String,
    /// ISO date or empty.
    pub expires_on: String,
    /// Hours, decimal or empty.
    pub amount: String,
    /// The credential it is meant for, or empty.
    pub credential: String,
}

/// A fact on file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct FactView {
    /// It is changed and removed by this id.
    pub id: String,
    /// The form's fields as they would have been typed in.
    pub input: FactInput,
    /// The files that show it.
    pub proofs: Vec<ProofRef>,
}

impl From<&domain::Fact> for FactView {
    fn from(fact: &domain::Fact) -> Self {
        let input = FactInput {
            kind: fact.kind,
            title: text(fact.title.as_ref()),
            tag: text(fact.tag.as_ref()),
            issued_on: text(fact.issued_on),
            expires_on: text(fact.expires_on),
            amount: text(fact.amount),
            credential: text(fact.credential.as_ref()),
        };
        Self { id: fact.id.clone(), input, proofs: fact.proofs.clone() }
    }
}
