//! The sentences of an evaluation.

use chrono::NaiveDate;

use crate::date::long;
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

/// What the sentence depends on besides the points.
pub(crate) struct Stand {
    /// If every credit is accepted.
    pub verdict: Verdict,
    /// How many questions are open.
    pub questions: usize,
    /// The day renewal by points closed, if it has.
    pub closed_on: Option<NaiveDate>,
}

/// “Renewal by points closed on 30 June 2026; ask AAMA about the way back”
pub(crate) fn closed(pack: &Pack, day: NaiveDate) -> String {
    format!("Renewal by points closed on {}; ask {} about the way back", long(day), pack.issuer.short)
}

/// “You still need 2 administrative points; any source counts.”
pub(crate) fn gap_sentence(pack: &Pack, stand: &Stand, need: &Need<'_>) -> String {
    let open = match stand.questions {
        1 => "one open question".to_owned(),
        several => format!("{several} open questions"),
    };
    if let Some(day) = stand.closed_on {
        return format!("{}.", closed(pack, day));
    }
    match stand.verdict {
        Verdict::Met => format!("You have everything {} asks for.", pack.issuer.short),
        Verdict::NotMet if stand.questions > 0 => {
            format!("You still need {}. It may be less: {open} may add points.", needed(pack, need))
        }
        Verdict::NotMet => format!("You still need {}.", needed(pack, need)),
        Verdict::CannotTell if need.points.is_zero() => format!("It depends on {open}."),
        Verdict::CannotTell => format!("It depends on {open}. Until then, plan for {}.", needed(pack, need)),
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
    let only_own = need.must_be_own == need.points;
    let approved = if only_own { format!("{issuer}-approved ") } else { String::new() };
    let source = if only_own {
        String::new()
    } else if need.must_be_own.is_zero() {
        "; any source counts".to_owned()
    } else {
        format!("; at least {} must be {issuer}-approved", need.must_be_own)
    };
    let points = format!("{} {approved}{}", need.points, noun(need.points));
    match lacking.as_slice() {
        [] => format!("{points}{source}"),
        [(category, lack)] if in_categories == need.points => {
            format!("{lack} {approved}{category} {}{source}", noun(*lack))
        }
        [(category, lack)] => format!("{points}, at least {lack} of them {category}{source}"),
        several => {
            let parts: Vec<String> = several.iter().map(|(category, lack)| format!("{lack} {category}")).collect();
            let lead = if in_categories == need.points { ": " } else { ", among them at least " };
            format!("{points}{lead}{}{source}", list(&parts))
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
