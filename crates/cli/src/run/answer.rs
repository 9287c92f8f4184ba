//! `recert answer`.

use app::wire::AnswerInput;
use app::{Error, Recert};

use super::answer as say;
use crate::arguments::AnswerCommand;
use crate::show;

pub(super) fn answer(recert: &mut Recert, command: AnswerCommand, json: bool) -> Result<String, Error> {
    match command {
        AnswerCommand::Add { question, answer, credential, credit, on, note } => {
            let input = AnswerInput { question, answer, credential, credits: credit, answered_on: on, note };
            let answer = recert.add_answer(&input)?;
            say(json, &answer, || format!("Kept: {}.\n", show::answer(&answer)))
        }
        AnswerCommand::List => {
            let answers = recert.answers()?;
            let empty = "No answers yet. “recert status” shows what is open.";
            let numbered: Vec<_> = answers.iter().zip(1_usize..).collect();
            let line = |(answer, number): &(&_, usize)| format!("{number}  {}", show::answer(answer));
            say(json, &answers, || show::list(empty, &numbered, line))
        }
        AnswerCommand::Remove { number } => {
            let answer = recert.remove_answer(number)?;
            say(json, &serde_json::json!({ "removed": number }), || format!("Removed: {}.\n", show::answer(&answer)))
        }
    }
}
