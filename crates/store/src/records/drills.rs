use rusqlite::{OptionalExtension, Row, params};

use super::{PersonId, Records, SandboxId};
use crate::StoreError;

/// A drill, beside what lies in its hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drill {
    /// Its id.
    pub id: String,
    /// The hospital it plays in.
    pub sandbox: SandboxId,
    /// The scenario.
    pub scenario: String,
    /// Who began it.
    pub owner: PersonId,
    /// What others type to take part.
    pub code: String,
    /// Whether it counts.
    pub assessed: bool,
    /// When it began, in microseconds since 1970 UTC.
    pub began_us: i64,
    /// When it ended, and what came of it: points of a hundred, and whether it is passed.
    pub ended: Option<(i64, u32, bool)>,
}

const DRILL: &str = "id, sandbox, scenario, owner, code, assessed, began_us, ended_us, points, passed";

fn drill_from(row: &Row<'_>) -> rusqlite::Result<Drill> {
    let ended_us: Option<i64> = row.get(7)?;
    Ok(Drill {
        id: row.get(0)?,
        sandbox: row.get(1)?,
        scenario: row.get(2)?,
        owner: row.get(3)?,
        code: row.get(4)?,
        assessed: row.get(5)?,
        began_us: row.get(6)?,
        ended: match ended_us {
            Some(ended_us) => Some((ended_us, row.get(8)?, row.get(9)?)),
            None => None,
        },
    })
}

impl Records {
    /// Adds a drill that has begun.
    pub fn drill_add(&self, drill: &Drill) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO drills(id, sandbox, scenario, owner, code, assessed, began_us)
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    drill.id,
                    drill.sandbox,
                    drill.scenario,
                    drill.owner,
                    drill.code,
                    drill.assessed,
                    drill.began_us
                ])?;
            Ok(())
        })
    }

    /// A drill by its id.
    pub fn drill(&self, id: &str) -> Result<Option<Drill>, StoreError> {
        self.drill_where("id = ?1", id)
    }

    /// The drill with this code.
    pub fn drill_by_code(&self, code: &str) -> Result<Option<Drill>, StoreError> {
        self.drill_where("code = ?1", code)
    }

    /// The drill that plays in a hospital.
    pub fn drill_in(&self, sandbox: &SandboxId) -> Result<Option<Drill>, StoreError> {
        self.drill_where("sandbox = ?1", sandbox.as_str())
    }

    fn drill_where(&self, clause: &str, value: &str) -> Result<Option<Drill>, StoreError> {
        let sql = format!("SELECT {DRILL} FROM drills WHERE {clause}");
        self.connections.read(|db| Ok(db.prepare_cached(&sql)?.query_row([value], drill_from).optional()?))
    }

    /// The drills that somebody takes part in, newest first.
    pub fn drill_list_of(&self, person: &PersonId) -> Result<Vec<Drill>, StoreError> {
        let sql = format!(
            "SELECT {DRILL} FROM drills WHERE id IN (SELECT drill FROM drill_members WHERE person = ?1)
             ORDER BY began_us DESC, id"
        );
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([person], drill_from)?.collect::<Result<_, _>>()?)
        })
    }

    /// The hospitals in which a drill goes on.
    pub fn drill_list_open(&self) -> Result<Vec<SandboxId>, StoreError> {
        let sql = "SELECT sandbox FROM drills WHERE ended_us IS NULL ORDER BY sandbox";
        self.connections.read(|db| {
            Ok(db.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// Lets somebody take part as these roles, instead of those they had.
    pub fn drill_member_set(
        &self,
        drill: &str,
        person: &PersonId,
        roles: &[String],
    ) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO drill_members(drill, person, roles) VALUES(?1, ?2, ?3)
                     ON CONFLICT(drill, person) DO UPDATE SET roles = ?3",
                )?
                .execute(params![drill, person, roles.join(" ")])?;
            Ok(())
        })
    }

    /// Who takes part in a drill, and as whom.
    pub fn drill_members(&self, drill: &str) -> Result<Vec<(PersonId, Vec<String>)>, StoreError> {
        let sql = "SELECT person, roles FROM drill_members WHERE drill = ?1 ORDER BY person";
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(sql)?;
            let members = statement.query_map([drill], |row| {
                let roles: String = row.get(1)?;
                Ok((row.get(0)?, roles.split_whitespace().map(str::to_owned).collect()))
            })?;
            Ok(members.collect::<Result<_, _>>()?)
        })
    }
}
