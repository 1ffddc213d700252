use platform::projects::{Did, Figures, History, ProjectRecord, Run, Standing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use crate::api::call::Call;
use crate::problem::Problem;

/// A project in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProjectItem {
    id: String,
    /// The project's slug among the content.
    project: String,
    /// What the team is called.
    title: String,
    begins: String,
    /// The team's hospital.
    sandbox: Option<String>,
    ended: Option<String>,
}

pub(super) fn item(one: &ProjectRecord) -> ProjectItem {
    ProjectItem {
        id: one.id.clone(),
        project: one.project.clone(),
        title: one.title.clone(),
        begins: instant::format(one.begins_us),
        sandbox: one.sandbox.as_ref().map(ToString::to_string),
        ended: one.ended_us.map(instant::format),
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProjectList {
    /// The latest first.
    projects: Vec<ProjectItem>,
}

pub(super) fn list(call: &Call<'_>) -> Result<ProjectList, Problem> {
    let projects = call.platform().projects_of(call.person()?)?;
    Ok(ProjectList { projects: projects.iter().map(item).collect() })
}

/// A project as the caller may see it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProjectRead {
    project: ProjectItem,
    members: Vec<ProjectMember>,
    /// Ids and names.
    panel: Vec<(String, String)>,
    milestones: Vec<Standing>,
    figures: Figures,
    run: Run,
}

/// A member of a team.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProjectMember {
    id: String,
    name: String,
    /// What is on record of them; absent for others until they have said what they contributed.
    on_record: Option<Did>,
    /// How often they changed the hospital; absent in the same way.
    hospital: Option<usize>,
}

pub(super) fn read(call: &Call<'_>) -> Result<ProjectRead, Problem> {
    let view = call.platform().view_project(call.person()?, call.part("project"))?;
    let member = |one: platform::projects::MemberSeen| ProjectMember {
        id: one.id,
        name: one.name,
        on_record: one.on_record.map(|(did, _)| did),
        hospital: one.on_record.map(|(_, deeds)| deeds),
    };
    Ok(ProjectRead {
        project: item(&view.record),
        members: view.members.into_iter().map(member).collect(),
        panel: view.panel,
        milestones: view.standings,
        figures: view.figures,
        run: view.run,
    })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfMember {
    /// The id of the one whose doings are wanted; everybody's, where it is left out.
    #[serde(default)]
    member: Option<String>,
}

pub(super) fn history(call: &Call<'_>, given: &OfMember) -> Result<History, Problem> {
    Ok(call.platform().project_history(call.person()?, call.part("project"), given.member.as_deref())?)
}
