//! Each command: one use case, and its answer as text or JSON.

use std::collections::BTreeMap;
use std::path::Path;

use app::wire::{CredentialInput, CreditInput, HolderInput};
use app::{Clock, Code, Error, Recert, places};
use domain::record::Credential;
use serde::Serialize;

use crate::arguments::{Arguments, Asked, Command, CredentialCommand, CredentialDates, CreditCommand, CreditFields};
use crate::show;

pub(crate) fn run(arguments: Arguments) -> Result<String, Error> {
    let clock = arguments.today.map_or_else(Clock::system, Clock::fixed);
    let json = arguments.json;
    if let Command::Evaluate { record, asked } = arguments.command {
        let recert = Recert::closed(Path::new(""), clock)?;
        return evaluations(&recert.evaluate_file(&record, asked.credential.as_deref(), asked.on)?, &asked, json);
    }
    let folder = places::vault_folder(arguments.vault)?;
    if let Command::Init { name } = arguments.command {
        return init(Recert::closed(&folder, clock)?, name, json);
    }
    let mut recert = Recert::open(&folder, clock)?;
    match arguments.command {
        Command::Credential(command) => credential(&mut recert, command, json),
        Command::Credit(command) => credit(&mut recert, command, json),
        Command::Import { file, dry_run } => import(&mut recert, &file, dry_run, json),
        Command::Export { file } => {
            let saved = recert.export_record(&file)?;
            answer(json, &saved, || format!("Wrote {}.\n", file.display()))
        }
        Command::Attach { credit, files, role } => {
            let report = recert.attach(&credit, &files, role)?;
            if !report.refused.is_empty() {
                let reasons: Vec<&str> = report.refused.iter().map(|refusal| refusal.reason.as_str()).collect();
                let kept = show::count(report.attached.len(), "file");
                return Err(Error::new(Code::FileRefused, format!("{} ({kept} attached.)", reasons.join(" "))));
            }
            answer(json, &report, || format!("Attached {} to {credit}.\n", report.attached.join(", ")))
        }
        Command::Status(asked) => evaluations(&recert.status(asked.credential.as_deref(), asked.on)?, &asked, json),
        Command::Transcript { output, paper, credential } => {
            let id = the_credential(&recert, credential)?;
            let saved = recert.save_transcript(&id, paper, &output)?;
            answer(json, &saved, || format!("Wrote {}.\n", output.display()))
        }
        Command::Verify => {
            let verification = recert.verify()?;
            if verification.damage.is_empty() {
                answer(json, &verification, || show::verification(&verification))
            } else {
                Err(Error::new(Code::VaultDamaged, show::verification(&verification).trim_end()))
            }
        }
        Command::Init { .. } | Command::Evaluate { .. } => {
            Err(Error::new(Code::Internal, "This command is answered before a record is opened."))
        }
    }
}

/// Needs no readable record: it is how to go on after a damaged one, which is set aside.
fn init(mut recert: Recert, name: String, json: bool) -> Result<String, Error> {
    let holder = HolderInput { name, former_names: Vec::new(), issuer_ids: BTreeMap::new() };
    let set_aside = recert.init(&holder)?;
    answer(json, &recert.home()?, || {
        let started = format!("Started the record of {} in {}.\n", holder.name, recert.folder().display());
        let kept = set_aside.map(|path| format!("What stood there was no record; it is kept as {}.\n", path.display()));
        started + &kept.unwrap_or_default()
    })
}

/// JSON, or the text for people.
fn answer<T: Serialize>(json: bool, value: &T, text: impl FnOnce() -> String) -> Result<String, Error> {
    if !json {
        return Ok(text());
    }
    let written = serde_json::to_string_pretty(value);
    written.map(|json| json + "\n").map_err(|error| Error::new(Code::Internal, error.to_string()))
}

/// One credential asked, or the only one there is: an object. Otherwise an array.
fn evaluations(all: &[domain::Evaluation], asked: &Asked, json: bool) -> Result<String, Error> {
    match all {
        [only] => answer(json, only, || show::evaluation(only)),
        several => {
            debug_assert!(asked.credential.is_none(), "one credential gives one evaluation");
            answer(json, &several, || several.iter().map(show::evaluation).collect::<Vec<_>>().join("\n"))
        }
    }
}

fn the_credential(recert: &Recert, asked: Option<String>) -> Result<String, Error> {
    let credentials = recert.credentials()?;
    match (asked, credentials.as_slice()) {
        (Some(id), _) => Ok(id),
        (None, [only]) => Ok(only.id.clone()),
        (None, []) => Err(Error::new(Code::NotFound, "This record has no credential yet.")),
        (None, several) => {
            let ids: Vec<&str> = several.iter().map(|credential| credential.id.as_str()).collect();
            Err(Error::new(Code::NotFound, format!("Say which credential with --credential: {}.", ids.join(", "))))
        }
    }
}

fn import(recert: &mut Recert, file: &Path, dry_run: bool, json: bool) -> Result<String, Error> {
    let would = if dry_run { "Would import" } else { "Imported" };
    if is_record(file) {
        let number = recert.import_record(file, !dry_run)?;
        let text = || format!("{would} {} of the record.\n", show::count(number, "new credit"));
        return answer(json, &serde_json::json!({ "credits": number }), text);
    }
    let preview = if dry_run { recert.rehearse_spreadsheet(file)? } else { recert.import_spreadsheet(file)? };
    answer(json, &preview, || show::import(&preview, would))
}

/// A record is JSON, and JSON of a record starts with a brace; a spreadsheet does not.
fn is_record(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn credential(recert: &mut Recert, command: CredentialCommand, json: bool) -> Result<String, Error> {
    match command {
        CredentialCommand::Add { pack, dates } => {
            let credential = recert.save_credential(None, &credential_input(pack, dates, None))?;
            answer(json, &credential, || format!("Added {} ({}).\n", credential.id, credential.pack))
        }
        CredentialCommand::Edit { id, dates } => {
            let before = recert.credentials()?.into_iter().find(|credential| credential.id == id);
            let pack = before.as_ref().map(|before| before.pack.clone()).unwrap_or_default();
            let credential = recert.save_credential(Some(&id), &credential_input(pack, dates, before))?;
            answer(json, &credential, || format!("Changed {id}.\n"))
        }
        CredentialCommand::List => {
            let credentials = recert.credentials()?;
            answer(json, &credentials, || show::credentials(&credentials))
        }
        CredentialCommand::Remove { id } => {
            recert.remove_credential(&id)?;
            answer(json, &serde_json::json!({ "removed": id }), || format!("Removed {id}; its credits stay.\n"))
        }
    }
}

fn credential_input(pack: String, dates: CredentialDates, before: Option<Credential>) -> CredentialInput {
    let (certified, recertified, expires, reason) = match before {
        Some(before) => (before.certified_on, before.recertified_on, before.expires_on, before.expires_reason),
        None => (None, None, None, None),
    };
    let date = |given: Option<String>, before: Option<chrono::NaiveDate>| {
        given.or_else(|| before.map(|date| date.to_string())).unwrap_or_default()
    };
    CredentialInput {
        pack,
        certified_on: date(dates.certified, certified),
        recertified_on: date(dates.recertified, recertified),
        expires_on: date(dates.expires, expires),
        expires_reason: dates.reason.or(reason).unwrap_or_default(),
    }
}

fn credit(recert: &mut Recert, command: CreditCommand, json: bool) -> Result<String, Error> {
    match command {
        CreditCommand::Add(fields) => {
            let mut input = CreditInput::default();
            let split = split(&fields)?;
            given(*fields, split, &mut input);
            let credit = recert.save_credit(&input)?;
            answer(json, &credit, || format!("Added {}.\n", show::credit_line(&credit)))
        }
        CreditCommand::Edit { id, fields } => {
            let split = split(&fields)?;
            let credit = recert.edit_credit(&id, |input| given(*fields, split, input))?;
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

/// The categories given, each once.
fn split(fields: &CreditFields) -> Result<BTreeMap<String, String>, Error> {
    let mut split = BTreeMap::new();
    for (category, amount) in &fields.split {
        if split.insert(category.clone(), amount.clone()).is_some() {
            return Err(Error::new(
                Code::Invalid,
                format!("--split names “{category}” twice; give each category once."),
            ));
        }
    }
    Ok(split)
}

/// What is given replaces what there was.
fn given(fields: CreditFields, split: BTreeMap<String, String>, input: &mut CreditInput) {
    let texts = [
        (&mut input.title, fields.title),
        (&mut input.provider, fields.provider),
        (&mut input.provider_number, fields.number),
        (&mut input.started_on, fields.started),
        (&mut input.completed_on, fields.completed),
        (&mut input.expires_on, fields.expires),
        (&mut input.amount, fields.amount),
        (&mut input.approver, fields.approver),
        (&mut input.description, fields.description),
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
    if !split.is_empty() {
        input.split = split;
    }
}
