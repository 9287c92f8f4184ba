//! The hash that names an original, and by which a file is told from another.

use std::fmt;
use std::ops::Deref;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// SHA-256 of some bytes as 64 lower-case hexadecimal digits. No other text becomes one, so it is safe within a file's
/// name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(String);

impl Sha256 {
    /// `None` for any text that is no such hash.
    pub fn parse(text: &str) -> Option<Self> {
        domain::credit::is_sha256(text).then(|| Self(text.to_owned()))
    }

    /// The hash as the 32 bytes that the hash function gives.
    pub(crate) fn of_digest(digest: &[u8]) -> Self {
        Self(
            digest
                .iter()
                .flat_map(|byte| [byte >> 4, byte & 15])
                .filter_map(|d| char::from_digit(d.into(), 16))
                .collect(),
        )
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder below `originals` that the file lies in: the first two digits.
    pub(crate) fn shelf(&self) -> &str {
        &self.0[..2]
    }
}

impl Deref for Sha256 {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Sha256 {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Sha256 {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<String> for Sha256 {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Sha256> for String {
    fn from(hash: Sha256) -> Self {
        hash.0
    }
}

impl FromSql for Sha256 {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::parse(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for Sha256 {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}
