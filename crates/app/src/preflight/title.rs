//! Whether a title says what an activity was about.

/// Say of what sort an activity was, for whom and how long, and not what it was about.
const GENERIC: [&str; 68] = [
    "a",
    "aama",
    "activity",
    "all",
    "and",
    "annual",
    "approved",
    "assistant",
    "assistants",
    "assisting",
    "ce",
    "ceu",
    "ceus",
    "certificate",
    "certification",
    "class",
    "cma",
    "cme",
    "completed",
    "completion",
    "conference",
    "contact",
    "continuing",
    "convention",
    "course",
    "courses",
    "credit",
    "credits",
    "day",
    "education",
    "educational",
    "event",
    "exam",
    "for",
    "general",
    "hour",
    "hours",
    "in",
    "inservice",
    "lecture",
    "lesson",
    "live",
    "meeting",
    "medical",
    "module",
    "of",
    "on",
    "online",
    "part",
    "presentation",
    "program",
    "programme",
    "quiz",
    "recertification",
    "seminar",
    "series",
    "service",
    "session",
    "test",
    "the",
    "topic",
    "training",
    "unit",
    "various",
    "video",
    "webinar",
    "with",
    "workshop",
];

/// Whether nothing but generic words, numbers and codes such as `CE-2041` or `MED 101` is there. A heuristic: it would
/// rather pass a poor title than doubt a good one.
pub(crate) fn says_nothing(title: &str) -> bool {
    let mut words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_code = title.split_whitespace().count() <= 2 && title.chars().any(|letter| letter.is_ascii_digit());
    words.all(|word| {
        let is_number = word.chars().all(|letter| letter.is_ascii_digit());
        let is_of_a_code =
            is_code && (word.chars().any(|letter| letter.is_ascii_digit()) || word.to_uppercase() == word);
        is_number || is_of_a_code || GENERIC.contains(&word.to_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_nothing_if_all_its_words_could_stand_on_any_certificate() {
        for (title, nothing) in [
            ("CEU Course", true),
            ("Certificate of Completion", true),
            ("Webinar 3", true),
            ("Annual Conference 2024", true),
            ("Continuing Education for Medical Assistants", true),
            ("CE-2041", true),
            ("MED 101", true),
            ("A1B2C3", true),
            ("", true),
            ("Order of Draw", false),
            ("HIPAA", false),
            ("EKG", false),
            ("ICD-10 Update", false),
            ("Phlebotomy Training", false),
            ("COVID-19 vaccines", false),
            ("Medical Terminology", false),
        ] {
            assert_eq!(says_nothing(title), nothing, "{title}");
        }
    }
}
