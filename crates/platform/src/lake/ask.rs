use ::lake::{Answer, Asked, Dialect, Form, Limits, Question, Table};
use serde_json::json;

use super::error::LakeError;
use super::right::Right;
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// The journal kind of a question.
const KIND: &str = "sql.query";
/// Letters of the SQL that the journal keeps.
const KEPT_LETTERS: usize = 4_000;

/// By which way a question came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The page.
    Page,
    /// The JSON API.
    Api,
    /// The wire of PostgreSQL.
    Postgres,
    /// The study of an outcome.
    Study,
    /// Somebody who looks at a saved question: a check of a lab, or what a release would tell. It is journalled elsewhere.
    Saved,
}

impl Door {
    const fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Api => "api",
            Self::Postgres => "postgres",
            Self::Study => "study",
            Self::Saved => "saved",
        }
    }
}

/// A question about a snapshot.
#[derive(Debug, Clone)]
pub struct Asking<'a> {
    /// The SQL.
    pub sql: &'a str,
    /// Values for `$1` and so on.
    pub values: &'a [Option<String>],
    /// What it is for; the role's usual purpose if none is said.
    pub purpose: Option<&'a str>,
    /// The number of the snapshot; the newest if none is said.
    pub snapshot: Option<u64>,
    /// What the answer is wanted as.
    pub form: Form,
    /// What it may cost.
    pub limits: Limits,
    /// By which way it came.
    pub door: Door,
}

/// An answer, and what it was given for.
#[derive(Debug, Clone)]
pub struct Told {
    /// The answer.
    pub answer: Answer,
    /// What it was given for.
    pub right: Right,
    /// The snapshot.
    pub snapshot: u64,
}

impl Told {
    /// What a reader of the answer should know.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let ::lake::Detail::Groups { smallest } = self.right.detail() else { return None };
        self.answer.groups_only.then(|| {
            format!(
                "Groups of fewer than {smallest} people are left out; where one alone would be, the next smallest is as well."
            )
        })
    }
}

impl Platform {
    /// Answers a question in the role worked as. The journal has it, and how it ended.
    ///
    /// # Errors
    /// When the policy grants nothing, there is no snapshot, or the question has no answer.
    pub fn ask_lake(&self, access: &Access, asking: &Asking<'_>) -> Result<Told, LakeError> {
        let told = self.tell(access, asking);
        self.note_question(access, asking, &told)?;
        told
    }

    /// Says what a question would answer. Nothing is read, and nothing is noted.
    ///
    /// # Errors
    /// As [`Platform::ask_lake`].
    pub fn describe_lake(&self, access: &Access, asking: &Asking<'_>) -> Result<Asked, LakeError> {
        let right = self.lake_right(access, asking.purpose)?;
        self.with_question(access, &right, asking, |engine, question| Ok(engine.describe(question)?))
    }

    fn tell(&self, access: &Access, asking: &Asking<'_>) -> Result<Told, LakeError> {
        let right = self.lake_right(access, asking.purpose)?;
        let snapshot = self.lake_snapshot(access, asking.snapshot)?.manifest.snapshot;
        let answer =
            self.with_question(access, &right, asking, |engine, question| Ok(engine.answer(question)?))?;
        Ok(Told { answer, right, snapshot })
    }

    pub(super) fn with_question<T>(
        &self,
        access: &Access,
        right: &Right,
        asking: &Asking<'_>,
        work: impl FnOnce(&dyn ::lake::Engine, &Question<'_>) -> Result<T, LakeError>,
    ) -> Result<T, LakeError> {
        let engine = self.lakes.engine()?;
        let tables: Vec<Table> = self.lake_snapshot(access, asking.snapshot)?.tables();
        let grant = self.lake_grant(access, right, &tables)?;
        let dialect = if asking.door == Door::Postgres { Dialect::Postgres } else { Dialect::Plain };
        let question = Question {
            sql: asking.sql,
            values: asking.values,
            tables: &tables,
            grant: &grant,
            dialect,
            form: asking.form,
            limits: asking.limits,
        };
        work(engine.as_ref(), &question)
    }

    fn note_question(
        &self,
        access: &Access,
        asking: &Asking<'_>,
        told: &Result<Told, LakeError>,
    ) -> Result<(), LakeError> {
        let sql: String = asking.sql.chars().take(KEPT_LETTERS).collect();
        let mut detail = json!({"door": asking.door.word(), "sql": sql});
        let outcome = match told {
            Ok(Told { answer, right, snapshot }) => {
                // What a client asks of the catalogue to draw its lists is no look at anybody.
                if answer.read.is_empty() && asking.door == Door::Postgres {
                    return Ok(());
                }
                detail["role"] = right.role().into();
                detail["purpose"] = right.purpose.as_str().into();
                detail["assumed"] = right.assumed.into();
                detail["reason_given"] = right.reason_given.into();
                detail["snapshot"] = (*snapshot).into();
                detail["tables"] = json!(answer.read);
                detail["rows"] = answer.rows.into();
                detail["more"] = answer.more.into();
                outcome::OK
            }
            Err(error) => {
                detail["what"] = error.to_string().into();
                if let Some(purpose) = asking.purpose {
                    detail["purpose"] = purpose.into();
                }
                error.outcome()
            }
        };
        access.note(access.event(KIND, None, outcome, detail))?;
        Ok(())
    }
}
