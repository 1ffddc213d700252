//! A saved question beside the truth, for whoever judges it. Nothing is journalled: looking is not a deed.

use ::lake::{Body, Cell, Form, Limits};
use training::facts::{Rows, RowsSeen};

use super::ask::{Asking, Door};
use super::error::LakeError;
use super::right::Right;
use super::saved::{SavedQuestion, saved_questions};
use crate::access::Access;
use crate::ehr::roles::{Working, working};
use crate::platform::Platform;

/// Rows of an answer that is judged.
const ROWS_MAX: usize = 50_000;
/// What an answer that is judged may cost.
const LIMITS: Limits = Limits { rows: ROWS_MAX, ..Limits::PAGE };

/// A saved question that can be judged: with what right it is asked, and over which snapshot.
pub(super) struct Judging {
    saved: SavedQuestion,
    snapshot: u64,
    pub(super) right: Right,
}

impl Platform {
    /// What a saved question answers over the newest snapshot, and what it should. Both are asked with the right of the role
    /// and the purpose it was saved for, so that what is hidden from one is hidden from the other.
    ///
    /// # Errors
    /// When the truth has no answer, or the store fails.
    pub(crate) fn judged_question(
        &self,
        access: &Access,
        name: &str,
        truth: &str,
    ) -> Result<RowsSeen, LakeError> {
        match self.judging(access, name)? {
            Ok(judging) => self.judged_rows(access, &judging, truth),
            Err(seen) => Ok(seen),
        }
    }

    /// The saved question of this name, or what is seen where it cannot be judged.
    pub(super) fn judging(
        &self,
        access: &Access,
        name: &str,
    ) -> Result<Result<Judging, RowsSeen>, LakeError> {
        let Some(saved) = saved_questions(access)?.into_iter().find(|one| one.name == name) else {
            return Ok(Err(RowsSeen::NoQuestion));
        };
        let snapshot = match self.lake_snapshot(access, None) {
            Err(LakeError::NoSnapshot) => return Ok(Err(RowsSeen::NoSnapshot)),
            snapshot => snapshot?.manifest.snapshot,
        };
        let worked = Working { role: saved.role.clone(), ..working(access)? };
        match self.lake_right_of(access, worked, Some(&saved.purpose)) {
            Err(LakeError::Refused(refused)) => Ok(Err(RowsSeen::NoAnswer(refused.to_string()))),
            right => Ok(Ok(Judging { saved, snapshot, right: right? })),
        }
    }

    /// What it answers, beside the truth.
    pub(super) fn judged_rows(
        &self,
        access: &Access,
        judging: &Judging,
        truth: &str,
    ) -> Result<RowsSeen, LakeError> {
        let Judging { saved, snapshot, right } = judging;
        let truth = self.rows_of(access, right, *snapshot, truth)?;
        match self.rows_of(access, right, *snapshot, &saved.sql) {
            Ok(given) => Ok(RowsSeen::Answered { given, truth }),
            Err(LakeError::Store(error)) => Err(error.into()),
            Err(error) => Ok(RowsSeen::NoAnswer(error.to_string())),
        }
    }

    /// The rows of a question over a snapshot.
    pub(super) fn rows_of(
        &self,
        access: &Access,
        right: &Right,
        snapshot: u64,
        sql: &str,
    ) -> Result<Rows, LakeError> {
        let asking = Asking {
            sql,
            values: &[],
            purpose: Some(&right.purpose),
            snapshot: Some(snapshot),
            form: Form::Cells,
            limits: LIMITS,
            door: Door::Saved,
        };
        let answer =
            self.with_question(access, right, &asking, |engine, question| Ok(engine.answer(question)?))?;
        if answer.more {
            return Err(LakeError::Question(format!("it has more than {ROWS_MAX} rows; ask for fewer")));
        }
        let rows = match answer.body {
            Body::Cells(rows) => rows.iter().map(|row| row.iter().map(Cell::to_json).collect()).collect(),
            Body::Bytes(_) => Vec::new(),
        };
        Ok(Rows { columns: answer.columns.into_iter().map(|column| column.name).collect(), rows })
    }
}
