use store::records::{IntegrityDecision, IntegrityLook, Person};

use super::IntegrityError;
use crate::platform::Platform;
use crate::programme::ProgrammeError;

impl Platform {
    /// Keeps what somebody decided who looked at a sign. The looks before it stay.
    ///
    /// # Errors
    /// [`ProgrammeError::Missing`] if there is no such sign among the attempts of the cohort; [`ProgrammeError::Invalid`] without a
    /// reason.
    pub fn decide_on_sign(
        &self,
        instructor: &Person,
        (cohort, lab): (&str, Option<&str>),
        key: &str,
        decision: IntegrityDecision,
        note: &str,
    ) -> Result<(), IntegrityError> {
        let found = self.cohort_integrity(instructor, cohort, lab)?;
        let sign = found.signs.into_iter().find(|one| one.key == key);
        let sign = sign.ok_or_else(|| ProgrammeError::missing("sign", key))?;
        let note = note.trim();
        if !(3..=500).contains(&note.chars().count()) {
            let what = "say why, in 3 to 500 characters; the reason stays on record";
            return Err(ProgrammeError::invalid("note", what).into());
        }
        let look = IntegrityLook {
            sign: sign.key,
            attempt: sign.attempt.id,
            decision,
            note: note.to_owned(),
            by: instructor.login.clone(),
            at_us: self.clock.now_us(),
        };
        Ok(self.records.integrity_look_add(cohort, &look)?)
    }
}
