use platform::projects::{Act, NewProject};
use schemars::JsonSchema;
use serde::Deserialize;

use super::view::{ProjectItem, ProjectRead, item, read};
use crate::api::call::Call;
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectStarted {
    /// The project's slug.
    project: String,
    /// What the team is called; after the project, where it is left out.
    #[serde(default)]
    title: String,
    /// Logins of the team.
    members: Vec<String>,
    /// Logins of mentors and instructors who are of the panel besides.
    #[serde(default)]
    panel: Vec<String>,
    /// The cohort that all of the team are in; any, where it is left out.
    #[serde(default)]
    cohort: String,
    /// Its first day, as `2031-09-01`; today, where it is left out.
    #[serde(default)]
    begins: String,
}

pub(super) fn start(call: &Call<'_>, given: &ProjectStarted) -> Result<ProjectItem, Problem> {
    let (members, panel) = (given.members.join(" "), given.panel.join(" "));
    let new = NewProject {
        project: &given.project,
        title: &given.title,
        members: &members,
        panel: &panel,
        cohort: &given.cohort,
        begins: &given.begins,
    };
    Ok(item(&call.platform().start_project(call.person()?, &new)?))
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectAct {
    /// What the caller wants to do.
    act: Act,
}

pub(super) fn act(call: &Call<'_>, given: &ProjectAct) -> Result<ProjectRead, Problem> {
    call.platform().act_in_project(call.person()?, call.part("project"), &given.act)?;
    read(call)
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NothingMore {}

pub(super) fn look(call: &Call<'_>, _: &NothingMore) -> Result<ProjectRead, Problem> {
    call.platform().look_at_project(call.person()?, call.part("project"))?;
    read(call)
}

pub(super) fn close(call: &Call<'_>, _: &NothingMore) -> Result<ProjectRead, Problem> {
    call.platform().close_project(call.person()?, call.part("project"))?;
    read(call)
}
