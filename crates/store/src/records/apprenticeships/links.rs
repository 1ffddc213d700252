use rusqlite::{OptionalExtension, Row, params};

use crate::StoreError;
use crate::records::{PersonId, Records};

/// A link by which a learner shows how far they are for a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadinessLink {
    /// Never changes.
    pub id: String,
    /// Who shows it.
    pub person: PersonId,
    /// The job, by id.
    pub job: String,
    /// Whom it is for, in the learner's words.
    pub label: String,
    /// When it was made, in microseconds since 1970 UTC.
    pub created_us: i64,
    /// Until when it opens.
    pub expires_us: i64,
    /// When it was withdrawn.
    pub withdrawn_us: Option<i64>,
}

/// A look at what somebody shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadinessLook {
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Who, as far as it is known.
    pub who: String,
}

const LINK: &str = "id, person, job, label, created_us, expires_us, withdrawn_us";

fn link_from(row: &Row<'_>) -> rusqlite::Result<ReadinessLink> {
    Ok(ReadinessLink {
        id: row.get(0)?,
        person: row.get(1)?,
        job: row.get(2)?,
        label: row.get(3)?,
        created_us: row.get(4)?,
        expires_us: row.get(5)?,
        withdrawn_us: row.get(6)?,
    })
}

impl Records {
    /// Adds a link.
    pub fn readiness_link_add(&self, link: &ReadinessLink) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql = format!("INSERT INTO readiness_links({LINK}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
            transaction.prepare_cached(&sql)?.execute(params![
                link.id,
                link.person,
                link.job,
                link.label,
                link.created_us,
                link.expires_us,
                link.withdrawn_us
            ])?;
            Ok(())
        })
    }

    /// The link with this id.
    pub fn readiness_link(&self, id: &str) -> Result<Option<ReadinessLink>, StoreError> {
        let sql = format!("SELECT {LINK} FROM readiness_links WHERE id = ?1");
        self.connections.read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], link_from).optional()?))
    }

    /// A person's links, the newest first.
    pub fn readiness_link_list_of(&self, person: &PersonId) -> Result<Vec<ReadinessLink>, StoreError> {
        let sql =
            format!("SELECT {LINK} FROM readiness_links WHERE person = ?1 ORDER BY created_us DESC, id");
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([person], link_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// Withdraws a link of a person's; whether it was theirs and still open.
    pub fn readiness_link_withdraw(
        &self,
        person: &PersonId,
        id: &str,
        now_us: i64,
    ) -> Result<bool, StoreError> {
        self.connections.write(|transaction| {
            let mut statement = transaction.prepare_cached(
                "UPDATE readiness_links SET withdrawn_us = ?3 WHERE id = ?2 AND person = ?1 AND withdrawn_us IS NULL",
            )?;
            Ok(statement.execute(params![person, id, now_us])? == 1)
        })
    }

    /// Notes a look.
    pub fn readiness_look_add(&self, link: &str, look: &ReadinessLook) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached("INSERT INTO readiness_looks(link, at_us, who) VALUES(?1, ?2, ?3)")?
                .execute(params![link, look.at_us, look.who])?;
            Ok(())
        })
    }

    /// The looks at what a link shows, the newest first.
    pub fn readiness_looks(&self, link: &str) -> Result<Vec<ReadinessLook>, StoreError> {
        let sql = "SELECT at_us, who FROM readiness_looks WHERE link = ?1 ORDER BY at_us DESC, rowid DESC";
        let look = |row: &Row<'_>| Ok(ReadinessLook { at_us: row.get(0)?, who: row.get(1)? });
        self.connections
            .read(|db| Ok(db.prepare_cached(sql)?.query_map([link], look)?.collect::<Result<_, _>>()?))
    }
}
