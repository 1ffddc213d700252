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

/// Links of one search that are followed from candidates: each multiplies what a candidate costs.
const FOLLOWED_MAX: usize = 3;

/// Follows the links of one search.
pub(super) struct Links<'v> {
    view: View<'v>,
    /// How many more references they may lead over.
    left: Cell<usize>,
    /// How many hits are wanted, unless it is all of them.
    wanted: Option<usize>,
    /// How many more may be followed from candidates.
    followed_left: Cell<usize>,
}

/// The far end of a link.
enum FarEnd<'q> {
    Listed(BTreeSet<String>),
    /// Too many to list: what holds of them.
    Many(Test<'q>),
}

impl<'v> Links<'v> {
    /// For a page of so many hits: links that lead to many resources are followed from each candidate.
    pub(super) const fn of_page(view: View<'v>, wanted: usize) -> Self {
        Self {
            view,
            left: Cell::new(LINKED_MAX),
            wanted: Some(wanted),
            followed_left: Cell::new(FOLLOWED_MAX),
        }
    }

    /// For all that matches: every link is followed once, from its far end.
    pub(super) const fn of_all(view: View<'v>) -> Self {
        Self { view, left: Cell::new(LINKED_MAX), wanted: None, followed_left: Cell::new(0) }
    }

    /// The conditions of a search on `resource_type`, with what their links lead to.
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
            Condition::RefersTo(link) => match self.targets(link)? {
                FarEnd::Listed(ids) => Test::RefersTo(link.key, forms(link, &ids)),
                FarEnd::Many(inner) => Test::LeadsTo(link, Box::new(inner)),
            },
            Condition::ReferredBy(link) => match self.referred(resource_type, link)? {
                FarEnd::Listed(targets) => Test::IsOne(referred_ids(resource_type, link, &targets)),
                FarEnd::Many(inner) => Test::IsLedTo(link, Box::new(inner)),
            },
        })
    }

    /// The ids of the resources at the far end of a chain.
    fn targets<'q>(&self, link: &'q Link) -> Result<FarEnd<'q>, StoreError> {
        let sql = |schema: &str| format!("CROSS JOIN {schema}.resource AS y ON y.rid = d.rid");
        self.linked(link, &link.other_type, ("y.id", sql), &[])
    }

    /// What the resources at the far end refer to.
    fn referred<'q>(&self, resource_type: &str, link: &'q Link) -> Result<FarEnd<'q>, StoreError> {
        let sql = |schema: &str| {
            format!(
                "CROSS JOIN {schema}.reference AS y INDEXED BY reference_of ON y.rid = d.rid AND y.param = ?"
            )
        };
        self.linked(link, resource_type, ("y.target", sql), &[Value::Integer(i64::from(link.key.0))])
    }

    /// `column` of what is joined to the resources at the far end of a link, in both files: something of resources of
    /// type `listed`.
    fn linked<'q>(
        &self,
        link: &'q Link,
        listed: &str,
        (column, join): (&str, impl Fn(&str) -> String),
        values: &[Value],
    ) -> Result<FarEnd<'q>, StoreError> {
        let listed_max = self.listed_max(link, listed)?;
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
                if found.len() > listed_max {
                    self.followed_left.set(self.followed_left.get().saturating_sub(1));
                    let [test] = tests;
                    return Ok(FarEnd::Many(test));
                }
            }
        }
        Ok(FarEnd::Listed(found))
    }

    /// How many of all resources of a type are listed before it is shorter to ask each candidate. When `n` of `all` are
    /// listed, about one candidate in `all / n` is a hit, so that a page takes `wanted * all / n` questions.
    fn listed_max(&self, link: &Link, listed: &str) -> Result<usize, StoreError> {
        // Only a last link is followed from its candidates: two behind each other would multiply what each asks.
        let may_follow = link.condition.links() == 0 && self.followed_left.get() > 0;
        match self.wanted.filter(|_| may_follow) {
            Some(wanted) => {
                Ok(self.view.count_of_type(listed)?.saturating_mul(wanted as u64).isqrt() as usize)
            }
            None => Ok(usize::MAX),
        }
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

/// Every form of reference to the resources of these ids.
fn forms(link: &Link, ids: &BTreeSet<String>) -> Texts {
    let forms: Vec<String> = ids.iter().flat_map(|id| link.forms(&link.other_type, id)).collect();
    Texts::new(&forms)
}

/// The ids of the resources of a type among what is referred to.
fn referred_ids(resource_type: &str, link: &Link, targets: &BTreeSet<String>) -> Texts {
    let before: Vec<String> = link.forms(resource_type, "").collect();
    let id = |target: &String| {
        let id = before.iter().find_map(|before| target.strip_prefix(before.as_str()))?;
        (!id.contains('/')).then(|| id.to_owned())
    };
    let ids: BTreeSet<String> = targets.iter().filter_map(id).collect();
    Texts::new(&ids.into_iter().collect::<Vec<_>>())
}
