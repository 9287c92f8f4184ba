//! Every way to answer what is open.

use std::collections::{BTreeMap, BTreeSet};

use domain::evaluation::Verdict;
use domain::{Credit, Kind, ProofRole, Unit};

use crate::fraction::Frac;

/// One choice from each list, in every way.
pub(crate) fn every_choice<T: Clone>(lists: &[Vec<T>]) -> Vec<Vec<T>> {
    lists.iter().fold(vec![Vec::new()], |begun, list| {
        let with = |one: &T, begun: &Vec<T>| begun.iter().cloned().chain([one.clone()]).collect();
        begun.iter().flat_map(|begun| list.iter().map(move |one| with(one, begun))).collect()
    })
}

/// Every set of some of these.
pub(crate) fn every_set<T: Clone>(of: &[T]) -> Vec<Vec<T>> {
    of.iter().fold(vec![Vec::new()], |sets, one| {
        let with = sets.iter().map(|set| set.iter().cloned().chain([one.clone()]).collect());
        sets.iter().cloned().chain(with).collect()
    })
}

/// What comes of one reading: whether it passes, and the most points that count.
pub(crate) type Outcome = (bool, Frac);

/// What all readings together say, and the points on which they agree.
pub(crate) fn taken_together(outcomes: &BTreeSet<Outcome>) -> (Verdict, Option<Frac>) {
    let passes = outcomes.iter().filter(|(passes, _)| *passes).count();
    let verdict = match passes {
        0 => Verdict::NotMet,
        all if all == outcomes.len() => Verdict::Met,
        _ => Verdict::CannotTell,
    };
    let totals: BTreeSet<Frac> = outcomes.iter().map(|(_, total)| *total).collect();
    (verdict, totals.first().copied().filter(|_| totals.len() == 1))
}

/// The best of several choices that a reading leaves: one that passes, and of those the most points.
pub(crate) fn best(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
    outcomes.into_iter().max().unwrap()
}

/// The readings of entries that look alike, each with the choices it leaves. No issuer here says whether a course that is
/// taken again counts again, and only the holder knows whether entries of one day are one activity.
pub(crate) fn of_repeats(credits: &[&Credit]) -> BTreeSet<Vec<Vec<usize>>> {
    let single = |credit: &Credit| matches!(credit.kind, Kind::CprCard | Kind::OpeningBalance);
    let one_of_each = |per_day: bool| {
        let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, credit) in credits.iter().enumerate() {
            let own = single(credit).then_some(at);
            let on = credit.completed_on.filter(|_| per_day);
            groups.entry((own, &credit.title, &credit.provider, on)).or_default().push(at);
        }
        every_choice(&groups.into_values().collect::<Vec<_>>())
    };
    BTreeSet::from([vec![(0..credits.len()).collect()], one_of_each(true), one_of_each(false)])
}

/// What every reading comes to, where each credit is worth one thing of a list, or nothing, and all that count are judged
/// together.
pub(crate) fn outcomes<W: Clone>(
    credits: &[&Credit],
    worths: impl Fn(&Credit) -> Vec<Option<W>>,
    judged: impl Fn(&[W]) -> Outcome,
) -> BTreeSet<Outcome> {
    let lists: Vec<Vec<Option<W>>> = credits.iter().map(|credit| worths(credit)).collect();
    let mut outcomes = BTreeSet::new();
    for reading in every_choice(&lists) {
        let counting: Vec<(&Credit, W)> =
            credits.iter().zip(reading).filter_map(|(credit, worth)| Some((*credit, worth?))).collect();
        let entries: Vec<&Credit> = counting.iter().map(|(credit, _)| *credit).collect();
        for choices in of_repeats(&entries) {
            let judge = |kept: &Vec<usize>| {
                let worths: Vec<W> = kept.iter().map(|at| counting[*at].1.clone()).collect();
                judged(&worths)
            };
            outcomes.insert(best(choices.iter().map(judge)));
        }
    }
    outcomes
}

/// The hours that a certificate may stand for where an hour has 60 minutes. A bare “CEU” is one hour or ten.
pub(crate) fn hours(credit: &Credit) -> Vec<Frac> {
    let amount = Frac::printed(credit.amount.unwrap());
    match credit.unit.unwrap() {
        Unit::ContactHour | Unit::ClockHour => vec![amount],
        Unit::Ceu => vec![amount, amount * Frac::whole(10)],
        Unit::IacetCeu => vec![amount * Frac::whole(10)],
        unit => panic!("{unit:?} does not occur in these records"),
    }
}

/// Whether a certificate with all that issuers ask for is in hand.
pub(crate) fn has_certificate(credit: &Credit) -> bool {
    credit.proofs.iter().any(|proof| proof.role == ProofRole::Certificate)
}
