//! A proof taken apart: each of its pages becomes one drawing (a form XObject) that stands upright with its lower left
//! corner at the origin. Only what draws is copied: no scripts, actions, forms, outlines, structure or metadata come along.

mod appearances;
mod copier;
mod drawn;
mod fields;
mod layers;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use lopdf::{Dictionary, Document, EncryptionState, LoadOptions, Object, ObjectId, Stream, dictionary};
use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::{Picture, Shrink, StripStream};
use crate::output;
use copier::{Copier, Keys};

/// One page of a proof.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Drawing {
    /// The form or the picture.
    pub(crate) object: ObjectId,
    /// Width and height in points, as it is to be seen.
    pub(crate) size: (f32, f32),
    /// Whether it is a picture, which is drawn in a unit square.
    pub(crate) is_picture: bool,
}

/// A layer of a proof's pages (an optional content group), and whether it is seen.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Layer {
    pub(crate) object: ObjectId,
    pub(crate) is_seen: bool,
}

/// The drawings of a proof and the objects they are made of, as they will stand in the packet.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Parts {
    pub(crate) drawings: Vec<Drawing>,
    pub(crate) layers: Vec<Layer>,
    /// Whether something lies on the pages that only a reader could draw.
    pub(crate) is_incomplete: bool,
    written: Vec<Written>,
    /// All that was written of the objects, one after the other. It travels beside the rest.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// One object.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Written {
    number: u32,
    /// How many bytes were written of it.
    length: usize,
    /// Of a stream, which bytes of the file are its own, unless they were written: a scan need not travel back.
    stream: Option<(usize, usize)>,
}

/// What is shorter travels as it is.
const SHORT: usize = 32 * 1024;

/// An object of a proof, on its way into the packet.
pub(crate) enum Part<'p> {
    /// What stands in the file.
    Small(&'p [u8]),
    /// How a stream begins, and its bytes.
    Stream(&'p [u8], &'p [u8]),
}

impl Parts {
    fn add(&mut self, number: u32, object: &Object, file: &[u8]) -> io::Result<()> {
        let before = self.bytes.len();
        let body = output::ready(&mut self.bytes, number, object)?;
        let stream = body.map(|body| {
            let own = if body.len() < SHORT { None } else { position(file, &body) };
            if own.is_none() {
                self.bytes.extend_from_slice(&body);
            }
            own.map_or((0, 0), |at| (at, body.len()))
        });
        self.written.push(Written { number, length: self.bytes.len() - before, stream });
        Ok(())
    }

    /// Whether all that is referred to is here, and nothing else is numbered: whoever took a stranger's file apart may have
    /// been led astray by it.
    pub(crate) fn holds(&self, next: u32, file: &[u8]) -> bool {
        let numbers: BTreeSet<u32> = self.written.iter().map(|object| object.number).collect();
        let end = u32::try_from(numbers.len()).ok().and_then(|count| next.checked_add(count));
        let are_in_a_row = numbers.len() == self.written.len()
            && numbers.first().is_none_or(|first| *first == next)
            && numbers.last().is_none_or(|last| last.checked_add(1) == end);
        let length = self.written.iter().try_fold(0_usize, |length, object| length.checked_add(object.length));
        let is_size = |side: f32| side.is_finite() && side > 0.0;
        let is_sound = |drawing: &Drawing| {
            numbers.contains(&drawing.object.0) && is_size(drawing.size.0) && is_size(drawing.size.1)
        };
        are_in_a_row
            && length == Some(self.bytes.len())
            && !self.drawings.is_empty()
            && self.drawings.iter().all(is_sound)
            && self.written.iter().filter_map(|object| object.stream).all(|own| within(file, own).is_some())
            && self.layers.iter().all(|layer| numbers.contains(&layer.object.0))
    }

    /// The highest number.
    pub(crate) fn last(&self) -> u32 {
        self.written.iter().map(|object| object.number).max().unwrap_or(0)
    }

    /// Every object and its number.
    pub(crate) fn objects<'p>(&'p self, file: &'p [u8]) -> impl Iterator<Item = (u32, Part<'p>)> {
        let mut rest = self.bytes.as_slice();
        self.written.iter().map(move |object| {
            let (bytes, after) = rest.split_at(object.length.min(rest.len()));
            rest = after;
            let part = match object.stream {
                None => Part::Small(bytes),
                Some(own) => Part::Stream(bytes, within(file, own).unwrap_or_default()),
            };
            (object.number, part)
        })
    }
}

fn within(file: &[u8], (at, length): (usize, usize)) -> Option<&[u8]> {
    file.get(at..at.checked_add(length)?)
}

/// Where the bytes of a stream stand in the file, if they do.
fn position(file: &[u8], body: &[u8]) -> Option<usize> {
    let at = memmem::find(file, body.get(..64)?)?;
    (within(file, (at, body.len()))? == body).then_some(at)
}

/// Why a PDF's pages cannot be laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// It cannot be read without a password.
    Password,
    /// It can be read, but its maker locked it against being put together with others.
    Locked,
    /// It is damaged, or has no page.
    Damaged,
    /// It unpacks to more than any proof does, or its pages are too much work to be drawn.
    TooMuchWork,
    /// What reads it failed.
    Unsafe,
}

/// More pages than any certificate has.
const MOST_PAGES: usize = 2_000;
/// What one stream may unpack to, in bytes: a page scanned in colours as finely as scanners do.
const MOST_UNPACKED: usize = 256 * 1024 * 1024;
/// What all of them may.
const MOST_UNPACKED_IN_ALL: u64 = 2 * 1024 * 1024 * 1024;
/// What one that is held in memory unpacked may: lists of objects, what a page draws.
const MOST_HELD: usize = 64 * 1024 * 1024;
/// How many attributes a page may inherit, one from each ancestor.
const MOST_ANCESTORS: usize = 64;

/// The pages of a PDF; their objects are numbered from `next` on.
///
/// Files are put together though their makers locked them against that only if `merge_locked` says so: for one's own
/// application it is legitimate, but she is to be asked. `shrink` makes the pictures within smaller, where the packet must
/// not be large.
///
/// `strip` removes from each picture what it is not drawn by, such as where it was taken.
pub fn take_apart(
    bytes: &[u8],
    next: u32,
    merge_locked: bool,
    shrink: Option<Shrink<'_>>,
    strip: StripStream,
) -> Result<Parts, Refusal> {
    let options = LoadOptions::with_max_decompressed_size(MOST_HELD);
    let mut document = Document::load_mem_with_options(bytes, options).map_err(|error| refusal(&error))?;
    let locked = document.was_encrypted() || document.is_encrypted();
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Refusal::Password);
    }
    if locked && !merge_locked {
        return Err(Refusal::Locked);
    }
    if document.encryption_state.as_ref().is_some_and(is_garbled) {
        return Err(Refusal::Damaged);
    }
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    if pages.is_empty() || pages.len() > MOST_PAGES || pages.len() < declared(&document) {
        return Err(Refusal::Damaged);
    }
    let (known, waiting, objects) = (BTreeMap::new(), Vec::new(), Vec::new());
    let layers = layers::layers(&document);
    let mut copier = Copier {
        from: &document,
        shrink,
        strip,
        layers: &layers,
        known,
        waiting,
        next,
        objects,
        unpacked: Cell::new(0),
        is_damaged: false,
        is_incomplete: false,
    };
    let mut drawings = Vec::new();
    for page in pages {
        let drawing = copier.page(page);
        if copier.is_too_much() {
            return Err(Refusal::TooMuchWork);
        }
        drawings.push(drawing.ok_or(Refusal::Damaged)?);
    }
    copier.follow();
    if copier.is_too_much() {
        return Err(Refusal::TooMuchWork);
    }
    if copier.is_damaged {
        return Err(Refusal::Damaged);
    }
    let used = copier.known.iter().filter_map(|(old, new)| Some((*new, *layers.get(old)?)));
    let layers = used.map(|(object, is_seen)| Layer { object, is_seen }).collect();
    let mut parts = Parts { drawings, layers, is_incomplete: copier.is_incomplete, ..Parts::default() };
    for ((number, _), object) in std::mem::take(&mut copier.objects) {
        parts.add(number, &object, bytes).map_err(|_| Refusal::Damaged)?;
    }
    Ok(parts)
}

/// Whether it was decrypted by the wrong method. The library takes the oldest one where it does not find the method that is
/// named, as where that stands in an object of its own (ISO 32000-1, 7.6.5).
fn is_garbled(state: &EncryptionState) -> bool {
    let names = [state.default_stream_filter(), state.default_string_filter()];
    state.version() >= 4 && names.iter().any(|name| !state.crypt_filters().contains_key(*name))
}

/// How many pages the file says it has. Where fewer are found, the others are lost.
fn declared(document: &Document) -> usize {
    let tree = document.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference);
    let tree = tree.and_then(|tree| document.get_dictionary(tree));
    let count = tree.and_then(|tree| tree.get(b"Count")).and_then(Object::as_i64);
    count.ok().and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
}

fn refusal(error: &lopdf::Error) -> Refusal {
    match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Refusal::Password,
        _ => Refusal::Damaged,
    }
}

/// Photos, scans, or pages drawn before: JPEGs as they are.
pub(crate) fn pictures(pictures: Vec<Picture>, next: u32) -> io::Result<Parts> {
    let mut parts = Parts::default();
    for (picture, number) in pictures.into_iter().zip(next..) {
        let Picture { jpeg, size: (width, height), is_grey } = picture;
        let head = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => i64::from(width),
            "Height" => i64::from(height),
            "ColorSpace" => if is_grey { "DeviceGray" } else { "DeviceRGB" },
            "BitsPerComponent" => 8,
            "Filter" => "DCTDecode",
        };
        let object = (number, 0);
        #[expect(clippy::cast_precision_loss, reason = "pictures have some thousand pixels a side")]
        let size = (width as f32, height as f32);
        parts.drawings.push(Drawing { object, size, is_picture: true });
        parts.add(number, &Stream::new(head, jpeg).with_compression(false).into(), b"")?;
    }
    Ok(parts)
}

impl<'d> Copier<'d> {
    fn page(&mut self, id: ObjectId) -> Option<Drawing> {
        let page = self.from.get_dictionary(id).ok()?;
        let bounds = self.bounds(page)?;
        let unit = self.resolved(page.get(b"UserUnit").ok()).and_then(number).filter(|unit| *unit > 0.0).unwrap_or(1.0);
        let turn = self.inherited(page, b"Rotate").and_then(|object| object.as_i64().ok()).unwrap_or(0);
        let (matrix, size) = upright(bounds, turn.rem_euclid(360) / 90, unit);
        let resources = match self.inherited(page, b"Resources") {
            Some(resources) => self.copy(resources, Keys::Kinds, 0),
            None => Dictionary::new().into(),
        };
        let content = self.content(page)?;
        let mut content = self.plain(&content).into_owned();
        content.dict.set("Type", "XObject");
        content.dict.set("Subtype", "Form");
        content.dict.set("BBox", reals([bounds.0, bounds.1, bounds.2, bounds.3]));
        content.dict.set("Resources", resources);
        if let Ok(group) = page.get(b"Group") {
            content.dict.set("Group", self.copy(group, Keys::Entries, 0));
        }
        let appearances = self.appearances(page);
        let object = if appearances.is_empty() {
            content.dict.set("Matrix", reals(matrix));
            self.add(content)
        } else {
            self.with_appearances(content, bounds, matrix, appearances)
        };
        Some(Drawing { object, size, is_picture: false })
    }

    /// What is seen of a page: the crop box within the media box.
    fn bounds(&self, page: &'d Dictionary) -> Option<(f32, f32, f32, f32)> {
        let media = self.rectangle(self.inherited(page, b"MediaBox"))?;
        let crop = self.rectangle(self.inherited(page, b"CropBox")).unwrap_or(media);
        let both = (media.0.max(crop.0), media.1.max(crop.1), media.2.min(crop.2), media.3.min(crop.3));
        let is_sound = |bounds: &(f32, f32, f32, f32)| {
            let (width, height) = (bounds.2 - bounds.0, bounds.3 - bounds.1);
            width > 1.0 && height > 1.0 && width < 100_000.0 && height < 100_000.0
        };
        [both, media].into_iter().find(is_sound)
    }

    fn rectangle(&self, object: Option<&'d Object>) -> Option<(f32, f32, f32, f32)> {
        let corners = self.numbers::<4>(object?)?;
        let [a, b, c, d] = corners;
        Some((a.min(c), b.min(d), a.max(c), b.max(d)))
    }

    fn numbers<const N: usize>(&self, object: &'d Object) -> Option<[f32; N]> {
        let all = object.as_array().ok()?;
        let read: Vec<f32> = all.iter().map(|one| self.resolved(Some(one)).and_then(number)).collect::<Option<_>>()?;
        read.try_into().ok()
    }

    fn resolved(&self, object: Option<&'d Object>) -> Option<&'d Object> {
        self.from.dereference(object?).ok().map(|(_, object)| object)
    }

    /// An entry of a page, or of what it lies in.
    fn inherited(&self, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
        let mut at = page;
        for _ in 0..MOST_ANCESTORS {
            if let Some(found) = self.resolved(at.get(key).ok()) {
                return Some(found);
            }
            at = self.resolved(at.get(b"Parent").ok())?.as_dict().ok()?;
        }
        None
    }

    /// The page's content as one stream: as it is if it is one, else unpacked and joined, for a sequence may go on from
    /// one stream to the next. None if some of it cannot be read.
    fn content(&self, page: &'d Dictionary) -> Option<Stream> {
        let streams: Vec<&Stream> = match self.resolved(page.get(b"Contents").ok()) {
            None | Some(Object::Null) => Vec::new(),
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(all)) => {
                all.iter().filter_map(|one| self.resolved(Some(one))?.as_stream().ok()).collect()
            }
            Some(_) => return None,
        };
        let parts = match page.get(b"Contents") {
            Ok(only @ Object::Reference(_)) => std::slice::from_ref(only),
            Ok(Object::Array(all)) => all.as_slice(),
            _ => &[],
        };
        let mut parts = parts.iter().filter_map(|part| part.as_reference().ok());
        if parts.any(|part| copier::is_lost(self.from, part))
            || streams.iter().any(|stream| copier::is_cut(stream) || self.is_broken(stream) || stream.dict.has(b"F"))
        {
            return None;
        }
        if let [only] = streams.as_slice() {
            let mut head = Dictionary::new();
            for key in [b"Filter".as_slice(), b"DecodeParms"] {
                if let Some(entry) = self.resolved(only.dict.get(key).ok()) {
                    head.set(key, entry.clone());
                }
            }
            return Some(Stream::new(head, only.content.clone()).with_compression(false));
        }
        let mut joined = Vec::new();
        for stream in streams {
            joined.extend(if stream.dict.has(b"Filter") { self.held(stream)? } else { stream.content.clone() });
            joined.push(b'\n');
        }
        let mut stream = Stream::new(Dictionary::new(), joined);
        // It stays as it is where packing fails.
        let _ = stream.compress();
        Some(stream)
    }
}

/// Where a matrix brings a point.
fn moved((x, y): (f32, f32), matrix: [f32; 6]) -> (f32, f32) {
    (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
}

fn number(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|number| number.is_finite())
}

fn reals<const N: usize>(numbers: [f32; N]) -> Object {
    numbers.into_iter().map(Object::Real).collect::<Vec<_>>().into()
}

/// What brings the seen part of a page, turned clockwise by so many quarters, to the origin; and its size then.
fn upright((left, low, right, high): (f32, f32, f32, f32), quarters: i64, unit: f32) -> ([f32; 6], (f32, f32)) {
    let (across, up) = (right - left, high - low);
    let (matrix, size) = match quarters {
        1 => ([0.0, -1.0, 1.0, 0.0, -low, right], (up, across)),
        2 => ([-1.0, 0.0, 0.0, -1.0, right, high], (across, up)),
        3 => ([0.0, 1.0, -1.0, 0.0, high, -left], (up, across)),
        _ => ([1.0, 0.0, 0.0, 1.0, -left, -low], (across, up)),
    };
    (matrix.map(|number| number * unit), (size.0 * unit, size.1 * unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_says_in_a_short_word_how_it_is_packed_is_damaged() {
        let taken_apart = |head: Dictionary| {
            let mut document = Document::with_version("1.7");
            let picture = document.add_object(Stream::new(head, vec![0; 8]).with_compression(false));
            let content = document.add_object(Stream::new(Dictionary::new(), b"/P Do".to_vec()));
            let tree = document.new_object_id();
            let page = document.add_object(dictionary! {
                "Type" => "Page", "Parent" => tree, "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
                "Resources" => dictionary! { "XObject" => dictionary! { "P" => picture } }, "Contents" => content,
            });
            document.objects.insert(tree, dictionary! { "Kids" => vec![page.into()], "Count" => 1 }.into());
            let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
            document.trailer.set("Root", root);
            let mut bytes = Vec::new();
            assert!(document.save_to(&mut bytes).is_ok());
            take_apart(&bytes, 1, false, None, |_, stream| Some(std::borrow::Cow::Borrowed(stream))).err()
        };
        assert_eq!(taken_apart(dictionary! { "Subtype" => "Image" }), None);
        assert_eq!(taken_apart(dictionary! { "Subtype" => "Image", "F" => "DCTDecode" }), Some(Refusal::Damaged));
    }

    #[test]
    fn a_turned_page_stands_upright_at_the_origin() {
        let corners = [(10.0, 20.0), (110.0, 220.0)];
        for quarters in 0..4 {
            let (matrix, size) = upright((10.0, 20.0, 110.0, 220.0), quarters, 2.0);
            let mut seen = corners.map(|corner| moved(corner, matrix));
            seen.sort_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
            let (xs, ys) = (seen.map(|corner| corner.0), seen.map(|corner| corner.1));
            let lowest = |all: [f32; 2]| all[0].min(all[1]);
            let highest = |all: [f32; 2]| all[0].max(all[1]);
            assert_eq!((lowest(xs), lowest(ys)), (0.0, 0.0), "{quarters}");
            assert_eq!((highest(xs), highest(ys)), size, "{quarters}");
        }
    }
}
