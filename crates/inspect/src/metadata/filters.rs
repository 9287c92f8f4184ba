//! How a stream of a PDF is packed (ISO 32000-1, 7.4), and what it holds when it is unpacked.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::weight::MOST_UNPACKED;

/// A filter and its parameters.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    pub(super) name: Vec<u8>,
    pub(super) parameters: Object,
}

impl Filter {
    pub(super) fn is_jpeg(&self) -> bool {
        matches!(&*self.name, b"DCTDecode" | b"DCT")
    }

    pub(super) fn is_picture(&self) -> bool {
        self.is_jpeg() || self.name == b"JPXDecode"
    }

    /// Whether it can be undone.
    pub(super) fn is_known(&self) -> bool {
        self.long_name().is_some()
    }

    fn long_name(&self) -> Option<&'static str> {
        match &*self.name {
            b"FlateDecode" | b"Fl" => Some("FlateDecode"),
            b"LZWDecode" | b"LZW" => Some("LZWDecode"),
            b"ASCII85Decode" | b"A85" => Some("ASCII85Decode"),
            b"ASCIIHexDecode" | b"AHx" => Some("ASCIIHexDecode"),
            b"RunLengthDecode" | b"RL" => Some("RunLengthDecode"),
            b"Crypt" => Some("Crypt"),
            _ => None,
        }
    }

    fn undone(&self, packed: &[u8]) -> Option<Vec<u8>> {
        match self.long_name()? {
            "ASCIIHexDecode" => Some(hexadecimal(packed)),
            "RunLengthDecode" => run_lengths(packed),
            // What a document as a whole is locked with was undone when it was read.
            "Crypt" => Some(packed.to_vec()),
            name => {
                let head = dictionary! { "Filter" => name, "DecodeParms" => self.parameters.clone() };
                Stream::new(head, packed.to_vec()).decompressed_content_with_limit(MOST_UNPACKED).ok()
            }
        }
    }
}

/// How a stream is packed, in the order in which that is undone. Each part may be an object of its own.
pub(super) fn filters(document: &Document, entries: &Dictionary) -> Vec<Filter> {
    let resolved = |object: &Object| document.dereference(object).map(|(_, object)| object.clone()).ok();
    let listed = |key: &[u8]| match entries.get(key).ok().and_then(resolved) {
        None | Some(Object::Null) => Vec::new(),
        Some(Object::Array(all)) => all.iter().map(|one| resolved(one).unwrap_or(Object::Null)).collect(),
        Some(one) => vec![one],
    };
    // Some readers take the short words of a content everywhere.
    let either =
        |long: &[u8], short: &[u8]| Some(listed(long)).filter(|all| !all.is_empty()).unwrap_or_else(|| listed(short));
    let mut parameters = either(b"DecodeParms", b"DP").into_iter();
    let named = |name: Object| name.as_name().unwrap_or_default().to_vec();
    // Under the short one another file may be named instead.
    let filters =
        either(b"Filter", b"F").into_iter().filter(|name| !matches!(name, Object::String(..) | Object::Dictionary(_)));
    filters.map(|name| Filter { name: named(name), parameters: parameters.next().unwrap_or(Object::Null) }).collect()
}

/// What remains when these filters are undone, one after the other.
pub(super) fn unpacked(packed: &[u8], filters: &[Filter]) -> Option<Vec<u8>> {
    filters.iter().try_fold(packed.to_vec(), |packed, filter| filter.undone(&packed))
}

fn hexadecimal(text: &[u8]) -> Vec<u8> {
    let digits = text.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u8> = digits.filter_map(|digit| u8::try_from(digit).ok()).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn run_lengths(packed: &[u8]) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    let mut rest = packed;
    while let [length, after @ ..] = rest {
        rest = match *length {
            0..=127 => {
                let (own, after) = after.split_at(after.len().min(usize::from(*length) + 1));
                unpacked.extend(own);
                after
            }
            128 => break,
            129.. => {
                let Some((byte, after)) = after.split_first() else { break };
                unpacked.extend(std::iter::repeat_n(*byte, 257 - usize::from(*length)));
                after
            }
        };
        if unpacked.len() > MOST_UNPACKED {
            return None;
        }
    }
    Some(unpacked)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_as_digits_or_runs_is_read_to_its_end() {
        assert_eq!(hexadecimal(b"48 65\n6C6c 6F7>00"), b"Hellop");
        let runs = |packed: &[u8]| run_lengths(packed).unwrap();
        assert_eq!(runs(b"\x02abc\xfdz\x80more"), b"abczzzz");
        for cut in [&b"\x7fshort"[..], b"\xff", b"\x05", b""] {
            assert!(runs(cut).len() <= cut.len());
        }
        assert_eq!(run_lengths(&[0x81, 0].repeat(MOST_UNPACKED / 100)), None, "it has a bound");
    }
}
