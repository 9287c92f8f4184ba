//! What was typed into the fields of a form and only shows once a reader draws it: many programs that fill in
//! certificates leave that to the reader (ISO 32000-1, 12.7.3.3).

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Encoding, Object, ObjectId, Stream, StringFormat, decode_text_string, dictionary};

use super::copier::Copier;
use super::reals;

/// Of a field: it holds several lines.
const MULTILINE: i64 = 1 << 12;
/// Of a field: what is typed is not to be seen.
const PASSWORD: i64 = 1 << 13;
/// How far text stays from the edge of its field.
const EDGE: f32 = 2.0;
/// The sizes of letters to choose from where the file leaves it open: the first with which all fits.
const SIZES: [f32; 8] = [12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0];
const LEAST: f32 = 4.0;
/// From one line to the next, in sizes.
const LEADING: f32 = 1.15;
/// The height of capitals, in sizes.
const CAPITALS: f32 = 0.7;

impl<'d> Copier<'d> {
    /// A form that draws what stands in a field, and where that belongs; nothing where the file draws it itself. What a
    /// field does not say, the field it is part of may.
    pub(super) fn typed(&mut self, annotation: &'d Dictionary) -> Option<(ObjectId, [f32; 6])> {
        let root = self.from.catalog().ok()?;
        let form = self.resolved(root.get(b"AcroForm").ok())?.as_dict().ok()?;
        let kind = self.inherited(annotation, b"FT")?.as_name().ok()?;
        let flags = self.inherited(annotation, b"Ff").and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
        if !matches!(kind, b"Tx" | b"Ch") || flags & PASSWORD != 0 {
            return None;
        }
        let asks = self.resolved(form.get(b"NeedAppearances").ok()).and_then(|asks| asks.as_bool().ok());
        let text = text(self.inherited(annotation, b"V")?)?;
        match self.normal(annotation) {
            Some((_, own)) if asks != Some(true) || shows(own, &text) => return None,
            _ => {}
        }
        let (left, low, right, high) = self.rectangle(annotation.get(b"Rect").ok())?;
        let look = self.inherited(annotation, b"DA").or_else(|| self.resolved(form.get(b"DA").ok()));
        let look = Look::of(look.and_then(|look| look.as_str().ok()).unwrap_or_default());
        let quadding = self.inherited(annotation, b"Q").or_else(|| self.resolved(form.get(b"Q").ok()));
        let quadding = quadding.and_then(|quadding| quadding.as_i64().ok()).unwrap_or(0);
        let size = (right - left, high - low);
        let content = look.set(&text, size, quadding, flags & MULTILINE != 0)?;
        let turned = self.resolved(annotation.get(b"MK").ok()).and_then(|look| look.as_dict().ok()?.get(b"R").ok());
        let is_turned = turned.is_some_and(|turned| turned.as_i64().is_ok_and(|turned| turned != 0));
        self.is_incomplete |=
            is_turned || text.chars().any(|letter| !letter.is_whitespace() && letters(letter).is_empty());
        let font = dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
        };
        let head = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => reals([0.0, 0.0, size.0, size.1]),
            "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
        };
        Some((self.add(Stream::new(head, content)), [1.0, 0.0, 0.0, 1.0, left, low]))
    }
}

/// A text with its lines; the library passes over what ends them.
fn text(value: &Object) -> Option<String> {
    let bytes = value.as_str().ok()?;
    if bytes.starts_with(b"\xfe\xff") || bytes.starts_with(b"\xef\xbb\xbf") {
        return Some(decode_text_string(value).ok()?.replace("\r\n", "\n").replace('\r', "\n"));
    }
    let lines = bytes.split(|byte| *byte == b'\n').flat_map(|line| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        line.split(|byte| *byte == b'\r')
    });
    let lines: Result<Vec<String>, _> = lines.map(|line| decode_text_string(&Object::string_literal(line))).collect();
    Some(lines.ok()?.join("\n"))
}

/// Whether a stream shows this text already, as far as it can be told: letters may be drawn by numbers of the font.
fn shows(form: &Stream, text: &str) -> bool {
    let plain = |bytes: &[u8]| bytes.iter().copied().filter(u8::is_ascii_alphanumeric).collect::<Vec<u8>>();
    let content = content_of(form);
    let operations = Content::decode(&content).map(|content| content.operations).unwrap_or_default();
    let mut shown = Vec::new();
    for operand in
        operations.iter().filter(|one| matches!(&*one.operator, "Tj" | "TJ" | "'" | "\"")).flat_map(|one| &one.operands)
    {
        let parts = operand.as_array().map_or(std::slice::from_ref(operand), Vec::as_slice);
        shown.extend(parts.iter().filter_map(|part| part.as_str().ok()).flat_map(plain));
    }
    if shown.is_empty() { draws_text(form) } else { shown == plain(text.as_bytes()) }
}

/// What a form draws; nothing of one that is larger than any field.
fn content_of(form: &Stream) -> Vec<u8> {
    const MOST: usize = 4 * 1024 * 1024;
    if form.dict.has(b"Filter") {
        form.decompressed_content_with_limit(MOST).unwrap_or_default()
    } else {
        form.content.clone()
    }
}

/// Whether a stream shows any text of its own.
pub(super) fn draws_text(form: &Stream) -> bool {
    let content = content_of(form);
    content.windows(2).any(|word| matches!(word, b"Tj" | b"TJ"))
}

/// How a text is to look: `0 0 1 rg /Helv 11 Tf`. Its font may lack the letters, so that all is set in Helvetica, which
/// every reader has.
#[derive(Debug, PartialEq)]
struct Look {
    size: f32,
    /// What sets the colour, and its parts.
    operator: &'static str,
    colour: Vec<f32>,
}

impl Look {
    fn of(appearance: &[u8]) -> Self {
        let mut look = Self { size: 0.0, operator: "g", colour: vec![0.0] };
        let mut numbers: Vec<f32> = Vec::new();
        for word in String::from_utf8_lossy(appearance).split_ascii_whitespace() {
            if let Ok(number) = word.parse() {
                numbers.push(number);
                continue;
            }
            let numbers = std::mem::take(&mut numbers);
            match (word, numbers.as_slice()) {
                ("Tf", [.., size]) => look.size = *size,
                ("g", [_]) => (look.operator, look.colour) = ("g", numbers),
                ("rg", [_, _, _]) => (look.operator, look.colour) = ("rg", numbers),
                ("k", [_, _, _, _]) => (look.operator, look.colour) = ("k", numbers),
                _ => {}
            }
        }
        look
    }

    /// The content that draws the text in a field of this size, from the left, in the middle or to the right.
    fn set(&self, text: &str, (width, height): (f32, f32), quadding: i64, is_long: bool) -> Option<Vec<u8>> {
        let room = width - 2.0 * EDGE;
        if text.trim().is_empty() || room <= 0.0 || height <= 0.0 {
            return None;
        }
        let lines = |size: f32| -> Vec<String> {
            if is_long {
                text.lines().flat_map(|line| broken(line, size, room)).collect()
            } else {
                vec![text.replace(['\r', '\n'], " ")]
            }
        };
        #[expect(clippy::cast_precision_loss, reason = "a field has few lines")]
        let fits = |size: &f32| {
            let lines = lines(*size);
            let widest = lines.iter().map(|line| across(line, *size)).fold(0.0, f32::max);
            widest <= room && lines.len() as f32 * size * LEADING <= height
        };
        let size = if self.size > 0.0 { self.size } else { SIZES.into_iter().find(fits).unwrap_or(LEAST) };
        let lines = lines(size);
        let first = if is_long { height - EDGE - size } else { (height - size * CAPITALS) / 2.0 };
        let mut operations = vec![
            Operation::new("BT", Vec::new()),
            Operation::new("Tf", vec!["F".into(), size.into()]),
            Operation::new(self.operator, self.colour.iter().map(|part| (*part).into()).collect()),
        ];
        for (index, line) in lines.iter().enumerate() {
            let free = room - across(line, size);
            let x = EDGE
                + match quadding {
                    1 => free / 2.0,
                    2 => free,
                    _ => 0.0,
                };
            #[expect(clippy::cast_precision_loss, reason = "a field has few lines")]
            let y = first - index as f32 * size * LEADING;
            operations.push(Operation::new("Tm", [1.0, 0.0, 0.0, 1.0, x, y].map(Object::Real).to_vec()));
            let shown = Object::String(win_ansi(line), StringFormat::Literal);
            operations.push(Operation::new("Tj", vec![shown]));
        }
        operations.push(Operation::new("ET", Vec::new()));
        Content { operations }.encode().ok()
    }
}

/// A line in pieces no wider than the room, broken between words.
fn broken(line: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        if let Some(last) = lines.last_mut() {
            let longer = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
            if last.is_empty() || across(&longer, size) <= room {
                *last = longer;
            } else {
                lines.push(word.to_owned());
            }
        }
    }
    lines
}

/// In the encoding of the font; what it lacks becomes a question mark.
fn win_ansi(line: &str) -> Vec<u8> {
    line.chars().map(letters).flat_map(|bytes| if bytes.is_empty() { vec![b'?'] } else { bytes }).collect()
}

/// A letter in that encoding; nothing if it has none.
fn letters(letter: char) -> Vec<u8> {
    Encoding::SimpleEncoding(b"WinAnsiEncoding").string_to_bytes(letter.encode_utf8(&mut [0; 4]))
}

/// How wide a line is in Helvetica.
fn across(line: &str, size: f32) -> f32 {
    /// Of the characters from the space to the tilde, in thousandths (Adobe's metrics of the 14 standard fonts).
    const WIDTHS: [u16; 95] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
        500, 500, 500, 334, 260, 334, 584,
    ];
    let width = |letter: char| {
        let at = u32::from(letter).checked_sub(32).and_then(|at| usize::try_from(at).ok());
        f32::from(at.and_then(|at| WIDTHS.get(at)).copied().unwrap_or(556))
    };
    line.chars().map(width).sum::<f32>() * size / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_told_by_its_size_and_its_last_colour() {
        let look = |text: &str| {
            let Look { size, operator, colour } = Look::of(text.as_bytes());
            (size, operator, colour)
        };
        assert_eq!(look("0.5 0.25 1 rg /F3 11 Tf"), (11.0, "rg", vec![0.5, 0.25, 1.0]));
        assert_eq!(look("/Helv 0 Tf 1 g"), (0.0, "g", vec![1.0]));
        for strange in ["", "Tf", "rg", "x y z rg", "1 2 rg", "g Tf Tf"] {
            assert_eq!(look(strange), (0.0, "g", vec![0.0]), "{strange}");
        }
    }

    #[test]
    fn a_text_stays_in_its_field_and_keeps_its_letters() {
        let set = |text: &str, quadding, is_long| {
            let content = Look::of(b"").set(text, (100.0, 20.0), quadding, is_long).unwrap_or_default();
            content.into_iter().map(char::from).collect::<String>()
        };
        assert!(set("Zoë (RN)", 0, false).contains("1 0 0 1 2 "), "from the left");
        assert!(set("Zoë (RN)", 0, false).contains("(Zo\u{eb} (RN)) Tj"));
        let middle = set("ii", 1, false);
        assert!(middle.contains("/F 12 Tf") && middle.contains("1 0 0 1 47.336 "), "{middle}");
        let long = set("Maria Delgado of the class of 2024", 0, true);
        assert!(long.matches("Tj").count() == 2 && long.contains("/F 8 Tf"), "{long}");
        assert!(set("Maria Delgado of the class of 2024", 0, false).contains("/F 6 Tf"), "smaller, so that it fits");
        assert_eq!(set("  ", 0, false), "");
        let value = |bytes: &[u8]| text(&Object::string_literal(bytes)).unwrap_or_default();
        assert_eq!(value(b"one\ntwo\r\nthree\rfour"), "one\ntwo\nthree\nfour");
        assert_eq!(value(b"\xfe\xff\x00a\x00\r\x01\x61"), "a\n\u{161}");
        assert_eq!(win_ansi("Žižek Œ 採"), b"\x8ei\x9eek \x8c ?");
    }
}
