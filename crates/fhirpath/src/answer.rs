//! Items as answers.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::ask::{Found, Trace};
use crate::problem::Problem;
use crate::run::{Meter, Traced};
use crate::value::{Item, Node, NodeKind, Plain};

/// Items a result may have.
const ITEMS_MAX: usize = 10_000;

/// Holds a result to its limits, counting every piece of JSON in it.
pub(crate) fn limit(items: &[Item<'_>], meter: &Meter) -> Result<(), Problem> {
    if items.len() > ITEMS_MAX {
        return Err(Problem::limit(0, format!("{ITEMS_MAX} items in a result")));
    }
    items.iter().try_for_each(|item| match item {
        Item::Plain(_) => Ok(()),
        Item::Node(node) => weigh(node.json, meter),
    })
}

fn weigh(json: &Value, meter: &Meter) -> Result<(), Problem> {
    match json {
        Value::Array(values) => values.iter().try_for_each(|value| weigh(value, meter))?,
        Value::Object(members) => members.values().try_for_each(|value| weigh(value, meter))?,
        Value::String(text) => meter.charge(text.len() / 64, 0)?,
        _ => {}
    }
    meter.charge(1, 0)
}

/// Where the pieces of a resource stand, by their place in memory.
pub(crate) struct Places(BTreeMap<usize, String>);

impl Places {
    /// Walks a resource once.
    pub(crate) fn of(resource: &Value) -> Self {
        let mut places = BTreeMap::new();
        let root = resource["resourceType"].as_str().unwrap_or_default();
        walk(resource, root, &mut places);
        Self(places)
    }

    /// The path of an item, if it is a piece of the resource.
    pub(crate) fn find(&self, item: &Item<'_>) -> Option<String> {
        match item {
            Item::Plain(_) => None,
            Item::Node(node) => self.0.get(&address(node.json)).cloned(),
        }
    }
}

fn address(json: &Value) -> usize {
    std::ptr::from_ref(json) as usize
}

fn walk(json: &Value, path: &str, places: &mut BTreeMap<usize, String>) {
    places.insert(address(json), path.to_owned());
    match json {
        Value::Object(members) => {
            for (name, member) in members {
                let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                match member {
                    Value::Array(values) => {
                        for (at, value) in values.iter().enumerate() {
                            walk(value, &format!("{below}[{at}]"), places);
                        }
                    }
                    member => walk(member, &below, places),
                }
            }
        }
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                walk(value, &format!("{path}[{at}]"), places);
            }
        }
        _ => {}
    }
}

/// An item as it is told.
pub(crate) fn found(item: &Item<'_>, places: &Places) -> Found {
    let (value, beside) = match item {
        Item::Plain(Plain::Quantity(quantity)) => {
            let mut value = json!({"value": Plain::Decimal(quantity.value).to_json(), "unit": quantity.unit});
            if !quantity.calendar {
                value["system"] = json!("http://unitsofmeasure.org");
                value["code"] = json!(quantity.unit);
            }
            (value, None)
        }
        Item::Plain(plain) => (plain.to_json(), None),
        Item::Node(node) => (node.json.clone(), node.beside.cloned()),
    };
    Found { type_name: type_name(item), path: places.find(item), value, beside }
}

/// FHIR's name of a type, also for FHIRPath's own.
fn type_name(item: &Item<'_>) -> String {
    let plain = match item {
        Item::Node(Node { kind: NodeKind::Untyped, .. }) => item.plain(),
        Item::Node(Node { kind: NodeKind::Complex(definition), .. }) => return definition.name.clone(),
        Item::Node(node) => return node.type_name().to_owned(),
        Item::Plain(plain) => Some(plain.clone()),
    };
    match plain {
        None => "BackboneElement".to_owned(),
        Some(plain @ (Plain::Quantity(_) | Plain::Type { .. })) => plain.type_name().to_owned(),
        Some(plain) => {
            let name = plain.type_name();
            format!("{}{}", name[..1].to_lowercase(), &name[1..])
        }
    }
}

/// What was traced, as it is told.
pub(crate) fn traces(traces: Vec<Traced<'_>>, places: &Places) -> Vec<Trace> {
    let told = |traced: Traced<'_>| Trace {
        name: traced.name,
        items: traced.items.iter().map(|item| found(item, places)).collect(),
    };
    traces.into_iter().map(told).collect()
}
