use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::records::{PersonId, Records};

/// Something that was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentorAction {
    /// What is to be done.
    pub what: String,
    /// Whether it is.
    pub done: bool,
}

/// A session of a learner and a mentor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MentorSession {
    /// Never changes.
    pub id: String,
    /// The learner.
    pub learner: PersonId,
    /// The mentor.
    pub mentor: PersonId,
    /// What it is called.
    pub title: String,
    /// When it begins, in microseconds since 1970 UTC.
    pub begins_us: i64,
    /// How long it takes.
    pub minutes: u32,
    /// What is to be talked about, a line each.
    pub agenda: String,
    /// What was agreed.
    pub actions: Vec<MentorAction>,
    /// Whether it was called off.
    pub cancelled: bool,
    /// How often it was changed, for calendars.
    pub revision: u32,
    /// When it was changed last, in microseconds since 1970 UTC.
    pub changed_us: i64,
}

const SESSION: &str =
    "id, learner, mentor, title, begins_us, minutes, agenda, actions, cancelled, revision, changed_us";

fn session_from(row: &Row<'_>) -> rusqlite::Result<MentorSession> {
    let actions = row.get_ref(7)?.as_str()?;
    let actions = serde_json::from_str(actions).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(7, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(MentorSession {
        id: row.get(0)?,
        learner: row.get(1)?,
        mentor: row.get(2)?,
        title: row.get(3)?,
        begins_us: row.get(4)?,
        minutes: row.get(5)?,
        agenda: row.get(6)?,
        actions,
        cancelled: row.get(8)?,
        revision: row.get(9)?,
        changed_us: row.get(10)?,
    })
}

impl Records {
    /// Keeps a session, new or changed.
    pub fn mentor_session_set(&self, one: &MentorSession) -> Result<(), StoreError> {
        let actions = serde_json::json!(one.actions).to_string();
        self.connections.write(|transaction| {
            let sql = format!(
                "INSERT INTO mentor_sessions({SESSION}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                 ON CONFLICT(id) DO UPDATE SET title = ?4, begins_us = ?5, minutes = ?6, agenda = ?7, actions = ?8,
                   cancelled = ?9, revision = ?10, changed_us = ?11"
            );
            transaction.prepare_cached(&sql)?.execute(params![
                one.id,
                one.learner,
                one.mentor,
                one.title,
                one.begins_us,
                one.minutes,
                one.agenda,
                actions,
                one.cancelled,
                one.revision,
                one.changed_us
            ])?;
            Ok(())
        })
    }

    /// The session with this id.
    pub fn mentor_session(&self, id: &str) -> Result<Option<MentorSession>, StoreError> {
        let sql = format!("SELECT {SESSION} FROM mentor_sessions WHERE id = ?1");
        self.connections.read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], session_from).optional()?))
    }

    /// The sessions somebody has, as learner or mentor, the latest first.
    pub fn mentor_session_list_of(&self, person: &PersonId) -> Result<Vec<MentorSession>, StoreError> {
        let sql = format!(
            "SELECT {SESSION} FROM mentor_sessions WHERE learner = ?1 OR mentor = ?1 ORDER BY begins_us DESC, id"
        );
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([person], session_from)?.collect::<Result<_, _>>()?)
        })
    }
}
