use serde_json::Value;

use crate::run::call::{Call, Outcome, only, perhaps};
use crate::run::evaluator::Traced;
use crate::value::{Exactness, Item, Named, Node, Plain, has_type};

/// How many calls of `trace()` are kept, and how many items of each.
const TRACES_MAX: usize = 500;
const TRACED_ITEMS_MAX: usize = 200;

/// The profile of every type of the specification begins so.
const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";

pub(in crate::run) fn extension<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some(url) = call.text_argument(0)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for item in &call.focus {
        let Item::Node(node) = item else { continue };
        let Named::Found(extensions) = node.member("extension") else { continue };
        call.meter().charge(extensions.len(), call.at)?;
        found.extend(
            extensions
                .into_iter()
                .filter(|one| matches!(one, Item::Node(one) if one.json["url"] == url.as_str())),
        );
    }
    Ok(found)
}

pub(in crate::run) fn has_value<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    only(matches!(call.focus.as_slice(), [item] if is_primitive(item)))
}

pub(in crate::run) fn get_value<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    match call.focus.as_slice() {
        [item] if is_primitive(item) => perhaps(item.plain().map(Item::Plain)),
        _ => Ok(Vec::new()),
    }
}

fn is_primitive(item: &Item<'_>) -> bool {
    match item {
        Item::Plain(_) => true,
        Item::Node(node) => !matches!(node.json, Value::Object(_) | Value::Array(_) | Value::Null),
    }
}

/// Says what passes by, and lets it pass.
pub(in crate::run) fn trace<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let name = call.text_argument(0)?.unwrap_or_default();
    let mut items = Vec::new();
    match call.given.len() {
        1 => items.clone_from(&call.focus),
        _ => {
            for (index, item) in call.focus.iter().enumerate() {
                items.extend(call.each(1, item, index)?);
            }
        }
    }
    items.truncate(TRACED_ITEMS_MAX);
    let mut traces = call.run.traces.borrow_mut();
    if traces.len() < TRACES_MAX {
        traces.push(Traced { name, items });
    }
    Ok(call.focus.clone())
}

/// The resources that references and canonical addresses lead to; what leads nowhere is left out.
pub(in crate::run) fn resolve<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let mut found = Vec::new();
    for item in &call.focus {
        let reference = match item {
            Item::Node(node) if node.json.is_object() => {
                node.json.get("reference").and_then(Value::as_str).map(str::to_owned)
            }
            item => match item.plain() {
                Some(Plain::Text(text)) => Some(text),
                _ => None,
            },
        };
        let Some(reference) = reference else { continue };
        if let Some(node) = target(call, &reference)? {
            found.push(Item::Node(node));
        }
    }
    Ok(found)
}

fn target<'a>(call: &Call<'_, 'a>, reference: &str) -> Result<Option<Node<'a>>, crate::Problem> {
    let root = call.run.resource.json;
    call.meter().charge(20, call.at)?;
    if let Some(id) = reference.strip_prefix('#') {
        if id.is_empty() {
            return Ok(Some(call.run.resource));
        }
        let contained = root.get("contained").and_then(Value::as_array);
        return Ok(contained.and_then(|all| all.iter().find(|one| one["id"] == id)).map(Node::of));
    }
    if let Some(entry) = in_bundle(root, reference) {
        return Ok(Some(Node::of(entry)));
    }
    let Some(resource) = call.run.surroundings.and_then(|around| around.resolve(reference)) else {
        return Ok(None);
    };
    let kept = call.run.arena.keep(resource);
    let kept = kept.ok_or_else(|| crate::Problem::limit(call.at, "200 resources fetched by resolve()"))?;
    Ok(Some(Node::of(kept)))
}

/// A reference within a Bundle goes by `fullUrl`, or by type and id (FHIR R4, 2.36.4.1).
fn in_bundle<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    let entries = root.get("entry").and_then(Value::as_array).filter(|_| root["resourceType"] == "Bundle")?;
    let by_id = |resource: &Value| {
        let (kind, id) = (resource["resourceType"].as_str(), resource["id"].as_str());
        kind.zip(id).is_some_and(|(kind, id)| reference.split_once('/') == Some((kind, id)))
    };
    let entry = entries.iter().find(|entry| entry["fullUrl"] == reference || by_id(&entry["resource"]))?;
    entry.get("resource")
}

/// Whether the item is of the type whose own profile this is, or what the surroundings say of other profiles.
pub(in crate::run) fn conforms_to<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let (Some(item), Some(profile)) = (call.one()?, call.text_argument(0)?) else { return Ok(Vec::new()) };
    let own = profile
        .strip_prefix(CORE)
        .map(|name| crate::syntax::TypeName { namespace: Some("FHIR".to_owned()), name: name.to_owned() });
    if let Some(wanted) = own.filter(crate::value::exists) {
        return only(has_type(item, &wanted, Exactness::Derived));
    }
    let known = match item {
        Item::Node(node) => call.run.surroundings.and_then(|around| around.conforms(node.json, &profile)),
        Item::Plain(_) => None,
    };
    known.map_or_else(|| Err(call.fails(format!("the profile {profile} is not known here"))), only)
}
