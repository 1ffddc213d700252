//! What a search says about other resources, looked up: which resources they are.

use std::cell::Cell;
use std::collections::BTreeSet;

use rusqlite::types::Value;
use standards::fhir::search::query::{Condition, Link};

use super::clause::Clause;
use super::select::candidates;
use super::test::{Test, Texts};
use crate::StoreError;
use crate::sandbox::{SCHEMAS, View};

/// References that the links of one search may lead over.
const LINKED_MAX: usize = 2_000_000;

/// Follows the links of one search.
pub(super) struct Links<'v> {
    view: View<'v>,
    /// How many more references they may lead over.
    left: Cell<usize>,
}

impl<'v> Links<'v> {
    pub(super) const fn new(view: View<'v>) -> Self {
        Self { view, left: Cell::new(LINKED_MAX) }
    }

    /// The conditions of a search on `resource_type`, each link in them followed from its far end.
    pub(super) fn resolve<'q>(
        &self,
        resource_type: &str,
        conditions: &'q [Condition],
    ) -> Result<Vec<Test<'q>>, StoreError> {
        conditions.iter().map(|condition| self.resolve_one(resource_type, condition)).collect()
    }

    fn resolve_one<'q>(&self, resource_type: &str, condition: &'q Condition) -> Result<Test<'q>, StoreError> {
        Ok(match condition {
            Condition::Value(criterion) => Test::Value(criterion),
            Condition::All(parts) => Test::All(self.resolve(resource_type, parts)?),
            Condition::Any(parts) => Test::Any(self.resolve(resource_type, parts)?),
            Condition::Not(inner) => Test::Not(Box::new(self.resolve_one(resource_type, inner)?)),
            Condition::RefersTo(link) => Test::RefersTo(link.key, self.targets(link)?),
            Condition::ReferredBy(link) => Test::IsOne(self.referred(resource_type, link)?),
        })
    }

    /// Every form of reference to the resources at the far end of a chain.
    fn targets(&self, link: &Link) -> Result<Texts, StoreError> {
        let sql = |schema: &str| format!("CROSS JOIN {schema}.resource AS y ON y.rid = d.rid");
        let ids = self.linked(link, "y.id", sql, &[])?;
        let forms: Vec<String> = ids.iter().flat_map(|id| link.forms(&link.other_type, id)).collect();
        Ok(Texts::new(&forms))
    }

    /// The ids of the resources of a type that the resources at the far end refer to.
    fn referred(&self, resource_type: &str, link: &Link) -> Result<Texts, StoreError> {
        let sql = |schema: &str| {
            format!(
                "CROSS JOIN {schema}.reference AS y INDEXED BY reference_of ON y.rid = d.rid AND y.param = ?"
            )
        };
        let targets = self.linked(link, "y.target", sql, &[Value::Integer(i64::from(link.key.0))])?;
        let before: Vec<String> = link.forms(resource_type, "").collect();
        let id = |target: &String| {
            let id = before.iter().find_map(|before| target.strip_prefix(before.as_str()))?;
            (!id.contains('/')).then(|| id.to_owned())
        };
        let ids: BTreeSet<String> = targets.iter().filter_map(id).collect();
        Ok(Texts::new(&ids.into_iter().collect::<Vec<_>>()))
    }

    /// `column` of what is joined to the resources at the far end of a link, in both files.
    fn linked(
        &self,
        link: &Link,
        column: &str,
        join: impl Fn(&str) -> String,
        values: &[Value],
    ) -> Result<BTreeSet<String>, StoreError> {
        let tests = [self.resolve_one(&link.other_type, &link.condition)?];
        let mut found = BTreeSet::new();
        for schema in SCHEMAS {
            let Clause { text, values: mut all } = candidates(schema, &link.other_type, &tests);
            all.extend_from_slice(values);
            let sql = format!("SELECT {column} FROM ({text}) AS d {}", join(schema));
            let mut statement = self.view.connection.prepare_cached(&sql)?;
            for text in statement.query_map(rusqlite::params_from_iter(all), |row| row.get(0))? {
                self.count(link)?;
                found.insert(text?);
            }
        }
        Ok(found)
    }

    fn count(&self, link: &Link) -> Result<(), StoreError> {
        if let Some(left) = self.left.get().checked_sub(1) {
            self.left.set(left);
            return Ok(());
        }
        let what = format!(
            "the search leads over more than {LINKED_MAX} references, the last of them `{}` of {}; say more about what it follows",
            link.code, link.other_type
        );
        Err(StoreError::Full { what })
    }
}
