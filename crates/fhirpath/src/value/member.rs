use serde_json::{Map, Value};
use standards::fhir::definitions::{Definitions, Primitive, Property, TypeDefinition, TypeRef};

use super::item::Item;
use super::node::{Node, NodeKind};

/// What a name leads to.
pub(crate) enum Named<'a> {
    Found(Vec<Item<'a>>),
    /// The element is a choice, and the name chooses one as in JSON, which FHIRPath does not have.
    Chosen {
        element: &'static str,
        of_type: &'static str,
        items: Vec<Item<'a>>,
    },
}

static NULL: Value = Value::Null;

impl<'a> Node<'a> {
    /// What stands under a name.
    pub(crate) fn member(&self, name: &str) -> Named<'a> {
        let mut found = Vec::new();
        match (self.json, self.kind) {
            (Value::Object(map), NodeKind::Complex(definition)) => {
                if let Some(chosen) = typed(map, definition, name, &mut found) {
                    return chosen;
                }
            }
            (Value::Object(map), NodeKind::Untyped) => untyped(map, name, &mut found),
            _ => {}
        }
        if let (NodeKind::Primitive(_), Some(Value::Object(map))) = (self.kind, self.beside)
            && let Some(element) = Definitions::r4().find("Element")
        {
            typed(map, element, name, &mut found);
        }
        Named::Found(found)
    }

    /// All that stands under it, in the order of the JSON.
    pub(crate) fn children(&self, found: &mut Vec<Item<'a>>) {
        let ((Value::Object(map), _) | (_, Some(Value::Object(map)))) = (self.json, self.beside) else {
            return;
        };
        for name in map.keys() {
            let bare = name.strip_prefix('_').unwrap_or(name);
            let twice = bare.len() < name.len() && map.contains_key(bare);
            if name == "resourceType" || twice {
                continue;
            }
            let kind = match self.kind {
                NodeKind::Complex(definition) => {
                    definition.property(bare).map_or(NodeKind::Untyped, |one| kind_of(&one))
                }
                NodeKind::Primitive(_) | NodeKind::Untyped => NodeKind::Untyped,
            };
            collect(map, bare, kind, found);
        }
    }
}

/// The elements of a typed object under a name; names that choose a type are handed back.
fn typed<'a>(
    map: &'a Map<String, Value>,
    definition: &'static TypeDefinition,
    name: &str,
    found: &mut Vec<Item<'a>>,
) -> Option<Named<'a>> {
    match definition.property(name) {
        Some(property) if property.element.choice => {
            let mut items = Vec::new();
            collect(map, name, kind_of(&property), &mut items);
            let (element, of_type) = (&property.element.name, &property.kind.code);
            return Some(Named::Chosen { element, of_type, items });
        }
        Some(property) => collect(map, name, kind_of(&property), found),
        None => {
            let before = found.len();
            for key in map.keys().filter(|key| key.trim_start_matches('_').starts_with(name)) {
                let bare = key.trim_start_matches('_');
                let twice = bare.len() < key.len() && map.contains_key(bare);
                if let Some(property) = definition
                    .property(bare)
                    .filter(|one| one.element.choice && one.element.name == name && !twice)
                {
                    collect(map, bare, kind_of(&property), found);
                }
            }
            if found.len() == before && !definition.elements.iter().any(|element| element.name == name) {
                collect(map, name, NodeKind::Untyped, found);
            }
        }
    }
    None
}

/// In JSON of no known type, `value` also finds `valueQuantity`.
fn untyped<'a>(map: &'a Map<String, Value>, name: &str, found: &mut Vec<Item<'a>>) {
    if map.contains_key(name) {
        return collect(map, name, NodeKind::Untyped, found);
    }
    for key in map.keys() {
        if let Some(kind) = key.strip_prefix(name).and_then(chosen_type) {
            collect(map, key, kind, found);
        }
    }
}

/// The type that the end of a choice's name stands for.
fn chosen_type(suffix: &str) -> Option<NodeKind> {
    let first = suffix.chars().next().filter(char::is_ascii_uppercase)?;
    let small = format!("{}{}", first.to_ascii_lowercase(), &suffix[1..]);
    let primitive = Primitive::from_name(&small).map(NodeKind::Primitive);
    primitive.or_else(|| Definitions::r4().find(suffix).map(NodeKind::Complex))
}

fn kind_of(property: &Property<'static>) -> NodeKind {
    match property.kind.reference {
        TypeRef::Primitive(primitive) => NodeKind::Primitive(primitive),
        reference => Definitions::r4().follow(reference).map_or(NodeKind::Untyped, NodeKind::Complex),
    }
}

/// The values of one property, with their companions.
fn collect<'a>(map: &'a Map<String, Value>, name: &str, kind: NodeKind, found: &mut Vec<Item<'a>>) {
    let primitive = matches!(kind, NodeKind::Primitive(_) | NodeKind::Untyped);
    let beside = if primitive { map.get(&format!("_{name}")) } else { None };
    match (map.get(name), beside) {
        (Some(Value::Array(values)), beside) => {
            for (at, json) in values.iter().enumerate() {
                let beside = beside.and_then(|all| all.get(at)).filter(|one| !one.is_null());
                if !json.is_null() || beside.is_some() {
                    found.push(Item::Node(placed(json, beside, kind)));
                }
            }
        }
        (None | Some(Value::Null), Some(Value::Array(all))) => {
            found.extend(
                all.iter()
                    .filter(|one| one.is_object())
                    .map(|one| Item::Node(placed(&NULL, Some(one), kind))),
            );
        }
        (None | Some(Value::Null), None) => {}
        (json, beside) => found.push(Item::Node(placed(json.unwrap_or(&NULL), beside, kind))),
    }
}

fn placed<'a>(json: &'a Value, beside: Option<&'a Value>, kind: NodeKind) -> Node<'a> {
    match kind {
        NodeKind::Untyped if json.is_object() => Node { beside, ..Node::of(json) },
        kind => Node { json, beside, kind },
    }
}
