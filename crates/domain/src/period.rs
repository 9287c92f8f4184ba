//! Which period a day lies in, and how far renewal reaches beyond its end.

use chrono::NaiveDate;

use crate::date::{minus_months, month_end, month_start, plus_days, plus_months};
use crate::evaluation::{PeriodDates, Standing};
use crate::pack::Pack;
use crate::record::Credential;

/// The period a day lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    /// First and last day.
    pub dates: PeriodDates,
    /// The first day that lies in the period for certain; later than `dates.from` where only the expiry is known.
    pub certain_from: NaiveDate,
    /// What the rule gives, where the card prints something else.
    pub computed_to: Option<NaiveDate>,
    /// The last day of renewal by points: the strict reading and the kind one.
    pub late_until: (NaiveDate, NaiveDate),
}

/// The first and last day of the period that the day `on` lies in. A credential without any date has none.
pub fn period(credential: &Credential, pack: &Pack, on: NaiveDate) -> Option<PeriodDates> {
    window(credential, pack, on).map(|window| window.dates)
}

/// The period of `credential` that the day `on` lies in. A credential without any date has none.
pub(crate) fn window(credential: &Credential, pack: &Pack, on: NaiveDate) -> Option<Window> {
    let past = credential.periods.iter().find(|period| (period.from..=period.to).contains(&on));
    let (dates, certain_from, computed_to) = if let Some(period) = past {
        (PeriodDates { from: period.from, to: period.to }, period.from, None)
    } else {
        let anchors = [credential.recertified_on, credential.certified_on];
        let anchor = anchors.into_iter().flatten().find(|anchor| *anchor <= on).or(credential.certified_on);
        let latest = credential.recertified_on.or(credential.certified_on);
        let printed = credential.expires_on.filter(|_| anchor == latest);
        match (anchor.or(latest), printed) {
            (Some(from), printed) => {
                let computed = expiry(from, pack);
                let differs = printed.is_some_and(|printed| printed != computed).then_some(computed);
                (PeriodDates { from, to: printed.unwrap_or(computed) }, from, differs)
            }
            (None, Some(to)) => {
                // The day of certification lies somewhere in this month.
                let from = month_start(minus_months(month_start(to), pack.period.months));
                (PeriodDates { from, to }, month_end(from).succ_opt().unwrap_or(from), None)
            }
            (None, None) => return None,
        }
    };
    Some(Window { dates, certain_from, computed_to, late_until: late_until(dates.to, pack) })
}

/// The day a credential (re)certified on `anchor` expires: the end of the month, so many months on.
pub(crate) fn expiry(anchor: NaiveDate, pack: &Pack) -> NaiveDate {
    month_end(plus_months(month_start(anchor), pack.period.months))
}

/// Two official texts differ on the end of the late window: the earlier day is safe, the later one is possible.
fn late_until(expires: NaiveDate, pack: &Pack) -> (NaiveDate, NaiveDate) {
    let by_months = month_end(plus_months(month_start(expires), pack.late.months));
    let by_months = if expires == month_end(expires) { by_months } else { plus_months(expires, pack.late.months) };
    let by_days = plus_days(expires, pack.late.days);
    (by_months.min(by_days), by_months.max(by_days))
}

impl Window {
    /// Where the credential stands on a day. Doubt about the late window is resolved to the kind side here; the
    /// safe day is shown beside it.
    pub(crate) fn standing(&self, on: NaiveDate) -> Standing {
        if on <= self.dates.to {
            Standing::Current
        } else if on <= self.late_until.1 {
            Standing::Late
        } else {
            Standing::Lapsed
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::pack::Packs;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn dates(certified: Option<&str>, recertified: Option<&str>, expires: Option<&str>, on: &str) -> (String, String) {
        let credential = Credential {
            id: "cma".into(),
            pack: "cma-aama".into(),
            certified_on: certified.map(day),
            recertified_on: recertified.map(day),
            expires_on: expires.map(day),
            expires_reason: None,
            periods: Vec::new(),
        };
        let packs = Packs::shipped().unwrap();
        let window = window(&credential, packs.get("cma-aama").unwrap(), day(on)).unwrap();
        (window.dates.from.to_string(), window.dates.to.to_string())
    }

    #[test]
    fn a_credential_expires_at_the_end_of_the_month_sixty_months_on() {
        for (certified, expires) in [
            ("2021-03-17", "2026-03-31"),
            ("2010-02-05", "2015-02-28"),
            ("2019-02-28", "2024-02-29"),
            ("2024-02-29", "2029-02-28"),
            ("2021-01-31", "2026-01-31"),
        ] {
            assert_eq!(dates(Some(certified), None, None, "2025-01-01").1, expires, "certified {certified}");
        }
    }

    #[test]
    fn the_expiry_printed_on_the_card_wins() {
        assert_eq!(
            dates(Some("2015-04-20"), None, Some("2020-08-31"), "2020-07-01"),
            ("2015-04-20".into(), "2020-08-31".into())
        );
    }

    #[test]
    fn recertification_starts_the_next_period() {
        let later = dates(Some("2016-04-02"), Some("2021-04-10"), None, "2025-01-01");
        assert_eq!(later, ("2021-04-10".into(), "2026-04-30".into()));
        let before = dates(Some("2016-04-02"), Some("2021-04-10"), None, "2020-01-01");
        assert_eq!(before, ("2016-04-02".into(), "2021-04-30".into()));
    }

    #[test]
    fn from_the_expiry_alone_the_period_starts_some_day_in_a_known_month() {
        assert_eq!(dates(None, None, Some("2026-03-31"), "2025-01-01"), ("2021-03-01".into(), "2026-03-31".into()));
    }

    #[test]
    fn the_safe_end_of_the_late_window_is_the_earlier_of_three_months_and_ninety_days() {
        let packs = Packs::shipped().unwrap();
        let pack = packs.get("cma-aama").unwrap();
        for (expires, safe, latest) in [
            ("2026-03-31", "2026-06-29", "2026-06-30"),
            ("2020-02-29", "2020-05-29", "2020-05-31"),
            ("2025-07-31", "2025-10-29", "2025-10-31"),
            ("2026-01-31", "2026-04-30", "2026-05-01"),
            ("2024-01-31", "2024-04-30", "2024-04-30"),
        ] {
            assert_eq!(late_until(day(expires), pack), (day(safe), day(latest)), "expired {expires}");
        }
    }
}
