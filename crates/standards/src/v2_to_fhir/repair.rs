use serde_json::Value;

use super::value::DIGITS;
use crate::fhir::definitions::Definitions;
use crate::fhir::outcome::IssueCode;
use crate::fhir::validation::validate;

/// How often a resource is looked at again; what is removed may make its holder incomplete.
const ROUNDS_MAX: usize = 20;

/// A resource without what R4 does not allow: an element that misses what it must have, a code that its value set lacks.
/// Nothing where the resource itself misses something.
pub(super) fn repaired(mut resource: Value) -> Option<Value> {
    for _ in 0..ROUNDS_MAX {
        let issues = validate(Definitions::r4(), &with_numbers(&resource));
        let Some(issue) = issues.into_iter().next() else { return Some(resource) };
        let expression = issue.expression.unwrap_or_default();
        let mut way: Vec<Key> = keys(&expression).skip(1).collect();
        if issue.code == IssueCode::Required {
            way.pop();
        }
        remove(&mut resource, &way)?;
    }
    None
}

/// The same with numbers that the validator knows as such.
fn with_numbers(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), with_numbers(value))).collect()
        }
        Value::Array(items) => items.iter().map(with_numbers).collect(),
        Value::String(text) => match text.strip_prefix(DIGITS) {
            Some(digits) => serde_json::from_str(digits).unwrap_or(Value::Null),
            None => value.clone(),
        },
        other => other.clone(),
    }
}

#[derive(Debug)]
enum Key {
    Name(String),
    At(usize),
}

/// The steps of an expression such as `Observation.note[0].text`.
fn keys(expression: &str) -> impl Iterator<Item = Key> {
    expression.split('.').flat_map(|part| {
        let (name, at) = part.split_once('[').unwrap_or((part, ""));
        let at = at.trim_end_matches(']').parse().ok().map(Key::At);
        std::iter::once(Key::Name(name.to_owned())).chain(at)
    })
}

/// Removes what stands at the end of a way, and what is empty without it; nothing where that is the whole resource.
fn remove(value: &mut Value, way: &[Key]) -> Option<()> {
    let (first, rest) = way.split_first()?;
    match (first, value) {
        (Key::Name(name), Value::Object(members)) => {
            // `value` may stand for `valueQuantity`, and a plain value for what stands beside it.
            let known = members
                .keys()
                .find(|key| *key == name)
                .or_else(|| members.keys().find(|key| key.starts_with(name.as_str())));
            let known = known?.clone();
            let inner = members.get_mut(&known)?;
            if rest.is_empty() || remove(inner, rest).is_none() || is_empty(inner) {
                members.shift_remove(&known);
            }
            members.keys().any(|key| key != "resourceType").then_some(())
        }
        (Key::At(at), Value::Array(items)) => {
            let inner = items.get_mut(*at)?;
            if rest.is_empty() || remove(inner, rest).is_none() || is_empty(inner) {
                items.remove(*at);
            }
            (!items.is_empty()).then_some(())
        }
        _ => None,
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(serde_json::Map::is_empty)
}
