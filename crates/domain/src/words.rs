//! The sentences of an evaluation.

use crate::evaluation::Verdict;
use crate::pack::Pack;
use crate::points::Points;

/// What is still to be earned.
pub(crate) struct Need<'a> {
    /// The fewest further points.
    pub points: Points,
    /// What each category lacks.
    pub lacks: &'a [Points],
    /// How many of them only the issuer's own points can fill.
    pub must_be_own: Points,
}

/// “You still need 2 administrative points, from any source.”
pub(crate) fn gap_sentence(pack: &Pack, verdict: Verdict, need: &Need<'_>, questions: usize) -> String {
    let issuer = &pack.issuer.short;
    match verdict {
        Verdict::Met => format!("You have everything {issuer} asks for."),
        Verdict::NotMet => format!("You still need {}.", needed(pack, need)),
        Verdict::CannotTell => {
            let open =
                if questions == 1 { "one open question".to_owned() } else { format!("{questions} open questions") };
            if need.points.is_zero() {
                format!("It depends on {open}.")
            } else {
                format!("It depends on {open}. Until then, plan for {}.", needed(pack, need))
            }
        }
    }
}

fn needed(pack: &Pack, need: &Need<'_>) -> String {
    let issuer = &pack.issuer.short;
    let lacking: Vec<(String, Points)> = pack
        .categories
        .iter()
        .zip(need.lacks)
        .filter(|(_, lack)| !lack.is_zero())
        .map(|(category, lack)| (category.label.to_lowercase(), *lack))
        .collect();
    let in_categories: Points = need.lacks.iter().copied().sum();
    let source = if need.must_be_own.is_zero() {
        ", from any source".to_owned()
    } else if need.must_be_own == need.points {
        format!(", {issuer}-approved")
    } else {
        format!("; at least {} of them {issuer}-approved", need.must_be_own)
    };
    match lacking.as_slice() {
        [(category, lack)] if in_categories == need.points => {
            format!("{lack} {category} {}{source}", noun(*lack))
        }
        [] => format!("{} {}{source}", need.points, noun(need.points)),
        several => {
            let parts: Vec<String> = several.iter().map(|(category, lack)| format!("{lack} {category}")).collect();
            if in_categories == need.points {
                format!("{} points: {}{source}", need.points, list(&parts))
            } else {
                format!("{} points, among them {}{source}", need.points, list(&parts))
            }
        }
    }
}

/// “point” for exactly one.
fn noun(points: Points) -> &'static str {
    if points.hundredths() == 100 { "point" } else { "points" }
}

/// “a, b and c”.
fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
