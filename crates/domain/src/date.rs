//! Month arithmetic on calendar dates, and dates as people read them. No time zones anywhere.

use chrono::{Datelike, Days, Months, NaiveDate};

/// Dates outside these years are typing errors, not education.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// The last day of `date`'s month.
pub fn month_end(date: NaiveDate) -> NaiveDate {
    let first = date.with_day(1).unwrap_or(date);
    first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(date)
}

/// The first day of `date`'s month.
pub fn month_start(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// The same day `months` later, or that month's last day where there is no such day.
pub fn plus_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// The same day `months` earlier, or that month's last day where there is no such day.
pub fn minus_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}

/// The same day so many months later, or earlier if `months` is negative.
pub fn shift_months(date: NaiveDate, months: i64) -> NaiveDate {
    let count = u32::try_from(months.unsigned_abs()).unwrap_or(u32::MAX);
    if months < 0 { minus_months(date, count) } else { plus_months(date, count) }
}

/// How many full months lie between two days; none if `to` is not the later one.
pub fn full_months(from: NaiveDate, to: NaiveDate) -> u32 {
    let month = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
    let months = u32::try_from(month(to) - month(from)).unwrap_or(0);
    if plus_months(from, months) > to { months.saturating_sub(1) } else { months }
}

/// 1 January of `date`'s year.
pub fn year_start(date: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(date.year(), 1, 1).unwrap_or(date)
}

/// 31 December of `date`'s year.
pub fn year_end(date: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(date.year(), 12, 31).unwrap_or(date)
}

/// `days` later.
pub fn plus_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// `days` earlier.
pub fn minus_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

/// So many days later, or earlier if `days` is negative.
pub fn shift_days(date: NaiveDate, days: i64) -> NaiveDate {
    if days < 0 { minus_days(date, days.unsigned_abs()) } else { plus_days(date, days.unsigned_abs()) }
}

/// So many days from Monday to Friday later, or earlier if `days` is negative. From a day of a weekend it is counted as from
/// the Friday before it, or from the Monday after it if `days` is negative.
pub fn shift_business_days(date: NaiveDate, days: i64) -> NaiveDate {
    const WEEK: i64 = 5;
    let weekday = i64::from(date.weekday().num_days_from_monday());
    let (monday, place) = if days < 0 && weekday >= WEEK {
        (shift_days(date, 7 - weekday), 0)
    } else {
        (shift_days(date, -weekday), weekday.min(WEEK - 1))
    };
    if days == 0 {
        return date;
    }
    let place = place + days;
    shift_days(monday, place.div_euclid(WEEK) * 7 + place.rem_euclid(WEEK))
}

/// `31 March 2026`: unambiguous on both sides of the Atlantic.
pub fn long(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// `31 Mar 2026`, for tables.
pub fn short(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn months_end_on_their_last_day_also_in_leap_years() {
        for (date, end) in [
            ("2021-03-17", "2021-03-31"),
            ("2024-02-01", "2024-02-29"),
            ("2023-02-28", "2023-02-28"),
            ("2026-12-31", "2026-12-31"),
            ("2100-02-10", "2100-02-28"),
        ] {
            assert_eq!(month_end(day(date)), day(end), "end of the month of {date}");
        }
    }

    #[test]
    fn sixty_months_from_the_end_of_february_may_end_on_the_29th() {
        assert_eq!(month_end(plus_months(month_end(day("2019-02-11")), 60)), day("2024-02-29"));
        assert_eq!(month_end(plus_months(month_end(day("2020-02-29")), 60)), day("2025-02-28"));
    }

    #[test]
    fn a_month_is_full_on_the_same_day_or_where_there_is_none_on_the_last() {
        for (from, to, months) in [
            ("2026-03-31", "2026-04-29", 0),
            ("2026-03-31", "2026-04-30", 1),
            ("2026-01-15", "2027-01-14", 11),
            ("2026-01-15", "2027-01-15", 12),
            ("2024-02-29", "2025-02-28", 12),
            ("2026-03-31", "2026-03-31", 0),
            ("2026-03-31", "2020-01-01", 0),
        ] {
            assert_eq!(full_months(day(from), day(to)), months, "{from} to {to}");
        }
    }

    #[test]
    fn shifting_goes_both_ways_and_stops_at_the_end_of_the_calendar() {
        assert_eq!(shift_months(day("2024-02-29"), -12), day("2023-02-28"));
        assert_eq!(shift_months(day("2024-02-29"), 12), day("2025-02-28"));
        assert_eq!(shift_days(day("2024-03-01"), -1), day("2024-02-29"));
        assert_eq!(shift_days(day("2024-02-28"), 2), day("2024-03-01"));
        assert_eq!(shift_months(day("2024-02-29"), i64::MAX), NaiveDate::MAX);
        assert_eq!(shift_months(day("2024-02-29"), i64::MIN), NaiveDate::MIN);
        assert_eq!(shift_days(day("2024-02-29"), i64::MAX), NaiveDate::MAX);
        assert_eq!(shift_days(day("2024-02-29"), i64::MIN), NaiveDate::MIN);
    }

    #[test]
    fn years_run_from_january_to_december() {
        assert_eq!(year_start(day("2024-02-29")), day("2024-01-01"));
        assert_eq!(year_end(day("2024-02-29")), day("2024-12-31"));
    }

    #[test]
    fn dates_are_written_so_that_nobody_mistakes_day_and_month() {
        assert_eq!(long(day("2026-03-04")), "4 March 2026");
        assert_eq!(short(day("2026-03-04")), "4 Mar 2026");
    }
}
