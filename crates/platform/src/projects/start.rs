use std::collections::BTreeSet;

use jiff::civil::Date;
use standards::fhir::instant;
use store::records::{Part, Person, PersonId, ProjectPart, ProjectRecord, Role};
use workshops::projects::{DAY_US, Project, What};

use super::desk::Desk;
use super::error::ProjectError;
use super::shelf::project;
use crate::ids::new_id;
use crate::platform::Platform;

/// People of one panel at most.
const PANEL_MAX: usize = 12;
/// How far from today a project may begin.
const DAYS_AWAY_MAX: i64 = 366;

/// A project to be begun.
#[derive(Debug, Clone, Default)]
pub struct NewProject<'a> {
    /// Which, by its slug.
    pub project: &'a str,
    /// What the team is called; after the project, if that is empty.
    pub title: &'a str,
    /// Logins of the team, with spaces, commas or lines between them.
    pub members: &'a str,
    /// Logins of mentors and instructors who are of the panel besides.
    pub panel: &'a str,
    /// The cohort that all of the team are in; any, if that is empty.
    pub cohort: &'a str,
    /// Its first day, as `2031-09-01`; today, if that is empty.
    pub begins: &'a str,
}

impl Platform {
    /// Begins a project for a team, in a hospital that they share. It belongs to the instructor.
    ///
    /// # Errors
    /// For everybody but instructors, and [`ProjectError::Invalid`] for a team, a panel, a cohort or a day that cannot be.
    pub fn start_project(
        &self,
        instructor: &Person,
        new: &NewProject<'_>,
    ) -> Result<ProjectRecord, ProjectError> {
        if instructor.role != Role::Instructor {
            return Err(ProjectError::NotInstructor);
        }
        let shelved = project(new.project);
        let shelved =
            shelved.ok_or_else(|| ProjectError::NoProject(new.project.chars().take(64).collect()))?;
        let members = self.team(&shelved.project, new)?;
        let mut panel = self.called("panel", new.panel)?;
        panel.retain(|one| one.id != instructor.id);
        if panel.len() > PANEL_MAX {
            return Err(ProjectError::invalid("panel", format!("{PANEL_MAX} people are enough")));
        }
        if let Some(learner) = panel.iter().find(|one| one.role == Role::Learner) {
            let why = format!("'{}' is a learner; a panel has instructors and mentors", learner.login);
            return Err(ProjectError::invalid("panel", why));
        }
        panel.push(instructor.clone());
        let title = match new.title.trim() {
            "" => shelved.project.title.clone(),
            title if title.chars().count() <= 80 && !title.contains(char::is_control) => title.to_owned(),
            _ => return Err(ProjectError::invalid("title", "write up to 80 characters on one line")),
        };
        let begins_us = self.first_day(new.begins)?;
        let cohort = Some(new.cohort).filter(|cohort| !cohort.is_empty()).map(str::to_owned);
        self.begin_project(instructor, &shelved.project, (title, cohort, begins_us), &members, &panel)
    }

    /// Begins a project that was found good.
    pub(super) fn begin_project(
        &self,
        instructor: &Person,
        project: &Project,
        (title, cohort, begins_us): (String, Option<String>, i64),
        members: &[Person],
        panel: &[Person],
    ) -> Result<ProjectRecord, ProjectError> {
        let begun_us = instant::parse(&format!("{}:00Z", project.virtual_now));
        let sandbox = self.start_sandbox(instructor, &project.image, &title, begun_us)?;
        let record = ProjectRecord {
            id: new_id(&*self.entropy),
            project: project.id.clone(),
            version: project.version.clone(),
            title,
            owner: instructor.id.clone(),
            cohort,
            begins_us,
            sandbox: Some(sandbox.id.clone()),
            ended_us: None,
            figures: None,
        };
        let of = |people: &[Person], part| -> Vec<(PersonId, ProjectPart)> {
            people.iter().map(|one| (one.id.clone(), part)).collect()
        };
        let people = [of(members, ProjectPart::Member), of(panel, ProjectPart::Panel)].concat();
        if let Err(error) = self.records.project_add(&record, &people) {
            self.drop_sandbox(&sandbox.id)?;
            return Err(error.into());
        }
        for one in panel.iter().filter(|one| one.role != Role::Instructor) {
            self.records.guest_add(&sandbox.id, &one.id, self.clock().now_us())?;
        }
        let mut desk = Desk::of(self, record)?;
        let members = members.iter().map(|one| one.id.to_string()).collect();
        desk.happen(instructor.id.as_str(), begins_us, What::Began { members }, None)?;
        Ok(desk.record)
    }

    fn team(&self, project: &Project, new: &NewProject<'_>) -> Result<Vec<Person>, ProjectError> {
        let members = self.called("members", new.members)?;
        let size = project.team;
        if !(size.least..=size.most).contains(&members.len()) {
            let why =
                format!("{} people are named; a team has {} to {}", members.len(), size.least, size.most);
            return Err(ProjectError::invalid("members", why));
        }
        if let Some(other) = members.iter().find(|one| one.role != Role::Learner) {
            let why = format!("'{}' is no learner; put them on the panel", other.login);
            return Err(ProjectError::invalid("members", why));
        }
        if !new.cohort.is_empty() {
            if self.records.cohort(new.cohort)?.is_none() {
                return Err(ProjectError::invalid(
                    "cohort",
                    "there is no such cohort; choose one of the list",
                ));
            }
            let class = self.records.enrolment_list(new.cohort)?;
            let learns =
                |who: &Person| class.iter().any(|one| one.part == Part::Learner && one.person.id == who.id);
            if let Some(stranger) = members.iter().find(|one| !learns(one)) {
                let why =
                    format!("'{}' is not in this cohort; enrol them, or choose another", stranger.login);
                return Err(ProjectError::invalid("members", why));
            }
        }
        Ok(members)
    }

    /// The people of these logins, each once.
    fn called(&self, field: &'static str, logins: &str) -> Result<Vec<Person>, ProjectError> {
        let logins = logins.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
        let logins: Vec<&str> = logins.filter(|login| !login.is_empty()).take(40).collect();
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        for login in logins {
            let person = self.records.person_by_login(login)?.map(|(person, _)| person).ok_or_else(|| {
                let login: String = login.chars().take(64).collect();
                ProjectError::invalid(field, format!("nobody signs in as '{login}'; correct the login"))
            })?;
            if seen.insert(person.id.to_string()) {
                found.push(person);
            }
        }
        Ok(found)
    }

    fn first_day(&self, begins: &str) -> Result<i64, ProjectError> {
        let now_us = self.clock().now_us();
        if begins.trim().is_empty() {
            return Ok(now_us);
        }
        let day = begins.trim().parse::<Date>().ok();
        let begins_us = day.and_then(|day| instant::parse(&format!("{day}T00:00:00Z")));
        begins_us.filter(|us| (us - now_us).abs() <= DAYS_AWAY_MAX * DAY_US).ok_or_else(|| {
            ProjectError::invalid("begins", "write a day within a year from today, as 2031-09-01, or nothing")
        })
    }
}
