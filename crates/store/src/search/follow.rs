//! A link followed from one candidate, in SQL: worth while where so many resources stand at its far end that listing them
//! all would take longer than asking each candidate of a page.
//!
//! The condition on the far end is about a `d` of its own, which hides the candidate's: the reference `q` between them
//! carries over what is needed.

use rusqlite::types::Value;
use standards::fhir::search::query::Link;

use super::clause::Clause;
use super::select::unchanged;
use super::test::Test;
use crate::sandbox::SCHEMAS;

/// Whether a reference of candidate `d.rid` leads to a resource of which `inner` holds.
pub(super) fn leads_to(schema: &str, link: &Link, inner: &Test<'_>) -> Clause {
    let far = |before: &String, other: &str| {
        let after = before.chars().count() + 1;
        let at = format!(
            "EXISTS (SELECT 1 FROM {other}.resource AS d
             WHERE d.type = ? AND d.id = substr(q.target, {after}) AND d.deleted = 0 AND {}",
            unchanged(other)
        );
        let at = Clause::new(at, vec![Value::Text(link.other_type.clone())]);
        let all = Clause::join(vec![at, inner.condition(other, &link.other_type)], " AND ").wrap("", ")");
        let begins =
            Clause::new(format!("substr(q.target, 1, {}) = ?", after - 1), vec![Value::Text(before.clone())]);
        Clause::join(vec![begins, all], " AND ")
    };
    let forms: Vec<String> = link.forms(&link.other_type, "").collect();
    let ways = forms.iter().flat_map(|before| SCHEMAS.map(|other| far(before, other))).collect();
    let from = Clause::new(
        format!(
            "EXISTS (SELECT 1 FROM {schema}.reference AS q INDEXED BY reference_of
             WHERE q.rid = d.rid AND q.param = ? AND ("
        ),
        vec![Value::Integer(i64::from(link.key.0))],
    );
    Clause::join(vec![from, Clause::join(ways, " OR ")], "").wrap("", "))")
}

/// Whether a resource of which `inner` holds refers to candidate `d.rid`.
pub(super) fn is_led_to(schema: &str, resource_type: &str, link: &Link, inner: &Test<'_>) -> Clause {
    let near = |before: &String, other: &str| {
        let from = Clause::new(
            format!(
                "EXISTS (SELECT 1 FROM {other}.reference AS q
                 WHERE q.param = ? AND q.target = ? || (SELECT z.id FROM {schema}.resource AS z WHERE z.rid = d.rid)
                 AND EXISTS (SELECT 1 FROM {other}.resource AS d
                   WHERE d.rid = q.rid AND d.deleted = 0 AND {}",
                unchanged(other)
            ),
            vec![Value::Integer(i64::from(link.key.0)), Value::Text(before.clone())],
        );
        Clause::join(vec![from, inner.condition(other, &link.other_type)], " AND ").wrap("", "))")
    };
    let forms: Vec<String> = link.forms(resource_type, "").collect();
    let ways = forms.iter().flat_map(|before| SCHEMAS.map(|other| near(before, other))).collect();
    Clause::join(ways, " OR ").wrap("(", ")")
}
