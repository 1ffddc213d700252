//! Who takes part in a project, and as what.

use store::records::{Person, ProjectPart, ProjectRecord, Role};
use workshops::projects::{By, Part};

use super::error::ProjectError;
use super::shelf::{Shelved, project};
use crate::platform::Platform;

/// A project as somebody takes part in it.
pub(super) struct Here {
    pub(super) record: ProjectRecord,
    pub(super) shelved: &'static Shelved,
    pub(super) part: Part,
}

impl Here {
    pub(super) fn by<'a>(&self, person: &'a Person) -> By<'a> {
        By { who: person.id.as_str(), part: self.part }
    }
}

impl Platform {
    /// A project that somebody is a member of, or of whose panel they are; who teaches is of every panel.
    pub(super) fn project_here(&self, person: &Person, id: &str) -> Result<Here, ProjectError> {
        let none = || ProjectError::NotYours(id.chars().take(64).collect());
        let record = self.records.project(id)?.ok_or_else(none)?;
        let people = self.records.project_people(id)?;
        let own = people.iter().find(|(who, _)| *who == person.id).map(|(_, part)| *part);
        let part = match (own, person.role) {
            (Some(ProjectPart::Member), _) => Part::Member,
            (Some(ProjectPart::Panel), _) | (None, Role::Instructor) => Part::Panel,
            (None, _) => return Err(none()),
        };
        let shelved =
            project(&record.project).ok_or_else(|| ProjectError::NoProject(record.project.clone()))?;
        Ok(Here { record, shelved, part })
    }
}
