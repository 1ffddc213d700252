use rusqlite::types::Value;
use standards::fhir::search::query::{Condition, Query, Summary, Total};

use super::clause::Clause;
use super::cursor::Cursor;
use super::order;
use super::resolve::Links;
use super::select::{candidates, shadowed};
use super::test::{Test, all};
use super::walk;
use crate::StoreError;
use crate::sandbox::{STORED_COLUMNS, Stored, View};

/// A page of search results.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The resources, in order.
    pub hits: Vec<Stored>,
    /// How many match in all, unless the client did not want to know.
    pub total: Option<u64>,
    /// What the link to the next page carries as `_cursor`.
    pub next: Option<String>,
}

/// A list as long as this is a long one, and which of two such is longer does not matter.
const MANY: u64 = 4_096;

struct Hit {
    keys: Vec<Value>,
    rid: i64,
    stored: Stored,
}

/// A query whose conditions are looked up.
struct Asked<'q> {
    query: &'q Query,
    tests: Vec<Test<'q>>,
}

impl View<'_> {
    /// Runs a search. `count` hits make a page.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] for a cursor of another search, [`StoreError::Full`] for a search that leads over too
    /// many resources.
    pub fn search(&self, query: &Query, count: usize) -> Result<Found, StoreError> {
        self.search_types(std::slice::from_ref(query), count)
    }

    /// Runs a search on several types at once: the same query for each, whose hits are put in order together. What shapes
    /// the result is taken from the first.
    ///
    /// # Errors
    /// Like [`search`](Self::search).
    pub fn search_types(&self, queries: &[Query], count: usize) -> Result<Found, StoreError> {
        let Some(first) = queries.first() else { return Ok(Found { total: Some(0), ..Found::default() }) };
        if first.summary == Summary::Count || count == 0 {
            return Ok(Found { total: Some(self.count(queries)?), ..Found::default() });
        }
        let links = Links::of_page(*self, count);
        let asked = queries.iter().map(|query| {
            let tests = links.resolve(&query.resource_type, &query.criteria)?;
            Ok(Asked { query, tests: self.fewest_first(&query.resource_type, tests)? })
        });
        let asked = asked.collect::<Result<Vec<_>, StoreError>>()?;
        let start = first.cursor.as_deref().map(|text| Cursor::parse(text, first.sort.len())).transpose()?;
        let mut hits = Vec::new();
        for asked in &asked {
            hits.append(&mut self.hits_in("main", asked, start.as_ref(), count + 1)?);
            hits.append(&mut self.hits_in_image(asked, start.as_ref(), count + 1)?);
        }
        hits.sort_by(|a, b| order::compare(&first.sort, (&a.keys, a.rid), (&b.keys, b.rid)));
        let more = hits.len() > count;
        hits.truncate(count);
        let total = match first.total {
            Total::None => None,
            _ if !more && start.is_none() => Some(hits.len() as u64),
            _ => Some(self.count(queries)?),
        };
        let next =
            hits.last().filter(|_| more).map(|hit| Cursor { keys: hit.keys.clone(), rid: hit.rid }.text());
        Ok(Found { hits: hits.into_iter().map(|hit| hit.stored).collect(), total, next })
    }

    /// Those first that list the fewest resources of the image, so that of several that are as likely to be good
    /// ([`Test::cost`]) the best one lists the candidates. Where one is likely to be better than the others, none is counted.
    fn fewest_first<'q>(&self, kind: &str, tests: Vec<Test<'q>>) -> Result<Vec<Test<'q>>, StoreError> {
        let best = tests.iter().filter_map(Test::cost).min();
        if best.is_none() || tests.iter().filter(|test| test.cost() == best).count() < 2 {
            return Ok(tests);
        }
        let listed = |test: Test<'q>| {
            let many = if test.cost() == best { self.listed_in_image(kind, &test)? } else { MANY };
            Ok((many, test))
        };
        let mut listed = tests.into_iter().map(listed).collect::<Result<Vec<_>, StoreError>>()?;
        listed.sort_by_key(|(many, _)| *many);
        Ok(listed.into_iter().map(|(_, test)| test).collect())
    }

    /// How many resources of the image a test lists, counted once and no further than to [`MANY`]. What it says of other
    /// resources changes with the sandbox, and is not counted.
    fn listed_in_image(&self, kind: &str, test: &Test<'_>) -> Result<u64, StoreError> {
        let Test::Value(criterion) = test else { return Ok(MANY) };
        self.counts.get(format!("{} {kind} lists {criterion:?}", self.image_digest), || {
            let Clause { text, values } = test.driving("image", kind);
            self.count_rows(Clause { text: format!("{text} LIMIT {MANY}"), values })
        })
    }

    /// How many match in all, of all types.
    fn count(&self, queries: &[Query]) -> Result<u64, StoreError> {
        queries.iter().map(|query| self.count_of(query)).sum()
    }

    /// How many match of a type: in the sandbox's own file, and in the image less what the sandbox has changed of it.
    fn count_of(&self, query: &Query) -> Result<u64, StoreError> {
        let kind = &query.resource_type;
        let links = Links::of_all(*self);
        if !self.is_settled(query)? {
            let tests = links.resolve(kind, &query.criteria)?;
            let in_sandbox = self.count_rows(all("main", kind, &tests))?;
            return Ok(in_sandbox + self.count_rows(candidates("image", kind, &tests))?);
        }
        let in_image = self.count_in_image(query)?;
        if !self.has_changed(kind)? {
            return Ok(in_image);
        }
        let tests = links.resolve(kind, &query.criteria)?;
        let in_sandbox = self.count_rows(all("main", kind, &tests))?;
        let Clause { text, values } = shadowed(kind, &tests);
        let mut statement = self.connection.prepare_cached(&text)?;
        let changed: u64 = statement.query_row(rusqlite::params_from_iter(values), |row| row.get(0))?;
        Ok(in_image - changed + in_sandbox)
    }

    /// How many match in the image, changed or not: counted once, because an image stays as it is. Only for what is
    /// [settled](Self::is_settled).
    fn count_in_image(&self, query: &Query) -> Result<u64, StoreError> {
        let (kind, criteria) = (&query.resource_type, &query.criteria);
        self.counts.get(self.key(query), || {
            let tests = Links::of_all(*self).resolve(kind, criteria)?;
            self.count_rows(all("image", kind, &tests))
        })
    }

    /// What the count of a search is remembered under.
    fn key(&self, query: &Query) -> String {
        format!("{} {} {:?}", self.image_digest, query.resource_type, query.criteria)
    }

    /// The hits in the image. That there are none is remembered, because to see it takes a look at everything.
    fn hits_in_image(
        &self,
        asked: &Asked<'_>,
        start: Option<&Cursor>,
        count: usize,
    ) -> Result<Vec<Hit>, StoreError> {
        let settled = self.is_settled(asked.query)?;
        if settled && self.counts.peek(&self.key(asked.query)) == Some(0) {
            return Ok(Vec::new());
        }
        let hits = self.hits_in("image", asked, start, count)?;
        if hits.is_empty() && start.is_none() && settled && !self.has_changed(&asked.query.resource_type)? {
            self.counts.keep(self.key(asked.query), 0);
        }
        Ok(hits)
    }

    /// How many resources of a type the image holds.
    pub(super) fn count_of_type(&self, kind: &str) -> Result<u64, StoreError> {
        self.count_in_image(&Query { resource_type: kind.to_owned(), ..Query::default() })
    }

    /// Whether what the image's resources answer to a search is what they answered when it was made: the sandbox has
    /// nothing of a type that a link leads to.
    fn is_settled(&self, query: &Query) -> Result<bool, StoreError> {
        for kind in query.criteria.iter().flat_map(Condition::linked_types) {
            if self.has_changed(kind)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the sandbox has written or deleted anything of a type.
    fn has_changed(&self, kind: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM main.resource WHERE type = ?)";
        Ok(self.connection.prepare_cached(sql)?.query_row([kind], |row| row.get(0))?)
    }

    fn count_rows(&self, found: Clause) -> Result<u64, StoreError> {
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT count(*) FROM ({})", found.text))?;
        Ok(statement.query_row(rusqlite::params_from_iter(found.values), |row| row.get(0))?)
    }

    fn hits_in(
        &self,
        schema: &str,
        asked: &Asked<'_>,
        start: Option<&Cursor>,
        count: usize,
    ) -> Result<Vec<Hit>, StoreError> {
        if let Some(walked) = self.walk(schema, asked, start, count)? {
            let hits = self.read_hits(schema, asked, walked)?;
            // Fewer may mean that only what has no date is left, and that comes last.
            if hits.len() == count {
                return Ok(hits);
            }
        }
        self.read_hits(schema, asked, page(schema, asked, start, count))
    }

    /// The page as a walk along the dates of the image, where that is the shorter way.
    fn walk(
        &self,
        schema: &str,
        asked: &Asked<'_>,
        start: Option<&Cursor>,
        count: usize,
    ) -> Result<Option<Clause>, StoreError> {
        let (kind, tests) = (&asked.query.resource_type, &asked.tests);
        let Some(sort) = walk::by_date(asked.query) else { return Ok(None) };
        let met = start.is_none_or(|cursor| matches!(cursor.keys[..], [Value::Integer(_)]));
        if schema != "image" || !met || !self.is_settled(asked.query)? {
            return Ok(None);
        }
        let (matching, all) = (self.count_in_image(asked.query)?, self.count_of_type(kind)?);
        let shorter = walk::is_shorter(count, matching, all);
        Ok(shorter.then(|| walk::page(schema, kind, tests, sort, start, count)))
    }

    fn read_hits(&self, schema: &str, asked: &Asked<'_>, page: Clause) -> Result<Vec<Hit>, StoreError> {
        let Clause { text, values } = page;
        let sql = format!(
            "SELECT {STORED_COLUMNS}, h.* FROM ({text}) AS h
             CROSS JOIN {schema}.resource AS r ON r.rid = h.rid
             CROSS JOIN {schema}.version AS v ON v.seq = r.head"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let keys = asked.query.sort.len();
        let hits = statement.query_map(rusqlite::params_from_iter(values), |row| {
            let keys = (0..keys).map(|at| row.get(7 + at)).collect::<Result<_, _>>()?;
            Ok(Hit { keys, rid: row.get(6)?, stored: self.read_stored(row)? })
        })?;
        Ok(hits.collect::<Result<_, _>>()?)
    }
}

/// The `rid`s of a page in one file, with their sort keys, in order.
fn page(schema: &str, asked: &Asked<'_>, start: Option<&Cursor>, count: usize) -> Clause {
    let query = asked.query;
    let found = candidates(schema, &query.resource_type, &asked.tests);
    let (columns, joins) = order::keys(schema, &query.sort);
    let after = start.map(|cursor| order::after(&query.sort, &cursor.keys, cursor.rid));
    if query.sort.is_empty() {
        let after = after.map(|clause| Clause { text: format!(" AND d.{}", clause.text), ..clause });
        let Clause { text, mut values } = after.unwrap_or_default();
        values.splice(0..0, found.values);
        return Clause { text: format!("{}{text} ORDER BY d.rid LIMIT {count}", found.text), values };
    }
    let after =
        after.map(|clause| Clause { text: format!(" WHERE {}", clause.text), ..clause }).unwrap_or_default();
    let order_by = order::order_by(&query.sort);
    let text = format!(
        "SELECT * FROM (SELECT d.rid AS rid{} FROM ({}) AS d{}){}{order_by} LIMIT {count}",
        columns.text, found.text, joins.text, after.text
    );
    let values = [columns.values, found.values, joins.values, after.values].concat();
    Clause { text, values }
}
