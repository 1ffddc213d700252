use rusqlite::types::Value;
use standards::fhir::search::query::{Query, Summary, Total};

use super::clause::{Clause, candidates, matching, shadowed};
use super::cursor::Cursor;
use super::order;
use crate::StoreError;
use crate::sandbox::{SCHEMAS, STORED_COLUMNS, Stored, View, read_stored};

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

impl View<'_> {
    /// Runs a search. `count` hits make a page; criteria of kinds the index does not hold must be refused before.
    pub fn search(&self, query: &Query, count: usize) -> Result<Found, StoreError> {
        if query.summary == Summary::Count || count == 0 {
            return Ok(Found { total: Some(self.count(query)?), ..Found::default() });
        }
        let start = query.cursor.as_deref().map(|text| Cursor::parse(text, query.sort.len())).transpose()?;
        let mut hits = Vec::new();
        for schema in SCHEMAS {
            hits.append(&mut self.hits_in(schema, query, start.as_ref(), count + 1)?);
        }
        hits.sort_by(|a, b| order::compare(&query.sort, (&a.keys, a.rid), (&b.keys, b.rid)));
        let more = hits.len() > count;
        hits.truncate(count);
        let total = match query.total {
            Total::None => None,
            _ if !more && start.is_none() => Some(hits.len() as u64),
            _ => Some(self.count(query)?),
        };
        let next =
            hits.last().filter(|_| more).map(|hit| Cursor { keys: hit.keys.clone(), rid: hit.rid }.text());
        Ok(Found { hits: hits.into_iter().map(|hit| hit.stored).collect(), total, next })
    }

    /// How many match in all: in the sandbox's own file, and in the image less what the sandbox has changed of it.
    fn count(&self, query: &Query) -> Result<u64, StoreError> {
        let (kind, criteria) = (&query.resource_type, &query.criteria);
        let of_image = matching("image", kind, criteria);
        let key = format!("{} {of_image:?}", self.image_digest);
        let in_image = self.counts.get(key, || self.count_rows(of_image))?;
        let Clause { text, values } = shadowed(kind, criteria);
        let mut statement = self.connection.prepare_cached(&text)?;
        let changed: u64 = statement.query_row(rusqlite::params_from_iter(values), |row| row.get(0))?;
        Ok(in_image - changed + self.count_rows(matching("main", kind, criteria))?)
    }

    fn count_rows(&self, found: Clause) -> Result<u64, StoreError> {
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT count(*) FROM ({})", found.text))?;
        Ok(statement.query_row(rusqlite::params_from_iter(found.values), |row| row.get(0))?)
    }

    fn hits_in(
        &self,
        schema: &str,
        query: &Query,
        start: Option<&Cursor>,
        count: usize,
    ) -> Result<Vec<Hit>, StoreError> {
        let Clause { text, values } = page(schema, query, start, count);
        let sql = format!(
            "SELECT {STORED_COLUMNS}, h.* FROM ({text}) AS h
             CROSS JOIN {schema}.resource AS r ON r.rid = h.rid
             CROSS JOIN {schema}.version AS v ON v.seq = r.head"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let keys = query.sort.len();
        let hits = statement.query_map(rusqlite::params_from_iter(values), |row| {
            let keys = (0..keys).map(|at| row.get(7 + at)).collect::<Result<_, _>>()?;
            Ok(Hit { keys, rid: row.get(6)?, stored: read_stored(row)? })
        })?;
        Ok(hits.collect::<Result<_, _>>()?)
    }
}

/// The `rid`s of a page in one file, with their sort keys, in order.
fn page(schema: &str, query: &Query, start: Option<&Cursor>, count: usize) -> Clause {
    let found = candidates(schema, &query.resource_type, &query.criteria);
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
