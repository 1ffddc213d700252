use serde_json::{Value, json};

use super::any::component;
use super::codes::system_named;
use crate::hl7::message::Part;

/// What stands before a number that is to be written with the digits it was sent with.
pub(in crate::v2_to_fhir) const DIGITS: &str = "\u{1}digits:";

/// A number with the digits it was sent with: a text that [`DIGITS`] marks until the Bundle is written.
pub(super) fn decimal(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches('+');
    let text = match text.strip_prefix('.') {
        Some(fraction) => format!("0.{fraction}"),
        None => text.to_owned(),
    };
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number =
        [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if text.starts_with('-') { "-" } else { "" };
    let written =
        if digits.contains('.') { format!("{sign}{whole}.{fraction}") } else { format!("{sign}{whole}") };
    is_number.then(|| Value::from(format!("{DIGITS}{written}")))
}

/// A whole number in the bounds of its type.
pub(super) fn whole(text: &str, kind: &str) -> Option<Value> {
    let number: i32 = text.parse().ok()?;
    let least = match kind {
        "positiveInt" => 1,
        "unsignedInt" => 0,
        _ => i32::MIN,
    };
    (number >= least).then(|| Value::from(number))
}

/// A unit of a CWE: code and system where the system is known to be UCUM or is named, the text otherwise.
fn unit(part: &Part<'_>) -> Option<Value> {
    let code = component(part, 1);
    let text = component(part, 9).or_else(|| component(part, 2)).or_else(|| code.clone())?;
    let mut unit = json!({"unit": text});
    if let (Some(code), Some(system)) = (code, component(part, 3)) {
        unit["system"] = Value::from(system_named(&system));
        unit["code"] = Value::from(code);
    }
    Some(unit)
}

/// An NM, SN or CQ; of a CWE the unit alone, which is laid over the number of another field.
pub(super) fn quantity(part: &Part<'_>, v2_type: &str, kind: &str) -> Option<Value> {
    match v2_type {
        "CWE" | "CE" => unit(part),
        "CQ" => {
            let mut quantity = json!({"value": decimal(&component(part, 1)?)?});
            if let Some(text) =
                part.component(2).and_then(|unit| unit.subcomponent(1)).map(|unit| unit.text())
            {
                quantity["unit"] = Value::from(text);
            }
            Some(quantity)
        }
        "SN" => {
            let mut quantity = json!({"value": decimal(&component(part, 2)?)?});
            if let Some(comparator) =
                component(part, 1).filter(|sign| ["<", "<=", ">", ">="].contains(&sign.as_str()))
            {
                quantity["comparator"] = Value::from(comparator);
            }
            Some(quantity)
        }
        _ => {
            let value = decimal(&part.text())?;
            // The only plain number of the maps that becomes a duration is the length of a stay, in days (PV2-11).
            let days =
                json!({"value": value, "unit": "days", "system": "http://unitsofmeasure.org", "code": "d"});
            Some(if kind == "Duration" { days } else { json!({"value": value}) })
        }
    }
}

/// An NR, or an SN such as `^2^-^5`.
pub(super) fn range(part: &Part<'_>, v2_type: &str) -> Option<Value> {
    let (low, high) = if v2_type == "SN" { (2, 4) } else { (1, 2) };
    let bound = |at| component(part, at).and_then(|text| decimal(&text)).map(|value| json!({"value": value}));
    match (bound(low), bound(high)) {
        (None, None) => None,
        (Some(low), None) => Some(json!({"low": low})),
        (None, Some(high)) => Some(json!({"high": high})),
        (Some(low), Some(high)) => Some(json!({"low": low, "high": high})),
    }
}

/// An SN such as `^1^:^128`.
pub(super) fn ratio(part: &Part<'_>) -> Option<Value> {
    let mut numerator = json!({"value": decimal(&component(part, 2)?)?});
    if let Some(comparator) =
        component(part, 1).filter(|sign| ["<", "<=", ">", ">="].contains(&sign.as_str()))
    {
        numerator["comparator"] = Value::from(comparator);
    }
    Some(json!({"numerator": numerator, "denominator": {"value": decimal(&component(part, 4)?)?}}))
}
