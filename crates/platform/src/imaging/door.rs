//! Who is let in (PS3.15 calls it node authentication by title, and knows that it is weak).

use imaging::association::{Proposal, Rejection};
use serde_json::json;
use store::StoreError;

use super::called::sandbox_of;
use super::entities::entities;
use super::note::event;
use crate::access::{Access, Came};
use crate::platform::Platform;
use crate::response::Door;

/// A caller that was let in: their way into the hospital they called.
#[derive(Clone)]
pub struct Admitted {
    /// The way in; its actor is the calling AE title.
    pub access: Access,
    /// The title by which they called, which answers name as the place to retrieve from.
    pub called: String,
    /// Where the call came from.
    came: Option<Came>,
}

impl Admitted {
    pub(crate) fn new(access: Access, called: &str, came: Option<&Came>) -> Self {
        Self { access, called: called.trim().to_owned(), came: came.cloned() }
    }
}

impl Platform {
    /// Lets a caller into the hospital whose AE title they call, if that hospital knows them and no measure of the security desk
    /// keeps them out. Who stays out is journalled there.
    ///
    /// # Errors
    /// The outer error when the store fails; the inner when the caller stays out.
    pub fn admit(
        &self,
        proposal: &Proposal,
        came: Option<&Came>,
    ) -> Result<Result<Admitted, Rejection>, StoreError> {
        let Some(sandbox) = sandbox_of(&proposal.called) else { return Ok(Err(Rejection::CalledUnknown)) };
        let access = match self.access(&sandbox, &proposal.calling, "DICOM") {
            Ok(access) => access,
            Err(StoreError::NotFound { .. }) => return Ok(Err(Rejection::CalledUnknown)),
            Err(other) => return Err(other),
        };
        let access = came.map_or_else(|| access.clone(), |came| access.coming(came));
        if let Some((word, what)) = self.stays_out(&access, &proposal.calling)? {
            let detail = json!({
                "calling": proposal.calling,
                "called": proposal.called,
                "implementation": proposal.implementation,
                "what": what,
            });
            access.note(event(&access, "dicom.refused", None, word, detail))?;
            return Ok(Err(Rejection::CallingUnknown));
        }
        Ok(Ok(Admitted::new(access, &proposal.called, came)))
    }

    /// Why a caller stays out, if they do: one word, and a sentence.
    fn stays_out(
        &self,
        access: &Access,
        calling: &str,
    ) -> Result<Option<(&'static str, String)>, StoreError> {
        let address = access.address();
        let dropped =
            address.map(|address| self.dropped(access, address, "PACS", Door::Dicom)).transpose()?;
        if let Some(dropped) = dropped.flatten() {
            return Ok(Some((dropped.word(), dropped.to_string())));
        }
        if self.is_unlisted(access, calling, address)? {
            let what = "the security desk lets others call, or this title from another address";
            return Ok(Some(("not-listed", what.to_owned())));
        }
        if !entities(access)?.iter().any(|entity| entity.title == calling) {
            let what = "the calling AE title is not on the hospital's list";
            return Ok(Some((Rejection::CallingUnknown.word(), what.to_owned())));
        }
        Ok(None)
    }

    /// Whether the association of a caller who was let in is to end, because they would stay out now: the security desk has taken
    /// a measure since, or the hospital knows their title no more. If so, that is journalled.
    ///
    /// # Errors
    /// When the store fails, or the sandbox is gone.
    pub fn cuts_off(&self, admitted: &Admitted) -> Result<bool, StoreError> {
        let access = self.still_admitted(admitted)?;
        let Some((word, what)) = self.stays_out(&access, access.actor())? else { return Ok(false) };
        let detail = json!({"route": "dicom", "calling": access.actor(), "what": what});
        access.note(event(&access, "response.cut", None, word, detail))?;
        Ok(true)
    }

    /// The same way in at a later moment of the association: the hospital's clock has gone on.
    ///
    /// # Errors
    /// When the sandbox is gone.
    pub fn still_admitted(&self, admitted: &Admitted) -> Result<Access, StoreError> {
        let access = self.access(admitted.access.sandbox().id(), admitted.access.actor(), "DICOM")?;
        Ok(admitted.came.as_ref().map_or_else(|| access.clone(), |came| access.coming(came)))
    }
}
