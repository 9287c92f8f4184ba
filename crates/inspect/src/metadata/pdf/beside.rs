//! What lies in a PDF beside its objects: what an older revision had, comments, what follows the end.

use lopdf::xref::XrefEntry;
use lopdf::{Document, Object};
use memchr::memmem::{find_iter, rfind};

use super::{find, jpeg, text};

/// How far from the end of a stream the word for it stands, and what is added to a stream where it is locked.
const NEAR: usize = 64;

/// Whether what no list of objects leads to may tell a place: a text, a picture, or a stream.
pub(super) fn may_tell(bytes: &[u8], document: &Document) -> bool {
    let base = find(bytes, b"%PDF-").unwrap_or(0);
    let ends = |word: &[u8]| find_iter(bytes, word).map(|at| at + word.len()).collect::<Vec<_>>();
    let (data, streams, objects) = (begun(bytes).collect::<Vec<_>>(), ends(b"endstream"), ends(b"endobj"));
    let mut known = Vec::new();
    for (number, entry) in &document.reference_table.entries {
        let XrefEntry::Normal { offset, generation } = entry else { continue };
        let Some(start) = usize::try_from(*offset).ok().and_then(|offset| base.checked_add(offset)) else { continue };
        let end = match document.objects.get(&(*number, *generation)) {
            Some(Object::Stream(stream)) => {
                // A list of objects was unpacked where it was.
                let is_list = stream.dict.has_type(b"ObjStm");
                let length = if is_list { 0 } else { stream.content.len() };
                let data = first(&data, start).map(|data| data + length);
                data.and_then(|data| first(&streams, data).filter(|end| is_list || end - data <= NEAR))
            }
            Some(_) => first(&objects, start).filter(|end| first(&data, start).is_none_or(|data| data > *end)),
            None => None,
        };
        known.extend(end.filter(|end| *end > start).map(|end| (start, end)));
    }
    known.sort_unstable();
    let mut from = 0;
    for (start, end) in known {
        if bytes.get(from..start).is_some_and(tells) {
            return true;
        }
        from = from.max(end);
    }
    bytes.get(from..).is_some_and(tells)
}

fn first(places: &[usize], from: usize) -> Option<usize> {
    places.get(places.partition_point(|place| *place < from)).copied()
}

fn tells(bytes: &[u8]) -> bool {
    text::has_location(bytes)
        || find(bytes, jpeg::MARKED).is_some()
        || begun(bytes).any(|data| !is_table(&bytes[..data]))
}

/// Where the data of each stream begins.
fn begun(bytes: &[u8]) -> impl Iterator<Item = usize> {
    const WORD: &[u8] = b"stream";
    find_iter(bytes, WORD).filter(|at| !bytes[..*at].ends_with(b"end")).filter_map(|at| {
        let after = at + WORD.len();
        match bytes.get(after..)? {
            [b'\r', b'\n', ..] => Some(after + 2),
            [b'\r' | b'\n', ..] => Some(after + 1),
            _ => None,
        }
    })
}

/// Whether the stream that begins after these bytes says where the objects stand.
fn is_table(before: &[u8]) -> bool {
    let head = rfind(before, b"obj").unwrap_or(0);
    find(&before[head..], b"/XRef").is_some()
}
