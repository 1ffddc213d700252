use rusqlite::{OptionalExtension, Row, params};

use crate::StoreError;
use crate::sandbox::{Change, View};

/// What one destination gets of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The message.
    pub message: i64,
    /// The destination's place in the channel, from 1.
    pub place: u32,
    /// The channel.
    pub channel: String,
    /// The destination's name.
    pub destination: String,
    /// Its state: `PENDING`, `QUEUED`, `SENT`, `FILTERED`, `ERROR`.
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, virtual microseconds since 1970 UTC.
    pub due_us: i64,
    /// When it was sent or given up.
    pub settled_us: Option<i64>,
    /// What is sent.
    pub payload: Option<Vec<u8>>,
    /// What the other side answered last.
    pub response: Option<Vec<u8>>,
    /// Why the last attempt failed.
    pub error: Option<String>,
}

/// What is to be sent next, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The delivery.
    pub delivery: Delivery,
    /// The version of the channel that made it.
    pub number: u64,
}

const COLUMNS: &str =
    "d.message, d.place, d.channel, d.destination, d.state, d.attempts, d.due_us, d.settled_us, d.payload,
    d.response, d.error";

fn read(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    Ok(Delivery {
        message: row.get(0)?,
        place: row.get(1)?,
        channel: row.get(2)?,
        destination: row.get(3)?,
        state: row.get(4)?,
        attempts: row.get(5)?,
        due_us: row.get(6)?,
        settled_us: row.get(7)?,
        payload: row.get(8)?,
        response: row.get(9)?,
        error: row.get(10)?,
    })
}

impl View<'_> {
    /// The deliveries of a message, in the order of the channel.
    pub fn deliveries(&self, message: i64) -> Result<Vec<Delivery>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM main.channel_delivery AS d WHERE d.message = ?1 ORDER BY d.place");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map([message], read)?.collect::<Result<_, _>>()?)
    }

    /// What is to be sent next: of the heads of all queues the one that is due first. Channels that are stopped or not
    /// deployed send nothing.
    pub fn next_delivery(&self) -> Result<Option<Due>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, m.number FROM main.channel_delivery AS d
             JOIN (SELECT channel, destination, min(message) AS message FROM main.channel_delivery
                   WHERE state IN ('PENDING', 'QUEUED') GROUP BY channel, destination) AS head
               ON head.message = d.message AND head.destination = d.destination
             JOIN main.channel_message AS m ON m.id = d.message
             JOIN main.channel_deployment AS o ON o.name = d.channel AND o.state <> 'STOPPED'
             ORDER BY d.due_us, d.message, d.place LIMIT 1"
        );
        let due = |row: &Row<'_>| Ok(Due { delivery: read(row)?, number: row.get(11)? });
        Ok(self.connection.prepare_cached(&sql)?.query_row([], due).optional()?)
    }
}

impl Change<'_> {
    /// Keeps what became of an attempt: state, attempts, due, settled, response and error.
    pub fn settle_delivery(&self, delivery: &Delivery) -> Result<(), StoreError> {
        let sql = "UPDATE main.channel_delivery SET state = ?3, attempts = ?4, due_us = ?5, settled_us = ?6, response = ?7, error = ?8
                   WHERE message = ?1 AND place = ?2";
        self.view().connection.prepare_cached(sql)?.execute(params![
            delivery.message,
            delivery.place,
            delivery.state,
            delivery.attempts,
            delivery.due_us,
            delivery.settled_us,
            delivery.response,
            delivery.error
        ])?;
        Ok(())
    }
}
