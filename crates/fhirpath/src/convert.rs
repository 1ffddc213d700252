//! Values of the engine as JSON.

use rh_fhirpath::FhirPathValue;
use serde_json::{Number, Value, json};

/// The items of a result, in order; none for the empty collection.
pub(crate) fn items(result: FhirPathValue) -> Vec<Value> {
    match result {
        FhirPathValue::Empty => Vec::new(),
        FhirPathValue::Collection(items) | FhirPathValue::UnorderedCollection(items) => {
            items.into_iter().flat_map(self::items).collect()
        }
        FhirPathValue::FhirPrimitive { inner, .. } => items(*inner),
        FhirPathValue::Object(value) | FhirPathValue::TypedObject { value, .. } => vec![value],
        FhirPathValue::Number(number) => vec![decimal(&number.to_string())],
        FhirPathValue::Quantity { value, unit } => vec![quantity(&value.to_string(), unit)],
        FhirPathValue::DateTimePrecision(precision) => vec![json!(precision)],
        other => vec![other.to_json()],
    }
}

/// Goes through text, which a double reads back exactly as it was written.
fn decimal(text: &str) -> Value {
    let number = text.parse().ok().and_then(Number::from_f64);
    number.map_or(Value::Null, Value::Number)
}

fn quantity(value: &str, unit: Option<String>) -> Value {
    match unit {
        Some(unit) => json!({"value": decimal(value), "unit": unit}),
        None => json!({"value": decimal(value)}),
    }
}
