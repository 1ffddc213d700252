//! Someone at work in a sandbox: the hand, the hospital, and its clock.

use std::sync::Arc;

use hospital::clock::Clock as VirtualClock;
use serde_json::Value;
use store::StoreError;
use store::journal::NewEntry;
use store::sandbox::{Change, Sandbox};

use crate::watch::Watch;

/// How a journalled act ended.
pub mod outcome {
    /// It was done.
    pub const OK: &str = "ok";
}

/// One actor's way into one sandbox, for the length of a request.
#[derive(Clone)]
pub struct Access {
    sandbox: Arc<Sandbox>,
    actor: String,
    source: &'static str,
    wall_us: i64,
    clock: VirtualClock,
    watch: Watch,
}

impl Access {
    /// Opens the way for `actor`, who comes from system `source`, at time `wall_us`.
    pub(crate) fn new(
        sandbox: Arc<Sandbox>,
        actor: &str,
        source: &'static str,
        wall_us: i64,
        watch: Watch,
    ) -> Result<Self, StoreError> {
        let clock = crate::sandboxes::clock_of(&sandbox, wall_us)?;
        Ok(Self { sandbox, actor: actor.to_owned(), source, wall_us, clock, watch })
    }

    /// The hospital.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Who acts.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// The hospital's own time now, microseconds since 1970 UTC.
    pub fn virtual_us(&self) -> i64 {
        self.clock.now(self.wall_us)
    }

    /// The machine's time when the request came, microseconds since 1970 UTC.
    pub fn wall_us(&self) -> i64 {
        self.wall_us
    }

    /// The hospital's clock.
    pub fn clock(&self) -> &VirtualClock {
        &self.clock
    }

    /// The same way in, for another hand: a scripted colleague, a fault, the platform itself.
    #[must_use]
    pub fn acting_as(&self, actor: &str, source: &'static str) -> Self {
        Self { actor: actor.to_owned(), source, ..self.clone() }
    }

    /// The same way in at another time of the hospital: what was due in the past happens in the past.
    #[must_use]
    pub(crate) fn at(&self, virtual_us: i64) -> Self {
        let clock =
            VirtualClock { anchor_virtual_us: virtual_us, anchor_wall_us: self.wall_us, ..self.clock };
        Self { clock, ..self.clone() }
    }

    /// A journal entry of `kind` about `subject`, not yet written.
    pub fn event(&self, kind: &str, subject: Option<String>, outcome: &str, detail: Value) -> NewEntry {
        NewEntry {
            virtual_us: self.virtual_us(),
            wall_us: self.wall_us,
            actor: self.actor.clone(),
            source: self.source.to_owned(),
            target: "EHR".to_owned(),
            kind: kind.to_owned(),
            subject,
            outcome: outcome.to_owned(),
            detail,
        }
    }

    /// Journals something that changed nothing, and tells those who watch.
    pub fn note(&self, event: NewEntry) -> Result<(), StoreError> {
        let kind = event.kind.clone();
        self.sandbox.note(event)?;
        self.tell(&kind);
        Ok(())
    }

    /// Changes the hospital in one transaction; when it is on disk, tells those who watch that `kind` happened.
    pub fn change<T, E: From<StoreError>>(
        &self,
        kind: &str,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let done = self.sandbox.change(work)?;
        self.tell(kind);
        Ok(done)
    }

    /// Tells those who watch the sandbox that an entry of `kind` was written. What a check's own probe wrote wakes
    /// nobody: checks would wake themselves for ever.
    pub(crate) fn tell(&self, kind: &str) {
        if self.source != crate::labs::GRADER {
            self.watch.tell(self.sandbox.id(), kind);
        }
    }
}
