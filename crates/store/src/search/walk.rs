//! Newest first, or oldest first, by walking the dates in their order instead of sorting everything that matches.

use rusqlite::types::Value;
use standards::fhir::search::SearchKind;
use standards::fhir::search::query::{Query, Sort};

use super::clause::Clause;
use super::cursor::Cursor;
use super::select::unchanged;
use super::test::Test;

/// The date that a search is sorted by, where it is sorted by that alone.
pub(super) fn by_date(query: &Query) -> Option<&Sort> {
    match &query.sort[..] {
        [only] if only.kind == SearchKind::Date => Some(only),
        _ => None,
    }
}

/// Whether a walk finds `wanted` hits with fewer looks than there are hits to sort: of `all` resources `matching` match,
/// so that one look in `all / matching` finds one.
pub(super) fn is_shorter(wanted: usize, matching: u64, all: u64) -> bool {
    (wanted as u64).saturating_mul(all) < matching.saturating_mul(matching)
}

/// The `rid`s of a page in one file with their date, in order. A resource with several dates stands where it would be
/// sorted: at the first that the walk meets. One with none is not met at all.
pub(super) fn page(
    schema: &str,
    resource_type: &str,
    tests: &[Test<'_>],
    sort: &Sort,
    start: Option<&Cursor>,
    count: usize,
) -> Clause {
    let (direction, beyond) = if sort.descending { ("DESC", "<") } else { ("ASC", ">") };
    let param = Value::Integer(i64::from(sort.key.0));
    let mut conditions = vec![Clause::new(
        format!(
            "SELECT d.rid AS rid, d.low AS k0 FROM {schema}.date AS d INDEXED BY date_low WHERE d.param = ?
             AND NOT EXISTS (SELECT 1 FROM {schema}.date AS e WHERE e.param = d.param AND e.rid = d.rid
               AND (e.low {beyond_first} d.low OR (e.low = d.low AND e.high < d.high)))",
            beyond_first = if sort.descending { ">" } else { "<" },
        ),
        vec![param],
    )];
    if let Some(Cursor { keys, rid }) = start {
        conditions.push(Clause::new(
            format!("d.low {beyond}= ? AND (d.low {beyond} ? OR d.rid > ?)"),
            vec![keys[0].clone(), keys[0].clone(), Value::Integer(*rid)],
        ));
    }
    conditions.push(Clause::new(unchanged(schema), vec![]));
    conditions.extend(tests.iter().map(|test| test.condition(schema, resource_type)));
    Clause::join(conditions, " AND ").wrap("", &format!(" ORDER BY d.low {direction}, d.rid LIMIT {count}"))
}
