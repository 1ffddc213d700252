use rusqlite::{OptionalExtension, params};

use super::{PersonId, Records};
use crate::StoreError;

impl Records {
    /// Who a provider's subject is here, if they have signed in before.
    pub fn oidc_subject(&self, issuer: &str, subject: &str) -> Result<Option<PersonId>, StoreError> {
        self.connections.read(|db| {
            let mut statement =
                db.prepare_cached("SELECT person FROM oidc_subjects WHERE issuer = ?1 AND subject = ?2")?;
            Ok(statement.query_row(params![issuer, subject], |row| row.get(0)).optional()?)
        })
    }

    /// Keeps who a provider's subject is here. Each account belongs to one subject of a provider.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the account belongs to another subject, or the subject to another account.
    pub fn oidc_subject_add(
        &self,
        issuer: &str,
        subject: &str,
        person: &PersonId,
        now_us: i64,
    ) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let added = transaction
                .prepare_cached(
                    "INSERT INTO oidc_subjects(issuer, subject, person, since_us)
                     SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS(SELECT 1 FROM oidc_subjects WHERE issuer = ?1 AND person = ?3)
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![issuer, subject, person, now_us])?;
            if added == 0 {
                let what = "this account belongs to somebody else of your provider; ask whoever runs this Practicum";
                return Err(StoreError::Conflict { what: what.to_owned() });
            }
            Ok(())
        })
    }
}
