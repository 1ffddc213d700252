use platform::lake::{SavedQuestion, drop_question, saved_questions};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use crate::api::call::Call;
use crate::problem::Problem;

/// A question to save.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewQuestion {
    /// Small letters, digits and hyphens; a question that has the name is replaced.
    name: String,
    /// One SELECT.
    sql: String,
    /// What it is for, as a code of the policy; the usual purpose of the role worked as, if left out.
    purpose: Option<String>,
    /// How its answer is drawn in the page: `table`, `bars` or `line`.
    #[serde(default = "as_table")]
    chart: String,
}

fn as_table() -> String {
    "table".to_owned()
}

/// A saved question.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuestionView {
    name: String,
    sql: String,
    /// The role it was saved in.
    role: String,
    purpose: String,
    chart: String,
    by: String,
    /// The hospital's own time.
    saved: String,
}

/// The saved questions, by name.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuestionList {
    questions: Vec<QuestionView>,
}

/// `GET /s/{sandbox}/lake/questions`.
pub(super) fn list(call: &Call<'_>) -> Result<QuestionList, Problem> {
    let found = saved_questions(&call.enter(call.part("sandbox"))?)?;
    Ok(QuestionList { questions: found.into_iter().map(view).collect() })
}

/// `POST /s/{sandbox}/lake/questions`.
pub(super) fn save(call: &Call<'_>, new: &NewQuestion) -> Result<QuestionView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let purpose = new.purpose.as_deref();
    Ok(view(call.platform().save_lake_question(&access, (&new.name, &new.sql), purpose, &new.chart)?))
}

/// `DELETE /s/{sandbox}/lake/questions/{question}`.
pub(super) fn remove(call: &Call<'_>) -> Result<(), Problem> {
    Ok(drop_question(&call.enter(call.part("sandbox"))?, call.part("question"))?)
}

fn view(saved: SavedQuestion) -> QuestionView {
    let SavedQuestion { name, sql, role, purpose, chart, by, saved_us } = saved;
    QuestionView { name, sql, role, purpose, chart, by, saved: instant::format(saved_us) }
}
