//! The sentences of an evaluation.

use chrono::NaiveDate;

use crate::date::{long, short};
use crate::evaluation::{Bound, Gap, PeriodDates, Standing, Verdict};
use crate::pack::Pack;
use crate::period::Term;
use crate::points::Points;

/// What the sentence depends on besides the points.
pub(crate) struct Stand {
    /// If every credit is accepted.
    pub verdict: Verdict,
    /// How many questions may decide it; where it is met, whether part of an activity may count is the only one.
    pub questions: usize,
    /// The day renewal by points closed, if it has.
    pub closed_on: Option<NaiveDate>,
    /// Whether the pack demands anything.
    pub demands_nothing: bool,
    /// Whether it makes a difference who approved an activity.
    pub has_sources: bool,
    /// What the lines lack, but for one that lacks as much as all together.
    pub short: Vec<(String, Points)>,
}

/// “Renewal by points closed on 30 June 2026. The exam is the way back.”
pub(crate) fn closed(pack: &Pack, term: &Term<'_>, day: NaiveDate) -> String {
    let way_back = term.late.and_then(|rule| rule.way_back.clone());
    let way_back = way_back.unwrap_or_else(|| format!("Ask {} about the way back.", pack.issuer.short));
    format!("{} closed on {}. {way_back}", renewing(pack), long(day))
}

/// “Renewal by points”; plain “Renewal” where nothing is counted.
pub(crate) fn renewing(pack: &Pack) -> String {
    if pack.asks_for_points() { format!("Renewal by {}", pack.counts_in.many) } else { "Renewal".to_owned() }
}

/// “You still need 2 administrative points; any source counts.”
pub(crate) fn gap_sentence(term: &Term<'_>, stand: &Stand, gap: &Gap) -> String {
    let pack = term.pack;
    let issuer = &pack.issuer.short;
    let depends = match stand.questions {
        0 => format!(
            "There are too many ways to combine your activities to try them all; {issuer} may find them enough."
        ),
        1 => "It depends on one open question.".to_owned(),
        several => format!("It depends on {several} open questions."),
    };
    let open = match stand.questions {
        0 | 1 => "one open question".to_owned(),
        several => format!("{several} open questions"),
    };
    if term.standing == Standing::Unknown {
        let (name, expired) = (&pack.name, long(term.dates.to));
        return format!("It depends on whether you have renewed your {name} since {expired}.");
    }
    if let Some(day) = stand.closed_on {
        return closed(pack, term, day);
    }
    if stand.demands_nothing {
        return match stand.verdict {
            Verdict::Met if pack.draft.is_some() => {
                format!("Nothing is known that {issuer} asks for besides the date, and little is known; ask {issuer}.")
            }
            Verdict::Met => format!("{issuer} asks for no continuing education; only the date matters."),
            _ => format!("Expired on {}. Ask {issuer} about the way back.", long(term.dates.to)),
        };
    }
    let mut wanted: Vec<String> = Vec::new();
    if !gap.points.is_zero() {
        wanted.push(format!("You still need {}.", needed(pack, stand, gap)));
    }
    wanted.extend(gap.conditions.iter().cloned());
    wanted.extend(gap.impossible.iter().cloned());
    let wanted = wanted.join(" ");
    match stand.verdict {
        Verdict::Met if stand.questions > 0 => {
            format!("You have everything {issuer} asks for, if part of an activity may count.")
        }
        Verdict::Met => format!("You have everything {issuer} asks for."),
        Verdict::NotMet if stand.questions > 0 && !gap.points.is_zero() => {
            format!("{wanted} It may be less: {open} may add {}.", pack.counts_in.many)
        }
        Verdict::NotMet => wanted,
        Verdict::CannotTell if gap.points.is_zero() => format!("{depends} {wanted}").trim_end().to_owned(),
        Verdict::CannotTell => {
            let rest: Vec<String> = gap.conditions.iter().chain(&gap.impossible).cloned().collect();
            let plan = format!("{depends} Until then, plan for {}. {}", needed(pack, stand, gap), rest.join(" "));
            plan.trim_end().to_owned()
        }
    }
}

fn needed(pack: &Pack, stand: &Stand, gap: &Gap) -> String {
    /// More kinds of points than this are not told apart in one sentence.
    const MOST: usize = 3;
    let total = gap.points;
    let of = |bound: &Bound| bound.points.lacking();
    let all_categories = pack.categories.iter().filter(|category| !category.worthless).count();
    let is_general = |bound: &&Bound| {
        bound.categories.len() == all_categories
            && bound.tags.is_empty()
            && bound.without_tags.is_empty()
            && bound.within.is_none()
            && bound.or.is_empty()
    };
    let own = gap.at_least.iter().filter(is_general).find(|bound| bound.approver != "any");
    let only = own.filter(|own| own.points == total);
    let adjective = only.map(|own| format!("{} ", approved(pack, &own.approver))).unwrap_or_default();
    let items: Vec<&Bound> = gap.at_least.iter().filter(|bound| !is_general(bound)).collect();
    let sum: Points = items.iter().map(|bound| bound.points).sum();
    let source = match own {
        Some(own) if only.is_none() => format!("; at least {} must be {}", of(own), approved(pack, &own.approver)),
        None if stand.has_sources && gap.at_least.iter().all(|bound| bound.approver == "any") => {
            "; any source counts".to_owned()
        }
        _ => String::new(),
    };
    let all = total.lacking();
    let points = format!("{all} {adjective}{}", noun(pack, total));
    match items.as_slice() {
        [] => format!("{points}{source}"),
        [item] if item.points == total => {
            format!("{all} {adjective}{}{source}", said(pack, item, noun(pack, total)))
        }
        [item] => format!("{points}, at least {} of them {}{source}", of(item), said(pack, item, "")),
        several if several.len() > MOST && !stand.short.is_empty() => {
            let lines = stand.short.iter().map(|(label, points)| format!("“{label}” lacks {}", points.lacking()));
            format!("{points}{source}: {}", list(&lines.collect::<Vec<_>>(), "and"))
        }
        several => {
            let parts: Vec<String> =
                several.iter().map(|item| format!("{} {}", of(item), said(pack, item, ""))).collect();
            let lead = if sum == total { ": " } else { ", among them at least " };
            format!("{points}{lead}{}{source}", list(&parts, "and"))
        }
    }
}

/// “AAMA-approved administrative points from 1 Jan 2026 to 31 Dec 2026”, “hours on pharmacy law”: what a bound asks for;
/// with its noun, or without.
fn said(pack: &Pack, bound: &Bound, noun: &str) -> String {
    let all = pack.categories.iter().filter(|category| !category.worthless).count();
    let one = |categories: &[String], tags: &[String], without: &[String], approver: &str| {
        let label = |id: &String| {
            let category = pack.categories.iter().find(|category| category.id == *id).map(|category| &category.label);
            let tag = pack.tags.iter().find(|tag| tag.id == *id).map(|tag| &tag.label);
            in_sentence(category.or(tag).unwrap_or(id))
        };
        let labels = |ids: &[String], word: &str| list(&ids.iter().map(label).collect::<Vec<_>>(), word);
        let mut words = Vec::new();
        words.extend((approver != "any").then(|| approved(pack, approver)));
        words.extend((categories.len() < all).then(|| labels(categories, "or")));
        words.extend((!noun.is_empty()).then(|| noun.to_owned()));
        words.extend((!tags.is_empty()).then(|| format!("on {}", labels(tags, "and"))));
        words.extend((!without.is_empty()).then(|| format!("not on {}", labels(without, "or"))));
        words.join(" ")
    };
    let first = one(&bound.categories, &bound.tags, &bound.without_tags, &bound.approver);
    let others = bound.or.iter().map(|of| one(&of.categories, &of.tags, &of.without_tags, &of.approver));
    let ways: Vec<String> = std::iter::once(first).chain(others).filter(|words| !words.is_empty()).collect();
    format!("{}{}", list(&ways, "or"), within(bound.within)).trim_start().to_owned()
}

/// A label inside a sentence: “pharmacy law”, but “OSHA rules”.
fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if second.is_none_or(|second| !second.is_uppercase()) => {
            first.to_lowercase().chain(second).chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

/// “AAMA-approved”, “from other sources”.
fn approved(pack: &Pack, class: &str) -> String {
    let known = pack.approvers.iter().find(|known| known.id == class);
    known.map_or_else(|| "other-source".to_owned(), |known| known.label.clone())
}

fn within(dates: Option<PeriodDates>) -> String {
    dates.map(|dates| format!(" from {} to {}", short(dates.from), short(dates.to))).unwrap_or_default()
}

/// “point” for exactly one.
pub(crate) fn noun(pack: &Pack, points: Points) -> &str {
    if points.hundredths() == 100 { &pack.counts_in.one } else { &pack.counts_in.many }
}

/// “a, b and c”.
pub(crate) fn list(parts: &[String], last_word: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {last_word} {last}", first.join(", ")),
    }
}

/// “Expired 31 Mar 2026. Renewal by points is still open; the safe last day is 29 Jun 2026. …”
/// `told` is whether renewal is still open, and when she was told so.
pub(crate) fn standing(term: &Term<'_>, told: Option<(bool, String)>) -> Option<(&'static str, String)> {
    let (pack, issuer) = (term.pack, &term.pack.issuer.short);
    let (expired, renewal) = (short(term.dates.to), renewing(pack));
    let until_then = pack.while_expired.as_ref();
    let code = match term.standing {
        Standing::Current => return None,
        Standing::Unknown => {
            let text = format!(
                "What is on file of your {} ran to {expired}. If you have renewed it since, enter the day of the last renewal or \
                 the expiry on your card; until then nobody can tell where you stand.",
                pack.name
            );
            return Some(("unknown", text));
        }
        Standing::Late => "late",
        Standing::Lapsed => "lapsed",
    };
    let open = match (term.standing, term.late_until) {
        (Standing::Lapsed, Some((_, latest))) => closed(pack, term, latest),
        _ if told.is_some() => {
            let (is_open, told) = told.unwrap_or_default();
            format!("{renewal} is {}: {told}.", if is_open { "still open" } else { "closed" })
        }
        (Standing::Late, Some((safe, _))) if term.on <= safe => {
            format!("{renewal} is still open; the safe last day is {}.", short(safe))
        }
        (Standing::Late, Some((safe, latest))) => format!(
            "{renewal} may still be open until {}: {issuer}'s texts differ, and the safe last day was {}.",
            short(latest),
            short(safe)
        ),
        (Standing::Late, None) => format!("{renewal} is still open."),
        (_, _) => format!("What {issuer} accepts after that is not known; ask."),
    };
    let forbidden = match (until_then, term.standing) {
        (Some(sentence), _) => sentence.clone(),
        (None, Standing::Late) => format!("Until you are renewed, don't sign as {}.", pack.name),
        (None, _) => format!("Don't sign as {}.", pack.name),
    };
    Some((code, format!("Expired {expired}. {open} {forbidden}")))
}

/// “Renewed on 12 November 2026, you would be current through 30 November 2031. …”
pub(crate) fn renewal(term: &Term<'_>, expires_on: NaiveDate, months: u32, moving: usize) -> String {
    let given_up = match months {
        0 => String::new(),
        1 => " Applying now may give up 1 month.".to_owned(),
        months => format!(" Applying now may give up {months} months."),
    };
    let moving = match moving {
        0 => String::new(),
        1 => " One later activity would belong to the next period.".to_owned(),
        several => format!(" {several} later activities would belong to the next period."),
    };
    format!("Renewed on {}, you would be current through {}.{given_up}{moving}", long(term.on), long(expires_on))
}
