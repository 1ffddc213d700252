//! Named facts a file keeps about itself: its image, its clock, its limits.

use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;

/// Reads fact `name` from the file attached as `schema`.
pub(crate) fn get(connection: &Connection, schema: &str, name: &str) -> Result<Option<String>, StoreError> {
    let sql = format!("SELECT value FROM {schema}.fact WHERE name = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([name], |row| row.get(0)).optional()?)
}

/// Writes fact `name` into the main file, replacing what stood there.
pub(crate) fn set(connection: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO main.fact(name, value) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value")?
        .execute([name, value])?;
    Ok(())
}
