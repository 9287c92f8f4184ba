//! What the streams of a PDF unpack to, before a parser unpacks any of them: each has a bound, and so have all together.
//!
//! It looks at bytes and not at objects, so that it holds whatever a parser makes of the file. What is hidden from it
//! finds the bounds of the process.

use lopdf::{DecompressError, Document, Error, LoadOptions, Object, Stream, dictionary};
use memchr::memmem::{find, find_iter, rfind};

use crate::preview::NoPreview;

/// What one stream may unpack to. A page of text has some thousand bytes, a scan some million.
pub(crate) const MOST_UNPACKED: usize = 32 * 1024 * 1024;
/// What all of them may.
const MOST_UNPACKED_IN_ALL: u64 = 2 * 1024 * 1024 * 1024;
/// What all lists of objects in a file may unpack to.
const MOST_LISTED: u64 = 128 * 1024 * 1024;
/// What of them may be read again, in bytes.
const MOST_READ_AGAIN: u64 = 16 * 1024 * 1024;
/// Deflate makes no more of a byte, and LZW of the bits of one.
const MOST_OF_DEFLATE: u64 = 1_032;
const MOST_OF_LZW: u64 = 4_096;
const MOST_OF_RUNS: u64 = 64;
/// How far before a stream its dictionary is looked for.
const MOST_DICTIONARY: usize = 4_096;
/// More filters than any stream has.
const MOST_FILTERS: usize = 8;

/// Refuses a file that unpacks to more than a file of its kind does.
pub(crate) fn weigh(bytes: &[u8]) -> Result<(), NoPreview> {
    weigh_all(streams(bytes))
}

/// The same of what is packed more than once, where everything else was unpacked within bounds already.
pub(crate) fn weigh_packed_again(bytes: &[u8]) -> Result<(), NoPreview> {
    weigh_all(streams(bytes).into_iter().filter(|packed| packed.filters.len() > 1).collect())
}

/// A document, unless its lists of objects are too much to be read; none where a parser cannot read it.
pub(crate) fn load(bytes: &[u8]) -> Result<Option<Document>, NoPreview> {
    weigh_lists(bytes)?;
    Ok(Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(MOST_UNPACKED)).ok())
}

/// Refuses a file whose lists of objects are more than any file's are. The parser reads a whole list again for each stream
/// whose length stands in it; where the list's own length stands in another one, that, too.
pub(crate) fn weigh_lists(bytes: &[u8]) -> Result<(), NoPreview> {
    let (mut all, mut largest, mut chained) = (0_u64, 0, 0_u64);
    for Packed { dictionary, filters, content } in streams(bytes) {
        // Words may be written in other letters.
        if find(dictionary, b"ObjStm").is_none() && !dictionary.contains(&b'#') {
            continue;
        }
        // It may not be packed at all.
        let length = unpacked(filters, content)?.max(content.len() as u64);
        all = all.saturating_add(length);
        largest = length.max(largest);
        if lengths_elsewhere(dictionary) > 0 {
            chained = chained.saturating_add(length);
        }
        if all > MOST_LISTED {
            return Err(NoPreview::TooMuchWork);
        }
    }
    let again = if all == 0 { 0 } else { lengths_elsewhere(bytes).saturating_mul(largest.saturating_add(chained)) };
    if again > MOST_READ_AGAIN { Err(NoPreview::TooMuchWork) } else { Ok(()) }
}

/// How many streams do not say themselves how long they are.
fn lengths_elsewhere(bytes: &[u8]) -> u64 {
    const KEY: &[u8] = b"/Length";
    let is_elsewhere = |at: &usize| {
        let value = &bytes[at + KEY.len()..];
        let digits = value.trim_ascii_start();
        let after = &digits[digits.iter().take_while(|byte| byte.is_ascii_digit()).count()..];
        // Other words begin like this one, such as `/Length1`.
        let is_word = value.first().is_none_or(|byte| !is_regular(*byte));
        is_word && !matches!(after.trim_ascii_start(), [b'/' | b'>', ..])
    };
    find_iter(bytes, KEY).filter(is_elsewhere).count() as u64
}

fn weigh_all(packed: Vec<Packed<'_>>) -> Result<(), NoPreview> {
    let most = packed.iter().map(|packed| most(&packed.filters, packed.content.len() as u64));
    // Then nothing has to be unpacked to be sure.
    if most.fold(0, u64::saturating_add) <= MOST_UNPACKED as u64 {
        return Ok(());
    }
    let mut all = 0_u64;
    for Packed { filters, content, .. } in packed {
        if filters.is_empty() {
            continue;
        }
        all = all.saturating_add(unpacked(filters, content)?);
        if all > MOST_UNPACKED_IN_ALL {
            return Err(NoPreview::TooMuchWork);
        }
    }
    Ok(())
}

fn most(filters: &[Packing], length: u64) -> u64 {
    filters.iter().fold(length, |length, packing| {
        length.saturating_mul(match packing {
            Packing::Deflate => MOST_OF_DEFLATE,
            Packing::Lzw => MOST_OF_LZW,
            Packing::Runs => MOST_OF_RUNS,
            Packing::Text85 | Packing::Text16 => 1,
        })
    })
}

/// How bytes are packed, in the order in which they are unpacked. What holds a picture is measured by its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Deflate,
    Lzw,
    Runs,
    Text85,
    Text16,
}

impl Packing {
    fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"FlateDecode" | b"Fl" => Self::Deflate,
            b"LZWDecode" | b"LZW" => Self::Lzw,
            b"RunLengthDecode" | b"RL" => Self::Runs,
            b"ASCII85Decode" | b"A85" => Self::Text85,
            b"ASCIIHexDecode" | b"AHx" => Self::Text16,
            _ => return None,
        })
    }

    fn unpack(self, content: &[u8]) -> Result<Vec<u8>, NoPreview> {
        let name = match self {
            Self::Deflate => "FlateDecode",
            Self::Lzw => "LZWDecode",
            Self::Text85 => "ASCII85Decode",
            Self::Runs => return runs(content),
            Self::Text16 => return Ok(hexadecimal(content)),
        };
        let packed = Stream::new(dictionary! { "Filter" => Object::from(name) }, content.to_vec());
        match packed.decompressed_content_with_limit(MOST_UNPACKED) {
            Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => Err(NoPreview::TooLarge),
            // What it is, a parser will see.
            unpacked => Ok(unpacked.unwrap_or_default()),
        }
    }
}

fn unpacked(filters: Vec<Packing>, content: &[u8]) -> Result<u64, NoPreview> {
    let mut all = 0;
    let mut unpacked: Option<Vec<u8>> = None;
    for packing in filters {
        let next = packing.unpack(unpacked.as_deref().unwrap_or(content))?;
        all += next.len() as u64;
        unpacked = Some(next);
    }
    Ok(all)
}

fn runs(content: &[u8]) -> Result<Vec<u8>, NoPreview> {
    let mut unpacked = Vec::new();
    let mut rest = content;
    while let [length, after @ ..] = rest {
        let length = usize::from(*length);
        rest = match length {
            128 => break,
            0..128 => {
                let (run, after) = after.split_at((length + 1).min(after.len()));
                unpacked.extend_from_slice(run);
                after
            }
            _ => {
                let Some((byte, after)) = after.split_first() else { break };
                unpacked.resize(unpacked.len() + 257 - length, *byte);
                after
            }
        };
        if unpacked.len() > MOST_UNPACKED {
            return Err(NoPreview::TooLarge);
        }
    }
    Ok(unpacked)
}

fn hexadecimal(content: &[u8]) -> Vec<u8> {
    let end = content.iter().position(|byte| *byte == b'>').unwrap_or(content.len());
    let mut digits = content[..end].iter().filter_map(|byte| char::from(*byte).to_digit(16));
    let mut unpacked = Vec::with_capacity(content.len() / 2);
    while let Some(high) = digits.next() {
        unpacked.push(u8::try_from(high * 16 + digits.next().unwrap_or(0)).unwrap_or_default());
    }
    unpacked
}

/// Whatever follows the word `stream`, and how it is packed.
#[derive(Debug, PartialEq, Eq)]
struct Packed<'b> {
    dictionary: &'b [u8],
    filters: Vec<Packing>,
    content: &'b [u8],
}

fn streams(bytes: &[u8]) -> Vec<Packed<'_>> {
    const WORD: &[u8] = b"stream";
    const END: &[u8] = b"endstream";
    let mut streams = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], WORD) {
        let at = from + at;
        from = at + WORD.len();
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let before = &bytes[at.saturating_sub(MOST_DICTIONARY)..at];
        let dictionary = &before[rfind(before, b"obj").map_or(0, |at| at + 3)..];
        let content = bytes[from..].strip_prefix(b"\r").unwrap_or(&bytes[from..]);
        let content = content.strip_prefix(b"\n").unwrap_or(content);
        // Without an end it lasts to the file's.
        let length = find(content, END).unwrap_or(content.len());
        streams.push(Packed { dictionary, filters: filters(dictionary), content: &content[..length] });
        from = (bytes.len() - content.len()) + length;
    }
    streams
}

/// How a dictionary says that its stream is packed, up to where it becomes a picture; that it is deflated where it does
/// not say so in plain words.
fn filters(dictionary: &[u8]) -> Vec<Packing> {
    const KEY: &[u8] = b"/Filter";
    let Some(at) = find(dictionary, KEY) else {
        // Words of the format may be written in other letters (ISO 32000-1, 7.3.5), and short ones are read, too.
        let is_plain = !dictionary.contains(&b'#') && find(dictionary, b"/F").is_none();
        return if is_plain { Vec::new() } else { vec![Packing::Deflate] };
    };
    let list = match dictionary[at + KEY.len()..].trim_ascii_start() {
        [b'/', name @ ..] => &name[..name.iter().position(|byte| !is_regular(*byte)).unwrap_or(name.len())],
        [b'[', inner @ ..] => &inner[..inner.iter().position(|byte| *byte == b']').unwrap_or(inner.len())],
        _ => return vec![Packing::Deflate],
    };
    if list.contains(&b'#') {
        return vec![Packing::Deflate];
    }
    let names = list.split(|byte| *byte == b'/').map(<[u8]>::trim_ascii).filter(|name| !name.is_empty());
    names.map_while(Packing::of).take(MOST_FILTERS).collect()
}

fn is_regular(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !b"()<>[]{}/%\0".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_unpacked_as_its_dictionary_says() {
        use Packing::{Deflate, Lzw, Runs, Text16, Text85};
        for (dictionary, told) in [
            (&b"<</Length 3>>"[..], &[][..]),
            (b"<</Filter/FlateDecode/Length 3>>", &[Deflate]),
            (b"<</Filter /Fl>>", &[Deflate]),
            (b"<< /Filter [ /ASCIIHexDecode /LZW/RunLengthDecode ] >>", &[Text16, Lzw, Runs]),
            (b"<</Filter[/A85/DCTDecode/FlateDecode]>>", &[Text85]),
            (b"<</Filter/DCTDecode>>", &[]),
            (b"<</Filter 7 0 R>>", &[Deflate]),
            (b"<</Fil#74er/FlateDecode>>", &[Deflate]),
            (b"<</Filter/Fl#61teDecode>>", &[Deflate]),
            (b"<</F/FlateDecode>>", &[Deflate]),
        ] {
            assert_eq!(filters(dictionary), told, "{}", String::from_utf8_lossy(dictionary));
        }
        assert_eq!(runs(&[2, 1, 2, 3, 254, 9, 128, 7]), Ok(vec![1, 2, 3, 9, 9, 9]));
        assert_eq!(hexadecimal(b"4 1 42 5> 43"), b"AB\x50");
        let file = b"1 0 obj<</Filter/Fl>>stream\nabc\nendstream 2 0 obj<<>>stream\r\ndef endstream stream\nxyz";
        let found: Vec<_> = streams(file).into_iter().map(|packed| (packed.filters, packed.content)).collect();
        assert_eq!(found, [(vec![Deflate], &b"abc\n"[..]), (vec![], b"def "), (vec![], b"xyz")]);
    }

    #[test]
    fn a_length_that_stands_elsewhere_is_told_from_one_that_stands_there() {
        for (dictionary, elsewhere) in [
            (&b"<</Length 6 0 R/Filter/Fl>>"[..], 1),
            (b"<</Length\n6 0 R>>", 1),
            (b"<</Length%\n6 0 R>>", 1),
            (b"<</Length 6/Filter/Fl>>", 0),
            (b"<</Length 600 >>", 0),
            (b"<</Length1 6 0 R/Length 7>>", 0),
        ] {
            assert_eq!(lengths_elsewhere(dictionary), elsewhere, "{}", String::from_utf8_lossy(dictionary));
        }
    }
}
