//! The streams of a PDF: pictures, and contents with pictures in them.

use std::borrow::Cow;

use lopdf::{Dictionary, Document, Object, Stream};

use super::filters::{Filter, filters, unpacked};
use super::{Plain, content, find, jpeg, jpx};

/// A stream of a PDF, and in it nothing but what it is drawn by: its JPEG, however it is packed, without Exif and the like,
/// its JPEG 2000 picture, or those that stand within a content. The same stream where there is nothing to leave out; `None`
/// if the picture that it claims to be is none.
pub fn without_metadata<'s>(document: &Document, stream: &'s Stream) -> Option<Cow<'s, Stream>> {
    plain(document, stream).map(|(stream, _)| stream)
}

/// The same, and whether what was left out names a location.
pub(super) fn plain<'s>(document: &Document, stream: &'s Stream) -> Option<(Cow<'s, Stream>, bool)> {
    let as_it_is = || Some((Cow::Borrowed(stream), false));
    let filters = filters(document, &stream.dict);
    let Some(at) = filters.iter().position(Filter::is_picture) else {
        return content_of(stream, &filters);
    };
    // A part that is not there is said to be missing by who needs it.
    if stream.content.is_empty() {
        return as_it_is();
    }
    let (before, own) = filters.split_at(at);
    let unpacked = unpacked(&stream.content, before)?;
    let is_codestream = own[0].name == b"JPXDecode" && !unpacked.starts_with(jpeg::START);
    let Plain { bytes, has_location } = if is_codestream { jpx::plain(&unpacked) } else { jpeg::plain(&unpacked) }?;
    if before.is_empty() && bytes == stream.content {
        return as_it_is();
    }
    let mut head = stream.dict.clone();
    let listed = |of: &dyn Fn(&Filter) -> Object| match own {
        [only] => of(only),
        several => several.iter().map(of).collect::<Vec<_>>().into(),
    };
    plainly_packed(&mut head);
    head.set("Filter", listed(&|filter| Object::Name(filter.name.clone())));
    if own.iter().any(|filter| !matches!(filter.parameters, Object::Null)) {
        head.set("DecodeParms", listed(&|filter| filter.parameters.clone()));
    }
    Some((Cow::Owned(Stream::new(head, bytes).with_compression(false)), has_location))
}

/// Whatever it says of itself: what draws a page, a letter or a pattern may say anything.
fn content_of<'s>(stream: &'s Stream, filters: &[Filter]) -> Option<(Cow<'s, Stream>, bool)> {
    let as_it_is = Some((Cow::Borrowed(stream), false));
    let Some(unpacked) = unpacked(&stream.content, filters) else {
        // The pixels of a picture may be many.
        let is_picture = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image");
        return if is_picture || !filters.iter().all(Filter::is_known) { as_it_is } else { None };
    };
    let has = |word: &[u8]| find(&unpacked, word).is_some();
    // Letters of names may be written by their numbers.
    if !has(b"BI") || !has(b"DCT") && !has(b"#") {
        return as_it_is;
    }
    let Plain { bytes, has_location } = content::plain(&unpacked)?;
    if bytes == unpacked {
        return as_it_is;
    }
    let mut head = stream.dict.clone();
    plainly_packed(&mut head);
    let mut plain = Stream::new(head, bytes);
    // It stays as it is where packing fails.
    let _ = plain.compress();
    Some((Cow::Owned(plain.with_compression(false)), has_location))
}

/// Without what it says of how it is packed.
fn plainly_packed(head: &mut Dictionary) {
    for key in [b"Filter".as_slice(), b"DecodeParms", b"F", b"DP"] {
        head.remove(key);
    }
}
