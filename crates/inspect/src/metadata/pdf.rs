//! A PDF that is copied whole: everything stays in it but what tells where its photos were taken.

mod beside;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::xref::{XrefEntry, XrefType};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::filters::{Filter, filters, unpacked};
use super::{Copy, Location, content, find, jpeg, stream, text};
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
        let is_silent = !MAY_HOLD.iter().any(may_hold) && !text::has_location(bytes);
        let location = if is_silent { Location::None } else { Location::Unknown };
        return Copy { changed: blanked(bytes), location };
    };
    if document.is_encrypted() || depth > MOST_DEPTH {
        return unknown;
    }
    let Some(look) = Look::into(&document, depth) else { return unknown };
    if !look.has_location && !beside::may_tell(bytes, &document) {
        return Copy { changed: None, location: look.left };
    }
    // Nobody is to find a file unlocked that its maker locked.
    if document.was_encrypted() {
        return Copy { changed: None, location: if look.has_location { Location::Kept } else { Location::Unknown } };
    }
    let (is_whole, left) = (look.is_whole, look.left);
    let removed = Location::Removed { was_signed: look.is_signed };
    // Written anew, a damaged file might lose more. Overwritten in its place, nothing moves.
    let changed = if is_whole { look.written(&mut document) } else { blanked(bytes) };
    let location = match (left, &changed) {
        (Location::None, Some(changed)) if is_silent(changed, depth) => removed,
        (Location::None, _) => Location::Kept,
        (left, _) => left,
    };
    Copy { changed, location }
}

/// Whether nothing in it names a location, as far as can be seen.
fn is_silent(bytes: &[u8], depth: usize) -> bool {
    let Some(document) = read(bytes) else { return false };
    let look = Look::into(&document, depth);
    look.is_some_and(|look| !look.has_location && look.left == Location::None) && !beside::may_tell(bytes, &document)
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
struct Look {
    /// Whether anything in it names a location, or may, that can be removed.
    has_location: bool,
    /// What stays in it all the same.
    left: Location,
    is_signed: bool,
    /// Whether all that it refers to is there.
    is_whole: bool,
    /// What each stream becomes; nothing where it is left out.
    streams: BTreeMap<ObjectId, Option<Stream>>,
    /// What belongs to it.
    reached: BTreeSet<ObjectId>,
    /// The streams that are metadata, and those that are files, by what refers to them.
    metadata: BTreeSet<ObjectId>,
    files: BTreeSet<ObjectId>,
    /// The streams of pages that are drawn by several.
    contents: BTreeSet<Vec<ObjectId>>,
}

impl Look {
    fn new() -> Self {
        Self {
            has_location: false,
            left: Location::None,
            is_signed: false,
            is_whole: true,
            streams: BTreeMap::new(),
            reached: BTreeSet::new(),
            metadata: BTreeSet::new(),
            files: BTreeSet::new(),
            contents: BTreeSet::new(),
        }
    }

    /// `None` if there is more in it than can be looked into.
    fn into(document: &Document, depth: usize) -> Option<Self> {
        let mut look = Self::new();
        let mut left = MOST_LOOKED_INTO;
        look.follow(document);
        look.is_whole &= !document.trailer.has(b"XRefStm");
        for (id, object) in &document.objects {
            let is_reached = look.reached.contains(id);
            let Object::Stream(stream) = object else {
                look.has_location |= !is_reached && speaks(object);
                continue;
            };
            let kind = match id {
                id if look.metadata.contains(id) => Kind::Metadata,
                id if look.files.contains(id) => Kind::File,
                _ => Kind::Other,
            };
            let Found { changed, location } = Found::of(document, stream, kind, depth, &mut left)?;
            if !is_reached {
                // Written anew, it is not there.
                let is_list = stream.dict.has_type(b"ObjStm");
                look.has_location |= location != Location::None || is_list && list_speaks(document, stream);
                continue;
            }
            look.has_location |= changed.is_some() && location != Location::None;
            look.leave(location);
            if let Some(changed) = changed {
                look.streams.insert(*id, changed);
            }
        }
        if !look.contents.iter().all(|parts| look.is_plain_together(document, parts, &mut left)) {
            look.leave(Location::Unknown);
        }
        Some(look)
    }

    /// Some of it stays.
    fn leave(&mut self, location: Location) {
        if location == Location::Kept || location == Location::Unknown && self.left == Location::None {
            self.left = location;
        }
    }

    /// Whether no picture goes on from one stream of a page to the next.
    fn is_plain_together(&self, document: &Document, parts: &[ObjectId], left: &mut usize) -> bool {
        let mut joined = Vec::new();
        for id in parts {
            let changed = self.streams.get(id).and_then(Option::as_ref);
            let stream = changed.or_else(|| document.get_object(*id).ok()?.as_stream().ok());
            let Some(stream) = stream else { continue };
            let part = unpacked(&stream.content, &filters(document, &stream.dict));
            let Some(part) = part.filter(|part| part.len() <= *left) else { return false };
            *left -= part.len();
            joined.extend(part);
            joined.push(b'\n');
        }
        find(&joined, b"BI").is_none() || content::plain(&joined).is_some_and(|plain| !plain.has_location)
    }

    /// Goes through everything that the document refers to.
    fn follow(&mut self, document: &Document) {
        let mut waiting: Vec<&Object> = document.trailer.iter().map(|(_, entry)| entry).collect();
        let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info)).map(|(_, info)| info);
        if let Ok(Object::Dictionary(info)) = info {
            self.has_location |= info.iter().any(|(key, value)| says_location(document, key, value));
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
        let stream = |entry: &Object| document.dereference(entry).ok().and_then(|(id, _)| id);
        self.metadata.extend(entries.get(b"Metadata").ok().and_then(stream));
        if let Ok(files) = entries.get(b"EF").and_then(|files| document.dereference(files)?.1.as_dict()) {
            self.files.extend(files.iter().filter_map(|(_, file)| stream(file)));
        }
        let contents = entries.get(b"Contents").and_then(|contents| document.dereference(contents)?.1.as_array());
        if let Ok(several @ [_, _, ..]) = contents.map(Vec::as_slice) {
            self.contents.insert(several.iter().filter_map(stream).collect());
        }
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
        let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info)?.1.as_dict()).cloned();
        if let Ok(info) = info {
            let silent =
                info.into_iter().filter(|(key, value)| !says_location(document, key, value)).collect::<Dictionary>();
            let silent = document.add_object(silent);
            document.trailer.set("Info", silent);
        }
        let mut left = Self::new();
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
    fn of(document: &Document, stream: &Stream, kind: Kind, depth: usize, left: &mut usize) -> Option<Self> {
        let none = Self { changed: None, location: Location::None };
        let Some((plain, has_location)) = stream::plain(document, stream) else {
            // No picture, though it claims to be one.
            let location = if text::has_location_within(&stream.content) { Location::Kept } else { Location::Unknown };
            return Some(Self { changed: None, location });
        };
        if has_location {
            let removed = Location::Removed { was_signed: false };
            return Some(Self { changed: Some(Some(plain.into_owned())), location: removed });
        }
        let filters = filters(document, &stream.dict);
        let is_image = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image");
        if filters.iter().any(Filter::is_picture) || matches!(kind, Kind::Other) && is_image {
            let changed = matches!(plain, std::borrow::Cow::Owned(_)).then(|| Some(plain.into_owned()));
            return Some(Self { changed, ..none });
        }
        let Some(unpacked) = unpacked(&stream.content, &filters) else {
            return Some(Self { changed: None, location: Location::Unknown });
        };
        *left = left.checked_sub(unpacked.len())?;
        if matches!(kind, Kind::Metadata) || is_xmp(&unpacked) || stream.dict.has_type(b"Metadata") {
            return Some(if text::has_location(&unpacked) {
                Self { changed: Some(None), location: Location::Removed { was_signed: false } }
            } else {
                none
            });
        }
        // A file within the file.
        let of = if matches!(kind, Kind::File) { Copy::of_file } else { Copy::of };
        let copy = of(&unpacked, depth + 1);
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

/// What a stream is, by what refers to it.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Metadata,
    File,
    Other,
}

/// Whether a list of objects, some of which may be out of date, speaks of a location.
fn list_speaks(document: &Document, list: &Stream) -> bool {
    unpacked(&list.content, &filters(document, &list.dict)).is_none_or(|objects| text::has_location(&objects))
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

fn says_location(document: &Document, key: &[u8], value: &Object) -> bool {
    text::has_location(key) || document.dereference(value).is_ok_and(|(_, value)| speaks(value))
}

/// Whether any text in it speaks of a location.
fn speaks(object: &Object) -> bool {
    let mut waiting = vec![object];
    while let Some(object) = waiting.pop() {
        match object {
            Object::String(text, _) | Object::Name(text) if text::has_location(text) => return true,
            Object::Array(all) => waiting.extend(all),
            Object::Dictionary(entries) => {
                if entries.iter().any(|(key, _)| matches!(&**key, b"LGIDict" | b"PtData" | b"GPTS")) {
                    return true;
                }
                waiting.extend(entries.iter().map(|(_, entry)| entry));
            }
            _ => {}
        }
    }
    false
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
