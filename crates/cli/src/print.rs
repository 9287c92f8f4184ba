//! The one place that prints. A character that cannot be seen is printed as what it is, so that no text of a record, no
//! name of a file and no argument gives orders to the terminal, turns its line around, or passes for a line of ours.
//!
//! The meter writes over a line of its own, in which nothing but our words and numbers stand.

use std::fmt::{self, Write as _};
use std::io::{self, Write};

use domain::unseen::{Shown, Unseen};
use serde_json::Value;

/// What a command answers.
#[derive(Debug)]
pub(crate) enum Output {
    /// For programs.
    Json(String),
    /// For people.
    Text(Text),
}

/// Text for people, line by line. What is put into a line cannot end it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Text(String);

impl Text {
    pub(crate) fn push(&mut self, line: impl AsRef<str>) {
        self.0 += in_text(line.as_ref()).trim_end();
        self.0.push('\n');
    }
}

impl From<String> for Text {
    /// One line.
    fn from(line: String) -> Self {
        Self::from(line.as_str())
    }
}

impl From<&str> for Text {
    fn from(line: &str) -> Self {
        let mut text = Self::default();
        text.push(line);
        text
    }
}

impl Extend<Self> for Text {
    fn extend<I: IntoIterator<Item = Self>>(&mut self, texts: I) {
        self.0.extend(texts.into_iter().map(|text| text.0));
    }
}

impl FromIterator<Self> for Text {
    fn from_iter<I: IntoIterator<Item = Self>>(texts: I) -> Self {
        let mut all = Self::default();
        all.extend(texts);
        all
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An answer, on standard output.
pub(crate) fn answer(output: &Output) -> io::Result<()> {
    let text = match output {
        Output::Json(json) => in_json(json),
        Output::Text(Text(text)) => text.clone(),
    };
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush())
}

/// What our own definition of the command says of itself, in its colors.
pub(crate) fn help(help: &clap::Error) {
    let _ = help.print();
}

/// Text on standard error; for programs the object instead.
pub(crate) fn remark(json: bool, object: &Value, text: impl Into<Text>) {
    let mut stderr = io::stderr().lock();
    let _ = if json { writeln!(stderr, "{}", in_json(&object.to_string())) } else { write!(stderr, "{}", text.into()) };
}

/// A line as a terminal may have it. A line end within it is a blank, as on screen and paper.
fn in_text(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for c in line.chars() {
        match (c, Unseen::of(c)) {
            (_, Some(_)) => _ = write!(text, "{}", Shown(c)),
            ('\t' | '\n' | '\r', None) => text.push(' '),
            (c, None) => text.push(c),
        }
    }
    text
}

/// The same JSON as a terminal may have it. Outside of its strings there is nothing to escape: it was written here.
fn in_json(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if Unseen::of(c).is_some() {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn every_character() -> String {
        ('\0'..=char::MAX).collect()
    }

    /// What a terminal may get besides what can be seen.
    fn is_raw(c: char) -> bool {
        c != '\n' && (c == '\t' || c == '\r' || Unseen::of(c).is_some())
    }

    #[test]
    fn what_cannot_be_seen_is_printed_as_what_it_is_and_the_rest_as_it_stands() {
        for (line, printed) in [
            ("Zoë’s EKG (記録) 👩🏽\u{200d}⚕️", "Zoë’s EKG (記録) 👩🏽\u{200d}⚕️\n"),
            ("\u{1b}]0;gone\u{7}\u{1b}[2J", "<U+001B>]0;gone<U+0007><U+001B>[2J\n"),
            ("a\u{8}b\u{7f}\u{9b}31m\0", "a<U+0008>b<U+007F><U+009B>31m<U+0000>\n"),
            ("invoice\u{202e}fdp.exe", "invoice<U+202E>fdp.exe\n"),
            ("\u{2066}a\u{2069}\u{200e}\u{feff}", "<U+2066>a<U+2069><U+200E><U+FEFF>\n"),
            ("a\nrecert: b\r\n\tc\u{2028}d", "a recert: b   c<U+2028>d\n"),
            ("\u{e0041}", "<U+E0041>\n"),
            ("", "\n"),
        ] {
            assert_eq!(Text::from(line).to_string(), printed);
        }
    }

    #[test]
    fn no_character_of_all_reaches_the_terminal_that_cannot_be_seen_and_a_line_stays_one() {
        let printed = Text::from(every_character()).to_string();
        assert_eq!(printed.chars().find(|c| is_raw(*c)), None);
        assert_eq!(printed.matches('\n').count(), 1);
    }

    #[test]
    fn json_is_the_same_json_without_what_cannot_be_seen() {
        let value = serde_json::json!({ every_character(): [every_character(), "Zoë"], "\u{202e}": 1.5 });
        for json in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let printed = in_json(&json);
            assert_eq!(printed.chars().find(|c| is_raw(*c)), None);
            assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), value);
        }
        assert_eq!(in_json("\"\u{9b}\u{e0041}Zoë\""), r#""\u009b\udb40\udc41Zoë""#);
    }
}
