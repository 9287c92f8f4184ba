//! Days as the calendar has them.

use chrono::{Datelike, Days, Months, NaiveDate};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn later(date: NaiveDate, months: u32) -> NaiveDate {
    date + Months::new(months)
}

pub(crate) fn earlier(date: NaiveDate, months: u32) -> NaiveDate {
    date - Months::new(months)
}

pub(crate) fn month_start(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap()
}

pub(crate) fn month_end(date: NaiveDate) -> NaiveDate {
    later(month_start(date), 1) - Days::new(1)
}

pub(crate) fn days_of_month(date: NaiveDate) -> Vec<NaiveDate> {
    month_start(date).iter_days().take_while(|day| *day <= month_end(date)).collect()
}
