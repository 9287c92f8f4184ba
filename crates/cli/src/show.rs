//! Answers as text for people.

mod evaluation;
mod paper;
mod preflight;
mod renewal;

use std::fmt::Write as _;

use app::wire::{
    BackupTaken, BackupView, Backups, DeletionView, Found, FoundIn, GoingKind, HistoryEntry, HistoryStep,
    ImportPreview, LeftOut, OutsideView, PackView, RestoreView, TouchedView, Verification,
};
use domain::credit::Credit;
use domain::date::short;
use domain::record::{Answer, Override, Pin};
use domain::{Credential, Fact, ProofRef};

use crate::print::Text;

pub(crate) use evaluation::evaluation;
pub(crate) use paper::{checked, packet, transcript};
pub(crate) use preflight::checks;
pub(crate) use renewal::{frozen, renewals, submission, waiting};

/// “2026-03-04T17:05:09Z  Added “EKG””
pub(crate) fn done(entry: &HistoryEntry) -> String {
    format!("{}  {}", entry.at, entry.text)
}

/// “2026-03-04T17:05:09Z  Changed, title: “EKG” → “ECG””
pub(crate) fn step(step: &HistoryStep) -> Text {
    let told = |value: &str| if value.is_empty() { "nothing".to_owned() } else { format!("“{value}”") };
    let changes = step
        .changes
        .iter()
        .map(|change| format!("    {}: {} → {}", change.field, told(&change.before), told(&change.after)));
    std::iter::once(format!("{}  {}", step.at, step.text)).chain(changes).map(Text::from).collect()
}

/// “1 credit”, “2 credits”.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

pub(crate) fn credentials(credentials: &[Credential]) -> Text {
    let line = |credential: &Credential| {
        let dates = [
            ("certified", credential.certified_on),
            ("recertified", credential.recertified_on),
            ("expires", credential.expires_on),
        ];
        let dates = dates.into_iter().filter_map(|(word, date)| Some(format!("{word} {}", short(date?))));
        format!("{:<8} {:<12} {}", credential.id, credential.pack, dates.collect::<Vec<_>>().join(", "))
    };
    list("No credential yet. Add one: recert credential add cma-aama --certified DATE", credentials, line)
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

/// The credit, and under it the words that were found unless they are its title.
pub(crate) fn found(found: &Found) -> Text {
    let excerpt: String = found.excerpt.iter().map(|piece| piece.text.as_str()).collect();
    let label = match found.found_in {
        FoundIn::Title => return credit_line(&found.credit).into(),
        FoundIn::Provider => "provider",
        FoundIn::Numbers => "number",
        FoundIn::About => "about",
        FoundIn::Tags => "topics",
        FoundIn::Name => "name on certificate",
        FoundIn::Files => "file",
        FoundIn::Text => "text of the certificate",
    };
    [credit_line(&found.credit), format!("    {label}: {}", excerpt.trim())].map(Text::from).into_iter().collect()
}

/// A line for each, or the one that says that there are none.
pub(crate) fn list<T, P: Into<Text>>(empty: &str, all: &[T], line: impl Fn(&T) -> P) -> Text {
    if all.is_empty() { empty.into() } else { all.iter().map(|one| line(one).into()).collect() }
}

pub(crate) fn credits(credits: &[Credit]) -> Text {
    let empty = "No credits yet. Add one: recert credit add --title … --completed … --amount … --unit …";
    list(empty, credits, credit_line)
}

/// “card.jpg (card_front)”
pub(crate) fn proof(proof: &ProofRef) -> String {
    format!("{} ({})", proof.name, word(&proof.role))
}

/// “f1  cpr_card bls, Red Cross, 2 Jun 2025 to 30 Jun 2027”
pub(crate) fn fact(fact: &Fact) -> String {
    let mut parts =
        vec![[Some(word(&fact.kind)), fact.tag.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")];
    parts.extend(fact.title.clone());
    parts.extend(fact.amount.map(|hours| format!("{hours} hours")));
    parts.extend(match (fact.issued_on.map(short), fact.expires_on.map(short)) {
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(to)) => Some(format!("to {to}")),
        (None, None) => None,
    });
    parts.extend(fact.credential.as_ref().map(|id| format!("for {id}")));
    parts.extend((!fact.proofs.is_empty()).then(|| count(fact.proofs.len(), "file")));
    format!("{}  {}", fact.id, parts.join(", "))
}

/// “approver: No, about c3, for cma, 2 Jan 2025 (by e-mail)”
pub(crate) fn answer(answer: &Answer) -> String {
    let mut text = format!("{}: {}", answer.question, answer.answer);
    if !answer.credits.is_empty() {
        let _ = write!(text, ", about {}", answer.credits.join(", "));
    }
    if let Some(credential) = &answer.credential {
        let _ = write!(text, ", for {credential}");
    }
    let _ = write!(text, ", {}", short(answer.answered_on));
    if let Some(note) = &answer.note {
        let _ = write!(text, " ({note})");
    }
    text
}

/// “c3 is counted for cma, in clinical”
pub(crate) fn pin(pin: &Pin) -> String {
    let counted = if pin.counted { "is counted" } else { "is left out" };
    let category = pin.category.as_ref().map(|category| format!(", in {category}")).unwrap_or_default();
    format!("{} {counted} for {}{category}", pin.credit, pin.credential)
}

/// “cma-aama requirements.total.needed = "50", since 15 Jan 2026: AAMA's letter”
pub(crate) fn changed(changed: &Override) -> String {
    format!("{} {} = {}, since {}: {}", changed.pack, changed.path, changed.value, short(changed.on), changed.reason)
}

/// “cma-aama  CMA (AAMA), American Association of Medical Assistants”
pub(crate) fn packs(packs: &[PackView]) -> Text {
    let line = |pack: &PackView| {
        let draft = if pack.draft.is_some() { " (draft)" } else { "" };
        format!("{:<20}  {}, {}{draft}", pack.id, pack.name, pack.issuer)
    };
    list("There are no rules here.", packs, line)
}

pub(crate) fn credit(credit: &Credit) -> Text {
    let mut text = Text::from(credit_line(credit));
    let split: Vec<String> = credit.split.iter().map(|(category, part)| format!("{category} {part}")).collect();
    let proofs: Vec<String> = credit.proofs.iter().map(proof).collect();
    let lines = [
        ("status", Some(word(&credit.status))),
        ("kind", Some(word(&credit.kind))),
        ("provider", credit.provider.clone()),
        ("number", credit.provider_number.clone()),
        ("approved by", credit.approver.as_ref().map(ToString::to_string)),
        ("categories", Some(split.join(", ")).filter(|split| !split.is_empty())),
        ("topics", Some(credit.tags.join(", ")).filter(|tags| !tags.is_empty())),
        ("format", credit.format.clone()),
        ("files", Some(proofs.join(", ")).filter(|proofs| !proofs.is_empty())),
        ("about", credit.description.clone()),
    ];
    for (label, value) in lines {
        if let Some(value) = value {
            text.push(format!("    {label}: {value}"));
        }
    }
    text
}

pub(crate) fn import(preview: &ImportPreview, verb: &str) -> Text {
    let mut text = Text::from(format!("{verb} {} from {}.", count(preview.credits.len(), "credit"), preview.name));
    if preview.duplicates > 0 {
        text.push(format!("Left out {} already in the record.", preview.duplicates));
    }
    for fault in &preview.faults {
        text.push(format!("Row {}, column {}, “{}”: {}", fault.row, fault.column, fault.value, fault.reason));
    }
    text
}

/// What is damaged, in one sentence.
pub(crate) fn damage(verification: &Verification) -> String {
    let damage = verification.damage.iter().map(|damage| format!("{}: {}", damage.place, damage.message));
    damage.collect::<Vec<_>>().join("; ")
}

pub(crate) fn verification(verification: &Verification) -> Text {
    let absent = match verification.not_here {
        0 => String::new(),
        number => format!(" Not on this computer: {} of an imported record.", count(number, "certificate")),
    };
    let read = [count(verification.originals, "file"), count(verification.backups, "backup")].join(" and ");
    let mut text = Text::from(format!("Undamaged: {read} re-read.{absent}"));
    for healed in &verification.healed {
        text.push(format!("Was lost or changed and is whole again: {}, from {}.", healed.place, healed.from));
    }
    text.extend(open_to_others(&verification.open_to_others));
    text
}

/// What could not be made hers alone.
fn open_to_others(folders: &[String]) -> impl Iterator<Item = Text> {
    folders.iter().map(|folder| {
        format!("Others on this computer may read {folder}. Its disk, its owner or what else is in it leaves it so.")
            .into()
    })
}

/// “Backed up as 20260304T170509Z-asked; 3 files were new.”
pub(crate) fn backup_taken(taken: &BackupTaken) -> Text {
    let new = match taken.copied {
        0 => "no file was new".to_owned(),
        1 => "1 file was new".to_owned(),
        several => format!("{several} files were new"),
    };
    let mut text = Text::from(format!("Backed up as {}; {new}.", taken.backup.name));
    for hash in &taken.left_out {
        text.push(format!("Not in it, because it is lost or changed: {hash}. See recert verify."));
    }
    text
}

pub(crate) fn backups(backups: &Backups) -> Text {
    let line = |backup: &BackupView| format!("{:<28}  {}, {}", backup.name, backup.taken_at, backup.reason);
    let mut text = list("No backup yet. Make one: recert backup create", &backups.backups, line);
    if let Some(outside) = &backups.outside {
        text.push(outside_place(Some(outside)));
        text.extend(outside.backups.iter().map(|backup| format!("    {}", line(backup)).into()));
    }
    text.extend(open_to_others(&backups.open_to_others));
    if let Some(warning) = &backups.synced {
        text.push(format!("{warning} To move it: recert backup move"));
    }
    text
}

pub(crate) fn outside_place(place: Option<&OutsideView>) -> String {
    let Some(place) = place else {
        return "No copy leaves this computer. Set a place: recert backup place DIR".to_owned();
    };
    let last = place.last_outside.as_deref().map_or("no copy yet".to_owned(), |last| format!("last copy {last}"));
    let now = if place.reachable { "" } else { "; it is not there now" };
    format!("Copies go to {} by themselves: {last}{now}.", place.folder)
}

/// What goes or went, and what stays.
pub(crate) fn deletion(told: &DeletionView, done: bool, with_outside: bool) -> Text {
    let verb = if done { "Deleted" } else { "Would delete" };
    let mut text = Text::from(format!("{verb} in {}:", told.folder));
    for going in &told.going {
        let what = match going.kind {
            GoingKind::Record => "the record".to_owned(),
            GoingKind::Certificate => count(going.files, "certificate"),
            GoingKind::Backup => count(going.files, "backup"),
            GoingKind::Copy => format!("{} of certificates in the backups", copies(going.files)),
            GoingKind::SetAside => format!("{} set aside", count(going.files, "file")),
            GoingKind::Other => format!("{} of Recert’s own", count(going.files, "other file")),
        };
        text.push(format!("    {what}"));
    }
    match &told.outside {
        Some(outside) if with_outside => text.push(format!("The copies in {} are among them.", outside.folder)),
        Some(outside) if done => text.push(format!("The copies in {} stay.", outside.folder)),
        Some(outside) => text.push(format!("The copies in {} stay; --outside deletes them, too.", outside.folder)),
        None => {}
    }
    if let Some(folder) = &told.former_place {
        text.push(format!("An earlier version of Recert copied to {folder}. Copies there stay."));
    }
    for path in &told.staying {
        text.push(format!("Stays, as Recert did not make it: {path}"));
    }
    if !done {
        text.push("Nothing was deleted. It cannot be taken back. To do it: recert delete --yes");
    }
    text
}

fn copies(number: usize) -> String {
    if number == 1 { "1 copy".to_owned() } else { format!("{number} copies") }
}

pub(crate) fn restored(told: &RestoreView, verb: &str) -> Text {
    let of = told.taken_at.as_deref().unwrap_or("an unknown day");
    let mut text = Text::from(format!("{verb} the record as of {of}."));
    for (word, touched) in [("comes back", &told.added), ("changes", &told.changed), ("goes", &told.removed)] {
        for one in touched {
            text.push(format!("    {word}: {}", touched_line(one)));
        }
    }
    for file in &told.brought_back {
        text.push(format!("    file: {file}"));
    }
    if told.in_the_trash > 0 {
        text.push(format!("    {} in the trash", count(told.in_the_trash as usize, "credit")));
    }
    text.push(format!("    {} in its history", count(told.operations as usize, "change")));
    for LeftOut { table, name, reason } in &told.left_out {
        text.push(format!("    left out, as Recert never writes it: {table} {name} ({reason})"));
    }
    for hash in &told.refused {
        text.push(format!("    not taken, because its bytes in the backup are damaged: {hash}"));
    }
    for hash in &told.missing {
        text.push(format!("    neither here nor in the backup: {hash}"));
    }
    if let Some(aside) = &told.set_aside {
        text.push(format!("The damaged record that stood there is kept as {aside}."));
    }
    if let Some(way_back) = &told.way_back {
        text.push(format!("To take this back: recert backup restore {way_back}"));
    }
    text
}

/// “credit c3 Order of Draw”
fn touched_line(touched: &TouchedView) -> String {
    let parts = [Some(touched.entity.as_str()), Some(touched.id.as_str()), touched.title.as_deref()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The word that the record's JSON uses.
fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
