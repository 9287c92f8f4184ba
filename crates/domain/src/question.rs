//! What only the issuer, the provider or the certificate can answer, and the answers that she has.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::credit::Credit;
use crate::date::long;
use crate::evaluation::Question;
use crate::pack::{Condition, ConvertRule, RateOption, RefuseRule, RepeatRule, WindowRule};
use crate::period::Term;
use crate::points::{Amount, Ratio};
use crate::record;
use crate::words::renewing;

/// The answer that none of those who were named approved it.
pub(crate) const NOBODY_NAMED: &str = "Somebody else";

/// Something to ask.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ask<'a> {
    /// Who approved it.
    Approver,
    /// Which category it belongs to.
    Category,
    /// What its unit is worth.
    Rate(&'a ConvertRule),
    /// Clear enough to count, but worth asking.
    Confirm(&'a ConvertRule),
    /// Told that it does not count as the pack has it: for how much then.
    HowMuch(&'a ConvertRule),
    /// Whether an activity in this window counts.
    Window(&'a WindowRule),
    /// Whether what a rule speaks of is accepted.
    Accepted(&'a RefuseRule),
    /// Whether an activity that was done again counts again.
    Repeat(&'a RepeatRule),
    /// Whether activities are part of a balance that was entered for them.
    Balance,
    /// On which day the period began.
    PeriodStart,
    /// When she was born, where periods begin no earlier than a birthday.
    BornOn(u32),
    /// A day that a fact lacks.
    Fact(&'a Condition),
    /// Whether two entries are one activity.
    Duplicate,
    /// Whether part of an activity may count.
    Parts,
    /// Whether renewal is still open.
    Late,
    /// Whether a period of which only the expiry is known is the first.
    Cycle,
    /// Whether it was renewed since the last period on file.
    Renewed,
}

impl Ask<'_> {
    /// Stable, for programs and for the answer.
    pub(crate) fn id(self) -> String {
        match self {
            Self::Approver => "approver".to_owned(),
            Self::Category => "category".to_owned(),
            Self::Rate(rule) => format!("rate.{}", rule.id),
            Self::Confirm(rule) => format!("confirm.{}", rule.id),
            Self::HowMuch(rule) => format!("how_much.{}", rule.id),
            Self::Window(rule) => format!("window.{}", rule.id),
            Self::Accepted(rule) => format!("accepted.{}", rule.id),
            Self::Repeat(rule) => format!("repeat.{}", rule.id),
            Self::Balance => "balance".to_owned(),
            Self::PeriodStart => "period_start".to_owned(),
            Self::BornOn(_) => "born_on".to_owned(),
            Self::Fact(rule) => format!("fact.{}", rule.id),
            Self::Duplicate => "duplicate".to_owned(),
            Self::Parts => "parts".to_owned(),
            Self::Late => "late".to_owned(),
            Self::Cycle => "cycle".to_owned(),
            Self::Renewed => "renewed".to_owned(),
        }
    }

    /// The question, ready to send, and the possible answers.
    fn words(self, term: &Term<'_>) -> (String, Vec<String>) {
        let pack = term.pack;
        let issuer = &pack.issuer.short;
        let yes_no = || vec!["Yes".to_owned(), "No".to_owned()];
        let given = |question: &Option<String>| question.clone().unwrap_or_default();
        match self {
            Self::Approver if pack.approvers.len() > 1 => {
                let classes = || pack.approvers.iter().map(|class| class.label.clone());
                let text = format!(
                    "Who approved this activity: {}, or somebody else? Look on the certificate, or ask the provider.",
                    classes().collect::<Vec<_>>().join(", ")
                );
                (text, classes().chain([NOBODY_NAMED.to_owned()]).collect())
            }
            Self::Approver => (
                format!(
                    "Is this activity approved by {issuer}? Look for {issuer}'s approval on the certificate, or ask the provider."
                ),
                yes_no(),
            ),
            Self::Category => (
                "Which category does it belong to? If it covers several, how much time went to each?".to_owned(),
                pack.categories.iter().filter(|c| !c.worthless).map(|category| category.label.clone()).collect(),
            ),
            Self::Rate(rule) => {
                (given(&rule.question), rule.options.iter().map(|option| option.answer.clone()).collect())
            }
            Self::Confirm(rule) => (given(&rule.question), yes_no()),
            Self::HowMuch(_) => (
                format!("How many {} does {issuer} give for each unit that the certificate prints?", pack.counts_in.many),
                Vec::new(),
            ),
            Self::Window(rule) => {
                let plain = format!("Do {} completed {} count for {}?", pack.counts_in.many, rule.label, pack.name);
                (rule.question.clone().unwrap_or(plain), yes_no())
            }
            Self::Accepted(rule) => (given(&rule.question), yes_no()),
            Self::Repeat(rule) => (given(&rule.question), yes_no()),
            Self::Balance => (
                format!("Are these activities already in the balance that you entered from your {issuer} transcript?"),
                yes_no(),
            ),
            Self::PeriodStart => (
                format!("On which day in {} were you certified or recertified?", term.dates.from.format("%B %Y")),
                Vec::new(),
            ),
            Self::BornOn(age) => (
                format!(
                    "On which day were you born? {issuer} counts no time from before you were {age}; until you answer, you are taken to have been that old when you were certified."
                ),
                Vec::new(),
            ),
            Self::Fact(Condition { question: Some(question), .. }) => (question.clone(), yes_no()),
            Self::Fact(Condition { label, amount: Some(_), each_months: Some(_), .. }) => {
                (format!("“{label}”: in which years was it? Add the first and the last day to what is on file."), Vec::new())
            }
            Self::Fact(Condition { label, amount: Some(_), .. }) => {
                (format!("“{label}”: what is on file lacks its days. Does all of it lie in the time that counts?"), yes_no())
            }
            Self::Fact(Condition { label, on: Some(_), .. }) => {
                (format!("“{label}”: what is the last day that stands on it? What is on file lacks it."), Vec::new())
            }
            Self::Fact(Condition { label, .. }) => {
                (format!("“{label}”: on which day did it begin, or was it issued? What is on file lacks it."), Vec::new())
            }
            Self::Duplicate => (
                "These entries have the same title and date, and the same provider or one that may be the same. Are they different activities?"
                    .to_owned(),
                vec!["Different".to_owned(), "The same".to_owned()],
            ),
            Self::Parts => (
                format!(
                    "May part of an activity count towards {} when the whole of it does not fit under a limit?",
                    pack.name
                ),
                yes_no(),
            ),
            Self::Cycle => (
                format!("Is this the first period of your {}, which began with the certification itself?", pack.name),
                yes_no(),
            ),
            Self::Renewed => (
                format!(
                    "Have you renewed your {} since it ran to {}? If you have, enter the day of the last renewal, or the expiry on your card.",
                    pack.name,
                    long(term.dates.to)
                ),
                vec!["No".to_owned()],
            ),
            Self::Late => (
                format!(
                    "My {} expired on {}. Is {} still open to me, and until when?",
                    pack.name,
                    long(term.dates.to),
                    renewing(pack).replacen('R', "r", 1)
                ),
                yes_no(),
            ),
        }
    }

    /// What is open, without asking anybody.
    fn topic(self, term: &Term<'_>) -> String {
        let pack = term.pack;
        match self {
            Self::Approver => "who approved it".to_owned(),
            Self::Category => "which category it belongs to".to_owned(),
            Self::Rate(_) | Self::Confirm(_) | Self::HowMuch(_) => {
                format!("how many {} the amount on the certificate gives", pack.counts_in.many)
            }
            Self::Window(rule) => format!("whether {} completed {} count", pack.counts_in.many, rule.label),
            Self::Accepted(_) => format!("whether {} accepts it", pack.issuer.short),
            Self::Repeat(_) => "whether an activity that was done again counts again".to_owned(),
            Self::Balance => "whether it is part of the balance that was entered".to_owned(),
            Self::PeriodStart => format!("on which day in {} the period began", term.dates.from.format("%B %Y")),
            Self::BornOn(_) => "the holder’s day of birth, from which the period follows".to_owned(),
            Self::Fact(Condition { label, question: Some(_), .. }) => format!("“{label}”"),
            Self::Fact(Condition { label, .. }) => format!("“{label}”, of which a date is not on file"),
            Self::Duplicate => "whether these are different activities, or one that was entered twice".to_owned(),
            Self::Parts => {
                "whether part of an activity may count where the whole of it does not fit under a limit".to_owned()
            }
            Self::Cycle => "whether this is the first period".to_owned(),
            Self::Renewed => format!("whether it was renewed since {}", long(term.dates.to)),
            Self::Late => format!("whether {} is still open", renewing(pack).replacen('R', "r", 1)),
        }
    }

    pub(crate) fn question(self, term: &Term<'_>, credits: Vec<String>, decides: bool) -> Question {
        let (text, options) = self.words(term);
        Question { id: self.id(), text, topic: self.topic(term), credits, options, decides }
    }
}

/// Answers for one credential; of several on the same the latest.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers<'a> {
    /// By the question and the credit, or none for all credits, each with its place among all of them, the latest first.
    about: BTreeMap<(&'a str, Option<&'a str>), (usize, Answered<'a>)>,
    /// By the question, whichever credits it was given for.
    any: BTreeMap<&'a str, Answered<'a>>,
}

/// One of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answered<'a>(&'a record::Answer);

impl<'a> Answers<'a> {
    /// Those for this credential.
    pub(crate) fn of(record: &'a record::Record, credential: &str) -> Self {
        // Who approved an activity is asked for each issuer; a yes without a name is for the only one there is.
        let is_plain = |answer: &record::Answer| record.credentials.len() <= 1 || answer.question != "approver";
        let ours = |answer: &&record::Answer| match answer.credential.as_deref() {
            Some(id) => id == credential,
            None => is_plain(answer),
        };
        let mut answers: Vec<_> = record.answers.iter().rev().filter(ours).collect();
        answers.sort_by_key(|answer| std::cmp::Reverse(answer.answered_on));
        let mut by = Self::default();
        for (place, answer) in answers.into_iter().enumerate() {
            let question = answer.question.as_str();
            by.any.entry(question).or_insert(Answered(answer));
            let all = answer.credits.is_empty().then_some(None);
            for credit in answer.credits.iter().map(|id| Some(id.as_str())).chain(all) {
                by.about.entry((question, credit)).or_insert((place, Answered(answer)));
            }
        }
        by
    }

    /// These and further ones, each about some credits, that come before all others.
    pub(crate) fn and<'b>(&self, further: &'b [record::Answer]) -> Answers<'b>
    where
        'a: 'b,
    {
        let mut answers = self.clone();
        for answer in further {
            for credit in &answer.credits {
                answers.about.insert((&answer.question, Some(credit)), (0, Answered(answer)));
            }
        }
        answers
    }

    /// The latest answer about a credit, or about all credits.
    pub(crate) fn find(&self, question: &str, credit: &str) -> Option<Answered<'a>> {
        let found = [Some(credit), None].into_iter().filter_map(|credit| self.about.get(&(question, credit)));
        found.min_by_key(|(place, _)| place).map(|(_, answer)| *answer)
    }

    /// The latest answer on what holds for everybody, whichever credits it was given for.
    pub(crate) fn find_any(&self, kind: &str, rule: &str) -> Option<Answered<'a>> {
        self.any.get(format!("{kind}.{rule}").as_str()).copied()
    }

    /// The same where the question is about one rule of the pack.
    pub(crate) fn find_for(&self, kind: &str, rule: &str, credit: &str) -> Option<Answered<'a>> {
        if self.any.is_empty() { None } else { self.find(&format!("{kind}.{rule}"), credit) }
    }
}

impl<'a> Answered<'a> {
    /// What she was told.
    pub(crate) fn text(self) -> &'a str {
        self.0.answer.trim()
    }

    pub(crate) fn is(self, text: &str) -> bool {
        self.text().to_lowercase() == text.to_lowercase()
    }

    /// “told “No” on 4 March 2026”
    pub(crate) fn told(self) -> String {
        format!("told “{}” on {}", self.text(), long(self.day()))
    }

    fn day(self) -> NaiveDate {
        self.0.answered_on
    }

    /// A day.
    pub(crate) fn date(self) -> Option<NaiveDate> {
        let written = ["%d %B %Y", "%d %b %Y", "%B %d, %Y", "%m/%d/%Y"];
        let text = self.text();
        text.parse().ok().or_else(|| written.iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok()))
    }

    /// One of the options, a number for each printed unit, or “5 points” for all of the amount.
    pub(crate) fn rate(self, options: &[RateOption], of: Option<Amount>) -> Option<Ratio> {
        let option = options.iter().find(|option| self.is(&option.answer)).map(|option| option.points);
        option.or_else(|| self.text().parse::<Amount>().ok().map(Ratio::from)).or_else(|| {
            let (number, _unit) = self.text().split_once(' ')?;
            Ratio::new(number.parse::<Amount>().ok()?.ten_thousandths(), of?.ten_thousandths())
        })
    }
}

/// Whether two entries were said to be different activities.
pub(crate) fn are_different(answers: &Answers<'_>, credit: &Credit) -> bool {
    answers.find("duplicate", &credit.id).is_some_and(|answer| answer.is("different"))
}
