//! Erasure: what is only about somebody goes when they leave, and what has to be kept stays without their name.
//!
//! Gone are the ways in, the hospitals and all in them, profiles, requests and sessions with mentors, documents, wishes, links to a
//! portfolio, sealed particulars, and the signed text of badges. Verdicts, grades, assessments, the outcomes of drills, workshops and team projects, frozen
//! matches and records of apprenticeships stay under the id of an account that has no name: others are judged by them, or rules on
//! apprenticeships want them kept (WAC 296-05-431 of Washington, say, for five years; read 2026-11-27).

use store::StoreError;
use store::records::{Person, PersonId, Role};

use crate::people::{PeopleError, STAND_IN_PREFIX};
use crate::platform::Platform;
use crate::record::RecordError;

/// What an account is called whose owner has left.
const NAME: &str = "Somebody who left";
/// What the logins of such accounts begin with.
const LOGIN_PREFIX: &str = "left-";

/// What was erased, and what stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// Hospitals that were deleted.
    pub hospitals: usize,
    /// Attempts that stay, without a name.
    pub attempts: usize,
    /// Records of apprenticeships that stay, without a name.
    pub apprenticeships: usize,
}

/// Why somebody is not erased.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    /// There is nobody with this id.
    #[error("there is nobody with the id `{0}`")]
    Missing(String),
    /// Only who teaches erases, and not themselves.
    #[error("an account is erased by an instructor, and by another than its owner")]
    NotYours,
    /// An apprenticeship in which they take part goes on.
    #[error("{0} takes part in an apprenticeship that goes on; end it, or give it another supervisor, first")]
    Apprenticed(String),
    /// From the accounts.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// From the apprenticeships.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Platform {
    /// Erases what is only about somebody. Done again, it finds nothing more.
    ///
    /// # Errors
    /// [`ErasureError::NotYours`] for everybody but instructors, and for the instructor's own account;
    /// [`ErasureError::Apprenticed`] while an apprenticeship goes on.
    pub fn erase_person(&self, instructor: &Person, id: &PersonId) -> Result<Erased, ErasureError> {
        if instructor.role != Role::Instructor || instructor.id == *id {
            return Err(ErasureError::NotYours);
        }
        self.erase(id)
    }

    /// The same for who has the data folder in hand.
    ///
    /// # Errors
    /// As [`Platform::erase_person`], but for who asks.
    pub fn erase(&self, id: &PersonId) -> Result<Erased, ErasureError> {
        let found = self.records.person(id)?.filter(|person| !person.login.starts_with(STAND_IN_PREFIX));
        let person = found.ok_or_else(|| ErasureError::Missing(id.to_string()))?;
        let mut apprenticeships = 0;
        for one in self.apprenticeships(&person)? {
            let theirs = one.apprentice.id == person.id;
            if (theirs || one.supervisor.id == person.id) && !one.record.is_over() {
                return Err(ErasureError::Apprenticed(person.name));
            }
            apprenticeships += usize::from(theirs);
        }
        let hospitals = self.records.sandbox_list_of(&person.id)?;
        for hospital in &hospitals {
            self.drop_sandbox(&hospital.id)?;
        }
        let attempts = self.records.attempt_list_of(&person.id)?.len();
        self.records.person_erase(&person.id, &format!("{LOGIN_PREFIX}{}", person.id), NAME)?;
        self.people.forget();
        Ok(Erased { hospitals: hospitals.len(), attempts, apprenticeships })
    }
}
