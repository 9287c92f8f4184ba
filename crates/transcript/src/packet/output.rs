//! A PDF written object by object as it comes about, so that only one proof is in memory at a time.
//!
//! lopdf writes whole documents only, and keeps its own writing of single objects to itself.
//!
//! ISO 32000-1, 7.5: header, indirect objects, cross-reference table, trailer.

use std::io::{self, Write};

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};

/// The file so far.
pub(crate) struct Output<W> {
    to: W,
    at: u64,
    /// Where each object begins, by its number less one; 0 while it is not written.
    offsets: Vec<u64>,
}

impl<W: Write> Output<W> {
    pub(crate) fn new(to: W) -> io::Result<Self> {
        let mut output = Self { to, at: 0, offsets: Vec::new() };
        // Bytes above 127 mark the file as binary for whoever transfers it.
        output.put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")?;
        Ok(output)
    }

    /// A number for an object that will be written.
    pub(crate) fn reserve(&mut self) -> ObjectId {
        self.offsets.push(0);
        (u32::try_from(self.offsets.len()).unwrap_or(u32::MAX), 0)
    }

    /// The number that the next object gets.
    pub(crate) fn next(&self) -> u32 {
        u32::try_from(self.offsets.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    pub(crate) fn add(&mut self, object: &Object) -> io::Result<ObjectId> {
        let id = self.reserve();
        self.write(id, object)?;
        Ok(id)
    }

    /// Writes an object under a number, which need not have been reserved.
    pub(crate) fn write(&mut self, id: ObjectId, object: &Object) -> io::Result<()> {
        let place = usize::try_from(id.0).unwrap_or(usize::MAX).saturating_sub(1);
        if place >= self.offsets.len() {
            self.offsets.resize(place + 1, 0);
        }
        self.offsets[place] = self.at;
        let mut bytes = format!("{} 0 obj\n", id.0).into_bytes();
        match object {
            // Not copied: it may be a whole scan.
            Object::Stream(stream) => {
                dictionary(&mut bytes, &stream_head(stream));
                bytes.extend(b"\nstream\n");
                self.put(&bytes)?;
                self.put(&stream.content)?;
                self.put(b"\nendstream\nendobj\n")
            }
            other => {
                value(&mut bytes, other);
                bytes.extend(b"\nendobj\n");
                self.put(&bytes)
            }
        }
    }

    /// Closes the file. A number that was never written stands for nothing.
    pub(crate) fn finish(mut self, mut trailer: Dictionary) -> io::Result<W> {
        let start = self.at;
        let lines = self.offsets.iter().map(|offset| match offset {
            0 => "0000000000 00000 f \n".to_owned(),
            offset => format!("{offset:010} 00000 n \n"),
        });
        let table = format!("xref\n0 {}\n0000000000 65535 f \n", self.offsets.len() + 1);
        let mut bytes = std::iter::once(table).chain(lines).collect::<Vec<_>>().concat().into_bytes();
        trailer.set("Size", i64::try_from(self.offsets.len() + 1).unwrap_or(i64::MAX));
        bytes.extend(b"trailer\n");
        dictionary(&mut bytes, &trailer);
        bytes.extend(format!("\nstartxref\n{start}\n%%EOF\n").into_bytes());
        self.put(&bytes)?;
        self.to.flush()?;
        Ok(self.to)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }
}

fn stream_head(stream: &Stream) -> Dictionary {
    let mut head = stream.dict.clone();
    head.set("Length", i64::try_from(stream.content.len()).unwrap_or(i64::MAX));
    head
}

fn value(to: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null | Object::Stream(_) => to.extend(b"null"), // a stream is never within another object
        Object::Boolean(yes) => to.extend(yes.to_string().into_bytes()),
        Object::Integer(number) => to.extend(number.to_string().into_bytes()),
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
        Object::Reference((number, generation)) => to.extend(format!("{number} {generation} R").into_bytes()),
    }
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
        let root = output.add(&dictionary! { "Type" => "Catalog", "Pages" => late }.into()).unwrap();
        let bytes = output.finish(dictionary! { "Root" => root }).unwrap();
        let read = Document::load_mem(&bytes).unwrap();
        assert_eq!(read.get_object(kept).unwrap().as_dict().unwrap(), &strange);
        assert_eq!(read.get_object((3, 0)).unwrap().as_stream().unwrap().content, b"BT ET");
    }
}
