//! Each command: one use case, and its answer as text or JSON.

pub(crate) mod answer;
pub(crate) mod backup;
pub(crate) mod credential;
pub(crate) mod credit;
mod delete;
pub(crate) mod document;
pub(crate) mod fact;
pub(crate) mod history;
pub(crate) mod packs;
pub(crate) mod pin;
pub(crate) mod renewal;
pub(crate) mod rule;
pub(crate) mod sheet;
pub(crate) mod submission;
pub(crate) mod transcript;

use std::path::{Path, PathBuf};

use app::wire::{HolderInput, Listed, PacketChoice, ProofOwner, Remark, TranscriptChoice};
use app::{Clock, Code, Error, ProofRole, Recert, places};
use domain::pack::PackFault;
use serde::Serialize;

use crate::arguments::{Arguments, Asked, Command};
use crate::meter::meter;
use crate::print::{Output, Text};
use crate::show;
use backup::BackupCommand;
use packs::PacksCommand;

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// As a use case says.
    Error(Error),
    /// A file of rules that cannot be judged by.
    Faults {
        /// The file.
        file: PathBuf,
        /// Every fault, at least one.
        faults: Vec<PackFault>,
    },
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

pub(crate) fn run(arguments: Arguments) -> Result<Output, Failure> {
    let clock = arguments.today.map_or_else(Clock::system, Clock::fixed);
    let json = arguments.json;
    if let Command::Evaluate { record, asked } = arguments.command {
        let recert = Recert::closed(Path::new(""), &places::computer(), clock)?;
        let all = recert.evaluate_file(&record, asked.credential.as_deref(), asked.on, asked.planned)?;
        return Ok(evaluations(&all, &asked, Text::default(), json)?);
    }
    if let Command::Packs(PacksCommand::Check { file }) = &arguments.command {
        return packs::check(file, json);
    }
    let (folder, computer) = (places::vault_folder(arguments.vault)?, places::computer());
    if let Command::Init { name } = arguments.command {
        return Ok(init(Recert::closed(&folder, &computer, clock)?, name, json)?);
    }
    // A damaged record has backups, too.
    let mut recert = match &arguments.command {
        Command::Backup(BackupCommand::List | BackupCommand::Restore { .. }) => {
            Recert::open_if_sound(&folder, &computer, clock)?
        }
        // Needs no record that can be read, and least of all another backup.
        Command::Delete { .. } => Recert::closed(&folder, &computer, clock)?,
        _ => Recert::open(&folder, &computer, clock)?,
    };
    let answered = command(&mut recert, arguments.command, json);
    // An error stays the only thing that is said.
    if answered.is_ok() {
        let question = recert.former_place()?.map(|folder| backup::question(&folder));
        recert.backup_fault().into_iter().chain(&question).for_each(|fault| crate::warn(fault, json));
    }
    answered
}

/// What needs a record that is open.
fn command(recert: &mut Recert, command: Command, json: bool) -> Result<Output, Failure> {
    let answered = match command {
        Command::Credential(command) => credential::credential(recert, command, json),
        Command::Credit(command) => credit::credit(recert, command, json),
        Command::Fact(command) => fact::fact(recert, command, json),
        Command::Answer(command) => answer::answer(recert, command, json),
        Command::Pin(command) => pin::pin(recert, command, json),
        Command::Rule(command) => rule::rule(recert, command, json),
        Command::Import { file, dry_run } => import(recert, &file, dry_run, json),
        Command::Export { file } => {
            let saved = recert.export_record(&file)?;
            answer(json, &saved, || format!("Wrote {}.", file.display()))
        }
        Command::Attach { id, files, role } => attach(recert, &recert.proof_owner(&id)?, &id, &files, role, json),
        Command::Document(command) => document::document(recert, command, json),
        Command::Submission(command) => submission::submission(recert, command, json),
        Command::Renewal(command) => renewal::renewal(recert, command, json),
        Command::Undo => history::undo(recert, json),
        Command::Redo => history::redo(recert, json),
        Command::History { id } => history::history(recert, id.as_deref(), json),
        Command::Trash(command) => history::trash(recert, &command, json),
        Command::Packs(command) => return packs::packs(recert, command, json),
        Command::Status(asked) => {
            let all = recert.status(asked.credential.as_deref(), asked.on, asked.planned)?;
            let waits = waiting(recert, &all)?;
            evaluations(&all, &asked, waits, json)
        }
        Command::Transcript { check: Some(file), .. } => transcript::check(recert, &file, json),
        Command::Transcript { output, pages, summary, with_originals: originals, reviewer, check: None } => {
            let credential = pages.credential.clone();
            let choice = TranscriptChoice { summary, originals, reviewer, ..transcript::choice(pages, Listed::All) };
            transcript::transcript(recert, &output.unwrap_or_default(), credential, &choice, json)
        }
        Command::Packet { output, pages, with_documents, merge_locked, under } => {
            let choice = PacketChoice {
                documents: with_documents,
                merge_locked,
                most_megabytes: under,
                ..PacketChoice::default()
            };
            transcript::packet(recert, &output, pages, choice, json)
        }
        Command::Preflight { credential } => {
            let id = the_credential(recert, credential)?;
            read_all_texts(recert)?;
            let checks = recert.preflight(&id)?;
            answer(json, &checks, || show::checks(&checks))
        }
        Command::Sheet(asked) => sheet::sheet(recert, asked, json),
        Command::Search { words } => {
            read_all_texts(recert)?;
            let found = recert.search(&words.join(" "))?;
            let empty = "No credit has all of these words.";
            answer(json, &found, || show::list(empty, &found, show::found))
        }
        Command::Verify => {
            let verification = recert.verify(&mut meter("Checking", json))?;
            if verification.damage.is_empty() {
                answer(json, &verification, || show::verification(&verification))
            } else {
                Err(Error::new(Code::VaultDamaged, show::damage(&verification)))
            }
        }
        Command::Backup(command) => backup::backup(recert, command, json),
        Command::Delete { yes, outside } => delete::delete(recert, yes, outside, json),
        Command::Init { .. } | Command::Evaluate { .. } => {
            Err(Error::new(Code::Internal, "This command is answered before a record is opened."))
        }
    };
    Ok(answered?)
}

/// Needs no readable record: it is how to go on after a damaged one, which is set aside.
fn init(mut recert: Recert, name: String, json: bool) -> Result<Output, Error> {
    let holder = HolderInput { name, ..HolderInput::default() };
    let set_aside = recert.init(&holder)?;
    answer(json, &recert.home()?, || {
        let started = format!("Started the record of {} in {}.", holder.name, recert.folder().display());
        let kept = set_aside.map(|path| format!("What stood there was no record; it is kept as {}.", path.display()));
        std::iter::once(started).chain(kept).map(Text::from).collect::<Text>()
    })
}

/// JSON, or the text for people.
fn answer<T: Serialize, P: Into<Text>>(json: bool, value: &T, text: impl FnOnce() -> P) -> Result<Output, Error> {
    if !json {
        return Ok(Output::Text(text().into()));
    }
    let written = serde_json::to_string_pretty(value);
    written.map(|json| Output::Json(json + "\n")).map_err(|error| Error::new(Code::Internal, error.to_string()))
}

/// One credential asked, or the only one there is: an object. Otherwise an array. People read first what `waits`.
fn evaluations(all: &[domain::Evaluation], asked: &Asked, waits: Text, json: bool) -> Result<Output, Error> {
    let text = || {
        let apart = std::iter::once(Text::default()).chain(std::iter::repeat(Text::from("")));
        let told = apart.zip(all).flat_map(|(apart, one)| [apart, show::evaluation(one)]);
        std::iter::once(waits).chain(told).collect::<Text>()
    };
    match all {
        [only] => answer(json, only, text),
        several => {
            debug_assert!(asked.credential.is_none(), "one credential gives one evaluation");
            answer(json, &several, text)
        }
    }
}

/// What was sent in and waits for an answer.
fn waiting(recert: &Recert, all: &[domain::Evaluation]) -> Result<Text, Error> {
    let asked = |id: &str| all.iter().any(|evaluation| evaluation.credential == id);
    let waits = recert.home()?.credentials.into_iter().filter(|view| asked(&view.credential.id));
    Ok(waits.filter_map(|view| view.waiting).map(|waits| show::waiting(&waits)).collect())
}

/// Attaches files to whoever is called so.
fn attach(
    recert: &mut Recert,
    owner: &ProofOwner,
    called: &str,
    files: &[PathBuf],
    role: ProofRole,
    json: bool,
) -> Result<Output, Error> {
    let report = recert.attach(owner, files, &[role], &mut meter("Attaching", json))?;
    if !report.refused.is_empty() {
        let reasons: Vec<&str> = report.refused.iter().map(|refusal| refusal.reason.as_str()).collect();
        let kept = show::count(report.attached.len(), "file");
        return Err(Error::new(Code::FileRefused, format!("{} ({kept} attached.)", reasons.join(" "))));
    }
    answer(json, &report, || {
        let remark = |remark: &Remark| format!("{}: {}", remark.name, remark.message);
        let attached = format!("Attached {} to {called}.", report.attached.join(", "));
        std::iter::once(attached).chain(report.remarks.iter().map(remark)).map(Text::from).collect::<Text>()
    })
}

/// Of files that an earlier version attached; a moment, once.
fn read_all_texts(recert: &mut Recert) -> Result<(), Error> {
    while recert.read_texts()? > 0 {}
    Ok(())
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

fn import(recert: &mut Recert, file: &Path, dry_run: bool, json: bool) -> Result<Output, Error> {
    let would = if dry_run { "Would import" } else { "Imported" };
    if is_record(file) {
        let number = recert.import_record(file, !dry_run)?;
        let text = || format!("{would} {} of the record.", show::count(number, "new credit"));
        return answer(json, &serde_json::json!({ "credits": number }), text);
    }
    let preview = if dry_run {
        recert.rehearse_spreadsheet(file)?
    } else {
        recert.import_spreadsheet(file, &mut meter("Importing", json))?
    };
    answer(json, &preview, || show::import(&preview, would))
}

/// A record is JSON, and JSON of a record starts with a brace; a spreadsheet does not.
fn is_record(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}
