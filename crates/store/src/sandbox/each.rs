//! Going through all resources of a type, without making anything of them on the way.

use rusqlite::types::ValueRef;

use super::view::View;
use crate::StoreError;

/// What is done with a resource's id and bytes.
type Each<'a, E> = dyn FnMut(&str, &[u8]) -> Result<(), E> + 'a;

impl View<'_> {
    /// The newest version of every resource of a type that is there and was written at or after `since_us`: its id
    /// and its bytes, in a stable order. An error from `each` ends it.
    pub fn each_body<E: From<StoreError>>(
        &self,
        kind: &str,
        since_us: Option<i64>,
        each: &mut Each<'_, E>,
    ) -> Result<(), E> {
        let own = "r.type = ?1 AND (?2 IS NULL OR r.updated_us >= ?2)";
        for (schema, wanted) in [
            ("image", format!("{own} AND r.deleted = 0 AND r.rid NOT IN (SELECT rid FROM main.resource)")),
            ("main", format!("{own} AND r.deleted = 0")),
        ] {
            let sql = format!(
                "SELECT r.id, v.body FROM {schema}.resource AS r JOIN {schema}.version AS v ON v.seq = r.head
                 WHERE {wanted} ORDER BY r.rid"
            );
            self.each_row(&sql, (kind, since_us), each)?;
        }
        Ok(())
    }

    /// The ids of the resources of a type that were deleted at or after `since_us`.
    pub fn deleted_since(&self, kind: &str, since_us: i64) -> Result<Vec<String>, StoreError> {
        let sql =
            "SELECT id FROM main.resource WHERE type = ?1 AND deleted AND updated_us >= ?2 ORDER BY rid";
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids = statement.query_map((kind, since_us), |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    fn each_row<E: From<StoreError>>(
        &self,
        sql: &str,
        values: (&str, Option<i64>),
        each: &mut Each<'_, E>,
    ) -> Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(StoreError::from(error));
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query(values).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let id = row.get_ref(0).map_err(failed)?.as_str().map_err(|error| failed(error.into()))?;
            let body = match row.get_ref(1).map_err(failed)? {
                ValueRef::Blob(body) | ValueRef::Text(body) => body,
                _ => &[],
            };
            each(id, &self.exemplars.unpack(values.0, body).map_err(failed)?)?;
        }
        Ok(())
    }
}
