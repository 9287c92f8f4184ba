//! The only place that knows what day it is.

use chrono::{DateTime, Local, NaiveDate, NaiveTime, Utc};

/// Today, and the instant that history is stamped with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    fixed: Option<NaiveDate>,
}

impl Clock {
    /// The computer's own clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that says it is `today`.
    pub fn fixed(today: NaiveDate) -> Self {
        Self { fixed: Some(today) }
    }

    /// The local date.
    #[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
    pub fn today(self) -> NaiveDate {
        self.fixed.unwrap_or_else(|| Local::now().date_naive())
    }

    /// This instant; on a fixed clock the day's first.
    #[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
    pub(crate) fn now(self) -> DateTime<Utc> {
        self.fixed.map_or_else(Utc::now, |today| today.and_time(NaiveTime::MIN).and_utc())
    }
}
