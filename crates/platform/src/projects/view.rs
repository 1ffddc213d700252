use store::records::{Person, PersonId, ProjectPart, ProjectRecord, Role};
use workshops::projects::{Did, Figures, Part, Project, Run, Standing, did, measure, standings};

use super::desk::Desk;
use super::error::ProjectError;
use super::shelf::Shelved;
use crate::platform::Platform;

/// A project as somebody sees it who takes part.
#[derive(Debug, Clone)]
pub struct ProjectView {
    /// When it began, and in which hospital.
    pub record: ProjectRecord,
    /// The project.
    pub project: &'static Project,
    shelved: &'static Shelved,
    /// How it stands.
    pub run: Run,
    /// How its milestones stand.
    pub standings: Vec<Standing>,
    /// What came of it so far, or in the end.
    pub figures: Figures,
    /// Whose view it is, by id.
    pub me: String,
    /// Whether they are of the team; otherwise they are of the panel.
    pub is_member: bool,
    /// Whether they may enter the hospital, and not only look at it.
    pub enters: bool,
    /// The team.
    pub members: Vec<MemberSeen>,
    /// The panel: ids and names.
    pub panel: Vec<(String, String)>,
    /// The time, in microseconds since 1970 UTC.
    pub now_us: i64,
}

/// A member of the team.
#[derive(Debug, Clone)]
pub struct MemberSeen {
    /// Their id.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// What is on record of them, and how often they changed the hospital. They see it first: others only once they have said what they
    /// contributed.
    pub on_record: Option<(Did, usize)>,
}

impl ProjectView {
    /// What somebody of the team or the panel is called.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        let member = self.members.iter().find(|one| one.id == id).map(|one| one.name.as_str());
        let panel = || self.panel.iter().find(|(own, _)| own == id).map(|(_, name)| name.as_str());
        member.or_else(panel).unwrap_or("an instructor")
    }

    /// What to try where a check does not hold.
    #[must_use]
    pub fn hints(&self, milestone: &str, check: &str) -> &'static [String] {
        self.shelved.hints(milestone, check)
    }

    /// The checks of a milestone: slug and title.
    pub fn checks(&self, milestone: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
        let of = |step: &&training::lab::Step| step.id == milestone;
        let found = self.shelved.steps.iter().find(of).map(|step| step.checks.as_slice());
        found.unwrap_or_default().iter().map(|check| (check.id.as_str(), check.title.as_str()))
    }
}

impl Platform {
    /// A project as somebody sees it who takes part.
    ///
    /// # Errors
    /// When they take no part.
    pub fn view_project(&self, person: &Person, id: &str) -> Result<ProjectView, ProjectError> {
        let here = self.project_here(person, id)?;
        let project = &here.shelved.project;
        let desk = Desk::of(self, here.record)?;
        let me = person.id.to_string();
        let (mut members, mut panel) = (Vec::new(), Vec::new());
        for (who, part) in self.records.project_people(id)? {
            match part {
                ProjectPart::Panel => panel.push((who.to_string(), self.name_of(who.as_str()))),
                ProjectPart::Member => members.push(self.member_seen(&desk, &who, &me)?),
            }
        }
        members.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let is_member = here.part == Part::Member;
        let is_open = desk.run.closed_us.is_none();
        Ok(ProjectView {
            standings: standings(project, &desk.run),
            figures: measure(project, &desk.run),
            enters: person.role == Role::Instructor || (is_member && is_open),
            shelved: here.shelved,
            record: desk.record,
            run: desk.run,
            now_us: self.clock().now_us(),
            project,
            me,
            is_member,
            members,
            panel,
        })
    }

    fn member_seen(&self, desk: &Desk<'_>, who: &PersonId, me: &str) -> Result<MemberSeen, ProjectError> {
        let person = self.records.person(who)?;
        let (id, has_said) = (who.to_string(), desk.run.statements.contains_key(who.as_str()));
        let on_record = match (&person, &desk.record.sandbox) {
            _ if id != me && !has_said => None,
            (Some(person), Some(sandbox)) => {
                Some((did(&desk.run, &id), self.deeds_of(sandbox.as_str(), person)?))
            }
            _ => Some((did(&desk.run, &id), 0)),
        };
        let name = person.map_or_else(|| id.clone(), |person| person.name);
        Ok(MemberSeen { id, name, on_record })
    }
}
