//! Whether two names of a provider may be the same one, spelled otherwise.

/// Of no weight: `Lakeside, Inc.` is Lakeside.
const FILLERS: [&str; 16] =
    ["the", "of", "for", "and", "at", "in", "a", "an", "inc", "llc", "ltd", "corp", "co", "company", "pllc", "pc"];
/// Two names that share nothing else are different ones.
const COMMON: [&str; 44] = [
    "academy",
    "american",
    "association",
    "board",
    "care",
    "center",
    "chapter",
    "clinic",
    "college",
    "community",
    "continuing",
    "council",
    "county",
    "department",
    "education",
    "foundation",
    "general",
    "group",
    "health",
    "healthcare",
    "hospital",
    "institute",
    "international",
    "learning",
    "medical",
    "medicine",
    "memorial",
    "national",
    "network",
    "nursing",
    "online",
    "professional",
    "program",
    "regional",
    "saint",
    "school",
    "seminars",
    "services",
    "society",
    "state",
    "system",
    "training",
    "university",
    "webinars",
];
/// Shortened otherwise than to their first letters.
const SHORT: [(&str, &str); 8] = [
    ("assn", "association"),
    ("cntr", "center"),
    ("centre", "center"),
    ("ctr", "center"),
    ("dept", "department"),
    ("intl", "international"),
    ("natl", "national"),
    ("st", "saint"),
];

/// Whether two providers may be one: spelled alike but for capitals and points, shortened, with a word more, by its first
/// letters, with a letter wrong, or not named at all.
pub(crate) fn may_be_the_same(one: Option<&str>, other: Option<&str>) -> bool {
    let (one, other) = (words(one.unwrap_or_default()), words(other.unwrap_or_default()));
    let (fewer, more) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if fewer.is_empty() || is_initials(fewer, more) || is_initials(more, fewer) {
        return true;
    }
    let all_match = fewer.iter().all(|word| more.iter().any(|longer| is_alike(word, longer)));
    all_match && (fewer.len() == more.len() || fewer.iter().any(|word| !COMMON.contains(&word.as_str())))
}

fn words(name: &str) -> Vec<String> {
    // “Mary's” is one word.
    let name = name.to_lowercase().replace(['\'', '\u{2019}'], "");
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let full = |word: &str| SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, full)| full).to_owned();
    words.filter(|word| !FILLERS.contains(word)).map(full).collect()
}

/// `AHA` of the American Heart Association.
fn is_initials(short: &[String], long: &[String]) -> bool {
    let [initials] = short else { return false };
    long.len() > 1 && initials.chars().eq(long.iter().filter_map(|word| word.chars().next()))
}

/// The same word, its first letters, or one letter off in a long one. Numbers are the same or not.
fn is_alike(one: &str, other: &str) -> bool {
    const SHORTENED: usize = 3;
    const LONG: usize = 6;
    let is_start = |start: &str, word: &str| start.len() >= SHORTENED && word.starts_with(start);
    let is_word = |word: &str| !word.contains(|letter: char| letter.is_ascii_digit());
    one == other
        || is_word(one)
            && is_word(other)
            && (is_start(one, other)
                || is_start(other, one)
                || one.len().min(other.len()) >= LONG && is_one_letter_off(one, other))
}

fn is_one_letter_off(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        // Another letter, or two that changed places.
        0 => {
            short[same + 1..] == long[same + 1..] || {
                let swapped = same + 1 < short.len() && short[same] == long[same + 1] && short[same + 1] == long[same];
                swapped && short[same + 2..] == long[same + 2..]
            }
        }
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names that mean one provider, as people write them on two days.
    const SAME: [(&str, &str); 26] = [
        ("Lakeside", "LAKESIDE"),
        ("Lakeside", "Lakeside Inst."),
        ("Lakeside Institute", "Lakeside Inst."),
        ("Lakeside Institute", "The Lakeside Institute, Inc."),
        ("Lakeside Institute", ""),
        ("American Heart Association", "AHA"),
        ("American Heart Association", "American Heart Assn."),
        ("American Heart Association", "Amer. Heart Assoc."),
        ("American Association of Medical Assistants", "AAMA"),
        ("American Red Cross", "ARC"),
        ("American Red Cross", "Red Cross"),
        ("St. Mary's Hospital", "Saint Marys Hospital"),
        ("St. Mary’s Hosp.", "St Marys Hospital"),
        ("Mercy Medical Center", "Mercy Med Ctr"),
        ("Mercy Medical Centre", "Mercy Medical Center"),
        ("Kaiser Permanente", "Kaiser"),
        ("University of Wisconsin", "Univ. of Wisconsin"),
        ("University of Wisconsin", "Wisconsin University, The"),
        ("Medscape Education", "Medscape"),
        ("Medscape", "Medscpae"),
        ("CDC TRAIN", "CDC-TRAIN"),
        ("NorthStar Learning", "Northstar Learning LLC"),
        ("Dept. of Health Services", "Department of Health Services"),
        ("National Healthcareer Association", "Natl Healthcareer Assn"),
        ("Ohio State Society of Medical Assistants", "Ohio State Society"),
        ("Relias", "Relias Learning"),
    ];

    /// Names that mean two.
    const DIFFERENT: [(&str, &str); 25] = [
        ("Lakeside Hospital", "Lakeside College"),
        ("Lakeside Institute", "Lakeview Institute"),
        ("American Heart Association", "American Red Cross"),
        ("American Heart Association", "American Lung Association"),
        ("American Heart Association", "American Hospital Corps of Aid"),
        ("AAMA", "AMT"),
        ("AHA", "ARC"),
        ("Mercy Medical Center", "Mercer Regional Center"),
        ("Medical Center", "Memorial Medical Center"),
        ("University of Wisconsin", "University of Washington"),
        ("University of Wisconsin", "University of Minnesota"),
        ("State University", "Ohio State University"),
        ("Chapter 12", "Chapter 13"),
        ("Local 1199", "Local 1198"),
        ("Health Institute", "Health Academy"),
        ("Medscape", "Medline"),
        ("Medscape", "WebMD"),
        ("Relias", "Elsevier"),
        ("Kaiser Permanente", "Sutter Health"),
        ("Northern Clinic", "Southern Clinic"),
        ("St. Mary's Hospital", "St. Luke's Hospital"),
        ("Institute of Coding", "Institute of Nursing"),
        ("NHA", "NCCT"),
        ("Training Center", "Career Training Center"),
        ("Board of Nursing", "Board of Pharmacy"),
    ];

    #[test]
    fn one_provider_spelled_otherwise_may_be_the_same_and_two_with_common_words_are_not() {
        for (one, other) in SAME {
            assert!(may_be_the_same(Some(one), Some(other)), "{one} and {other}");
            assert!(may_be_the_same(Some(other), Some(one)), "{other} and {one}");
        }
        for (one, other) in DIFFERENT {
            assert!(!may_be_the_same(Some(one), Some(other)), "{one} and {other}");
            assert!(!may_be_the_same(Some(other), Some(one)), "{other} and {one}");
        }
        assert!(may_be_the_same(None, Some("Lakeside")));
    }
}
