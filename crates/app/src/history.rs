//! What was done, in words; taken back, done again; and the trash.

use domain::{Credit, Packs};
use serde_json::Value;
use vault::{Done, Op, Step, Touched};

use crate::wire::{FieldChange, HistoryEntry, HistoryStep, Undoable};
use crate::{Error, Recert};

/// As many as a person looks through.
const LATEST: usize = 200;

impl Recert {
    /// Takes back what was done last; says what that was.
    pub fn undo(&mut self) -> Result<String, Error> {
        let now = self.clock.now();
        let done = self.vault_mut()?.undo(now)?;
        Ok(self.sentence(&done))
    }

    /// Does again what was taken back last; says what that was.
    pub fn redo(&mut self) -> Result<String, Error> {
        let now = self.clock.now();
        let done = self.vault_mut()?.redo(now)?;
        Ok(self.sentence(&done))
    }

    /// What would be taken back, and done again, next.
    pub fn undoable(&self) -> Result<Undoable, Error> {
        let vault = self.vault()?;
        let told = |done: Option<Done>| done.map(|done| self.sentence(&done));
        Ok(Undoable { undo: told(vault.undoable()?), redo: told(vault.redoable()?) })
    }

    /// What was done, the latest first.
    pub fn history(&self) -> Result<Vec<HistoryEntry>, Error> {
        let entry = |done: Done| HistoryEntry { text: self.sentence(&done), at: done.at };
        Ok(self.vault()?.history(LATEST)?.into_iter().map(entry).collect())
    }

    /// What became of one credit, certification or fact, the earliest first.
    pub fn history_of(&self, id: &str) -> Result<Vec<HistoryStep>, Error> {
        let steps = self.vault()?.history_of(id)?;
        if steps.is_empty() {
            return Err(vault::Error::NotFound { what: "credit, certification or fact", id: id.to_owned() }.into());
        }
        Ok(steps.into_iter().map(step).collect())
    }

    /// The credits in the trash.
    pub fn removed_credits(&self) -> Result<Vec<Credit>, Error> {
        Ok(self.vault()?.removed()?)
    }

    /// Deletes what lies in the trash; says how many credits that were.
    pub fn empty_trash(&mut self) -> Result<usize, Error> {
        #[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone is tied to one lifetime")]
        self.transact(Op::EmptyTrash, |change| change.empty_trash())
    }

    /// “Added “Order of Draw””
    fn sentence(&self, done: &Done) -> String {
        match (done.op, done.of) {
            (Op::Undo, Some(of)) => format!("Undid: {}", lower(&told(of, done, &self.packs))),
            (Op::Redo, Some(of)) => format!("Did again: {}", lower(&told(of, done, &self.packs))),
            (op, _) => told(op, done, &self.packs),
        }
    }
}

fn told(op: Op, done: &Done, packs: &Packs) -> String {
    let verb = verb(op);
    match objects(op, done, packs) {
        Some(objects) if names_objects(op) => format!("{verb} {objects}"),
        _ => verb.to_owned(),
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

fn verb(op: Op) -> &'static str {
    match op {
        Op::Start => "Started the record",
        Op::EditHolder => "Changed your details",
        Op::AddCredential => "Added the certification",
        Op::EditCredential => "Changed the certification",
        Op::RemoveCredential => "Removed the certification",
        Op::AddCredit | Op::AddFact => "Added",
        Op::EditCredit | Op::EditFact => "Changed",
        Op::RemoveCredit | Op::RemoveFact => "Removed",
        Op::RestoreCredit => "Put back",
        Op::AddAnswer => "Kept an answer",
        Op::RemoveAnswer => "Removed an answer",
        Op::SetPin => "Laid down how a credit is counted",
        Op::RemovePin => "Left open again how a credit is counted",
        Op::SetOverride => "Changed a rule",
        Op::RemoveOverride => "Put a rule back",
        Op::AddPack => "Added rules of your own",
        Op::RemovePack => "Removed rules of your own",
        Op::Attach => "Attached files to",
        Op::Detach => "Took a file off",
        Op::AddSubmission => "Kept",
        Op::EditSubmission => "Changed what came of",
        Op::RemoveSubmission => "Took off the list",
        Op::Renew => "Began a new period of",
        Op::SetRole => "Changed what a file shows for",
        Op::Import => "Brought in",
        Op::EmptyTrash => "Emptied the trash:",
        Op::Restore => "Restored a backup",
        Op::Migrate => "Recert changed how it keeps the record",
        Op::Undo => "Undid the last change",
        Op::Redo => "Did the last change again",
    }
}

/// Whether the things that were touched say more than the verb.
fn names_objects(op: Op) -> bool {
    match op {
        Op::AddCredential
        | Op::EditCredential
        | Op::RemoveCredential
        | Op::AddCredit
        | Op::EditCredit
        | Op::RemoveCredit
        | Op::RestoreCredit
        | Op::AddFact
        | Op::EditFact
        | Op::RemoveFact
        | Op::Attach
        | Op::Detach
        | Op::AddSubmission
        | Op::EditSubmission
        | Op::RemoveSubmission
        | Op::Renew
        | Op::SetRole
        | Op::Import
        | Op::EmptyTrash => true,
        Op::Start
        | Op::EditHolder
        | Op::AddAnswer
        | Op::RemoveAnswer
        | Op::SetPin
        | Op::RemovePin
        | Op::SetOverride
        | Op::RemoveOverride
        | Op::AddPack
        | Op::RemovePack
        | Op::Restore
        | Op::Migrate
        | Op::Undo
        | Op::Redo => false,
    }
}

/// “Order of Draw”, “EKG” and 18 more
fn objects(op: Op, done: &Done, packs: &Packs) -> Option<String> {
    let name = |touched: &Touched| match (&touched.title, touched.entity.as_str()) {
        (_, "holder") if matches!(op, Op::Attach | Op::Detach | Op::SetRole) => "your documents".to_owned(),
        (Some(pack), "credential") => packs.get(pack).map_or(pack, |pack| &pack.name).clone(),
        (Some(day), "submission") => {
            let day = day.parse().map_or_else(|_| day.clone(), domain::date::short);
            format!("what you sent on {day}")
        }
        (Some(title), _) => format!("“{title}”"),
        (None, "holder") => "your details".to_owned(),
        (None, "list") => format!("your {}", touched.id),
        (None, _) => format!("“{}”", touched.id),
    };
    let names: Vec<String> = done.touched.iter().map(name).collect();
    let (last, first) = names.split_last()?;
    Some(match (first, done.count - names.len()) {
        ([], 0) => last.clone(),
        (first, 0) => format!("{} and {last}", first.join(", ")),
        (_, more) => format!("{} and {more} more", names.join(", ")),
    })
}

fn step(step: Step) -> HistoryStep {
    let verb = match (step.op, step.of) {
        (Op::Undo, Some(_)) => "Undone".to_owned(),
        (Op::Redo, Some(_)) => "Done again".to_owned(),
        (Op::Import, _) => "Brought in from a file".to_owned(),
        (Op::Attach, _) => attached(&step),
        (Op::Detach, _) => "A file taken off".to_owned(),
        (Op::SetRole, _) => "What a file shows".to_owned(),
        (Op::RemoveCredit, _) => "Put in the trash".to_owned(),
        (Op::RestoreCredit, _) => "Taken out of the trash".to_owned(),
        (Op::EmptyTrash, _) => "Deleted from the trash".to_owned(),
        (op, _) => verb(op).to_owned(),
    };
    HistoryStep { at: step.at, text: verb, changes: changes(step.before.as_ref(), step.after.as_ref()) }
}

fn attached(step: &Step) -> String {
    let files = |state: &Option<Value>| {
        let lists = state.iter().flat_map(|it| [&it["proofs"], &it["documents"]]);
        lists.filter_map(Value::as_array).map(Vec::len).sum::<usize>()
    };
    match files(&step.after).saturating_sub(files(&step.before)) {
        0 | 1 => "A file attached".to_owned(),
        several => format!("{several} files attached"),
    }
}

/// The fields that differ. What was added or removed as a whole has none: everything would differ.
fn changes(before: Option<&Value>, after: Option<&Value>) -> Vec<FieldChange> {
    let (Some(Value::Object(before)), Some(Value::Object(after))) = (before, after) else { return Vec::new() };
    let differ = after.iter().filter(|(field, value)| before.get(*field) != Some(*value));
    let change = |(field, value): (&String, &Value)| FieldChange {
        field: field.clone(),
        before: before.get(field).map(plain).unwrap_or_default(),
        after: plain(value),
    };
    differ.map(change).collect()
}

/// A value as a person reads it; empty for none.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            // A file is known by its name and by what it shows, a session by its title.
            let text = |field: &str| fields.get(field).and_then(Value::as_str);
            if let (Some(name), Some(role)) = (text("name"), text("role")) {
                return format!("{name} ({})", role.replace('_', " "));
            }
            if let Some(title) = text("title") {
                return title.to_owned();
            }
            let parts = fields.iter().map(|(name, value)| format!("{name} {}", plain(value)));
            parts.collect::<Vec<_>>().join(", ")
        }
    }
}
