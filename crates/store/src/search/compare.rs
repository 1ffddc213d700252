//! What one value means, as a condition on an index row `x`: [`standards::fhir::search::compare`] in SQL.

use rusqlite::types::Value;
use standards::fhir::search::query::{Modifier, Prefix, SystemMatch};

use super::clause::Clause;
use crate::sqlite::system_key;

pub(super) fn token(system: &SystemMatch, code: Option<&str>) -> Clause {
    let mut parts = Vec::new();
    if let Some(code) = code {
        parts.push(Clause::new("x.code = ?", vec![Value::Text(code.to_owned())]));
    }
    match system {
        SystemMatch::Any => {}
        SystemMatch::None => parts.push(Clause::new("x.system = 0", vec![])),
        SystemMatch::Is(uri) => {
            parts.push(Clause::new("x.system = ?", vec![Value::Integer(system_key(Some(uri)))]));
        }
    }
    if parts.is_empty() {
        parts.push(Clause::new("1", vec![]));
    }
    Clause::join(parts, " AND ")
}

pub(super) fn string(modifier: Option<&Modifier>, normalised: &str, exact: &str) -> Clause {
    match modifier {
        Some(Modifier::Exact) => Clause::new(
            "x.value = ? AND x.exact = ?",
            vec![Value::Text(normalised.to_owned()), Value::Text(exact.to_owned())],
        ),
        Some(Modifier::Contains) => {
            Clause::new("instr(x.value, ?) > 0", vec![Value::Text(normalised.to_owned())])
        }
        Some(Modifier::Whole) => Clause::new("x.value = ?", vec![Value::Text(normalised.to_owned())]),
        Some(Modifier::Ends) => Clause::new(
            "substr(x.value, -length(?)) = ?",
            vec![Value::Text(normalised.to_owned()), Value::Text(normalised.to_owned())],
        ),
        _ => starts(normalised),
    }
}

/// A value that starts so.
pub(super) fn starts(with: &str) -> Clause {
    match next_prefix(with) {
        Some(end) => {
            Clause::new("x.value >= ? AND x.value < ?", vec![Value::Text(with.to_owned()), Value::Text(end)])
        }
        None => Clause::new("x.value >= ?", vec![Value::Text(with.to_owned())]),
    }
}

/// A URI that lies below this one, path by path.
pub(super) fn below(uri: &str) -> Clause {
    starts(&format!("{uri}/"))
}

/// The least text that is greater than everything starting with `prefix`.
fn next_prefix(prefix: &str) -> Option<String> {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        let following = match last {
            '\u{d7ff}' => Some('\u{e000}'),
            other => char::from_u32(other as u32 + 1),
        };
        if let Some(following) = following {
            chars.push(following);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

/// Spans of time, half-open on both sides (FHIR R4, 3.1.1.4.5).
pub(super) fn span(prefix: Prefix, [low, high]: [&str; 2], wanted_low: i64, wanted_high: i64) -> Clause {
    let (from, until) = (Value::Integer(wanted_low), Value::Integer(wanted_high));
    let within = format!("{low} >= ? AND {high} <= ?");
    match prefix {
        // What ends in time began in time; said twice, because the index is walked by the beginnings.
        Prefix::Eq => Clause::new(format!("{within} AND {low} <= ?"), vec![from, until.clone(), until]),
        Prefix::Ne => Clause::new(format!("NOT ({within})"), vec![from, until]),
        Prefix::Gt => Clause::new(format!("{high} > ?"), vec![until]),
        Prefix::Lt => Clause::new(format!("{low} < ?"), vec![from]),
        Prefix::Ge => Clause::new(format!("({high} > ? OR ({within}))"), vec![until.clone(), from, until]),
        Prefix::Le => Clause::new(format!("({low} < ? OR ({within}))"), vec![from.clone(), from, until]),
        Prefix::Sa => Clause::new(format!("{low} >= ?"), vec![until]),
        Prefix::Eb => Clause::new(format!("{high} <= ?"), vec![from]),
        Prefix::Ap => Clause::new(format!("{low} < ? AND {high} > ?"), vec![until, from]),
    }
}

/// Numbers: `low` and `high` bound what the written digits may mean, `value` is the number as written.
pub(super) fn range(prefix: Prefix, value: f64, low: f64, high: f64) -> Clause {
    let (value, low, high) = (Value::Real(value), Value::Real(low), Value::Real(high));
    match prefix {
        Prefix::Eq => Clause::new("x.low >= ? AND x.high < ?", vec![low, high]),
        Prefix::Ne => Clause::new("NOT (x.low >= ? AND x.high < ?)", vec![low, high]),
        Prefix::Gt => Clause::new("x.high > ?", vec![value]),
        Prefix::Lt => Clause::new("x.low < ?", vec![value]),
        Prefix::Ge => Clause::new("x.high >= ?", vec![value]),
        Prefix::Le => Clause::new("x.low <= ?", vec![value]),
        Prefix::Sa => Clause::new("x.low > ?", vec![value]),
        Prefix::Eb => Clause::new("x.high < ?", vec![value]),
        Prefix::Ap => Clause::new("x.low < ? AND x.high >= ?", vec![high, low]),
    }
}

/// With a system, the unit's code; without one, its code or what people read.
pub(super) fn unit(system: Option<&str>, code: Option<&str>) -> Clause {
    match (system, code) {
        (None, None) => Clause::new("1", vec![]),
        (None, Some(code)) => Clause::new(
            "(x.code = ? OR x.unit = ?)",
            vec![Value::Text(code.to_owned()), Value::Text(code.to_owned())],
        ),
        (Some(system), None) => Clause::new("x.system = ?", vec![Value::Integer(system_key(Some(system)))]),
        (Some(system), Some(code)) => Clause::new(
            "x.system = ? AND x.code = ?",
            vec![Value::Integer(system_key(Some(system))), Value::Text(code.to_owned())],
        ),
    }
}
