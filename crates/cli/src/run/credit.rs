//! `recert credit`.

use std::collections::BTreeMap;

use app::wire::CreditInput;
use app::{Code, Error, Recert};

use super::answer;
use crate::arguments::{CreditCommand, CreditFields};
use crate::show;

pub(super) fn credit(recert: &mut Recert, command: CreditCommand, json: bool) -> Result<String, Error> {
    match command {
        CreditCommand::Add(fields) => {
            let mut input = CreditInput::default();
            Given::new(*fields)?.put(&mut input);
            let credit = recert.save_credit(&input)?;
            answer(json, &credit, || format!("Added {}.\n", show::credit_line(&credit)))
        }
        CreditCommand::Edit { id, fields } => {
            let given = Given::new(*fields)?;
            let credit = recert.edit_credit(&id, |input| given.put(input))?;
            answer(json, &credit, || format!("Changed {}.\n", show::credit_line(&credit)))
        }
        CreditCommand::Show { id } => {
            let credit = recert.credit(&id)?;
            answer(json, &credit, || show::credit(&credit))
        }
        CreditCommand::List => {
            let credits = recert.credits()?;
            answer(json, &credits, || show::credits(&credits))
        }
        CreditCommand::Remove { id } => {
            recert.remove_credit(&id)?;
            let text = || format!("Put {id} in the trash. “recert credit restore {id}” brings it back.\n");
            answer(json, &serde_json::json!({ "removed": id }), text)
        }
        CreditCommand::Restore { id } => {
            let credit = recert.restore_credit(&id)?;
            answer(json, &credit, || format!("Restored {}.\n", show::credit_line(&credit)))
        }
    }
}

/// Each category once.
fn parts(option: &str, given: &[(String, String)]) -> Result<BTreeMap<String, String>, Error> {
    let mut parts = BTreeMap::new();
    for (category, amount) in given {
        if parts.insert(category.clone(), amount.clone()).is_some() {
            let message = format!("{option} names “{category}” twice; give each category once.");
            return Err(Error::new(Code::Invalid, message));
        }
    }
    Ok(parts)
}

/// What is given replaces what there was.
struct Given {
    fields: CreditFields,
    split: BTreeMap<String, String>,
    splits: BTreeMap<String, BTreeMap<String, String>>,
}

impl Given {
    fn new(fields: CreditFields) -> Result<Self, Error> {
        let split = parts("--split", &fields.split)?;
        let splits = fields.split_for.iter().map(|(pack, given)| Ok((pack.clone(), parts("--split-for", given)?)));
        Ok(Self { split, splits: splits.collect::<Result<_, Error>>()?, fields })
    }

    fn put(self, input: &mut CreditInput) {
        let fields = self.fields;
        let texts = [
            (&mut input.title, fields.title),
            (&mut input.provider, fields.provider),
            (&mut input.provider_number, fields.number),
            (&mut input.started_on, fields.started),
            (&mut input.completed_on, fields.completed),
            (&mut input.expires_on, fields.expires),
            (&mut input.amount, fields.amount),
            (&mut input.approver, fields.approver),
            (&mut input.minutes, fields.minutes),
            (&mut input.format, fields.format),
            (&mut input.description, fields.description),
            (&mut input.relevance, fields.relevance),
            (&mut input.name_on_certificate, fields.name_on_certificate),
        ];
        for (before, given) in texts {
            if let Some(given) = given {
                *before = given;
            }
        }
        input.kind = fields.kind.unwrap_or(input.kind);
        input.status = fields.status.unwrap_or(input.status);
        input.unit = fields.unit.or(input.unit);
        input.issuer_transcript = fields.issuer_transcript.or(input.issuer_transcript);
        input.formal_credit = fields.formal_credit.or(input.formal_credit);
        if !self.split.is_empty() {
            input.split = self.split;
        }
        input.splits.extend(self.splits);
        put_list(&mut input.awards, fields.award);
        put_list(&mut input.sessions, fields.session);
        put_list(&mut input.tags, fields.tag);
    }
}

fn put_list<T>(before: &mut Vec<T>, given: Vec<T>) {
    if !given.is_empty() {
        *before = given;
    }
}
