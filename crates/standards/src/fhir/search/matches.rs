//! Whether one resource satisfies a query, by looking at its entries one after the other.
//!
//! This is the meaning that a store's faster ways are tested against, and it serves where there is no
//! store.

use serde_json::Value;

use super::compare;
use super::date::span;
use super::entry::{IndexEntry, IndexValue};
use super::query::{Condition, Criterion, Link, Match, Modifier, Query, SystemMatch};

/// The resources around one, for conditions about what it is linked with.
pub trait Others {
    /// The live resource of this type and id, with its index entries.
    fn get(&self, resource_type: &str, id: &str) -> Option<(Value, Vec<IndexEntry>)>;

    /// Whether `wanted` says yes of any live resource of this type.
    fn any(&self, resource_type: &str, wanted: &mut dyn FnMut(&Value, &[IndexEntry]) -> bool) -> bool;
}

/// A resource by itself.
struct Alone;

impl Others for Alone {
    fn get(&self, _resource_type: &str, _id: &str) -> Option<(Value, Vec<IndexEntry>)> {
        None
    }

    fn any(&self, _resource_type: &str, _wanted: &mut dyn FnMut(&Value, &[IndexEntry]) -> bool) -> bool {
        false
    }
}

/// Whether `resource`, whose index entries are `entries`, satisfies every condition of `query` by itself: it is linked
/// with nothing.
///
/// Its type is not looked at, nor is what shapes the result (sort, count, includes).
#[must_use]
pub fn matches(query: &Query, resource: &Value, entries: &[IndexEntry]) -> bool {
    matches_among(&Alone, query, resource, entries)
}

/// The same among `others`.
#[must_use]
pub fn matches_among(others: &dyn Others, query: &Query, resource: &Value, entries: &[IndexEntry]) -> bool {
    query.criteria.iter().all(|condition| holds(others, condition, resource, entries))
}

fn holds(others: &dyn Others, condition: &Condition, resource: &Value, entries: &[IndexEntry]) -> bool {
    let holds_here = |part: &Condition| holds(others, part, resource, entries);
    match condition {
        Condition::Value(criterion) => satisfies(criterion, resource, entries),
        Condition::All(parts) => parts.iter().all(holds_here),
        Condition::Any(parts) => parts.iter().any(holds_here),
        Condition::Not(inner) => !holds_here(inner),
        Condition::RefersTo(link) => targets(link, entries).any(|target| {
            let found = local(link, target)
                .filter(|(kind, _)| *kind == link.other_type)
                .and_then(|(kind, id)| others.get(kind, id));
            found.is_some_and(|(other, entries)| holds(others, &link.condition, &other, &entries))
        }),
        Condition::ReferredBy(link) => {
            let text = |member: &str| resource.get(member).and_then(Value::as_str).unwrap_or_default();
            let forms: Vec<String> = link.forms(text("resourceType"), text("id")).collect();
            others.any(&link.other_type, &mut |other, entries| {
                targets(link, entries).any(|target| forms.iter().any(|form| form == target))
                    && holds(others, &link.condition, other, entries)
            })
        }
    }
}

fn targets<'a>(link: &'a Link, entries: &'a [IndexEntry]) -> impl Iterator<Item = &'a str> {
    let of_link = entries.iter().filter(|entry| entry.param == link.key);
    of_link.filter_map(|entry| match &entry.value {
        IndexValue::Reference { target } => Some(target.as_str()),
        _ => None,
    })
}

/// Type and id of a target on this server.
fn local<'a>(link: &Link, target: &'a str) -> Option<(&'a str, &'a str)> {
    let base = link.base_url.as_str();
    let under_base = target.strip_prefix(base).and_then(|rest| rest.strip_prefix('/'));
    let relative = under_base.filter(|_| !base.is_empty()).unwrap_or(target);
    relative.split_once('/').filter(|(_, id)| !id.contains('/'))
}

fn satisfies(criterion: &Criterion, resource: &Value, entries: &[IndexEntry]) -> bool {
    let of_param = || entries.iter().filter(|entry| entry.param == criterion.key);
    let any = || {
        criterion.any.iter().any(|wanted| {
            of_itself(wanted, resource)
                || is_element(wanted, entries)
                || of_param().any(|entry| equal(wanted, criterion.modifier.as_ref(), &entry.value))
        })
    };
    match &criterion.modifier {
        Some(Modifier::Missing(missing)) if criterion.any.is_empty() => {
            // What people read is kept beside the values and is none.
            let is_value = |entry: &IndexEntry| !matches!(entry.value, IndexValue::Label { .. });
            of_param().any(is_value) != *missing
        }
        Some(Modifier::Missing(missing)) => any() != *missing,
        Some(Modifier::Differs) => of_param().any(|entry| {
            let same = |wanted| equal(wanted, Some(&Modifier::Whole), &entry.value);
            !matches!(entry.value, IndexValue::Label { .. }) && !criterion.any.iter().any(same)
        }),
        Some(modifier) if modifier.is_negative() => !any(),
        _ => any(),
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

/// Whether one element meets every part.
fn is_element(wanted: &Match, entries: &[IndexEntry]) -> bool {
    let Match::Element { parts } = wanted else { return false };
    let Some((first, others)) = parts.split_first() else { return false };
    let has = |part: &Criterion, entry: &IndexEntry| {
        let meets = |wanted| equal(wanted, None, &entry.value);
        entry.param == part.key && (part.any.is_empty() || part.any.iter().any(meets))
    };
    let starts = entries.iter().filter(|entry| has(first, entry));
    starts.map(|entry| entry.element).any(|element| {
        let here = || entries.iter().filter(|entry| entry.element == element);
        others.iter().all(|part| here().any(|entry| has(part, entry)))
    })
}

fn equal(wanted: &Match, modifier: Option<&Modifier>, found: &IndexValue) -> bool {
    match (wanted, found) {
        (Match::Token { system: wanted_system, code: wanted_code }, IndexValue::Token { system, code }) => {
            is_system(wanted_system, system.as_deref())
                && wanted_code.as_ref().is_none_or(|wanted| wanted == code)
        }
        (Match::Codes { codes }, IndexValue::Token { system, code }) => {
            codes.iter().any(|(wanted_system, wanted)| wanted_system == system && wanted == code)
        }
        (Match::Label { normalised }, IndexValue::Label { value }) => value.starts_with(normalised),
        (Match::String { normalised, exact: wanted }, IndexValue::String { value, exact }) => {
            match modifier {
                Some(Modifier::Exact) => exact == wanted,
                Some(Modifier::Contains) => value.contains(normalised),
                Some(Modifier::Whole) => value == normalised,
                Some(Modifier::Ends) => value.ends_with(normalised),
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
        (Match::UriBelow { value: wanted }, IndexValue::Uri { value }) => {
            value.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
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
