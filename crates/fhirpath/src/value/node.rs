use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::Value;
use standards::fhir::definitions::{Definitions, Primitive, TypeDefinition};

use super::moment::Moment;
use super::plain::Plain;
use super::quantity::Quantity;
use super::types::{is_complex, primitive_name};

/// A place in a resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'a> {
    /// Its JSON; `Null` where only the companion with the `_` is there.
    pub(crate) json: &'a Value,
    /// Of a primitive value: the companion that holds its id and extensions.
    pub(crate) beside: Option<&'a Value>,
    pub(crate) kind: NodeKind,
}

/// What FHIR says about a place.
#[derive(Debug, Clone, Copy)]
pub(crate) enum NodeKind {
    Primitive(Primitive),
    Complex(&'static TypeDefinition),
    /// JSON that is not of a FHIR resource.
    Untyped,
}

impl<'a> Node<'a> {
    /// JSON as it comes, typed by its `resourceType` where it has one.
    pub(crate) fn of(json: &'a Value) -> Self {
        let named = json.get("resourceType").and_then(Value::as_str);
        let kind =
            named.and_then(|name| Definitions::r4().find(name)).map_or(NodeKind::Untyped, NodeKind::Complex);
        Self { json, beside: None, kind }
    }

    /// The name of its type, such as `HumanName` or `BackboneElement`.
    pub(crate) fn type_name(&self) -> &'static str {
        match self.kind {
            NodeKind::Primitive(primitive) => primitive_name(primitive),
            NodeKind::Complex(definition) if definition.name.contains('.') => "BackboneElement",
            NodeKind::Complex(definition) => &definition.name,
            NodeKind::Untyped => "Any",
        }
    }

    /// The value of a primitive or a quantity.
    pub(crate) fn plain(&self) -> Option<Plain> {
        match self.kind {
            NodeKind::Primitive(primitive) => primitive_value(primitive, self.json),
            NodeKind::Complex(definition) if is_complex(&definition.name, "Quantity") => {
                quantity(self.json).map(Plain::Quantity)
            }
            NodeKind::Complex(_) => None,
            NodeKind::Untyped => match self.json {
                Value::Bool(boolean) => Some(Plain::Boolean(*boolean)),
                Value::String(text) => Some(Plain::Text(text.clone())),
                Value::Number(number) => {
                    number.as_i64().map(Plain::Integer).or_else(|| decimal(self.json).map(Plain::Decimal))
                }
                _ => None,
            },
        }
    }
}

/// A value as its type reads it; some published examples write numbers and booleans as text.
fn primitive_value(primitive: Primitive, json: &Value) -> Option<Plain> {
    let text = json.as_str();
    match primitive {
        Primitive::Boolean => json.as_bool().or_else(|| text?.parse().ok()).map(Plain::Boolean),
        Primitive::Integer | Primitive::PositiveInt | Primitive::UnsignedInt => {
            json.as_i64().or_else(|| text?.parse().ok()).map(Plain::Integer)
        }
        Primitive::Decimal => decimal(json).map(Plain::Decimal),
        _ => {
            let text = text?;
            let moment = match primitive {
                Primitive::Date => Moment::date(text),
                Primitive::DateTime | Primitive::Instant => Moment::date_time(text),
                Primitive::Time => Moment::time(text),
                _ => None,
            };
            Some(moment.map_or_else(|| Plain::Text(text.to_owned()), Plain::Moment))
        }
    }
}

fn decimal(json: &Value) -> Option<Decimal> {
    let text = match json {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    Decimal::from_str(&text).or_else(|_| Decimal::from_scientific(&text)).ok()
}

/// A quantity by its code, or by its unit where it has no code.
fn quantity(json: &Value) -> Option<Quantity> {
    let value = decimal(json.get("value")?)?;
    let named = |name| json.get(name).and_then(Value::as_str);
    let unit = named("code").or(named("unit")).unwrap_or("1").to_owned();
    Some(Quantity { value, unit, calendar: false })
}
