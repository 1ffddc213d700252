//! References and URIs (FHIR R4, 3.1.1.4.12 and 3.1.1.4.13).

use serde_json::Value;

use super::{text, token};
use crate::fhir::search::entry::IndexValue;
use crate::fhir::search::reference::target;

/// A `Reference` by its address, an `Attachment` by its url, a canonical or URI as it stands.
pub(super) fn references(found: &Value, add: &mut dyn FnMut(IndexValue)) {
    let address = found.as_str().or_else(|| text(found, "reference")).or_else(|| text(found, "url"));
    if let Some(target) = address.and_then(target) {
        add(IndexValue::Reference { target: target.to_owned() });
    }
}

/// A URI as it stands; a canonical with a version also without it, since either may be asked for.
pub(super) fn uris(found: &Value, add: &mut dyn FnMut(IndexValue)) {
    let Some(uri) = found.as_str().filter(|uri| !uri.is_empty()) else {
        return;
    };
    let mut add = |value: &str| {
        add(IndexValue::Uri { value: value.to_owned() });
    };
    add(uri);
    if let Some((canonical, _version)) = uri.split_once('|') {
        add(canonical);
    }
}

/// The identifier that stands in a `Reference`, beside an address or instead of one.
pub(super) fn identifiers(found: &Value, add: &mut dyn FnMut(IndexValue)) {
    if let Some(identifier) = found.get("identifier").filter(|identifier| identifier.is_object()) {
        token::values(identifier, add);
    }
}
