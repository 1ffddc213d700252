use rusqlite::{OptionalExtension, Row, params};

use super::{Records, SandboxId};
use crate::StoreError;

/// Runs kept of one sandbox; the oldest goes when another is added.
const KEPT_PER_SANDBOX: u32 = 50;

/// A run of a test kit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitRun {
    /// Its id.
    pub id: String,
    /// The sandbox it was started in.
    pub sandbox: SandboxId,
    /// The kit.
    pub kit: String,
    /// What became of it, in a word.
    pub outcome: String,
    /// When it began, in microseconds since 1970 UTC.
    pub began_us: i64,
    /// When it ended.
    pub ended_us: Option<i64>,
}

const RUN: &str = "id, sandbox, kit, outcome, began_us, ended_us";

fn run_from(row: &Row<'_>) -> rusqlite::Result<KitRun> {
    Ok(KitRun {
        id: row.get(0)?,
        sandbox: row.get(1)?,
        kit: row.get(2)?,
        outcome: row.get(3)?,
        began_us: row.get(4)?,
        ended_us: row.get(5)?,
    })
}

impl Records {
    /// Keeps a run with its record, replacing what was kept of it before.
    pub fn kit_run_set(&self, run: &KitRun, record: &str) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO kit_runs(id, sandbox, kit, outcome, began_us, ended_us, record)
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     ON CONFLICT(id) DO UPDATE SET outcome = ?4, ended_us = ?6, record = ?7",
                )?
                .execute(params![
                    run.id,
                    run.sandbox,
                    run.kit,
                    run.outcome,
                    run.began_us,
                    run.ended_us,
                    record
                ])?;
            transaction
                .prepare_cached(
                    "DELETE FROM kit_runs WHERE sandbox = ?1 AND id NOT IN
                     (SELECT id FROM kit_runs WHERE sandbox = ?1 ORDER BY began_us DESC, id LIMIT ?2)",
                )?
                .execute(params![run.sandbox, KEPT_PER_SANDBOX])?;
            Ok(())
        })
    }

    /// The runs of a sandbox, newest first.
    pub fn kit_run_list(&self, sandbox: &SandboxId) -> Result<Vec<KitRun>, StoreError> {
        let sql = format!("SELECT {RUN} FROM kit_runs WHERE sandbox = ?1 ORDER BY began_us DESC, id");
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(&sql)?;
            let runs = statement.query_map([sandbox], run_from)?;
            Ok(runs.collect::<Result<_, _>>()?)
        })
    }

    /// A run of a sandbox and its record.
    pub fn kit_run(&self, sandbox: &SandboxId, id: &str) -> Result<Option<(KitRun, String)>, StoreError> {
        let sql = format!("SELECT {RUN}, record FROM kit_runs WHERE sandbox = ?1 AND id = ?2");
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(&sql)?;
            Ok(statement
                .query_row(params![sandbox, id], |row| Ok((run_from(row)?, row.get(6)?)))
                .optional()?)
        })
    }
}
