//! Search, as tables of examples and as properties.

mod comparing;
mod examples;
mod extraction;
mod parameters;
mod properties;
mod reading;
mod searching;
mod values;

use serde_json::Value;

use super::query::{ParseContext, Query, parse};
use super::{IndexEntry, IndexValue, ParamKey, Parameters};

/// 2024-07-01T00:00:00Z
const NOW_US: i64 = 1_719_792_000_000_000;

const CONTEXT: ParseContext<'_> = ParseContext { base_url: "http://here.example/fhir", now_us: NOW_US };

/// Reads a query string whose values need no percent-decoding.
fn read(resource_type: &str, query: &str) -> Query {
    let pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    parse(resource_type, &pairs, Parameters::r4(), &CONTEXT)
}

/// The values of one parameter of a resource, in words.
fn values_of(resource: &Value, code: &str) -> Vec<String> {
    let resource_type = resource["resourceType"].as_str().unwrap();
    let key = ParamKey::of(resource_type, code);
    let entries = super::extract(resource);
    entries.iter().filter(|entry| entry.param == key).map(words).collect()
}

fn words(entry: &IndexEntry) -> String {
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
    }
}

fn moment(us: i64) -> String {
    match us {
        i64::MIN | i64::MAX => "open".to_owned(),
        _ => jiff::Timestamp::from_microsecond(us).unwrap().to_string(),
    }
}
