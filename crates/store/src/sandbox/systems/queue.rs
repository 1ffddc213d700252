use rusqlite::OptionalExtension;

use super::message::{COLUMNS, Message, MessageState, read};
use crate::StoreError;
use crate::sandbox::View;

/// What an interface has carried so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traffic {
    /// The interface.
    pub interface: String,
    /// Messages that wait.
    pub waiting: u64,
    /// Messages that were delivered, or that channels took.
    pub delivered: u64,
    /// Messages that were refused and that nobody has sent again.
    pub refused: u64,
    /// Messages that got lost.
    pub lost: u64,
    /// When the oldest of those that wait was queued, virtual microseconds since 1970 UTC.
    pub waiting_since_us: Option<i64>,
    /// When a message was delivered last.
    pub delivered_us: Option<i64>,
}

/// When a message set out, and when and how it last came to an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its place in the order of queueing.
    pub seq: i64,
    /// The interface it goes over.
    pub interface: String,
    /// How far it has come.
    pub state: MessageState,
    /// When it was queued, virtual microseconds since 1970 UTC.
    pub queued_us: i64,
    /// When it was delivered or given up.
    pub settled_us: Option<i64>,
    /// The place in the journal of the change that queued it.
    pub change: i64,
}

/// The first message of each queue whose interface stands open.
const HEADS: &str = "main.interface_message AS m
    WHERE m.seq IN (SELECT min(seq) FROM main.interface_message WHERE state = 'waiting' GROUP BY interface)
      AND m.interface NOT IN (SELECT interface FROM main.interface_standing)";

impl View<'_> {
    /// The traffic of every interface that ever had any.
    pub fn traffic(&self) -> Result<Vec<Traffic>, StoreError> {
        let sql = "SELECT interface, state, count(*), min(queued_us), max(settled_us)
                   FROM main.interface_message GROUP BY interface, state ORDER BY interface";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all: Vec<Traffic> = Vec::new();
        while let Some(row) = rows.next()? {
            let interface: String = row.get(0)?;
            if all.last().is_none_or(|last| last.interface != interface) {
                all.push(Traffic { interface, ..Traffic::default() });
            }
            let Some(traffic) = all.last_mut() else { continue };
            let (state, count): (String, u64) = (row.get(1)?, row.get(2)?);
            match MessageState::of(&state) {
                MessageState::Waiting => (traffic.waiting, traffic.waiting_since_us) = (count, row.get(3)?),
                MessageState::Delivered | MessageState::Handed => {
                    traffic.delivered += count;
                    traffic.delivered_us = traffic.delivered_us.max(row.get(4)?);
                }
                MessageState::Refused => traffic.refused = count,
                MessageState::Lost => traffic.lost = count,
            }
        }
        Ok(all)
    }

    /// The passage of every message, in the order of queueing.
    pub fn passages(&self) -> Result<Vec<Passage>, StoreError> {
        let sql = "SELECT seq, interface, state, queued_us, settled_us, change FROM main.interface_message ORDER BY seq";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let state: String = row.get(2)?;
            Ok(Passage {
                seq: row.get(0)?,
                interface: row.get(1)?,
                state: MessageState::of(&state),
                queued_us: row.get(3)?,
                settled_us: row.get(4)?,
                change: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The message to be delivered next: the one that is due first among the heads of the open queues.
    pub fn next_message(&self) -> Result<Option<Message>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {HEADS} ORDER BY m.due_us, m.seq LIMIT 1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([], read).optional()?)
    }
}
