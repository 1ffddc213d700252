use std::fs::File;

use standards::fhir::outcome::IssueCode;
use store::StoreError;

use super::job::State;
use super::start::{KIND, detail};
use crate::access::{Access, outcome};
use crate::fhir::{FhirError, Refusal};
use crate::platform::Platform;

/// A file of an export, to be read from its beginning.
#[derive(Debug)]
pub struct ExportFile {
    /// The file, open for reading.
    pub file: File,
    /// Its size.
    pub size_bytes: u64,
}

impl Platform {
    /// Opens a file of an export of the caller's, by the name that its manifest gives.
    ///
    /// # Errors
    /// When there is no such export of theirs, it is not done, or has no such file.
    pub fn export_file(&self, access: &Access, id: &str, name: &str) -> Result<ExportFile, FhirError> {
        self.exports.sweep(self.clock.now_us());
        let job = self.exports.get(id, access.sandbox().id(), access.actor())?;
        let named = matches!(job.state(), State::Done { manifest, .. } if manifest.names(name));
        if !named {
            let what = format!("the export has no file '{name}', or is not done; its status lists the files");
            return Err(FhirError::new(Refusal::NotFound, IssueCode::NotFound, what));
        }
        let path = job.folder.join(name);
        let file = File::open(&path).map_err(StoreError::io(&path))?;
        let size_bytes = file.metadata().map_err(StoreError::io(&path))?.len();
        let mut detail = detail("fetched", id);
        detail["file"] = name.into();
        access.note(access.event(KIND, None, outcome::OK, detail))?;
        Ok(ExportFile { file, size_bytes })
    }
}
