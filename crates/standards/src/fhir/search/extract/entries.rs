use serde_json::Value;

use super::{date, number, reference, string, token};
use crate::fhir::search::entry::{IndexEntry, IndexValue};
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::{Parameters, SearchParameter};

/// The index entries of a resource by the parameters of R4: sorted, each once.
///
/// `_id` and `_lastUpdated` have none, since a store keeps both beside the resource. A resource of an
/// unknown type has none either, and a value of an unexpected shape is passed over.
#[must_use]
pub fn extract(resource: &Value) -> Vec<IndexEntry> {
    let resource_type = resource.get("resourceType").and_then(Value::as_str);
    let parameters = Parameters::r4().of(resource_type.unwrap_or_default());
    let mut entries = Vec::new();
    for parameter in parameters {
        collect(parameter, resource, &mut entries);
    }
    entries.sort_by(IndexEntry::order);
    entries.dedup();
    entries
}

fn collect(parameter: &SearchParameter, resource: &Value, entries: &mut Vec<IndexEntry>) {
    let add = &mut |value| {
        entries.push(IndexEntry { param: parameter.key, value });
    };
    parameter.values.visit(resource, &mut |found| values(parameter.kind, found, add));
}

fn values(kind: SearchKind, found: &Value, add: &mut dyn FnMut(IndexValue)) {
    match kind {
        SearchKind::Id | SearchKind::LastUpdated => {}
        SearchKind::Token => token::values(found, add),
        SearchKind::String => string::values(found, add),
        SearchKind::Date => date::values(found, add),
        SearchKind::Number => number::numbers(found, add),
        SearchKind::Quantity => number::quantities(found, add),
        SearchKind::Reference => reference::references(found, add),
        SearchKind::Uri => reference::uris(found, add),
    }
}
