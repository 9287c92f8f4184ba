//! `recert submission`.

use app::wire::{Listed, SubmissionInput};
use app::{Error, Recert};
use domain::Submission;
use domain::submission::Decision;
use serde_json::json;

use super::{answer, the_credential, transcript};
use crate::arguments::{SubmissionCommand, SubmissionFields};
use crate::show;

pub(super) fn submission(recert: &mut Recert, command: SubmissionCommand, json: bool) -> Result<String, Error> {
    match command {
        SubmissionCommand::Add { pages, fields } => {
            let credential = the_credential(recert, pages.credential.clone())?;
            let choice = transcript::choice(pages, Listed::All);
            let submission = recert.send(&credential, &choice, &input(fields, None))?;
            answer(json, &submission, || format!("Kept as {}.\n", show::submission(&submission)))
        }
        SubmissionCommand::Edit { id, fields } => {
            let before = recert.submissions()?.into_iter().find(|submission| submission.id == id);
            let submission = recert.save_submission(&id, &input(fields, before.as_ref()))?;
            answer(json, &submission, || format!("Changed {}.\n", show::submission(&submission)))
        }
        SubmissionCommand::List => {
            let all = recert.submissions()?;
            let empty = "Nothing was sent yet. When you have sent your application: recert submission add";
            answer(json, &all, || show::list(empty, &all, show::submission))
        }
        SubmissionCommand::Show { id } => {
            let frozen = recert.frozen(&id)?;
            let content: serde_json::Value = serde_json::from_str(&recert.frozen_json(&id)?).unwrap_or_default();
            let all = json!({ "submission": frozen.view.submission, "frozen": content });
            answer(json, &all, || show::frozen(&frozen))
        }
        SubmissionCommand::Transcript { id, output } => {
            let saved = recert.save_sent_transcript(&id, &output)?;
            answer(json, &saved, || format!("Wrote {}.\n", output.display()))
        }
        SubmissionCommand::Remove { id } => {
            recert.remove_submission(&id)?;
            answer(json, &json!({ "removed": id }), || format!("Removed {id}.\n"))
        }
    }
}

fn input(fields: SubmissionFields, before: Option<&Submission>) -> SubmissionInput {
    let before = before.map(SubmissionInput::from).unwrap_or_default();
    SubmissionInput {
        sent_on: fields.sent.unwrap_or(before.sent_on),
        way: fields.way.unwrap_or(before.way),
        state: fields.state.unwrap_or(before.state),
        answered_on: fields.answered.unwrap_or(before.answered_on),
        note: fields.note.unwrap_or(before.note),
        decisions: decisions(before.decisions, fields.decision),
    }
}

/// One for each credit; the new ones hold.
fn decisions(mut before: Vec<Decision>, new: Vec<Decision>) -> Vec<Decision> {
    for decision in new {
        before.retain(|other| other.credit != decision.credit);
        before.push(decision);
    }
    before
}
