//! Exact whole-number programs with goals of falling weight.
//!
//! Relaxed to fractions, a program is solved by the simplex method with bounded columns: goal after goal, each on the
//! face of best points that the goals before it left, which is kept by fixing every column whose change would cost
//! something. Where a column is not whole, the program is split in two, below and above, and what cannot beat the best
//! whole answer so far is not followed. All arithmetic is in fractions of whole numbers; nothing is rounded, so the
//! answer is exact. Bland's rule (the first column that helps, the first row that binds) keeps it from going in circles.

mod fraction;
mod tableau;
mod work;

pub(crate) use fraction::Fraction;
use tableau::Tableau;
pub(crate) use work::Work;

/// Columns, and rows that bound their sums.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    columns: Vec<Bounds>,
    /// Terms, and what they add up to at most.
    rows: Vec<(Vec<Term>, i64)>,
}

/// A column, with its weight.
pub(crate) type Term = (usize, i64);

/// The least a column may be, and the most.
type Bounds = (i64, Option<i64>);

/// What came of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The value of each column. No other answer serves the goals better.
    Best(Vec<i64>),
    /// No values satisfy every row.
    Impossible,
    /// The search was given up, for its length or its numbers; the best answer until then.
    Unfinished(Option<Vec<i64>>),
}

/// Numbers grew beyond what is exact, or there was more work than is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GivenUp;

/// A program relaxed to fractions: what each goal reaches, and the columns; none where nothing satisfies the rows.
type Relaxed = Option<(Vec<Fraction>, Vec<Fraction>)>;

impl Program {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A column of at least `lower`, and at most `upper` where that is given; returns its place.
    pub(crate) fn column(&mut self, lower: i64, upper: Option<i64>) -> usize {
        self.columns.push((lower, upper));
        self.columns.len() - 1
    }

    pub(crate) fn row_at_most(&mut self, terms: &[Term], bound: i64) {
        self.rows.push((terms.to_vec(), bound));
    }

    pub(crate) fn row_at_least(&mut self, terms: &[Term], bound: i64) {
        self.rows.push((terms.iter().map(|(column, weight)| (*column, -weight)).collect(), -bound));
    }

    /// The columns that make the first goal greatest, among those the second, and so on.
    pub(crate) fn solve(&self, goals: &[Vec<Term>], work: &Work) -> Outcome {
        work.share(|work| self.searched(goals, work))
    }

    fn searched(&self, goals: &[Vec<Term>], work: &Work) -> Outcome {
        let mut best: Option<(Vec<Fraction>, Vec<i64>)> = None;
        let mut waiting = vec![self.columns.clone()];
        loop {
            let Some(columns) = waiting.pop() else {
                return best.map_or(Outcome::Impossible, |(_, values)| Outcome::Best(values));
            };
            let Ok(relaxed) = self.relaxed(&columns, goals, work) else { break };
            let Some((reached, values)) = relaxed else { continue };
            if best.as_ref().is_some_and(|(so_far, _)| reached <= *so_far) {
                continue;
            }
            let whole: Option<Vec<i64>> = values.iter().map(|value| value.whole()).collect();
            match (whole, narrowest(&columns, &values)) {
                (Some(whole), _) => best = Some((reached, whole)),
                (None, Some(column)) => {
                    let floor = values[column].floor();
                    let (mut below, mut above) = (columns.clone(), columns);
                    below[column].1 = Some(floor);
                    above[column].0 = floor + 1;
                    waiting.extend([below, above]);
                }
                (None, None) => break,
            }
        }
        Outcome::Unfinished(best.map(|(_, values)| values))
    }

    /// The greatest value of a goal in fractions, rounded up. None where no values satisfy the rows, or it was given up.
    pub(crate) fn most(&self, goal: &[Term], work: &Work) -> Option<i64> {
        let (reached, _) = work.share(|work| self.relaxed(&self.columns, &[goal.to_vec()], work)).ok()??;
        reached.first().map(|reached| -reached.minus().floor())
    }

    fn relaxed(&self, columns: &[Bounds], goals: &[Vec<Term>], work: &Work) -> Result<Relaxed, GivenUp> {
        if columns.iter().any(|(lower, upper)| upper.is_some_and(|upper| upper < *lower)) {
            return Ok(None);
        }
        let Some(mut tableau) = Tableau::new(columns, &self.rows, work)? else { return Ok(None) };
        let mut reached = Vec::with_capacity(goals.len());
        for goal in goals {
            tableau.maximise(goal)?;
            reached.push(tableau.sum(goal)?);
        }
        Ok(Some((reached, tableau.values()?)))
    }
}

/// Of the columns that are not whole the one with the fewest values: most others follow once it is settled whether
/// something is chosen at all.
fn narrowest(columns: &[Bounds], values: &[Fraction]) -> Option<usize> {
    let open = (0..columns.len()).filter(|&column| values[column].whole().is_none());
    open.min_by_key(|&column| columns[column].1.map_or(i64::MAX, |upper| upper.saturating_sub(columns[column].0)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A column for each pair of the rows, under three rows that cross: every corner but one is half and half.
    #[test]
    fn three_rows_that_cross_still_give_a_whole_answer() {
        let mut program = Program::new();
        let columns: Vec<usize> = (0..3).map(|_| program.column(0, None)).collect();
        for (one, other) in [(0, 1), (1, 2), (0, 2)] {
            program.row_at_most(&[(columns[one], 1), (columns[other], 1)], 1);
        }
        let all: Vec<Term> = columns.iter().map(|column| (*column, 1)).collect();
        let Outcome::Best(values) = program.solve(&[all], &Work::for_an_evaluation()) else {
            panic!("it has an answer")
        };
        assert_eq!(values.iter().sum::<i64>(), 1, "one and a half in fractions");
    }

    #[test]
    fn what_counts_whole_or_not_at_all_is_chosen_exactly() {
        let mut program = Program::new();
        let worth = [1_200, 1_900, 2_800, 700];
        let mut counted = Vec::new();
        for points in worth {
            let (chosen, column) = (program.column(0, Some(1)), program.column(0, Some(points)));
            program.row_at_most(&[(column, 1), (chosen, -points)], 0);
            program.row_at_least(&[(column, 1), (chosen, -points)], 0);
            counted.push((column, 1));
        }
        program.row_at_most(&counted, 3_000);
        let Outcome::Best(values) = program.solve(&[counted.clone()], &Work::for_an_evaluation()) else {
            panic!("it has an answer")
        };
        assert_eq!(counted.iter().map(|(column, _)| values[*column]).sum::<i64>(), 2_800);
    }

    #[test]
    fn a_row_that_nothing_satisfies_is_impossible() {
        let mut program = Program::new();
        let column = program.column(0, Some(3));
        program.row_at_least(&[(column, 1)], 4);
        assert_eq!(program.solve(&[vec![(column, 1)]], &Work::for_an_evaluation()), Outcome::Impossible);
    }

    #[test]
    fn numbers_beyond_what_is_exact_are_given_up_and_not_wrapped() {
        let mut program = Program::new();
        let columns: Vec<usize> = (0..12).map(|_| program.column(0, Some(i64::MAX))).collect();
        for row in 0..12_i64 {
            let weight = |column: i64| i64::MAX / 3 - (column * 31 + row * 17);
            let terms: Vec<Term> =
                columns.iter().zip((0..).map(weight)).map(|(column, weight)| (*column, weight)).collect();
            program.row_at_most(&terms, i64::MAX - row);
        }
        let all: Vec<Term> = columns.iter().map(|column| (*column, 1)).collect();
        assert!(!matches!(program.solve(&[all], &Work::for_an_evaluation()), Outcome::Impossible));
    }

    #[test]
    fn what_is_too_much_work_is_given_up_with_the_best_answer_so_far() {
        let mut program = Program::new();
        let (mut weighed, mut counted) = (Vec::new(), Vec::new());
        for item in 0..14_i64 {
            let column = program.column(0, Some(1));
            weighed.push((column, 1_000 + 137 * (item * item % 11)));
            counted.push((column, 1_000 + 131 * (item * item % 13)));
        }
        program.row_at_most(&weighed, 9_999);
        let goals = [counted.clone()];
        let worth = |values: &[i64]| counted.iter().map(|(column, weight)| values[*column] * weight).sum::<i64>();
        let mut least = 0;
        for steps in (0..7).map(|power| 10_usize.pow(power)).chain([100_000_000]) {
            let found = match program.solve(&goals, &Work::of(steps)) {
                Outcome::Best(values) => worth(&values),
                Outcome::Unfinished(values) => values.map_or(0, |values| worth(&values)),
                Outcome::Impossible => panic!("nothing at all is possible"),
            };
            assert!(found >= least, "more work never finds less");
            least = found;
        }
        assert_eq!(program.solve(&goals, &Work::of(0)), Outcome::Unfinished(None));
        assert!(matches!(program.solve(&goals, &Work::for_an_evaluation()), Outcome::Best(_)));
    }

    #[derive(Debug, Clone)]
    struct Small {
        bounds: Vec<(i64, i64)>,
        rows: Vec<(Vec<i64>, i64, bool)>,
        goals: Vec<Vec<i64>>,
    }

    fn small() -> impl Strategy<Value = Small> {
        (1..5_usize).prop_flat_map(|columns| {
            let weights = || prop::collection::vec(-3..=3_i64, columns);
            (
                prop::collection::vec((0..3_i64, 0..5_i64), columns),
                prop::collection::vec((weights(), -6..14_i64, any::<bool>()), 0..5),
                prop::collection::vec(weights(), 1..4),
            )
                .prop_map(|(bounds, rows, goals)| Small {
                    bounds: bounds.into_iter().map(|(lower, more)| (lower, lower + more)).collect(),
                    rows,
                    goals,
                })
        })
    }

    fn sum(weights: &[i64], values: &[i64]) -> i64 {
        weights.iter().zip(values).map(|(weight, value)| weight * value).sum()
    }

    impl Small {
        fn solved(&self) -> Outcome {
            let mut program = Program::new();
            for (lower, upper) in &self.bounds {
                program.column(*lower, Some(*upper));
            }
            let terms = |weights: &[i64]| weights.iter().copied().enumerate().collect::<Vec<Term>>();
            for (weights, bound, at_most) in &self.rows {
                if *at_most {
                    program.row_at_most(&terms(weights), *bound);
                } else {
                    program.row_at_least(&terms(weights), *bound);
                }
            }
            let goals: Vec<Vec<Term>> = self.goals.iter().map(|goal| terms(goal)).collect();
            program.solve(&goals, &Work::for_an_evaluation())
        }

        fn reached(&self, values: &[i64]) -> Option<Vec<i64>> {
            let in_bounds =
                self.bounds.iter().zip(values).all(|((lower, upper), value)| (lower..=upper).contains(&value));
            let holds = |(weights, bound, at_most): &(Vec<i64>, i64, bool)| {
                if *at_most { sum(weights, values) <= *bound } else { sum(weights, values) >= *bound }
            };
            let is_allowed = in_bounds && self.rows.iter().all(holds);
            is_allowed.then(|| self.goals.iter().map(|goal| sum(goal, values)).collect())
        }

        fn by_trying_everything(&self) -> Option<Vec<i64>> {
            let mut best = None;
            let mut values: Vec<i64> = self.bounds.iter().map(|(lower, _)| *lower).collect();
            loop {
                best = best.max(self.reached(&values));
                let Some(column) = (0..values.len()).find(|&column| values[column] < self.bounds[column].1) else {
                    return best;
                };
                values[column] += 1;
                for (value, (lower, _)) in values.iter_mut().zip(&self.bounds).take(column) {
                    *value = *lower;
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn it_reaches_what_trying_everything_reaches(small in small()) {
            match (small.solved(), small.by_trying_everything()) {
                (Outcome::Best(values), best) => prop_assert_eq!(small.reached(&values), best),
                (outcome, best) => prop_assert!(outcome == Outcome::Impossible && best.is_none(), "{:?}", outcome),
            }
        }
    }
}
