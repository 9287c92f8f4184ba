//! Periods and what was sent in for them, as text for people.

use app::wire::{FrozenView, PeriodView, Renewals, Waiting};
use domain::Submission;
use domain::date::short;
use domain::record::PeriodState;
use domain::submission::{Decided, SubmissionState};
use serde_json::Value;

use crate::print::Text;

/// “s1  for cma, sent 4 Mar 2026 (mail), accepted on 1 Apr 2026”
pub(crate) fn submission(submission: &Submission) -> String {
    let way = submission.way.as_ref().map(|way| format!(" ({way})")).unwrap_or_default();
    let answered = submission.answered_on.map(|day| format!(" on {}", short(day))).unwrap_or_default();
    let (id, credential, sent) = (&submission.id, &submission.credential, short(submission.sent_on));
    format!("{id}  for {credential}, sent {sent}{way}, {}{answered}", told(submission.state))
}

/// “You sent your application on 4 Mar 2026; there is no answer yet.”
pub(crate) fn waiting(waiting: &Waiting) -> Text {
    let sent = short(waiting.sent_on);
    let id = &waiting.submission;
    let told = match waiting.state {
        SubmissionState::Questions => {
            format!("You sent your application on {sent}, and questions came back ({id}).")
        }
        _ => format!("You sent your application on {sent}; there is no answer yet ({id})."),
    };
    [told, String::new()].map(Text::from).into_iter().collect()
}

/// All of a submission: its line, what was required, and each credit with what was decided.
pub(crate) fn frozen(frozen: &FrozenView) -> Text {
    let submission = &frozen.view.submission;
    let note = submission.note.iter().map(|note| format!("    {note}"));
    let minimums = list(&frozen.evaluation["requirements"]).filter(|line| line["kind"] == "minimum");
    let required = minimums
        .map(|line| format!("{:<28} {:>6} of {}", word(line, "label"), word(line, "counted"), word(line, "needed")));
    let credits = list(&frozen.credits).filter_map(|credit| decided_credit(credit, &frozen.evaluation, submission));
    let lines = std::iter::once(self::submission(submission)).chain(note).chain(required).chain(credits);
    lines.map(Text::from).collect()
}

/// “c1  EKG, counted 2, refused (in-house training)”
fn decided_credit(credit: &Value, evaluation: &Value, submission: &Submission) -> Option<String> {
    let id = word(credit, "id");
    let outcome = list(&evaluation["credits"]).find(|outcome| outcome["id"] == id)?;
    let decision = submission.decisions.iter().find(|decision| decision.credit == id).map(|decision| {
        let why = decision.note.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
        format!(", {}{why}", decided(decision.decided))
    });
    let (title, counted) = (word(credit, "title"), word(outcome, "counted"));
    Some(format!("{id:<5} {title}, counted {counted}{}", decision.unwrap_or_default()))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn word<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// A line for each period, and below it what was sent in for it.
pub(crate) fn renewals(renewals: &Renewals) -> Text {
    let of = |view: &PeriodView| {
        let period = &view.period;
        let line = format!("{} to {}, {}", short(period.from), short(period.to), ended(view));
        let sent = renewals.submissions.iter().filter(|sent| sent.submission.period.from == period.from);
        let sent = sent.map(|sent| format!("    {}", submission(&sent.submission)));
        std::iter::once(line).chain(sent).map(Text::from).collect::<Text>()
    };
    renewals.periods.iter().map(of).collect()
}

fn ended(view: &PeriodView) -> String {
    if view.current {
        return "your present period".to_owned();
    }
    let on = view.period.renewed_on.map(|day| format!(" on {}", short(day))).unwrap_or_default();
    match view.period.state {
        PeriodState::Renewed => format!("renewed{on}"),
        PeriodState::Lapsed => "lapsed".to_owned(),
        PeriodState::Submitted => "sent in".to_owned(),
        PeriodState::Open => "open".to_owned(),
    }
}

fn told(state: SubmissionState) -> &'static str {
    match state {
        SubmissionState::Sent => "no answer yet",
        SubmissionState::Questions => "questions came back",
        SubmissionState::Accepted => "accepted",
        SubmissionState::Refused => "refused",
    }
}

fn decided(decided: Decided) -> &'static str {
    match decided {
        Decided::Accepted => "accepted",
        Decided::Refused => "refused",
        Decided::Questioned => "questioned",
    }
}
