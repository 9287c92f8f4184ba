//! Evaluations of the vault's record, and of a record in a file.

use std::path::Path;

use chrono::NaiveDate;
use domain::evaluation::Evaluation;
use domain::record::Record;
use domain::{Asked, EvaluateError, evaluate, without_rules};

use crate::{Code, Error, Recert, files, sentence};

impl Recert {
    /// The evaluation of one credential today.
    pub fn evaluation(&self, credential: &str) -> Result<Evaluation, Error> {
        self.judge(&self.vault()?.record()?, credential, self.clock.today())
    }

    /// The evaluation of one credential, or of all of them, as if applying on the day `on`, today if none is given; with
    /// `planned` as if everything planned were done. Where nobody has the rules, it says so.
    pub fn status(
        &self,
        credential: Option<&str>,
        on: Option<NaiveDate>,
        planned: bool,
    ) -> Result<Vec<Evaluation>, Error> {
        self.judge_all(&self.vault()?.record()?, credential, on, planned)
    }

    /// The same for a record in a file; no vault is touched.
    pub fn evaluate_file(
        &self,
        path: &Path,
        credential: Option<&str>,
        on: Option<NaiveDate>,
        planned: bool,
    ) -> Result<Vec<Evaluation>, Error> {
        self.judge_all(&read_record(path)?, credential, on, planned)
    }

    pub(crate) fn judge(
        &self,
        record: &Record,
        credential: &str,
        asked: impl Into<Asked>,
    ) -> Result<Evaluation, Error> {
        evaluate(record, credential, &self.packs, asked).map_err(|error| unjudged(&error))
    }

    fn judge_all(
        &self,
        record: &Record,
        credential: Option<&str>,
        on: Option<NaiveDate>,
        planned: bool,
    ) -> Result<Vec<Evaluation>, Error> {
        let asked = Asked { on: on.unwrap_or_else(|| self.clock.today()), planned };
        let all = || record.credentials.iter().map(|one| one.id.as_str()).collect();
        let ids: Vec<&str> = credential.map_or_else(all, |id| vec![id]);
        if ids.is_empty() {
            return Err(Error::new(Code::NotFound, "This record has no credential yet."));
        }
        let answer = |id| match (evaluate(record, id, &self.packs, asked), record.credential(id)) {
            (Err(EvaluateError::NoPack(_)), Some(credential)) => Ok(without_rules(record, credential, asked.on)),
            (answer, _) => answer.map_err(|error| unjudged(&error)),
        };
        ids.into_iter().map(answer).collect()
    }
}

/// A record in a file, or why it is none.
pub(crate) fn read_record(path: &Path) -> Result<Record, Error> {
    let bytes = files::read(path)?;
    let refuse =
        |reason: String| Error::new(Code::FileRefused, format!("{} is not a Recert record: {reason}.", path.display()));
    let text = String::from_utf8(bytes).map_err(|_| refuse("it is not text in UTF-8".to_owned()))?;
    Record::from_json(&text).map_err(|fault| refuse(fault.to_string()))
}

pub(crate) fn unjudged(error: &EvaluateError) -> Error {
    let text = error.to_string();
    let (code, hint) = match error {
        EvaluateError::NoCredential(_) => (Code::NotFound, "check its name"),
        EvaluateError::NoPack(_) => (Code::NotFound, "they may come with a newer one, or as a pack of your own"),
        EvaluateError::NoDate(_) => (Code::Invalid, "without one the period is not known"),
        EvaluateError::Pack(_) => (Code::PackRefused, "put the value back, or remove the pack"),
    };
    Error::new(code, sentence(&format!("{text}; {hint}")))
}
