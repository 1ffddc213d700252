//! What a saved question would tell about single people, looked at by the one who knows who they are.

use ::lake::{Attack, Classes, Coarser, Kind, Ladder, Wanted, attack, classes, coarser};
use serde_json::json;
use training::facts::Rows;

use super::error::LakeError;
use super::saved::saved_questions;
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// The journal kind of looking at a release.
const KIND: &str = "lake.release-check";
/// Columns that tell who somebody is, of one release.
const COLUMNS_MAX: usize = 6;
/// Rows of a release that is looked at.
const ROWS_MAX: usize = 20_000;
/// Ways to make it coarser that are told.
const WAYS_TOLD: usize = 10;
/// How many rows alike may be asked for.
const K_RANGE: std::ops::RangeInclusive<usize> = 2..=100;

/// A release to look at.
#[derive(Debug, Clone)]
pub struct ReleaseAsked<'a> {
    /// The saved question whose rows are to be released.
    pub question: &'a str,
    /// The column that says whom a row is about; it is not released.
    pub person: &'a str,
    /// The columns that others know of people too: columns of `patients`.
    pub telling: &'a [String],
    /// The column that nobody else should learn, if there is one.
    pub sensitive: Option<&'a str>,
    /// How many rows have to be alike.
    pub k: usize,
    /// The share of rows that may be left out.
    pub left_out_max: f64,
}

/// What was seen of a release.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseSeen {
    /// Its columns that tell, each with its ladder.
    pub telling: Vec<(String, Ladder)>,
    /// Its rows as they are.
    pub classes: Classes,
    /// Whom somebody finds who has a register of everybody here.
    pub attack: Attack,
    /// Ways to make it coarser, those that lose least first, each with what the same attacker finds then.
    pub ways: Vec<(Coarser, Attack)>,
}

impl Platform {
    /// Looks at what the rows of a saved question tell about single people, in the role worked as and for the purpose it was
    /// saved for. The journal has it, and how it ended.
    ///
    /// # Errors
    /// When there is no such question, it has no answer or not the columns, or more is asked than can be looked at.
    pub fn check_release(&self, access: &Access, asked: &ReleaseAsked<'_>) -> Result<ReleaseSeen, LakeError> {
        let seen = self.look(access, asked);
        let mut detail = json!({"question": asked.question, "telling": asked.telling});
        let outcome = match &seen {
            Ok(seen) => {
                detail["k"] = seen.classes.smallest.into();
                detail["found"] = seen.attack.found.into();
                detail["rows"] = seen.attack.rows.into();
                outcome::OK
            }
            Err(error) => {
                detail["what"] = error.to_string().into();
                error.outcome()
            }
        };
        access.note(access.event(KIND, None, outcome, detail))?;
        seen
    }

    fn look(&self, access: &Access, asked: &ReleaseAsked<'_>) -> Result<ReleaseSeen, LakeError> {
        bounds(asked)?;
        let found = saved_questions(access)?.into_iter().find(|one| one.name == asked.question);
        let saved = found.ok_or_else(|| LakeError::UnknownQuestion(asked.question.to_owned()))?;
        let right = &self.lake_right(access, Some(&saved.purpose))?;
        let snapshot = self.lake_snapshot(access, None)?;
        let tables = snapshot.tables();
        let patients = tables.iter().find(|table| table.name == "patients");
        let kind_of = |name: &String| {
            let column = patients.and_then(|table| table.columns.iter().find(|column| column.name == *name));
            column.map(|column| column.kind)
        };
        let kinds: Vec<Kind> = asked
            .telling
            .iter()
            .map(|name| kind_of(name).ok_or_else(|| not_of_patients(name)))
            .collect::<Result<_, _>>()?;
        let number = snapshot.manifest.snapshot;
        let release = self.rows_of(access, right, number, &saved.sql)?;
        if release.rows.len() > ROWS_MAX {
            let what =
                format!("the release has {} rows, and {ROWS_MAX} can be looked at", release.rows.len());
            return Err(LakeError::Question(what));
        }
        let columns: Vec<String> = asked.telling.iter().map(|name| format!("\"{name}\"")).collect();
        let everybody = format!("SELECT \"id\", {} FROM patients", columns.join(", "));
        let register = self.rows_of(access, right, number, &everybody)?;
        let telling: Vec<(String, Ladder)> = asked
            .telling
            .iter()
            .zip(kinds)
            .map(|(name, kind)| (name.clone(), Ladder::of(name, kind)))
            .collect();
        let release_rows = told(&release, asked.telling, asked.person)?;
        let register_rows = told(&register, asked.telling, "id")?;
        let sensitive = match asked.sensitive {
            Some(column) => texts(&release, column)?,
            None => vec![String::new(); release.rows.len()],
        };
        let beside = release_rows.iter().map(|(told, _)| told.clone()).zip(sensitive).collect::<Vec<_>>();
        let ladders: Vec<Ladder> = telling.iter().map(|(_, ladder)| *ladder).collect();
        let only_told: Vec<Vec<String>> = release_rows.iter().map(|(told, _)| told.clone()).collect();
        let wanted = Wanted { k: asked.k, left_out_max: asked.left_out_max };
        let ways = coarser(&ladders, &only_told, &wanted).map_err(|ways| {
            LakeError::Question(format!(
                "{} columns can be made coarser in {ways} ways, which are too many to try; name fewer",
                ladders.len()
            ))
        })?;
        let after = |way: Coarser| {
            let up = |rows: &[(Vec<String>, String)]| -> Vec<(Vec<String>, String)> {
                let row = |(told, person): &(Vec<String>, String)| {
                    let told = told.iter().zip(&ladders).zip(&way.steps);
                    (told.map(|((value, ladder), step)| ladder.step(value, *step)).collect(), person.clone())
                };
                rows.iter().map(row).collect()
            };
            let found = attack(&up(&release_rows), &up(&register_rows));
            (way, found)
        };
        Ok(ReleaseSeen {
            classes: classes(&beside),
            attack: attack(&release_rows, &register_rows),
            ways: ways.into_iter().take(WAYS_TOLD).map(after).collect(),
            telling,
        })
    }
}

fn bounds(asked: &ReleaseAsked<'_>) -> Result<(), LakeError> {
    let what = if !(1..=COLUMNS_MAX).contains(&asked.telling.len()) {
        format!(
            "name one to {COLUMNS_MAX} columns that tell who somebody is, such as birth_date, gender and zip"
        )
    } else if !K_RANGE.contains(&asked.k) {
        format!("k is {}; ask for {} to {}", asked.k, K_RANGE.start(), K_RANGE.end())
    } else if !(0.0..=0.5).contains(&asked.left_out_max) {
        "no more than half of the rows may be left out; write a share from 0 to 0.5".to_owned()
    } else {
        return Ok(());
    };
    Err(LakeError::Question(what))
}

fn not_of_patients(name: &str) -> LakeError {
    LakeError::Question(format!(
        "'{name}' is no column of patients, so no register has it; name columns that others know of people"
    ))
}

/// Of each row what is told, and whom it is about.
fn told(rows: &Rows, telling: &[String], person: &str) -> Result<Vec<(Vec<String>, String)>, LakeError> {
    let columns: Vec<Vec<String>> = telling.iter().map(|name| texts(rows, name)).collect::<Result<_, _>>()?;
    let people = texts(rows, person)?.into_iter().enumerate();
    Ok(people
        .map(|(at, person)| (columns.iter().map(|column| column[at].clone()).collect(), person))
        .collect())
}

/// The values of a column as texts.
fn texts(rows: &Rows, name: &str) -> Result<Vec<String>, LakeError> {
    let at = rows.columns.iter().position(|column| column == name).ok_or_else(|| {
        LakeError::Question(format!("it has no column '{name}', but {}", rows.columns.join(", ")))
    })?;
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Ok(rows.rows.iter().map(|row| row.get(at).map(text).unwrap_or_default()).collect())
}
