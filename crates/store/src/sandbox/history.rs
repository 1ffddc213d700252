use rusqlite::types::Value;

use super::view::{STORED_COLUMNS, Stored, View};
use crate::StoreError;

/// Which versions to list, newest first.
#[derive(Debug, Clone, Default)]
pub struct HistoryQuery<'a> {
    /// Only this type; all types when absent.
    pub kind: Option<&'a str>,
    /// Only this resource of the type.
    pub id: Option<&'a str>,
    /// Only versions written at or after this time, microseconds since 1970 UTC.
    pub since_us: Option<i64>,
    /// Only versions that were the newest at some moment of this span, from its start to before its end.
    pub at_us: Option<(i64, i64)>,
    /// At most so many.
    pub count: usize,
    /// Where an earlier page ended.
    pub after: Option<HistoryCursor>,
}

/// A place in a history: the sandbox's own versions come first, then those of the image.
pub type HistoryCursor = (u8, i64, i64);

/// A page of versions.
#[derive(Debug, Clone, Default)]
pub struct HistoryPage {
    /// The versions, newest first.
    pub versions: Vec<Stored>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page starts, if there is one.
    pub next: Option<HistoryCursor>,
}

impl View<'_> {
    /// The versions that match, newest first. Later changes never move a page that was started: they come before it.
    pub fn history(&self, query: &HistoryQuery<'_>) -> Result<HistoryPage, StoreError> {
        let mut page = HistoryPage { total: self.count_versions(query)?, ..HistoryPage::default() };
        let mut last = None;
        for part in 0..2 {
            if query.after.is_some_and(|(reached, ..)| reached > part) {
                continue;
            }
            for (cursor, stored) in self.versions_of(part, query, query.count + 1 - page.versions.len())? {
                if page.versions.len() == query.count {
                    page.next = last;
                    return Ok(page);
                }
                last = Some(cursor);
                page.versions.push(stored);
            }
        }
        Ok(page)
    }

    fn count_versions(&self, query: &HistoryQuery<'_>) -> Result<u64, StoreError> {
        let mut total = 0;
        for part in 0..2 {
            let (from, values) = from_clause(part, query, false);
            let mut statement = self.connection.prepare_cached(&format!("SELECT count(*) {from}"))?;
            total += statement.query_row(rusqlite::params_from_iter(values), |row| row.get::<_, u64>(0))?;
        }
        Ok(total)
    }

    fn versions_of(
        &self,
        part: u8,
        query: &HistoryQuery<'_>,
        count: usize,
    ) -> Result<Vec<(HistoryCursor, Stored)>, StoreError> {
        let (from, values) = from_clause(part, query, true);
        let sql = format!(
            "SELECT {STORED_COLUMNS}, v.updated_us, v.seq {from} ORDER BY v.updated_us DESC, v.seq DESC LIMIT {count}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(values), |row| {
            Ok(((part, row.get(6)?, row.get(7)?), self.read_stored(row)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// The versions of one part (0 the sandbox's own, 1 the image's) that match, as a FROM and WHERE clause.
fn from_clause(part: u8, query: &HistoryQuery<'_>, paged: bool) -> (String, Vec<Value>) {
    let versions = if part == 0 { "main" } else { "image" };
    let mut clauses = Vec::new();
    let mut values = Vec::new();
    for (column, wanted) in [("r.type", query.kind), ("r.id", query.id)] {
        if let Some(wanted) = wanted {
            clauses.push(format!("{column} = ?"));
            values.push(Value::Text(wanted.to_owned()));
        }
    }
    if let Some(since_us) = query.since_us {
        clauses.push("v.updated_us >= ?".to_owned());
        values.push(Value::Integer(since_us));
    }
    if let Some((low_us, high_us)) = query.at_us {
        clauses.push(newest_within(versions));
        values.extend([Value::Integer(high_us), Value::Integer(low_us)]);
        values.extend((part == 1).then_some(Value::Integer(low_us)));
    }
    if let Some((_, updated_us, seq)) = query.after.filter(|(reached, ..)| paged && *reached == part) {
        clauses.push("(v.updated_us, v.seq) < (?, ?)".to_owned());
        values.extend([Value::Integer(updated_us), Value::Integer(seq)]);
    }
    let wanted = if clauses.is_empty() { String::new() } else { format!("WHERE {}", clauses.join(" AND ")) };
    (format!("FROM {versions}.resource AS r JOIN {versions}.version AS v ON v.rid = r.rid {wanted}"), values)
}

/// What holds of a version that was the newest within a span: it was there before the span ended, and no newer one when
/// the span began. What follows a version of the image may stand in the sandbox.
fn newest_within(versions: &str) -> String {
    let newer = |schema: &str| {
        format!(
            "NOT EXISTS (SELECT 1 FROM {schema}.version AS n
               WHERE n.rid = v.rid AND n.number > v.number AND n.updated_us <= ?)"
        )
    };
    let in_sandbox = if versions == "image" { format!(" AND {}", newer("main")) } else { String::new() };
    format!("v.updated_us < ? AND {}{in_sandbox}", newer(versions))
}
