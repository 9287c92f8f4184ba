//! Copies objects from one document to another, renumbered, without what acts.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use flate2::{Decompress, FlushDecompress, Status};
use lopdf::xref::XrefEntry;
use lopdf::{DecompressError, Dictionary, Document, Error, Object, ObjectId, Stream, dictionary, text_string};

use super::{MOST_HELD, MOST_UNPACKED, MOST_UNPACKED_IN_ALL, drawn};
use crate::fonts::seen;
use crate::packet::{Shrink, Source, StripStream};

/// How deep direct objects may lie within each other.
const MOST_DEPTH: usize = 64;
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
            (Self::Entries, b"CharProcs" | b"Colorants" | b"Solidities" | b"DotGain" | b"FD") | (Self::Kinds, _) => {
                Self::Names
            }
            (Self::Entries | Self::Names, _) => Self::Entries,
        }
    }
}

/// Copies what a page draws with, renumbered.
pub(super) struct Copier<'d> {
    pub(super) from: &'d Document,
    pub(super) shrink: Option<Shrink<'d>>,
    pub(super) strip: StripStream,
    pub(super) layers: &'d BTreeMap<ObjectId, bool>,
    pub(super) known: BTreeMap<ObjectId, ObjectId>,
    pub(super) waiting: Vec<(ObjectId, Keys)>,
    pub(super) next: u32,
    pub(super) objects: Vec<(ObjectId, Object)>,
    /// What was unpacked so far, in bytes.
    pub(super) unpacked: Cell<u64>,
    /// Whether something that is drawn with could not be read. What is merely not there counts as nothing, as the format
    /// wants it.
    pub(super) is_damaged: bool,
    /// Whether something lies on a page that only a reader could draw.
    pub(super) is_incomplete: bool,
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
            // A program for a printer, which no viewer runs (ISO 32000-1, 8.8.2).
            Object::Stream(stream) if is_program(stream) => Object::Null,
            Object::Stream(stream) => {
                // How it is packed is said in a short word, which only some readers take, or it lies in another file.
                self.is_damaged |= is_cut(stream) || self.is_broken(stream) || stream.dict.has(b"F");
                let stream = self.plain(stream);
                let mut entries = self.copy_entries(&stream.dict, Keys::Entries, depth);
                let content = self.smaller(&stream, &mut entries).unwrap_or_else(|| stream.content.clone());
                Stream::new(entries, content).with_compression(false).into()
            }
            plain => plain.clone(),
        }
    }

    /// A stream without what its pictures say besides what they show.
    pub(super) fn plain<'s>(&mut self, stream: &'s Stream) -> Cow<'s, Stream> {
        (self.strip)(self.from, stream).unwrap_or_else(|| {
            self.is_damaged = true;
            Cow::Borrowed(stream)
        })
    }

    /// A picture within the PDF made smaller, if that is asked for and gains anything: a JPEG, or plain pixels of eight bits.
    /// Others stay as they are.
    fn smaller(&self, stream: &Stream, entries: &mut Dictionary) -> Option<Vec<u8>> {
        let shrink = self.shrink?;
        let named =
            |key: &[u8], name: &[u8]| stream.dict.get(key).is_ok_and(|entry| entry.as_name().is_ok_and(|n| n == name));
        if !named(b"Subtype", b"Image") || stream.dict.has(b"Decode") || stream.dict.has(b"Mask") {
            return None;
        }
        let colours = self.colours(&stream.dict)?;
        let smaller = if named(b"Filter", b"DCTDecode") {
            shrink(Source::Jpeg(&stream.content))
        } else {
            let number = |key: &[u8]| self.resolved_in(&stream.dict, key).and_then(|number| number.as_i64().ok());
            let length = |key: &[u8]| number(key).and_then(|length| u32::try_from(length).ok());
            let is_plain = named(b"Filter", b"FlateDecode") && number(b"BitsPerComponent") == Some(8);
            let size = (length(b"Width")?, length(b"Height")?);
            let pixels = is_plain.then(|| stream.decompressed_content_with_limit(MOST_UNPACKED).ok()).flatten()?;
            shrink(Source::Pixels { bytes: pixels, size, is_grey: colours == 1 })
        }?;
        if smaller.jpeg.len() >= stream.content.len() / 10 * 9 {
            return None;
        }
        entries.set("Filter", "DCTDecode");
        entries.set("Width", i64::from(smaller.size.0));
        entries.set("Height", i64::from(smaller.size.1));
        entries.set("ColorSpace", if smaller.is_grey { "DeviceGray" } else { "DeviceRGB" });
        entries.set("BitsPerComponent", 8);
        entries.remove(b"DecodeParms");
        Some(smaller.jpeg)
    }

    /// How many numbers make a colour of a picture, if it is grey or made of red, green and blue.
    fn colours(&self, image: &Dictionary) -> Option<i64> {
        match self.resolved_in(image, b"ColorSpace")? {
            Object::Name(name) if name == b"DeviceRGB" => Some(3),
            Object::Name(name) if name == b"DeviceGray" => Some(1),
            Object::Array(space) => {
                let is_profile = space.first()?.as_name().is_ok_and(|kind| kind == b"ICCBased");
                let (_, profile) = self.from.dereference(space.get(1)?).ok()?;
                let colours = profile.as_stream().ok()?.dict.get(b"N").ok()?.as_i64().ok()?;
                (is_profile && matches!(colours, 1 | 3)).then_some(colours)
            }
            _ => None,
        }
    }

    fn resolved_in<'o>(&'o self, entries: &'o Dictionary, key: &[u8]) -> Option<&'o Object> {
        self.from.dereference(entries.get(key).ok()?).ok().map(|(_, object)| object)
    }

    fn copy_entries(&mut self, entries: &Dictionary, keys: Keys, depth: usize) -> Dictionary {
        let is_kept = |key: &[u8], entry: &Object| match keys {
            // Of layers that depend on others, `P` says how; elsewhere it is what something belongs to.
            Keys::Entries if key == b"P" => matches!(entry, Object::Name(_)),
            Keys::Entries => drawn::ENTRIES.contains(key),
            Keys::Kinds => drawn::KINDS.contains(&key),
            Keys::Names => true,
        };
        let kept = entries.iter().filter(|(key, entry)| is_kept(key, entry));
        let copied = |(key, entry): (&Vec<u8>, &Object)| match entry {
            // What a layer is called is read by people.
            Object::String(..) if keys == Keys::Entries && key == b"Name" => {
                (key.clone(), lopdf::decode_text_string(entry).map_or(Object::Null, |name| text_string(&seen(&name))))
            }
            _ => (key.clone(), self.copy(entry, keys.within(key), depth + 1)),
        };
        kept.map(copied).collect()
    }

    /// A page or the catalog would bring everything along.
    pub(super) fn refer(&mut self, old: ObjectId, keys: Keys) -> Object {
        if let Some(new) = self.known.get(&old) {
            return (*new).into();
        }
        let Ok(object) = self.from.get_object(old) else {
            // A second list of objects, for readers that know of it, which the library does not (ISO 32000-1, 7.5.8.4).
            self.is_damaged |= is_lost(self.from, old) || self.from.trailer.has(b"XRefStm");
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

fn is_program(stream: &Stream) -> bool {
    stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|subtype| subtype == b"PS")
}

/// Whether the file says where an object is, and it is not there.
pub(super) fn is_lost(document: &Document, id: ObjectId) -> bool {
    document.get_object(id).is_err()
        && matches!(document.reference_table.get(id.0), Some(XrefEntry::Normal { .. } | XrefEntry::Compressed { .. }))
}

impl Copier<'_> {
    /// Whether the file unpacks to more than may be.
    pub(super) fn is_too_much(&self) -> bool {
        self.unpacked.get() > MOST_UNPACKED_IN_ALL
    }

    fn charge(&self, bytes: u64) {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes));
    }

    /// What a stream unpacks to, held in memory; nothing if it cannot be unpacked, or is too much.
    pub(super) fn held(&self, stream: &Stream) -> Option<Vec<u8>> {
        match stream.decompressed_content_with_limit(MOST_HELD) {
            Ok(unpacked) => {
                self.charge(unpacked.len() as u64);
                (!self.is_too_much()).then_some(unpacked)
            }
            Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                self.charge(u64::MAX);
                None
            }
            Err(_) => None,
        }
    }

    /// Whether what a stream holds cannot be unpacked to its end, or is other than what was packed.
    pub(super) fn is_broken(&self, stream: &Stream) -> bool {
        let filters = stream.filters().unwrap_or_default();
        let Some(at) = filters.iter().position(|filter| matches!(*filter, b"FlateDecode" | b"Fl")) else {
            return false;
        };
        if stream.content.is_empty() {
            return false;
        }
        let packed = if at == 0 {
            Cow::Borrowed(&stream.content)
        } else {
            let written = filters[..at].iter().map(|filter| Object::Name(filter.to_vec())).collect::<Vec<_>>();
            match self.held(&Stream::new(dictionary! { "Filter" => written }, stream.content.clone())) {
                Some(packed) => Cow::Owned(packed),
                None => return true,
            }
        };
        // Some makers leave out the checksum at the end.
        let bare = || packed.get(2..).is_some_and(|bare| self.unpack(bare, false).is_some_and(|rest| rest < 4));
        self.unpack(&packed, true).is_none() && !bare()
    }

    /// How many bytes follow what was unpacked, if it could be.
    fn unpack(&self, packed: &[u8], has_checksum: bool) -> Option<usize> {
        let (rest, unpacked) = unpacked(packed, has_checksum)?;
        self.charge(if unpacked > MOST_UNPACKED as u64 { u64::MAX } else { unpacked });
        Some(rest)
    }
}

/// How many bytes follow what was unpacked, and how many that is, if it could be.
fn unpacked(packed: &[u8], has_checksum: bool) -> Option<(usize, u64)> {
    let mut inflate = Decompress::new(has_checksum);
    let mut room = vec![0; 64 * 1024];
    let mut rest = packed;
    loop {
        let (read, written) = (inflate.total_in(), inflate.total_out());
        let status = inflate.decompress(rest, &mut room, FlushDecompress::None).ok()?;
        rest = rest.get(usize::try_from(inflate.total_in() - read).ok()?..)?;
        // Nobody looks at all of what is made to be endless.
        if status == Status::StreamEnd || inflate.total_out() > MOST_UNPACKED as u64 {
            return Some((rest.len(), inflate.total_out()));
        }
        if (inflate.total_in(), inflate.total_out()) == (read, written) {
            return None;
        }
    }
}

/// Whether a stream lacks the length without which its content is not read.
pub(super) fn is_cut(stream: &Stream) -> bool {
    stream.content.is_empty()
        && stream.dict.get(b"Length").map_or(true, |length| length.as_i64().is_ok_and(|length| length > 0))
}
