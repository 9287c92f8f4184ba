//! The numbers of objects: the transcript's come after those that are written already.

use lopdf::{Document, Object};

/// Raises every number, so that none is below `next`. lopdf's own renumbering takes time that grows with the square of the
/// objects.
pub(super) fn raise(document: &mut Document, next: u32) {
    let by = next.saturating_sub(1);
    let objects = std::mem::take(&mut document.objects);
    document.objects = objects
        .into_iter()
        .map(|((number, generation), mut object)| {
            raise_in(&mut object, by);
            ((number + by, generation), object)
        })
        .collect();
    document.trailer.iter_mut().for_each(|(_, object)| raise_in(object, by));
    document.max_id += by;
}

fn raise_in(object: &mut Object, by: u32) {
    match object {
        Object::Reference((number, _)) => *number += by,
        Object::Array(all) => all.iter_mut().for_each(|one| raise_in(one, by)),
        Object::Dictionary(entries) => entries.iter_mut().for_each(|(_, entry)| raise_in(entry, by)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, entry)| raise_in(entry, by)),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..) => {}
    }
}
