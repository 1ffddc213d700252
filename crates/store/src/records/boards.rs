use rusqlite::{OptionalExtension, params};

use super::Records;
use crate::StoreError;

/// A workshop's board as it is kept: whole as of some update, and the updates after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoardKept {
    /// The document as it was written whole last; empty, where it never was.
    pub state: Vec<u8>,
    /// The updates since, in order.
    pub updates: Vec<Vec<u8>>,
    /// The number of the newest update.
    pub seq: u64,
    /// Whether nobody but the facilitator may write.
    pub locked: bool,
}

impl Records {
    /// The board of a workshop; empty, where nobody has written on it.
    pub fn board(&self, workshop: &str) -> Result<BoardKept, StoreError> {
        self.connections.read(|db| {
            let whole = db
                .prepare_cached("SELECT seq, state, locked FROM boards WHERE workshop = ?1")?
                .query_row([workshop], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            let (whole_seq, state, locked): (u64, Vec<u8>, bool) = whole.unwrap_or_default();
            let mut statement = db.prepare_cached(
                "SELECT seq, body FROM board_updates WHERE workshop = ?1 AND seq > ?2 ORDER BY seq",
            )?;
            let rows =
                statement.query_map(params![workshop, whole_seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let (mut seq, mut updates) = (whole_seq, Vec::new());
            for row in rows {
                let (number, body): (u64, Vec<u8>) = row?;
                seq = number;
                updates.push(body);
            }
            Ok(BoardKept { state, updates, seq, locked })
        })
    }

    /// Adds an update of a board under the number after the newest.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the number is taken.
    pub fn board_update_add(
        &self,
        workshop: &str,
        seq: u64,
        at_us: i64,
        body: &[u8],
    ) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql = "INSERT INTO board_updates(workshop, seq, at_us, body) VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
            if transaction.prepare_cached(sql)?.execute(params![workshop, seq, at_us, body])? == 0 {
                let what = format!("update {seq} of this board was made already; look again");
                return Err(StoreError::Conflict { what });
            }
            Ok(())
        })
    }

    /// Writes a board whole as of an update, and drops the updates that it holds.
    pub fn board_fold(&self, workshop: &str, seq: u64, state: &[u8]) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO boards(workshop, seq, state, locked) VALUES(?1, ?2, ?3, 0)
                     ON CONFLICT(workshop) DO UPDATE SET seq = ?2, state = ?3",
                )?
                .execute(params![workshop, seq, state])?;
            transaction
                .prepare_cached("DELETE FROM board_updates WHERE workshop = ?1 AND seq <= ?2")?
                .execute(params![workshop, seq])?;
            Ok(())
        })
    }

    /// Locks a board, or opens it again.
    pub fn board_lock(&self, workshop: &str, locked: bool) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO boards(workshop, seq, state, locked) VALUES(?1, 0, x'', ?2)
                     ON CONFLICT(workshop) DO UPDATE SET locked = ?2",
                )?
                .execute(params![workshop, locked])?;
            Ok(())
        })
    }
}
