//! What a record changes about the packs: packs of her own, and values that the holder knows better.

use std::borrow::Cow;

use serde_json::Value;

use super::{Pack, PackFault, Packs, check};
use crate::record::{Override, Record};

impl Packs {
    /// These packs as the record wants them: with its own ones, and with its values in the packs that its credentials use.
    /// Nothing is copied for a record without either.
    pub fn with(&self, record: &Record) -> Result<Cow<'_, Self>, PackFault> {
        if record.packs.is_empty() && record.overrides.is_empty() {
            return Ok(Cow::Borrowed(self));
        }
        let mut packs = self.clone();
        for (index, own) in record.packs.iter().enumerate() {
            packs.add(own).map_err(|fault| fault.below(&format!("packs[{index}]")))?;
        }
        for pack in &mut packs.0 {
            let changes: Vec<&Override> = record.overrides.iter().filter(|change| change.pack == pack.id).collect();
            let is_used = record.credentials.iter().any(|credential| credential.pack == pack.id);
            if is_used && !changes.is_empty() {
                *pack = overlaid(pack, &changes).map_err(|fault| in_record(&fault, record, pack))?;
            }
        }
        Ok(Cow::Owned(packs))
    }

    /// The same as far as it goes: what of the record cannot be judged by is left out, and named. So an update of a pack
    /// never takes an evaluation away.
    pub(crate) fn as_far_as_sound(&self, record: &Record) -> (Cow<'_, Self>, Vec<PackFault>) {
        match self.with(record) {
            Ok(packs) => return (packs, Vec::new()),
            Err(fault) if record.packs.len() + record.overrides.len() == 1 => {
                return (Cow::Borrowed(self), vec![fault]);
            }
            Err(_) => {}
        }
        let mut packs = self.clone();
        let mut faults = Vec::new();
        for (index, own) in record.packs.iter().enumerate() {
            if let Err(fault) = packs.add(own) {
                faults.push(PackFault { path: format!("packs[{index}]"), reason: fault.to_string() });
            }
        }
        for (index, change) in record.overrides.iter().enumerate() {
            let is_used = record.credentials.iter().any(|credential| credential.pack == change.pack);
            let Some(pack) = packs.0.iter_mut().find(|pack| is_used && pack.id == change.pack) else { continue };
            match overlaid(pack, &[change]) {
                Ok(changed) => *pack = changed,
                Err(fault) => {
                    let reason = in_record(&fault, record, pack).reason;
                    faults.push(PackFault { path: format!("overrides[{index}]"), reason });
                }
            }
        }
        (Cow::Owned(packs), faults)
    }

    /// All that one pack serves, or nothing of it.
    fn add(&mut self, own: &Value) -> Result<(), PackFault> {
        let own = Pack::check_value(own).map_err(first)?;
        if let Some(known) = own.iter().find(|pack| self.get(&pack.id).is_some()) {
            let reason = format!("there is a pack “{}” already; give yours another id", known.id);
            return Err(PackFault { path: "credentials".to_owned(), reason });
        }
        self.0.extend(own);
        Ok(())
    }
}

fn first(faults: Vec<PackFault>) -> PackFault {
    faults.into_iter().next().unwrap_or_else(|| PackFault { path: String::new(), reason: "is not a pack".to_owned() })
}

/// A fault of an overlaid pack, with its place in the record: one changed value, or all of them together.
fn in_record(fault: &PackFault, record: &Record, pack: &Pack) -> PackFault {
    let is_at_fault = |change: &Override| change.pack == pack.id && change.path == fault.path;
    if let Some(index) = record.overrides.iter().position(is_at_fault) {
        return PackFault { path: format!("overrides[{index}]"), reason: fault.to_string() };
    }
    let reason = format!("with these values {} cannot be judged by: {fault}", pack.name);
    PackFault { path: "overrides".to_owned(), reason }
}

/// The pack with the holder's values, each in its place: `requirements.total.needed`, `late.0.until.1.days`. An element
/// of a list is named by its id, by its way, or counted from nought.
pub(crate) fn overlaid(pack: &Pack, overrides: &[&Override]) -> Result<Pack, PackFault> {
    // A pack writes every field, also those that hold nothing, so that each of them is a place.
    let mut file = serde_json::to_value(pack).unwrap_or_default();
    let mut changed = pack.clone();
    for change in overrides {
        let fault = |reason: String| PackFault { path: change.path.clone(), reason };
        *place(&mut file, &change.path).map_err(fault)? = change.value.clone();
        // A single value is at fault where it stands; in a larger one the place within it matters.
        let is_single = !change.value.is_object() && !change.value.is_array();
        changed = check::from_value(&file)
            .map_err(|within| fault(if is_single { within.reason } else { within.to_string() }))?;
    }
    match changed.faults().into_iter().next() {
        Some(fault) => Err(fault),
        None => Ok(Pack { id: pack.id.clone(), name: pack.name.clone(), full_name: pack.full_name.clone(), ..changed }),
    }
}

/// In bytes; each part of a path nests deeper, and what is nested without end cannot even be dropped.
const LONGEST_PATH: usize = 400;

/// Where a path leads. A field that is not there yet is made; the reader refuses it if the format does not know it.
fn place<'a>(file: &'a mut Value, path: &str) -> Result<&'a mut Value, String> {
    if path.len() > LONGEST_PATH {
        return Err(format!("leads nowhere: a path has at most {LONGEST_PATH} characters"));
    }
    let mut here = file;
    for part in path.replace('[', ".").replace(']', "").split('.') {
        if here.is_null() {
            *here = Value::Object(serde_json::Map::new());
        }
        here = match here {
            Value::Object(fields) => fields.entry(part).or_insert(Value::Null),
            Value::Array(list) => element(list, part)?,
            _ => return Err(format!("leads nowhere: before “{part}” stands a single value")),
        };
    }
    Ok(here)
}

fn element<'a>(list: &'a mut [Value], part: &str) -> Result<&'a mut Value, String> {
    let name = |item: &Value| item.get("id").or_else(|| item.get("way")).and_then(Value::as_str).map(str::to_owned);
    let has: Vec<String> =
        list.iter().enumerate().map(|(i, item)| name(item).unwrap_or_else(|| i.to_string())).collect();
    let index = has.iter().position(|name| name == part).or_else(|| part.parse().ok());
    let reason = || format!("leads nowhere: the list has no “{part}”; it has: {}", has.join(", "));
    index.and_then(|index| list.get_mut(index)).ok_or_else(reason)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::pack::check::tests::{sound, text};
    use crate::record::Holder;

    fn change(path: &str, value: Value) -> Override {
        let on = "2026-03-04".parse().unwrap();
        Override { pack: "cbk-glb".into(), path: path.into(), value, reason: "I asked".into(), on }
    }

    fn pack() -> Pack {
        Pack::check(&text(&sound())).unwrap().remove(0)
    }

    fn changed(changes: &[Override]) -> Result<Value, PackFault> {
        let changes: Vec<&Override> = changes.iter().collect();
        overlaid(&pack(), &changes).map(|pack| serde_json::to_value(pack).unwrap())
    }

    fn packs() -> Packs {
        Packs(Pack::check(&text(&sound())).unwrap())
    }

    fn record(changes: &Value) -> Record {
        let mut record = json!({
            "schema": crate::record::SCHEMA,
            "holder": { "name": "Ann" },
            "credentials": [{ "id": "bees", "pack": "cbk-glb", "certified_on": "2024-05-01" }],
        });
        record.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        Record::from_json(&record.to_string()).unwrap()
    }

    #[test]
    fn a_changed_value_stands_where_its_path_leads() {
        for (path, place, value) in [
            ("requirements.total.needed", "/requirements/0/needed", json!("25")),
            ("requirements[0].needed", "/requirements/0/needed", json!("25")),
            (
                "requirements.ways.paths.shown.requirements.show.amount",
                "/requirements/6/paths/1/requirements/0/amount",
                json!("4"),
            ),
            ("limits.elsewhere.points", "/limits/0/points", json!("12")),
            ("late.0.until.1.days", "/late/0/until/1/days", json!(60)),
            ("late[0].until[1].days", "/late/0/until/1/days", json!(60)),
            ("apply.mail.by.days", "/apply/1/by/days", json!(-20)),
            ("convert.hour.points", "/convert/0/points", json!({ "low": "1", "high": "2" })),
            ("sources.call", "/sources/call/title", json!({ "title": "I called them" })),
            ("verified_on", "/verified_on", json!("2026-03-04")),
            ("period.0.from_age", "/period/0/from_age", json!(18)),
            ("limits.elsewhere.when.applied.from", "/limits/0/when/applied/from", json!("2026-01-01")),
            ("windows.period.question", "/windows/1/question", json!(null)),
        ] {
            let changes = [change("convert.hour.question", json!("How many?")), change(path, value.clone())];
            let now = changed(&changes).unwrap_or_else(|fault| panic!("{fault}"));
            let now = now.pointer(place).unwrap_or_else(|| panic!("{place} is not there"));
            assert_eq!(*now, if path == "sources.call" { json!("I called them") } else { value }, "{path}");
        }
    }

    #[test]
    fn the_later_of_two_values_for_one_place_holds() {
        let changes =
            [change("requirements.total.needed", json!("25")), change("requirements.total.needed", json!("28"))];
        assert_eq!(changed(&changes).unwrap()["requirements"][0]["needed"], "28");
    }

    #[test]
    fn nothing_else_changes_and_the_pack_keeps_its_name() {
        let now = overlaid(&pack(), &[&change("requirements.total.needed", json!("25"))]).unwrap();
        let back = overlaid(&now, &[&change("requirements.total.needed", json!("30"))]).unwrap();
        assert_ne!(now, pack());
        assert_eq!(back, pack());
        assert_eq!(
            (back.id.as_str(), back.name.as_str(), back.full_name.as_str()),
            ("cbk-glb", "CBK (GLB)", "Certified Beekeeper")
        );
    }

    #[test]
    fn a_value_that_cannot_stand_there_is_refused_with_its_path_and_the_reason() {
        for (path, value, told) in [
            ("requirements.totl.needed", json!("25"), "the list has no “totl”; it has: total, hive"),
            ("requirements.total.neded", json!("25"), "no field “neded”"),
            ("requirement.total.needed", json!("25"), "no field “requirement”"),
            ("requirements.total.needed.points", json!("25"), "before “points” stands a single value"),
            ("late.7.until", json!([]), "the list has no “7”; it has: 0"),
            ("late.-1.until", json!([]), "the list has no “-1”"),
            ("limits.elsewhere.points", json!(12), "must be text in quotation marks: \"12\""),
            ("limits.elsewhere.points", json!("12,5"), "“12,5” is not an amount"),
            ("limits.elsewhere", json!({ "id": "elsewhere" }), "is missing"),
            ("requirements.total.needed", json!(null), "must be points as text"),
            ("requirements.ways.paths.course.requirements.course.needed", json!(1), "must be points as text"),
            ("", json!(null), "no field “”"),
        ] {
            let fault = changed(&[change(path, value)]).unwrap_err();
            assert_eq!(fault.path, path, "{fault}");
            assert!(fault.reason.contains(told), "{fault} does not say {told}");
        }
    }

    #[test]
    fn values_that_together_make_a_faulty_pack_are_refused_with_the_fault() {
        let fault = changed(&[change("requirements.total.needed", json!("5"))]).unwrap_err();
        assert_eq!(fault.path, "requirements[0].needed");
        let together = [change("limits.elsewhere.points", json!(null)), change("limits.elsewhere.count", json!(3))];
        assert!(changed(&together).is_ok());
        assert_eq!(changed(&together[..1]).unwrap_err().path, "limits[0]");
    }

    #[test]
    fn a_record_that_changes_nothing_copies_nothing() {
        let packs = packs();
        assert!(matches!(packs.with(&Record::new(Holder::default())), Ok(Cow::Borrowed(_))));
    }

    #[test]
    fn a_record_changes_only_its_own_pack() {
        let value = json!({ "pack": "cbk-glb", "path": "requirements.total.needed", "value": "25", "reason": "r", "on": "2026-03-04" });
        let packs = packs();
        let packs = packs.with(&record(&json!({ "overrides": [value] }))).unwrap();
        let needed =
            |id: &str| serde_json::to_value(packs.get(id).unwrap()).unwrap()["requirements"][0]["needed"].clone();
        assert_eq!((needed("cbk-glb"), needed("mbk-glb")), (json!("25"), json!("30")));
    }

    #[test]
    fn a_value_for_a_pack_that_no_credential_uses_is_passed_over() {
        for pack in ["unknown-glb", "mbk-glb"] {
            let value = json!({ "pack": pack, "path": "no.where", "value": 1, "reason": "r", "on": "2026-03-04" });
            assert!(packs().with(&record(&json!({ "overrides": [value] }))).is_ok(), "{pack}");
        }
    }

    #[test]
    fn a_value_that_cannot_be_kept_is_named_by_its_place_in_the_record() {
        let value = |path: &str, value: Value| json!({ "pack": "cbk-glb", "path": path, "value": value, "reason": "r", "on": "2026-03-04" });
        let overrides =
            json!([value("requirements.total.needed", json!("25")), value("limits.none.points", json!("1"))]);
        let fault = packs().with(&record(&json!({ "overrides": overrides }))).unwrap_err();
        assert_eq!(fault.path, "overrides[1]");
        assert!(fault.reason.starts_with("limits.none.points: leads nowhere"), "{fault}");
        let fault = packs().with(&record(&json!({ "overrides": [value("period.0.months", json!(0))] }))).unwrap_err();
        assert_eq!(fault.path, "overrides");
        assert!(fault.reason.contains("CBK (GLB)") && fault.reason.contains("period[0].months"), "{fault}");
    }

    #[test]
    fn a_record_brings_packs_of_its_own() {
        let mut own = sound();
        own["credentials"] = json!([{ "id": "own-glb", "name": "Own", "full_name": "My own" }]);
        own["period"] = json!([{ "months": 24, "basis": "official", "source": "rules" }]);
        own["limits"][1]["when"] = json!({});
        let packs = packs();
        let with = packs.with(&record(&json!({ "packs": [own] }))).unwrap();
        assert_eq!(with.iter().map(|pack| pack.id.as_str()).collect::<Vec<_>>(), ["cbk-glb", "mbk-glb", "own-glb"]);
    }

    #[test]
    fn a_pack_of_the_record_is_refused_where_it_is_faulty_or_takes_a_known_id() {
        let fault = packs().with(&record(&json!({ "packs": [sound()] }))).unwrap_err();
        assert_eq!(fault.path, "packs[0].credentials");
        assert!(fault.reason.contains("give yours another id"), "{fault}");
        let mut faulty = sound();
        faulty["requirements"][0]["needed"] = json!("0");
        let fault = packs().with(&record(&json!({ "packs": [faulty] }))).unwrap_err();
        assert_eq!(fault.path, "packs[0].requirements[0].needed");
        let fault = packs().with(&record(&json!({ "packs": ["x".repeat(2 << 20)] }))).unwrap_err();
        assert_eq!(fault.path, "packs[0]");
        assert!(fault.reason.contains("KiB"), "{fault}");
    }
}
