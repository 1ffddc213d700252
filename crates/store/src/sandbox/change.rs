use rusqlite::params;
use standards::fhir::search::IndexEntry;

use super::index;
use super::view::View;
use crate::StoreError;
use crate::journal::{NewEntry, Tail, append};
use crate::sqlite::FIRST_OVERLAY_RID;

/// A new version of a resource, ready to be stored.
#[derive(Debug)]
pub struct Put<'a> {
    /// The resource type.
    pub kind: &'a str,
    /// Its id within the type.
    pub id: &'a str,
    /// The number of this version: one more than [`Change::last_version`].
    pub version: u64,
    /// When, in the hospital's own time, microseconds since 1970 UTC.
    pub updated_us: i64,
    /// The HTTP method that wrote it: `POST`, `PUT`, `PATCH`; `DELETE` makes a tombstone.
    pub method: &'a str,
    /// The bytes to store, with their id and meta; empty for a tombstone.
    pub body: &'a [u8],
    /// What it is found by; empty for a tombstone.
    pub index: &'a [IndexEntry],
}

/// An open transaction on a sandbox. It is committed when the work that holds it succeeds.
pub struct Change<'a> {
    view: View<'a>,
    tail: Tail,
    /// The first journal entry of this change: names the change for undo.
    first_seq: i64,
}

impl<'a> Change<'a> {
    pub(super) fn new(view: View<'a>, tail: Tail) -> Self {
        Self { view, tail, first_seq: tail.seq + 1 }
    }

    /// The place of the first journal entry of this change, which names it.
    pub(super) fn first_seq(&self) -> i64 {
        self.first_seq
    }

    pub(super) fn tail(&self) -> Tail {
        self.tail
    }

    /// The sandbox as it reads inside this transaction.
    pub fn view(&self) -> View<'a> {
        self.view
    }

    /// The number of a resource's newest version, tombstones included; 0 for one that never was.
    pub fn last_version(&self, kind: &str, id: &str) -> Result<u64, StoreError> {
        Ok(self.view.head(kind, id)?.map_or(0, |head| head.version))
    }

    /// Stores a version, its index rows and the journal entry about it. Returns the entry's place.
    pub fn put(&mut self, put: &Put<'_>, event: &NewEntry) -> Result<i64, StoreError> {
        let connection = self.view.connection;
        let head = self.view.head(put.kind, put.id)?;
        let last = head.as_ref().map_or(0, |head| head.version);
        if put.version != last + 1 {
            return Err(StoreError::Conflict {
                what: format!(
                    "{}/{} is at version {last}, which {} does not follow",
                    put.kind, put.id, put.version
                ),
            });
        }
        let seq = self.note(event)?;
        let rid = match head {
            Some(head) => {
                index::remove(connection, head.rid)?;
                head.rid
            }
            None => self.next_rid()?,
        };
        connection
            .prepare_cached(
                "INSERT INTO main.version(seq, rid, number, updated_us, method, change, body)
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![seq, rid, put.version, put.updated_us, put.method, self.first_seq, put.body])?;
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO main.resource(rid, type, id, version, updated_us, deleted, head)
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                rid,
                put.kind,
                put.id,
                put.version,
                put.updated_us,
                put.method == "DELETE",
                seq
            ])?;
        index::add(connection, rid, put.index)?;
        Ok(seq)
    }

    /// Writes a journal entry that belongs to this change but stores no version. Returns its place.
    pub fn note(&mut self, event: &NewEntry) -> Result<i64, StoreError> {
        self.tail = append(self.view.connection, self.tail, event)?;
        Ok(self.tail.seq)
    }

    fn next_rid(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(rid), 0) FROM main.resource";
        let last: i64 = self.view.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok((last + 1).max(FIRST_OVERLAY_RID))
    }
}
