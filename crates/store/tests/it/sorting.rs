//! The order of search results, said in the plainest way: what the SQL is held against.

use std::cmp::Ordering;

use serde_json::Value;
use standards::fhir::instant;
use standards::fhir::search::query::Sort;
use standards::fhir::search::{IndexValue, SearchKind, extract};

/// What a resource is sorted by.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
enum Key {
    Time(i64),
    Number(f64),
    Text(String),
}

/// The order of two resources under `sort`; what has no value comes last, whichever way the order runs.
pub(crate) fn order(sort: &[Sort], a: &Value, b: &Value) -> Ordering {
    for by in sort {
        let order = match (key(by, a), key(by, b)) {
            (Some(a), Some(b)) => {
                let order = a.partial_cmp(&b).unwrap();
                if by.descending { order.reverse() } else { order }
            }
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

/// The least value where the order rises, the greatest where it falls.
fn key(by: &Sort, resource: &Value) -> Option<Key> {
    match by.kind {
        SearchKind::Id => return Some(Key::Text(resource["id"].as_str()?.to_owned())),
        SearchKind::LastUpdated => {
            return Some(Key::Time(instant::parse(resource["meta"]["lastUpdated"].as_str()?)?));
        }
        _ => {}
    }
    let is_label = |value: &IndexValue| matches!(value, IndexValue::Label { .. });
    let entries =
        extract(resource).into_iter().filter(|entry| entry.param == by.key && !is_label(&entry.value));
    let keys = entries.map(|entry| match entry.value {
        IndexValue::Token { code, .. } => Key::Text(code),
        IndexValue::String { value, .. } | IndexValue::Uri { value } | IndexValue::Label { value } => {
            Key::Text(value)
        }
        IndexValue::Reference { target } => Key::Text(target),
        IndexValue::Date { low_us, .. } => Key::Time(low_us),
        IndexValue::Number { low, high } | IndexValue::Quantity { low, high, .. } => {
            Key::Number(if by.descending { high } else { low })
        }
    });
    keys.reduce(|best, key| if (key < best) != by.descending { key } else { best })
}
