//! What a search finds.

use serde::Serialize;

/// A credit that has every word that was searched for.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Found {
    /// The credit.
    pub credit: domain::Credit,
    /// Where they were found.
    pub found_in: FoundIn,
    /// A few words around them, in pieces.
    pub excerpt: Vec<Excerpt>,
}

/// A piece of an excerpt.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Excerpt {
    /// Its words.
    pub text: String,
    /// Whether they were searched for.
    pub hit: bool,
}

/// The parts of a credit that are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FoundIn {
    /// Its title.
    Title,
    /// Who held it.
    Provider,
    /// The numbers of provider and approvals.
    Numbers,
    /// Description, relevance, titles of sessions.
    About,
    /// Its tags.
    Tags,
    /// The name on the certificate.
    Name,
    /// The names of its files.
    Files,
    /// The text of its files.
    Text,
}
