//! Evaluations of the vault's record, and of a record in a file.

use std::path::Path;

use chrono::NaiveDate;
use domain::evaluation::Evaluation;
use domain::record::Record;
use domain::{EvaluateError, evaluate};

use crate::wire::{CategoryView, PackView, UnitView};
use crate::{Code, Error, Recert, files, sentence};

impl Recert {
    /// The evaluation of one credential today.
    pub fn evaluation(&self, credential: &str) -> Result<Evaluation, Error> {
        self.judge(&self.vault()?.record()?, credential, self.clock.today())
    }

    /// The evaluation of one credential, or of all of them, as if applying on the day `on`.
    pub fn status(&self, credential: Option<&str>, on: Option<NaiveDate>) -> Result<Vec<Evaluation>, Error> {
        self.judge_all(&self.vault()?.record()?, credential, on)
    }

    /// The same for a record in a file; no vault is touched.
    pub fn evaluate_file(
        &self,
        path: &Path,
        credential: Option<&str>,
        on: Option<NaiveDate>,
    ) -> Result<Vec<Evaluation>, Error> {
        self.judge_all(&read_record(path)?, credential, on)
    }

    /// What the window needs of every pack.
    pub fn packs(&self) -> Vec<PackView> {
        self.packs.iter().map(view).collect()
    }

    pub(crate) fn pack(&self, id: &str) -> Result<PackView, Error> {
        self.rules(id).map(view)
    }

    pub(crate) fn rules(&self, id: &str) -> Result<&domain::Pack, Error> {
        self.packs.get(id).ok_or_else(|| unjudged(&EvaluateError::NoPack(id.to_owned())))
    }

    pub(crate) fn judge(&self, record: &Record, credential: &str, on: NaiveDate) -> Result<Evaluation, Error> {
        evaluate(record, credential, &self.packs, on).map_err(|error| unjudged(&error))
    }

    fn judge_all(
        &self,
        record: &Record,
        credential: Option<&str>,
        on: Option<NaiveDate>,
    ) -> Result<Vec<Evaluation>, Error> {
        let on = on.unwrap_or_else(|| self.clock.today());
        let known = record.credentials.iter().filter(|credential| self.rules(&credential.pack).is_ok());
        let asked: Vec<&str> = credential.map_or_else(|| known.map(|one| one.id.as_str()).collect(), |id| vec![id]);
        if asked.is_empty() {
            let message = "This record has no credential yet that can be judged.";
            return Err(Error::new(Code::NotFound, message));
        }
        asked.into_iter().map(|id| self.judge(record, id, on)).collect()
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
        EvaluateError::NoPack(_) => (Code::NotFound, "they may come with a newer one"),
        EvaluateError::NoDate(_) => (Code::Invalid, "without one the period is not known"),
    };
    Error::new(code, sentence(&format!("{text}; {hint}")))
}

fn view(pack: &domain::Pack) -> PackView {
    PackView {
        id: pack.id.clone(),
        name: pack.name.clone(),
        issuer: pack.issuer.name.clone(),
        issuer_short: pack.issuer.short.clone(),
        approver: pack.issuer.approver.clone(),
        categories: pack
            .categories
            .iter()
            .map(|c| CategoryView { id: c.id.clone(), label: c.label.clone(), topics: c.topics.clone() })
            .collect(),
        units: pack
            .units
            .iter()
            .map(|rule| UnitView { unit: rule.unit, label: rule.label.clone(), own: rule.own })
            .collect(),
    }
}
