//! `recert credit`.

use std::collections::BTreeMap;

use app::wire::{AwardInput, CreditInput, SessionInput};
use app::{Code, Error, Recert};
use clap::{Args, Subcommand};
use domain::credit::{IssuerTranscript, Kind, Status, Unit};

use super::answer;
use crate::arguments::named;
use crate::print::Output;
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum CreditCommand {
    /// Add a credit
    Add(Box<CreditFields>),
    /// Change a credit; what is not given stays
    Edit {
        id: String,
        #[command(flatten)]
        fields: Box<CreditFields>,
    },
    /// Show one
    Show { id: String },
    /// List them
    List,
    /// Put one in the trash
    Remove { id: String },
    /// Take one out of the trash
    Restore { id: String },
}

#[derive(Debug, Args)]
pub(crate) struct CreditFields {
    /// As printed on the certificate
    #[arg(long)]
    title: Option<String>,
    /// Who gave it
    #[arg(long)]
    provider: Option<String>,
    /// The provider's or programme's approval number
    #[arg(long)]
    number: Option<String>,
    /// course, online, workshop, seminar, conference, college, cpr_card, authoring, teaching, opening_balance, …
    #[arg(long, value_parser = named::<Kind>)]
    kind: Option<Kind>,
    /// The first day, where there are several
    #[arg(long, value_name = "DATE")]
    started: Option<String>,
    /// The day it was completed
    #[arg(long, value_name = "DATE")]
    completed: Option<String>,
    /// The last day a card is valid
    #[arg(long, value_name = "DATE")]
    expires: Option<String>,
    /// The amount as printed
    #[arg(long, allow_hyphen_values = true)]
    amount: Option<String>,
    /// What the amount counts: contact_hour, aama_ceu, iacet_ceu, ceu, cme_credit, semester_credit, cpr_card, point, …
    #[arg(long, value_parser = named::<Unit>)]
    unit: Option<Unit>,
    /// Who approved it: aama, another body, or unsure
    #[arg(long)]
    approver: Option<String>,
    /// A further amount on the same certificate: 0.6:iacet_ceu, 6:contact_hour:aama
    #[arg(long, value_name = "AMOUNT:UNIT[:APPROVER]", value_parser = award)]
    award: Vec<AwardInput>,
    /// Categories with their parts: clinical=3,general=2, or clinical=60%,general=40%, or clinical=90 min,…
    #[arg(long, value_delimiter = ',', value_name = "CATEGORY=PART", value_parser = part)]
    split: Vec<(String, String)>,
    /// The same for one credential's own categories: rma-amt:clinical=3,other=2
    #[arg(long, value_name = "PACK:CATEGORY=PART", value_parser = split_for)]
    split_for: Vec<(String, Vec<(String, String)>)>,
    /// A part of the certificate: Billing basics=1.5:administrative
    #[arg(long, value_name = "TITLE=AMOUNT[:CATEGORY]", value_parser = session)]
    session: Vec<SessionInput>,
    /// How long it was
    #[arg(long)]
    minutes: Option<String>,
    /// Live, self-study, …: as the certificate says
    #[arg(long)]
    format: Option<String>,
    /// A topic that the rules name: law
    #[arg(long)]
    tag: Vec<String>,
    /// Whether the issuer's own transcript shows it: posted, expected, missing
    #[arg(long, value_parser = named::<IssuerTranscript>)]
    issuer_transcript: Option<IssuerTranscript>,
    /// Whether formal credit was issued
    #[arg(long)]
    formal_credit: Option<bool>,
    /// draft, planned or completed
    #[arg(long, value_parser = named::<Status>)]
    status: Option<Status>,
    /// What it was about
    #[arg(long)]
    description: Option<String>,
    /// Why it matters to your credential
    #[arg(long)]
    relevance: Option<String>,
    /// The name on the certificate, where it is not yours as it is now
    #[arg(long, value_name = "NAME")]
    name_on_certificate: Option<String>,
}

pub(super) fn credit(recert: &mut Recert, command: CreditCommand, json: bool) -> Result<Output, Error> {
    match command {
        CreditCommand::Add(fields) => {
            let mut input = CreditInput::default();
            Given::new(*fields)?.put(&mut input);
            let credit = recert.save_credit(&input)?;
            answer(json, &credit, || format!("Added {}.", show::credit_line(&credit)))
        }
        CreditCommand::Edit { id, fields } => {
            let given = Given::new(*fields)?;
            let credit = recert.edit_credit(&id, |input| given.put(input))?;
            answer(json, &credit, || format!("Changed {}.", show::credit_line(&credit)))
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
            let text = || format!("Put {id} in the trash. “recert credit restore {id}” brings it back.");
            answer(json, &serde_json::json!({ "removed": id }), text)
        }
        CreditCommand::Restore { id } => {
            let credit = recert.restore_credit(&id)?;
            answer(json, &credit, || format!("Restored {}.", show::credit_line(&credit)))
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

fn part(text: &str) -> Result<(String, String), String> {
    let (category, amount) = text.split_once('=').ok_or("write category=amount, such as clinical=3")?;
    Ok((category.trim().to_owned(), amount.trim().to_owned()))
}

fn split_for(text: &str) -> Result<(String, Vec<(String, String)>), String> {
    let (pack, parts) = text.split_once(':').ok_or("write pack:category=amount, such as rma-amt:clinical=3")?;
    Ok((pack.trim().to_owned(), parts.split(',').map(part).collect::<Result<_, _>>()?))
}

fn award(text: &str) -> Result<AwardInput, String> {
    let (amount, rest) = text.split_once(':').ok_or("write amount:unit, such as 0.6:iacet_ceu")?;
    let (unit, approver) = rest.split_once(':').unwrap_or((rest, ""));
    let unit = Some(named::<Unit>(unit.trim())?);
    Ok(AwardInput { amount: amount.to_owned(), unit, approver: approver.to_owned(), number: String::new() })
}

fn session(text: &str) -> Result<SessionInput, String> {
    let (title, rest) = text.rsplit_once('=').ok_or("write title=amount, such as Billing basics=1.5")?;
    let (amount, category) = rest.split_once(':').unwrap_or((rest, ""));
    let (title, amount, category) = (title.to_owned(), amount.to_owned(), category.to_owned());
    Ok(SessionInput { title, amount, category, on: String::new() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_cut_at_its_last_equals_sign_so_that_titles_may_have_others() {
        let read = |text: &str| session(text).map(|read| (read.title, read.amount, read.category));
        let told = |parts: [&str; 3]| Ok(parts.map(str::to_owned).into());
        assert_eq!(read("Billing: a=b=1.5:general"), told(["Billing: a=b", "1.5", "general"]));
        assert_eq!(read("Billing=1.5"), told(["Billing", "1.5", ""]));
        assert!(read("Billing").is_err());
    }

    #[test]
    fn an_award_names_its_unit_and_perhaps_its_approver() {
        let read = |text: &str| award(text).map(|read| (read.amount, read.unit, read.approver));
        assert_eq!(read("0.6:iacet_ceu"), Ok(("0.6".to_owned(), Some(Unit::IacetCeu), String::new())));
        assert_eq!(read("6:contact_hour:aama"), Ok(("6".to_owned(), Some(Unit::ContactHour), "aama".to_owned())));
        assert!(read("6").is_err() && read("6:hours").is_err());
    }

    #[test]
    fn a_split_of_its_own_names_the_pack_and_each_part() {
        let (pack, parts) = split_for("rma-amt:clinical=60%, other=40%").unwrap();
        let parts: Vec<(&str, &str)> =
            parts.iter().map(|(category, part)| (category.as_str(), part.as_str())).collect();
        assert_eq!((pack.as_str(), parts.as_slice()), ("rma-amt", &[("clinical", "60%"), ("other", "40%")][..]));
        for text in ["rma-amt", "rma-amt:", "rma-amt:clinical", "clinical=3"] {
            assert!(split_for(text).is_err(), "{text}");
        }
    }
}
