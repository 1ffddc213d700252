use std::sync::PoisonError;

use store::StoreError;
use store::records::{Person, SandboxId, SandboxRecord};

use super::enter::SandboxError;
use crate::platform::Platform;

impl Platform {
    /// A person's sandboxes, newest first.
    pub fn sandboxes_of(&self, person: &Person) -> Result<Vec<SandboxRecord>, SandboxError> {
        Ok(self.records.sandbox_list_of(&person.id)?)
    }

    /// Removes a sandbox with everything in it. Evidence of attempts made there stays.
    pub fn delete_sandbox(&self, person: &Person, sandbox: &str) -> Result<(), SandboxError> {
        self.check_may_enter(person, sandbox)?;
        Ok(self.drop_sandbox(&SandboxId::from(sandbox))?)
    }

    /// The same, whoever it belongs to.
    pub(crate) fn drop_sandbox(&self, sandbox: &SandboxId) -> Result<(), StoreError> {
        self.records.sandbox_remove(sandbox)?;
        self.owners.lock().unwrap_or_else(PoisonError::into_inner).remove(sandbox.as_str());
        self.exports.forget(sandbox.as_str());
        self.lakes.forget(sandbox.as_str());
        self.sandboxes.delete(sandbox.as_str())?;
        self.watch.tell(sandbox.as_str(), "sandbox.deleted");
        Ok(())
    }
}
