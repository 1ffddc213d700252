//! A sandbox's past: undo, named snapshots, and the way back to the image.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use store::journal::{Hash, NewEntry};

use super::enter::SandboxError;
use crate::access::{Access, outcome};
use crate::platform::Platform;

impl Platform {
    /// Gives the hospital back as its image has it, with its clock as it is. The new journal begins with where the
    /// old one ended.
    pub fn reset_sandbox(&self, access: &Access) -> Result<(), SandboxError> {
        let clock = super::clock::write(access.clock());
        self.sandboxes.reset(access.sandbox(), &[("clock", &clock)], |seq, hash| {
            ended(access, "sandbox.reset", seq, &hash, json!({}))
        })?;
        access.tell("sandbox.reset");
        Ok(())
    }

    /// Keeps the hospital as it is now under a name.
    pub fn take_snapshot(&self, access: &Access, name: &str) -> Result<(), SandboxError> {
        let event = own_event(access, "sandbox.snapshot", json!({"name": name}));
        access.sandbox().take_snapshot(name, &event)?;
        access.tell("sandbox.snapshot");
        Ok(())
    }

    /// Makes the hospital what it was when the snapshot was taken.
    pub fn return_to_snapshot(&self, access: &Access, name: &str) -> Result<(), SandboxError> {
        access.sandbox().return_to_snapshot(name, |seq, hash| {
            ended(access, "sandbox.returned", seq, &hash, json!({"name": name}))
        })?;
        access.tell("sandbox.returned");
        Ok(())
    }

    /// Takes back the newest change. Returns whether there was one.
    pub fn undo(&self, access: &Access) -> Result<bool, SandboxError> {
        let undone = access.sandbox().undo(|entries| {
            own_event(access, "sandbox.undo", json!({"first": entries.start(), "last": entries.end()}))
        })?;
        access.tell("sandbox.undo");
        Ok(undone.is_some())
    }
}

fn own_event(access: &Access, kind: &str, detail: Value) -> NewEntry {
    NewEntry { target: "sandbox".to_owned(), ..access.event(kind, None, outcome::OK, detail) }
}

/// An entry that carries the end of the journal it replaces, so that the cut can be seen.
fn ended(access: &Access, kind: &str, seq: i64, hash: &Hash, mut detail: Value) -> NewEntry {
    detail["journal_ended"] = json!({"seq": seq, "hash": HEXLOWER.encode(hash)});
    own_event(access, kind, detail)
}
