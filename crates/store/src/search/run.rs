use rusqlite::types::Value;
use standards::fhir::search::query::{Query, Summary, Total};

use super::clause::Clause;
use super::cursor::Cursor;
use super::order;
use super::resolve::Links;
use super::select::{candidates, shadowed};
use super::test::{Test, all};
use super::walk;
use crate::StoreError;
use crate::sandbox::{SCHEMAS, STORED_COLUMNS, Stored, View};

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
        let links = Links::new(*self);
        let asked = queries.iter().map(|query| {
            let tests = links.resolve(&query.resource_type, &query.criteria)?;
            Ok(Asked { query, tests })
        });
        let asked = asked.collect::<Result<Vec<_>, StoreError>>()?;
        if first.summary == Summary::Count || count == 0 {
            return Ok(Found { total: Some(self.count(&asked)?), ..Found::default() });
        }
        let start = first.cursor.as_deref().map(|text| Cursor::parse(text, first.sort.len())).transpose()?;
        let mut hits = Vec::new();
        for (schema, asked) in
            SCHEMAS.iter().flat_map(|schema| asked.iter().map(move |asked| (schema, asked)))
        {
            hits.append(&mut self.hits_in(schema, asked, start.as_ref(), count + 1)?);
        }
        hits.sort_by(|a, b| order::compare(&first.sort, (&a.keys, a.rid), (&b.keys, b.rid)));
        let more = hits.len() > count;
        hits.truncate(count);
        let total = match first.total {
            Total::None => None,
            _ if !more && start.is_none() => Some(hits.len() as u64),
            _ => Some(self.count(&asked)?),
        };
        let next =
            hits.last().filter(|_| more).map(|hit| Cursor { keys: hit.keys.clone(), rid: hit.rid }.text());
        Ok(Found { hits: hits.into_iter().map(|hit| hit.stored).collect(), total, next })
    }

    /// How many match in all, of all types.
    fn count(&self, asked: &[Asked<'_>]) -> Result<u64, StoreError> {
        asked.iter().map(|asked| self.count_of(asked)).sum()
    }

    /// How many match of a type: in the sandbox's own file, and in the image less what the sandbox has changed of it.
    fn count_of(&self, asked: &Asked<'_>) -> Result<u64, StoreError> {
        let (kind, tests) = (&asked.query.resource_type, &asked.tests);
        let in_sandbox = self.count_rows(all("main", kind, tests))?;
        if !tests.iter().all(Test::is_of_itself) {
            return Ok(in_sandbox + self.count_rows(candidates("image", kind, tests))?);
        }
        let in_image = self.count_in_image(kind, tests)?;
        let Clause { text, values } = shadowed(kind, tests);
        let mut statement = self.connection.prepare_cached(&text)?;
        let changed: u64 = statement.query_row(rusqlite::params_from_iter(values), |row| row.get(0))?;
        Ok(in_image - changed + in_sandbox)
    }

    /// How many match in the image, changed or not: counted once, because an image stays as it is. Only for tests that
    /// depend on nothing but the resource.
    fn count_in_image(&self, kind: &str, tests: &[Test<'_>]) -> Result<u64, StoreError> {
        let of_image = all("image", kind, tests);
        let key = format!("{} {of_image:?}", self.image_digest);
        self.counts.get(key, || self.count_rows(of_image))
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
        if schema != "image" || !met || !tests.iter().all(Test::is_of_itself) {
            return Ok(None);
        }
        let (matching, all) = (self.count_in_image(kind, tests)?, self.count_in_image(kind, &[])?);
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
