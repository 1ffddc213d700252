//! Dates (FHIR R4, 3.1.1.4.7).

use serde_json::Value;

use crate::fhir::search::date::span;
use crate::fhir::search::entry::IndexValue;

/// A date of any precision; a `Period`, open where it has no end; of a `Timing` its outer limits.
pub(super) fn values(found: &Value, add: &mut dyn FnMut(IndexValue)) {
    let whole = match found {
        Value::String(text) => span(text),
        Value::Object(members) if members.contains_key("event") || members.contains_key("repeat") => {
            timing(found)
        }
        Value::Object(_) => period(found),
        _ => None,
    };
    if let Some((low_us, high_us)) = whole {
        add(IndexValue::Date { low_us, high_us });
    }
}

fn period(value: &Value) -> Option<(i64, i64)> {
    let start = value.get("start").and_then(Value::as_str).and_then(span);
    let end = value.get("end").and_then(Value::as_str).and_then(span);
    if start.is_none() && end.is_none() {
        return None;
    }
    let low_us = start.map_or(i64::MIN, |(low, _)| low);
    let high_us = end.map_or(i64::MAX, |(_, high)| high);
    (low_us < high_us).then_some((low_us, high_us))
}

fn timing(value: &Value) -> Option<(i64, i64)> {
    let events = value.get("event").and_then(Value::as_array);
    let events = events.into_iter().flatten().filter_map(|event| span(event.as_str()?));
    let bounds = value.pointer("/repeat/boundsPeriod").and_then(period);
    events.chain(bounds).reduce(|whole, span| (whole.0.min(span.0), whole.1.max(span.1)))
}
