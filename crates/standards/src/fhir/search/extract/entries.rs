use serde_json::Value;

use super::{date, element, label, number, reference, string, token};
use crate::fhir::search::entry::{ELEMENTS_MAX, IndexEntry, IndexValue, ParamKey};
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::{Parameters, SearchParameter};

/// The index entries of a resource by the parameters of R4: sorted, each once.
///
/// `_id` and `_lastUpdated` have none, since a store keeps both beside the resource. A resource of an
/// unknown type has none either, and a value of an unexpected shape is passed over.
#[must_use]
pub fn extract(resource: &Value) -> Vec<IndexEntry> {
    let resource_type = resource.get("resourceType").and_then(Value::as_str).unwrap_or_default();
    let mut entries = Vec::new();
    for parameter in Parameters::r4().of(resource_type) {
        collect(resource_type, parameter, resource, &mut entries);
    }
    entries.sort_by(IndexEntry::order);
    entries.dedup();
    entries
}

fn collect(
    resource_type: &str,
    parameter: &SearchParameter,
    resource: &Value,
    entries: &mut Vec<IndexEntry>,
) {
    let mut element = 0;
    parameter.values.visit(resource, &mut |found| match parameter.kind {
        SearchKind::Composite => {
            element += 1;
            if element <= ELEMENTS_MAX {
                element::parts(parameter, resource, found, element, entries);
            }
        }
        kind => {
            let mut add = |value| entries.push(of_resource(parameter.key, value));
            values(kind, found, &mut add);
            match kind {
                SearchKind::Token => {
                    label::values(found, &mut add);
                    element += 1;
                    if element <= ELEMENTS_MAX {
                        element::of_type(resource_type, &parameter.code, found, element, entries);
                    }
                }
                SearchKind::Reference => {
                    let key = || ParamKey::identifier(resource_type, &parameter.code);
                    reference::identifiers(found, &mut |value| entries.push(of_resource(key(), value)));
                }
                _ => {}
            }
        }
    });
}

const fn of_resource(param: ParamKey, value: IndexValue) -> IndexEntry {
    IndexEntry { param, element: 0, value }
}

/// The values of a kind that is read from one place.
pub(super) fn values(kind: SearchKind, found: &Value, add: &mut dyn FnMut(IndexValue)) {
    match kind {
        SearchKind::Id | SearchKind::LastUpdated | SearchKind::Composite => {}
        SearchKind::Token => token::values(found, add),
        SearchKind::String => string::values(found, add),
        SearchKind::Date => date::values(found, add),
        SearchKind::Number => number::numbers(found, add),
        SearchKind::Quantity => number::quantities(found, add),
        SearchKind::Reference => reference::references(found, add),
        SearchKind::Uri => reference::uris(found, add),
    }
}
