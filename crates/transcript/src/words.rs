//! The words of the pages: units, proofs, states. The one place where they are chosen.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::evaluation::{Basis, Reason, RequirementKind, Standing, Verdict};
use domain::pack::Field;
use domain::{Credit, Evaluation, Fact, FactKind, IssuerTranscript, Lacking, ProofRole, Unit, date};

use crate::entries::Entry;
use crate::fonts::{Fonts, Printable};
use crate::options::Extent;
use crate::{Error, Labels, Laid, Transcript};

/// One unit and several.
pub(crate) fn unit(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::AamaCeu => ("AAMA CEU", "AAMA CEUs"),
        Unit::ContactHour => ("contact hour", "contact hours"),
        Unit::ClockHour => ("clock hour", "clock hours"),
        Unit::CmeCredit => ("CME credit", "CME credits"),
        Unit::IacetCeu => ("IACET CEU", "IACET CEUs"),
        Unit::Ceu => ("CEU", "CEUs"),
        Unit::SemesterCredit => ("semester credit", "semester credits"),
        Unit::QuarterCredit => ("quarter credit", "quarter credits"),
        Unit::CprCard => ("CPR card", "CPR cards"),
        Unit::IssuerCredit => ("credit", "credits"),
        Unit::Point => ("point", "points"),
    }
}

/// What the short words of units stand for, as far as they occur.
pub(crate) fn abbreviations(units: &BTreeSet<Unit>) -> BTreeMap<&'static str, String> {
    let known = units.iter().flat_map(|unit| match unit {
        Unit::AamaCeu | Unit::Ceu => vec![CEU],
        Unit::IacetCeu => vec![CEU, IACET],
        Unit::CmeCredit => vec![("CME", "Continuing medical education")],
        Unit::CprCard => vec![("CPR", "Cardiopulmonary resuscitation")],
        Unit::ContactHour
        | Unit::ClockHour
        | Unit::SemesterCredit
        | Unit::QuarterCredit
        | Unit::IssuerCredit
        | Unit::Point => Vec::new(),
    });
    known.map(|(short, long)| (short, format!("{long}."))).collect()
}

const CEU: (&str, &str) = ("CEU", "Continuing education unit");
const IACET: (&str, &str) = ("IACET", "International Accreditors for Continuing Education and Training");

/// `2.0 contact hours`, `1 CPR card`.
pub(crate) fn amount(printed: &str, of: Unit) -> String {
    let (one, many) = unit(of);
    let is_one = printed.strip_prefix('1').is_some_and(|rest| rest.trim_matches(['.', '0']).is_empty());
    format!("{printed} {}", if is_one && !printed.starts_with("10") { one } else { many })
}

/// `1 point`, `2.5 hours`: in what the issuer counts in.
pub(crate) fn points(points: &str, labels: &Labels) -> String {
    let (one, many) = &labels.counts_in;
    format!("{points} {}", if points == "1" { one } else { many })
}

/// `1 activity`, `3 activities`. What stands in a row is called so, for a “credit” is a unit with many issuers.
pub(crate) fn activities(number: usize) -> String {
    count(number, "activity", "activities")
}

/// As the head of a column: `Points`.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The rules' texts as print has them: `AAMA’s`.
pub fn curly(text: &str) -> String {
    text.replace('\'', "’")
}

/// `4 Mar 2026`, or `4 Mar 2026 –` and `6 Mar 2026`: a narrow column must not break inside a date.
pub(crate) fn days(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Vec<String> {
    match (from, to) {
        (Some(from), Some(to)) if from != to => vec![format!("{} –", date::short(from)), date::short(to)],
        (Some(day), _) | (None, Some(day)) => vec![date::short(day)],
        (None, None) => vec!["No date".to_owned()],
    }
}

/// `4 Mar 2026`, or `4 Mar 2026 – 6 Mar 2026`.
pub(crate) fn span(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    days(from, to).join(" ")
}

/// `1 file`, `3 files`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The verb of so many activities.
pub(crate) fn counts(number: usize) -> &'static str {
    if number == 1 { "counts" } else { "count" }
}

/// A state as a table shows it.
pub(crate) fn state(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "Met",
        Verdict::NotMet => "Not met",
        Verdict::CannotTell => "Not known yet",
    }
}

/// The verdict for those who read the pages; the evaluation's own sentence is for her.
pub(crate) fn verdict(evaluation: &Evaluation, labels: &Labels) -> String {
    let short = &labels.issuer_short;
    let demands = evaluation.requirements.iter().any(|line| line.kind != RequirementKind::Advice);
    // As many as are listed: one may be open of several activities.
    let deciding = evaluation.questions.iter().filter(|question| question.decides);
    let deciding = deciding.map(|question| (question.id.starts_with("confirm."), &question.topic));
    let deciding = deciding.collect::<BTreeSet<_>>().len();
    match evaluation.verdict {
        Verdict::Met if !demands && evaluation.draft.is_some() => {
            format!("Nothing is known that {short} asks for besides the date.")
        }
        Verdict::Met if !demands => format!("{short} asks for no continuing education."),
        Verdict::Met if deciding > 0 => "The requirements are met if part of an activity may count.".to_owned(),
        Verdict::Met => "The requirements are met.".to_owned(),
        Verdict::NotMet if !demands => format!("{} has expired.", evaluation.credential_name),
        Verdict::NotMet if evaluation.standing == Standing::Lapsed => "The requirements are not met.".to_owned(),
        Verdict::NotMet => format!("The requirements are not met yet{}.", missing(evaluation)),
        Verdict::CannotTell if evaluation.pack_version.is_empty() => {
            "The rules are not known here, so nothing is judged.".to_owned()
        }
        Verdict::CannotTell => match deciding {
            0 => "It is not known whether the requirements are met.".to_owned(),
            1 => "Whether the requirements are met depends on one open question.".to_owned(),
            several => format!("Whether the requirements are met depends on {several} open questions."),
        },
    }
}

/// `: “Total points” lacks 12, “Current CPR card” is open`
fn missing(evaluation: &Evaluation) -> String {
    /// More are not told apart in one sentence; the table has them all.
    const MOST: usize = 2;
    let chosen = |path: &Option<String>| {
        path.as_ref().is_none_or(|id| evaluation.paths.iter().any(|path| path.chosen && path.id == *id))
    };
    let lines = evaluation.requirements.iter().filter(|line| line.state == Verdict::NotMet && chosen(&line.path));
    let open = lines.filter_map(|line| match line.kind {
        RequirementKind::Minimum => Some(format!("“{}” lacks {}", line.label, line.short.lacking())),
        RequirementKind::Condition => Some(format!("“{}” is open", line.label)),
        RequirementKind::Advice => None,
    });
    let mut open: Vec<String> = open.collect();
    if open.is_empty() {
        return String::new();
    }
    if open.len() > MOST {
        open.truncate(MOST);
        open.push("and more".to_owned());
    }
    curly(&format!(": {}", open.join(", ")))
}

/// A note of the evaluation, unless it is between her and Recert, or said by the standing. A summary has room for what
/// makes the figures others than the rules would.
pub(crate) fn note(note: &Reason, extent: Extent) -> Option<String> {
    let is_hers = ["pin_ignored", "rules_not_used", "late", "lapsed"].contains(&&*note.code);
    let is_short = extent == Extent::Whole || ["override", "draft", "printed_expiry"].contains(&&*note.code);
    (!is_hers && is_short).then(|| curly(&note.text))
}

/// Why an activity counts as it does, unless it is something for her to ask.
pub(crate) fn reason(reason: &Reason) -> Option<String> {
    let is_hers = ["ask", "confirm", "answer_not_used"].contains(&&*reason.code);
    (!is_hers).then(|| curly(&reason.text))
}

/// A rule's source by its title and site: `AAMA: Recertification policies (www.aama-ntl.org)`.
pub(crate) fn source(text: &str) -> String {
    let text = text.trim();
    let at = [", https://", ", http://"].into_iter().find_map(|mark| text.split_once(mark));
    match at.map(|(title, address)| (title, address.split('/').next().unwrap_or_default())) {
        Some((title, site)) if !site.is_empty() => format!("{title} ({site})"),
        _ => text.to_owned(),
    }
}

/// What the proofs change in the verdict, if they do: it is met, but not yet by those that are at hand and complete.
pub(crate) fn with_proof(evaluation: &Evaluation) -> &'static str {
    if evaluation.verdict == Verdict::Met && evaluation.verdict_with_proof != Verdict::Met {
        "Some of the proofs of what counts are still missing or not complete; the tables say which. "
    } else {
        ""
    }
}

/// An approver's id as people write it: ids are mostly initials, `ancc`. A name that was typed in stays as it is.
pub(crate) fn approver(id: &str) -> String {
    let is_initials = id.len() <= 6 && id.bytes().all(|letter| letter.is_ascii_lowercase());
    if is_initials { id.to_uppercase() } else { id.to_owned() }
}

/// Where the credential stands.
pub(crate) fn standing(evaluation: &Evaluation) -> String {
    let name = &evaluation.credential_name;
    let expires = date::short(evaluation.dates.expires_on);
    match (evaluation.standing, evaluation.dates.late_until) {
        (Standing::Current, _) => format!("{name} is current to {expires}."),
        (Standing::Late, Some(until)) => {
            format!("{name} expired on {expires}; renewal is open until {}.", date::short(until))
        }
        (Standing::Late, None) => format!("{name} expired on {expires}; renewal is still open."),
        (Standing::Lapsed, Some(_)) => format!("{name} expired on {expires}; renewal is closed."),
        (Standing::Unknown, _) => format!("{name} ran to {expires}; whether it was renewed since is not on file."),
        (Standing::Lapsed, None) => {
            format!("{name} expired on {expires}; whether renewal is still open is not known.")
        }
    }
}

/// How well the verdict is supported, and what of it least.
pub(crate) fn basis(Transcript { evaluation, labels, entries, options, .. }: &Transcript) -> String {
    let short = &labels.issuer_short;
    let listed = entries.all().filter(|_| options.extent == Extent::Whole);
    let is_weakest = |entry: &&Entry| evaluation.weakest.credits.iter().any(|id| *id == *entry.credit.id);
    let numbers: Vec<usize> = listed.filter(is_weakest).map(|entry| entry.number).collect();
    let weakest = if numbers.is_empty() || numbers.len() < evaluation.weakest.credits.len() {
        evaluation.weakest.named()
    } else {
        let counts = if numbers.len() == 1 { "counts" } else { "count" };
        let worth = format!("what {} {counts} for", self::numbers("activity", "activities", &numbers));
        evaluation.weakest.rules.iter().cloned().chain([worth]).collect::<Vec<_>>().join(", ")
    };
    let weakest = if weakest.is_empty() { weakest } else { format!(": {}", curly(&weakest)) };
    match evaluation.basis {
        Basis::Official => format!("The verdict rests on {short}’s own published rules."),
        Basis::Relayed => format!("The verdict rests in part on {short}’s rules as others reproduce them{weakest}."),
        Basis::Inference => {
            format!(
                "The verdict rests in part on a reading of {short}’s rules that {short} has not confirmed{weakest}."
            )
        }
        Basis::Secondary => {
            format!("The verdict rests in part on what third parties say about {short}’s rules{weakest}.")
        }
    }
}

/// On which pages of a packet an exhibit is, and what became of it: `7`, `7–9, as pictures`.
pub(crate) fn laid(laid: &Laid, first: usize) -> String {
    let pages = match laid.pages() {
        0 | 1 => first.to_string(),
        several => format!("{first}–{}", first + several - 1),
    };
    match laid {
        Laid::Pages(_) => pages,
        Laid::Incomplete(_) => format!("{pages}, and attached"),
        Laid::Redrawn(_) => format!("{pages}, as pictures"),
        Laid::Attached(_) => format!("{pages}, attached"),
        Laid::Absent(_) => format!("{pages}, not here"),
    }
}

/// What shows a credit besides its files, the `exhibits`, and what of it is missing.
pub(crate) fn proof(credit: &Credit, exhibits: &[usize], proven: bool, transcript: &Transcript) -> Vec<String> {
    let short = &transcript.labels.issuer_short;
    let mut lines = Vec::new();
    match credit.issuer_transcript {
        Some(IssuerTranscript::Posted) => lines.push(format!("On {short}’s transcript")),
        Some(IssuerTranscript::Expected) => lines.push(format!("Expected on {short}’s transcript")),
        Some(IssuerTranscript::Missing) => lines.push(format!("Absent from {short}’s transcript")),
        None => {}
    }
    if lines.is_empty() && exhibits.is_empty() {
        lines.push("No proof yet".to_owned());
    } else if lacks_something(credit, exhibits, proven) {
        lines.push(missing_of(transcript.papers.get(credit.id.as_str()).and_then(|papers| papers.lacking.as_ref())));
    }
    lines
}

/// Whether what shows a credit is there and is not enough.
pub(crate) fn lacks_something(credit: &Credit, exhibits: &[usize], proven: bool) -> bool {
    !proven && (!exhibits.is_empty() || credit.issuer_transcript == Some(IssuerTranscript::Posted))
}

/// `Missing: back of the card, provider’s number`
fn missing_of(lacking: Option<&Lacking>) -> String {
    let papers = lacking.iter().flat_map(|lacking| &lacking.papers).filter_map(|roles| roles.first());
    let papers = papers.map(|wanted| role(*wanted).to_lowercase());
    let fields = lacking.iter().flat_map(|lacking| &lacking.fields).map(|wanted| field(*wanted).to_owned());
    let missing: Vec<String> = papers.chain(fields).collect();
    if missing.is_empty() { "Details missing".to_owned() } else { format!("Missing: {}", missing.join(", ")) }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Provider => "provider",
        Field::ProviderNumber => "provider’s number",
        Field::CompletedOn => "date",
        Field::Amount => "amount",
        Field::Description => "what it was about",
        Field::Format => "format",
    }
}

/// What the file of a fact shows: `CPR card, valid to 4 Mar 2027`.
pub(crate) fn fact(fact: &Fact) -> String {
    let named = fact.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let name = named.unwrap_or(match fact.kind {
        FactKind::CprCard => "CPR card",
        FactKind::Credential => "Another certification or license",
        FactKind::Attestation => "Statement or training",
        FactKind::WorkHours => "Hours worked",
        FactKind::Fee => "Fee paid",
        FactKind::Registration => "Registration",
        FactKind::Other => "Another paper",
    });
    let hours = fact.amount.map(|hours| format!(", {hours} hours")).unwrap_or_default();
    let days = match (fact.kind, fact.issued_on, fact.expires_on) {
        (FactKind::WorkHours, from, to) if from.or(to).is_some() => format!(", {}", span(from, to)),
        (_, _, Some(day)) => format!(", valid to {}", date::short(day)),
        (_, Some(day), None) => format!(", {}", date::short(day)),
        (_, None, None) => String::new(),
    };
    format!("{name}{hours}{days}")
}

/// A file's name as far as the fonts have its characters, for nobody can rename an original.
pub(crate) fn file_name(fonts: &Fonts, name: &str) -> Result<Printable, Error> {
    match fonts.printable("the name of a file", name) {
        Err(Error::Unprintable { text, characters, .. }) => {
            fonts.printable("the name of a file", &text.replace(characters.as_slice(), "?"))
        }
        Ok(name) if name.as_str().is_empty() => fonts.printable("the name of a file", "?"),
        printable => printable,
    }
}

/// A fingerprint as two lines of one length.
pub(crate) fn halves(sha256: &str) -> [&str; 2] {
    sha256.split_at_checked(32).map_or([sha256, ""], |(half, rest)| [half, rest])
}

/// `Exhibit 3`, `Exhibits 3, 4`.
pub(crate) fn numbers(one: &str, many: &str, numbers: &[usize]) -> String {
    format!("{} {}", if numbers.len() == 1 { one } else { many }, listed(numbers))
}

/// `3, 4`, or `3–5, 7`; they ascend.
pub(crate) fn listed(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next).flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first}–{last}")],
        few => few.iter().map(usize::to_string).collect(),
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// What a file shows: `Course description`.
pub fn role(role: ProofRole) -> &'static str {
    match role {
        ProofRole::Certificate => "Certificate",
        ProofRole::CourseDescription => "Course description",
        ProofRole::CardFront => "Front of the card",
        ProofRole::CardBack => "Back of the card",
        ProofRole::CardBothSides => "Both sides of the card",
        ProofRole::Agenda => "Agenda or program",
        ProofRole::Receipt => "Receipt",
        ProofRole::TranscriptPage => "Page of a transcript",
        ProofRole::CredentialCertificate => "Certificate of the credential",
        ProofRole::NameChange => "Change of name",
        ProofRole::Letter => "Letter",
        ProofRole::Other => "Something else",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_printed_form_and_agree_with_their_unit() {
        for (printed, words) in [
            ("1", "1 contact hour"),
            ("1.0", "1.0 contact hour"),
            ("10", "10 contact hours"),
            ("0.5", "0.5 contact hours"),
        ] {
            assert_eq!(amount(printed, Unit::ContactHour), words);
        }
        assert_eq!(amount("1.5", Unit::Point), "1.5 points");
        assert_eq!(amount("1.05", Unit::Point), "1.05 points");
    }

    #[test]
    fn numbers_that_follow_each_other_are_listed_as_a_span() {
        assert_eq!(listed(&[1, 2]), "1, 2");
        assert_eq!(listed(&[1, 2, 3, 5, 7, 8, 9, 10]), "1–3, 5, 7–10");
    }

    #[test]
    fn one_day_is_one_date_and_several_are_a_span() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        assert_eq!(span(day("2026-03-04"), day("2026-03-04")), "4 Mar 2026");
        assert_eq!(span(None, day("2026-03-04")), "4 Mar 2026");
        assert_eq!(span(day("2026-02-28"), day("2026-03-04")), "28 Feb 2026 – 4 Mar 2026");
    }
}
