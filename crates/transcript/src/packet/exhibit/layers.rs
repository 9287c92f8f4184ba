//! The layers of a file (optional content), which its pages can show or hide.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Every layer, and whether it is seen when the file is opened (ISO 32000-1, 8.11.4.3).
pub(super) fn layers(document: &Document) -> BTreeMap<ObjectId, bool> {
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
