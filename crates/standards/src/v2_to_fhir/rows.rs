use serde_json::Value;

use super::draft::{Drafts, leaf};
use super::maps::{Fixed, Maps, Piece, Row};
use super::place::Step;
use super::scope::Scope;
use super::value;

/// Far enough apart that the slots of one segment do not meet those of another of its name.
const SLOTS: u32 = 1_000;

/// Follows a map such as `PID[Patient]` from a segment into a resource. `nth` counts segments of one name that go into
/// one resource, from 0.
pub(super) fn follow(drafts: &mut Drafts, resource: usize, map: &str, scope: &Scope<'_>, nth: u32) {
    for row in Maps::get().rows(map) {
        follow_row(drafts, resource, map, row, scope, nth);
    }
}

/// Follows one row; true when it wrote something.
pub(super) fn follow_row(
    drafts: &mut Drafts,
    resource: usize,
    map: &str,
    row: &Row,
    scope: &Scope<'_>,
    nth: u32,
) -> bool {
    if row.steps.is_empty() || row.fixed == Fixed::InWords {
        return false;
    }
    let Some(end) = leaf(&drafts.list[resource].kind, &row.steps) else { return false };
    let steps = shifted(&row.steps, nth);
    let layer = if starts_with_extension(&steps) { format!("~{map}") } else { String::new() };
    let mut scope = Scope { number: row.number, ..scope.clone() };
    if row.number == 0 {
        let Fixed::Text(text) = &row.fixed else { return false };
        let made = value::of_text(text, &end.kind).filter(|_| row.condition.holds(&scope));
        return made.map(|made| drafts.write(resource, &steps, &layer, 0, made)).is_some();
    }
    let Some(field) = scope.segment.field(row.number).filter(|field| !field.is_empty() && !field.is_null())
    else {
        return false;
    };
    let most = if end.repeats { usize::MAX } else { 1 };
    let mut wrote = false;
    for (repetition, part) in field.parts().filter(|part| !part.is_empty()).take(most).enumerate() {
        scope.repetition = Some(part.clone());
        if !row.condition.holds(&scope) {
            continue;
        }
        let made = match &row.fixed {
            Fixed::Text(text) => value::of_text(text, &end.kind),
            Fixed::Joined(pieces) => value::of_text(&joined(pieces, &scope), &end.kind),
            Fixed::Field | Fixed::InWords => value::of_part(drafts, &part, &end.kind, row, &scope),
        };
        if let Some(made) = made {
            drafts.write(resource, &steps, &layer, repetition, made);
            wrote = true;
        }
    }
    wrote
}

fn shifted(steps: &[Step], nth: u32) -> Vec<Step> {
    let mut steps = steps.to_vec();
    if let Some(Step::Element { slot, .. }) = steps.first_mut() {
        *slot += nth * SLOTS;
    }
    steps
}

fn starts_with_extension(steps: &[Step]) -> bool {
    matches!(steps.first(), Some(Step::Element { name, .. }) if name == "extension")
}

fn joined(pieces: &[Piece], scope: &Scope<'_>) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Field(field) => scope.text(field),
    };
    pieces.iter().map(text).collect::<String>().trim().to_owned()
}

/// The elements of a resource that a map leaves half made, tidied: an extension needs a name and a value.
pub(super) fn tidied(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Object(members) => {
            let kept = members.into_iter().filter_map(|(name, value)| {
                let value = if name.starts_with('_') { keep_places(value) } else { tidied(value) };
                Some((name, value?))
            });
            let kept: serde_json::Map<String, Value> = kept.collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        Value::Array(items) => {
            let kept: Vec<Value> = items.into_iter().filter_map(tidied).filter(is_whole).collect();
            (!kept.is_empty()).then_some(Value::from(kept))
        }
        Value::String(text) if text.is_empty() => None,
        other => Some(other),
    }
}

/// Beside a list of plain values, `null` holds a place.
fn keep_places(value: Value) -> Option<Value> {
    match value {
        Value::Array(items) => {
            Some(items.into_iter().map(|item| tidied(item).unwrap_or(Value::Null)).collect())
        }
        other => tidied(other),
    }
}

/// False for an extension that has no name, or nothing to say.
fn is_whole(item: &Value) -> bool {
    let Some(members) = item.as_object() else { return true };
    let says = members.keys().any(|name| name.starts_with("value") || name == "extension");
    match (members.contains_key("url"), says) {
        (true, true) => true,
        // A name alone is an extension without a value; beside other members it is an address.
        (true, false) => members.len() > 1,
        // A value alone is an extension without a name; `value` itself is an element of its own.
        (false, true) => members.len() > 1 || members.contains_key("value"),
        (false, false) => true,
    }
}
