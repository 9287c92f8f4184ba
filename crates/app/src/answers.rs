//! Answers to the questions of an evaluation.

use domain::record::Answer;
use vault::Op;

use crate::credentials::known_credential;
use crate::credits::known_credit;
use crate::typed::{date, fault, text, unseen, words};
use crate::wire::AnswerInput;
use crate::{Error, Recert};

impl Recert {
    /// Every answer, in the order in which they were added.
    pub fn answers(&self) -> Result<Vec<Answer>, Error> {
        Ok(self.vault()?.record_without_credits()?.answers)
    }

    /// Adds an answer. One of the same day to the same question about the same credits gives way to it.
    pub fn add_answer(&mut self, input: &AnswerInput) -> Result<Answer, Error> {
        let answer = self.typed_answer(input)?;
        self.transact(Op::AddAnswer, |change| {
            let record = change.record()?;
            known_credential(&record, answer.credential.as_deref())?;
            answer.credits.iter().try_for_each(|id| known_credit(&record, id))?;
            let mut answers = record.answers;
            answers.retain(|before| !corrects(&answer, before));
            answers.push(answer.clone());
            change.set_list(&answers)
        })?;
        Ok(answer)
    }

    /// Removes an answer. It is named by all that it says: it has no id, and its place in the list moves.
    pub fn remove_answer(&mut self, answer: &AnswerInput) -> Result<(), Error> {
        self.transact(Op::RemoveAnswer, |change| {
            let mut answers: Vec<Answer> = change.list()?;
            let before = answers.len();
            answers.retain(|kept| AnswerInput::from(kept) != *answer);
            if answers.len() == before {
                return Err(vault::Error::NotFound { what: "answer", id: answer.answer.clone() });
            }
            change.set_list(&answers)
        })
    }

    fn typed_answer(&self, input: &AnswerInput) -> Result<Answer, Error> {
        let mut faults = unseen(input, None);
        let question = text(&input.question).or_else(|| fault("question", "name the question", &mut faults));
        let answer = text(&input.answer).or_else(|| fault("answer", "write what you were told", &mut faults));
        let answered_on = date("answered_on", &input.answered_on, &mut faults).unwrap_or_else(|| self.clock.today());
        match (question, answer) {
            (Some(question), Some(answer)) if faults.is_empty() => Ok(Answer {
                question,
                credential: text(&input.credential),
                credits: words(&input.credits),
                answer,
                answered_on,
                note: text(&input.note),
            }),
            _ => Err(Error::invalid("The answer was not saved.", faults)),
        }
    }
}

fn corrects(answer: &Answer, before: &Answer) -> bool {
    let asked = |answer: &Answer| {
        (answer.question.clone(), answer.credential.clone(), answer.credits.clone(), answer.answered_on)
    };
    asked(answer) == asked(before)
}
