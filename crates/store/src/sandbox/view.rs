use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row};

use crate::StoreError;
use crate::image::{Counts, Exemplars};

/// One version of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The resource type.
    pub kind: String,
    /// Its id within the type.
    pub id: String,
    /// The version's number, from 1.
    pub version: u64,
    /// When it was written, in the hospital's own time, microseconds since 1970 UTC.
    pub updated_us: i64,
    /// Whether this version is a tombstone: `body` is then empty.
    pub deleted: bool,
    /// The HTTP method that wrote it.
    pub method: String,
    /// The bytes as they were stored.
    pub body: Vec<u8>,
}

/// A sandbox as it reads now: what it changed, and its image for the rest.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) counts: &'a Counts,
    pub(crate) image_digest: &'a str,
    pub(crate) exemplars: &'a Exemplars,
}

/// A resource's number and newest version, wherever it stands.
pub(super) struct Head {
    pub(super) rid: i64,
    pub(super) version: u64,
}

/// The two files of a sandbox, the one that wins first.
pub(crate) const SCHEMAS: [&str; 2] = ["main", "image"];

/// What [`View::read_stored`] expects, from `resource AS r` and `version AS v`.
pub(crate) const STORED_COLUMNS: &str = "r.type, r.id, v.number, v.updated_us, v.method, v.body";

impl View<'_> {
    /// Reads one row of [`STORED_COLUMNS`].
    pub(crate) fn read_stored(&self, row: &Row<'_>) -> rusqlite::Result<Stored> {
        let (kind, method): (String, String) = (row.get(0)?, row.get(4)?);
        Ok(Stored {
            body: self.exemplars.unpack(&kind, row.get_ref(5)?.as_blob()?)?,
            kind,
            id: row.get(1)?,
            version: row.get(2)?,
            updated_us: row.get(3)?,
            deleted: method == "DELETE",
            method,
        })
    }

    /// The newest version of a resource, which may be a tombstone.
    pub fn get(&self, kind: &str, id: &str) -> Result<Option<Stored>, StoreError> {
        for schema in SCHEMAS {
            let sql = format!(
                "SELECT {STORED_COLUMNS} FROM {schema}.resource AS r JOIN {schema}.version AS v ON v.seq = r.head
                 WHERE r.type = ?1 AND r.id = ?2"
            );
            let found = self
                .connection
                .prepare_cached(&sql)?
                .query_row([kind, id], |row| self.read_stored(row))
                .optional()?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Version `number` of a resource, whether it is the newest or not.
    pub fn version(&self, kind: &str, id: &str, number: u64) -> Result<Option<Stored>, StoreError> {
        let Some(head) = self.head(kind, id)? else { return Ok(None) };
        for schema in SCHEMAS {
            let sql = format!(
                "SELECT ?3, ?4, v.number, v.updated_us, v.method, v.body FROM {schema}.version AS v
                 WHERE v.rid = ?1 AND v.number = ?2"
            );
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            let mut statement = self.connection.prepare_cached(&sql)?;
            let found = statement
                .query_row(rusqlite::params![head.rid, number, kind, id], |row| self.read_stored(row))
                .optional()?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// How many resources the sandbox has changed, and how many bytes their versions hold.
    pub fn changed(&self) -> Result<(u64, u64), StoreError> {
        let sql = "SELECT count(*), coalesce(sum(length(body)), 0) FROM main.version";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Every live resource of `kind`, or of every type, handed to `each` in stable order.
    pub fn each_resource(
        &self,
        kind: Option<&str>,
        mut each: impl FnMut(Stored) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {STORED_COLUMNS} FROM image.resource AS r JOIN image.version AS v ON v.seq = r.head
               WHERE (?1 IS NULL OR r.type = ?1) AND r.rid NOT IN (SELECT rid FROM main.resource)
             UNION ALL
             SELECT {STORED_COLUMNS} FROM main.resource AS r JOIN main.version AS v ON v.seq = r.head
               WHERE (?1 IS NULL OR r.type = ?1) AND NOT r.deleted"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([kind])?;
        while let Some(row) = rows.next()? {
            each(self.read_stored(row)?)?;
        }
        Ok(())
    }

    /// The types of which there is or was a resource, in the sandbox or its image.
    pub fn types(&self) -> Result<BTreeSet<String>, StoreError> {
        let mut types = BTreeSet::new();
        for schema in SCHEMAS {
            // One look-up for each type, where DISTINCT would go through every resource.
            let sql = format!(
                "WITH RECURSIVE t(type) AS (SELECT min(type) FROM {schema}.resource UNION ALL
                   SELECT (SELECT min(r.type) FROM {schema}.resource AS r WHERE r.type > t.type) FROM t WHERE t.type IS NOT NULL)
                 SELECT type FROM t WHERE type IS NOT NULL"
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            for kind in statement.query_map([], |row| row.get(0))? {
                types.insert(kind?);
            }
        }
        Ok(types)
    }

    pub(super) fn head(&self, kind: &str, id: &str) -> Result<Option<Head>, StoreError> {
        for schema in SCHEMAS {
            let sql = format!("SELECT rid, version FROM {schema}.resource WHERE type = ?1 AND id = ?2");
            let found = self
                .connection
                .prepare_cached(&sql)?
                .query_row([kind, id], |row| Ok(Head { rid: row.get(0)?, version: row.get(1)? }))
                .optional()?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
}
