//! The words the command understands.

use std::path::PathBuf;
use std::str::FromStr;

use app::wire::Paper;
use chrono::{Datelike, NaiveDate};
use clap::{Args, Parser, Subcommand};
use domain::credit::{IssuerTranscript, Kind, ProofRole, Status, Unit};
use domain::date::YEARS;
use serde::de::DeserializeOwned;

/// Keeps a record of continuing education and says what counts towards recertification.
#[derive(Debug, Parser)]
#[command(name = "recert", version)]
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
    /// Bring in a spreadsheet (CSV) or a record (JSON)
    Import {
        file: PathBuf,
        /// Only say what would happen
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the whole record as JSON
    Export { file: PathBuf },
    /// Attach certificates to a credit
    Attach {
        credit: String,
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// What the files show: certificate, course_description, card_front, card_back, agenda, receipt, …
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
    /// Write the transcript as a PDF
    Transcript {
        #[arg(short, long, value_name = "FILE.pdf")]
        output: PathBuf,
        /// letter or a4
        #[arg(long, default_value = "letter", value_parser = named::<Paper>)]
        paper: Paper,
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
    /// Re-read everything and say whether it is undamaged
    Verify,
}

#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Only this credential
    #[arg(long)]
    pub credential: Option<String>,
    /// As if applying on this day [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<NaiveDate>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CredentialCommand {
    /// Add a certification
    Add {
        /// Its rules: cma-aama
        pack: String,
        #[command(flatten)]
        dates: CredentialDates,
    },
    /// Change a certification's dates; what is not given stays
    Edit {
        id: String,
        #[command(flatten)]
        dates: CredentialDates,
    },
    /// List them
    List,
    /// Take one off; its credits stay
    Remove { id: String },
}

#[derive(Debug, Args)]
pub(crate) struct CredentialDates {
    /// The day of certification
    #[arg(long, value_name = "DATE")]
    pub certified: Option<String>,
    /// The day of the latest recertification
    #[arg(long, value_name = "DATE")]
    pub recertified: Option<String>,
    /// The expiry printed on the card
    #[arg(long, value_name = "DATE")]
    pub expires: Option<String>,
    /// Why the printed expiry differs from the rule
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

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
    pub title: Option<String>,
    /// Who gave it
    #[arg(long)]
    pub provider: Option<String>,
    /// The provider's or programme's approval number
    #[arg(long)]
    pub number: Option<String>,
    /// course, online, workshop, seminar, conference, college, cpr_card, authoring, teaching, opening_balance, …
    #[arg(long, value_parser = named::<Kind>)]
    pub kind: Option<Kind>,
    /// The first day, where there are several
    #[arg(long, value_name = "DATE")]
    pub started: Option<String>,
    /// The day it was completed
    #[arg(long, value_name = "DATE")]
    pub completed: Option<String>,
    /// The last day a card is valid
    #[arg(long, value_name = "DATE")]
    pub expires: Option<String>,
    /// The amount as printed
    #[arg(long, allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// What the amount counts: contact_hour, aama_ceu, iacet_ceu, ceu, cme_credit, semester_credit, cpr_card, point, …
    #[arg(long, value_parser = named::<Unit>)]
    pub unit: Option<Unit>,
    /// Who approved it: aama, another body, or unsure
    #[arg(long)]
    pub approver: Option<String>,
    /// Categories with their amounts: clinical=3,general=2
    #[arg(long, value_delimiter = ',', value_name = "CATEGORY=AMOUNT", value_parser = part)]
    pub split: Vec<(String, String)>,
    /// Whether the issuer's own transcript shows it: posted, expected, missing
    #[arg(long, value_parser = named::<IssuerTranscript>)]
    pub issuer_transcript: Option<IssuerTranscript>,
    /// Whether formal credit was issued
    #[arg(long)]
    pub formal_credit: Option<bool>,
    /// draft, planned or completed
    #[arg(long, value_parser = named::<Status>)]
    pub status: Option<Status>,
    /// What it was about
    #[arg(long)]
    pub description: Option<String>,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    let plain = text.len() == 10 && text.starts_with(|first: char| first.is_ascii_digit());
    let date = NaiveDate::from_str(text).ok().filter(|date| plain && YEARS.contains(&date.year()));
    date.ok_or_else(|| "write year-month-day, such as 2024-03-04".to_owned())
}

/// The names that the record's JSON uses are the names here.
fn named<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::from(text))
        .map_err(|error| error.to_string().replace('`', "").replace("unknown variant", "there is no"))
}

fn part(text: &str) -> Result<(String, String), String> {
    let (category, amount) = text.split_once('=').ok_or("write category=amount, such as clinical=3")?;
    Ok((category.trim().to_owned(), amount.trim().to_owned()))
}
