//! The people in whose names the platform itself acts: another learner, an instructor, whoever proves a lab.

use store::records::{Person, Role};
use training::lab::Role as Part;

use super::error::LabError;
use crate::people::{NewPerson, PeopleError, STAND_IN_PREFIX};
use crate::platform::Platform;
use crate::sandboxes::SandboxError;

/// Whether this is a person of the platform's own making.
pub(super) fn is_stand_in(person: &Person) -> bool {
    person.login.starts_with(STAND_IN_PREFIX)
}

impl Platform {
    /// Who plays a part in an attempt of `learner`; nobody for an anonymous request.
    pub(super) fn cast(&self, part: Part, learner: &Person) -> Result<Option<Person>, LabError> {
        match part {
            Part::Learner => Ok(Some(learner.clone())),
            Part::OtherLearner => self.stand_in("other-learner", Role::Learner).map(Some),
            Part::Instructor => self.stand_in("instructor", Role::Instructor).map(Some),
            Part::Anonymous => Ok(None),
        }
    }

    /// The stand-in of this name, made when first needed.
    pub(crate) fn stand_in(&self, name: &str, role: Role) -> Result<Person, LabError> {
        let login = format!("{STAND_IN_PREFIX}{name}");
        let known = || self.records.person_by_login(&login).map(|found| found.map(|(person, _)| person));
        if let Some(person) = known()? {
            return Ok(person);
        }
        let added = self.people.create(NewPerson { login: &login, name, role, password: None });
        // Whoever needed the same one at the same moment may have made it.
        added.or_else(|error| match (known()?, error) {
            (Some(person), _) => Ok(person),
            (None, PeopleError::Store(error)) => Err(LabError::Store(error)),
            (None, other) => Err(LabError::Sandbox(SandboxError::Invalid(other.to_string()))),
        })
    }
}
