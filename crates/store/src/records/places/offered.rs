use rusqlite::{OptionalExtension, Row, params};
use serde_json::Value;

use crate::StoreError;
use crate::records::Records;

/// A place that a host offers, as often as it has room.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRecord {
    /// Never changes.
    pub id: String,
    /// The host or site.
    pub organisation: String,
    /// What it is called.
    pub title: String,
    /// What one does there.
    pub about: String,
    /// How many it takes.
    pub capacity: u32,
    /// Its first day, as `2031-09-01`.
    pub begins_on: String,
    /// Its last day.
    pub ends_on: Option<String>,
    /// What it asks for, as JSON.
    pub requirements: Value,
    /// Whether one can wish for it.
    pub open: bool,
    /// When it was added, in microseconds since 1970 UTC.
    pub created_us: i64,
}

const PLACE: &str =
    "id, organisation, title, about, capacity, begins_on, ends_on, requirements, open, created_us";

fn place_from(row: &Row<'_>) -> rusqlite::Result<PlaceRecord> {
    let asked = serde_json::from_str(row.get_ref(7)?.as_str()?).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(7, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(PlaceRecord {
        id: row.get(0)?,
        organisation: row.get(1)?,
        title: row.get(2)?,
        about: row.get(3)?,
        capacity: row.get(4)?,
        begins_on: row.get(5)?,
        ends_on: row.get(6)?,
        requirements: asked,
        open: row.get(8)?,
        created_us: row.get(9)?,
    })
}

impl Records {
    /// Keeps a place, new or changed.
    pub fn place_set(&self, one: &PlaceRecord) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql = format!(
                "INSERT INTO places({PLACE}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT(id) DO UPDATE SET title = ?3, about = ?4, capacity = ?5, begins_on = ?6, ends_on = ?7,
                   requirements = ?8, open = ?9"
            );
            transaction.prepare_cached(&sql)?.execute(params![
                one.id,
                one.organisation,
                one.title,
                one.about,
                one.capacity,
                one.begins_on,
                one.ends_on,
                one.requirements.to_string(),
                one.open,
                one.created_us
            ])?;
            Ok(())
        })
    }

    /// The place with this id.
    pub fn place(&self, id: &str) -> Result<Option<PlaceRecord>, StoreError> {
        let sql = format!("SELECT {PLACE} FROM places WHERE id = ?1");
        self.connections.read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], place_from).optional()?))
    }

    /// All places, those that begin first before the others.
    pub fn place_list(&self) -> Result<Vec<PlaceRecord>, StoreError> {
        let sql = format!("SELECT {PLACE} FROM places ORDER BY begins_on, title COLLATE NOCASE, id");
        self.connections
            .read(|db| Ok(db.prepare_cached(&sql)?.query_map([], place_from)?.collect::<Result<_, _>>()?))
    }
}
