//! Questions that are kept under a name, as records of the system [`SYSTEM`] in the sandbox: a reset takes them back with
//! everything else.

use serde::{Deserialize, Serialize};
use serde_json::json;
use store::StoreError;
use store::sandbox::View;
use store::sandbox::systems::SystemRecord;

use super::error::LakeError;
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// The lake's name among the hospital's systems.
pub(super) const SYSTEM: &str = "LAKE";
/// The kind of its records.
const RECORD: &str = "question";
/// The journal kind of saving a question, or of removing one.
const KIND: &str = "lake.question";
/// Questions kept of a hospital.
const QUESTIONS_MAX: usize = 100;
/// Letters of a name.
const NAME_LETTERS_MAX: usize = 60;
/// Letters of the SQL of a saved question.
const SQL_LETTERS_MAX: usize = 20_000;
/// Letters of the word for how an answer is drawn.
const CHART_LETTERS_MAX: usize = 20;

/// A question that is kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedQuestion {
    /// Its name: small letters, digits and hyphens.
    pub name: String,
    /// The SQL.
    pub sql: String,
    /// The role it was saved in, and is answered in when it is judged.
    pub role: String,
    /// What it is asked for.
    pub purpose: String,
    /// How its answer is drawn: a word of the page.
    pub chart: String,
    /// Who saved it.
    pub by: String,
    /// When, on the hospital's clock.
    pub saved_us: i64,
}

impl Platform {
    /// Saves a question under a name, over what had it. It is not asked; one that has no answer yet may be kept.
    ///
    /// # Errors
    /// When the policy grants nothing for the purpose, the name cannot stand in an address, or there is no room.
    pub fn save_lake_question(
        &self,
        access: &Access,
        (name, sql): (&str, &str),
        purpose: Option<&str>,
        chart: &str,
    ) -> Result<SavedQuestion, LakeError> {
        let right = self.lake_right(access, purpose)?;
        let saved = SavedQuestion {
            name: checked_name(name)?,
            sql: checked_sql(sql)?,
            role: right.role().to_owned(),
            purpose: right.purpose,
            chart: chart.chars().take(CHART_LETTERS_MAX).collect(),
            by: access.actor().to_owned(),
            saved_us: access.virtual_us(),
        };
        let body = serde_json::to_string(&saved)
            .map_err(|error| StoreError::Damaged { what: format!("the question '{name}': {error}") })?;
        access.change(KIND, |change| {
            let known = all(change.view())?;
            if known.len() >= QUESTIONS_MAX && known.iter().all(|one| one.name != saved.name) {
                let what = format!("{QUESTIONS_MAX} questions are kept; remove one that is not needed");
                return Err(LakeError::Question(what));
            }
            change.put_system_record(&SystemRecord {
                system: SYSTEM.to_owned(),
                kind: RECORD.to_owned(),
                key: saved.name.clone(),
                body,
                due_us: None,
                updated_us: access.virtual_us(),
            })?;
            let detail =
                json!({"question": saved.name, "did": "save", "sql": saved.sql, "purpose": saved.purpose});
            change.note(&access.event(KIND, None, outcome::OK, detail))?;
            Ok(saved)
        })
    }
}

/// The saved questions, by name.
///
/// # Errors
/// If the store fails.
pub fn saved_questions(access: &Access) -> Result<Vec<SavedQuestion>, StoreError> {
    access.sandbox().view(all)
}

/// Removes a saved question.
///
/// # Errors
/// [`LakeError::UnknownQuestion`] if there is none of this name.
pub fn drop_question(access: &Access, name: &str) -> Result<(), LakeError> {
    access.change(KIND, |change| {
        if !all(change.view())?.iter().any(|one| one.name == name) {
            return Err(LakeError::UnknownQuestion(name.to_owned()));
        }
        change.drop_system_record(SYSTEM, RECORD, name)?;
        let detail = json!({"question": name, "did": "remove"});
        change.note(&access.event(KIND, None, outcome::OK, detail))?;
        Ok(())
    })
}

fn all(view: View<'_>) -> Result<Vec<SavedQuestion>, StoreError> {
    let records = view.system_records(SYSTEM, RECORD)?;
    let read = |record: &SystemRecord| {
        let damaged = |error| StoreError::Damaged { what: format!("the question '{}': {error}", record.key) };
        serde_json::from_str(&record.body).map_err(damaged)
    };
    records.iter().map(read).collect()
}

fn checked_name(name: &str) -> Result<String, LakeError> {
    let name = name.trim();
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let is_well = (1..=NAME_LETTERS_MAX).contains(&name.len())
        && name.chars().all(fits)
        && !name.starts_with('-')
        && !name.ends_with('-');
    if is_well {
        return Ok(name.to_owned());
    }
    let what = format!(
        "'{}' is no name for a question; write small letters, digits and hyphens, at most {NAME_LETTERS_MAX}, such as adults-by-ward",
        name.chars().take(NAME_LETTERS_MAX).collect::<String>()
    );
    Err(LakeError::Question(what))
}

fn checked_sql(sql: &str) -> Result<String, LakeError> {
    let letters = sql.chars().count();
    if sql.trim().is_empty() {
        return Err(LakeError::Question("there is no SQL to save; write a SELECT".to_owned()));
    }
    if letters > SQL_LETTERS_MAX {
        let what = format!("a saved question may have {SQL_LETTERS_MAX} letters, and this has {letters}");
        return Err(LakeError::Question(what));
    }
    Ok(sql.to_owned())
}
