//! How much arithmetic is done before a search is given up, counted in steps and not in time, so that the same question
//! is given up at the same place everywhere.

use std::cell::Cell;

use super::GivenUp;

/// Steps that are left; a step is about one number of a tableau.
#[derive(Debug)]
pub(crate) struct Work(Cell<usize>);

impl Work {
    /// For all programs of one evaluation: about a second. The packs that come with Recert take a thousandth of it.
    pub(crate) fn for_an_evaluation() -> Self {
        Self::of(40_000_000)
    }

    pub(crate) fn of(steps: usize) -> Self {
        Self(Cell::new(steps))
    }

    /// Does something with an eighth of what is left: so something is left for what follows, however much there is of it.
    pub(super) fn share<T>(&self, run: impl FnOnce(&Self) -> T) -> T {
        let share = self.0.get().div_ceil(8);
        let part = Self::of(share);
        let done = run(&part);
        self.0.set(self.0.get() - (share - part.0.get()));
        done
    }

    pub(crate) fn is_done(&self) -> bool {
        self.0.get() == 0
    }

    pub(crate) fn spend(&self, steps: usize) -> Result<(), GivenUp> {
        let left = self.0.get().checked_sub(steps);
        self.0.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or(GivenUp)
    }
}
