//! What is worth a look before an application is sent.

use serde::Serialize;

/// What is amiss. Programs act on it; the order is that in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum CheckCode {
    /// Her name, a former one, her address or her number has characters that the pages cannot show.
    UnprintableDetails,
    /// A text of the credit has.
    Unprintable,
    /// No file shows it.
    NoProof,
    /// A file shows the front of a card, and none its back.
    NoCardBack,
    /// What the certificate is worth is not known.
    NoAmount,
    /// It was done in another time than the one applied for.
    OutsidePeriod,
    /// It stands in the record twice.
    Duplicate,
    /// Training by the employer, or without formal credit.
    InHouse,
    /// The certificate has another name than hers.
    OtherName,
    /// The title does not say what it was about, and nothing else does.
    UnclearTitle,
    /// Nothing says by which number the provider is known.
    NoProviderNumber,
    /// Something else that the issuer wants filled in is not.
    NotFilledIn,
    /// A photo or a screenshot stands for the file that the provider made.
    Picture,
    /// A transcript of a school shows more than the course.
    ShowsMore,
}

/// Where it can be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Fix {
    /// In the credit itself.
    Credit,
    /// In the credit itself; the list of credits shows all that lack proof.
    Unproven,
    /// In her details.
    Details,
    /// By an answer to an open question.
    Question,
}

/// One thing that gets applications refused or questioned, with the credits that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Check {
    /// For programs.
    pub code: CheckCode,
    /// The same in a few words: “No certificate attached”.
    pub label: String,
    /// What it is, and why it gets applications refused or questioned.
    pub sentence: String,
    /// The issuer's rules that it rests on; without one it is general good sense, and the sentence says so.
    pub rules: Vec<Clause>,
    /// The credits it is about, in the order of the record; none where it is about her.
    pub credits: Vec<Checked>,
    /// Where it can be mended.
    pub fix: Fix,
}

/// A sentence of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Clause {
    /// What is demanded.
    pub text: String,
    /// Where the rules have it from.
    pub source: Option<String>,
}

/// A credit that a check is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Checked {
    /// Its id.
    pub id: String,
    /// As printed; a draft may have none.
    pub title: String,
    /// What it is here, where that differs from credit to credit: the other name, the file.
    pub note: Option<String>,
}
