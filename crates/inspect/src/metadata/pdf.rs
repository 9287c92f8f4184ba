//! A PDF that is copied whole: everything stays in it but what tells where its photos were taken.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::xref::{XrefEntry, XrefType};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::filters::{Filter, filters, unpacked};
use super::{Copy, Location, find, jpeg, stream, text};
use crate::weight::{MOST_UNPACKED, load};

/// How deep files are looked for in files.
const MOST_DEPTH: usize = 3;
/// What all streams that are looked into may hold.
const MOST_LOOKED_INTO: usize = 8 * MOST_UNPACKED;

/// Without any of these words there is neither a picture nor another file in a PDF, nor a part in which they could be packed;
/// names may be written with numbers.
const MAY_HOLD: [&[u8]; 6] = [b"ObjStm", b"Image", b"DCT", b"Metadata", b"Embedded", b"#"];

/// The copy of a PDF that lies within so many other files.
pub(super) fn copy(bytes: &[u8], depth: usize) -> Copy {
    let unknown = Copy { changed: None, location: Location::Unknown };
    let Some(mut document) = read(bytes) else {
        // Its parts cannot be told from each other: what can be found by its form is overwritten, and more may be there.
        let may_hold = |word: &&[u8]| find(bytes, word).is_some();
        let location = if MAY_HOLD.iter().any(may_hold) { Location::Unknown } else { Location::None };
        return Copy { changed: blanked(bytes), location };
    };
    if document.is_encrypted() || depth > MOST_DEPTH {
        return unknown;
    }
    let Some(look) = Look::into(&document, depth) else { return unknown };
    if !look.has_location {
        return Copy { changed: None, location: Location::None };
    }
    // Nobody is to find a file unlocked that its maker locked.
    if document.was_encrypted() {
        return Copy { changed: None, location: Location::Kept };
    }
    let removed = Location::Removed { was_signed: look.is_signed };
    if look.is_whole {
        let is_kept = look.is_kept;
        let changed = look.written(&mut document);
        let location = if is_kept || changed.is_none() { Location::Kept } else { removed };
        return Copy { changed, location };
    }
    // Written anew, a damaged file might lose more. Overwritten in its place, nothing moves.
    let changed = blanked(bytes);
    let left = changed.as_deref().and_then(read).and_then(|document| Look::into(&document, depth));
    let location = if left.is_some_and(|left| !left.has_location) { removed } else { Location::Kept };
    Copy { changed, location }
}

fn read(bytes: &[u8]) -> Option<Document> {
    load(bytes).ok()?
}

/// With the metadata of every JPEG that lies there as it is overwritten; none if there is no such JPEG.
fn blanked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut blanked = bytes.to_vec();
    jpeg::blank(&mut blanked).then_some(blanked)
}

/// What was found in a document.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is found for itself")]
struct Look {
    /// Whether anything in it names a location, or may.
    has_location: bool,
    /// Whether some of that cannot be removed.
    is_kept: bool,
    is_signed: bool,
    /// Whether all that it refers to is there.
    is_whole: bool,
    /// What each stream becomes; nothing where it is left out.
    streams: BTreeMap<ObjectId, Option<Stream>>,
    /// What belongs to it.
    reached: BTreeSet<ObjectId>,
}

impl Look {
    /// `None` if there is more in it than can be looked into.
    fn into(document: &Document, depth: usize) -> Option<Self> {
        let mut look = Self { is_whole: !document.trailer.has(b"XRefStm"), ..Self::default() };
        let mut left = MOST_LOOKED_INTO;
        look.follow(document);
        for id in &look.reached {
            let Some(Object::Stream(stream)) = document.objects.get(id) else { continue };
            let Found { changed, location } = Found::of(document, stream, depth, &mut left)?;
            look.has_location |= location != Location::None;
            look.is_kept |= matches!(location, Location::Kept | Location::Unknown);
            if let Some(changed) = changed {
                look.streams.insert(*id, changed);
            }
        }
        Some(look)
    }

    /// Goes through everything that the document refers to.
    fn follow(&mut self, document: &Document) {
        let mut waiting: Vec<&Object> = document.trailer.iter().map(|(_, entry)| entry).collect();
        let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info)).map(|(_, info)| info);
        if let Ok(Object::Dictionary(info)) = info {
            self.has_location |= info.iter().any(|(key, value)| says_location(key, value));
        }
        while let Some(object) = waiting.pop() {
            match object {
                Object::Reference(id) if self.reached.insert(*id) => match document.objects.get(id) {
                    Some(object) => waiting.push(object),
                    None => self.is_whole &= !is_listed(document, *id),
                },
                Object::Array(all) => waiting.extend(all),
                Object::Dictionary(entries) => self.see(document, entries, &mut waiting),
                Object::Stream(stream) => {
                    // Its length is missing or wrong, without which it was not read.
                    self.is_whole &= !stream.content.is_empty() || stream.dict.get(b"Length").is_ok_and(is_zero);
                    self.see(document, &stream.dict, &mut waiting);
                }
                _ => {}
            }
        }
    }

    fn see<'d>(&mut self, document: &Document, entries: &'d Dictionary, waiting: &mut Vec<&'d Object>) {
        self.is_signed |= entries.has(b"ByteRange");
        self.has_location |= entries.iter().any(|(key, entry)| is_geographic(document, key, entry));
        waiting.extend(entries.iter().map(|(_, entry)| entry));
    }

    /// The document without all that.
    fn written(self, document: &mut Document) -> Option<Vec<u8>> {
        for (id, stream) in self.streams {
            // Nothing, where some readers would look for what is not there.
            document.objects.insert(id, stream.map_or(Object::Null, Object::from));
        }
        let ids: Vec<ObjectId> = document.objects.keys().copied().collect();
        for id in ids {
            let Some(mut object) = document.objects.remove(&id) else { continue };
            clear(document, &mut object, 0);
            document.objects.insert(id, object);
        }
        let info = document.trailer.get(b"Info").and_then(Object::as_reference);
        if let Some(Object::Dictionary(info)) = info.ok().and_then(|info| document.objects.get_mut(&info)) {
            *info = info
                .iter()
                .filter(|(key, value)| !says_location(key, value))
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect();
        }
        let mut left = Self::default();
        left.follow(document);
        document.objects.retain(|id, _| left.reached.contains(id));
        document.max_id = document.objects.keys().map(|(number, _)| *number).max().unwrap_or(0);
        // One plain table of objects, which every reader knows.
        document.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
        for key in [b"Type".as_slice(), b"W", b"Index", b"Filter", b"DecodeParms", b"Length", b"Prev", b"XRefStm"] {
            document.trailer.remove(key);
        }
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// What a stream becomes, if it does not stay as it is: another one, or nothing.
#[allow(clippy::option_option, reason = "it stays, becomes another, or becomes nothing")]
struct Found {
    changed: Option<Option<Stream>>,
    location: Location,
}

impl Found {
    /// `None` if it holds more than is left to be looked into, which it is taken off.
    fn of(document: &Document, stream: &Stream, depth: usize, left: &mut usize) -> Option<Self> {
        let none = Self { changed: None, location: Location::None };
        let Some((plain, has_location)) = stream::plain(document, stream) else {
            // No picture, though it claims to be one.
            let location = if text::has_location_within(&stream.content) { Location::Kept } else { Location::None };
            return Some(Self { changed: None, location });
        };
        if has_location {
            let removed = Location::Removed { was_signed: false };
            return Some(Self { changed: Some(Some(plain.into_owned())), location: removed });
        }
        let kind = |key: &[u8]| stream.dict.get(key).and_then(Object::as_name).unwrap_or_default();
        if kind(b"Subtype") == b"Image" || matches!(kind(b"Type"), b"ObjStm" | b"XRef") {
            let changed = matches!(plain, std::borrow::Cow::Owned(_)).then(|| Some(plain.into_owned()));
            return Some(Self { changed, ..none });
        }
        let filters = filters(document, &stream.dict);
        let Some(unpacked) = unpacked(&stream.content, &filters) else {
            // Too large, or packed as pictures are.
            return if filters.iter().all(Filter::is_known) { None } else { Some(none) };
        };
        *left = left.checked_sub(unpacked.len())?;
        if is_xmp(&unpacked) || kind(b"Type") == b"Metadata" {
            return Some(if text::has_location(&unpacked) {
                Self { changed: Some(None), location: Location::Removed { was_signed: false } }
            } else {
                none
            });
        }
        // A file within the file.
        let copy = Copy::of(&unpacked, depth + 1);
        let changed = copy.changed.map(|bytes| {
            let mut head = stream.dict.clone();
            // It says how long the file is, and what its bytes add up to.
            for key in [b"Filter".as_slice(), b"DecodeParms", b"Params"] {
                head.remove(key);
            }
            let mut stream = Stream::new(head, bytes);
            // It stays as it is where packing fails.
            let _ = stream.compress();
            Some(stream)
        });
        Some(Self { changed, location: copy.location })
    }
}

fn is_xmp(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().take(1_024).copied().filter(|byte| *byte != 0).collect();
    [b"<?xpacket".as_slice(), b"<x:xmpmeta", b"<rdf:RDF"].iter().any(|mark| find(&head, mark).is_some())
}

/// Whether an entry says where on earth a page or a picture is (ISO 32000-2, 12.10; OGC 08-139r3).
fn is_geographic(document: &Document, key: &[u8], entry: &Object) -> bool {
    let is_on_earth = || {
        let measure = document.dereference(entry).ok().and_then(|(_, measure)| measure.as_dict().ok());
        measure
            .is_some_and(|measure| measure.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"GEO"))
    };
    matches!(key, b"LGIDict" | b"PtData") || key == b"Measure" && is_on_earth()
}

fn says_location(key: &[u8], value: &Object) -> bool {
    text::has_location(key) || value.as_str().is_ok_and(text::has_location)
}

/// Takes out of an object what names a location, and what programs that made the file keep in it for themselves.
fn clear(document: &Document, object: &mut Object, depth: usize) {
    // Deeper than any reader of the file goes, and than any writer.
    const MOST_NESTED: usize = 256;
    if depth > MOST_NESTED {
        *object = Object::Null;
    }
    let entries = match object {
        Object::Array(all) => {
            for one in all {
                clear(document, one, depth + 1);
            }
            return;
        }
        Object::Dictionary(entries) => entries,
        Object::Stream(stream) => &mut stream.dict,
        _ => return,
    };
    let is_left_out = |key: &[u8], entry: &Object| key == b"PieceInfo" || is_geographic(document, key, entry);
    let keys = entries.iter().filter(|(key, entry)| is_left_out(key, entry)).map(|(key, _)| key.clone());
    for key in keys.collect::<Vec<_>>() {
        entries.remove(&key);
    }
    entries.iter_mut().for_each(|(_, entry)| clear(document, entry, depth + 1));
}

fn is_zero(length: &Object) -> bool {
    length.as_i64().is_ok_and(|length| length == 0)
}

/// Whether the file says where an object is.
fn is_listed(document: &Document, id: ObjectId) -> bool {
    let entry = document.reference_table.get(id.0);
    matches!(entry, Some(XrefEntry::Normal { .. } | XrefEntry::Compressed { .. }))
}
