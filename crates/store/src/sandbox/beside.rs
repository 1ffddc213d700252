use std::path::PathBuf;

use super::handle::{Sandbox, hospital_file};
use super::snapshot::forget_log;
use crate::StoreError;
use crate::sqlite::{facts, open_overlay};

/// The folder of the copy, in that of the hospital.
const BESIDE: &str = "beside";

impl Sandbox {
    /// Keeps a copy of the hospital as it is now beside it, in the place of an older one.
    pub fn put_beside(&self) -> Result<(), StoreError> {
        let file = hospital_file(&self.folder_beside());
        forget_log(&file)?;
        self.copy_to(&file)
    }

    /// The copy beside it, if there is one: a hospital of its own, in which nothing of what happened since has happened. What is
    /// read there is on record there.
    pub fn beside(&self) -> Result<Option<Self>, StoreError> {
        let folder = self.folder_beside();
        if !hospital_file(&folder).exists() {
            return Ok(None);
        }
        // A hospital that went back to another image since has no copy.
        let connection = open_overlay(&hospital_file(&folder))?;
        let digest = facts::get(&connection, "main", "image.digest")?;
        connection.close().map_err(|(_, error)| StoreError::Sqlite(error))?;
        if digest.as_deref() != Some(&self.image().digest) {
            return Ok(None);
        }
        Self::open(self.id(), folder, self.image().clone(), &self.counts()).map(Some)
    }

    fn folder_beside(&self) -> PathBuf {
        self.folder().join(BESIDE)
    }
}
