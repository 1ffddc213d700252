//! Whose projects there are, and what came of them for somebody.

use store::records::{Person, ProjectRecord, Role};
use workshops::projects::{Figures, Project, Run};

use super::desk::Desk;
use super::error::ProjectError;
use super::shelf::project;
use crate::platform::Platform;

/// A closed project in which somebody worked, as a portfolio shows it.
pub(crate) struct ProjectDone {
    pub(crate) id: String,
    pub(crate) project: &'static Project,
    /// The version that was worked on.
    pub(crate) version: String,
    pub(crate) figures: Figures,
    pub(crate) crew: usize,
    pub(crate) ended_us: i64,
}

impl Platform {
    /// The projects that somebody takes part in, the latest first; who teaches sees every one.
    ///
    /// # Errors
    /// From the store.
    pub fn projects_of(&self, person: &Person) -> Result<Vec<ProjectRecord>, ProjectError> {
        Ok(match person.role {
            Role::Instructor => self.records.project_list()?,
            _ => self.records.project_list_of(&person.id)?,
        })
    }

    /// The closed projects whose team confirms that somebody contributed to them: at least one other says so of their statement.
    pub(crate) fn projects_done_by(&self, person: &Person) -> Result<Vec<ProjectDone>, ProjectError> {
        let mut done = Vec::new();
        for record in self.records.project_list_of(&person.id)? {
            let (Some(ended_us), Some(figures)) = (record.ended_us, record.figures.as_deref()) else {
                continue;
            };
            let (Some(shelved), Ok(figures)) = (project(&record.project), serde_json::from_str(figures))
            else {
                continue;
            };
            let desk = Desk::of(self, record)?;
            if is_confirmed(&desk.run, person.id.as_str()) {
                done.push(ProjectDone {
                    id: desk.record.id,
                    project: &shelved.project,
                    version: desk.record.version,
                    figures,
                    crew: desk.run.members.len(),
                    ended_us,
                });
            }
        }
        Ok(done)
    }
}

fn is_confirmed(run: &Run, who: &str) -> bool {
    run.statements.get(who).is_some_and(|statement| statement.words.values().any(|(agrees, _)| *agrees))
}
