use rusqlite::{Connection, OptionalExtension, Row, params};

use super::chain::{self, Break, GENESIS, Hash};
use super::entry::{Entry, NewEntry};
use super::filter::Filter;
use crate::StoreError;

/// The end of the chain, from which the next entry continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tail {
    pub(crate) seq: i64,
    pub(crate) hash: Hash,
}

const COLUMNS: &str =
    "seq, virtual_us, wall_us, actor, source, target, kind, subject, outcome, detail, previous, hash";

/// The end of the chain as stored.
pub(crate) fn tail(connection: &Connection) -> Result<Tail, StoreError> {
    let last = connection
        .query_row("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok(Tail { seq: row.get(0)?, hash: row.get(1)? })
        })
        .optional()?;
    Ok(last.unwrap_or(Tail { seq: 0, hash: GENESIS }))
}

/// Appends `event` after `tail` and returns the new end.
pub(crate) fn append(connection: &Connection, tail: Tail, event: &NewEntry) -> Result<Tail, StoreError> {
    let seq = tail.seq + 1;
    let detail = event.detail.to_string();
    let hash = chain::hash(seq, event, &detail, &tail.hash);
    connection
        .prepare_cached(
            "INSERT INTO journal(seq, virtual_us, wall_us, actor, source, target, kind, subject, outcome, detail, previous, hash)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            seq,
            event.virtual_us,
            event.wall_us,
            event.actor,
            event.source,
            event.target,
            event.kind,
            event.subject,
            event.outcome,
            detail,
            tail.hash,
            hash
        ])?;
    Ok(Tail { seq, hash })
}

/// The entries that match `filter`.
pub(crate) fn list(connection: &Connection, filter: &Filter) -> Result<Vec<Entry>, StoreError> {
    let (clause, values) = filter.sql();
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM journal {clause}"))?;
    let rows = statement.query_map(rusqlite::params_from_iter(values), |row| Ok(read(row)?.0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Hands the bytes that the chain hashes of every entry after `after_seq` to `each`, in order.
pub(crate) fn each_bytes(
    connection: &Connection,
    after_seq: i64,
    mut each: impl FnMut(Vec<u8>),
) -> Result<(), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM journal WHERE seq > ? ORDER BY seq");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([after_seq])?;
    while let Some(row) = rows.next()? {
        let (Entry { seq, event, previous, .. }, detail) = read(row)?;
        let mut bytes = Vec::new();
        chain::write(seq, &event, &detail, &previous, |piece| bytes.extend_from_slice(piece));
        each(bytes);
    }
    Ok(())
}

/// Walks the whole chain and returns the first place where it does not hold. A chain cannot tell that its end was cut
/// off, but a version that is stored can: it bears the place of its entry.
pub(crate) fn first_break(connection: &Connection) -> Result<Option<Break>, StoreError> {
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM journal ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    let mut before = Tail { seq: 0, hash: GENESIS };
    while let Some(row) = rows.next()? {
        let (entry, detail) = read(row)?;
        if let Err(fault) = chain::check(&entry, &detail, before.seq, &before.hash) {
            return Ok(Some(fault));
        }
        before = Tail { seq: entry.seq, hash: entry.hash };
    }
    let sql = "SELECT coalesce(max(seq), 0) FROM main.version";
    let told: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    let cut_off = Break { seq: before.seq + 1, what: "it is missing, with all after it" };
    Ok((told > before.seq).then_some(cut_off))
}

/// An entry and the very text of its detail, which the hash covers.
fn read(row: &Row<'_>) -> rusqlite::Result<(Entry, String)> {
    let detail: String = row.get(9)?;
    let event = NewEntry {
        virtual_us: row.get(1)?,
        wall_us: row.get(2)?,
        actor: row.get(3)?,
        source: row.get(4)?,
        target: row.get(5)?,
        kind: row.get(6)?,
        subject: row.get(7)?,
        outcome: row.get(8)?,
        detail: serde_json::from_str(&detail).unwrap_or(serde_json::Value::Null),
    };
    Ok((Entry { seq: row.get(0)?, event, previous: row.get(10)?, hash: row.get(11)? }, detail))
}
