use store::records::{Attempt, Person};

use super::error::LabError;
use crate::platform::Platform;

impl Platform {
    /// A person's attempts, newest first. Their `values` hold the answers, and are not for showing.
    pub fn attempts_of(&self, person: &Person) -> Result<Vec<Attempt>, LabError> {
        Ok(self.records.attempt_list_of(&person.id)?)
    }
}
