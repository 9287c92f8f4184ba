//! Which papers and fields show a credit, and what of them is missing.

use std::sync::Arc;

use crate::credit::{Credit, ProofRole};
use crate::pack::{EvidenceRule, Field};

/// One of these shows a credit where the pack does not say which.
pub(crate) const USUAL: [ProofRole; 3] = [ProofRole::Certificate, ProofRole::CardFront, ProofRole::TranscriptPage];

/// What the rules say of the papers of a credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Papers {
    /// The issuer records such a credit by itself.
    pub recorded: bool,
    /// What those in hand lack, if they do not show it.
    pub lacking: Option<Lacking>,
}

/// What the papers in hand lack to show a credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// Of each list one paper is missing, in one of its roles.
    pub papers: Vec<Vec<ProofRole>>,
    /// Fields that the issuer wants and that are not filled in.
    pub fields: Vec<Field>,
    /// What the issuer wants, as a sentence of the pack, and where the pack has it from.
    pub wanted: Option<(String, Option<Arc<str>>)>,
}

impl Lacking {
    /// Without a rule, one of the usual papers is wanted.
    pub(crate) fn of(credit: &Credit, rule: Option<&EvidenceRule>, source: Option<Arc<str>>) -> Self {
        let Some(rule) = rule else {
            return Self { papers: vec![USUAL.to_vec()], fields: Vec::new(), wanted: None };
        };
        Self {
            papers: rule.papers.iter().filter(|roles| !has(credit, roles)).cloned().collect(),
            fields: rule.fields.iter().filter(|field| !is_filled(credit, **field)).copied().collect(),
            wanted: Some((rule.words.clone(), source)),
        }
    }
}

/// Whether a proof of the credit shows one of these.
pub(crate) fn has(credit: &Credit, roles: &[ProofRole]) -> bool {
    credit.proofs.iter().any(|proof| roles.iter().any(|role| proof.role.serves_as(*role)))
}

/// Whether what the issuer wants is filled in.
pub(crate) fn is_filled(credit: &Credit, field: Field) -> bool {
    let some = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    match field {
        Field::Title => !credit.title.trim().is_empty(),
        Field::Provider => some(&credit.provider),
        Field::ProviderNumber => some(&credit.provider_number),
        Field::CompletedOn => credit.completed_on.is_some(),
        Field::Amount => credit.amount.is_some() && credit.unit.is_some(),
        Field::Description => some(&credit.description) || has(credit, &[ProofRole::CourseDescription]),
        Field::Format => some(&credit.format),
    }
}
