//! Copies objects from one document to another, renumbered, without what acts.

use std::collections::BTreeMap;

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::jpeg;
use crate::packet::Shrink;

/// How deep direct objects may lie within each other.
const MOST_DEPTH: usize = 64;
/// Entries that act, point back, or lead out of the file, and none of which draws.
const LEFT_OUT: [&[u8]; 14] = [
    b"StructParent",
    b"StructParents",
    b"Metadata",
    b"PieceInfo",
    b"AF",
    b"A",
    b"AA",
    b"Alternates",
    b"OPI",
    b"Ref",
    b"Parent",
    b"P",
    b"Dest",
    b"LastModified",
];

/// What the keys of a dictionary are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// Words of the format: what they mean is known.
    Entries,
    /// Kinds of resources, each of which has names.
    Kinds,
    /// Names that the maker of the file chose, be they `A` or `P`: nothing can be left out by them.
    Names,
}

impl Keys {
    /// What they are in the dictionary under a key.
    fn within(self, key: &[u8]) -> Self {
        match (self, key) {
            (Self::Entries, b"Resources") => Self::Kinds,
            (Self::Entries, b"CharProcs" | b"Colorants") | (Self::Kinds, _) => Self::Names,
            (Self::Entries | Self::Names, _) => Self::Entries,
        }
    }
}

/// Copies what a page draws with, renumbered.
pub(super) struct Copier<'d> {
    pub(super) from: &'d Document,
    pub(super) shrink: Option<Shrink<'d>>,
    pub(super) layers: &'d BTreeMap<ObjectId, bool>,
    pub(super) known: BTreeMap<ObjectId, ObjectId>,
    pub(super) waiting: Vec<(ObjectId, Keys)>,
    pub(super) next: u32,
    pub(super) objects: Vec<(ObjectId, Object)>,
    /// Whether something that is drawn with could not be read. What is merely not there counts as nothing, as the format
    /// wants it.
    pub(super) is_damaged: bool,
}

impl Copier<'_> {
    fn new_id(&mut self) -> ObjectId {
        let id = (self.next, 0);
        self.next += 1;
        id
    }

    pub(super) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.new_id();
        self.objects.push((id, object.into()));
        id
    }

    /// Copies everything that was referred to and is not here yet.
    pub(super) fn follow(&mut self) {
        while let Some((old, keys)) = self.waiting.pop() {
            let Some(new) = self.known.get(&old).copied() else { continue };
            let copied = self.from.get_object(old).map_or(Object::Null, |object| self.copy(object, keys, 0));
            self.objects.push((new, copied));
        }
    }

    pub(super) fn copy(&mut self, object: &Object, keys: Keys, depth: usize) -> Object {
        if depth > MOST_DEPTH {
            return Object::Null;
        }
        match object {
            Object::Reference(old) => self.refer(*old, keys),
            Object::Array(all) => {
                all.iter().map(|one| self.copy(one, Keys::Entries, depth + 1)).collect::<Vec<_>>().into()
            }
            Object::Dictionary(entries) => self.copy_entries(entries, keys, depth).into(),
            Object::Stream(stream) => {
                self.is_damaged |= is_cut(stream);
                let mut entries = self.copy_entries(&stream.dict, Keys::Entries, depth);
                // A stream whose bytes lie in another file.
                for key in [b"F".as_slice(), b"FFilter", b"FDecodeParms"] {
                    entries.remove(key);
                }
                let is_jpeg = entries.get(b"Filter").and_then(Object::as_name).is_ok_and(|name| name == b"DCTDecode");
                let content = if is_jpeg { jpeg::plain(&stream.content) } else { stream.content.clone() };
                let content = self.smaller(&content, stream, &mut entries).unwrap_or(content);
                Stream::new(entries, content).with_compression(false).into()
            }
            plain => plain.clone(),
        }
    }

    /// A JPEG within the PDF made smaller, if that is asked for and gains anything. Others stay as they are.
    fn smaller(&self, jpeg: &[u8], stream: &Stream, entries: &mut Dictionary) -> Option<Vec<u8>> {
        let shrink = self.shrink?;
        let named =
            |key: &[u8], name: &[u8]| stream.dict.get(key).is_ok_and(|entry| entry.as_name().is_ok_and(|n| n == name));
        let is_plain = named(b"Subtype", b"Image")
            && named(b"Filter", b"DCTDecode")
            && !stream.dict.has(b"Decode")
            && !stream.dict.has(b"Mask")
            && self.is_grey_or_rgb(&stream.dict);
        let smaller = is_plain.then(|| shrink(jpeg)).flatten()?;
        if smaller.jpeg.len() >= jpeg.len() / 10 * 9 {
            return None;
        }
        entries.set("Width", i64::from(smaller.size.0));
        entries.set("Height", i64::from(smaller.size.1));
        entries.set("ColorSpace", if smaller.is_grey { "DeviceGray" } else { "DeviceRGB" });
        entries.set("BitsPerComponent", 8);
        entries.remove(b"DecodeParms");
        Some(smaller.jpeg)
    }

    fn is_grey_or_rgb(&self, image: &Dictionary) -> bool {
        match self.resolved_in(image, b"ColorSpace") {
            Some(Object::Name(name)) => matches!(name.as_slice(), b"DeviceRGB" | b"DeviceGray"),
            Some(Object::Array(space)) => {
                let profile = space.get(1).and_then(|profile| self.from.dereference(profile).ok());
                let colours =
                    profile.and_then(|(_, profile)| profile.as_stream().ok()?.dict.get(b"N").ok()?.as_i64().ok());
                matches!(colours, Some(1 | 3))
            }
            _ => false,
        }
    }

    fn resolved_in<'o>(&'o self, entries: &'o Dictionary, key: &[u8]) -> Option<&'o Object> {
        self.from.dereference(entries.get(key).ok()?).ok().map(|(_, object)| object)
    }

    fn copy_entries(&mut self, entries: &Dictionary, keys: Keys, depth: usize) -> Dictionary {
        // Of layers that depend on others, `P` says how.
        let says_how = |key: &[u8], entry: &Object| key == b"P" && matches!(entry, Object::Name(_));
        let is_kept =
            |key: &[u8], entry: &Object| keys != Keys::Entries || !LEFT_OUT.contains(&key) || says_how(key, entry);
        let kept = entries.iter().filter(|(key, entry)| is_kept(key, entry));
        kept.map(|(key, entry)| (key.clone(), self.copy(entry, keys.within(key), depth + 1))).collect()
    }

    /// A page or the catalog would bring everything along.
    pub(super) fn refer(&mut self, old: ObjectId, keys: Keys) -> Object {
        if let Some(new) = self.known.get(&old) {
            return (*new).into();
        }
        let Ok(object) = self.from.get_object(old) else {
            self.is_damaged |= is_lost(self.from, old);
            return Object::Null;
        };
        let kind = object.as_dict().ok().and_then(|entries| entries.get(b"Type").and_then(Object::as_name).ok());
        if matches!(kind, Some(b"Page" | b"Pages" | b"Catalog" | b"StructElem" | b"Annot")) {
            return Object::Null;
        }
        let new = self.new_id();
        self.known.insert(old, new);
        self.waiting.push((old, keys));
        new.into()
    }
}

/// Whether the file says where an object is, and it is not there.
pub(super) fn is_lost(document: &Document, id: ObjectId) -> bool {
    document.get_object(id).is_err()
        && matches!(document.reference_table.get(id.0), Some(XrefEntry::Normal { .. } | XrefEntry::Compressed { .. }))
}

/// Whether a stream lacks the length without which its content is not read.
pub(super) fn is_cut(stream: &Stream) -> bool {
    stream.content.is_empty()
        && stream.dict.get(b"Length").map_or(true, |length| length.as_i64().is_ok_and(|length| length > 0))
}
