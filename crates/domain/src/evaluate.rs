//! Evaluation: which credits count for one credential on one date, what is missing, and why.
//!
//! Every credit is worth something on the strictest reading of what is not known, and something on the kindest.
//! A verdict holds if the strictest reading passes and fails if the kindest one fails; between them nobody can tell.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;

use crate::assign::{Assignment, Open, Piece, assign};
use crate::credit::{Credit, IssuerTranscript, Kind, ProofRole, Status, Unit};
use crate::date::{long, minus_days, short};
use crate::evaluation::{
    Basis, Cap, CreditOutcome, Dates, Evaluation, Fill, Question, Reason, Requirement, RequirementKind, Standing,
    UNASSIGNED, Verdict,
};
use crate::gap;
use crate::pack::{MinimumRule, Of, Pack, Packs, UnitRule};
use crate::period::{Window, window};
use crate::points::{Amount, Points};
use crate::record::{Credential, Record};
use crate::words;

/// Why there is no evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvaluateError {
    /// The record has no credential of this id.
    NoCredential(String),
    /// Recert has no pack of this id.
    NoPack(String),
    /// The credential has no date to count from.
    NoDate(String),
}

impl fmt::Display for EvaluateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCredential(id) => write!(f, "the record has no credential “{id}”"),
            Self::NoPack(id) => write!(f, "this version of Recert has no rules for “{id}”"),
            Self::NoDate(id) => {
                write!(f, "credential “{id}” has no date of certification, recertification or expiry; add one")
            }
        }
    }
}

impl std::error::Error for EvaluateError {}

/// The answer for the credential `id` of `record` on the day `on`.
pub fn evaluate(record: &Record, id: &str, packs: &Packs, on: NaiveDate) -> Result<Evaluation, EvaluateError> {
    let credential = record.credential(id).ok_or_else(|| EvaluateError::NoCredential(id.to_owned()))?;
    let pack = packs.get(&credential.pack).ok_or_else(|| EvaluateError::NoPack(credential.pack.clone()))?;
    let window = window(credential, pack, on).ok_or_else(|| EvaluateError::NoDate(id.to_owned()))?;
    let judge = Judge { pack, window, on };
    Ok(judge.evaluation(record, credential))
}

/// What one credit is worth on one reading.
type Pieces = Vec<Piece>;

/// A credit as one credential sees it.
#[derive(Default)]
struct Judged {
    low: Pieces,
    high: Pieces,
    approved: Option<bool>,
    proven: bool,
    basis: Option<Basis>,
    rate: Option<Amount>,
    reasons: Vec<Reason>,
    /// Ids of the questions this credit raises.
    asks: Vec<&'static str>,
}

struct Judge<'a> {
    pack: &'a Pack,
    window: Window,
    on: NaiveDate,
}

impl Judge<'_> {
    fn evaluation(&self, record: &Record, credential: &Credential) -> Evaluation {
        let pack = self.pack;
        let mut judged: Vec<Judged> = record.credits.iter().map(|credit| self.judge(credit)).collect();
        self.limit_by_number(&record.credits, &mut judged);
        let order = preference(&record.credits, &judged);

        let low = self.reading(&order, &judged, Open::Nowhere);
        let high = self.reading(&order, &judged, Open::Anywhere);
        let proven: Vec<usize> = order.iter().copied().filter(|&index| judged[index].proven).collect();
        let verdict_with_proof = self
            .verdict(&self.reading(&proven, &judged, Open::Nowhere), &self.reading(&proven, &judged, Open::Anywhere));
        let verdict = self.verdict(&low, &high);
        let questions = self.questions(&record.credits, &judged);
        let standing = self.window.standing(self.on);

        Evaluation {
            credential: credential.id.clone(),
            credential_name: pack.name.clone(),
            pack: pack.id.clone(),
            pack_version: pack.version.clone(),
            pack_verified_on: pack.verified_on,
            on: self.on,
            period: self.window.dates,
            standing,
            verdict,
            verdict_with_proof,
            basis: self.basis(&low, &judged),
            requirements: pack.requirements.iter().map(|rule| self.requirement(rule, &low, &high, record)).collect(),
            caps: vec![Cap {
                id: pack.cap.id.clone(),
                label: pack.cap.label.clone(),
                limit: pack.cap.limit,
                earned: low.earned(&Of { category: None, approved: Some(false) }, pack),
                counted: low.counted(&Of { category: None, approved: Some(false) }, pack),
                source: pack.source(&pack.cap.source),
            }],
            credits: self.outcomes(&record.credits, judged, &low),
            gap: gap::gap(
                pack,
                &low,
                &words::Stand { verdict, questions: questions.len(), closed_on: self.closed_on() },
            ),
            dates: self.dates(),
            questions,
            notes: self.notes(credential, standing, has_unused(record)),
        }
    }

    /// What one credit is worth before caps, and why.
    fn judge(&self, credit: &Credit) -> Judged {
        let mut judged = Judged { approved: self.approved(credit), ..Judged::default() };
        judged.proven = is_proven(credit, judged.approved);
        let (Some(amount), Some(unit), Some(completed_on)) = (credit.amount, credit.unit, credit.completed_on) else {
            judged.refuse("draft", "Not filled in to the end yet.".into(), None);
            return judged;
        };
        let (from, to) = (self.window.dates.from, self.window.dates.to);
        let mut doubtful = false;
        if credit.status == Status::Draft {
            judged.refuse("draft", "A draft: finish it so that it counts.".into(), None);
        } else if credit.status == Status::Planned {
            judged.refuse("planned", "Planned: it counts once it is completed.".into(), None);
        } else if completed_on > self.on {
            judged.refuse("after_date", format!("Completed after {}, the day asked about.", long(self.on)), None);
        } else if completed_on < from {
            let text = format!("Completed before this period began on {}.", long(from));
            judged.refuse("before_period", text, Some(self.pack.source(&self.pack.period.source)));
        } else if completed_on > self.window.late_until.1 {
            let text = format!("Completed after this period ended on {}.", long(to));
            judged.refuse("after_period", text, Some(self.pack.source(&self.pack.period.source)));
        } else if completed_on > to {
            judged.ask(
                "late_points",
                format!(
                    "Completed after the expiry on {}: {} does not say whether it counts.",
                    long(to),
                    self.pack.issuer.short
                ),
            );
            doubtful = true;
        } else if completed_on < self.window.certain_from {
            judged.ask(
                "period_start",
                format!("Your period began some day in {}; this may lie before it.", from.format("%B %Y")),
            );
            doubtful = true;
        }
        if !judged.is_refused() {
            if let Some(rule) = self.pack.unit(unit) {
                self.convert(credit, amount, rule, &mut judged);
            } else {
                let text = format!("Recert has no rule yet for this unit under {}.", self.pack.name);
                judged.refuse("unit_unknown", text, None);
            }
        }
        if doubtful {
            judged.low.clear();
        }
        judged
    }

    /// Whether the points are the issuer's own; none where the holder cannot tell.
    fn approved(&self, credit: &Credit) -> Option<bool> {
        let rule = credit.unit.and_then(|unit| self.pack.unit(unit));
        let fixed = rule.and_then(|rule| rule.approved);
        match (&fixed, &credit.approver) {
            (Some(approved), _) => Some(*approved),
            // The issuer's transcript holds nothing but its own points.
            (None, Some(approver)) if approver.is_unsure() => {
                (credit.issuer_transcript == Some(IssuerTranscript::Posted)).then_some(true)
            }
            (None, Some(approver)) => Some(self.pack.own(approver.as_str()).is_some()),
            (None, None) => Some(rule.is_some_and(|rule| rule.own)),
        }
    }

    fn convert(&self, credit: &Credit, amount: Amount, rule: &UnitRule, judged: &mut Judged) {
        judged.basis = Some(rule.basis);
        judged.rate = (!rule.points.is_open()).then(|| rule.points.low());
        let source = Some(self.pack.source(&rule.source));
        if rule.points.is_open() {
            judged.asks.push(if rule.unit == Unit::Ceu { "ceu" } else { "rate" });
            let (low, high) = (amount.at_rate(rule.points.low()), amount.at_rate(rule.points.high()));
            judged.say(
                "rate_open",
                format!("Worth {low} to {high} points: {}", rule.question.clone().unwrap_or_default()),
                source,
            );
        } else if rule.points.low().ten_thousandths() != 10_000 {
            let rate = rule.points.low();
            let points = amount.at_rate(rate);
            judged.say("converted", format!("{amount} × {rate} = {points} points ({}).", rule.label), source);
        }
        let pieces = |rate: Amount, approved: bool| self.pieces(credit, amount, rule, rate, approved);
        judged.low = pieces(rule.points.low(), judged.approved.unwrap_or(false));
        judged.high = pieces(rule.points.high(), judged.approved.unwrap_or(true));
        if judged.approved.is_none() {
            let text = format!("Not sure whether {} approved it; both readings are counted.", self.pack.issuer.short);
            judged.ask("approver", text);
        }
        if judged.high.iter().any(|piece| piece.category.is_none()) {
            judged.ask("category", "Which category it belongs to is not known yet.".into());
        }
        self.refuse_small_or_informal(credit, judged);
    }

    /// The points of each category; without a split the category stays open.
    fn pieces(&self, credit: &Credit, amount: Amount, rule: &UnitRule, rate: Amount, approved: bool) -> Pieces {
        let own = credit.splits.get(&self.pack.id).filter(|split| !split.is_empty()).unwrap_or(&credit.split);
        let parts: Vec<(Option<usize>, Amount)> = match &rule.category {
            Some(category) => vec![(self.pack.category_index(category), amount)],
            None if own.is_empty() => vec![(None, amount)],
            None => own.iter().map(|(id, part)| (self.pack.category_index(id), *part)).collect(),
        };
        // Rounded on the running sum, so that the parts add up to what the whole certificate is worth.
        let mut so_far = 0;
        let mut given = Points::ZERO;
        let mut pieces: Pieces = Vec::with_capacity(parts.len());
        for (category, part) in parts {
            so_far += part.ten_thousandths();
            let points = Points::at_rate(so_far, rate) - given;
            given += points;
            pieces.push(Piece { category, approved, points });
        }
        pieces.retain(|piece| !piece.points.is_zero());
        pieces
    }

    /// Other sources must have given formal credit, and at least so many points on one certificate.
    fn refuse_small_or_informal(&self, credit: &Credit, judged: &mut Judged) {
        let worth = |pieces: &Pieces| pieces.iter().map(|piece| piece.points).sum::<Points>();
        let other = |pieces: &Pieces| pieces.iter().any(|piece| !piece.approved);
        let issuer = &self.pack.issuer.short;
        let smallest = &self.pack.smallest_other_activity;
        let in_service = matches!(credit.kind, Kind::InService | Kind::Employment);
        if (credit.formal_credit == Some(false) || in_service) && (other(&judged.low) || other(&judged.high)) {
            let text = format!("No formal credit was issued: {issuer} does not accept training on the job.");
            judged.say("no_formal_credit", text, Some(self.pack.source(&self.pack.formal_credit.source)));
            for pieces in [&mut judged.low, &mut judged.high] {
                pieces.retain(|piece| piece.approved);
            }
        }
        let too_small = |pieces: &Pieces| other(pieces) && worth(pieces) < smallest.points;
        if too_small(&judged.low) || too_small(&judged.high) {
            let text = format!(
                "{} than {least}: {issuer} accepts other sources only from {least} a certificate.",
                if too_small(&judged.high) { "Less" } else { "Perhaps less" },
                least = smallest.words
            );
            judged.say("too_small", text, Some(self.pack.source(&smallest.source)));
            for pieces in [&mut judged.low, &mut judged.high] {
                if too_small(pieces) {
                    pieces.clear();
                }
            }
        }
    }

    /// Keeps the best of those that count only so many times a period: certain ones first, so that one in doubt takes
    /// no place from them, then with proof, then the older.
    fn limit_by_number(&self, credits: &[Credit], judged: &mut [Judged]) {
        for rule in &self.pack.units {
            let Some(at_most) = rule.at_most else { continue };
            let mut of_unit = preference(credits, judged);
            of_unit.retain(|&index| credits[index].unit == Some(rule.unit) && !judged[index].high.is_empty());
            of_unit.sort_by_key(|&index| judged[index].low.is_empty());
            for index in of_unit.into_iter().skip(at_most) {
                let text = format!("At most {at_most} of these count in one period.");
                judged[index].refuse("too_many", text, Some(self.pack.source(&rule.source)));
            }
        }
    }

    /// The strictest reading leaves open categories open; the kindest one uses them wherever they help.
    fn reading(&self, order: &[usize], judged: &[Judged], open: Open) -> Assignment {
        let pieces = |index: usize| match open {
            Open::Nowhere => &judged[index].low,
            Open::Anywhere => &judged[index].high,
        };
        let pieces = order.iter().flat_map(|&index| pieces(index).iter().map(move |piece| (index, *piece)));
        assign(self.pack, pieces.collect(), open)
    }

    fn verdict(&self, low: &Assignment, high: &Assignment) -> Verdict {
        let passes = |reading: &Assignment| {
            self.pack.requirements.iter().all(|rule| reading.counted(&rule.of, self.pack) >= rule.needed)
        };
        match (passes(low), passes(high)) {
            (true, _) => Verdict::Met,
            (false, true) => Verdict::CannotTell,
            (false, false) => Verdict::NotMet,
        }
    }

    fn requirement(&self, rule: &MinimumRule, low: &Assignment, high: &Assignment, record: &Record) -> Requirement {
        let counted = low.counted(&rule.of, self.pack);
        let state = if counted >= rule.needed {
            Verdict::Met
        } else if high.at_best(&rule.of, self.pack) >= rule.needed {
            Verdict::CannotTell
        } else {
            Verdict::NotMet
        };
        let fills = low.fills(&rule.of, self.pack);
        Requirement {
            id: rule.id.clone(),
            label: rule.label.clone(),
            kind: RequirementKind::Minimum,
            path: None,
            needed: rule.needed,
            earned: low.earned(&rule.of, self.pack),
            counted,
            short: counted.short_of(rule.needed),
            state,
            fills: fills
                .into_iter()
                .map(|(credit, points)| Fill { credit: record.credits[credit].id.clone(), points })
                .collect(),
            source: self.pack.source(&rule.source),
        }
    }

    fn outcomes(&self, credits: &[Credit], judged: Vec<Judged>, low: &Assignment) -> Vec<CreditOutcome> {
        let mut counted: Vec<BTreeMap<String, Points>> = vec![BTreeMap::new(); credits.len()];
        for placed in low.placed() {
            let category = placed.piece.category.map_or(UNASSIGNED, |index| self.pack.categories[index].id.as_str());
            if !placed.counted.is_zero() {
                *counted[placed.credit].entry(category.to_owned()).or_default() += placed.counted;
            }
        }
        let outcome = |((credit, judged), split): ((&Credit, Judged), BTreeMap<String, Points>)| {
            let earned: Points = judged.low.iter().map(|piece| piece.points).sum();
            let sum: Points = split.values().copied().sum();
            let mut reasons = judged.reasons;
            if sum < earned {
                let rule = &self.pack.cap;
                let text = format!(
                    "{sum} of {earned} points count: {} counts at most {} points from other sources.",
                    self.pack.issuer.short, rule.limit
                );
                reasons.push(Reason { code: "capped".into(), text, source: Some(self.pack.source(&rule.source)) });
            }
            CreditOutcome {
                id: credit.id.clone(),
                earned,
                counted: sum,
                rate: judged.rate,
                split,
                approved: judged.approved,
                proven: judged.proven,
                reasons,
            }
        };
        credits.iter().zip(judged).zip(counted).map(outcome).collect()
    }

    /// The weakest value that the verdict rests on: the demands themselves and the rates of what counted.
    fn basis(&self, low: &Assignment, judged: &[Judged]) -> Basis {
        let pack = self.pack;
        let demands = pack.requirements.iter().map(|rule| rule.basis).chain([pack.cap.basis, pack.period.basis]);
        let rates = low.placed().filter(|p| !p.counted.is_zero()).filter_map(|p| judged[p.credit].basis);
        demands.chain(rates).max().unwrap_or(Basis::Official)
    }

    fn questions(&self, credits: &[Credit], judged: &[Judged]) -> Vec<Question> {
        let asked: BTreeSet<&'static str> = judged.iter().flat_map(|credit| credit.asks.iter().copied()).collect();
        let issuer = &self.pack.issuer.short;
        let question = |id: &'static str| {
            let about: Vec<usize> = (0..credits.len()).filter(|&index| judged[index].asks.contains(&id)).collect();
            let rule = about.first().and_then(|&index| credits[index].unit).and_then(|unit| self.pack.unit(unit));
            let (text, options) = match id {
                "approver" => (
                    format!(
                        "Is this activity approved by {issuer}? Look for {issuer}'s approval on the certificate, or ask the provider."
                    ),
                    vec!["Yes".to_owned(), "No".to_owned()],
                ),
                "category" => (
                    "Which category does it belong to? If it covers several, how much time went to each?".to_owned(),
                    self.pack.categories.iter().map(|category| category.label.clone()).collect(),
                ),
                "late_points" => (
                    format!(
                        "Do points earned after the expiry date, but before renewal closes, count for {}?",
                        self.pack.name
                    ),
                    vec!["Yes".to_owned(), "No".to_owned()],
                ),
                "period_start" => (
                    format!(
                        "On which day in {} were you certified or recertified?",
                        self.window.dates.from.format("%B %Y")
                    ),
                    Vec::new(),
                ),
                _ => (
                    rule.and_then(|rule| rule.question.clone()).unwrap_or_default(),
                    rule.map(|rule| rule.options.clone()).unwrap_or_default(),
                ),
            };
            Question {
                id: id.to_owned(),
                text,
                credits: about.iter().map(|&index| credits[index].id.clone()).collect(),
                options,
            }
        };
        asked.into_iter().map(question).collect()
    }

    /// The day renewal by points closed, once it has.
    fn closed_on(&self) -> Option<NaiveDate> {
        (self.window.standing(self.on) == Standing::Lapsed).then_some(self.window.late_until.1)
    }

    fn dates(&self) -> Dates {
        let expires_on = self.window.dates.to;
        let (safe, latest) = self.window.late_until;
        let submit_by = self.pack.submit_by.iter().map(|rule| (rule.way.clone(), minus_days(expires_on, rule.days)));
        Dates {
            expires_on,
            late_until: Some(safe),
            late_until_latest: (safe != latest).then_some(latest),
            submit_by: submit_by.collect(),
        }
    }

    fn notes(&self, credential: &Credential, standing: Standing, unused: bool) -> Vec<Reason> {
        let mut notes = Vec::new();
        if unused {
            let text = "Answers, wishes, changed rules and rules of your own are kept in your record; this version does \
                        not use them yet.";
            notes.push(Reason { code: "not_used_yet".to_owned(), text: text.to_owned(), source: None });
        }
        let issuer = &self.pack.issuer.short;
        let mut note = |code: &str, text: String, source: &str| {
            notes.push(Reason { code: code.to_owned(), text, source: Some(self.pack.source(source)) });
        };
        if let Some(computed) = self.window.computed_to {
            let reason = credential
                .expires_reason
                .as_ref()
                .map(|text| format!(" Your reason: {}.", text.trim_end_matches('.')))
                .unwrap_or_default();
            let text = format!(
                "Your card says {}; {issuer}'s rule gives {}. The date on the card is used.{reason}",
                long(self.window.dates.to),
                long(computed)
            );
            note("printed_expiry", text, &self.pack.period.source);
        }
        if self.on < self.window.dates.from {
            let text =
                format!("{} lies before this period, which began on {}.", long(self.on), long(self.window.dates.from));
            note("before_period", text, &self.pack.period.source);
        }
        let (safe, latest) = self.window.late_until;
        let (expired, name) = (short(self.window.dates.to), &self.pack.name);
        match standing {
            Standing::Current => {}
            Standing::Late => {
                let open = if self.on <= safe {
                    format!("Renewal by points is still open; the safe last day is {}.", short(safe))
                } else {
                    format!(
                        "Renewal by points may still be open until {}: {issuer}'s texts differ, and the safe last day was {}.",
                        short(latest),
                        short(safe)
                    )
                };
                let text = format!("Expired {expired}. {open} Until you are renewed, don't sign as {name}.");
                note("late", text, &self.pack.late.source);
            }
            Standing::Lapsed => {
                let text = format!("Expired {expired}. {}; don't sign as {name}.", words::closed(self.pack, latest));
                note("lapsed", text, &self.pack.late.source);
            }
        }
        notes
    }
}

impl Judged {
    fn say(&mut self, code: &str, text: String, source: Option<String>) {
        self.reasons.push(Reason { code: code.to_owned(), text, source });
    }

    /// Worth nothing on any reading.
    fn refuse(&mut self, code: &str, text: String, source: Option<String>) {
        self.low.clear();
        self.high.clear();
        self.asks.clear();
        self.say(code, text, source);
    }

    fn ask(&mut self, question: &'static str, text: String) {
        self.asks.push(question);
        self.say(question, text, None);
    }

    fn is_refused(&self) -> bool {
        self.low.is_empty() && self.high.is_empty() && self.asks.is_empty() && !self.reasons.is_empty()
    }
}

/// Whether the record holds what this version keeps but does not judge by.
fn has_unused(record: &Record) -> bool {
    !(record.answers.is_empty() && record.pins.is_empty() && record.overrides.is_empty() && record.packs.is_empty())
}

/// Whether the papers in hand show the credit: a certificate, or the issuer's own transcript for its own points.
fn is_proven(credit: &Credit, approved: Option<bool>) -> bool {
    let shows =
        |role: ProofRole| matches!(role, ProofRole::Certificate | ProofRole::CardFront | ProofRole::TranscriptPage);
    credit.proofs.iter().any(|proof| shows(proof.role))
        || (approved == Some(true) && credit.issuer_transcript == Some(IssuerTranscript::Posted))
}

/// Which credits are counted first: with proof, then older, then by id.
fn preference(credits: &[Credit], judged: &[Judged]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..credits.len()).collect();
    order.sort_by_key(|&index| (!judged[index].proven, credits[index].completed_on, &credits[index].id));
    order
}
