//! Values with their FHIR types.

use serde_json::{Map, Value};

use crate::fhir::definitions::{Definitions, Property, TypeDefinition, TypeRef};

/// A value in a resource.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    /// Null for a primitive of which only extensions are known.
    pub(super) json: &'a Value,
    /// Of a primitive value: the companion that holds its id and extensions.
    pub(super) beside: Option<&'a Value>,
    /// The name of its type; of a resource, its own.
    pub(super) kind: &'a str,
    pub(super) definition: Option<&'a TypeDefinition>,
    /// True where any resource may stand.
    pub(super) is_resource: bool,
}

pub(super) static NULL: Value = Value::Null;

impl<'a> Item<'a> {
    /// A resource, of the type that it says it is of.
    pub(super) fn resource(json: &'a Value) -> Item<'a> {
        let kind = json.get("resourceType").and_then(Value::as_str).unwrap_or("Resource");
        Item { json, beside: None, kind, definition: Definitions::r4().find(kind), is_resource: true }
    }

    fn of(property: Property<'a>, json: &'a Value, beside: Option<&'a Value>) -> Item<'a> {
        match property.kind.reference {
            TypeRef::AnyResource => Item::resource(json),
            reference => {
                let definition = Definitions::r4().follow(reference);
                Item { json, beside, kind: &property.kind.code, definition, is_resource: false }
            }
        }
    }

    /// The members below it with the type they are of: its own, or those beside a primitive.
    pub(super) fn object(&self) -> Option<(&'a Map<String, Value>, &'a TypeDefinition)> {
        if let (Value::Object(members), Some(definition)) = (self.json, self.definition) {
            return Some((members, definition));
        }
        match (self.beside, self.definition) {
            (Some(Value::Object(members)), None) => Some((members, Definitions::r4().find("Element")?)),
            _ => None,
        }
    }

    /// The values of one of its elements, by the element's name.
    pub(super) fn children(&self, name: &str) -> Vec<Item<'a>> {
        let Some((members, definition)) = self.object() else { return Vec::new() };
        let named = properties(members, definition).filter(|(property, _)| property.element.name == name);
        named.flat_map(|(property, key)| items(members, property, key)).collect()
    }

    /// Text under one of its names.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.json.get(name).and_then(Value::as_str)
    }
}

/// The properties that an object has, each once, with their names in JSON. What the type does not have is passed over.
pub(super) fn properties<'a>(
    members: &'a Map<String, Value>,
    definition: &'a TypeDefinition,
) -> impl Iterator<Item = (Property<'a>, &'a str)> {
    members.keys().filter_map(move |key| {
        let plain = key.strip_prefix('_').unwrap_or(key);
        let is_companion = plain.len() < key.len() && members.contains_key(plain);
        Some((definition.property(plain).filter(|_| !is_companion)?, plain))
    })
}

/// The values of one property.
pub(super) fn items<'a>(members: &'a Map<String, Value>, property: Property<'a>, key: &str) -> Vec<Item<'a>> {
    let value = members.get(key);
    let beside = match property.kind.reference {
        TypeRef::Primitive(_) => members.get(&format!("_{key}")),
        _ => None,
    };
    let some = |json: Option<&'a Value>, beside: Option<&'a Value>| {
        let (json, beside) = (json.unwrap_or(&NULL), beside.filter(|beside| beside.is_object()));
        (!json.is_null() || beside.is_some()).then(|| Item::of(property, json, beside))
    };
    let array = |value: Option<&'a Value>| value.and_then(Value::as_array).map(Vec::as_slice);
    match (array(value), array(beside)) {
        (None, None) => some(value, beside).into_iter().collect(),
        (values, companions) => {
            let (values, companions) = (values.unwrap_or_default(), companions.unwrap_or_default());
            let all = 0..values.len().max(companions.len());
            all.filter_map(|at| some(values.get(at), companions.get(at))).collect()
        }
    }
}
