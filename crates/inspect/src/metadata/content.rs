//! JPEGs that stand within the content of a page (ISO 32000-1, 8.9.7): `BI /F /DCT … ID … EI`.

use std::ops::Range;

use lopdf::Object;

use super::filters::{Filter, unpacked};
use super::{Plain, find, jpeg};
use crate::weight::MOST_UNPACKED;

/// How many ends of a picture are tried.
const MOST_ENDS: usize = 4;

/// A content with its JPEGs made plain; where there is none, as it is. `None` if one of them is no picture, or it is not
/// clear where it begins.
pub(super) fn plain(content: &[u8]) -> Option<Plain> {
    let mut plain = Plain::default();
    let mut left = MOST_UNPACKED;
    let mut copied = 0;
    let mut at = 0;
    while let Some(token) = token(content, at) {
        at = token.end;
        let word = &content[token.clone()];
        if word != b"BI" {
            // A string that was not closed; readers go on after it where they like.
            if matches!(word, [b'(' | b'<', ..])
                && [b"/DCT", jpeg::MARKED].iter().all(|mark| find(word, mark).is_some())
            {
                return None;
            }
            continue;
        }
        let picture = picture(content, at);
        if picture.filters.iter().any(Filter::is_jpeg) {
            let (jpeg, end) = found(&content[picture.data..], &picture.filters, &mut left)?;
            plain.bytes.extend(&content[copied..token.end]);
            for kept in picture.kept {
                plain.bytes.push(b' ');
                plain.bytes.extend(&content[kept]);
            }
            plain.bytes.extend(b" /F /DCT ID ");
            plain.bytes.extend(jpeg.bytes);
            plain.bytes.extend(b"\nEI");
            plain.has_location |= jpeg.has_location;
            copied = picture.data + end;
            at = copied;
        } else {
            let rest = &content[picture.data..];
            at = picture.data + ends(rest).next().map_or(rest.len(), |(_, after)| after);
        }
    }
    plain.bytes.extend(&content[copied..]);
    Some(plain)
}

/// A picture within a content.
struct Picture {
    filters: Vec<Filter>,
    /// Where the entries stand that are not about how it is packed.
    kept: Vec<Range<usize>>,
    /// Where its data begins.
    data: usize,
}

/// The picture whose entries begin there.
fn picture(content: &[u8], mut at: usize) -> Picture {
    let mut picture = Picture { filters: Vec::new(), kept: Vec::new(), data: content.len() };
    let mut key: Option<Range<usize>> = None;
    while let Some(first) = token(content, at) {
        if &content[first.clone()] == b"ID" {
            // One space belongs to the word.
            picture.data = (first.end + 1).min(content.len());
            break;
        }
        let value = value(content, first);
        at = value.end;
        let Some(key) = key.take() else {
            key = Some(value);
            continue;
        };
        match &*name(&content[key.clone()]) {
            b"F" | b"Filter" => picture.filters = names(&content[value]),
            // What is left in the end is a JPEG as it is.
            b"DP" | b"DecodeParms" if picture.filters.len() > 1 => {}
            b"L" | b"Length" => {}
            _ => picture.kept.push(key.start..value.end),
        }
    }
    picture
}

/// A JPEG at the beginning of the data, packed as said, and what follows its `EI`. All that is unpacked for it, and all that is
/// gone through for an end that is not there, is taken off what is left.
fn found(data: &[u8], filters: &[Filter], left: &mut usize) -> Option<(Plain, usize)> {
    let [before @ .., last] = filters else { return None };
    if !last.is_jpeg() {
        return None;
    }
    if before.is_empty() {
        let (_, end) = jpeg::walked(data)?;
        if end.is_none() {
            *left = left.checked_sub(data.len())?;
        }
        let from = end.unwrap_or(0);
        let (to, after) = ends(&data[from..]).next()?;
        // What follows the picture's end is the page's, not the picture's.
        let (plain, _) = jpeg::walked(&data[..end.unwrap_or(to)])?;
        return Some((plain, from + after));
    }
    let whole = |(to, after): (usize, usize)| {
        let unpacked = unpacked(&data[..to], before)?;
        *left = left.checked_sub(unpacked.len())?;
        let (plain, end) = jpeg::walked(&unpacked)?;
        end.map(|_| (plain, after))
    };
    ends(data).take(MOST_ENDS).find_map(whole)
}

/// Each place where data may end, and what follows the `EI` there: a word by itself, after which the content goes on in letters.
fn ends(data: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let is_space = |byte: Option<&u8>| byte.is_none_or(|byte| is_white(*byte));
    data.windows(2).enumerate().filter(|(_, window)| *window == b"EI").filter_map(move |(at, _)| {
        let before = at.checked_sub(1);
        let begins = before.is_none_or(|before| is_white(data[before]) || data[before] == b'>');
        let after = &data[at + 2..];
        let goes_on = after.iter().take(10).all(|byte| is_white(*byte) || (b' '..=b'~').contains(byte));
        (begins && is_space(after.first()) && goes_on).then_some((at, at + 2))
    })
}

/// The names in a value, in their long form or the short one, without what escapes their letters.
fn names(value: &[u8]) -> Vec<Filter> {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(token) = token(value, at) {
        at = token.end;
        if value[token.start] == b'/' {
            names.push(Filter { name: name(&value[token]), parameters: Object::Null });
        }
    }
    names
}

/// A name without its slash: `/DCT#44ecode`.
fn name(written: &[u8]) -> Vec<u8> {
    let mut rest = written.strip_prefix(b"/").unwrap_or(written);
    let mut name = Vec::new();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    while let [byte, after @ ..] = rest {
        (name, rest) = match after {
            [high, low, after @ ..] if *byte == b'#' && digit(*high).is_some() && digit(*low).is_some() => {
                name.push(digit(*high).unwrap_or(0) << 4 | digit(*low).unwrap_or(0));
                (name, after)
            }
            _ => {
                name.push(*byte);
                (name, after)
            }
        };
    }
    name
}

/// A value that begins with this token, up to its end.
fn value(content: &[u8], first: Range<usize>) -> Range<usize> {
    let mut depth = 0_usize;
    let mut next = Some(first.clone());
    let mut end = first.end;
    while let Some(token) = next {
        end = token.end;
        match &content[token] {
            b"[" | b"<<" => depth += 1,
            b"]" | b">>" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        next = self::token(content, end);
    }
    first.start..end
}

/// The next word, name, string or bracket from a place on.
fn token(content: &[u8], mut from: usize) -> Option<Range<usize>> {
    loop {
        from += content.get(from..)?.iter().position(|byte| !is_white(*byte))?;
        if content[from] != b'%' {
            break;
        }
        from += content[from..].iter().position(|byte| matches!(byte, b'\r' | b'\n'))?;
    }
    let rest = &content[from..];
    let is_regular = |byte: &u8| !is_white(*byte) && !b"()<>[]{}/%".contains(byte);
    let length = match rest {
        [b'(', ..] => string(rest),
        [b'<', b'<', ..] | [b'>', b'>', ..] => 2,
        [b'<', ..] => find(rest, b">").map_or(rest.len(), |end| end + 1),
        [b'/', name @ ..] => 1 + name.iter().take_while(|byte| is_regular(byte)).count(),
        [byte, ..] if !is_regular(byte) => 1,
        word => word.iter().take_while(|byte| is_regular(byte)).count(),
    };
    Some(from..from + length)
}

/// How long a string in parentheses is.
fn string(bytes: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at.min(bytes.len())
}

fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}
