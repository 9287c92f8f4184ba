//! `recert answer`.

use app::wire::AnswerInput;
use app::{Code, Error, Recert};
use clap::Subcommand;

use super::answer as say;
use crate::print::Output;
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum AnswerCommand {
    /// Add an answer
    Add {
        /// The question’s name, as status shows it
        question: String,
        /// One of its options, or a value
        answer: String,
        /// The credential it is for [default: all]
        #[arg(long, default_value = "")]
        credential: String,
        /// A credit it is about [default: all]
        #[arg(long)]
        credit: Vec<String>,
        /// The day you were told [default: today]
        #[arg(long, value_name = "DATE", default_value = "")]
        on: String,
        /// Who told you, and how
        #[arg(long, default_value = "")]
        note: String,
    },
    /// List them, numbered
    List,
    /// Take one off, by its number in the list
    Remove { number: usize },
}

pub(super) fn answer(recert: &mut Recert, command: AnswerCommand, json: bool) -> Result<Output, Error> {
    match command {
        AnswerCommand::Add { question, answer, credential, credit, on, note } => {
            let input = AnswerInput { question, answer, credential, credits: credit, answered_on: on, note };
            let answer = recert.add_answer(&input)?;
            say(json, &answer, || format!("Kept: {}.", show::answer(&answer)))
        }
        AnswerCommand::List => {
            let answers = recert.answers()?;
            let empty = "No answers yet. “recert status” shows what is open.";
            let numbered: Vec<_> = answers.iter().zip(1_usize..).collect();
            let line = |(answer, number): &(&_, usize)| format!("{number}  {}", show::answer(answer));
            say(json, &answers, || show::list(empty, &numbered, line))
        }
        AnswerCommand::Remove { number } => {
            let missing = || {
                Error::new(Code::NotFound, format!("There is no answer {number}. “recert answer list” numbers them."))
            };
            let at = number.checked_sub(1).ok_or_else(missing)?;
            let answer = recert.answers()?.into_iter().nth(at).ok_or_else(missing)?;
            recert.remove_answer(&AnswerInput::from(&answer))?;
            say(json, &serde_json::json!({ "removed": number }), || format!("Removed: {}.", show::answer(&answer)))
        }
    }
}
