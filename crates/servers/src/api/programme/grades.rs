use platform::people::PersonId;
use platform::programme::{Grade, GradeChange};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use crate::api::call::Call;
use crate::api::me::PersonView;
use crate::problem::Problem;

/// The grades of a cohort.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct GradebookView {
    /// By name.
    learners: Vec<RowView>,
    /// Every change by hand, newest first.
    changes: Vec<ChangeView>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RowView {
    person: PersonView,
    /// In each lab, in the order of the tracks.
    grades: Vec<GradeView>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Grade")]
pub(super) struct GradeView {
    lab: String,
    /// The grade that counts, 0 to 1.
    grade: Option<f64>,
    /// What the checks computed; nothing before the first attempt.
    computed: Option<f64>,
    /// Whether it was changed by hand.
    by_hand: bool,
    /// Days after the due day.
    late_days: u32,
}

impl GradeView {
    fn of(grade: &Grade) -> Self {
        Self {
            lab: grade.cell.lab.clone(),
            grade: grade.score(),
            computed: grade.cell.attempt.as_ref().map(|_| grade.cell.score),
            by_hand: grade.changed.is_some(),
            late_days: grade.late_days,
        }
    }
}

/// A grade changed by hand, or such a change taken back.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "GradeChange")]
pub(super) struct ChangeView {
    /// The learner's id.
    learner: String,
    lab: String,
    /// Nothing where a change was taken back.
    grade: Option<f64>,
    /// What the checks had computed then.
    computed: f64,
    reason: String,
    /// The login of who changed it.
    by: String,
    at: String,
}

impl From<GradeChange> for ChangeView {
    fn from(change: GradeChange) -> Self {
        Self {
            learner: change.person.to_string(),
            lab: change.lab,
            grade: change.score,
            computed: change.computed,
            reason: change.reason,
            by: change.by,
            at: instant::format(change.at_us),
        }
    }
}

pub(super) fn read(call: &Call<'_>) -> Result<GradebookView, Problem> {
    let book = call.platform().gradebook(call.person()?, call.part("cohort"))?;
    let row = |row: &platform::programme::GradebookRow| RowView {
        person: (&row.member.person).into(),
        grades: row.grades.iter().map(GradeView::of).collect(),
    };
    Ok(GradebookView {
        learners: book.rows.iter().map(row).collect(),
        changes: book.changes.into_iter().map(ChangeView::from).collect(),
    })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Changed {
    /// The learner's id.
    learner: String,
    /// The lab.
    lab: String,
    /// From 0 to 1; left out, it takes the change that is in force back.
    grade: Option<f64>,
    /// Why, in 3 to 500 characters.
    reason: String,
}

pub(super) fn change(call: &Call<'_>, given: &Changed) -> Result<GradebookView, Problem> {
    let learner = PersonId::from(given.learner.as_str());
    let cohort = call.part("cohort");
    call.platform().change_grade(
        call.person()?,
        cohort,
        (&learner, &given.lab),
        given.grade,
        &given.reason,
    )?;
    read(call)
}
