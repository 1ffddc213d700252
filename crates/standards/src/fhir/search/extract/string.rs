//! Strings (FHIR R4, 3.1.1.4.8).

use serde_json::Value;

use crate::fhir::search::entry::IndexValue;
use crate::fhir::search::text::normalise;

/// The parts of `HumanName` and `Address` that are searched; `use`, `period` and the like are not.
const PARTS: [&str; 11] = [
    "city",
    "country",
    "district",
    "family",
    "given",
    "line",
    "postalCode",
    "prefix",
    "state",
    "suffix",
    "text",
];

/// A string as it stands; each part of a `HumanName` or `Address` on its own.
pub(super) fn values(found: &Value, add: &mut dyn FnMut(IndexValue)) {
    match found {
        Value::String(exact) => string(exact, add),
        Value::Object(members) => {
            for part in PARTS.iter().filter_map(|part| members.get(*part)) {
                strings(part, add);
            }
        }
        _ => {}
    }
}

fn strings(part: &Value, add: &mut dyn FnMut(IndexValue)) {
    match part {
        Value::String(exact) => string(exact, add),
        Value::Array(items) => items.iter().for_each(|item| strings(item, add)),
        _ => {}
    }
}

fn string(exact: &str, add: &mut dyn FnMut(IndexValue)) {
    let value = normalise(exact);
    if !value.is_empty() {
        add(IndexValue::String { value, exact: exact.to_owned() });
    }
}
