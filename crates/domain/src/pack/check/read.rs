//! From text to a pack, or to the place where it is none.

use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde_json::Value;

use super::cut;
use crate::pack::{Advice, AnyOf, Condition, Minimum, Pack, PackFault, SCHEMA};
use crate::plain::{place, plain};

/// In bytes; far above any issuer's rules.
const MOST_TEXT: usize = 1 << 20;

const TWICE: &str = "occurs twice";

/// Reads a file. The reader itself refuses nesting beyond 128.
pub(in crate::pack) fn from_text(text: &str) -> Result<Pack, PackFault> {
    is_short(text.len())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Places are only followed where something is wrong: it takes as long as reading, and every start reads all packs.
    if let Ok(pack) = serde_json::from_str(text) {
        return Ok(pack);
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let pack = read(&mut reader).map_err(|fault| match serde_json::from_str(text) {
        Ok(value) => closer(&value, fault),
        Err(_) => fault,
    })?;
    reader.end().map_err(|error| PackFault { path: String::new(), reason: plain(&error.to_string()) })?;
    Ok(pack)
}

/// The same of JSON that is read already, however long.
pub(in crate::pack) fn from_value(value: &Value) -> Result<Pack, PackFault> {
    read(value).map_err(|fault| closer(value, fault))
}

pub(super) fn is_short(bytes: usize) -> Result<(), PackFault> {
    if bytes <= MOST_TEXT {
        return Ok(());
    }
    let reason = format!("has {} KiB; a pack has at most {} KiB", bytes.div_ceil(1024), MOST_TEXT / 1024);
    Err(PackFault { path: String::new(), reason })
}

fn read<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<T, PackFault>
where
    D::Error: fmt::Display,
{
    serde_path_to_error::deserialize(from).map_err(|error| {
        let path = place(&error);
        let reason = error.inner().to_string();
        // Of a field that is missing or doubled serde tells the place of the whole.
        let named = [("missing field `", "is missing"), ("duplicate field `", TWICE)];
        let field =
            named.into_iter().find_map(|(start, told)| Some((reason.strip_prefix(start)?.split_once('`')?.0, told)));
        match field {
            Some((field, told)) => PackFault { path: field.to_owned(), reason: told.to_owned() }.below(&path),
            None => {
                PackFault { path: path.trim_end_matches('?').trim_end_matches('.').to_owned(), reason: plain(&reason) }
            }
        }
    })
}

impl PackFault {
    /// The same of something that stands at `at`.
    pub(in crate::pack) fn below(self, at: &str) -> Self {
        let path = if at.is_empty() || self.path.is_empty() {
            format!("{at}{}", self.path)
        } else {
            format!("{at}.{}", self.path)
        };
        Self { path, ..self }
    }
}

/// The same fault with a closer place. Another schema explains whatever else is wrong. A requirement is read once its
/// kind is known, and then nobody remembers where; so it is read again on its own. What stood twice stands there once by
/// now.
fn closer(value: &Value, fault: PackFault) -> PackFault {
    if let Some(schema) = value.get("schema").and_then(Value::as_str).filter(|schema| *schema != SCHEMA) {
        return PackFault { path: "schema".to_owned(), reason: other_schema(schema) };
    }
    if !fault.path.starts_with("requirements[") || fault.reason == TWICE {
        return fault;
    }
    value.get("requirements").and_then(|list| first_fault("requirements", list)).unwrap_or(fault)
}

pub(super) fn other_schema(schema: &str) -> String {
    format!("is “{}”; this version of Recert reads {SCHEMA}", cut(schema))
}

fn first_fault(at: &str, requirements: &Value) -> Option<PackFault> {
    let each = requirements.as_array()?.iter().enumerate();
    each.into_iter().find_map(|(index, requirement)| fault_of(&format!("{at}[{index}]"), requirement))
}

fn fault_of(at: &str, requirement: &Value) -> Option<PackFault> {
    let mut fields = requirement.as_object()?.clone();
    let fault = match fields.remove("kind")?.as_str()? {
        "minimum" => read::<Minimum, _>(&Value::Object(fields)).err(),
        "condition" => read::<Condition, _>(&Value::Object(fields)).err(),
        "advice" => read::<Advice, _>(&Value::Object(fields)).err(),
        "any_of" => {
            let paths = fields.get("paths").and_then(Value::as_array).into_iter().flatten().enumerate();
            let mut lists = paths.filter_map(|(index, path)| Some((index, path.get("requirements")?)));
            let on_path = |(index, list)| first_fault(&format!("{at}.paths[{index}].requirements"), list);
            return lists.find_map(on_path).or_else(|| Some(read::<AnyOf, _>(&Value::Object(fields)).err()?.below(at)));
        }
        _ => None,
    };
    Some(fault?.below(at))
}
