use serde_json::Value;

use crate::fhir::search::{IndexEntry, IndexValue, ParamKey, extract};

/// The values of one parameter of a resource, in words.
pub(super) fn values_of(resource: &Value, code: &str) -> Vec<String> {
    let resource_type = resource["resourceType"].as_str().unwrap();
    let key = ParamKey::of(resource_type, code);
    let entries = extract(resource);
    let is_label = |entry: &&IndexEntry| matches!(entry.value, IndexValue::Label { .. });
    entries.iter().filter(|entry| entry.param == key && !is_label(entry)).map(words).collect()
}

pub(super) fn words(entry: &IndexEntry) -> String {
    let or_empty = |word: &Option<String>| word.clone().unwrap_or_default();
    match &entry.value {
        IndexValue::Token { system, code } => format!("{}|{code}", system.as_deref().unwrap_or("-")),
        IndexValue::String { value, exact } => format!("{value} ({exact})"),
        IndexValue::Date { low_us, high_us } => format!("{} to {}", moment(*low_us), moment(*high_us)),
        IndexValue::Number { low, high } => format!("{low}..{high}"),
        IndexValue::Quantity { low, high, system, code, unit } => {
            format!("{low}..{high} {}|{} {}", or_empty(system), or_empty(code), or_empty(unit))
        }
        IndexValue::Reference { target } => target.clone(),
        IndexValue::Uri { value } => value.clone(),
        IndexValue::Label { value } => format!("\"{value}\""),
    }
}

pub(super) fn moment(us: i64) -> String {
    match us {
        i64::MIN | i64::MAX => "open".to_owned(),
        _ => jiff::Timestamp::from_microsecond(us).unwrap().to_string(),
    }
}
