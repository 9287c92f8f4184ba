//! Breaks a text into lines.

use unicode_normalization::char::is_combining_mark;

use crate::display::Style;
use crate::fonts::{Fonts, Printable};

/// Lines no wider than `width`, broken at spaces and after hyphens and slashes; a word wider than that is broken where it
/// must be.
///
/// A line that ended at a space keeps it, so that a reader who joins the lines gets the words back.
pub(crate) fn wrap(fonts: &Fonts, style: Style, text: &Printable, width: f32) -> Vec<String> {
    let measure = |text: &str| fonts.width(style.face, style.size, text);
    // Nearly everything: a cell with a line.
    if measure(text.as_str()) <= width {
        return Some(text.as_str().to_owned()).filter(|line| !line.is_empty()).into_iter().collect();
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    let fits = |piece: &str| measure(piece.trim_end()) <= width;
    let mut put = |piece: &str| {
        if used + measure(piece.trim_end()) > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        line.push_str(piece);
        used += measure(piece);
    };
    for piece in pieces(text.as_str()) {
        if fits(piece) {
            put(piece);
            continue;
        }
        for word in piece.split_inclusive(' ') {
            if fits(word) { put(word) } else { clusters(word).for_each(&mut put) }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text in pieces that end where a line should end.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    text.split_inclusive(move |c: char| {
        let before = &text[..at];
        at += c.len_utf8();
        let after = &text[at..];
        match c {
            ' ' => !is_bound(before.rsplit(' ').next().unwrap_or_default(), after),
            '-' => !before.ends_with(|c: char| c.is_ascii_digit()) && !after.starts_with(|c: char| c.is_ascii_digit()),
            '/' | '–' | '—' | '_' => true,
            _ => false,
        }
    })
}

/// Whether a word stays with what follows it: what a number counts or is the number of (`30 Jun 2027`, `Exhibit 5`,
/// `no. 104729`), and the dot between two things, with which no line begins.
fn is_bound(word: &str, after: &str) -> bool {
    let is_day = matches!(word.len(), 1 | 2) && word.chars().all(|c| c.is_ascii_digit());
    word == "no."
        || word.starts_with(char::is_uppercase) && after.starts_with(|c: char| c.is_ascii_digit())
        || is_day && after.starts_with(char::is_uppercase)
        || after.starts_with('·')
}

/// The text in pieces that must not be broken: a letter with its marks.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.char_indices().skip(1).find(|(_, c)| !is_combining_mark(*c)).map_or(rest.len(), |(at, _)| at);
        let (cluster, after) = rest.split_at(end);
        rest = after;
        (!cluster.is_empty()).then_some(cluster)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fonts::Face;

    const STYLE: Style = Style { face: Face::Regular, size: 9.0, leading: 12.0, ink: 0.0 };

    fn lines(text: &str, width: f32) -> Vec<String> {
        let fonts = Fonts::new().unwrap();
        wrap(&fonts, STYLE, &fonts.printable("", text).unwrap(), width)
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(lines("Infection control in the office", 70.0), ["Infection control ", "in the office"]);
    }

    #[test]
    fn a_number_is_not_parted_from_the_word_that_says_it_is_one() {
        assert_eq!(lines("Lakeside Institute · no. 104729", 95.0), ["Lakeside Institute · ", "no. 104729"]);
        assert_eq!(lines("Center · no. AAMA-2203", 80.0), ["Center · ", "no. AAMA-2203"]);
        assert_eq!(lines("no. AAMA-2203-L04-T of self-study", 86.0), ["no. AAMA-2203-L04-T ", "of self-study"]);
    }

    #[test]
    fn a_day_and_what_a_number_is_the_number_of_stay_in_one_line_where_they_fit() {
        for (text, width, broken) in [
            ("BLS, valid to 30 Jun 2027", 90.0, ["BLS, valid to ", "30 Jun 2027"]),
            ("to 2027 · Exhibit 5", 64.0, ["to 2027 · ", "Exhibit 5"]),
            ("Counted: Clinical 0.75", 72.0, ["Counted: ", "Clinical 0.75"]),
            ("Part 1 Unit 2 Page 3", 60.0, ["Part 1 Unit 2 ", "Page 3"]),
        ] {
            assert_eq!(lines(text, width), broken);
        }
    }

    #[test]
    fn no_line_begins_with_the_dot_between_two_things() {
        assert_eq!(
            lines("Lakeside Institute · Online", 80.0),
            ["Lakeside Institute ·".to_owned() + " ", "Online".to_owned()]
        );
    }

    #[test]
    fn a_word_wider_than_its_column_is_broken_and_not_cut() {
        let broken = lines("Pneumonoultramicroscopicsilicovolcanoconiosis", 60.0);
        assert!(broken.len() > 2, "{broken:?}");
        assert_eq!(broken.concat(), "Pneumonoultramicroscopicsilicovolcanoconiosis");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_character_is_lost(text in "[a-zA-Zäøę0-9 /-]{0,300}", width in 20.0_f32..300.0) {
            let fonts = Fonts::new().unwrap();
            let text = fonts.printable("", &text).unwrap();
            let broken = wrap(&fonts, STYLE, &text, width);
            for line in &broken {
                let wide = fonts.width(STYLE.face, STYLE.size, line.trim_end());
                prop_assert!(wide <= width + 0.01, "{line:?} is {wide} wide");
            }
            prop_assert_eq!(broken.concat(), text.as_str());
        }
    }
}
