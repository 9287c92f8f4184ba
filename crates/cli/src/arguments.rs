//! The words the command understands.

use std::path::PathBuf;
use std::str::FromStr;

use app::wire::{AwardInput, Hidden, Listed, Paper, SessionInput, SheetKind};
use chrono::{Datelike, NaiveDate};
use clap::{Args, Parser, Subcommand};
use domain::FactKind;
use domain::credit::{IssuerTranscript, Kind, ProofRole, Status, Unit};
use domain::date::YEARS;
use domain::record::PeriodState;
use domain::submission::{Decision, SubmissionState};
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
        /// Attach the files of what is listed, each as it was added
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
pub(crate) struct SheetArguments {
    /// worksheet (to copy into an application), employer, calendar, index (of certificates) or letter (for mail)
    #[arg(value_parser = named::<SheetKind>)]
    pub kind: SheetKind,
    #[arg(short, long, value_name = "FILE.pdf")]
    pub output: PathBuf,
    #[command(flatten)]
    pub pages: PageOptions,
    /// Show your member number to an employer; the other sheets have it
    #[arg(long)]
    pub member_number: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BackupCommand {
    /// Make one now; with FILE, also as one file to keep elsewhere or to bring to another computer
    Create {
        /// A new file for the whole record with its certificates
        file: Option<PathBuf>,
        /// Lock the file with the passphrase in the first line of this one, in the format of the age tool
        #[arg(long, value_name = "FILE", requires = "file")]
        passphrase_file: Option<PathBuf>,
    },
    /// List them, the newest first
    List,
    /// Put one in the place of the record, which is backed up first
    Restore {
        /// Its name, as in the list, or a file
        which: String,
        /// The passphrase, in the first line of this file
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
        /// Only say what would change
        #[arg(long)]
        preview: bool,
    },
    /// Say where copies outside this computer go by themselves, or set it: a stick, another disk, a synced folder
    Place {
        /// A folder that is there; Recert makes its own in it
        dir: Option<PathBuf>,
        /// Copy nothing outside any more
        #[arg(long, conflicts_with = "dir")]
        none: bool,
    },
    /// Move the record out of a folder that is synced; the old one stays under another name
    Move {
        /// Where to [default: this computer's folder for application data]
        dir: Option<PathBuf>,
    },
}

/// What pages show, and how.
#[derive(Debug, Args)]
pub(crate) struct PageOptions {
    /// letter or a4
    #[arg(long, default_value = "letter", value_parser = named::<Paper>)]
    pub paper: Paper,
    /// Letters of 12 points and more
    #[arg(long)]
    pub large_print: bool,
    /// Which credits: all, or other_sources (also non-aama), those that the issuer did not approve itself [default: all;
    /// of a packet and of a sheet other_sources where the issuer approved some of what counts, for those stand on its own
    /// record]
    #[arg(long, value_parser = listed)]
    pub only: Option<Listed>,
    /// What to leave out: numbers, address, former_names, descriptions
    #[arg(long, value_delimiter = ',', value_parser = named::<Hidden>)]
    pub hide: Vec<Hidden>,
    /// The credential, if you have several
    #[arg(long)]
    pub credential: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SubmissionCommand {
    /// Keep what you sent: the transcript and where you stood, as of the day it was sent
    Add {
        #[command(flatten)]
        pages: PageOptions,
        #[command(flatten)]
        fields: SubmissionFields,
    },
    /// Keep what came of it; what is not given stays
    Edit {
        id: String,
        #[command(flatten)]
        fields: SubmissionFields,
    },
    /// List them
    List,
    /// Say all of one; in JSON with the record, the rules and the evaluation as they were
    Show { id: String },
    /// Write the transcript as it was sent
    Transcript {
        id: String,
        #[arg(short, long, value_name = "FILE.pdf")]
        output: PathBuf,
    },
    /// Take one off the list
    Remove { id: String },
}

#[derive(Debug, Args)]
pub(crate) struct SubmissionFields {
    /// The day it was sent [default: today]
    #[arg(long, value_name = "DATE")]
    pub sent: Option<String>,
    /// How: online, mail
    #[arg(long)]
    pub way: Option<String>,
    /// sent, questions, accepted or refused
    #[arg(long, value_parser = named::<SubmissionState>)]
    pub state: Option<SubmissionState>,
    /// The day of the latest answer
    #[arg(long, value_name = "DATE")]
    pub answered: Option<String>,
    /// What else to remember of it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// What was decided on a credit: accepted, refused or questioned, and why; once for each credit
    #[arg(long, value_name = "CREDIT=DECISION[:WHY]", value_parser = decision)]
    pub decision: Vec<Decision>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RenewalCommand {
    /// List the periods, the latest first
    List {
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
    /// A renewal was granted: close its period and begin the next
    Grant {
        /// The day from which it counts
        #[arg(long, value_name = "DATE")]
        on: String,
        /// The expiry on the new card [default: as the rules have it]
        #[arg(long, value_name = "DATE")]
        expires: Option<String>,
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
    /// Add an earlier period
    Add {
        /// Its first day
        #[arg(long, value_name = "DATE")]
        from: String,
        /// Its last day
        #[arg(long, value_name = "DATE")]
        to: String,
        /// The day it was renewed
        #[arg(long, value_name = "DATE")]
        renewed: Option<String>,
        /// renewed or lapsed
        #[arg(long, default_value = "renewed", value_parser = named::<PeriodState>)]
        state: PeriodState,
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
    /// Take an earlier period off the list
    Remove {
        /// Its first day
        #[arg(value_name = "DATE", value_parser = day)]
        from: NaiveDate,
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TrashCommand {
    /// Show them; “recert credit restore ID” brings one back
    List,
    /// Delete them
    Empty {
        /// Really
        #[arg(long)]
        yes: bool,
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
    /// A further amount on the same certificate: 0.6:iacet_ceu, 6:contact_hour:aama
    #[arg(long, value_name = "AMOUNT:UNIT[:APPROVER]", value_parser = award)]
    pub award: Vec<AwardInput>,
    /// Categories with their parts: clinical=3,general=2, or clinical=60%,general=40%, or clinical=90 min,…
    #[arg(long, value_delimiter = ',', value_name = "CATEGORY=PART", value_parser = part)]
    pub split: Vec<(String, String)>,
    /// The same for one credential's own categories: rma-amt:clinical=3,other=2
    #[arg(long, value_name = "PACK:CATEGORY=PART", value_parser = split_for)]
    pub split_for: Vec<(String, Vec<(String, String)>)>,
    /// A part of the certificate: Billing basics=1.5:administrative
    #[arg(long, value_name = "TITLE=AMOUNT[:CATEGORY]", value_parser = session)]
    pub session: Vec<SessionInput>,
    /// How long it was
    #[arg(long)]
    pub minutes: Option<String>,
    /// Live, self-study, …: as the certificate says
    #[arg(long)]
    pub format: Option<String>,
    /// A topic that the rules name: law
    #[arg(long)]
    pub tag: Vec<String>,
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
    /// Why it matters to your credential
    #[arg(long)]
    pub relevance: Option<String>,
    /// The name on the certificate, where it is not yours as it is now
    #[arg(long, value_name = "NAME")]
    pub name_on_certificate: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FactCommand {
    /// Add a fact
    Add(FactFields),
    /// List them
    List,
    /// Take one off
    Remove { id: String },
}

#[derive(Debug, Args)]
pub(crate) struct FactFields {
    /// cpr_card, credential, attestation, work_hours, fee, registration or other
    #[arg(long, value_parser = named::<FactKind>)]
    pub kind: FactKind,
    /// What it is called
    #[arg(long, default_value = "")]
    pub title: String,
    /// Which one, where the rules tell several apart: bls
    #[arg(long, default_value = "")]
    pub tag: String,
    /// The day from which it is true
    #[arg(long, value_name = "DATE", default_value = "")]
    pub issued: String,
    /// The last day on which it is true
    #[arg(long, value_name = "DATE", default_value = "")]
    pub expires: String,
    /// Hours, where it counts any
    #[arg(long, default_value = "")]
    pub amount: String,
    /// The credential it is meant for, if for one only
    #[arg(long, default_value = "")]
    pub credential: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DocumentCommand {
    /// Add documents; one that is there already takes on the role
    Add {
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// What they show: credential_certificate, name_change, letter, other, …
        #[arg(long, default_value = "other", value_parser = named::<ProofRole>)]
        role: ProofRole,
    },
    /// List them, numbered
    List,
    /// Take one off, by its number in the list
    Remove { number: usize },
}

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

#[derive(Debug, Subcommand)]
pub(crate) enum PinCommand {
    /// Lay down how a credit is counted
    Add {
        credit: String,
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
        /// Do not count it
        #[arg(long, conflicts_with = "category")]
        leave_out: bool,
        /// Count it in this category
        #[arg(long, default_value = "")]
        category: String,
    },
    /// List them
    List,
    /// Leave it open again
    Remove {
        credit: String,
        /// The credential, if you have several
        #[arg(long)]
        credential: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum RuleCommand {
    /// Change a value of the rules
    Set {
        /// Whose rules: cma-aama
        pack: String,
        /// The value’s place, as in packs show: requirements.total.needed
        path: String,
        /// JSON or text
        #[arg(allow_hyphen_values = true)]
        value: String,
        /// How you know
        #[arg(long)]
        reason: String,
    },
    /// List the values you changed
    List,
    /// Put a value back
    Remove { pack: String, path: String },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PacksCommand {
    /// List them
    List,
    /// Show one as JSON, with the values you changed
    Show { id: String },
    /// Show rules with everything to fill in, to start your own from
    Template,
    /// Say whether a file of rules can be judged by
    Check { file: PathBuf },
    /// Add rules of your own
    Add { file: PathBuf },
    /// Take rules of your own off
    Remove { id: String },
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

/// `non-aama` is what holders of the most usual certification call it.
fn listed(text: &str) -> Result<Listed, String> {
    if text.starts_with("non-") { Ok(Listed::OtherSources) } else { named(text) }
}

fn part(text: &str) -> Result<(String, String), String> {
    let (category, amount) = text.split_once('=').ok_or("write category=amount, such as clinical=3")?;
    Ok((category.trim().to_owned(), amount.trim().to_owned()))
}

fn decision(text: &str) -> Result<Decision, String> {
    let (credit, rest) = text.split_once('=').ok_or("write credit=decision, such as c7=refused:in-house training")?;
    let (decided, why) = rest.split_once(':').unwrap_or((rest, ""));
    let note = Some(why.trim().to_owned()).filter(|why| !why.is_empty());
    Ok(Decision { credit: credit.trim().to_owned(), decided: named(decided.trim())?, note })
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

    #[test]
    fn the_words_of_the_command_do_not_contradict_each_other() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }
}
