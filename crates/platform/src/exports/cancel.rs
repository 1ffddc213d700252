use super::start::{KIND, detail};
use crate::access::{Access, outcome};
use crate::fhir::FhirError;
use crate::platform::Platform;

impl Platform {
    /// Ends an export of the caller's, or deletes its files when it is done.
    ///
    /// # Errors
    /// When there is no such export of theirs.
    pub fn cancel_export(&self, access: &Access, id: &str) -> Result<(), FhirError> {
        self.exports.get(id, access.sandbox().id(), access.actor())?;
        self.exports.remove(id);
        Ok(access.note(access.event(KIND, None, outcome::OK, detail("deleted", id)))?)
    }
}
