use rusqlite::{OptionalExtension, params};

use super::people::{PERSON, person_from};
use super::{Person, PersonId, Records, SecretHash};
use crate::StoreError;

/// A browser that is signed in, known by the hash of its cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's value.
    pub hash: SecretHash,
    /// Who is signed in.
    pub person: PersonId,
    /// Key from which this session's form tokens are derived.
    pub csrf_secret: [u8; 32],
    /// When it began, in microseconds since 1970 UTC.
    pub created_us: i64,
    /// From when on it is refused.
    pub expires_us: i64,
}

impl Records {
    /// Adds a session.
    pub fn session_add(&self, session: &Session) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO sessions(hash, person, csrf_secret, created_us, expires_us)
                     VALUES(?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    session.hash,
                    session.person,
                    session.csrf_secret,
                    session.created_us,
                    session.expires_us
                ])?;
            Ok(())
        })
    }

    /// The session behind this hash and its person, if it is valid at `now_us`.
    pub fn session(&self, hash: &SecretHash, now_us: i64) -> Result<Option<(Person, Session)>, StoreError> {
        let sql = format!(
            "SELECT {PERSON}, sessions.csrf_secret, sessions.created_us, sessions.expires_us
             FROM sessions JOIN people ON people.id = sessions.person
             WHERE sessions.hash = ?1 AND sessions.expires_us > ?2"
        );
        self.connections.read(|db| {
            let found = db.prepare_cached(&sql)?.query_row(params![hash, now_us], |row| {
                let person = person_from(row)?;
                let session = Session {
                    hash: *hash,
                    person: person.id.clone(),
                    csrf_secret: row.get(5)?,
                    created_us: row.get(6)?,
                    expires_us: row.get(7)?,
                };
                Ok((person, session))
            });
            Ok(found.optional()?)
        })
    }

    /// Ends one session; ending one that is gone is no error.
    pub fn session_remove(&self, hash: &SecretHash) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction.prepare_cached("DELETE FROM sessions WHERE hash = ?1")?.execute([hash])?;
            Ok(())
        })
    }

    /// Ends all of a person's sessions, as a new password should, and tells how many there were.
    pub fn session_remove_of(&self, person: &PersonId) -> Result<usize, StoreError> {
        self.connections.write(|transaction| {
            Ok(transaction.prepare_cached("DELETE FROM sessions WHERE person = ?1")?.execute([person])?)
        })
    }

    /// Drops what had expired by `now_us`, and tells how many rows that was.
    pub fn session_sweep(&self, now_us: i64) -> Result<usize, StoreError> {
        self.connections.write(|transaction| {
            Ok(transaction
                .prepare_cached("DELETE FROM sessions WHERE expires_us <= ?1")?
                .execute([now_us])?)
        })
    }
}
