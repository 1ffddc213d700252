//! The index rows of one resource in a sandbox's own file.

use rusqlite::{Connection, params};
use standards::fhir::search::{IndexEntry, IndexValue};

use crate::StoreError;
use crate::sqlite::{INDEX_TABLES, element_rid, element_rids, system_key};

/// Forgets every index row of resource `rid`.
pub(super) fn remove(connection: &Connection, rid: i64) -> Result<(), StoreError> {
    let [first, last] = element_rids("?1");
    for table in INDEX_TABLES {
        let sql = format!("DELETE FROM main.{table} WHERE rid = ?1 OR rid BETWEEN {first} AND {last}");
        connection.prepare_cached(&sql)?.execute([rid])?;
    }
    Ok(())
}

/// Adds the index rows of resource `rid`.
pub(super) fn add(connection: &Connection, rid: i64, entries: &[IndexEntry]) -> Result<(), StoreError> {
    for entry in entries {
        add_one(connection, element_rid(rid, entry.element), entry.param.0, &entry.value)?;
    }
    Ok(())
}

fn add_one(connection: &Connection, rid: i64, param: u32, value: &IndexValue) -> Result<(), StoreError> {
    let insert = |table: &str, places: &str| {
        connection.prepare_cached(&format!("INSERT OR IGNORE INTO main.{table} VALUES({places})"))
    };
    match value {
        IndexValue::Token { system, code } => insert("token", "?1, ?2, ?3, ?4")?.execute(params![
            param,
            code,
            system_key(system.as_deref()),
            rid
        ]),
        IndexValue::String { value, exact } => {
            insert("string", "?1, ?2, ?3, ?4")?.execute(params![param, value, exact, rid])
        }
        IndexValue::Reference { target } => {
            insert("reference", "?1, ?2, ?3")?.execute(params![param, target, rid])
        }
        IndexValue::Uri { value } => insert("uri", "?1, ?2, ?3")?.execute(params![param, value, rid]),
        IndexValue::Label { value } => insert("label", "?1, ?2, ?3")?.execute(params![param, value, rid]),
        IndexValue::Date { low_us, high_us } => {
            insert("date", "?1, ?2, ?3, ?4")?.execute(params![param, rid, low_us, high_us])
        }
        IndexValue::Number { low, high } => {
            insert("number", "?1, ?2, ?3, ?4")?.execute(params![param, rid, low, high])
        }
        IndexValue::Quantity { low, high, system, code, unit } => {
            insert("quantity", "?1, ?2, ?3, ?4, ?5, ?6, ?7")?.execute(params![
                param,
                rid,
                low,
                high,
                system_key(system.as_deref()),
                code.as_deref().unwrap_or_default(),
                unit.as_deref().unwrap_or_default()
            ])
        }
    }?;
    Ok(())
}
