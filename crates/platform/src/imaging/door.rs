//! Who is let in (PS3.15 calls it node authentication by title, and knows that it is weak).

use imaging::association::{Proposal, Rejection};
use serde_json::json;
use store::StoreError;

use super::called::sandbox_of;
use super::entities::entities;
use super::note::event;
use crate::access::Access;
use crate::platform::Platform;

/// A caller that was let in: their way into the hospital they called.
#[derive(Clone)]
pub struct Admitted {
    /// The way in; its actor is the calling AE title.
    pub access: Access,
    /// The title by which they called, which answers name as the place to retrieve from.
    pub called: String,
}

impl Platform {
    /// Lets a caller into the hospital whose AE title they call, if that hospital knows them. A caller it does not know is
    /// journalled there.
    ///
    /// # Errors
    /// The outer error when the store fails; the inner when the caller stays out.
    pub fn admit(&self, proposal: &Proposal) -> Result<Result<Admitted, Rejection>, StoreError> {
        let Some(sandbox) = sandbox_of(&proposal.called) else { return Ok(Err(Rejection::CalledUnknown)) };
        let access = match self.access(&sandbox, &proposal.calling, "DICOM") {
            Ok(access) => access,
            Err(StoreError::NotFound { .. }) => return Ok(Err(Rejection::CalledUnknown)),
            Err(other) => return Err(other),
        };
        if !entities(&access)?.iter().any(|entity| entity.title == proposal.calling) {
            let why = Rejection::CallingUnknown;
            let detail = json!({
                "calling": proposal.calling,
                "called": proposal.called,
                "implementation": proposal.implementation,
                "what": "the calling AE title is not on the hospital's list",
            });
            access.note(event(&access, "dicom.refused", None, why.word(), detail))?;
            return Ok(Err(why));
        }
        Ok(Ok(Admitted { access, called: proposal.called.trim().to_owned() }))
    }

    /// The same way in at a later moment of the association: the hospital's clock has gone on.
    ///
    /// # Errors
    /// When the sandbox is gone.
    pub fn still_admitted(&self, admitted: &Admitted) -> Result<Access, StoreError> {
        self.access(admitted.access.sandbox().id(), admitted.access.actor(), "DICOM")
    }
}
