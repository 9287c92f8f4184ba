//! Answers to questions of an evaluation, and evaluations of another day.

use app::wire::AnswerInput;
use app::{Error, Evaluation};
use chrono::NaiveDate;
use tauri::State;

use crate::Desk;

#[tauri::command(async)]
pub(crate) fn read_answers(desk: State<'_, Desk>) -> Result<Vec<AnswerInput>, Error> {
    desk.with(|recert| Ok(recert.answers()?.iter().map(AnswerInput::from).collect()))
}

#[tauri::command(async)]
pub(crate) fn answer_question(desk: State<'_, Desk>, input: AnswerInput) -> Result<(), Error> {
    desk.with(|recert| recert.add_answer(&input).map(|_| ()))
}

#[tauri::command(async)]
pub(crate) fn remove_answer(desk: State<'_, Desk>, answer: AnswerInput) -> Result<(), Error> {
    desk.with(|recert| recert.remove_answer(&answer))
}

#[tauri::command(async)]
pub(crate) fn what_if(
    desk: State<'_, Desk>,
    credential: &str,
    on: NaiveDate,
    planned: bool,
) -> Result<Evaluation, Error> {
    desk.with(|recert| recert.what_if(credential, on, planned))
}
