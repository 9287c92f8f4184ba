//! A PDF written object by object as it comes about, so that only one proof is in memory at a time.
//!
//! lopdf writes whole documents only, copies them for it, and keeps its own writing of single objects to itself.
//!
//! ISO 32000-1, 7.5: header, indirect objects, object streams, cross-reference stream.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use rayon::prelude::*;

/// How many small objects share a stream: enough to compress well, few enough to be read at once.
const MOST_PACKED: usize = 2_000;
/// In bytes, for what strangers' files call small.
const LARGEST_PACK: usize = 1 << 20;

/// How many such streams wait to be compressed at once. Not as many as there are processors: the bytes would tell.
const MOST_FULL: usize = 8;

/// The file so far.
pub(crate) struct Output<W> {
    to: W,
    at: u64,
    /// Where each object is, by its number less one.
    places: Vec<Place>,
    pack: Pack,
    /// Full ones, to be compressed at once.
    full: Vec<Pack>,
}

/// Where an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It was never written and stands for nothing.
    Nowhere,
    /// From this byte on.
    At(u64),
    /// Within the stream of this number, at this place in its list.
    Packed(u32, u16),
}

/// Small objects that are written as one stream: a fifth of the size.
#[derive(Debug, Default)]
struct Pack {
    /// Their numbers, and where each begins.
    objects: Vec<(u32, usize)>,
    bytes: Vec<u8>,
}

impl<W: Write> Output<W> {
    pub(crate) fn new(to: W) -> io::Result<Self> {
        let (places, pack, full) = (Vec::new(), Pack::default(), Vec::new());
        let mut output = Self { to, at: 0, places, pack, full };
        // Bytes above 127 mark the file as binary for whoever transfers it.
        output.put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")?;
        Ok(output)
    }

    /// A number for an object that will be written.
    pub(crate) fn reserve(&mut self) -> ObjectId {
        self.places.push(Place::Nowhere);
        (count(self.places.len()), 0)
    }

    /// The number that the next object gets.
    pub(crate) fn next(&self) -> u32 {
        count(self.places.len()).saturating_add(1)
    }

    /// How many bytes there are so far.
    pub(crate) fn written(&self) -> u64 {
        self.at
    }

    /// Keeps the numbers up to this one for objects that were numbered elsewhere.
    pub(crate) fn keep(&mut self, last: u32) {
        let last = usize::try_from(last).unwrap_or(usize::MAX);
        self.places.resize(last.max(self.places.len()), Place::Nowhere);
    }

    pub(crate) fn add(&mut self, object: &Object) -> io::Result<ObjectId> {
        let id = self.reserve();
        self.write(id, object)?;
        Ok(id)
    }

    /// Writes an object under a number that was reserved or kept.
    pub(crate) fn write(&mut self, id: ObjectId, object: &Object) -> io::Result<()> {
        if let Object::Stream(stream) = object {
            return self.write_stream(id, stream);
        }
        self.pack(id.0, |to| value(to, object))
    }

    /// Writes a small object under a number that was reserved or kept.
    pub(crate) fn pack(&mut self, number: u32, write: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        self.pack.objects.push((number, self.pack.bytes.len()));
        write(&mut self.pack.bytes);
        self.pack.bytes.push(b'\n');
        if self.pack.objects.len() == MOST_PACKED || self.pack.bytes.len() >= LARGEST_PACK {
            self.full.push(std::mem::take(&mut self.pack));
        }
        if self.full.len() == MOST_FULL { self.unload() } else { Ok(()) }
    }

    fn write_stream(&mut self, id: ObjectId, stream: &Stream) -> io::Result<()> {
        let (head, body) = finished(stream)?;
        self.place(id.0, Place::At(self.at));
        self.put(&opened(id.0, &head))?;
        // Not copied: it may be a whole scan.
        self.put(&body)?;
        self.put(END)
    }

    /// Writes a stream that was made ready by [`ready`].
    pub(crate) fn write_ready(&mut self, number: u32, begin: &[u8], body: &[u8]) -> io::Result<()> {
        self.place(number, Place::At(self.at));
        self.put(begin)?;
        self.put(body)?;
        self.put(END)
    }

    /// Writes a stream whose bytes are read, however many there are.
    pub(crate) fn add_from(&mut self, mut head: Dictionary, from: &mut dyn Read) -> io::Result<ObjectId> {
        let (id, length) = (self.reserve(), self.reserve());
        self.place(id.0, Place::At(self.at));
        head.set("Filter", "FlateDecode");
        // It is known in the end only.
        head.set("Length", length);
        self.put(&opened(id.0, &head))?;
        let before = self.at;
        let mut deflate = ZlibEncoder::new(Counted { to: &mut self.to, at: &mut self.at }, Compression::new(3));
        io::copy(from, &mut deflate)?;
        deflate.finish()?;
        let written = self.at - before;
        self.put(END)?;
        self.pack(length.0, |to| integer(to, written))?;
        Ok(id)
    }

    /// Writes the small objects that have come together.
    fn unload(&mut self) -> io::Result<()> {
        let packs = std::mem::take(&mut self.full);
        let streams = packs.par_iter().map(Pack::stream).collect::<io::Result<Vec<_>>>()?;
        for (pack, stream) in packs.iter().zip(streams) {
            let id = self.reserve();
            for (index, (number, _)) in (0_u16..).zip(&pack.objects) {
                self.place(*number, Place::Packed(id.0, index));
            }
            self.write_stream(id, &stream)?;
        }
        Ok(())
    }

    fn place(&mut self, number: u32, place: Place) {
        let index = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
        self.places[index] = place;
    }

    /// Closes the file; of the trailer it needs the root and the id.
    pub(crate) fn finish(mut self, trailer: &Dictionary) -> io::Result<W> {
        self.full.extend(Some(std::mem::take(&mut self.pack)).filter(|pack| !pack.objects.is_empty()));
        self.unload()?;
        let start = self.at;
        let id = self.reserve();
        self.place(id.0, Place::At(start));
        // The first entry heads the list of the free.
        let entries = std::iter::once(Place::Nowhere).chain(self.places.iter().copied()).flat_map(entry);
        let content: Vec<u8> = entries.collect();
        let mut head = dictionary! {
            "Type" => "XRef",
            "Size" => i64::from(self.next()),
            "W" => vec![1.into(), 5.into(), 2.into()],
        };
        for key in ["Root", "ID"] {
            if let Ok(value) = trailer.get(key.as_bytes()) {
                head.set(key, value.clone());
            }
        }
        self.write_stream(id, &Stream::new(head, content))?;
        self.put(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.to.flush()?;
        Ok(self.to)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }
}

/// Counts what is written.
struct Counted<'c, W> {
    to: &'c mut W,
    at: &'c mut u64,
}

impl<W: Write> Write for Counted<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        *self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

const END: &[u8] = b"\nendstream\nendobj\n";

fn opened(number: u32, head: &Dictionary) -> Vec<u8> {
    let mut bytes = format!("{number} 0 obj\n").into_bytes();
    dictionary(&mut bytes, head);
    bytes.extend(b"\nstream\n");
    bytes
}

/// Writes an object as it will stand in the file; of a stream how it begins, and returns its bytes.
pub(crate) fn ready<'o>(to: &mut Vec<u8>, number: u32, object: &'o Object) -> io::Result<Option<Cow<'o, [u8]>>> {
    let Object::Stream(stream) = object else {
        value(to, object);
        return Ok(None);
    };
    let (head, body) = finished(stream)?;
    to.extend(opened(number, &head));
    Ok(Some(body))
}

impl Pack {
    fn stream(&self) -> io::Result<Stream> {
        let mut content = Vec::with_capacity(self.bytes.len() + self.objects.len() * 14);
        for (number, at) in &self.objects {
            integer(&mut content, *number);
            content.push(b' ');
            integer(&mut content, *at);
            content.push(b' ');
        }
        let head = dictionary! {
            "Type" => "ObjStm",
            "N" => i64::from(count(self.objects.len())),
            "First" => i64::from(count(content.len())),
            "Filter" => "FlateDecode",
        };
        content.extend(&self.bytes);
        Ok(Stream::new(head, deflate(&content)?))
    }
}

/// No file comes near the limit of numbers.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A line of the cross-reference stream: what kind of place, where, and where within it (ISO 32000-1, table 18).
fn entry(place: Place) -> [u8; 8] {
    let (kind, at, within) = match place {
        Place::Nowhere => (0, 0, u16::MAX),
        Place::At(at) => (1, at, 0),
        Place::Packed(stream, index) => (2, u64::from(stream), index),
    };
    let mut entry = (at << 16 | u64::from(within)).to_be_bytes();
    entry[0] = kind;
    entry
}

/// A stream's bytes made smaller.
pub(crate) fn deflate(bytes: &[u8]) -> io::Result<Vec<u8>> {
    thread_local! {
        // One for many: a new one would clear half a megabyte first. Half as deep as usual: a long transcript is there a
        // tenth sooner, and its file is a twentieth larger.
        static DEFLATE: RefCell<ZlibEncoder<Vec<u8>>> = RefCell::new(ZlibEncoder::new(Vec::new(), Compression::new(3)));
    }
    DEFLATE.with_borrow_mut(|deflate| {
        deflate.write_all(bytes)?;
        deflate.reset(Vec::new())
    })
}

/// Does so with a stream where it may.
pub(crate) fn compress(stream: &mut Stream) -> io::Result<()> {
    if is_as_it_came(stream) {
        stream.content = deflate(&stream.content)?;
        stream.dict.set("Filter", "FlateDecode");
    }
    Ok(())
}

fn is_as_it_came(stream: &Stream) -> bool {
    stream.allows_compression && !stream.dict.has(b"Filter")
}

/// A stream as it stands in the file.
///
/// No compressed stream may end in a carriage return: with the line feed that follows it would read as one line end, and
/// the stream as a byte shorter than its `/Length` (ISO 19005-3, 6.1.7.1). Whatever decodes it knows its own end.
fn finished(stream: &Stream) -> io::Result<(Dictionary, Cow<'_, [u8]>)> {
    let (mut head, mut body) = (stream.dict.clone(), Cow::Borrowed(&*stream.content));
    if is_as_it_came(stream) {
        // Even where that gains nothing: what a file holds or ends in must not read as the stream's end.
        head.set("Filter", "FlateDecode");
        body = Cow::Owned(deflate(&body)?);
    }
    if head.has(b"Filter") && body.last() == Some(&b'\r') {
        body.to_mut().push(b'\n');
    }
    head.set("Length", i64::try_from(body.len()).unwrap_or(i64::MAX));
    Ok((head, body))
}

pub(crate) fn value(to: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null | Object::Stream(_) => to.extend(b"null"), // a stream is never within another object
        Object::Boolean(yes) => to.extend(yes.to_string().into_bytes()),
        Object::Integer(number) => integer(to, *number),
        Object::Real(number) => to.extend(real(*number).into_bytes()),
        Object::Name(name) => self::name(to, name),
        Object::String(text, format) => string(to, text, *format == StringFormat::Hexadecimal),
        Object::Array(all) => {
            to.push(b'[');
            for (index, one) in all.iter().enumerate() {
                if index > 0 {
                    to.push(b' ');
                }
                value(to, one);
            }
            to.push(b']');
        }
        Object::Dictionary(entries) => dictionary(to, entries),
        Object::Reference((number, _)) => reference(to, *number),
    }
}

pub(crate) fn integer(to: &mut Vec<u8>, number: impl itoa::Integer) {
    to.extend(itoa::Buffer::new().format(number).as_bytes());
}

/// Apart from what stands before it. No object here is a later version of another.
pub(crate) fn reference(to: &mut Vec<u8>, number: u32) {
    to.push(b' ');
    integer(to, number);
    to.extend(b" 0 R");
}

fn dictionary(to: &mut Vec<u8>, entries: &Dictionary) {
    to.extend(b"<<");
    for (key, entry) in entries {
        name(to, key);
        to.push(b' ');
        value(to, entry);
    }
    to.extend(b">>");
}

/// A number as PDF has it: no exponent, no infinity.
fn real(number: f32) -> String {
    if number.is_finite() { format!("{number}") } else { "0".to_owned() }
}

fn name(to: &mut Vec<u8>, name: &[u8]) {
    to.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"#()<>[]{}/%".contains(byte) {
            to.push(*byte);
        } else {
            to.extend(format!("#{byte:02x}").into_bytes());
        }
    }
}

fn string(to: &mut Vec<u8>, text: &[u8], as_hexadecimal: bool) {
    if as_hexadecimal {
        to.push(b'<');
        to.extend(text.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()));
        to.push(b'>');
        return;
    }
    to.push(b'(');
    for byte in text {
        match byte {
            b'(' | b')' | b'\\' => to.extend([b'\\', *byte]),
            b'\r' => to.extend(b"\\r"), // read as a line feed otherwise
            _ => to.push(*byte),
        }
    }
    to.push(b')');
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use lopdf::{Document, dictionary};

    use super::*;

    #[test]
    fn whatever_is_written_is_read_back_the_same() {
        let mut output = Output::new(Vec::new()).unwrap();
        let strange = dictionary! {
            "A b#" => Object::string_literal(b"a(b)\\c\r\n\x00\xff".to_vec()),
            "H" => Object::String(vec![0, 1, 255], StringFormat::Hexadecimal),
            "L" => vec![Object::Null, true.into(), (-3).into(), Object::Real(0.000_01), Object::Real(-2.5)],
            "D" => dictionary! { "R" => Object::Reference((1, 0)) },
        };
        let kept = output.add(&strange.clone().into()).unwrap();
        let late = output.reserve();
        let stream = Stream::new(dictionary! {}, b"BT ET".to_vec());
        output.add(&stream.into()).unwrap();
        let pages = dictionary! { "Type" => "Pages", "Kids" => Vec::<Object>::new(), "Count" => 0 };
        output.write(late, &pages.into()).unwrap();
        let elsewhere = output.next();
        output.keep(elsewhere);
        output.write((elsewhere, 0), &Object::Boolean(true)).unwrap();
        let root = output.add(&dictionary! { "Type" => "Catalog", "Pages" => late }.into()).unwrap();
        let bytes = output.finish(&dictionary! { "Root" => root }).unwrap();
        let read = Document::load_mem(&bytes).unwrap();
        assert!(read.get_object((elsewhere, 0)).unwrap().as_bool().unwrap());
        assert_eq!(read.get_object(kept).unwrap().as_dict().unwrap(), &strange);
        assert_eq!(read.get_object((3, 0)).unwrap().as_stream().unwrap().decompressed_content().unwrap(), b"BT ET");
    }
}
