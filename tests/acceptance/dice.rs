//! Chance that can be had again.

/// Numbers that follow from a seed: xorshift64*.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// With a seed of today, or the one in `RECERT_FAULT_SEED`. It is printed, so that a failure can be had again.
    #[expect(clippy::disallowed_methods, reason = "another seed each time, unless one is asked for")]
    pub fn from_outside() -> Self {
        let seed = from_outside("RECERT_FAULT_SEED").unwrap_or_else(|| {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
            now.as_secs()
        });
        println!("RECERT_FAULT_SEED={seed}");
        Self::new(seed)
    }

    pub fn throw(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A share of a whole, from 0 to 1.
    pub fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.throw() >> 32).unwrap()) / f64::from(u32::MAX)
    }
}

/// A number that `cargo xtask faults` hands over.
#[expect(clippy::disallowed_methods, reason = "how much is to be tried is up to who runs it")]
pub fn from_outside(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is “{text}”; give a whole number")))
}
