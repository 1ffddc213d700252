//! What people read beside codes (FHIR R4, 3.1.1.4.4: `:text`).

use serde_json::Value;

use super::text;
use crate::fhir::search::entry::IndexValue;
use crate::fhir::search::text::normalise;

/// The text of a `CodeableConcept` and the displays of its codings; the display of a `Coding`; of an `Identifier` the
/// text of its type.
pub(super) fn values(found: &Value, add: &mut dyn FnMut(IndexValue)) {
    let concept = found.get("coding").and_then(Value::as_array);
    let displays = concept.into_iter().flatten().chain([found]).filter_map(|coding| text(coding, "display"));
    let is_concept = found.get("value").is_none();
    let whole = text(found, "text").filter(|_| is_concept);
    let of_type = found.get("type").and_then(|kind| text(kind, "text"));
    for label in displays.chain(whole).chain(of_type) {
        let value = normalise(label);
        if !value.is_empty() {
            add(IndexValue::Label { value });
        }
    }
}
