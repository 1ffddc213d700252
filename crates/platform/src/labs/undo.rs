use store::records::{AttemptId, Person};

use super::error::LabError;
use crate::platform::Platform;

impl Platform {
    /// Takes back the newest change in an attempt's hospital, but nothing from before the learner came. Returns whether
    /// there was one. The journal keeps what was done and gains an entry that says it was undone.
    pub fn undo_in_attempt(&self, person: &Person, attempt: &AttemptId) -> Result<bool, LabError> {
        let case = self.case_of(person, attempt)?;
        let access = self.enter(person, case.sandbox()?.as_str(), "lab")?;
        Ok(self.undo(&access)?)
    }
}
