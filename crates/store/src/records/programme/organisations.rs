use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use crate::StoreError;
use crate::records::Records;
use crate::records::ids::words;

/// What kind of organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OrganisationKind {
    /// Sends learners.
    School,
    /// Offers places.
    Host,
    /// A house of a host.
    Site,
}
words!(OrganisationKind { School = "school", Host = "host", Site = "site" });

/// A school, a host, or a site of a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Organisation {
    /// Never changes.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// What it belongs to.
    pub parent: Option<String>,
    /// What the system calls it that a class list came from.
    pub sourced_id: Option<String>,
    /// When it was added, in microseconds since 1970 UTC.
    pub created_us: i64,
}

const ORGANISATION: &str = "id, name, kind, parent, sourced_id, created_us";

fn organisation_from(row: &Row<'_>) -> rusqlite::Result<Organisation> {
    Ok(Organisation {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: row.get(2)?,
        parent: row.get(3)?,
        sourced_id: row.get(4)?,
        created_us: row.get(5)?,
    })
}

impl Records {
    /// Adds an organisation.
    pub fn organisation_add(&self, one: &Organisation) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql = format!("INSERT INTO organisations({ORGANISATION}) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
            transaction.prepare_cached(&sql)?.execute(params![
                one.id,
                one.name,
                one.kind,
                one.parent,
                one.sourced_id,
                one.created_us
            ])?;
            Ok(())
        })
    }

    /// The organisation with this id.
    pub fn organisation(&self, id: &str) -> Result<Option<Organisation>, StoreError> {
        let sql = format!("SELECT {ORGANISATION} FROM organisations WHERE id = ?1");
        self.connections
            .read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], organisation_from).optional()?))
    }

    /// All organisations, by name.
    pub fn organisation_list(&self) -> Result<Vec<Organisation>, StoreError> {
        let sql = format!("SELECT {ORGANISATION} FROM organisations ORDER BY name COLLATE NOCASE, id");
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([], organisation_from)?.collect::<Result<_, _>>()?)
        })
    }
}
