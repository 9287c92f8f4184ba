//! Which credits are printed, in which group and order, and the copy of the record that says no more than the pages do.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use domain::evaluation::CreditOutcome;
use domain::evaluation::UNASSIGNED;
use domain::{Credit, Evaluation, Holder, IssuerTranscript, Kind, Papers, Points, ProofRef, ProofRole, Record, Status};

use crate::options::{Extent, Hidden, Only, Options};
use crate::{Error, Labels, Load, Original, hidden};

/// One printed credit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'r> {
    /// Counted from 1 in the order of the pages.
    pub(crate) number: usize,
    pub(crate) credit: &'r Credit,
    pub(crate) outcome: &'r CreditOutcome,
}

/// Credits of one source in one category.
#[derive(Debug)]
pub(crate) struct Group<'r> {
    pub(crate) label: String,
    pub(crate) entries: Vec<Entry<'r>>,
}

/// Credits of one source.
#[derive(Debug)]
pub(crate) struct Section<'r> {
    /// Whether the issuer approved them; absent where it cannot be told.
    pub(crate) approved: Option<bool>,
    pub(crate) groups: Vec<Group<'r>>,
}

impl<'r> Section<'r> {
    /// Its credits, whatever their category.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry<'r>> {
        self.groups.iter().flat_map(|group| &group.entries)
    }
}

impl Entry<'_> {
    /// What it counts for in one category.
    pub(crate) fn counted_in(&self, category: &str) -> Points {
        self.outcome.split.iter().filter(|(id, _)| *id == category).map(|(_, points)| *points).sum()
    }
}

/// A file that shows one or more of the printed credits, or something else that the verdict rests on.
#[derive(Debug)]
pub(crate) struct Exhibit<'r> {
    /// The file's name, or what stands for it.
    pub(crate) name: Cow<'r, str>,
    pub(crate) sha256: &'r str,
    /// The credits it shows.
    pub(crate) credits: Vec<usize>,
    /// What it shows of them; of several credits it may be several things.
    pub(crate) roles: BTreeSet<ProofRole>,
    /// What else it shows: `CPR card, valid to 4 Mar 2027`.
    pub(crate) others: Vec<String>,
}

/// Everything the pages list.
#[derive(Debug, Default)]
pub(crate) struct Entries<'r> {
    pub(crate) sections: Vec<Section<'r>>,
    /// Completed in the period, or close to it, and worth nothing here.
    pub(crate) refused: Vec<Entry<'r>>,
    /// Those that are left to the issuer's own record; they have no number.
    pub(crate) left: Vec<Entry<'r>>,
    /// How many were completed outside the period and are worth nothing in it: they are not listed.
    pub(crate) outside: usize,
    pub(crate) exhibits: Vec<Exhibit<'r>>,
    /// A file's hash to its place in `exhibits`.
    places: BTreeMap<&'r str, usize>,
}

impl<'r> Entries<'r> {
    /// Sorts the credits: the issuer's own first, then other sources, within that by category, within that by date.
    pub(crate) fn new(
        record: &'r Record,
        evaluation: &'r Evaluation,
        labels: &Labels,
        papers: &BTreeMap<String, Papers>,
        Options { only, hide, .. }: &Options,
    ) -> Result<Self, Error> {
        let mut entries = Self::default();
        let by_id: BTreeMap<&str, &Credit> = record.credits.iter().map(|credit| (&*credit.id, credit)).collect();
        let mut completed = Vec::new();
        for outcome in &evaluation.credits {
            let credit = *by_id.get(&*outcome.id).ok_or_else(|| Error::Mismatch { id: outcome.id.to_string() })?;
            match credit.status {
                Status::Draft | Status::Planned => {}
                Status::Completed => completed.push(Entry { number: 0, credit, outcome }),
            }
        }
        completed.sort_by_key(|entry| (entry.credit.completed_on, &entry.credit.title, &entry.credit.id));
        let period = evaluation.period;
        let mut worth: BTreeMap<(Source, Place), Vec<Entry>> = BTreeMap::new();
        for entry in completed {
            let inside = entry.credit.completed_on.is_none_or(|day| (period.from..=period.to).contains(&day));
            if entry.outcome.earned > Points::ZERO && !is_there_twice(entry.outcome) {
                if *only == Only::OtherSources && is_on_the_issuers_record(&entry, papers) {
                    entries.left.push(entry);
                    continue;
                }
                worth.entry((source(entry.outcome), place(entry, &evaluation.pack, labels))).or_default().push(entry);
            } else if inside {
                entries.refused.push(entry);
            } else {
                entries.outside += 1;
            }
        }
        for ((source, place), listed) in worth {
            let approved = source.approved();
            if entries.sections.last().is_none_or(|section| section.approved != approved) {
                entries.sections.push(Section { approved, groups: Vec::new() });
            }
            if let Some(section) = entries.sections.last_mut() {
                section.groups.push(Group { label: place.label(labels), entries: listed });
            }
        }
        entries.number(&record.holder, hide);
        Ok(entries)
    }

    /// The credits of one source, if there are any.
    pub(crate) fn section(&self, approved: Option<bool>) -> Option<&Section<'r>> {
        self.sections.iter().find(|section| section.approved == approved)
    }

    /// Every printed credit in the order of the pages.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Entry<'r>> {
        let counted = self.sections.iter().flat_map(|section| &section.groups).flat_map(|group| &group.entries);
        counted.chain(&self.refused)
    }

    fn number(&mut self, holder: &Holder, hide: &BTreeSet<Hidden>) {
        let counted = self.sections.iter_mut().flat_map(|section| &mut section.groups);
        let all = counted.flat_map(|group| &mut group.entries).chain(&mut self.refused);
        for (index, entry) in all.enumerate() {
            entry.number = index + 1;
            for proof in entry.credit.proofs.iter().filter(|proof| hidden::may_be_seen(proof, hide)) {
                let exhibit = exhibit(&mut self.exhibits, &mut self.places, proof, holder, hide);
                exhibit.roles.insert(proof.role);
                if exhibit.credits.last() != Some(&entry.number) {
                    exhibit.credits.push(entry.number);
                }
            }
        }
    }

    /// Lists a file that shows something else than a credit.
    pub(crate) fn add_file(&mut self, file: &'r ProofRef, shows: String, holder: &Holder, hide: &BTreeSet<Hidden>) {
        let others = &mut exhibit(&mut self.exhibits, &mut self.places, file, holder, hide).others;
        if !others.contains(&shows) {
            others.push(shows);
        }
    }

    /// The numbers of the exhibits that these files are.
    pub(crate) fn exhibits_of(&self, files: &[ProofRef]) -> Vec<usize> {
        let places = files.iter().filter_map(|file| self.places.get(file.sha256.as_str()));
        let mut numbers: Vec<usize> = places.map(|at| at + 1).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The exhibits' originals, in their order.
    pub(crate) fn originals(&self, load: Load<'_>) -> Result<Vec<Original>, Error> {
        let mut originals = Vec::new();
        let mut files = Vec::new();
        for exhibit in &self.exhibits {
            match load(exhibit.sha256) {
                Ok(original) => originals.push(original),
                Err(reason) => files.push((exhibit.name.to_string(), reason)),
            }
        }
        if files.is_empty() { Ok(originals) } else { Err(Error::Absent { files }) }
    }

    /// The record without what the pages do not show: other credentials, their numbers, drafts, plans, other periods.
    ///
    /// Facts, answers and wishes about this credential stay: the verdict rests on them.
    pub(crate) fn shown(&self, record: &Record, evaluation: &Evaluation, labels: &Labels, options: &Options) -> Record {
        let here = |credential: &Option<String>| credential.as_ref().is_none_or(|id| *id == evaluation.credential);
        let listed = self.all().filter(|_| options.extent == Extent::Whole);
        let printed: BTreeSet<&str> = listed.map(|entry| &*entry.credit.id).collect();
        let mut shown = record.clone();
        shown.holder.issuer_ids.retain(|issuer, _| *issuer == labels.approver);
        shown.holder.documents.clear();
        shown.holder.born_on = shown.holder.born_on.filter(|_| labels.by_birthday);
        shown.credentials.retain(|credential| credential.id == evaluation.credential);
        shown.credentials.iter_mut().for_each(|credential| credential.expires_reason = None);
        shown.credits.retain(|credit| printed.contains(&*credit.id));
        shown.credits.iter_mut().for_each(|credit| credit.splits.retain(|pack, _| *pack == evaluation.pack));
        let asked = evaluation.requirements.iter().filter_map(|line| line.shown_by.as_ref()).map(|by| by.fact);
        let asked = asked.collect::<Vec<_>>();
        shown.facts.retain(|fact| here(&fact.credential) && asked.contains(&fact.kind));
        shown.pins.retain(|pin| pin.credential == evaluation.credential && printed.contains(pin.credit.as_str()));
        let is_about_these = |about: &[String]| about.is_empty() || about.iter().any(|id| printed.contains(&**id));
        shown.answers.retain(|answer| here(&answer.credential) && is_about_these(&answer.credits));
        shown.answers.iter_mut().for_each(|answer| answer.note = None);
        shown.overrides.retain(|value| value.pack == evaluation.pack);
        hidden::take_out(&mut shown, options);
        shown.packs.retain(|pack| pack.get("id").and_then(serde_json::Value::as_str) == Some(&evaluation.pack));
        shown
    }
}

/// Counted once already, so that it adds nothing to what is earned either.
fn is_there_twice(outcome: &CreditOutcome) -> bool {
    outcome.counted.is_zero() && outcome.reasons.iter().any(|reason| reason.code == "duplicate")
}

/// Whether the issuer needs no proof. What it records by itself stands on its record, unless the holder found it missing
/// there or still waits for it; all else is shown by its papers until she has seen it there.
fn is_on_the_issuers_record(entry: &Entry, papers: &BTreeMap<String, Papers>) -> bool {
    let is_there = match entry.credit.issuer_transcript {
        Some(IssuerTranscript::Posted) => true,
        Some(IssuerTranscript::Expected | IssuerTranscript::Missing) => false,
        // An opening balance is what the issuer's record said.
        None => {
            entry.credit.kind == Kind::OpeningBalance
                || papers.get(entry.credit.id.as_str()).is_some_and(|papers| papers.recorded)
        }
    };
    is_there && entry.outcome.approved == Some(true)
}

/// A file's exhibit, the same however often it is attached.
fn exhibit<'e, 'r>(
    exhibits: &'e mut Vec<Exhibit<'r>>,
    places: &mut BTreeMap<&'r str, usize>,
    file: &'r ProofRef,
    holder: &Holder,
    hide: &BTreeSet<Hidden>,
) -> &'e mut Exhibit<'r> {
    let at = *places.entry(&file.sha256).or_insert(exhibits.len());
    if at == exhibits.len() {
        let (credits, others) = (Vec::new(), Vec::new());
        let roles = BTreeSet::new();
        let name = hidden::file_name(file, holder, hide);
        exhibits.push(Exhibit { name, sha256: &file.sha256, credits, roles, others });
    }
    &mut exhibits[at]
}

/// In the order of the sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Issuer,
    Other,
    Open,
}

impl Source {
    fn approved(self) -> Option<bool> {
        match self {
            Self::Issuer => Some(true),
            Self::Other => Some(false),
            Self::Open => None,
        }
    }
}

fn source(outcome: &CreditOutcome) -> Source {
    match outcome.approved {
        Some(true) => Source::Issuer,
        Some(false) => Source::Other,
        None => Source::Open,
    }
}

/// In the order of the groups.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// By the category's place in the pack; one that the pack does not name comes after those it does.
    One(usize, String),
    Several,
    Undecided,
}

impl Place {
    fn label(&self, labels: &Labels) -> String {
        match self {
            Self::One(_, category) => labels.category(category).to_owned(),
            Self::Several => "More than one category".to_owned(),
            Self::Undecided => labels.category(UNASSIGNED).to_owned(),
        }
    }
}

/// Where a credit belongs follows from the whole of it: what counts may be a part, or nothing.
fn place(entry: Entry, pack: &str, labels: &Labels) -> Place {
    let counted = entry.outcome.split.iter().filter(|(_, points)| !points.is_zero());
    let mut categories: BTreeSet<&str> = counted.map(|(category, _)| &**category).collect();
    if entry.outcome.counted < entry.outcome.earned {
        let parts = entry.credit.split_for(pack).iter().filter(|(_, amount)| amount.ten_thousandths() > 0);
        categories.extend(parts.map(|(category, _)| category.as_str()));
    }
    let categories: Vec<&str> = categories.into_iter().collect();
    match categories.as_slice() {
        [] => Place::Undecided,
        [category] if *category == UNASSIGNED => Place::Undecided,
        [category] => {
            let at = labels.categories.iter().position(|(id, _)| id == category).unwrap_or(labels.categories.len());
            Place::One(at, (*category).to_owned())
        }
        _ => Place::Several,
    }
}
