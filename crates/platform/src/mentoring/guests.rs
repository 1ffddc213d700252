use serde_json::json;
use store::records::{Person, SandboxId, SandboxRecord};

use super::MentoringError;
use super::pairs::Side;
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// A hospital that somebody may look into.
#[derive(Debug, Clone)]
pub struct Guest {
    /// The hospital.
    pub sandbox: SandboxRecord,
    /// Whose it is.
    pub owner: Person,
}

/// The longest mark.
const MARK_CHARS_MAX: usize = 1_000;

impl Platform {
    /// Asks one's mentor in: they may look into a hospital, and change nothing there.
    ///
    /// # Errors
    /// [`MentoringError::NotYours`] if it is not their own hospital, or they have no such mentor.
    pub fn invite_mentor(
        &self,
        learner: &Person,
        sandbox: &str,
        mentor: &Person,
    ) -> Result<(), MentoringError> {
        let sandbox = SandboxId::from(sandbox);
        let own = self.records.sandbox_owner(&sandbox)?.is_some_and(|owner| owner == learner.id);
        if !own || !self.are_pair(learner, mentor)? {
            return Err(MentoringError::NotYours("hospital or mentor"));
        }
        Ok(self.records.guest_add(&sandbox, &mentor.id, self.clock.now_us())?)
    }

    /// Asks nobody in any longer.
    ///
    /// # Errors
    /// [`MentoringError::NotYours`] if it is not their own hospital.
    pub fn uninvite_mentor(
        &self,
        learner: &Person,
        sandbox: &str,
        mentor: &Person,
    ) -> Result<(), MentoringError> {
        let sandbox = SandboxId::from(sandbox);
        if self.records.sandbox_owner(&sandbox)?.is_none_or(|owner| owner != learner.id) {
            return Err(MentoringError::NotYours("hospital"));
        }
        Ok(self.records.guest_remove(&sandbox, &mentor.id)?)
    }

    /// The hospitals that a mentor may look into.
    ///
    /// # Errors
    /// From the store.
    pub fn hospitals_open_to(&self, mentor: &Person) -> Result<Vec<Guest>, MentoringError> {
        let mut found = Vec::new();
        for (sandbox, owner) in self.records.guest_list_of(&mentor.id)? {
            if let (Some(sandbox), Some(owner)) =
                (self.records.sandbox(&sandbox)?, self.records.person(&owner)?)
            {
                found.push(Guest { sandbox, owner });
            }
        }
        Ok(found)
    }

    /// A learner's hospitals, each with whether their mentor may look into it; empty for who has no mentor.
    ///
    /// # Errors
    /// From the store.
    pub fn hospitals_to_show(
        &self,
        learner: &Person,
    ) -> Result<Vec<(SandboxRecord, Person, bool)>, MentoringError> {
        let pairs = self.pairs_of(learner)?;
        let Some(pair) = pairs.into_iter().find(|pair| pair.side == Side::Learner) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for sandbox in self.sandboxes_of(learner)? {
            let open = self.records.guest_is(&sandbox.id, &pair.other.id)?;
            found.push((sandbox, pair.other.clone(), open));
        }
        Ok(found)
    }

    /// Begins to look into a learner's hospital as its guest; the journal says so.
    ///
    /// # Errors
    /// [`MentoringError::Sandbox`] if the mentor was not asked in.
    pub fn begin_to_look(&self, mentor: &Person, sandbox: &str) -> Result<(), MentoringError> {
        let access = self.look_in(mentor, sandbox, "page")?;
        let event = access.event("mentor.look", None, outcome::OK, json!({"name": mentor.name}));
        Ok(access.note(event)?)
    }

    /// Leaves a mark on an entry of the journal, or on its end; it becomes an entry itself, for the learner to find.
    ///
    /// # Errors
    /// [`MentoringError::Sandbox`] if the mentor was not asked in, [`MentoringError::Invalid`] for an empty mark.
    pub fn leave_mark(
        &self,
        mentor: &Person,
        sandbox: &str,
        entry: Option<i64>,
        words: &str,
    ) -> Result<(), MentoringError> {
        let words = words.trim();
        if !(1..=MARK_CHARS_MAX).contains(&words.chars().count()) {
            let what = format!("write up to {MARK_CHARS_MAX} characters");
            return Err(MentoringError::invalid("words", what));
        }
        let access: Access = self.look_in(mentor, sandbox, "page")?;
        let detail = json!({"name": mentor.name, "entry": entry, "words": words});
        Ok(access.note(access.event("mentor.mark", None, outcome::OK, detail))?)
    }
}
