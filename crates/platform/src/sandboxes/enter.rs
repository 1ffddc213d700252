use std::sync::{Arc, PoisonError};

use store::StoreError;
use store::records::{Person, PersonId, Role, SandboxId};

use crate::access::Access;
use crate::platform::Platform;

/// Why something could not be done with a sandbox.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// It does not exist, or it is somebody else's: the two look alike from outside.
    #[error("there is no sandbox '{0}' that you may enter")]
    NotYours(String),
    /// The request cannot be carried out as it stands.
    #[error("{0}")]
    Invalid(String),
    /// The store failed or refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Platform {
    /// Lets a person into a sandbox: its owner, an instructor, or a member of the team whose project goes on in it. `source` names the
    /// system they come from.
    ///
    /// # Errors
    /// [`SandboxError::NotYours`] for everybody else.
    pub fn enter(
        &self,
        person: &Person,
        sandbox: &str,
        source: &'static str,
    ) -> Result<Access, SandboxError> {
        match self.check_may_enter(person, sandbox) {
            Ok(()) => Ok(self.access(sandbox, &person.login, source)?),
            Err(SandboxError::NotYours(_))
                if self.records.project_lets_in(&SandboxId::from(sandbox), &person.id)? =>
            {
                Ok(self.access(sandbox, &person.login, source)?.shared())
            }
            Err(other) => Err(other),
        }
    }

    /// Lets a person look into a sandbox who may enter it, and a guest, who can change nothing there. Only what shows things may come in this way.
    ///
    /// # Errors
    /// [`SandboxError::NotYours`] for everybody else.
    pub fn look_in(
        &self,
        person: &Person,
        sandbox: &str,
        source: &'static str,
    ) -> Result<Access, SandboxError> {
        match self.enter(person, sandbox, source) {
            Err(SandboxError::NotYours(_)) => {}
            entered => return entered,
        }
        if !self.records.guest_is(&SandboxId::from(sandbox), &person.id)? {
            return Err(SandboxError::NotYours(sandbox.to_owned()));
        }
        Ok(self.access(sandbox, &person.login, source)?.looking())
    }

    /// Refuses a person who neither owns the sandbox nor teaches.
    pub(super) fn check_may_enter(&self, person: &Person, sandbox: &str) -> Result<(), SandboxError> {
        let owner = self.owner_of(sandbox)?;
        let may = owner.is_some_and(|owner| owner == person.id || person.role == Role::Instructor);
        if may { Ok(()) } else { Err(SandboxError::NotYours(sandbox.to_owned())) }
    }

    /// Who owns a sandbox. That never changes, so it is asked of the records once, and forgotten when the sandbox is deleted.
    pub(crate) fn owner_of(&self, sandbox: &str) -> Result<Option<PersonId>, StoreError> {
        let owners = || self.owners.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(owner) = owners().get(sandbox) {
            return Ok(Some(owner.clone()));
        }
        let owner = self.records.sandbox_owner(&SandboxId::from(sandbox))?;
        if let Some(owner) = &owner {
            owners().insert(sandbox.to_owned(), owner.clone());
        }
        Ok(owner)
    }

    /// A way into a sandbox for the platform itself, or for a hand it lends: permission is the caller's business.
    pub(crate) fn access(
        &self,
        sandbox: &str,
        actor: &str,
        source: &'static str,
    ) -> Result<Access, StoreError> {
        let now_us = self.clock.now_us();
        let sandbox = self.sandboxes.open(sandbox, now_us)?;
        Access::new(sandbox, actor, source, now_us, self.watch.clone(), Arc::clone(&self.seal))
    }
}
