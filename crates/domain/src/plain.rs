//! What the reader of JSON says of a faulty text, in words for people who write JSON by hand.

/// The place of a fault, as in `credits[3].amount`; empty for the whole.
pub(crate) fn place<E>(error: &serde_path_to_error::Error<E>) -> String {
    Some(error.path().to_string()).filter(|path| path != ".").map(|path| cut(&path)).unwrap_or_default()
}

/// Cut to what fits into a sentence.
fn cut(text: &str) -> String {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The same reason in plain words, with the line it stands in; what is plain already stays as it is.
pub(crate) fn plain(reason: &str) -> String {
    match reason.rsplit_once(" at line ") {
        Some((reason, place)) => {
            let (line, column) = place.split_once(" column ").unwrap_or((place, ""));
            match reason {
                "expected `,` or `}`" | "expected `,` or `]`" => {
                    format!("a comma or a closing bracket is missing before line {line}, character {column}")
                }
                "trailing comma" => format!("the comma before line {line}, character {column} is one too many"),
                _ => format!("{} (line {line})", told(reason)),
            }
        }
        None => told(reason),
    }
}

fn told(reason: &str) -> String {
    let quoted = |text: &str| text.replace('`', "");
    // What somebody wrote, which may be longer than anyone reads.
    let written = |text: &str| cut(&quoted(text));
    let strip = |from: &'static str| reason.strip_prefix(from);
    if let Some((field, known)) = strip("unknown field ").and_then(|rest| rest.split_once(", expected ")) {
        let known = quoted(known.trim_start_matches("one of "));
        return format!("there is no field “{}” here; there are: {known}", written(field));
    }
    if let Some((word, known)) = strip("unknown variant ").and_then(|rest| rest.split_once(", expected ")) {
        let known = quoted(known.trim_start_matches("one of "));
        return format!("“{}” is not known here; known are: {known}", written(word));
    }
    if let Some((found, wanted)) = strip("invalid type: ").and_then(|rest| rest.split_once(", expected ")) {
        let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
        return match (wanted.split([' ', ',']).next().unwrap_or(wanted), kind) {
            ("a", "integer" | "floating") if wanted.starts_with("a string") => {
                let number = written(value.trim_start_matches("point "));
                format!("must be text in quotation marks: \"{number}\"")
            }
            ("a", _) if wanted.starts_with("a string") => "must be text in quotation marks".to_owned(),
            ("a", _) if wanted.starts_with("a sequence") => "must be a list, in [ ]".to_owned(),
            ("a", _) if wanted.starts_with("a map") => "must be an object, in { }".to_owned(),
            ("a", _) if wanted.starts_with("a boolean") => "must be true or false".to_owned(),
            ("struct" | "internally", _) => "must be an object, in { }".to_owned(),
            ("a" | "an", _) if wanted.contains("formatted date") => format!("must be a day: {DAY}"),
            ("i32" | "u32" | "u64" | "usize", _) => "must be a whole number, without quotation marks".to_owned(),
            _ => format!("must be {}", quoted(wanted)),
        };
    }
    if let Some((number, _)) = strip("invalid value: integer ").and_then(|rest| rest.split_once(", expected ")) {
        return format!("{} is below or above what can stand here", written(number));
    }
    if strip("invalid length ").is_some() {
        return "must be an object, in { }".to_owned();
    }
    if let Some(field) = strip("missing field ") {
        return format!("“{}” is missing", quoted(field));
    }
    if let Some(field) = strip("duplicate field ") {
        return format!("“{}” occurs twice", quoted(field));
    }
    if reason.starts_with("EOF while parsing") {
        return "the text ends too early; a bracket or a quotation mark is not closed".to_owned();
    }
    if reason == "recursion limit exceeded" {
        return "is nested too deeply".to_owned();
    }
    let is_no_day = ["input contains invalid characters", "premature end of input", "trailing input"];
    if is_no_day.iter().any(|told| reason.starts_with(told)) {
        return format!("must be a day: {DAY}");
    }
    if reason.starts_with("input is out of range") {
        return "there is no such day".to_owned();
    }
    reason.to_owned()
}

const DAY: &str = "\"2026-03-04\" is the 4th of March 2026";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_in_words_for_people_who_write_json_by_hand() {
        for (told, plainly) in [
            (
                "unknown field `shoe`, expected one of `id`, `label`",
                "there is no field “shoe” here; there are: id, label",
            ),
            ("unknown variant `hour`, expected `point` or `ceu`", "“hour” is not known here; known are: point or ceu"),
            ("invalid type: integer `1500`, expected a string", "must be text in quotation marks: \"1500\""),
            ("invalid type: floating point `1.5`, expected a string", "must be text in quotation marks: \"1.5\""),
            ("invalid type: map, expected a sequence", "must be a list, in [ ]"),
            ("invalid type: string \"x\", expected struct Moment", "must be an object, in { }"),
            ("invalid type: string \"2\", expected i32", "must be a whole number, without quotation marks"),
            ("missing field `source`", "“source” is missing"),
            ("invalid value: integer `-4`, expected u32", "-4 is below or above what can stand here"),
            ("duplicate field `source`", "“source” occurs twice"),
            ("input contains invalid characters", "must be a day: \"2026-03-04\" is the 4th of March 2026"),
            ("input is out of range", "there is no such day"),
            (
                "invalid type: integer `7`, expected a string at line 3 column 9",
                "must be text in quotation marks: \"7\" (line 3)",
            ),
            (
                "expected `,` or `}` at line 4 column 3",
                "a comma or a closing bracket is missing before line 4, character 3",
            ),
            ("“-2” is not an amount", "“-2” is not an amount"),
        ] {
            assert_eq!(plain(told), plainly, "{told}");
        }
    }

    #[test]
    fn the_reader_still_says_what_is_looked_for() {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code, reason = "only read")]
        struct Read {
            day: Option<chrono::NaiveDate>,
            list: Option<Vec<u32>>,
            text: Option<String>,
        }
        for (json, plainly) in [
            (r#"{ "dya": 1 }"#, "there is no field “dya” here; there are: day, list, text"),
            (r#"{ "day": "7/1/2025" }"#, "must be a day"),
            (r#"{ "day": "2025-02-30" }"#, "there is no such day"),
            (r#"{ "day": 7 }"#, "must be a day"),
            (r#"{ "list": 7 }"#, "must be a list"),
            (r#"{ "list": ["7"] }"#, "must be a whole number"),
            (r#"{ "text": 7 }"#, "must be text in quotation marks: \"7\""),
        ] {
            let told = serde_json::from_str::<Read>(json).err().map(|error| error.to_string()).unwrap_or_default();
            let told = told.split(" at line ").next().unwrap_or_default();
            assert!(plain(told).starts_with(plainly), "{json}: {told}: {}", plain(told));
        }
    }
}
