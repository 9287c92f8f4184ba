//! Answers as text for people.

use std::fmt::Write as _;

use app::wire::{ImportPreview, Verification};
use domain::Credential;
use domain::credit::Credit;
use domain::date::{long, short};
use domain::evaluation::{Basis, Evaluation, Standing, Verdict};

/// “1 credit”, “2 credits”.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

pub(crate) fn evaluation(evaluation: &Evaluation) -> String {
    let mut text = String::new();
    let standing = match evaluation.standing {
        Standing::Current => "current",
        Standing::Late => "expired, renewal by points still open",
        Standing::Lapsed => "expired, renewal by points closed",
    };
    let period = evaluation.period;
    let _ = writeln!(text, "{} on {}: {standing}", evaluation.credential_name, long(evaluation.on));
    let _ = writeln!(text, "Period {} to {}", short(period.from), short(period.to));
    let _ = writeln!(text, "\n{}", evaluation.gap.sentence);
    if evaluation.verdict == Verdict::Met && evaluation.verdict_with_proof != Verdict::Met {
        let _ = writeln!(text, "Some of it still lacks its certificate.");
    }
    let _ = writeln!(text, "\n{:<20} {:>8} {:>8} {:>8} {:>8}", "", "needed", "earned", "counted", "short");
    for line in &evaluation.requirements {
        let state = match line.state {
            Verdict::Met => "met",
            Verdict::NotMet => "not met",
            Verdict::CannotTell => "cannot tell yet",
        };
        let (needed, earned) = (line.needed.to_string(), line.earned.to_string());
        let (counted, missing) = (line.counted.to_string(), line.short.to_string());
        let _ = writeln!(text, "{:<20} {needed:>8} {earned:>8} {counted:>8} {missing:>8}  {state}", line.label);
    }
    for cap in &evaluation.caps {
        let (limit, earned, counted) = (format!("max {}", cap.limit), cap.earned.to_string(), cap.counted.to_string());
        let _ = writeln!(text, "{:<20} {limit:>8} {earned:>8} {counted:>8}", cap.label);
    }
    let left_out: Vec<_> =
        evaluation.credits.iter().filter(|credit| credit.counted < credit.earned || credit.earned.is_zero()).collect();
    if !left_out.is_empty() {
        let _ = writeln!(text, "\nNot counted, or only in part:");
        for credit in left_out {
            let reasons: Vec<&str> = credit.reasons.iter().map(|reason| reason.text.as_str()).collect();
            let _ = writeln!(text, "  {}: {}", credit.id, reasons.join(" "));
        }
    }
    for question in &evaluation.questions {
        let _ = writeln!(text, "\nOpen ({}): {}", question.credits.join(", "), question.text);
    }
    for note in &evaluation.notes {
        let _ = writeln!(text, "\n{}", note.text);
    }
    let basis = match evaluation.basis {
        Basis::Official => "the issuer's own texts",
        Basis::Relayed => "the issuer's texts as passed on by others",
        Basis::Inference => "our reading where the issuer is silent",
        Basis::Secondary => "what third parties say",
    };
    let checked = match evaluation.pack_verified_on {
        Some(date) => format!("checked on {}", short(date)),
        None => "not yet checked by a person on the issuer's live pages".to_owned(),
    };
    let _ = writeln!(
        text,
        "\nRules {} {}, {checked}; the weakest value rests on {basis}.",
        evaluation.pack, evaluation.pack_version
    );
    text
}

pub(crate) fn credentials(credentials: &[Credential]) -> String {
    if credentials.is_empty() {
        return "No credential yet. Add one: recert credential add cma-aama --certified DATE\n".to_owned();
    }
    let line = |credential: &Credential| {
        let dates = [
            ("certified", credential.certified_on),
            ("recertified", credential.recertified_on),
            ("expires", credential.expires_on),
        ];
        let dates = dates.into_iter().filter_map(|(word, date)| Some(format!("{word} {}", short(date?))));
        format!("{:<8} {:<12} {}\n", credential.id, credential.pack, dates.collect::<Vec<_>>().join(", "))
    };
    credentials.iter().map(line).collect()
}

/// “c3  Order of Draw, 4 Mar 2024, 2.0 aama_ceu”
pub(crate) fn credit_line(credit: &Credit) -> String {
    let mut parts = vec![if credit.title.is_empty() { "untitled".to_owned() } else { credit.title.clone() }];
    parts.extend(credit.completed_on.map(short));
    if let (Some(amount), Some(unit)) = (credit.amount, credit.unit) {
        parts.push(format!("{amount} {}", word(&unit)));
    }
    format!("{}  {}", credit.id, parts.join(", "))
}

pub(crate) fn credits(credits: &[Credit]) -> String {
    if credits.is_empty() {
        return "No credits yet. Add one: recert credit add --title … --completed … --amount … --unit …\n".to_owned();
    }
    credits.iter().map(|credit| credit_line(credit) + "\n").collect()
}

pub(crate) fn credit(credit: &Credit) -> String {
    let mut text = credit_line(credit) + "\n";
    let split: Vec<String> = credit.split.iter().map(|(category, part)| format!("{category} {part}")).collect();
    let proofs: Vec<&str> = credit.proofs.iter().map(|proof| proof.name.as_str()).collect();
    let lines = [
        ("status", Some(word(&credit.status))),
        ("kind", Some(word(&credit.kind))),
        ("provider", credit.provider.clone()),
        ("number", credit.provider_number.clone()),
        ("approved by", credit.approver.as_ref().map(ToString::to_string)),
        ("categories", Some(split.join(", ")).filter(|split| !split.is_empty())),
        ("certificates", Some(proofs.join(", ")).filter(|proofs| !proofs.is_empty())),
        ("about", credit.description.clone()),
    ];
    for (label, value) in lines {
        if let Some(value) = value {
            let _ = writeln!(text, "    {label}: {value}");
        }
    }
    text
}

pub(crate) fn import(preview: &ImportPreview, verb: &str) -> String {
    let mut text = format!("{verb} {} from {}.\n", count(preview.credits.len(), "credit"), preview.name);
    if preview.duplicates > 0 {
        let _ = writeln!(text, "Left out {} already in the record.", preview.duplicates);
    }
    for fault in &preview.faults {
        let _ = writeln!(text, "Row {}, column {}, “{}”: {}", fault.row, fault.column, fault.value, fault.reason);
    }
    text
}

pub(crate) fn verification(verification: &Verification) -> String {
    if verification.damage.is_empty() {
        let absent = match verification.not_here {
            0 => String::new(),
            number => format!(" Not on this computer: {} of an imported record.", count(number, "certificate")),
        };
        return format!("Undamaged: {} re-read.{absent}\n", count(verification.originals, "file"));
    }
    let damage: Vec<String> =
        verification.damage.iter().map(|damage| format!("{}: {}", damage.place, damage.message)).collect();
    format!("{}\n", damage.join("; "))
}

/// The word that the record's JSON uses.
fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
