//! Sort keys as SQL, and their order once they are read.

use std::cmp::Ordering;

use rusqlite::types::Value;
use standards::fhir::search::SearchKind;
use standards::fhir::search::query::Sort;

use super::clause::Clause;

/// The columns `k0, k1, ...` that a search is sorted by, each preceded by a comma, and the joins they need.
///
/// A resource without a value comes last either way: the stand-in is greater than every value where the order rises
/// (SQLite puts blobs after text) and less than every value where it falls.
pub(super) fn keys(schema: &str, sort: &[Sort]) -> (Clause, Clause) {
    let mut columns = Clause::default();
    let mut joins = Clause::default();
    for (at, key) in sort.iter().enumerate() {
        let (edge, column, stand_in) =
            if key.descending { ("max", "high", "-9e999") } else { ("min", "low", "x'ff'") };
        let param = Value::Integer(i64::from(key.key.0));
        let mut by_resource = |table: &str, column: &str| {
            columns.text += &format!(
                ", coalesce((SELECT {edge}(s.{column}) FROM {schema}.{table} AS s WHERE s.param = ? AND s.rid = d.rid), {stand_in}) AS k{at}"
            );
            columns.values.push(param.clone());
        };
        match key.kind {
            // By when it began either way, so that the dates' own order serves both.
            SearchKind::Date => by_resource("date", "low"),
            SearchKind::Number => by_resource("number", column),
            SearchKind::Quantity => by_resource("quantity", column),
            SearchKind::Id => columns.text += &own_column(schema, "id", at),
            SearchKind::LastUpdated => columns.text += &own_column(schema, "updated_us", at),
            kind => {
                let (table, value) = text_column(kind);
                joins.text += &format!(
                    " LEFT JOIN (SELECT rid, {edge}({value}) AS k FROM {schema}.{table} WHERE param = ? GROUP BY rid) AS j{at} ON j{at}.rid = d.rid"
                );
                joins.values.push(param);
                columns.text += &format!(", coalesce(j{at}.k, {stand_in}) AS k{at}");
            }
        }
    }
    (columns, joins)
}

fn own_column(schema: &str, column: &str, at: usize) -> String {
    format!(", (SELECT s.{column} FROM {schema}.resource AS s WHERE s.rid = d.rid) AS k{at}")
}

fn text_column(kind: SearchKind) -> (&'static str, &'static str) {
    match kind {
        SearchKind::Token => ("token", "code"),
        SearchKind::Reference => ("reference", "target"),
        SearchKind::Uri => ("uri", "value"),
        _ => ("string", "value"),
    }
}

/// `ORDER BY` for the columns of [`keys`], ties broken by `rid`.
pub(super) fn order_by(sort: &[Sort]) -> String {
    let mut text: String = sort
        .iter()
        .enumerate()
        .map(|(at, key)| format!("k{at} {}, ", if key.descending { "DESC" } else { "ASC" }))
        .collect();
    text.insert_str(0, " ORDER BY ");
    text + "rid"
}

/// What comes after the hit with these keys and this `rid`.
pub(super) fn after(sort: &[Sort], keys: &[Value], rid: i64) -> Clause {
    let mut clause = Clause { text: "rid > ?".to_owned(), values: vec![Value::Integer(rid)] };
    for (at, key) in sort.iter().enumerate().rev() {
        let beyond = if key.descending { "<" } else { ">" };
        let mut values = vec![keys[at].clone(), keys[at].clone()];
        values.append(&mut clause.values);
        clause = Clause { text: format!("(k{at} {beyond} ? OR (k{at} = ? AND {}))", clause.text), values };
    }
    clause
}

/// The order of two hits, as SQLite sorts their keys.
pub(super) fn compare(sort: &[Sort], a: (&[Value], i64), b: (&[Value], i64)) -> Ordering {
    for (at, key) in sort.iter().enumerate() {
        let order = compare_values(&a.0[at], &b.0[at]);
        let order = if key.descending { order.reverse() } else { order };
        if order != Ordering::Equal {
            return order;
        }
    }
    a.1.cmp(&b.1)
}

fn compare_values(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => a.cmp(b),
        (Value::Real(a), Value::Real(b)) => a.total_cmp(b),
        (Value::Integer(a), Value::Real(b)) => (*a as f64).total_cmp(b),
        (Value::Real(a), Value::Integer(b)) => a.total_cmp(&(*b as f64)),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Blob(a), Value::Blob(b)) => a.cmp(b),
        _ => rank(a).cmp(&rank(b)),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Integer(_) | Value::Real(_) => 1,
        Value::Text(_) => 2,
        Value::Blob(_) => 3,
    }
}
