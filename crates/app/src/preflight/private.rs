//! What a school's transcript may show that counts no course.

/// Words by which it is known, and what it is.
const THINGS: [(&[&str], &str); 3] = [
    (&[" social security ", " ssn "], "a Social Security number"),
    (&[" date of birth ", " birth date ", " birthdate ", " dob "], "a date of birth"),
    (&[" gpa ", " grade point "], "a grade average"),
];

/// What of it the text of a file names.
pub(crate) fn private_things(text: &str) -> Vec<&'static str> {
    // “D.O.B.” is one word, too.
    let text = text.replace('.', "");
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: String = words.flat_map(|word| [" ", word]).collect::<String>().to_lowercase() + " ";
    let is_there = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
    THINGS.iter().filter(|(signs, _)| is_there(signs)).map(|(_, thing)| *thing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_in_whole_words_is_found() {
        for (text, found) in [
            ("SSN: 123-45-6789\nDate of\nBirth 4 Mar 1990", vec!["a Social Security number", "a date of birth"]),
            ("S.S.N. 123-45-6789, D.O.B. 1/1/80", vec!["a Social Security number", "a date of birth"]),
            ("Term GPA 3.7", vec!["a grade average"]),
            ("MED 101 Medical Law, 3 credits, passed", vec![]),
            ("Dobson College, Assignpa", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(private_things(text), found, "{text}");
        }
    }
}
