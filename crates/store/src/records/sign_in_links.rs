use rusqlite::{OptionalExtension, params};

use super::{PersonId, Records, SecretHash};
use crate::StoreError;

/// A link that signs its holder in without a password, known by the hash of its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInLink {
    /// SHA-256 of the secret in the link.
    pub hash: SecretHash,
    /// Whom it signs in.
    pub person: PersonId,
    /// Whether it works more than once, as the demonstration's link does.
    pub reusable: bool,
    /// From when on it is refused; never, if `None`.
    pub expires_us: Option<i64>,
}

impl Records {
    /// Adds a link.
    pub fn sign_in_link_add(&self, link: &SignInLink) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO sign_in_links(hash, person, reusable, expires_us) VALUES(?1, ?2, ?3, ?4)",
                )?
                .execute(params![link.hash, link.person, link.reusable, link.expires_us])?;
            Ok(())
        })
    }

    /// Uses a link at `now_us`: whom it signs in, or `None` if it is unknown, expired or used up.
    ///
    /// Two who try a single-use link at once cannot both succeed.
    pub fn sign_in_link_use(&self, hash: &SecretHash, now_us: i64) -> Result<Option<PersonId>, StoreError> {
        self.connections.write(|transaction| {
            let found: Option<(PersonId, bool)> = transaction
                .prepare_cached(
                    "SELECT person, reusable FROM sign_in_links
                     WHERE hash = ?1 AND (expires_us IS NULL OR expires_us > ?2)",
                )?
                .query_row(params![hash, now_us], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            if let Some((_, false)) = found {
                transaction.prepare_cached("DELETE FROM sign_in_links WHERE hash = ?1")?.execute([hash])?;
            }
            Ok(found.map(|(person, _)| person))
        })
    }

    /// Withdraws all of a person's links, and tells how many there were.
    pub fn sign_in_link_remove_of(&self, person: &PersonId) -> Result<usize, StoreError> {
        self.connections.write(|transaction| {
            Ok(transaction
                .prepare_cached("DELETE FROM sign_in_links WHERE person = ?1")?
                .execute([person])?)
        })
    }
}
