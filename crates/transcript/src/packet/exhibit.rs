//! A proof taken apart: each of its pages becomes one drawing (a form XObject) that stands upright with its lower left
//! corner at the origin. Only what draws is copied: no scripts, actions, forms, outlines or structure come along.

use std::collections::BTreeMap;
use std::thread;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream, dictionary};

use super::{Picture, Shrink};

/// One page of a proof.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drawing {
    /// The form or the picture.
    pub(crate) object: ObjectId,
    /// Width and height in points, as it is to be seen.
    pub(crate) size: (f32, f32),
    /// Whether it is a picture, which is drawn in a unit square.
    pub(crate) is_picture: bool,
}

/// A layer of a proof's pages (an optional content group), and whether it is seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layer {
    pub(crate) object: ObjectId,
    pub(crate) is_seen: bool,
}

/// The drawings of a proof and the objects they are made of.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) drawings: Vec<Drawing>,
    pub(crate) layers: Vec<Layer>,
    pub(crate) objects: Vec<(ObjectId, Object)>,
}

/// Why a PDF's pages cannot be laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It cannot be read without a password.
    Password,
    /// It can be read, but its maker locked it against being put together with others.
    Locked,
    /// It is damaged, or has no page.
    Damaged,
}

/// More pages than any certificate has.
const MOST_PAGES: usize = 2_000;
/// What the streams that a reader must unpack may hold, in bytes.
const MOST_UNPACKED: usize = 256 * 1024 * 1024;
const STACK: usize = 32 * 1024 * 1024;
/// How deep direct objects may lie within each other.
const MOST_DEPTH: usize = 64;
/// How many attributes a page may inherit, one from each ancestor.
const MOST_ANCESTORS: usize = 64;

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

/// The pages of a PDF; their objects are numbered from `next` on.
///
/// It is read on a thread of its own, because nobody vouches for it: a panic ends that thread alone, and whatever lies deep
/// finds a stack that is large enough.
pub(crate) fn pdf(bytes: &[u8], next: u32, merge_locked: bool, shrink: Option<Shrink<'_>>) -> Result<Parts, Refusal> {
    thread::scope(|scope| {
        let read = || read(bytes, next, merge_locked, shrink);
        let reading = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read);
        reading.ok().and_then(|reading| reading.join().ok()).unwrap_or(Err(Refusal::Damaged))
    })
}

fn read(bytes: &[u8], next: u32, merge_locked: bool, shrink: Option<Shrink<'_>>) -> Result<Parts, Refusal> {
    let options = LoadOptions::with_max_decompressed_size(MOST_UNPACKED);
    let mut document = Document::load_mem_with_options(bytes, options).map_err(|error| refusal(&error))?;
    let locked = document.was_encrypted() || document.is_encrypted();
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Refusal::Password);
    }
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    if pages.is_empty() || pages.len() > MOST_PAGES {
        return Err(Refusal::Damaged);
    }
    if locked && !merge_locked {
        return Err(Refusal::Locked);
    }
    let (known, waiting, objects) = (BTreeMap::new(), Vec::new(), Vec::new());
    let layers = layers(&document);
    let mut copier = Copier { from: &document, shrink, layers: &layers, known, waiting, next, objects };
    let mut drawings = Vec::new();
    for page in pages {
        drawings.push(copier.page(page).ok_or(Refusal::Damaged)?);
    }
    copier.follow();
    let used = copier.known.iter().filter_map(|(old, new)| Some((*new, *layers.get(old)?)));
    let layers = used.map(|(object, is_seen)| Layer { object, is_seen }).collect();
    Ok(Parts { drawings, layers, objects: copier.objects })
}

/// Every layer, and whether it is seen when the file is opened (ISO 32000-1, 8.11.4.3).
fn layers(document: &Document) -> BTreeMap<ObjectId, bool> {
    let entry = |of: &Dictionary, key: &[u8]| -> Option<Object> {
        document.dereference(of.get(key).ok()?).ok().map(|(_, object)| object.clone())
    };
    let layers = document.catalog().ok().and_then(|catalog| entry(catalog, b"OCProperties"));
    let Some(layers) = layers.as_ref().and_then(|layers| layers.as_dict().ok()) else { return BTreeMap::new() };
    let usual = entry(layers, b"D").and_then(|usual| usual.as_dict().cloned().ok()).unwrap_or_default();
    let ids = |all: Option<Object>| -> Vec<ObjectId> {
        let all = all.and_then(|all| all.as_array().cloned().ok()).unwrap_or_default();
        all.iter().filter_map(|one| one.as_reference().ok()).collect()
    };
    let is_seen = entry(&usual, b"BaseState").is_none_or(|state| state.as_name().is_ok_and(|name| name != b"OFF"));
    let mut seen: BTreeMap<ObjectId, bool> =
        ids(entry(layers, b"OCGs")).into_iter().map(|layer| (layer, is_seen)).collect();
    seen.extend(ids(entry(&usual, b"ON")).into_iter().map(|layer| (layer, true)));
    seen.extend(ids(entry(&usual, b"OFF")).into_iter().map(|layer| (layer, false)));
    seen
}

fn refusal(error: &lopdf::Error) -> Refusal {
    match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Refusal::Password,
        _ => Refusal::Damaged,
    }
}

/// A JPEG without what a camera wrote beside the picture: where and by whom it was taken, and which way up it was held,
/// which no reader of a PDF heeds. Colour profiles stay. What is no whole JPEG stays as it is.
fn plain_jpeg(jpeg: &[u8]) -> Vec<u8> {
    const START_OF_SCAN: u8 = 0xda;
    // Exif and XMP, Photoshop's, comments (ITU T.81, table B.1).
    const LEFT_OUT: [u8; 3] = [0xe1, 0xed, 0xfe];
    let mut plain = jpeg.get(..2).unwrap_or(jpeg).to_vec();
    let mut rest = jpeg.get(2..).unwrap_or_default();
    while let [0xff, marker, high, low, ..] = *rest {
        let length = 2 + usize::from(u16::from_be_bytes([high, low]));
        if marker == START_OF_SCAN || length > rest.len() {
            break;
        }
        let (segment, after) = rest.split_at(length);
        if !LEFT_OUT.contains(&marker) {
            plain.extend_from_slice(segment);
        }
        rest = after;
    }
    plain.extend_from_slice(rest);
    plain
}

/// Photos, scans, or pages drawn before: JPEGs as they are.
pub(crate) fn pictures(pictures: Vec<Picture>, next: u32) -> Parts {
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
        parts.objects.push((object, Stream::new(head, jpeg).with_compression(false).into()));
    }
    parts
}

/// What the keys of a dictionary are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keys {
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
struct Copier<'d> {
    from: &'d Document,
    shrink: Option<Shrink<'d>>,
    layers: &'d BTreeMap<ObjectId, bool>,
    known: BTreeMap<ObjectId, ObjectId>,
    waiting: Vec<(ObjectId, Keys)>,
    next: u32,
    objects: Vec<(ObjectId, Object)>,
}

impl<'d> Copier<'d> {
    fn new_id(&mut self) -> ObjectId {
        let id = (self.next, 0);
        self.next += 1;
        id
    }

    fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.new_id();
        self.objects.push((id, object.into()));
        id
    }

    /// Copies everything that was referred to and is not here yet.
    fn follow(&mut self) {
        while let Some((old, keys)) = self.waiting.pop() {
            let Some(new) = self.known.get(&old).copied() else { continue };
            let copied = self.from.get_object(old).map_or(Object::Null, |object| self.copy(object, keys, 0));
            self.objects.push((new, copied));
        }
    }

    fn copy(&mut self, object: &Object, keys: Keys, depth: usize) -> Object {
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
                let mut entries = self.copy_entries(&stream.dict, Keys::Entries, depth);
                // A stream whose bytes lie in another file.
                for key in [b"F".as_slice(), b"FFilter", b"FDecodeParms"] {
                    entries.remove(key);
                }
                let is_jpeg = entries.get(b"Filter").and_then(Object::as_name).is_ok_and(|name| name == b"DCTDecode");
                let content = if is_jpeg { plain_jpeg(&stream.content) } else { stream.content.clone() };
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
    fn refer(&mut self, old: ObjectId, keys: Keys) -> Object {
        if let Some(new) = self.known.get(&old) {
            return (*new).into();
        }
        let Ok(object) = self.from.get_object(old) else { return Object::Null };
        let kind = object.as_dict().ok().and_then(|entries| entries.get(b"Type").and_then(Object::as_name).ok());
        if matches!(kind, Some(b"Page" | b"Pages" | b"Catalog" | b"StructElem" | b"Annot")) {
            return Object::Null;
        }
        let new = self.new_id();
        self.known.insert(old, new);
        self.waiting.push((old, keys));
        new.into()
    }

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
        let mut content = self.content(page)?;
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
    /// one stream to the next.
    fn content(&self, page: &'d Dictionary) -> Option<Stream> {
        let streams: Vec<&Stream> = match self.resolved(page.get(b"Contents").ok()) {
            None | Some(Object::Null) => Vec::new(),
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(all)) => {
                all.iter().filter_map(|one| self.resolved(Some(one))?.as_stream().ok()).collect()
            }
            Some(_) => return None,
        };
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
            let unpacked =
                if stream.dict.has(b"Filter") { stream.decompressed_content().ok()? } else { stream.content.clone() };
            joined.extend(unpacked);
            joined.push(b'\n');
        }
        let mut stream = Stream::new(Dictionary::new(), joined);
        // It stays as it is where packing fails.
        let _ = stream.compress();
        Some(stream)
    }

    /// What stamps, signatures and filled-in fields look like: their appearance, and how it comes to its place.
    fn appearances(&self, page: &'d Dictionary) -> Vec<(ObjectId, [f32; 6])> {
        let all = self.resolved(page.get(b"Annots").ok()).and_then(|all| all.as_array().ok());
        all.into_iter().flatten().filter_map(|one| self.appearance(self.resolved(Some(one))?.as_dict().ok()?)).collect()
    }

    /// ISO 32000-1, 12.5.5: the appearance's box, transformed, is fitted into the annotation's rectangle.
    fn appearance(&self, annotation: &'d Dictionary) -> Option<(ObjectId, [f32; 6])> {
        const HIDDEN: i64 = 0b10_0010; // hidden, or not to be viewed
        let flags = self.resolved(annotation.get(b"F").ok()).and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
        let kind = annotation.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        let layer = annotation.get(b"OC").and_then(Object::as_reference);
        if layer.is_ok_and(|layer| self.layers.get(&layer) == Some(&false)) {
            return None;
        }
        if flags & HIDDEN != 0 || matches!(kind, b"Link" | b"Popup") {
            return None;
        }
        let looks = self.resolved(annotation.get(b"AP").ok())?.as_dict().ok()?;
        let mut id = looks.get(b"N").and_then(Object::as_reference).ok();
        let mut normal = self.resolved(looks.get(b"N").ok())?;
        if let Object::Dictionary(states) = normal {
            let state = annotation.get(b"AS").and_then(Object::as_name).ok()?;
            id = states.get(state).and_then(Object::as_reference).ok();
            normal = self.resolved(states.get(state).ok())?;
        }
        let form = normal.as_stream().ok()?;
        let rectangle = self.rectangle(self.resolved(annotation.get(b"Rect").ok()))?;
        let bounds = self.rectangle(self.resolved(form.dict.get(b"BBox").ok()))?;
        let matrix = self.resolved(form.dict.get(b"Matrix").ok()).and_then(|matrix| self.numbers::<6>(matrix));
        let matrix = matrix.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        let corners = [(bounds.0, bounds.1), (bounds.2, bounds.1), (bounds.0, bounds.3), (bounds.2, bounds.3)];
        let corners = corners.map(|corner| moved(corner, matrix));
        let span = |of: fn(&(f32, f32)) -> f32| {
            let all = corners.iter().map(of);
            (all.clone().fold(f32::MAX, f32::min), all.fold(f32::MIN, f32::max))
        };
        let ((left, right), (low, high)) = (span(|corner| corner.0), span(|corner| corner.1));
        if right - left < 0.01 || high - low < 0.01 {
            return None;
        }
        let across = (rectangle.2 - rectangle.0) / (right - left);
        let up = (rectangle.3 - rectangle.1) / (high - low);
        Some((id?, [across, 0.0, 0.0, up, rectangle.0 - left * across, rectangle.1 - low * up]))
    }

    /// A form that draws the page and then what lies on it.
    fn with_appearances(
        &mut self,
        mut page: Stream,
        bounds: (f32, f32, f32, f32),
        matrix: [f32; 6],
        appearances: Vec<(ObjectId, [f32; 6])>,
    ) -> ObjectId {
        page.dict.set("Matrix", reals([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]));
        let page = self.add(page);
        let mut forms = dictionary! { "Page" => page };
        let mut content = vec!["q /Page Do Q\n".to_owned()];
        for (index, (appearance, place)) in appearances.into_iter().enumerate() {
            let name = format!("On{index}");
            let place = place.map(|number| number.to_string()).join(" ");
            content.push(format!("q {place} cm /{name} Do Q\n"));
            let form = self.refer(appearance, Keys::Entries);
            forms.set(name, form);
        }
        let head = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => reals([bounds.0, bounds.1, bounds.2, bounds.3]),
            "Matrix" => reals(matrix),
            "Resources" => dictionary! { "XObject" => forms },
        };
        self.add(Stream::new(head, content.concat().into_bytes()))
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
    fn a_jpeg_loses_what_a_camera_wrote_and_keeps_what_it_is_drawn_by() {
        let segment = |marker: u8, text: &[u8]| {
            let length = u16::try_from(text.len() + 2).unwrap_or_default().to_be_bytes();
            [&[0xff, marker], &length[..], text].concat()
        };
        let picture = [&segment(0xda, b"scan")[..], b"\xff\xe1 no segment \xff\xd9"].concat();
        let kept = [segment(0xe0, b"JFIF"), segment(0xe2, b"ICC_PROFILE"), segment(0xee, b"Adobe")].concat();
        let whole = [&b"\xff\xd8"[..], &segment(0xe1, b"Exif 40 26 N"), &kept, &segment(0xfe, b"by Maria"), &picture];
        assert_eq!(plain_jpeg(&whole.concat()), [&b"\xff\xd8"[..], &kept, &picture].concat());
        for broken in [&b""[..], b"\xff", b"\xff\xd8\xff\xe1\xff\xff", b"no picture"] {
            assert_eq!(plain_jpeg(broken), broken);
        }
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
