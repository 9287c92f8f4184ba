//! How the domain's values stand in the database: words and decimals as text, nested lists as JSON.

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use serde::Serialize;
use serde::de::{DeserializeOwned, IntoDeserializer, value::Error as WordError};

/// A value that the record JSON writes as a string: an enum's word, a date, an amount. None is NULL.
pub(crate) struct Word<T>(pub(crate) T);

/// A nested list or map.
pub(crate) struct Json<T>(pub(crate) T);

fn unwritable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}

impl<T: Serialize> ToSql for Word<&T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = serde_json::to_value(self.0).map_err(unwritable)?;
        Ok(ToSqlOutput::Owned(value.as_str().map_or(Value::Null, |word| Value::Text(word.to_owned()))))
    }
}

impl<T: DeserializeOwned> FromSql for Word<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word: Result<T, WordError> = T::deserialize(value.as_str()?.into_deserializer());
        word.map(Self).map_err(FromSqlError::other)
    }
}

impl<T: Serialize> ToSql for Json<&T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(self.0).map_err(unwritable)?;
        Ok(ToSqlOutput::Owned(Value::Text(text)))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

/// A row's cells from left to right, so that a table's columns are listed in one order only.
pub(crate) struct Cells<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> Cells<'r> {
    pub(crate) fn of(row: &'r Row<'r>) -> Self {
        Self { row, next: 0 }
    }

    /// The cells after so many.
    pub(crate) fn after(row: &'r Row<'r>, next: usize) -> Self {
        Self { row, next }
    }

    /// The next cell as `SQLite` has it.
    pub(crate) fn plain<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let cell = self.row.get(self.next);
        self.next += 1;
        cell
    }

    /// The next cell, a word that must be there.
    pub(crate) fn word<T: DeserializeOwned>(&mut self) -> rusqlite::Result<T> {
        self.plain::<Word<T>>().map(|word| word.0)
    }

    /// The next cell, a word or NULL.
    pub(crate) fn maybe<T: DeserializeOwned>(&mut self) -> rusqlite::Result<Option<T>> {
        Ok(self.plain::<Option<Word<T>>>()?.map(|word| word.0))
    }

    /// The next cell, a nested list or map.
    pub(crate) fn json<T: DeserializeOwned>(&mut self) -> rusqlite::Result<T> {
        self.plain::<Json<T>>().map(|json| json.0)
    }
}
