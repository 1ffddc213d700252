//! Numbers and quantities (FHIR R4, 3.1.1.4.6 and 3.1.1.4.11).

use serde_json::Value;

use super::text;
use crate::fhir::search::entry::IndexValue;

/// The namespace of the currency codes that `Money` uses (ISO 4217).
const CURRENCIES: &str = "urn:iso:std:iso:4217";

/// A number as it stands; a `Range`.
pub(super) fn numbers(found: &Value, add: &mut dyn FnMut(IndexValue)) {
    let point = found.as_f64().map(|number| (number, number));
    if let Some((low, high)) = point.or_else(|| range(found)) {
        add(IndexValue::Number { low, high });
    }
}

/// A `Quantity` (and `Age`, `Duration`), as far as its comparator says; a `Range`; `Money`.
pub(super) fn quantities(found: &Value, add: &mut dyn FnMut(IndexValue)) {
    if let Some(value) = found.get("value").and_then(Value::as_f64) {
        let (low, high) = compared(value, text(found, "comparator"));
        match text(found, "currency") {
            Some(currency) => add(quantity(low, high, Some(CURRENCIES), Some(currency), None)),
            None => add(measured(low, high, found)),
        }
    } else if let Some((low, high)) = range(found) {
        let unit = found.get("low").or_else(|| found.get("high"));
        add(measured(low, high, unit.unwrap_or(found)));
    }
}

/// `< 5` is everything below five.
fn compared(value: f64, comparator: Option<&str>) -> (f64, f64) {
    match comparator {
        Some("<" | "<=") => (f64::NEG_INFINITY, value),
        Some(">" | ">=") => (value, f64::INFINITY),
        _ => (value, value),
    }
}

fn range(value: &Value) -> Option<(f64, f64)> {
    let end = |path| value.pointer(path).and_then(Value::as_f64);
    match (end("/low/value"), end("/high/value")) {
        (None, None) => None,
        (low, high) => Some((low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY))),
    }
}

fn measured(low: f64, high: f64, unit: &Value) -> IndexValue {
    quantity(low, high, text(unit, "system"), text(unit, "code"), text(unit, "unit"))
}

fn quantity(low: f64, high: f64, system: Option<&str>, code: Option<&str>, unit: Option<&str>) -> IndexValue {
    IndexValue::Quantity {
        low,
        high,
        system: system.map(str::to_owned),
        code: code.map(str::to_owned),
        unit: unit.map(str::to_owned),
    }
}
