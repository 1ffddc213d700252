use rusqlite::{OptionalExtension, Row, params};

use super::ids::words;
use super::{PersonId, Records, SandboxId};
use crate::StoreError;

/// A team's project, beside what happened in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRecord {
    /// Its id.
    pub id: String,
    /// The project among the content.
    pub project: String,
    /// Its version when it was begun, as of software.
    pub version: String,
    /// What the team is called.
    pub title: String,
    /// Who began it.
    pub owner: PersonId,
    /// The cohort that the team is of.
    pub cohort: Option<String>,
    /// When it begins, in microseconds since 1970 UTC.
    pub begins_us: i64,
    /// The team's hospital, as long as that is there.
    pub sandbox: Option<SandboxId>,
    /// When it was closed.
    pub ended_us: Option<i64>,
    /// What came of it, as JSON, once it is closed.
    pub figures: Option<String>,
}

/// As what somebody takes part in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProjectPart {
    /// Of the team.
    Member,
    /// Of the panel.
    Panel,
}
words!(ProjectPart { Member = "member", Panel = "panel" });

const PROJECT: &str = "id, project_id, version, title, owner, cohort, begins_us, sandbox, ended_us, figures";

fn project_from(row: &Row<'_>) -> rusqlite::Result<ProjectRecord> {
    Ok(ProjectRecord {
        id: row.get(0)?,
        project: row.get(1)?,
        version: row.get(2)?,
        title: row.get(3)?,
        owner: row.get(4)?,
        cohort: row.get(5)?,
        begins_us: row.get(6)?,
        sandbox: row.get(7)?,
        ended_us: row.get(8)?,
        figures: row.get(9)?,
    })
}

impl Records {
    /// Keeps a project with who takes part in it; all or nothing.
    pub fn project_add(
        &self,
        one: &ProjectRecord,
        people: &[(PersonId, ProjectPart)],
    ) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql =
                format!("INSERT INTO projects({PROJECT}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
            transaction.prepare_cached(&sql)?.execute(params![
                one.id,
                one.project,
                one.version,
                one.title,
                one.owner,
                one.cohort,
                one.begins_us,
                one.sandbox,
                one.ended_us,
                one.figures
            ])?;
            let mut add = transaction
                .prepare_cached("INSERT INTO project_people(project, person, part) VALUES(?1, ?2, ?3)")?;
            for (person, part) in people {
                add.execute(params![one.id, person, part])?;
            }
            Ok(())
        })
    }

    /// The project with this id.
    pub fn project(&self, id: &str) -> Result<Option<ProjectRecord>, StoreError> {
        let sql = format!("SELECT {PROJECT} FROM projects WHERE id = ?1");
        self.connections.read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], project_from).optional()?))
    }

    /// The projects that somebody takes part in, the latest first.
    pub fn project_list_of(&self, person: &PersonId) -> Result<Vec<ProjectRecord>, StoreError> {
        let sql = format!(
            "SELECT {PROJECT} FROM projects WHERE id IN (SELECT project FROM project_people WHERE person = ?1)
             ORDER BY begins_us DESC, id"
        );
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([person], project_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// Every project, the latest first.
    pub fn project_list(&self) -> Result<Vec<ProjectRecord>, StoreError> {
        let sql = format!("SELECT {PROJECT} FROM projects ORDER BY begins_us DESC, id");
        self.connections
            .read(|db| Ok(db.prepare_cached(&sql)?.query_map([], project_from)?.collect::<Result<_, _>>()?))
    }

    /// Who takes part in a project, and as what.
    pub fn project_people(&self, project: &str) -> Result<Vec<(PersonId, ProjectPart)>, StoreError> {
        let sql = "SELECT person, part FROM project_people WHERE project = ?1 ORDER BY part, person";
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(sql)?;
            Ok(statement
                .query_map([project], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?)
        })
    }

    /// Whether a sandbox is the hospital of a project that goes on and that somebody is a member of.
    pub fn project_lets_in(&self, sandbox: &SandboxId, person: &PersonId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM projects JOIN project_people ON project = id
                   WHERE sandbox = ?1 AND person = ?2 AND part = 'member' AND ended_us IS NULL";
        self.connections.read(|db| Ok(db.prepare_cached(sql)?.exists(params![sandbox, person])?))
    }

    /// Adds the next event of a project, with the file that was handed in by it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if its number is taken: something else has happened meanwhile.
    pub fn project_event_add(
        &self,
        project: &str,
        (seq, body): (u64, &str),
        file: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql =
                "INSERT INTO project_events(project, seq, body) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING";
            if transaction.prepare_cached(sql)?.execute(params![project, seq, body])? == 0 {
                let what = "something else has happened in this project meanwhile; look again".to_owned();
                return Err(StoreError::Conflict { what });
            }
            if let Some(bytes) = file {
                transaction
                    .prepare_cached("INSERT INTO project_files(project, seq, bytes) VALUES(?1, ?2, ?3)")?
                    .execute(params![project, seq, bytes])?;
            }
            Ok(())
        })
    }

    /// The events of a project, in order.
    pub fn project_events(&self, project: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT body FROM project_events WHERE project = ?1 ORDER BY seq";
        self.connections.read(|db| {
            Ok(db.prepare_cached(sql)?.query_map([project], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// The file that was handed in by an event.
    pub fn project_file(&self, project: &str, seq: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT bytes FROM project_files WHERE project = ?1 AND seq = ?2";
        self.connections.read(|db| {
            Ok(db.prepare_cached(sql)?.query_row(params![project, seq], |row| row.get(0)).optional()?)
        })
    }

    /// Closes a project, with its last event and what came of it. One that is closed stays as it was.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the number of the event is taken.
    pub fn project_end(
        &self,
        project: &str,
        (seq, body): (u64, &str),
        (ended_us, figures): (i64, &str),
    ) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql =
                "INSERT INTO project_events(project, seq, body) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING";
            if transaction.prepare_cached(sql)?.execute(params![project, seq, body])? == 0 {
                let what = "something else has happened in this project meanwhile; look again".to_owned();
                return Err(StoreError::Conflict { what });
            }
            transaction
                .prepare_cached(
                    "UPDATE projects SET ended_us = ?2, figures = ?3 WHERE id = ?1 AND ended_us IS NULL",
                )?
                .execute(params![project, ended_us, figures])?;
            Ok(())
        })
    }
}
