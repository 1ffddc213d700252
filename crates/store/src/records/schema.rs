use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;

/// One script per step from an empty file to today's tables. Scripts that have shipped are never edited: a change of
/// shape is a new script at the end.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001-first.sql"),
    include_str!("migrations/0002-labs.sql"),
    include_str!("migrations/0003-credentials.sql"),
    include_str!("migrations/0004-kit-runs.sql"),
    include_str!("migrations/0007-incidents.sql"),
    include_str!("migrations/0011-programme.sql"),
    include_str!("migrations/0012-mentoring.sql"),
    include_str!("migrations/0013-places.sql"),
    include_str!("migrations/0016-drills.sql"),
    include_str!("migrations/0019-workshops.sql"),
    include_str!("migrations/0021-apprenticeships.sql"),
    include_str!("migrations/0022-readiness.sql"),
    include_str!("migrations/0023-models.sql"),
    include_str!("migrations/0024-integrity.sql"),
    include_str!("migrations/0025-drill-results.sql"),
    include_str!("migrations/0026-couples.sql"),
    include_str!("migrations/0027-assessments.sql"),
    include_str!("migrations/0028-oidc.sql"),
    include_str!("migrations/0029-what-a-team-showed.sql"),
    include_str!("migrations/0030-boards.sql"),
    include_str!("migrations/0032-projects.sql"),
    include_str!("migrations/0034-blind-tests.sql"),
];

/// Brings the database up to date, however old it is. Nothing changes if any step fails.
///
/// # Errors
/// [`StoreError::Damaged`] if a newer program has written the file.
pub(super) fn migrate(connection: &mut Connection, name: &str) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let done = usize::try_from(found).ok().filter(|done| *done <= MIGRATIONS.len());
    let Some(done) = done else {
        let known = MIGRATIONS.len();
        return Err(StoreError::Damaged {
            what: format!("{name} (format {found}, this program knows {known})"),
        });
    };
    for script in &MIGRATIONS[done..] {
        transaction.execute_batch(script)?;
    }
    transaction.pragma_update(None, "user_version", i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX))?;
    Ok(transaction.commit()?)
}
