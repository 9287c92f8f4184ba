//! The one font family of the pages: what it can print, how wide that is, and the small copy that goes into the PDF.

use std::collections::{BTreeMap, BTreeSet};

use domain::unseen::{Shown, Unseen};
use ttf_parser::GlyphId;
use unicode_normalization::UnicodeNormalization;

use crate::Error;

static REGULAR: &[u8] = include_bytes!("../fonts/SourceSans3-Regular.ttf");
static SEMIBOLD: &[u8] = include_bytes!("../fonts/SourceSans3-SemiBold.ttf");

/// The two weights the pages use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// Running text.
    Regular,
    /// Headings and totals.
    Semibold,
}

impl Face {
    pub(crate) const ALL: [Self; 2] = [Self::Regular, Self::Semibold];

    /// The name of the subset inside the PDF; six capitals and a plus mark it as one (ISO 32000-1, 9.6.4).
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Regular => "RECERT+SourceSans3-Regular",
            Self::Semibold => "RECERT+SourceSans3-SemiBold",
        }
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Semibold => SEMIBOLD,
        }
    }
}

/// Text of which the fonts have every character: composed, on one line. What cannot be seen and does something is shown
/// as what it is; what means nothing is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Printable(String);

impl Printable {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A font program with only the glyphs that are used, renumbered.
pub(crate) struct Subset {
    pub(crate) program: Vec<u8>,
    pub(crate) glyphs: BTreeMap<u32, u16>,
    pub(crate) widths: BTreeMap<u16, u16>,
}

/// Both weights, ready to measure.
pub(crate) struct Fonts {
    regular: Measured,
    semibold: Measured,
}

struct Measured {
    font: ttf_parser::Face<'static>,
    /// The advances of ASCII, looked up once: nearly all text is made of it.
    ascii: [u16; 128],
}

impl Measured {
    fn new(face: Face) -> Result<Self, Error> {
        let font = ttf_parser::Face::parse(face.bytes(), 0)
            .map_err(|error| Error::Unwritable { reason: format!("{}: {error}", face.name()) })?;
        let mut ascii = [0; 128];
        for (c, place) in ('\0'..).zip(&mut ascii) {
            *place = advance(&font, c);
        }
        Ok(Self { font, ascii })
    }

    fn advance(&self, c: char) -> u16 {
        u8::try_from(c)
            .ok()
            .and_then(|byte| self.ascii.get(usize::from(byte)).copied())
            .unwrap_or_else(|| advance(&self.font, c))
    }
}

fn advance(font: &ttf_parser::Face, c: char) -> u16 {
    font.glyph_index(c).and_then(|glyph| font.glyph_hor_advance(glyph)).unwrap_or(0)
}

impl Fonts {
    pub(crate) fn new() -> Result<Self, Error> {
        Ok(Self { regular: Measured::new(Face::Regular)?, semibold: Measured::new(Face::Semibold)? })
    }

    fn measured(&self, face: Face) -> &Measured {
        match face {
            Face::Regular => &self.regular,
            Face::Semibold => &self.semibold,
        }
    }

    pub(crate) fn parsed(&self, face: Face) -> &ttf_parser::Face<'static> {
        &self.measured(face).font
    }

    /// The text as it can be printed, or the characters that no font here has; `place` says where it stands.
    ///
    /// Names typed on a Mac often come with letters and accents apart; composed, they are one glyph.
    pub(crate) fn printable(&self, place: &str, text: &str) -> Result<Printable, Error> {
        // Nearly everything; the signs are those of our own words.
        if text.chars().all(|c| c == ' ' || c.is_ascii_graphic() || "·–’“”…".contains(c)) {
            return Ok(Printable(text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")));
        }
        let seen = seen(text);
        let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        let missing: BTreeSet<char> = words.chars().filter(|c| !c.is_ascii() && !self.covers(*c)).collect();
        if missing.is_empty() {
            Ok(Printable(words))
        } else {
            let characters = missing.into_iter().collect();
            Err(Error::Unprintable { place: place.to_owned(), text: words, characters })
        }
    }

    fn covers(&self, c: char) -> bool {
        Face::ALL.iter().all(|face| self.parsed(*face).glyph_index(c).is_some_and(|glyph| glyph.0 != 0))
    }

    /// The width in points.
    pub(crate) fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        let font = self.measured(face);
        let units: u32 = text.chars().map(|c| u32::from(font.advance(c))).sum();
        // Exact: far below the 24 bits a float holds for any text that fits on a page.
        #[allow(clippy::cast_precision_loss, reason = "see above")]
        let units = units as f32;
        units * size / f32::from(font.font.units_per_em())
    }

    /// A font program for these characters alone.
    pub(crate) fn subset(&self, face: Face, used: &BTreeSet<char>) -> Result<Subset, Error> {
        let font = self.parsed(face);
        let mut remapper = subsetter::GlyphRemapper::new();
        let mut glyphs = BTreeMap::new();
        let mut widths = BTreeMap::new();
        for c in used {
            let old = font.glyph_index(*c).unwrap_or(GlyphId(0));
            let new = remapper.remap(old.0);
            glyphs.insert(u32::from(*c), new);
            widths.insert(new, font.glyph_hor_advance(old).unwrap_or(0));
        }
        let program = subsetter::subset(face.bytes(), 0, &remapper)
            .map_err(|error| Error::Unwritable { reason: format!("{}: {error}", face.name()) })?;
        Ok(Subset { program, glyphs, widths })
    }
}

/// The text composed, with nothing in it that a page cannot show: no letter is turned around by a mark, and none hidden.
pub(crate) fn seen(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.nfc() {
        match Unseen::of(c) {
            // The ends of a line and of a paragraph.
            Some(Unseen::Mark) if c.is_whitespace() => seen.push(' '),
            Some(Unseen::Control | Unseen::Turn | Unseen::Hide | Unseen::Mark) => seen += &Shown(c).to_string(),
            Some(Unseen::Empty) => {}
            None if joins_or_varies(c) => {}
            None => seen.push(plain(c)),
        }
    }
    seen
}

/// What tells how letters are joined and which form of a sign is meant; the fonts know neither.
fn joins_or_varies(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// What looks the same is the same: hyphens that must not break and those that may, signs and the Greek letters they are.
fn plain(c: char) -> char {
    match c {
        '\u{b5}' => 'μ',
        '\u{2206}' => 'Δ',
        '\u{3d5}' => 'φ',
        '\u{2010}' | '\u{2011}' => '-',
        c => c,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_languages_can_be_printed() {
        let fonts = Fonts::new().unwrap();
        for name in [
            "Łucja Ångström-O’Neill",
            "Nguyễn Thị Hồng Đào",
            "Ζωή Παπαδοπούλου",
            "Екатерина Щукина",
            "Siân Ó Briain",
            "İpek Şahin",
            "Þóra Guðrún",
        ] {
            assert!(fonts.printable("the holder’s name", name).is_ok(), "{name} cannot be printed");
        }
    }

    #[test]
    fn a_letter_and_its_accent_typed_apart_become_one_character() {
        let fonts = Fonts::new().unwrap();
        let apart: String = "Nguyễn Thị Đào".nfd().collect();
        assert_eq!(fonts.printable("", &apart).unwrap().as_str(), "Nguyễn Thị Đào");
    }

    #[test]
    fn characters_that_mean_nothing_and_line_ends_do_not_reach_the_page() {
        let fonts = Fonts::new().unwrap();
        let text = fonts.printable("", "\u{feff}Order\u{200b} of\u{a0}Draw\r\n\tpart\u{ad} 2\u{2028}").unwrap();
        assert_eq!(text.as_str(), "Order of Draw part 2");
    }

    #[test]
    fn what_gives_orders_turns_or_hides_prints_as_what_it_is() {
        let fonts = Fonts::new().unwrap();
        for (text, printed) in [
            ("invoice\u{202e}fdp.exe", "invoice<U+202E>fdp.exe"),
            ("\u{1b}[2J\u{8}\u{b}\u{7f}\u{85}\u{9b}m", "<U+001B>[2J<U+0008><U+000B><U+007F><U+0085><U+009B>m"),
            ("\u{2067}EKG\u{2069} Moshe\u{200f}", "<U+2067>EKG<U+2069> Moshe<U+200F>"),
            ("EKG\u{e0041}", "EKG<U+E0041>"),
        ] {
            assert_eq!(fonts.printable("", text).unwrap().as_str(), printed);
        }
        let every: String = ('\0'..=char::MAX).filter(|c| Unseen::of(*c).is_some()).collect();
        assert!(fonts.printable("", &every).unwrap().as_str().chars().all(|c| c == ' ' || c.is_ascii_graphic()));
    }

    #[test]
    fn every_key_of_an_american_keyboard_and_every_sign_of_our_own_can_be_printed() {
        let fonts = Fonts::new().unwrap();
        assert_eq!((' '..='~').chain("·–’“”…".chars()).find(|key| !fonts.covers(*key)), None);
    }

    #[test]
    fn what_no_font_has_is_refused_with_its_place_and_the_characters() {
        let fonts = Fonts::new().unwrap();
        let refusal = fonts.printable("the holder’s name", "Mei 美玲 Li").unwrap_err();
        let expected = Error::Unprintable {
            place: "the holder’s name".into(),
            text: "Mei 美玲 Li".into(),
            characters: vec!['玲', '美'],
        };
        assert_eq!(refusal, expected);
    }

    #[test]
    fn all_digits_are_equally_wide_so_figures_align() {
        let fonts = Fonts::new().unwrap();
        for face in Face::ALL {
            let widths: BTreeSet<_> =
                ('0'..='9').map(|digit| fonts.width(face, 1000.0, &digit.to_string()).to_bits()).collect();
            assert_eq!(widths.len(), 1, "{face:?} has digits of several widths");
        }
    }
}
