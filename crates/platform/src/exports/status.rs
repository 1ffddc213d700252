use std::sync::atomic::Ordering;

use standards::fhir::outcome::IssueCode;

use super::job::State;
use crate::access::Access;
use crate::fhir::{FhirError, Refusal};
use crate::platform::Platform;

/// How far an export is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportStatus {
    /// At work; how much is done, for people.
    Running {
        /// `12000 resources written`.
        progress: String,
    },
    /// Done.
    Done {
        /// The manifest as JSON.
        manifest: Vec<u8>,
        /// Until when the files are kept, by the machine's clock, microseconds since 1970 UTC.
        expires_us: i64,
    },
}

impl Platform {
    /// How far an export of the caller's is; its files are fetched under `base_url`. Asking is not journalled.
    ///
    /// # Errors
    /// When there is no such export of theirs, or it failed.
    pub fn export_status(
        &self,
        access: &Access,
        base_url: &str,
        id: &str,
    ) -> Result<ExportStatus, FhirError> {
        self.exports.sweep(self.clock.now_us());
        let job = self.exports.get(id, access.sandbox().id(), access.actor())?;
        match job.state() {
            State::Running => {
                let progress = format!("{} resources written", job.resources.load(Ordering::Relaxed));
                Ok(ExportStatus::Running { progress })
            }
            State::Done { manifest, expires_us } => {
                let manifest = manifest.json(&format!("{base_url}/$export-file/{id}"));
                Ok(ExportStatus::Done { manifest: manifest.to_string().into_bytes(), expires_us })
            }
            State::Failed { .. } => {
                let what = "the export failed, and nothing of it is kept; ask for it again";
                Err(FhirError::new(Refusal::Internal, IssueCode::Exception, what))
            }
        }
    }
}
