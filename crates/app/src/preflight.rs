//! What is worth a look before an application is sent. It tells and never blocks.
//!
//! What an issuer refuses or demands is said by its rules, through the evaluation. A check of this module's own is general
//! good sense, and its sentence says so.

mod name;
mod private;
mod sentence;
mod title;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::evaluation::{CreditOutcome, Evaluation, Reason};
use domain::pack::Field;
use domain::{Credit, IssuerTranscript, Kind, Lacking, Pack, ProofRole, Record, Status, Unit};
use inspect::Stand;
use transcript::Unprintable;

use crate::evaluation::unjudged;
use crate::packs::{packs_of, rules};
use crate::proofs::is_pdf;
use crate::transcript::labels;
use crate::wire::{Check, CheckCode, Checked, Clause, Fix};
use crate::{Error, Recert, files, strangers};
use name::is_same_name;
use private::private_things;
use title::says_nothing;

impl Recert {
    /// What gets applications refused or questioned, as far as the record shows it today.
    pub fn preflight(&self, credential: &str) -> Result<Vec<Check>, Error> {
        let (record, today) = (self.vault()?.record()?, self.clock.today());
        let evaluation = self.judge(&record, credential, today)?;
        let papers = domain::papers(&record, credential, &self.packs, today).map_err(|error| unjudged(&error))?;
        let packs = packs_of(&self.packs, &record);
        let known = Known {
            record: &record,
            pack: rules(&packs, &evaluation.pack)?,
            evaluation: &evaluation,
            asked: questions_by_credit(&evaluation),
        };
        let mut found = Found::default();
        let unprintable = unprintable(&record, &evaluation, known.pack)?;
        for ((credit, outcome), papers) in record.credits.iter().zip(&evaluation.credits).zip(&papers) {
            if let Some(notes) = unprintable.get(&Some(credit.id.to_string())) {
                found.add(CheckCode::Unprintable, credit, Some(notes.join(" ")));
            }
            known.look_at(credit, outcome, &mut found);
            if known.is_to_be_shown(credit, outcome) {
                known.look_at_papers(credit, papers.lacking.as_ref(), &mut found);
                self.look_at_files(credit, &mut found)?;
            }
        }
        let of_her = unprintable.get(&None).map(|notes| known.about_her(notes));
        Ok(of_her.into_iter().chain(found.told(&known)).collect())
    }

    /// What the files of a credit are. Only the first bytes of pictures are read: a record may have hundreds.
    fn look_at_files(&self, credit: &Credit, found: &mut Found) -> Result<(), Error> {
        let vault = self.vault()?;
        let shown_by = |role: ProofRole| credit.proofs.iter().filter(move |proof| proof.role == role);
        // Of a paper card there is nothing but a picture.
        let certificates = shown_by(ProofRole::Certificate).filter(|_| credit.unit != Some(Unit::CprCard));
        let mut stands = Vec::new();
        for proof in certificates {
            let file = vault.original_path(&proof.sha256)?.filter(|file| !is_pdf(file));
            stands.push((proof, file.and_then(|file| files::head(&file, inspect::HEAD)).and_then(|head| stand(&head))));
        }
        // One file of the certificate that is neither is enough.
        if let Some((proof, Some(stand))) = stands.first()
            && stands.iter().all(|(_, stand)| stand.is_some())
        {
            let word = match stand {
                Stand::Photo => "a photo",
                Stand::Screenshot => "a screenshot",
            };
            found.add(CheckCode::Picture, credit, Some(format!("{} looks like {word}.", proof.name)));
        }
        for proof in shown_by(ProofRole::TranscriptPage) {
            let shown = private_things(&vault.text_of(&proof.sha256)?);
            if !shown.is_empty() {
                found.add(CheckCode::ShowsMore, credit, Some(format!("{} shows {}.", proof.name, shown.join(" and "))));
                break;
            }
        }
        Ok(())
    }
}

/// What a picture looks like by its first bytes. One that is given up looks like nothing.
fn stand(head: &[u8]) -> Option<Stand> {
    strangers::look(head).ok()?.stand
}

/// What cannot be printed, by the credit that has it; without one it is hers.
fn unprintable(
    record: &Record,
    evaluation: &Evaluation,
    pack: &Pack,
) -> Result<BTreeMap<Option<String>, Vec<String>>, Error> {
    let mut notes: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
    for Unprintable { credit, text, characters } in transcript::unprintable(record, evaluation, &labels(pack))? {
        let characters: Vec<String> = characters.iter().take(10).map(|c| format!("“{c}”")).collect();
        let text: String = text.chars().take(80).collect();
        notes.entry(credit).or_default().push(format!("{} in “{text}”.", characters.join(", ")));
    }
    Ok(notes)
}

/// What is the same for all credits.
struct Known<'a> {
    record: &'a Record,
    pack: &'a Pack,
    evaluation: &'a Evaluation,
    /// The questions about each credit.
    asked: BTreeMap<&'a str, Vec<&'a str>>,
}

fn questions_by_credit(evaluation: &Evaluation) -> BTreeMap<&str, Vec<&str>> {
    let mut by_credit: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for question in &evaluation.questions {
        for credit in &question.credits {
            by_credit.entry(credit).or_default().push(&question.id);
        }
    }
    by_credit
}

impl Known<'_> {
    /// What of hers cannot be printed.
    fn about_her(&self, notes: &[String]) -> Check {
        let code = CheckCode::UnprintableDetails;
        let (label, sentence) = sentence::of(code, self.pack, false);
        let sentence = format!("{sentence} {}", notes.join(" "));
        Check { code, label: label.to_owned(), sentence, rules: Vec::new(), credits: Vec::new(), fix: fix(code) }
    }

    /// Whether a credit is refused, doubted or there twice, for a reason that many applications fail for.
    fn look_at(&self, credit: &Credit, outcome: &CreditOutcome, found: &mut Found) {
        let because = |code: &str| outcome.reasons.iter().find(|reason| reason.code == code);
        let is_done = credit.completed_on.is_some_and(|day| day <= self.evaluation.on);
        if credit.status == Status::Draft && is_done && (credit.amount.is_none() || credit.unit.is_none()) {
            found.add(CheckCode::NoAmount, credit, Some("The draft has no amount yet.".to_owned()));
        }
        if credit.status != Status::Completed {
            return;
        }
        if because("rate_open").is_some() && credit.unit == Some(Unit::Ceu) {
            found.ask(CheckCode::NoAmount);
            found.add(CheckCode::NoAmount, credit, Some("The certificate says only “CEU”.".to_owned()));
        }
        let outside = ["before_period", "after_period", "outside_window"].into_iter().find_map(because);
        if let Some(reason) =
            outside.filter(|_| !credit.completed_on.is_some_and(|day| self.is_in_an_earlier_period(day)))
        {
            found.add(CheckCode::OutsidePeriod, credit, Some(reason.text.to_string()));
        }
        let is_asked = self.asked.get(&*credit.id).is_some_and(|questions| questions.contains(&"duplicate"));
        if is_asked || because("duplicate").is_some() {
            found.add(CheckCode::Duplicate, credit, None);
        }
        if is_asked {
            found.ask(CheckCode::Duplicate);
        }
        let is_in_house =
            matches!(credit.kind, Kind::InService | Kind::Employment) || credit.formal_credit == Some(false);
        let refuses = |reason: &Reason| self.pack.refuse.iter().any(|rule| reason.code == rule.id);
        if let Some(reason) = outcome.reasons.iter().find(|reason| is_in_house && refuses(reason)) {
            found.add(CheckCode::InHouse, credit, None);
            let source = reason.source.as_ref().map(ToString::to_string);
            found.rest_on(CheckCode::InHouse, Clause { text: reason.text.to_string(), source });
        }
    }

    /// Between her first certification and this period lie others, and their activities stay in the record. Where nobody
    /// knows when she was certified first, all that is earlier may be of one of them.
    fn is_in_an_earlier_period(&self, day: NaiveDate) -> bool {
        let first = self.record.credentials.iter().map(|credential| credential.certified_on).min().flatten();
        day < self.evaluation.period.from && first.is_none_or(|first| day >= first)
    }

    /// Whether a credit counts or may count, and the issuer's own transcript does not show it already.
    fn is_to_be_shown(&self, credit: &Credit, outcome: &CreditOutcome) -> bool {
        let may_count = !outcome.earned.is_zero() || self.asked.contains_key(&*credit.id);
        let is_again = outcome.reasons.iter().any(|reason| reason.code == "duplicate");
        let is_posted = credit.issuer_transcript == Some(IssuerTranscript::Posted) && outcome.proven;
        credit.status == Status::Completed && may_count && !is_again && !is_posted
    }

    /// What the papers of a credit lack, and what makes a reader ask about them.
    fn look_at_papers(&self, credit: &Credit, lacks: Option<&Lacking>, found: &mut Found) {
        for (code, note) in lacks.map(|lacks| lacked(credit, lacks)).unwrap_or_default() {
            found.add(code, credit, note);
            if let Some((text, source)) = lacks.and_then(|lacks| lacks.wanted.clone()) {
                found.rest_on(code, Clause { text, source: source.map(|source| source.to_string()) });
            }
        }
        let lacks_field = |field: Field| lacks.is_some_and(|lacks| lacks.fields.contains(&field));
        let is_hers = |other: &str| {
            let holder = &self.record.holder;
            std::iter::once(&holder.name).chain(&holder.former_names).any(|own| is_same_name(own, other))
        };
        if let Some(other) = credit.name_on_certificate.as_deref().filter(|other| is_written(other) && !is_hers(other))
        {
            found.add(CheckCode::OtherName, credit, Some(format!("It says “{}”.", other.trim())));
        }
        let is_explained = credit.description.as_deref().is_some_and(is_written)
            || credit.proofs.iter().any(|proof| matches!(proof.role, ProofRole::CourseDescription | ProofRole::Agenda))
            || !credit.sessions.is_empty();
        let has_subject = !matches!(credit.kind, Kind::CprCard | Kind::OpeningBalance);
        if has_subject && !is_explained && !lacks_field(Field::Description) && says_nothing(&credit.title) {
            found.add(CheckCode::UnclearTitle, credit, None);
        }
        let mut numbers = credit.provider_number.iter().chain(credit.awards.iter().flat_map(|award| &award.number));
        let body = credit.approver.as_ref().filter(|body| !body.is_unsure()).map(|body| body.as_str().trim());
        if let Some(body) = body.filter(|body| !body.is_empty() && self.pack.own(body).is_none())
            && !lacks_field(Field::ProviderNumber)
            && !numbers.any(|number| is_written(number))
        {
            found.add(CheckCode::NoProviderNumber, credit, Some(format!("Approved by {body}.")));
        }
    }
}

/// What is missing that the issuer wants. Nothing, where only the issuer's own review is.
fn lacked(credit: &Credit, lacks: &Lacking) -> Vec<(CheckCode, Option<String>)> {
    let mut lacked = Vec::new();
    if lacks.papers == [[ProofRole::CardBack]] {
        lacked.push((CheckCode::NoCardBack, None));
    } else if !lacks.papers.is_empty() {
        let other_files = || "The attached files show something else.".to_owned();
        lacked.push((CheckCode::NoProof, (!credit.proofs.is_empty()).then(other_files)));
    }
    if lacks.fields.contains(&Field::ProviderNumber) {
        lacked.push((CheckCode::NoProviderNumber, None));
    }
    let missing: Vec<&str> = lacks.fields.iter().filter_map(|field| missing(*field)).collect();
    if !missing.is_empty() {
        lacked.push((CheckCode::NotFilledIn, Some(format!("Missing: {}.", missing.join(", ")))));
    }
    lacked
}

/// A field that is not filled in, save for the number, which has a check of its own.
fn missing(field: Field) -> Option<&'static str> {
    match field {
        Field::Title => Some("title"),
        Field::Provider => Some("provider"),
        Field::ProviderNumber => None,
        Field::CompletedOn => Some("date"),
        Field::Amount => Some("amount"),
        Field::Description => Some("what it was about"),
        Field::Format => Some("format"),
    }
}

fn is_written(text: &str) -> bool {
    !text.trim().is_empty()
}

/// What was found so far.
#[derive(Default)]
struct Found {
    credits: BTreeMap<CheckCode, Vec<Checked>>,
    rules: BTreeMap<CheckCode, Vec<Clause>>,
    /// What an answer to a question mends.
    asked: BTreeSet<CheckCode>,
}

impl Found {
    fn add(&mut self, code: CheckCode, credit: &Credit, note: Option<String>) {
        let checked = Checked { id: credit.id.to_string(), title: credit.title.clone(), note };
        self.credits.entry(code).or_default().push(checked);
    }

    /// Each clause once.
    fn rest_on(&mut self, code: CheckCode, clause: Clause) {
        let clauses = self.rules.entry(code).or_default();
        if !clauses.contains(&clause) {
            clauses.push(clause);
        }
    }

    fn ask(&mut self, code: CheckCode) {
        self.asked.insert(code);
    }

    fn told(mut self, known: &Known<'_>) -> Vec<Check> {
        let check = |(code, credits)| {
            let rules = self.rules.remove(&code).unwrap_or_default();
            let (label, sentence) = sentence::of(code, known.pack, rules.is_empty());
            let fix = if self.asked.contains(&code) { Fix::Question } else { fix(code) };
            Check { code, label: label.to_owned(), sentence, rules, credits, fix }
        };
        self.credits.into_iter().map(check).collect()
    }
}

fn fix(code: CheckCode) -> Fix {
    match code {
        CheckCode::NoProof => Fix::Unproven,
        CheckCode::OtherName | CheckCode::UnprintableDetails => Fix::Details,
        CheckCode::Unprintable
        | CheckCode::NoCardBack
        | CheckCode::NoAmount
        | CheckCode::OutsidePeriod
        | CheckCode::Duplicate
        | CheckCode::InHouse
        | CheckCode::UnclearTitle
        | CheckCode::NoProviderNumber
        | CheckCode::NotFilledIn
        | CheckCode::Picture
        | CheckCode::ShowsMore => Fix::Credit,
    }
}
