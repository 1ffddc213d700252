use platform::labs::{LabCell, LabHead};
use platform::programme::{Cohort, CommonFailure, NewCohort};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::api::me::PersonView;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CohortList {
    /// Those that began last first.
    cohorts: Vec<CohortSummary>,
}

/// A cohort.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Cohort")]
pub(super) struct CohortSummary {
    id: String,
    title: String,
    /// The school it belongs to.
    organisation: Option<String>,
    /// Its first day, as `2031-09-01`.
    begins_on: Option<String>,
    /// Its last day.
    ends_on: Option<String>,
    /// How many learners are in it.
    learners: u32,
}

impl CohortSummary {
    fn of(cohort: Cohort, learners: u32) -> Self {
        let Cohort { id, title, organisation, begins_on, ends_on, .. } = cohort;
        Self { id, title, organisation, begins_on, ends_on, learners }
    }
}

pub(super) fn list(call: &Call<'_>) -> Result<CohortList, Problem> {
    let cohorts = call.platform().cohorts(call.person()?)?.into_iter();
    Ok(CohortList {
        cohorts: cohorts.map(|(cohort, learners)| CohortSummary::of(cohort, learners)).collect(),
    })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// What it is called, 1 to 120 characters.
    title: String,
    /// The id of its school.
    organisation: Option<String>,
    /// Its first day, as `2031-09-01`.
    #[serde(default)]
    begins_on: String,
    /// Its last day.
    #[serde(default)]
    ends_on: String,
}

pub(super) fn add(call: &Call<'_>, given: &Wanted) -> Result<CohortSummary, Problem> {
    let new = NewCohort {
        title: &given.title,
        organisation: given.organisation.as_deref(),
        begins_on: &given.begins_on,
        ends_on: &given.ends_on,
    };
    Ok(CohortSummary::of(call.platform().add_cohort(call.person()?, &new)?, 0))
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Login {
    /// Of somebody who has an account.
    login: String,
}

pub(super) fn enrol(call: &Call<'_>, given: &Login) -> Result<PersonView, Problem> {
    let person = call.platform().enrol(call.person()?, call.part("cohort"), &given.login)?;
    Ok((&person).into())
}

#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Assigned {
    /// The track.
    track: String,
    /// From when, as `2031-09-01`; empty for at once.
    #[serde(default)]
    opens_on: String,
    /// By when; empty for whenever.
    #[serde(default)]
    due_on: String,
}

pub(super) fn assign(call: &Call<'_>, given: &Assigned) -> Result<Assigned, Problem> {
    let days = (given.opens_on.as_str(), given.due_on.as_str());
    call.platform().assign(call.person()?, call.part("cohort"), &given.track, days)?;
    let Assigned { track, opens_on, due_on } = given;
    Ok(Assigned { track: track.clone(), opens_on: opens_on.clone(), due_on: due_on.clone() })
}

/// Where everyone of a cohort is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MatrixView {
    /// The columns.
    labs: Vec<LabHead>,
    /// The rows, by name.
    learners: Vec<MatrixRow>,
    /// The check that holds up the most in each lab, most first.
    common_failures: Vec<CommonFailure>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MatrixRow {
    person: PersonView,
    /// Where they are in each lab, in the order of the columns.
    labs: Vec<LabCell>,
}

pub(super) fn matrix(call: &Call<'_>) -> Result<MatrixView, Problem> {
    let matrix = call.platform().cohort_matrix(call.person()?, call.part("cohort"))?;
    let rows = matrix.rows.into_iter();
    let learners = rows.map(|(member, labs)| MatrixRow { person: (&member.person).into(), labs });
    Ok(MatrixView { labs: matrix.labs, learners: learners.collect(), common_failures: matrix.common })
}
