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
        self.records.sandbox_remove(&SandboxId::from(sandbox))?;
        self.exports.forget(sandbox);
        self.sandboxes.delete(sandbox)?;
        self.watch.tell(sandbox, "sandbox.deleted");
        Ok(())
    }
}
