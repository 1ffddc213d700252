use serde_json::{Value, json};
use standards::fhir::json;

use super::input::wrong;
use super::place::Place;
use super::table::Ask;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::guard::in_sight;
use crate::fhir::read::alive;

/// `$meta` of one resource: its version, profiles, tags and security labels, without the rest (R4, 3.1.0.11, Resource-meta).
pub(super) fn meta(ask: &Ask<'_>) -> Result<Value, FhirError> {
    ask.input.only(&[])?;
    let Place::Instance(kind, id) = ask.place else {
        return Err(wrong("id", "is missing: this server has the meta of one resource, as Type/id/$meta"));
    };
    let stored = alive(in_sight(ask.context, ask.view.get(kind, id)?), kind, id)?;
    let resource = json::parse(&stored.body, ask.context.limits)
        .map_err(|issue| FhirError { refusal: Refusal::Internal, issues: vec![issue] })?;
    let meta = resource.get("meta").cloned().unwrap_or_else(|| json!({}));
    Ok(json!({"resourceType": "Parameters", "parameter": [{"name": "return", "valueMeta": meta}]}))
}
