//! `recert submission`.

use std::path::PathBuf;

use app::wire::{Listed, SubmissionInput};
use app::{Error, Recert};
use clap::{Args, Subcommand};
use domain::Submission;
use domain::submission::{Decision, SubmissionState};
use serde_json::json;

use super::{answer, the_credential, transcript};
use crate::arguments::named;
use crate::print::Output;
use crate::run::transcript::PageOptions;
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum SubmissionCommand {
    /// Keep what you sent: the transcript and where you stood, as of the day it was sent
    Add {
        #[command(flatten)]
        pages: PageOptions,
        #[command(flatten)]
        fields: SubmissionFields,
    },
    /// Keep what came of it; what is not given stays
    Edit {
        id: String,
        #[command(flatten)]
        fields: SubmissionFields,
    },
    /// List them
    List,
    /// Say all of one; in JSON with the record, the rules and the evaluation as they were
    Show { id: String },
    /// Write the transcript as it was sent
    Transcript {
        id: String,
        #[arg(short, long, value_name = "FILE.pdf")]
        output: PathBuf,
    },
    /// Take one off the list
    Remove { id: String },
}

#[derive(Debug, Args)]
pub(crate) struct SubmissionFields {
    /// The day it was sent [default: today]
    #[arg(long, value_name = "DATE")]
    sent: Option<String>,
    /// How: online, mail
    #[arg(long)]
    way: Option<String>,
    /// sent, questions, accepted or refused
    #[arg(long, value_parser = named::<SubmissionState>)]
    state: Option<SubmissionState>,
    /// The day of the latest answer
    #[arg(long, value_name = "DATE")]
    answered: Option<String>,
    /// What else to remember of it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// What was decided on a credit: accepted, refused or questioned, and why; once for each credit
    #[arg(long, value_name = "CREDIT=DECISION[:WHY]", value_parser = decision)]
    decision: Vec<Decision>,
}

pub(super) fn submission(recert: &mut Recert, command: SubmissionCommand, json: bool) -> Result<Output, Error> {
    match command {
        SubmissionCommand::Add { pages, fields } => {
            let credential = the_credential(recert, pages.credential.clone())?;
            let choice = transcript::choice(pages, Listed::All);
            let submission = recert.send(&credential, &choice, &input(fields, None))?;
            answer(json, &submission, || format!("Kept as {}.", show::submission(&submission)))
        }
        SubmissionCommand::Edit { id, fields } => {
            let before = recert.submissions()?.into_iter().find(|submission| submission.id == id);
            let submission = recert.save_submission(&id, &input(fields, before.as_ref()))?;
            answer(json, &submission, || format!("Changed {}.", show::submission(&submission)))
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
            answer(json, &saved, || format!("Wrote {}.", output.display()))
        }
        SubmissionCommand::Remove { id } => {
            recert.remove_submission(&id)?;
            answer(json, &json!({ "removed": id }), || format!("Removed {id}."))
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

fn decision(text: &str) -> Result<Decision, String> {
    let (credit, rest) = text.split_once('=').ok_or("write credit=decision, such as c7=refused:in-house training")?;
    let (decided, why) = rest.split_once(':').unwrap_or((rest, ""));
    let note = Some(why.trim().to_owned()).filter(|why| !why.is_empty());
    Ok(Decision { credit: credit.trim().to_owned(), decided: named(decided.trim())?, note })
}
