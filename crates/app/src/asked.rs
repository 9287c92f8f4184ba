//! What the window asks about other days.

use chrono::NaiveDate;
use domain::evaluation::Evaluation;

use crate::{Code, Error, Recert};

impl Recert {
    /// The evaluation of one credential as if applying on another day, and as if everything planned were done.
    pub fn what_if(&self, credential: &str, on: NaiveDate, planned: bool) -> Result<Evaluation, Error> {
        let all = self.status(Some(credential), Some(on), planned)?;
        let none = || Error::new(Code::NotFound, format!("The record has no credential “{credential}”."));
        all.into_iter().next().ok_or_else(none)
    }
}
