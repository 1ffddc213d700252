//! The functions that SQL on FHIR adds so that tables can be joined (SQL on FHIR 2.0, "Functions for joins").

use serde_json::Value;

use crate::run::call::{Call, Outcome, perhaps};
use crate::syntax::Kind;
use crate::value::Item;

/// The key of a resource among those of its type: its id.
pub(in crate::run) fn resource_key<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some(Item::Node(node)) = call.one()? else { return Ok(Vec::new()) };
    if node.json.get("resourceType").is_none() {
        return Err(call.fails("works on a resource; inside forEach there is only %resource"));
    }
    perhaps(node.json["id"].as_str().map(str::to_owned))
}

/// The key of the resource that a reference names, where it is of the type asked for. A reference within
/// its own resource, to another server or to nothing but an identifier has none.
pub(in crate::run) fn reference_key<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let wanted = match call.given.first().map(|expr| &expr.kind) {
        Some(Kind::Type(name)) => Some(name.name.as_str()),
        _ => None,
    };
    let mut keys = Vec::new();
    for item in &call.focus {
        let Item::Node(node) = item else { continue };
        let reference = node.json.get("reference").and_then(Value::as_str);
        let Some((kind, id)) = reference.and_then(target) else { continue };
        call.meter().text(id.len(), call.at)?;
        if wanted.is_none_or(|wanted| wanted == kind) {
            keys.push(Item::from(id.to_owned()));
        }
    }
    Ok(keys)
}

/// Type and id of a relative reference, with or without a version (FHIR R4, 2.3.0.1).
fn target(reference: &str) -> Option<(&str, &str)> {
    let (kind, rest) = reference.split_once('/')?;
    let id = rest.split_once("/_history/").map_or(rest, |(id, _)| id);
    let named = kind.starts_with(|first: char| first.is_ascii_uppercase());
    (named && !id.is_empty() && !id.contains('/')).then_some((kind, id))
}
