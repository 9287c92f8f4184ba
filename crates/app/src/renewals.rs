//! Renewals: the periods of a certification, those that are over and the present one.

use domain::date::long;
use domain::evaluation::PeriodDates;
use domain::record::{Credential, Period, PeriodState};
use domain::{Pack, Record};
use vault::Op;

use crate::packs::packs_of;
use crate::submissions::{pack_of, view};
use crate::typed::{date, fault};
use crate::wire::{FieldFault, PeriodInput, PeriodView, RenewalInput, Renewals};
use crate::{Error, Recert};

impl Recert {
    /// The periods of a certification and what was sent in for them, the latest first.
    pub fn renewals(&self, credential: &str) -> Result<Renewals, Error> {
        let vault = self.vault()?;
        let record = vault.record()?;
        let packs = packs_of(&self.packs, &record);
        let known = record.credential(credential).ok_or_else(|| not_found(credential))?;
        let pack = pack_of(&packs, &record, credential);
        let mut submissions = vault.submissions()?;
        submissions.retain(|submission| submission.credential == credential);
        submissions.sort_by_key(|submission| std::cmp::Reverse(submission.sent_on));
        Ok(Renewals {
            periods: self.periods(&record, known, pack),
            submissions: submissions.iter().map(|submission| view(submission, pack)).collect(),
        })
    }

    /// Keeps that a renewal was granted: the period it was for is over, and the next one begins.
    pub fn renew(&mut self, credential: &str, input: &RenewalInput) -> Result<Credential, Error> {
        let today = self.clock.today();
        let mut faults = Vec::new();
        let granted = date("renewed_on", &input.renewed_on, &mut faults);
        let expires_on = date("expires_on", &input.expires_on, &mut faults);
        match granted {
            None if faults.is_empty() => {
                fault("renewed_on", "write the day from which the renewal counts", &mut faults)
            }
            Some(day) if day > today => fault("renewed_on", "is still to come", &mut faults),
            _ => None::<()>,
        };
        let Some(day) = granted.filter(|_| faults.is_empty()) else { return Err(not_saved(faults)) };
        let record = self.vault()?.record()?;
        let before = record.credential(credential).ok_or_else(|| not_found(credential))?;
        let closed = self.judge(&record, credential, day)?;
        let period = Period {
            from: closed.period.from,
            to: closed.period.to,
            renewed_on: Some(day),
            pack_version: Some(closed.pack_version),
            state: PeriodState::Renewed,
        };
        if before.recertified_on == Some(day) || before.certified_on.is_some_and(|first| day <= first) {
            fault::<()>("renewed_on", "this renewal is in your record already", &mut faults);
        }
        if expires_on.is_some_and(|expires| expires <= period.to) {
            let message = format!("the period that it ends was to last until {}", long(period.to));
            fault::<()>("expires_on", message, &mut faults);
        }
        let renewed = Credential {
            recertified_on: Some(day),
            expires_on,
            expires_reason: None,
            periods: with(before.periods.clone(), period),
            ..before.clone()
        };
        if let Some((field, reason)) = renewed.fault().filter(|_| faults.is_empty()) {
            fault::<()>(field, reason, &mut faults);
        }
        if !faults.is_empty() {
            return Err(not_saved(faults));
        }
        self.transact(Op::Renew, |change| change.put_credential(&renewed))?;
        Ok(renewed)
    }

    /// Adds an earlier period; one that begins on the same day gives way to it.
    pub fn save_period(&mut self, credential: &str, input: &PeriodInput) -> Result<Credential, Error> {
        let mut faults = Vec::new();
        let days = [("from", &input.from), ("to", &input.to)].map(|(field, typed)| {
            let day = date(field, typed, &mut faults);
            if day.is_none() && faults.is_empty() {
                fault::<()>(field, "write the day", &mut faults);
            }
            day
        });
        let renewed_on = date("renewed_on", &input.renewed_on, &mut faults);
        if let [Some(from), Some(to)] = days
            && to < from
        {
            fault::<()>("to", "is before the first day", &mut faults);
        }
        let [Some(from), Some(to)] = days else { return Err(not_saved(faults)) };
        if !faults.is_empty() {
            return Err(not_saved(faults));
        }
        let period = Period { from, to, renewed_on, pack_version: None, state: input.state };
        self.edit_periods(credential, |periods| Ok(with(periods, period)))
    }

    /// Takes an earlier period off the list, by its first day.
    pub fn remove_period(&mut self, credential: &str, from: chrono::NaiveDate) -> Result<Credential, Error> {
        self.edit_periods(credential, |mut periods| {
            let before = periods.len();
            periods.retain(|period| period.from != from);
            let gone = || vault::Error::NotFound { what: "period that begins on", id: from.to_string() };
            if periods.len() == before { Err(gone()) } else { Ok(periods) }
        })
    }

    fn edit_periods(
        &mut self,
        credential: &str,
        edit: impl FnOnce(Vec<Period>) -> Result<Vec<Period>, vault::Error>,
    ) -> Result<Credential, Error> {
        self.transact(Op::EditCredential, |change| {
            let record = change.record()?;
            let not_found = || vault::Error::NotFound { what: "credential", id: credential.to_owned() };
            let before = record.credential(credential).ok_or_else(not_found)?.clone();
            let changed = Credential { periods: edit(before.periods.clone())?, ..before };
            change.put_credential(&changed)?;
            Ok(changed)
        })
    }

    /// The present period, those that are kept, and the one that followed the certification if it is none of them.
    fn periods(&self, record: &Record, credential: &Credential, pack: Option<&Pack>) -> Vec<PeriodView> {
        let at = |day| domain::period(credential, &record.holder, pack?, day);
        let current = at(self.clock.today());
        let view = |period: Period, kept: bool| {
            let current = current.is_some_and(|dates| dates.from == period.from);
            // On the day of the renewal the next period has begun.
            let before_renewal = period.renewed_on.and_then(|day| day.pred_opt()).filter(|day| *day >= period.from);
            let last = if current { self.clock.today() } else { period.to };
            PeriodView { as_of: before_renewal.map_or(last, |day| day.min(last)), period, current, kept }
        };
        let mut periods: Vec<PeriodView> = credential.periods.iter().map(|period| view(period.clone(), true)).collect();
        let first = credential.certified_on.and_then(at);
        for (dates, is_current) in [(current, true), (first, false)] {
            let listed = |dates: PeriodDates| periods.iter().any(|view| view.period.from == dates.from);
            if let Some(dates) = dates.filter(|dates| !listed(*dates)) {
                let state = if is_current { PeriodState::Open } else { PeriodState::Renewed };
                let PeriodDates { from, to } = dates;
                periods.push(view(Period { from, to, renewed_on: None, pack_version: None, state }, false));
            }
        }
        periods.sort_by_key(|view| std::cmp::Reverse(view.period.from));
        periods
    }
}

/// The periods in their order, with another one in its place.
fn with(mut periods: Vec<Period>, period: Period) -> Vec<Period> {
    periods.retain(|other| other.from != period.from);
    periods.push(period);
    periods.sort_by_key(|period| period.from);
    periods
}

fn not_saved(faults: Vec<FieldFault>) -> Error {
    Error::invalid("This was not saved.", faults)
}

fn not_found(credential: &str) -> Error {
    vault::Error::NotFound { what: "credential", id: credential.to_owned() }.into()
}
