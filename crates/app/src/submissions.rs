//! Submissions: what was sent in for a renewal, frozen, and what came of it.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::evaluation::PeriodDates;
use domain::submission::{Decision, Submission, SubmissionState};
use domain::{Pack, Packs, Record};
use serde_json::{Value, json};
use vault::Op;

use crate::packs::{packs_of, rules};
use crate::typed::{date, fault, text, unseen};
use crate::wire::{FrozenView, SavedFile, SubmissionInput, SubmissionView, TranscriptChoice, Waiting};
use crate::{Code, Error, Recert, files};

/// What is typed in of a submission, read; the rest of it follows from the record or stays as it is.
struct Typed {
    sent_on: NaiveDate,
    way: Option<String>,
    answered_on: Option<NaiveDate>,
    note: Option<String>,
}

impl Recert {
    /// Everything that was sent in, in the order in which it was written down.
    pub fn submissions(&self) -> Result<Vec<Submission>, Error> {
        Ok(self.vault()?.submissions()?)
    }

    /// Keeps what was sent in: the transcript, the record, the rules and the evaluation as they are now, as of the day it
    /// was sent. Nothing that is changed later changes them.
    pub fn send(
        &mut self,
        credential: &str,
        choice: &TranscriptChoice,
        input: &SubmissionInput,
    ) -> Result<Submission, Error> {
        let typed = self.typed_submission(input, None)?;
        let record = self.vault()?.record()?;
        let evaluation = self.judge(&record, credential, typed.sent_on)?;
        self.count_pages()?;
        let pdf = self.transcript(&record, credential, choice, typed.sent_on)?;
        let packs = packs_of(&self.packs, &record);
        let frozen = json!({ "record": record, "rules": rules(&packs, &evaluation.pack)?, "evaluation": evaluation })
            .to_string();
        refuse_unknown_credits(&input.decisions, &json!(record.credits))?;
        let stored = self.vault()?.store_bytes(&format!("transcript-{}.pdf", typed.sent_on), &pdf)?;
        self.transact(Op::AddSubmission, |change| {
            change.keep_transcript(&stored)?;
            let submission = Submission {
                id: change.next_id("s")?,
                credential: credential.to_owned(),
                period: evaluation.period,
                sent_on: typed.sent_on,
                way: typed.way,
                state: input.state,
                answered_on: typed.answered_on,
                note: typed.note,
                decisions: input.decisions.clone(),
                transcript: stored.sha256.to_string(),
                frozen: change.freeze(&frozen)?,
            };
            change.put_submission(&submission)?;
            Ok(submission)
        })
    }

    /// Keeps what came of it. What was sent stays what it was.
    pub fn save_submission(&mut self, id: &str, input: &SubmissionInput) -> Result<Submission, Error> {
        let before = SubmissionInput::from(&self.vault()?.submission(id)?);
        let typed = self.typed_submission(input, Some(&before))?;
        refuse_unknown_credits(&input.decisions, &self.frozen(id)?.credits)?;
        self.transact(Op::EditSubmission, |change| {
            let submission = Submission {
                sent_on: typed.sent_on,
                way: typed.way,
                state: input.state,
                answered_on: typed.answered_on,
                note: typed.note,
                decisions: input.decisions.clone(),
                ..change.submission(id)?
            };
            change.put_submission(&submission)?;
            Ok(submission)
        })
    }

    /// Takes a submission off the list.
    pub fn remove_submission(&mut self, id: &str) -> Result<(), Error> {
        self.transact(Op::RemoveSubmission, |change| change.remove_submission(id))
    }

    /// A submission with all that it froze.
    pub fn frozen(&self, id: &str) -> Result<FrozenView, Error> {
        let vault = self.vault()?;
        let submission = vault.submission(id)?;
        let content: Value = serde_json::from_str(&vault.frozen(&submission.frozen)?)
            .map_err(|error| Error::new(Code::VaultDamaged, format!("What {id} froze cannot be read: {error}.")))?;
        let record = vault.record()?;
        Ok(FrozenView {
            view: view(&submission, pack_of(&packs_of(&self.packs, &record), &record, &submission.credential)),
            evaluation: content["evaluation"].clone(),
            credits: content["record"]["credits"].clone(),
        })
    }

    /// The record, the rules and the evaluation of a submission, as JSON.
    pub fn frozen_json(&self, id: &str) -> Result<String, Error> {
        let vault = self.vault()?;
        Ok(vault.frozen(&vault.submission(id)?.frozen)?)
    }

    /// Writes the transcript of a submission, byte for byte as it was.
    pub fn save_sent_transcript(&mut self, id: &str, path: &Path) -> Result<SavedFile, Error> {
        let saved = self.write(path, &files::read(&self.sent_transcript(id)?)?)?;
        self.saved = Some(Path::new(&saved.folder).join(&saved.name));
        Ok(saved)
    }

    /// The transcript of a submission, in the vault.
    pub fn sent_transcript(&self, id: &str) -> Result<PathBuf, Error> {
        let vault = self.vault()?;
        let path = vault.original_path(&vault.submission(id)?.transcript)?;
        path.ok_or_else(|| Error::new(Code::NotFound, "The transcript is gone from your record; restore a backup."))
    }

    fn typed_submission(&self, input: &SubmissionInput, before: Option<&SubmissionInput>) -> Result<Typed, Error> {
        let today = self.clock.today();
        let mut faults = unseen(input, before);
        let sent_on = date("sent_on", &input.sent_on, &mut faults).unwrap_or(today);
        let answered_on = date("answered_on", &input.answered_on, &mut faults);
        if sent_on > today {
            fault::<()>("sent_on", "is still to come; write the day you sent it", &mut faults);
        }
        if answered_on.is_some_and(|answered| answered < sent_on) {
            fault::<()>("answered_on", "is before the day you sent it", &mut faults);
        }
        let typed = Typed { sent_on, way: text(&input.way), answered_on, note: text(&input.note) };
        if faults.is_empty() { Ok(typed) } else { Err(Error::invalid("This was not saved.", faults)) }
    }
}

/// A submission with its way in the issuer's words, as far as the rules are known.
pub(crate) fn view(submission: &Submission, pack: Option<&Pack>) -> SubmissionView {
    let label = |way: &String| Some(pack?.apply.iter().find(|rule| rule.way == *way)?.label.clone());
    let way_label = submission.way.as_ref().map(|way| label(way).unwrap_or_else(|| way.clone()));
    SubmissionView { submission: submission.clone(), input: SubmissionInput::from(submission), way_label }
}

/// The rules of a credential of the record, if they are at hand.
pub(crate) fn pack_of<'p>(packs: &'p Packs, record: &Record, credential: &str) -> Option<&'p Pack> {
    packs.get(&record.credential(credential)?.pack)
}

/// What was sent in for this period of a credential and waits for the issuer; the latest of it.
pub(crate) fn waiting(sent: &[Submission], credential: &str, period: PeriodDates) -> Option<Waiting> {
    let latest = sent.iter().filter(|one| one.credential == credential && one.period.from == period.from);
    let latest = latest.max_by_key(|one| one.sent_on).filter(|latest| latest.state.waits())?;
    Some(Waiting { submission: latest.id.clone(), sent_on: latest.sent_on, state: latest.state })
}

/// Decisions are about credits that were sent.
fn refuse_unknown_credits(decisions: &[Decision], credits: &Value) -> Result<(), Error> {
    let sent = |id: &str| credits.as_array().into_iter().flatten().any(|credit| credit["id"] == id);
    match decisions.iter().find(|decision| !sent(&decision.credit)) {
        Some(decision) => Err(vault::Error::NotFound { what: "credit sent", id: decision.credit.clone() }.into()),
        None => Ok(()),
    }
}

impl Default for SubmissionInput {
    /// Sent today, with nothing come back yet.
    fn default() -> Self {
        Self {
            sent_on: String::new(),
            way: String::new(),
            state: SubmissionState::Sent,
            answered_on: String::new(),
            note: String::new(),
            decisions: Vec::new(),
        }
    }
}
