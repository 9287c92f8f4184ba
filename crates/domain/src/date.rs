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

/// `days` later.
pub fn plus_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// `days` earlier.
pub fn minus_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
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
    fn dates_are_written_so_that_nobody_mistakes_day_and_month() {
        assert_eq!(long(day("2026-03-04")), "4 March 2026");
        assert_eq!(short(day("2026-03-04")), "4 Mar 2026");
    }
}
