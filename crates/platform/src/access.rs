//! Someone at work in a sandbox: the hand, the hospital, and its clock.

use std::sync::Arc;

use hospital::clock::Clock as VirtualClock;
use identity::scope::Reach;
use serde_json::Value;
use store::StoreError;
use store::journal::NewEntry;
use store::sandbox::{Change, Sandbox};

use crate::seal::Seal;
use crate::watch::Watch;

/// How a journalled act ended.
pub mod outcome {
    /// It was done.
    pub const OK: &str = "ok";
}

/// Where a request came from, and, for people who are played, when: what only the doors know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    /// The network address.
    pub address: String,
    /// The hospital's time at which somebody who is played acts; everybody else acts now.
    pub at_us: Option<i64>,
    /// Whether a certificate was shown that one of the server's authorities for clients vouches for.
    pub certified: bool,
}

impl Came {
    /// From an address, now, and without a certificate.
    pub fn from(address: impl Into<String>) -> Self {
        Self { address: address.into(), at_us: None, certified: false }
    }

    /// The same at a moment of the hospital's time, as somebody who is played.
    #[must_use]
    pub fn at(self, at_us: i64) -> Self {
        Self { at_us: Some(at_us), ..self }
    }

    /// The same with a certificate, or without.
    #[must_use]
    pub fn certified(self, certified: bool) -> Self {
        Self { certified, ..self }
    }
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
    seal: Arc<Seal>,
    /// Whether nothing that is written has to wait for the disk: the hospital is still being made, or nobody is told that it was
    /// kept.
    unhurried: bool,
    reach: Option<Arc<Reach>>,
    address: Option<Arc<str>>,
    played: bool,
    /// Whether it is a guest's, who looks and changes nothing.
    looking: bool,
    /// Whether it is that of a member of a team whose hospital it is.
    shared: bool,
}

impl Access {
    /// Opens the way for `actor`, who comes from system `source`, at time `wall_us`.
    pub(crate) fn new(
        sandbox: Arc<Sandbox>,
        actor: &str,
        source: &'static str,
        wall_us: i64,
        watch: Watch,
        seal: Arc<Seal>,
    ) -> Result<Self, StoreError> {
        let clock = crate::sandboxes::clock_of(&sandbox, wall_us)?;
        Ok(Self {
            sandbox,
            actor: actor.to_owned(),
            source,
            wall_us,
            clock,
            watch,
            seal,
            unhurried: false,
            reach: None,
            address: None,
            played: false,
            looking: false,
            shared: false,
        })
    }

    /// The hospital.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// What seals secrets that are kept here.
    pub(crate) fn seal(&self) -> &Seal {
        &self.seal
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

    /// The same way in for an app's token: no further than `reach`.
    #[must_use]
    pub(crate) fn within(self, reach: Reach) -> Self {
        Self { reach: Some(Arc::new(reach)), ..self }
    }

    /// The same way into a copy of the hospital.
    #[must_use]
    pub(crate) fn over(self, copy: Sandbox) -> Self {
        Self { sandbox: Arc::new(copy), ..self }
    }

    /// The same way in for a guest, who looks and changes nothing.
    #[must_use]
    pub(crate) fn looking(self) -> Self {
        Self { looking: true, ..self }
    }

    /// The same way in for a member of a team whose hospital it is: they change things in it, and do not take it back whole.
    #[must_use]
    pub(crate) fn shared(self) -> Self {
        Self { shared: true, ..self }
    }

    /// Whether it is that of a member of a team whose hospital it is.
    pub(crate) fn is_shared(&self) -> bool {
        self.shared
    }

    /// How far this way goes; everywhere, when absent.
    pub(crate) fn reach(&self) -> Option<&Reach> {
        self.reach.as_deref()
    }

    /// The same way in for a request that came from somewhere: what it does names the address.
    #[must_use]
    pub fn coming(&self, came: &Came) -> Self {
        let then = came.at_us.map_or_else(|| self.clone(), |at_us| self.at(at_us));
        Self { address: Some(came.address.as_str().into()), played: came.at_us.is_some(), ..then }
    }

    /// The network address the request came from, where that is known.
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// Whether somebody acts here who is played: the platform's own guard against guessing is not meant for them.
    pub(crate) fn is_played(&self) -> bool {
        self.played
    }

    /// The same way in at another time of the hospital: what was due in the past happens in the past.
    #[must_use]
    pub(crate) fn at(&self, virtual_us: i64) -> Self {
        let clock =
            VirtualClock { anchor_virtual_us: virtual_us, anchor_wall_us: self.wall_us, ..self.clock };
        Self { clock, ..self.clone() }
    }

    /// The same way in, for what happened before anybody came: nobody who watches hears of it, and it is on disk only when
    /// something else is that waits.
    #[must_use]
    pub(crate) fn unheard(&self) -> Self {
        Self { watch: Watch::default(), unhurried: true, ..self.clone() }
    }

    /// The same way in, for what nobody is told was kept: it is on disk only when something else is that waits, in its order.
    #[must_use]
    pub(crate) fn unhurried(&self) -> Self {
        Self { unhurried: true, ..self.clone() }
    }

    /// The same way in, a little later.
    #[must_use]
    pub(crate) fn later(&self, wall_us: i64) -> Self {
        Self { wall_us, ..self.clone() }
    }

    /// A journal entry of `kind` about `subject`, not yet written.
    pub fn event(&self, kind: &str, subject: Option<String>, outcome: &str, mut detail: Value) -> NewEntry {
        if let (Some(address), Some(members)) = (self.address(), detail.as_object_mut()) {
            members.entry("address").or_insert_with(|| address.into());
        }
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

    /// Changes the hospital in one transaction; when it is on disk, or at once where the way in is unhurried, tells those who watch that `kind` happened.
    pub fn change<T, E: From<StoreError>>(
        &self,
        kind: &str,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.looking {
            let what =
                "you look into this hospital as a guest, who changes nothing; ask whose it is".to_owned();
            return Err(StoreError::Conflict { what }.into());
        }
        let done =
            if self.unhurried { self.sandbox.change_soon(work)? } else { self.sandbox.change(work)? };
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
