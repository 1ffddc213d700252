use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use super::people::{PERSON, person_from};
use super::{Person, PersonId, Records, SecretHash};
use crate::StoreError;

/// A bearer token for programs, known by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    /// SHA-256 of the token's text.
    #[serde(skip)]
    pub hash: SecretHash,
    /// Whose rights it carries.
    pub person: PersonId,
    /// What its owner called it.
    pub label: String,
    /// When it was made, in microseconds since 1970 UTC.
    pub created_us: i64,
    /// From when on it is refused; never, if `None`.
    pub expires_us: Option<i64>,
}

impl Records {
    /// Adds a token.
    pub fn token_add(&self, token: &Token) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO tokens(hash, person, label, created_us, expires_us) VALUES(?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![token.hash, token.person, token.label, token.created_us, token.expires_us])?;
            Ok(())
        })
    }

    /// Whoever holds this token, if it is valid at `now_us`.
    pub fn token_person(&self, hash: &SecretHash, now_us: i64) -> Result<Option<Person>, StoreError> {
        let sql = format!(
            "SELECT {PERSON} FROM tokens JOIN people ON people.id = tokens.person
             WHERE tokens.hash = ?1 AND (tokens.expires_us IS NULL OR tokens.expires_us > ?2)"
        );
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_row(params![hash, now_us], person_from).optional()?)
        })
    }

    /// A person's tokens, oldest first, expired ones included.
    pub fn token_list(&self, person: &PersonId) -> Result<Vec<Token>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT hash, person, label, created_us, expires_us FROM tokens WHERE person = ?1
                 ORDER BY created_us, hash",
            )?;
            let tokens = statement.query_map([person], |row| {
                Ok(Token {
                    hash: row.get(0)?,
                    person: row.get(1)?,
                    label: row.get(2)?,
                    created_us: row.get(3)?,
                    expires_us: row.get(4)?,
                })
            })?;
            Ok(tokens.collect::<Result<_, _>>()?)
        })
    }

    /// Withdraws every token of `person` called `label`, and tells how many there were.
    pub fn token_remove(&self, person: &PersonId, label: &str) -> Result<usize, StoreError> {
        self.connections.write(|transaction| {
            let mut statement =
                transaction.prepare_cached("DELETE FROM tokens WHERE person = ?1 AND label = ?2")?;
            Ok(statement.execute(params![person, label])?)
        })
    }
}
