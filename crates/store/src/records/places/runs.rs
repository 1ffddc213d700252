use rusqlite::{OptionalExtension, Row, params};
use serde_json::Value;

use crate::StoreError;
use crate::records::Records;

/// A match as it was run.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchRun {
    /// Never changes.
    pub id: String,
    /// Which round it is, from 1.
    pub round: u32,
    /// The seed of the lottery.
    pub seed: u64,
    /// The files it was decided from, as a JSON object of their texts.
    pub frozen: Value,
    /// What came out, as JSON.
    pub outcome: Value,
    /// Wishes that did not take part, and why, as JSON.
    pub left_out: Value,
    /// The login of who ran it.
    pub by: String,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// When it was published; a dry run never was.
    pub published_us: Option<i64>,
}

/// A change by hand after a match.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchOverride {
    /// Whose place changed, as the files call them.
    pub applicant: String,
    /// Where to; nowhere, if the place was taken away.
    pub place: Option<String>,
    /// Why.
    pub reason: String,
    /// Who blocks since, as JSON.
    pub price: Value,
    /// The login of who did it.
    pub by: String,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
}

const RUN: &str = "id, round, seed, frozen, outcome, left_out, by, at_us, published_us";

fn json(row: &Row<'_>, column: usize) -> rusqlite::Result<Value> {
    serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}

fn run_from(row: &Row<'_>) -> rusqlite::Result<MatchRun> {
    Ok(MatchRun {
        id: row.get(0)?,
        round: row.get(1)?,
        seed: row.get::<_, i64>(2)?.cast_unsigned(),
        frozen: json(row, 3)?,
        outcome: json(row, 4)?,
        left_out: json(row, 5)?,
        by: row.get(6)?,
        at_us: row.get(7)?,
        published_us: row.get(8)?,
    })
}

impl Records {
    /// Adds a match.
    pub fn match_run_add(&self, one: &MatchRun) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql = format!("INSERT INTO match_runs({RUN}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL)");
            transaction.prepare_cached(&sql)?.execute(params![
                one.id,
                one.round,
                one.seed.cast_signed(),
                one.frozen.to_string(),
                one.outcome.to_string(),
                one.left_out.to_string(),
                one.by,
                one.at_us
            ])?;
            Ok(())
        })
    }

    /// The match with this id.
    pub fn match_run(&self, id: &str) -> Result<Option<MatchRun>, StoreError> {
        let sql = format!("SELECT {RUN} FROM match_runs WHERE id = ?1");
        self.connections.read(|db| Ok(db.prepare_cached(&sql)?.query_row([id], run_from).optional()?))
    }

    /// All matches, the latest first.
    pub fn match_run_list(&self) -> Result<Vec<MatchRun>, StoreError> {
        let sql = format!("SELECT {RUN} FROM match_runs ORDER BY at_us DESC, id");
        self.connections
            .read(|db| Ok(db.prepare_cached(&sql)?.query_map([], run_from)?.collect::<Result<_, _>>()?))
    }

    /// Publishes a match, for good.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if its round is decided already.
    pub fn match_run_publish(&self, id: &str, now_us: i64) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let mut statement = transaction.prepare_cached(
                "UPDATE match_runs SET published_us = ?2 WHERE id = ?1 AND published_us IS NULL AND NOT EXISTS(
                   SELECT 1 FROM match_runs AS other WHERE other.round = match_runs.round AND other.published_us IS NOT NULL)",
            )?;
            match statement.execute(params![id, now_us])? {
                1 => Ok(()),
                _ => Err(StoreError::Conflict {
                    what: "this round is decided already; its outcome changes only by hand, or in a second round".to_owned(),
                }),
            }
        })
    }

    /// Adds a change by hand.
    pub fn match_override_add(&self, run: &str, one: &MatchOverride) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO match_overrides(run, applicant, place, reason, price, by, at_us)
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    run,
                    one.applicant,
                    one.place,
                    one.reason,
                    one.price.to_string(),
                    one.by,
                    one.at_us
                ])?;
            Ok(())
        })
    }

    /// The changes by hand after a match, oldest first.
    pub fn match_override_list(&self, run: &str) -> Result<Vec<MatchOverride>, StoreError> {
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT applicant, place, reason, price, by, at_us FROM match_overrides WHERE run = ?1 ORDER BY seq",
            )?;
            let found = statement.query_map([run], |row| {
                Ok(MatchOverride {
                    applicant: row.get(0)?,
                    place: row.get(1)?,
                    reason: row.get(2)?,
                    price: json(row, 3)?,
                    by: row.get(4)?,
                    at_us: row.get(5)?,
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}
