use rusqlite::{Row, params};

use crate::StoreError;
use crate::records::{PersonId, Records};

/// A form of an assessment that somebody handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentSitting {
    /// Who.
    pub person: PersonId,
    /// The assessment.
    pub assessment: String,
    /// `first` or `last`.
    pub sitting: String,
    /// The version of the assessment.
    pub version: String,
    /// `a` or `b`.
    pub form: String,
    /// The number of the choice for each pair, from 1; nothing where none was made.
    pub answers: Vec<Option<u8>>,
    /// Whether each was right, by the version of then.
    pub marks: Vec<bool>,
    /// When it was handed in, in microseconds since 1970 UTC.
    pub done_us: i64,
}

fn sitting_from(row: &Row<'_>) -> rusqlite::Result<AssessmentSitting> {
    let list = |column: usize| -> rusqlite::Result<serde_json::Value> {
        let text: String = row.get(column)?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    };
    Ok(AssessmentSitting {
        person: row.get(0)?,
        assessment: row.get(1)?,
        sitting: row.get(2)?,
        version: row.get(3)?,
        form: row.get(4)?,
        answers: serde_json::from_value(list(5)?).unwrap_or_default(),
        marks: serde_json::from_value(list(6)?).unwrap_or_default(),
        done_us: row.get(7)?,
    })
}

const SITTING: &str = "person, assessment, sitting, version, form, answers, marks, done_us";

impl Records {
    /// Keeps a form that was handed in.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if this sitting was handed in before.
    pub fn sitting_add(&self, one: &AssessmentSitting) -> Result<(), StoreError> {
        let (answers, marks) =
            (serde_json::json!(one.answers).to_string(), serde_json::json!(one.marks).to_string());
        self.connections.write(|transaction| {
            let sql = format!(
                "INSERT INTO assessment_sittings({SITTING}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING"
            );
            let added = transaction.prepare_cached(&sql)?.execute(params![
                one.person,
                one.assessment,
                one.sitting,
                one.version,
                one.form,
                answers,
                marks,
                one.done_us
            ])?;
            if added == 0 {
                let what = "you have handed this form in already; it stays as it was".to_owned();
                return Err(StoreError::Conflict { what });
            }
            Ok(())
        })
    }

    /// What somebody handed in, the oldest first.
    pub fn sitting_list_of(&self, person: &PersonId) -> Result<Vec<AssessmentSitting>, StoreError> {
        let sql = format!("SELECT {SITTING} FROM assessment_sittings WHERE person = ?1 ORDER BY done_us");
        self.connections.read(|db| {
            Ok(db.prepare_cached(&sql)?.query_map([person], sitting_from)?.collect::<Result<_, _>>()?)
        })
    }
}
