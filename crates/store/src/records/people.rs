use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::ids::words;
use super::{PersonId, Records};
use crate::StoreError;

/// What a person may do here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Works on labs in hospitals of their own.
    Learner,
    /// Also sees every learner's progress.
    Instructor,
    /// Comes from outside the class: a mentor, a supervisor, the education office of a host.
    Associate,
}
words!(Role { Learner = "learner", Instructor = "instructor", Associate = "associate" });

/// Someone who can sign in. Their password hash is kept apart, so that it is in nobody's hands by accident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Never changes.
    pub id: PersonId,
    /// What they type to sign in; unique whatever the case of its letters.
    pub login: String,
    /// What they are called on pages.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// When the account was made, in microseconds since 1970 UTC.
    pub created_us: i64,
}

/// The columns [`person_from`] reads, in its order.
pub(super) const PERSON: &str = "people.id, people.login, people.name, people.role, people.created_us";

/// Reads a person from the first five columns of a row selected with [`PERSON`].
pub(super) fn person_from(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row.get(0)?,
        login: row.get(1)?,
        name: row.get(2)?,
        role: row.get(3)?,
        created_us: row.get(4)?,
    })
}

impl Records {
    /// Adds a person, with the PHC string of their password if they have one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the login is taken.
    pub fn person_add(&self, person: &Person, password_hash: Option<&str>) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let added = transaction
                .prepare_cached(
                    "INSERT INTO people(id, login, name, role, password_hash, created_us)
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(login) DO NOTHING",
                )?
                .execute(params![
                    person.id,
                    person.login,
                    person.name,
                    person.role,
                    password_hash,
                    person.created_us
                ])?;
            if added == 0 {
                let what = format!("the login \"{}\" is taken; choose another", person.login);
                return Err(StoreError::Conflict { what });
            }
            Ok(())
        })
    }

    /// The person with this id.
    pub fn person(&self, id: &PersonId) -> Result<Option<Person>, StoreError> {
        let sql = format!("SELECT {PERSON} FROM people WHERE id = ?1");
        self.connections.read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], person_from).optional()?))
    }

    /// The person with this login, in any case, and the PHC string of their password.
    pub fn person_by_login(&self, login: &str) -> Result<Option<(Person, Option<String>)>, StoreError> {
        let sql = format!("SELECT {PERSON}, password_hash FROM people WHERE login = ?1");
        self.connections.read(|db| {
            let found = db
                .prepare_cached(&sql)?
                .query_row([login], |row| Ok((person_from(row)?, row.get(5)?)))
                .optional()?;
            Ok(found)
        })
    }

    /// Everyone, by name.
    pub fn person_list(&self) -> Result<Vec<Person>, StoreError> {
        let sql = format!("SELECT {PERSON} FROM people ORDER BY name COLLATE NOCASE, id");
        self.connections
            .read(|db| Ok(db.prepare_cached(&sql)?.query_map([], person_from)?.collect::<Result<_, _>>()?))
    }

    /// Replaces a person's password hash; `None` leaves links and tokens as the only ways in.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such person.
    pub fn person_set_password(&self, id: &PersonId, password_hash: Option<&str>) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let changed = transaction
                .prepare_cached("UPDATE people SET password_hash = ?2 WHERE id = ?1")?
                .execute(params![id, password_hash])?;
            if changed == 0 {
                return Err(StoreError::NotFound { what: format!("person {id}") });
            }
            Ok(())
        })
    }
}
