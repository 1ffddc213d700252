//! What is known about an attempt's values before they are made: their names, and the fields they will have.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::attempt::{Person, fields_of};
use crate::lab::{Generator, Variant};
use crate::text::BUILT_IN;

/// What is known about a value before it is made.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    /// Anything: the hospital, or a reply, decides.
    Open,
    /// A text or number.
    Leaf,
    Table(BTreeMap<String, Shape>),
    List(Box<Shape>),
}

/// Shapes by name.
pub(super) type Scope = BTreeMap<String, Shape>;

/// The values that this variant will have.
pub(super) fn scope(variant: &Variant) -> Scope {
    let mut scope: Scope = BUILT_IN.iter().map(|name| ((*name).to_owned(), Shape::Leaf)).collect();
    scope.extend(variant.values.iter().map(|(name, value)| (name.clone(), of_json(value))));
    scope.extend(variant.params.iter().map(|param| (param.name.clone(), of_generator(&param.generator))));
    if !variant.faults.is_empty() {
        scope.insert("fault".to_owned(), Shape::Open);
    }
    scope
}

/// The shape at a path, or advice about what there is instead.
pub(super) fn follow(path: &str, scope: &Scope) -> Result<Shape, String> {
    let mut parts = path.split('.').peekable();
    let known = || scope.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let first = parts.next().unwrap_or_default();
    let mut shape = scope.get(first).ok_or_else(|| format!("known values: {}", known()))?;
    while let Some(part) = parts.peek() {
        shape = match shape {
            Shape::Open => return Ok(Shape::Open),
            Shape::Leaf => return Err(format!("it ends before `{part}`")),
            Shape::Table(fields) => {
                let names = || fields.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
                let next = fields.get(*part).ok_or_else(|| format!("known fields: {}", names()))?;
                parts.next();
                next
            }
            Shape::List(item) => {
                if part.parse::<usize>().is_ok() {
                    parts.next();
                }
                item
            }
        };
    }
    Ok(shape.clone())
}

fn of_json(value: &Value) -> Shape {
    match value {
        Value::Object(fields) => {
            Shape::Table(fields.iter().map(|(name, value)| (name.clone(), of_json(value))).collect())
        }
        Value::Array(items) => Shape::List(Box::new(items.first().map_or(Shape::Leaf, of_json))),
        _ => Shape::Leaf,
    }
}

fn of_generator(generator: &Generator) -> Shape {
    match generator {
        Generator::Pick(items) => items.first().map_or(Shape::Leaf, of_json),
        Generator::Person { .. } => leaves(&Person::FIELDS),
        Generator::Select { search, count, .. } => {
            let kind = search.split('?').next().unwrap_or_default();
            let one = of_resource(kind);
            if *count == 1 { one } else { Shape::List(Box::new(one)) }
        }
        _ => Shape::Leaf,
    }
}

/// A selected resource of this type.
pub(super) fn of_resource(kind: &str) -> Shape {
    let Shape::Table(mut fields) = leaves(&fields_of(kind)) else { return Shape::Open };
    if kind == "Encounter" {
        fields.insert("patient".to_owned(), of_resource("Patient"));
        fields.insert("location".to_owned(), of_resource("Location"));
    }
    Shape::Table(fields)
}

fn leaves(names: &[&str]) -> Shape {
    Shape::Table(names.iter().map(|name| ((*name).to_owned(), Shape::Leaf)).collect())
}
