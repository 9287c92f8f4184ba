//! Whether a name on a certificate is hers.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Stand before or behind a name and are no part of it.
const TITLES: [&str; 22] = [
    "mr", "mrs", "ms", "miss", "dr", "jr", "sr", "ii", "iii", "iv", "cma", "aama", "rma", "amt", "ncma", "ccma", "rn",
    "lpn", "bsn", "aas", "md", "phd",
];

/// Whether two spellings can be one person's name.
///
/// Case, accents, hyphens, titles, and which of the names stands first make no difference. A name in the middle may be
/// absent or an initial. A further name at either end is another name: so are most changed by marriage.
pub(crate) fn is_same_name(one: &str, other: &str) -> bool {
    let (one, other) = (names(one), names(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    short == long || fits(short, long)
}

/// Whether each of the fewer names is one of the others, at least one of them in full.
fn fits(short: &[String], long: &[String]) -> bool {
    let mut left: Vec<(usize, &String)> = long.iter().enumerate().collect();
    let mut take = |is: &dyn Fn(&str) -> bool| {
        let found = left.iter().position(|(_, name)| is(name));
        found.map(|place| left.remove(place)).is_some()
    };
    let rest: Vec<&String> = short.iter().filter(|name| !take(&|other| other == *name)).collect();
    let in_full = short.iter().filter(|name| !rest.contains(name)).any(|name| !is_initial(name));
    let all = rest.into_iter().all(|name| take(&|other| is_initial_of(name, other) || is_initial_of(other, name)));
    let inner = 1..long.len().saturating_sub(1);
    in_full && all && left.iter().all(|(place, name)| is_initial(name) || inner.contains(place))
}

fn is_initial(name: &str) -> bool {
    name.chars().nth(1).is_none()
}

fn is_initial_of(initial: &str, name: &str) -> bool {
    is_initial(initial) && name.starts_with(initial)
}

/// “Delgado-Núñez, Maria L.” as maria, l, delgado, nunez.
fn names(written: &str) -> Vec<String> {
    let (family, given) = written.split_once(',').unwrap_or((written, ""));
    let names = [given, family].map(words).concat();
    let (titles, own): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| TITLES.contains(&name.as_str()));
    // Whoever is called so alone.
    if own.is_empty() { titles } else { own }
}

fn words(written: &str) -> Vec<String> {
    let plain: String = written.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(plain).collect();
    let words = plain.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Small letters without what decomposition leaves on them; nothing for an apostrophe, which joins.
fn plain(letter: char) -> Vec<char> {
    match letter {
        '\'' | '’' | '‘' | 'ʼ' | '`' => Vec::new(),
        'Ł' | 'ł' => vec!['l'],
        'Ø' | 'ø' => vec!['o'],
        'Đ' | 'đ' | 'Ð' | 'ð' => vec!['d'],
        'ı' => vec!['i'],
        'ß' | 'ẞ' => vec!['s', 's'],
        'Æ' | 'æ' => vec!['a', 'e'],
        'Œ' | 'œ' => vec!['o', 'e'],
        _ => letter.to_lowercase().collect(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_written_otherwise_is_the_same_name_and_another_name_is_not() {
        for (one, other, same) in [
            ("Maria Delgado", "MARIA DELGADO", true),
            ("María Núñez", "Maria Nunez", true),
            ("Łucja Sørensen", "Lucja Sorensen", true),
            ("Maria Delgado", "Delgado, Maria", true),
            ("Maria Delgado", "Delgado Maria", true),
            ("Maria Delgado", "Maria L. Delgado", true),
            ("Maria Lucia Delgado", "Maria L Delgado", true),
            ("Maria Lucia Delgado", "Maria Delgado", true),
            ("Maria Lucia Delgado", "Delgado, Maria Lucia", true),
            ("Maria Delgado-Reyes", "Maria Delgado Reyes", true),
            ("Siobhan O'Brien", "Siobhan O’Brien", true),
            ("Siobhan O'Brien", "Siobhan Obrien", true),
            ("John Reyes Jr.", "John Reyes", true),
            ("Maria Delgado, CMA (AAMA)", "Maria Delgado", true),
            ("Ms. Maria Delgado", "M. Delgado", true),
            ("Dr", "dr.", true),
            ("Maria Delgado", "Maria Smith", false),
            ("Maria Delgado", "Marta Delgado", false),
            ("Maria Delgado", "Maria Delgado Smith", false),
            ("Maria Delgado", "Maria Delgado-Smith", false),
            ("Maria L. Delgado", "Maria K. Delgado", false),
            ("Maria Delgado", "M. D.", false),
            ("Maria Delgado", "", false),
        ] {
            assert_eq!(is_same_name(one, other), same, "{one} / {other}");
            assert_eq!(is_same_name(other, one), same, "{other} / {one}");
        }
    }

    proptest! {
        #[test]
        fn a_name_never_differs_from_itself_however_it_is_encoded(name in "\\PC{0,24}") {
            prop_assert!(is_same_name(&name, &name));
            let (composed, decomposed): (String, String) = (name.nfc().collect(), name.nfd().collect());
            prop_assert!(is_same_name(&composed, &decomposed));
        }

        #[test]
        fn two_names_are_the_same_whichever_is_asked_about(one in "[A-Cé]{1,3}( [a-c]{1,3}){0,3}", other in "[A-Cé]{1,3}( [a-c]{1,3}){0,3}") {
            prop_assert_eq!(is_same_name(&one, &other), is_same_name(&other, &one));
        }

        #[test]
        fn order_case_and_an_initial_in_the_middle_make_no_difference(given in "[A-Z][a-zà-ö]{2,8}", initial in "[A-Z]", family in "[A-Z][a-zà-ö]{2,8}") {
            let name = format!("{given} {family}");
            for other in [
                format!("{family} {given}"),
                format!("{family}, {given} {initial}."),
                format!("{given} {initial} {family}").to_uppercase(),
            ] {
                prop_assert!(is_same_name(&name, &other), "{} / {}", name, other);
            }
        }
    }
}
