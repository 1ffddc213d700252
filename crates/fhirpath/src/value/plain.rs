use std::fmt::{self, Display};

use rust_decimal::Decimal;
use serde_json::{Number, Value, json};

use super::moment::{Moment, MomentKind};
use super::quantity::Quantity;

/// A value of FHIRPath's own types (`System.*`).
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Plain {
    Boolean(bool),
    Integer(i64),
    Decimal(Decimal),
    Text(String),
    Moment(Moment),
    Quantity(Quantity),
    /// What `type()` answers.
    Type {
        namespace: &'static str,
        name: String,
    },
}

impl Plain {
    /// The name of its type in the namespace `System`.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Plain::Boolean(_) => "Boolean",
            Plain::Integer(_) => "Integer",
            Plain::Decimal(_) => "Decimal",
            Plain::Text(_) => "String",
            Plain::Quantity(_) => "Quantity",
            Plain::Type { .. } => "SimpleTypeInfo",
            Plain::Moment(moment) => match moment.kind {
                MomentKind::Date => "Date",
                MomentKind::DateTime => "DateTime",
                MomentKind::Time => "Time",
            },
        }
    }

    /// The number it stands for, where it is one.
    pub(crate) fn number(&self) -> Option<Decimal> {
        match self {
            Plain::Integer(integer) => Some(Decimal::from(*integer)),
            Plain::Decimal(decimal) => Some(*decimal),
            _ => None,
        }
    }

    /// As a quantity, which numbers are too.
    pub(crate) fn quantity(&self) -> Option<Quantity> {
        match self {
            Plain::Quantity(quantity) => Some(quantity.clone()),
            other => other.number().map(Quantity::of_number),
        }
    }

    /// As JSON; a quantity is an object with `value` and `unit`.
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Plain::Boolean(boolean) => json!(boolean),
            Plain::Integer(integer) => json!(integer),
            Plain::Decimal(decimal) => number(*decimal),
            Plain::Text(text) => json!(text),
            Plain::Moment(moment) => json!(moment.to_string()),
            Plain::Quantity(quantity) if quantity.unit == "1" => json!({"value": number(quantity.value)}),
            Plain::Quantity(quantity) => json!({"value": number(quantity.value), "unit": quantity.unit}),
            Plain::Type { namespace, name } => json!({"namespace": namespace, "name": name}),
        }
    }
}

/// Goes through text, which a double reads back exactly as it was written.
fn number(decimal: Decimal) -> Value {
    let number = decimal.to_string().parse().ok().and_then(Number::from_f64);
    number.map_or(Value::Null, Value::Number)
}

impl Display for Plain {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Plain::Boolean(boolean) => boolean.fmt(out),
            Plain::Integer(integer) => integer.fmt(out),
            Plain::Decimal(decimal) => decimal.fmt(out),
            Plain::Text(text) => text.fmt(out),
            Plain::Moment(moment) => moment.fmt(out),
            Plain::Quantity(quantity) => quantity.fmt(out),
            Plain::Type { namespace, name } => write!(out, "{namespace}.{name}"),
        }
    }
}
