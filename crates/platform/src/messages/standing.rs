//! Connections from outside that stand when the security desk does something about who holds them.

use security::response::Measure;
use serde_json::json;
use store::StoreError;

use super::door::{Peer, SOURCE};
use super::way::Way;
use crate::access::{Access, Came};
use crate::platform::Platform;

/// What somebody outside reached with their last message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    sandbox: String,
    way: Way,
}

impl Reached {
    pub(super) fn new(access: &Access, way: &Way) -> Self {
        Self { sandbox: access.sandbox().id().to_owned(), way: way.clone() }
    }

    /// The sandbox.
    pub fn sandbox(&self) -> &str {
        &self.sandbox
    }
}

impl Platform {
    /// Whether a connection is to end though its peer has sent nothing since, because of a measure that was taken: nothing is
    /// taken from their address, a segment ends between them and the system, the interface carries nothing, or they lack the
    /// certificate that it asks for now. If so, that is journalled.
    ///
    /// # Errors
    /// When the store fails, or the sandbox is gone.
    pub fn cuts(&self, reached: &Reached, peer: &Peer) -> Result<bool, StoreError> {
        let Some(came) = peer.came() else { return Ok(false) };
        let Reached { sandbox, way } = reached;
        let access = self.access(sandbox, &way.from, SOURCE)?.coming(&Came { at_us: None, ..came.clone() });
        let stopped = Measure::StopInterface { interface: way.interface.clone() };
        let word = match self.kept_out(&access, way.system, &way.from, came)? {
            Some(word) => word,
            None if self.is_in_force(&access, &stopped)? => "stopped",
            None if self.lacks_certificate(&access, way, peer)? => "no-certificate",
            None => return Ok(false),
        };
        let detail = json!({"route": "mllp", "system": way.system.id, "interface": way.interface});
        access.note(access.event("response.cut", None, word, detail))?;
        Ok(true)
    }
}
