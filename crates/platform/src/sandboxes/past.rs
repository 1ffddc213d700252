//! A sandbox's past: undo, named snapshots, and the way back to the image.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use store::StoreError;
use store::journal::{Hash, NewEntry};
use store::sandbox::Sandbox;

use super::enter::SandboxError;
use crate::access::{Access, outcome};
use crate::platform::Platform;
use crate::transparency::seal_what_ends;
use crate::vault::empty as empty_vault;

/// The fact that names the journal entry after which the learner's own doings begin. A lab sets it when its problem is in
/// place; without it everything counts.
pub(crate) const BEGUN: &str = "begun";

/// The journal entry after which the learner's own doings begin, 0 for the first.
pub(crate) fn begun_seq(sandbox: &Sandbox) -> Result<i64, StoreError> {
    Ok(sandbox.fact(BEGUN)?.and_then(|seq| seq.parse().ok()).unwrap_or(0))
}

impl Platform {
    /// Gives the hospital back as its image has it, or as its lab began, with its clock as it is. The new journal begins
    /// with where the old one ended.
    ///
    /// # Errors
    /// [`SandboxError::Invalid`] for a member of a team whose hospital it is.
    pub fn reset_sandbox(&self, access: &Access) -> Result<(), SandboxError> {
        check_is_not_shared(access)?;
        seal_what_ends(self, access);
        empty_vault(access.sandbox())?;
        let event = |seq, hash| ended(access, "sandbox.reset", seq, &hash, json!({}));
        if begun_seq(access.sandbox())? > 0 {
            access.sandbox().return_to_snapshot(crate::labs::START, event)?;
            self.set_clock(access, access.virtual_us())?;
        } else {
            let clock = super::clock::write(access.clock());
            self.sandboxes.reset(access.sandbox(), &[("clock", &clock)], event)?;
        }
        access.tell("sandbox.reset");
        Ok(())
    }

    /// Keeps the hospital as it is now under a name.
    ///
    /// # Errors
    /// [`SandboxError::Invalid`] for a name that labs keep for their own snapshots.
    pub fn take_snapshot(&self, access: &Access, name: &str) -> Result<(), SandboxError> {
        if crate::labs::is_own_snapshot(name) {
            let what = format!("labs keep the snapshot name '{name}' for themselves; choose another");
            return Err(SandboxError::Invalid(what));
        }
        let event = own_event(access, "sandbox.snapshot", json!({"name": name}));
        access.sandbox().take_snapshot(name, &event)?;
        access.tell("sandbox.snapshot");
        Ok(())
    }

    /// Makes the hospital what it was when the snapshot was taken.
    ///
    /// # Errors
    /// [`SandboxError::Invalid`] for a member of a team whose hospital it is.
    pub fn return_to_snapshot(&self, access: &Access, name: &str) -> Result<(), SandboxError> {
        check_is_not_shared(access)?;
        seal_what_ends(self, access);
        if name == crate::labs::START {
            empty_vault(access.sandbox())?;
        }
        access.sandbox().return_to_snapshot(name, |seq, hash| {
            ended(access, "sandbox.returned", seq, &hash, json!({"name": name}))
        })?;
        access.tell("sandbox.returned");
        Ok(())
    }

    /// Takes back the newest change. Returns whether there was one; what a lab placed before the learner came stays.
    ///
    /// # Errors
    /// [`SandboxError::Invalid`] for a member of a team whose hospital it is: the newest change may be another's.
    pub fn undo(&self, access: &Access) -> Result<bool, SandboxError> {
        check_is_not_shared(access)?;
        let begun_seq = begun_seq(access.sandbox())?;
        let undone = access.sandbox().undo_after(begun_seq, |entries| {
            own_event(access, "sandbox.undo", json!({"first": entries.start(), "last": entries.end()}))
        })?;
        access.tell("sandbox.undo");
        Ok(undone.is_some())
    }
}

/// What takes back others' work with one's own is not for one of a team to do.
fn check_is_not_shared(access: &Access) -> Result<(), SandboxError> {
    if access.is_shared() {
        let what = "this hospital is your team's, and others have worked in it; put right what you changed, or ask your instructor to take it back";
        return Err(SandboxError::Invalid(what.to_owned()));
    }
    Ok(())
}

fn own_event(access: &Access, kind: &str, detail: Value) -> NewEntry {
    NewEntry { target: "sandbox".to_owned(), ..access.event(kind, None, outcome::OK, detail) }
}

/// An entry that carries the end of the journal it replaces, so that the cut can be seen.
fn ended(access: &Access, kind: &str, seq: i64, hash: &Hash, mut detail: Value) -> NewEntry {
    detail["journal_ended"] = json!({"seq": seq, "hash": HEXLOWER.encode(hash)});
    own_event(access, kind, detail)
}
