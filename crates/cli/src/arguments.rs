//! The words that the command understands; those of each command stand beside what it does, in `run`.

use std::path::PathBuf;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use clap::{Args, Parser, Subcommand};
use domain::credit::ProofRole;
use domain::date::YEARS;
use serde::de::DeserializeOwned;

use crate::run::answer::AnswerCommand;
use crate::run::backup::BackupCommand;
use crate::run::credential::CredentialCommand;
use crate::run::credit::CreditCommand;
use crate::run::document::DocumentCommand;
use crate::run::fact::FactCommand;
use crate::run::history::TrashCommand;
use crate::run::packs::PacksCommand;
use crate::run::pin::PinCommand;
use crate::run::renewal::RenewalCommand;
use crate::run::rule::RuleCommand;
use crate::run::sheet::SheetArguments;
use crate::run::submission::SubmissionCommand;
use crate::run::transcript::PageOptions;

/// Keeps a record of continuing education and says what counts towards recertification.
#[derive(Debug, Parser)]
#[command(name = "recert", bin_name = "recert", version)]
pub(crate) struct Arguments {
    /// The folder of the record [default: this computer's folder for application data]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    pub vault: Option<PathBuf>,
    /// Answer in JSON, errors too
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub json: bool,
    /// Assume that today is this day
    #[arg(long, global = true, value_name = "DATE", value_parser = day, help_heading = "Everywhere")]
    pub today: Option<NaiveDate>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a record
    Init {
        /// Your name as on your credential
        #[arg(long)]
        name: String,
    },
    /// The certifications you have
    #[command(subcommand)]
    Credential(CredentialCommand),
    /// The activities you did or plan
    #[command(subcommand)]
    Credit(CreditCommand),
    /// What is true and earns no points: cards, hours worked, fees
    #[command(subcommand)]
    Fact(FactCommand),
    /// Documents of yours that belong to no credit: your certification, a change of name, letters
    #[command(subcommand)]
    Document(DocumentCommand),
    /// Your answers to open questions
    #[command(subcommand)]
    Answer(AnswerCommand),
    /// How a credit is to be counted
    #[command(subcommand)]
    Pin(PinCommand),
    /// Values of the rules that you know better
    #[command(subcommand)]
    Rule(RuleCommand),
    /// The rules at hand, and rules of your own
    #[command(subcommand)]
    Packs(PacksCommand),
    /// Bring in a spreadsheet (CSV) or a record (JSON)
    Import {
        file: PathBuf,
        /// Only say what would happen
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the whole record as JSON
    Export { file: PathBuf },
    /// Attach files to a credit, or to a card or other fact
    Attach {
        /// The id of the credit or the fact: c12, f3
        id: String,
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// What the files show: certificate, course_description, card_front, card_back, card_both_sides, agenda, receipt, …
        #[arg(long, default_value = "certificate", value_parser = named::<ProofRole>)]
        role: ProofRole,
    },
    /// Say what counts and what is missing
    Status(Asked),
    /// The same for a record in a file, without touching your own
    Evaluate {
        record: PathBuf,
        #[command(flatten)]
        asked: Asked,
    },
    /// Write the transcript as a PDF, or say whether a PDF is one of yours and unchanged
    Transcript {
        #[arg(short, long, value_name = "FILE.pdf", required_unless_present = "check")]
        output: Option<PathBuf>,
        #[command(flatten)]
        pages: PageOptions,
        /// One page, without the credits
        #[arg(long)]
        summary: bool,
        /// Attach the files of what is listed, each as it was added; it is said which may tell where a photo was taken
        #[arg(long, conflicts_with = "summary")]
        with_originals: bool,
        /// With a line for somebody who reviewed it, such as a supervisor
        #[arg(long, conflicts_with = "summary")]
        reviewer: bool,
        /// Write nothing; say whether this file is one that Recert wrote for you, and unchanged
        #[arg(long, value_name = "FILE.pdf", conflicts_with = "output")]
        check: Option<PathBuf>,
    },
    /// Write the transcript together with its certificates: one PDF, or a folder of files to upload
    Packet {
        /// A name that ends in .pdf, or a new folder
        #[arg(short, long, value_name = "FILE.pdf|FOLDER")]
        output: PathBuf,
        #[command(flatten)]
        pages: PageOptions,
        /// Put in also your documents that belong to no credit, such as the certificate of your credential
        #[arg(long)]
        with_documents: bool,
        /// Put in also the pages of files whose makers locked them against that, for your own application
        #[arg(long)]
        merge_locked: bool,
        /// At most so many megabytes, for one PDF; pictures are made smaller for it
        #[arg(long, value_name = "MEGABYTES", value_parser = clap::value_parser!(u32).range(1..))]
        under: Option<u32>,
    },
    /// What gets applications refused or questioned; it only tells
    Preflight {
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
    /// Write another sheet for paper as a PDF
    Sheet(SheetArguments),
    /// What you sent in for a renewal, kept as it was, and what came of it
    #[command(subcommand)]
    Submission(SubmissionCommand),
    /// The periods of a certification, and renewals that were granted
    #[command(subcommand)]
    Renewal(RenewalCommand),
    /// Take back what was done last, here or in the window
    Undo,
    /// Do again what was taken back last
    Redo,
    /// What was done, the latest first; or what became of one credit, certification or fact
    History {
        /// Its id, such as c12
        id: Option<String>,
    },
    /// The credits that were removed
    #[command(subcommand)]
    Trash(TrashCommand),
    /// Find credits by words in them or in their certificates
    Search {
        /// Each must be there, or a word that begins like it
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Re-read everything and say whether it is undamaged
    Verify,
    /// Copies of the whole record; one is made every day by itself
    #[command(subcommand)]
    Backup(BackupCommand),
    /// Delete everything: record, certificates and backups, and whatever else Recert made in their folder
    Delete {
        /// Really; without it, only say what would be deleted
        #[arg(long)]
        yes: bool,
        /// The copies outside this computer, too
        #[arg(long)]
        outside: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Only this credential
    #[arg(long)]
    pub credential: Option<String>,
    /// As if applying on this day [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// As if everything planned were done
    #[arg(long)]
    pub planned: bool,
}

pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    let plain = text.len() == 10 && text.starts_with(|first: char| first.is_ascii_digit());
    let date = NaiveDate::from_str(text).ok().filter(|date| plain && YEARS.contains(&date.year()));
    date.ok_or_else(|| "write year-month-day, such as 2024-03-04".to_owned())
}

/// The names that the record's JSON uses are the names here.
pub(crate) fn named<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::from(text))
        .map_err(|error| error.to_string().replace('`', "").replace("unknown variant", "there is no"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_command_do_not_contradict_each_other() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }
}
