//! What the window asks about answers and about other days.

use chrono::NaiveDate;
use domain::evaluation::Evaluation;
use domain::record::Answer;
use serde::Serialize;

use crate::{Code, Error, Recert};

/// An answer on file, with the number that it is removed by.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct AnswerView {
    /// Counted from 1.
    pub number: usize,
    /// As kept.
    pub answer: Answer,
}

impl Recert {
    /// Every answer with its number.
    pub fn numbered_answers(&self) -> Result<Vec<AnswerView>, Error> {
        let numbered = |(index, answer)| AnswerView { number: index + 1, answer };
        Ok(self.answers()?.into_iter().enumerate().map(numbered).collect())
    }

    /// The evaluation of one credential as if applying on another day, and as if everything planned were done.
    pub fn what_if(&self, credential: &str, on: NaiveDate, planned: bool) -> Result<Evaluation, Error> {
        let all = self.status(Some(credential), Some(on), planned)?;
        let none = || Error::new(Code::NotFound, format!("The record has no credential “{credential}”."));
        all.into_iter().next().ok_or_else(none)
    }
}
