//! Values to search with, and whether a resource is what was searched for.

use serde_json::Value;
use standards::fhir::instant;
use standards::fhir::search::query::{ParseContext, parse};
use standards::fhir::search::{IndexValue, ParamKey, Parameters, extract, matches};

const DAY_US: i64 = 86_400_000_000;

/// The pairs of a query as they stand in an address.
pub(super) fn encoded(pairs: &[(String, String)]) -> String {
    let one = |(name, value): &(String, String)| format!("{name}={}", escaped(value));
    pairs.iter().map(one).collect::<Vec<_>>().join("&")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' => {
                escaped.push(char::from(byte));
            }
            other => escaped.push_str(&format!("%{other:02X}")),
        }
    }
    escaped
}

/// A value of a resource to search it by; none where it has none.
pub(super) fn value_of(resource: &Value, parameter: &str) -> Option<String> {
    let kind = resource["resourceType"].as_str()?;
    if parameter == "_id" {
        return resource["id"].as_str().map(str::to_owned);
    }
    let key = ParamKey::of(kind, parameter);
    let mut values = extract(resource).into_iter().filter(|entry| entry.param == key);
    let form = |value: IndexValue| match value {
        IndexValue::Token { system: Some(system), code } if !system.is_empty() => {
            Some(format!("{}|{}", guarded(&system), guarded(&code)))
        }
        IndexValue::Token { code, .. } => Some(guarded(&code)),
        IndexValue::String { exact, .. } => Some(guarded(&exact)),
        IndexValue::Reference { target } => Some(target),
        IndexValue::Date { low_us, high_us } => date(parameter, low_us, high_us),
        IndexValue::Uri { value } => Some(value),
        IndexValue::Number { .. } | IndexValue::Quantity { .. } | IndexValue::Label { .. } => None,
    };
    values.find_map(|entry| form(entry.value))
}

/// A text in which nothing separates values.
fn guarded(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace('|', "\\|").replace('$', "\\$")
}

/// A birth date as it is; any other moment as "from then on", which every precision bears.
fn date(parameter: &str, low_us: i64, high_us: i64) -> Option<String> {
    let is_day = high_us.checked_sub(low_us) == Some(DAY_US);
    match low_us {
        i64::MIN => None,
        low if parameter == "birthdate" && is_day => Some(instant::format(low)[..10].to_owned()),
        low => Some(format!("ge{}", &instant::format(low.div_euclid(DAY_US) * DAY_US)[..10])),
    }
}

/// Whether a resource is what these pairs search for, as far as that is known here.
pub(super) fn is_wanted(resource: &Value, pairs: &[(String, String)], base: &str) -> bool {
    let Some(kind) = resource["resourceType"].as_str() else { return false };
    let query = parse(kind, pairs, Parameters::r4(), &ParseContext::new(base, 0));
    let local = local(resource, base);
    matches(&query, &local, &extract(&local))
}

/// The same resource with references to its own server made relative.
fn local(resource: &Value, base: &str) -> Value {
    let text = resource.to_string().replace(&format!("\"{base}/"), "\"");
    serde_json::from_str(&text).unwrap_or_else(|_| resource.clone())
}
