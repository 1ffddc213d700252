use rusqlite::{OptionalExtension, Row, params};

use super::{PersonId, Records, SandboxId};
use crate::StoreError;

/// A workshop, beside what happened in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workshop {
    /// Its id.
    pub id: String,
    /// The case.
    pub case: String,
    /// The version of the case when it was arranged, as of software.
    pub version: String,
    /// Who arranged it.
    pub owner: PersonId,
    /// What others type to take part.
    pub code: String,
    /// When it is to begin, in microseconds since 1970 UTC.
    pub begins_us: i64,
    /// How long it takes.
    pub minutes: u32,
    /// Whether it was called off.
    pub cancelled: bool,
    /// How often it was changed, for calendars.
    pub revision: u32,
    /// When it was arranged or last changed, in microseconds since 1970 UTC.
    pub changed_us: i64,
    /// The hospital it plays in, once it has begun and as long as that is there.
    pub sandbox: Option<SandboxId>,
    /// When it was over.
    pub ended_us: Option<i64>,
}

const WORKSHOP: &str = "id, case_id, owner, code, begins_us, minutes, cancelled, revision, changed_us, sandbox, ended_us, version";

fn workshop_from(row: &Row<'_>) -> rusqlite::Result<Workshop> {
    Ok(Workshop {
        id: row.get(0)?,
        case: row.get(1)?,
        owner: row.get(2)?,
        code: row.get(3)?,
        begins_us: row.get(4)?,
        minutes: row.get(5)?,
        cancelled: row.get(6)?,
        revision: row.get(7)?,
        changed_us: row.get(8)?,
        sandbox: row.get(9)?,
        ended_us: row.get(10)?,
        version: row.get(11)?,
    })
}

impl Records {
    /// Keeps a workshop, new or changed.
    pub fn workshop_set(&self, one: &Workshop) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql = format!(
                "INSERT INTO workshops({WORKSHOP}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                 ON CONFLICT(id) DO UPDATE SET begins_us = ?5, minutes = ?6, cancelled = ?7, revision = ?8,
                   changed_us = ?9, sandbox = ?10, ended_us = ?11"
            );
            transaction.prepare_cached(&sql)?.execute(params![
                one.id,
                one.case,
                one.owner,
                one.code,
                one.begins_us,
                one.minutes,
                one.cancelled,
                one.revision,
                one.changed_us,
                one.sandbox,
                one.ended_us,
                one.version
            ])?;
            Ok(())
        })
    }

    /// The workshop with this id.
    pub fn workshop(&self, id: &str) -> Result<Option<Workshop>, StoreError> {
        self.workshop_where("id = ?1", id)
    }

    /// The workshop with this code.
    pub fn workshop_by_code(&self, code: &str) -> Result<Option<Workshop>, StoreError> {
        self.workshop_where("code = ?1", code)
    }

    /// The workshop that plays in a hospital.
    pub fn workshop_in(&self, sandbox: &SandboxId) -> Result<Option<Workshop>, StoreError> {
        self.workshop_where("sandbox = ?1", sandbox.as_str())
    }

    fn workshop_where(&self, clause: &str, value: &str) -> Result<Option<Workshop>, StoreError> {
        let sql = format!("SELECT {WORKSHOP} FROM workshops WHERE {clause}");
        self.connections
            .read(|db| Ok(db.prepare_cached(&sql)?.query_row([value], workshop_from).optional()?))
    }

    /// The workshops to which somebody is invited or has come, the latest first.
    pub fn workshop_list_of(&self, person: &PersonId) -> Result<Vec<Workshop>, StoreError> {
        let sql = format!(
            "SELECT {WORKSHOP} FROM workshops WHERE id IN (SELECT workshop FROM workshop_people WHERE person = ?1)
             ORDER BY begins_us DESC, id"
        );
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([person], workshop_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// The hospitals in which a workshop goes on.
    pub fn workshop_list_open(&self) -> Result<Vec<SandboxId>, StoreError> {
        let sql =
            "SELECT sandbox FROM workshops WHERE sandbox IS NOT NULL AND ended_us IS NULL ORDER BY sandbox";
        self.connections.read(|db| {
            Ok(db.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// Invites somebody, or lets them take part; once more changes nothing.
    pub fn workshop_person_add(&self, workshop: &str, person: &PersonId) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO workshop_people(workshop, person) VALUES(?1, ?2) ON CONFLICT DO NOTHING",
                )?
                .execute(params![workshop, person])?;
            Ok(())
        })
    }

    /// Who is invited or has come.
    pub fn workshop_people(&self, workshop: &str) -> Result<Vec<PersonId>, StoreError> {
        let sql = "SELECT person FROM workshop_people WHERE workshop = ?1 ORDER BY person";
        self.connections.read(|db| {
            Ok(db.prepare_cached(sql)?.query_map([workshop], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// Adds events of a workshop, each with its number; all or none.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if one of the numbers is taken.
    pub fn workshop_events_add(&self, workshop: &str, events: &[(u64, String)]) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql =
                "INSERT INTO workshop_events(workshop, seq, body) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING";
            let mut statement = transaction.prepare_cached(sql)?;
            for (seq, body) in events {
                if statement.execute(params![workshop, seq, body])? == 0 {
                    let what = format!("event {seq} of this workshop has happened already; look again");
                    return Err(StoreError::Conflict { what });
                }
            }
            Ok(())
        })
    }

    /// The events of a workshop after a number, in order.
    pub fn workshop_events(&self, workshop: &str, after: u64) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT body FROM workshop_events WHERE workshop = ?1 AND seq > ?2 ORDER BY seq";
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(sql)?;
            Ok(statement.query_map(params![workshop, after], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }
}
