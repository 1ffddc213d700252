use std::cmp::Ordering;

use serde_json::{Map, Value};

use crate::value::{Decimal, Item, Moment, MomentKind, Plain};

/// Whether two items are equal; none where their precision leaves it open (FHIRPath, 6.1.1).
pub(super) fn equal(one: &Item<'_>, two: &Item<'_>) -> Option<bool> {
    match (one.plain(), two.plain()) {
        (Some(one), Some(two)) => equal_plain(&one, &two),
        (None, None) => Some(same_place(one, two)),
        _ => Some(false),
    }
}

/// Whether two items are certainly equal.
pub(super) fn same(one: &Item<'_>, two: &Item<'_>) -> bool {
    equal(one, two) == Some(true)
}

fn equal_plain(one: &Plain, two: &Plain) -> Option<bool> {
    match (one, two) {
        (Plain::Text(one), Plain::Text(two)) => Some(one == two),
        (Plain::Moment(one), Plain::Moment(two)) => {
            if (one.kind == MomentKind::Time) != (two.kind == MomentKind::Time) {
                return Some(false);
            }
            one.compare(two).map(|order| order == Ordering::Equal)
        }
        (Plain::Moment(moment), Plain::Text(text)) | (Plain::Text(text), Plain::Moment(moment)) => {
            let read = read_like(text, moment);
            read.map_or(Some(false), |other| moment.compare(&other).map(|order| order == Ordering::Equal))
        }
        (Plain::Quantity(_), _) | (_, Plain::Quantity(_)) => match (one.quantity(), two.quantity()) {
            (Some(one), Some(two)) if one.undecided(&two) => None,
            (Some(one), Some(two)) => Some(one.compare(&two) == Some(Ordering::Equal)),
            _ => Some(false),
        },
        _ => match (one.number(), two.number()) {
            (Some(one), Some(two)) => Some(one == two),
            _ => Some(one == two),
        },
    }
}

/// A text as a moment of the same kind, for values whose type nobody declared.
pub(super) fn read_like(text: &str, moment: &Moment) -> Option<Moment> {
    match moment.kind {
        MomentKind::Time => Moment::time(text),
        _ => Moment::date(text).or_else(|| Moment::date_time(text)),
    }
}

/// Whether two items are equivalent (FHIRPath, 6.1.2).
pub(super) fn equivalent(one: &Item<'_>, two: &Item<'_>) -> bool {
    match (one.plain(), two.plain()) {
        (Some(one), Some(two)) => equivalent_plain(&one, &two),
        (None, None) => same_place(one, two),
        _ => false,
    }
}

fn equivalent_plain(one: &Plain, two: &Plain) -> bool {
    match (one, two) {
        (Plain::Text(one), Plain::Text(two)) => folded(one) == folded(two),
        (Plain::Quantity(_), _) | (_, Plain::Quantity(_)) => {
            one.quantity().zip(two.quantity()).is_some_and(|(one, two)| one.equivalent(&two))
        }
        (Plain::Moment(first), Plain::Moment(second)) => {
            let kinds = (first.kind == MomentKind::Time) == (second.kind == MomentKind::Time);
            kinds && first.compare(second) == Some(Ordering::Equal)
        }
        _ => match (one.number(), two.number()) {
            (Some(one), Some(two)) => {
                let digits = one.normalize().scale().min(two.normalize().scale());
                round(one, digits) == round(two, digits)
            }
            _ => equal_plain(one, two) == Some(true),
        },
    }
}

fn round(decimal: Decimal, digits: u32) -> Decimal {
    decimal.round_dp_with_strategy(digits, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

/// Small letters, and one space for any run of white space.
fn folded(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same_place(one: &Item<'_>, two: &Item<'_>) -> bool {
    match (one, two) {
        (Item::Node(one), Item::Node(two)) => {
            std::ptr::eq(one.json, two.json) && one.beside.is_none()
                || same_json(one.json, two.json) && one.beside == two.beside
        }
        (Item::Plain(one), Item::Plain(two)) => one == two,
        _ => false,
    }
}

/// Whether two pieces of JSON say the same, whatever the order of their members.
fn same_json(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Object(one), Value::Object(two)) => {
            one.len() == two.len() && one.iter().all(|(name, value)| has(two, name, value))
        }
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same_json(one, two))
        }
        (Value::Number(one), Value::Number(two)) => one.as_f64() == two.as_f64(),
        _ => one == two,
    }
}

fn has(map: &Map<String, Value>, name: &str, value: &Value) -> bool {
    map.get(name).is_some_and(|other| same_json(value, other))
}
