//! References: which types and profiles their targets must have (FHIR R4, 2.3).

use serde_json::Value;

use super::item::Item;
use crate::fhir::definitions::Definitions;
use crate::fhir::validation::reference::target_type;

/// The type that a reference says it leads to: by its text, by the resource it is contained in, or by `type`.
pub(super) fn named_type<'a>(item: &Item<'a>, container: &'a Value) -> Option<&'a str> {
    let literal = item.text("reference");
    let pointed = literal.and_then(|text| target_type(Definitions::r4(), text, container).ok().flatten());
    pointed.or_else(|| item.text("type").filter(|name| !name.contains(':')))
}

/// The type a target profile is about, as its URL says it where the profile is not known.
pub(super) fn type_by_url(url: &str) -> Option<&str> {
    url.strip_prefix("http://hl7.org/fhir/StructureDefinition/")
        .filter(|name| Definitions::r4().is_resource(name) || *name == "Resource")
}

/// What a reference leads to within its own container: `#id` and the container itself.
pub(super) fn contained<'a>(reference: &str, container: &'a Value) -> Option<&'a Value> {
    let id = reference.strip_prefix('#')?;
    if id.is_empty() {
        return Some(container);
    }
    let contained = container.get("contained").and_then(Value::as_array)?;
    contained.iter().find(|resource| resource.get("id").and_then(Value::as_str) == Some(id))
}

/// What a reference leads to within a Bundle: by `fullUrl`, or by type and id (FHIR R4, 2.36.4.1).
pub(super) fn bundled<'a>(reference: &str, bundle: &'a Value) -> Option<&'a Value> {
    let entries = bundle.get("entry").and_then(Value::as_array)?;
    let text = |value: &'a Value, name: &str| value.get(name).and_then(Value::as_str);
    let is_meant = |entry: &&'a Value| {
        let resource = entry.get("resource").unwrap_or(&Value::Null);
        let named = text(resource, "resourceType").zip(text(resource, "id"));
        text(entry, "fullUrl") == Some(reference) || named == reference.split_once('/') && named.is_some()
    };
    entries.iter().find(is_meant)?.get("resource")
}
