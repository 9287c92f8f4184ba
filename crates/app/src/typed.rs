//! What is typed in, read: each text becomes a value, or a fault that names its field.

use chrono::{Datelike, NaiveDate};
use domain::Amount;
use domain::date::YEARS;
use domain::points::DecimalError;
use domain::unseen::{faults, trimmed};
use serde::Serialize;

use crate::wire::FieldFault;

/// Without blanks around it; none if nothing is left.
pub(crate) fn text(typed: &str) -> Option<String> {
    Some(trimmed(typed).to_owned()).filter(|text| !text.is_empty())
}

/// What is typed in and cannot be seen, unless it stood there before: a record of an earlier version may hold it.
pub(crate) fn unseen<T: Serialize>(typed: &T, before: Option<&T>) -> Vec<FieldFault> {
    let value = |input| serde_json::to_value(input).unwrap_or_default();
    let faults = faults(&value(typed), &before.map(value).unwrap_or_default()).into_iter();
    faults.map(|(field, message)| FieldFault { field, message }).collect()
}

/// Each once, without blanks around it.
pub(crate) fn words(typed: &[String]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in typed.iter().filter_map(|word| text(word)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// A date; none if nothing is typed in.
pub(crate) fn date(field: &str, typed: &str, faults: &mut Vec<FieldFault>) -> Option<NaiveDate> {
    let typed = text(typed)?;
    let date = NaiveDate::parse_from_str(&typed, "%Y-%m-%d").ok().filter(|_| typed.len() == 10);
    let message = match date {
        Some(date) if YEARS.contains(&date.year()) => return Some(date),
        Some(_) => format!("the year must lie between {} and {}", YEARS.start(), YEARS.end()),
        None => format!("“{typed}” is not a date; write year-month-day, such as 2024-03-04"),
    };
    fault(field, message, faults)
}

/// An amount; none if nothing is typed in.
pub(crate) fn amount(field: &str, typed: &str, faults: &mut Vec<FieldFault>) -> Option<Amount> {
    let read: Result<Amount, DecimalError> = text(typed)?.parse();
    read.map_or_else(|error| fault(field, error.to_string(), faults), Some)
}

/// A whole number of minutes; none if nothing is typed in.
pub(crate) fn minutes(field: &str, typed: &str, faults: &mut Vec<FieldFault>) -> Option<u32> {
    let typed = text(typed)?;
    let message = || format!("“{typed}” is no number of minutes; write a whole number, such as 90");
    typed.parse().map_or_else(|_| fault(field, message(), faults), Some)
}

/// Writes down what does not hold; there is no value then.
pub(crate) fn fault<T>(field: &str, message: impl Into<String>, faults: &mut Vec<FieldFault>) -> Option<T> {
    faults.push(FieldFault { field: field.to_owned(), message: message.into() });
    None
}
