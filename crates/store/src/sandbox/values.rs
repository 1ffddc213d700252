//! Index rows read the other way round: what resources are found by, and who refers to one.

use std::collections::BTreeMap;

use super::view::{SCHEMAS, STORED_COLUMNS, Stored, View};
use crate::StoreError;

/// Where the values of a search parameter stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Texts without case and accents.
    Strings,
    /// Codes and numbers as written.
    Tokens,
    /// The beginning of a date, as microseconds since 1970 UTC.
    Dates,
}

impl Values {
    /// The table, and the column of the value as text.
    fn column(self) -> (&'static str, &'static str) {
        match self {
            Self::Strings => ("string", "x.value"),
            Self::Tokens => ("token", "x.code"),
            Self::Dates => ("date", "CAST(x.low AS TEXT)"),
        }
    }
}

impl View<'_> {
    /// Hands every value of the search parameter `param` to `each`, with the id of the live resource that has it. No
    /// resource is read for it.
    pub fn each_value(
        &self,
        param: u32,
        values: Values,
        mut each: impl FnMut(&str, &str),
    ) -> Result<(), StoreError> {
        let (table, column) = values.column();
        for schema in SCHEMAS {
            let sql = format!(
                "SELECT r.id, {column} FROM {schema}.{table} AS x CROSS JOIN {schema}.resource AS r ON r.rid = x.rid
                 WHERE x.param = ?1 AND r.deleted = 0 {}",
                not_shadowed(schema)
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query([param])?;
            while let Some(row) = rows.next()? {
                let text = |at| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
                each(text(0)?, text(1)?);
            }
        }
        Ok(())
    }

    /// The live resources that refer to `target`, written `Type/ID`, by any reference that a search finds.
    pub fn referrers(&self, target: &str) -> Result<Vec<Stored>, StoreError> {
        let mut found = BTreeMap::new();
        for schema in SCHEMAS {
            // One look-up for each parameter, where a condition on the target alone would go through every row.
            let sql = format!(
                "WITH RECURSIVE p(param) AS (SELECT min(param) FROM {schema}.reference UNION ALL
                   SELECT (SELECT min(n.param) FROM {schema}.reference AS n WHERE n.param > p.param) FROM p WHERE p.param IS NOT NULL)
                 SELECT {STORED_COLUMNS} FROM p
                 CROSS JOIN {schema}.reference AS x ON x.param = p.param AND x.target = ?1
                 CROSS JOIN {schema}.resource AS r ON r.rid = x.rid
                 CROSS JOIN {schema}.version AS v ON v.seq = r.head
                 WHERE r.deleted = 0 {}",
                not_shadowed(schema)
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            for stored in statement.query_map([target], |row| self.read_stored(row))? {
                let stored = stored?;
                found.insert((stored.kind.clone(), stored.id.clone()), stored);
            }
        }
        Ok(found.into_values().collect())
    }
}

/// What the sandbox changed of its image stands in its own file.
fn not_shadowed(schema: &str) -> &'static str {
    if schema == "image" { "AND r.rid NOT IN (SELECT rid FROM main.resource)" } else { "" }
}
