//! Which credits a rule speaks of, as masks, so that asking costs a few instructions for each credit and rule.

use crate::credit::Credit;
use crate::date::{full_months, plus_days};
use crate::pack::{OTHER, Of, Pack};

/// What a rule can ask about a credit, on one reading of who approved it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks {
    pub kind: u32,
    pub unit: u32,
    pub approver: u32,
    pub tags: u64,
    pub window: u32,
}

/// An `of` of the pack, ready to be asked. Of each mask nought does not restrict.
#[derive(Debug)]
pub(crate) struct Filter<'a> {
    of: &'a Of,
    kinds: u32,
    units: u32,
    approvers: u32,
    tags: u64,
    without_tags: u64,
    windows: u32,
    /// Categories are given to points, not to credits; the caller asks.
    pub categories: u32,
    plain: bool,
}

/// One bit; none where a list is longer than a mask, which `Pack::faults` refuses.
pub(crate) fn bit(index: usize) -> u32 {
    u32::try_from(index).ok().and_then(|index| 1_u32.checked_shl(index)).unwrap_or(0)
}

/// One bit of a long mask.
pub(crate) fn long_bit(index: usize) -> u64 {
    u32::try_from(index).ok().and_then(|index| 1_u64.checked_shl(index)).unwrap_or(0)
}

/// The place of a class of approvers; `other` comes last.
pub(crate) fn class_index(pack: &Pack, class: &str) -> usize {
    pack.approvers.iter().position(|known| known.id == class).unwrap_or(pack.approvers.len())
}

impl<'a> Filter<'a> {
    pub(crate) fn new(of: &'a Of, pack: &Pack) -> Self {
        // What a pack does not know matches nothing, rather than everything.
        const NOTHING: usize = 31;
        let index = |found: Option<usize>| bit(found.unwrap_or(NOTHING));
        let class = |id: &String| {
            let known = pack.approvers.iter().position(|class| class.id == *id);
            index(known.or_else(|| (id == OTHER).then_some(pack.approvers.len())))
        };
        let tag = |id: &String| {
            let known = pack.tags.iter().position(|tag| tag.id == *id);
            long_bit(known.unwrap_or(63))
        };
        let window = |id: &String| index(pack.windows.iter().position(|window| window.id == *id));
        let category = |id: &String| index(pack.category_index(id));
        Self {
            of,
            kinds: of.kinds.iter().map(|kind| bit(*kind as usize)).sum(),
            units: of.units.iter().map(|unit| bit(*unit as usize)).sum(),
            approvers: of.approvers.iter().map(class).fold(0, |all, one| all | one),
            tags: of.tags.iter().map(tag).fold(0, |all, one| all | one),
            without_tags: of.without_tags.iter().map(tag).fold(0, |all, one| all | one),
            windows: of.windows.iter().map(window).fold(0, |all, one| all | one),
            categories: of.categories.iter().map(category).fold(0, |all, one| all | one),
            plain: of.formats.is_empty()
                && of.provider_numbers.is_empty()
                && of.formal_credit.is_none()
                && of.valid_under.is_none(),
        }
    }

    /// Whether the rule speaks of this credit, whatever its categories.
    pub(crate) fn holds(&self, marks: Marks, credit: &Credit) -> bool {
        let fits = |mask: u32, mark: u32| mask == 0 || mask & mark != 0;
        fits(self.kinds, marks.kind)
            && fits(self.units, marks.unit)
            && fits(self.approvers, marks.approver)
            && (self.tags == 0 || self.tags & marks.tags != 0)
            && self.without_tags & marks.tags == 0
            && fits(self.windows, marks.window)
            && (self.plain || self.details_hold(credit))
    }

    fn details_hold(&self, credit: &Credit) -> bool {
        let of = self.of;
        let format = |format: &str| of.formats.iter().any(|known| letters(known).eq(letters(format)));
        (of.formats.is_empty() || credit.format.as_deref().is_some_and(format))
            && (of.provider_numbers.is_empty() || is_like_any(&of.provider_numbers, credit.provider_number.as_deref()))
            && of.formal_credit.is_none_or(|wanted| credit.formal_credit == Some(wanted))
            && of.valid_under.is_none_or(|months| is_valid_under(months, credit))
    }

    /// Whether points of this category are meant; none is a category that is not known.
    pub(crate) fn holds_category(&self, category: Option<usize>) -> bool {
        self.categories == 0 || category.is_some_and(|index| self.categories & bit(index) != 0)
    }
}

/// Whether a card is valid for fewer months, its last day included.
fn is_valid_under(months: u32, credit: &Credit) -> bool {
    let days = credit.completed_on.zip(credit.expires_on);
    days.is_some_and(|(from, to)| full_months(from, plus_days(to, 1)) < months)
}

/// “Self-study” is `self_study`: capitals, spaces and hyphens do not matter.
fn letters(format: &str) -> impl Iterator<Item = char> + '_ {
    format.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether a number fits one of the patterns.
pub(crate) fn is_like_any(patterns: &[String], number: Option<&str>) -> bool {
    let Some(number) = number.map(str::trim) else { return false };
    patterns.iter().any(|pattern| is_like(pattern.as_bytes(), number.as_bytes()))
}

/// `*` stands for any letters and `?` for one; capitals do not matter.
fn is_like(pattern: &[u8], text: &[u8]) -> bool {
    // Where a star fails, it takes one letter more: the usual two pointers, never worse than pattern times text.
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(wanted) if *wanted == b'?' || wanted.eq_ignore_ascii_case(&text[t]) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    p = at + 1;
                    t = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|rest| *rest == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters_and_a_question_mark_for_one() {
        for (pattern, number, fits) in [
            ("*-?03-?", "JA0000123-0000-19-012-L03-T", true),
            ("*-?03-?", "JA0000123-0000-19-012-L05-T", false),
            ("*-t", "JA0000123-0000-19-012-L03-T", true),
            ("*", "", true),
            ("?", "", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-b-b-d", false),
            ("CEP*", "cep 1234", true),
        ] {
            assert_eq!(is_like(pattern.as_bytes(), number.as_bytes()), fits, "{pattern} {number}");
        }
    }
}
