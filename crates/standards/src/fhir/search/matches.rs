//! Whether one resource satisfies a query, by looking at its entries one after the other.
//!
//! This is the meaning that a store's faster ways are tested against, and it serves where there is no
//! store.

use serde_json::Value;

use super::compare;
use super::date::span;
use super::entry::{IndexEntry, IndexValue};
use super::query::{Criterion, Match, Modifier, Query, SystemMatch};

/// Whether `resource`, whose index entries are `entries`, satisfies every criterion of `query`.
///
/// Its type is not looked at, nor is what shapes the result (sort, count, includes).
#[must_use]
pub fn matches(query: &Query, resource: &Value, entries: &[IndexEntry]) -> bool {
    let holds = |criterion: &Criterion| satisfies(criterion, resource, entries);
    query.criteria.iter().all(holds)
}

fn satisfies(criterion: &Criterion, resource: &Value, entries: &[IndexEntry]) -> bool {
    let mut values = entries.iter().filter(|entry| entry.param == criterion.key).map(|entry| &entry.value);
    let any = |value: &IndexValue| {
        let modifier = criterion.modifier.as_ref();
        criterion.any.iter().any(|wanted| equal(wanted, modifier, value))
    };
    match &criterion.modifier {
        Some(Modifier::Missing(missing)) => values.next().is_none() == *missing,
        Some(Modifier::Not) => !values.any(any),
        _ => values.any(any) || criterion.any.iter().any(|wanted| of_itself(wanted, resource)),
    }
}

/// `_id` and `_lastUpdated` are read from the resource.
fn of_itself(wanted: &Match, resource: &Value) -> bool {
    match wanted {
        Match::Id { id } => resource.get("id").and_then(Value::as_str) == Some(id),
        Match::LastUpdated { prefix, low_us, high_us } => {
            let written = resource.pointer("/meta/lastUpdated").and_then(Value::as_str);
            written
                .and_then(span)
                .is_some_and(|(moment, _)| compare::dates(*prefix, (moment, moment + 1), (*low_us, *high_us)))
        }
        _ => false,
    }
}

fn equal(wanted: &Match, modifier: Option<&Modifier>, found: &IndexValue) -> bool {
    match (wanted, found) {
        (Match::Token { system: wanted_system, code: wanted_code }, IndexValue::Token { system, code }) => {
            is_system(wanted_system, system.as_deref())
                && wanted_code.as_ref().is_none_or(|wanted| wanted == code)
        }
        (Match::String { normalised, exact: wanted }, IndexValue::String { value, exact }) => {
            match modifier {
                Some(Modifier::Exact) => exact == wanted,
                Some(Modifier::Contains) => value.contains(normalised),
                _ => value.starts_with(normalised),
            }
        }
        (Match::Date { prefix, low_us: low, high_us: high }, IndexValue::Date { low_us, high_us }) => {
            compare::dates(*prefix, (*low_us, *high_us), (*low, *high))
        }
        (
            Match::Number { prefix, value, low, high },
            IndexValue::Number { low: found_low, high: found_high },
        ) => compare::numbers(*prefix, (*found_low, *found_high), *value, (*low, *high)),
        (Match::Quantity { .. }, IndexValue::Quantity { .. }) => is_quantity(wanted, found),
        (Match::Reference { targets }, IndexValue::Reference { target }) => targets.contains(target),
        (Match::Uri { value: wanted }, IndexValue::Uri { value }) => wanted == value,
        _ => false,
    }
}

fn is_system(wanted: &SystemMatch, found: Option<&str>) -> bool {
    match wanted {
        SystemMatch::Any => true,
        SystemMatch::None => found.is_none(),
        SystemMatch::Is(wanted) => found == Some(wanted),
    }
}

fn is_quantity(wanted: &Match, found: &IndexValue) -> bool {
    let (
        Match::Quantity { prefix, value, low, high, system: wanted_system, code: wanted_code },
        IndexValue::Quantity { low: found_low, high: found_high, system, code, unit },
    ) = (wanted, found)
    else {
        return false;
    };
    let of_system = wanted_system.is_none() || wanted_system == system;
    let in_unit =
        wanted_code.is_none() || wanted_code == code || (wanted_system.is_none() && wanted_code == unit);
    of_system && in_unit && compare::numbers(*prefix, (*found_low, *found_high), *value, (*low, *high))
}
