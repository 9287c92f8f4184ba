//! Chance that repeats itself: the same seed gives the same record.

use chrono::{Days, NaiveDate};
use domain::{Amount, Credential, Credit, Holder, ProofRef, ProofRole, Record};

pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// `SplitMix64`, <https://prng.di.unimi.it/splitmix64.c>.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub(crate) fn one_in(&mut self, number: u64) -> bool {
        self.below(number) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    /// A day from `first` to `last`, often one of the two or beside them.
    pub(crate) fn day(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let between = u64::try_from((last - first).num_days().max(0)).unwrap();
        match self.below(8) {
            0 => first + Days::new(self.below(2).min(between)),
            1 => last - Days::new(self.below(2).min(between)),
            _ => first + Days::new(self.below(between + 1)),
        }
    }

    /// An amount of up to `most`, in the steps in which certificates print them.
    pub(crate) fn amount(&mut self, most: u64) -> Amount {
        let (step, decimals) = self.pick(&[(100, 0), (100, 0), (25, 2), (25, 2), (10, 1), (1, 2)]);
        let hundredths = step * (1 + self.below(most * 100 / step));
        match decimals {
            0 => (hundredths / 100).to_string(),
            1 => format!("{}.{}", hundredths / 100, hundredths % 100 / 10),
            _ => format!("{}.{:02}", hundredths / 100, hundredths % 100),
        }
        .parse()
        .unwrap()
    }
}

/// A record with one credential, `x`.
pub(crate) fn record_for(pack: &str) -> Record {
    let mut record = Record::new(Holder { name: "Maria Delgado".into(), ..Holder::default() });
    record.credentials.push(Credential {
        id: "x".into(),
        pack: pack.into(),
        certified_on: None,
        recertified_on: None,
        expires_on: None,
        expires_reason: None,
        periods: Vec::new(),
    });
    record
}

/// A credit about which nothing is open but what its fields say later.
pub(crate) fn plain_credit(number: usize, on: NaiveDate) -> Credit {
    Credit {
        title: format!("Course {number}"),
        provider: Some(format!("Provider {number}")),
        completed_on: Some(on),
        ..Credit::empty(format!("c{number}"))
    }
}

pub(crate) fn paper(role: ProofRole) -> ProofRef {
    ProofRef { sha256: "0".repeat(64), name: "paper.pdf".into(), role }
}
