//! Characters that cannot be seen: which there are, what they do, how they are shown, and which are not taken in.
//!
//! What is stored is never changed or refused for one. Whoever shows a text shows them as `<U+202E>`; whoever takes a text
//! in asks [`fault`] or [`faults`].

use std::fmt;

use serde_json::Value;

/// What a character does that cannot be seen. Tabs and line ends are blanks; the joiners within Persian and Indic words
/// and what chooses the form of a sign belong to the letters: none of these is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// Gives orders to a terminal or a printer.
    Control,
    /// Turns the text after it around.
    Turn,
    /// Hides text.
    Hide,
    /// Says which way its neighbours are read, or where a line ends: it comes with Hebrew and Arabic names and with text
    /// that is pasted.
    Mark,
    /// Nothing: what web pages and PDFs put between the letters.
    Empty,
}

impl Unseen {
    /// What this character does, if it cannot be seen.
    pub fn of(c: char) -> Option<Self> {
        match c {
            '\t' | '\n' | '\r' => None,
            c if c.is_control() => Some(Self::Control),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Self::Turn),
            '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
            // Letters without a shape (Hangul fillers), and the Braille sign without a dot.
            | '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' => Some(Self::Hide),
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' => Some(Self::Mark),
            '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => Some(Self::Empty),
            _ => None,
        }
    }
}

/// A character as it is shown where it cannot be seen: `<U+202E>`.
#[derive(Debug, Clone, Copy)]
pub struct Shown(pub char);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<U+{:04X}>", u32::from(self.0))
    }
}

/// Without blanks around it, and without what means nothing there.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(Unseen::of(c), Some(Unseen::Mark | Unseen::Empty)))
}

/// Why a text that is new to the record is not taken, if it is not.
pub fn fault(text: &str) -> Option<String> {
    text.chars().find_map(|c| {
        let does = match Unseen::of(c)? {
            Unseen::Control => "gives orders to a terminal",
            Unseen::Turn => "turns text around",
            Unseen::Hide => "hides text",
            Unseen::Mark | Unseen::Empty => return None,
        };
        let code = u32::from(c);
        Some(format!("holds U+{code:04X}, which cannot be seen and {does}; delete it and type the text again"))
    })
}

/// The same of every text within `value` that is not at the same place of `before`: its place and the reason. The names
/// of files are taken as they are.
pub fn faults(value: &Value, before: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    look(value, before, "", &mut found);
    found
}

fn look(value: &Value, before: &Value, place: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) if value != before => found.extend(fault(text).map(|reason| (place.to_owned(), reason))),
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                let before = before.get(index).unwrap_or(&Value::Null);
                look(item, before, &format!("{place}[{index}]"), found);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                if key == "name" && fields.contains_key("sha256") {
                    continue;
                }
                let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                let before = before.get(key);
                if before.is_none() {
                    found.extend(fault(key).map(|reason| (place.clone(), reason)));
                }
                look(field, before.unwrap_or(&Value::Null), &place, found);
            }
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[test]
    fn every_character_that_cannot_be_seen_is_one_of_these_and_no_other() {
        // The tests of the window read the same file.
        let cases: Value = serde_json::from_str(include_str!("../tests/unseen.json")).unwrap();
        let code = |end: &Value| char::from_u32(u32::from_str_radix(end.as_str().unwrap(), 16).unwrap()).unwrap();
        let mut told = BTreeMap::new();
        for kind in ["control", "turn", "hide", "mark", "empty"] {
            for range in cases[kind].as_array().unwrap() {
                told.extend((code(&range[0])..=code(&range[1])).map(|c| (c, kind.to_owned())));
            }
        }
        let is = ('\0'..=char::MAX).filter_map(|c| Some((c, format!("{:?}", Unseen::of(c)?).to_lowercase())));
        assert_eq!(is.collect::<BTreeMap<_, _>>(), told);
    }

    #[test]
    fn a_character_is_shown_by_its_number() {
        for (c, shown) in [('\u{1b}', "<U+001B>"), ('\u{202e}', "<U+202E>"), ('\u{e0041}', "<U+E0041>")] {
            assert_eq!(Shown(c).to_string(), shown);
        }
    }

    #[test]
    fn what_gives_orders_turns_or_hides_is_not_taken_and_names_of_every_language_are() {
        for (text, told) in [
            ("EKG\u{1b}[2J", "holds U+001B, which cannot be seen and gives orders to a terminal"),
            ("\u{7f}", "holds U+007F"),
            ("a\u{9b}b", "holds U+009B"),
            ("invoice\u{202e}fdp.exe", "holds U+202E, which cannot be seen and turns text around"),
            ("\u{2067}EKG", "holds U+2067"),
            ("EKG\u{e0041}", "holds U+E0041, which cannot be seen and hides text"),
        ] {
            assert!(fault(text).unwrap().starts_with(told), "{text:?}: {:?}", fault(text));
        }
        for text in [
            "",
            "EKG,\r\n\tpart 2",
            "\u{feff}Phle\u{ad}bo\u{200b}tomy",
            "משה\u{200f} (Moshe)",
            "می\u{200c}خواهم",
            "👩🏽\u{200d}⚕️",
        ] {
            assert_eq!(fault(text), None, "{text:?}");
        }
    }

    #[test]
    fn only_what_is_new_is_refused_and_its_place_is_named() {
        let before = json!({ "title": "a\u{1b}", "tags": ["\u{202e}"], "split": { "x\u{7f}": "1" } });
        assert_eq!(faults(&before, &before), []);
        let places = |value: &Value| faults(value, &before).into_iter().map(|(place, _)| place).collect::<Vec<_>>();
        assert_eq!(places(&json!({ "title": "b\u{1b}", "tags": ["\u{202e}", "\u{202e}"] })), ["tags[1]", "title"]);
        assert_eq!(places(&json!({ "split": { "y\u{7f}": "1" } })), ["split.y\u{7f}"]);
        let proof = json!({ "proofs": [{ "sha256": "0a", "name": "invoice\u{202e}fdp.exe" }] });
        assert_eq!(places(&proof), [""; 0], "nobody can rename an original");
    }

    #[test]
    fn what_means_nothing_around_a_text_goes_with_the_blanks() {
        assert_eq!(trimmed("\u{feff}\u{200e} EKG\u{200b} 2\u{ad}\u{2029}\n"), "EKG\u{200b} 2");
        assert_eq!(trimmed("\u{202e}EKG"), "\u{202e}EKG", "what would be refused is not hidden from whoever judges it");
    }
}
