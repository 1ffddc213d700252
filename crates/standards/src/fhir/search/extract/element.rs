//! Values that are found together only, because they stand in one element.

use serde_json::Value;

use super::entries::values;
use super::text;
use crate::fhir::search::entry::{IndexEntry, IndexValue, ParamKey};
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::SearchParameter;

/// The parts of a composite in one element (FHIR R4, 3.1.1.4.14); none unless it has all of them.
pub(super) fn parts(
    parameter: &SearchParameter,
    resource: &Value,
    found: &Value,
    element: u32,
    entries: &mut Vec<IndexEntry>,
) {
    let before = entries.len();
    for component in &parameter.components {
        let so_far = entries.len();
        component.visit(resource, found, &mut |found| {
            values(component.kind, found, &mut |value| {
                entries.push(IndexEntry { param: component.key, element, value });
            });
        });
        if entries.len() == so_far {
            return entries.truncate(before);
        }
    }
}

/// Type and value of an `Identifier`, for `:of-type` (FHIR R4, 3.1.1.4.10); none unless it has both.
pub(super) fn of_type(
    resource_type: &str,
    code: &str,
    found: &Value,
    element: u32,
    entries: &mut Vec<IndexEntry>,
) {
    let (Some(kind), Some(number)) =
        (found.get("type").filter(|kind| kind.is_object()), text(found, "value"))
    else {
        return;
    };
    let code = format!("{code}:of-type");
    let part = |at| ParamKey::part(resource_type, &code, at);
    let before = entries.len();
    let number = IndexValue::Token { system: None, code: number.to_owned() };
    values(SearchKind::Token, kind, &mut |value| {
        entries.push(IndexEntry { param: part(0), element, value });
    });
    if entries.len() > before {
        entries.push(IndexEntry { param: part(1), element, value: number });
    }
}
