use serde_json::json;
use store::records::{Answer, AttemptId, AttemptState, Person};
use training::check::ANSWER;
use training::lab::CheckKind;

use super::check::Checked;
use super::error::LabError;
use super::hands::Hands;
use crate::access::outcome;
use crate::platform::Platform;

/// The longest answer that is read, in bytes.
const ANSWER_BYTES_MAX: usize = 10_000;

impl Platform {
    /// Takes a learner's answer to a question and judges it. Earlier answers stay on record.
    ///
    /// # Errors
    /// When the lab has no such question, the attempt is over, or the answer is too long.
    pub fn answer(
        &self,
        person: &Person,
        attempt: &AttemptId,
        check: &str,
        value: &str,
        hands: &dyn Hands,
    ) -> Result<Checked, LabError> {
        let case = self.case_of(person, attempt)?;
        let asks = case.variant().check(check).filter(|check| matches!(check.kind, CheckKind::Answer { .. }));
        asks.ok_or_else(|| case.no_such("question", check))?;
        if case.attempt.state != AttemptState::Started {
            return Err(LabError::Over(case.attempt.state.word()));
        }
        if value.len() > ANSWER_BYTES_MAX {
            return Err(LabError::TooLong { found: value.len(), limit: ANSWER_BYTES_MAX });
        }
        let access = self.enter(person, case.sandbox()?.as_str(), "lab")?;
        let answer = Answer { check: check.to_owned(), value: value.to_owned(), at_us: access.wall_us() };
        self.records.answer_add(case.id(), &answer)?;
        // The journal is read by others in the room; what was answered stands in the records alone.
        access.note(access.event(ANSWER, None, outcome::OK, json!({"check": check})))?;
        self.judge(&case, hands, true, &|one| one.id == check)
    }
}
