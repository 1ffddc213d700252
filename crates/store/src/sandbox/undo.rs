use rusqlite::{Connection, OptionalExtension, params};
use standards::fhir::search::extract;

use super::change::Change;
use super::handle::Sandbox;
use super::index;
use crate::StoreError;
use crate::journal::NewEntry;

impl Sandbox {
    /// Takes back the newest change: every version that one transaction wrote. The journal keeps what was done, and
    /// gains an entry made by `event` from the places of the entries taken back. `None` when nothing is left to undo.
    pub fn undo(
        &self,
        event: impl FnOnce(std::ops::RangeInclusive<i64>) -> NewEntry,
    ) -> Result<Option<i64>, StoreError> {
        self.undo_after(0, event)
    }

    /// The same, but changes up to journal entry `begun_seq` stand for good.
    pub fn undo_after(
        &self,
        begun_seq: i64,
        event: impl FnOnce(std::ops::RangeInclusive<i64>) -> NewEntry,
    ) -> Result<Option<i64>, StoreError> {
        self.change(|change| {
            let connection = change.view().connection;
            let Some((first, last)) = newest_change(connection, begun_seq)? else { return Ok(None) };
            take_back(change, first)?;
            change.note(&event(first..=last)).map(Some)
        })
    }
}

/// The places of the first and last journal entries of the newest change that still stands.
fn newest_change(connection: &Connection, begun_seq: i64) -> Result<Option<(i64, i64)>, StoreError> {
    let sql = "SELECT change, max(seq) FROM main.version
               WHERE change = (SELECT max(change) FROM main.version) AND change > ?1 GROUP BY change";
    Ok(connection.query_row(sql, [begun_seq], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

fn take_back(change: &Change<'_>, first_seq: i64) -> Result<(), StoreError> {
    let connection = change.view().connection;
    let mut touched = connection.prepare_cached("SELECT DISTINCT rid FROM main.version WHERE change = ?1")?;
    let touched: Vec<i64> = touched.query_map([first_seq], |row| row.get(0))?.collect::<Result<_, _>>()?;
    connection.execute("DELETE FROM main.version WHERE change = ?1", [first_seq])?;
    // What has gone out cannot be called back; what still waits can.
    let waiting = "DELETE FROM main.interface_message WHERE change = ?1 AND state = 'waiting'";
    connection.execute(waiting, [first_seq])?;
    touched.into_iter().try_for_each(|rid| restore_head(connection, rid))
}

/// Makes the newest version that is left the current one; without one the image shows through again.
fn restore_head(connection: &Connection, rid: i64) -> Result<(), StoreError> {
    index::remove(connection, rid)?;
    let left = connection
        .prepare_cached(
            "SELECT seq, number, updated_us, method, body FROM main.version WHERE rid = ?1 ORDER BY number DESC LIMIT 1",
        )?
        .query_row([rid], |row| {
            let head: (i64, i64, i64, String, Vec<u8>) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
            Ok(head)
        })
        .optional()?;
    let Some((seq, number, updated_us, method, body)) = left else {
        connection.execute("DELETE FROM main.resource WHERE rid = ?1", [rid])?;
        return Ok(());
    };
    let deleted = method == "DELETE";
    connection.execute(
        "UPDATE main.resource SET version = ?2, updated_us = ?3, deleted = ?4, head = ?5 WHERE rid = ?1",
        params![rid, number, updated_us, deleted, seq],
    )?;
    if deleted {
        return Ok(());
    }
    let resource = serde_json::from_slice(&body).map_err(|_| StoreError::Damaged {
        what: format!("version {number} of a resource (number {rid})"),
    })?;
    index::add(connection, rid, &extract(&resource))
}
