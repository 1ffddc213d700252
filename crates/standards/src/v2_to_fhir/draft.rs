use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::place::Step;
use crate::fhir::definitions::{Definitions, Property, TypeDefinition};

/// A resource that is being made.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Its type.
    pub(super) kind: String,
    /// What it holds so far.
    pub(super) value: Value,
    /// Whether the message says all of it, so that it replaces what is known; others are only made where unknown.
    pub(super) owned: bool,
}

/// The resources of a message, and which elements of them are which slot of the maps.
pub(super) struct Drafts {
    pub(super) list: Vec<Draft>,
    slots: BTreeMap<String, usize>,
    seed: u64,
}

/// The element at the end of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Its FHIR type; the type of a resource where the place ends in one.
    pub(super) kind: String,
    /// Whether one of the elements on the way repeats, so that each repetition of a field has a place of its own.
    pub(super) repeats: bool,
}

/// The end of the way to a place within one resource: names and positions.
enum Key {
    Name(String),
    At(usize),
}

impl Drafts {
    /// No resource yet. `seed` tells the message from others, since references within it have to be unique.
    pub(super) fn new(seed: u64) -> Self {
        Self { list: Vec::new(), slots: BTreeMap::new(), seed }
    }

    /// Begins a resource.
    pub(super) fn add(&mut self, kind: &str) -> usize {
        self.list.push(Draft { kind: kind.to_owned(), value: json!({"resourceType": kind}), owned: false });
        self.list.len() - 1
    }

    /// Begins a resource with what is known of it.
    pub(super) fn add_with(&mut self, kind: &str, known: Value) -> usize {
        let at = self.add(kind);
        merge(&mut self.list[at].value, known);
        at
    }

    /// By which the resources of the Bundle refer to this one.
    pub(super) fn urn(&self, at: usize) -> String {
        let mixed = |salt: u64| {
            let mut hash = self.seed ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9).wrapping_add(at as u64);
            hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            hash ^ (hash >> 31)
        };
        let (high, low) = (mixed(1), mixed(2));
        // Version 8 of RFC 9562: a UUID whose bits are our own business.
        format!(
            "urn:uuid:{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            (low >> 48) & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }

    /// A reference to a resource.
    pub(super) fn reference(&self, at: usize) -> Value {
        json!({"reference": self.urn(at)})
    }

    /// Sets an element of a resource, unless it has one.
    pub(super) fn set_missing(&mut self, at: usize, name: &str, value: Value) {
        if let Some(members) = self.list[at].value.as_object_mut()
            && !members.contains_key(name)
        {
            members.insert(name.to_owned(), value);
        }
    }

    /// Sets an element of a resource.
    pub(super) fn set(&mut self, at: usize, name: &str, value: Value) {
        self.list[at].value[name] = value;
    }

    /// Adds to an element of a resource that repeats.
    pub(super) fn push(&mut self, at: usize, name: &str, value: Value) {
        match &mut self.list[at].value[name] {
            Value::Array(items) => items.push(value),
            other => *other = Value::from(vec![value]),
        }
    }

    /// Writes a value at a place of resource `at`. `layer` keeps the slots of one map apart from those of another, and
    /// `repetition` those of a field's repetitions.
    pub(super) fn write(&mut self, at: usize, steps: &[Step], layer: &str, repetition: usize, value: Value) {
        let definitions = Definitions::r4();
        let mut resource = at;
        let mut kind = definitions.find(&self.list[at].kind);
        let mut way = Vec::new();
        let mut key = format!("{at}{layer}");
        let mut repetition = Some(repetition);
        for (nth, step) in steps.iter().enumerate() {
            let is_last = nth + 1 == steps.len();
            match step {
                Step::Element { name, slot } => {
                    let Some(property) = kind.and_then(|kind| kind.property(name)) else { return };
                    if property.element.choice && self.is_chosen_otherwise(resource, &way, &property, name) {
                        return;
                    }
                    let is_primitive = definitions.find(&property.kind.code).is_none();
                    let name = if is_primitive && !is_last { format!("_{name}") } else { name.clone() };
                    key = format!("{key}/{name}#{slot}");
                    way.push(Key::Name(name));
                    if property.element.many {
                        if let Some(repetition) = repetition.take() {
                            key = format!("{key}+{repetition}");
                        }
                        way.push(Key::At(self.position(resource, &way, &key)));
                    }
                    kind = element_type(definitions, &property, is_primitive);
                }
                Step::Resource { kind: name } => {
                    key = format!("{key}>{name}");
                    let target = match self.slots.get(&key) {
                        Some(target) => *target,
                        None => {
                            let target = self.add(name);
                            self.slots.insert(key.clone(), target);
                            target
                        }
                    };
                    let reference = self.reference(target);
                    put(&mut self.list[resource].value, &way, reference);
                    resource = target;
                    way.clear();
                    kind = definitions.find(name);
                }
            }
        }
        put(&mut self.list[resource].value, &way, value);
    }

    /// Whether an element of several types has a value of another type already: the first row that has something to say is
    /// heard.
    fn is_chosen_otherwise(&self, resource: usize, way: &[Key], property: &Property<'_>, name: &str) -> bool {
        let holder = follow(&self.list[resource].value, way);
        let Some(members) = holder.and_then(Value::as_object) else { return false };
        let is_other = |member: &String| {
            let of_base = member.strip_prefix(property.element.name.as_str());
            member != name
                && of_base.is_some_and(|kind| kind.starts_with(|first: char| first.is_ascii_uppercase()))
        };
        members.keys().any(is_other)
    }

    /// The position of a slot in the list that `way` leads to; a new one at its end if the slot was not met yet.
    fn position(&mut self, resource: usize, way: &[Key], key: &str) -> usize {
        if let Some(known) = self.slots.get(key) {
            return *known;
        }
        let list = follow(&self.list[resource].value, way);
        let position = list.and_then(Value::as_array).map_or(0, Vec::len);
        self.slots.insert(key.to_owned(), position);
        position
    }
}

/// What stands at the end of a way, if anything does.
fn follow<'a>(root: &'a Value, way: &[Key]) -> Option<&'a Value> {
    way.iter().try_fold(root, |value, step| match step {
        Key::Name(name) => value.get(name),
        Key::At(at) => value.get(at),
    })
}

fn element_type<'a>(
    definitions: &'a Definitions,
    property: &Property<'_>,
    is_primitive: bool,
) -> Option<&'a TypeDefinition> {
    if is_primitive { definitions.find("Element") } else { definitions.follow(property.kind.reference) }
}

/// What stands at the end of a place that begins in a resource of this kind; nothing if there is no such place in R4.
pub(super) fn leaf(kind: &str, steps: &[Step]) -> Option<Leaf> {
    let definitions = Definitions::r4();
    let mut leaf = Leaf { kind: kind.to_owned(), repeats: false };
    let mut now = definitions.find(kind);
    for step in steps {
        match step {
            Step::Element { name, .. } => {
                let property = now?.property(name)?;
                let is_primitive = definitions.find(&property.kind.code).is_none();
                leaf =
                    Leaf { kind: property.kind.code.clone(), repeats: leaf.repeats || property.element.many };
                now = element_type(definitions, &property, is_primitive);
            }
            Step::Resource { kind } => {
                leaf.kind.clone_from(kind);
                now = definitions.find(kind);
            }
        }
    }
    Some(leaf)
}

/// Writes a value, making objects and lists on the way.
fn put(root: &mut Value, way: &[Key], value: Value) {
    let place = way.iter().fold(root, |place, step| match step {
        Key::Name(name) => {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            &mut place[name.as_str()]
        }
        Key::At(at) => {
            if !place.is_array() {
                *place = Value::from(Vec::<Value>::new());
            }
            let Value::Array(items) = place else { unreachable!("it was made a list above") };
            if items.len() <= *at {
                items.resize(at + 1, Value::Null);
            }
            &mut items[*at]
        }
    });
    merge(place, value);
}

/// Lays a value over another: members are joined, anything else is replaced.
pub(super) fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}
