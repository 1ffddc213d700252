use rusqlite::{OptionalExtension, Row, params};

use super::RecordEntry;
use super::entries::insert;
use crate::StoreError;
use crate::records::{PersonId, Records};

/// Who has to do with an apprenticeship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apprenticeship {
    /// Never changes.
    pub id: String,
    /// The apprentice.
    pub apprentice: PersonId,
    /// The employer, by the id of an organisation.
    pub employer: String,
    /// Who supervises.
    pub supervisor: PersonId,
    /// When it was put down, in microseconds since 1970 UTC.
    pub created_us: i64,
}

const APPRENTICESHIP: &str = "id, apprentice, employer, supervisor, created_us";

fn apprenticeship_from(row: &Row<'_>) -> rusqlite::Result<Apprenticeship> {
    Ok(Apprenticeship {
        id: row.get(0)?,
        apprentice: row.get(1)?,
        employer: row.get(2)?,
        supervisor: row.get(3)?,
        created_us: row.get(4)?,
    })
}

impl Records {
    /// Adds an apprenticeship with the first entry of its record.
    pub fn apprenticeship_add(&self, one: &Apprenticeship, first: &RecordEntry) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql = format!("INSERT INTO apprenticeships({APPRENTICESHIP}) VALUES(?1, ?2, ?3, ?4, ?5)");
            transaction.prepare_cached(&sql)?.execute(params![
                one.id,
                one.apprentice,
                one.employer,
                one.supervisor,
                one.created_us
            ])?;
            insert(transaction, &one.id, first).map(|_| ())
        })
    }

    /// The apprenticeship with this id.
    pub fn apprenticeship(&self, id: &str) -> Result<Option<Apprenticeship>, StoreError> {
        let sql = format!("SELECT {APPRENTICESHIP} FROM apprenticeships WHERE id = ?1");
        self.connections
            .read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], apprenticeship_from).optional()?))
    }

    /// All apprenticeships, the newest first.
    pub fn apprenticeship_list(&self) -> Result<Vec<Apprenticeship>, StoreError> {
        let sql = format!("SELECT {APPRENTICESHIP} FROM apprenticeships ORDER BY created_us DESC, id");
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([], apprenticeship_from)?.collect::<Result<_, _>>()?)
        })
    }
}
