use rusqlite::{OptionalExtension, Row, params};

use crate::StoreError;
use crate::sandbox::{Change, View};

/// A message that a channel took in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelMessage {
    /// Its place in the order of all messages.
    pub id: i64,
    /// The channel.
    pub channel: String,
    /// The version of the channel that it was taken through.
    pub number: u64,
    /// When it came in, virtual microseconds since 1970 UTC.
    pub received_us: i64,
    /// Its state at the source.
    pub state: String,
    /// MSH-9 of an HL7 v2 message, such as `ADT^A01`.
    pub kind: String,
    /// MSH-10 of an HL7 v2 message.
    pub control_id: String,
    /// Its bytes as they came.
    pub raw: Vec<u8>,
    /// What the source made of it.
    pub transformed: Option<Vec<u8>>,
    /// What went wrong at the source.
    pub error: Option<String>,
    /// The maps, as a JSON object.
    pub maps: String,
    /// What scripts logged, as a JSON list.
    pub logs: String,
    /// The message that this one is another try of.
    pub replay_of: Option<i64>,
}

/// A message to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChannelMessage<'a> {
    /// The message; its id is not looked at.
    pub message: ChannelMessage,
    /// What goes to the destinations.
    pub deliveries: &'a [NewDelivery],
}

/// What one destination is to get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// The destination's name.
    pub destination: String,
    /// `PENDING`, `QUEUED`, `FILTERED` or `ERROR`.
    pub state: String,
    /// What is to be sent.
    pub payload: Option<Vec<u8>>,
    /// What went wrong.
    pub error: Option<String>,
    /// When it is sent at the earliest, virtual microseconds since 1970 UTC.
    pub due_us: i64,
}

pub(super) const COLUMNS: &str =
    "m.id, m.channel, m.number, m.received_us, m.state, m.kind, m.control_id, m.raw,
    m.transformed, m.error, m.maps, m.logs, m.replay_of";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<ChannelMessage> {
    Ok(ChannelMessage {
        id: row.get(0)?,
        channel: row.get(1)?,
        number: row.get(2)?,
        received_us: row.get(3)?,
        state: row.get(4)?,
        kind: row.get(5)?,
        control_id: row.get(6)?,
        raw: row.get(7)?,
        transformed: row.get(8)?,
        error: row.get(9)?,
        maps: row.get(10)?,
        logs: row.get(11)?,
        replay_of: row.get(12)?,
    })
}

impl View<'_> {
    /// One message by its place.
    pub fn channel_message(&self, id: i64) -> Result<Option<ChannelMessage>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM main.channel_message AS m WHERE m.id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([id], read).optional()?)
    }

    /// The oldest message that was stored and not yet looked at.
    pub fn next_received(&self) -> Result<Option<ChannelMessage>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM main.channel_message AS m WHERE m.state = 'RECEIVED' ORDER BY m.id LIMIT 1"
        );
        Ok(self.connection.prepare_cached(&sql)?.query_row([], read).optional()?)
    }
}

impl Change<'_> {
    /// Stores a message with what goes to its destinations. Returns its place.
    pub fn add_channel_message(&self, new: &NewChannelMessage<'_>) -> Result<i64, StoreError> {
        let connection = self.view().connection;
        let sql = "INSERT INTO main.channel_message(channel, number, received_us, state, kind, control_id, raw, transformed,
                     error, maps, logs, replay_of)
                   VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        let of = &new.message;
        connection.prepare_cached(sql)?.execute(params![
            of.channel,
            of.number,
            of.received_us,
            of.state,
            of.kind,
            of.control_id,
            of.raw,
            of.transformed,
            of.error,
            of.maps,
            of.logs,
            of.replay_of
        ])?;
        let id = connection.last_insert_rowid();
        self.add_deliveries(id, &of.channel, new.deliveries)?;
        Ok(id)
    }

    /// Keeps what became of a message that was stored before it was looked at.
    pub fn settle_channel_message(&self, new: &NewChannelMessage<'_>) -> Result<(), StoreError> {
        let sql = "UPDATE main.channel_message SET number = ?2, state = ?3, transformed = ?4, error = ?5, maps = ?6, logs = ?7
                   WHERE id = ?1";
        let of = &new.message;
        let values = params![of.id, of.number, of.state, of.transformed, of.error, of.maps, of.logs];
        self.view().connection.prepare_cached(sql)?.execute(values)?;
        self.add_deliveries(of.id, &of.channel, new.deliveries)
    }

    fn add_deliveries(
        &self,
        message: i64,
        channel: &str,
        deliveries: &[NewDelivery],
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO main.channel_delivery(message, place, channel, destination, state, attempts, due_us, payload, error)
                   VALUES(?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8)";
        let mut statement = self.view().connection.prepare_cached(sql)?;
        for (place, new) in (1..).zip(deliveries) {
            let NewDelivery { destination, state, payload, error, due_us } = new;
            statement.execute(params![
                message,
                place,
                channel,
                destination,
                state,
                due_us,
                payload,
                error
            ])?;
        }
        Ok(())
    }
}
