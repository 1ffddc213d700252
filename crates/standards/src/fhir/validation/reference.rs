//! References (FHIR R4, 2.3): their form, and the types they may point to.

use serde_json::{Map, Value};

use crate::fhir::definitions::Definitions;
use crate::fhir::resource::{is_id, resource_type};

/// Checks a Reference that may point to `targets` (any type if empty), inside the resource
/// `container`; an error says what is wrong with it.
pub(super) fn check(
    definitions: &Definitions,
    reference: &Map<String, Value>,
    targets: &[String],
    container: &Value,
) -> Result<(), String> {
    let text = |name: &str| reference.get(name).and_then(Value::as_str);
    let pointed = match text("reference") {
        Some(literal) => target_type(definitions, literal, container)?,
        None => None,
    };
    // A URL in `type` names a logical model, of which nothing is known here.
    let declared = text("type").filter(|name| !name.contains(':'));
    if let Some(declared) = declared.filter(|name| !definitions.is_resource(name)) {
        return Err(format!("`type` is `{declared}`, which is no resource type of FHIR R4"));
    }
    if let (Some(pointed), Some(declared)) = (pointed, declared)
        && pointed != declared
    {
        return Err(format!("`type` is `{declared}`, but `reference` points to a {pointed}"));
    }
    match pointed.or(declared) {
        Some(target) if !targets.is_empty() && !targets.iter().any(|allowed| allowed == target) => {
            Err(format!("points to a {target}; allowed here: {}", targets.join(", ")))
        }
        _ => Ok(()),
    }
}

/// The type a literal reference points to, where its text or the container tells.
pub(in crate::fhir) fn target_type<'a>(
    definitions: &Definitions,
    literal: &'a str,
    container: &'a Value,
) -> Result<Option<&'a str>, String> {
    if let Some(id) = literal.strip_prefix('#') {
        return contained_type(id, container);
    }
    if literal.contains(':') {
        return Ok(absolute_type(definitions, literal));
    }
    let (path, is_conditional) = match literal.split_once('?') {
        Some((path, _)) => (path, true),
        None => (literal.split('#').next().unwrap_or(literal), false),
    };
    let mut segments = path.split('/');
    let name = segments.next().unwrap_or_default();
    let rest: Vec<&str> = segments.collect();
    let is_complete = match rest.as_slice() {
        [] => is_conditional,
        [id] => is_id(id),
        [id, "_history", version] => is_id(id) && is_id(version),
        _ => false,
    };
    match is_complete && definitions.is_resource(name) {
        true => Ok(Some(name)),
        false => Err(format!(
            "`{literal}` is not a reference; write Type/id, an absolute URL, #id of a contained resource or urn:uuid:..."
        )),
    }
}

fn contained_type<'a>(id: &str, container: &'a Value) -> Result<Option<&'a str>, String> {
    if id.is_empty() {
        return Ok(resource_type(container));
    }
    let contained = container.get("contained").and_then(Value::as_array).into_iter().flatten();
    let found = contained.into_iter().find(|resource| resource.get("id").and_then(Value::as_str) == Some(id));
    match found {
        Some(resource) => Ok(resource_type(resource)),
        None => Err(format!("`#{id}` names no contained resource")),
    }
}

/// The type in `http://server/base/Type/id`, perhaps with a version; nothing for other URLs.
fn absolute_type<'a>(definitions: &Definitions, url: &'a str) -> Option<&'a str> {
    let path = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
    let path = path.split_once("/_history/").map_or(path, |(before, _)| before);
    let (before, _id) = path.rsplit_once('/')?;
    let (_, name) = before.rsplit_once('/')?;
    definitions.is_resource(name).then_some(name)
}
