use rusqlite::{OptionalExtension, Row, params};

use crate::StoreError;
use crate::sandbox::{Change, View};

pub(super) const COLUMNS: &str =
    "m.seq, m.interface, m.control_id, m.event, m.subject, m.body, m.state, m.attempts,
    m.due_us, m.queued_us, m.settled_us, m.answer";

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageState {
    /// It waits to be delivered.
    Waiting,
    /// The receiver has accepted it.
    Delivered,
    /// A channel of the interface engine has taken it; what became of it stands there.
    Handed,
    /// The receiver refuses it, or too many attempts failed. It stays until somebody sends it again.
    Refused,
    /// It got lost on the way, and nobody was told.
    Lost,
}

impl MessageState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Delivered, Self::Handed, Self::Refused, Self::Lost];

    /// As the table and pages name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Handed => "handed",
            Self::Refused => "refused",
            Self::Lost => "lost",
        }
    }

    pub(super) fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.word() == word).unwrap_or(Self::Refused)
    }
}

/// A message to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage<'a> {
    /// The interface it goes over.
    pub interface: &'a str,
    /// MSH-10.
    pub control_id: &'a str,
    /// Type and trigger, such as `ADT^A01`.
    pub event: &'a str,
    /// The patient it is about, as `Patient/ID`.
    pub subject: Option<&'a str>,
    /// Its bytes.
    pub body: &'a [u8],
    /// [`MessageState::Waiting`], or [`MessageState::Lost`] for one that never sets out.
    pub state: MessageState,
    /// When it may be delivered, virtual microseconds since 1970 UTC.
    pub due_us: i64,
    /// When it was queued.
    pub queued_us: i64,
}

/// A message as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its place in the order of queueing, over all interfaces.
    pub seq: i64,
    /// The interface it goes over.
    pub interface: String,
    /// MSH-10.
    pub control_id: String,
    /// Type and trigger.
    pub event: String,
    /// The patient it is about, as `Patient/ID`.
    pub subject: Option<String>,
    /// Its bytes.
    pub body: Vec<u8>,
    /// How far it has come.
    pub state: MessageState,
    /// How often its delivery was tried.
    pub attempts: u32,
    /// When it is tried next.
    pub due_us: i64,
    /// When it was queued.
    pub queued_us: i64,
    /// When it was delivered or given up.
    pub settled_us: Option<i64>,
    /// What the receiver answered last.
    pub answer: Option<Vec<u8>>,
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Message> {
    let state: String = row.get(6)?;
    Ok(Message {
        seq: row.get(0)?,
        interface: row.get(1)?,
        control_id: row.get(2)?,
        event: row.get(3)?,
        subject: row.get(4)?,
        body: row.get(5)?,
        state: MessageState::of(&state),
        attempts: row.get(7)?,
        due_us: row.get(8)?,
        queued_us: row.get(9)?,
        settled_us: row.get(10)?,
        answer: row.get(11)?,
    })
}

impl View<'_> {
    /// The newest messages of an interface, newest first, at most `limit`.
    pub fn messages(&self, interface: &str, limit: usize) -> Result<Vec<Message>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM main.interface_message AS m WHERE m.interface = ?1 ORDER BY m.seq DESC LIMIT ?2"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(statement.query_map(params![interface, limit], read)?.collect::<Result<_, _>>()?)
    }

    /// The bytes of what any of these interfaces has delivered, in the order of queueing.
    pub fn messages_delivered(&self, interfaces: &[&str]) -> Result<Vec<Vec<u8>>, StoreError> {
        let sql = "SELECT m.body FROM main.interface_message AS m
                   WHERE m.state = 'delivered' AND m.interface IN (SELECT value FROM json_each(?1)) ORDER BY m.seq";
        let interfaces = serde_json::json!(interfaces).to_string();
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([interfaces], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// One message by its place.
    pub fn message(&self, seq: i64) -> Result<Option<Message>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM main.interface_message AS m WHERE m.seq = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map([seq], read)?.next().transpose()?)
    }

    /// The bytes of the message of this control id that an interface has delivered before, if it has.
    pub fn message_delivered_before(&self, message: &Message) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT body FROM main.interface_message
                   WHERE interface = ?1 AND control_id = ?2 AND state = 'delivered' AND seq <> ?3 LIMIT 1";
        let values = params![message.interface, message.control_id, message.seq];
        Ok(self.connection.prepare_cached(sql)?.query_row(values, |row| row.get(0)).optional()?)
    }
}

impl Change<'_> {
    /// The place that the next message will have.
    pub fn next_message_seq(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(seq), 0) + 1 FROM main.interface_message";
        Ok(self.view().connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// Queues a message. Returns its place.
    pub fn queue_message(&self, new: &NewMessage<'_>) -> Result<i64, StoreError> {
        let sql = "INSERT INTO main.interface_message(seq, interface, control_id, event, subject, body, state, attempts,
                     due_us, queued_us, change)
                   VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, ?10)";
        let seq = self.next_message_seq()?;
        self.view().connection.prepare_cached(sql)?.execute(params![
            seq,
            new.interface,
            new.control_id,
            new.event,
            new.subject,
            new.body,
            new.state.word(),
            new.due_us,
            new.queued_us,
            self.first_seq()
        ])?;
        Ok(seq)
    }

    /// Keeps what became of an attempt: state, attempts, due, settled and answer of `message`.
    pub fn settle_message(&self, message: &Message) -> Result<(), StoreError> {
        let sql = "UPDATE main.interface_message SET state = ?2, attempts = ?3, due_us = ?4, settled_us = ?5, answer = ?6
                   WHERE seq = ?1";
        self.view().connection.prepare_cached(sql)?.execute(params![
            message.seq,
            message.state.word(),
            message.attempts,
            message.due_us,
            message.settled_us,
            message.answer
        ])?;
        Ok(())
    }
}
