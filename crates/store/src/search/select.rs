//! Which resources of one of the two files a search takes.

use rusqlite::types::Value;

use super::clause::Clause;
use super::test::{Test, all};
use crate::sqlite::FIRST_OVERLAY_RID;

/// The candidates of a search in one file, as `SELECT d.rid ...` with a WHERE clause that more can be added to: of the
/// image only those that the sandbox has not changed.
pub(super) fn candidates(schema: &str, resource_type: &str, tests: &[Test<'_>]) -> Clause {
    let found = all(schema, resource_type, tests);
    if schema != "image" {
        return found;
    }
    Clause::join(vec![found, Clause::new(unchanged(schema), vec![])], " AND ")
}

/// Whether the sandbox has left resource `d.rid` of a file as it was; its own are what they are.
pub(super) fn unchanged(schema: &str) -> &'static str {
    match schema {
        "image" => "NOT EXISTS (SELECT 1 FROM main.resource AS o WHERE o.rid = d.rid)",
        _ => "1",
    }
}

/// The resources of the image that match although the sandbox has changed them, counted over the sandbox's few.
pub(super) fn shadowed(resource_type: &str, tests: &[Test<'_>]) -> Clause {
    let changed = Clause::new(
        "SELECT count(*) FROM main.resource AS d WHERE d.type = ? AND d.deleted IN (0, 1) AND d.rid < ?",
        vec![Value::Text(resource_type.to_owned()), Value::Integer(FIRST_OVERLAY_RID)],
    );
    let conditions = tests.iter().map(|test| test.condition("image", resource_type));
    Clause::join(std::iter::once(changed).chain(conditions).collect(), " AND ")
}
